//! Notices that stay, consents for hosts, toasts and the status line.

use super::{
    kit::{Dialog, Each, Icon, IconName, focus},
    pane::is_covered,
};
use crate::{
    app::{Notices, later, notices::Toast, use_comparison, use_notices, use_runner, use_vault},
    browser::page,
    core::domain::Origin,
    words::words,
};
use leptos::prelude::*;

/// Notices and, for each origin that a link asks for, one consent.
#[component]
pub fn NoticeBar() -> impl IntoView {
    let notices = use_notices();
    let comparison = use_comparison();
    view! {
        <section class="notices" inert=move || is_covered(comparison) aria-label=words().notices.region>
            <Consents />
            <Each
                each=move || notices.notices.get()
                key=|notice| notice.id
                children=move |notice| {
                    let class = if notice.is_error { "notice notice-bad" } else { "notice" };
                    view! {
                        <div class=class data-testid="notice">
                            <p>{notice.text}</p>
                            <button
                                type="button"
                                class="btn-icon"
                                aria-label=words().kit.dismiss
                                on:click=move |_| {
                                    focus::leave(".notice", [focus::PROMPT]);
                                    notices.dismiss_notice(notice.id);
                                }
                            >
                                <Icon name=IconName::Close />
                            </button>
                        </div>
                    }
                }
            />
        </section>
    }
}

#[component]
fn Consents() -> impl IntoView {
    let comparison = use_comparison();
    let vault = use_vault();
    let wanted = Memo::new(move |_| {
        let mut origins: Vec<Origin> = Vec::new();
        comparison.panes.with(|panes| {
            for pane in panes {
                if let Some(Ok(endpoint)) = pane.setup.with(crate::app::PaneSetup::endpoint)
                    && !vault.is_approved(&endpoint.origin)
                    && !origins.contains(&endpoint.origin)
                {
                    origins.push(endpoint.origin);
                }
            }
        });
        origins
    });
    view! {
        <Each
            each=move || wanted.get()
            key=|origin| origin.as_str().to_owned()
            children=move |origin| {
                let text = (words().notices.consent)(origin.as_str());
                let data = origin.as_str().to_owned();
                view! {
                    <div class="notice" role="group" aria-label=words().notices.consent_label>
                        <p>{text}</p>
                        <button
                            type="button"
                            class="btn"
                            data-testid="approve-endpoint"
                            data-origin=data
                            on:click=move |_| {
                                vault.approve(&origin);
                                focus::later(["[data-testid=approve-endpoint]", focus::RUN, focus::PROMPT]);
                            }
                        >
                            {words().notices.allow}
                        </button>
                    </div>
                }
            }
        />
    }
}

/// The same remark twice stands once; each undo takes back something else.
fn newest_of_each(toasts: &[Toast]) -> Vec<u32> {
    let is_repeated = |at: usize, toast: &Toast| {
        toasts
            .iter()
            .skip(at + 1)
            .any(|later| later.undo.is_none() && later.text == toast.text)
    };
    toasts
        .iter()
        .enumerate()
        .filter(|(at, toast)| toast.undo.is_some() || !is_repeated(*at, toast))
        .map(|(_, toast)| toast.id)
        .collect()
}

/// Passing messages.
#[component]
pub fn Toasts() -> impl IntoView {
    let notices = use_notices();
    let shown = Memo::new(move |_| notices.toasts.with(|toasts| newest_of_each(toasts)));
    Effect::new(move |before: Option<Option<u32>>| {
        let newest = notices
            .toasts
            .with(|toasts| toasts.last().map(|toast| toast.id));
        if newest != before.flatten() {
            place_toasts(notices);
        }
        newest
    });
    view! {
        <div class="toast-home">
        <aside class="toasts" popover="manual" aria-label=words().notices.region>
            <Each
                each=move || {
                    let ids = shown.get();
                    notices
                        .toasts
                        .get()
                        .into_iter()
                        .filter(move |toast| ids.contains(&toast.id))
                        .collect::<Vec<_>>()
                }
                key=|toast| toast.id
                children=move |toast| {
                    let id = toast.id;
                    let undo = toast.undo.clone();
                    view! {
                        <div class="toast" data-testid="toast">
                            <span>{toast.text}</span>
                            {undo
                                .map(|undo| {
                                    view! {
                                        <button
                                            type="button"
                                            class="btn-text"
                                            data-testid="undo"
                                            on:click=move |_| {
                                                undo.run();
                                                notices.dismiss_toast(id);
                                                focus::later(FROM_TOAST);
                                            }
                                        >
                                            {words().kit.undo}
                                        </button>
                                    }.into_any()
                                })}
                            <button
                                type="button"
                                class="btn-icon"
                                aria-label=words().kit.dismiss
                                on:click=move |_| {
                                    focus::leave(".toast", FROM_TOAST);
                                    notices.dismiss_toast(id);
                                }
                            >
                                <Icon name=IconName::Close />
                            </button>
                        </div>
                    }
                }
            />
        </aside>
        </div>
    }
}

/// Puts the toasts where they can be clicked. All that is outside of an open
/// dialog is inert, so they stand in it; else over the page, in the top layer,
/// which stacks by time: shown anew, they are above whatever opened since.
pub fn place_toasts(notices: Notices) {
    let Some(toasts) = page::query(".toasts") else {
        return;
    };
    toasts.hide_popover().ok();
    let dialog = page::top_dialog();
    let is_over_page = dialog.is_none();
    let place = dialog.or_else(|| page::query(".toast-home"));
    if let Some(place) = place.filter(|place| !place.is_same_node(toasts.parent_node().as_ref())) {
        place.append_child(&toasts).ok();
    }
    if is_over_page && notices.toasts.with_untracked(|toasts| !toasts.is_empty()) {
        toasts.show_popover().ok();
    }
}

/// Where the focus goes from a toast that leaves.
const FROM_TOAST: [&str; 2] = [
    "dialog[open] .dialog-body :is(input, select, button)",
    focus::PROMPT,
];

/// The one polite status line: it reads out toasts and notices too, but never
/// streaming text.
#[component]
pub fn StatusLine() -> impl IntoView {
    let notices = use_notices();
    view! {
        <p class="visually-hidden" role="status" aria-live="polite" data-testid="status">
            {move || notices.status.get()}
        </p>
    }
}

/// Asks before a link replaces work.
#[component]
pub fn ReplaceDialog() -> impl IntoView {
    let comparison = use_comparison();
    let notices = use_notices();
    let runner = use_runner();
    let answer = move |replace| {
        if let Some(parts) = later::parts() {
            (parts.answer_link)(comparison, notices, runner, replace);
        }
    };
    let w = words().notices;
    view! {
        <Dialog
            open=Signal::derive(move || notices.pending_link.get().is_some())
            title=Signal::stored(w.replace_title.to_owned())
            test_id="replace"
            on_close=move |()| answer(false)
        >
            <p>{w.replace_work}</p>
            <div class="card-actions">
                <button type="button" class="btn" data-testid="replace-yes" on:click=move |_| answer(true)>
                    {w.replace}
                </button>
                <button type="button" class="btn" autofocus data-testid="replace-no" on:click=move |_| answer(false)>
                    {w.keep}
                </button>
            </div>
        </Dialog>
    }
}
