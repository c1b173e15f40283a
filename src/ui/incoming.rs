//! What is asked before a document is opened: a passphrase, or whether it is to
//! be fetched.

use super::kit::Dialog;
use crate::{
    app::incoming::{Incoming, Stage, incoming},
    browser::sealing::SealFault,
    core::share::{FetchFault, Source},
    words::words,
};
use leptos::{html, prelude::*};

/// The dialog.
#[component]
pub fn IncomingDialog() -> impl IntoView {
    let incoming = incoming()?;
    let stage = incoming.stage;
    let open = Signal::derive(move || stage.with(Option::is_some));
    Some(view! {
        <Dialog
            open
            title=Signal::derive(move || title(stage.get().as_ref()).to_owned())
            test_id="incoming"
            on_close=move |()| incoming.give_up()
        >
            <Asked incoming />
        </Dialog>
    })
}

fn title(stage: Option<&Stage>) -> &'static str {
    let w = words().incoming();
    match stage {
        Some(Stage::Passphrase(..) | Stage::Opening(_)) => w.sealed_title,
        Some(Stage::Unpacking(_)) => w.unpacking_title,
        Some(_) => w.source_title,
        None => w.title,
    }
}

#[component]
fn Asked(incoming: Incoming) -> impl IntoView {
    let stage = incoming.stage;
    // Progress must not make the whole anew.
    let kind = Memo::new(move |_| {
        stage.with(|stage| match stage {
            None => 0,
            Some(Stage::Passphrase(..) | Stage::Opening(_)) => 1,
            Some(Stage::Source(_)) => 2,
            Some(Stage::Fetching(..)) => 3,
            Some(Stage::Failed(..)) => 4,
            Some(Stage::Unpacking(_)) => 5,
        })
    });
    move || match kind.get() {
        1 => view! { <Passphrase incoming /> }.into_any(),
        2 => view! { <Ask incoming /> }.into_any(),
        3 => view! { <Fetching incoming /> }.into_any(),
        4 => view! { <Failed incoming /> }.into_any(),
        5 => view! { <Unpacking incoming /> }.into_any(),
        _ => ().into_any(),
    }
}

/// A button that leaves the page as it is.
fn cancel(incoming: Incoming) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn"
            data-testid="incoming-cancel"
            on:click=move |_| incoming.give_up()
        >
            {words().incoming().cancel}
        </button>
    }
}

#[component]
fn Passphrase(incoming: Incoming) -> impl IntoView {
    let w = words().incoming();
    let field = NodeRef::<html::Input>::new();
    let busy = Memo::new(move |_| {
        incoming
            .stage
            .with(|stage| matches!(stage, Some(Stage::Opening(_))))
    });
    let fault = Memo::new(move |_| match incoming.stage.get() {
        Some(Stage::Passphrase(_, fault)) => fault,
        _ => None,
    });
    let said = move || {
        fault.get().map(|fault| match fault {
            SealFault::WrongPassphrase => w.sealed_wrong,
            SealFault::NotHere => words().share().no_crypto,
            SealFault::NotLoaded => words().share().not_loaded,
        })
    };
    Effect::new(move |_| {
        let field = fault.get().and_then(|_| field.get());
        if let Some(field) = field {
            field.focus().ok();
            field.select();
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            incoming.try_passphrase(field.value());
        }
    };
    view! {
        <form class="share-form" on:submit=submit autocomplete="off">
            <p>{w.sealed_lead}</p>
            <label class="field">
                <span class="label">{words().share().sealed_field}</span>
                <input
                    class="input"
                    type="password"
                    autofocus
                    node_ref=field
                    autocomplete="off"
                    data-testid="incoming-passphrase"
                    aria-describedby="incoming-fault"
                    aria-invalid=move || said().is_some().then_some("true")
                />
            </label>
            <p class="hint hint-bad" role="alert" id="incoming-fault" data-testid="incoming-fault">
                {said}
            </p>
            <div class="card-actions">
                <button
                    type="submit"
                    class="btn btn-go"
                    data-testid="incoming-open"
                    disabled=move || busy.get()
                >
                    {move || if busy.get() { w.sealed_opening } else { w.sealed_open }}
                </button>
                {cancel(incoming)}
            </div>
        </form>
    }
}

fn source_of(incoming: Incoming) -> Source {
    match incoming.stage.get_untracked() {
        Some(Stage::Source(source) | Stage::Fetching(source, ..) | Stage::Failed(source, _)) => {
            source
        }
        _ => Source {
            url: String::new(),
            host: String::new(),
        },
    }
}

#[component]
fn Ask(incoming: Incoming) -> impl IntoView {
    let w = words().incoming();
    let source = source_of(incoming);
    view! {
        <p data-testid="incoming-host">{(w.source_lead)(&source.host)}</p>
        <p class="code-block">{source.url}</p>
        <p class="hint">{w.source_note}</p>
        <div class="card-actions">
            <button
                type="button"
                class="btn btn-go"
                data-testid="incoming-fetch"
                on:click=move |_| incoming.fetch()
            >
                {(w.source_fetch)(&source.host)}
            </button>
            {cancel(incoming)}
        </div>
    }
}

#[component]
fn Fetching(incoming: Incoming) -> impl IntoView {
    let w = words().incoming();
    let far = Memo::new(move |_| match incoming.stage.get() {
        Some(Stage::Fetching(_, so_far, total)) => (so_far, total),
        _ => (0, None),
    });
    let host = source_of(incoming).host;
    let text = move || {
        let (so_far, _) = far.get();
        (w.fetching)(&host, &(words().share().size)(so_far))
    };
    view! {
        <div class="load" role="status" data-testid="incoming-progress">
            <p>{text}</p>
            {move || match far.get() {
                (so_far, Some(total)) => {
                    view! {
                        <progress
                            aria-label=w.source_title
                            value=so_far.to_string()
                            max=total.to_string()
                        ></progress>
                    }
                        .into_any()
                }
                _ => view! { <progress aria-label=w.source_title></progress> }.into_any(),
            }}
        </div>
        <div class="card-actions">{cancel(incoming)}</div>
    }
}

#[component]
fn Unpacking(incoming: Incoming) -> impl IntoView {
    let w = words().incoming();
    let percent = Memo::new(move |_| match incoming.stage.get() {
        Some(Stage::Unpacking(percent)) => percent,
        _ => 0,
    });
    view! {
        <div class="load" data-testid="incoming-progress">
            <p role="status">{w.unpacking_lead}</p>
            <progress
                aria-label=w.unpacking_title
                value=move || percent.get().to_string()
                max="100"
            ></progress>
            <p class="hint num">{move || (w.unpacking)(percent.get())}</p>
        </div>
        <div class="card-actions">{cancel(incoming)}</div>
    }
}

#[component]
fn Failed(incoming: Incoming) -> impl IntoView {
    let w = words().incoming();
    let host = source_of(incoming).host;
    let fault = match incoming.stage.get_untracked() {
        Some(Stage::Failed(_, fault)) => fault,
        _ => FetchFault::Blocked,
    };
    view! {
        <p role="alert" class="card-bad" data-testid="incoming-fault">
            {(w.fetch_fault)(&fault, &host)}
        </p>
        <div class="card-actions">
            <button
                type="button"
                class="btn"
                data-testid="incoming-again"
                on:click=move |_| incoming.fetch()
            >
                {w.source_again}
            </button>
            {cancel(incoming)}
        </div>
    }
}
