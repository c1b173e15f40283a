//! The texts of a run, handed out to the pieces that they came in.

use super::Arrival;
use crate::core::{recipe::result::RunFacts, wire::BlockKind};

/// What stands between the texts of two blocks of one kind, see
/// [`crate::core::run::Transcript`].
const BETWEEN_BLOCKS: &str = "\n\n";

/// What is left of the texts of a run.
pub(super) struct Texts<'a> {
    answer: Joined<'a>,
    thinking: Joined<'a>,
    /// Arguments by the order of calls, with the block that each belongs to.
    calls: Vec<(Option<u32>, &'a str)>,
}

struct Joined<'a> {
    rest: &'a str,
    /// The block that wrote last.
    writer: Option<u32>,
    /// The block that opened last.
    opened: Option<u32>,
}

impl Joined<'_> {
    /// Where the text of a piece of `block` goes. Where the document has no
    /// blank line between two blocks, its text was edited: then it stays in one.
    fn block_for(&mut self, block: u32) -> u32 {
        let block = match self.writer {
            Some(writer) if writer != block => {
                let rest = self.rest.strip_prefix(BETWEEN_BLOCKS);
                match rest.filter(|rest| !rest.is_empty()) {
                    Some(rest) => {
                        self.rest = rest;
                        block
                    }
                    None => writer,
                }
            }
            _ => block,
        };
        self.writer = Some(block);
        block
    }
}

impl<'a> Texts<'a> {
    pub(super) fn of(facts: &'a RunFacts) -> Self {
        let joined = |rest| Joined {
            rest,
            writer: None,
            opened: None,
        };
        let calls = facts.tool_calls.iter();
        Self {
            answer: joined(facts.answer.as_str()),
            thinking: joined(facts.thinking.as_str()),
            calls: calls.map(|call| (None, call.arguments.as_str())).collect(),
        }
    }

    /// What came with a piece, and the block that it belongs to.
    pub(super) fn take(&mut self, kind: &BlockKind, piece: Arrival) -> (u32, String) {
        let joined = match kind {
            BlockKind::Text | BlockKind::Refusal => &mut self.answer,
            BlockKind::Thinking => &mut self.thinking,
            BlockKind::ToolCall { .. } => {
                let mut calls = self.calls.iter_mut();
                let own = calls.find(|(block, _)| block.is_none_or(|block| block == piece.block));
                let text = own.map_or_else(String::new, |(block, rest)| {
                    *block = Some(piece.block);
                    cut(rest, piece.chars)
                });
                return (piece.block, text);
            }
        };
        if piece.chars == 0 {
            joined.opened = Some(piece.block);
            return (piece.block, String::new());
        }
        let block = joined.block_for(piece.block);
        (block, cut(&mut joined.rest, piece.chars))
    }

    /// What no piece took.
    pub(super) fn rests(&self, facts: &'a RunFacts) -> Vec<Rest<'a>> {
        let joined = [
            (BlockKind::Thinking, &self.thinking),
            (BlockKind::Text, &self.answer),
        ];
        let joined = joined.into_iter().map(|(kind, joined)| Rest {
            kind,
            block: joined.writer.or(joined.opened),
            text: joined.rest,
        });
        let joined = joined.filter(|rest| !rest.text.is_empty());
        let calls = facts.tool_calls.iter().zip(&self.calls);
        let calls = calls.map(|(call, (block, text))| Rest {
            kind: BlockKind::ToolCall {
                id: call.id.clone(),
                name: call.name.clone(),
            },
            block: *block,
            text,
        });
        joined.chain(calls).collect()
    }
}

/// Takes so many characters off the front.
fn cut(rest: &mut &str, chars: u32) -> String {
    let end = rest
        .char_indices()
        .nth(chars as usize)
        .map_or(rest.len(), |(at, _)| at);
    let (taken, left) = rest.split_at(end);
    *rest = left;
    taken.to_owned()
}

/// The end of a text.
pub(super) struct Rest<'a> {
    pub(super) kind: BlockKind,
    /// Where the text before stands.
    pub(super) block: Option<u32>,
    pub(super) text: &'a str,
}
