//! The dialog in which results leave in all their forms.

use super::kit::{Dialog, copy_text};
use crate::{
    app::{
        Comparison, Notices,
        exports::{self, Chart, Form, Picture, use_exports},
        use_comparison, use_notices,
    },
    words::words,
};
use leptos::prelude::*;

/// The dialog.
pub fn dialog() -> AnyView {
    let open = use_exports().open;
    view! {
        <Dialog
            open
            title=Signal::stored(words().exports().title.to_owned())
            test_id="exports"
            on_close=move |()| open.set(false)
        >
            {body()}
        </Dialog>
    }
    .into_any()
}

/// What its buttons need.
#[derive(Clone, Copy)]
struct Reach {
    comparison: Comparison,
    notices: Notices,
}

fn body() -> AnyView {
    let reach = Reach {
        comparison: use_comparison(),
        notices: use_notices(),
    };
    let has_turns = reach
        .comparison
        .turns
        .with_untracked(|turns| !turns.is_empty());
    let w = words().exports();
    view! {
        {has_turns.then(|| documents(reach))}
        {has_turns.then(|| charts(reach))}
        <section class="section">
            <h3>{w.others}</h3>
            <ul class="export-list">
                {line(
                    w.promptfoo_line,
                    view! {
                        {button(w.save, "export-promptfoo", move || {
                            exports::save(Form::Promptfoo, reach.comparison, reach.notices);
                        })}
                        {copy_button(Form::Promptfoo, "copy-promptfoo", reach)}
                    }
                        .into_any(),
                )}
            </ul>
            {not_carried(reach)}
        </section>
    }
    .into_any()
}

fn documents(reach: Reach) -> AnyView {
    let w = words().exports();
    let for_excel = RwSignal::new(false);
    let save = move |form| move || exports::save(form, reach.comparison, reach.notices);
    view! {
        <section class="section">
            <h3>{w.documents}</h3>
            <ul class="export-list">
                {line(w.html_line, button(w.save, "save-html", save(Form::Html)))}
                {line(
                    w.print_line,
                    button(w.print, "export-print", move || {
                        exports::print(reach.comparison, reach.notices);
                    }),
                )}
                {line(w.json_line, button(w.save, "save-json", save(Form::Json)))}
                {line(
                    w.markdown_line,
                    view! {
                        {button(w.save, "export-markdown", save(Form::Markdown))}
                        {copy_button(Form::Markdown, "copy-markdown", reach)}
                    }
                        .into_any(),
                )}
                {line(
                    w.csv_line,
                    button(w.save, "save-csv", move || {
                        let for_excel = for_excel.get_untracked();
                        exports::save(Form::Csv { for_excel }, reach.comparison, reach.notices);
                    }),
                )}
            </ul>
            <label class="check">
                <input
                    type="checkbox"
                    data-testid="csv-bom"
                    prop:checked=move || for_excel.get()
                    on:change=move |event| for_excel.set(event_target_checked(&event))
                />
                <span>{w.bom}</span>
            </label>
        </section>
    }
    .into_any()
}

fn charts(reach: Reach) -> AnyView {
    let w = words().exports();
    let turns = reach.comparison.turns.get_untracked();
    let turn = RwSignal::new(turns.len().saturating_sub(1));
    let both = move |chart, ids: [&'static str; 2]| {
        let save = move |picture| {
            move || {
                let turn = turn.get_untracked();
                exports::save_chart(chart, picture, turn, reach.comparison, reach.notices);
            }
        };
        view! {
            {button(w.svg, ids[0], save(Picture::Svg))}
            {button(w.png, ids[1], save(Picture::Png))}
        }
        .into_any()
    };
    let choice = (turns.len() > 1).then(|| {
        let options = turns.iter().enumerate().map(|(at, turn)| {
            let text = (w.turn_of)(at + 1, &shortened(&turn.prompt));
            view! { <option value=at.to_string()>{text}</option> }
        });
        view! {
            <label class="field">
                <span class="label">{w.turn}</span>
                <select
                    class="input"
                    data-testid="export-turn"
                    prop:value=move || turn.get().to_string()
                    on:change=move |event| {
                        if let Ok(at) = event_target_value(&event).parse() {
                            turn.set(at);
                        }
                    }
                >
                    {options.collect_view()}
                </select>
            </label>
        }
    });
    view! {
        <section class="section">
            <h3>{w.charts}</h3>
            {choice}
            <ul class="export-list">
                {line(w.race_line, both(Chart::Race, ["export-race-svg", "export-race-png"]))}
                {line(
                    w.figures_line,
                    both(Chart::Figures, ["export-figures-svg", "export-figures-png"]),
                )}
            </ul>
        </section>
    }
    .into_any()
}

fn shortened(prompt: &str) -> String {
    const LIMIT: usize = 60;
    let mut words: String = prompt.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > LIMIT {
        words = words.chars().take(LIMIT - 1).collect();
        words.push('…');
    }
    words
}

/// What promptfoo has no place for, before the file is saved.
fn not_carried(reach: Reach) -> Option<AnyView> {
    let w = words().exports();
    let missing = exports::not_carried(reach.comparison);
    (!missing.is_empty()).then(|| {
        let items = missing.iter().map(|what| {
            let text = (w.not_carried)(what);
            view! { <li>{text}</li> }
        });
        view! {
            <div class="card-note" data-testid="promptfoo-left-out">
                <p>{w.left_out}</p>
                <ul class="sent-notes">{items.collect_view()}</ul>
            </div>
        }
        .into_any()
    })
}

/// A form of export: its name, what it is good for, and its buttons.
fn line([name, hint]: [&'static str; 2], buttons: AnyView) -> AnyView {
    view! {
        <li>
            <div>
                <b>{name}</b>
                <p class="hint">{hint}</p>
            </div>
            <div class="export-buttons">{buttons}</div>
        </li>
    }
    .into_any()
}

fn button(text: &'static str, id: &'static str, run: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" class="btn" data-testid=id on:click=move |_| run()>
            {text}
        </button>
    }
    .into_any()
}

fn copy_button(form: Form, id: &'static str, reach: Reach) -> AnyView {
    button(words().exports().copy, id, move || {
        if let Some(text) = exports::text_of(form, reach.comparison) {
            copy_text(reach.notices, text, || ());
        }
    })
}
