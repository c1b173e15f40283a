//! What of a result can be left out, so that it fits.

use crate::core::recipe::result::{ResultDoc, RunFacts};

/// A part of a result that it can do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// When each chunk came; what the figures need of them stays.
    ChunkTimes,
    /// What models thought.
    Thinking,
    /// The bytes of attached files; their names stay.
    Attachments,
    /// The requests to the letter.
    Sent,
}

impl Part {
    /// All of them, the ones that cost the reader least first.
    pub const ALL: [Self; 4] = [
        Self::ChunkTimes,
        Self::Sent,
        Self::Attachments,
        Self::Thinking,
    ];

    /// The word for tests and hosts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ChunkTimes => "chunk_times",
            Self::Thinking => "thinking",
            Self::Attachments => "attachments",
            Self::Sent => "sent",
        }
    }
}

/// Which parts are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeaveOut(u8);

impl LeaveOut {
    /// Whether a part is left out.
    pub fn has(self, part: Part) -> bool {
        self.0 & (1 << part as u8) != 0
    }

    /// The same with a part left out or not.
    #[must_use]
    pub fn with(self, part: Part, is_out: bool) -> Self {
        let bit = 1 << part as u8;
        Self(if is_out { self.0 | bit } else { self.0 & !bit })
    }

    /// A result without these parts. What a run came to stays the same: its
    /// figures, its marks and its answer.
    #[must_use]
    pub fn apply(self, document: &ResultDoc) -> ResultDoc {
        let mut left = document.clone();
        for turn in left.panes.iter_mut().flat_map(|pane| &mut pane.turns) {
            let had_files = !turn.attachments.is_empty();
            if self.has(Part::Attachments) {
                for file in &mut turn.attachments {
                    file.data = None;
                }
            }
            for run in &mut turn.runs {
                self.apply_to_run(&mut run.facts, had_files);
            }
        }
        left
    }

    fn apply_to_run(self, facts: &mut RunFacts, had_files: bool) {
        if self.has(Part::ChunkTimes) {
            facts.chunks.arrivals = facts.chunks.arrivals.thin();
        }
        if self.has(Part::Thinking) {
            facts.thinking.clear();
        }
        // A request holds the files that went along.
        if self.has(Part::Sent) || (self.has(Part::Attachments) && had_files) {
            facts.sent = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LeaveOut, Part};
    use crate::core::{
        attach::StoredFile,
        domain::{Finish, FinishReason, Millis, ModelId, OutputTokens, ProviderId, Usage},
        recipe::{
            Recipe,
            result::{AppInfo, Machine, ResultDoc, ResultPane, ResultRun, ResultTurn, RunFacts},
        },
        recording::Script,
        run::RunLog,
        wire::{BlockKind, StreamEvent, http::ResponseHead},
    };
    use serde_json::{Map, json};

    fn facts() -> RunFacts {
        let mut log = RunLog::new();
        log.sent(Millis(1000.0), true, false);
        log.headers(Millis(1100.5), &ResponseHead::default());
        for (block, kind) in [(0, BlockKind::Thinking), (1, BlockKind::Text)] {
            for piece in 0..5 {
                let at = Millis(1200.25 + f64::from(block * 100 + piece * 10));
                log.bytes(at, 9);
                if piece == 0 {
                    let kind = kind.clone();
                    log.apply(&StreamEvent::BlockStart { block, kind }, at);
                }
                let text = format!("piece {piece} of it, ");
                log.apply(&StreamEvent::Delta { block, text }, at);
            }
        }
        let output = OutputTokens {
            total: Some(60),
            text: Some(30),
            thinking: Some(30),
        };
        let usage = Usage {
            output,
            ..Usage::default()
        };
        log.apply(&StreamEvent::Usage(usage), Millis(1400.0));
        let unified = FinishReason::Stop;
        log.apply(
            &StreamEvent::Finish(Finish { unified, raw: None }),
            Millis(1400.0),
        );
        log.end(Millis(1410.0));
        let mut facts = RunFacts::of_log(&log);
        facts.sent = Some(json!({"method": "POST", "body": {"file": "abc"}}));
        facts
    }

    fn document() -> ResultDoc {
        let (provider, model) = (ProviderId::new("p"), ModelId::new("m"));
        let file = StoredFile {
            name: "a.txt".to_owned(),
            data: Some("YWJj".to_owned()),
            ..StoredFile::default()
        };
        let turn = |attachments| ResultTurn {
            template: None,
            prompt: "hi".to_owned(),
            attachments,
            runs: vec![ResultRun::new(&provider, &model, facts())],
            extra: Map::new(),
        };
        let pane = ResultPane {
            provider: provider.clone(),
            api: None,
            model: model.clone(),
            host: None,
            label: None,
            params: crate::core::domain::Params::default(),
            turns: vec![turn(vec![file]), turn(Vec::new())],
            extra: Map::new(),
        };
        ResultDoc::new(
            AppInfo::this(),
            None,
            Machine::default(),
            Recipe::default(),
            vec![pane],
        )
    }

    fn without(parts: &[Part]) -> ResultDoc {
        let leave = parts
            .iter()
            .fold(LeaveOut::default(), |leave, part| leave.with(*part, true));
        leave.apply(&document())
    }

    #[test]
    fn figures_and_marks_stay_whatever_is_left_out() {
        let before = Script::of(facts()).log();
        for parts in [
            &[][..],
            &[Part::ChunkTimes],
            &[Part::Thinking],
            &[Part::Sent],
            &Part::ALL,
        ] {
            let left = without(parts).to_value().unwrap();
            let (left, _) = ResultDoc::from_value(left).unwrap();
            for turn in &left.panes[0].turns {
                let after = Script::of(turn.runs[0].facts.clone()).log();
                assert_eq!(after.metrics(), before.metrics(), "{parts:?}");
                assert_eq!(after.answer(), before.answer(), "{parts:?}");
                assert_eq!(
                    RunFacts::of_log(&after).marks,
                    RunFacts::of_log(&before).marks,
                    "{parts:?}"
                );
            }
        }
    }

    #[test]
    fn a_request_goes_with_the_files_that_it_holds() {
        let left = without(&[Part::Attachments]);
        let [with_file, without_file] = left.panes[0].turns.as_slice() else {
            panic!("two turns");
        };
        assert_eq!(with_file.attachments[0].data, None);
        assert_eq!(with_file.runs[0].facts.sent, None);
        assert!(without_file.runs[0].facts.sent.is_some());
        assert_eq!(without(&[]), document());
    }

    #[test]
    fn each_part_makes_the_document_smaller() {
        let size = |parts: &[Part]| without(parts).to_value().unwrap().to_string().len();
        for part in Part::ALL {
            assert!(size(&[part]) < size(&[]), "{part:?}");
        }
        assert_eq!(
            without(&[Part::Thinking]).panes[0].turns[0].runs[0]
                .facts
                .thinking,
            ""
        );
    }

    #[test]
    fn a_part_that_is_put_back_is_in() {
        for part in Part::ALL {
            let out = LeaveOut::default().with(part, true);
            assert!(out.has(part));
            assert_eq!(out.with(part, false), LeaveOut::default());
        }
    }
}
