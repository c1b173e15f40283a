//! The dialog in which things from elsewhere are looked at before they fill the
//! page in.

use super::{
    composer::param_texts,
    kit::{Dialog, focus},
};
use crate::{
    app::imports::{Found, Imports, Stage, use_imports},
    browser::files::Incoming,
    core::{
        catalog::Catalog,
        import::{FoundKey, ImportError, LeftOut},
        recipe::{Recipe, RecipePane, result::ResultDoc},
    },
    words::words,
};
use leptos::{html, prelude::*};

/// The dialog.
pub fn dialog() -> AnyView {
    let imports = use_imports();
    let open = Signal::derive(move || !matches!(imports.stage.get(), Stage::Closed));
    // What had the focus gives way to what is to be done next.
    Effect::new(move |_| match imports.stage.get() {
        Stage::Found(_) => focus::later(["[data-testid=import-apply]"]),
        Stage::Failed { .. } | Stage::Unreadable { .. } => {
            focus::later(["[data-testid=import-text]"]);
        }
        Stage::Closed | Stage::Asking | Stage::Reading => {}
    });
    view! {
        <Dialog
            open
            title=Signal::stored(words().imports().title.to_owned())
            test_id="imports"
            on_close=move |()| imports.close()
        >
            {move || body(imports, imports.stage.get())}
        </Dialog>
    }
    .into_any()
}

fn body(imports: Imports, stage: Stage) -> AnyView {
    let w = words().imports();
    match stage {
        Stage::Closed => ().into_any(),
        Stage::Asking => form(imports),
        Stage::Reading => view! { <p class="hint" role="status">{w.reading}</p> }.into_any(),
        Stage::Failed { name, error, file } => {
            let attach = file.map(|file| {
                view! {
                    <button
                        type="button"
                        class="btn"
                        data-testid="import-attach"
                        on:click=move |_| imports.attach(&file)
                    >
                        {w.attach}
                    </button>
                }
            });
            view! {
                {failure(&name, (w.error)(&error), kind_of(&error))}
                {attach}
                {form(imports)}
            }
            .into_any()
        }
        Stage::Unreadable { name } => view! {
            {failure("", (w.unreadable)(&name), "unreadable")}
            {form(imports)}
        }
        .into_any(),
        Stage::Found(found) => preview(imports, *found),
    }
}

/// A word for marks.
fn kind_of(error: &ImportError) -> &'static str {
    match error {
        ImportError::Empty => "empty",
        ImportError::TooLarge { .. } => "too_large",
        ImportError::NotText => "not_text",
        ImportError::Document(_) => "document",
        ImportError::Link(_) => "link",
        ImportError::NoDocument => "no_document",
        ImportError::Json { .. } => "json",
        ImportError::Yaml(_) => "yaml",
        ImportError::Curl(_) => "curl",
        ImportError::Foreign(_) => "foreign",
        ImportError::Unknown => "unknown",
    }
}

fn failure(name: &str, text: String, kind: &'static str) -> AnyView {
    let name = (!name.is_empty()).then(|| view! { <b>{name.to_owned()}</b> });
    view! {
        <div class="card-bad" role="alert" data-testid="import-error" data-kind=kind>
            {name}
            <p>{text}</p>
        </div>
    }
    .into_any()
}

fn form(imports: Imports) -> AnyView {
    let w = words().imports();
    let field = NodeRef::<html::Input>::new();
    view! {
        <p class="hint">{w.lead}</p>
        <label class="field">
            <span class="label">{w.paste}</span>
            <textarea
                class="input import-text"
                rows="8"
                autofocus
                spellcheck="false"
                data-testid="import-text"
                placeholder=w.paste_placeholder
                prop:value=move || imports.text.get()
                on:input=move |event| imports.text.set(event_target_value(&event))
            ></textarea>
        </label>
        <div class="card-actions">
            <button
                type="button"
                class="btn btn-go"
                data-testid="import-look"
                disabled=move || imports.text.with(|text| text.trim().is_empty())
                on:click=move |_| imports.look_at_text()
            >
                {w.look}
            </button>
            <button
                type="button"
                class="btn"
                data-testid="import-pick"
                on:click=move |_| {
                    if let Some(field) = field.get_untracked() {
                        field.click();
                    }
                }
            >
                {w.pick}
            </button>
            <span class="hint import-drop">{w.drop}</span>
        </div>
        <input
            type="file"
            hidden
            node_ref=field
            data-testid="import-file"
            aria-label=w.pick
            on:change=move |_| {
                if let Some(incoming) = field.get_untracked().and_then(|it| Incoming::take(&it)) {
                    imports.look_at_file(incoming);
                }
            }
        />
    }
    .into_any()
}

