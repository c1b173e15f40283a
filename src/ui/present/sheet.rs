//! The sheet of keys.

use super::{Presenting, card::card};
use crate::words::words;
use leptos::prelude::*;

/// The sheet, over the panes.
#[component]
pub fn Sheet(
    /// The mode.
    presenting: Presenting,
) -> impl IntoView {
    let w = words().present();
    let keys = w.sheet.map(|(key, what)| {
        view! {
            <div>
                <dt>
                    <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
            </div>
        }
        .into_any()
    });
    let content = view! { <dl class="present-keys">{keys.collect_view()}</dl> }.into_any();
    card(presenting, "present-sheet", w.keys, content)
}
