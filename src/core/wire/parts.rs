//! Files beside a prompt, in the form of each dialect.
//!
//! Where a body has a file's bytes, it holds a short token while it is built
//! and shown; [`with_bytes`] writes the base64 in its place. So a body can be
//! looked at, kept and priced without megabytes, and the bytes exist once.

use crate::core::{
    attach::{Attachment, FileKind},
    base64,
    domain::Message,
    json::object,
};
use serde_json::Value;

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
    let mut texts = Vec::new();
    for file in &message.attachments {
        if let Some(text) = file.text() {
            let name = file.title().replace('"', "'");
            let end = if text.ends_with('\n') { "" } else { "\n" };
            texts.push(format!("<file name=\"{name}\">\n{text}{end}</file>"));
        }
    }
    if !message.content.trim().is_empty() || message.attachments.is_empty() {
        texts.push(message.content.clone());
    }
    texts
}

/// The content of a message in dialects where it is a text, or a list of typed
/// parts where there are files.
pub fn content(message: &Message, file: fn(&Attachment) -> Value) -> Value {
    if message.attachments.is_empty() {
        return message.content.as_str().into();
    }
    pieces(&mut attached(message), file, &texts(message), text)
}

/// Files and then texts, each in the form that a dialect has for it.
pub fn pieces(
    files: &mut dyn Iterator<Item = &Attachment>,
    file: fn(&Attachment) -> Value,
    texts: &[String],
    text: fn(&str) -> Value,
) -> Value {
    let mut pieces = Vec::new();
    for attachment in files {
        pieces.push(file(attachment));
    }
    for words in texts {
        pieces.push(text(words));
    }
    Value::Array(pieces)
}

/// A typed part of text (Chat Completions, Messages, Cohere).
pub fn text(words: &str) -> Value {
    object! { "type": "text", "text": words }
}

/// A text without a type (Gemini).
pub fn plain_text(words: &str) -> Value {
    object! { "text": words }
}

/// A part of Chat Completions.
pub fn openai_chat(file: &Attachment) -> Value {
    if file.is_image() {
        return image_url(file);
    }
    let data = object! { "filename": file_name(file), "file_data": data_url(file) };
    object! { "type": "file", "file": data }
}

/// A part of Responses.
pub fn openai_responses(file: &Attachment) -> Value {
    match file.kind {
        FileKind::Image { .. } => object! { "type": "input_image", "image_url": data_url(file) },
        _ => object! {
            "type": "input_file",
            "filename": file_name(file),
            "file_data": data_url(file),
        },
    }
}

/// A block of Messages.
pub fn anthropic(file: &Attachment) -> Value {
    let kind = if file.is_image() { "image" } else { "document" };
    let (media, data) = (file.media_type(), token(file));
    let source = object! { "type": "base64", "media_type": media, "data": data };
    object! { "type": kind, "source": source }
}

/// A part of Gemini.
pub fn gemini(file: &Attachment) -> Value {
    let data = object! { "mimeType": file.media_type(), "data": token(file) };
    object! { "inlineData": data }
}

/// A block of Bedrock's Converse. A document has a name, of which Bedrock
/// allows few characters, and which has to differ from the others'.
pub fn bedrock(file: &Attachment) -> Value {
    let source = object! { "bytes": token(file) };
    if let FileKind::Image { format, .. } = file.kind {
        let image = object! { "format": format.as_str(), "source": source };
        return object! { "image": image };
    }
    let name = plain_name(file);
    let document = object! { "format": "pdf", "name": name, "source": source };
    object! { "document": document }
}

/// A part of Cohere's v2; it takes images only.
pub fn cohere(file: &Attachment) -> Value {
    image_url(file)
}

/// What Ollama's `images` holds for a message: base64 without any prefix. The
/// message's words are [`texts`], joined by blank lines.
pub fn ollama_images(message: &Message) -> Vec<Value> {
    attached(message)
        .map(|file| Value::from(token(file)))
        .collect()
}

fn image_url(file: &Attachment) -> Value {
    let url = object! { "url": data_url(file) };
    object! { "type": "image_url", "image_url": url }
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
    let mut body = body.clone();
    fill(&mut body, &files);
    body.to_string()
}

fn fill(value: &mut Value, files: &[(String, &Attachment)]) {
    match value {
        Value::String(text) => {
            let found = files
                .iter()
                .find_map(|(token, file)| Some((text.strip_suffix(token.as_str())?, file)));
            if let Some((prefix, file)) = found
                && (prefix.is_empty() || prefix.starts_with("data:"))
            {
                *text = format!("{prefix}{}", base64::encode(file.bytes()));
            }
        }
        Value::Array(items) => {
            for item in items {
                fill(item, files);
            }
        }
        Value::Object(fields) => {
            for field in fields.values_mut() {
                fill(field, files);
            }
        }
        _ => {}
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
