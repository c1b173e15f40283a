//! Which of the person's settings a model gets, and what becomes of the rest.

use super::{Ask, Draft, NoteReason, SentAction};
use crate::core::catalog::{Capabilities, Param, SUMMARIES, Support, When};
use serde_json::Value;

/// The settings that are sent, in the person's terms.
#[derive(Debug, Default)]
pub(in crate::core::wire) struct Settled {
    pub(in crate::core::wire) temperature: Option<f64>,
    pub(in crate::core::wire) top_p: Option<f64>,
    pub(in crate::core::wire) top_k: Option<u64>,
    pub(in crate::core::wire) context_window: Option<u64>,
    pub(in crate::core::wire) max_output_tokens: Option<u64>,
    pub(in crate::core::wire) stop: Vec<String>,
    pub(in crate::core::wire) seed: Option<i64>,
    /// As the provider spells it.
    pub(in crate::core::wire) effort: Option<String>,
    pub(in crate::core::wire) summary: Option<String>,
    /// As the provider spells it.
    pub(in crate::core::wire) tier: Option<String>,
    pub(in crate::core::wire) provider_order: Vec<String>,
    pub(in crate::core::wire) schema: Option<Value>,
    /// What makes thinking visible: a path and its value.
    pub(in crate::core::wire) thinking: Option<(String, Value)>,
}

/// The effort that turns thinking off.
pub(in crate::core::wire) const NO_EFFORT: &str = "none";

/// Decides about every setting and notes what is not sent as it was set.
pub(super) fn settle(ask: &Ask<'_>, caps: &Capabilities<'_>, draft: &mut Draft) -> Settled {
    let params = ask.params;
    let mut settled = Settled {
        temperature: params.temperature,
        top_p: params.top_p,
        top_k: params.top_k,
        context_window: params.context_window,
        max_output_tokens: params.max_output_tokens,
        stop: params.stop.clone(),
        seed: params.seed,
        effort: params.reasoning_effort.clone(),
        summary: params.reasoning_summary.clone(),
        tier: params.service_tier.clone(),
        provider_order: params.provider_order.clone(),
        schema: params.response_schema.clone(),
        thinking: None,
    };
    settled.settle_effort(caps, draft);
    settled.settle_summary(caps, draft);
    settled.settle_tier(caps, draft);
    for param in Param::ALL {
        let reason = match caps.support(param) {
            Support::Supported { .. } => continue,
            Support::Refused(because) => NoteReason::from(because),
            Support::Ignored => NoteReason::Ignored,
        };
        let effort_none = settled.effort.as_deref() == Some(NO_EFFORT);
        if reason != NoteReason::NeedsEffortNone || !effort_none {
            settled.drop(param, reason, draft);
        }
    }
    settled.settle_thinking(ask, draft);
    if caps.temperature_xor_top_p && settled.temperature.is_some() {
        let with = Param::Temperature.as_str().to_owned();
        settled.drop(Param::TopP, NoteReason::NotTogether { with }, draft);
    }
    settled.settle_stop(caps, draft);
    settled.settle_provider_order(draft);
    settled
}

/// A list of texts, unless it is empty.
fn texts(list: &[String]) -> Option<Value> {
    let values = || list.iter().map(|text| Value::from(text.as_str())).collect();
    (!list.is_empty()).then(values)
}

impl Settled {
    /// Finds the provider's spelling; a word the model does not know is dropped.
    fn settle_effort(&mut self, caps: &Capabilities<'_>, draft: &mut Draft) {
        let unknown = |known| NoteReason::UnknownEffort { known };
        let known = &caps.reasoning_efforts;
        self.settle_word(Param::ReasoningEffort, known, unknown, caps, draft);
    }

    /// The same for the summary, of which there are the same forms everywhere.
    fn settle_summary(&mut self, caps: &Capabilities<'_>, draft: &mut Draft) {
        let unknown = |known| NoteReason::UnknownSummary { known };
        self.settle_word(Param::ReasoningSummary, &SUMMARIES, unknown, caps, draft);
    }

    /// The same for the service tier: an unknown one is answered with an error.
    fn settle_tier(&mut self, caps: &Capabilities<'_>, draft: &mut Draft) {
        let unknown = |known| NoteReason::UnknownTier { known };
        let known: Vec<_> = caps.service_tiers.iter().map(String::as_str).collect();
        self.settle_word(Param::ServiceTier, &known, unknown, caps, draft);
    }

