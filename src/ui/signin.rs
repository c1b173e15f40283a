//! The sign-in: its button, and the dialog that says how it goes.

use super::{
    dialogs::{Dialogs, PickFor, use_dialogs},
    kit::{Dialog, focus},
    later::late,
    start::keys::start_with,
};
use crate::{
    app::{
        Comparison,
        signin::{SignIn, Stage, use_sign_in},
        use_comparison,
    },
    core::{
        catalog::Catalog,
        domain::Origin,
        signin::{self, Ask, Callback, Fault, Place, host_of},
    },
    words::words,
};
use leptos::{html, prelude::*};
use web_sys::SubmitEvent;

/// Signs in with the provider that offers it.
#[component]
pub fn SignInButton(
    /// The only origin that the key will be sent to.
    origin: Origin,
    /// Where the button is.
    place: Place,
    /// The box that says whether the key is to be kept for the tab.
    #[prop(optional)]
    keep: Option<NodeRef<html::Input>>,
) -> impl IntoView {
    let dialogs = use_dialogs();
    let w = words().keys;
    let label = if origin == signin::home() {
        w.sign_in.to_owned()
    } else {
        // Another host than the provider's own is named.
        (w.sign_in_at)(host_of(&origin))
    };
    let begin = move |_| {
        let keep = keep.and_then(|keep| keep.get_untracked());
        dialogs.sign_in.set(Some(Ask {
            origin: origin.clone(),
            keep: keep.is_some_and(|keep| keep.checked()),
            place,
        }));
    };
    view! {
        <button type="button" class="btn" data-testid="sign-in" on:click=begin>
            {label}
        </button>
    }
}

/// The dialog.
#[component]
pub fn SignInDialog() -> impl IntoView {
    let dialogs = use_dialogs();
    let open = Signal::derive(move || dialogs.sign_in.with(Option::is_some));
    view! {
        <Dialog
            open
            title=Signal::stored(words().keys.sign_in.to_owned())
            test_id="sign-in-dialog"
            on_close=move |()| dialogs.sign_in.set(None)
        >
            {move || dialogs.sign_in.get().map(|ask| late(move |parts| (parts.sign_in)(ask.clone())))}
        </Dialog>
    }
}

/// Shows a sign-in that the page comes back from, and brings the person on
/// after one that worked. Called once, when the third part is there.
pub fn watch() {
    let sign_in = use_sign_in();
    let dialogs = use_dialogs();
    let comparison = use_comparison();
    if let Some(ask) = sign_in.take_back() {
        dialogs.sign_in.set(Some(ask));
    }
    Effect::new(move |_| {
        if let Some((ask, is_back)) = sign_in.done.get() {
            dialogs.sign_in.set(None);
            go_on(&ask, is_back, dialogs, comparison);
        }
    });
}

/// Where the person was.
fn go_on(ask: &Ask, is_back: bool, dialogs: Dialogs, comparison: Comparison) {
    let pane = |at: usize| {
        comparison
            .panes
            .with_untracked(|panes| panes.get(at).map(|pane| pane.id))
    };
    match ask.place {
        Place::Start if comparison.panes.with_untracked(Vec::is_empty) => {
            let row = Catalog::builtin().provider(&signin::PROVIDER.into());
            if let Some(id) = row.and_then(|row| start_with(row, comparison)) {
                focus::later([focus::pane(id).as_str()]);
            }
        }
        // A dialog that was left is opened again; one that stayed is there.
        Place::NewPane if is_back => dialogs.picker.set(Some(PickFor::NewOf(signin::PROVIDER))),
        Place::Picker(at) if is_back => {
            let pick = pane(at).map_or(PickFor::NewOf(signin::PROVIDER), |id| {
                PickFor::PaneOf(id, signin::PROVIDER)
            });
            dialogs.picker.set(Some(pick));
        }
        Place::Settings if is_back => dialogs.settings.set(true),
        _ => focus::rescue([focus::PROMPT]),
    }
}

/// The dialog's content.
pub fn form(ask: Ask) -> AnyView {
    view! { <Form ask /> }.into_any()
}

#[component]
fn Form(ask: Ask) -> impl IntoView {
    let sign_in = use_sign_in();
    let host = host_of(&ask.origin).to_owned();
    if !sign_in.has_begun() {
        sign_in.begin(&ask);
    }
    let w = words().sign_in();
    move || match sign_in.stage.get() {
        Stage::Choose => choose(sign_in, &ask).into_any(),
        Stage::Leaving => wait((w.leaving)(&host)).into_any(),
        Stage::Exchanging => wait((w.exchanging)(&host)).into_any(),
        Stage::Code(url) => view! { <CodeForm ask=ask.clone() url /> }.into_any(),
        Stage::Failed(fault) => failed(sign_in, &ask, &fault).into_any(),
    }
}

