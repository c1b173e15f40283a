//! The shapes of Ollama's objects.

use crate::core::wire::lenient::{Content, Loose, Many, Word, shape};
use serde_json::Value;

shape! {
    /// A line of a stream, or a whole reply.
    pub(super) struct Line {
        pub(super) model: Word,
        pub(super) message: Loose<Message>,
        pub(super) done: Value,
        pub(super) done_reason: Word,
        pub(super) error: Value,
    }
}

shape! {
    /// What is new.
    pub(super) struct Message {
        pub(super) content: Content,
        pub(super) thinking: Content,
        pub(super) tool_calls: Many<ToolCall>,
    }
}

shape! {
    /// A call; it always comes whole.
    pub(super) struct ToolCall {
        /// Newer versions only.
        pub(super) id: Word,
        pub(super) function: Loose<Function>,
    }
}

shape! {
    /// Name and arguments of a call.
    pub(super) struct Function {
        pub(super) name: Word,
        /// An object.
        pub(super) arguments: Value,
    }
}
