//! The drawing of a run's answer.

use crate::{
    app::{Notices, RunCell, task},
    browser::{highlight, timer::Timer},
    ui::{
        kit::copy_text,
        markdown::{MarkdownActions, MarkdownView, MarkdownWords, apply_tokens},
    },
    words::words,
};
use std::rc::Rc;

/// How long a copy button says that it has copied.
const COPIED_MS: i32 = 2_000;

/// Draws what the answer has gained, into a view that is made with the first call.
pub fn draw(
    view: &mut Option<MarkdownView>,
    parent: &web_sys::Element,
    notices: Notices,
    cell: &RunCell,
) {
    if view.is_none() {
        // The plain text that stood in while this part was loaded.
        parent.set_text_content(None);
        *view = mount(parent, notices);
    }
    let mut state = cell.state();
    state.feed_document();
    match view.as_mut() {
        Some(view) => view.update(&state.doc),
        // Without the view the plain text is better than nothing.
        None => parent.set_text_content(Some(state.log.answer())),
    }
}

fn mount(parent: &web_sys::Element, notices: Notices) -> Option<MarkdownView> {
    let actions = MarkdownActions {
        copy: Rc::new(move |text, button| {
            copy_text(notices, text, move || {
                button.copied();
                let again = Timer::once(COPIED_MS, move || button.reset());
                std::mem::forget(again);
            });
        }),
        code: Some(Rc::new(|element, lang, text| {
            let Some(lang) = lang else { return };
            task::spawn(async move {
                let Some(tokens) = highlight::tokens(&text, &lang).await else {
                    return;
                };
                let pieces: Vec<(Option<&str>, &str)> = tokens
                    .iter()
                    .map(|(class, text)| (class.as_deref(), text.as_str()))
                    .collect();
                apply_tokens(&element, &pieces).ok();
            });
        })),
    };
    let w = words().markdown;
    let words = MarkdownWords {
        copy: w.copy,
        copied: w.copied,
        load_image: w.load_image,
        table: w.table,
        code: w.code,
        done: w.done,
        not_done: w.not_done,
    };
    MarkdownView::mount(parent, words, actions).ok()
}
