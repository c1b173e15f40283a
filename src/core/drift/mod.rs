//! What is not the same between two runs of the same question.
//!
//! What changed is a list of things that can be named: models, prices,
//! parameters, how it ended. Figures stand apart, since they differ every time:
//! of one run each, a difference may be chance.
//!
//! - `requests` compares whom and what was asked, `cost` what it cost and at which
//!   prices, `figures` how fast and how long it was.
//! - [`way`] goes through the changes of the texts.

mod cost;
mod figures;
mod requests;
pub mod way;

use crate::core::{
    diff::PathChange,
    domain::{ModelId, ProviderId},
    pricing::{PicoUsd, PriceBasis, TokenClass},
    recipe::result::RunFacts,
    run::Phase,
};
pub use cost::CostPair;
use cost::{by_list, prices};
pub use figures::FigurePair;
use figures::figures;
use requests::{models, requests};

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

/// Whether two runs have something to tell apart that may be chance: both came
/// to their end, and their texts, a figure or the cost differ.
pub fn may_be_chance(then: Side<'_>, now: Side<'_>, drift: &Drift) -> bool {
    let are_done = [then, now]
        .iter()
        .all(|side| side.facts.status == Phase::Done);
    let figures = drift.figures.iter().filter_map(FigurePair::difference);
    let cost = drift.cost.difference().map_or(0, |(_, by)| by.0);
    are_done
        && (then.facts.answer != now.facts.answer
            || cost != 0
            || figures.into_iter().any(|by| by != 0.0))
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

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "drift_tests.rs"]
mod tests;
