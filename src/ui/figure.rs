//! A figure with its name, unit and, on demand, its definition.

use super::{kit::focus, later::late};
use crate::{
    app::{PaneSetup, RunCell, use_notices},
    browser::{events::Listener, page},
    core::real::shortest,
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusOptions, HtmlElement, KeyboardEvent};

/// How far the popover keeps from what it explains, in CSS pixels.
const GAP: f64 = 6.0;
/// How far it keeps from the edges.
const EDGE: f64 = 16.0;

/// What the popover explains.
#[derive(Clone)]
pub enum Content {
    /// A definition.
    Text(String),
    /// What a run cost.
    Cost(RunCell),
    /// What the next run can cost.
    Worst,
    /// What is known of a route.
    Route(Box<PaneSetup>),
}

/// What the popover explains, and where.
#[derive(Clone)]
struct Explained {
    title: String,
    content: Content,
    left: f64,
    /// From the top of the window, or, where there is more room above, from
    /// its bottom.
    edge: Edge,
    /// How high it may be.
    room: f64,
}

#[derive(Clone, Copy, PartialEq)]
enum Edge {
    Top(f64),
    Bottom(f64),
}

/// What the one popover shows, if anything, and the button that opened it.
#[derive(Clone, Copy)]
pub struct Popover(
    RwSignal<Option<Explained>>,
    StoredValue<Option<HtmlElement>, LocalStorage>,
);

impl Popover {
    /// Closes it; whether it was open. The focus goes back to the button if it
    /// was inside.
    pub fn close(self) -> bool {
        let was_open = self.0.with_untracked(Option::is_some);
        if was_open && self.hide() {
            self.give_focus_back(true);
        }
        was_open
    }

    /// Closes it for a press elsewhere. What was pressed takes the focus; where
    /// it takes none, the button does.
    fn press_outside(self) {
        if self.0.with_untracked(Option::is_some) && self.hide() {
            request_animation_frame(move || {
                if focus::is_lost() {
                    // A finger may be about to scroll.
                    self.give_focus_back(false);
                }
            });
        }
    }

    /// Whether the focus was inside.
    fn hide(self) -> bool {
        let is_inside = page::query(".popover:focus-within, .popover:focus").is_some();
        self.0.set(None);
        self.tell_button("false");
        is_inside
    }

    fn tell_button(self, is_open: &str) {
        self.1.with_value(|button| {
            let button = button.as_ref();
            button.and_then(|button| button.set_attribute("aria-expanded", is_open).ok());
        });
    }

    fn give_focus_back(self, may_scroll: bool) {
        let how = FocusOptions::new();
        how.set_prevent_scroll(!may_scroll);
        self.1.with_value(|button| {
            let button = button.as_ref();
            button.and_then(|button| button.focus_with_options(&how).ok());
        });
    }

    /// Opens it at the button that was clicked, or closes it if it stands there
    /// already; whether it is open now.
    pub fn toggle(self, event: &web_sys::MouseEvent, title: String, content: Content) -> bool {
        let target = event.current_target();
        let Some(button) = target.and_then(|it| it.dyn_into::<HtmlElement>().ok()) else {
            return false;
        };
        let was_here = self.1.with_value(|before| before.as_ref() == Some(&button));
        if self.0.with_untracked(Option::is_some) && was_here {
            self.hide();
            self.give_focus_back(true);
            return false;
        }
        let rect = button.get_bounding_client_rect();
        let height = page::size().1;
        let (above, below) = (rect.top() - GAP - EDGE, height - rect.bottom() - GAP - EDGE);
        let (edge, room) = if above > below {
            (Edge::Bottom(height - rect.top() + GAP), above)
        } else {
            (Edge::Top(rect.bottom() + GAP), below)
        };
        self.tell_button("false");
        self.1.set_value(Some(button));
        self.tell_button("true");
        self.0.set(Some(Explained {
            title,
            content,
            left: rect.left(),
            edge,
            room,
        }));
        true
    }
}

/// Creates the context of the popover.
pub fn provide() {
    provide_context(Popover(RwSignal::new(None), StoredValue::new_local(None)));
}

