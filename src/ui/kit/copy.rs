//! Copying, with a word on how it went.

use crate::{
    app::{Notices, task},
    browser::clipboard,
    words::words,
};

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
