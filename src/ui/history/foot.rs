//! What concerns everything that is kept: its size, the file, private mode.

use super::{Panel, has_entries, use_panel};
use crate::{
    app::{
        History,
        history::{Busy, Report, Stage, Stopped},
        use_history,
    },
    browser::files::Incoming,
    core::history::Totals,
    ui::kit::focus,
    words::words,
};
use leptos::{html, prelude::*};

/// How many entries that were left out of an import are named.
const MOST_NAMED: usize = 8;

/// The foot of the dialog.
#[component]
pub fn Foot() -> impl IntoView {
    let history = use_history();
    let w = words().history();
    // What cannot be read is not nothing: no count of it, and no place for more.
    let is_read = Memo::new(move |_| !matches!(history.stage.get(), Stage::Failed(_)));
    view! {
        <div class="history-foot">
            <ImportReport />
            {move || {
                is_read
                    .get()
                    .then(|| {
                        view! {
                            <Files />
                            <Room />
                        }
                    })
            }}
            <PrivateField />
            <p class="hint">{w.intro}</p>
        </div>
    }
}

/// Export, import and deletion of everything.
#[component]
fn Files() -> impl IntoView {
    let history = use_history();
    let panel = use_panel();
    let some = Memo::new(move |_| has_entries(history));
    view! {
        <div class="card-actions">
            {move || some.get().then(|| export_button(history))}
            <ImportButton />
            {move || (some.get() && !panel.asking_all.get()).then(|| delete_button(history, panel))}
        </div>
        {move || (some.get() && panel.asking_all.get()).then(|| ask_all(history))}
        <p class="hint" role="status" data-testid="history-busy">
            {move || history.busy.get().map(busy_words)}
        </p>
    }
}

fn export_button(history: History) -> AnyView {
    view! {
        <button
            type="button"
            class="btn"
            data-testid="history-export"
            disabled=move || history.busy.with(Option::is_some)
            on:click=move |_| history.export_all()
        >
            {words().history().export_all}
        </button>
    }
    .into_any()
}

#[component]
fn ImportButton() -> impl IntoView {
    let history = use_history();
    let field = NodeRef::<html::Input>::new();
    let take = move |_| {
        let files = field
            .get_untracked()
            .and_then(|field| Incoming::take(&field));
        if let Some(files) = files {
            history.import(files);
        }
    };
    view! {
        <button
            type="button"
            class="btn"
            data-testid="history-import-button"
            disabled=move || history.busy.with(Option::is_some)
            on:click=move |_| {
                if let Some(field) = field.get_untracked() {
                    field.click();
                }
            }
        >
            {words().history().import}
        </button>
        <input
            type="file"
            accept=".json,application/json"
            multiple
            hidden
            data-testid="history-import"
            node_ref=field
            on:change=take
        />
    }
}

fn delete_button(history: History, panel: Panel) -> AnyView {
    view! {
        <button
            type="button"
            class="btn"
            data-testid="history-delete-all"
            disabled=move || history.busy.with(Option::is_some)
            on:click=move |_| {
                panel.asking_all.set(true);
                focus::later(["[data-testid=history-delete-all-no]"]);
            }
        >
            {words().history().delete_all}
        </button>
    }
    .into_any()
}

fn busy_words(busy: Busy) -> String {
    let w = words().history();
    match busy {
        Busy::Exporting(done, all) => (w.exporting)(done, all),
        Busy::Importing(percent) => (w.importing)(percent),
    }
}

