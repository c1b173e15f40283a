//! The comparison as a code that a phone opens.

use super::Presenting;
use crate::{
    app::link,
    browser::page,
    core::{recipe, share::qr},
    words::words,
};
use leptos::prelude::*;

/// The code of the recipe, large.
#[component]
pub fn Code(
    /// The mode.
    presenting: Presenting,
) -> impl IntoView {
    let w = words().present();
    let link = move || {
        let recipe = link::recipe_of(presenting.comparison);
        format!("{}{}", page::bare_address(), recipe::build_link(&recipe))
    };
    view! {
        <div class="present-over-all" data-testid="present-code" role="region" aria-label=w.scan>
            <div class="present-card present-code">
                <h2>{w.scan}</h2>
                {move || match qr::encode(&link()) {
                    Some(code) => {
                        let side = code.side;
                        view! {
                            <svg viewBox=format!("0 0 {side} {side}") role="img" aria-label=w.scan>
                                <path d=code.path />
                            </svg>
                            <p>{w.scan_hint}</p>
                        }
                            .into_any()
                    }
                    None => view! { <p>{w.no_code}</p> }.into_any(),
                }}
                <button
                    type="button"
                    class="present-button"
                    on:click=move |_| presenting.overlay.set(None)
                >
                    {w.close}
                </button>
            </div>
        </div>
    }
}
