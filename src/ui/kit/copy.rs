//! Copying, with a word on how it went.

use crate::{
    app::{Notices, task, use_notices},
    browser::clipboard,
    words::words,
};
use leptos::prelude::*;

/// Puts text on the clipboard and says whether that worked; `then` runs if it
/// did.
pub fn copy_text(notices: Notices, text: String, then: impl FnOnce() + 'static) {
    task::spawn(async move {
        if clipboard::copy(&text).await {
            then();
            notices.toast(words().markdown.copied);
        } else {
            notices.toast(words().markdown.not_copied);
        }
    });
}

/// A command for a terminal, with a button that copies it.
pub fn command(
    test_id: &'static str,
    text: impl Fn() -> String + Clone + Send + Sync + 'static,
) -> AnyView {
    let notices = use_notices();
    let shown = text.clone();
    view! {
        <div class="command">
            <code data-testid=test_id>{shown}</code>
            <button
                type="button"
                class="btn"
                on:click=move |_| copy_text(notices, untrack(&text), || ())
            >
                {words().credentials().copy}
            </button>
        </div>
    }
    .into_any()
}
