//! Figures from marks and reported usage. Pure; what is not known is `None`.

use super::{Figure, Mark, Timeline};
use crate::core::domain::{OutputTokens, Usage};
use serde::Serialize;

/// Share of the window from which thinking counts as having begun before its text.
const LATE_THINKING_PART: f64 = 0.1;

/// Fewer output tokens than this give no rate.
pub const MIN_RATE_TOKENS: u64 = 40;
/// A shorter window than this, in ms, gives no rate.
pub const MIN_RATE_WINDOW_MS: f64 = 200.0;
/// The first chunk may hold at most one part in this many of all characters.
pub const MAX_FIRST_CHUNK_PART: u64 = 10;

/// Why there is no rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RateGap {
    /// Fewer than [`MIN_RATE_TOKENS`] tokens.
    TooFewTokens,
    /// Less than [`MIN_RATE_WINDOW_MS`] between first and last token.
    TooShort,
    /// The first chunk held more than a tenth of the text: what came before it
    /// was gathered on the way, and its time is not in the window.
    Burst,
    /// The provider reported no output tokens.
    NoUsage,
    /// The response has not come to its proper end (running, stopped or
    /// failed), so that the reported count is not final.
    NotFinished,
    /// Thinking was hidden, and how many tokens it took, or when, is unknown.
    NoThinkingSplit,
}

impl RateGap {
    /// Every reason, in the order in which they are looked for.
    pub const ALL: [Self; 6] = [
        Self::NotFinished,
        Self::NoUsage,
        Self::NoThinkingSplit,
        Self::TooFewTokens,
        Self::Burst,
        Self::TooShort,
    ];
}

/// Which tokens a rate is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RateBasis {
    /// No thinking took place: all tokens.
    All,
    /// Thinking was visible, whole or as a summary: all tokens, thinking
    /// included, over the time of both.
    WithThinking,
    /// Thinking was hidden: the answer's tokens over the answer's time.
    AnswerOnly,
}

/// Output tokens per second, with what it was made of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    /// `(tokens − 1) / window`, per second. Finite and positive.
    pub per_second: f64,
    /// N of the formula.
    pub tokens: u64,
    /// Last token − first token, in ms.
    pub window_ms: f64,
    /// Which tokens were counted.
    pub basis: RateBasis,
}

/// The figures of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Metrics {
    /// Sent to response headers, ms.
    pub headers_ms: Option<f64>,
    /// Sent to first token of any kind, ms.
    pub ttft_ms: Option<f64>,
    /// Sent to first answer token, ms.
    pub ttfa_ms: Option<f64>,
    /// Sent to end, ms; `None` while running (see [`Timeline::elapsed`]).
    pub total_ms: Option<f64>,
    /// Output tokens per second, or why not.
    pub rate: Result<Rate, RateGap>,
    /// Input tokens, cached ones included.
    pub input_tokens: Option<u64>,
    /// Input tokens read from a cache.
    pub cached_input_tokens: Option<u64>,
    /// Output tokens, thinking included; only of a response that came to its
    /// proper end, because some providers report a stub before it.
    pub output_tokens: Option<u64>,
    /// Output tokens of thinking; as `output_tokens`.
    pub thinking_tokens: Option<u64>,
}

impl Metrics {
    /// Derives the figures. `complete`: the dialect's terminal event was seen,
    /// and the run is over, so that the reported usage is final.
    pub fn derive(timeline: &Timeline, usage: Option<&Usage>, complete: bool) -> Self {
        let input = usage.map(|usage| usage.input).unwrap_or_default();
        let output = usage.map(|usage| usage.output).unwrap_or_default();
        let finished = complete && timeline.at(Mark::End).is_some();
        let rate = if finished {
            rate(timeline, output)
        } else {
            Err(RateGap::NotFinished)
        };
        Self {
            headers_ms: timeline.since_sent(Mark::Headers),
            ttft_ms: timeline.since_sent(Mark::FirstToken),
            ttfa_ms: timeline.since_sent(Mark::FirstAnswer),
            total_ms: timeline.since_sent(Mark::End),
            rate,
            input_tokens: input.total,
            cached_input_tokens: input.cache_read,
            output_tokens: total(output).filter(|_| finished),
            thinking_tokens: output.thinking.filter(|_| finished),
        }
    }

    /// Whether the response came to its proper end, so that what is not here
    /// will not come.
    pub fn is_final(&self) -> bool {
        self.rate != Err(RateGap::NotFinished)
    }

