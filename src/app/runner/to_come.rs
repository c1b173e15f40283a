//! The request that a pane would make, to look at before it is made.

use super::Runner;
use crate::{
    app::{Pane, PaneSetup, Turn, counting},
    core::{
        domain::{ApiKey, BlockCause, Failure, FailureKind, Message, Origin},
        json,
        wire::{count_tokens, endpoint::Endpoint, http::HttpRequest, request},
    },
};
use leptos::prelude::*;
use serde_json::Value;

/// A request before it is made.
pub struct ToCome {
    /// What the pane is set to.
    pub setup: PaneSetup,
    /// Where it would go; `None` for what runs in the page.
    pub endpoint: Option<Endpoint>,
    /// Its body.
    pub body: Value,
    /// Whether the output limit in it is ours, as the API demands one and none
    /// is set.
    pub limit_is_ours: bool,
}

impl ToCome {
    /// The provider's own origin; `None` for what runs in the page.
    pub fn origin(&self) -> Option<&Origin> {
        self.endpoint.as_ref().map(Endpoint::real_origin)
    }

    /// Tells it from other requests.
    pub fn fingerprint(&self) -> u64 {
        let url = self.endpoint.as_ref().map(|it| it.url(&self.setup.model));
        counting::fingerprint(&url.unwrap_or_default(), &self.body)
    }
}

/// A request that has a provider count what a pane would send.
pub struct ToCount {
    /// The request, without its key.
    pub request: HttpRequest,
    /// Where it goes.
    pub endpoint: Endpoint,
    /// The key, if there is one.
    pub key: Option<ApiKey>,
}

impl Runner {
    /// What a pane would send if `prompt` were asked after `earlier`. `None`
    /// where it would be refused. Keys and consents are not looked at: they may
    /// still come.
    pub fn to_come(&self, pane: &Pane, earlier: &[Turn], prompt: &Message) -> Option<ToCome> {
        let setup = pane.setup.get_untracked();
        let endpoint = setup.endpoint()?.ok()?;
        let fill_in = |text: &str| self.filled(text).text;
        let asked = self.asked(pane, &setup, earlier.iter(), prompt.clone(), &fill_in);
        let ask = asked.ask(&setup, setup.row()?, &endpoint);
        let (body, limit_is_ours) = request::body_of(&ask).ok()?;
        let is_in_page = endpoint.transport.is_in_page();
        Some(ToCome {
            setup,
            endpoint: (!is_in_page).then_some(endpoint),
            body,
            limit_is_ours,
        })
    }

    /// The same for the provider's counter of input tokens, or why it cannot be
    /// asked.
    pub fn to_count(
        &self,
        pane: &Pane,
        earlier: &[Turn],
        prompt: &Message,
    ) -> Result<ToCount, Failure> {
        let bad = || Failure::new(FailureKind::BadRequest);
        let setup = pane.setup.get_untracked();
        let row = setup.row().ok_or_else(bad)?;
        let endpoint = setup.endpoint().and_then(Result::ok).ok_or_else(bad)?;
        if !untrack(|| self.vault.is_approved(&endpoint.origin)) {
            let causes = vec![BlockCause::NotApproved];
            return Err(Failure::new(FailureKind::Blocked(causes)));
        }
        let key = self.vault.key(&row.id, &endpoint.origin);
        if key.is_none() && row.key.required {
            return Err(Failure::new(FailureKind::Auth));
        }
        let fill_in = |text: &str| self.filled(text).text;
        let asked = self.asked(pane, &setup, earlier.iter(), prompt.clone(), &fill_in);
        // With the bytes of all files, which the body to look at has not.
        let prepared = request::prepare(&asked.ask(&setup, row, &endpoint)).map_err(|_| bad())?;
        let body: Value = json::parse(&prepared.request.body).map_err(|_| bad())?;
        let mut request =
            count_tokens::request(row, &endpoint, &setup.model, &body).ok_or_else(bad)?;
        if let Some(key) = &key {
            request.auth = request.auth.of_key(key);
        }
        Ok(ToCount {
            request,
            endpoint,
            key,
        })
    }
}
