//! What a model takes, as one answer from row, API, quirks and rule.

use super::{
    ApiRow, ModelRule, Param, Provider, Range, ReasoningStyle, RefusedBecause, SchemaStyle,
    StopForm,
};
use crate::core::{domain::Api, wire::Dialect};

/// The forms of a summary that can be asked for, the provider's choice first
/// (<https://platform.openai.com/docs/api-reference/responses/create>).
pub const SUMMARIES: [&str; 3] = ["auto", "concise", "detailed"];

/// Whether a parameter has an effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Support {
    /// It is sent.
    Supported {
        /// The values it may have, where known.
        range: Option<Range>,
    },
    /// The model accepts it and does not heed it, so it is not sent.
    Ignored,
    /// It would be answered with an error, so it is not sent.
    Refused(RefusedBecause),
}

impl Support {
    /// Whether it is sent.
    pub fn is_supported(self) -> bool {
        matches!(self, Self::Supported { .. })
    }
}

/// What a model takes over one API.
#[derive(Debug, Clone)]
pub struct Capabilities<'a> {
    support: [(Param, Support); Param::ALL.len()],
    /// The efforts it knows, lowest first; empty where any word may be right.
    pub reasoning_efforts: Vec<&'a str>,
    /// The service tiers it knows; empty where any word may be right.
    pub service_tiers: &'a [String],
    /// The effort it takes when none is set.
    pub default_effort: Option<&'a str>,
    /// The token limit that is sent when none is set, as the dialect requires
    /// one.
    pub default_max_tokens: Option<u64>,
    /// Most stop sequences in one request.
    pub max_stop: Option<usize>,
    /// Whether `temperature` and `top_p` exclude each other.
    pub temperature_xor_top_p: bool,
    /// Context window in tokens.
    pub context: Option<u64>,
    /// Most output tokens, thinking included.
    pub max_output: Option<u64>,
}

impl Capabilities<'_> {
    /// Whether this parameter has an effect.
    pub fn support(&self, param: Param) -> Support {
        let found = self.support.iter().find(|(known, _)| *known == param);
        found.map_or(
            Support::Refused(RefusedBecause::NotInApi),
            |(_, support)| *support,
        )
    }
}

pub(super) fn of<'a>(
    provider: &'a Provider,
    api: Option<&'a ApiRow>,
    rule: Option<&'a ModelRule>,
) -> Capabilities<'a> {
    let max_output = rule.and_then(|rule| rule.max_output);
    Capabilities {
        support: Param::ALL.map(|param| (param, support(provider, api, rule, param))),
        reasoning_efforts: rule
            .map(|rule| {
                let words = rule.efforts.iter();
                words.filter_map(|word| effort_over(api, word)).collect()
            })
            .unwrap_or_default(),
        service_tiers: &provider.service_tiers,
        default_effort: rule.and_then(|rule| rule.default_effort.as_deref()),
        default_max_tokens: provider
            .quirks
            .default_max_tokens
            // No other dialect requires a limit.
            .filter(|_| api.is_some_and(|api| api.dialect == Dialect::Anthropic))
            .map(|usual| {
                rule.and_then(|rule| rule.default_max_tokens)
                    .unwrap_or(usual)
            }),
        max_stop: provider.quirks.max_stop,
        temperature_xor_top_p: rule.is_some_and(|rule| rule.temperature_xor_top_p),
        context: rule.and_then(|rule| rule.context),
        max_output,
    }
}

/// The word for an effort, if the API has it.
fn effort_over<'a>(api: Option<&ApiRow>, word: &'a str) -> Option<&'a str> {
    match word.strip_suffix("@responses") {
        Some(word) => (api?.api == Api::Responses).then_some(word),
        None => Some(word),
    }
}

fn support(
    provider: &Provider,
    api: Option<&ApiRow>,
    rule: Option<&ModelRule>,
    param: Param,
) -> Support {
    let offered = api.is_some_and(|api| {
        api.params.contains(&param)
            && !(api.dialect == Dialect::OpenaiChat && lacks(provider, param))
    });
    if !offered {
        return Support::Refused(RefusedBecause::NotInApi);
    }
    if let Some(because) = rule.and_then(|rule| rule.refuses.get(&param)) {
        return Support::Refused(*because);
    }
    if rule.is_some_and(|rule| rule.ignores.contains(&param)) {
        return Support::Ignored;
    }
    #[allow(clippy::cast_precision_loss)] // Token counts are far below 2^53.
    let range = match param {
        Param::Temperature => provider.quirks.temperature,
        Param::TopP => Some(Range { min: 0.0, max: 1.0 }),
        Param::MaxOutputTokens => rule.and_then(|rule| rule.max_output).map(|max| Range {
            min: 1.0,
            max: max as f64,
        }),
        _ => None,
    };
    Support::Supported { range }
}

/// What the provider's Chat Completions do without.
fn lacks(provider: &Provider, param: Param) -> bool {
    let quirks = &provider.quirks;
    match param {
        Param::Seed => quirks.seed_key.is_none(),
        Param::Stop => quirks.stop == StopForm::None,
        Param::ReasoningEffort => quirks.reasoning == ReasoningStyle::None,
        Param::ResponseSchema => quirks.schema == SchemaStyle::None,
        _ => false,
    }
}
