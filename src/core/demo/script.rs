//! What comes when: a request turned into the stream that answers it.

use super::{DemoModel, Kind, Texts, pieces};
use crate::core::json;
use serde_json::{Value, json};

/// How many seconds a busy model asks to wait.
const RETRY_AFTER_S: &str = "20";

/// How a stream ends after its last byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Properly.
    Closed,
    /// As when a connection breaks.
    Broken,
}

/// A reply with the times of its parts, in milliseconds from the request.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(&'static str, &'static str)>,
    /// How it ends.
    pub ending: Ending,
    beats: std::collections::VecDeque<(f64, String)>,
}

impl Script {
    /// The reply to a Chat Completions request of this JSON.
    pub fn new(request: &str, texts: &Texts) -> Self {
        let ask = Ask::read(request);
        let Some(model) = DemoModel::of(&ask.model) else {
            return Self::error(404, 0.0, texts.named("unknown"), "model_not_found");
        };
        if model.kind == Kind::Busy {
            let text = texts.of_kind(model.kind);
            let at_ms = f64::from(model.first_ms);
            let mut script = Self::error(429, at_ms, text, "rate_limit_exceeded");
            script.headers.push(("retry-after", RETRY_AFTER_S));
            return script;
        }
        stream(&ask, model, texts)
    }

    /// What is due at `elapsed_ms`, each byte once; empty where nothing is.
    pub fn due(&mut self, elapsed_ms: f64) -> String {
        let mut bytes = String::new();
        while let Some((at_ms, text)) = self.beats.front()
            && *at_ms <= elapsed_ms
        {
            bytes.push_str(text);
            self.beats.pop_front();
        }
        bytes
    }

    /// When the next part is due; `None` at the end.
    pub fn next_at_ms(&self) -> Option<f64> {
        self.beats.front().map(|(at_ms, _)| *at_ms)
    }

    fn error(status: u16, at_ms: f64, message: &str, code: &str) -> Self {
        let body = json!({ "error": { "message": message, "code": code } }).to_string();
        Self {
            status,
            headers: vec![("content-type", "application/json")],
            ending: Ending::Closed,
            beats: [(at_ms, body)].into(),
        }
    }
}

/// What a demo model heeds of a request.
struct Ask {
    model: String,
    prompt: String,
    /// How many questions came before this one.
    turn: usize,
    input_tokens: usize,
    max_tokens: usize,
}

impl Ask {
    fn read(request: &str) -> Self {
        let body: Value = json::parse(request).unwrap_or_default();
        let text = |value: &Value, name: &str| {
            let text = value.get(name).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let messages = body.get("messages").and_then(Value::as_array);
        let messages = messages.map_or(&[][..], Vec::as_slice);
        let asked: Vec<&Value> = messages
            .iter()
            .filter(|message| text(message, "role") == "user")
            .collect();
        let max_tokens = body.get("max_tokens").and_then(Value::as_u64);
        Self {
            model: text(&body, "model"),
            prompt: asked
                .last()
                .map(|message| text(message, "content"))
                .unwrap_or_default(),
            turn: asked.len().saturating_sub(1),
            input_tokens: messages
                .iter()
                .map(|message| pieces(&text(message, "content")).count())
                .sum(),
            max_tokens: max_tokens
                .and_then(|most| usize::try_from(most).ok())
                .unwrap_or(usize::MAX),
        }
    }
}

/// The names of the fields that pieces are sent in.
const THINKING: &str = "reasoning_content";
const ANSWER: &str = "content";
const REFUSAL: &str = "refusal";

fn stream(ask: &Ask, model: DemoModel, texts: &Texts) -> Script {
    let thinking = match model.kind {
        Kind::Thinking => texts.named("thinking"),
        _ => "",
    };
    let (field, answer) = match model.kind {
        Kind::Refusal => (REFUSAL, texts.of_kind(model.kind)),
        _ => (ANSWER, texts.answer(&ask.prompt, ask.turn)),
    };
    let parts: Vec<(&str, &str)> = pieces(thinking)
        .map(|piece| (THINKING, piece))
        .chain(pieces(answer).map(|piece| (field, piece)))
        .collect();
    let wanted = parts.len();
    let sent = match model.kind {
        Kind::Cut => wanted * 2 / 5,
        Kind::Error | Kind::Dropped => wanted / 2,
        _ => wanted,
    }
    .min(ask.max_tokens);
    let mut writer = Writer::new(ask, model);
    for (field, piece) in parts.iter().take(sent) {
        writer.piece(field, piece);
    }
    // A limit that is reached first is what ends the answer.
    let limited = sent == ask.max_tokens && sent < wanted;
    match model.kind {
        Kind::Error if !limited => writer.fail(texts.of_kind(model.kind)),
        Kind::Dropped if !limited => return writer.script(Ending::Broken),
        _ => {
            let thought = parts
                .iter()
                .take(sent)
                .filter(|(field, _)| *field == THINKING);
            let finish = if sent < wanted { "length" } else { "stop" };
            writer.finish(finish, ask.input_tokens, sent, thought.count());
        }
    }
    writer.script(Ending::Closed)
}

/// Writes a stream, one token's time after the other.
struct Writer<'a> {
    model: &'a str,
    at_ms: f64,
    step_ms: f64,
    beats: std::collections::VecDeque<(f64, String)>,
}

