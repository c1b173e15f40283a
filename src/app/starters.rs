//! Comparisons that need no key, each begun by one click.

use super::{comparison::Comparison, pane::PaneSetup, runner::Runner};
use crate::{
    core::{
        built_in, device,
        domain::{ModelId, PaneId},
        real::shortest,
    },
    words::words,
};
use leptos::prelude::*;

/// Simulated models that answer, think and stop short.
const DEMO: [&str; 4] = ["demo-fast", "demo-steady", "demo-thinking", "demo-cut"];

/// At which temperatures the small model is compared with itself.
pub const TEMPERATURES: [f64; 3] = [0.0, 0.7, 1.2];
/// A small model in a page is slow, and rambles.
const SMALL_LIMIT: u64 = 96;

/// Opens the simulated models and runs them; gives the first pane.
pub fn run_demo(comparison: Comparison, runner: Runner) -> Option<PaneId> {
    let setups = DEMO.map(|model| PaneSetup::new("demo", model));
    begin(comparison, runner, words().start.demo_prompt, setups)
}

/// Opens a model of this page at three temperatures and runs it; gives the
/// first pane.
pub fn run_on_device(model: &str, comparison: Comparison, runner: Runner) -> Option<PaneId> {
    let setups = TEMPERATURES.map(|temperature| {
        let mut setup = PaneSetup::new(device::PROVIDER, model);
        setup.params.temperature = Some(temperature);
        setup.label = device_label(&setup);
        setup.params.max_output_tokens = Some(SMALL_LIMIT);
        setup
    });
    begin(comparison, runner, words().start.device_prompt, setups)
}

/// What a pane of a model of this page is called here: by model and temperature.
fn device_label(setup: &PaneSetup) -> Option<String> {
    let temperature = shortest(setup.params.temperature?);
    let model = setup.model.as_str();
    let name = (model == device::SMALL_MODEL).then_some(words().start.device_name);
    Some((words().start.device_pane)(
        name.unwrap_or(model),
        &temperature,
    ))
}

/// Another model of the same route for a pane. A name that was made of the model
/// follows it; one that the person gave stays.
pub fn use_model(setup: &mut PaneSetup, model: &str) {
    let is_made = setup.label.is_some() && setup.label == device_label(setup);
    setup.model = ModelId::new(model);
    if is_made {
        setup.label = device_label(setup);
    }
}

/// Opens the browser's own model and runs it; gives the pane.
pub fn run_built_in(comparison: Comparison, runner: Runner) -> Option<PaneId> {
    let setups = [PaneSetup::new(built_in::PROVIDER, built_in::MODEL)];
    begin(comparison, runner, words().start.built_in_prompt, setups)
}

/// Opens panes and runs them; a prompt that was typed already is the one that
/// is asked. `None`, and nothing done, where there are panes by now: what a
/// click had to wait for came too late.
fn begin<const N: usize>(
    comparison: Comparison,
    runner: Runner,
    prompt: &str,
    setups: [PaneSetup; N],
) -> Option<PaneId> {
    if comparison.panes.with_untracked(|panes| !panes.is_empty()) {
        return None;
    }
    // Turns whose panes were removed one by one: no pane could show them again.
    comparison.turns.set(Vec::new());
    let typed = comparison.draft.get_untracked();
    if typed.trim().is_empty() {
        comparison.draft.set(prompt.to_owned());
    }
    let panes = setups.map(|setup| comparison.add_pane(setup));
    runner.run_all();
    panes.into_iter().flatten().next().map(|pane| pane.id)
}
