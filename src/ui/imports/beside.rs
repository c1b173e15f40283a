//! What has a place of its own: a history, ballots, a list of prompts.

use super::buttons;
use crate::{
    app::imports::{FoundBeside, Imports},
    core::import::Beside,
    ui::{dialogs::use_dialogs, history::use_panel},
    words::words,
};
use leptos::prelude::*;

pub(super) fn view(imports: Imports, found: FoundBeside) -> AnyView {
    let w = words().imports();
    let file = found.file.clone();
    match &found.beside {
        Beside::History { count } => {
            let head = (w.history_found)(&found.name, *count);
            let panel = use_panel();
            let apply = move || {
                // There it is told how far it is, and what came of it.
                panel.show();
                imports.add_history(&found);
            };
            let buttons = buttons(imports, file, w.history_apply, apply);
            card(head, w.history_hint, None, buttons)
        }
        Beside::Ballots(all) => {
            let good = all.iter().filter(|one| one.ballot.is_ok()).count();
            let bad = all.len() - good;
            let head = (w.ballots_found)(&found.name, good);
            let more = (bad > 0).then(|| (w.ballots_bad)(bad));
            let (all, dialogs) = (all.clone(), use_dialogs());
            let apply = move || {
                if imports.add_ballots(all.clone()) {
                    dialogs.ballots.set(true);
                }
            };
            let buttons = buttons(imports, file, w.ballots_apply, apply);
            card(head, w.ballots_hint, more, buttons)
        }
        Beside::Prompts(list) => {
            let told = (words().prompts().found)(list);
            let head = (w.prompts_found)(&found.name, &told);
            let list = list.clone();
            let apply = move || imports.take_prompts(list.clone());
            let buttons = buttons(imports, file, words().prompts().take, apply);
            card(head, w.prompts_hint, None, buttons)
        }
    }
}

fn card(head: String, hint: &'static str, more: Option<String>, buttons: AnyView) -> AnyView {
    let more = more.map(|more| view! { <p>{more}</p> });
    view! {
        <div class="import-preview" data-testid="import-preview">
            <p><b>{head}</b></p>
            {more}
            <p class="hint">{hint}</p>
            {buttons}
        </div>
    }
    .into_any()
}
