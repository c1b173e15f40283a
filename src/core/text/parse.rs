//! `CommonMark` events to the block tree.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, OffsetIter, Options, Parser, Tag};

use super::autolink::link_bare;
use super::inlines::{is_inline, push_text};
use super::tree::{Align, Block, Inline, Item, Row};

/// Containers nested deeper than this are drawn as part of their parent. A
/// hostile answer may nest thousands; drawing and dropping them recurses.
pub(super) const MAX_DEPTH: usize = 24;

/// Parses a whole text at once.
pub fn parse(source: &str) -> Vec<Block> {
    let mut lines = String::with_capacity(source.len());
    Newlines::default().push(source, &mut lines);
    parse_pieces(&lines)
        .pieces
        .into_iter()
        .map(|piece| piece.block)
        .collect()
}

/// Turns CRLF and CR into LF, whatever the cuts between deltas.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Newlines {
    after_return: bool,
}

impl Newlines {
    pub(super) fn push(&mut self, delta: &str, out: &mut String) {
        for c in delta.chars() {
            match c {
                '\r' => out.push('\n'),
                '\n' if self.after_return => {}
                '\0' => out.push('\u{fffd}'),
                other => out.push(other),
            }
            self.after_return = c == '\r';
        }
    }
}

/// A top-level block with where it came from.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) block: Block,
    /// Its bytes in the source, as the parser reports them.
    pub(super) range: Range<usize>,
    /// Where the items of a list or the rows of a table's body start.
    pub(super) parts: Vec<usize>,
    /// Whether it is a fenced code block.
    pub(super) fenced: bool,
}

/// A link reference definition, written out so that it can be parsed again.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) start: usize,
    pub(super) source: String,
}

#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) pieces: Vec<Piece>,
    pub(super) definitions: Vec<Definition>,
}

/// Parses text whose lines end in LF only.
pub(super) fn parse_pieces(source: &str) -> Parsed {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    let events = Parser::new_ext(source, options).into_offset_iter();
    let mut definitions: Vec<_> = events
        .reference_definitions()
        .iter()
        .map(|(label, definition)| Definition {
            start: definition.span.start,
            source: definition_source(label, &definition.dest, definition.title.as_deref()),
        })
        .collect();
    definitions.sort_by_key(|definition| definition.start);
    let mut builder = Builder {
        source,
        events,
        in_link: false,
        quotes: 0,
        task: None,
    };
    let mut pieces = Vec::new();
    while let Some((event, range)) = builder.events.next() {
        builder.piece(event, range, &mut pieces);
    }
    Parsed {
        pieces,
        definitions,
    }
}

fn definition_source(label: &str, dest: &str, title: Option<&str>) -> String {
    let escape = |text: &str, marks: &str| {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if marks.contains(c) {
                out.push('\\');
            }
            out.push(c);
        }
        out
    };
    let title = title.map_or_else(String::new, |title| {
        format!(" \"{}\"", escape(title, "\\&\""))
    });
    format!("[{label}]: <{}>{title}\n", escape(dest, "\\&<>"))
}

pub(super) struct Builder<'a> {
    source: &'a str,
    pub(super) events: OffsetIter<'a>,
    /// Whether a link is open, inside which nothing else can be clicked.
    pub(super) in_link: bool,
    /// How many block quotes are open.
    quotes: usize,
    /// The box of the list item that is open.
    pub(super) task: Option<bool>,
}

