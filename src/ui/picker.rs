//! The model picker: provider, host, model. Fed by the provider's own list
//! where it has one, by the built-in list otherwise; free text always.

use super::{
    dialogs::{PickFor, use_dialogs},
    keyfield::KeyField,
    kit::Dialog,
};
use crate::{
    app::{PaneSetup, models::ModelList, use_comparison, use_model_lists, use_notices, use_vault},
    browser::page,
    core::{
        catalog::{Catalog, Provider},
        domain::{Api, ModelId, ProviderId},
        wire::endpoint::{self, Endpoint, EndpointError},
    },
    words::words,
};
use leptos::prelude::*;

/// How many matches are listed.
const MAX_SHOWN: usize = 200;

/// The dialog.
#[component]
pub fn Picker() -> impl IntoView {
    let dialogs = use_dialogs();
    let open = Signal::derive(move || dialogs.picker.get().is_some());
    let title = Signal::derive(move || {
        match dialogs.picker.get() {
            Some(PickFor::Pane(_)) => words().picker.change,
            _ => words().picker.add,
        }
        .to_owned()
    });
    view! {
        <Dialog open title test_id="picker" on_close=move |()| dialogs.picker.set(None)>
            {move || dialogs.picker.get().map(|pick| view! { <PickerForm pick /> })}
        </Dialog>
    }
}

/// What the form holds.
#[derive(Clone, Copy)]
struct Form {
    provider: RwSignal<ProviderId>,
    api: RwSignal<Option<Api>>,
    base: RwSignal<String>,
    model: RwSignal<String>,
    /// Whether the person has typed a model: until then all are listed.
    typed: RwSignal<bool>,
    endpoint: Memo<Option<Result<Endpoint, EndpointError>>>,
}

impl Form {
    fn new(start: &PaneSetup) -> Self {
        let provider = RwSignal::new(start.provider.clone());
        let api = RwSignal::new(start.api);
        let base = RwSignal::new(start.base_url.clone().unwrap_or_default());
        let model = RwSignal::new(start.model.as_str().to_owned());
        let endpoint = Memo::new(move |_| {
            let row = provider.with(|id| Catalog::builtin().provider(id))?;
            let base = base.get();
            let base = base.trim();
            Some(endpoint::resolve(
                row,
                api.get(),
                (!base.is_empty()).then_some(base),
            ))
        });
        Self {
            provider,
            api,
            base,
            model,
            typed: RwSignal::new(false),
            endpoint,
        }
    }

    fn row(&self) -> Option<&'static Provider> {
        self.provider.with(|id| Catalog::builtin().provider(id))
    }

    fn resolved(&self) -> Option<Endpoint> {
        self.endpoint.get().and_then(Result::ok)
    }
}

fn start_setup(pick: PickFor, comparison: crate::app::Comparison) -> PaneSetup {
    let existing = match pick {
        PickFor::Pane(id) => comparison.pane(id),
        // A new pane starts from its neighbour: usually one thing differs.
        PickFor::New => comparison
            .panes
            .with_untracked(|panes| panes.last().cloned()),
    };
    existing.map_or_else(
        || PaneSetup::new("openai", ""),
        |pane| pane.setup.get_untracked(),
    )
}

#[component]
fn PickerForm(pick: PickFor) -> impl IntoView {
    let comparison = use_comparison();
    let dialogs = use_dialogs();
    let notices = use_notices();
    let vault = use_vault();
    let start = start_setup(pick, comparison);
    let form = Form::new(&start);
    let w = &words().picker;
    let usable =
        move || form.resolved().is_some() && !form.model.with(|model| model.trim().is_empty());
    let use_it = move || {
        let Some(endpoint) = form.resolved() else {
            return;
        };
        // Typing a host is agreeing to it.
        vault.approve(&endpoint.origin);
        let base = form.base.get_untracked().trim().to_owned();
        let apply = |setup: &mut PaneSetup| {
            setup.provider = form.provider.get_untracked();
            setup.api = form.api.get_untracked();
            setup.base_url = (!base.is_empty()).then(|| base.clone());
            setup.model = ModelId::new(form.model.get_untracked().trim());
        };
        match pick {
            PickFor::Pane(id) => {
                if let Some(pane) = comparison.pane(id) {
                    pane.setup.update(apply);
                }
            }
            PickFor::New => {
                let mut setup = PaneSetup::new("openai", "");
                apply(&mut setup);
                if comparison.add_pane(setup).is_none() {
                    notices.toast(words().composer.full);
                }
            }
        }
        dialogs.picker.set(None);
    };
    view! {
        <form
            class="section"
            on:submit=move |event| {
                event.prevent_default();
                if usable() {
                    use_it();
                }
            }
        >
            <div class="form-grid">
                <ProviderField form />
                <ApiField form />
            </div>
            <BaseField form />
            <ModelField form />
            <div class="card-actions">
                <button
                    type="submit"
                    class="btn btn-go"
                    data-testid="picker-use"
                    disabled=move || !usable()
                >
                    {match pick {
                        PickFor::New => w.add_this,
                        PickFor::Pane(_) => w.use_this,
                    }}
                </button>
            </div>
        </form>
        <KeySection form />
    }
}

