//! The dialog of whoever opens a link that lends a key.

use crate::{
    app::{
        Comparison, Lending, Notices, PaneSetup, lending::NotOpened, task, use_comparison,
        use_lending, use_notices, use_vault,
    },
    browser::{clock, sealing::SealFault},
    core::{catalog::Catalog, domain::ModelId, lent::LentKey, link::PackFault, signin::host_of},
    ui::kit::{Dialog, focus},
    words::words,
};
use leptos::{html, prelude::*};
use web_sys::SubmitEvent;

/// The dialog.
#[component]
pub fn TakeDialog() -> impl IntoView {
    let lending = use_lending();
    let opened = RwSignal::new(None::<LentKey>);
    let close = move || {
        lending.offered.set(None);
        opened.set(None);
    };
    view! {
        <Dialog
            open=Signal::derive(move || lending.offered.with(Option::is_some))
            title=Signal::stored(words().lending().take_title.to_owned())
            test_id="lent-key"
            on_close=move |()| close()
        >
            {move || match opened.get() {
                None => view! { <Locked lending opened /> }.into_any(),
                Some(lent) => view! { <Opened lent close=Callback::new(move |()| close()) /> }.into_any(),
            }}
        </Dialog>
    }
}

fn why(not: &NotOpened) -> String {
    let w = words().lending();
    match not {
        NotOpened::Text(PackFault::FutureVersion { .. }) => w.newer.to_owned(),
        NotOpened::Text(PackFault::CutShort { have, of: Some(of) }) => (w.cut)(*have, *of),
        NotOpened::Text(_) => w.damaged.to_owned(),
        NotOpened::Sealed(SealFault::WrongPassphrase) => w.wrong.to_owned(),
        NotOpened::Sealed(SealFault::NotHere) => w.no_crypto.to_owned(),
        NotOpened::Sealed(SealFault::NotLoaded) => words().later.failed.to_owned(),
        NotOpened::Fault(fault) => (w.fault)(fault),
    }
}

/// Asks for the passphrase.
#[component]
fn Locked(lending: Lending, opened: RwSignal<Option<LentKey>>) -> impl IntoView {
    let w = words().lending();
    let input = NodeRef::<html::Input>::new();
    let problem = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(field), Some(text)) = (input.get_untracked(), lending.offered.get_untracked())
        else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        let passphrase = field.value();
        if passphrase.trim().is_empty() {
            problem.set(w.empty.to_owned());
            field.focus().ok();
            return;
        }
        busy.set(true);
        problem.set(String::new());
        task::spawn(async move {
            let found = lending.open(text.clone(), passphrase).await;
            // It may be closed by now, or another link be there.
            if lending.offered.get_untracked().as_ref() != Some(&text) {
                return;
            }
            busy.try_set(false);
            match found {
                Ok(lent) => {
                    let over = lent.expires.filter(|_| lent.is_over(clock::wall()));
                    match over {
                        Some(end) => {
                            problem.try_set((w.over)(&clock::spoken(end)));
                        }
                        None => opened.set(Some(lent)),
                    }
                }
                Err(not) => {
                    problem.try_set(why(&not));
                    focus::later(["[data-testid=lent-passphrase]"]);
                }
            }
        });
    };
    view! {
        <form class="lend" on:submit=submit autocomplete="off">
            <p>{w.take_lead}</p>
            <label class="field">
                <span class="label">{w.take_passphrase}</span>
                <input
                    class="input mono"
                    type="text"
                    node_ref=input
                    autofocus
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    data-testid="lent-passphrase"
                    aria-invalid=move || (!problem.with(String::is_empty)).then_some("true")
                    aria-describedby="lent-problem"
                />
            </label>
            <p
                id="lent-problem"
                class="hint"
                class:hint-bad=move || !busy.get()
                role="status"
                data-testid="lent-problem"
            >
                {move || if busy.get() { w.unlocking.to_owned() } else { problem.get() }}
            </p>
            <div class="lend-foot">
                <button
                    type="submit"
                    class="btn btn-go"
                    data-testid="lent-open"
                    disabled=move || busy.get()
                >
                    {w.unlock}
                </button>
            </div>
        </form>
    }
}

/// Says whose key it is and for what, before it is taken.
#[component]
fn Opened(lent: LentKey, close: Callback<()>) -> impl IntoView {
    let w = words().lending();
    let (lending, comparison, notices, vault) =
        (use_lending(), use_comparison(), use_notices(), use_vault());
    let name = Catalog::builtin().name_of(&lent.provider).to_owned();
    let host = host_of(&lent.origin).to_owned();
    let model = lent.model.as_ref().map(|model| format!(" · {model}"));
    let facts = [
        (
            w.whose,
            Some(lent.from.clone().unwrap_or_else(|| w.nobody.to_owned())),
        ),
        (
            w.for_whom,
            Some(format!("{name}{}", model.unwrap_or_default())),
        ),
        (w.sent_to, Some(host)),
        (
            w.until,
            Some(
                lent.expires
                    .map_or_else(|| w.no_end.to_owned(), clock::spoken),
            ),
        ),
        (w.may_spend, lent.limit.clone()),
    ];
    let replaces = untrack(|| vault.has(&lent.provider, &lent.origin));
    let take = move |_| {
        take(&lent, lending, comparison, notices);
        close.run(());
    };
    view! {
        <div class="lend">
            <dl class="facts" data-testid="lent-facts">
                {facts
                    .into_iter()
                    .filter_map(|(name, value)| Some((name, value?)))
                    .map(|(name, value)| {
                        view! {
                            <dt>{name}</dt>
                            <dd>{value}</dd>
                        }
                    })
                    .collect_view()}
            </dl>
            <p class="card-note">{w.take_warning}</p>
            {replaces.then(|| view! { <p class="hint">{w.replaces}</p> })}
            <div class="lend-foot">
                <button type="button" class="btn-text" on:click=move |_| close.run(())>
                    {w.not_now}
                </button>
                <button
                    type="button"
                    class="btn btn-go"
                    autofocus
                    data-testid="lent-take"
                    on:click=take
                >
                    {w.take}
                </button>
            </div>
        </div>
    }
}

/// Takes the key, and opens a pane that uses it where there is none.
fn take(lent: &LentKey, lending: Lending, comparison: Comparison, notices: Notices) {
    let w = words().lending();
    let kept = lending.take(lent);
    let uses_it = |setup: &PaneSetup| {
        let endpoint = setup.direct().and_then(Result::ok);
        setup.provider == lent.provider
            && endpoint.is_some_and(|endpoint| endpoint.origin == lent.origin)
    };
    let has_pane = comparison
        .panes
        .with_untracked(|panes| panes.iter().any(|pane| pane.setup.with_untracked(uses_it)));
    if !has_pane {
        let model = lent.model.as_ref().map(ModelId::as_str);
        let mut setup = PaneSetup::new(lent.provider.as_str(), model.unwrap_or_default());
        setup.base_url.clone_from(&lent.base_url);
        comparison.add_pane(setup);
    }
    notices.toast(if kept {
        (w.taken)(Catalog::builtin().name_of(&lent.provider))
    } else {
        w.not_stored.to_owned()
    });
    focus::later([focus::PROMPT]);
}
