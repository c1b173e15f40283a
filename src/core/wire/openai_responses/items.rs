//! Output items and their parts: which text belongs to which block, and what of
//! a repeated text is new.
//!
//! Servers repeat a text in up to four places (delta, text done, part done, item
//! done, terminal event), and some give it in only one of them. So each part
//! remembers what was emitted, and a full text adds only what it has beyond that.
//!
//! An item is found by `output_index` first: ids differ from event to event on
//! some servers, and are absent on others.

use super::dto::{Item, Piece};
use crate::core::wire::{
    BlockKind, StreamEvent,
    emit::{self, Blocks},
};
use serde_json::Value;

/// Where an event says that it belongs.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub(super) index: Option<u64>,
    pub(super) id: Option<String>,
}

/// What a part of an item holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    Text,
    Refusal,
    /// Thinking as the model had it.
    Reasoning,
    /// Thinking in the provider's summary.
    Summary,
    /// A call's arguments.
    Arguments,
}

#[derive(Debug, Default)]
struct Entry {
    index: Option<u64>,
    id: Option<String>,
    /// Known from `output_item.added`, not just from a delta.
    added: bool,
    done: bool,
    message: bool,
    tool: (Option<String>, Option<String>),
    /// Blocks of this item, by what they hold.
    blocks: Vec<(PartKind, u32)>,
    /// The thinking block that was opened before any text was known.
    waiting: Option<u32>,
    parts: Vec<PartText>,
}

#[derive(Debug)]
struct PartText {
    kind: PartKind,
    number: u64,
    block: u32,
    seen: String,
}

/// All items of a response.
#[derive(Debug, Default)]
pub(super) struct Items {
    entries: Vec<Entry>,
    blocks: Blocks,
    /// Words of refusal were seen.
    pub(super) refused: bool,
    /// A tool was called.
    pub(super) called: bool,
}

impl Items {
    /// An item begins.
    pub(super) fn added(&mut self, place: Place, item: &Item, out: &mut Vec<StreamEvent>) {
        let at = match self.find(&place) {
            // An index that is used again (some gateways always say 0) is a new
            // item.
            Some(at) if self.entry(at).is_some_and(|known| !known.added) => at,
            _ => self.insert(place),
        };
        self.describe(at, item);
        if item.kind.as_str() == "reasoning" {
            let block = self.blocks.start(BlockKind::Thinking, out);
            if let Some(entry) = self.entries.get_mut(at) {
                entry.waiting = Some(block);
            }
        }
        if is_call(item) {
            self.block_for(at, PartKind::Arguments, out);
        }
    }

    /// An item is complete, as given.
    pub(super) fn done(&mut self, place: Place, item: &Item, out: &mut Vec<StreamEvent>) {
        let at = self.find(&place).unwrap_or_else(|| self.insert(place));
        self.describe(at, item);
        let whole = item.status.as_str() != "incomplete";
        self.fill(at, item, out);
        if let Some(entry) = self.entries.get_mut(at) {
            entry.done = whole;
        }
        self.close_item(at, out);
    }

    fn close_item(&mut self, at: usize, out: &mut Vec<StreamEvent>) {
        if let Some(entry) = self.entries.get_mut(at) {
            let own = entry.blocks.iter().map(|(_, block)| *block);
            for block in own.chain(entry.waiting.take()) {
                self.blocks.end(block, out);
            }
        }
    }

    /// More text of a part.
    pub(super) fn delta(
        &mut self,
        place: Place,
        kind: PartKind,
        number: u64,
        text: String,
        out: &mut Vec<StreamEvent>,
    ) {
        if text.is_empty() {
            return;
        }
        let at = self.find(&place).unwrap_or_else(|| self.insert(place));
        self.append(at, kind, number, text, out);
    }

    /// The whole text of a part: emits what was not emitted before.
    pub(super) fn full(
        &mut self,
        place: Place,
        kind: PartKind,
        number: u64,
        text: &str,
        out: &mut Vec<StreamEvent>,
    ) {
        if text.is_empty() {
            return;
        }
        let at = self.find(&place).unwrap_or_else(|| self.insert(place));
        self.complete(at, kind, number, text, out);
    }