fn wait(text: String) -> impl IntoView {
    view! {
        <div class="load" role="status" data-testid="sign-in-wait">
            <p>{text}</p>
            <progress aria-label=words().keys.sign_in></progress>
        </div>
    }
}

/// How to sign in, and what leaving the page loses.
fn choose(sign_in: SignIn, ask: &Ask) -> impl IntoView {
    let w = words().sign_in();
    let host = host_of(&ask.origin);
    let losses = sign_in.losses();
    let callback = sign_in.callback();
    let go = (callback != Callback::No).then(|| {
        let label = if losses.none() {
            (w.go)(host)
        } else {
            w.go_anyway.to_owned()
        };
        view! { <GoButton ask=ask.clone() label /> }.into_any()
    });
    view! {
        <p>{(w.lead)(host)}</p>
        {(!losses.none() && callback != Callback::No)
            .then(|| {
                view! {
                    <p data-testid="sign-in-losses">{(w.losses)(losses.answers, losses.keys)}</p>
                }
            })}
        {(w.callback)(callback).map(|note| view! { <p data-testid="sign-in-callback">{note}</p> })}
        <div class="card-actions">{go} <CodeButton ask=ask.clone() /></div>
    }
}

#[component]
fn GoButton(ask: Ask, label: String) -> impl IntoView {
    let sign_in = use_sign_in();
    view! {
        <button
            type="button"
            class="btn btn-go"
            data-testid="sign-in-go"
            on:click=move |_| sign_in.leave(&ask)
        >
            {label}
        </button>
    }
}

#[component]
fn CodeButton(ask: Ask) -> impl IntoView {
    let sign_in = use_sign_in();
    view! {
        <button
            type="button"
            class="btn"
            data-testid="sign-in-code"
            on:click=move |_| {
                sign_in.ask_code(&ask);
                focus::later(["[data-testid=sign-in-open]"]);
            }
        >
            {words().sign_in().use_code}
        </button>
    }
}

/// The way by a code that the person copies: the page stays open.
#[component]
fn CodeForm(ask: Ask, url: String) -> impl IntoView {
    let sign_in = use_sign_in();
    let field = NodeRef::<html::Input>::new();
    let is_bad = RwSignal::new(false);
    let w = words().sign_in();
    let host = host_of(&ask.origin).to_owned();
    let finish = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else {
            return;
        };
        if !sign_in.take_code(&ask, &field.value()) {
            is_bad.set(true);
            field.focus().ok();
        }
    };
    view! {
        <form on:submit=finish autocomplete="off" class="sign-in-code">
            <ol>
                <li>
                    <a
                        href=url
                        target="_blank"
                        rel="noopener noreferrer"
                        data-testid="sign-in-open"
                    >
                        {(w.code_open)(&host)}
                    </a>
                </li>
                <li>{w.code_agree}</li>
                <li>{w.code_paste}</li>
            </ol>
            <label class="field">
                <span class="label">{w.code_label}</span>
                <span class="keyfield-row">
                    <input
                        class="input mono"
                        type="text"
                        node_ref=field
                        autocomplete="off"
                        spellcheck="false"
                        autocapitalize="off"
                        data-testid="sign-in-code-field"
                        aria-invalid=move || is_bad.get().then_some("true")
                        on:input=move |_| is_bad.set(false)
                    />
                    <button type="submit" class="btn" data-testid="sign-in-finish">
                        {w.code_finish}
                    </button>
                </span>
            </label>
            <p class="hint hint-bad" role="status" hidden=move || !is_bad.get()>
                {w.code_bad}
            </p>
        </form>
    }
}

/// Why there is no key, and the next steps.
fn failed(sign_in: SignIn, ask: &Ask, fault: &Fault) -> impl IntoView {
    let w = words().sign_in();
    let said = (w.fault)(fault, host_of(&ask.origin));
    let again = fault.keeps_code().then(|| {
        view! {
            <button
                type="button"
                class="btn btn-go"
                data-testid="sign-in-again"
                on:click=move |_| sign_in.again()
            >
                {w.again}
            </button>
        }
        .into_any()
    });
    let ask = ask.clone();
    let can = *fault != Fault::NoRandom;
    let anew = (can && sign_in.callback() != Callback::No).then(|| {
        let ask = ask.clone();
        view! {
            <button
                type="button"
                class="btn"
                data-testid="sign-in-anew"
                on:click=move |_| sign_in.begin(&ask)
            >
                {w.anew}
            </button>
        }
        .into_any()
    });
    view! {
        <div class="card-bad" role="alert" data-testid="sign-in-failed">
            <h3>{said.title}</h3>
            <p>{said.text}</p>
            {said.quote.map(|quote| view! { <blockquote>{quote}</blockquote> })}
            <div class="card-actions">{again} {anew} {can.then(|| view! { <CodeButton ask /> })}</div>
        </div>
    }
}
