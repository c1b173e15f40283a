//! What narrows and orders the list: words, tags, the order.

use super::{PAGE, has_entries, use_panel};
use crate::{
    app::{history::Stage, use_history},
    core::history::Sort,
    ui::kit::focus,
    words::words,
};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// How many tags are offered as a filter.
const MOST_TAGS: usize = 24;

/// The field for words, the order, and the tags.
#[component]
pub fn Tools() -> impl IntoView {
    let history = use_history();
    let panel = use_panel();
    let w = words().history();
    // While the list is being read it is there too, for whoever types at once.
    let is_there = Memo::new(move |_| match history.stage.get() {
        Stage::Unread | Stage::Reading => true,
        Stage::Ready => has_entries(history),
        // There is no list to search.
        Stage::Failed(_) => false,
    });
    let to_list = move |event: KeyboardEvent| {
        if event.key() == "ArrowDown" {
            event.prevent_default();
            focus::now(".history-name");
        }
    };
    move || {
        is_there.get().then(|| {
            view! {
                <div class="history-tools">
                    <input
                        class="input"
                        type="search"
                        autofocus
                        autocomplete="off"
                        spellcheck="false"
                        data-testid="history-search"
                        aria-label=w.search
                        placeholder=w.search_hint
                        prop:value=move || panel.typed.get()
                        on:input=move |event| {
                            panel.most.set(PAGE);
                            panel.typed.set(event_target_value(&event));
                        }
                        on:keydown=to_list
                    />
                    <select
                        class="select"
                        data-testid="history-sort"
                        aria-label=w.sorted_by
                        prop:value=move || panel.sort.get().as_str()
                        on:change=move |event| {
                            panel.most.set(PAGE);
                            panel.sort.set(Sort::from_word(&event_target_value(&event)));
                        }
                    >
                        {Sort::ALL
                            .map(|sort| {
                                view! { <option value=sort.as_str()>{(w.sort)(sort)}</option> }
                                    .into_any()
                            })
                            .collect_view()}
                    </select>
                </div>
                <Tags />
            }
            .into_any()
        })
    }
}

/// The tags that there are; one can be chosen.
#[component]
fn Tags() -> impl IntoView {
    let history = use_history();
    let panel = use_panel();
    let w = words().history();
    let tags = Memo::new(move |_| history.tags());
    let chip = move |tag: String, text: String| {
        let own = tag.clone();
        let is_chosen = move || panel.tag.with(|chosen| chosen.as_ref() == Some(&own));
        let pressed = is_chosen.clone();
        view! {
            <button
                type="button"
                class="chip"
                class:chip-var=is_chosen
                data-testid="history-tag-filter"
                aria-pressed=move || pressed().to_string()
                on:click=move |_| {
                    panel.most.set(PAGE);
                    panel.tag.update(|chosen| {
                        *chosen = (chosen.as_ref() != Some(&tag)).then(|| tag.clone());
                    });
                }
            >
                {text}
            </button>
        }
        .into_any()
    };
    move || {
        let tags = tags.get();
        if tags.is_empty() {
            // The last entry with the chosen tag may have gone.
            panel.tag.set(None);
            return ().into_any();
        }
        let chips = tags.into_iter().take(MOST_TAGS);
        let chips: Vec<AnyView> = chips
            .map(|(tag, count)| chip(tag.clone(), format!("#{tag} {count}")))
            .collect();
        view! {
            <div class="history-chips" role="group" aria-label=w.tags>
                {chips}
            </div>
        }
        .into_any()
    }
}
