//! The model and where its list stands.

use super::{
    Form,
    choices::{Choice, choices, grouped, remembered},
    shown::ShownFacts,
};
use crate::{
    app::{
        live::{LiveState, use_live_lists},
        models::{ModelList, wants_key},
        use_device_models, use_model_lists, use_prices, use_vault,
    },
    browser::page,
    core::catalog::{FieldKind, Transport, names_deployments},
    ui::{device::ChooseFile, kit::focus},
    words::words,
};
use leptos::prelude::*;

/// How many matches are listed.
const MAX_SHOWN: usize = 200;

/// The lists of models and prices are asked for where that needs no further
/// consent.
fn ask_for_lists(form: Form) {
    let lists = use_model_lists();
    let live = use_live_lists();
    let vault = use_vault();
    Effect::new(move |_| {
        let (Some(row), Some(endpoint)) = (form.row(), form.resolved()) else {
            return;
        };
        vault.has(&row.id, &endpoint.origin);
        if vault.is_approved(&endpoint.origin) {
            lists.load(row, &endpoint, false);
            live.want(row, &endpoint);
        }
    });
}

/// The model: a search box over the list, which also takes any text.
#[component]
pub fn ModelField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let lists = use_model_lists();
    let w = words().picker();
    ask_for_lists(form);
    let list = Memo::new(move |_| form.resolved().and_then(|endpoint| lists.get(&endpoint)));
    let devices = use_device_models();
    let is_here = Memo::new(move |_| {
        form.row()
            .is_some_and(|row| row.transport == Transport::OnDevice)
    });
    Effect::new(move |_| {
        if is_here.get() {
            devices.look();
        }
    });
    let all = Memo::new(move |_| {
        let files = if is_here.get() {
            devices.names()
        } else {
            Vec::new()
        };
        grouped(choices(form, list.get(), files))
    });
    let prices = use_prices();
    let price_of = remembered(form, prices);
    let fitting = Memo::new(move |_| {
        let wanted = page::lower_case(form.model.get().trim());
        let words: Vec<&str> = wanted.split_whitespace().collect();
        let all = all.get();
        let is_one = all
            .iter()
            .any(|choice| page::lower_case(&choice.id) == wanted);
        let show_all = !form.typed.get() || is_one || wanted.is_empty();
        let fits =
            |choice: &Choice| show_all || words.iter().all(|word| choice.text.contains(word));
        all.into_iter().filter(fits).collect::<Vec<_>>()
    });
    let shown = Memo::new(move |_| {
        let first = fitting.get().into_iter().take(MAX_SHOWN);
        let with_price = first.map(|choice| {
            let meta = [
                Some(choice.meta).filter(|meta| !meta.is_empty()),
                price_of(&choice.id),
            ];
            let meta = meta.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            Choice { meta, ..choice }
        });
        with_price.collect::<Vec<_>>()
    });
    let more = move || fitting.with(Vec::len).saturating_sub(MAX_SHOWN);
    let active = RwSignal::new(None::<usize>);
    let on_key = move |event| walk(&event, form, shown, active);
    view! {
        <label class="field">
            <span class="label">
                {move || {
                    if form.row().is_some_and(names_deployments) {
                        (words().routes().field)(FieldKind::Deployment)
                    } else {
                        w.model
                    }
                }}
            </span>
            <input
                class="input mono"
                type="text"
                role="combobox"
                aria-expanded="true"
                aria-controls="picker-list"
                aria-activedescendant=move || active.get().map(|at| format!("choice-{at}"))
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                autofocus
                data-testid="picker-search"
                placeholder=w.model_placeholder
                prop:value=move || form.model.get()
                on:input=move |event| {
                    active.set(None);
                    form.typed.set(true);
                    form.model.set(event_target_value(&event));
                }
                on:keydown=on_key
            />
        </label>
        <ListState form list />
        <ChoiceList form shown active />
        <ShownFacts form />
        {move || {
            let more = more();
            (more > 0).then(|| view! { <p class="hint">{(words().routes().more_models)(more)}</p> })
        }}
    }
}

/// Arrows move through the list, Enter takes what they point at.
fn walk(
    event: &web_sys::KeyboardEvent,
    form: Form,
    shown: Memo<Vec<Choice>>,
    active: RwSignal<Option<usize>>,
) {
    let count = shown.with_untracked(Vec::len);
    let at = active.get_untracked();
    let next = match event.key().as_str() {
        "ArrowDown" => at.map_or(0, |at| at + 1),
        "ArrowUp" => at.unwrap_or(0) + count.saturating_sub(1),
        "Enter" => {
            let chosen = at.and_then(|at| shown.with_untracked(|s| s.get(at).cloned()));
            if let Some(choice) = chosen {
                event.prevent_default();
                form.model.set(choice.id);
                active.set(None);
            }
            return;
        }
        _ => return,
    };
    if count > 0 {
        event.prevent_default();
        let next = next % count;
        active.set(Some(next));
        page::show(&format!("choice-{next}"));
    }
}

