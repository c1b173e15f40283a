//! The texts of a response, by block and joined.

use crate::core::wire::BlockKind;
use serde::Serialize;

/// One block as it came, for exports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// The dialect's number for it within the response.
    pub id: u32,
    /// What it holds.
    pub kind: BlockKind,
    /// Its text, exactly; arguments for a tool call.
    pub text: String,
    /// Whether more may come.
    pub open: bool,
}

/// A call of a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ToolCall<'a> {
    /// The provider's id of the call.
    pub id: Option<&'a str>,
    /// The tool's name.
    pub name: Option<&'a str>,
    /// JSON arguments as far as they have come.
    pub arguments: &'a str,
}

/// Which joined text a delta went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Answer,
    Thinking,
    ToolCall,
}

/// All blocks of a response, the answer and the thinking.
///
/// The joined texts only ever grow at their end: blocks are joined by a blank
/// line in the order in which their texts come. Should two blocks of one kind
/// write in turns, each turn is a paragraph of its own; the blocks themselves
/// stay exact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transcript {
    blocks: Vec<Block>,
    answer: Joined,
    thinking: Joined,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Joined {
    text: String,
    writer: Option<usize>,
}

impl Joined {
    fn push(&mut self, block: usize, text: &str) {
        if self.writer.is_some_and(|writer| writer != block) {
            self.text.push_str("\n\n");
        }
        self.writer = Some(block);
        self.text.push_str(text);
    }
}

impl Transcript {
    /// The answer: text and refusal blocks.
    pub fn answer(&self) -> &str {
        &self.answer.text
    }

    /// The thinking.
    pub fn thinking(&self) -> &str {
        &self.thinking.text
    }

    /// Every block in the order of opening.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The tool calls in the order of opening.
    pub fn tool_calls(&self) -> impl Iterator<Item = ToolCall<'_>> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::ToolCall { id, name } => Some(ToolCall {
                id: id.as_deref(),
                name: name.as_deref(),
                arguments: &block.text,
            }),
            BlockKind::Text | BlockKind::Thinking | BlockKind::Refusal => None,
        })
    }

    pub(super) fn open(&mut self, id: u32, kind: BlockKind) {
        self.blocks.push(Block {
            id,
            kind,
            text: String::new(),
            open: true,
        });
    }

    /// Appends to a block; gives its place among the blocks. Text for a block that never opened is taken as
    /// answer: it must not be lost to a decoder's slip.
    pub(super) fn append(&mut self, id: u32, text: &str) -> (usize, Target) {
        if !self.blocks.iter().any(|block| block.id == id) {
            self.open(id, BlockKind::Text);
        }
        let found = self.blocks.iter_mut().enumerate();
        let Some((place, block)) = found.rev().find(|(_, block)| block.id == id) else {
            return (0, Target::Answer);
        };
        block.text.push_str(text);
        let target = match block.kind {
            BlockKind::Text | BlockKind::Refusal => {
                self.answer.push(place, text);
                Target::Answer
            }
            BlockKind::Thinking => {
                self.thinking.push(place, text);
                Target::Thinking
            }
            BlockKind::ToolCall { .. } => Target::ToolCall,
        };
        (place, target)
    }

    pub(super) fn close(&mut self, id: u32) {
        if let Some(block) = self.blocks.iter_mut().rfind(|block| block.id == id) {
            block.open = false;
        }
    }

    pub(super) fn close_all(&mut self) {
        for block in &mut self.blocks {
            block.open = false;
        }
    }
}
