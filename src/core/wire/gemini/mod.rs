//! Gemini `streamGenerateContent`.

pub mod request;
