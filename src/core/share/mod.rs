//! Sharing a comparison by its address: what goes in, how long that is, under
//! which address it can be opened, and what is asked before a document from
//! elsewhere is fetched.
//!
//! The form of a packed document is `core::link`; what looks like a secret,
//! `core::scan`.

mod base;
mod content;
mod embed;
mod length;
mod preview;
pub mod qr;
mod source;

pub use base::{Base, BaseFault};
pub use content::{LeaveOut, Part};
pub use embed::{DEFAULT_HEIGHT, snippet, without_view};
pub use length::{MARKS, Reach, at_percent, reach};
pub use preview::{AnswerLine, Beside, FileLine, PaneLine, Preview, preview};
pub use source::{FetchFault, MAX_SOURCE_BYTES, Source, SourceFault, read_source};
