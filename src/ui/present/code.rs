//! The comparison as a code that a phone opens.

use super::Presenting;
use crate::{
    app::share::{self, Choice, Subject, What},
    core::share::{LeaveOut, qr},
    ui::kit::square,
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
    let code = link(presenting).and_then(|link| qr::encode(&link));
    view! {
        <div class="present-over-all" data-testid="present-code" role="region" aria-label=w.scan>
            <div class="present-card present-code">
                <h2>{w.scan}</h2>
                {match code {
                    Some(code) => {
                        view! {
                            {square(code, w.scan, "", "present-square")}
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

/// The recipe's link under the address that others reach, without what looks
/// private: nobody is asked here whether it may go out.
fn link(presenting: Presenting) -> Option<String> {
    let choice = Choice {
        what: What::Recipe,
        leave: LeaveOut::default(),
        kept: Vec::new(),
    };
    let made = Subject::of(presenting.comparison).make(&choice);
    let base = share::named_base().or_else(|| share::own_base().ok())?;
    Some(base.with_fragment(&share::fragment(&made.document)))
}
