//! OpenAI Chat Completions.

pub mod request;
