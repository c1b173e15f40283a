//! OpenAI Responses.

pub mod request;
