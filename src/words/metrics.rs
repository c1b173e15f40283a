//! Names, units and definitions of the figures. `docs/metrics.md` says the
//! same at length; a test holds the two together.

use crate::core::chart::Unit;
use crate::core::run::SegmentKind;
use crate::core::timing::{Figure, Mark, RateBasis, RateGap};

/// What is said about one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureWords {
    /// Short name, as a column or label.
    pub name: &'static str,
    /// The unit of the plain value, as people write it.
    pub unit: &'static str,
    /// What it is and what to mind, in one or two sentences.
    pub definition: &'static str,
    /// How it is calculated, or where it is read.
    pub formula: &'static str,
}

/// Every word about figures, in one language.
#[derive(Debug, Clone, Copy)]
pub struct MetricWords {
    /// Time to the response headers.
    pub headers: FigureWords,
    /// Time to the first token of any kind.
    pub first_token: FigureWords,
    /// Time to the first answer token.
    pub first_answer: FigureWords,
    /// Time to the end.
    pub total: FigureWords,
    /// Output tokens per second.
    pub tokens_per_second: FigureWords,
    /// Input tokens.
    pub input_tokens: FigureWords,
    /// Input tokens read from a cache.
    pub cached_input_tokens: FigureWords,
    /// Output tokens.
    pub output_tokens: FigureWords,
    /// Thinking tokens.
    pub thinking_tokens: FigureWords,
    /// Cost.
    pub cost: FigureWords,

    /// No rate: too few tokens.
    pub gap_too_few_tokens: &'static str,
    /// No rate: too short a window.
    pub gap_too_short: &'static str,
    /// No rate: much of the text came at once.
    pub gap_burst: &'static str,
    /// No rate: no count.
    pub gap_no_usage: &'static str,
    /// No rate: not at its proper end.
    pub gap_not_finished: &'static str,
    /// No rate: hidden thinking cannot be told apart.
    pub gap_no_thinking_split: &'static str,

    /// Why a figure of a run is a dash, in a sentence.
    pub not_known: &'static str,
    /// Why that of thinking is one at the end of a run.
    pub no_thinking: &'static str,

    /// Which tokens a rate counts: all, nothing was thought.
    pub basis_all: &'static str,
    /// Which tokens a rate counts: all, visible thinking included.
    pub basis_with_thinking: &'static str,
    /// Which tokens a rate counts: the answer's only.
    pub basis_answer_only: &'static str,

    /// Flag: first call to this origin.
    pub first_call: &'static str,
    /// What the flag means.
    pub first_call_hint: &'static str,
    /// Flag: the tab was hidden.
    pub hidden: &'static str,
    /// What the flag means.
    pub hidden_hint: &'static str,
    /// Flag: it waited for its turn.
    pub queued: &'static str,
    /// What the flag means.
    pub queued_hint: &'static str,

    /// Part of the phase bar before the headers.
    pub segment_headers: &'static str,
    /// Part of the phase bar before the first token.
    pub segment_waiting: &'static str,
    /// Part of the phase bar while thinking.
    pub segment_thinking: &'static str,
    /// Part of the phase bar while answering.
    pub segment_answering: &'static str,

    /// Names of the marks, in the order of [`Mark::ALL`].
    pub marks: [&'static str; Mark::ALL.len()],

    /// Before what the provider says of its own clock.
    pub server_says: &'static str,
    /// What each of its figures is, by its name in the result document, in the
    /// order in which they are said. Those that are missing are not said.
    pub server_parts: [(&'static str, &'static str); 7],

    /// Sign of milliseconds.
    pub unit_millisecond: &'static str,
    /// Sign of seconds.
    pub unit_second: &'static str,
    /// Sign of minutes.
    pub unit_minute: &'static str,
    /// Sign of hours.
    pub unit_hour: &'static str,
    /// Sign of tokens per second.
    pub unit_tokens_per_second: &'static str,
    /// Sign of tokens.
    pub unit_token: &'static str,
}

impl MetricWords {
    /// The words for a figure.
    pub fn figure(&self, figure: Figure) -> &FigureWords {
        match figure {
            Figure::Headers => &self.headers,
            Figure::FirstToken => &self.first_token,
            Figure::FirstAnswer => &self.first_answer,
            Figure::Total => &self.total,
            Figure::TokensPerSecond => &self.tokens_per_second,
            Figure::InputTokens => &self.input_tokens,
            Figure::CachedInputTokens => &self.cached_input_tokens,
            Figure::OutputTokens => &self.output_tokens,
            Figure::ThinkingTokens => &self.thinking_tokens,
            Figure::Cost => &self.cost,
        }
    }