    /// One figure, unrounded, in the unit that its name says. The cost is none
    /// of them: it takes prices as well.
    pub fn value(&self, figure: Figure) -> Option<f64> {
        match figure {
            Figure::Headers => self.headers_ms,
            Figure::FirstToken => self.ttft_ms,
            Figure::FirstAnswer => self.ttfa_ms,
            Figure::Total => self.total_ms,
            Figure::TokensPerSecond => self.rate.ok().map(|rate| rate.per_second),
            Figure::InputTokens => self.input_tokens.map(real),
            Figure::CachedInputTokens => self.cached_input_tokens.map(real),
            Figure::OutputTokens => self.output_tokens.map(real),
            Figure::ThinkingTokens => self.thinking_tokens.map(real),
            Figure::Cost => None,
        }
    }
}

fn rate(timeline: &Timeline, output: OutputTokens) -> Result<Rate, RateGap> {
    let all = total(output).ok_or(RateGap::NoUsage)?;
    let basis = basis(timeline, output);
    let (tokens, from, to) = match basis {
        RateBasis::All | RateBasis::WithThinking => (all, Mark::FirstToken, Mark::LastToken),
        RateBasis::AnswerOnly => {
            // The answer's window would then hold time of tokens that N leaves out.
            if timeline.thinking_inside_answer() {
                return Err(RateGap::NoThinkingSplit);
            }
            let answer = answer_tokens(output).ok_or(RateGap::NoThinkingSplit)?;
            (answer, Mark::FirstAnswer, Mark::LastAnswer)
        }
    };
    let window_ms = timeline.between(from, to).ok_or(RateGap::TooFewTokens)?;
    if tokens < MIN_RATE_TOKENS {
        return Err(RateGap::TooFewTokens);
    }
    let (first, whole) = match basis {
        RateBasis::AnswerOnly => (timeline.first_answer_chars(), timeline.answer_chars()),
        _ => (timeline.first_chunk_chars(), timeline.total_chars()),
    };
    if first.saturating_mul(MAX_FIRST_CHUNK_PART) > whole {
        return Err(RateGap::Burst);
    }
    if window_ms < MIN_RATE_WINDOW_MS {
        return Err(RateGap::TooShort);
    }
    Ok(Rate {
        per_second: real(tokens - 1) / (window_ms / 1000.0),
        tokens,
        window_ms,
        basis,
    })
}

/// Thinking counts where its time is in the window, and is left out where it is
/// not.
fn basis(timeline: &Timeline, output: OutputTokens) -> RateBasis {
    let reported = output.thinking.filter(|count| *count > 0);
    if timeline.at(Mark::FirstThinking).is_some() {
        if is_summary(timeline, reported) || thinking_came_late(timeline) {
            RateBasis::AnswerOnly
        } else {
            RateBasis::WithThinking
        }
    } else if timeline.at(Mark::ThinkingOpened).is_some() || reported.is_some() {
        RateBasis::AnswerOnly
    } else {
        RateBasis::All
    }
}

/// Thinking whose text is shorter than one character a token was not streamed
/// as it was made: it is a summary, and the time of the rest is elsewhere.
fn is_summary(timeline: &Timeline, reported: Option<u64>) -> bool {
    reported.is_some_and(|tokens| timeline.thinking_chars() < tokens)
}

/// Thinking began well before its first text: a tenth of the window or more.
fn thinking_came_late(timeline: &Timeline) -> bool {
    let hidden = timeline
        .between(Mark::ThinkingOpened, Mark::FirstThinking)
        .unwrap_or(0.0);
    let window = timeline
        .between(Mark::FirstToken, Mark::LastToken)
        .unwrap_or(0.0);
    hidden > window * LATE_THINKING_PART
}

fn total(output: OutputTokens) -> Option<u64> {
    output.total.or_else(|| {
        let thinking = output.thinking.unwrap_or(0);
        output.text.map(|text| text.saturating_add(thinking))
    })
}

fn answer_tokens(output: OutputTokens) -> Option<u64> {
    match (output.total, output.thinking) {
        (Some(total), Some(thinking)) => Some(total.saturating_sub(thinking)),
        _ => output.text,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "token counts stay far below 2^53, and beyond it the last digits do not matter"
)]
fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
#[path = "metrics_tests.rs"]
mod tests;
