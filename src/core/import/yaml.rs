//! YAML as JSON, after the core schema of YAML 1.2.
//!
//! Repeated parts (`&name` and `*name`) are copied, up to a limit: ten lines of
//! them could otherwise fill the memory.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use serde_json::{Map, Number, Value};
use std::collections::HashMap;

/// Why a text is no YAML that can be used. Line and column count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YamlError {
    /// It does not parse.
    Syntax {
        /// Line of the fault.
        line: usize,
        /// Column of the fault.
        column: usize,
        /// What the parser says of it.
        what: String,
    },
    /// Nested deeper than anything sensible is.
    TooDeep,
    /// Its repeated parts come to more than can be held.
    TooLarge,
}

/// How deep values may be nested.
const DEEPEST: usize = 96;
/// How many values there may be, repeated ones counted each time.
const MOST: usize = 500_000;

/// A list or an object that is being read.
enum Open {
    List(Vec<Value>, usize),
    Object(Map<String, Value>, Option<String>, usize),
}

/// Reads the first document of a text.
pub fn read_yaml(text: &str) -> Result<Value, YamlError> {
    let mut reader = Reader::default();
    for event in Parser::new_from_str(text) {
        let (event, _): (Event<'_>, Span) = event.map_err(|error| syntax(&error))?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        reader.event(event)?;
    }
    Ok(reader.root.unwrap_or(Value::Null))
}

fn syntax(error: &ScanError) -> YamlError {
    // Its own limit for lists and objects in braces.
    if error.info().contains("recursion limit") {
        return YamlError::TooDeep;
    }
    YamlError::Syntax {
        line: error.marker().line(),
        column: error.marker().col() + 1,
        what: error.info().to_owned(),
    }
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    anchors: HashMap<usize, (Value, usize)>,
    root: Option<Value>,
    count: usize,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) -> Result<(), YamlError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.is_some_and(|tag| tag.suffix == "str");
                let value = if style == ScalarStyle::Plain && !is_text {
                    plain(&text)
                } else {
                    Value::from(text.into_owned())
                };
                self.add(value, anchor)
            }
            Event::SequenceStart(anchor, _) => self.begin(Open::List(Vec::new(), anchor)),
            Event::MappingStart(anchor, _) => self.begin(Open::Object(Map::new(), None, anchor)),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List(items, anchor)) => self.add(Value::Array(items), anchor),
                Some(Open::Object(fields, _, anchor)) => self.add(Value::Object(fields), anchor),
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let (value, size) = self.anchors.get(&anchor).cloned().unwrap_or_default();
                self.count(size)?;
                self.add(value, 0)
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, open: Open) -> Result<(), YamlError> {
        if self.open.len() >= DEEPEST {
            return Err(YamlError::TooDeep);
        }
        self.open.push(open);
        Ok(())
    }

    fn count(&mut self, more: usize) -> Result<(), YamlError> {
        self.count = self.count.saturating_add(more);
        if self.count > MOST {
            return Err(YamlError::TooLarge);
        }
        Ok(())
    }

    fn add(&mut self, value: Value, anchor: usize) -> Result<(), YamlError> {
        self.count(1)?;
        if anchor > 0 {
            self.anchors
                .insert(anchor, (value.clone(), size_of(&value)));
        }
        match self.open.last_mut() {
            Some(Open::List(items, _)) => items.push(value),
            Some(Open::Object(fields, name, _)) => match name.take() {
                None => *name = Some(name_of(value)),
                // Fields of another part, taken over where there are none of their name.
                Some(name) if name == "<<" => merge(fields, value),
                Some(name) => {
                    fields.insert(name, value);
                }
            },
            None => self.root = Some(value),
        }
        Ok(())
    }
}

fn merge(fields: &mut Map<String, Value>, value: Value) {
    match value {
        Value::Object(more) => {
            for (name, field) in more {
                fields.entry(name).or_insert(field);
            }
        }
        Value::Array(all) => all.into_iter().for_each(|one| merge(fields, one)),
        other => {
            fields.insert("<<".to_owned(), other);
        }
    }
}

fn size_of(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size_of).sum::<usize>(),
        Value::Object(fields) => 1 + fields.values().map(size_of).sum::<usize>(),
        // Long texts count for more than short ones.
        Value::String(text) => 1 + text.len() / 64,
        _ => 1,
    }
}

/// A field's name; names that are no text are named as they are written.
fn name_of(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// A scalar without quotes.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    number(text).map_or_else(|| Value::from(text), Value::Number)
}

fn number(text: &str) -> Option<Number> {
    let radix = |digits: &str, radix| u64::from_str_radix(digits, radix).ok().map(Number::from);
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let whole = text.strip_prefix('+').unwrap_or(text);
    if let Ok(count) = whole.parse::<i64>() {
        return Some(Number::from(count));
    }
    if let Ok(count) = whole.parse::<u64>() {
        return Some(Number::from(count));
    }
    crate::core::real::real(text).and_then(Number::from_f64)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn scalars_are_what_the_core_schema_says() {
        let read = read_yaml(
            "a: 1\nb: 0.5\nc: true\nd: no\ne: '1'\nf: ~\ng: 0x1F\nh: 1e3\ni: -.5\nj: !!str 5\nk: 2026-11-24\n1: x\n",
        );
        assert_eq!(
            read.unwrap(),
            json!({
                "a": 1, "b": 0.5, "c": true, "d": "no", "e": "1", "f": null, "g": 31, "h": 1000.0,
                "i": -0.5, "j": "5", "k": "2026-11-24", "1": "x",
            })
        );
    }

    #[test]
    fn parts_that_are_named_once_can_be_used_again() {
        let read = read_yaml("base: &b\n  t: 0.2\none: *b\ntwo:\n  <<: *b\n  t: 1\n  u: 2\n");
        assert_eq!(
            read.unwrap(),
            json!({"base": {"t": 0.2}, "one": {"t": 0.2}, "two": {"t": 1, "u": 2}})
        );
    }

    #[test]
    fn a_bomb_of_repetitions_does_not_go_off() {
        let mut text = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for at in 1..12 {
            let before = format!("*a{}", at - 1);
            put!(text, "a{at}: &a{at} [{}]\n", vec![before; 10].join(","));
        }
        assert_eq!(read_yaml(&text), Err(YamlError::TooLarge));
        assert_eq!(read_yaml(&"[".repeat(5_000)), Err(YamlError::TooDeep));
    }

    #[test]
    fn a_fault_has_its_place() {
        let Err(YamlError::Syntax { line, .. }) = read_yaml("a: 1\nb: [1\nc: }\n") else {
            panic!("it is no YAML");
        };
        assert!((2..=4).contains(&line), "{line}");
    }

    proptest! {
        #[test]
        fn json_is_yaml(value in crate::core::recipe::arbitrary::json()) {
            let text = value.to_string();
            // JSON's escapes for halves of a pair are no YAML, and it writes none.
            if let Ok(read) = read_yaml(&text) {
                prop_assert_eq!(read.is_object(), value.is_object());
                prop_assert_eq!(read.is_array(), value.is_array());
            }
        }

        #[test]
        fn no_text_makes_it_fall_over(text in "\\PC{0,60}|[\\[\\]{}:,&*!|>'\"%@` \n#-]{0,40}") {
            let _ = read_yaml(&text);
        }
    }
}
