//! The browser's own model: its card on the first page, and where it stands.

use super::{later::late, start::go_to};
use crate::{
    app::{later, task, use_comparison, use_device_models, use_notices, use_runner},
    browser::builtin,
    core::built_in::Availability,
    words::words,
};
use leptos::prelude::*;

/// The card, where the browser has the interface. What it says of the model
/// comes after the first paint, in place of the line that was there.
#[component]
pub fn BuiltInCard() -> impl IntoView {
    if !builtin::is_here() {
        return ().into_any();
    }
    let built_in = use_device_models().built_in;
    let comparison = use_comparison();
    let runner = use_runner();
    let w = words().start;
    request_animation_frame(move || built_in.look());
    let is_open = RwSignal::new(false);
    let state = Memo::new(move |_| built_in.availability.get());
    let is_ready = Memo::new(move |_| state.get() == Some(Availability::Ready));
    let is_none = Memo::new(move |_| state.get() == Some(Availability::Unavailable));
    let begin = move |_| {
        if !is_ready.get_untracked() {
            return is_open.set(true);
        }
        task::spawn(async move {
            match later::need().await {
                Some(parts) => go_to((parts.run_built_in)(comparison, runner)),
                None => is_open.set(true),
            }
        });
    };
    view! {
        <section class="start-card start-card-wide" data-testid="built-in-card">
            <span class="tag">{w.built_in_tag}</span>
            <h2>{w.built_in}</h2>
            <p>{move || if is_none.get() { w.built_in_none } else { w.built_in_text }}</p>
            {move || {
                (is_open.get() && !is_ready.get()).then(|| late(|parts| (parts.built_in)()))
            }}
            <div class="card-actions">
                {move || {
                    (!is_none.get())
                        .then(|| view! { <span class="hint">{w.built_in_note}</span> }.into_any())
                }}
                <button
                    type="button"
                    class="btn"
                    class:btn-go=move || !is_none.get()
                    data-testid="start-built-in"
                    aria-label=move || (!is_none.get()).then_some(w.built_in_run)
                    disabled=move || {
                        state.get().is_none() || (is_open.get() && !is_ready.get())
                    }
                    on:click=begin
                >
                    {move || if is_none.get() { w.built_in_why } else { w.run }}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// Where the browser's model stands, and its download.
pub fn state() -> AnyView {
    view! { <State /> }.into_any()
}

#[component]
fn State() -> impl IntoView {
    let built_in = use_device_models().built_in;
    let notices = use_notices();
    if built_in.availability.get_untracked().is_none() {
        built_in.look();
    }
    let w = words().built_in();
    let sentence = move || built_in.availability.get().map(w.state);
    let is_loading = Memo::new(move |_| built_in.download.with(Option::is_some));
    let percent = move || built_in.download.get().flatten();
    let offers = Memo::new(move |_| {
        let wanted = built_in
            .availability
            .get()
            .is_some_and(Availability::wants_download);
        wanted && !is_loading.get()
    });
    view! {
        <div class="built-in" data-testid="built-in">
            {move || {
                (!is_loading.get())
                    .then(|| view! { <p class="hint" role="status">{sentence}</p> }.into_any())
            }}
            {move || {
                let fault = built_in.fault.get()?;
                let said = (w.fault)(&fault);
                Some(
                    view! { <p class="hint hint-bad">{said.title} ". " {said.text}</p> }.into_any(),
                )
            }}
            {move || {
                is_loading
                    .get()
                    .then(|| {
                        view! {
                            <div class="load" data-testid="built-in-loading">
                                <p class="waiting-note num">{move || (w.downloading)(percent())}</p>
                                <progress
                                    aria-label=w.progress
                                    max="100"
                                    value=move || percent().map(|percent| percent.to_string())
                                ></progress>
                            </div>
                        }
                            .into_any()
                    })
            }}
            {move || {
                offers
                    .get()
                    .then(|| {
                        view! {
                            <div class="card-actions">
                                <button
                                    type="button"
                                    class="btn"
                                    data-testid="built-in-download"
                                    on:click=move |_| built_in.begin_download(notices)
                                >
                                    {w.download}
                                </button>
                            </div>
                        }
                            .into_any()
                    })
            }}
        </div>
    }
}
