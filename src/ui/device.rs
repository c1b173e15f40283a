//! Models that run in this page: how far one is, and choosing a file.

use super::later::use_later;
use crate::{
    app::{RunCell, later, task, use_device_models, use_runner},
    browser::device::PickedFile,
    core::{
        catalog::Transport,
        device::{Progress, Stage, file_name, megabytes},
        run::Phase,
    },
    words::words,
};
use leptos::{html, prelude::*};

/// What a run on this device waits for, in place of the note of other queues.
#[component]
pub fn DeviceWait(
    /// The run.
    cell: RunCell,
) -> impl IntoView {
    let devices = use_device_models();
    let later = use_later();
    let file = file_here(&cell);
    let own = Memo::new(move |_| {
        let (name, progress) = devices.progress.get()?;
        (file.as_ref() == Some(&name)).then_some(progress)
    });
    let runner = use_runner();
    let waiting = cell.clone();
    // One bar: those behind the run that loads the model wait for that run.
    let loads = Memo::new(move |_| own.with(Option::is_some) && !runner.is_waiting(&waiting));
    let waits = waits_here(&cell);
    let queued = Memo::new(move |_| waits && cell.phase.get() == Phase::Queued);
    move || {
        if !queued.get() {
            None
        } else if loads.get() {
            later.get().map(|parts| (parts.load_bar)(own.into()))
        } else {
            Some(view! { <p class="waiting-note">{words().device().queued}</p> }.into_any())
        }
    }
}

/// Whether a run waits for a model of this page or browser, not for a server.
pub fn waits_here(cell: &RunCell) -> bool {
    let state = cell.state();
    let endpoint = state.endpoint.as_ref();
    endpoint.is_some_and(|endpoint| endpoint.transport.is_loaded())
}

/// The file of a run's model, where that runs in this page.
fn file_here(cell: &RunCell) -> Option<String> {
    let state = cell.state();
    let endpoint = state.endpoint.as_ref()?;
    let setup = state.setup.as_ref()?;
    (endpoint.transport == Transport::OnDevice).then(|| file_name(setup.model.as_str()))
}

/// The bar that says how far a model is.
pub fn load_bar(progress: Signal<Option<Progress>>) -> AnyView {
    let w = words().device();
    let now = move || progress.get().unwrap_or(Progress::START);
    let text = move || {
        let now = now();
        let done = megabytes(now.done);
        match (now.stage, now.percent()) {
            (Stage::Fetching, Some(percent)) => (w.fetching)(&done, &megabytes(now.total), percent),
            (Stage::Fetching, None) if now.done > 0.0 => (w.fetching_so_far)(&done),
            (Stage::Fetching, None) => w.getting_ready.to_owned(),
            // llama.cpp does not say how far it is once it has read the file.
            (Stage::Loading, Some(100)) => w.starting.to_owned(),
            (Stage::Loading, percent) => (w.loading)(percent.unwrap_or_default()),
        }
    };
    view! {
        <div class="load" data-testid="model-loading">
            <p class="waiting-note num">{text}</p>
            <progress
                aria-label=w.progress
                max="100"
                value=move || now().percent().map(|percent| percent.to_string())
            ></progress>
            <p class="hint">{w.clock_waits}</p>
        </div>
    }
    .into_any()
}

/// A button that takes a GGUF file from the person's disk.
#[component]
pub fn ChooseFile(
    /// Hears the model's name.
    on_picked: Callback<String>,
) -> impl IntoView {
    let devices = use_device_models();
    let field = NodeRef::<html::Input>::new();
    let w = words().device();
    let take = move |_| {
        let Some(file) = field
            .get_untracked()
            .and_then(|field| PickedFile::take(&field))
        else {
            return;
        };
        task::spawn(async move {
            let Some(parts) = later::need().await else {
                return;
            };
            if let Some(name) = (parts.add_file)(devices, file).await {
                // `None` where whoever asked has left the page by now; the
                // picker lists the file.
                on_picked.try_run(name);
            }
        });
    };
    view! {
        <button
            type="button"
            class="btn"
            data-testid="choose-gguf"
            on:click=move |_| {
                if let Some(field) = field.get_untracked() {
                    field.click();
                }
            }
        >
            {w.choose_file}
        </button>
        <input
            type="file"
            accept=".gguf"
            hidden
            data-testid="gguf-file"
            node_ref=field
            on:change=take
        />
    }
}

/// What the browser keeps, and how to be rid of it.
#[component]
pub fn StoredModels() -> impl IntoView {
    let devices = use_device_models();
    let w = words().device();
    move || {
        let bytes = devices.stored.get();
        (bytes > 0.0).then(|| {
            view! {
                <section class="section">
                    <h3>{w.stored_title}</h3>
                    <p class="hint">{(w.stored)(&megabytes(bytes))}</p>
                    <div class="card-actions">
                        <button
                            type="button"
                            class="btn"
                            data-testid="forget-models"
                            on:click=move |_| devices.forget()
                        >
                            {(w.forget)(&megabytes(bytes))}
                        </button>
                    </div>
                </section>
            }
        })
    }
}
