//! JSON out.

use super::{Ballot, FILE_VERSION, Places, Subject, TurnBallot, VERSION};
use serde_json::{Map, Value, json};

impl Ballot {
    /// The document as a value.
    pub fn to_value(&self) -> Value {
        let mut out = Map::new();
        let mut put = |name: &str, value: Value| {
            out.insert(name.to_owned(), value);
        };
        put("touchstone", VERSION.into());
        put("comparison", self.comparison.to_string().into());
        put("voter", self.voter.to_string().into());
        if let Some(name) = &self.name {
            put("name", name.as_str().into());
        }
        put("at", self.at.to_iso().into());
        put("seed", self.seed.into());
        put("panes", self.panes.into());
        if !self.criteria.is_empty() {
            put("criteria", self.criteria.clone().into());
        }
        let turns = self.turns.iter().map(|turn| self.turn(turn));
        put("turns", turns.collect());
        Value::Object(out)
    }

    fn turn(&self, turn: &TurnBallot) -> Value {
        let places = |places: Places| places.iter().map(Value::from).collect::<Value>();
        let votes: Value = turn
            .votes
            .iter()
            .map(|vote| json!({"among": places(vote.among), "best": places(vote.best)}))
            .collect();
        let mut out = Map::new();
        out.insert("votes".to_owned(), votes);
        if !turn.marks.is_empty() {
            let marks = self.criteria.iter().zip(&turn.marks);
            let marks = marks.map(|(name, list)| (name.clone(), list.clone().into()));
            out.insert("marks".to_owned(), Value::Object(marks.collect()));
        }
        Value::Object(out)
    }

    /// The document with line breaks, for a file.
    pub fn to_json(&self) -> String {
        format!("{:#}", self.to_value())
    }
}

/// All ballots of a comparison as a file. Its panes are named, so that the file
/// can be read without the comparison.
pub fn file(subject: &Subject, ballots: &[Ballot]) -> String {
    let panes = subject.panes.iter();
    let panes: Value = panes
        .map(|(provider, model)| json!({"provider": provider, "model": model}))
        .collect();
    let ballots: Value = ballots.iter().map(Ballot::to_value).collect();
    let document = json!({
        "touchstone": FILE_VERSION,
        "comparison": subject.fingerprint().to_string(),
        "panes": panes,
        "ballots": ballots,
    });
    format!("{document:#}")
}
