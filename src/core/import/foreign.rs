//! What a thing of another tool looks like, so that the message can name it.

use crate::core::json;
use serde_json::Value;

/// How the tables begin that we write ourselves.
const OWN_TABLE: &str = "title,created,app_version,";

/// Things that people have lying about, and that are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Foreign {
    /// A recording of a browser's network panel.
    Har,
    /// A collection of Postman.
    Postman,
    /// A description of an API.
    OpenApi,
    /// A notebook of Jupyter.
    Notebook,
    /// Conversations exported from a chat program.
    Chats,
    /// One JSON text a line, as batches and data sets have it.
    JsonLines,
    /// The reply of an API, not the request.
    Reply,
    /// A table.
    Table,
    /// The table that we write ourselves.
    OwnTable,
    /// A picture.
    Picture,
    /// A PDF.
    Pdf,
    /// An archive, or a document of an office program, which is one too.
    Archive,
    /// Source code.
    Code,
    /// A command for another program than curl.
    Command,
    /// A model file.
    Model,
}

/// By the first bytes of a file.
pub(super) fn by_bytes(bytes: &[u8]) -> Option<Foreign> {
    let begins = |start: &[u8]| bytes.starts_with(start);
    if begins(b"%PDF") {
        Some(Foreign::Pdf)
    } else if begins(b"PK\x03\x04") || begins(b"\x1f\x8b") {
        Some(Foreign::Archive)
    } else if begins(b"GGUF") {
        Some(Foreign::Model)
    } else if begins(b"\x89PNG") || begins(b"\xff\xd8\xff") || begins(b"GIF8") || begins(b"RIFF") {
        Some(Foreign::Picture)
    } else {
        None
    }
}

/// By what stands in it.
pub(super) fn by_json(value: &Value) -> Option<Foreign> {
    let has = |path: &str| value.pointer(path).is_some();
    let schema = value.pointer("/info/schema").and_then(Value::as_str);
    if has("/log/entries") {
        Some(Foreign::Har)
    } else if schema.is_some_and(|schema| schema.contains("postman")) || has("/_postman_id") {
        Some(Foreign::Postman)
    } else if has("/openapi") || has("/swagger") {
        Some(Foreign::OpenApi)
    } else if has("/nbformat") {
        Some(Foreign::Notebook)
    } else if has("/mapping")
        || has("/0/mapping")
        || has("/0/chat_messages")
        || has("/chat_messages")
        || has("/0/chat/history")
    {
        Some(Foreign::Chats)
    } else if has("/choices")
        || has("/candidates")
        || has("/output/0/content")
        || has("/stop_reason")
    {
        Some(Foreign::Reply)
    } else {
        None
    }
}

/// By how its lines look.
pub(super) fn by_text(text: &str) -> Option<Foreign> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default().trim();
    let second = lines.next().unwrap_or_default().trim();
    if first.starts_with(OWN_TABLE) {
        return Some(Foreign::OwnTable);
    }
    let is_object =
        |line: &str| line.starts_with('{') && line.ends_with('}') && json::parse(line).is_ok();
    if is_object(first) && is_object(second) {
        return Some(Foreign::JsonLines);
    }
    if first.starts_with("data:") || first.starts_with("event:") {
        return Some(Foreign::Reply);
    }
    if first.starts_with("wget ") || first.starts_with("http ") || first.starts_with("Invoke-") {
        return Some(Foreign::Command);
    }
    // Sentences begin with these words as well.
    let is_use = (first.starts_with("from ") && first.contains(" import "))
        || (first.starts_with("use ") && first.ends_with(';'));
    let code = [
        "import ",
        "#!/",
        "const ",
        "package ",
        "#include",
        "fetch(",
        "def ",
        "function ",
    ];
    if is_use || code.iter().any(|start| first.starts_with(start)) {
        return Some(Foreign::Code);
    }
    let commas = |line: &str, sign: char| line.matches(sign).count();
    let is_table =
        |sign: char| commas(first, sign) >= 2 && commas(first, sign) == commas(second, sign);
    let plain = !first.contains(['{', ':', '<']);
    (plain && (is_table(',') || is_table('\t') || is_table(';'))).then_some(Foreign::Table)
}
