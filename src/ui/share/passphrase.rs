//! The passphrase of a link.

use super::{state::Packed, use_sharing};
use crate::{browser::sealing::SealFault, words::words};
use leptos::{html, prelude::*};

/// Below so many characters a passphrase is called short.
const SHORT: usize = 12;

/// Sets or removes the passphrase.
#[component]
pub fn Protect() -> impl IntoView {
    let sharing = use_sharing();
    let w = words().share();
    let field = NodeRef::<html::Input>::new();
    let is_short = RwSignal::new(false);
    let protect = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = field.get_untracked().map(|field| field.value());
        let typed = typed.filter(|typed| !typed.is_empty());
        if let Some(typed) = typed {
            sharing.passphrase.set(Some(typed));
        }
    };
    let is_set = Memo::new(move |_| sharing.passphrase.with(Option::is_some));
    let fault = move || {
        sharing.packed.with(|packed| match packed {
            Packed::Failed(SealFault::NotLoaded) => Some(w.not_loaded),
            Packed::Failed(_) => Some(w.no_crypto),
            _ => None,
        })
    };
    view! {
        <details class="more" open=move || is_set.get()>
            <summary data-testid="share-protect">{w.passphrase}</summary>
            <form class="share-form" on:submit=protect autocomplete="off">
                <p class="hint">{w.passphrase_hint}</p>
                <div class="keyfield-row" hidden=move || is_set.get()>
                    <input
                        class="input"
                        type="text"
                        node_ref=field
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        data-testid="share-passphrase"
                        aria-label=w.sealed_field
                        on:input=move |event| {
                            let typed = event_target_value(&event).chars().count();
                            is_short.set((1..SHORT).contains(&typed));
                        }
                    />
                    <button type="submit" class="btn" data-testid="share-seal">
                        {w.passphrase_use}
                    </button>
                </div>
                <p class="hint" role="status" hidden=move || !is_short.get() || is_set.get()>
                    {w.passphrase_short}
                </p>
                {move || {
                    is_set
                        .get()
                        .then(|| {
                            view! {
                                <div class="card-actions">
                                    <p>{w.passphrase_set}</p>
                                    <button
                                        type="button"
                                        class="btn"
                                        data-testid="share-unseal"
                                        on:click=move |_| sharing.passphrase.set(None)
                                    >
                                        {w.passphrase_drop}
                                    </button>
                                </div>
                            }
                        })
                }}
                {move || {
                    fault()
                        .map(|fault| {
                            view! {
                                <p class="hint hint-bad" role="alert">
                                    {fault}
                                </p>
                            }
                        })
                }}
            </form>
        </details>
    }
}