impl Builder<'_> {
    fn piece(&mut self, event: Event<'_>, range: Range<usize>, out: &mut Vec<Piece>) {
        let fenced = matches!(
            event,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))
        );
        let mut parts = Vec::new();
        let block = match event {
            Event::Start(tag) => self.block(tag, &range, 0, &mut parts),
            Event::Rule => Some(Block::Rule),
            _ => None,
        };
        if let Some(block) = block {
            out.push(Piece {
                block,
                range,
                parts,
                fenced,
            });
        }
    }

    /// The block that `tag` starts, its end consumed; `None` for an inline or
    /// unknown tag, nothing consumed.
    fn block(
        &mut self,
        tag: Tag<'_>,
        range: &Range<usize>,
        depth: usize,
        parts: &mut Vec<usize>,
    ) -> Option<Block> {
        Some(match tag {
            Tag::Paragraph => Block::Paragraph(self.inlines(depth)),
            Tag::Heading { level, .. } => Block::Heading {
                level: level as u8,
                inlines: self.inlines(depth),
            },
            Tag::BlockQuote(_) => self.quote(depth),
            Tag::CodeBlock(kind) => self.code(&kind, range, depth),
            Tag::HtmlBlock => Block::Paragraph(self.html_lines()),
            Tag::List(start) => self.list(start, depth, parts),
            Tag::Table(align) => self.table(&align, depth, parts),
            _ => return None,
        })
    }

    /// Blocks up to the end of the container, and where each starts. Text that
    /// stands directly in it, as in a tight list, becomes a paragraph.
    fn blocks(&mut self, depth: usize) -> (Vec<Block>, Vec<usize>) {
        let mut sink = Sink::default();
        let mut dissolved = 0_usize;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) if dissolved == 0 => break,
                Event::End(_) => dissolved -= 1,
                Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item)
                    if depth >= MAX_DEPTH =>
                {
                    sink.flush();
                    dissolved += 1;
                }
                Event::Start(Tag::Item) => dissolved += 1,
                Event::Start(tag) if is_inline(&tag) => {
                    sink.extend(&range);
                    self.inline_tag(tag, depth, &mut sink.loose);
                }
                Event::Start(tag) => {
                    sink.flush();
                    if let Some(block) = self.block(tag, &range, depth, &mut Vec::new()) {
                        sink.push(block, &range);
                    }
                }
                Event::Rule => {
                    sink.flush();
                    sink.push(Block::Rule, &range);
                }
                other => {
                    sink.extend(&range);
                    self.leaf(other, &mut sink.loose);
                }
            }
        }
        sink.flush();
        (sink.blocks, sink.starts)
    }

    fn quote(&mut self, depth: usize) -> Block {
        self.quotes += 1;
        let (blocks, _) = self.blocks(depth + 1);
        self.quotes -= 1;
        Block::Quote(blocks)
    }

    fn list(&mut self, start: Option<u64>, depth: usize, parts: &mut Vec<usize>) -> Block {
        let mut items = Vec::new();
        let mut tight = true;
        while let Some((Event::Start(Tag::Item), range)) = self.events.next() {
            tight &= parts.is_empty() || !self.follows_blank(range.start);
            parts.push(range.start);
            let outer = self.task.take();
            let (blocks, starts) = self.blocks(depth + 1);
            tight &= !starts.iter().skip(1).any(|&at| self.follows_blank(at));
            let task = std::mem::replace(&mut self.task, outer);
            items.push(Arc::new(Item { task, blocks }));
        }
        Block::List {
            start,
            tight,
            items,
        }
    }

    /// Whether a blank line stands before what starts at or shortly after `at`.
    /// Looseness is judged from neighbours alone, so that parts of a list can be
    /// judged apart.
    fn follows_blank(&self, at: usize) -> bool {
        let rest = self.source.get(at..).unwrap_or_default();
        let at = at + rest.len() - rest.trim_start().len();
        let head = self.source.get(..at).unwrap_or_default();
        let mut lines = head.rsplit('\n').skip(1);
        lines.next().is_some_and(|line| {
            let mut marks = self.quotes;
            line.chars().all(|c| match c {
                ' ' | '\t' => true,
                '>' if marks > 0 => {
                    marks -= 1;
                    true
                }
                _ => false,
            })
        })
    }

    fn table(&mut self, align: &[Alignment], depth: usize, parts: &mut Vec<usize>) -> Block {
        let align = align.iter().map(|side| match side {
            Alignment::None => Align::Unset,
            Alignment::Left => Align::Left,
            Alignment::Center => Align::Center,
            Alignment::Right => Align::Right,
        });
        let mut head = Row::new();
        let mut rows = Vec::new();
        while let Some((Event::Start(tag), range)) = self.events.next() {
            let row = self.row(depth);
            if tag == Tag::TableHead {
                head = row;
            } else {
                parts.push(range.start);
                rows.push(Arc::new(row));
            }
        }
        Block::Table {
            align: align.collect(),
            head,
            rows,
        }
    }

    fn row(&mut self, depth: usize) -> Row {
        let mut cells = Row::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            cells.push(self.inlines(depth));
        }
        cells
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>, depth: usize) -> Block {
        let mut text = self.text();
        if text.ends_with('\n') {
            text.pop();
        }
        let CodeBlockKind::Fenced(info) = kind else {
            return Block::Code {
                lang: None,
                text,
                closed: true,
            };
        };
        let lang = info.split_whitespace().next().map(str::to_owned);
        let closed = closing_line(
            self.source.get(range.clone()).unwrap_or_default(),
            depth > 0,
        );
        Block::Code { lang, text, closed }
    }

    /// The text of a block without structure, up to its end.
    fn text(&mut self) -> String {
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::End(_) => break,
                Event::Text(piece) | Event::Html(piece) => text.push_str(&piece),
                _ => {}
            }
        }
        text
    }

    fn html_lines(&mut self) -> Vec<Inline> {
        let text = self.text();
        let mut inlines = Vec::new();
        for line in text.trim_end_matches('\n').split('\n') {
            if !inlines.is_empty() {
                inlines.push(Inline::SoftBreak);
            }
            push_text(&mut inlines, line);
        }
        link_bare(inlines)
    }
}

