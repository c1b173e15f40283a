//! The result as a table: a row a run, after RFC 4180.
//!
//! Text that a spreadsheet could take for a formula gets an apostrophe in
//! front; numbers stay numbers, with a point and to the last digit.

use super::sheet::{Row, Sheet, some_text};
use serde_json::Value;

/// What Excel needs to see that a file is UTF-8.
pub const BOM: &str = "\u{feff}";

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cell {
    /// A number, a word of ours, or a time: written as it is.
    Plain(String),
    /// What a person, a model or a provider wrote.
    Text(String),
    /// Unknown, or not set.
    Empty,
}

/// A column: its name, and what it takes from a run.
struct Column {
    name: &'static str,
    cell: fn(&Row<'_>) -> Cell,
}

/// The names of the columns, in order.
pub fn columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|column| column.name)
}

macro_rules! columns {
    ($($name:literal => $cell:expr),+ $(,)?) => {
        &[$(Column { name: $name, cell: $cell }),+]
    };
}

static COLUMNS: &[Column] = columns! {
    "title" => |row| words(row.document, "/recipe/title"),
    "created" => |row| plain(row.document, "/created"),
    "app_version" => |row| words(row.document, "/app/version"),
    "turn" => |row| place(row.turn_at),
    "pane" => |row| place(row.pane_at),
    "attempt" => |row| place(row.run_at),
    "label" => |row| words(row.pane, "/label"),
    "provider" => |row| words(row.pane, "/provider"),
    "api" => |row| plain(row.pane, "/api"),
    "host" => |row| words(row.pane, "/host"),
    "model" => |row| words(row.pane, "/model"),
    "response_model" => |row| words(row.run, "/response_model"),
    "simulated" => |row| flag(row.run, "/simulated"),
    "status" => |row| plain(row.run, "/status"),
    "finish_reason" => |row| plain(row.run, "/finish_reason/unified"),
    "finish_reason_raw" => |row| words(row.run, "/finish_reason/raw"),
    "error_kind" => |row| plain(row.run, "/error/kind"),
    "error_status" => |row| plain(row.run, "/error/status"),
    "error_detail" => |row| words(row.run, "/error/detail"),
    "headers_ms" => |row| plain(row.run, "/marks/headers_ms"),
    "ttft_ms" => |row| plain(row.run, "/figures/ttft_ms"),
    "ttfa_ms" => |row| plain(row.run, "/figures/ttfa_ms"),
    "total_ms" => |row| plain(row.run, "/figures/total_ms"),
    "output_tokens_per_s" => |row| plain(row.run, "/figures/output_tokens_per_s"),
    "input_tokens" => |row| plain(row.run, "/usage/input/total"),
    "cached_input_tokens" => |row| plain(row.run, "/usage/input/cache_read"),
    "output_tokens" => |row| plain(row.run, "/usage/output/total"),
    "reasoning_tokens" => |row| plain(row.run, "/usage/output/thinking"),
    "cost_usd" => |row| plain(row.run, "/cost/usd"),
    "cost_source" => |row| plain(row.run, "/cost/source"),
    "first_call" => |row| flag(row.run, "/first_call"),
    "hidden_tab" => |row| flag(row.run, "/hidden_tab"),
    "temperature" => |row| plain(row.pane, "/params/temperature"),
    "top_p" => |row| plain(row.pane, "/params/top_p"),
    "top_k" => |row| plain(row.pane, "/params/top_k"),
    "max_output_tokens" => |row| plain(row.pane, "/params/max_output_tokens"),
    "context_window" => |row| plain(row.pane, "/params/context_window"),
    "seed" => |row| plain(row.pane, "/params/seed"),
    "reasoning_effort" => |row| words(row.pane, "/params/reasoning_effort"),
    "reasoning_summary" => |row| words(row.pane, "/params/reasoning_summary"),
    "service_tier" => |row| words(row.pane, "/params/service_tier"),
    "provider_order" => |row| listed(row.pane, "/params/provider_order"),
    "system" => |row| words(row.document, "/recipe/system"),
    "prompt" => |row| words(row.turn, "/prompt"),
    "answer" => |row| words(row.run, "/answer"),
    "thinking" => |row| words(row.run, "/thinking"),
};

fn words(value: &Value, path: &str) -> Cell {
    some_text(value, path).map_or(Cell::Empty, |text| Cell::Text(text.to_owned()))
}

/// Texts in one cell, separated by commas.
fn listed(value: &Value, path: &str) -> Cell {
    let items = value.pointer(path).and_then(Value::as_array);
    let texts: Vec<&str> = items
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if texts.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(texts.join(", "))
    }
}

/// A number or a word of ours. A document that somebody else wrote may have
/// anything there: what is neither is treated as text.
fn plain(value: &Value, path: &str) -> Cell {
    match value.pointer(path) {
        Some(Value::Number(number)) => Cell::Plain(number.to_string()),
        Some(Value::String(text)) if is_plain(text) => Cell::Plain(text.clone()),
        Some(Value::String(text)) => Cell::Text(text.clone()),
        _ => Cell::Empty,
    }
}

fn is_plain(text: &str) -> bool {
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    starts_well
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.:".contains(&b))
}

fn flag(value: &Value, path: &str) -> Cell {
    match value.pointer(path).and_then(Value::as_bool) {
        Some(set) => Cell::Plain(set.to_string()),
        None => Cell::Empty,
    }
}

fn place(at: usize) -> Cell {
    Cell::Plain((at + 1).to_string())
}

/// The table of a document, with its head. `with_bom`: for Excel, which takes
/// a file for another encoding without it.
pub fn csv(document: &Value, with_bom: bool) -> String {
    let mut out = String::new();
    if with_bom {
        out.push_str(BOM);
    }
    let names: Vec<&str> = columns().collect();
    out.push_str(&names.join(","));
    out.push_str("\r\n");
    for row in Sheet::of(document).rows() {
        for (at, column) in COLUMNS.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            match (column.cell)(&row) {
                Cell::Empty => {}
                Cell::Plain(text) => out.push_str(&text),
                Cell::Text(text) => push_text(&text, &mut out),
            }
        }
        out.push_str("\r\n");
    }
    out
}

/// Text in quotes, and with an apostrophe where it begins like a formula.
fn push_text(text: &str, out: &mut String) {
    out.push('"');
    if needs_guard(text) {
        out.push('\'');
    }
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

/// Text that begins like a guarded one is guarded too, so that one apostrophe
/// less always gives the text.
fn needs_guard(text: &str) -> bool {
    looks_like_formula(text.trim_start_matches('\''))
}

/// Whether a spreadsheet may calculate it: the first character that it does
/// not skip is one with which a formula or a command begins, in its narrow or
/// its wide form.
fn looks_like_formula(text: &str) -> bool {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let skipped =
        |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}' || c == '\u{200b}';
    text.starts_with(['\t', '\r', '\n', '\0'])
        || text.trim_start_matches(skipped).starts_with(SIGNS)
}

/// The text that a cell of ours had before it was guarded.
#[cfg(test)]
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "csv_tests.rs"]
mod tests;
