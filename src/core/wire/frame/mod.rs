//! Bytes to frames.

/// One server-sent event, or one JSON document of a body that is not SSE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The `event:` field; empty where there was none.
    pub event: String,
    /// The `data:` lines joined by line feeds.
    pub data: String,
}
