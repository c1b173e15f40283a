//! What a run's log knows, as the document takes it.

use super::{Chunks, Figures, Marks, RunFacts, ToolCall};
use crate::core::{domain::Millis, run::RunLog};

impl RunFacts {
    /// Everything that a log knows. What it does not know (the request, the
    /// cost, the day) is left out.
    pub fn of_log(log: &RunLog) -> Self {
        let timeline = log.timeline();
        let metrics = log.metrics();
        let mut facts = Self::new(log.phase());
        facts.finish = log.finish().cloned();
        log.answer().clone_into(&mut facts.answer);
        log.thinking().clone_into(&mut facts.thinking);
        facts.tool_calls = log
            .tool_calls()
            .map(|call| ToolCall {
                id: call.id.map(str::to_owned),
                name: call.name.map(str::to_owned),
                arguments: call.arguments.to_owned(),
            })
            .collect();
        facts.chunks = Chunks {
            blocks: log
                .blocks()
                .iter()
                .map(|block| block.kind.clone())
                .collect(),
            arrivals: log.arrivals().clone(),
        };
        facts.failure = log.failure().cloned();
        facts.warnings = log.warnings().to_vec();
        facts.meta = log.meta().clone();
        facts.usage = log.usage().cloned();
        facts.extras = log.extras().iter().cloned().collect();
        facts.server_timing = log.server_timing();
        facts.marks = Marks::of(|mark| timeline.since_sent(mark).map(Millis));
        facts.figures = Figures {
            ttft_ms: metrics.ttft_ms.map(Millis),
            ttfa_ms: metrics.ttfa_ms.map(Millis),
            total_ms: metrics.total_ms.map(Millis),
            output_tokens_per_s: metrics.rate.as_ref().ok().map(|rate| rate.per_second),
        };
        facts.first_call = timeline.first_call();
        facts.hidden_tab = timeline.hidden();
        facts.frames = log.frames();
        facts
    }
}
