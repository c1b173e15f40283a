//! What can be done with the comparison as a whole: a row of buttons in the bar,
//! and a menu for the rest.
//!
//! An action is one entry of `list::ACTIONS`.

mod action;
mod list;

use super::{
    dialogs::{Dialogs, use_dialogs},
    drift::{Drift, use_drift},
    history::{Panel, PrivateMark, use_panel},
    kit::{Menu, MenuItem},
    present::{Presenting, use_presenting},
    share::{Share, use_share},
};
use crate::{
    app::{
        Comparison, Notices, Runner,
        draft::aside,
        exports::{Exports, use_exports},
        imports::{Imports, use_imports},
        replay::{Replay, use_replay},
        use_comparison, use_notices, use_runner,
    },
    words::words,
};
use action::{Action, Place, When};
use leptos::prelude::*;
use list::ACTIONS;

/// What an action can reach.
#[derive(Clone, Copy)]
pub struct Reach {
    /// The comparison.
    pub comparison: Comparison,
    /// What runs.
    pub runner: Runner,
    /// What is said.
    pub notices: Notices,
    /// Files to hand over.
    pub exports: Exports,
    /// Files to take in.
    pub imports: Imports,
    /// Then and now.
    pub drift: Drift,
    /// The present mode.
    pub presenting: Presenting,
    /// What is played.
    pub replay: Replay,
    /// The history's dialog.
    pub history: Panel,
    /// The share dialog.
    pub share: Share,
    /// What is open.
    pub dialogs: Dialogs,
}

impl Reach {
    fn from_context() -> Self {
        Self {
            comparison: use_comparison(),
            runner: use_runner(),
            notices: use_notices(),
            exports: use_exports(),
            imports: use_imports(),
            drift: use_drift(),
            presenting: use_presenting(),
            replay: use_replay(),
            history: use_panel(),
            share: use_share(),
            dialogs: use_dialogs(),
        }
    }
}

/// The actions that can be used now.
pub fn row() -> AnyView {
    let reach = Reach::from_context();
    let w = words().actions();
    let has_panes = Memo::new(move |_| reach.comparison.panes.with(|panes| !panes.is_empty()));
    let has_turns = Memo::new(move |_| reach.comparison.turns.with(|turns| !turns.is_empty()));
    let is_there = move |action: &&Action| match action.when {
        When::Always => true,
        When::Panes => has_panes.get(),
        When::Turns => has_turns.get(),
        When::Aside => aside::is_there(),
    };
    let buttons = move || {
        let of_row = ACTIONS.iter().filter(|action| action.place != Place::Menu);
        let there = of_row.filter(is_there);
        there
            .map(|action| {
                let [text, title] = (action.texts)(w);
                view! {
                    <button
                        type="button"
                        class="btn-text"
                        class:in-menu=action.place == Place::RowIfWide
                        data-testid=action.id
                        title=title
                        on:click=move |_| (action.run)(reach)
                    >
                        {action.short.unwrap_or(text)}
                    </button>
                }
            })
            .collect_view()
    };
    // Made anew each time it opens.
    let items = move || {
        let of_menu = ACTIONS.iter().filter(|action| action.place != Place::Row);
        let there = of_menu.filter(|action| untrack(|| is_there(action)));
        there
            .map(|action| {
                let [text, _] = (action.texts)(w);
                let class = match action.place {
                    Place::RowIfWide => "if-narrow",
                    _ => "",
                };
                view! {
                    <div class=class role="none">
                        <MenuItem
                            text=text
                            test_id=action.menu_id
                            run=Callback::new(move |()| (action.run)(reach))
                        />
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        {buttons}
        <PrivateMark />
        <Menu label=Signal::derive(move || w.more.to_owned()) test_id="more-actions">
            {items}
        </Menu>
    }
    .into_any()
}
