//! Finish reasons of Chat Completions and its imitations.

use crate::core::domain::{Failure, FailureKind, Finish, FinishReason};
use serde_json::Value;

/// What a `finish_reason` field says.
pub(super) enum Ending {
    /// Nothing yet.
    None,
    /// The answer is over.
    Finish(Finish),
    /// The provider broke off, without saying more than this word.
    Failed(Failure),
}

/// Reads a `finish_reason`. `refused` says whether words of refusal came
/// before: providers then say `stop`.
pub(super) fn read(reason: &Value, refused: bool) -> Ending {
    let Some(raw) = reason.as_str() else {
        return Ending::None;
    };
    let unified = match raw.to_ascii_lowercase().as_str() {
        // Some gateways send these with every chunk.
        "" | "null" | "none" => return Ending::None,
        "error" | "network_error" => {
            let mut failure = Failure::new(FailureKind::Server);
            failure.code = Some(raw.to_owned());
            return Ending::Failed(failure);
        }
        "stop" | "stop_sequence" | "eos" | "eos_token" | "end_turn" | "end" | "complete" => {
            if refused {
                FinishReason::Refusal
            } else {
                FinishReason::Stop
            }
        }
        "length" | "max_tokens" | "model_length" | "max_output_tokens" | "max_new_tokens" => {
            FinishReason::Length
        }
        "tool_calls" | "tool_call" | "tool_use" | "function_call" => FinishReason::ToolCalls,
        "content_filter" | "content-filter" | "safety" | "sensitive" => FinishReason::ContentFilter,
        "refusal" => FinishReason::Refusal,
        _ => FinishReason::Other,
    };
    Ending::Finish(Finish {
        unified,
        raw: Some(raw.to_owned()),
    })
}
