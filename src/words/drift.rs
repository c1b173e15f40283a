//! What is said of a run and the same run made again.

use super::words;
use crate::core::{
    chart::exact_usd,
    diff::PathChange,
    drift::{Changed, Pair},
    pricing::{PicoUsd, PriceBasis},
    run::Phase,
};

/// What changed between then and now.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct DriftWords {
    pub action: &'static str,
    pub action_hint: &'static str,
    pub title: &'static str,
    pub lead_opened: fn(Option<&str>) -> String,
    pub lead_here: &'static str,
    pub lead_none: &'static str,
    pub own_keys: &'static str,
    pub run_again: &'static str,
    pub keys_missing: fn(&[String]) -> String,
    pub needs_key: fn(&str) -> String,
    pub stop: &'static str,
    pub single: &'static str,
    pub then: &'static str,
    pub now: &'static str,
    pub what: &'static str,
    pub made: fn(&str) -> String,
    pub not_yet: &'static str,
    pub nothing_before: &'static str,
    pub no_answer: &'static str,
    pub simulated: &'static str,
    pub nothing_changed: &'static str,
    pub figure: &'static str,
    pub difference: &'static str,
    pub percent: fn(f64) -> Option<String>,
    pub earlier: &'static str,
    pub earlier_run: fn(usize, Option<&str>) -> String,
    pub said: fn(&Changed) -> Said,
}

/// Something that changed: its name, and its values where it has some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What changed.
    pub what: String,
    /// Then and now.
    pub values: Option<[String; 2]>,
}

/// English.
pub static EN: DriftWords = DriftWords {
    action: "Then and now",
    action_hint: "Run this again with your own keys, and see what changed",
    title: "Then and now",
    lead_opened: |created| match created {
        Some(created) => format!("This result was made {created}."),
        None => "This result does not say when it was made.".to_owned(),
    },
    lead_here: "Each pane’s latest run beside the one before it.",
    lead_none: "Every pane has one run. Run them again, and the two stand side by side here.",
    own_keys: "Running again sends the last prompt to every pane, with your own keys and at your cost. What is here stays.",
    run_again: "Run again",
    keys_missing: |providers| match providers {
        [one] => format!("{one} needs a key. Without it, its answers are not run again."),
        many => format!(
            "These need keys: {}. Without them, their answers are not run again.",
            many.join(", ")
        ),
    },
    needs_key: |provider| format!("Not run again: {provider} needs a key."),
    stop: "Stop",
    single: "One run each: a difference of this size may be chance.",
    then: "Then",
    now: "Now",
    what: "What changed",
    made: |when| format!("made {when}"),
    not_yet: "Not run again yet.",
    nothing_before: "There is no earlier run of this prompt in this pane.",
    no_answer: "No answer.",
    simulated: "Simulated: no model ran.",
    nothing_changed: "Model, parameters and prices are the same.",
    figure: "Figure",
    difference: "Difference",
    percent: |share| {
        let percent = (share * 100.0).round();
        // Many times as much reads badly as a percentage.
        let is_telling = percent != 0.0 && percent.abs() < 1000.0;
        let sign = if percent < 0.0 { "−" } else { "+" };
        is_telling.then(|| format!("{sign}{}\u{a0}%", percent.abs()))
    },
    earlier: "Compare with",
    earlier_run: |at, when| match when {
        Some(when) => format!("Run {at}, {when}"),
        None => format!("Run {at}"),
    },
    said,
};

fn said(changed: &Changed) -> Said {
    match changed {
        Changed::Provider(pair) => texts("Provider", pair),
        Changed::Address(pair) => texts("Address", pair),
        Changed::AskedModel(pair) => texts("Model that was asked for", pair),
        Changed::ReturnedModel(pair) => texts("Model that answered", pair),
        Changed::ServedTier(pair) => texts("Service tier", pair),
        Changed::Conversation => alone("The messages that were sent differ."),
        Changed::Parameter(change) => parameter(change),
        Changed::Dropped { field, is_now } => alone(&format!(
            "{field} was left out of the request {}.",
            if *is_now {
                "now, and not then"
            } else {
                "then, and not now"
            }
        )),
        Changed::Outcome(pair) => values("Outcome", pair, |phase: &Phase| {
            words().phase(*phase).to_owned()
        }),
        Changed::Failure(pair) => values("What went wrong", pair, |kind: &String| fault(kind)),
        Changed::Finish(pair) => texts("Reason to end", pair),
        Changed::PriceList(pair) => values("Price list", pair, |basis| list(basis)),
        Changed::Price { class, pair } => price(
            (words().sum().class_of)(*class),
            class.counts_tokens(),
            pair,
        ),
        Changed::FirstCall { is_now } => alone(if *is_now {
            "Connection and preflight are part of the figures now, not then."
        } else {
            "Connection and preflight are part of the figures then, not now."
        }),
        Changed::HiddenTab { is_now } => alone(if *is_now {
            "The tab was hidden during the run now, which slows a page down."
        } else {
            "The tab was hidden during the run then, which slows a page down."
        }),
    }
}

/// A kind of failure in a few words.
fn fault(kind: &str) -> String {
    match kind {
        "auth" => "no key, or one that was not accepted",
        "billing" => "no credit",
        "permission" => "not allowed",
        "not_found" => "not found",
        "rate_limited" => "too many requests",
        "overloaded" => "overloaded",
        "server" => "an error of the provider",
        "bad_request" => "the request was refused",
        "content_filter" => "a content filter",
        "blocked" => "no answer reached the page",
        "timeout" => "nothing came for too long",
        "truncated" => "the answer broke off",
        "protocol" => "an answer that cannot be read",
        "too_large" => "the request was too large",
        other => other,
    }
    .to_owned()
}

fn alone(what: &str) -> Said {
    Said {
        what: what.to_owned(),
        values: None,
    }
}

fn values<T>(what: &str, pair: &Pair<T>, write: impl Fn(&T) -> String) -> Said {
    let value = |value: &Option<T>| match value {
        Some(value) => write(value),
        None => words().unknown.to_owned(),
    };
    Said {
        what: what.to_owned(),
        values: Some([value(&pair.then), value(&pair.now)]),
    }
}

fn texts(what: &str, pair: &Pair<String>) -> Said {
    values(what, pair, Clone::clone)
}

fn parameter(change: &PathChange) -> Said {
    let value = |value: &Option<String>| match value {
        Some(value) => value.clone(),
        None => "not sent".to_owned(),
    };
    Said {
        what: change.path.clone(),
        values: Some([value(&change.old), value(&change.new)]),
    }
}

fn list(basis: &PriceBasis) -> String {
    let mut text = format!("{}, {}", basis.list, basis.model);
    for part in [&basis.variant].into_iter().flatten() {
        text.push_str(", ");
        text.push_str(part);
    }
    format!("{text}, as of {}", basis.as_of)
}

fn price(class: &str, counts_tokens: bool, pair: &Pair<PicoUsd>) -> Said {
    if counts_tokens {
        values(&format!("{class}, per million tokens"), pair, |price| {
            exact_usd(price.times(1_000_000))
        })
    } else {
        values(&format!("{class}, each"), pair, |price| exact_usd(*price))
    }
}
