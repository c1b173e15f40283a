//! What the provider says of its own side below an answer: who answered behind
//! it, and its own clock beside our figures.

use crate::{
    app::RunCell,
    core::{chart, real::shortest, run::RunLog, timing::Figure},
    ui::show,
    words::words,
};
use leptos::prelude::*;

/// A shorter time is a rounding of nothing.
const SHORTEST_MS: f64 = 0.5;

/// One of its figures: name, value, and the words for both.
type Part = (&'static str, f64, String);

/// The lines below an answer; `None` where the provider says nothing.
pub fn line(cell: &RunCell) -> Option<AnyView> {
    let state = cell.state();
    let upstream = state.log.upstream().map(|name| {
        let text = (words().sent().answered_by)(name);
        view! { <p class="server-clock" data-testid="upstream">{text}</p> }.into_any()
    });
    let both = [upstream, times(&state.log)];
    let both: Vec<AnyView> = both.into_iter().flatten().collect();
    (!both.is_empty()).then(|| both.into_any())
}

fn times(log: &RunLog) -> Option<AnyView> {
    let parts = parts(log, |_| true);
    let last = parts.len().checked_sub(1)?;
    let items = parts
        .into_iter()
        .enumerate()
        .map(|(at, (name, value, text))| {
            let comma = if at < last { ", " } else { "" };
            view! {
                <data data-server-metric=name value=shortest(value)>
                    {text}
                </data>
                {comma}
            }
            .into_any()
        });
    Some(
        view! {
            <p class="server-clock num" data-testid="server-timing">
                {words().metrics.server_says}
                " "
                {items.collect_view()}
            </p>
        }
        .into_any(),
    )
}

/// What it says of the same thing as a figure of ours, as a sentence.
pub fn beside(log: &RunLog, figure: Figure) -> Option<String> {
    let like: &[&str] = match figure {
        Figure::FirstToken | Figure::FirstAnswer => {
            &["queue_ms", "load_ms", "prompt_ms", "first_token_ms"]
        }
        Figure::TokensPerSecond => &["output_tokens_per_s"],
        Figure::Total => &["total_ms"],
        _ => return None,
    };
    let parts = parts(log, |name| like.contains(&name));
    let texts: Vec<String> = parts.into_iter().map(|(_, _, text)| text).collect();
    let said = texts.join(", ");
    (!said.is_empty()).then(|| format!("{} {said}.", words().metrics.server_says))
}

fn parts(log: &RunLog, wanted: impl Fn(&str) -> bool) -> Vec<Part> {
    let Some(timing) = log.server_timing() else {
        return Vec::new();
    };
    let named = timing.named();
    let part = |(name, word): &(&'static str, &'static str)| -> Option<Part> {
        let value = named.iter().find(|(known, _)| known == name)?.1?;
        let text = if name.ends_with("_ms") {
            format!("{} {word}", show::duration(value))
        } else {
            let (text, unit) = show::split(&[chart::format_rate(value)]);
            text + &unit
        };
        let says_something = !name.ends_with("_ms") || value >= SHORTEST_MS;
        (says_something && wanted(name)).then_some((*name, value, text))
    };
    words()
        .metrics
        .server_parts
        .iter()
        .filter_map(part)
        .collect()
}
