//! A finished run as steps with their times.

use super::{
    Arrivals,
    texts::{Rest, Texts},
};
use crate::core::{
    domain::Millis,
    recipe::result::{Chunks, RunFacts},
    run::{Change, RunLog},
    wire::{BlockKind, StreamEvent, http::ResponseHead},
};
use std::sync::Arc;

/// A run taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    facts: RunFacts,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
struct Step {
    /// ms from sending.
    at: Millis,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Headers,
    /// A chunk of the body; the events that follow came with it.
    Chunk,
    Event(StreamEvent),
    /// Thinking of so many characters that the document does not have.
    Withheld(u32),
}

impl Script {
    /// Of what a document or a log says of a run. Where it does not say how the
    /// texts arrived, they arrive at the marks.
    pub fn of(facts: RunFacts) -> Self {
        let guessed;
        let chunks = if facts.chunks.arrivals.is_empty() {
            guessed = from_marks(&facts);
            &guessed
        } else {
            &facts.chunks
        };
        let mut steps = Vec::new();
        if let Some(at) = facts.marks.headers_ms {
            steps.push(Step {
                at,
                what: What::Headers,
            });
        }
        if let Some(at) = facts.marks.first_byte_ms {
            steps.push(Step {
                at,
                what: What::Chunk,
            });
        }
        add_pieces(&mut steps, &facts, chunks);
        Self { facts, steps }
    }

    /// What is known of the run.
    pub fn facts(&self) -> &RunFacts {
        &self.facts
    }

    /// How long the run took, in ms from sending; 0 for one that was not sent.
    pub fn end_ms(&self) -> f64 {
        let marks = self.facts.marks.known().map(|(_, at)| at.0);
        marks.fold(0.0, f64::max)
    }

    /// The whole run.
    pub fn log(self) -> RunLog {
        let mut player = Player::new(Arc::new(self));
        player.finish();
        player.log
    }
}

/// A script that is played forwards, on a clock that starts with sending.
#[derive(Debug, Clone)]
pub struct Player {
    script: Arc<Script>,
    next: usize,
    is_finished: bool,
    sent_at: Millis,
    log: RunLog,
}

impl Player {
    /// At the beginning: sent, if the run ever was.
    pub fn new(script: Arc<Script>) -> Self {
        Self::sent_at(script, Millis(0.0))
    }

    /// The same on a clock on which the run was sent at `sent_at`.
    pub fn sent_at(script: Arc<Script>, sent_at: Millis) -> Self {
        let mut log = RunLog::new();
        let facts = &script.facts;
        if facts.marks.known().next().is_some() {
            log.sent(sent_at, facts.first_call, facts.hidden_tab);
        }
        Self {
            script,
            next: 0,
            sent_at,
            is_finished: false,
            log,
        }
    }

    /// The run as far as it was played.
    pub fn log(&self) -> &RunLog {
        &self.log
    }

    /// The script.
    pub fn script(&self) -> &Arc<Script> {
        &self.script
    }

    /// Whether all of it was played.
    pub fn is_finished(&self) -> bool {
        self.is_finished
    }

    /// Plays what came up to `ms` after sending; the end too, once it is
    /// reached.
    pub fn advance(&mut self, ms: f64) -> Change {
        if ms >= self.script.end_ms() {
            return self.finish();
        }
        let mut change = Change::NONE;
        let script = Arc::clone(&self.script);
        while let Some(step) = script.steps.get(self.next).filter(|step| step.at.0 <= ms) {
            change |= self.step(step);
            self.next += 1;
        }
        if change.touches(Change::FACTS) {
            self.log.put_back_firsts(&script.facts);
        }
        change
    }

    /// Plays all of it.
    pub fn finish(&mut self) -> Change {
        if self.is_finished {
            return Change::NONE;
        }
        let mut change = Change::NONE;
        let script = Arc::clone(&self.script);
        for step in script.steps.get(self.next..).unwrap_or_default() {
            change |= self.step(step);
        }
        self.next = script.steps.len();
        self.is_finished = true;
        change | self.log.put_back(&script.facts)
    }

    fn step(&mut self, step: &Step) -> Change {
        let at = Millis(self.sent_at.0 + step.at.0);
        match &step.what {
            // Which headers came, no document says.
            What::Headers => self.log.headers(at, &ResponseHead::default()),
            What::Chunk => self.log.bytes(at, 1),
            What::Event(event) => self.log.apply(event, at),
            What::Withheld(chars) => self.log.withheld_thinking(*chars as usize, at),
        }
    }
}

