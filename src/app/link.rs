//! Links that fill the page in. A link never runs anything, never changes
//! settings and never sends anything anywhere.

use super::{
    ballots::{self, Ballots},
    comparison::{Comparison, use_comparison},
    draft::{self, aside},
    history,
    incoming::{self, Opened},
    lending::{self, Lending, use_lending},
    notices::{Notices, use_notices},
    opening::use_opening,
    pane::PaneSetup,
    prompts,
    runner::{Runner, use_runner},
};
use crate::{
    browser::{events::Listener, page},
    core::{
        domain::{Message, Role},
        lent, queue,
        recipe::{
            self, MAX_PANES, Order, Recipe, RecipeMessage, RecipeNotice, RecipePane, RunPlan,
        },
    },
    words::words,
};
use leptos::prelude::*;

/// Fills the page in with its fragment or with what the tab kept, if it waits for
/// that, keeps it from now on, and reads the fragment again whenever it changes.
pub fn open() {
    lending::provide();
    prompts::provide();
    let comparison = use_comparison();
    let notices = use_notices();
    let runner = use_runner();
    incoming::begin(comparison, notices, runner);
    let ballots = ballots::provide();
    if use_opening().is_embed() {
        open_embedded(comparison, notices);
        return;
    }
    let opening = use_opening();
    let lending = use_lending();
    let changed = move || {
        if !take_key(lending) && !ballots::take_ballot(ballots, comparison, notices) {
            on_change(comparison, notices, runner);
        }
    };
    if untrack(|| opening.is_due()) {
        fill_in_first(ballots, comparison, notices, runner);
        draft::keep();
    } else {
        // What came into the address while this part was on its way.
        changed();
    }
    super::signin::open();
    opening.done();
    let Some(window) = page::window() else { return };
    Listener::new(window, "hashchange", move |_| changed()).forever();
}

/// Fills the page in that waits for it.
fn fill_in_first(ballots: Ballots, comparison: Comparison, notices: Notices, runner: Runner) {
    take_key(use_lending());
    ballots::take_ballot(ballots, comparison, notices);
    let fragment = page::fragment();
    // A reload of a linked page finds what was made of it since.
    let fresh = !draft::is_of(&fragment);
    if !fresh {
        // What is restored is as blind as the link was.
        ballots::take_invitation(comparison, &fragment);
    }
    let is_link = fresh && !fragment.is_empty();
    let set_aside = [is_link && aside::put(), aside::put_typed()].contains(&true);
    let is_settled = if is_link && comparison.has_work(&untrack(|| recipe_of(comparison))) {
        // Something was typed while this part was on its way.
        notices.pending_link.set(Some(fragment));
        true
    } else {
        is_link && open_fragment(comparison, notices, &fragment) == Opened::Filled
    };
    if !is_settled {
        if set_aside {
            aside::take_back();
        }
        draft::restore(comparison);
    } else if set_aside {
        aside::offer(comparison, notices, runner);
    }
}

/// In a frame of another page nothing is kept and no key is taken: what is shown
/// is what the address says.
fn open_embedded(comparison: Comparison, notices: Notices) {
    open_fragment(comparison, notices, &page::fragment());
    use_opening().done();
    if let Some(window) = page::window() {
        Listener::new(window, "hashchange", move |_| {
            open_fragment(comparison, notices, &page::fragment());
        })
        .forever();
    }
}

/// Takes a lent key out of the fragment, which has nothing else to say then.
/// It adds to what is on the page and replaces nothing, so it need not ask.
fn take_key(lending: Lending) -> bool {
    let Some(text) = lent::in_fragment(&page::fragment()) else {
        return false;
    };
    lending.offer(text);
    true
}

/// A changed fragment over work asks first.
fn on_change(comparison: Comparison, notices: Notices, runner: Runner) {
    let fragment = page::fragment();
    if fragment.is_empty() {
        return;
    }
    if comparison.has_work(&untrack(|| recipe_of(comparison))) {
        notices.pending_link.set(Some(fragment));
        return;
    }
    runner.stop_all();
    history::keep_page();
    open_fragment(comparison, notices, &fragment);
}

/// The person's answer to the question whether a link may replace their work.
pub fn answer_pending(comparison: Comparison, notices: Notices, runner: Runner, replace: bool) {
    let Some(fragment) = notices.pending_link.get_untracked() else {
        return;
    };
    notices.pending_link.set(None);
    if replace {
        runner.stop_all();
        history::keep_page();
        open_fragment(comparison, notices, &fragment);
    } else {
        page::clear_fragment();
    }
}

/// Opens what a fragment says.
fn open_fragment(comparison: Comparison, notices: Notices, fragment: &str) -> Opened {
    if fragment.is_empty() {
        return Opened::Nothing;
    }
    let rest = ballots::take_invitation(comparison, fragment);
    let opened = open_link(comparison, notices, rest.as_deref().unwrap_or(fragment));
    if opened == Opened::Nothing {
        comparison.blind.set(None);
    }
    opened
}

