//! What one run cost, finished or not.

use super::{
    Cost, CostGap, CostSource, Moment, PicoUsd, PriceTable, Priced,
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
    wire::parts::has_files,
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
    match route.payee() {
        Payee::Simulated => return Cost::Simulated,
        Payee::Local => return Cost::Local,
        Payee::Provider => {}
    }
    let by_list = priced(table, route, run);
    // A gateway that knows no price says 0; a host with a list of ours that
    // says so means it.
    let means_nothing = || table.is_some_and(|table| route.list_is_known(table));
    if let Some(total) = reported(run.log)
        && let Some(source) = trust(total, run.log, by_list.as_ref().ok(), means_nothing)
    {
        return Cost::Known(Box::new(Priced {
            total,
            source,
            lines: Vec::new(),
            basis: None,
            by_list: by_list.ok().map(Box::new),
        }));
    }
    match by_list {
        Ok(priced) => Cost::Known(Box::new(priced)),
        Err(CostGap::NoPrice) if route.is_free_unpriced() => Cost::Local,
        Err(gap) => Cost::Unknown(gap),
    }
}

/// What a reported amount is; `None` where it does not count. Before the proper
/// end it is only what some gateways say so far with every chunk, and the larger
/// of it and the estimate by the list counts.
fn trust(
    total: PicoUsd,
    log: &RunLog,
    by_list: Option<&Priced>,
    means_nothing: impl Fn() -> bool,
) -> Option<CostSource> {
    if is_final(log) {
        return (total.0 > 0 || means_nothing()).then_some(CostSource::Reported);
    }
    let least = by_list.map_or(PicoUsd::ZERO, |list| list.total);
    (total > least).then_some(CostSource::Estimated)
}

/// Whether the response came to its proper end.
fn is_final(log: &RunLog) -> bool {
    log.phase().is_over() && log.finish().is_some()
}

/// Final counts times list prices, or the same with estimated counts.
fn priced(
    table: Option<&PriceTable>,
    route: Route<'_>,
    run: &RunToPrice<'_>,
) -> Result<Priced, CostGap> {
    let log = run.log;
    let returned = log.meta().model.as_deref().map(ModelId::new);
    let found = table.map(|table| route.row(table, [returned.as_ref(), Some(run.asked)]));
    // At home nobody charges for such a model, however the run went.
    if let Some(Err(gap)) = &found
        && route.is_free_unpriced()
    {
        return Err(gap.clone());
    }
    if log.timeline().at(Mark::Sent).is_none() {
        return Err(CostGap::NotSent);
    }
    if is_without_answer(log) {
        return Err(CostGap::NoAnswer);
    }
    let found = found.ok_or(CostGap::NoTable)??;
    let served = Served::of_run(log, run.body);
    let factors = served.factors(found.row, route)?;
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
        let body = run.body.ok_or(CostGap::NoUsage)?;
        if has_files(body) {
            return Err(CostGap::Files);
        }
        let (text, besides) = estimate::of_body(body);
        counts.input = text.tokens().saturating_add(besides);
        counts.input_is_estimated = true;
    }
    let reported = usage.and_then(count::output);
    counts.output = match reported {
        Some(reported) if is_final(log) => reported,
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
