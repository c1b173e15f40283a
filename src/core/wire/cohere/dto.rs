//! The shapes of Cohere's events and of a whole reply.

use crate::core::wire::lenient::{Content, Loose, Many, Word, shape};
use serde_json::Value;

shape! {
    /// An event, or a whole reply, whose fields stand at the top.
    pub(super) struct Event {
        pub(super) kind ("type"): Word,
        pub(super) id: Word,
        pub(super) index: Value,
        pub(super) delta: Loose<Delta>,
        /// The message of a whole reply; in an error the words.
        pub(super) message: Value,
        pub(super) error: Value,
        pub(super) finish_reason: Word,
        pub(super) usage: Value,
    }
}

shape! {
    /// What is new.
    pub(super) struct Delta {
        pub(super) message: Loose<Message>,
        pub(super) finish_reason: Word,
        pub(super) error: Value,
        pub(super) usage: Value,
    }
}

shape! {
    /// A message, or a piece of one.
    pub(super) struct Message {
        pub(super) content: Content,
        /// What the model is going to do with its tools, in words.
        pub(super) tool_plan: Word,
        pub(super) tool_calls: Many<ToolCall>,
    }
}

shape! {
    /// A call, or a piece of its arguments.
    pub(super) struct ToolCall {
        pub(super) id: Word,
        pub(super) function: Loose<Function>,
    }
}

shape! {
    /// Name and arguments of a call.
    pub(super) struct Function {
        pub(super) name: Word,
        pub(super) arguments: Word,
    }
}
