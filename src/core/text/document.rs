//! An answer that grows, parsed as little as possible.
//!
//! Block structure in `CommonMark` is decided line by line: once a complete
//! line has started a block, the block before it can never change. So only the
//! text from the last block on (the window) is ever parsed again, and of a list
//! or table only its last item or row. An open fence is not parsed at all. What
//! cannot be cut, such as one long paragraph, is parsed again only after it
//! grew by a sixty-fourth, which keeps the whole work linear.

use std::ops::Range;

use super::fence::Fence;
use super::parse::{Definition, Newlines, Parsed, Piece, parse_pieces};
use super::smooth::smooth;
use super::tree::Block;

/// The window is parsed again after it grew by one part in this many.
const GROWTH: usize = 64;

/// It is searched for finished blocks after its whole lines grew by one part
/// in this many: nobody sees that moment, so it may come later.
const SETTLE_GROWTH: usize = 16;

/// A markdown text that arrives in pieces of any size.
///
/// After [`Document::finish`] the blocks equal those of [`super::parse()`] over
/// the whole text, however it was cut, with one exception: a link reference
/// definition that follows its use finds a block that is settled, and settled
/// blocks are never built again, so that use stays text.
#[derive(Debug, Default)]
pub struct Document {
    settled: Vec<Block>,
    tail: Vec<Block>,
    newlines: Newlines,
    /// Link reference definitions of what left the window, as source.
    definitions: String,
    /// The head lines of the table whose last row the window starts with.
    table_head: String,
    window: String,
    /// How many items or rows of the first tail block came before the window.
    kept: usize,
    /// Whether the list they belong to was tight so far.
    kept_tight: bool,
    fence: Option<Fence>,
    /// Bytes of the window that the tail shows.
    shown: usize,
    /// Bytes of the window, whole lines, already searched for settled blocks.
    searched: usize,
    revision: u64,
    parsed_bytes: u64,
}

impl Document {
    /// An empty document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends text. The tail follows at once while it is short, and in steps
    /// of a sixty-fourth of its length when it is long.
    pub fn push(&mut self, delta: &str) {
        let mut lines = String::with_capacity(delta.len());
        self.newlines.push(delta, &mut lines);
        let rest = self.feed_fence(&lines);
        if rest.is_empty() {
            return;
        }
        self.window.push_str(rest);
        let grown = self.window.len().saturating_sub(self.shown);
        if grown >= (self.head_len() + self.window.len()) / GROWTH {
            self.refresh();
        }
    }

    /// Brings the tail up to date with every byte pushed, for a stream that
    /// pauses. Costs a parse of the tail; call it once for a pause.
    pub fn flush(&mut self) {
        if self.shown < self.window.len() {
            self.refresh();
        }
    }

    /// Ends the text: everything is settled and the tail is empty.
    pub fn finish(&mut self) {
        if let Some(mut fence) = self.fence.take() {
            self.close_fence(|code| fence.end(code));
        } else {
            let source = self.source(0..self.window.len());
            let parsed = self.parse(&source);
            self.show(parsed.pieces);
        }
        self.settled.append(&mut self.tail);
        self.window.clear();
        self.table_head.clear();
        (self.kept, self.shown, self.searched) = (0, 0, 0);
        self.revision += 1;
    }

    /// The finished blocks. It only ever grows, and its blocks never change.
    pub fn settled(&self) -> &[Block] {
        &self.settled
    }

    /// The blocks that may still change, usually one. Half-written marks at
    /// the end are smoothed for the eye: open emphasis is closed, half a link
    /// shows its text.
    pub fn tail(&self) -> &[Block] {
        &self.tail
    }

    /// Changes whenever [`Document::settled`] or [`Document::tail`] may have.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Bytes handed to the parser so far, as a measure of work.
    pub fn parsed_bytes(&self) -> u64 {
        self.parsed_bytes
    }

    fn head_len(&self) -> usize {
        self.definitions.len() + self.table_head.len()
    }