    /// Why a rate is not given.
    pub fn gap(&self, gap: RateGap) -> &'static str {
        match gap {
            RateGap::TooFewTokens => self.gap_too_few_tokens,
            RateGap::TooShort => self.gap_too_short,
            RateGap::Burst => self.gap_burst,
            RateGap::NoUsage => self.gap_no_usage,
            RateGap::NotFinished => self.gap_not_finished,
            RateGap::NoThinkingSplit => self.gap_no_thinking_split,
        }
    }

    /// Why a figure other than the rate is a dash. `is_final`: nothing more is to
    /// come.
    pub fn lacking(&self, figure: Figure, is_final: bool) -> &'static str {
        if figure == Figure::ThinkingTokens && is_final {
            self.no_thinking
        } else {
            self.not_known
        }
    }

    /// Which tokens a rate counts.
    pub fn basis(&self, basis: RateBasis) -> &'static str {
        match basis {
            RateBasis::All => self.basis_all,
            RateBasis::WithThinking => self.basis_with_thinking,
            RateBasis::AnswerOnly => self.basis_answer_only,
        }
    }

    /// The name of a part of the phase bar.
    pub fn segment(&self, kind: SegmentKind) -> &'static str {
        match kind {
            SegmentKind::Headers => self.segment_headers,
            SegmentKind::Waiting => self.segment_waiting,
            SegmentKind::Thinking => self.segment_thinking,
            SegmentKind::Answering => self.segment_answering,
        }
    }

    /// The name of a mark.
    pub fn mark(&self, mark: Mark) -> &'static str {
        self.marks.get(mark as usize).copied().unwrap_or_default()
    }

    /// The sign of a unit.
    pub fn unit(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Millisecond => self.unit_millisecond,
            Unit::Second => self.unit_second,
            Unit::Minute => self.unit_minute,
            Unit::Hour => self.unit_hour,
            Unit::TokensPerSecond => self.unit_tokens_per_second,
            Unit::Token => self.unit_token,
        }
    }
}

