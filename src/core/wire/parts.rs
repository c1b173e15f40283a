//! Files beside a prompt, in the form of each dialect.
//!
//! Where a body has a file's bytes, it holds a short token while it is built
//! and shown; [`with_bytes`] writes the base64 in its place. So a body can be
//! looked at, kept and priced without megabytes, and the bytes exist once.

use crate::core::{
    attach::{Attachment, FileKind},
    base64,
    domain::Message,
};
use serde_json::{Map, Value, json};

/// What a token begins with. Nobody types it.
const MARK: &str = "\u{27e6}attachment ";

/// What stands for a file's bytes, e.g. `⟦attachment 7: photo.png, image/png,
/// 48213 bytes as base64⟧`.
pub fn token(attachment: &Attachment) -> String {
    format!(
        "{MARK}{}: {}, {}, {} bytes as base64\u{27e7}",
        attachment.id,
        attachment.title(),
        attachment.media_type(),
        attachment.bytes().len()
    )
}

/// The images and PDFs of a message.
pub fn attached(message: &Message) -> impl Iterator<Item = &Attachment> {
    let files = message.attachments.iter();
    files.filter(|file| file.kind != FileKind::Text)
}

/// The texts of a message: its text files, each with its name, then its own
/// words. Never empty where nothing else is attached.
pub fn texts(message: &Message) -> Vec<String> {
    let files = message.attachments.iter().filter_map(|file| {
        let name = file.title().replace('"', "'");
        let text = file.text()?;
        let end = if text.ends_with('\n') { "" } else { "\n" };
        Some(format!("<file name=\"{name}\">\n{text}{end}</file>"))
    });
    let words = Some(&message.content)
        .filter(|words| !words.trim().is_empty() || message.attachments.is_empty());
    files.chain(words.cloned()).collect()
}

/// The content of a message in dialects where it is a text, or a list of typed
/// parts where there are files.
pub fn content(message: &Message, file: fn(&Attachment) -> Value) -> Value {
    if message.attachments.is_empty() {
        return json!(message.content);
    }
    let files = attached(message).map(file);
    let texts = texts(message);
    files.chain(texts.iter().map(|words| text(words))).collect()
}

/// A typed part of text (Chat Completions, Messages, Cohere).
pub fn text(words: &str) -> Value {
    json!({ "type": "text", "text": words })
}

/// A part of Chat Completions.
pub fn openai_chat(file: &Attachment) -> Value {
    match file.kind {
        FileKind::Image { .. } => {
            json!({ "type": "image_url", "image_url": { "url": data_url(file) } })
        }
        _ => json!({
            "type": "file",
            "file": { "filename": file_name(file), "file_data": data_url(file) },
        }),
    }
}

/// A part of Responses.
pub fn openai_responses(file: &Attachment) -> Value {
    match file.kind {
        FileKind::Image { .. } => json!({ "type": "input_image", "image_url": data_url(file) }),
        _ => json!({
            "type": "input_file",
            "filename": file_name(file),
            "file_data": data_url(file),
        }),
    }
}

/// A block of Messages.
pub fn anthropic(file: &Attachment) -> Value {
    let kind = if file.is_image() { "image" } else { "document" };
    json!({
        "type": kind,
        "source": { "type": "base64", "media_type": file.media_type(), "data": token(file) },
    })
}

/// A part of Gemini.
pub fn gemini(file: &Attachment) -> Value {
    json!({ "inlineData": { "mimeType": file.media_type(), "data": token(file) } })
}

/// A block of Bedrock's Converse. A document has a name, of which Bedrock
/// allows few characters, and which has to differ from the others'.
pub fn bedrock(file: &Attachment) -> Value {
    let source = json!({ "bytes": token(file) });
    match file.kind {
        FileKind::Image { format, .. } => {
            json!({ "image": { "format": format.as_str(), "source": source } })
        }
        _ => json!({
            "document": { "format": "pdf", "name": plain_name(file), "source": source },
        }),
    }
}

/// A part of Cohere's v2; it takes images only.
pub fn cohere(file: &Attachment) -> Value {
    json!({ "type": "image_url", "image_url": { "url": data_url(file) } })
}

/// What Ollama's `images` holds for a message: base64 without any prefix. The
/// message's words are [`texts`], joined by blank lines.
pub fn ollama_images(message: &Message) -> Vec<Value> {
    attached(message).map(|file| json!(token(file))).collect()
}

fn data_url(file: &Attachment) -> String {
    format!("data:{};base64,{}", file.media_type(), token(file))
}

/// OpenAI refuses a file without a name.
fn file_name(file: &Attachment) -> &str {
    match file.name.as_str() {
        "" => "document.pdf",
        name => name,
    }
}

fn plain_name(file: &Attachment) -> String {
    let stem = file.title();
    let stem = stem.strip_suffix(".pdf").unwrap_or(stem);
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-()[]".contains(letter);
    let letters = stem
        .chars()
        .map(|letter| if allowed(letter) { letter } else { ' ' });
    let words: String = letters.take(150).collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    format!("{} {}", words.join(" "), file.id).trim().to_owned()
}

/// The text of a body, with every token of a message's file replaced by the
/// file's base64.
pub fn with_bytes(body: &Value, messages: &[Message]) -> String {
    let files: Vec<(String, &Attachment)> = messages
        .iter()
        .flat_map(attached)
        .map(|file| (token(file), file))
        .collect();
    if files.is_empty() {
        return body.to_string();
    }
    filled(body, &files).to_string()
}

fn filled(value: &Value, files: &[(String, &Attachment)]) -> Value {
    match value {
        Value::String(text) => {
            let found = files
                .iter()
                .find_map(|(token, file)| Some((text.strip_suffix(token.as_str())?, file)));
            match found.filter(|(prefix, _)| prefix.is_empty() || prefix.starts_with("data:")) {
                Some((prefix, file)) => json!(format!("{prefix}{}", base64::encode(file.bytes()))),
                None => value.clone(),
            }
        }
        Value::Array(items) => items.iter().map(|item| filled(item, files)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields: Map<_, _> = fields
                .map(|(name, field)| (name.clone(), filled(field, files)))
                .collect();
            Value::Object(fields)
        }
        other => other.clone(),
    }
}

/// Whether a body, as it is shown, has images or PDFs in it. What they come to
/// in tokens only the provider knows.
pub fn has_files(body: &Value) -> bool {
    match body {
        Value::String(text) => {
            let token = text
                .rsplit_once("base64,")
                .map_or(text.as_str(), |(_, end)| end);
            token.starts_with(MARK)
        }
        Value::Array(items) => items.iter().any(has_files),
        Value::Object(fields) => fields.values().any(has_files),
        _ => false,
    }
}

#[cfg(test)]
#[path = "parts_tests.rs"]
mod tests;
