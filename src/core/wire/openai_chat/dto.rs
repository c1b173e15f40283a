//! The shapes of Chat Completions, as loosely as providers keep to them.

use crate::core::wire::lenient::{Content, Loose, Many, Word, shape};
use serde_json::Value;

shape! {
    /// A chunk of a stream, or a whole completion.
    pub(super) struct Chunk {
        pub(super) id: Word,
        pub(super) object: Word,
        pub(super) kind ("type"): Word,
        pub(super) model: Word,
        pub(super) service_tier: Word,
        pub(super) choices: Many<Choice>,
        pub(super) usage: Value,
        /// OpenAI and most others: what went wrong.
        pub(super) error: Value,
        /// Servers made with `FastAPI`: what went wrong.
        pub(super) detail: Value,
        /// Cohere, Mistral, old vLLM: what went wrong.
        pub(super) message: Value,
        /// Groq.
        pub(super) x_groq: Value,
        /// llama.cpp.
        pub(super) timings: Value,
        /// Cerebras.
        pub(super) time_info: Value,
        /// Fireworks.
        pub(super) perf_metrics: Value,
        /// LM Studio.
        pub(super) stats: Value,
        /// OpenRouter: who served it.
        pub(super) provider: Value,
        /// Venice.
        pub(super) cost: Value,
        /// GitHub Copilot.
        pub(super) copilot_usage: Value,
        /// Azure: the only content of its first chunk.
        pub(super) prompt_filter_results: Value,
    }
}

shape! {
    /// One of the answers; only the first is ever asked for.
    pub(super) struct Choice {
        pub(super) index: Value,
        pub(super) delta: Loose<Delta>,
        /// In a whole completion, and beside `delta` in Perplexity's chunks, where
        /// it holds all the text so far.
        pub(super) message: Loose<Delta>,
        /// The older text completions.
        pub(super) text: Word,
        pub(super) finish_reason: Value,
        /// Moonshot puts usage here.
        pub(super) usage: Value,
        /// OpenRouter in whole completions.
        pub(super) error: Value,
    }
}

shape! {
    /// What is new, or in a message all there is.
    pub(super) struct Delta {
        pub(super) content: Content,
        pub(super) reasoning_content: Content,
        pub(super) reasoning: Content,
        pub(super) reasoning_details: Content,
        pub(super) thinking: Content,
        pub(super) thinking_blocks: Content,
        pub(super) refusal: Word,
        pub(super) tool_calls: Many<ToolCall>,
        pub(super) function_call: Loose<Function>,
    }
}

impl Delta {
    /// The thinking text: providers repeat it under several names in one delta,
    /// so the first that says anything is all of it.
    pub(super) fn take_reasoning(&mut self) -> String {
        [
            &mut self.reasoning_content,
            &mut self.reasoning,
            &mut self.reasoning_details,
            &mut self.thinking,
            &mut self.thinking_blocks,
        ]
        .into_iter()
        .map(|field| std::mem::take(field).flat())
        .find(|text| !text.is_empty())
        .unwrap_or_default()
    }
}

shape! {
    /// A tool call or a piece of one.
    pub(super) struct ToolCall {
        pub(super) index: Value,
        pub(super) id: Word,
        pub(super) function: Loose<Function>,
        /// Some gateways leave out the `function` level.
        pub(super) name: Word,
        pub(super) arguments: Value,
    }
}

shape! {
    /// Name and arguments of a call.
    pub(super) struct Function {
        pub(super) name: Word,
        /// A piece of JSON text, or the object itself.
        pub(super) arguments: Value,
    }
}
