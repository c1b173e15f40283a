//! A failure is an answer: what happened, what to do, the provider's own
//! words, and the next step as buttons.

mod steps;

use super::PaneContext;
use crate::{
    app::{
        Comparison, PaneSetup, RunCell, starters, use_comparison, use_runner, use_settings,
        use_vault,
    },
    browser::{page, timer::Timer},
    core::{
        catalog::Relay,
        device::{DeviceFault, file_name},
        domain::{Failure, FailureKind, Millis},
        real::fixed,
        wire::{endpoint::Endpoint, error::Remedy, request::Refusal},
    },
    ui::{
        built_in,
        connection::{LocalHelp, TestConnection, causes, local_help},
        device::ChooseFile,
        dialogs::{PickFor, use_dialogs},
        kit::focus,
    },
    words::{failure::Context, words},
};
use leptos::prelude::*;
use steps::{Steps, prefixed, relay_step, step};

/// The card.
pub fn card(cell: RunCell, is_last: Memo<bool>) -> AnyView {
    view! { <FailureCard cell is_last /> }.into_any()
}

#[component]
fn FailureCard(
    /// The run.
    cell: RunCell,
    /// Whether it belongs to the last turn.
    is_last: Memo<bool>,
) -> impl IntoView {
    let settings = use_settings();
    let vault = use_vault();
    let (failure, explained) = {
        let state = cell.state();
        let Some(failure) = state.log.failure().cloned() else {
            return ().into_any();
        };
        let explained = explain(&failure, &state, settings.idle_limit_s.get_untracked());
        (failure, explained)
    };
    let kind = failure.kind.as_str();
    let text = explained.text.clone();
    let waited_for = {
        let state = cell.state();
        state.key_missing.then(|| state.endpoint.clone()).flatten()
    };
    let wants_download = {
        let state = cell.state();
        matches!(&state.device, Some(DeviceFault::BuiltIn(fault)) if fault.wants_download())
    };
    let key_came = Memo::new(move |_| {
        waited_for
            .as_ref()
            .is_some_and(|endpoint| vault.has(&endpoint.provider, &endpoint.origin))
    });
    let ended = cell.state().ended_at;
    // On its own: the guard must be gone before the next one is taken.
    let relay = relay_step(&failure.kind, &cell.state());
    let compare = Remedy::of(&failure) == Some(Remedy::AnotherOrganisation);
    let steps = Steps {
        relay,
        compare,
        key: explained.suggests_key,
        model: explained.suggests_model
            || !compare
                && matches!(
                    failure.kind,
                    FailureKind::NotFound | FailureKind::Permission
                ),
        params: explained.suggests_params,
        message: cell
            .state()
            .refusals
            .iter()
            .any(|refusal| matches!(refusal, Refusal::Attachment { .. })),
    };
    view! {
        <div
            class="card-bad"
            data-testid=move || is_last.get().then_some("error")
            data-kind=kind
        >
            <h3>{explained.title}</h3>
            <p>{move || if key_came.get() { words().failure().key_saved.to_owned() } else { text.clone() }}</p>
            {causes(explained.causes)}
            {explained.quote.map(|quote| view! { <blockquote>{quote}</blockquote> }.into_any())}
            {wants_download.then(built_in::state)}
            <Countdown failure=failure.clone() ended />
            <div class="card-actions">
                <FailureActions cell steps />
                {may_be_the_connection(&failure.kind).then(|| view! { <TestPane /> }.into_any())}
            </div>
        </div>
    }
    .into_any()
}

/// Whether a test of the connection may tell more.
fn may_be_the_connection(kind: &FailureKind) -> bool {
    matches!(
        kind,
        FailureKind::Auth
            | FailureKind::Permission
            | FailureKind::NotFound
            | FailureKind::Server
            | FailureKind::Blocked(_)
            | FailureKind::Timeout
            | FailureKind::Protocol(_)
    )
}

/// Tests the connection that the pane has now.
#[component]
fn TestPane() -> impl IntoView {
    let PaneContext { pane, .. } = expect_context();
    let setup = pane.setup.clone();
    let endpoint = Memo::new(move |_| {
        let endpoint = setup.with(PaneSetup::endpoint)?.ok()?;
        (!endpoint.transport.is_in_page()).then_some(endpoint)
    });
    let setup = pane.setup;
    let model = Signal::derive(move || setup.with(|setup| setup.model.clone()));
    move || {
        let is_called = endpoint.with(Option::is_some);
        is_called.then(|| view! { <TestConnection endpoint model /> }.into_any())
    }
}

