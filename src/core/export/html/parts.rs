//! The parts of a turn: the table of figures, and a run with all that belongs
//! to it.

use super::blocks;
use crate::core::{
    chart::svg::escaped,
    export::{
        ReportWords,
        markdown::figure_of,
        sheet::{Row, Shown, items, some_text, text},
    },
};
use serde_json::Value;

/// The table of figures.
pub(super) fn figures(rows: &[Row<'_>], words: &ReportWords, out: &mut String) {
    put!(
        out,
        "<h3>{}</h3><div class=\"wide\"><table class=\"figures\"><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>",
        words.figures,
        words.model,
        words.status
    );
    for figure in Shown::ALL {
        let name = (words.figure)(figure_of(figure));
        put!(out, "<th scope=\"col\" class=\"right\">{name}</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for row in rows {
        put!(
            out,
            "<tr><th scope=\"row\"><span class=\"dot accent-{}\"></span>{}{}</th><td>{}</td>",
            row.pane_at % 8,
            escaped(row.name()),
            attempt(row, words),
            escaped((words.phase)(text(row.run, "/status").unwrap_or_default()))
        );
        for figure in Shown::ALL {
            let shown = figure.text(row, words);
            let shown = shown.as_deref().unwrap_or(words.unknown);
            put!(out, "<td class=\"right\">{}</td>", escaped(shown));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
}

fn attempt(row: &Row<'_>, words: &ReportWords) -> String {
    if row.run_at == 0 {
        return String::new();
    }
    format!(
        " <small>{}</small>",
        escaped(&(words.attempt)(row.run_at + 1))
    )
}

/// One run.
pub(super) fn run(row: &Row<'_>, words: &ReportWords, out: &mut String) {
    put!(
        out,
        "<article class=\"run accent-{}\"><h4 dir=\"auto\">{}{}</h4><p class=\"route\">{}</p>",
        row.pane_at % 8,
        escaped(row.name()),
        attempt(row, words),
        escaped(&route(row, words))
    );
    if let Some(error) = row.run.pointer("/error") {
        let failure = escaped(&(words.failure)(error));
        put!(out, "<p class=\"bad\" dir=\"auto\">{failure}</p>");
    }
    if let Some(thinking) = some_text(row.run, "/thinking") {
        put!(
            out,
            "<details><summary>{}</summary><div class=\"thinking\" dir=\"auto\">{}</div></details>",
            words.thinking,
            escaped(thinking)
        );
    }
    if let Some(answer) = some_text(row.run, "/answer") {
        out.push_str("<div class=\"answer\">");
        blocks::answer(answer, words, out);
        out.push_str("</div>");
    } else {
        put!(out, "<p class=\"hint\">{}</p>", words.no_answer);
    }
    for call in items(row.run, "/tool_calls") {
        let name = some_text(call, "/name").unwrap_or("?");
        put!(
            out,
            "<p>{}</p><pre><code>{}</code></pre>",
            escaped(&(words.tool_call)(name)),
            escaped(text(call, "/arguments").unwrap_or_default())
        );
    }
    costs(row, words, out);
    sent(row, words, out);
    out.push_str("</article>");
}

fn route(row: &Row<'_>, words: &ReportWords) -> String {
    let mut parts: Vec<String> = ["/provider", "/host", "/model"]
        .into_iter()
        .filter_map(|path| some_text(row.pane, path).map(str::to_owned))
        .collect();
    if let Some(params) = row.pane.pointer("/params").and_then(Value::as_object) {
        parts.extend(params.iter().map(|(name, value)| format!("{name} {value}")));
    }
    let returned = some_text(row.run, "/response_model");
    parts.extend(returned.map(words.returned));
    let set = |path| row.run.pointer(path) == Some(&Value::Bool(true));
    for (path, word) in [
        ("/simulated", words.simulated),
        ("/first_call", words.first_call),
        ("/hidden_tab", words.hidden_tab),
    ] {
        if set(path) {
            parts.push(word.to_owned());
        }
    }
    parts.join(" · ")
}

fn costs(row: &Row<'_>, words: &ReportWords, out: &mut String) {
    let Some(cost) = row.run.pointer("/cost") else {
        return;
    };
    let Some(source) = text(cost, "/source") else {
        return;
    };
    put!(
        out,
        "<section class=\"costs\"><h5>{}</h5><p>{}</p>",
        words.costs,
        (words.cost_source)(source)
    );
    // A reported amount has its lines by list price.
    for part in [Some(cost), cost.pointer("/by_list")].into_iter().flatten() {
        let lines = items(part, "/lines");
        if !lines.is_empty() {
            out.push_str("<ul>");
            for line in lines {
                let line = escaped(&(words.cost_line)(line));
                put!(out, "<li>{line}</li>");
            }
            out.push_str("</ul>");
        }
        if let Some(prices) = part.pointer("/prices") {
            let words = escaped(&(words.price_source)(prices));
            let url = text(prices, "/url").and_then(crate::core::text::SafeHref::parse_web);
            if let Some(url) = url {
                put!(
                    out,
                    "<p class=\"hint\"><a href=\"{}\" rel=\"noopener noreferrer nofollow\">{words}</a></p>",
                    escaped(url.as_str())
                );
            } else {
                put!(out, "<p class=\"hint\">{words}</p>");
            }
        }
    }
    out.push_str("</section>");
}

fn sent(row: &Row<'_>, words: &ReportWords, out: &mut String) {
    let Some(sent) = row.run.pointer("/sent") else {
        return;
    };
    let line = |path| text(sent, path).unwrap_or_default();
    put!(
        out,
        "<details class=\"sent\"><summary>{}</summary>",
        words.sent
    );
    let notes = (words.sent_notes)(sent);
    if !notes.is_empty() {
        out.push_str("<ul>");
        for note in &notes {
            put!(out, "<li>{}</li>", escaped(note));
        }
        out.push_str("</ul>");
    }
    let mut head = format!("{} {}", line("/method"), line("/url"));
    for (name, value) in sent
        .pointer("/headers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let value = value.as_str().unwrap_or_default();
        put!(head, "\n{name}: {value}");
    }
    put!(out, "<pre><code>{}</code></pre>", escaped(&head));
    if let Some(body) = sent.pointer("/body") {
        put!(
            out,
            "<pre><code>{}</code></pre>",
            escaped(&format!("{body:#}"))
        );
    }
    out.push_str("</details>");
}
