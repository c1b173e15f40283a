//! The form for the tags of an entry.

use super::{Panel, row::name_of, use_panel};
use crate::{
    app::{History, history::fold, use_history},
    core::history::{Entry, tags},
    ui::kit::{Icon, IconName, focus},
    words::words,
};
use leptos::prelude::*;

/// How many tags are offered while one is typed.
const MOST_OFFERED: usize = 6;
/// The field.
const FIELD: &str = "[data-testid=history-tag-field]";

/// What the form works on.
#[derive(Clone, Copy)]
struct Form {
    history: History,
    panel: Panel,
    id: StoredValue<String>,
    own: StoredValue<Vec<String>>,
    typed: RwSignal<String>,
}

impl Form {
    fn add(self, more: Vec<String>) {
        if more.is_empty() {
            return;
        }
        self.typed.set(String::new());
        self.history.set_tags(self.id.get_value(), move |known| {
            tags::add(known, more, &fold);
        });
    }

    fn add_typed(self) {
        self.add(tags::read(&self.typed.get_untracked()));
    }

    fn remove(self, tag: String) {
        self.history.set_tags(self.id.get_value(), move |known| {
            known.retain(|it| *it != tag);
        });
    }

    fn close(self) {
        self.panel.tagging.set(None);
        let row = format!("[data-entry=\"{}\"] .history-name", self.id.get_value());
        focus::later([row.as_str()]);
    }

    /// Tags of other entries that may be meant (tracked).
    fn offered(self) -> Vec<String> {
        let all = self.history.tags();
        let own = self.own.get_value();
        let mut offered = self
            .typed
            .with(|typed| tags::suggest(&all, &own, typed, &fold));
        offered.truncate(MOST_OFFERED);
        offered
    }
}

/// Adds and removes tags. It is made anew with its entry whenever these changed,
/// and then takes the focus again.
pub fn form(entry: &Entry) -> AnyView {
    let w = words().history();
    let form = Form {
        history: use_history(),
        panel: use_panel(),
        id: StoredValue::new(entry.id.clone()),
        own: StoredValue::new(entry.tags.clone()),
        typed: RwSignal::new(String::new()),
    };
    focus::later([FIELD]);
    let own = entry.tags.iter();
    let removers: Vec<AnyView> = own.map(|tag| remover(tag.clone(), form)).collect();
    view! {
        <form
            class="history-tagging"
            aria-label=(w.tags_of)(&name_of(entry))
            on:submit=move |event| {
                event.prevent_default();
                form.add_typed();
            }
        >
            <div class="history-chips">{removers}</div>
            {field(form)}
            <Offered form />
            <p class="hint" id="history-tag-hint">{w.tags_hint}</p>
        </form>
    }
    .into_any()
}

fn field(form: Form) -> AnyView {
    let w = words().history();
    view! {
        <div class="history-tag-row">
            <input
                class="input"
                type="text"
                autocomplete="off"
                data-testid="history-tag-field"
                aria-label=w.edit_tags
                aria-describedby="history-tag-hint"
                prop:value=move || form.typed.get()
                on:input=move |event| form.typed.set(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        event.prevent_default();
                        event.stop_propagation();
                        form.close();
                    }
                }
            />
            <button type="submit" class="btn" data-testid="history-tag-add">{w.add_tag}</button>
            <button
                type="button"
                class="btn"
                data-testid="history-tag-done"
                on:click=move |_| {
                    // What was typed and not yet added is meant too.
                    form.add_typed();
                    form.close();
                }
            >
                {w.done}
            </button>
        </div>
    }
    .into_any()
}

#[component]
fn Offered(form: Form) -> impl IntoView {
    let offered = Memo::new(move |_| form.offered());
    let chip = move |tag: String| {
        let text = format!("#{tag}");
        view! {
            <button
                type="button"
                class="chip"
                data-testid="history-tag-offer"
                on:click=move |_| form.add(vec![tag.clone()])
            >
                <Icon name=IconName::Add />
                {text}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="history-chips">
            {move || offered.get().into_iter().map(chip).collect::<Vec<AnyView>>()}
        </div>
    }
}

fn remover(tag: String, form: Form) -> AnyView {
    let label = (words().history().remove_tag)(&tag);
    let text = format!("#{tag}");
    view! {
        <button
            type="button"
            class="chip chip-var"
            data-testid="history-tag-remove"
            aria-label=label
            on:click=move |_| form.remove(tag.clone())
        >
            {text}
            <Icon name=IconName::Close />
        </button>
    }
    .into_any()
}
