//! What would fill the page in, looked at before.

use super::{buttons, choose};
use crate::{
    app::imports::{Found, Imports},
    core::{
        catalog::Catalog,
        import::{FoundKey, LeftOut},
        playlist::Playlist,
        recipe::{Recipe, RecipePane, result::ResultDoc},
    },
    ui::composer::param_texts,
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// How many prompts of a list are shown.
const SHOWN: usize = 4;

pub(super) fn view(imports: Imports, found: Found) -> AnyView {
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
    let head = (w.found)(&found.name, imported.kind);
    let key_list = key_list(&keys);
    let (choice, chooser) = choose::view(&found);
    let file = found.file.clone();
    let found = Arc::new(found);
    let shown = found.clone();
    let fills = move || {
        let choice = choice.get();
        let list = shown.list(choice);
        facts(
            &shown.recipe(choice),
            list.as_ref(),
            shown.imported.result.as_deref(),
        )
    };
    let missing = found.clone();
    let left_out = move || left_out(&missing.left_out(choice.get()));
    let apply = move || {
        let chosen = keys.iter().filter(|(_, chosen)| chosen.get_untracked());
        let chosen: Vec<FoundKey> = chosen.map(|(key, _)| key.clone()).collect();
        imports.apply(&found, choice.get_untracked(), &chosen);
    };
    view! {
        <div class="import-preview" data-testid="import-preview">
            <p><b>{head}</b></p>
            {chooser}
            <section class="section">
                <h3>{w.fills}</h3>
                {fills}
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
            {buttons(imports, file, w.fill_in, apply)}
        </div>
    }
    .into_any()
}

/// What would be filled in.
fn facts(recipe: &Recipe, list: Option<&Playlist>, result: Option<&ResultDoc>) -> AnyView {
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
    let mut names: Vec<&str> = recipe.variables.iter().map(|(name, _)| name).collect();
    if let Some(list) = list {
        rows.push((w.list_line, listed(list)));
        names = list.variables();
    }
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

/// How many prompts there are, and how the first ones begin.
fn listed(list: &Playlist) -> String {
    let w = words().imports();
    let mut lines = vec![(w.list_count)(list.entries.len())];
    let shown = list.entries.iter().take(SHOWN);
    lines.extend(shown.map(|entry| shortened(&entry.heading())));
    let more = list.entries.len().saturating_sub(SHOWN);
    lines.extend((more > 0).then(|| (w.more)(more)));
    lines.join("\n")
}

fn pane_text(pane: &RecipePane) -> String {
    let row = Catalog::builtin().provider(&pane.provider);
    let provider = row.map_or(pane.provider.as_str(), |row| row.name.as_str());
    let mut parts = vec![pane.model.as_str().to_owned(), provider.to_owned()];
    parts.extend(pane.base_url.clone());
    parts.extend(param_texts(&pane.params));
    parts.join(" · ")
}

pub(super) fn shortened(text: &str) -> String {
    const LIMIT: usize = 160;
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
