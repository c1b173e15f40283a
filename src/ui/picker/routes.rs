//! The routes: a search over a grouped list, one's own first.

use super::Form;
use crate::{
    app::{routes, use_vault},
    browser::{builtin, page},
    core::{
        catalog::{Catalog, Provider, Section, Transport, likeliest, offered},
        domain::ProviderId,
    },
    ui::kit::{Icon, IconName, focus},
    words::words,
};
use leptos::prelude::*;

/// Where the focus goes when a route was chosen: to what is asked for next.
const NEXT_FIELDS: [&str; 4] = [
    "[data-testid=picker-field][data-missing]",
    ".picker-main [data-key-for]",
    "[data-testid=picker-base-url][data-missing]",
    "[data-testid=picker-search]",
];

/// A heading and what stands under it, as ids, so that it can be compared.
type Shown = Vec<(Section, Vec<&'static str>)>;

/// The list of routes. On a phone it is folded behind the chosen one.
#[component]
pub fn RouteList(
    /// The form.
    form: Form,
    /// Whether a route is what is to be chosen first.
    is_first: bool,
) -> impl IntoView {
    let w = words().routes();
    let vault = use_vault();
    let open = RwSignal::new(is_first);
    if is_first {
        focus::later(["[data-testid=picker-provider]"]);
    }
    let search = RwSignal::new(String::new());
    // As they were when the picker opened: nothing moves under the pointer.
    let yours = untrack(|| routes::yours(vault));
    let shown = Memo::new(move |_| -> Shown {
        search.with(|search| {
            let sections = offered(Catalog::builtin(), &yours, search).into_iter();
            // The browser's own model is offered where there is one.
            let can_run =
                |row: &&Provider| row.transport != Transport::BuiltIn || builtin::is_here();
            let ids = |rows: Vec<&'static Provider>| {
                let rows = rows.into_iter().filter(can_run);
                rows.map(|row| row.id.as_str()).collect::<Vec<_>>()
            };
            let sections = sections.map(|(at, rows)| (at, ids(rows)));
            sections.filter(|(_, ids)| !ids.is_empty()).collect()
        })
    });
    let active = RwSignal::new(None::<usize>);
    let pick = move |id: &str| {
        form.choose(&ProviderId::new(id));
        search.set(String::new());
        active.set(None);
        open.set(false);
        focus::later(NEXT_FIELDS);
    };
    let name = move || form.row().map_or_else(String::new, |row| row.name.clone());
    view! {
        <div class="picker-side" data-open=move || open.get().then_some("")>
            <button
                type="button"
                class="btn picker-chosen"
                data-testid="picker-route"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| {
                    open.update(|open| *open = !*open);
                    focus::later(["[data-testid=picker-provider]"]);
                }
            >
                <span>{move || (w.chosen)(&name())}</span>
                <Icon name=IconName::Down />
            </button>
            <div class="picker-routes">
                <input
                    class="input"
                    type="text"
                    role="combobox"
                    aria-expanded="true"
                    aria-controls="route-list"
                    aria-label=w.search
                    aria-activedescendant=move || {
                        let there = shown.with(|shown| shown.iter().map(|(_, ids)| ids.len()).sum::<usize>());
                        active.get().filter(|at| *at < there).map(|at| format!("route-{at}"))
                    }
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    data-testid="picker-provider"
                    data-provider=move || form.provider.with(|id| id.as_str().to_owned())
                    placeholder=w.search
                    prop:value=move || search.get()
                    on:input=move |event| {
                        search.set(event_target_value(&event));
                        // Enter takes what the words are for.
                        let is_blank = search.with_untracked(|search| search.trim().is_empty());
                        active.set((!is_blank).then(|| {
                            let ids: Vec<&str> = shown.with_untracked(|shown| shown.iter().flat_map(|(_, ids)| ids.clone()).collect());
                            search.with_untracked(|search| likeliest(Catalog::builtin(), &ids, search))
                        }));
                    }
                    on:keydown=move |event| walk(&event, shown, active, pick)
                />
                <Options form shown active pick=Callback::new(move |id: &'static str| pick(id)) />
                <p class="hint" role="status">
                    {move || {
                        shown
                            .with(Vec::is_empty)
                            .then(|| search.with(|text| (w.none_fits)(text.trim())))
                    }}
                </p>
            </div>
        </div>
    }
}

/// Arrows move through the list, Enter takes what they point at.
fn walk(
    event: &web_sys::KeyboardEvent,
    shown: Memo<Shown>,
    active: RwSignal<Option<usize>>,
    pick: impl Fn(&str),
) {
    let ids: Vec<&str> =
        shown.with_untracked(|shown| shown.iter().flat_map(|(_, ids)| ids.clone()).collect());
    let at = active.get_untracked();
    let next = match event.key().as_str() {
        "ArrowDown" => at.map_or(0, |at| at + 1),
        "ArrowUp" => at.unwrap_or(0) + ids.len().saturating_sub(1),
        "Enter" => {
            if let Some(id) = at.and_then(|at| ids.get(at)) {
                event.prevent_default();
                pick(id);
            }
            return;
        }
        _ => return,
    };
    if !ids.is_empty() {
        event.prevent_default();
        let next = next % ids.len();
        active.set(Some(next));
        page::show(&format!("route-{next}"));
    }
}

#[component]
fn Options(
    form: Form,
    shown: Memo<Shown>,
    active: RwSignal<Option<usize>>,
    pick: Callback<&'static str>,
) -> impl IntoView {
    let w = words().routes();
    view! {
        <div class="picker-list" role="listbox" id="route-list" aria-label=w.list hidden=move || shown.with(Vec::is_empty)>
            {move || {
                let mut at = 0;
                shown
                    .get()
                    .into_iter()
                    .map(|(section, ids)| {
                        let heading = (w.section)(section);
                        let options: Vec<_> = ids
                            .into_iter()
                            .filter_map(|id| {
                                let row = Catalog::builtin().provider(&ProviderId::new(id))?;
                                at += 1;
                                Some(option(form, row, at - 1, active, pick))
                            })
                            .collect();
                        view! {
                            <div role="group" aria-label=heading>
                                <div class="group-head" aria-hidden="true">
                                    {heading}
                                </div>
                                {options}
                            </div>
                        }.into_any()
                    })
                    .collect_view()
            }}
        </div>
    }
}

fn option(
    form: Form,
    row: &'static Provider,
    at: usize,
    active: RwSignal<Option<usize>>,
    pick: Callback<&'static str>,
) -> AnyView {
    let vault = use_vault();
    let w = words().routes();
    let id = row.id.as_str();
    let is_chosen = move || form.provider.with(|chosen| chosen.as_str() == id);
    let meta = move || {
        let held = vault
            .pairs()
            .iter()
            .any(|(provider, _)| *provider == row.id);
        if held {
            return Some(w.has_key);
        }
        let about = row.about()?;
        (w.auth)(&about.auth, row.key.required)
    };
    view! {
        <div
            role="option"
            id=format!("route-{at}")
            data-testid="route-option"
            data-provider=id
            data-active=move || (active.get() == Some(at)).then_some("")
            aria-selected=move || is_chosen().to_string()
            on:click=move |_| pick.run(id)
        >
            <span class="choice">{row.name.clone()}</span>
            <span class="meta">{meta}</span>
        </div>
    }
    .into_any()
}
