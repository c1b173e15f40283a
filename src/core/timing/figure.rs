//! The figures by name, as the automation contract spells them.

/// A figure shown for a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure {
    /// From sent to the response headers, in ms.
    Headers,
    /// From sent to the first token of any kind, in ms.
    FirstToken,
    /// From sent to the first token that is not thinking, in ms.
    FirstAnswer,
    /// From sent to the end, in ms.
    Total,
    /// Output tokens per second between first and last token.
    TokensPerSecond,
    /// Input tokens, cached ones included.
    InputTokens,
    /// Input tokens that were read from a cache.
    CachedInputTokens,
    /// Output tokens, thinking included.
    OutputTokens,
    /// Output tokens spent on thinking.
    ThinkingTokens,
    /// What the run cost, in USD; made from counts and prices by
    /// [`cost_of_run`](crate::core::pricing::cost_of_run).
    Cost,
}

/// Where a figure comes from (`data-source`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureSource {
    /// Said by the provider.
    Reported,
    /// Read off our own clock.
    Measured,
    /// Calculated from reported and measured values.
    Computed,
    /// Guessed by a stated rule.
    Estimated,
}

impl Figure {
    /// Every figure, in the order in which they are listed.
    pub const ALL: [Self; 10] = [
        Self::Headers,
        Self::FirstToken,
        Self::FirstAnswer,
        Self::Total,
        Self::TokensPerSecond,
        Self::InputTokens,
        Self::CachedInputTokens,
        Self::OutputTokens,
        Self::ThinkingTokens,
        Self::Cost,
    ];

    /// The word of the `data-metric` mark.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Headers => "headers_ms",
            Self::FirstToken => "ttft_ms",
            Self::FirstAnswer => "ttfa_ms",
            Self::Total => "total_ms",
            Self::TokensPerSecond => "output_tokens_per_s",
            Self::InputTokens => "input_tokens",
            Self::CachedInputTokens => "cached_input_tokens",
            Self::OutputTokens => "output_tokens",
            Self::ThinkingTokens => "reasoning_tokens",
            Self::Cost => "cost_usd",
        }
    }

    /// Where this figure comes from, as a rule: a cost may also be reported or
    /// estimated.
    pub fn source(self) -> FigureSource {
        match self {
            Self::Headers | Self::FirstToken | Self::FirstAnswer | Self::Total => {
                FigureSource::Measured
            }
            Self::TokensPerSecond | Self::Cost => FigureSource::Computed,
            Self::InputTokens
            | Self::CachedInputTokens
            | Self::OutputTokens
            | Self::ThinkingTokens => FigureSource::Reported,
        }
    }

    /// Whether the smaller of two values is the better one; `None` where
    /// neither is (more tokens are not a merit, nor are fewer).
    pub fn lower_is_better(self) -> Option<bool> {
        match self {
            Self::Headers | Self::FirstToken | Self::FirstAnswer | Self::Total | Self::Cost => {
                Some(true)
            }
            Self::TokensPerSecond => Some(false),
            Self::InputTokens
            | Self::CachedInputTokens
            | Self::OutputTokens
            | Self::ThinkingTokens => None,
        }
    }
}

impl FigureSource {
    /// The word of the `data-source` mark.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Measured => "measured",
            Self::Computed => "computed",
            Self::Estimated => "estimated",
        }
    }
}
