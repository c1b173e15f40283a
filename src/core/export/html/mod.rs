//! The result as one HTML file that needs nothing else: no script, no network,
//! no font. Its policy forbids all of them, and styles but its own by their
//! hash.
//!
//! Answers come out of our own block tree, so nothing that a model wrote is
//! ever markup. The document itself lies in the file as JSON, for importing.

mod blocks;
mod parts;

use super::{
    EMBEDDED_ID, ReportWords, figures_of, race_of,
    sheet::{Sheet, items, some_text, text},
};
use crate::core::{
    base64,
    chart::svg::{escaped, figures_svg},
};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The look of a report, on the screen and on paper.
pub const STYLE: &str = include_str!("report.css");

/// A report as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What it is about.
    pub title: String,
    /// What stands in `body`.
    pub body: String,
    /// The document, as JSON that may stand in a script element.
    pub json: String,
}

/// Makes the report of a document.
pub fn report(document: &Value, words: &ReportWords) -> Report {
    let sheet = Sheet::of(document);
    let title = sheet.title().unwrap_or(words.untitled).to_owned();
    let mut body = format!("<main><header><h1 dir=\"auto\">{}</h1>", escaped(&title));
    if let (Some(created), Some(app)) = (sheet.created(), sheet.app()) {
        let made = (words.made)(created, &app);
        put!(body, "<p class=\"made\">{}</p>", escaped(&made));
    }
    body.push_str("</header>");
    if let Some(system) = sheet.system() {
        put!(
            body,
            "<section><h2>{}</h2><div class=\"said\" dir=\"auto\">{}</div></section>",
            words.system,
            escaped(system)
        );
    }
    for at in 0..sheet.turns() {
        turn(document, at, words, &mut body);
    }
    put!(body, "<footer><p>{}</p></footer></main>", words.embedded);
    Report {
        title,
        body,
        json: script_safe(&document.to_string()),
    }
}

fn turn(document: &Value, at: usize, words: &ReportWords, out: &mut String) {
    let sheet = Sheet::of(document);
    let Some(turn) = sheet.turn(at) else { return };
    let heading = (words.prompt)(at + 1, sheet.turns());
    put!(
        out,
        "<section class=\"turn\"><h2>{heading}</h2><div class=\"said\" dir=\"auto\">{}</div>",
        escaped(text(turn, "/prompt").unwrap_or_default())
    );
    attachments(items(turn, "/attachments"), words, out);
    let rows = sheet.rows_of(at);
    if !rows.is_empty() {
        parts::figures(&rows, words, out);
        if at == 0 {
            put!(out, "<p class=\"hint\">{}</p>", words.figures_hint);
        }
        out.push_str("<div class=\"charts\">");
        if let Some(race) = race_of(document, at, words) {
            put!(out, "<figure tabindex=\"0\">{}</figure>", race.svg());
        }
        let bars = figures_of(document, at, words);
        if rows.len() > 1 && !bars.is_empty() {
            let chart = figures_svg(words.bars, &bars);
            put!(
                out,
                "<figure class=\"bars\" tabindex=\"0\">{chart}</figure>"
            );
        }
        out.push_str("</div>");
        put!(out, "<h3>{}</h3><div class=\"answers\">", words.answers);
        for row in &rows {
            parts::run(row, words, out);
        }
        out.push_str("</div>");
    }
    out.push_str("</section>");
}

/// Pictures of which the document has the bytes are shown, other files named.
fn attachments(files: &[Value], words: &ReportWords, out: &mut String) {
    if files.is_empty() {
        return;
    }
    put!(
        out,
        "<ul class=\"files\" aria-label=\"{}\">",
        words.attached
    );
    for file in files {
        let name = escaped(some_text(file, "/name").unwrap_or("?"));
        let kind = text(file, "/media_type").unwrap_or_default();
        let shown = ["image/png", "image/jpeg", "image/webp", "image/gif"].contains(&kind);
        let data = text(file, "/data").filter(|data| shown && is_base64(data));
        if let Some(data) = data {
            put!(
                out,
                "<li><img src=\"data:{kind};base64,{data}\" alt=\"{name}\"></li>"
            );
        } else {
            put!(out, "<li>{name}</li>");
        }
    }
    out.push_str("</ul>");
}

fn is_base64(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"+/=".contains(&b);
    !text.is_empty() && text.bytes().all(plain)
}

/// JSON in which nothing ends or begins an element.
fn script_safe(json: &str) -> String {
    // In JSON these stand in texts only.
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

impl Report {
    /// The whole file.
    pub fn file(&self, words: &ReportWords) -> String {
        let hash = base64::encode(&Sha256::digest(STYLE.as_bytes()));
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"Touchstone\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{}\n<script type=\"application/json\" id=\"{EMBEDDED_ID}\">{}</script>\n</body>\n</html>\n",
            words.lang,
            escaped(&self.title),
            self.body,
            self.json
        )
    }

    /// The file without its style and document: for printing from the page,
    /// whose own policy lets no style stand in a text.
    pub fn for_print(&self, words: &ReportWords) -> String {
        format!(
            "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head><body>{}</body></html>",
            words.lang,
            escaped(&self.title),
            self.body
        )
    }
}
