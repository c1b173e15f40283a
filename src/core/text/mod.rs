//! Markdown to a block tree of our own, incrementally and without trust.
//!
//! An answer is text from a stranger. Nothing in it ever becomes markup: raw
//! HTML is shown as text, a link exists only with a [`SafeHref`], and an image
//! is only an address that a click may load. [`Document`] keeps what is
//! finished apart from what still grows, so that a view never rebuilds the
//! former.

mod autolink;
mod document;
mod fence;
mod href;
mod inlines;
mod parse;
mod plain;
mod smooth;
mod tree;

pub use document::Document;
pub use href::SafeHref;
pub use parse::parse;
pub use plain::{BLOCK_GAP, CELL_GAP, LINE_GAP, plain_text};
pub use tree::{Align, Block, Inline, Item, Row};
