//! Reading a history, entry by entry: a file may be larger than what should be
//! in memory as a tree.

use super::{Entry, entry::Label, export::VERSION, files, tags};
use crate::core::{
    json::{self, JsonError},
    pricing::Moment,
    recipe::{
        RecipeError,
        result::{RESULT_VERSION, ResultDoc},
    },
};
use serde_json::Value;

/// How many characters an id has at most.
const MOST_ID_CHARS: usize = 100;

/// Why a file is no history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// Not JSON, or JSON that stops.
    Json {
        /// Line of the fault, from 1.
        line: usize,
        /// Column of the fault, from 1.
        column: usize,
        /// The text stops in the middle.
        ended_early: bool,
    },
    /// Another kind of document, or a newer one; what `touchstone` holds.
    Version(Option<String>),
    /// It has no list of entries.
    NoEntries,
}

/// An entry that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// For the list; its id may be taken here already.
    pub entry: Entry,
    /// The document as it is kept.
    pub document: String,
}

/// An entry that could not, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its place in the file, from 0.
    pub at: usize,
    /// What is wrong with it.
    pub why: Unreadable,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// A field is absent or of the wrong type, e.g. `entries[3].tags`.
    Field(String),
    /// The document cannot be read; where the error has a path, it begins at the
    /// file's.
    Document(RecipeError),
    /// Nothing of the document ever ran.
    Empty(String),
}

/// Reads a file entry by entry.
#[derive(Debug)]
pub struct Reader<'a> {
    text: Text<'a>,
    state: State,
    at: usize,
}

#[derive(Debug)]
enum State {
    /// Inside the list.
    Entries,
    /// A single result instead of a list.
    Single,
    Over,
}

impl<'a> Reader<'a> {
    /// Opens a history, or a single result document as a history of one.
    pub fn open(json: &'a str) -> Result<Self, ImportError> {
        let mut text = Text { text: json, at: 0 };
        let mut version = None;
        let mut entries = None;
        text.expect(b'{')?;
        if text.next_is(b'}') {
            return Err(ImportError::Version(None));
        }
        loop {
            let Value::String(name) = text.value()? else {
                return Err(text.error(text.at, false));
            };
            text.expect(b':')?;
            match name.as_str() {
                "touchstone" => {
                    let value = text.value()?;
                    version = Some(
                        value
                            .as_str()
                            .map_or_else(|| value.to_string(), str::to_owned),
                    );
                }
                "entries" if text.peek() == Some(b'[') => {
                    entries = Some(text.at);
                    // What comes after is looked at only where the version is
                    // still to come: the list may be long.
                    if version.is_some() {
                        break;
                    }
                    text.skip()?;
                }
                _ => {
                    text.skip()?;
                }
            }
            if !text.next_is(b',') {
                text.expect(b'}')?;
                break;
            }
        }
        let (state, at) = match (version.as_deref(), entries) {
            (Some(VERSION), Some(at)) => (State::Entries, at),
            (Some(VERSION), None) => return Err(ImportError::NoEntries),
            (Some(RESULT_VERSION), _) => (State::Single, 0),
            _ => return Err(ImportError::Version(version)),
        };
        let mut text = Text { text: json, at };
        if matches!(state, State::Entries) {
            text.expect(b'[')?;
        }
        Ok(Self { text, state, at: 0 })
    }

    /// How many entries there are to the end of the file, or to where it was cut;
    /// they are passed over, not read.
    pub fn count(mut self) -> usize {
        if matches!(self.state, State::Single) {
            return 1;
        }
        let mut count = 0;
        while !self.text.next_is(b']') {
            let is_next = count == 0 || self.text.next_is(b',');
            if !is_next || self.text.skip().is_err() {
                break;
            }
            count += 1;
        }
        count
    }

    /// How far it is, as a share of the file from 0 to 1.
    pub fn progress(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let share = self.text.at as f64 / self.text.text.len().max(1) as f64;
        share
    }

    /// The next entry; `None` at the end. An error ends the file: what was read
    /// before it holds.
    pub fn next_entry(&mut self) -> Option<Result<Result<Imported, Skipped>, ImportError>> {
        let value = match self.state {
            State::Over => return None,
            State::Single => {
                self.state = State::Over;
                let read = ResultDoc::parse(self.text.text)
                    .map_err(Unreadable::Document)
                    .and_then(|(document, _)| imported("", document, Label::default()));
                return Some(Ok(read.map_err(|why| Skipped { at: 0, why })));
            }
            State::Entries => match self.next_value() {
                Ok(value) => value?,
                Err(error) => {
                    self.state = State::Over;
                    return Some(Err(error));
                }
            },
        };
        let at = self.at;
        self.at += 1;
        Some(Ok(read(at, value).map_err(|why| Skipped { at, why })))
    }