    /// What must be parsed to read `range` of the window as part of the whole.
    fn source(&self, range: Range<usize>) -> String {
        let window = self.window.get(range).unwrap_or_default();
        self.with_head(window)
    }

    fn with_head(&self, window: &str) -> String {
        [self.definitions.as_str(), self.table_head.as_str(), window].concat()
    }

    fn parse(&mut self, source: &str) -> Parsed {
        self.parsed_bytes += source.len() as u64;
        parse_pieces(source)
    }

    fn refresh(&mut self) {
        self.settle();
        if self.fence.is_none() && self.shown != self.window.len() {
            let source = self.with_head(&smooth(&self.window));
            let parsed = self.parse(&source);
            self.show(parsed.pieces);
            self.shown = self.window.len();
        }
        self.revision += 1;
    }

    /// Makes `pieces` the tail, after the items or rows that were kept.
    fn show(&mut self, pieces: Vec<Piece>) {
        let mut blocks = pieces.into_iter().map(|piece| piece.block).peekable();
        if self.kept == 0 {
            self.tail.clear();
        } else {
            self.tail.truncate(1);
            if let Some(first) = self.tail.first_mut() {
                rejoin(first, self.kept, self.kept_tight, &mut blocks);
            }
        }
        self.tail.extend(blocks);
    }

    /// Moves what the whole lines of the window have finished out of it.
    fn settle(&mut self) {
        let whole = self.window.rfind('\n').map_or(0, |at| at + 1);
        let grown = whole.saturating_sub(self.searched);
        if grown == 0 || grown < (self.head_len() + whole) / SETTLE_GROWTH {
            return;
        }
        let source = self.source(0..whole);
        let parsed = self.parse(&source);
        self.searched = whole;
        let head = self.head_len();
        let plan = Plan::new(&source, &parsed.pieces, head);
        let gone = |definition: &&Definition| (head..plan.cut).contains(&definition.start);
        for definition in parsed.definitions.iter().filter(gone) {
            self.define(&definition.source);
        }
        let fresh = parsed.pieces.len();
        self.show(parsed.pieces);
        // One more than is fresh: what was kept turned out to be a block of its own.
        let apart = self.tail.len().saturating_sub(fresh) * usize::from(fresh > 0);
        self.settled.extend(self.tail.drain(..plan.done + apart));
        self.keep(&plan, apart, &source);
        let gone = plan.cut - head;
        self.window.drain(..gone);
        self.searched -= gone;
        self.shown = self.searched;
        if let Some(fence) = plan.fence {
            self.fence = Some(fence);
            let rest = std::mem::take(&mut self.window);
            (self.shown, self.searched) = (0, 0);
            // A line without its end cannot close the fence.
            self.feed_fence(&rest);
        }
    }

    /// Remembers a definition; a blank line keeps the last one from what follows.
    fn define(&mut self, source: &str) {
        if !self.definitions.is_empty() {
            self.definitions.pop();
        }
        self.definitions.push_str(source);
        self.definitions.push('\n');
    }

    fn keep(&mut self, plan: &Plan, apart: usize, source: &str) {
        if plan.done + apart > 0 {
            self.kept = 0;
            self.table_head.clear();
        }
        if plan.keep == 0 {
            return;
        }
        match self.tail.first() {
            Some(Block::List { tight, .. }) => self.kept_tight = *tight,
            Some(Block::Table { .. }) if self.table_head.is_empty() => {
                self.table_head
                    .push_str(source.get(plan.head.clone()).unwrap_or_default());
            }
            _ => {}
        }
        self.kept += plan.keep;
    }

    /// Feeds the open fence, if any, and gives what is left after it closed.
    fn feed_fence<'a>(&mut self, lines: &'a str) -> &'a str {
        let (Some(fence), Some(Block::Code { text, .. })) =
            (self.fence.as_mut(), self.tail.first_mut())
        else {
            return lines;
        };
        let end = fence.feed(lines, text);
        self.revision += 1;
        let Some(end) = end else {
            return "";
        };
        self.fence = None;
        self.close_fence(|_| true);
        self.settled.append(&mut self.tail);
        lines.get(end..).unwrap_or_default()
    }

    fn close_fence(&mut self, close: impl FnOnce(&mut String) -> bool) {
        if let Some(Block::Code { text, closed, .. }) = self.tail.first_mut() {
            *closed = close(text);
        }
    }
}

