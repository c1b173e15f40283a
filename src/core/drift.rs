//! What is not the same between two runs of the same question.
//!
//! What changed is a list of things that can be named: models, prices,
//! parameters, how it ended. Figures stand apart, since they differ every time:
//! of one run each, a difference may be chance.

use crate::core::{
    diff::{PathChange, value_changes},
    domain::{Millis, ModelId, ProviderId},
    pricing::{Cost, CostLine, CostSource, PicoUsd, PriceBasis, Priced, TokenClass},
    recipe::result::RunFacts,
    run::Phase,
    timing::Figure,
};
use serde_json::Value;

/// One of the two runs.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Who was asked.
    pub provider: &'a ProviderId,
    /// Which model was asked for.
    pub model: &'a ModelId,
    /// What is known of the run.
    pub facts: &'a RunFacts,
}

/// Then and now; `None` where it is not known or not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<T> {
    /// In the earlier run.
    pub then: Option<T>,
    /// In the later one.
    pub now: Option<T>,
}

impl<T: PartialEq> Pair<T> {
    fn differs(self) -> Option<Self> {
        (self.then != self.now).then_some(self)
    }
}

/// Something that changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Changed {
    /// Another provider was asked.
    Provider(Pair<String>),
    /// Another address was asked.
    Address(Pair<String>),
    /// Another model was asked for.
    AskedModel(Pair<String>),
    /// Another model answered, by the reply's own name for it.
    ReturnedModel(Pair<String>),
    /// It was served in another tier.
    ServedTier(Pair<String>),
    /// The messages that were sent are not the same.
    Conversation,
    /// A member of the request differs; its path in the body.
    Parameter(PathChange),
    /// A setting that was sent then is left out now, or the other way round.
    Dropped {
        /// The person's field.
        field: String,
        /// Whether it is left out now.
        is_now: bool,
    },
    /// It ended in another way.
    Outcome(Pair<Phase>),
    /// What went wrong is not the same: kinds of failure.
    Failure(Pair<String>),
    /// Another reason to end, in the provider's word.
    Finish(Pair<String>),
    /// Which prices were taken.
    PriceList(Pair<Box<PriceBasis>>),
    /// The price of one.
    Price {
        /// Of what.
        class: TokenClass,
        /// The prices.
        pair: Pair<PicoUsd>,
    },
    /// Connection and preflight are part of one run's figures only.
    FirstCall {
        /// Whether of the later one's.
        is_now: bool,
    },
    /// The tab was hidden during one of the runs only, which slows a page down.
    HiddenTab {
        /// Whether during the later one.
        is_now: bool,
    },
}

/// A figure of both runs.
#[derive(Debug, Clone, PartialEq)]
pub struct FigurePair {
    /// Which.
    pub figure: Figure,
    /// Its values, in the figure's unit.
    pub pair: Pair<f64>,
}

impl FigurePair {
    /// How much more it is now; negative for less.
    pub fn difference(&self) -> Option<f64> {
        Some(self.pair.now? - self.pair.then?)
    }
}

/// The costs of both runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostPair {
    /// The amounts.
    pub pair: Pair<PicoUsd>,
    /// Whether one of them is an estimate.
    pub is_rough: bool,
}

impl CostPair {
    /// The costs of two runs.
    pub fn of(then: Option<&Cost>, now: Option<&Cost>) -> Self {
        let (then, now) = (priced(then), priced(now));
        let is_rough = [then, now]
            .into_iter()
            .flatten()
            .any(|priced| priced.source == CostSource::Estimated);
        Self {
            pair: Pair {
                then: then.map(|priced| priced.total),
                now: now.map(|priced| priced.total),
            },
            is_rough,
        }
    }

    /// Whether it is less now, and by how much.
    pub fn difference(&self) -> Option<(bool, PicoUsd)> {
        let (then, now) = (self.pair.then?.0, self.pair.now?.0);
        Some((now < then, PicoUsd(now.abs_diff(then))))
    }
}

/// How two runs differ, but for their texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// What changed.
    pub changes: Vec<Changed>,
    /// The figures that at least one run has, in their usual order.
    pub figures: Vec<FigurePair>,
    /// The costs.
    pub cost: CostPair,
}

