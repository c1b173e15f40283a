//! Anthropic Messages.

pub mod request;
