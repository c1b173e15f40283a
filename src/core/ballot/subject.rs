//! Which comparison a ballot is about.

use sha2::{Digest as _, Sha256};

/// What marks a comparison: a number made of what was asked and answered. Of two
/// comparisons it is the same only by a chance of one in 2⁴⁸.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 6]);

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A comparison as far as a vote is about it: what was asked, and what came
/// back. Times, costs, labels and parameters are no part of it, so that a link
/// that leaves them out is still the same comparison; nor is the system prompt,
/// which can be edited when the answers are there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// Provider and model of each pane, in order.
    pub panes: Vec<(String, String)>,
    /// The turns.
    pub turns: Vec<SubjectTurn>,
}

/// One question with its answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubjectTurn {
    /// The prompt as it was sent.
    pub prompt: String,
    /// The answer that counts, by pane; `None` where there is none.
    pub answers: Vec<Option<String>>,
}

impl SubjectTurn {
    /// The panes with an answer that can be read.
    pub fn answered(&self) -> super::Places {
        let has_text = |answer: &Option<String>| {
            answer
                .as_deref()
                .is_some_and(|text| !text.trim().is_empty())
        };
        let all = self.answers.iter().enumerate();
        all.filter(|(_, answer)| has_text(answer))
            .map(|(place, _)| place)
            .collect()
    }
}

impl Subject {
    /// The fingerprint: the first six bytes of the SHA-256 of all texts, each
    /// behind its length, in the order of `docs/ballots.md`.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hash = Hash(Sha256::new());
        hash.text("touchstone ballot 1");
        hash.count(self.panes.len());
        for (provider, model) in &self.panes {
            hash.text(provider);
            hash.text(model);
        }
        hash.count(self.turns.len());
        for turn in &self.turns {
            hash.text(&turn.prompt);
            hash.count(turn.answers.len());
            for answer in &turn.answers {
                hash.count(usize::from(answer.is_some()));
                hash.text(answer.as_deref().unwrap_or_default());
            }
        }
        let digest = hash.0.finalize();
        let mut bytes = [0; 6];
        for (to, from) in bytes.iter_mut().zip(digest) {
            *to = from;
        }
        Fingerprint(bytes)
    }
}

struct Hash(Sha256);

impl Hash {
    fn count(&mut self, count: usize) {
        self.0
            .update(u32::try_from(count).unwrap_or(u32::MAX).to_be_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.update(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject() -> Subject {
        Subject {
            panes: vec![
                ("openai".into(), "gpt-6".into()),
                ("anthropic".into(), "claude-opus-5-5".into()),
            ],
            turns: vec![SubjectTurn {
                prompt: "Say hello".into(),
                answers: vec![Some("Hello.".into()), Some("नमस्ते".into())],
            }],
        }
    }

    /// Made by `tests/fixtures/ballots/make.py`, from the description alone.
    #[test]
    fn the_fingerprint_is_that_of_the_description() {
        let made: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/fixtures/ballots/vectors.json"))
                .unwrap();
        assert_eq!(subject().fingerprint().to_string(), made["fingerprint"]);
    }

    #[test]
    fn whatever_changes_what_was_read_changes_the_fingerprint() {
        let own = subject().fingerprint();
        let changes: [fn(&mut Subject); 6] = [
            |it| it.panes.swap(0, 1),
            |it| it.panes[0].1 = "gpt-6-mini".into(),
            |it| it.turns[0].prompt.push(' '),
            |it| it.turns[0].answers.swap(0, 1),
            |it| it.turns[0].answers[1] = None,
            |it| it.turns.push(SubjectTurn::default()),
        ];
        for (at, change) in changes.iter().enumerate() {
            let mut other = subject();
            change(&mut other);
            assert_ne!(other.fingerprint(), own, "change {at}");
        }
    }

    #[test]
    fn text_that_moves_from_one_field_into_the_next_is_another_comparison() {
        let mut moved = subject();
        moved.panes[0] = ("openaigpt-6".into(), String::new());
        assert_ne!(moved.fingerprint(), subject().fingerprint());
    }

    #[test]
    fn an_empty_answer_is_not_among_those_to_vote_on() {
        let mut turn = subject().turns.remove(0);
        turn.answers.push(Some(" \n".into()));
        turn.answers.push(None);
        assert_eq!(turn.answered().iter().collect::<Vec<_>>(), [0, 1]);
    }
}
