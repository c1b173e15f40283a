//! The text boxes of the composer.

use super::Drawer;
use crate::{
    app::{Comparison, use_comparison},
    core::recipe::variables,
    ui::kit::Each,
    words::words,
};
use leptos::{html, prelude::*};

/// The prompt; grows with its text.
#[component]
pub fn PromptBox() -> impl IntoView {
    let comparison = use_comparison();
    let node = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        comparison.draft.track();
        if let Some(area) = node.get() {
            // Once the value is in.
            request_animation_frame(move || fit(&area));
        }
    });
    view! {
        <textarea
            class="prompt"
            node_ref=node
            rows="1"
            data-testid="prompt"
            aria-label=words().composer.prompt
            placeholder=move || {
                if comparison.turns.with(Vec::is_empty) {
                    words().composer.prompt_placeholder
                } else {
                    words().composer.follow_up_placeholder
                }
            }
            prop:value=move || comparison.draft.get()
            on:input=move |event| comparison.draft.set(event_target_value(&event))
        ></textarea>
    }
}

/// Browsers without `field-sizing` (Firefox) need the height set. Counting line
/// breaks would not do: most lines wrap.
fn fit(area: &web_sys::HtmlTextAreaElement) {
    // Leptos has a method of that name too.
    let style = web_sys::HtmlElement::style(area);
    style.set_property("field-sizing", "content").ok();
    if style
        .get_property_value("field-sizing")
        .is_ok_and(|value| !value.is_empty())
    {
        return;
    }
    style.set_property("height", "auto").ok();
    let border = area.offset_height() - area.client_height();
    let height = format!("{}px", area.scroll_height() + border);
    style.set_property("height", &height).ok();
}

/// The system prompt: always in the page, so that hosts can fill it, folded
/// until it is wanted.
#[component]
pub fn SystemBox(
    /// What is unfolded.
    drawer: RwSignal<Drawer>,
) -> impl IntoView {
    let comparison = use_comparison();
    let folded = move || drawer.get() != Drawer::System;
    view! {
        <label class="system-box" class:folded=folded>
            <span class="label">{words().composer.system}</span>
            <textarea
                class="textarea"
                rows="3"
                tabindex=move || if folded() { "-1" } else { "0" }
                data-testid="system"
                placeholder=words().composer.system_placeholder
                prop:value=move || comparison.system.get()
                on:focus=move |_| drawer.set(Drawer::System)
                on:input=move |event| comparison.system.set(event_target_value(&event))
            ></textarea>
        </label>
    }
}

/// The names of the variables in prompt and system prompt, in order.
pub fn variable_names(comparison: Comparison) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in [comparison.system, comparison.draft] {
        let found = text.with(|text| variables::find(text));
        for variable in found {
            if !names.contains(&variable.name) {
                names.push(variable.name);
            }
        }
    }
    names
}

/// One field for each variable.
pub fn variables() -> AnyView {
    let comparison = use_comparison();
    let names = Memo::new(move |_| variable_names(comparison));
    view! {
        <Each
            each=move || names.get()
            key=Clone::clone
            children=move |name| {
                let (read, write) = (name.clone(), name.clone());
                let value = move || {
                    comparison
                        .variables
                        .with(|values| {
                            values.iter().find(|(known, _)| *known == read).map(|(_, v)| v.clone())
                        })
                        .unwrap_or_default()
                };
                let set = move |event| {
                    let value = event_target_value(&event);
                    comparison.variables.update(|values| {
                        match values.iter_mut().find(|(known, _)| *known == write) {
                            Some((_, old)) => *old = value,
                            None => values.push((write.clone(), value)),
                        }
                    });
                };
                view! {
                    <label class="field">
                        <span class="label">{name}</span>
                        <input class="input" type="text" prop:value=value on:input=set />
                    </label>
                }
            }
        />
    }
    .into_any()
}