    fn settle_word(
        &mut self,
        param: Param,
        known: &[&str],
        unknown: fn(Vec<String>) -> NoteReason,
        caps: &Capabilities<'_>,
        draft: &mut Draft,
    ) {
        let word = match param {
            Param::ReasoningEffort => &mut self.effort,
            Param::ReasoningSummary => &mut self.summary,
            _ => &mut self.tier,
        };
        let Some(wanted) = word else { return };
        if !caps.support(param).is_supported() || known.is_empty() {
            return;
        }
        let is_wanted = |word: &&&str| word.eq_ignore_ascii_case(wanted.trim());
        if let Some(spelling) = known.iter().find(is_wanted) {
            *word = Some((*spelling).to_owned());
            return;
        }
        let known = known.iter().map(ToString::to_string).collect();
        self.drop(param, unknown(known), draft);
    }

    fn settle_thinking(&mut self, ask: &Ask<'_>, draft: &mut Draft) {
        let Some(rule) = ask.provider.rule(ask.known_model()) else {
            return;
        };
        let Some(thinking) = &rule.thinking else {
            return;
        };
        let wanted = match self.effort.as_deref() {
            Some(NO_EFFORT) => false,
            Some(_) => true,
            None => thinking.when == When::Always,
        };
        let api = ask.provider.api(Some(ask.endpoint.api));
        let under = api.and_then(|api| api.native_under.as_ref());
        let path = match under {
            // There only Claude's own form is known to be taken.
            Some(_) if thinking.path != "thinking" => return,
            Some(under) => format!("{under}.{}", thinking.path),
            None => thinking.path.clone(),
        };
        let theirs = ask
            .extra_body
            .is_some_and(|extra| super::draft::mentions(extra, &path));
        if !wanted || theirs {
            return;
        }
        for param in &rule.not_with_thinking {
            self.drop(*param, NoteReason::NotWithThinking, draft);
        }
        self.thinking = Some((path, thinking.value.clone()));
    }

    fn settle_stop(&mut self, caps: &Capabilities<'_>, draft: &mut Draft) {
        let dropped = |gone: Vec<String>, reason, draft: &mut Draft| {
            if let Some(gone) = texts(&gone) {
                draft.note("stop", SentAction::Dropped, gone, reason);
            }
        };
        let (empty, kept) = std::mem::take(&mut self.stop)
            .into_iter()
            .partition(String::is_empty);
        self.stop = kept;
        dropped(empty, NoteReason::Blank, draft);
        if let Some(most) = caps.max_stop
            && self.stop.len() > most
        {
            let gone = self.stop.split_off(most);
            dropped(gone, NoteReason::TooMany { most }, draft);
        }
    }

    fn settle_provider_order(&mut self, draft: &mut Draft) {
        let order = std::mem::take(&mut self.provider_order).into_iter();
        let (kept, blank): (Vec<_>, Vec<_>) = order
            .map(|slug| slug.trim().to_owned())
            .partition(|slug| !slug.is_empty());
        self.provider_order = kept;
        if let Some(blank) = texts(&blank) {
            let field = Param::ProviderOrder.as_str();
            draft.note(field, SentAction::Dropped, blank, NoteReason::Blank);
        }
    }

    /// A setting as JSON, if it is sent.
    pub(in crate::core::wire) fn value(&self, param: Param) -> Option<Value> {
        match param {
            Param::Temperature => self.temperature.map(Value::from),
            Param::TopP => self.top_p.map(Value::from),
            Param::TopK => self.top_k.map(Value::from),
            Param::ContextWindow => self.context_window.map(Value::from),
            Param::MaxOutputTokens => self.max_output_tokens.map(Value::from),
            Param::Stop => texts(&self.stop),
            Param::Seed => self.seed.map(Value::from),
            Param::ReasoningEffort => self.effort.as_deref().map(Value::from),
            Param::ReasoningSummary => self.summary.as_deref().map(Value::from),
            Param::ServiceTier => self.tier.as_deref().map(Value::from),
            Param::ProviderOrder => texts(&self.provider_order),
            Param::ResponseSchema => self.schema.clone(),
        }
    }

    /// Takes a setting out, with a note if it was set at all.
    fn drop(&mut self, param: Param, reason: NoteReason, draft: &mut Draft) {
        let Some(value) = self.value(param) else {
            return;
        };
        draft.note(param.as_str(), SentAction::Dropped, value, reason);
        match param {
            Param::Temperature => self.temperature = None,
            Param::TopP => self.top_p = None,
            Param::TopK => self.top_k = None,
            Param::ContextWindow => self.context_window = None,
            Param::MaxOutputTokens => self.max_output_tokens = None,
            Param::Stop => self.stop.clear(),
            Param::Seed => self.seed = None,
            Param::ReasoningEffort => self.effort = None,
            Param::ReasoningSummary => self.summary = None,
            Param::ServiceTier => self.tier = None,
            Param::ProviderOrder => self.provider_order.clear(),
            Param::ResponseSchema => self.schema = None,
        }
    }
}
