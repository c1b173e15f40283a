//! Notices that stay, consents for hosts, toasts and the status line.

use super::{
    kit::{Dialog, Icon, IconName, focus},
    pane::is_covered,
};
use crate::{
    app::{link, use_comparison, use_notices, use_runner, use_vault},
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
            <For
                each=move || notices.notices.get()
                key=|notice| notice.id
                children=move |notice| {
                    let class = if notice.is_error { "notice notice-bad" } else { "notice" };
                    let role = if notice.is_error { "alert" } else { "status" };
                    view! {
                        <div class=class data-testid="notice" role=role>
                            <p>{notice.text}</p>
                            <button
                                type="button"
                                class="btn-icon"
                                aria-label=words().kit.dismiss
                                on:click=move |_| {
                                    notices.dismiss_notice(notice.id);
                                    focus::rescue([focus::PROMPT]);
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
        <For
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

/// Passing messages.
#[component]
pub fn Toasts() -> impl IntoView {
    let notices = use_notices();
    view! {
        <div class="toasts">
            <For
                each=move || notices.toasts.get()
                key=|toast| toast.id
                children=move |toast| {
                    let id = toast.id;
                    let undo = toast.undo.clone();
                    view! {
                        <div class="toast" data-testid="toast" role="status">
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
                                                focus::later([focus::PROMPT]);
                                            }
                                        >
                                            {words().kit.undo}
                                        </button>
                                    }
                                })}
                            <button
                                type="button"
                                class="btn-icon"
                                aria-label=words().kit.dismiss
                                on:click=move |_| {
                                    notices.dismiss_toast(id);
                                    focus::rescue([focus::PROMPT]);
                                }
                            >
                                <Icon name=IconName::Close />
                            </button>
                        </div>
                    }
                }
            />
        </div>
    }
}

/// The one polite status line; streaming text is never read out.
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
    let answer = move |replace| link::answer_pending(comparison, notices, runner, replace);
    let w = &words().notices;
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
