//! The text of a tree, exactly as a view's `textContent` gives it.

use super::tree::{Block, Inline, Item};

/// What stands between two blocks.
pub const BLOCK_GAP: &str = "\n\n";
/// What stands between the blocks of a list item, items, rows, and lines.
pub const LINE_GAP: &str = "\n";
/// What stands between the cells of a row.
pub const CELL_GAP: &str = "\t";

/// The whole text of `blocks` without list markers, fences or link targets.
///
/// Words stay apart where blocks meet, so that text without any markup comes
/// out as it went in. The view puts the same gaps between its elements.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut out = String::new();
    join(blocks, BLOCK_GAP, &mut out);
    out
}

fn join(blocks: &[Block], gap: &str, out: &mut String) {
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            out.push_str(gap);
        }
        block_text(block, out);
    }
}

fn block_text(block: &Block, out: &mut String) {
    match block {
        Block::Paragraph(inlines) | Block::Heading { inlines, .. } => inline_text(inlines, out),
        Block::Code { text, .. } => out.push_str(text),
        Block::List { items, .. } => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(LINE_GAP);
                }
                item_text(item, out);
            }
        }
        Block::Quote(blocks) => join(blocks, BLOCK_GAP, out),
        Block::Table { head, rows, .. } => {
            row_text(head, out);
            for row in rows {
                out.push_str(LINE_GAP);
                row_text(row, out);
            }
        }
        Block::Rule => {}
    }
}

fn item_text(item: &Item, out: &mut String) {
    join(&item.blocks, LINE_GAP, out);
}

fn row_text(cells: &[Vec<Inline>], out: &mut String) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push_str(CELL_GAP);
        }
        inline_text(cell, out);
    }
}

/// Appends the text of `inlines`, an image's being its alternative text.
pub(super) fn inline_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Image { alt: text, .. } => {
                out.push_str(text);
            }
            Inline::Strong(children)
            | Inline::Emphasis(children)
            | Inline::Strike(children)
            | Inline::Link { children, .. } => inline_text(children, out),
            Inline::SoftBreak | Inline::HardBreak => out.push_str(LINE_GAP),
        }
    }
}
