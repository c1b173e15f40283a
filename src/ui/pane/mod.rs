//! The panes and, on a phone, their tabs.

pub mod answer;
pub mod before;
pub mod drawing;
pub mod failure;
pub mod figures;
pub mod head;
pub mod idle;
pub mod menu;
pub mod route;
pub mod server_clock;
pub mod still;
pub mod streak;
pub mod structured;
pub mod thinking;
pub mod turn;

use crate::{
    app::{Comparison, Pane, RunCell, use_comparison, use_runner},
    browser::{events::Listener, page},
    core::{
        chart::{self, Axis},
        run::Phase,
    },
    ui::kit::{Each, cut_name},
    words::words,
};
use figures::Figures;
use head::PaneHead;
use leptos::{html, prelude::*};
use streak::Streak;
use turn::PaneBody;

/// The time axis that all phase bars share.
#[derive(Clone, Copy)]
struct SharedAxis(Memo<Axis>);

/// Whether a pane fills the screen, so that what lies under it is out of reach.
pub fn is_covered(comparison: Comparison) -> bool {
    comparison.expanded.get().is_some_and(|id| {
        comparison
            .panes
            .with(|panes| panes.iter().any(|pane| pane.id == id))
    })
}

/// All panes in a row.
#[component]
pub fn Panes() -> impl IntoView {
    let comparison = use_comparison();
    provide_context(SharedAxis(shared_axis()));
    view! {
        <div class="panes" data-testid="panes">
            <Each
                each=move || comparison.panes.get()
                key=|pane| pane.id.0
                children=move |pane| view! { <PaneView pane /> }
            />
        </div>
    }
}

/// The axis grows in steps while a turn runs and starts anew with the next.
fn shared_axis() -> Memo<Axis> {
    let comparison = use_comparison();
    let runner = use_runner();
    let longest = Memo::new(move |_| {
        let Some(turn) = comparison.shown_turn() else {
            return (0, 0.0);
        };
        let panes = comparison.panes.get();
        let mut longest: f64 = 0.0;
        for cell in panes.iter().filter_map(|pane| pane.own_cell(turn.id)) {
            cell.facts.track();
            let now = if cell.phase.get().is_running() {
                runner.now.get()
            } else {
                runner.now.get_untracked()
            };
            let segments = cell.state().log.segments(crate::core::domain::Millis(now));
            longest = segments
                .iter()
                .map(|segment| segment.to_ms)
                .fold(longest, f64::max);
        }
        (turn.id, longest)
    });
    let axis = Memo::new(move |before: Option<&(u32, Axis)>| {
        let (turn, longest) = longest.get();
        match before {
            Some((same, axis)) if *same == turn => (turn, axis.grown_to(longest)),
            _ => (turn, chart::axis(longest)),
        }
    });
    Memo::new(move |_| axis.get().1)
}

/// What a pane's parts need to know of it.
#[derive(Clone)]
pub struct PaneContext {
    /// The pane.
    pub pane: Pane,
    /// Where it stands in the row.
    pub place: Memo<usize>,
    /// The latest run of the last turn.
    pub cell: Memo<Option<RunCell>>,
    /// Where that run stands.
    pub phase: Memo<Phase>,
    /// Whether answers are shown as they came.
    pub raw: RwSignal<bool>,
}

impl PaneContext {
    /// Of a pane of the comparison, with the run of its last turn.
    pub fn new(pane: Pane) -> Self {
        let comparison = use_comparison();
        let id = pane.id;
        let place = Memo::new(move |_| {
            comparison
                .panes
                .with(|panes| panes.iter().position(|pane| pane.id == id))
                .unwrap_or_default()
        });
        let for_cell = pane.clone();
        let cell = Memo::new(move |_| {
            comparison
                .shown_turn()
                .and_then(|turn| for_cell.own_cell(turn.id))
        });
        let phase = Memo::new(move |_| cell.get().map_or(Phase::Idle, |cell| cell.phase.get()));
        Self {
            pane,
            place,
            cell,
            phase,
            raw: RwSignal::new(false),
        }
    }

    /// The word of the `data-finish` mark (tracked).
    pub fn finish(&self) -> Option<&'static str> {
        let cell = self.cell.get()?;
        cell.facts.track();
        let state = cell.state();
        state.log.finish().map(|finish| finish.unified.as_str())
    }
}

