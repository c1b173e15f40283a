//! The shapes of Responses, as loosely as providers keep to them.

use crate::core::wire::lenient::{Content, Loose, Many, Word, shape};
use serde_json::Value;

shape! {
    /// A stream event, or a whole response (then `kind` is absent and the fields of
    /// [`Response`] stand at the top).
    pub(super) struct Event {
        pub(super) kind ("type"): Word,
        pub(super) response: Loose<Response>,
        pub(super) item: Loose<Item>,
        pub(super) part: Loose<Piece>,
        pub(super) item_id: Word,
        pub(super) output_index: Value,
        pub(super) content_index: Value,
        pub(super) summary_index: Value,
        pub(super) delta: Content,
        pub(super) text: Word,
        pub(super) refusal: Word,
        pub(super) arguments: Word,
        pub(super) input: Word,
        pub(super) object: Word,
        pub(super) error: Value,
        pub(super) message: Word,
        pub(super) detail: Value,
        pub(super) copilot_usage: Value,
        /// Perplexity: what it thinks between its searches.
        pub(super) thought: Word,
        /// Only a whole response has it at the top.
        pub(super) output: Many<Item>,
        pub(super) choices: Value,
    }
}

shape! {
    /// The response object.
    pub(super) struct Response {
        pub(super) id: Word,
        pub(super) model: Word,
        pub(super) service_tier: Word,
        pub(super) status: Word,
        pub(super) error: Value,
        pub(super) incomplete_details: Loose<Incomplete>,
        pub(super) usage: Value,
        pub(super) output: Many<Item>,
    }
}

shape! {
    /// Why a response is incomplete.
    pub(super) struct Incomplete {
        pub(super) reason: Word,
    }
}

shape! {
    /// An output item.
    pub(super) struct Item {
        pub(super) kind ("type"): Word,
        pub(super) id: Word,
        pub(super) status: Word,
        /// Messages, and the raw thinking of reasoning items.
        pub(super) content: Many<Piece>,
        /// Reasoning items.
        pub(super) summary: Many<Piece>,
        /// Calls.
        pub(super) call_id: Word,
        pub(super) name: Word,
        pub(super) arguments: Value,
        pub(super) input: Word,
    }
}

shape! {
    /// A part of an item.
    pub(super) struct Piece {
        pub(super) kind ("type"): Word,
        pub(super) text: Word,
        pub(super) refusal: Word,
    }
}
