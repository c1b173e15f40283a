//! The second part of the program, and the one list of its entry points.
//!
//! Release builds are split in two (ADR 0014). Whatever is reachable only
//! through [`PARTS`] lies in the second file, which is fetched with the first
//! action of the person. Everything else reaches it through [`use_later`], and
//! says so while it is missing. In other builds the program is whole and the
//! parts are there from the start.

use super::{
    composer::{params, prompt},
    device,
    dialogs::PickFor,
    markdown::MarkdownView,
    money,
    pane::{drawing, failure},
    picker,
    scoreboard::{self, Sorting},
    sent, settings, shortcuts, start,
};
use crate::{
    app::{
        Comparison, DeviceModels, Notices, Prices, RunCell, RunState, Upcoming, draft, export,
        later::{self as app_later, AppParts},
        link, signed, starters, task, use_prices,
    },
    browser::in_page,
    core::{catalog::Catalog, device::Progress, domain::PaneId, pricing::PriceTable, wire::codec},
    words::words,
};
use leptos::prelude::*;

/// What the second part can do.
pub struct Parts {
    /// What the layer below needs of it.
    app: AppParts,
    /// Draws a run's answer into an element.
    pub draw: fn(&mut Option<MarkdownView>, &web_sys::Element, Notices, &RunCell),
    /// The card of a failed run.
    pub failure: fn(RunCell, Memo<bool>) -> AnyView,
    /// The table of all panes' figures.
    pub score: fn(RwSignal<Sorting>) -> AnyView,
    /// The model picker's form.
    pub picker: fn(PickFor) -> AnyView,
    /// The servers of this machine, asked.
    pub local_servers: fn() -> AnyView,
    /// A pane's own parameters.
    pub pane_params: fn(PaneId) -> AnyView,
    /// The parameters of all panes.
    pub shared_params: fn() -> AnyView,
    /// The values of the variables.
    pub variables: fn() -> AnyView,
    /// The settings.
    pub settings: fn() -> AnyView,
    /// What a run cost, line by line.
    pub cost: fn(&RunCell) -> AnyView,
    /// What the next run can cost at most, line by line.
    pub worst_case: fn() -> AnyView,
    /// What was sent by a run.
    pub sent: fn(RunCell) -> AnyView,
    /// The bar that says how far a model is.
    pub load_bar: fn(Signal<Option<Progress>>) -> AnyView,
    /// The sheet of shortcuts.
    pub shortcuts: fn() -> AnyView,
}

/// The list.
static PARTS: Parts = Parts {
    app: AppParts {
        complete_catalog: Catalog::complete,
        feed_document: RunState::feed_document,
        flush_document: RunState::flush_document,
        save_json: export::save_json,
        open: link::open,
        answer_link: link::answer_pending,
        save_draft: draft::save_now,
        cost: RunState::cost,
        look_ahead: Upcoming::look_ahead,
        read_prices: PriceTable::from_json,
        dialects: codec::of,
        send_signed: signed::send,
        report_signed: signed::report,
        answer: in_page::answer,
        run_demo: starters::run_demo,
        run_on_device: starters::run_on_device,
        check_device: DeviceModels::check,
        get_ready: DeviceModels::get_ready,
        add_file: DeviceModels::add_file,
    },
    draw: drawing::draw,
    failure: failure::card,
    score: scoreboard::table,
    picker: picker::form,
    local_servers: start::local_servers,
    pane_params: params::pane_params,
    shared_params: params::shared_params,
    variables: prompt::variables,
    settings: settings::body,
    cost: money::explain,
    worst_case: money::explain_worst,
    sent: sent::body,
    load_bar: device::load_bar,
    shortcuts: shortcuts::body,
};

/// The second file could not be loaded.
struct Missing;

#[cfg(split)]
impl From<leptos::wasm_split::SplitLoaderError> for Missing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Where the program is cut: this function lies in the second file.
#[cfg(split)]
#[leptos::wasm_split::wasm_split(later, fallible, wasm_split_path = ::leptos::wasm_split)]
fn fetch_parts() -> Result<&'static Parts, Missing> {
    Ok(&PARTS)
}

/// A program that was not split is whole.
#[cfg(not(split))]
#[expect(clippy::unused_async, reason = "the split build waits here")]
async fn fetch_parts() -> Result<&'static Parts, Missing> {
    Ok(&PARTS)
}

