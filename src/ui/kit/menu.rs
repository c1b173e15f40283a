//! A menu button after the ARIA pattern: arrows move, Esc closes and gives the
//! focus back.

use super::{Icon, IconName};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};

/// Whether the surrounding menu is open, and its button; items close it.
#[derive(Clone, Copy)]
struct MenuOpen(RwSignal<bool>, NodeRef<html::Button>);

/// A button with three dots that opens a list of actions.
#[component]
pub fn Menu(
    /// What the button does, for those who cannot see it.
    #[prop(into)]
    label: Signal<String>,
    /// Mark for tests and hosts.
    test_id: &'static str,
    /// The items.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    provide_context(MenuOpen(open, button));
    let items = move || -> Vec<HtmlElement> {
        let Some(root) = root.get_untracked() else {
            return Vec::new();
        };
        let Ok(list) = root.query_selector_all("[role=menuitem]:not(:disabled)") else {
            return Vec::new();
        };
        (0..list.length())
            .filter_map(|at| list.get(at)?.dyn_into().ok())
            // Some are hidden at some widths.
            .filter(|item: &HtmlElement| item.offset_parent().is_some())
            .collect()
    };
    let focus = move |step: i32| {
        let items = items();
        let active = crate::browser::page::document().and_then(|d| d.active_element());
        let at = items
            .iter()
            .position(|item| active.as_ref() == Some(item.as_ref()));
        let len = i32::try_from(items.len()).unwrap_or_default();
        if len == 0 {
            return;
        }
        let at = at.and_then(|at| i32::try_from(at).ok());
        let next = at.map_or(if step > 0 { 0 } else { len - 1 }, |at| {
            (at + step).rem_euclid(len)
        });
        if let Some(item) = usize::try_from(next).ok().and_then(|next| items.get(next)) {
            item.focus().ok();
        }
    };
    Effect::new(move |_| {
        if open.get() {
            focus(1);
        }
    });
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            button.focus().ok();
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if !open.get_untracked() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => focus(1),
            "ArrowUp" => focus(-1),
            "Escape" => {
                event.stop_propagation();
                close();
            }
            "Tab" => return open.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    let on_focus_out = move |event: web_sys::FocusEvent| {
        let next = event
            .related_target()
            .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        // An action can take the menu off the page, and the focus with it: by then
        // there is nothing left to ask.
        let inside = root
            .try_get_untracked()
            .flatten()
            .is_some_and(|root| root.contains(next.as_ref()));
        if !inside && next.is_some() {
            open.try_set(false);
        }
    };
    view! {
        <div class="menu" node_ref=root on:keydown=on_key on:focusout=on_focus_out>
            <button
                type="button"
                class="btn-icon"
                node_ref=button
                data-testid=test_id
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                aria-label=move || label.get()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=IconName::More />
            </button>
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <div class="menu-scrim" on:click=move |_| open.set(false)></div>
                            <div class="menu-list" role="menu">
                                {children()}
                            </div>
                        }.into_any()
                    })
            }}
        </div>
    }
}

/// One action of a menu.
#[component]
pub fn MenuItem(
    /// What it says.
    #[prop(into)]
    text: String,
    /// Mark for tests and hosts.
    test_id: &'static str,
    /// What it does.
    #[prop(into)]
    run: Callback<()>,
    /// Whether it cannot be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The key that does the same.
    #[prop(optional)]
    key: &'static str,
) -> impl IntoView {
    let MenuOpen(open, button) = expect_context();
    view! {
        <button
            type="button"
            role="menuitem"
            data-testid=test_id
            disabled=move || disabled.get()
            on:click=move |_| {
                open.set(false);
                // Before the action, so that a dialog gives the focus back to it.
                if let Some(button) = button.get_untracked() {
                    button.focus().ok();
                }
                run.run(());
            }
        >
            <span>{text}</span>
            {(!key.is_empty()).then(|| view! { <kbd>{key}</kbd> }.into_any())}
        </button>
    }
}
