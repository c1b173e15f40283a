//! The comparisons that need no key and no server, each one click.

use super::{go_to, race};
use crate::{
    app::{later, starters, task, use_comparison, use_device_models, use_notices, use_runner},
    core::{
        device::{DeviceFault, SMALL_MODEL, file_name},
        real::shortest,
    },
    ui::{
        device::ChooseFile,
        later::{LoadFailed, late, use_later},
    },
    words::words,
};
use leptos::prelude::*;

/// Parts of a bar in a card's picture: where each begins and how wide it is,
/// in percent.
type Part = (&'static str, f64, f64);

fn percent(of: f64) -> String {
    shortest(of) + "%"
}

/// Rows of bars as panes show them, standing still.
fn picture(rows: Vec<(String, Vec<Part>)>) -> impl IntoView {
    let rows = rows.into_iter().enumerate().map(|(at, (name, parts))| {
        let parts = parts.into_iter().map(|(class, left, width)| {
            view! { <i class=class style:left=percent(left) style:width=percent(width)></i> }
        });
        view! {
            <span data-accent=at.to_string()>
                {name} <span class="track">{parts.collect_view()}</span>
            </span>
        }
    });
    view! {
        <div class="start-picture" aria-hidden="true">
            {rows.collect_view()}
        </div>
    }
}

/// A card: what it offers, something to look at, and what to do.
fn card(
    tag: &'static str,
    [title, text]: [&'static str; 2],
    middle: AnyView,
    actions: AnyView,
) -> AnyView {
    view! {
        <section class="start-card">
            <span class="tag">{tag}</span>
            <h2>{title}</h2>
            <p>{text}</p>
            {middle}
            <div class="card-actions">{actions}</div>
        </section>
    }
    .into_any()
}

/// Real runs that were recorded.
#[component]
pub fn RaceCard() -> impl IntoView {
    let comparison = use_comparison();
    let notices = use_notices();
    let w = words().start;
    let missing = ArcRwSignal::new(false);
    let lists = RwSignal::new(false);
    let rows: Vec<_> = race::ROWS
        .into_iter()
        .map(|(name, first, end)| {
            let parts = vec![
                ("seg-waiting", 0.0, first),
                ("seg-answering", first, end - first),
            ];
            (name.to_owned(), parts)
        })
        .collect();
    let begin = {
        let missing = missing.clone();
        move |_| {
            let missing = missing.clone();
            task::spawn(async move {
                match later::need().await {
                    Some(parts) => (parts.play_recording)(race::FILE, comparison, notices),
                    None => missing.set(true),
                }
            });
        }
    };
    let middle = move || {
        if lists.get() {
            late(|parts| (parts.recordings)())
        } else {
            failed(&missing).unwrap_or_else(|| picture(rows.clone()).into_any())
        }
    };
    let actions = view! {
        <span class="hint">{w.race_made} " " {race::DAY}</span>
        <button
            type="button"
            class="btn"
            data-testid="other-recordings"
            on:click=move |_| lists.set(true)
        >
            {w.race_others}
        </button>
        <button
            type="button"
            class="btn btn-go"
            data-testid="start-race"
            aria-label=w.race_run
            on:click=begin
        >
            {w.race_watch}
        </button>
    };
    let tag = w.race_tag;
    card(
        tag,
        [w.race, w.race_text],
        middle.into_any(),
        actions.into_any(),
    )
}

/// Simulated models.
#[component]
pub fn DemoCard() -> impl IntoView {
    let comparison = use_comparison();
    let runner = use_runner();
    let w = words().start;
    // In proportion to how long the four really take.
    let rows = vec![
        (
            "demo-fast",
            vec![("seg-waiting", 0.0, 3.0), ("seg-answering", 3.0, 26.0)],
        ),
        (
            "demo-steady",
            vec![("seg-waiting", 0.0, 6.0), ("seg-answering", 6.0, 86.0)],
        ),
        (
            "demo-thinking",
            vec![
                ("seg-waiting", 0.0, 5.0),
                ("seg-thinking", 5.0, 19.0),
                ("seg-answering", 24.0, 64.0),
            ],
        ),
        (
            "demo-cut",
            vec![("seg-waiting", 0.0, 4.0), ("seg-answering", 4.0, 20.0)],
        ),
    ];
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, parts)| (name.to_owned(), parts))
        .collect();
    let begin = move |_| go_to(starters::run_demo(comparison, runner));
    let actions = view! {
        <span class="hint">{w.demo_note}</span>
        <button
            type="button"
            class="btn btn-go"
            data-testid="start-demo"
            aria-label=w.demo_run
            on:click=begin
        >
            {w.run}
        </button>
    };
    let tag = words().pane.simulated;
    card(
        tag,
        [w.demo, w.demo_text],
        picture(rows).into_any(),
        actions.into_any(),
    )
}