/// The pieces as events, each time with a chunk of its own.
fn add_pieces(steps: &mut Vec<Step>, facts: &RunFacts, chunks: &Chunks) {
    let mut texts = Texts::of(facts);
    let mut opened = vec![false; chunks.blocks.len()];
    let mut before = facts.marks.first_byte_ms.map(|at| at.0);
    for piece in chunks.arrivals.pieces() {
        let place = piece.block as usize;
        let Some(kind) = chunks.blocks.get(place) else {
            continue;
        };
        let at = piece.at();
        let mut push = |what| steps.push(Step { at, what });
        if before.is_none_or(|before| at.0 > before) {
            push(What::Chunk);
            before = Some(at.0);
        }
        if let Some(opened) = opened.get_mut(place)
            && !std::mem::replace(opened, true)
        {
            push(What::Event(StreamEvent::BlockStart {
                block: piece.block,
                kind: kind.clone(),
            }));
        }
        let (block, text) = texts.take(kind, *piece);
        if !text.is_empty() {
            push(What::Event(StreamEvent::Delta { block, text }));
        } else if *kind == BlockKind::Thinking && piece.chars > 0 {
            push(What::Withheld(piece.chars));
        }
    }
    let last = facts.marks.last_token_ms.map_or(0.0, |at| at.0);
    let at = Millis(before.unwrap_or_default().max(last));
    let rests = texts.rests(facts);
    add_rests(steps, at, chunks.blocks.len(), rests);
}

/// What the pieces do not reach: a document that was edited loses nothing. It
/// goes on in the block that its text ended in, and in a new one only where
/// there is none.
fn add_rests(steps: &mut Vec<Step>, at: Millis, blocks: usize, rests: Vec<Rest<'_>>) {
    let mut next = u32::try_from(blocks).unwrap_or(u32::MAX);
    for Rest { kind, block, text } in rests {
        let mut push = |event| {
            let what = What::Event(event);
            steps.push(Step { at, what });
        };
        let block = block.unwrap_or_else(|| {
            let block = next;
            next = next.saturating_add(1);
            push(StreamEvent::BlockStart { block, kind });
            block
        });
        if !text.is_empty() {
            let text = text.to_owned();
            push(StreamEvent::Delta { block, text });
        }
    }
}

/// Of a document without pieces: each text's first character at its first mark,
/// the others at its last.
fn from_marks(facts: &RunFacts) -> Chunks {
    let marks = &facts.marks;
    let mut chunks = Chunks::default();
    let mut pieces: Vec<(f64, usize, usize)> = Vec::new();
    let mut add = |kind, opened: Option<Millis>, first: Option<Millis>, last: f64, text: &str| {
        let Some(opened) = opened.or(first) else {
            return;
        };
        let block = chunks.blocks.len();
        chunks.blocks.push(kind);
        pieces.push((opened.0, block, 0));
        let all = text.chars().count();
        let first = first.unwrap_or(opened).0;
        // A speed was known, so that the first chunk was a small one.
        let part = if facts.figures.output_tokens_per_s.is_some() {
            all.min(1)
        } else {
            all
        };
        let texts = [(first, part), (last.max(first), all - part)];
        let texts = texts.into_iter().filter(|(_, chars)| *chars > 0);
        pieces.extend(texts.map(|(at, chars)| (at, block, chars)));
    };
    let last = |at: Option<Millis>| at.map_or(0.0, |at| at.0);
    add(
        BlockKind::Thinking,
        marks.thinking_opened_ms,
        marks.first_thinking_ms,
        last(marks.last_thinking_ms),
        &facts.thinking,
    );
    if !facts.answer.is_empty() {
        add(
            BlockKind::Text,
            None,
            marks.first_answer_ms,
            last(marks.last_answer_ms),
            &facts.answer,
        );
    }
    for call in &facts.tool_calls {
        let kind = BlockKind::ToolCall {
            id: call.id.clone(),
            name: call.name.clone(),
        };
        add(
            kind,
            None,
            marks.first_answer_ms,
            last(marks.last_answer_ms),
            &call.arguments,
        );
    }
    pieces.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut arrivals = Arrivals::default();
    for (number, (at, block, chars)) in pieces.into_iter().enumerate() {
        arrivals.note(at, u32::try_from(number).unwrap_or(u32::MAX), block, chars);
    }
    chunks.arrivals = arrivals.thinned();
    chunks
}

#[cfg(test)]
#[path = "script_tests.rs"]
mod tests;
