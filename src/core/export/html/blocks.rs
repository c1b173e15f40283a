//! Blocks of an answer as HTML.

use crate::core::{
    chart::svg::escaped,
    export::ReportWords,
    text::{Align, Block, Inline, Item, parse},
};

/// An answer as HTML.
pub(super) fn answer(source: &str, words: &ReportWords, out: &mut String) {
    blocks(&parse(source), words, out);
}

fn blocks(all: &[Block], words: &ReportWords, out: &mut String) {
    for one in all {
        block(one, words, out);
    }
}

fn block(block: &Block, words: &ReportWords, out: &mut String) {
    match block {
        Block::Paragraph(inner) => element("p dir=\"auto\"", "p", inner, words, out),
        Block::Heading { level, inlines } => {
            // Not headings of the report: an answer's levels would tear its outline.
            let open = format!("p class=\"h h{}\" dir=\"auto\"", (*level).clamp(1, 6));
            element(&open, "p", inlines, words, out);
        }
        Block::Code { text, .. } => {
            out.push_str("<pre dir=\"ltr\"><code>");
            out.push_str(&escaped(text));
            out.push_str("</code></pre>");
        }
        Block::List { start, items, .. } => list(*start, items, words, out),
        Block::Quote(inner) => {
            out.push_str("<blockquote>");
            blocks(inner, words, out);
            out.push_str("</blockquote>");
        }
        Block::Table { align, head, rows } => {
            out.push_str("<div class=\"wide\"><table><thead>");
            row(head, align, "th scope=\"col\"", "th", words, out);
            out.push_str("</thead><tbody>");
            for cells in rows {
                row(cells, align, "td", "td", words, out);
            }
            out.push_str("</tbody></table></div>");
        }
        Block::Rule => out.push_str("<hr>"),
    }
}

fn element(open: &str, name: &str, inner: &[Inline], words: &ReportWords, out: &mut String) {
    put!(out, "<{open}>");
    inlines(inner, words, out);
    put!(out, "</{name}>");
}

fn list(start: Option<u64>, items: &[std::sync::Arc<Item>], words: &ReportWords, out: &mut String) {
    let name = if start.is_some() { "ol" } else { "ul" };
    match start {
        // HTML reads no larger number.
        Some(first) if first != 1 && i32::try_from(first).is_ok() => {
            put!(out, "<ol start=\"{first}\">");
        }
        _ => put!(out, "<{name}>"),
    }
    for item in items {
        out.push_str("<li>");
        if let Some(done) = item.task {
            let (sign, name) = if done {
                ("☑", words.done)
            } else {
                ("☐", words.not_done)
            };
            put!(
                out,
                "<span role=\"img\" aria-label=\"{name}\">{sign}</span> "
            );
        }
        blocks(&item.blocks, words, out);
        out.push_str("</li>");
    }
    put!(out, "</{name}>");
}

fn row(
    cells: &[Vec<Inline>],
    align: &[Align],
    open: &str,
    name: &str,
    words: &ReportWords,
    out: &mut String,
) {
    out.push_str("<tr>");
    for (at, cell) in cells.iter().enumerate() {
        let class = match align.get(at) {
            Some(Align::Left) => " class=\"left\"",
            Some(Align::Center) => " class=\"center\"",
            Some(Align::Right) => " class=\"right\"",
            _ => "",
        };
        element(&format!("{open}{class}"), name, cell, words, out);
    }
    out.push_str("</tr>");
}

fn inlines(all: &[Inline], words: &ReportWords, out: &mut String) {
    for one in all {
        match one {
            Inline::Text(text) => out.push_str(&escaped(text)),
            Inline::Code(text) => put!(out, "<code>{}</code>", escaped(text)),
            Inline::Strong(inner) => element("strong", "strong", inner, words, out),
            Inline::Emphasis(inner) => element("em", "em", inner, words, out),
            Inline::Strike(inner) => element("s", "s", inner, words, out),
            Inline::Link { href, children, .. } => {
                link(href.as_str(), out);
                inlines(children, words, out);
                out.push_str("</a>");
            }
            // Its address, which nobody has fetched: the policy loads none.
            Inline::Image { src, alt, .. } => {
                link(src.as_str(), out);
                out.push_str(&escaped(&(words.image)(alt)));
                out.push_str("</a>");
            }
            Inline::SoftBreak => out.push('\n'),
            Inline::HardBreak => out.push_str("<br>"),
        }
    }
}

fn link(href: &str, out: &mut String) {
    put!(
        out,
        "<a href=\"{}\" rel=\"noopener noreferrer nofollow\">",
        escaped(href)
    );
}
