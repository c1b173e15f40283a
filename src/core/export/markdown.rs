//! The result as Markdown, readable where GitHub's flavour is: a table of
//! figures, then the answers, fenced.

use super::{
    ReportWords,
    sheet::{Row, Sheet, Shown, items, some_text, text},
};
use crate::core::timing::Figure;
use serde_json::Value;

/// The whole document as Markdown.
pub fn markdown(document: &Value, words: &ReportWords) -> String {
    let sheet = Sheet::of(document);
    let mut out = format!("# {}\n", inline(sheet.title().unwrap_or(words.untitled)));
    if let (Some(created), Some(app)) = (sheet.created(), sheet.app()) {
        put!(out, "\n{}\n", inline(&(words.made)(created, &app)));
    }
    if let Some(system) = sheet.system() {
        put!(out, "\n## {}\n\n", words.system);
        fenced(system, "text", &mut out);
    }
    for at in 0..sheet.turns() {
        turn(sheet, at, words, &mut out);
    }
    out
}

fn turn(sheet: Sheet<'_>, at: usize, words: &ReportWords, out: &mut String) {
    let Some(turn) = sheet.turn(at) else { return };
    put!(out, "\n## {}\n\n", (words.prompt)(at + 1, sheet.turns()));
    fenced(text(turn, "/prompt").unwrap_or_default(), "text", out);
    let names: Vec<String> = items(turn, "/attachments")
        .iter()
        .filter_map(|file| some_text(file, "/name"))
        .map(inline)
        .collect();
    if !names.is_empty() {
        put!(out, "\n{}: {}\n", words.attached, names.join(", "));
    }
    let rows = sheet.rows_of(at);
    if rows.is_empty() {
        return;
    }
    put!(out, "\n### {}\n\n", words.figures);
    figures(&rows, words, out);
    for row in &rows {
        answer(row, words, out);
    }
}

fn figures(rows: &[Row<'_>], words: &ReportWords, out: &mut String) {
    let mut head = vec![words.model, words.route, words.status];
    head.extend(Shown::ALL.map(|figure| (words.figure)(figure_of(figure))));
    put!(out, "| {} |\n", head.join(" | "));
    let rule: Vec<&str> = (0..head.len())
        .map(|at| if at < 3 { "---" } else { "---:" })
        .collect();
    put!(out, "| {} |\n", rule.join(" | "));
    for row in rows {
        let mut cells = vec![title(row, words), route(row), status(row, words)];
        cells.extend(Shown::ALL.map(|figure| {
            let shown = figure.text(row, words);
            inline(&shown.unwrap_or_else(|| words.unknown.to_owned()))
        }));
        put!(out, "| {} |\n", cells.join(" | "));
    }
}

/// The figure of ours that names it.
pub(super) fn figure_of(shown: Shown) -> Figure {
    match shown {
        Shown::FirstToken => Figure::FirstToken,
        Shown::FirstAnswer => Figure::FirstAnswer,
        Shown::Total => Figure::Total,
        Shown::Rate => Figure::TokensPerSecond,
        Shown::InputTokens => Figure::InputTokens,
        Shown::OutputTokens => Figure::OutputTokens,
        Shown::Cost => Figure::Cost,
    }
}

fn title(row: &Row<'_>, words: &ReportWords) -> String {
    let name = inline(row.name());
    if row.run_at == 0 {
        return name;
    }
    format!("{name} ({})", (words.attempt)(row.run_at + 1))
}

fn route(row: &Row<'_>) -> String {
    let parts = ["/provider", "/host"].map(|path| some_text(row.pane, path));
    let parts: Vec<String> = parts.into_iter().flatten().map(inline).collect();
    parts.join(" · ")
}

fn status(row: &Row<'_>, words: &ReportWords) -> String {
    let phase = (words.phase)(text(row.run, "/status").unwrap_or_default());
    match row.run.pointer("/error") {
        Some(error) => inline(&(words.failure)(error)),
        None => inline(phase),
    }
}

fn answer(row: &Row<'_>, words: &ReportWords, out: &mut String) {
    put!(out, "\n### {}\n", title(row, words));
    if let Some(thinking) = some_text(row.run, "/thinking") {
        put!(out, "\n<details><summary>{}</summary>\n\n", words.thinking);
        fenced(thinking, "text", out);
        out.push_str("\n</details>\n");
    }
    out.push('\n');
    if let Some(answer) = some_text(row.run, "/answer") {
        fenced(answer, "markdown", out);
    } else {
        put!(out, "{}\n", status(row, words));
    }
    for call in items(row.run, "/tool_calls") {
        let name = some_text(call, "/name").unwrap_or("?");
        put!(out, "\n{}\n\n", inline(&(words.tool_call)(name)));
        fenced(text(call, "/arguments").unwrap_or_default(), "json", out);
    }
}

/// Text that stays what it is inside a paragraph or a cell of a table.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\r' | '\n' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // No mention of whoever has that name at the host.
            '@' => out.push_str("&#64;"),
            // Not the signs of figures and names, which stay readable.
            '.' | ',' | '-' | '/' | '(' | ')' | ':' | '$' | '%' => out.push(c),
            mark if mark.is_ascii_punctuation() => {
                out.push('\\');
                out.push(mark);
            }
            other => out.push(other),
        }
    }
    out
}

