//! The request that a pane would make, to look at before it is made.

use super::Runner;
use crate::{
    app::{Pane, PaneSetup, Turn},
    core::{
        domain::{Message, Origin},
        wire::request,
    },
};
use leptos::prelude::*;
use serde_json::Value;

/// A request before it is made.
pub struct ToCome {
    /// What the pane is set to.
    pub setup: PaneSetup,
    /// Where it would go; `None` for what runs in the page.
    pub origin: Option<Origin>,
    /// Its body.
    pub body: Value,
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
        let body = request::body_of(&ask).ok()?;
        let is_in_page = endpoint.transport.is_in_page();
        Some(ToCome {
            setup,
            origin: (!is_in_page).then(|| endpoint.real_origin().clone()),
            body,
        })
    }
}
