//! Looking through a whole document, and blackening what was found.

use super::{Hit, Kind, scan};
use crate::core::{base64, recipe::secret::is_secret_name};
use serde_json::{Map, Value};

/// What stands for each letter that was struck out. As many as there were
/// letters: the times of chunks count letters.
const STRUCK: char = '█';

/// Where in a document something stands. Panes and turns count from 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The comparison's title.
    Title,
    /// The system prompt.
    System,
    /// The prompt, or an earlier message.
    Prompt,
    /// A variable's value.
    Variable(String),
    /// A pane's name, base URL or parameters.
    Pane(usize),
    /// An answer.
    Answer(usize),
    /// Its thinking.
    Thinking(usize),
    /// The arguments of a call that a model wanted.
    ToolCall(usize),
    /// What went wrong, in the provider's words.
    Error(usize),
    /// What was sent.
    Sent(usize),
    /// An attached text file, by its name.
    Attachment(String),
    /// Elsewhere: the path.
    Other(String),
}

/// Something found in a document, with all its places.
#[derive(Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it looks like.
    pub kind: Kind,
    /// The letters themselves.
    pub text: String,
    /// Where it stands, each place once.
    pub places: Vec<Place>,
}

impl std::fmt::Debug for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The text may be a key.
        let shown = super::mask(self.kind, &self.text);
        write!(f, "{:?} {shown} {:?}", self.kind, self.places)
    }
}

/// Everything that a recipe or result document seems to give away; secrets
/// first, then in the document's order.
pub fn find(document: &Value) -> Vec<Finding> {
    let mut walk = Walk::default();
    walk.value(document);
    walk.found.sort_by_key(|finding| !finding.kind.is_secret());
    walk.found
}

/// One step into a document.
#[derive(Clone)]
enum Step {
    Name(String),
    At(usize),
}

#[derive(Default)]
struct Walk {
    path: Vec<Step>,
    /// The name of the file that the path leads into.
    file: String,
    found: Vec<Finding>,
}

impl Walk {
    fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.path.push(Step::At(at));
                    self.value(item);
                    self.path.pop();
                }
            }
            Value::Object(map) => self.object(map),
            _ => {}
        }
    }

    fn object(&mut self, map: &Map<String, Value>) {
        let file = text_file(map);
        if is_file(map) {
            let name = map.get("name").and_then(Value::as_str);
            name.unwrap_or_default().clone_into(&mut self.file);
        }
        for (name, value) in map {
            self.path.push(Step::Name(name.clone()));
            match (&file, value) {
                (Some(text), _) if name == "data" => self.text(text),
                // The bytes of another file.
                (None, Value::String(_)) if name == "data" && is_file(map) => {}
                (_, Value::String(text)) if is_named_secret(name, text) => self.whole(text),
                _ => self.value(value),
            }
            self.path.pop();
        }
    }

    fn text(&mut self, text: &str) {
        for Hit { kind, range } in scan(text) {
            if let Some(found) = text.get(range) {
                self.add(kind, found);
            }
        }
    }

    /// A text that is a secret by the name of its field.
    fn whole(&mut self, text: &str) {
        self.add(Kind::Named, text);
    }

    fn add(&mut self, kind: Kind, text: &str) {
        let place = place(&self.path, &self.file);
        let known = self.found.iter_mut().find(|known| known.text == text);
        match known {
            Some(known) if !known.places.contains(&place) => known.places.push(place),
            Some(_) => {}
            None => self.found.push(Finding {
                kind,
                text: text.to_owned(),
                places: vec![place],
            }),
        }
    }
}

/// A field with a secret's name; the placeholder that stands for a key is none.
fn is_named_secret(name: &str, text: &str) -> bool {
    let is_long = text.chars().count() >= 8;
    is_secret_name(name) && is_long && !text.contains('<') && !text.contains(STRUCK)
}

fn is_file(map: &Map<String, Value>) -> bool {
    map.contains_key("media_type")
}

/// The text of an attached file, if it is one.
fn text_file(map: &Map<String, Value>) -> Option<String> {
    let media_type = map.get("media_type")?.as_str()?;
    let is_text = media_type.starts_with("text/") || media_type == "application/json";
    let data = map.get("data")?.as_str()?;
    is_text.then(|| String::from_utf8(base64::decode(data)?).ok())?
}

fn place(path: &[Step], file: &str) -> Place {
    let name = |at: usize| match path.get(at) {
        Some(Step::Name(name)) => name.as_str(),
        _ => "",
    };
    // The recipe stands alone or in a result.
    let in_recipe = usize::from(name(0) == "recipe");
    match name(in_recipe) {
        "title" => return Place::Title,
        "system" => return Place::System,
        "messages" => return Place::Prompt,
        "variables" => return Place::Variable(name(in_recipe + 1).to_owned()),
        _ => {}
    }
    let (Some(Step::Name(panes)), Some(Step::At(pane))) =
        (path.get(in_recipe), path.get(in_recipe + 1))
    else {
        return Place::Other(written(path));
    };
    if panes != "panes" {
        return Place::Other(written(path));
    }
    // panes[p].turns[t].runs[r].answer
    match (name(2), name(4), name(6)) {
        ("turns", "prompt" | "template", _) => Place::Prompt,
        ("turns", "attachments", _) => Place::Attachment(file.to_owned()),
        ("turns", "runs", "answer") => Place::Answer(*pane),
        ("turns", "runs", "thinking") => Place::Thinking(*pane),
        ("turns", "runs", "tool_calls") => Place::ToolCall(*pane),
        ("turns", "runs", "error" | "warnings") => Place::Error(*pane),
        ("turns", "runs", "sent") => Place::Sent(*pane),
        ("turns", ..) => Place::Other(written(path)),
        _ => Place::Pane(*pane),
    }
}

fn written(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Name(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::At(at) => text.extend(["[", &at.to_string(), "]"]),
        }
    }
    text
}

/// Blackens these texts wherever they stand in a document, attached text files
/// included.
pub fn strike(document: &mut Value, texts: &[&str]) {
    // One may be a part of another.
    let mut longest_first = texts.to_vec();
    longest_first.sort_by_key(|text| std::cmp::Reverse(text.len()));
    if !longest_first.is_empty() {
        strike_value(document, &longest_first);
    }
}

fn strike_value(value: &mut Value, texts: &[&str]) {
    match value {
        Value::String(text) => strike_text(text, texts),
        Value::Array(items) => {
            for item in items {
                strike_value(item, texts);
            }
        }
        Value::Object(map) => {
            strike_file(map, texts);
            let is_file = is_file(map);
            for (name, value) in map.iter_mut() {
                if !(is_file && name == "data") {
                    strike_value(value, texts);
                }
            }
        }
        _ => {}
    }
}

fn strike_text(text: &mut String, texts: &[&str]) {
    for secret in texts {
        if text.contains(secret) {
            let bars: String = secret.chars().map(|_| STRUCK).collect();
            *text = text.replace(secret, &bars);
        }
    }
}

fn strike_file(map: &mut Map<String, Value>, texts: &[&str]) {
    let Some(before) = text_file(map) else { return };
    let mut after = before.clone();
    strike_text(&mut after, texts);
    if after != before {
        map.insert("bytes".to_owned(), after.len().into());
        map.insert("data".to_owned(), base64::encode(after.as_bytes()).into());
    }
}