#[component]
fn ProviderField(form: Form) -> impl IntoView {
    view! {
        <label class="field">
            <span class="label">{words().picker.provider}</span>
            <select
                class="select"
                data-testid="picker-provider"
                prop:value=move || form.provider.with(|id| id.as_str().to_owned())
                on:change=move |event| {
                    form.provider.set(ProviderId::new(event_target_value(&event)));
                    form.api.set(None);
                    form.base.set(String::new());
                    form.model.set(String::new());
                }
            >
                {Catalog::builtin()
                    .providers
                    .iter()
                    .map(|row| {
                        let id = row.id.as_str();
                        let selected = move || form.provider.with(|chosen| chosen.as_str() == id);
                        view! {
                            <option value=id selected=selected>
                                {row.name.clone()}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}

/// Only where the provider has several APIs.
#[component]
fn ApiField(form: Form) -> impl IntoView {
    move || {
        let row = form.row()?;
        (row.apis.len() > 1).then(|| {
            let first = row.apis.first().map(|api| api.api);
            view! {
                <label class="field">
                    <span class="label">{words().picker.api}</span>
                    <select
                        class="select"
                        data-testid="picker-api"
                        on:change=move |event| {
                            let word = event_target_value(&event);
                            let api = row.apis.iter().map(|row| row.api).find(|api| api_word(*api) == word);
                            form.api.set(api.filter(|api| Some(*api) != first));
                        }
                    >
                        {row
                            .apis
                            .iter()
                            .map(|api| {
                                let api = api.api;
                                view! {
                                    <option
                                        value=api_word(api)
                                        selected=move || form.api.get().or(first) == Some(api)
                                    >
                                        {words().api(api)}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                </label>
            }
        })
    }
}

fn api_word(api: Api) -> &'static str {
    match api {
        Api::Chat => "chat",
        Api::Responses => "responses",
        Api::Messages => "messages",
        Api::GenerateContent => "generate_content",
    }
}

#[component]
fn BaseField(form: Form) -> impl IntoView {
    let w = &words().picker;
    let lists = use_model_lists();
    let vault = use_vault();
    // A host that the person typed to its end is a host that they agreed to.
    let ask = move || {
        if let (Some(row), Some(endpoint)) = (form.row(), form.resolved()) {
            vault.approve(&endpoint.origin);
            lists.load(row, &endpoint, false);
        }
    };
    let placeholder = move || {
        form.row()
            .and_then(|row| row.default_base.clone())
            .unwrap_or_else(|| "http://localhost:11434/v1".to_owned())
    };
    let outcome = move || match form.endpoint.get() {
        Some(Ok(endpoint)) => {
            let model = form.model.get();
            let model = if model.trim().is_empty() {
                "{model}".to_owned()
            } else {
                model
            };
            let url = endpoint.url(&ModelId::new(model.trim()));
            let notes: Vec<String> = endpoint
                .notes
                .iter()
                .map(|note| words().base_note(note))
                .collect();
            view! {
                <span class="hint" data-testid="picker-endpoint">
                    {(w.sends_to)(&url)} " " {notes.join(" ")}
                </span>
            }
            .into_any()
        }
        Some(Err(error)) if !form.base.with(|base| base.trim().is_empty()) => view! {
            <span class="hint hint-bad" data-testid="picker-endpoint">
                {words().endpoint_error(&error)}
            </span>
        }
        .into_any(),
        _ => view! {
            <span class="hint" data-testid="picker-endpoint">
                {w.base_needed}
            </span>
        }
        .into_any(),
    };
    view! {
        <label class="field">
            <span class="label">{w.base}</span>
            <input
                class="input mono"
                type="text"
                inputmode="url"
                list="local-bases"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                data-testid="picker-base-url"
                placeholder=placeholder
                prop:value=move || form.base.get()
                on:input=move |event| form.base.set(event_target_value(&event))
                on:change=move |_| ask()
            />
            {outcome}
        </label>
        <datalist id="local-bases">
            {Catalog::builtin()
                .local_presets
                .iter()
                .flat_map(|preset| {
                    preset.bases.iter().map(|base| (base.clone(), preset.name.clone()))
                })
                .map(|(base, name)| view! { <option value=base>{name}</option> })
                .collect_view()}
        </datalist>
    }
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq)]
struct Choice {
    id: String,
    meta: String,
}

fn choices(form: Form, list: Option<ModelList>) -> Vec<Choice> {
    let Some(row) = form.row() else {
        return Vec::new();
    };
    let describe = |id: &ModelId, context: Option<u64>| {
        let capabilities = row.capabilities(id);
        let context = context.or(capabilities.context).map(words().picker.context);
        [row.family(id).map(str::to_owned), context]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    };
    match list {
        Some(ModelList::Ready(models)) => models
            .into_iter()
            .map(|model| Choice {
                meta: describe(&model.id, model.context),
                id: model.id.as_str().to_owned(),
            })
            .collect(),
        _ if form.base.with(|base| base.trim().is_empty()) => row
            .models
            .iter()
            .map(|model| Choice {
                meta: describe(&model.id, None),
                id: model.id.as_str().to_owned(),
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[component]
fn ModelField(form: Form) -> impl IntoView {
    let lists = use_model_lists();
    let vault = use_vault();
    let w = &words().picker;
    // The list is asked for where that needs no further consent.
    Effect::new(move |_| {
        let (Some(row), Some(endpoint)) = (form.row(), form.resolved()) else {
            return;
        };
        vault.has(&row.id, &endpoint.origin);
        if vault.is_approved(&endpoint.origin) {
            lists.load(row, &endpoint, false);
        }
    });
    let list = Memo::new(move |_| form.resolved().and_then(|endpoint| lists.get(&endpoint)));
    let all = Memo::new(move |_| choices(form, list.get()));
    let shown = Memo::new(move |_| {
        let wanted = page::lower_case(form.model.get().trim());
        let all = all.get();
        let show_all = !form.typed.get()
            || all.iter().any(|choice| page::lower_case(&choice.id) == wanted);
        all.into_iter()
            .filter(|choice| {
                show_all || wanted.is_empty() || page::lower_case(&choice.id).contains(&wanted)
            })
            .take(MAX_SHOWN)
            .collect::<Vec<_>>()
    });
    let active = RwSignal::new(None::<usize>);
    let on_key = move |event: web_sys::KeyboardEvent| {
        let count = shown.with_untracked(Vec::len);
        let step = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => count.saturating_sub(1),
            "Enter" => {
                let at = active.get_untracked();
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
            active.update(|at| {
                *at = Some(at.map_or(if step == 1 { 0 } else { count - 1 }, |at| {
                    (at + step) % count
                }));
            });
        }
    };
    view! {
        <label class="field">
            <span class="label">{w.model}</span>
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
        <ul class="picker-list" role="listbox" id="picker-list" aria-label=w.model hidden=move || shown.with(Vec::is_empty)>
            {move || {
                shown
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(at, choice)| {
                        let id = choice.id.clone();
                        let picked = choice.id.clone();
                        let marked = choice.id.clone();
                        view! {
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
                                <span>{choice.id}</span>
                                <span class="meta num">{choice.meta}</span>
                            </li>
                        }
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
    let vault = use_vault();
    let w = &words().picker;
    let again = move |_| {
        if let (Some(row), Some(endpoint)) = (form.row(), form.resolved()) {
            vault.approve(&endpoint.origin);
            lists.load(row, &endpoint, true);
        }
    };
    move || {
        let row = form.row()?;
        let endpoint = form.resolved()?;
        let text = match list.get() {
            Some(ModelList::Loading) => w.loading.to_owned(),
            Some(ModelList::Ready(models)) => (w.loaded)(models.len(), &endpoint.host),
            Some(ModelList::Failed(failure)) => {
                (w.list_failed)(&words().failure_title(&failure), failure.detail.as_deref())
            }
            Some(ModelList::Unreachable) => (w.list_unreachable)(&endpoint.host),
            None if row.key.required && !vault.has(&row.id, &endpoint.origin) => {
                w.list_needs_key.to_owned()
            }
            None => (w.list_on_request)(&endpoint.host),
        };
        Some(view! {
            <p class="hint picker-state" role="status">
                {text} " "
                <button type="button" class="btn-text" data-testid="picker-load" on:click=again>
                    {w.load}
                </button>
            </p>
        })
    }
}

/// The key for the chosen endpoint, where it is missing.
#[component]
fn KeySection(form: Form) -> impl IntoView {
    let vault = use_vault();
    move || {
        let row = form.row()?;
        let endpoint = form.resolved()?;
        let wanted = vault.is_approved(&endpoint.origin) && !vault.has(&row.id, &endpoint.origin);
        wanted.then(|| {
            view! {
                <div class="section">
                    <KeyField provider=row.id.clone() origin=endpoint.origin />
                </div>
            }
        })
    }
}
