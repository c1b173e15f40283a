//! Tool calls in pieces: which piece belongs to which call.
//!
//! OpenAI numbers the calls by `index` and sends id and name once. Others leave
//! out the index, the id or both, send whole calls that all have index 0, repeat
//! an empty name, or send the arguments as an object.

use crate::core::wire::{
    BlockKind, StreamEvent,
    count::count,
    emit::{self, Blocks},
    fields::{field, word},
};
use serde_json::Value;

/// The calls of one response.
#[derive(Debug, Default)]
pub(super) struct ToolCalls {
    calls: Vec<Call>,
}

#[derive(Debug, Default)]
struct Call {
    index: Option<u64>,
    id: Option<String>,
    name: Option<String>,
    /// Opened as soon as the name is known or arguments come.
    block: Option<u32>,
}

impl ToolCalls {
    /// Whether no call was seen.
    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// Reads a piece of a call; `function` has its name and arguments.
    pub(super) fn piece(
        &mut self,
        piece: &Value,
        function: &Value,
        blocks: &mut Blocks,
        out: &mut Vec<StreamEvent>,
    ) {
        let index = count(piece, "index");
        let (id, name) = (word(piece, "id"), word(function, "name"));
        let Some(call) = self.find(index, id.as_ref(), name.as_ref()) else {
            return;
        };
        call.id = call.id.take().or(id);
        call.name = call.name.take().or(name);
        // A piece of JSON text, or the object itself.
        let arguments = match field(function, "arguments") {
            Value::String(text) => text.clone(),
            object @ Value::Object(_) => object.to_string(),
            _ => String::new(),
        };
        if call.name.is_some() || !arguments.is_empty() {
            let block = call.open(blocks, out);
            emit::delta(block, arguments, out);
        }
    }

    /// Opens the calls of which no name ever came.
    pub(super) fn finish(&mut self, blocks: &mut Blocks, out: &mut Vec<StreamEvent>) {
        for call in &mut self.calls {
            call.open(blocks, out);
        }
    }

    fn find(
        &mut self,
        index: Option<u64>,
        id: Option<&String>,
        name: Option<&String>,
    ) -> Option<&mut Call> {
        let known = self.calls.iter().rposition(|call| match (index, id) {
            // A second id under one index is a second call.
            (Some(_), Some(id)) => {
                call.index == index && call.id.as_ref().is_none_or(|known| known == id)
            }
            (Some(_), None) => call.index == index,
            (None, Some(id)) => call.id.as_ref() == Some(id),
            // Neither: a name begins a call, anything else continues the last.
            (None, None) => name.is_none(),
        });
        let at = known.unwrap_or_else(|| {
            self.calls.push(Call {
                index,
                ..Call::default()
            });
            self.calls.len() - 1
        });
        self.calls.get_mut(at)
    }
}

impl Call {
    fn open(&mut self, blocks: &mut Blocks, out: &mut Vec<StreamEvent>) -> u32 {
        *self.block.get_or_insert_with(|| {
            let kind = BlockKind::ToolCall {
                id: self.id.clone(),
                name: self.name.clone(),
            };
            blocks.start(kind, out)
        })
    }
}
