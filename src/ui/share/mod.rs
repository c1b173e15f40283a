//! The share dialog: a link at once, what is in it, how far it gets, and what
//! can be left out.

pub mod base;
pub mod embed;
pub mod findings;
pub mod leave;
pub mod link;
pub mod passphrase;
pub mod preview;
pub mod qr;
mod state;

pub use qr::qr;

use super::kit::Dialog;
use crate::{
    app::{share::What, use_comparison},
    words::words,
};
use leptos::prelude::*;
use state::{Sharing, use_sharing};

/// Whether the dialog is open.
#[derive(Clone, Copy)]
pub struct Share(RwSignal<bool>);

impl Share {
    /// Opens it.
    pub fn show(self) {
        self.0.set(true);
    }
}

/// Creates the context under the current owner, which must be the root.
pub fn provide() {
    provide_context(Share(RwSignal::new(false)));
}

/// The context.
pub fn use_share() -> Share {
    expect_context()
}

/// The dialog.
#[component]
pub fn ShareDialog() -> impl IntoView {
    let Share(open) = use_share();
    view! {
        <Dialog
            open
            title=Signal::stored(words().share().title.to_owned())
            test_id="share-dialog"
            on_close=move |()| open.set(false)
        >
            <Body />
        </Dialog>
    }
}

#[component]
fn Body() -> impl IntoView {
    provide_context(Sharing::begin(use_comparison()));
    view! {
        <base::Private />
        <findings::Findings />
        <Choose />
        <link::Link />
        <leave::LeaveOutParts />
        <preview::Contents />
        <div class="share-more">
            <passphrase::Protect />
            <base::Address />
            <qr::Code />
            <embed::Snippet />
        </div>
    }
}

/// Recipe or result.
#[component]
fn Choose() -> impl IntoView {
    let sharing = use_sharing();
    let w = words().share();
    let hint = move || match sharing.choice.with(|choice| choice.what) {
        What::Recipe => w.recipe_hint,
        What::Result => w.result_hint,
    };
    let option = move |what: What, text: &'static str, test_id: &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name="share-what"
                    data-testid=test_id
                    prop:checked=move || sharing.choice.with(|choice| choice.what == what)
                    on:change=move |_| sharing.choice.update(|choice| choice.what = what)
                />
                {text}
            </label>
        }
        .into_any()
    };
    view! {
        <div class="share-what">
            {sharing
                .has_result()
                .then(|| {
                    view! {
                        <div class="kinds" role="radiogroup" aria-label=w.what>
                            {option(What::Result, w.result, "share-result")}
                            {option(What::Recipe, w.recipe, "share-recipe")}
                        </div>
                    }
                })} <p class="hint">{hint}</p>
        </div>
    }
}
