//! What each parameter's field reads and writes.

use crate::core::{
    catalog::Param,
    domain::Params,
    real::{real, shortest},
};

/// A parameter that is written as one line of text.
pub(super) struct Entry {
    pub(super) param: Param,
    /// Its mark for whoever drives the page from outside.
    pub(super) test_id: &'static str,
    /// What is set, as text.
    pub(super) text: fn(&Params) -> Option<String>,
    /// Sets it from what was typed; whether that could be read.
    pub(super) set: fn(&mut Params, &str) -> bool,
}

/// In the order of the form. The schema, which follows, has a field of its own kind.
pub(super) const ENTRIES: [Entry; 11] = [
    Entry {
        param: Param::Temperature,
        test_id: "param-temperature",
        text: |params| params.temperature.map(shortest),
        set: |params, text| put(&mut params.temperature, text, real),
    },
    Entry {
        param: Param::TopP,
        test_id: "param-top-p",
        text: |params| params.top_p.map(shortest),
        set: |params, text| put(&mut params.top_p, text, real),
    },
    Entry {
        param: Param::TopK,
        test_id: "param-top-k",
        text: |params| params.top_k.map(digits),
        set: |params, text| put(&mut params.top_k, text, plain),
    },
    Entry {
        param: Param::MaxOutputTokens,
        test_id: "param-max-output-tokens",
        text: |params| params.max_output_tokens.map(digits),
        set: |params, text| put(&mut params.max_output_tokens, text, plain),
    },
    Entry {
        param: Param::ContextWindow,
        test_id: "param-context-window",
        text: |params| params.context_window.map(digits),
        set: |params, text| put(&mut params.context_window, text, plain),
    },
    Entry {
        param: Param::Seed,
        test_id: "param-seed",
        text: |params| params.seed.map(digits),
        set: |params, text| put(&mut params.seed, text, plain),
    },
    Entry {
        param: Param::ReasoningEffort,
        test_id: "param-reasoning-effort",
        text: |params| params.reasoning_effort.clone(),
        set: |params, text| put(&mut params.reasoning_effort, text, plain),
    },
    Entry {
        param: Param::ReasoningSummary,
        test_id: "param-reasoning-summary",
        text: |params| params.reasoning_summary.clone(),
        set: |params, text| put(&mut params.reasoning_summary, text, plain),
    },
    Entry {
        param: Param::ServiceTier,
        test_id: "param-service-tier",
        text: |params| params.service_tier.clone(),
        set: |params, text| put(&mut params.service_tier, text, plain),
    },
    Entry {
        param: Param::ProviderOrder,
        test_id: "param-provider-order",
        text: |params| list_text(&params.provider_order),
        set: |params, text| put_list(&mut params.provider_order, text),
    },
    Entry {
        param: Param::Stop,
        test_id: "param-stop",
        text: |params| list_text(&params.stop),
        set: |params, text| put_list(&mut params.stop, text),
    },
];

/// A value that may be absent, or words that are none.
pub(super) fn parsed<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, ()> {
    let text = text.trim();
    if text.is_empty() {
        Ok(None)
    } else {
        read(text).map(Some).ok_or(())
    }
}

fn put<T>(place: &mut Option<T>, text: &str, read: impl FnOnce(&str) -> Option<T>) -> bool {
    let read = parsed(text, read);
    let is_read = read.is_ok();
    if let Ok(value) = read {
        *place = value;
    }
    is_read
}

fn put_list(place: &mut Vec<String>, text: &str) -> bool {
    *place = read_list(text);
    true
}

/// A whole number, or any text.
fn plain<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn digits(number: impl ToString) -> String {
    number.to_string()
}

/// Texts are separated by commas; `\n` stands for a line break.
fn list_text(texts: &[String]) -> Option<String> {
    let written = texts.iter().map(|text| text.replace('\n', "\\n"));
    (!texts.is_empty()).then(|| written.collect::<Vec<_>>().join(", "))
}

fn read_list(text: &str) -> Vec<String> {
    text.split(',')
        .map(|part| part.trim().replace("\\n", "\n"))
        .filter(|part| !part.is_empty())
        .collect()
}