#[component]
fn PaneView(pane: Pane) -> impl IntoView {
    let comparison = use_comparison();
    let context = PaneContext::new(pane.clone());
    let PaneContext { place, phase, .. } = context;
    provide_context(context.clone());
    let id = pane.id;
    let setup = pane.setup.clone();
    let host = {
        let setup = setup.clone();
        Memo::new(move |_| match setup.with(crate::app::PaneSetup::endpoint) {
            Some(Ok(endpoint)) => endpoint.host,
            _ => String::new(),
        })
    };
    let provider = {
        let setup = setup.clone();
        move || setup.with(|setup| setup.provider.as_str().to_owned())
    };
    let model = {
        let setup = setup.clone();
        move || setup.with(|setup| setup.model.as_str().to_owned())
    };
    let label = move || setup.with(|setup| (words().pane.label)(place.get() + 1, setup.name()));
    let finish = move || context.finish();
    let is_expanded = move || comparison.expanded.get() == Some(id);
    view! {
        <article
            class="pane"
            class:pane-expanded=is_expanded
            tabindex="-1"
            inert=move || is_covered(comparison) && !is_expanded()
            data-testid="pane"
            data-pane=id.0.to_string()
            data-accent=move || (place.get() % 8).to_string()
            data-provider=provider
            data-model=model
            data-host=move || host.get()
            data-phase=move || phase.get().as_str()
            data-finish=finish
            aria-label=label
        >
            <PaneHead />
            <Streak />
            <Figures />
            <PaneBody />
        </article>
    }
}

/// One tab a pane, for phones; carries its state and two main figures.
#[component]
pub fn PaneTabs() -> impl IntoView {
    let comparison = use_comparison();
    let shown = RwSignal::new(0_usize);
    let open = move |at: usize| {
        shown.set(at);
        let selector = format!("[data-testid=pane]:nth-child({})", at + 1);
        if let (Some(pane), Some(strip)) = (page::query(&selector), page::query(".panes")) {
            strip.set_scroll_left(pane.offset_left() - strip.offset_left());
        }
    };
    watch_strip(shown);
    let strip = NodeRef::<html::Nav>::new();
    Effect::new(move |_| {
        shown.track();
        let Some(strip) = strip.get() else { return };
        // Once the mark has moved to the new tab.
        request_animation_frame(move || show_current(&strip));
    });
    let numbered = move || {
        let panes = comparison.panes.get();
        panes
            .into_iter()
            .enumerate()
            .collect::<Vec<(usize, Pane)>>()
    };
    view! {
        <nav
            class="tabs"
            node_ref=strip
            inert=move || is_covered(comparison)
            aria-label=words().pane.tabs
        >
            <Each
                each=numbered
                key=|(at, pane)| format!("{at} {}", pane.id.0)
                children=move |(at, pane)| view! { <PaneTab at=at pane=pane shown=shown open=open /> }
            />
        </nav>
    }
}

/// Follows swipes: the tab of the pane in view is the selected one.
fn watch_strip(shown: RwSignal<usize>) {
    let kept = StoredValue::new_local(None::<Listener>);
    on_cleanup(move || {
        kept.try_update_value(|kept| *kept = None);
    });
    Effect::new(move |_| {
        let Some(strip) = page::query(".panes") else {
            return;
        };
        let target = strip.clone();
        let listener = Listener::new(target, "scroll", move |_| {
            let width = f64::from(strip.client_width().max(1));
            let at = (f64::from(strip.scroll_left()) / width).round().max(0.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let at = at as usize;
            if shown.get_untracked() != at {
                shown.set(at);
            }
        });
        kept.set_value(Some(listener));
    });
}

/// Brings the current tab to the middle of its strip.
fn show_current(strip: &web_sys::HtmlElement) {
    if let Some(tab) = page::query(".tabs [aria-current]") {
        let left = tab.offset_left() - strip.offset_left();
        strip.set_scroll_left(left - (strip.client_width() - tab.offset_width()) / 2);
    }
}

#[component]
fn PaneTab(
    at: usize,
    pane: Pane,
    shown: RwSignal<usize>,
    open: impl Fn(usize) + Copy + 'static,
) -> impl IntoView {
    let comparison = use_comparison();
    let setup = pane.setup.clone();
    let name = {
        let setup = setup.clone();
        move || setup.with(|setup| setup.name().to_owned())
    };
    let simulated = move || {
        let is_simulated = setup.with(crate::app::PaneSetup::is_simulated);
        is_simulated.then(|| view! { <i class="tag">{words().pane.simulated}</i> })
    };
    let state = move || {
        let cell = comparison
            .shown_turn()
            .and_then(|turn| pane.own_cell(turn.id));
        let Some(cell) = cell else {
            return words().phase(Phase::Idle).to_owned();
        };
        cell.facts.track();
        let phase = cell.phase.get();
        if phase != Phase::Done {
            return words().phase(phase).to_owned();
        }
        let metrics = cell.state().log.metrics();
        let first = metrics.ttfa_ms.map(super::show::duration);
        let total = metrics.total_ms.map(super::show::duration);
        [first, total]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    };
    view! {
        <button
            type="button"
            class="num"
            data-accent=(at % 8).to_string()
            aria-current=move || (shown.get() == at).then_some("true")
            on:click=move |_| open(at)
        >
            <b>{move || cut_name(&name())}</b>
            <span>{simulated} {state}</span>
        </button>
    }
}
