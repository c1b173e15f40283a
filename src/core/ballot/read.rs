//! JSON in, with the path of whatever is wrong. Unknown fields are passed over;
//! `null` means "not set".

use super::{
    BEST_MARK, Ballot, BallotError, FILE_VERSION, Fingerprint, MAX_CRITERIA, MAX_NAME_BYTES,
    MAX_PANES, MAX_TURNS, Places, TurnBallot, VERSION, Vote, Voter, error::Rule, short_name, when,
};
use crate::core::json;
use crate::core::recipe::Expected;
use serde_json::{Map, Value};

/// How many votes a turn can have: more than there are pairs of eight.
const MAX_VOTES: usize = 100;

type Read<T> = Result<T, BallotError>;

impl Ballot {
    /// Reads a document.
    pub fn parse(text: &str) -> Read<Self> {
        Self::from_value("", &value(text)?)
    }

    /// Reads a parsed document that stands at `path`.
    pub fn from_value(path: &str, value: &Value) -> Read<Self> {
        let fields = Fields::of(path, value)?;
        match fields.get("touchstone") {
            Some(Value::String(kind)) if kind == VERSION => {}
            other => return Err(other_document(other)),
        }
        let comparison = Fingerprint(fields.hex("comparison")?);
        let voter = Voter(fields.hex("voter")?);
        let name = fields
            .get("name")
            .map(|value| short(fields.at("name"), value));
        let at = fields.text("at")?;
        let at = when::read(at).ok_or_else(|| fields.bad("at", Rule::Moment))?;
        let seed = fields.number("seed", 0, u32::MAX)?;
        let panes = fields.number("panes", 2, bound(MAX_PANES))? as usize;
        let mut criteria = Vec::new();
        for (path, value) in fields.list("criteria", MAX_CRITERIA)? {
            let name = short(path.clone(), value)?;
            if criteria.contains(&name) {
                let rule = Rule::Criterion;
                return Err(BallotError::Value { path, rule });
            }
            criteria.push(name);
        }
        if fields.get("turns").is_none() {
            return Err(fields.missing("turns"));
        }
        let turns = fields.list("turns", MAX_TURNS)?;
        let turns = turns
            .into_iter()
            .map(|(path, value)| turn(&path, value, panes, &criteria))
            .collect::<Read<_>>()?;
        Ok(Self {
            comparison,
            voter,
            name: name.transpose()?,
            at,
            seed,
            panes,
            criteria,
            turns,
        })
    }
}

/// Parses JSON text.
pub(super) fn value(text: &str) -> Read<Value> {
    json::parse(text).map_err(|error| BallotError::Json {
        line: error.line(),
        column: error.column(),
        ended_early: error.is_eof(),
    })
}

/// The ballots of a document that is one, a file of them, or a list.
pub(super) fn documents(document: &Value) -> Vec<Read<Ballot>> {
    let (path, list) = match document {
        Value::Array(list) => ("", Some(list)),
        Value::Object(map) if map.get("touchstone") == Some(&Value::from(FILE_VERSION)) => {
            match map.get("ballots") {
                Some(Value::Array(list)) => ("ballots", Some(list)),
                Some(_) => {
                    return vec![Err(BallotError::WrongType {
                        path: "ballots".to_owned(),
                        expected: Expected::List,
                    })];
                }
                None => {
                    return vec![Err(BallotError::Missing {
                        path: "ballots".to_owned(),
                    })];
                }
            }
        }
        _ => ("", None),
    };
    match list {
        None => vec![Ballot::from_value("", document)],
        Some(list) => list
            .iter()
            .enumerate()
            .map(|(at, value)| Ballot::from_value(&format!("{path}[{at}]"), value))
            .collect(),
    }
}

fn other_document(kind: Option<&Value>) -> BallotError {
    BallotError::OtherDocument {
        found: kind.and_then(Value::as_str).map(str::to_owned),
    }
}

fn bound(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}

fn turn(path: &str, value: &Value, panes: usize, criteria: &[String]) -> Read<TurnBallot> {
    let fields = Fields::of(path, value)?;
    let votes = fields.list("votes", MAX_VOTES)?;
    let votes = votes
        .into_iter()
        .map(|(path, value)| vote(&path, value, panes))
        .collect::<Read<_>>()?;
    let Some(given) = fields.get("marks") else {
        return Ok(TurnBallot {
            votes,
            marks: Vec::new(),
        });
    };
    let place = fields.at("marks");
    let given = Fields::of(&place, given)?;
    if let Some(name) = given.map.keys().find(|name| !criteria.contains(name)) {
        return Err(given.bad(name, Rule::Criterion));
    }
    let marks: Vec<Vec<Option<u8>>> = criteria
        .iter()
        .map(|name| marks(&given, name, panes))
        .collect::<Read<_>>()?;
    // None given is the same as none asked for: one form for both.
    let is_empty = marks.iter().flatten().all(Option::is_none);
    Ok(TurnBallot {
        votes,
        marks: if is_empty { Vec::new() } else { marks },
    })
}

