//! The tree that a view draws: only what this product can show.

use std::sync::Arc;

use super::href::SafeHref;

/// One block of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph. A raw HTML block is one too, its source as text.
    Paragraph(Vec<Inline>),
    /// A heading of level 1 to 6.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The heading's text.
        inlines: Vec<Inline>,
    },
    /// A code block, fenced or indented.
    Code {
        /// First word of the fence's info string, as written; `None` if empty.
        lang: Option<String>,
        /// The code without the line end before the closing fence.
        text: String,
        /// Whether the closing fence was seen; always true for indented code.
        closed: bool,
    },
    /// A list. Items are shared so that copies and comparisons stay cheap.
    List {
        /// The first number of an ordered list, `None` for bullets.
        start: Option<u64>,
        /// Whether no blank line stands between its parts. It is a hint for
        /// spacing only: the items have the same shape either way.
        tight: bool,
        /// The items, in order.
        items: Vec<Arc<Item>>,
    },
    /// A block quote.
    Quote(Vec<Block>),
    /// A table. Rows have as many cells as the head.
    Table {
        /// Alignment of each column.
        align: Vec<Align>,
        /// The head's cells.
        head: Row,
        /// The body's rows, shared as list items are.
        rows: Vec<Arc<Row>>,
    },
    /// A thematic break.
    Rule,
}

/// The cells of one table row, each a run of inlines.
pub type Row = Vec<Vec<Inline>>;

/// One list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The state of a task list's box, `None` for an ordinary item.
    pub task: Option<bool>,
    /// The item's blocks; its text is always inside a paragraph.
    pub blocks: Vec<Block>,
}

/// Alignment of a table column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Not stated.
    Unset,
    /// Left.
    Left,
    /// Centre.
    Center,
    /// Right.
    Right,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text; two never stand side by side.
    Text(String),
    /// A code span.
    Code(String),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Struck-through text.
    Strike(Vec<Inline>),
    /// A link; one whose target is refused is not here, only its children are.
    Link {
        /// Where it leads.
        href: SafeHref,
        /// Its title, if any.
        title: Option<String>,
        /// Its text; holds neither links nor images.
        children: Vec<Inline>,
    },
    /// An image that nobody has fetched.
    Image {
        /// Its address: http or https.
        src: SafeHref,
        /// Its alternative text, possibly empty.
        alt: String,
        /// Its title, if any.
        title: Option<String>,
    },
    /// A line end in the source, shown as a space.
    SoftBreak,
    /// A forced line end.
    HardBreak,
}
