//! What of a result can be left out, so that it fits.

use serde_json::Value;

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

    /// Takes the parts out of a result document. Chunk times are thinned by
    /// whoever has them in their own type; see `Arrivals::thin`.
    pub fn apply(self, document: &mut Value) {
        let panes = list(document, "panes");
        for turn in panes.iter_mut().flat_map(|pane| list(pane, "turns")) {
            let had_files = !list(turn, "attachments").is_empty();
            if self.has(Part::Attachments) {
                for file in list(turn, "attachments") {
                    remove(file, "data");
                }
            }
            for run in list(turn, "runs") {
                self.apply_to_run(run, had_files);
            }
        }
    }

    fn apply_to_run(self, run: &mut Value, had_files: bool) {
        if self.has(Part::Thinking) {
            remove(run, "thinking");
        }
        // A request holds the files that went along.
        if self.has(Part::Sent) || (self.has(Part::Attachments) && had_files) {
            remove(run, "sent");
        }
    }
}

fn list<'a>(value: &'a mut Value, name: &str) -> &'a mut [Value] {
    match value.get_mut(name) {
        Some(Value::Array(items)) => items,
        _ => &mut [],
    }
}

fn remove(value: &mut Value, name: &str) {
    if let Value::Object(map) = value {
        map.shift_remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::{LeaveOut, Part};
    use serde_json::json;

    #[test]
    fn only_what_is_left_out_is_gone() {
        let document = json!({"panes": [{"turns": [{
            "prompt": "p",
            "attachments": [{"name": "a.txt", "bytes": 3, "data": "YWJj"}],
            "runs": [{"answer": "a", "thinking": "t", "sent": {"body": {}}}],
        }]}]});
        for (parts, expected) in [
            (&[][..], document.clone()),
            (
                &[Part::Thinking][..],
                json!({"panes": [{"turns": [{
                    "prompt": "p",
                    "attachments": [{"name": "a.txt", "bytes": 3, "data": "YWJj"}],
                    "runs": [{"answer": "a", "sent": {"body": {}}}],
                }]}]}),
            ),
            // A request holds the file too.
            (
                &[Part::Attachments][..],
                json!({"panes": [{"turns": [{
                    "prompt": "p",
                    "attachments": [{"name": "a.txt", "bytes": 3}],
                    "runs": [{"answer": "a", "thinking": "t"}],
                }]}]}),
            ),
        ] {
            let leave = parts
                .iter()
                .fold(LeaveOut::default(), |leave, part| leave.with(*part, true));
            let mut left = document.clone();
            leave.apply(&mut left);
            assert_eq!(left, expected, "{parts:?}");
        }
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