/// Puts the items or rows of the next block behind the first `kept` of `open`.
fn rejoin(
    open: &mut Block,
    kept: usize,
    kept_tight: bool,
    blocks: &mut std::iter::Peekable<impl Iterator<Item = Block>>,
) {
    match open {
        Block::List { items, tight, .. } => {
            items.truncate(kept);
            *tight = kept_tight;
            if let Some(Block::List {
                items: more,
                tight: more_tight,
                ..
            }) = blocks.next_if(|next| matches!(next, Block::List { .. }))
            {
                items.extend(more);
                *tight &= more_tight;
            }
        }
        Block::Table { rows, .. } => {
            rows.truncate(kept);
            if let Some(Block::Table { rows: more, .. }) =
                blocks.next_if(|next| matches!(next, Block::Table { .. }))
            {
                rows.extend(more);
            }
        }
        _ => {}
    }
}

/// What a parse of whole lines lets go of.
struct Plan {
    /// How many blocks are finished.
    done: usize,
    /// How many further items or rows of the last block are finished.
    keep: usize,
    /// Where the window starts from now on.
    cut: usize,
    /// The head lines of a table of which rows are kept.
    head: Range<usize>,
    /// The fence that is open at the end.
    fence: Option<Fence>,
}

impl Plan {
    /// `head` is the length of what stands in `source` before the window.
    fn new(source: &str, pieces: &[Piece], head: usize) -> Self {
        let mut plan = Self {
            done: 0,
            keep: 0,
            cut: head,
            head: 0..0,
            fence: None,
        };
        let Some((last, before)) = pieces.split_last() else {
            return plan;
        };
        let start = line_start(source, last.range.start);
        if is_final(last) {
            plan.done = pieces.len();
            plan.cut = line_after(source, last.range.end).max(head);
            return plan;
        }
        if let Some(previous) = before.last() {
            plan.done = before.len();
            plan.cut = line_after(source, previous.range.end).min(start).max(head);
        }
        if last.fenced && start == last.range.start {
            plan.open_fence(source, start);
        } else if let [first, .., part] = last.parts.as_slice() {
            let cut = line_start(source, *part);
            if cut > head && indent(source, cut) < 4 {
                plan.keep = last.parts.len() - 1;
                plan.cut = cut;
                plan.head = start..line_start(source, *first);
            }
        }
        plan
    }

    fn open_fence(&mut self, source: &str, start: usize) {
        let body = line_after(source, start + 1);
        let opening = source.get(start..body).unwrap_or_default();
        self.fence = Fence::open(opening, body < source.len());
        if self.fence.is_some() {
            self.cut = source.len();
        }
    }
}

/// Whether nothing that follows can change the block, even directly after it.
fn is_final(piece: &Piece) -> bool {
    match &piece.block {
        Block::Heading { .. } | Block::Rule => true,
        Block::Code { closed, .. } => piece.fenced && *closed,
        _ => false,
    }
}

fn line_start(source: &str, at: usize) -> usize {
    let head = source.get(..at).unwrap_or_default();
    head.rfind('\n').map_or(0, |end| end + 1)
}

/// The start of the first line at or after `at`.
fn line_after(source: &str, at: usize) -> usize {
    let from = at.saturating_sub(1);
    let rest = source.as_bytes().get(from..).unwrap_or_default();
    let end = rest.iter().position(|byte| *byte == b'\n');
    end.map_or(source.len(), |end| from + end + 1)
}

fn indent(source: &str, line: usize) -> usize {
    let rest = source.as_bytes().get(line..).unwrap_or_default();
    let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
    if rest.get(spaces) == Some(&b'\t') {
        4
    } else {
        spaces
    }
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
