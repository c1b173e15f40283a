//! What the dialects share in telling frames apart, and how little of a strange
//! frame is quoted.

use super::frame::Frame;

/// The most characters that are ever quoted of something that could not be
/// read.
pub const EXCERPT_CHARS: usize = 200;

/// The beginning of a text on one line, at most [`EXCERPT_CHARS`] characters.
pub fn excerpt(text: &str) -> String {
    let mut out = String::new();
    for (at, ch) in text.trim().chars().enumerate() {
        if at + 1 == EXCERPT_CHARS {
            out.push('…');
            break;
        }
        out.push(if ch.is_control() { ' ' } else { ch });
    }
    out
}

/// The words of an HTML page: its title, else its visible text; an excerpt.
pub fn html_words(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|start| {
        let open = start + lower.get(start..)?.find('>')? + 1;
        let close = open + lower.get(open..)?.find("</title")?;
        page.get(open..close)
    });
    match title.map(str::trim) {
        Some(title) if !title.is_empty() => excerpt(title),
        _ => excerpt(&visible_text(page, &lower)),
    }
}

fn visible_text(page: &str, lower: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    while let Some(rest) = page.get(at..) {
        let Some(open) = rest.find('<') else {
            text.push_str(rest);
            break;
        };
        text.push_str(rest.get(..open).unwrap_or_default());
        text.push(' ');
        let tag = at + open;
        let hidden = ["script", "style"].iter().find_map(|name| {
            let after = lower.get(tag + 1..)?;
            after.starts_with(name).then(|| format!("</{name}"))
        });
        let from = hidden
            .and_then(|close| Some(tag + lower.get(tag..)?.find(&close)?))
            .unwrap_or(tag);
        let Some(close) = page.get(from..).and_then(|rest| rest.find('>')) else {
            break;
        };
        at = from + close + 1;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a frame only keeps the connection alive: named so, or empty.
pub fn is_keepalive(frame: &Frame) -> bool {
    is_keepalive_name(&frame.event) || matches!(frame.data.trim(), "" | "{}" | "null")
}

/// Whether an event name or a JSON `type` only keeps the connection alive.
pub fn is_keepalive_name(name: &str) -> bool {
    matches!(name, "ping" | "keepalive" | "keep-alive" | "heartbeat")
}
