//! How many tokens a text may be, where nobody counted.
//!
//! Tokenizers differ between models and are too large for a page. What counts
//! most is the script: a token is about four Latin letters, two letters of an
//! Indian script, or one Han character.

use serde_json::Value;

/// Tokens that a chat request has besides its texts.
const REQUEST_OVERHEAD: u64 = 3;
/// Tokens that each message has besides its text.
const MESSAGE_OVERHEAD: u64 = 4;
/// Further spaces and line breaks in a row count for nothing.
const DEEPEST_INDENT: u64 = 4;

/// Hundredths of a token for one character of each kind: what it is with the
/// tokenizers of today, and the most that it is with any that was looked at.
/// `docs/cost.md` has this table too, and the errors that were measured.
pub(super) const WEIGHTS: [(Script, u64, u64); 10] = [
    (Script::Latin, 23, 70),
    (Script::Marked, 60, 150),
    (Script::Space, 8, 15),
    (Script::Digit, 55, 100),
    (Script::Sign, 70, 100),
    (Script::Alphabet, 31, 80),
    (Script::Indic, 39, 150),
    (Script::Kana, 82, 130),
    (Script::Han, 88, 150),
    (Script::Other, 180, 300),
];

/// Kinds of characters that tokenizers treat alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Latin letters without marks.
    Latin,
    /// Latin letters with marks, and marks that stand for themselves.
    Marked,
    /// Spaces and line breaks.
    Space,
    /// Digits of any script.
    Digit,
    /// Punctuation and signs of ASCII and its neighbours.
    Sign,
    /// Greek, Cyrillic, Armenian, Hebrew, Arabic and other alphabets.
    Alphabet,
    /// The scripts of India and south-east Asia.
    Indic,
    /// Kana and Hangul.
    Kana,
    /// Han characters.
    Han,
    /// Emoji and everything else.
    Other,
}

fn script(letter: char) -> Script {
    match u32::from(letter) {
        9 | 10 | 13 | 32 | 0xA0 | 0x2000..=0x200B | 0x3000 => Script::Space,
        0x30..=0x39 | 0x660..=0x669 | 0x966..=0x96F | 0xFF10..=0xFF19 => Script::Digit,
        0x41..=0x5A | 0x61..=0x7A => Script::Latin,
        0xC0..=0x24F | 0x300..=0x36F | 0x1E00..=0x1EFF => Script::Marked,
        0..=0xBF | 0x200C..=0x206F | 0x3001..=0x303F | 0xFF00..=0xFF65 => Script::Sign,
        0x370..=0x8FF | 0x10A0..=0x10FF | 0x1200..=0x137F => Script::Alphabet,
        0x900..=0x109F | 0x1780..=0x17FF => Script::Indic,
        0x3040..=0x30FF | 0x1100..=0x11FF | 0xAC00..=0xD7AF => Script::Kana,
        0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => Script::Han,
        _ => Script::Other,
    }
}

/// A number of tokens that grows by pieces of text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Estimate {
    usual: u64,
    most: u64,
}

impl Estimate {
    /// Adds a text.
    pub(super) fn add(&mut self, text: &str) {
        let mut spaces = 0u64;
        for letter in text.chars() {
            let kind = script(letter);
            // Indentation is one token, however deep.
            spaces = if kind == Script::Space { spaces + 1 } else { 0 };
            if spaces > DEEPEST_INDENT {
                continue;
            }
            // The kinds stand in the order of their declaration.
            if let Some((_, usual, most)) = WEIGHTS.get(kind as usize) {
                self.usual = self.usual.saturating_add(*usual);
                self.most = self.most.saturating_add(*most);
            }
        }
    }

    /// The tokens that it is most likely, rounded up.
    pub(super) fn tokens(self) -> u64 {
        self.usual.div_ceil(100)
    }

    /// More tokens than it is with any tokenizer that was looked at.
    pub(super) fn at_most(self) -> u64 {
        self.most.div_ceil(100)
    }
}

/// The tokens that a text may be, rounded up.
pub fn tokens_of(text: &str) -> u64 {
    let mut estimate = Estimate::default();
    estimate.add(text);
    estimate.tokens()
}

/// The input tokens that a request's body may be, files left out.
pub fn input_of(body: &Value) -> u64 {
    let (text, besides) = of_body(body);
    text.tokens().saturating_add(besides)
}

/// Where a request's body, of any dialect, has what the model reads.
const READ_BY_MODEL: [&str; 12] = [
    "messages",
    "input",
    "instructions",
    "system",
    "contents",
    "systemInstruction",
    "tools",
    "functions",
    "response_format",
    "text",
    "generationConfig",
    "output_config",
];
/// Members whose strings are no text for the model to read.
const NOT_READ: [&str; 9] = [
    "data",
    "url",
    "image_url",
    "file_data",
    "role",
    "type",
    "effort",
    "verbosity",
    "mimeType",
];
/// Members that hold a JSON schema, of which the model reads everything.
const SCHEMAS: [&str; 7] = [
    "schema",
    "json_schema",
    "parameters",
    "parametersJsonSchema",
    "input_schema",
    "responseSchema",
    "responseJsonSchema",
];
/// What stands around the name of a member of a schema and after its value.
const MEMBER_SIGNS: &str = "\"\":";

/// What the texts of a request's body may be, and what it has besides them.
pub(super) fn of_body(body: &Value) -> (Estimate, u64) {
    let mut estimate = Estimate::default();
    let mut besides = REQUEST_OVERHEAD;
    for key in READ_BY_MODEL {
        if let Some(part) = body.get(key) {
            read(part, &mut estimate, &mut besides);
        }
    }
    (estimate, besides)
}

fn read(value: &Value, estimate: &mut Estimate, messages: &mut u64) {
    match value {
        Value::String(text) => estimate.add(text),
        Value::Array(items) => items.iter().for_each(|item| read(item, estimate, messages)),
        Value::Object(fields) => {
            if fields.contains_key("role") {
                *messages = messages.saturating_add(MESSAGE_OVERHEAD);
            }
            for (key, field) in fields {
                if SCHEMAS.contains(&key.as_str()) {
                    read_schema(field, estimate);
                } else if !NOT_READ.contains(&key.as_str()) {
                    read(field, estimate, messages);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A schema is read with the names of its members, whatever they are.
fn read_schema(value: &Value, estimate: &mut Estimate) {
    match value {
        Value::String(text) => estimate.add(text),
        Value::Array(items) => items.iter().for_each(|item| read_schema(item, estimate)),
        Value::Object(fields) => {
            for (key, field) in fields {
                estimate.add(key);
                estimate.add(MEMBER_SIGNS);
                read_schema(field, estimate);
            }
        }
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) => estimate.add(&value.to_string()),
    }
}

#[cfg(test)]
#[path = "estimate_tests.rs"]
mod tests;
