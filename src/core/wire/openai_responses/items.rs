//! Output items and their parts: which text belongs to which block, and what of
//! a repeated text is new.
//!
//! Servers repeat a text in up to four places (delta, text done, part done, item
//! done, terminal event), and some give it in only one of them. So each part
//! remembers what was emitted, and a full text adds only what it has beyond that.
//!
//! An item is found by `output_index` first: ids differ from event to event on
//! some servers, and are absent on others.

use crate::core::wire::{
    BlockKind, StreamEvent,
    emit::{self, Blocks},
    fields::{field, kind, objects, word},
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
    pub(super) fn added(&mut self, place: Place, item: &Value, out: &mut Vec<StreamEvent>) {
        let at = match self.find(&place) {
            // An index that is used again (some gateways always say 0) is a new
            // item.
            Some(at) if self.entry(at).is_some_and(|known| !known.added) => at,
            _ => self.insert(place),
        };
        self.describe(at, item);
        if kind(item) == "reasoning" {
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
    pub(super) fn done(&mut self, place: Place, item: &Value, out: &mut Vec<StreamEvent>) {
        let at = self.find(&place).unwrap_or_else(|| self.insert(place));
        self.describe(at, item);
        let whole = field(item, "status") != "incomplete";
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
    pub(super) fn terminal(&mut self, response: &Value, out: &mut Vec<StreamEvent>) {
        let mut taken = Vec::new();
        for item in objects(response, "output") {
            let at = self.likeness(item, &taken).unwrap_or_else(|| {
                let at = self.insert(Place::default());
                self.describe(at, item);
                at
            });
            taken.push(at);
            self.fill(at, item, out);
            self.close_item(at, out);
        }
    }

    /// The item seen before that has most in common with this one, the first
    /// of several.
    fn likeness(&self, item: &Value, taken: &[usize]) -> Option<usize> {
        let (texts, is_call) = (texts(item), is_call(item));
        let (id, name) = (word(item, "call_id"), word(item, "name"));
        let (mut most, mut likest) = (0, None);
        for (at, entry) in self.entries.iter().enumerate() {
            let same_tool = is_call && entry.tool.1 == name;
            let score = if same_tool && entry.tool.0 == id {
                usize::MAX
            } else {
                let common = entry.parts.iter().filter(|part| {
                    let mut texts = texts.iter();
                    texts.any(|(kind, _, text)| *kind == part.kind && text.starts_with(&part.seen))
                });
                let longest = common.map(|part| part.seen.len() + 1).max();
                longest.unwrap_or(usize::from(same_tool))
            };
            if score > most && !taken.contains(&at) {
                (most, likest) = (score, Some(at));
            }
        }
        likest
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

    fn describe(&mut self, at: usize, item: &Value) {
        let call = is_call(item);
        self.called |= call;
        if let Some(entry) = self.entries.get_mut(at) {
            entry.added = true;
            entry.message |= kind(item) == "message";
            if call {
                let id = word(item, "call_id").or_else(|| word(item, "id"));
                entry.tool = (id, word(item, "name"));
            }
        }
    }

    fn fill(&mut self, at: usize, item: &Value, out: &mut Vec<StreamEvent>) {
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

fn is_call(item: &Value) -> bool {
    matches!(kind(item), "function_call" | "custom_tool_call")
}

/// The texts of an item, with their kinds and numbers; empty ones left out.
fn texts(item: &Value) -> Vec<(PartKind, u64, String)> {
    let usual = match kind(item) {
        "reasoning" => PartKind::Reasoning,
        _ => PartKind::Text,
    };
    let mut texts = Vec::new();
    for (list, usual) in [("summary", PartKind::Summary), ("content", usual)] {
        for (piece, number) in objects(item, list).zip(0..) {
            let (kind, name) = match (usual, kind(piece)) {
                (PartKind::Summary, _) => (usual, "text"),
                (_, "refusal") => (PartKind::Refusal, "refusal"),
                (_, "reasoning_text") => (PartKind::Reasoning, "text"),
                _ => (usual, "text"),
            };
            if let Some(text) = word(piece, name) {
                texts.push((kind, number, text));
            }
        }
    }
    let arguments = match field(item, "arguments") {
        Value::String(text) => text.clone(),
        object @ Value::Object(_) => object.to_string(),
        _ => word(item, "input").unwrap_or_default(),
    };
    if !arguments.is_empty() {
        texts.push((PartKind::Arguments, 0, arguments));
    }
    texts
}
