//! Every action, and what each does.

use super::{
    Reach,
    action::{Action, Place, When},
};
use crate::{
    app::{
        draft::aside,
        exports::{self, Form},
        history::keep_page,
        results,
    },
    browser::page,
    ui::{ballot, kit::focus, replay},
    words::words,
};

/// Every action, in the order of the row and of the menu.
pub(super) static ACTIONS: &[Action] = &[
    Action {
        id: "put-away",
        menu_id: "menu-put-away",
        texts: |w| [w.new, w.new_hint],
        short: None,
        when: When::Panes,
        place: Place::Row,
        run: put_away,
    },
    Action {
        id: "new-comparison",
        menu_id: "menu-new-comparison",
        texts: |w| [w.start_over, w.start_over_hint],
        short: None,
        when: When::Turns,
        place: Place::RowIfWide,
        run: start_over,
    },
    Action {
        id: "export-json",
        menu_id: "menu-export-json",
        texts: |w| [w.export_json, w.export_json_hint],
        short: None,
        when: When::Turns,
        place: Place::RowIfWide,
        run: |reach| results::save_json(reach.comparison, reach.notices),
    },
    Action {
        id: "export-csv",
        menu_id: "menu-export-csv",
        texts: |_| [words().exports().csv, words().exports().csv_hint],
        short: Some("CSV"),
        when: When::Turns,
        place: Place::RowIfWide,
        run: |reach| {
            let form = Form::Csv { for_excel: false };
            exports::save(form, reach.comparison, reach.notices);
        },
    },
    Action {
        id: "export-html",
        menu_id: "menu-export-html",
        texts: |_| [words().exports().html, words().exports().html_hint],
        short: Some("HTML"),
        when: When::Turns,
        place: Place::RowIfWide,
        run: |reach| exports::save(Form::Html, reach.comparison, reach.notices),
    },
    Action {
        id: "export",
        menu_id: "menu-export",
        texts: |_| [words().exports().action, words().exports().action_hint],
        short: None,
        when: When::Panes,
        place: Place::Menu,
        run: |reach| leptos::prelude::Set::set(&reach.exports.open, true),
    },
    Action {
        id: "import",
        menu_id: "menu-import",
        texts: |_| [words().imports().action, words().imports().action_hint],
        short: None,
        when: When::Always,
        place: Place::Menu,
        run: |reach| reach.imports.ask(),
    },
    Action {
        id: "draft-back",
        menu_id: "menu-draft-back",
        texts: |w| [w.draft_back, w.draft_back_hint],
        short: None,
        when: When::Aside,
        place: Place::Menu,
        run: |reach| aside::bring_back(reach.comparison, reach.runner),
    },
    Action {
        id: "replay",
        menu_id: "menu-replay",
        texts: |w| [w.replay, w.replay_hint],
        short: None,
        when: When::Turns,
        place: Place::Menu,
        run: |reach| replay::open(reach.replay),
    },
    Action {
        id: "open-drift",
        menu_id: "menu-open-drift",
        texts: |_| [words().drift().action, words().drift().action_hint],
        short: None,
        when: When::Turns,
        place: Place::Menu,
        run: |reach| leptos::prelude::Set::set(&reach.drift.0, true),
    },
    Action {
        id: "blind-vote",
        menu_id: "menu-blind-vote",
        texts: |_| [words().ballot().vote, words().ballot().vote_hint],
        short: None,
        when: When::Panes,
        place: Place::Menu,
        run: |reach| ballot::open_vote(reach.comparison),
    },
    Action {
        id: "ballots",
        menu_id: "menu-ballots",
        texts: |_| [words().ballot().ballots, words().ballot().ballots_hint],
        short: None,
        when: When::Turns,
        place: Place::Menu,
        run: |reach| leptos::prelude::Set::set(&reach.dialogs.ballots, true),
    },
    Action {
        id: "prompt-list-open",
        menu_id: "menu-prompt-list-open",
        texts: |_| [words().prompts().title, words().prompts().hint],
        short: None,
        when: When::Panes,
        place: Place::Menu,
        run: |reach| leptos::prelude::Set::set(&reach.presenting.picks_list, true),
    },
    Action {
        id: "share",
        menu_id: "menu-share",
        texts: |_| [words().share().action, words().share().action_hint],
        short: None,
        when: When::Panes,
        place: Place::Row,
        run: |reach| reach.share.show(),
    },
    Action {
        id: "history-button",
        menu_id: "menu-history-button",
        texts: |w| [w.history, w.history_hint],
        short: None,
        when: When::Always,
        place: Place::RowIfWide,
        run: |reach| reach.history.show(),
    },
    Action {
        id: "present-begin",
        menu_id: "menu-present-begin",
        texts: |_| [words().present().present, words().present().present_hint],
        short: None,
        when: When::Panes,
        place: Place::RowIfWide,
        run: |reach| reach.presenting.begin(),
    },
];

/// Back to the start, with a way to come back from there.
fn put_away(reach: Reach) {
    reach.runner.stop_all();
    keep_page();
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
    keep_page();
    if let Some(undo) = reach.comparison.clear_turns() {
        reach
            .notices
            .toast_with_undo(words().actions().cleared, undo);
        focus::later([focus::PROMPT]);
    }
}
