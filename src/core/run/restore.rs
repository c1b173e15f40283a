//! A finished run out of a document.

use super::{Change, Phase, RunLog};
use crate::core::{domain::Millis, recipe::result::RunFacts};

impl RunLog {
    /// Ends a run whose steps were played as it ended: with all facts that a
    /// document has of it, and with its marks to the digit.
    pub fn put_back(&mut self, facts: &RunFacts) -> Change {
        self.meta = facts.meta.clone();
        self.usage.clone_from(&facts.usage);
        self.finish.clone_from(&facts.finish);
        self.failure.clone_from(&facts.failure);
        self.warnings.clone_from(&facts.warnings);
        self.warning_count = u32::try_from(facts.warnings.len()).unwrap_or(u32::MAX);
        self.extras = facts
            .extras
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        self.server_timing.clone_from(&facts.server_timing);
        self.frames = facts.frames;
        self.phase = match facts.status {
            // Nobody knows how one ended that was under way when it was written.
            running if running.is_running() => Phase::Stopped,
            status => status,
        };
        if self.phase.is_over() {
            let last = facts.marks.known().map(|(_, at)| at.0);
            let end = last.fold(0.0, f64::max);
            self.timeline.end(facts.marks.end_ms.unwrap_or(Millis(end)));
        }
        self.timeline.put_back(facts.marks.known());
        self.transcript.close_all();
        Change::ALL
    }
}
