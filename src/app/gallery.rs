//! The recordings that are served beside the page: real runs, shown as the
//! results that they are and played.

use super::{comparison::Comparison, link, notices::Notices, replay, results, task};
use crate::{
    browser::{beside, timer::Timer},
    core::{
        domain::PaneId,
        recipe::result::ResultDoc,
        replay::{Recording, read_list},
    },
    words::words,
};
use leptos::prelude::*;

/// Where they lie.
const FOLDER: &str = "gallery/";
/// From what time on a fetch is said to be under way, in ms.
const SLOW_MS: i32 = 700;

/// The list of them; `None` where it could not be had.
pub async fn list() -> Option<Vec<Recording>> {
    let text = beside::text(&format!("{FOLDER}index.json")).await?;
    read_list(&text).ok()
}

/// Fetches a recording, shows it and plays it. Nothing is done where there are
/// panes by then: what a click had to wait for came too late. `shown` gets the
/// first pane.
pub fn play(
    file: String,
    comparison: Comparison,
    notices: Notices,
    shown: impl FnOnce(Option<PaneId>) + 'static,
) {
    task::spawn(async move {
        let slow = Timer::once(SLOW_MS, move || notices.toast(words().gallery().loading));
        let text = beside::text(&format!("{FOLDER}{file}")).await;
        drop(slow);
        let Some(text) = text else {
            return notices.toast(words().gallery().missing);
        };
        let document = match ResultDoc::parse(&text) {
            Ok((document, _)) => document,
            Err(error) => {
                let why = (words().recipe().recipe_error)(&error);
                return notices.error((words().gallery().broken)(&why));
            }
        };
        if comparison.panes.with_untracked(|panes| !panes.is_empty()) {
            return;
        }
        let had_work = comparison.has_work(&untrack(|| link::recipe_of(comparison)));
        let way_back = comparison.way_back();
        results::show(comparison, document);
        if had_work {
            notices.toast_with_undo(words().gallery().replaced, way_back);
        }
        replay::of_page(|replay| replay.open(replay::may_play()));
        shown(
            comparison
                .panes
                .with_untracked(|panes| panes.first().map(|pane| pane.id)),
        );
    });
}
