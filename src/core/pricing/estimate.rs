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

/// Hundredths of a token for one character of each kind. Checked against
/// recorded usage; `docs/cost.md` has the errors.
pub(super) const WEIGHTS: [(Script, u64); 9] = [
    (Script::Latin, 20),
    (Script::Space, 8),
    (Script::Digit, 45),
    (Script::Sign, 60),
    (Script::Alphabet, 33),
    (Script::Indic, 42),
    (Script::Kana, 75),
    (Script::Han, 85),
    (Script::Other, 150),
];

/// Kinds of characters that tokenizers treat alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Latin letters, with and without marks.
    Latin,
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
        0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F | 0x300..=0x36F | 0x1E00..=0x1EFF => Script::Latin,
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
    hundredths: u64,
}

impl Estimate {
    /// Adds a text.
    pub(super) fn add(&mut self, text: &str) {
        let mut run_of_spaces = 0u64;
        for letter in text.chars() {
            let kind = script(letter);
            // Indentation is one token, however deep.
            run_of_spaces = match kind {
                Script::Space => run_of_spaces + 1,
                _ => 0,
            };
            if run_of_spaces <= 4 {
                self.hundredths = self.hundredths.saturating_add(weight(kind));
            }
        }
    }

    /// The tokens, rounded up.
    pub(super) fn tokens(self) -> u64 {
        self.hundredths.div_ceil(100)
    }
}

fn weight(kind: Script) -> u64 {
    let found = WEIGHTS.iter().find(|(of, _)| *of == kind);
    found.map_or(0, |(_, weight)| *weight)
}

/// The tokens that a text may be, rounded up.
pub fn tokens_of(text: &str) -> u64 {
    let mut estimate = Estimate::default();
    estimate.add(text);
    estimate.tokens()
}

/// Where a request's body, of any dialect, has what the model reads.
const READ_BY_MODEL: [&str; 10] = [
    "messages",
    "input",
    "instructions",
    "system",
    "contents",
    "systemInstruction",
    "tools",
    "response_format",
    "generationConfig",
    "output_config",
];
/// Members whose strings are no text for the model to read.
const NOT_READ: [&str; 8] = [
    "data",
    "url",
    "image_url",
    "file_data",
    "role",
    "type",
    "effort",
    "mimeType",
];

/// The input tokens that a request's body may be.
pub(super) fn tokens_of_body(body: &Value) -> u64 {
    let mut estimate = Estimate::default();
    let mut messages = REQUEST_OVERHEAD;
    for key in READ_BY_MODEL {
        if let Some(part) = body.get(key) {
            read(part, &mut estimate, &mut messages);
        }
    }
    estimate.tokens().saturating_add(messages)
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
                if !NOT_READ.contains(&key.as_str()) {
                    read(field, estimate, messages);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
#[path = "estimate_tests.rs"]
mod tests;