/// A fence that is longer than any row of backticks inside.
fn fenced(text: &str, language: &str, out: &mut String) {
    // Readers do not agree on what a lone return is.
    let text = &text.replace("\r\n", "\n").replace('\r', "\n");
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat((longest + 1).max(3));
    let end = if text.ends_with('\n') || text.is_empty() {
        ""
    } else {
        "\n"
    };
    put!(out, "{fence}{language}\n{text}{end}{fence}\n");
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::{fenced, inline};
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    /// What a reader of Markdown finds: the texts of code blocks, and of all
    /// else.
    fn read(source: &str) -> (Vec<String>, String) {
        let (mut blocks, mut rest, mut inside) = (Vec::new(), String::new(), false);
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        for event in Parser::new_ext(source, options) {
            match event {
                Event::Start(Tag::CodeBlock(_)) => {
                    inside = true;
                    blocks.push(String::new());
                }
                Event::End(TagEnd::CodeBlock) => inside = false,
                Event::Text(text) if inside => blocks.last_mut().unwrap().push_str(&text),
                Event::Text(text) => rest.push_str(&text),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                other => put!(rest, "{{{other:?}}}"),
            }
        }
        (blocks, rest)
    }

    /// Line ends as `CommonMark` has them.
    fn lines(text: &str) -> String {
        text.replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace('\0', "\u{fffd}")
    }

    proptest! {
        #[test]
        fn whatever_an_answer_holds_it_stays_in_its_fence(answer in "[`~ab<|\\n\\r\\t#>\u{0}न]{0,40}|\\PC{0,30}") {
            let mut out = String::from("before\n\n");
            fenced(&answer, "markdown", &mut out);
            out.push_str("\nafter\n");
            let (blocks, rest) = read(&out);
            prop_assert_eq!(rest, "beforeafter");
            prop_assert_eq!(blocks.len(), 1);
            let (found, wanted) = (lines(&blocks[0]), lines(&answer));
            prop_assert_eq!(found.trim_end_matches('\n'), wanted.trim_end_matches('\n'));
        }

        #[test]
        fn names_are_words_and_no_markup(name in "[A-Za-z*_~`<>\\[\\]()!|\\\\@&;#.:/-]{1,20}") {
            let (blocks, rest) = read(&format!("x{}x", inline(&name)));
            prop_assert!(blocks.is_empty());
            prop_assert_eq!(rest, format!("x{name}x"));
        }
    }
}
