//! What was sent: the request to the letter, without the key, and what was
//! dropped, renamed or added, and why.

use super::{
    copy_as,
    dialogs::use_dialogs,
    kit::{Dialog, copy_text},
    later::late,
};
use crate::{
    app::{RunCell, RunState, use_notices},
    words::words,
};
use leptos::prelude::*;

/// The dialog.
#[component]
pub fn SentDialog() -> impl IntoView {
    let dialogs = use_dialogs();
    let open = Signal::derive(move || dialogs.sent.get().is_some());
    view! {
        <Dialog
            open
            title=Signal::stored(words().sent().title.to_owned())
            test_id="sent"
            on_close=move |()| dialogs.sent.set(None)
        >
            {move || dialogs.sent.get().map(|cell| late(move |parts| (parts.sent)(cell.clone())))}
        </Dialog>
    }
}

/// Its content.
pub fn body(cell: RunCell) -> AnyView {
    view! { <Sent cell /> }.into_any()
}

/// The way by a relay, in words.
fn relayed(state: &RunState) -> Option<String> {
    let endpoint = state.endpoint.as_ref()?;
    let relay = endpoint.relay.as_ref()?;
    let real = endpoint.real_url(&state.setup.as_ref()?.model);
    Some((words().sent().relayed)(&relay.host, &real))
}

#[component]
fn Sent(cell: RunCell) -> impl IntoView {
    let notices = use_notices();
    let w = words().sent();
    let (sent, relayed, head, meta, upstream, frames) = {
        let state = cell.state();
        (
            state.sent.clone(),
            relayed(&state),
            state.log.head().cloned(),
            state.log.meta().clone(),
            state.log.upstream().map(str::to_owned),
            state.log.frames(),
        )
    };
    let sent = sent?;
    let body = serde_json::to_string_pretty(&sent.body).unwrap_or_default();
    let notes: Vec<String> = sent
        .notes
        .iter()
        .map(|note| words().sent_note(note))
        .collect();
    let copied = body.clone();
    let copy = move |_| copy_text(notices, copied.clone(), || ());
    let mut head_lines = format!("{} {}", sent.method, sent.url);
    for (name, value) in &sent.headers {
        head_lines.push('\n');
        head_lines.push_str(name);
        head_lines.push_str(": ");
        head_lines.push_str(value);
    }
    Some(view! {
        <section class="section">
            <h3>{w.changes}</h3>
            {if notes.is_empty() {
                view! { <p class="hint">{w.no_changes}</p> }.into_any()
            } else {
                view! {
                    <ul class="sent-notes" data-testid="sent-notes">
                        {notes.into_iter().map(|note| view! { <li>{note}</li> }.into_any()).collect_view()}
                    </ul>
                }
                    .into_any()
            }}
        </section>
        <section class="section">
            <h3>{w.request}</h3>
            {relayed.map(|text| view! { <p class="hint" data-testid="sent-relay">{text}</p> }.into_any())}
            <pre class="code-block" data-testid="sent-head" tabindex="0">
                {head_lines}
            </pre>
        </section>
        <section class="section">
            <div class="section-head">
                <h3>{w.body}</h3>
                <button type="button" class="btn" on:click=copy>
                    {w.copy_body}
                </button>
            </div>
            <pre class="code-block" data-testid="sent-body" tabindex="0">
                {body}
            </pre>
        </section>
        {copy_as::section(&cell)}
        {head
            .map(|head| {
                view! {
                    <section class="section">
                        <h3>{w.reply}</h3>
                        <dl class="facts num">
                            <dt>{w.status}</dt>
                            <dd>{head.status.to_string()}</dd>
                            {meta.model.map(|model| view! { <dt>{w.model}</dt><dd>{model}</dd> }.into_any())}
                            {upstream.map(|name| view! { <dt>{w.upstream}</dt><dd>{name}</dd> }.into_any())}
                            {meta.id.map(|id| view! { <dt>{w.response_id}</dt><dd>{id}</dd> }.into_any())}
                            {meta
                                .service_tier
                                .map(|tier| view! { <dt>{w.tier}</dt><dd>{tier}</dd> }.into_any())}
                            <dt>{w.frames}</dt>
                            <dd>
                                {(w.frame_counts)(frames.known, frames.unknown, frames.corrupt)}
                            </dd>
                        </dl>
                    </section>
                }.into_any()
            })}
    })
}
