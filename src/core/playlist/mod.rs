//! Lists of prompts for a workshop, from a file or a pasted text.
//!
//! What a text is follows from how it looks, or from the name of the file it
//! came in: a JSON list, JSON lines, a table with a column `prompt`, Markdown cut
//! by `---`, blocks with blank lines between them, or one prompt a line. What was
//! found is told, so that a person can see whether it was read as it was meant.

mod json;
mod lines;
mod table;

use thiserror::Error;

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 1_048_576;

/// How many prompts are taken; the rest is counted.
pub const MAX_ENTRIES: usize = 500;

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One prompt a line.
    Lines,
    /// Blocks with blank lines between them.
    Blocks,
    /// Markdown, cut where a line is `---`.
    Markdown,
    /// A JSON list, or an object with the list in `prompts`.
    Json,
    /// A JSON document a line.
    JsonLines,
    /// Comma-, semicolon- or tab-separated values with a column `prompt`.
    Table,
}

impl Form {
    /// Every form, in the order in which they are offered and kept.
    pub const ALL: [Self; 6] = [
        Self::Lines,
        Self::Blocks,
        Self::Markdown,
        Self::Json,
        Self::JsonLines,
        Self::Table,
    ];

    /// The form that a file's name promises. Of a text file only a look tells.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        let is = |known: &str| extension.eq_ignore_ascii_case(known);
        if is("json") {
            Some(Self::Json)
        } else if is("jsonl") || is("ndjson") {
            Some(Self::JsonLines)
        } else if is("csv") || is("tsv") {
            Some(Self::Table)
        } else {
            None
        }
    }
}

/// One prompt of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name, where it has one.
    pub title: Option<String>,
    /// What is asked, `{{variables}}` not filled in.
    pub prompt: String,
    /// Values of variables, in the order of the list.
    pub variables: Vec<(String, String)>,
}

impl Entry {
    /// A prompt and nothing else.
    pub fn new(prompt: impl Into<String>) -> Self {
        Self {
            prompt: prompt.into(),
            ..Self::default()
        }
    }

    /// A line to know it by: its title, or how the prompt begins with the
    /// variables filled in.
    pub fn heading(&self) -> String {
        if let Some(title) = &self.title {
            return title.clone();
        }
        let mut text = self.prompt.clone();
        for (name, value) in &self.variables {
            text = text.replace(&format!("{{{{{name}}}}}"), value);
        }
        let line = text.lines().find(|line| !line.trim().is_empty());
        line.unwrap_or_default().trim().to_owned()
    }
}

/// A list of prompts, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Playlist {
    /// How it was written.
    pub form: Form,
    /// The prompts in order.
    pub entries: Vec<Entry>,
    /// How many further ones were left out, see [`MAX_ENTRIES`].
    pub left_out: usize,
}

impl Playlist {
    /// A list of entries from elsewhere, never longer than what [`read`] takes
    /// back; `further` were left out before.
    pub fn of(entries: impl Iterator<Item = Entry>, further: usize) -> Self {
        let mut list = Self {
            form: Form::Json,
            entries: Vec::new(),
            left_out: further,
        };
        let mut bytes = 2;
        for entry in entries {
            bytes += json::write(&entry).len() + 1;
            // What is beyond once stays beyond: a list has no gaps.
            if list.left_out == further && bytes <= MAX_BYTES && list.entries.len() < MAX_ENTRIES {
                list.entries.push(entry);
            } else {
                list.left_out += 1;
            }
        }
        list
    }

    /// The list as a JSON text that [`read`] takes back.
    pub fn to_json(&self) -> String {
        let entries: Vec<String> = self.entries.iter().map(json::write).collect();
        format!("[{}]", entries.join(","))
    }

    /// The names of all variables that entries bring, each once.
    pub fn variables(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in self.entries.iter().flat_map(|entry| &entry.variables) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }
}

/// What a place of a list should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A text, or an object with one in `prompt`.
    Entry,
    /// A text that is not blank.
    Prompt,
    /// A text or a number.
    Value,
    /// An object of texts.
    Values,
}

/// Why a text is no list of prompts.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlaylistError {
    /// There is no prompt in it.
    #[error("no prompt")]
    Empty,
    /// It is larger than [`MAX_BYTES`].
    #[error("{bytes} bytes")]
    TooLong {
        /// Its size.
        bytes: usize,
    },
    /// It is no text in UTF-8: another kind of file, or another encoding.
    #[error("not UTF-8")]
    NotText,
    /// It does not parse as JSON.
    #[error("JSON, line {line}, column {column}")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is JSON, but neither a list nor an object with one in `prompts`.
    #[error("not a list")]
    NotAList,
    /// A place of a JSON list holds something else.
    #[error("{path}")]
    Wrong {
        /// Where, as `[2].prompt`.
        path: String,
        /// What belongs there.
        wanted: Wanted,
    },
    /// A table without a column `prompt`.
    #[error("no column prompt")]
    NoPromptColumn {
        /// The columns that it has.
        found: Vec<String>,
    },
    /// A row of another width than the first.
    #[error("line {line}: {found} of {expected} fields")]
    Width {
        /// The line where the row begins, from 1.
        line: usize,
        /// How many columns there are.
        expected: usize,
        /// How many fields the row has.
        found: usize,
    },
    /// A row that says nothing where its prompt belongs.
    #[error("line {line}: no prompt")]
    NoPrompt {
        /// The line where the row begins, from 1.
        line: usize,
    },
    /// A quotation mark of a table is never closed.
    #[error("line {line}: open quote")]
    OpenQuote {
        /// The line where the field begins, from 1.
        line: usize,
    },
}

/// The text of a file.
pub fn decode(bytes: Vec<u8>) -> Result<String, PlaylistError> {
    if bytes.len() > MAX_BYTES {
        return Err(PlaylistError::TooLong { bytes: bytes.len() });
    }
    String::from_utf8(bytes).map_err(|_| PlaylistError::NotText)
}

/// Reads a list. `form` is what the name of its file promises, or how the person
/// wants it to be read; without it the text decides.
pub fn read(text: &str, form: Option<Form>) -> Result<Playlist, PlaylistError> {
    if text.len() > MAX_BYTES {
        return Err(PlaylistError::TooLong { bytes: text.len() });
    }
    if text.contains('\0') {
        return Err(PlaylistError::NotText);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let form = form.unwrap_or_else(|| look(&text));
    let mut entries = match form {
        Form::Lines => lines::by_line(&text),
        Form::Blocks => lines::by_block(&text),
        Form::Markdown => lines::by_rule(&text),
        Form::Json => json::list(&text)?,
        Form::JsonLines => json::lines(&text)?,
        Form::Table => table::rows(&text)?,
    };
    if entries.is_empty() {
        return Err(PlaylistError::Empty);
    }
    let left_out = entries.len().saturating_sub(MAX_ENTRIES);
    entries.truncate(MAX_ENTRIES);
    Ok(Playlist {
        form,
        entries,
        left_out,
    })
}

/// What a text looks like.
fn look(text: &str) -> Form {
    let trimmed = text.trim();
    if json::looks_like_list(trimmed) {
        return Form::Json;
    }
    if json::looks_like_lines(trimmed) {
        return Form::JsonLines;
    }
    if table::looks_like_one(trimmed) {
        return Form::Table;
    }
    if lines::has_rule(trimmed) {
        return Form::Markdown;
    }
    if trimmed.lines().any(|line| line.trim().is_empty()) {
        return Form::Blocks;
    }
    Form::Lines
}

#[cfg(test)]
#[path = "playlist_tests.rs"]
mod tests;