/// A value ready to be shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shown {
    /// The mark's value: plain, unrounded; `None` where it is unknown.
    pub value: Option<String>,
    /// What to show for it.
    pub text: String,
    /// Its unit.
    pub unit: String,
    /// `reported`, `computed`, `estimated` or `measured`.
    pub source: &'static str,
    /// Why it is unknown, or what to know about it.
    pub note: String,
    /// The same in another unit, for a line of its own.
    pub below: String,
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
    /// The run whose cost it is, if it is a cost.
    #[prop(optional)]
    cost_of: Option<Memo<Option<RunCell>>>,
) -> impl IntoView {
    let popover: Popover = expect_context();
    let notices = use_notices();
    let on_click = move |event: web_sys::MouseEvent| {
        let run = cost_of.and_then(|cell| cell.get_untracked());
        let title = name.get_untracked().to_owned();
        let content = run.map_or_else(
            || {
                let text = shown.with_untracked(|shown| match shown.value {
                    // The reason is what was asked for.
                    None => format!("{} {definition}", shown.note),
                    Some(_) => format!("{definition} {}", shown.note),
                });
                Content::Text(text.trim().to_owned())
            },
            Content::Cost,
        );
        let spoken = match &content {
            Content::Text(text) => Some(format!("{title}: {text}")),
            _ => None,
        };
        if popover.toggle(&event, title, content)
            && let Some(spoken) = spoken
        {
            notices.say(spoken);
        }
    };
    view! {
        <button
            type="button"
            class="figure"
            aria-haspopup=move || cost_of.and_then(|run| run.get()).map(|_| "dialog")
            aria-expanded="false"
            on:click=on_click
        >
            <span class="name">{move || name.get()}</span>
            {move || {
                let Shown { value, text, unit, source, below, .. } = shown.get();
                let below = (!below.is_empty())
                    .then(|| view! { <span class="below">{below}</span> });
                match value {
                    Some(value) => {
                        view! {
                            <data data-metric=metric value=value data-source=source>
                                {text}
                                <span class="unit">{unit}</span>
                            </data>
                            {below}
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
    let popover: Popover = expect_context();
    if let Some(document) = page::document() {
        Listener::new(document, "pointerdown", move |event| {
            let on_figure = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
                .and_then(|element| {
                    element
                        .closest(".figure, .route-open, .popover")
                        .ok()
                        .flatten()
                })
                .is_some();
            if !on_figure {
                popover.press_outside();
            }
        })
        .forever();
    }
    move || popover.0.get().map(|explained| opened(popover, explained))
}

fn opened(popover: Popover, explained: Explained) -> AnyView {
    let Explained {
        title,
        content,
        left,
        edge,
        room,
    } = explained;
    let (is_wide, content) = match content {
        Content::Text(text) => (false, view! { <p>{text}</p> }.into_any()),
        Content::Cost(cell) => (true, late(move |parts| (parts.cost)(&cell))),
        Content::Worst => (true, late(|parts| (parts.worst_case)())),
        Content::Route(setup) => (true, late(move |parts| (parts.route_details)(&setup))),
    };
    let label = title.clone();
    let width = if is_wide { 416.0 } else { 320.0 };
    let left = left.min(page::size().0 - width - EDGE).max(EDGE);
    let (top, bottom) = match edge {
        Edge::Top(top) => (px(top), "auto".to_owned()),
        Edge::Bottom(bottom) => ("auto".to_owned(), px(bottom)),
    };
    let node = NodeRef::<html::Div>::new();
    // A definition is read out where the focus is; what holds a link takes it.
    Effect::new(move |_| {
        if let Some(node) = node.get().filter(|_| is_wide) {
            node.focus().ok();
        }
    });
    view! {
        <div
            class="popover"
            class:popover-wide=is_wide
            data-testid="popover"
            node_ref=node
            role=if is_wide { "dialog" } else { "complementary" }
            aria-label=label
            // In reach of the keyboard, as it may have to be scrolled.
            tabindex="0"
            style:left=px(left)
            style:top=top
            style:bottom=bottom
            style:max-height=px(room)
            on:keydown=move |event| leave(popover, &event)
        >
            <h3>{title}</h3>
            {content}
        </div>
    }
    .into_any()
}

/// Tab out of the popover goes on from the button that opened it.
fn leave(popover: Popover, event: &KeyboardEvent) {
    let is_on_link = page::query(".popover a:focus, .popover button:focus").is_some();
    let has_link = page::query(".popover a, .popover button").is_some();
    if event.key() == "Tab" && (is_on_link || event.shift_key() || !has_link) {
        // The browser then moves on from there.
        popover.close();
    }
}
