//! From a pane and a turn to a request, or to the reason why none is sent.

use super::Runner;
use crate::{
    app::{Pane, PaneSetup, RunCell, Turn, later, stream::Job},
    core::{
        attach::Unfit,
        catalog::{Catalog, Provider},
        domain::{BlockCause, Failure, FailureKind, Message, ModelId, Params},
        recipe::variables::{self, Substituted},
        run::history,
        wire::{
            endpoint::Endpoint,
            request::{self, Ask, Refusal},
        },
    },
    words::words,
};
use leptos::prelude::*;

impl Runner {
    pub(super) fn fill_in(&self, text: &str) -> String {
        let filled = self.filled(text);
        if !filled.missing.is_empty() {
            self.notices.toast((words().composer.missing_variables)(
                &filled.missing.join(", "),
            ));
        }
        filled.text
    }

    /// A text with its variables filled in. Tells the person nothing.
    pub fn filled(&self, text: &str) -> Substituted {
        let values = self.comparison.variables.get_untracked();
        variables::substitute(text, &values.into_iter().collect())
    }

    /// Builds the request, or says why nothing can be sent.
    pub(super) fn prepare(&self, pane: &Pane, turn: &Turn, cell: &RunCell) -> Result<Job, Failure> {
        let setup = pane.setup.get_untracked();
        // Before the guard is taken: filling in may tell the person something.
        let turns = self.comparison.turns.get_untracked();
        let earlier = turns.iter().take_while(|other| other.id != turn.id);
        let fill_in = |text: &str| self.fill_in(text);
        let asked = self.asked(pane, &setup, earlier, turn.message(), &fill_in);
        let mut state = cell.state();
        state.setup = Some(setup.clone());
        state.left_out = asked.left_out;
        let bad = || Failure::new(FailureKind::BadRequest);
        let provider = setup.row().ok_or_else(|| {
            bad().with_detail((words().failure().unknown_provider)(
                setup.provider.as_str(),
            ))
        })?;
        let endpoint = setup
            .endpoint()
            .ok_or_else(bad)?
            .map_err(|error| bad().with_detail(words().endpoint_error(&error)))?;
        state.endpoint = Some(endpoint.clone());
        if !untrack(|| self.vault.is_approved(&endpoint.origin)) {
            return Err(Failure::new(FailureKind::Blocked(vec![
                BlockCause::NotApproved,
            ])));
        }
        let key = self.vault.key(&setup.provider, &endpoint.origin);
        if key.is_none() && provider.key.required {
            state.key_missing = true;
            return Err(Failure::new(FailureKind::Auth));
        }
        state.key_owner = key
            .as_ref()
            .and_then(|key| Catalog::builtin().other_owner(provider, key));
        state.key_age = self.vault.age(&setup.provider, &endpoint.origin);
        let codec = later::codec(endpoint.dialect)
            .ok_or_else(|| bad().with_detail(words().later.failed))?;
        let ask = asked.ask(&setup, provider, &endpoint);
        let prepared = request::prepare_with(&ask, codec).map_err(|mut refusals| {
            for refusal in &mut refusals {
                self.name_failed(refusal);
            }
            state.refusals = refusals;
            bad()
        })?;
        state.schema.clone_from(&asked.params.response_schema);
        let mut prepared = prepared.with_key(key.as_ref());
        let account = self.settings.account_headers(&endpoint.origin);
        prepared.sent.headers.extend(account.iter().cloned());
        prepared.request.headers.extend(account);
        state.sent = Some(match (&key, later::parts()) {
            (Some(key), Some(parts)) => {
                let signed = (parts.report_signed)(prepared.sent, &prepared.request, key);
                signed.map_err(|fault| Failure::new(FailureKind::Auth).with_detail(fault))?
            }
            _ => prepared.sent,
        });
        Ok(Job::new(
            cell.clone(),
            pane.clone(),
            provider,
            endpoint,
            codec,
            prepared.request,
            key,
        ))
    }

    /// Puts the forms that fit the pane's route in the place of files.
    fn make_fit(&self, setup: &PaneSetup, messages: &mut [Message]) {
        let Some(row) = setup.row() else { return };
        let Some(api) = row.api(setup.api) else {
            return;
        };
        let model = setup.known_model();
        let attachments = messages.iter_mut().flat_map(|m| m.attachments.iter_mut());
        for attachment in attachments {
            let fitting = self.files.sendable(attachment, row, api.dialect, &model);
            *attachment = fitting;
        }
    }

    /// A form that could not be made is not waited for.
    fn name_failed(&self, refusal: &mut Refusal) {
        if let Refusal::Attachment { id, because, .. } = refusal
            && *because == Unfit::NotReady
            && self.files.has_failed(*id)
        {
            *because = Unfit::NotMade;
        }
    }

    /// What a pane's model is asked if `prompt` comes after `earlier`.
    pub(super) fn asked<'a>(
        &self,
        pane: &Pane,
        setup: &PaneSetup,
        earlier: impl Iterator<Item = &'a Turn>,
        prompt: Message,
        fill_in: &dyn Fn(&str) -> String,
    ) -> Asked {
        let earlier: Vec<(Message, Option<String>)> = earlier
            .map(|other| (other.message(), pane.answer(other.id)))
            .collect();
        let prefix = self.comparison.prefix.get_untracked();
        let prefix: Vec<Message> = prefix
            .iter()
            .map(|message| Message::new(message.role, fill_in(&message.content)))
            .collect();
        let (mut messages, left_out) = history(&prefix, earlier, prompt);
        self.make_fit(setup, &mut messages);
        Asked {
            messages,
            left_out,
            system: fill_in(&self.comparison.system.get_untracked()),
            base_model: setup.base_model(),
            params: Params::overlay(&self.comparison.params.get_untracked(), &setup.params),
        }
    }
}

/// What a model is asked, with variables filled in. Runs and the look at what
/// the next may cost are made of the same.
pub(super) struct Asked {
    messages: Vec<Message>,
    /// Earlier turns without an answer.
    left_out: usize,
    system: String,
    /// The model behind a deployment.
    base_model: Option<ModelId>,
    params: Params,
}

impl Asked {
    /// The same, on the pane's route.
    pub(super) fn ask<'a>(
        &'a self,
        setup: &'a PaneSetup,
        provider: &'a Provider,
        endpoint: &'a Endpoint,
    ) -> Ask<'a> {
        Ask {
            provider,
            endpoint,
            model: &setup.model,
            base_model: self.base_model.as_ref(),
            system: &self.system,
            messages: &self.messages,
            params: &self.params,
            extra_body: (!setup.extra_body.is_empty()).then_some(&setup.extra_body),
        }
    }
}