impl<'a> Writer<'a> {
    fn new(ask: &'a Ask, model: DemoModel) -> Self {
        let mut writer = Self {
            model: &ask.model,
            at_ms: 0.0,
            step_ms: 1_000.0 / f64::from(model.speed),
            beats: std::collections::VecDeque::new(),
        };
        writer.choice(&json!({ "role": "assistant" }), None);
        writer.at_ms = f64::from(model.first_ms);
        writer
    }

    fn piece(&mut self, field: &str, piece: &str) {
        self.choice(&json!({ field: piece }), None);
        self.at_ms += self.step_ms;
    }

    fn finish(&mut self, reason: &str, input: usize, output: usize, thinking: usize) {
        // The end comes with the last token, not one token's time after it.
        self.at_ms -= self.step_ms;
        self.choice(&json!({}), Some(reason));
        let mut usage = json!({
            "prompt_tokens": input,
            "completion_tokens": output,
            "total_tokens": input + output,
        });
        if let (true, Some(fields)) = (thinking > 0, usage.as_object_mut()) {
            let details = json!({ "reasoning_tokens": thinking });
            fields.insert("completion_tokens_details".to_owned(), details);
        }
        self.chunk(&json!([]), Some(&usage));
        self.frame("[DONE]");
    }

    fn fail(&mut self, message: &str) {
        let error = json!({ "error": { "message": message, "type": "server_error" } });
        self.frame(&error.to_string());
    }

    fn choice(&mut self, delta: &Value, finish: Option<&str>) {
        self.chunk(
            &json!([{ "index": 0, "delta": delta, "finish_reason": finish }]),
            None,
        );
    }

    fn chunk(&mut self, choices: &Value, usage: Option<&Value>) {
        let mut chunk = json!({
            "id": "simulated",
            "object": "chat.completion.chunk",
            "model": self.model,
            "choices": choices,
        });
        if let (Some(usage), Some(fields)) = (usage, chunk.as_object_mut()) {
            fields.insert("usage".to_owned(), usage.clone());
        }
        self.frame(&chunk.to_string());
    }

    fn frame(&mut self, data: &str) {
        self.beats
            .push_back((self.at_ms, format!("data: {data}\n\n")));
    }

    fn script(self, ending: Ending) -> Script {
        Script {
            status: 200,
            headers: vec![("content-type", "text/event-stream")],
            ending,
            beats: self.beats,
        }
    }
}
