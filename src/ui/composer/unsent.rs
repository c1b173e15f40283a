//! Which parameters do not reach which panes, and why.

use crate::{
    app::{Comparison, Pane, PaneSetup, forecast, use_model_lists},
    core::{
        catalog::{Param, effort_words, in_order},
        domain::Params,
        wire::request::Unsent,
    },
    words::words,
};
use leptos::prelude::*;

/// What a field says below itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldNote {
    /// In words.
    pub text: String,
    /// Whether nothing can be made of a value here.
    pub is_closed: bool,
    /// Whether a value is set that would not be sent at all.
    pub is_set: bool,
}

/// What one pane would not send.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    name: String,
    own: Params,
    unsent: Vec<Unsent>,
}

impl Forecast {
    /// For the pane as it is set (tracked).
    pub fn of(pane: &Pane, shared: &Params) -> Self {
        pane.setup.with(|setup| Self {
            name: setup.name().to_owned(),
            own: setup.params.clone(),
            unsent: forecast::unsent(setup, shared),
        })
    }

    fn entry(&self, param: Param) -> Option<&Unsent> {
        self.unsent.iter().find(|entry| entry.param == param)
    }

    /// The same as far as it is about the shared value: what the pane has in its
    /// place is said in the pane.
    fn shared_entry(&self, param: Param) -> Option<&Unsent> {
        self.entry(param)
            .filter(|entry| entry.is_closed || !param.is_set_in(&self.own))
    }

    /// What the pane's own field says.
    pub fn own_note(&self, param: Param) -> Option<FieldNote> {
        let entry = self.entry(param)?;
        let w = words().param_form();
        let because = words().because(&entry.reason);
        let say = if entry.is_set {
            w.left_out
        } else {
            w.not_taken
        };
        Some(FieldNote {
            text: say(&because),
            is_closed: entry.is_closed,
            is_set: entry.is_set,
        })
    }

    /// What stands beside the pane: the names of what is set and left out, by
    /// reason.
    pub fn left_out(&self) -> Vec<(String, Vec<&'static str>)> {
        let w = words().param_form();
        let set = self.unsent.iter().filter(|entry| entry.is_set);
        by_reason(set.map(|entry| (words().because(&entry.reason), (w.name)(entry.param))))
    }
}

/// What the shared field says. It is closed where no pane takes a value.
pub fn shared_note(all: &[Forecast], param: Param) -> Option<FieldNote> {
    let entries: Vec<_> = all
        .iter()
        .filter_map(|one| Some((one, one.shared_entry(param)?)))
        .collect();
    let is_everywhere = !all.is_empty() && entries.len() == all.len();
    let groups = by_reason(
        entries
            .iter()
            .map(|(pane, entry)| (words().because(&entry.reason), pane.name.as_str())),
    );
    let w = words().param_form();
    let text = match &groups[..] {
        [] => return None,
        [(because, _)] if is_everywhere => (w.not_taken_anywhere)(because),
        _ => {
            let lines = groups.iter().map(|(because, names)| {
                let mut once: Vec<&str> = Vec::new();
                for name in names {
                    if !once.contains(name) {
                        once.push(name);
                    }
                }
                (w.not_sent_to)(&once.join(", "), because)
            });
            lines.collect::<Vec<_>>().join(". ")
        }
    };
    Some(FieldNote {
        text,
        is_closed: is_everywhere && entries.iter().all(|(_, entry)| entry.is_closed),
        is_set: is_everywhere && entries.iter().all(|(_, entry)| entry.is_set),
    })
}

/// Puts together what has the same reason, in the order in which they come.
fn by_reason<T>(all: impl Iterator<Item = (String, T)>) -> Vec<(String, Vec<T>)> {
    let mut groups: Vec<(String, Vec<T>)> = Vec::new();
    for (because, one) in all {
        match groups.iter_mut().find(|(known, _)| *known == because) {
            Some((_, names)) => names.push(one),
            None => groups.push((because, vec![one])),
        }
    }
    groups
}

/// Whether any of these panes takes a parameter (tracked).
pub fn takes<'a>(panes: impl IntoIterator<Item = &'a Pane>, param: Param) -> bool {
    panes.into_iter().any(|pane| {
        pane.setup.with(|setup| {
            let row = setup.row();
            row.is_some_and(|row| {
                let model = setup.known_model();
                let capabilities = row.capabilities_over(setup.api, &model);
                capabilities.support(param).is_supported()
            })
        })
    })
}

/// The service tiers that any of these panes' providers knows.
pub fn tiers_of<'a>(panes: impl IntoIterator<Item = &'a Pane>) -> Vec<String> {
    let mut tiers: Vec<String> = Vec::new();
    for pane in panes {
        let row = pane.setup.with(PaneSetup::row);
        for tier in row.iter().flat_map(|row| &row.service_tiers) {
            if !tiers.contains(tier) {
                tiers.push(tier.clone());
            }
        }
    }
    tiers
}

/// The efforts that any of these panes' models knows, and the one that counts
/// where there is but one pane and none is set (tracked).
pub fn efforts_of(panes: &[Pane]) -> (Vec<String>, Option<String>) {
    let lists = use_model_lists();
    let mut words = Vec::new();
    let mut default = None;
    for pane in panes {
        let setup = pane.setup.get();
        let Some(row) = setup.row() else { continue };
        let listed = setup.endpoint().and_then(Result::ok).and_then(|endpoint| {
            let list = lists.get(&endpoint)?;
            list.find(&setup.model).map(|model| model.efforts.clone())
        });
        let model = setup.known_model();
        words.extend(effort_words(
            row,
            setup.api,
            &model,
            &listed.unwrap_or_default(),
        ));
        let capabilities = row.capabilities_over(setup.api, &model);
        default = capabilities.default_effort.map(str::to_owned);
    }
    (in_order(words), default.filter(|_| panes.len() == 1))
}

/// All panes' forecasts (tracked).
pub fn forecasts(comparison: Comparison) -> Vec<Forecast> {
    let panes = comparison.panes.get();
    comparison.params.with(|shared| {
        panes
            .iter()
            .map(|pane| Forecast::of(pane, shared))
            .collect()
    })
}
