//! The figures of two runs side by side.

use super::Pair;
use crate::core::{
    chart::{shown_ms, shown_rate},
    domain::Millis,
    recipe::result::RunFacts,
    run::Phase,
    timing::Figure,
};

/// A figure of both runs.
#[derive(Debug, Clone, PartialEq)]
pub struct FigurePair {
    /// Which.
    pub figure: Figure,
    /// Its values, in the figure's unit.
    pub pair: Pair<f64>,
}

impl FigurePair {
    /// How much more it is now; negative for less. Of the numbers as they are
    /// shown beside it: 453 and 440 ms differ by 13, whatever was rounded away.
    pub fn difference(&self) -> Option<f64> {
        Some(shown(self.figure, self.pair.now?) - shown(self.figure, self.pair.then?))
    }
}

fn shown(figure: Figure, value: f64) -> f64 {
    match figure {
        Figure::Headers | Figure::FirstToken | Figure::FirstAnswer | Figure::Total => {
            shown_ms(value)
        }
        Figure::TokensPerSecond => shown_rate(value),
        _ => value,
    }
}

/// The figures that at least one run has.
pub(super) fn figures(then: &RunFacts, now: &RunFacts) -> Vec<FigurePair> {
    Figure::ALL
        .into_iter()
        .filter(|figure| *figure != Figure::Cost)
        .map(|figure| FigurePair {
            figure,
            pair: Pair {
                then: value(then, figure),
                now: value(now, figure),
            },
        })
        .filter(|figure| figure.pair.then.is_some() || figure.pair.now.is_some())
        .collect()
}

fn value(facts: &RunFacts, figure: Figure) -> Option<f64> {
    let ms = |time: Option<Millis>| time.map(|Millis(ms)| ms);
    // Counts of a run that was cut off are not final.
    let usage = facts.usage.as_ref();
    let final_usage = usage.filter(|_| facts.status == Phase::Done);
    #[expect(clippy::cast_precision_loss, reason = "token counts are small")]
    let count = |count: Option<u64>| count.map(|count| count as f64);
    match figure {
        Figure::Headers => ms(facts.marks.headers_ms),
        Figure::FirstToken => ms(facts.figures.ttft_ms),
        Figure::FirstAnswer => ms(facts.figures.ttfa_ms),
        Figure::Total => ms(facts.figures.total_ms),
        Figure::TokensPerSecond => facts.figures.output_tokens_per_s,
        Figure::InputTokens => count(usage?.input.total),
        Figure::CachedInputTokens => count(usage?.input.cache_read),
        Figure::OutputTokens => count(final_usage?.output.total),
        Figure::ThinkingTokens => count(final_usage?.output.thinking),
        Figure::Cost => None,
    }
}