/// How far loading is.
#[derive(Clone, Copy)]
enum Stage {
    Absent,
    Loading,
    Failed,
    Ready(&'static Parts),
}

/// The second part as state of the page.
#[derive(Clone, Copy)]
pub struct Later {
    stage: RwSignal<Stage>,
    prices: Prices,
    /// Of the root: what the part makes when it arrives outlives whoever asked.
    owner: StoredValue<Option<Owner>>,
}

/// Actions with which loading begins; each comes before anything that needs it.
#[cfg(split)]
const FIRST_ACTIONS: [&str; 5] = ["pointerdown", "keydown", "input", "click", "hashchange"];

/// Creates the context. Nothing is loaded before the person does something.
pub fn provide() {
    let later = Later {
        stage: RwSignal::new(Stage::Absent),
        prices: use_prices(),
        owner: StoredValue::new(Owner::current()),
    };
    provide_context(later);
    app_later::set_fetch(move || Box::pin(later.load()));
    #[cfg(not(split))]
    later.arrive(&PARTS);
    #[cfg(split)]
    for action in FIRST_ACTIONS {
        if let Some(window) = crate::browser::page::window() {
            crate::browser::events::Listener::new(window, action, move |_| later.begin()).forever();
        }
    }
}

/// The context.
pub fn use_later() -> Later {
    expect_context()
}

impl Later {
    /// The parts, once they are there (tracked).
    pub fn get(self) -> Option<&'static Parts> {
        match self.stage.get() {
            Stage::Ready(parts) => Some(parts),
            _ => None,
        }
    }

    /// Whether loading failed (tracked).
    pub fn failed(self) -> bool {
        matches!(self.stage.get(), Stage::Failed)
    }

    /// Begins to load, unless that was tried already.
    pub fn begin(self) {
        if matches!(self.stage.get_untracked(), Stage::Absent) {
            task::spawn(self.load());
        }
    }

    /// Begins to load, also after a failure.
    pub fn retry(self) {
        if matches!(self.stage.get_untracked(), Stage::Absent | Stage::Failed) {
            task::spawn(self.load());
        }
    }

    /// Offers the comparison as a JSON file; says so if it cannot.
    pub fn save_json(self, comparison: Comparison, notices: Notices) {
        task::spawn(async move {
            match app_later::need().await {
                Some(parts) => (parts.save_json)(comparison, notices),
                None => notices.toast(words().later.failed),
            }
        });
    }

    fn arrive(self, parts: &'static Parts) {
        // Whoever could not wait may have fetched it too.
        if matches!(self.stage.get_untracked(), Stage::Ready(_)) {
            return;
        }
        app_later::arrive(&parts.app);
        self.prices.begin_to_price();
        if let Some(owner) = self.owner.get_value() {
            owner.with(parts.app.open);
        }
        self.stage.set(Stage::Ready(parts));
    }

    async fn load(self) {
        self.stage.set(Stage::Loading);
        match fetch_parts().await {
            Ok(parts) => self.arrive(parts),
            Err(Missing) => self.stage.set(Stage::Failed),
        }
    }
}

/// A view of the second part; until it is there, how its loading goes.
pub fn late(view: impl Fn(&'static Parts) -> AnyView + Send + 'static) -> AnyView {
    late_or(view, |loading| loading)
}

/// The same with something around how the loading goes.
pub fn late_or(
    view: impl Fn(&'static Parts) -> AnyView + Send + 'static,
    around: impl Fn(AnyView) -> AnyView + Send + 'static,
) -> AnyView {
    let later = use_later();
    later.retry();
    // What the view itself reads must not make it anew.
    (move || match later.stage.get() {
        Stage::Ready(parts) => untrack(|| view(parts)),
        Stage::Failed => around(view! { <LoadFailed /> }.into_any()),
        Stage::Absent | Stage::Loading => {
            around(view! { <p class="hint late">{words().later.loading}</p> }.into_any())
        }
    })
    .into_any()
}

/// Says that the second part is missing, and offers to try again.
#[component]
pub fn LoadFailed() -> impl IntoView {
    let later = use_later();
    view! {
        <div class="card-note" data-testid="later-failed">
            <p>{words().later.failed}</p>
            <div class="card-actions">
                <button type="button" class="btn" data-testid="later-again" on:click=move |_| later.retry()>
                    {words().later.again}
                </button>
            </div>
        </div>
    }
}
