//! Links as QR codes.

use super::use_sharing;
use crate::{
    app::share::What,
    core::share::qr::encode,
    ui::kit::{Dialog, square},
    words::words,
};
use leptos::prelude::*;

/// The code of a text; a sentence instead where it is too long for one.
pub fn qr(text: &str) -> AnyView {
    let w = words().share();
    match encode(text) {
        Some(code) => square(code, w.qr_label, "qr-small", "qr"),
        None => view! { <p class="hint" data-testid="qr-none">{w.qr_none}</p> }.into_any(),
    }
}

/// The code of the link, small and large.
#[component]
pub fn Code() -> impl IntoView {
    let sharing = use_sharing();
    let w = words().share();
    let is_unfolded = RwSignal::new(false);
    let is_large = RwSignal::new(false);
    let link = Memo::new(move |_| sharing.link());
    let is_recipe = Memo::new(move |_| sharing.choice.with(|choice| choice.what == What::Recipe));
    let code = move || {
        if !is_unfolded.get() {
            return None;
        }
        if !is_recipe.get() {
            return Some(view! { <p class="hint">{w.qr_result}</p> }.into_any());
        }
        let link = link.get()?;
        let can = encode(&link).is_some();
        Some(
            view! {
                {qr(&link)}
                {can.then(|| {
                    view! {
                        <button type="button" class="btn" data-testid="qr-large" on:click=move |_| is_large.set(true)>
                            {w.qr_large}
                        </button>
                    }
                })}
            }
            .into_any(),
        )
    };
    view! {
        <details
            class="more"
            on:toggle=move |event| {
                is_unfolded.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
            }
        >
            <summary data-testid="share-qr">{w.qr}</summary>
            <div class="share-code">{code}</div>
        </details>
        <Dialog
            open=is_large
            title=Signal::stored(w.qr.to_owned())
            test_id="qr-dialog"
            on_close=move |()| is_large.set(false)
        >
            <div class="qr-large">{move || link.get().map(|link| qr(&link))}</div>
        </Dialog>
    }
}
