//! What can be done with the comparison as a whole.

/// The actions of the bar.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct ActionWords {
    pub more: &'static str,
    pub coming: &'static str,
    pub not_loaded: &'static str,
    pub new: &'static str,
    pub new_hint: &'static str,
    pub put_away: &'static str,
    pub undo_too_late: &'static str,
    pub draft_aside: &'static str,
    pub draft_back: &'static str,
    pub draft_back_hint: &'static str,
    pub start_over: &'static str,
    pub start_over_hint: &'static str,
    pub cleared: &'static str,
    pub replay: &'static str,
    pub replay_hint: &'static str,
    pub export_json: &'static str,
    pub export_json_hint: &'static str,
    pub exported: &'static str,
    pub not_exported: &'static str,
    pub history: &'static str,
    pub history_hint: &'static str,
}

/// English.
pub static EN: ActionWords = ActionWords {
    more: "More actions",
    coming: "One moment",
    not_loaded: "Not loaded",
    new: "New",
    new_hint: "Put this comparison away and go back to the start",
    put_away: "Comparison put away",
    undo_too_late: "Something new was begun since: it stays, and the comparison cannot come back",
    draft_aside: "What you had not sent yet made way for this link",
    draft_back: "Bring back my draft",
    draft_back_hint: "Show again what you had not sent when a link took its place",
    start_over: "Clear results",
    start_over_hint: "Empty the answers and keep models and prompt",
    cleared: "Results cleared",
    replay: "Replay",
    replay_hint: "Play these runs again as they came; nothing is sent",
    export_json: "Export JSON",
    export_json_hint: "Save prompts, answers and figures as a JSON file",
    exported: "Results saved as a JSON file",
    not_exported: "The browser did not save the file",
    history: "History",
    history_hint: "What you ran before, kept on this device",
};
