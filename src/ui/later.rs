//! The second part of the program, and the one list of its entry points.
//!
//! Release builds are split (ADR 0014, ADR 0024, ADR 0026). Whatever shows a run,
//! or leads to a route that the first page does not offer, is reachable only through
//! [`PARTS`] and lies in the second file, which is fetched with the first action of
//! the person. Everything else
//! reaches it through [`use_later`], and says so while it is missing. What is done
//! with comparisons beside running them belongs into the third part,
//! [`super::studio`]. In other builds the program is whole and all parts are there
//! from the start.

use super::{
    actions, built_in,
    composer::{files as composer_files, own, params, prompt},
    credentials, device,
    dialogs::PickFor,
    keyfield::KeyPlace,
    markdown::MarkdownView,
    money,
    pane::{before, drawing, failure, head::RouteParts, menu, route, server_clock, structured},
    picker, reading, replay,
    scoreboard::{self, Sorting},
    shortcuts, start,
    studio::doors,
};
use crate::{
    app::{
        DeviceModels, Notices, Pane, PaneSetup, Prices, RunCell, RunState, Upcoming, deployments,
        draft, files,
        later::{self as app_later, AppParts},
        signed, starters, studio as app_studio, task, use_prices,
    },
    browser::in_page,
    core::{
        attach::Attachment, catalog::Catalog, device::Progress, domain::PaneId,
        pricing::PriceTable, run::RunLog, signin::Ask, timing::Figure, wire::codec,
    },
    words::words,
};
use leptos::prelude::*;

/// What the second part can do.
pub struct Parts {
    /// What the layer below needs of it.
    app: AppParts,
    /// Draws a run's answer into an element.
    pub draw: fn(&mut Option<MarkdownView>, &web_sys::Element, Notices, &RunCell),
    /// The answer of a run that was to follow a schema.
    pub structured: fn(&RunCell, RwSignal<bool>) -> AnyView,
    /// The arguments of a call that a model wants.
    pub arguments: fn(String) -> AnyView,
    /// The card of a failed run.
    pub failure: fn(RunCell, Memo<bool>) -> AnyView,
    /// What the provider says of its own clock, below an answer.
    pub server_clock: fn(&RunCell) -> Option<AnyView>,
    /// The same of what a figure of ours is about.
    pub server_beside: fn(&RunLog, Figure) -> Option<String>,
    /// The table of all panes' figures.
    pub score: fn(RwSignal<Sorting>) -> AnyView,
    /// The model picker's form.
    pub picker: fn(PickFor) -> AnyView,
    /// The servers of this machine, asked; of one route alone if it is named.
    pub local_servers: fn(Option<&'static str>) -> AnyView,
    /// A pane's own parameters.
    pub pane_params: fn(PaneId) -> AnyView,
    /// The parameters of all panes.
    pub shared_params: fn() -> AnyView,
    /// The files of the draft.
    pub draft_files: fn() -> AnyView,
    /// The files of a turn.
    pub turn_files: fn(&[Attachment]) -> AnyView,
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
    /// The same model over other routes.
    pub compare: fn(PaneSetup) -> AnyView,
    /// A pane's route with all that is known of it, in its header.
    pub route_line: fn(&PaneSetup, RouteParts) -> RouteParts,
    /// The same at length.
    pub route_details: fn(&PaneSetup) -> AnyView,
    /// What is to be known of a pane before its run.
    pub before_run: fn(&Pane) -> AnyView,
    /// The form for the credentials of a provider that takes several kinds.
    pub key_form: fn(KeyPlace) -> AnyView,
    /// OpenAI's organisation and project.
    pub openai_account: fn() -> AnyView,
    /// Where the browser's own model stands.
    pub built_in: fn() -> AnyView,
    /// The marks of an answer against the reference, if one is pinned; for the
    /// last turn of a pane, called in that pane. Sets the second signal while
    /// they stand in for the answer.
    pub reading: fn(&RunCell, RwSignal<bool>, RwSignal<bool>) -> AnyView,
    /// Scrolls the other answers to where this one is.
    pub scroll_others: fn(&web_sys::HtmlElement),
    /// What a key does that the first part does not know; whether it is known.
    key: fn(&web_sys::KeyboardEvent) -> bool,
    /// What the menu of a pane offers; called in that pane.
    pub pane_menu: fn() -> AnyView,
    /// What can be done with the comparison as a whole, for the bar.
    pub actions: fn() -> AnyView,
    /// What stands above the panes.
    pub above_panes: fn() -> AnyView,
    /// What a pane shows that is not its own.
    pub pane_badge: fn(&Pane) -> Option<AnyView>,
    /// The recordings beside the page, to choose from.
    pub recordings: fn() -> AnyView,
    /// The page of a blind vote.
    pub blind: fn() -> AnyView,
    /// The sheet of shortcuts.
    pub shortcuts: fn() -> AnyView,
    /// How a sign-in goes.
    pub sign_in: fn(Ask) -> AnyView,
    /// The dialogs of this part.
    pub overlays: fn() -> AnyView,
    /// The page in a frame of another page.
    pub embed: fn() -> AnyView,
    /// The page that waits to be filled in.
    pub opening: fn() -> AnyView,
    /// What is to be done once the part is there.
    arrived: fn(),
}

/// The list.
static PARTS: Parts = Parts {
    app: AppParts {
        complete_catalog: Catalog::complete,
        feed_document: RunState::feed_document,
        flush_document: RunState::flush_document,
        add_files: files::add,
        base_model: deployments::base_model,
        keep_files_ready: files::keep_ready,
        run_when_ready: files::run_when_ready,
        keep_draft: draft::begin,
        answer_link: app_studio::answer_link,
        save_draft: draft::save_now,
        cost: RunState::cost,
        look_ahead: Upcoming::look_ahead,
        read_prices: PriceTable::from_json,
        dialects: codec::of,
        send_signed: signed::send,
        report_signed: signed::report,
        answer: in_page::answer,
        play_recording: doors::play_recording,
        run_on_device: starters::run_on_device,
        run_built_in: starters::run_built_in,
        check_device: DeviceModels::check,
        get_ready: DeviceModels::get_ready,
        add_file: DeviceModels::add_file,
    },
    draw: drawing::draw,
    structured: structured::view,
    arguments: structured::arguments,
    failure: failure::card,
    server_clock: server_clock::line,
    server_beside: server_clock::beside,
    score: scoreboard::table,
    picker: picker::form,
    local_servers: start::local_servers,
    pane_params: own::pane_params,
    shared_params: params::shared_params,
    draft_files: composer_files::draft_files,
    turn_files: composer_files::turn_files,
    variables: prompt::variables,
    settings: doors::settings,
    cost: money::explain,
    worst_case: money::explain_worst,
    sent: doors::sent,
    load_bar: device::load_bar,
    compare: doors::compare,
    route_line: route::line,
    route_details: route::details,
    before_run: before::notes,
    key_form: credentials::form,
    openai_account: credentials::openai_account,
    built_in: built_in::state,
    reading: doors::reading,
    scroll_others: reading::scroll_others,
    key: doors::key,
    pane_menu: menu::items,
    actions: actions::row,
    above_panes: doors::above_panes,
    pane_badge: replay::badge,
    recordings: doors::recordings,
    blind: doors::blind,
    shortcuts: shortcuts::body,
    sign_in: doors::sign_in,
    overlays: doors::overlays,
    embed: doors::embed,
    opening: doors::opening,
    arrived: doors::arrive,
};

/// A file of the program could not be loaded.
pub(super) struct Missing;

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
    /// Whether the person did anything yet.
    acted: RwSignal<bool>,
    /// Of the root: what the part makes when it arrives outlives whoever asked.
    owner: StoredValue<Option<Owner>>,
}

