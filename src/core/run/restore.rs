//! A finished run out of a document.

use super::{Change, Phase, RunLog};
use crate::core::{
    domain::Millis,
    recipe::result::RunFacts,
    timing::{Mark, TokenKind},
};

impl RunLog {
    /// Thinking of so many characters came, which whoever wrote the document
    /// left out: its times count as if it were there.
    pub fn withheld_thinking(&mut self, chars: usize, at: Millis) -> Change {
        self.token(TokenKind::Thinking, chars, at) | self.go(Phase::Thinking)
    }

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
            let end = facts
                .marks
                .end_ms
                .map_or(last.fold(0.0, f64::max), |at| at.0);
            let sent = self.timeline.at(Mark::Sent).unwrap_or(Millis(0.0));
            self.timeline.end(Millis(sent.0 + end));
        }
        self.timeline.put_back(facts.marks.known());
        self.transcript.close_all();
        Change::ALL
    }

    /// Puts the first marks that a replay has reached where they were: pieces
    /// have their times to a hundredth of a millisecond only.
    pub fn put_back_firsts(&mut self, facts: &RunFacts) {
        let firsts = facts.marks.known().filter(|(mark, _)| mark.is_first());
        self.timeline.put_back(firsts);
    }
}