    /// The output as the terminal event gives it: emits what was not emitted
    /// before. Items are recognised by what they say, as places cannot be
    /// trusted here.
    pub(super) fn terminal(&mut self, output: Vec<Item>, out: &mut Vec<StreamEvent>) {
        let mut taken = Vec::new();
        for item in output {
            let at = self.likeness(&item, &taken).unwrap_or_else(|| {
                let at = self.insert(Place::default());
                self.describe(at, &item);
                at
            });
            taken.push(at);
            self.fill(at, &item, out);
            self.close_item(at, out);
        }
    }

    /// The item seen before that has most in common with this one.
    fn likeness(&self, item: &Item, taken: &[usize]) -> Option<usize> {
        let texts = texts(item);
        let score = |entry: &Entry| {
            let common = entry.parts.iter().filter_map(|part| {
                let same = |(kind, _, text): &&(PartKind, u64, String)| {
                    *kind == part.kind && text.starts_with(&part.seen)
                };
                texts.iter().find(same).map(|_| part.seen.len() + 1)
            });
            let call = is_call(item) && entry.tool.1.as_deref() == item.name.0.as_deref();
            let same_call = call && entry.tool.0 == item.call_id.0;
            if same_call {
                usize::MAX
            } else {
                common.max().unwrap_or(usize::from(call))
            }
        };
        let scored = self.entries.iter().enumerate().filter_map(|(at, entry)| {
            let score = score(entry);
            (score > 0 && !taken.contains(&at)).then_some((score, std::cmp::Reverse(at)))
        });
        scored.max().map(|(_, std::cmp::Reverse(at))| at)
    }

    /// Whether there is a finished message and nothing half-finished.
    pub(super) fn answered(&self) -> bool {
        let whole = |entry: &&Entry| entry.message && entry.done && !entry.parts.is_empty();
        self.entries.iter().any(|entry| whole(&entry))
            && self.entries.iter().all(|entry| entry.done)
    }

    /// Closes all that is open.
    pub(super) fn close(&mut self, out: &mut Vec<StreamEvent>) {
        self.blocks.end_all(out);
    }

    fn entry(&self, at: usize) -> Option<&Entry> {
        self.entries.get(at)
    }

    fn find(&self, place: &Place) -> Option<usize> {
        self.entries
            .iter()
            .rposition(|entry| match (place.index, &place.id) {
                (Some(index), _) => entry.index == Some(index),
                (None, Some(id)) => entry.id.as_ref() == Some(id),
                (None, None) => true,
            })
    }

    fn insert(&mut self, place: Place) -> usize {
        self.entries.push(Entry {
            index: place.index,
            id: place.id,
            ..Entry::default()
        });
        self.entries.len() - 1
    }

    fn describe(&mut self, at: usize, item: &Item) {
        let call = is_call(item);
        self.called |= call;
        if let Some(entry) = self.entries.get_mut(at) {
            entry.added = true;
            entry.message |= item.kind.as_str() == "message";
            if call {
                let id = item.call_id.clone().filled();
                entry.tool = (
                    id.or_else(|| item.id.clone().filled()),
                    item.name.clone().filled(),
                );
            }
        }
    }

    fn fill(&mut self, at: usize, item: &Item, out: &mut Vec<StreamEvent>) {
        for (kind, number, text) in texts(item) {
            self.complete(at, kind, number, &text, out);
        }
        let unseen = |entry: &Entry| entry.blocks.is_empty();
        if is_call(item) && self.entry(at).is_some_and(unseen) {
            self.block_for(at, PartKind::Arguments, out);
        }
    }