/// Collects the blocks of a container.
#[derive(Default)]
struct Sink {
    blocks: Vec<Block>,
    /// Where each block starts. Never before the end of the one before it, which
    /// the parser's own figure can be for a list that a tab indents.
    starts: Vec<usize>,
    end: usize,
    loose: Vec<Inline>,
    loose_range: Range<usize>,
}

impl Sink {
    /// Notes that loose text covers `range` too.
    fn extend(&mut self, range: &Range<usize>) {
        if self.loose.is_empty() {
            self.loose_range = range.clone();
        }
        self.loose_range.end = self.loose_range.end.max(range.end);
    }

    fn push(&mut self, block: Block, range: &Range<usize>) {
        self.blocks.push(block);
        self.starts.push(range.start.max(self.end));
        self.end = self.end.max(range.end);
    }

    fn flush(&mut self) {
        if !self.loose.is_empty() {
            let inlines = link_bare(std::mem::take(&mut self.loose));
            let range = self.loose_range.clone();
            self.push(Block::Paragraph(inlines), &range);
        }
    }
}

/// Whether the source of a fenced block ends in its closing fence. Exact at the
/// top level; a nested one may have any container marks before it.
fn closing_line(source: &str, nested: bool) -> bool {
    let run = |line: &str, mark: char| line.chars().take_while(|&c| c == mark).count();
    let Some((first, rest)) = source.split_once('\n') else {
        return false;
    };
    let Some(mark) = first.chars().next() else {
        return false;
    };
    let last = rest
        .trim_end_matches('\n')
        .rsplit('\n')
        .next()
        .unwrap_or_default();
    let bare = if nested {
        last.trim_start_matches([' ', '\t', '>'])
    } else {
        last.trim_start_matches(' ')
    };
    let last = if nested || last.len() - bare.len() < 4 {
        bare.trim_end_matches(' ')
    } else {
        ""
    };
    let width = run(last, mark);
    width >= run(first, mark) && width == last.chars().count()
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