/// The next steps as buttons.
#[component]
fn FailureActions(cell: RunCell, steps: Steps) -> impl IntoView {
    let PaneContext { pane, .. } = expect_context();
    let runner = use_runner();
    let dialogs = use_dialogs();
    let comparison = use_comparison();
    let id = pane.id;
    let wants_file = {
        let state = cell.state();
        state.device.as_ref().is_some_and(DeviceFault::wants_file)
    };
    let was_sent = cell.state().sent.is_some();
    let prefixed = prefixed(&cell.state());
    let compared = pane.setup.clone();
    let setup = pane.setup.clone();
    let again = move || {
        runner.retry(id);
        focus::later([focus::pane(id).as_str()]);
    };
    let use_model = Callback::new(move |name: String| {
        setup.update(|setup| starters::use_model(setup, &name));
        again();
    });
    let pick = move || dialogs.picker.set(Some(PickFor::Pane(id)));
    let w = words().failure();
    view! {
        <div class="card-actions">
            {step("retry", w.retry, again)}
            {wants_file.then(|| view! { <ChooseFile on_picked=use_model /> })}
            {prefixed
                .map(|model| {
                    let label = crate::words::failure::use_id(&model);
                    step("use-prefix", label, move || use_model.run(model.clone()))
                })}
            {steps
                .compare
                .then(|| {
                    step("compare-routes", words().pane.compare, move || {
                        dialogs.compare.set(Some(compared.get_untracked()));
                    })
                })}
            {(steps.relay != Relay::No)
                .then(|| {
                    step("set-up-relay", words().connection().set_up_relay, move || {
                        match steps.relay {
                            Relay::Likely => pick(),
                            Relay::Perhaps | Relay::No => dialogs.settings.set(true),
                        }
                    })
                })}
            {steps.key.then(|| step("check-key", w.check_key, move || dialogs.settings.set(true)))}
            {steps.model.then(|| step("choose-model", w.choose_model, pick))}
            {steps
                .params
                .then(|| step("change-params", w.change_params, move || dialogs.params.set(Some(id))))}
            {steps
                .message
                .then(|| step("change-message", w.change_message, move || change_message(comparison)))}
            {was_sent
                .then(|| {
                    step("what-was-sent", w.what_was_sent, move || dialogs.sent.set(Some(cell.clone())))
                })}
        </div>
    }
}

/// Takes the last message into the composer, where its files can be removed;
/// if nothing of it was sent, it is there already.
fn change_message(comparison: Comparison) {
    if let Some(turn) = comparison.last_turn_untracked()
        && comparison.attached.get_untracked() != turn.attachments
    {
        comparison.begin_edit(&turn);
    }
    focus::later(["[data-testid=remove-attachment]", focus::PROMPT]);
}

fn explain(
    failure: &Failure,
    state: &crate::app::RunState,
    idle_limit_s: u32,
) -> crate::words::failure::Explanation {
    let setup = state.setup.as_ref();
    let provider = setup
        .and_then(crate::app::pane::PaneSetup::row)
        .map_or_else(String::new, |row| row.name.clone());
    let endpoint = state.endpoint.as_ref();
    let page_origin = page::origin();
    let LocalHelp { settings, starts } = endpoint
        .map(|endpoint| local_help(endpoint, &page_origin))
        .unwrap_or_default();
    let file = setup.map_or_else(String::new, |setup| file_name(setup.model.as_str()));
    let prefixed = prefixed(state);
    crate::words::failure::explain(
        failure,
        &Context {
            provider: &provider,
            host: endpoint.map_or("", Endpoint::first_host),
            model: setup.map_or("", |setup| setup.model.as_str()),
            page_origin: &page_origin,
            key_missing: state.key_missing,
            key_age: state.key_age,
            key_owner: state.key_owner.as_deref(),
            refusals: &state.refusals,
            device: state.device.as_ref().map(|fault| (fault, file.as_str())),
            with_prefix: prefixed.as_deref(),
            local_settings: &settings,
            local_starts: &starts,
            idle_limit_s,
            has_text: !state.log.answer().is_empty(),
        },
    )
}

/// Counts the wait down where the provider's wish is readable; says so where
/// it is not. Nothing retries on its own.
#[component]
fn Countdown(failure: Failure, ended: Option<Millis>) -> impl IntoView {
    let limited = failure.kind == FailureKind::RateLimited;
    let waits = limited || failure.kind == FailureKind::Overloaded;
    let now = RwSignal::new(crate::browser::clock::now().0);
    let until = failure
        .retry_after
        .zip(ended)
        .map(|(wait, ended)| ended.0 + wait.0);
    if until.is_some() {
        let interval = Timer::every(500, move || {
            now.try_set(crate::browser::clock::now().0);
        });
        let interval = StoredValue::new_local(interval);
        on_cleanup(move || {
            interval.try_update_value(|interval| *interval = None);
        });
    }
    move || {
        let w = words().failure();
        let text = match until {
            Some(until) => {
                let left = ((until - now.get()) / 1000.0).ceil().max(0.0);
                if left > 0.0 {
                    (w.wait)(&fixed(left, 0))
                } else {
                    w.wait_over.to_owned()
                }
            }
            None if limited => w.wait_unknown.to_owned(),
            None => return None,
        };
        waits.then(|| view! { <p class="hint num" data-testid="countdown">{text}</p> }.into_any())
    }
}