/// Asks whether everything is to be deleted.
fn ask_all(history: History) -> AnyView {
    let panel = use_panel();
    let w = words().history();
    let totals = move || {
        history
            .rows
            .with(|rows| Totals::of(rows.iter().map(|row| &row.entry)))
    };
    view! {
        <div class="card-note history-question" role="group" aria-label=w.delete_all>
            <p>
                {move || {
                    let totals = totals();
                    (w.ask_delete_all)(totals.entries, totals.bytes)
                }}
            </p>
            <div class="card-actions">
                <button
                    type="button"
                    class="btn"
                    data-testid="history-delete-all-yes"
                    on:click=move |_| {
                        panel.asking_all.set(false);
                        let rows = history.rows.get_untracked();
                        history.delete(rows.iter().map(|row| row.entry.id.clone()).collect());
                        focus::later(["[data-testid=history-import-button]"]);
                    }
                >
                    {w.delete}
                </button>
                <button
                    type="button"
                    class="btn"
                    data-testid="history-delete-all-no"
                    on:click=move |_| {
                        panel.asking_all.set(false);
                        focus::later(["[data-testid=history-delete-all]"]);
                    }
                >
                    {w.cancel}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// How much there is, and whether the browser may clear it.
#[component]
fn Room() -> impl IntoView {
    let history = use_history();
    let w = words().history();
    let totals = Memo::new(move |_| {
        history
            .rows
            .with(|rows| Totals::of(rows.iter().map(|row| &row.entry)))
    });
    let some = move || totals.get().entries > 0;
    view! {
        <p class="hint" data-testid="history-room">
            {move || {
                let totals = totals.get();
                let mut text = (w.room)(totals.entries, totals.bytes);
                text.push_str(". ");
                if let Some(room) = history.room.get() {
                    text.push_str(&(w.room_of)(room.used, room.most));
                }
                text
            }}
            {move || {
                (history.is_persistent.get() == Some(true)).then(|| format!(" {}", w.is_persistent))
            }}
        </p>
        {move || {
            (some() && history.is_persistent.get() == Some(false))
                .then(|| {
                    view! {
                        <div class="history-persist">
                            <button
                                type="button"
                                class="btn"
                                data-testid="history-persist"
                                on:click=move |_| history.persist()
                            >
                                {w.persist}
                            </button>
                            <p class="hint">{w.persist_hint}</p>
                        </div>
                    }
                        .into_any()
                })
        }}
    }
}

/// What came of the last import.
#[component]
fn ImportReport() -> impl IntoView {
    let history = use_history();
    move || {
        history.report.get().map(|report| {
            view! {
                <div class="card-note" role="status" data-testid="history-report">
                    {report_lines(&report)
                        .into_iter()
                        .map(|line| view! { <p>{line}</p> }.into_any())
                        .collect_view()}
                    {report
                        .can_undo()
                        .then(|| {
                            view! {
                                <div class="card-actions">
                                    <button
                                        type="button"
                                        class="btn"
                                        data-testid="history-import-undo"
                                        on:click=move |_| {
                                            history.undo_import();
                                            focus::later(["[data-testid=history-import-button]"]);
                                        }
                                    >
                                        {words().history().undo_import}
                                    </button>
                                </div>
                            }
                        })}
                </div>
            }
            .into_any()
        })
    }
}

fn report_lines(report: &Report) -> Vec<String> {
    let w = words().history();
    let mut lines = Vec::new();
    let added = report.added.len();
    let any = added + report.known + report.tagged > 0;
    if any || report.stopped.is_none() {
        lines.push((w.imported)(added, report.tagged, report.known));
    }
    if !report.skipped.is_empty() {
        lines.push((w.skipped)(report.skipped.len()));
        let named = report.skipped.iter().take(MOST_NAMED);
        lines.extend(named.map(|skipped| (w.skipped_one)(skipped)));
        let more = report.skipped.len().saturating_sub(MOST_NAMED);
        lines.extend((more > 0).then(|| (w.skipped_more)(more)));
    }
    lines.extend(report.stopped.as_ref().map(|stopped| match stopped {
        Stopped::Unreadable => w.unreadable_file.to_owned(),
        Stopped::TooLarge => w.too_large_file.to_owned(),
        Stopped::File(error) => (w.import_error)(error),
        Stopped::Store(error) => (w.trouble)(error),
    }));
    if report.stopped.is_some() && added > 0 {
        lines.push(w.import_stopped.to_owned());
    }
    lines
}

/// The switch of private mode.
#[component]
pub fn PrivateField() -> impl IntoView {
    let history = use_history();
    let w = words().history();
    view! {
        <div class="history-private">
            <label class="check">
                <input
                    type="checkbox"
                    data-testid="history-private"
                    prop:checked=move || history.is_private.get()
                    on:change=move |event| history.set_private(event_target_checked(&event))
                />
                {w.private}
            </label>
            <p class="hint">{w.private_hint}</p>
        </div>
    }
}