/// English.
pub const EN: MetricWords = MetricWords {
    headers: FigureWords {
        name: "Headers",
        unit: "ms",
        definition: "From sending the request to the response headers. Many providers send them before the model has begun.",
        formula: "headers − sent",
    },
    first_token: FigureWords {
        name: "First token",
        unit: "ms",
        definition: "From sending the request to the first token of any kind: visible thinking, answer, refusal or tool call. Hidden thinking has no token to be seen.",
        formula: "first token − sent",
    },
    first_answer: FigureWords {
        name: "First answer",
        unit: "ms",
        definition: "From sending the request to the first token that is not thinking. All thinking before it is included, visible or not.",
        formula: "first answer token − sent",
    },
    total: FigureWords {
        name: "Total",
        unit: "ms",
        definition: "From sending the request to the end of the response. For a stopped or failed run, to the moment it stopped or failed.",
        formula: "end − sent",
    },
    tokens_per_second: FigureWords {
        name: "Speed",
        unit: "tok/s",
        definition: "Output tokens after the first, as the provider counts them, by the time from first to last token. Hidden thinking is left out together with its time.",
        formula: "(N − 1) / (last token − first token)",
    },
    input_tokens: FigureWords {
        name: "Input",
        unit: "tokens",
        definition: "Tokens of the whole request as the provider counts them, those read from a cache included.",
        formula: "uncached + cache read + cache write, as reported",
    },
    cached_input_tokens: FigureWords {
        name: "Cached input",
        unit: "tokens",
        definition: "The part of the input tokens that the provider read from its cache.",
        formula: "cache read, as reported",
    },
    output_tokens: FigureWords {
        name: "Output",
        unit: "tokens",
        definition: "Tokens that the model wrote as the provider counts them, thinking included. Unknown for a run that did not come to its proper end.",
        formula: "answer + thinking, as reported",
    },
    thinking_tokens: FigureWords {
        name: "Thinking",
        unit: "tokens",
        definition: "The part of the output tokens that went into thinking, whether it was shown, summarised or hidden.",
        formula: "thinking, as reported",
    },
    cost: FigureWords {
        name: "Cost",
        unit: "USD",
        definition: "What the provider reports, else token counts times list prices. An estimate has ≈ before it.",
        formula: "as reported, else the sum of count × price",
    },

    gap_too_few_tokens: "Fewer than 40 tokens: too few for a speed",
    gap_too_short: "Less than 200 ms from first to last token: too short for a speed",
    gap_burst: "More than a tenth of the text came in the first piece: its time cannot be seen",
    gap_no_usage: "The provider reported no output tokens",
    gap_not_finished: "The response did not come to its end, so the token count is not final",
    gap_no_thinking_split: "Thinking was hidden and cannot be told apart from the answer",

    not_known: "Not known: the run has not come that far, or the provider did not report it.",
    no_thinking: "No tokens were counted as thinking: there was none, or it was not told apart.",

    basis_all: "All output tokens",
    basis_with_thinking: "All output tokens with thinking, over the time of both",
    basis_answer_only: "Answer tokens over the time of the answer; hidden thinking is left out",

    first_call: "first call",
    first_call_hint: "The first call to this host also pays for the connection and the browser's preflight request. Run again for a fair figure.",
    hidden: "hidden tab",
    hidden_hint: "The tab was hidden during this run, and browsers slow hidden tabs down. The figures are less exact.",
    queued: "queued",
    queued_hint: "Waiting for its turn. The clock starts when the request is sent.",

    segment_headers: "Waiting for headers",
    segment_waiting: "Waiting for the first token",
    segment_thinking: "Thinking",
    segment_answering: "Answering",

    marks: [
        "Sent",
        "Headers",
        "First byte",
        "Thinking opened",
        "First thinking token",
        "Last thinking token",
        "First answer token",
        "Last answer token",
        "First token",
        "Last token",
        "Last byte",
        "End",
    ],

    server_says: "The model’s own clock says:",
    server_parts: [
        ("queue_ms", "queued"),
        ("load_ms", "to load the model"),
        ("prompt_ms", "to read the prompt"),
        ("first_token_ms", "to the first token"),
        ("generation_ms", "to write"),
        ("output_tokens_per_s", ""),
        ("total_ms", "in all"),
    ],

    unit_millisecond: "ms",
    unit_second: "s",
    unit_minute: "m",
    unit_hour: "h",
    unit_tokens_per_second: "tok/s",
    unit_token: "tokens",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::timing::metrics::{MIN_RATE_TOKENS, MIN_RATE_WINDOW_MS};

    const PAGE: &str = include_str!("../../docs/metrics.md");

    #[test]
    fn the_page_defines_every_figure_by_the_same_formula() {
        for figure in Figure::ALL {
            let words = EN.figure(figure);
            for part in [words.name, figure.as_str(), words.formula] {
                assert!(PAGE.contains(part), "docs/metrics.md lacks: {part}");
            }
        }
    }

    #[test]
    fn the_page_names_every_mark_and_every_reason() {
        for mark in Mark::ALL {
            assert!(PAGE.contains(EN.mark(mark)), "{}", mark.as_str());
        }
        for gap in RateGap::ALL {
            assert!(PAGE.contains(EN.gap(gap)), "{gap:?}");
        }
    }

    #[test]
    fn a_definition_speaks_of_no_letter_that_only_the_formula_has() {
        for figure in Figure::ALL {
            let definition = EN.figure(figure).definition;
            assert!(!definition.contains(" N "), "{definition}");
        }
    }

    #[test]
    fn a_finished_run_without_thinking_is_not_said_to_be_under_way() {
        let said = EN.lacking(Figure::ThinkingTokens, true);
        assert!(said.contains("there was none") && !said.contains("that far"));
        assert!(
            EN.lacking(Figure::ThinkingTokens, false)
                .contains("that far")
        );
    }

    #[test]
    fn the_words_name_the_limits_that_are_kept() {
        let tokens = format!("{MIN_RATE_TOKENS} tokens");
        let window = format!("{MIN_RATE_WINDOW_MS} ms");
        assert!(EN.gap_too_few_tokens.contains(&tokens));
        assert!(EN.gap_too_short.contains(&window));
    }
}
