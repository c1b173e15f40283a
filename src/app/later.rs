//! The part of the program that is loaded after the first action: whether it is
//! there, and what `app` itself needs of it.
//!
//! What it consists of stands in `ui::later`, the one list of its entry points.

use super::{Comparison, DeviceModels, Files, Notices, RunState, Runner, Upcoming};
use crate::{
    browser::{
        device::{NotReady, PickedFile},
        fetch::{AbortGuard, FetchError, Reply},
        files::Incoming,
    },
    core::{
        catalog::Transport,
        device::DeviceFault,
        domain::{ApiKey, ModelId, Origin, PaneId},
        pricing::{Cost, Moment, PriceTable, TableError},
        wire::{Codec, Dialect, codec, endpoint::Endpoint, http::HttpRequest, request::SentReport},
    },
};
use std::{cell::OnceCell, pin::Pin, sync::OnceLock};

/// Work of the later part that takes a while.
pub type Wait<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Gets a model of this page or browser ready to run.
pub type GetReady = for<'a> fn(
    &'a DeviceModels,
    Transport,
    &'a str,
    &'a AbortGuard,
) -> Wait<'a, Result<(), NotReady>>;

/// A key and the origin that it is bound to.
pub type Bound<'a> = Option<(&'a Origin, &'a ApiKey)>;

/// Sends a request to a provider that takes signatures; told is by how many
/// seconds the provider's clock is ahead where it is sent once more.
pub type SendSigned = for<'a> fn(
    &'a HttpRequest,
    Bound<'a>,
    &'a AbortGuard,
    &'a dyn Fn(i64),
) -> Wait<'a, Result<Reply, FetchError>>;

/// What `app` needs of the later part.
pub struct AppParts {
    /// Adds the rows of all further providers to the catalogue.
    pub complete_catalog: fn(),
    /// Gives the document what the answer has gained.
    pub feed_document: fn(&mut RunState),
    /// Lets the document show what it held back; whether that was anything.
    pub flush_document: fn(&mut RunState) -> bool,
    /// Attaches files to the draft.
    pub add_files: fn(Incoming, Comparison, Files, Notices),
    /// The model that the person named for a deployment.
    pub base_model: fn(&Endpoint, &ModelId) -> Option<ModelId>,
    /// From now on makes what panes need of attached images.
    pub keep_files_ready: fn(),
    /// Runs as soon as every file is ready.
    pub run_when_ready: fn(Comparison, Files, Runner, Notices),
    /// Keeps the draft from now on, unless the page is yet to be filled in.
    pub keep_draft: fn(),
    /// The person's answer to the question whether a link may replace their
    /// work.
    pub answer_link: fn(Comparison, Notices, Runner, bool),
    /// Stores the newest draft at once.
    pub save_draft: fn(),
    /// What a run costs or has cost, by the table, as of now.
    pub cost: fn(&RunState, Option<&PriceTable>, Moment) -> Cost,
    /// Says what the next run can cost at most.
    pub look_ahead: fn(Upcoming),
    /// Reads the price table.
    pub read_prices: fn(&str) -> Result<PriceTable, TableError>,
    /// Every wire format.
    pub dialects: fn(Dialect) -> &'static Codec,
    /// See [`super::signed::send`].
    pub send_signed: SendSigned,
    /// What is sent with this key where the provider takes signatures, as it is
    /// shown; else what is wrong with the key.
    pub report_signed: fn(SentReport, &HttpRequest, &ApiKey) -> Result<SentReport, &'static str>,
    /// Has a request answered by a model that is loaded before it runs.
    pub answer: for<'a> fn(
        Transport,
        &'a HttpRequest,
        &'a AbortGuard,
    ) -> Wait<'a, Result<Reply, FetchError>>,
    /// Fetches a recording by its file, shows and plays it.
    pub play_recording: fn(&str, Comparison, Notices),
    /// Opens a model of this page at three temperatures and runs it, unless there
    /// are panes; gives the first pane.
    pub run_on_device: fn(&str, Comparison, Runner) -> Option<PaneId>,
    /// Opens the browser's own model and runs it.
    pub run_built_in: fn(Comparison, Runner) -> Option<PaneId>,
    /// Whether the file of a model can be had without picking one.
    pub check_device: for<'a> fn(&'a DeviceModels, &'a str) -> Wait<'a, Result<(), DeviceFault>>,
    /// Gets a model of this page ready to run.
    pub get_ready: GetReady,
    /// Takes a model file that the person picked.
    pub add_file: fn(DeviceModels, PickedFile) -> Wait<'static, Option<String>>,
}

static PARTS: OnceLock<&'static AppParts> = OnceLock::new();

/// Tells that the later part is there.
pub fn arrive(parts: &'static AppParts) {
    (parts.complete_catalog)();
    // A second arrival brings the same table.
    PARTS.set(parts).ok();
}

thread_local! {
    static FETCH: OnceCell<Box<dyn Fn() -> Wait<'static, ()>>> = const { OnceCell::new() };
}

/// Tells how the later part is fetched, for [`need`].
pub fn set_fetch(fetch: impl Fn() -> Wait<'static, ()> + 'static) {
    FETCH.with(|slot| slot.set(Box::new(fetch)).ok());
}

/// The later part, fetched if it is not there; `None` where that failed, which
/// the page then says.
pub async fn need() -> Option<&'static AppParts> {
    if parts().is_none() {
        let fetching = FETCH.with(|fetch| fetch.get().map(|fetch| fetch()));
        if let Some(fetching) = fetching {
            fetching.await;
        }
    }
    parts()
}

/// The codec of a wire format, if it is there: some come with the later part.
pub fn codec(dialect: Dialect) -> Option<&'static Codec> {
    codec::first(dialect).or_else(|| parts().map(|parts| (parts.dialects)(dialect)))
}

/// The later part, if it is there.
pub fn parts() -> Option<&'static AppParts> {
    PARTS.get().copied()
}
