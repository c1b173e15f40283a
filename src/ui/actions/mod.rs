//! What can be done with the comparison as a whole: a row of buttons in the bar,
//! and a menu for the rest.
//!
//! An action is one entry of `list::ACTIONS`, and what it does stands in
//! `perform`, which lies in another part of the program than its button.

mod action;
mod list;
mod perform;

pub use perform::perform;

use super::{
    kit::{Menu, MenuItem},
    studio::use_studio,
};
use crate::{
    app::{draft::aside, use_comparison},
    words::words,
};
use action::{Action, Place, When};
use leptos::prelude::*;
use list::ACTIONS;

/// What an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Back to the start.
    PutAway,
    /// Empties the answers.
    StartOver,
    /// Saves the results as the document that they are.
    ExportJson,
    /// Saves them as a table.
    ExportCsv,
    /// Saves them as a report.
    ExportHtml,
    /// Opens the dialog with all forms.
    Export,
    /// Opens the dialog for what comes in.
    Import,
    /// Brings back the newest draft that made way for a link.
    DraftBack,
    /// Plays the runs again.
    Replay,
    /// Opens then and now.
    Drift,
    /// Opens a blind vote.
    BlindVote,
    /// Opens the ballots.
    Ballots,
    /// Opens the dialog for a list of prompts.
    PromptList,
    /// Opens the share dialog.
    Share,
    /// Opens the history.
    History,
    /// Begins the present mode.
    Present,
}

/// The actions that can be used now.
pub fn row() -> AnyView {
    let comparison = use_comparison();
    let studio = use_studio();
    let w = words().actions();
    let has_panes = Memo::new(move |_| comparison.panes.with(|panes| !panes.is_empty()));
    let has_turns = Memo::new(move |_| comparison.turns.with(|turns| !turns.is_empty()));
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
                        on:click=move |_| studio.ask(|parts| (parts.act)(action.act))
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
                            run=Callback::new(move |()| studio.ask(|parts| (parts.act)(action.act)))
                        />
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        {buttons}
        {studio.show_once_there(|parts| (parts.private_mark)())}
        <Menu label=Signal::derive(move || w.more.to_owned()) test_id="more-actions">
            {items}
        </Menu>
    }
    .into_any()
}
