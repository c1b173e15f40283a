//! What a run could cost at most, before it is made.

use super::{
    CostGap, CostLine, Moment, PicoUsd, PriceBasis, PriceTable, TokenClass,
    compute::{basis, lines},
    count::Counts,
    estimate,
    rates::{Terms, choose},
    route::{Payee, Route},
    served::Served,
};
use crate::core::{
    domain::{ModelId, Origin, ProviderId},
    wire::{count::count, parts::has_files},
};
use serde_json::Value;

/// A pane before its run.
#[derive(Debug, Clone, Copy)]
pub struct PaneToPrice<'a> {
    /// What to call it.
    pub name: &'a str,
    /// Its provider row.
    pub provider: &'a ProviderId,
    /// Where it would be sent; `None` for what runs in the page.
    pub origin: Option<&'a Origin>,
    /// The model that would be asked.
    pub model: &'a ModelId,
    /// The body that would be sent, as `wire::request::prepare` makes it. Input
    /// and output limit are read from it, the person's own JSON included.
    pub body: &'a Value,
    /// Whether the limit in it is ours: the API demands one and none is set.
    pub limit_is_ours: bool,
    /// The input tokens of that body, if the provider counted them.
    pub counted: Option<u64>,
}

/// What a run of all panes could cost at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorstCase {
    /// The sum of what is known.
    pub total: PicoUsd,
    /// Every pane, in order.
    pub panes: Vec<WorstPane>,
}

impl WorstCase {
    /// Whether any pane adds an amount.
    pub fn has_amount(&self) -> bool {
        let amount = |pane: &WorstPane| matches!(pane.part, WorstPart::AtMost { .. });
        self.panes.iter().any(amount)
    }
}

/// One pane's part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorstPane {
    /// What it is called.
    pub name: String,
    /// What it could cost.
    pub part: WorstPart,
}

/// What a pane could cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorstPart {
    /// At most this much.
    AtMost {
        /// The amount.
        amount: PicoUsd,
        /// Its parts; all counts are estimates or limits.
        lines: Vec<CostLine>,
        /// What limits the output.
        limit: OutputLimit,
        /// The prices.
        basis: Box<PriceBasis>,
    },
    /// Nobody charges for it.
    Local,
    /// Nothing is asked of any model.
    Simulated,
    /// Not known, and not in the sum.
    Unknown(CostGap),
}

/// What limits the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutputLimit {
    /// The limit in the request.
    Request,
    /// The same, but ours: the API demands one and none is set.
    Ours,
    /// The most that the model can put out.
    Model,
}

/// The most that the next run could cost at the prices of `now`.
///
/// Input is estimated from the text, high, at the dearest price that it can
/// have; output is the limit. Where there are dearer hours,
/// theirs are the prices.
pub fn worst_case(table: Option<&PriceTable>, panes: &[PaneToPrice<'_>], now: Moment) -> WorstCase {
    let panes: Vec<WorstPane> = panes
        .iter()
        .map(|pane| WorstPane {
            name: pane.name.to_owned(),
            part: worst_part(table, pane, now),
        })
        .collect();
    let amounts = panes.iter().filter_map(|pane| match pane.part {
        WorstPart::AtMost { amount, .. } => Some(amount),
        _ => None,
    });
    WorstCase {
        total: amounts.sum(),
        panes,
    }
}

fn worst_part(table: Option<&PriceTable>, pane: &PaneToPrice<'_>, now: Moment) -> WorstPart {
    let route = Route {
        provider: pane.provider,
        origin: pane.origin,
    };
    match route.payee() {
        Payee::Local => return WorstPart::Local,
        Payee::Simulated => return WorstPart::Simulated,
        Payee::Provider => {}
    }
    match at_most(table, route, pane, now) {
        Ok(part) => part,
        Err(CostGap::NoPrice) if route.is_free_unpriced() => WorstPart::Local,
        Err(gap) => WorstPart::Unknown(gap),
    }
}

fn at_most(
    table: Option<&PriceTable>,
    route: Route<'_>,
    pane: &PaneToPrice<'_>,
    now: Moment,
) -> Result<WorstPart, CostGap> {
    let table = table.ok_or(CostGap::NoTable)?;
    let found = route.row(table, [None, Some(pane.model)])?;
    let served = Served::of_body(pane.body);
    let factors = served.factors(found.row, route)?;
    let whose = if pane.limit_is_ours {
        OutputLimit::Ours
    } else {
        OutputLimit::Request
    };
    let asked = output_limit(pane.body).map(|limit| (limit, whose));
    let of_model = || Some((found.row.max_output()?, OutputLimit::Model));
    let (output, limit) = asked.or_else(of_model).ok_or(CostGap::NoOutputLimit)?;
    let (text, besides) = estimate::of_body(pane.body);
    let mut counts = Counts {
        input: pane
            .counted
            .unwrap_or_else(|| text.at_most().saturating_add(besides)),
        output: output.saturating_mul(answers(pane.body)),
        requests: 1,
        input_is_estimated: pane.counted.is_none(),
        output_is_estimated: true,
        ..Counts::default()
    };
    let terms = Terms {
        at: now,
        prompt_tokens: counts.prompt(),
        variant: served.variant.as_deref(),
        dearest_hours: true,
    };
    let chosen = choose(found.row.prices(), found.row.peak(), terms)?;
    if pane.counted.is_none() && has_files(pane.body) {
        return Err(CostGap::Files);
    }
    let asks_to_write = pane.body.to_string().contains("\"cache_control\"");
    match chosen.rates.dearest_input(asks_to_write) {
        Some((TokenClass::CacheWrite, _)) => std::mem::swap(&mut counts.input, &mut counts.write),
        Some((TokenClass::CacheWriteLong, _)) => {
            std::mem::swap(&mut counts.input, &mut counts.write_long);
        }
        _ => {}
    }
    let mut lines = lines(&chosen, &counts, &factors)?;
    lines.retain(|line| line.tokens > 0 || line.class == TokenClass::Output);
    Ok(WorstPart::AtMost {
        amount: lines.iter().map(|line| line.amount).sum(),
        lines,
        limit,
        basis: Box::new(basis(found, &chosen, terms, factors, now)),
    })
}

/// The output limit of a request's body, in any dialect.
fn output_limit(body: &Value) -> Option<u64> {
    let keys = ["max_completion_tokens", "max_tokens", "max_output_tokens"];
    let outer = keys.iter().find_map(|key| count(body, key));
    let of_gemini = || count(body.get("generationConfig")?, "maxOutputTokens");
    let of_converse = || count(body.get("inferenceConfig")?, "maxTokens");
    outer.or_else(of_gemini).or_else(of_converse)
}

/// How many answers a request asks for.
fn answers(body: &Value) -> u64 {
    let of_gemini = || count(body.get("generationConfig")?, "candidateCount");
    count(body, "n").or_else(of_gemini).unwrap_or(1).max(1)
}

#[cfg(test)]
#[path = "worst_tests.rs"]
mod tests;
