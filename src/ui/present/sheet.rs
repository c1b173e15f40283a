//! The sheet of keys.

use super::Presenting;
use crate::words::words;
use leptos::prelude::*;

/// The sheet, over the panes.
#[component]
pub fn Sheet(
    /// The mode.
    presenting: Presenting,
) -> impl IntoView {
    let w = words().present();
    view! {
        <div class="present-over-all" data-testid="present-sheet" role="region" aria-label=w.keys>
            <div class="present-card">
                <h2>{w.keys}</h2>
                <dl class="present-keys">
                    {w.sheet
                        .map(|(key, what)| {
                            view! {
                                <div>
                                    <dt>
                                        <kbd>{key}</kbd>
                                    </dt>
                                    <dd>{what}</dd>
                                </div>
                            }
                            .into_any()
                        })
                        .collect_view()}
                </dl>
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