    fn complete(
        &mut self,
        at: usize,
        kind: PartKind,
        number: u64,
        text: &str,
        out: &mut Vec<StreamEvent>,
    ) {
        let seen = self.entry(at).and_then(|entry| {
            let same = |part: &&PartText| part.kind == kind && part.number == number;
            entry.parts.iter().find(same)
        });
        let rest = text.strip_prefix(seen.map_or("", |part| part.seen.as_str()));
        if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
            self.append(at, kind, number, rest.to_owned(), out);
        }
    }

    fn append(
        &mut self,
        at: usize,
        kind: PartKind,
        number: u64,
        text: String,
        out: &mut Vec<StreamEvent>,
    ) {
        self.refused |= kind == PartKind::Refusal;
        self.called |= kind == PartKind::Arguments;
        let known = self.entry(at).and_then(|entry| {
            let same = |part: &PartText| part.kind == kind && part.number == number;
            let found = entry.parts.iter().position(same)?;
            let part = entry.parts.get(found)?;
            self.blocks.is_open(part.block).then_some(found)
        });
        let part = known.unwrap_or_else(|| {
            let block = self.block_for(at, kind, out);
            self.entries.get_mut(at).map_or(0, |entry| {
                entry.parts.push(PartText {
                    kind,
                    number,
                    block,
                    seen: String::new(),
                });
                entry.parts.len() - 1
            })
        });
        let entry = self.entries.get_mut(at);
        if let Some(part) = entry.and_then(|entry| entry.parts.get_mut(part)) {
            part.seen.push_str(&text);
            emit::delta(part.block, text, out);
        }
    }

    /// The block for a new part: the parts of a message's text share one, each
    /// part of thinking has its own (so that a blank line will part them).
    fn block_for(&mut self, at: usize, kind: PartKind, out: &mut Vec<StreamEvent>) -> u32 {
        let Some(entry) = self.entries.get_mut(at) else {
            return 0;
        };
        let thinking = matches!(kind, PartKind::Reasoning | PartKind::Summary);
        if let Some(block) = entry.waiting.take_if(|_| thinking) {
            entry.blocks.push((kind, block));
            return block;
        }
        let shared = entry
            .blocks
            .iter()
            .rev()
            .find(|(known, block)| *known == kind && !thinking && self.blocks.is_open(*block));
        if let Some((_, block)) = shared {
            return *block;
        }
        if thinking {
            for (_, block) in &entry.blocks {
                self.blocks.end(*block, out);
            }
        }
        let block_kind = match kind {
            PartKind::Text => BlockKind::Text,
            PartKind::Refusal => BlockKind::Refusal,
            PartKind::Reasoning | PartKind::Summary => BlockKind::Thinking,
            PartKind::Arguments => BlockKind::ToolCall {
                id: entry.tool.0.clone(),
                name: entry.tool.1.clone(),
            },
        };
        let block = self.blocks.start(block_kind, out);
        entry.blocks.push((kind, block));
        block
    }
}

fn is_call(item: &Item) -> bool {
    matches!(item.kind.as_str(), "function_call" | "custom_tool_call")
}

/// The texts of an item, with their kinds and numbers; empty ones left out.
fn texts(item: &Item) -> Vec<(PartKind, u64, String)> {
    let arguments = match &item.arguments {
        Value::String(text) => text.clone(),
        object @ Value::Object(_) => object.to_string(),
        _ => item.input.as_str().to_owned(),
    };
    let summary = numbered(&item.summary.items, |_| PartKind::Summary);
    let content = numbered(&item.content.items, |piece| match piece.kind.as_str() {
        "refusal" => PartKind::Refusal,
        "reasoning_text" => PartKind::Reasoning,
        _ if item.kind.as_str() == "reasoning" => PartKind::Reasoning,
        _ => PartKind::Text,
    });
    summary
        .chain(content)
        .chain([(PartKind::Arguments, 0, arguments)])
        .filter(|(_, _, text)| !text.is_empty())
        .collect()
}

fn numbered(
    pieces: &[Piece],
    kind: impl Fn(&Piece) -> PartKind,
) -> impl Iterator<Item = (PartKind, u64, String)> {
    pieces.iter().zip(0..).map(move |(piece, number)| {
        let kind = kind(piece);
        let text = match kind {
            PartKind::Refusal => &piece.refusal,
            _ => &piece.text,
        };
        (kind, number, text.as_str().to_owned())
    })
}