/// What can be picked.
#[component]
fn ChoiceList(
    form: Form,
    shown: Memo<Vec<Choice>>,
    active: RwSignal<Option<usize>>,
) -> impl IntoView {
    let w = words().picker();
    view! {
        <ul class="picker-list" role="listbox" id="picker-list" aria-label=w.model hidden=move || shown.with(Vec::is_empty)>
            {move || {
                let mut before = None;
                shown
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(at, choice)| {
                        let id = choice.id.clone();
                        let picked = choice.id.clone();
                        let marked = choice.id.clone();
                        let heading = choice.maker.filter(|_| before != choice.maker);
                        before = choice.maker;
                        view! {
                            {heading
                                .map(|maker| {
                                    view! {
                                        <li class="group-head" role="presentation">
                                            {maker}
                                        </li>
                                    }
                                })}
                            <li
                                role="option"
                                id=format!("choice-{at}")
                                data-testid="picker-option"
                                data-model=marked
                                aria-selected=move || {
                                    (active.get() == Some(at)
                                        || form.model.with(|model| model.trim() == id))
                                        .to_string()
                                }
                                on:click=move |_| form.model.set(picked.clone())
                            >
                                <span class="choice">{choice.id}</span>
                                <span class="meta num">{choice.meta}</span>
                            </li>
                        }.into_any()
                    })
                    .collect_view()
            }}
        </ul>
    }
}

/// Where the list stands, in words.
#[component]
fn ListState(form: Form, list: Memo<Option<ModelList>>) -> impl IntoView {
    let lists = use_model_lists();
    let live = use_live_lists();
    let vault = use_vault();
    let w = words().picker();
    let again = move |_| {
        if let (Some(row), Some(endpoint)) = (form.row(), form.resolved()) {
            vault.approve(&endpoint.origin);
            lists.load(row, &endpoint, true);
            // The button leaves while the list loads.
            focus::later(["[data-testid=picker-search]"]);
        }
    };
    move || {
        let row = form.row()?;
        if row.transport.is_in_page() {
            if row.transport == Transport::BuiltIn {
                return Some(crate::ui::built_in::state());
            }
            let text = (w.in_page)(row.transport);
            let on_picked = Callback::new(move |name| form.model.set(name));
            let choose = (row.transport == Transport::OnDevice)
                .then(|| view! { <div class="card-actions"><ChooseFile on_picked /></div> });
            return Some(view! { <p class="hint picker-state">{text}</p> {choose} }.into_any());
        }
        let endpoint = form.resolved()?;
        let list = list.get();
        if row.list.is_none() {
            return Some(view! { <p class="hint picker-state">{w.list_own}</p> }.into_any());
        }
        let lacks_key = wants_key(row, &endpoint) && !vault.has(&row.id, &endpoint.origin);
        let label = if matches!(list, Some(ModelList::Ready(_))) {
            w.load_again
        } else {
            w.load
        };
        let may_load = !lacks_key && !matches!(list, Some(ModelList::Loading));
        let text = match list {
            Some(ModelList::Loading) => w.loading.to_owned(),
            Some(ModelList::Ready(models)) => (w.loaded)(models.len(), &endpoint.host),
            Some(ModelList::Failed(failure)) => {
                (w.list_failed)(&words().failure_title(&failure), failure.detail.as_deref())
            }
            Some(ModelList::Unreachable) => (w.list_unreachable)(&endpoint.host),
            None if lacks_key => w.list_needs_key.to_owned(),
            None => (w.list_on_request)(&endpoint.host),
        };
        let prices_failed = matches!(live.state(&endpoint), Some(LiveState::Failed { .. }));
        let text = if prices_failed {
            format!("{text} {}", (words().sum().live_failed)(&endpoint))
        } else {
            text
        };
        Some(
            view! {
                <p class="hint picker-state" role="status">
                    {text} " "
                    {may_load
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="btn-text"
                                    data-testid="picker-load"
                                    on:click=again
                                >
                                    {label}
                                </button>
                            }
                            .into_any()
                        })}
                </p>
            }
            .into_any(),
        )
    }
}
