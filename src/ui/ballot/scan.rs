//! Ballots by the camera, where the browser can read codes in a picture.

use super::{bring, outcome::Desk};
use crate::{
    app::task,
    browser::camera::{self, NoCamera},
    core::ballot::found,
    words::words,
};
use leptos::{html, prelude::*};

/// The button, if this browser can do it, and the picture while it looks.
pub(super) fn button(it: Desk, problems: RwSignal<Vec<String>>) -> AnyView {
    if !camera::reads_codes() {
        return ().into_any();
    }
    let w = words().ballot();
    let is_on = RwSignal::new(false);
    let trouble = RwSignal::new(None::<NoCamera>);
    view! {
        <button
            type="button"
            class="btn"
            data-testid="scan-ballots"
            aria-pressed=move || is_on.get().to_string()
            on:click=move |_| {
                trouble.set(None);
                is_on.update(|on| *on = !*on);
            }
        >
            {move || if is_on.get() { w.scan_stop } else { w.scan }}
        </button>
        {move || is_on.get().then(|| looking(it, problems, is_on, trouble))}
        {move || {
            trouble
                .get()
                .map(|trouble| {
                    let text = match trouble {
                        NoCamera::Refused => w.camera_refused,
                        NoCamera::Missing => w.camera_missing,
                        NoCamera::Failed => w.camera_failed,
                    };
                    view! { <p class="card-note camera-note" role="alert" data-testid="camera-trouble">{text}</p> }
                })
        }}
    }
    .into_any()
}

fn looking(
    it: Desk,
    problems: RwSignal<Vec<String>>,
    is_on: RwSignal<bool>,
    trouble: RwSignal<Option<NoCamera>>,
) -> AnyView {
    let w = words().ballot();
    let node = NodeRef::<html::Video>::new();
    let seen = StoredValue::new(Vec::<String>::new());
    Effect::new(move |_| {
        let Some(video) = node.get() else { return };
        task::spawn(async move {
            // Every text once: the same code stands in front of the camera for long.
            let on_text = move |text: String| {
                // What is read as the picture leaves the page is too late.
                if seen.try_with_value(|seen| seen.contains(&text)) != Some(false) {
                    return;
                }
                seen.update_value(|seen| seen.push(text.clone()));
                bring::add(it, problems, found::ballots(&text));
            };
            // It ends when the picture leaves the page.
            if let Err(why) = camera::watch(&video, on_text).await {
                is_on.try_set(false);
                trouble.try_set(Some(why));
            }
        });
    });
    view! {
        <div class="camera">
            <video node_ref=node muted playsinline aria-label=w.scanning></video>
            <p class="hint">{w.scanning}</p>
        </div>
    }
    .into_any()
}
