//! What can be done with the comparison as a whole: a row of buttons in the bar,
//! and a menu where there is no room for them.
//!
//! An action is one entry of [`ACTIONS`].

use super::{
    kit::{Menu, MenuItem, focus},
    share::{Share, use_share},
};
use crate::{
    app::{Comparison, Notices, Runner, results, use_comparison, use_notices, use_runner},
    browser::page,
    words::{actions::ActionWords, words},
};
use leptos::prelude::*;

/// What an action can reach.
#[derive(Clone, Copy)]
pub struct Reach {
    /// The comparison.
    pub comparison: Comparison,
    /// What runs.
    pub runner: Runner,
    /// What is said.
    pub notices: Notices,
    /// The share dialog.
    pub share: Share,
}

/// When an action is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// There are panes.
    Panes,
    /// Something was asked.
    Turns,
}

/// One action.
struct Action {
    /// Its mark in the row, and in the menu.
    ids: [&'static str; 2],
    /// What it says, and its title.
    texts: fn(&'static ActionWords) -> [&'static str; 2],
    when: When,
    /// Whether it stays in the row where there is little room.
    stays: bool,
    run: fn(Reach),
}

/// Every action, in the order of the row.
static ACTIONS: [Action; 4] = [
    Action {
        ids: ["put-away", "menu-put-away"],
        texts: |w| [w.new, w.new_hint],
        when: When::Panes,
        stays: true,
        run: put_away,
    },
    Action {
        ids: ["new-comparison", "menu-new-comparison"],
        texts: |w| [w.start_over, w.start_over_hint],
        when: When::Turns,
        stays: false,
        run: start_over,
    },
    Action {
        ids: ["export-json", "menu-export-json"],
        texts: |w| [w.export_json, w.export_json_hint],
        when: When::Turns,
        stays: false,
        run: |reach| results::save_json(reach.comparison, reach.notices),
    },
    Action {
        ids: ["share", "menu-share"],
        texts: |_| [words().share().action, words().share().action_hint],
        when: When::Panes,
        stays: true,
        run: |reach| reach.share.show(),
    },
];

/// The actions that can be used now.
pub fn row() -> AnyView {
    let reach = Reach {
        comparison: use_comparison(),
        runner: use_runner(),
        notices: use_notices(),
        share: use_share(),
    };
    let w = words().actions();
    let has_panes = Memo::new(move |_| reach.comparison.panes.with(|panes| !panes.is_empty()));
    let has_turns = Memo::new(move |_| reach.comparison.turns.with(|turns| !turns.is_empty()));
    let is_there = move |action: &Action| match action.when {
        When::Panes => has_panes.get(),
        When::Turns => has_turns.get(),
    };
    let buttons = move || {
        let there = ACTIONS.iter().filter(|action| is_there(action));
        there
            .map(|action| {
                let [text, title] = (action.texts)(w);
                view! {
                    <button
                        type="button"
                        class="btn-text"
                        class:in-menu=!action.stays
                        data-testid=action.ids[0]
                        title=title
                        on:click=move |_| (action.run)(reach)
                    >
                        {text}
                    </button>
                }
            })
            .collect_view()
    };
    let any_in_menu = Memo::new(move |_| {
        let mut moved = ACTIONS.iter().filter(|action| !action.stays);
        moved.any(&is_there)
    });
    view! {
        {buttons}
        {move || any_in_menu.get().then(|| menu(reach, is_there))}
    }
    .into_any()
}

/// The actions for which the row has no room.
fn menu(
    reach: Reach,
    is_there: impl Fn(&Action) -> bool + Copy + Send + Sync + 'static,
) -> AnyView {
    let w = words().actions();
    let items = move || {
        let moved = ACTIONS.iter().filter(|action| !action.stays);
        moved
            .filter(|action| is_there(action))
            .map(|action| {
                let [text, _] = (action.texts)(w);
                view! {
                    <MenuItem
                        text=text
                        test_id=action.ids[1]
                        run=Callback::new(move |()| (action.run)(reach))
                    />
                }
            })
            .collect_view()
    };
    view! {
        <div class="more-actions">
            <Menu label=Signal::derive(move || w.more.to_owned()) test_id="more-actions">
                {items}
            </Menu>
        </div>
    }
    .into_any()
}

/// Back to the start, with a way to come back from there.
fn put_away(reach: Reach) {
    reach.runner.stop_all();
    let undo = reach.comparison.put_away();
    // A reload stays at the start.
    page::clear_fragment();
    reach
        .notices
        .toast_with_undo(words().actions().put_away, undo);
    focus::later(["[data-testid=start-demo]"]);
}

fn start_over(reach: Reach) {
    reach.runner.stop_all();
    if let Some(undo) = reach.comparison.clear_turns() {
        reach
            .notices
            .toast_with_undo(words().actions().cleared, undo);
        focus::later([focus::PROMPT]);
    }
}
