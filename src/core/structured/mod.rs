//! Answers that are JSON, as rows of a tree.
//!
//! `serde_json` would refuse an answer that was cut off, drop all but the last of
//! a name given twice, and write numbers anew; here everything is as it came.

mod read;
mod walk;

pub use read::{Fault, read};
pub use walk::{Step, step, visible};

use crate::core::json;
use std::ops::Range;

/// A JSON text as rows, each value after the one that holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether the text ends before the JSON does.
    pub is_cut: bool,
    /// Where the JSON stands in the answer: some models put a fence around it.
    pub json: Range<usize>,
    /// Whether there was a fence.
    pub is_fenced: bool,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How many values hold it.
    pub depth: usize,
    /// The row that holds it.
    pub parent: Option<usize>,
    /// What it is called there.
    pub label: Label,
    /// What it is.
    pub kind: Kind,
    /// A text without quotes and escapes; other values as they were written;
    /// nothing for what holds others.
    pub text: String,
    /// The row after the last one that it holds.
    pub end: usize,
    /// Where it stands in the answer.
    pub span: Range<usize>,
}

/// What a value is called where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// The whole.
    Root,
    /// By name.
    Name(String),
    /// By its place in a list, from 0.
    Place(usize),
}

/// Kinds of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A list of so many.
    List(usize),
    /// An object with so many members.
    Object(usize),
}

impl Kind {
    /// Whether it holds others, or could.
    pub fn holds(self) -> bool {
        matches!(self, Self::List(_) | Self::Object(_))
    }
}

impl Tree {
    /// What copying a row gives: a text itself, anything else as JSON.
    pub fn value_of<'a>(&'a self, row: usize, answer: &'a str) -> &'a str {
        match self.rows.get(row) {
            Some(row) if row.kind == Kind::Text => &row.text,
            Some(row) => answer.get(row.span.clone()).unwrap_or_default(),
            None => "",
        }
    }
}

/// A JSON pointer in the form `items[0].name`; empty for the whole.
pub fn readable(pointer: &str) -> String {
    let mut path = String::new();
    let pointer = pointer.trim_start_matches('#');
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) {
            path.push('[');
            path.push_str(&part);
            path.push(']');
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&part);
        }
    }
    path
}

/// What is wrong with a schema that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaFault {
    /// It ends too early.
    Unfinished,
    /// It is no JSON from this place on, counted from 1.
    NotJson {
        /// Line.
        line: usize,
        /// Column.
        column: usize,
    },
    /// JSON, but no object.
    NotObject,
}

/// Reads a schema that was typed; `None` where there is nothing.
pub fn read_schema(text: &str) -> Result<Option<serde_json::Value>, SchemaFault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let schema: serde_json::Value = json::parse(text).map_err(|error| {
        if error.is_eof() {
            SchemaFault::Unfinished
        } else {
            SchemaFault::NotJson {
                line: error.line(),
                column: error.column().max(1),
            }
        }
    })?;
    if schema.is_object() {
        Ok(Some(schema))
    } else {
        Err(SchemaFault::NotObject)
    }
}

#[cfg(test)]
#[path = "structured_tests.rs"]
mod tests;