fn marks(given: &Fields, name: &str, panes: usize) -> Read<Vec<Option<u8>>> {
    if given.get(name).is_none() {
        return Ok(vec![None; panes]);
    }
    let list = given.list(name, panes)?;
    if list.len() != panes {
        return Err(given.bad(name, Rule::Exactly(panes)));
    }
    list.into_iter()
        .map(|(path, value)| match value {
            Value::Null => Ok(None),
            value => {
                number(&path, value, 1, u32::from(BEST_MARK)).map(|mark| u8::try_from(mark).ok())
            }
        })
        .collect()
}

fn vote(path: &str, value: &Value, panes: usize) -> Read<Vote> {
    let fields = Fields::of(path, value)?;
    let among = fields.places("among", panes)?;
    if among.len() < 2 {
        let rule = Rule::Between(2, bound(panes));
        return Err(fields.bad("among", rule));
    }
    let best = fields.places("best", panes)?;
    if best.is_within(among) {
        Ok(Vote { among, best })
    } else {
        Err(fields.bad("best", Rule::Among))
    }
}

fn short(path: String, value: &Value) -> Read<String> {
    let Value::String(text) = value else {
        let expected = Expected::Text;
        return Err(BallotError::WrongType { path, expected });
    };
    let fits = short_name(text, MAX_NAME_BYTES);
    if fits.as_ref() == Some(text) {
        Ok(text.clone())
    } else {
        let rule = Rule::Short(MAX_NAME_BYTES);
        Err(BallotError::Value { path, rule })
    }
}

/// A whole number within bounds; `2.0` is one, as in JSON Schema.
fn number(path: &str, value: &Value, least: u32, most: u32) -> Read<u32> {
    let Some(float) = value.as_f64() else {
        return Err(BallotError::WrongType {
            path: path.to_owned(),
            expected: Expected::WholeNumber,
        });
    };
    let fits = float.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(&float);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the bounds of a u32"
    )]
    let whole = float as u32;
    if fits {
        Ok(whole)
    } else {
        Err(BallotError::Value {
            path: path.to_owned(),
            rule: Rule::Between(least, most),
        })
    }
}

/// The fields of an object, and where it stands.
struct Fields<'a> {
    path: &'a str,
    map: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    fn of(path: &'a str, value: &'a Value) -> Read<Self> {
        match value {
            Value::Object(map) => Ok(Self { path, map }),
            _ => Err(BallotError::WrongType {
                path: path.to_owned(),
                expected: Expected::Object,
            }),
        }
    }

    fn at(&self, name: &str) -> String {
        crate::core::recipe::child(self.path, name)
    }

    fn bad(&self, name: &str, rule: Rule) -> BallotError {
        BallotError::Value {
            path: self.at(name),
            rule,
        }
    }

    fn missing(&self, name: &str) -> BallotError {
        BallotError::Missing {
            path: self.at(name),
        }
    }

    fn get(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    fn required(&self, name: &str) -> Read<&'a Value> {
        self.get(name).ok_or_else(|| self.missing(name))
    }

    fn text(&self, name: &str) -> Read<&'a str> {
        let value = self.required(name)?;
        value.as_str().ok_or_else(|| BallotError::WrongType {
            path: self.at(name),
            expected: Expected::Text,
        })
    }

    fn hex<const N: usize>(&self, name: &str) -> Read<[u8; N]> {
        let text = self.text(name)?.as_bytes();
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let mut bytes = [0; N];
        let pairs = text.chunks(2).map(|pair| match *pair {
            [high, low] => u8::try_from(digit(high)? << 4 | digit(low)?).ok(),
            _ => None,
        });
        let mut count = 0;
        for (to, from) in bytes.iter_mut().zip(pairs) {
            *to = from.ok_or_else(|| self.bad(name, Rule::Hex(N * 2)))?;
            count += 1;
        }
        if count == N && text.len() == N * 2 {
            Ok(bytes)
        } else {
            Err(self.bad(name, Rule::Hex(N * 2)))
        }
    }

    fn number(&self, name: &str, least: u32, most: u32) -> Read<u32> {
        number(&self.at(name), self.required(name)?, least, most)
    }

    /// The items of a list with their paths; none where it is not set.
    fn list(&self, name: &str, most: usize) -> Read<Vec<(String, &'a Value)>> {
        let path = self.at(name);
        match self.get(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) if items.len() > most => {
                Err(self.bad(name, Rule::AtMost(most)))
            }
            Some(Value::Array(items)) => Ok(items
                .iter()
                .enumerate()
                .map(|(index, item)| (format!("{path}[{index}]"), item))
                .collect()),
            Some(_) => Err(BallotError::WrongType {
                path,
                expected: Expected::List,
            }),
        }
    }

    fn places(&self, name: &str, panes: usize) -> Read<Places> {
        self.required(name)?;
        let mut places = Places::NONE;
        for (path, value) in self.list(name, panes)? {
            let place = number(&path, value, 0, bound(panes.saturating_sub(1)))? as usize;
            if places.has(place) {
                let rule = Rule::Place;
                return Err(BallotError::Value { path, rule });
            }
            places = places.with(place);
        }
        Ok(places)
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
