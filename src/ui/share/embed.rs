//! The snippet for another page.

use super::use_sharing;
use crate::{
    app::{use_comparison, use_notices},
    core::share::{DEFAULT_HEIGHT, snippet},
    ui::kit::copy_text,
    words::words,
};
use leptos::prelude::*;

/// Below this nothing can be seen, above it nobody has so much room.
const HEIGHTS: std::ops::RangeInclusive<u32> = 200..=4000;

/// The snippet with its height, and a button that copies it.
#[component]
pub fn Snippet() -> impl IntoView {
    let sharing = use_sharing();
    let notices = use_notices();
    let title = use_comparison().title;
    let w = words().share();
    let height = RwSignal::new(DEFAULT_HEIGHT);
    let made = Memo::new(move |_| {
        let link = sharing.link()?;
        let (_, fragment) = link.split_once('#')?;
        let base = sharing.base.get()?;
        let named = title.get_untracked();
        let named = Some(named.trim()).filter(|named| !named.is_empty());
        Some(snippet(
            &base,
            fragment,
            named.unwrap_or(w.embed_title),
            height.get(),
        ))
    });
    let text = move || made.get().unwrap_or_default();
    view! {
        <details class="more">
            <summary data-testid="share-embed">{w.embed}</summary>
            <div class="share-form">
                <p class="hint">{w.embed_hint}</p>
                <textarea
                    class="input mono"
                    readonly
                    rows="4"
                    data-testid="share-snippet"
                    aria-label=w.embed_label
                    prop:value=text
                ></textarea>
                <div class="card-actions">
                    <label class="share-height">
                        <span class="label">{w.embed_height}</span>
                        <input
                            class="input num"
                            type="number"
                            min=HEIGHTS.start().to_string()
                            max=HEIGHTS.end().to_string()
                            step="20"
                            data-testid="share-height"
                            prop:value=move || height.get().to_string()
                            on:change=move |event| {
                                let typed = event_target_value(&event).parse().unwrap_or(DEFAULT_HEIGHT);
                                height.set(typed.clamp(*HEIGHTS.start(), *HEIGHTS.end()));
                            }
                        />
                    </label>
                    <button
                        type="button"
                        class="btn"
                        data-testid="share-copy-snippet"
                        on:click=move |_| copy_text(notices, text(), || ())
                    >
                        {w.embed_copy}
                    </button>
                </div>
            </div>
        </details>
    }
}
