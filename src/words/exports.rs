//! What is said about results that leave the page, and in them.

use super::{cost, metrics, request};
use crate::core::{
    chart::{Digits, exact_usd, format_usd, grouped},
    export::{
        NotCarried, ReportWords,
        snippet::{Language, NoSnippet},
    },
    json,
    pricing::PicoUsd,
    wire::request::SentNote,
};
use serde_json::Value;

/// Words of the dialog for exports, and of programs made of requests.
#[derive(Debug, Clone, Copy)]
#[expect(
    missing_docs,
    reason = "each field is named after the place where it is shown"
)]
pub struct ExportWords {
    pub title: &'static str,
    pub action: &'static str,
    pub action_hint: &'static str,
    pub csv: &'static str,
    pub csv_hint: &'static str,
    pub html: &'static str,
    pub html_hint: &'static str,
    pub documents: &'static str,
    pub json_line: [&'static str; 2],
    pub html_line: [&'static str; 2],
    pub print_line: [&'static str; 2],
    pub markdown_line: [&'static str; 2],
    pub csv_line: [&'static str; 2],
    pub charts: &'static str,
    pub race_line: [&'static str; 2],
    pub figures_line: [&'static str; 2],
    pub others: &'static str,
    pub promptfoo_line: [&'static str; 2],
    pub save: &'static str,
    pub print: &'static str,
    pub copy: &'static str,
    pub svg: &'static str,
    pub png: &'static str,
    pub bom: &'static str,
    pub turn: &'static str,
    pub turn_of: fn(usize, &str) -> String,
    pub no_chart: &'static str,
    pub saved: fn(&str) -> String,
    pub not_saved: &'static str,
    pub not_made: &'static str,
    pub not_printed: &'static str,
    pub printing: &'static str,
    pub not_carried: fn(&NotCarried) -> String,
    pub left_out: &'static str,
    pub code: &'static str,
    pub code_hint: &'static str,
    pub code_languages: &'static str,
    pub language: fn(Language) -> &'static str,
    pub needs: fn(&[String]) -> String,
    pub lacks_files: &'static str,
    pub rust_hint: &'static str,
    pub no_snippet: fn(NoSnippet) -> &'static str,
    pub copy_code: &'static str,
}

/// English.
pub static EN: ExportWords = ExportWords {
    title: "Export",
    action: "Export…",
    action_hint: "Save as a report, table, text, chart or configuration, or print",
    csv: "Export CSV",
    csv_hint: "Save a table with a row a run",
    html: "Export HTML report",
    html_hint: "Save a report that opens anywhere, without this page",
    documents: "Results",
    json_line: [
        "JSON",
        "Everything, to open here again or to read with a program",
    ],
    html_line: [
        "HTML report",
        "One file that opens from a disk, without script or network; it can be opened here again",
    ],
    print_line: [
        "PDF",
        "The same report in the print dialog, where every browser can save a PDF",
    ],
    markdown_line: ["Markdown", "Figures as a table, answers as they came"],
    csv_line: ["CSV", "A row a run, for spreadsheets and statistics"],
    charts: "Charts",
    race_line: ["Phase bars", "Who began when, and who was done first"],
    figures_line: ["Figures as bars", "Time, speed, tokens and cost"],
    others: "Other tools",
    promptfoo_line: [
        "promptfoo",
        "The same prompts and models as a configuration, for large runs",
    ],
    save: "Save",
    print: "Print…",
    copy: "Copy",
    svg: "SVG",
    png: "PNG",
    bom: "For Excel (with a byte order mark)",
    turn: "Message",
    turn_of: |at, prompt| format!("{at}: {prompt}"),
    no_chart: "No run of this message has come to its end, so there is nothing to draw.",
    saved: |name| format!("{name} was saved"),
    not_saved: "The browser did not save the file",
    not_made: "The browser could not draw the picture. The SVG can still be saved.",
    not_printed: "The print dialog could not be opened. Save the HTML report and print that.",
    printing: "Making the report…",
    not_carried,
    left_out: "Not in the configuration:",
    code: "As a program",
    code_hint: "The same request, with the key from a variable of the environment.",
    code_languages: "Language",
    language: |language| match language {
        Language::Curl => "curl",
        Language::Python => "Python",
        Language::JavaScript => "JavaScript",
        Language::Rust => "Rust",
    },
    needs,
    lacks_files: "The bytes of the attached files are not in it: put them where it says which file it was.",
    rust_hint: "It needs the crate ureq: cargo add ureq.",
    no_snippet: |why| match why {
        NoSnippet::Signed => {
            "This request is signed, which needs a library there. Use curl, which signs by itself."
        }
    },
    copy_code: "Copy code",
};

fn needs(variables: &[String]) -> String {
    match variables {
        [] => "It needs no key.".to_owned(),
        [one] => format!("Put the key into the variable {one} first."),
        all => format!(
            "Put the credentials into the variables {} first.",
            all.join(", ")
        ),
    }
}

fn not_carried(what: &NotCarried) -> String {
    match what {
        NotCarried::InPage { model } => {
            format!("{model}: it runs in this page, which promptfoo cannot ask")
        }
        NotCarried::Route { model } => {
            format!("{model}: promptfoo has no provider for this route that can be filled in")
        }
        NotCarried::Param { model, name } => {
            format!("{name} of {model}: promptfoo’s provider has no such parameter")
        }
        NotCarried::Variable { name } => {
            format!("the value of {name}: promptfoo would take it for the name of a file")
        }
    }
}

/// What stands in reports.
pub static REPORT: ReportWords = ReportWords {
    lang: "en",
    untitled: "Untitled comparison",
    made: |created, app| format!("{} · made with {app}", moment(created)),
    system: "System prompt",
    prompt: |at, of| match of {
        1 => "Prompt".to_owned(),
        _ => format!("Message {at}"),
    },
    attached: "Attached files",
    figures: "Figures",
    bars: "Figures as bars",
    figures_hint: "Times are measured in the browser from sending the request. Token counts are the provider’s. A dash means that it is not known.",
    model: "Model",
    route: "Route",
    status: "Status",
    figure: |figure| metrics::EN.figure(figure).name,
    unknown: "–",
    unit: |unit| metrics::EN.unit(unit),
    cost: cost_text,
    phase,
    segment: |kind| metrics::EN.segment(kind),
    race: "Who began when",
    answers: "Answers",
    no_answer: "No answer.",
    thinking: "Thinking",
    attempt: |at| format!("attempt {at}"),
    failure,
    tool_call: |name| format!("It wanted to call {name}. Nothing was called."),
    costs: "Cost",
    cost_line,
    cost_source: |source| match source {
        "reported" => "Reported by the provider.",
        "computed" => "Computed from the token counts that the provider reported.",
        "estimated" => {
            "Estimated: the provider reported no final token counts, or its prices are in doubt."
        }
        "local" => {
            "It ran on a machine or network of one’s own: no provider is known to charge for it."
        }
        "simulated" => "No model ran: prepared text at a set speed.",
        _ => "",
    },
    price_source,
    sent: "What was sent",
    sent_notes,
    returned: |model| format!("answered by {model}"),
    first_call: "first call: connecting is part of the times",
    hidden_tab: "the tab was hidden for a time",
    simulated: "simulated",
    image: |alt| match alt {
        "" => "image".to_owned(),
        alt => format!("image: {alt}"),
    },
    done: "done",
    not_done: "not done",
    embedded: "The whole result is part of this file: drop it on Touchstone to open it there.",
};

/// `2026-11-24T10:00:00Z` as people write it.
fn moment(created: &str) -> String {
    let day = crate::core::pricing::Day::parse(created.get(..10).unwrap_or_default());
    let time = created.get(11..16);
    match (day, time) {
        (Some(day), Some(time)) => format!("{}, {time} UTC", cost::day_of(day)),
        _ => created.to_owned(),
    }
}

fn cost_text(usd: Option<PicoUsd>, source: Option<&str>) -> Option<String> {
    match (usd, source) {
        (Some(usd), Some("estimated")) => Some(format!("≈ {}", format_usd(usd, Digits::Rough))),
        (Some(usd), _) => Some(format_usd(usd, Digits::Full)),
        (None, Some("local")) => Some("local".to_owned()),
        (None, Some("simulated")) => Some("simulated".to_owned()),
        (None, _) => None,
    }
}

fn phase(status: &str) -> &'static str {
    match status {
        "idle" => "not run",
        "queued" => "queued",
        "connecting" => "connecting",
        "waiting" => "waiting",
        "thinking" => "thinking",
        "answering" => "answering",
        "done" => "done",
        "stopped" => "stopped",
        "failed" => "failed",
        _ => "unknown",
    }
}

fn failure(error: &Value) -> String {
    let text = |name: &str| error.get(name).and_then(Value::as_str);
    let kind = text("kind").unwrap_or("failed").replace('_', " ");
    let status = error.get("status").and_then(Value::as_u64);
    let status = status.map_or_else(String::new, |status| format!(" ({status})"));
    match text("detail").or(text("code")) {
        Some(detail) => format!("failed: {kind}{status}. {detail}"),
        None => format!("failed: {kind}{status}"),
    }
}

fn cost_line(line: &Value) -> String {
    let text = |name: &str| line.get(name).and_then(Value::as_str);
    let usd = |name: &str| text(name).and_then(PicoUsd::parse).map(exact_usd);
    let class = text("class").unwrap_or_default().replace('_', " ");
    let count = line.get("count").and_then(Value::as_u64).map(grouped);
    let about = line.get("is_estimated") == Some(&Value::Bool(true));
    format!(
        "{class}: {}{} × {} = {}",
        if about { "≈ " } else { "" },
        count.unwrap_or_default(),
        usd("price_usd").unwrap_or_default(),
        usd("usd").unwrap_or_default()
    )
}

fn price_source(prices: &Value) -> String {
    let text = |name: &str| prices.get(name).and_then(Value::as_str).unwrap_or_default();
    format!(
        "Prices of {}, {}, as of {} ({}).",
        text("list"),
        text("model"),
        text("as_of"),
        text("source")
    )
}

fn sent_notes(sent: &Value) -> Vec<String> {
    let notes = sent.get("notes").and_then(Value::as_array);
    let read = |note: &Value| json::from_value::<SentNote>(note.clone()).ok();
    let notes = notes.into_iter().flatten().filter_map(read);
    notes.map(|note| (request::EN.sent_note)(&note)).collect()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "exports_tests.rs"]
mod tests;
