//! The form of parameters, and what of them a pane does not send.

use crate::core::{catalog::Param, chart::grouped, wire::request::NoteReason};

/// Words of the form; the short forms of values that are set stand in
/// A reason, and the parameters that are left out for it.
pub type LeftOut<'a> = (String, Vec<&'a str>);

/// [`super::screen::Params`].
#[derive(Debug, Clone, Copy)]
#[expect(
    missing_docs,
    reason = "each field is named after the place where it is shown"
)]
pub struct ParamWords {
    pub own_hint: &'static str,
    pub label: &'static str,
    pub name: fn(Param) -> &'static str,
    pub not_set: &'static str,
    pub stop_hint: &'static str,
    pub summary_hint: &'static str,
    pub providers_hint: &'static str,
    pub tier_hint: &'static str,
    /// Efforts to choose from, the lowest first, and the one that counts unset.
    pub efforts: fn(&[String], Option<&str>) -> String,
    pub schema: &'static str,
    pub schema_hint: &'static str,
    pub extra: &'static str,
    pub extra_hint: &'static str,
    pub wrong: &'static str,
    pub remove: fn(&str) -> String,
    /// Of one pane: a value would not be sent.
    pub not_taken: fn(&str) -> String,
    /// Of one pane: a value that is set is not sent.
    pub left_out: fn(&str) -> String,
    /// Of all panes.
    pub not_taken_anywhere: fn(&str) -> String,
    /// Of some panes, by their names.
    pub not_sent_to: fn(&str, &str) -> String,
    /// In a pane, before its run: names of parameters with the reasons.
    pub beside_pane: fn(&[LeftOut<'_>]) -> String,
    pub beside_pane_hint: &'static str,
    pub window: WindowWords,
}

/// What is said about the context window of a model on a server of one's own.
#[derive(Debug, Clone, Copy)]
#[expect(
    missing_docs,
    reason = "each field is named after the place where it is shown"
)]
pub struct WindowWords {
    pub asking: &'static str,
    pub unknown: &'static str,
    pub model_takes: fn(u64, Option<u64>) -> String,
    pub over_model: fn(u64) -> String,
    pub too_small: fn(u64, u64) -> String,
    pub no_thinking: &'static str,
    pub takes: fn(u64) -> String,
    pub thinks: &'static str,
    pub sees: &'static str,
    pub calls: &'static str,
}

/// English.
pub static EN: ParamWords = ParamWords {
    own_hint: "What is set here counts for this pane only and wins over the shared parameters. Empty fields are not sent.",
    label: "Name of this pane",
    name,
    not_set: "not set",
    stop_hint: "separated by commas",
    summary_hint: "auto, concise, detailed",
    providers_hint: "OpenRouter’s slugs, separated by commas",
    tier_hint: "flex, priority …",
    efforts: |words, default| {
        let words = words.join(", ");
        match default {
            Some(default) => format!("{words}; not set: {default}"),
            None => words,
        }
    },
    schema: "Response schema (JSON)",
    schema_hint: "{\"type\":\"object\", …}",
    extra: "Extra request body (JSON)",
    extra_hint: "{\"verbosity\":\"low\"}",
    wrong: "This cannot be read and is not used",
    remove: |label| format!("Remove: {label}"),
    not_taken: |because| format!("Not taken here: {because}"),
    left_out: |because| format!("Left out: {because}"),
    not_taken_anywhere: |because| format!("No pane takes it: {because}"),
    not_sent_to: |names, because| format!("Not sent to {names}: {because}"),
    beside_pane: |groups| {
        let groups = groups
            .iter()
            .map(|(because, params)| format!("{} ({because})", params.join(", ")));
        let groups: Vec<String> = groups.collect();
        format!("Left out here: {}", groups.join("; "))
    },
    beside_pane_hint: "Open this pane’s parameters",
    window: WindowWords {
        asking: "Asking the server about this model …",
        unknown: "Not set, the server decides how much it reads, and cuts off the rest without a word",
        model_takes: |tokens, usual| {
            let most = grouped(tokens);
            match usual {
                Some(usual) => format!(
                    "This model takes up to {most} tokens; not set, the server makes room for {}",
                    grouped(usual)
                ),
                None => format!(
                    "This model takes up to {most} tokens; not set, the server decides, and cuts off the rest without a word"
                ),
            }
        },
        over_model: |tokens| format!("More than this model can take: {} tokens", grouped(tokens)),
        too_small: |input, window| {
            format!(
                "About {} tokens of input, but the context window is {}: the server cuts off the beginning without a word",
                grouped(input),
                grouped(window)
            )
        },
        no_thinking: "The server says that this model does not think",
        takes: |tokens| format!("takes up to {} tokens", grouped(tokens)),
        thinks: "thinks",
        sees: "sees images",
        calls: "calls tools",
    },
};

fn name(param: Param) -> &'static str {
    match param {
        Param::Temperature => "Temperature",
        Param::TopP => "Top p",
        Param::TopK => "Top k",
        Param::MaxOutputTokens => "Max output tokens",
        Param::ContextWindow => "Context window (tokens)",
        Param::Stop => "Stop texts",
        Param::Seed => "Seed",
        Param::ReasoningEffort => "Reasoning effort",
        Param::ReasoningSummary => "Reasoning summary",
        Param::ServiceTier => "Service tier",
        Param::ProviderOrder => "Upstream providers",
        Param::ResponseSchema => "Response schema",
    }
}

impl super::Words {
    /// The form of parameters.
    pub fn param_form(&self) -> &'static ParamWords {
        &EN
    }

    /// Why something is not sent as it was set, as part of a sentence.
    pub fn because(&self, reason: &NoteReason) -> String {
        super::request::because(reason)
    }
}
