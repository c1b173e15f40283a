//! The empty state: what this is, and the shortest ways to a comparison.

pub mod cards;
pub mod found;
pub mod keys;
pub mod race;
pub mod servers;

pub use servers::local_servers;

use super::{built_in::BuiltInCard, kit::focus};
use crate::{
    app::{Comparison, PaneSetup},
    core::domain::{ModelId, PaneId, ProviderId},
    words::words,
};
use cards::{DemoCard, DeviceCard, RaceCard};
use keys::OwnRoutes;
use leptos::prelude::*;
use servers::LocalServers;

/// The provider row of a server of one's own.
pub const OWN_SERVER: &str = "openai-compatible";

/// The first visit.
#[component]
pub fn Start() -> impl IntoView {
    let w = words().start;
    view! {
        <div class="start" data-testid="start">
            <div class="start-inner">
                <div>
                    <h1>{w.heading}</h1>
                    <p class="start-lead">{w.lead}</p>
                </div>
                <div class="start-cards">
                    <RaceCard />
                    <DemoCard />
                    <DeviceCard />
                    <LocalServers />
                    <OwnRoutes />
                    <BuiltInCard />
                </div>
            </div>
        </div>
    }
}

/// The button that was clicked is gone: its first pane takes the focus.
pub fn go_to(pane: Option<PaneId>) {
    if let Some(id) = pane {
        focus::later([focus::pane(id).as_str()]);
    }
}

/// A pane of each model; gives the first.
fn open_panes(
    provider: &ProviderId,
    base_url: Option<&str>,
    models: Vec<ModelId>,
    comparison: Comparison,
) -> Option<PaneId> {
    let mut first = None;
    for model in models {
        let mut setup = PaneSetup::new(provider.clone(), model);
        setup.base_url = base_url.map(str::to_owned);
        let pane = comparison.add_pane(setup);
        first = first.or(pane.map(|pane| pane.id));
    }
    first
}
