//! A modal dialog over the native element: focus stays inside, Esc closes,
//! focus returns to where it was.

use super::{Icon, IconName};
use crate::{app::use_notices, ui::notices::place_toasts, words::words};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast as _;

/// A dialog that is open while `open` says so. Its content exists only then.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when the person closes it.
    #[prop(into)]
    on_close: Callback<()>,
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// Mark for tests and hosts.
    test_id: &'static str,
    /// Content.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let notices = use_notices();
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        let Some(dialog) = node.get() else {
            return false;
        };
        if is_open {
            if !dialog.open() {
                dialog.show_modal().ok();
                let first = dialog.query_selector("[autofocus]").ok().flatten();
                if let Some(first) = first.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok())
                {
                    first.focus().ok();
                }
            }
        } else if dialog.open() {
            dialog.close();
        }
        if was_open.unwrap_or_default() != is_open {
            place_toasts(notices);
        }
        is_open
    });
    // A selection dragged out of the dialog also ends in a click on the backdrop.
    let pressed = StoredValue::new(false);
    let on_click = move |event: web_sys::MouseEvent| {
        if pressed.get_value() && is_backdrop(&event) {
            on_close.run(());
        }
    };
    // The browser tells of it a moment later, when it may be open for something
    // else already.
    let on_closed = move |_| {
        if node.get_untracked().is_none_or(|dialog| !dialog.open()) {
            on_close.run(());
        }
    };
    let heading = format!("{test_id}-title");
    let labelled_by = heading.clone();
    view! {
        <dialog
            node_ref=node
            data-testid=move || open.get().then_some(test_id)
            aria-labelledby=labelled_by
            on:close=on_closed
            on:pointerdown=move |event| pressed.set_value(is_backdrop(&event))
            on:click=on_click
        >
            <div class="dialog-head">
                <h2 id=heading>{move || title.get()}</h2>
                <button
                    type="button"
                    class="btn-icon"
                    aria-label=words().kit.close
                    on:click=move |_| on_close.run(())
                >
                    <Icon name=IconName::Close />
                </button>
            </div>
            <div class="dialog-body">{move || open.get().then(|| children())}</div>
        </dialog>
    }
}

/// The backdrop's events land on the dialog element itself.
fn is_backdrop(event: &web_sys::MouseEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| element.tag_name() == "DIALOG")
}
