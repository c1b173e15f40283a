//! STAND-IN: replaced at the merge.
pub mod decode;
pub use decode::GeminiDecoder;