/// That the part which runs what a card offers could not be loaded, if it was
/// asked for.
fn failed(missing: &ArcRwSignal<bool>) -> Option<AnyView> {
    let shows = missing.get() && use_later().failed();
    shows.then(|| view! { <LoadFailed /> }.into_any())
}

/// A real model in the page.
#[component]
pub fn DeviceCard() -> impl IntoView {
    let comparison = use_comparison();
    let runner = use_runner();
    let notices = use_notices();
    let w = words().start;
    let devices = use_device_models();
    // They outlive the card, which goes away with the first pane.
    let checking = ArcRwSignal::new(false);
    let lacks = ArcRwSignal::new(None::<DeviceFault>);
    let missing = ArcRwSignal::new(false);
    // Gone with the card: what the person began meanwhile stands.
    let run = Callback::new(move |model: String| {
        if let Some(parts) = later::parts() {
            go_to((parts.run_on_device)(&model, comparison, runner));
        }
    });
    let note = Memo::new({
        let lacks = lacks.clone();
        move |_| lacks.get().map(|fault| why_not(&fault))
    });
    let begin = {
        let (checking, missing) = (checking.clone(), missing.clone());
        move |_| {
            let (checking, lacks) = (checking.clone(), lacks.clone());
            let missing = missing.clone();
            checking.set(true);
            task::spawn(async move {
                let found = match later::need().await {
                    Some(parts) => Some((parts.check_device)(&devices, SMALL_MODEL).await),
                    None => None,
                };
                checking.set(false);
                if comparison.panes.with_untracked(|panes| !panes.is_empty()) {
                    return;
                }
                let Some(found) = found else {
                    return missing.set(true);
                };
                match found {
                    Ok(()) => {
                        run.try_run(SMALL_MODEL.to_owned());
                    }
                    Err(fault) => {
                        notices.say(why_not(&fault));
                        lacks.set(Some(fault));
                    }
                }
            });
        }
    };
    let is_checking = Memo::new(move |_| checking.get());
    // One instance: they run one after another.
    let rows: Vec<_> = starters::TEMPERATURES
        .into_iter()
        .zip([(0.0, 30.0), (30.0, 34.0), (64.0, 36.0)])
        .map(|(temperature, (left, width))| {
            let parts = vec![
                ("seg-waiting", left, 4.0),
                ("seg-answering", left + 4.0, width - 4.0),
            ];
            (
                (words().params().temperature_is)(&shortest(temperature)),
                parts,
            )
        })
        .collect();
    let middle = move || match note.get() {
        None => failed(&missing).unwrap_or_else(|| picture(rows.clone()).into_any()),
        Some(text) => view! { <p data-testid="device-missing">{text}</p> }.into_any(),
    };
    let actions = view! {
        <ChooseFile on_picked=run />
        {move || is_checking.get().then(|| view! { <span class="hint">{w.device_checking}</span> })}
        <button
            type="button"
            class="btn btn-go"
            data-testid="start-device"
            aria-label=w.device_run
            disabled=move || is_checking.get()
            on:click=begin
        >
            {w.run}
        </button>
    };
    let tag = w.device_tag;
    card(
        tag,
        [w.device, w.device_text],
        middle.into_any(),
        actions.into_any(),
    )
}

/// Why the small model cannot be had, and how to get one.
fn why_not(fault: &DeviceFault) -> String {
    let w = words().start;
    match fault {
        DeviceFault::Missing => (w.device_missing)(&file_name(SMALL_MODEL)),
        _ => w.device_check_failed.to_owned(),
    }
}
