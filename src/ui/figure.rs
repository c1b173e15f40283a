//! A figure with its name, unit and, on demand, its definition.

use crate::{
    app::use_notices,
    browser::{events::Listener, page},
    core::real::shortest,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// What the popover explains, and where.
#[derive(Clone, PartialEq)]
struct Explained {
    title: String,
    text: String,
    left: f64,
    top: f64,
}

/// What the one popover shows, if anything.
#[derive(Clone, Copy)]
pub struct Popover(RwSignal<Option<Explained>>);

impl Popover {
    /// Closes it; whether it was open.
    pub fn close(self) -> bool {
        let was_open = self.0.with_untracked(Option::is_some);
        if was_open {
            self.0.set(None);
        }
        was_open
    }
}

/// Creates the context of the popover.
pub fn provide() {
    provide_context(Popover(RwSignal::new(None)));
}

/// A value ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The mark's value: plain, unrounded; `None` where it is unknown.
    pub value: Option<f64>,
    /// What to show for it.
    pub text: String,
    /// Its unit.
    pub unit: String,
    /// `reported`, `computed`, `estimated` or `measured`.
    pub source: &'static str,
    /// Why it is unknown, or what to know about it.
    pub note: String,
}

/// One figure of a pane.
#[component]
pub fn FigureCell(
    /// Mark of the automation contract.
    metric: &'static str,
    /// Name shown above.
    #[prop(into)]
    name: Signal<&'static str>,
    /// The definition.
    definition: &'static str,
    /// The value.
    shown: Memo<Shown>,
) -> impl IntoView {
    let Popover(popover) = expect_context();
    let notices = use_notices();
    let on_click = move |event: web_sys::MouseEvent| {
        let Some(button) = event
            .current_target()
            .and_then(|t| t.dyn_into::<HtmlElement>().ok())
        else {
            return;
        };
        let rect = button.get_bounding_client_rect();
        let note = shown.with_untracked(|shown| shown.note.clone());
        let text = if note.is_empty() {
            definition.to_owned()
        } else {
            format!("{definition} {note}")
        };
        let wanted = Explained {
            title: name.get_untracked().to_owned(),
            text,
            left: rect.left(),
            top: rect.bottom() + 6.0,
        };
        let spoken = format!("{}: {}", wanted.title, wanted.text);
        popover.update(|open| {
            *open = if open.as_ref() == Some(&wanted) {
                None
            } else {
                notices.say(spoken);
                Some(wanted)
            };
        });
    };
    view! {
        <button type="button" class="figure" on:click=on_click>
            <span class="name">{move || name.get()}</span>
            {move || {
                let Shown { value, text, unit, source, .. } = shown.get();
                match value {
                    Some(value) => {
                        view! {
                            <data data-metric=metric value=shortest(value) data-source=source>
                                {text}
                                <span class="unit">{unit}</span>
                            </data>
                        }
                            .into_any()
                    }
                    None => {
                        view! {
                            <span class="value">
                                {text} <span class="unit">{unit}</span>
                            </span>
                        }
                            .into_any()
                    }
                }
            }}
        </button>
    }
}

fn px(length: f64) -> String {
    shortest(length) + "px"
}

/// The one popover that explains figures.
#[component]
pub fn FigurePopover() -> impl IntoView {
    let Popover(popover) = expect_context();
    if let Some(document) = page::document() {
        Listener::new(document, "pointerdown", move |event| {
            let on_figure = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
                .and_then(|element| element.closest(".figure, .popover").ok().flatten())
                .is_some();
            if !on_figure && popover.with_untracked(Option::is_some) {
                popover.set(None);
            }
        })
        .forever();
    }
    view! {
        {move || {
            popover
                .get()
                .map(|explained| {
                    let width = page::window()
                        .and_then(|window| window.inner_width().ok()?.as_f64())
                        .unwrap_or(1024.0);
                    let left = explained.left.min(width - 336.0).max(16.0);
                    let label = explained.title.clone();
                    view! {
                        <aside
                            class="popover"
                            aria-label=label
                            style:left=px(left)
                            style:top=px(explained.top)
                        >
                            <h3>{explained.title}</h3>
                            <p>{explained.text}</p>
                        </aside>
                    }.into_any()
                })
        }}
    }
}
