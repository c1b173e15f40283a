//! The envelopes that errors come in.

use super::{filter, millis};
use crate::core::{domain::Millis, json, real::real};
use serde_json::{Map, Value};

/// How deep errors are looked for inside errors.
const DEPTH: u8 = 8;

/// What an error object says, whatever its envelope.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// The provider's words, not yet redacted.
    pub(super) message: Option<String>,
    /// Codes, types and reasons, the most telling first.
    pub(super) codes: Vec<String>,
    /// A code that is an HTTP status.
    pub(super) number: Option<u16>,
    /// A numeric code that is not.
    pub(super) odd_number: Option<String>,
    /// The parameter that is named in a field of its own.
    pub(super) param: Option<String>,
    /// The wait that is named in a field of its own.
    pub(super) wait: Option<Millis>,
    /// A moderation service says that the input was flagged.
    pub(super) flagged: bool,
    /// What its filter objected to.
    pub(super) filtered: Option<String>,
}

impl Shape {
    /// Reads an error object, or anything that holds one.
    pub(super) fn read(value: &Value) -> Self {
        let mut shape = Self::default();
        shape.take(value, DEPTH);
        shape
    }

    /// Plain words.
    pub(super) fn from_text(text: &str) -> Self {
        Self {
            message: Some(text.to_owned()),
            ..Self::default()
        }
    }

    /// The same with a code that stands outside of the body.
    pub(super) fn named(mut self, word: Option<&str>) -> Self {
        if let Some(word) = word {
            self.code_word(Some(&Value::from(word)));
        }
        self
    }

    /// Whether nothing was found that an error would say.
    pub(super) fn is_empty(&self) -> bool {
        self.message.is_none() && self.codes.is_empty() && self.number.is_none()
    }

    /// The code to show: the most telling word, else a number that adds
    /// something to the status.
    pub(super) fn code(&self, status: u16) -> Option<String> {
        let number = self.number.filter(|number| *number != status);
        self.codes
            .first()
            .cloned()
            .or_else(|| self.odd_number.clone())
            .or_else(|| number.map(|number| number.to_string()))
    }