/// What decides which of several earlier runs is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Whether it is out of a document.
    pub is_restored: bool,
    /// Whether it has any text.
    pub has_text: bool,
}

/// Of the runs of one prompt, the oldest first, the place of the one that the
/// last is compared with: the latest out of a document, else the latest with any
/// text, else the one before. Of a single run, that one: there is no later one
/// yet.
pub fn earlier(runs: &[Seen]) -> Option<usize> {
    let before = match runs.len() {
        0 => return None,
        1 => return Some(0),
        many => many - 1,
    };
    let latest = |holds: fn(&Seen) -> bool| runs.iter().take(before).rposition(holds);
    latest(|run| run.is_restored)
        .or_else(|| latest(|run| run.has_text))
        .or(Some(before - 1))
}

/// Compares two runs.
pub fn drift(then: Side<'_>, now: Side<'_>) -> Drift {
    let mut changes = Vec::new();
    changes.extend(models(then, now));
    changes.extend(requests(then.facts, now.facts));
    changes.extend(outcomes(then.facts, now.facts));
    let cost = (then.facts.cost.as_ref(), now.facts.cost.as_ref());
    changes.extend(prices(by_list(cost.0), by_list(cost.1)));
    changes.extend(circumstances(then.facts, now.facts));
    Drift {
        changes,
        figures: figures(then.facts, now.facts),
        cost: CostPair::of(cost.0, cost.1),
    }
}

fn texts(then: Option<&str>, now: Option<&str>) -> Option<Pair<String>> {
    Pair {
        then: then.map(str::to_owned),
        now: now.map(str::to_owned),
    }
    .differs()
}

fn models(then: Side<'_>, now: Side<'_>) -> Vec<Changed> {
    let address = |side: Side<'_>| {
        let url = side.facts.sent.as_ref()?.get("url")?.as_str()?;
        let end = url.find(['?', '#']).unwrap_or(url.len());
        url.get(..end).map(str::to_owned)
    };
    // What a run does not say has not changed.
    let both = |then: Option<&str>, now: Option<&str>| texts(Some(then?), Some(now?));
    let found = [
        both(Some(then.provider.as_str()), Some(now.provider.as_str())).map(Changed::Provider),
        both(address(then).as_deref(), address(now).as_deref()).map(Changed::Address),
        both(Some(then.model.as_str()), Some(now.model.as_str())).map(Changed::AskedModel),
        both(
            then.facts.meta.model.as_deref(),
            now.facts.meta.model.as_deref(),
        )
        .map(Changed::ReturnedModel),
        both(
            then.facts.meta.service_tier.as_deref(),
            now.facts.meta.service_tier.as_deref(),
        )
        .map(Changed::ServedTier),
    ];
    found.into_iter().flatten().collect()
}

/// Members of a body that hold what was said, in any dialect.
const CONVERSATION: [&str; 9] = [
    "messages",
    "message",
    "chat_history",
    "input",
    "instructions",
    "contents",
    "systemInstruction",
    "system",
    "prompt",
];

/// What was sent, but for models and addresses.
fn requests(then: &RunFacts, now: &RunFacts) -> Vec<Changed> {
    let (Some(then), Some(now)) = (&then.sent, &now.sent) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    let conversation = |sent: &Value| -> Vec<Option<Value>> {
        let body = sent.get("body");
        CONVERSATION
            .iter()
            .map(|name| body.and_then(|body| body.get(name)).cloned())
            .collect()
    };
    if conversation(then) != conversation(now) {
        changes.push(Changed::Conversation);
    }
    let parameters = value_changes(&settings(then), &settings(now));
    changes.extend(parameters.into_iter().map(Changed::Parameter));
    let (dropped_then, dropped_now) = (dropped(then), dropped(now));
    let one_sided = |ours: &[String], theirs: &[String], is_now: bool| -> Vec<Changed> {
        let only = ours.iter().filter(|field| !theirs.contains(field));
        only.map(|field| Changed::Dropped {
            field: field.clone(),
            is_now,
        })
        .collect()
    };
    changes.extend(one_sided(&dropped_then, &dropped_now, false));
    changes.extend(one_sided(&dropped_now, &dropped_then, true));
    changes
}

