//! Times and speeds that a provider reports of its own side. They are shown
//! beside ours and never mixed with them: our clock also holds the network.
//!
//! Every provider has its own names and units, so a block is read by one table
//! of names, in which a name means the same wherever it stands. What is no
//! positive number says nothing and counts as absent.

use crate::core::real::real;
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;

/// What a provider says about its own clock. Times are in milliseconds, speeds
/// in tokens per second; the names in JSON are those of the result document.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ServerTiming {
    /// The provider's name of the block that it stood in, e.g. `timings`.
    pub source: Cow<'static, str>,
    /// Waiting for its turn at the server.
    #[serde(rename = "queue_ms", skip_serializing_if = "Option::is_none")]
    pub queue: Option<f64>,
    /// Loading the model.
    #[serde(rename = "load_ms", skip_serializing_if = "Option::is_none")]
    pub load: Option<f64>,
    /// Reading the prompt.
    #[serde(rename = "prompt_ms", skip_serializing_if = "Option::is_none")]
    pub prompt: Option<f64>,
    /// From the request's arrival to the first token.
    #[serde(rename = "first_token_ms", skip_serializing_if = "Option::is_none")]
    pub first_token: Option<f64>,
    /// Writing the answer, thinking included.
    #[serde(rename = "generation_ms", skip_serializing_if = "Option::is_none")]
    pub generation: Option<f64>,
    /// All of it.
    #[serde(rename = "total_ms", skip_serializing_if = "Option::is_none")]
    pub total: Option<f64>,
    /// Prompt tokens read per second.
    #[serde(
        rename = "prompt_tokens_per_s",
        skip_serializing_if = "Option::is_none"
    )]
    pub prompt_tokens_per_second: Option<f64>,
    /// Output tokens written per second.
    #[serde(
        rename = "output_tokens_per_s",
        skip_serializing_if = "Option::is_none"
    )]
    pub tokens_per_second: Option<f64>,
}

#[derive(Clone, Copy)]
enum Slot {
    Queue,
    Load,
    Prompt,
    FirstToken,
    Generation,
    Total,
    PromptSpeed,
    Speed,
}

/// Milliseconds in the units that providers use.
const SECOND: f64 = 1e3;
const MILLISECOND: f64 = 1.0;
const NANOSECOND: f64 = 1e-6;

/// The providers' names, what they mean, and how many of ours they hold.
const NAMES: [(&str, Slot, f64); 30] = {
    use Slot::{FirstToken, Generation, Load, Prompt, PromptSpeed, Queue, Speed, Total};
    [
        // llama.cpp, `timings`.
        ("prompt_ms", Prompt, MILLISECOND),
        ("predicted_ms", Generation, MILLISECOND),
        ("prompt_per_second", PromptSpeed, 1.0),
        ("predicted_per_second", Speed, 1.0),
        // Groq in `usage`, Cerebras in `time_info`.
        ("queue_time", Queue, SECOND),
        ("prompt_time", Prompt, SECOND),
        ("completion_time", Generation, SECOND),
        ("total_time", Total, SECOND),
        // mistral.rs, in `usage`.
        ("total_prompt_time_sec", Prompt, SECOND),
        ("total_completion_time_sec", Generation, SECOND),
        ("total_time_sec", Total, SECOND),
        ("avg_prompt_tok_per_sec", PromptSpeed, 1.0),
        ("avg_compl_tok_per_sec", Speed, 1.0),
        // Ollama, in its last object.
        ("load_duration", Load, NANOSECOND),
        ("prompt_eval_duration", Prompt, NANOSECOND),
        ("eval_duration", Generation, NANOSECOND),
        ("total_duration", Total, NANOSECOND),
        // Fireworks, `perf_metrics`.
        ("prefill-queue-duration", Queue, SECOND),
        ("prefill-duration", Prompt, SECOND),
        ("server-time-to-first-token", FirstToken, SECOND),
        ("generation-duration", Generation, SECOND),
        ("server-processing-time", Total, SECOND),
        // LM Studio, `stats`: its older API, then its newer one.
        ("time_to_first_token", FirstToken, SECOND),
        ("generation_time", Generation, SECOND),
        ("tokens_per_second", Speed, 1.0),
        ("time_to_first_token_seconds", FirstToken, SECOND),
        ("model_load_time_seconds", Load, SECOND),
        // Bedrock: `metrics` of Converse, then `amazon-bedrock-invocationMetrics`.
        ("latencyMs", Total, MILLISECOND),
        ("invocationLatency", Total, MILLISECOND),
        ("firstByteLatency", FirstToken, MILLISECOND),
    ]
};

impl ServerTiming {
    /// Reads the block of that name; `None` where it holds no figure that is
    /// known.
    pub(crate) fn read(source: &'static str, block: &Value) -> Option<Self> {
        let fields = block.as_object()?;
        let mut timing = Self::default();
        for (name, value) in fields {
            let name = name.strip_prefix("fireworks-").unwrap_or(name);
            let known = NAMES.iter().find(|(known, ..)| *known == name);
            if let (Some((_, slot, scale)), Some(number)) = (known, positive(value)) {
                *timing.slot(*slot) = Some(number * scale);
            }
        }
        let known = timing != Self::default();
        timing.source = Cow::Borrowed(source);
        known.then_some(timing)
    }

    /// Every figure under its name in the result document.
    pub fn named(&self) -> [(&'static str, Option<f64>); 8] {
        [
            ("queue_ms", self.queue),
            ("load_ms", self.load),
            ("prompt_ms", self.prompt),
            ("first_token_ms", self.first_token),
            ("generation_ms", self.generation),
            ("total_ms", self.total),
            ("prompt_tokens_per_s", self.prompt_tokens_per_second),
            ("output_tokens_per_s", self.tokens_per_second),
        ]
    }

    fn slot(&mut self, slot: Slot) -> &mut Option<f64> {
        match slot {
            Slot::Queue => &mut self.queue,
            Slot::Load => &mut self.load,
            Slot::Prompt => &mut self.prompt,
            Slot::FirstToken => &mut self.first_token,
            Slot::Generation => &mut self.generation,
            Slot::Total => &mut self.total,
            Slot::PromptSpeed => &mut self.prompt_tokens_per_second,
            Slot::Speed => &mut self.tokens_per_second,
        }
    }

    /// The speed as reported, else the output tokens that the provider counted
    /// by the time that it says they took.
    pub fn speed(&self, output_tokens: Option<u64>) -> Option<f64> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "token counts stay far below 2^53"
        )]
        let counted = output_tokens.map(|tokens| tokens as f64);
        self.tokens_per_second
            .or_else(|| Some(counted? / (self.generation? / SECOND)))
            .filter(|speed| speed.is_finite() && *speed > 0.0)
    }
}

/// A number, or one in a string.
fn positive(value: &Value) -> Option<f64> {
    value
        .as_f64()
        .or_else(|| real(value.as_str()?))
        .filter(|number| *number > 0.0)
}

#[cfg(test)]
#[path = "server_timing_tests.rs"]
mod tests;
