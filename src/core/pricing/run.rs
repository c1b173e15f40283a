//! What one run cost, finished or not.

use super::{
    Cost, CostGap, CostSource, Moment, PriceTable, Priced,
    compute::compute,
    count::{self, Counts},
    estimate::{self, Estimate},
    rates::Terms,
    reported::reported,
    route::{Payee, Route},
    served::Served,
};
use crate::core::{
    domain::{Finish, FinishReason, ModelId, Origin, ProviderId},
    run::{Phase, RunLog},
    timing::Mark,
};
use serde_json::Value;

/// A run, as far as its cost goes.
#[derive(Debug, Clone, Copy)]
pub struct RunToPrice<'a> {
    /// The provider row of the pane.
    pub provider: &'a ProviderId,
    /// Where it was sent; `None` for what runs in the page.
    pub origin: Option<&'a Origin>,
    /// The model that was asked for.
    pub asked: &'a ModelId,
    /// What is known of the run.
    pub log: &'a RunLog,
    /// The body that was sent (`SentReport::body`), for estimates of the input.
    pub body: Option<&'a Value>,
    /// When it was sent, by the clock on the wall.
    pub sent_at: Moment,
    /// Now, for the age of the prices.
    pub now: Moment,
}

/// What the run cost, or has cost so far. While it runs, every amount is an
/// estimate unless the provider has already reported one.
pub fn cost_of_run(table: Option<&PriceTable>, run: &RunToPrice<'_>) -> Cost {
    let route = Route {
        provider: run.provider,
        origin: run.origin,
    };
    let payee = route.payee();
    if payee == Payee::Simulated {
        return Cost::Simulated;
    }
    let by_list = || priced(table, route, run);
    if let Some(total) = reported(run.log) {
        // A gateway that knows no price says 0; a host with a list of ours that
        // says so means it.
        let is_known = table.is_some_and(|table| route.list_is_known(table));
        if total.0 > 0 || is_known {
            return Cost::Known(Box::new(Priced {
                total,
                source: CostSource::Reported,
                lines: Vec::new(),
                basis: None,
                by_list: by_list().ok().map(Box::new),
            }));
        }
    }
    if payee == Payee::Local {
        return Cost::Local;
    }
    match by_list() {
        Ok(priced) => Cost::Known(Box::new(priced)),
        Err(CostGap::NoPrice) if route.is_private() => Cost::Local,
        Err(gap) => Cost::Unknown(gap),
    }
}

/// Final counts times list prices, or the same with estimated counts.
fn priced(
    table: Option<&PriceTable>,
    route: Route<'_>,
    run: &RunToPrice<'_>,
) -> Result<Priced, CostGap> {
    let log = run.log;
    if log.timeline().at(Mark::Sent).is_none() {
        return Err(CostGap::NotSent);
    }
    if is_without_answer(log) {
        return Err(CostGap::NoAnswer);
    }
    let table = table.ok_or(CostGap::NoTable)?;
    let returned = log.meta().model.as_deref().map(ModelId::new);
    let found = route.row(table, [returned.as_ref(), Some(run.asked)])?;
    let served = Served::of_run(log, run.body);
    let factors = served.factors(found.row)?;
    let as_sent = Terms {
        at: run.sent_at,
        prompt_tokens: 0,
        variant: served.variant.as_deref(),
        dearest_hours: false,
    };
    compute(found, &counts(run)?, as_sent, factors, run.now)
}

/// Whether it ended, or was refused, before there was anything of an answer.
fn is_without_answer(log: &RunLog) -> bool {
    let is_empty = log.blocks().iter().all(|block| block.text.is_empty());
    let refused = |finish: &Finish| finish.unified == FinishReason::Refusal;
    match log.finish() {
        Some(finish) => is_empty && refused(finish),
        None => is_empty && log.phase() == Phase::Failed,
    }
}

/// What is to be paid for. Only a response that came to its proper end has a
/// final count of its output: before that, some providers report a stub and
/// some what there is so far, so that the larger of it and our estimate counts.
fn counts(run: &RunToPrice<'_>) -> Result<Counts, CostGap> {
    let log = run.log;
    let usage = log.usage();
    let mut counts = Counts::default();
    counts.take_requests(usage);
    if !usage.is_some_and(|usage| counts.take_input(usage)) {
        let (text, besides) = estimate::of_body(run.body.ok_or(CostGap::NoUsage)?);
        counts.input = text.tokens().saturating_add(besides);
        counts.input_is_estimated = true;
    }
    let reported = usage.and_then(count::output);
    let is_final = log.phase().is_over() && log.finish().is_some();
    counts.output = match reported {
        Some(reported) if is_final => reported,
        _ => {
            counts.output_is_estimated = true;
            let mut text = Estimate::default();
            log.blocks().iter().for_each(|block| text.add(&block.text));
            text.tokens().max(reported.unwrap_or(0))
        }
    };
    Ok(counts)
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