/// The body without what was said and without the model, which is compared on
/// its own.
fn settings(sent: &Value) -> Value {
    let members = sent.get("body").and_then(Value::as_object);
    let kept = members
        .into_iter()
        .flatten()
        .filter(|(name, _)| name.as_str() != "model" && !CONVERSATION.contains(&name.as_str()));
    Value::Object(
        kept.map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    )
}

/// The person's settings that were left out.
fn dropped(sent: &Value) -> Vec<String> {
    let notes = sent.get("notes").and_then(Value::as_array);
    let mut fields: Vec<String> = notes
        .into_iter()
        .flatten()
        .filter(|note| note.get("action").and_then(Value::as_str) == Some("dropped"))
        .filter_map(|note| Some(note.get("field")?.as_str()?.to_owned()))
        .collect();
    fields.dedup();
    fields
}

fn outcomes(then: &RunFacts, now: &RunFacts) -> Vec<Changed> {
    let kind = |facts: &RunFacts| {
        let failure = facts.failure.as_ref()?;
        Some(failure.kind.as_str().to_owned())
    };
    let outcome = Pair {
        then: Some(then.status),
        now: Some(now.status),
    };
    let failure = Pair {
        then: kind(then),
        now: kind(now),
    };
    let finish = |facts: &RunFacts| {
        let finish = facts.finish.as_ref()?;
        let word = finish.raw.as_deref();
        Some(word.unwrap_or(finish.unified.as_str()).to_owned())
    };
    let (finish_then, finish_now) = (finish(then), finish(now));
    let ended = finish_then.is_some() && finish_now.is_some();
    let finish = Pair {
        then: finish_then,
        now: finish_now,
    };
    let found = [
        outcome.differs().map(Changed::Outcome),
        failure.differs().map(Changed::Failure),
        finish.differs().filter(|_| ended).map(Changed::Finish),
    ];
    found.into_iter().flatten().collect()
}

fn priced(cost: Option<&Cost>) -> Option<&Priced> {
    match cost {
        Some(Cost::Known(priced)) => Some(priced),
        _ => None,
    }
}

/// What our own prices come to: a reported amount has no prices of its own.
fn by_list(cost: Option<&Cost>) -> Option<&Priced> {
    let priced = priced(cost)?;
    Some(priced.by_list.as_deref().unwrap_or(priced))
}

fn prices(then: Option<&Priced>, now: Option<&Priced>) -> Vec<Changed> {
    let (Some(then), Some(now)) = (then, now) else {
        return Vec::new();
    };
    let price = |priced: &Priced, class: TokenClass| {
        let is_own = |line: &&CostLine| line.class == class && !line.is_stand_in;
        priced.lines.iter().find(is_own).map(|line| line.price)
    };
    let mut changes: Vec<Changed> = TokenClass::ALL
        .into_iter()
        .filter_map(|class| {
            // A class that was not charged for has no price here.
            let pair = Pair {
                then: Some(price(then, class)?),
                now: Some(price(now, class)?),
            };
            let pair = pair.differs()?;
            Some(Changed::Price { class, pair })
        })
        .collect();
    if let (Some(basis_then), Some(basis_now)) = (&then.basis, &now.basis)
        && (!changes.is_empty() || !is_same_row(basis_then, basis_now))
    {
        let pair = Pair {
            then: Some(basis_then.clone()),
            now: Some(basis_now.clone()),
        };
        changes.insert(0, Changed::PriceList(pair));
    }
    changes
}

/// Whether two prices come from the same row of a list, be it of another day.
fn is_same_row(then: &PriceBasis, now: &PriceBasis) -> bool {
    then.list == now.list
        && then.model == now.model
        && then.variant == now.variant
        && then.tier_over == now.tier_over
        && then.hours == now.hours
        && then.factors == now.factors
}

fn circumstances(then: &RunFacts, now: &RunFacts) -> Vec<Changed> {
    let mut changes = Vec::new();
    if then.first_call != now.first_call {
        let is_now = now.first_call;
        changes.push(Changed::FirstCall { is_now });
    }
    if then.hidden_tab != now.hidden_tab {
        let is_now = now.hidden_tab;
        changes.push(Changed::HiddenTab { is_now });
    }
    changes
}

fn figures(then: &RunFacts, now: &RunFacts) -> Vec<FigurePair> {
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

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "drift_tests.rs"]
mod tests;
