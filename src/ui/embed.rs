//! The page in a frame of another page: a comparison to be read, and a way out.
//!
//! There is no composer, no picker and no setting in it, so that a page around
//! it that is put over it in disguise finds nothing to click.

use super::{
    figure::FigurePopover, incoming::IncomingDialog, notices::StatusLine, pane::still::StillPanes,
};
use crate::{
    app::{use_comparison, use_notices, use_opening},
    browser::page,
    core::share::without_view,
    words::words,
};
use leptos::prelude::*;

/// The whole of it.
pub fn view() -> AnyView {
    let comparison = use_comparison();
    let notices = use_notices();
    let opening = use_opening();
    let w = words().share();
    let has_panes = Memo::new(move |_| comparison.panes.with(|panes| !panes.is_empty()));
    let title = move || {
        let title = comparison.title.get();
        let named = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
        named.unwrap_or_else(|| w.embed_title.to_owned())
    };
    // What was asked stands in the turns of a result; of a recipe it is here.
    let prompt = move || {
        let draft = comparison.draft.get();
        (!draft.trim().is_empty()).then(|| {
            view! { <p class="embed-prompt"><b>{w.prompt_label}</b> " " {draft}</p> }
        })
    };
    let said = move || {
        let notices = notices.notices.get();
        let lines = notices.into_iter().filter(|notice| notice.is_error);
        lines
            .map(|notice| view! { <p class="notice notice-bad" data-testid="notice">{notice.text}</p> })
            .collect_view()
    };
    view! {
        <div class="embed" data-testid="embed">
            <header class="embed-head">
                <h1>{title}</h1>
                <a
                    class="btn"
                    target="_blank"
                    rel="noopener noreferrer"
                    data-testid="embed-open"
                    href=without_view(&page::address())
                >
                    {w.open_in}
                </a>
            </header>
            <main class="embed-body">
                {said}
                {prompt}
                {move || {
                    if has_panes.get() {
                        view! { <StillPanes /> }.into_any()
                    } else if opening.is_due() {
                        ().into_any()
                    } else {
                        view! { <p class="hint">{w.embed_empty}</p> }.into_any()
                    }
                }}
            </main>
        </div>
        <StatusLine />
        <FigurePopover />
        <IncomingDialog />
    }
    .into_any()
}