fn preview(imports: Imports, found: Found) -> AnyView {
    let w = words().imports();
    let imported = &found.imported;
    let keys: Vec<(FoundKey, RwSignal<bool>)> = imported
        .keys
        .iter()
        .map(|key| (key.clone(), RwSignal::new(false)))
        .collect();
    let notes: Vec<String> = imported
        .notices
        .iter()
        .map(|notice| (words().recipe().notice)(notice))
        .collect();
    let attach = found.file.clone().map(|file| {
        view! {
            <button
                type="button"
                class="btn"
                data-testid="import-attach"
                title=w.attach_hint
                on:click=move |_| imports.attach(&file)
            >
                {w.attach}
            </button>
        }
    });
    let head = (w.found)(&found.name, imported.kind);
    let facts = facts(&imported.recipe, imported.result.as_deref());
    let left_out = left_out(&imported.left_out);
    let key_list = key_list(&keys);
    let apply = move |_| {
        let chosen = keys.iter().filter(|(_, chosen)| chosen.get_untracked());
        let chosen: Vec<FoundKey> = chosen.map(|(key, _)| key.clone()).collect();
        imports.apply(&found, &chosen);
    };
    view! {
        <div class="import-preview" data-testid="import-preview">
            <p><b>{head}</b></p>
            <section class="section">
                <h3>{w.fills}</h3>
                {facts}
            </section>
            {left_out}
            {(!notes.is_empty())
                .then(|| {
                    let notes = notes.into_iter().map(|note| view! { <li>{note}</li> });
                    view! {
                        <section class="section">
                            <h3>{w.notes}</h3>
                            <ul class="sent-notes">{notes.collect_view()}</ul>
                        </section>
                    }
                })}
            {key_list}
            <p class="hint">{w.replaces}</p>
            <div class="card-actions">
                <button
                    type="button"
                    class="btn btn-go"
                    autofocus
                    data-testid="import-apply"
                    on:click=apply
                >
                    {w.fill_in}
                </button>
                <button
                    type="button"
                    class="btn"
                    data-testid="import-other"
                    on:click=move |_| imports.ask()
                >
                    {w.other}
                </button>
                {attach}
            </div>
        </div>
    }
    .into_any()
}

/// What would be filled in.
fn facts(recipe: &Recipe, result: Option<&ResultDoc>) -> AnyView {
    let w = words().imports();
    let mut rows: Vec<(&'static str, String)> = Vec::new();
    let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    rows.extend(text(&recipe.title).map(|title| (w.title_line, title)));
    rows.extend(text(&recipe.system).map(|system| (w.system_line, shortened(&system))));
    if let Some(last) = recipe.messages.last() {
        let count = (w.messages_count)(recipe.messages.len());
        let text = format!("{count}: {}", shortened(&last.content));
        rows.push((w.messages_line, text));
    }
    let names: Vec<&str> = recipe.variables.iter().map(|(name, _)| name).collect();
    if !names.is_empty() {
        rows.push((w.variables_line, names.join(", ")));
    }
    let params = param_texts(&recipe.params);
    if !params.is_empty() {
        rows.push((w.params_line, params.join(" · ")));
    }
    let panes: Vec<String> = recipe.used_panes().iter().map(pane_text).collect();
    rows.push((
        w.panes_line,
        if panes.is_empty() {
            w.no_panes.to_owned()
        } else {
            panes.join("\n")
        },
    ));
    if let Some(result) = result {
        let turns = result.panes.iter().flat_map(|pane| &pane.turns);
        let runs = turns.map(|turn| turn.runs.len()).sum();
        let text = (w.results_count)(runs, result.created.as_deref());
        rows.push((w.results_line, text));
    }
    let rows = rows.into_iter().map(|(name, text)| {
        view! {
            <dt>{name}</dt>
            <dd dir="auto">{text}</dd>
        }
    });
    view! { <dl class="facts import-facts">{rows.collect_view()}</dl> }.into_any()
}

fn pane_text(pane: &RecipePane) -> String {
    let row = Catalog::builtin().provider(&pane.provider);
    let provider = row.map_or(pane.provider.as_str(), |row| row.name.as_str());
    let mut parts = vec![pane.model.as_str().to_owned(), provider.to_owned()];
    parts.extend(pane.base_url.clone());
    parts.extend(param_texts(&pane.params));
    parts.join(" · ")
}

fn shortened(text: &str) -> String {
    const LIMIT: usize = 240;
    let mut cut: String = text.chars().take(LIMIT).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

fn left_out(all: &[LeftOut]) -> Option<AnyView> {
    let w = words().imports();
    (!all.is_empty()).then(|| {
        let items = all.iter().map(|LeftOut { what, why }| {
            view! {
                <li>
                    <code>{what.clone()}</code>
                    {format!(": {}", (w.why)(*why))}
                </li>
            }
        });
        view! {
            <section class="section">
                <h3>{(w.left_out)(all.len())}</h3>
                <ul class="sent-notes import-left-out" data-testid="import-left-out">
                    {items.collect_view()}
                </ul>
            </section>
        }
        .into_any()
    })
}

/// The keys that were found, none of them chosen.
fn key_list(keys: &[(FoundKey, RwSignal<bool>)]) -> Option<AnyView> {
    let w = words().imports();
    (!keys.is_empty()).then(|| {
        let lines = keys.iter().map(|(key, chosen)| {
            let row = Catalog::builtin().provider(&key.provider);
            let provider = row.map_or(key.provider.as_str(), |row| row.name.as_str());
            let origin = key.origin.as_str();
            let host = origin.split_once("://").map_or(origin, |(_, host)| host);
            let text = (w.key_line)(provider, host);
            let chosen = *chosen;
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        data-testid="import-key"
                        prop:checked=move || chosen.get()
                        on:change=move |event| chosen.set(event_target_checked(&event))
                    />
                    <span>{text}</span>
                </label>
            }
        });
        view! {
            <section class="section">
                <h3>{w.keys}</h3>
                {lines.collect_view()}
                <p class="hint">{w.keys_hint}</p>
            </section>
        }
        .into_any()
    })
}
