//! Which of several prompts and rows of values is taken.

use super::preview::shortened;
use crate::{
    app::imports::Found,
    core::import::{Choice, Row, Suite, SuitePrompt},
    words::words,
};
use leptos::prelude::*;

/// The choice, and the fields for it where there is one. All of them is chosen
/// where they fit into one list.
pub(super) fn view(found: &Found) -> (RwSignal<Choice>, Option<AnyView>) {
    const FIRST: Choice = Choice::One { prompt: 0, row: 0 };
    let Some((suite, is_list)) = found.suite() else {
        return (RwSignal::new(FIRST), None);
    };
    let choice = RwSignal::new(if is_list { Choice::All } else { FIRST });
    let w = words().imports();
    let one = fields(suite, choice);
    let all = is_list.then(|| all(suite, choice));
    let is_one = move || choice.get() != Choice::All;
    let fields = view! {
        <fieldset class="section import-suite" data-testid="import-suite">
            <legend class="label">{w.suite}</legend>
            {all}
            {is_list
                .then(|| {
                    view! {
                        <label class="check">
                            <input
                                type="radio"
                                name="import-suite"
                                data-testid="import-suite-one"
                                prop:checked=is_one
                                on:change=move |_| choice.set(FIRST)
                            />
                            <span>{w.suite_one}</span>
                        </label>
                    }
                })}
            <div class="import-suite-one" hidden=move || !is_one()>
                {one}
            </div>
        </fieldset>
    };
    (choice, Some(fields.into_any()))
}

fn all(suite: &Suite, choice: RwSignal<Choice>) -> AnyView {
    let w = words().imports();
    let count = suite.list().map_or(0, |list| list.entries.len());
    let rows = suite.rows.len().max(1);
    let text = (w.suite_all)(count, count.div_ceil(rows), rows);
    view! {
        <label class="check">
            <input
                type="radio"
                name="import-suite"
                data-testid="import-suite-all"
                prop:checked=move || choice.get() == Choice::All
                on:change=move |_| choice.set(Choice::All)
            />
            <span>
                {text} <span class="hint import-suite-hint">{w.suite_all_hint}</span>
            </span>
        </label>
    }
    .into_any()
}

/// A field for the prompt and one for the row, where there are several of it.
fn fields(suite: &Suite, choice: RwSignal<Choice>) -> AnyView {
    let w = words().imports();
    let places = move || match choice.get() {
        Choice::All => (0, 0),
        Choice::One { prompt, row } => (prompt, row),
    };
    let prompts: Vec<String> = suite.prompts.iter().map(prompt_text).collect();
    let rows: Vec<String> = suite.rows.iter().map(row_text).collect();
    let prompt = (prompts.len() > 1).then(|| {
        let value = Signal::derive(move || places().0);
        let set = move |prompt| {
            let (_, row) = untrack(places);
            choice.set(Choice::One { prompt, row });
        };
        select(w.suite_prompt, "import-suite-prompt", prompts, value, set)
    });
    let row = (rows.len() > 1).then(|| {
        let value = Signal::derive(move || places().1);
        let set = move |row| {
            let (prompt, _) = untrack(places);
            choice.set(Choice::One { prompt, row });
        };
        select(w.suite_row, "import-suite-row", rows, value, set)
    });
    view! {
        {prompt}
        {row}
    }
    .into_any()
}

fn select(
    label: &'static str,
    test_id: &'static str,
    texts: Vec<String>,
    value: Signal<usize>,
    set: impl Fn(usize) + 'static,
) -> AnyView {
    let options = texts.into_iter().enumerate().map(|(at, text)| {
        let text = format!("{}. {text}", at + 1);
        view! { <option value=at.to_string()>{text}</option> }
    });
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <select
                class="select"
                data-testid=test_id
                prop:value=move || value.get().to_string()
                on:change=move |event| {
                    if let Ok(at) = event_target_value(&event).parse() {
                        set(at);
                    }
                }
            >
                {options.collect_view()}
            </select>
        </label>
    }
    .into_any()
}

fn prompt_text(prompt: &SuitePrompt) -> String {
    let last = prompt.messages.last().map(|last| last.content.as_str());
    let text = prompt.label.as_deref().or(last).unwrap_or_default();
    one_line(text)
}

fn row_text(row: &Row) -> String {
    if let Some(label) = &row.label {
        return one_line(label);
    }
    let values = row.values.iter();
    let values: Vec<String> = values
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    one_line(&values.join(" · "))
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    shortened(&words.join(" "))
}