/// Actions with which loading begins; each comes before anything that needs it.
#[cfg(split)]
const FIRST_ACTIONS: [&str; 6] = [
    "pointerdown",
    "keydown",
    "input",
    "click",
    "hashchange",
    "dragenter",
];

/// Creates the context. Nothing is loaded before the person does something,
/// unless there is a history to come back to.
pub fn provide() {
    let later = Later {
        stage: RwSignal::new(Stage::Absent),
        prices: use_prices(),
        acted: RwSignal::new(false),
        owner: StoredValue::new(Owner::current()),
    };
    provide_context(later);
    app_later::set_fetch(move || Box::pin(later.load()));
    #[cfg(not(split))]
    later.arrive(&PARTS);
    // The way to what is kept is in that part.
    #[cfg(split)]
    if crate::browser::storage::get(
        crate::browser::storage::Place::Device,
        crate::app::history::KEPT_KEY,
    )
    .is_some()
    {
        later.begin();
    }
    #[cfg(split)]
    for action in FIRST_ACTIONS {
        if let Some(window) = crate::browser::page::window() {
            crate::browser::events::Listener::new(window, action, move |_| later.act()).forever();
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

    /// The parts, if they are there.
    pub fn get_untracked(self) -> Option<&'static Parts> {
        untrack(|| self.get())
    }

    /// Whether a key of the later part was pressed, which has then done what it
    /// does.
    pub fn key(self, event: &web_sys::KeyboardEvent) -> bool {
        let owner = self.owner.get_value();
        match (self.get_untracked(), owner) {
            (Some(parts), Some(owner)) => owner.with(|| (parts.key)(event)),
            _ => false,
        }
    }

    /// Whether loading failed (tracked).
    pub fn failed(self) -> bool {
        matches!(self.stage.get(), Stage::Failed)
    }

    /// Whether the person did anything yet (tracked).
    pub fn was_acted(self) -> bool {
        self.acted.get()
    }

    /// The person did something.
    #[cfg(split)]
    fn act(self) {
        if !self.acted.get_untracked() {
            self.acted.set(true);
        }
        self.begin();
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

    fn arrive(self, parts: &'static Parts) {
        // Whoever could not wait may have fetched it too.
        if matches!(self.stage.get_untracked(), Stage::Ready(_)) {
            return;
        }
        app_later::arrive(&parts.app);
        self.prices.begin_to_price();
        if let Some(owner) = self.owner.get_value() {
            owner.with(parts.app.keep_draft);
            owner.with(parts.arrived);
            owner.with(parts.app.keep_files_ready);
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
    load_failed(move || later.retry())
}

/// Says that a part is missing, and offers to try again.
pub fn load_failed(again: impl Fn() + 'static) -> AnyView {
    view! {
        <div class="card-note" data-testid="later-failed">
            <p>{words().later.failed}</p>
            <div class="card-actions">
                <button type="button" class="btn" data-testid="later-again" on:click=move |_| again()>
                    {words().later.again}
                </button>
            </div>
        </div>
    }
    .into_any()
}