    fn take(&mut self, value: &Value, depth: u8) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        match value {
            Value::String(text) => self.say(text),
            Value::Array(items) => self.take_items(items, depth),
            Value::Object(fields) => self.take_object(fields, depth),
            _ => {}
        }
    }

    /// An array of errors (the first counts), or a `FastAPI` list of faults.
    fn take_items(&mut self, items: &[Value], depth: u8) {
        let faults: Vec<&str> = items
            .iter()
            .filter_map(|item| item.get("msg")?.as_str())
            .collect();
        if faults.is_empty() {
            for item in items {
                if self.is_empty() {
                    self.take(item, depth);
                }
            }
            return;
        }
        self.say(&faults.join("; "));
        if self.param.is_none() {
            self.param = items.iter().find_map(|item| location(item.get("loc")?));
        }
    }

    fn take_object(&mut self, fields: &Map<String, Value>, depth: u8) {
        let inner = fields
            .get("error")
            .filter(|error| error.is_object() || error.is_array() || text(error).is_some())
            .or_else(|| fields.get("response")?.get("error"))
            .or_else(|| fields.get("errors").filter(|errors| errors.is_array()));
        if let Some(inner) = inner {
            self.take(inner, depth);
        }
        self.take_codes(fields);
        self.take_metadata(fields, depth);
        for key in ["message", "Message", "detail", "msg", "error_description"] {
            if self.message.is_none()
                && let Some(value) = fields.get(key)
            {
                self.take(value, depth);
            }
        }
        if self.param.is_none() {
            self.param = fields.get("param").and_then(text).map(str::to_owned);
        }
        if self.wait.is_none() {
            self.wait = fields
                .get("retry_after")
                .and_then(Value::as_f64)
                .and_then(|seconds| millis(seconds * 1_000.0));
        }
    }

    fn take_codes(&mut self, fields: &Map<String, Value>) {
        match fields.get("details") {
            Some(Value::Array(details)) => {
                for detail in details {
                    self.take_rpc_detail(detail);
                }
            }
            Some(Value::Object(details)) => self.code_word(details.get("error_code")),
            _ => {}
        }
        if let Some(inner) = fields.get("innererror") {
            self.code_word(inner.get("code"));
            let results = ["content_filter_result", "content_filter_results"];
            let mut results = results.iter().filter_map(|name| inner.get(*name));
            self.filtered = results.find_map(filter::categories);
        }
        for key in ["code", "status", "type", "__type", "raw_status_code"] {
            self.code_word(fields.get(key));
        }
    }

    /// `google.rpc` details: `ErrorInfo`, `RetryInfo`, `BadRequest`.
    fn take_rpc_detail(&mut self, detail: &Value) {
        self.code_word(detail.get("reason"));
        if let Some(delay) = detail.get("retryDelay").and_then(Value::as_str) {
            self.wait = delay
                .strip_suffix('s')
                .and_then(real)
                .and_then(|seconds| millis(seconds * 1_000.0));
        }
        let violations = detail.get("fieldViolations").and_then(Value::as_array);
        if let Some(field) = violations
            .and_then(|violations| violations.first()?.get("field"))
            .and_then(text)
        {
            self.param = Some(field.to_owned());
        }
    }

    /// OpenRouter's and other routers' account of the provider behind them.
    fn take_metadata(&mut self, fields: &Map<String, Value>, depth: u8) {
        let Some(metadata) = fields.get("metadata").filter(|value| value.is_object()) else {
            return;
        };
        self.flagged |= metadata.get("flagged_input").is_some();
        if self.flagged {
            self.filtered = metadata.get("reasons").and_then(filter::reasons);
        }
        self.code_word(metadata.get("error_type"));
        self.code_word(metadata.get("provider_code"));
        // None of the providers that were asked for has the model.
        if metadata.get("requested_providers").is_some() {
            self.param = Some("provider.order".to_owned());
        }
        let Some(raw) = metadata.get("raw").filter(|raw| !raw.is_null()) else {
            return;
        };
        let parsed = raw.as_str().and_then(|raw| json::parse(raw).ok());
        let mut behind = Self::default();
        behind.take(parsed.as_ref().unwrap_or(raw), depth);
        self.codes.append(&mut behind.codes);
        let outer = fields.get("message").and_then(text);
        if let (Some(outer), Some(inner)) = (outer, behind.message) {
            self.say(&format!("{outer}: {inner}"));
        }
        self.param = self.param.take().or(behind.param);
        self.wait = self.wait.or(behind.wait);
    }

    fn code_word(&mut self, value: Option<&Value>) {
        let word = match value {
            Some(Value::String(word)) => word.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            _ => return,
        };
        if let Ok(number) = word.parse::<u64>() {
            match u16::try_from(number) {
                Ok(status @ 400..=599) => self.number = self.number.or(Some(status)),
                _ => self.odd_number = self.odd_number.take().or(Some(word)),
            }
            return;
        }
        // AWS puts a namespace before `#` and a URL after `:`.
        let word = word.rsplit('#').next().unwrap_or_default();
        let generic = word.is_empty() || word == "error" || word.contains(' ');
        if !generic && !self.codes.iter().any(|known| known == word) {
            self.codes.push(word.to_owned());
        }
    }

    fn say(&mut self, words: &str) {
        if self.message.is_none() && !words.trim().is_empty() {
            self.message = Some(words.trim().to_owned());
        }
    }
}

fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.trim().is_empty())
}

/// A `FastAPI` location without the part of the request that it lies in.
fn location(loc: &Value) -> Option<String> {
    let path: Vec<String> = loc
        .as_array()?
        .iter()
        .filter_map(|step| match step {
            Value::String(name) if name == "body" || name == "query" => None,
            Value::String(name) => Some(name.clone()),
            Value::Number(index) => Some(index.to_string()),
            _ => None,
        })
        .collect();
    (!path.is_empty()).then(|| path.join("."))
}