    fn next_value(&mut self) -> Result<Option<Value>, ImportError> {
        if self.text.next_is(b']') {
            self.state = State::Over;
            return Ok(None);
        }
        if self.at > 0 {
            self.text.expect(b',')?;
        }
        self.text.value().map(Some)
    }
}

fn read(at: usize, value: Value) -> Result<Imported, Unreadable> {
    let path = format!("entries[{at}]");
    let field = |name: &str| Unreadable::Field(format!("{path}.{name}"));
    let Value::Object(mut fields) = value else {
        return Err(Unreadable::Field(path));
    };
    let text = |name: &str| match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(field(name)),
    };
    let time = |name: &str, text: Option<String>| {
        text.map(|text| seconds(&text).ok_or_else(|| field(name)))
            .transpose()
    };
    let id = text("id")?.unwrap_or_default();
    let begun = time("begun", text("begun")?)?;
    let changed = time("changed", text("changed")?)?;
    let tags = match fields.get("tags") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(tags)) => tags
            .iter()
            .map(|tag| tag.as_str().map(str::to_owned).ok_or_else(|| field("tags")))
            .collect::<Result<Vec<String>, Unreadable>>()?,
        Some(_) => return Err(field("tags")),
    };
    let document = fields.remove("document").ok_or_else(|| field("document"))?;
    let label = Label {
        id: id.chars().take(MOST_ID_CHARS).collect(),
        revision: 0,
        begun: begun.or(changed).unwrap_or_default(),
        changed: changed.or(begun).unwrap_or_default(),
        tags: tags
            .iter()
            .flat_map(|tag| tags::read(&tag.replace(',', " ")))
            .take(tags::MOST_TAGS)
            .collect(),
    };
    let path = format!("{path}.document");
    let (document, _) = ResultDoc::from_value(document)
        .map_err(|error| Unreadable::Document(error.below(&path)))?;
    imported(&path, document, label)
}

fn imported(path: &str, mut document: ResultDoc, mut label: Label) -> Result<Imported, Unreadable> {
    if !super::entry::keep_ended(&mut document) {
        return Err(Unreadable::Empty(path.to_owned()));
    }
    if label.changed == 0 {
        let created = document.created.as_deref().and_then(seconds);
        label.changed = created.unwrap_or_default();
        label.begun = label.changed;
    }
    files::keep_once(&mut document);
    let text = serde_json::to_string(&document).unwrap_or_default();
    Ok(Imported {
        entry: Entry::of(&document, text.len() as u64, label),
        document: text,
    })
}

fn seconds(iso: &str) -> Option<i64> {
    Moment::parse_iso(iso).map(|Moment(seconds)| seconds)
}

/// JSON text and how far it was read.
#[derive(Debug)]
struct Text<'a> {
    text: &'a str,
    at: usize,
}

impl Text<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next byte that is not blank.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.rest();
        self.at += rest.len()
            - rest
                .trim_start_matches([' ', '\n', '\r', '\t', '\u{feff}'])
                .len();
        self.rest().bytes().next()
    }

    fn next_is(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    fn expect(&mut self, byte: u8) -> Result<(), ImportError> {
        if self.next_is(byte) {
            return Ok(());
        }
        Err(self.error(self.at, self.rest().is_empty()))
    }

    fn value(&mut self) -> Result<Value, ImportError> {
        self.peek();
        let read = json::parse_first(self.rest());
        let (value, length) = read.map_err(|error| self.fault(error))?;
        self.at += length;
        Ok(value)
    }

    /// Passes over a value.
    fn skip(&mut self) -> Result<(), ImportError> {
        self.peek();
        let read = json::skip_first(self.rest());
        self.at += read.map_err(|error| self.fault(error))?;
        Ok(())
    }

    fn fault(&self, error: JsonError) -> ImportError {
        let at = self.at + offset(self.rest(), error.line(), error.column());
        self.error(at, error.is_eof())
    }

    fn error(&self, at: usize, ended_early: bool) -> ImportError {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        let line_start = before.iter().rposition(|byte| *byte == b'\n');
        ImportError::Json {
            line: 1 + memchr::memchr_iter(b'\n', before).count(),
            column: 1 + at - line_start.map_or(0, |at| at + 1).min(at),
            ended_early,
        }
    }
}

/// The byte at a line and a column, both from 1 as the JSON reader counts them.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (start + column.saturating_sub(1)).min(text.len())
}
