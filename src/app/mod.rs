//! The app layer (wasm32 only): the state of the page and what happens to it.
//!
//! State is a handful of small contexts, one per concern; logic lives in core
//! and its outcome is published through signals. Components read signals and
//! call the functions here, nothing else.

pub mod ballots;
pub mod built_in;
pub mod comparison;
pub mod connection;
pub mod counting;
pub mod deployments;
pub mod device;
pub mod draft;
pub mod exports;
pub mod files;
pub mod forecast;
pub mod gallery;
pub mod history;
pub mod imports;
pub mod incoming;
pub mod key_headers;
pub mod later;
pub mod lending;
pub mod link;
pub mod live;
pub mod model_facts;
pub mod models;
pub mod notices;
pub mod opening;
pub mod pane;
pub mod prices;
pub mod prompts;
pub mod relays;
pub mod remembered;
pub mod replay;
pub mod results;
pub mod routes;
pub mod runner;
pub mod settings;
pub mod share;
pub mod signed;
pub mod signin;
pub mod slices;
pub mod starters;
pub mod stream;
pub mod studio;
pub mod task;
pub mod upcoming;
pub mod vault;

pub use comparison::{Comparison, Turn, use_comparison};
pub use device::{DeviceModels, use_device_models};
pub use files::{Files, use_files};
pub use history::{History, use_history};
pub use lending::{Lending, use_lending};
pub use model_facts::{ShownModels, use_shown_models};
pub use models::{ModelLists, use_model_lists};
pub use notices::{Notices, use_notices};
pub use opening::use_opening;
pub use pane::{Pane, PaneSetup, RunCell, RunState};
pub use prices::{Prices, use_prices};
pub use prompts::{Prompts, use_prompts};
pub use runner::{Runner, use_runner};
pub use settings::{Settings, use_settings};
pub use upcoming::{Upcoming, use_upcoming};
pub use vault::{Vault, use_vault};

/// Creates every context under the current owner, which must be the root.
pub fn provide() {
    settings::provide();
    notices::provide();
    vault::provide();
    comparison::provide();
    files::provide();
    device::provide();
    prices::provide();
    runner::provide();
    models::provide();
    upcoming::provide();
    opening::provide();
}