fn open_link(comparison: Comparison, notices: Notices, fragment: &str) -> Opened {
    let link = match recipe::parse_fragment(fragment) {
        Ok(link) => link,
        Err(error) => {
            notices.error((words().recipe().link_error)(&error));
            return Opened::Nothing;
        }
    };
    tell(&link.notices, notices);
    let Some(incoming) = incoming::incoming() else {
        return Opened::Nothing;
    };
    // Whatever another link asked or was doing is over.
    incoming.give_up();
    if let Some(packed) = &link.packed {
        return incoming.open_packed(packed);
    }
    if let Some(source) = link.source {
        return incoming.ask_source(source);
    }
    if let Some(recipe) = &link.recipe {
        fill_in(comparison, recipe);
        return Opened::Filled;
    }
    if link.notices.is_empty() {
        notices.error(words().notices.empty_link);
    }
    Opened::Nothing
}

/// Makes the page what the recipe says.
pub fn fill_in(comparison: Comparison, recipe: &Recipe) {
    let mut messages = recipe.messages.clone();
    let draft = match messages.last() {
        Some(last) if last.role == Role::User => messages.pop().map(|last| last.content),
        _ => None,
    };
    comparison
        .title
        .set(recipe.title.clone().unwrap_or_default());
    comparison
        .system
        .set(recipe.system.clone().unwrap_or_default());
    comparison.draft.set(draft.unwrap_or_default());
    // Recipes name no files.
    comparison.attached.set(Vec::new());
    comparison.prefix.set(messages);
    comparison.params.set(recipe.params.clone());
    comparison.variables.set(
        recipe
            .variables
            .iter()
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .collect(),
    );
    comparison.order.set(match recipe.run.order {
        Order::Sequential => queue::Order::Sequential,
        Order::Parallel | Order::Unsupported(_) => queue::Order::Parallel,
    });
    comparison.forget_edit();
    comparison.expanded.set(None);
    comparison.turns.set(Vec::new());
    comparison.panes.set(Vec::new());
    for pane in recipe.panes.iter().take(MAX_PANES) {
        comparison.add_pane(setup_of(pane));
    }
    comparison.origin.set(Some(recipe.clone()));
    comparison.set_baseline(untrack(|| recipe_of(comparison)));
}

/// Says what to know about a link; private hosts once for each host.
pub fn tell(list: &[RecipeNotice], notices: Notices) {
    let mut hosts: Vec<(&str, Vec<usize>)> = Vec::new();
    for notice in list {
        let RecipeNotice::PrivateHost { pane, host } = notice else {
            notices.remark((words().recipe().notice)(notice));
            continue;
        };
        match hosts.iter_mut().find(|(known, _)| known == host) {
            Some((_, panes)) => panes.push(pane + 1),
            None => hosts.push((host, vec![pane + 1])),
        }
    }
    for (host, panes) in hosts {
        notices.remark((words().notices.private_host)(&panes, host));
    }
}

fn setup_of(pane: &RecipePane) -> PaneSetup {
    PaneSetup {
        provider: pane.provider.clone(),
        api: pane.api,
        model: pane.model.clone(),
        base_url: pane.base_url.clone(),
        label: pane.label.clone(),
        params: pane.params.clone(),
        // A link's own idea of a request body is kept unread: it could change
        // what is sent without anybody seeing it.
        extra_body: serde_json::Map::new(),
        unknown: pane.extra.clone(),
        unknown_params: pane.params_extra.clone(),
    }
}

/// The comparison as a recipe; the composer's draft is its last message, or,
/// where the composer is empty, the first turn's prompt. Fields of the recipe
/// that it came from and that this version does not know are kept.
pub fn recipe_of(comparison: Comparison) -> Recipe {
    let mut recipe = comparison.origin.get().unwrap_or_default();
    let text = |text: String| (!text.trim().is_empty()).then_some(text);
    recipe.title = text(comparison.title.get());
    recipe.system = text(comparison.system.get());
    recipe.messages = comparison.prefix.get();
    let draft = text(comparison.draft.get()).or_else(|| {
        comparison
            .turns
            .with(|turns| turns.first().map(|turn| turn.template.clone()))
    });
    recipe
        .messages
        .extend(draft.map(|draft| RecipeMessage::from(Message::user(draft))));
    recipe.variables = comparison.variables.get().into_iter().collect();
    recipe.params = comparison.params.get();
    // Panes beyond the eighth were never opened; they stay in the document.
    let unopened: Vec<RecipePane> = recipe.panes.into_iter().skip(MAX_PANES).collect();
    let open = comparison.panes.get();
    recipe.panes = open
        .iter()
        .map(|pane| pane.setup.with(pane_of))
        .chain(unopened)
        .collect();
    let order = match comparison.order.get() {
        queue::Order::Parallel => match recipe.run.order {
            Order::Unsupported(word) => Order::Unsupported(word),
            _ => Order::Parallel,
        },
        queue::Order::Sequential => Order::Sequential,
    };
    recipe.run = RunPlan {
        order,
        ..recipe.run
    };
    recipe
}

fn pane_of(setup: &PaneSetup) -> RecipePane {
    let mut pane = RecipePane::new(setup.provider.clone(), setup.model.clone());
    pane.api = setup.api;
    pane.label.clone_from(&setup.label);
    // The clean form: a query, which may hold a key, is already dropped.
    pane.base_url = setup.base_url.as_ref().map(|typed| match setup.direct() {
        Some(Ok(endpoint)) => endpoint.base_url,
        _ => typed.clone(),
    });
    pane.params = setup.params.clone();
    pane.extra.clone_from(&setup.unknown);
    pane.params_extra.clone_from(&setup.unknown_params);
    pane
}
