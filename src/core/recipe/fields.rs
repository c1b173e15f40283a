//! The fields of a JSON object, taken one after another, with the path of
//! whatever is wrong.

use super::{Expected, RecipeError};
use crate::core::json;
use crate::core::real::fixed;
use serde_json::{Map, Value};

/// JSON out of a text, with or without a byte order mark.
pub(super) fn parsed(json: &str) -> Result<Value, RecipeError> {
    let text = json.trim_start_matches('\u{feff}');
    json::parse(text).map_err(|error| RecipeError::Json {
        line: error.line(),
        column: error.column(),
        ended_early: error.is_eof(),
    })
}

/// The path of a member. Names that could be misread are quoted.
pub(in crate::core) fn child(path: &str, name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    if name.is_empty() || !name.chars().all(plain) {
        format!("{path}[{name:?}]")
    } else if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

pub(super) fn wrong(path: String, expected: Expected) -> RecipeError {
    RecipeError::WrongType { path, expected }
}

/// The fields of an object that nobody has asked for yet.
pub(super) struct Fields {
    pub(super) path: String,
    pub(super) map: Map<String, Value>,
}

impl Fields {
    pub(super) fn of(path: String, value: Value) -> Result<Self, RecipeError> {
        match value {
            Value::Object(map) => Ok(Self { path, map }),
            _ => Err(wrong(path, Expected::Object)),
        }
    }

    pub(super) fn path_of(&self, name: &str) -> String {
        child(&self.path, name)
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        // Not `remove`: that would put the last field in this one's place.
        self.map.shift_remove(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, RecipeError> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong(self.path_of(name), Expected::Text)),
        }
    }

    pub(super) fn required_text(&mut self, name: &str) -> Result<String, RecipeError> {
        self.text(name)?
            .ok_or_else(|| self.missing(name, Expected::Text))
    }

    pub(super) fn missing(&self, name: &str, expected: Expected) -> RecipeError {
        RecipeError::Missing {
            path: self.path_of(name),
            expected,
        }
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<Option<bool>, RecipeError> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(_) => Err(wrong(self.path_of(name), Expected::Flag)),
        }
    }

    pub(super) fn word(
        &mut self,
        name: &str,
        allowed: &'static [&'static str],
    ) -> Result<Option<&'static str>, RecipeError> {
        let Some(found) = self.text(name)? else {
            return Ok(None);
        };
        match allowed.iter().find(|word| **word == found) {
            Some(word) => Ok(Some(word)),
            None => Err(RecipeError::UnknownValue {
                path: self.path_of(name),
                found,
                allowed,
            }),
        }
    }

    pub(super) fn required_word(
        &mut self,
        name: &str,
        allowed: &'static [&'static str],
    ) -> Result<&'static str, RecipeError> {
        self.word(name, allowed)?
            .ok_or_else(|| self.missing(name, Expected::Text))
    }

    pub(super) fn number(&mut self, name: &str) -> Result<Option<f64>, RecipeError> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        match value.as_f64() {
            Some(number) => Ok(Some(number)),
            None => Err(wrong(self.path_of(name), Expected::Number)),
        }
    }

    /// A whole number of the wanted width; `40.0` is one, as in JSON Schema.
    pub(super) fn whole<N: std::str::FromStr>(
        &mut self,
        name: &str,
        expected: Expected,
    ) -> Result<Option<N>, RecipeError> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let digits = match &value {
            Value::Number(number) => match number.as_f64() {
                // Adding 0 turns -0, which no integer parser reads, into 0.
                Some(float) if number.is_f64() && float.fract() == 0.0 => fixed(float + 0.0, 0),
                _ => number.to_string(),
            },
            _ => String::new(),
        };
        match digits.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(wrong(self.path_of(name), expected)),
        }
    }

    /// The items of a list with their paths; none where it is not set.
    pub(super) fn list(&mut self, name: &str) -> Result<Vec<(String, Value)>, RecipeError> {
        let path = self.path_of(name);
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items
                .into_iter()
                .enumerate()
                .map(|(index, item)| (format!("{path}[{index}]"), item))
                .collect()),
            Some(_) => Err(wrong(path, Expected::List)),
        }
    }

    pub(super) fn object(&mut self, name: &str) -> Result<Option<Self>, RecipeError> {
        let path = self.path_of(name);
        self.take(name)
            .map(|value| Self::of(path, value))
            .transpose()
    }
}
