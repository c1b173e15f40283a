//! One parameter: its label, its box and what is said below.

use super::unsent::FieldNote;
use crate::{
    ui::kit::{Icon, IconName, focus, unique_id},
    words::words,
};
use leptos::prelude::*;

/// One labelled field that keeps what was typed, right or wrong. Where a value
/// would not be sent it is grey, and says why; what was typed before can still
/// be taken out.
#[component]
pub fn ParamField(
    /// What it is called.
    label: &'static str,
    /// Its mark for whoever drives the page from outside.
    test_id: &'static str,
    /// The value as text.
    value: Signal<String>,
    /// Takes the text; whether it could be read.
    set: Callback<String, bool>,
    /// What counts where it is empty.
    #[prop(optional)]
    hint: Option<Signal<Option<String>>>,
    /// What stands there where nothing does.
    #[prop(optional, into)]
    otherwise: Signal<String>,
    /// The list of suggestions.
    #[prop(optional)]
    list: &'static str,
    /// Why the value is not sent, if it is not.
    #[prop(optional)]
    unsent: Option<Signal<Option<FieldNote>>>,
    /// What else is known.
    #[prop(optional)]
    about: Option<Signal<Option<String>>>,
) -> impl IntoView {
    // What is typed stays typed, whether it can be read or not, and however the
    // value would be printed: only a change from elsewhere replaces it.
    let typed = RwSignal::new(value.get_untracked());
    let wrong = RwSignal::new(false);
    let echo = StoredValue::new(value.get_untracked());
    Effect::new(move |_| {
        let value = value.get();
        if echo.with_value(|echo| *echo != value) {
            echo.set_value(value.clone());
            wrong.set(false);
            typed.set(value);
        }
    });
    let take = move |text: String| {
        typed.set(text.clone());
        wrong.set(!set.run(text));
        echo.set_value(value.get_untracked());
    };
    let unsent = Memo::new(move |_| unsent.and_then(|unsent| unsent.get()));
    let is_empty = Memo::new(move |_| typed.with(String::is_empty));
    let is_shut = Memo::new(move |_| is_closed(unsent) && is_empty.get());
    let (id, below) = (unique_id(test_id), unique_id("below"));
    let to_focus = format!("#{id}");
    let remove = move |_| {
        take(String::new());
        focus::later([to_focus.as_str()]);
    };
    view! {
        <div class="field" class:field-closed=move || is_closed(unsent)>
            <label class="label" for=id.clone()>
                {label}
            </label>
            <span class="param-line">
                <input
                    class="input num"
                    class:param-unsent=move || is_unsent(unsent)
                    type="text"
                    id=id
                    data-testid=test_id
                    // In reach of the keyboard, so that the reason can be heard.
                    readonly=move || is_shut.get()
                    aria-disabled=move || is_shut.get().then_some("true")
                    aria-describedby=below.clone()
                    autocomplete="off"
                    list=(!list.is_empty()).then_some(list)
                    placeholder=move || {
                        hint.and_then(|hint| hint.get()).unwrap_or_else(|| otherwise.get())
                    }
                    aria-invalid=move || wrong.get().to_string()
                    prop:value=move || typed.get()
                    on:input=move |event| take(event_target_value(&event))
                />
                {remove_button(unsent, is_empty, label, remove)}
            </span>
            <span class="param-below" id=below>
                {move || {
                    wrong
                        .get()
                        .then(|| {
                            view! { <span class="hint hint-bad">{words().param_form().wrong}</span> }
                                .into_any()
                        })
                }}
                {unsent_hint(unsent)}
                {about.map(about_hint)}
            </span>
        </div>
    }
}

/// Whether no value would be sent (tracked).
pub fn is_closed(unsent: Memo<Option<FieldNote>>) -> bool {
    unsent.with(|note| note.as_ref().is_some_and(|note| note.is_closed))
}

/// Whether a value stands there that would not be sent (tracked).
pub fn is_unsent(unsent: Memo<Option<FieldNote>>) -> bool {
    unsent.with(|note| note.as_ref().is_some_and(|note| note.is_set))
}

/// Takes a value out that nobody gets.
pub fn remove_button(
    unsent: Memo<Option<FieldNote>>,
    is_empty: Memo<bool>,
    label: &'static str,
    remove: impl Fn(web_sys::MouseEvent) + Clone + Send + 'static,
) -> AnyView {
    let is_offered = Memo::new(move |_| is_closed(unsent) && !is_empty.get());
    (move || {
        let remove = remove.clone();
        let text = (words().param_form().remove)(label);
        is_offered.get().then(|| {
            view! {
                <button
                    type="button"
                    class="btn-icon"
                    data-testid="param-remove"
                    aria-label=text.clone()
                    title=text
                    on:click=remove
                >
                    <Icon name=IconName::Close />
                </button>
            }
            .into_any()
        })
    })
    .into_any()
}

/// The reason below a field.
pub fn unsent_hint(unsent: Memo<Option<FieldNote>>) -> AnyView {
    (move || {
        unsent.get().map(|note| {
            view! {
                <span class="hint" class:hint-warn=note.is_set data-testid="param-unsent">
                    {note.text}
                </span>
            }
            .into_any()
        })
    })
    .into_any()
}

fn about_hint(about: Signal<Option<String>>) -> AnyView {
    (move || {
        about.get().map(|text| {
            view! { <span class="hint" data-testid="param-about">{text}</span> }.into_any()
        })
    })
    .into_any()
}
