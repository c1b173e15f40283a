//! What is said about the comparisons that are kept on this device.

mod counts;
mod trouble;

use crate::core::{
    chart::grouped,
    history::{ImportError, Skipped, Sort, StoreError},
};
use counts::{comparisons, count, entries, files, imported, size, size_of};
use trouble::{import_error, not_kept, skipped_one, trouble};

/// The history.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct HistoryWords {
    pub title: &'static str,
    pub intro: &'static str,
    pub reading: &'static str,
    pub empty: &'static str,
    pub empty_private: &'static str,
    pub none_fits: fn(&str) -> String,
    pub search: &'static str,
    pub search_hint: &'static str,
    pub sorted_by: &'static str,
    pub sort: fn(Sort) -> &'static str,
    pub tags: &'static str,
    pub list: &'static str,
    pub found: fn(usize, usize) -> String,
    pub more: fn(usize) -> String,
    pub untitled: &'static str,
    pub shape: fn(usize, usize) -> String,
    pub size: fn(u64) -> String,
    pub files: fn(usize, usize) -> Option<String>,
    pub on_page: &'static str,
    pub simulated: &'static str,
    pub first_token: &'static str,
    pub total: &'static str,
    pub rate: &'static str,
    pub cost: &'static str,
    pub no_run: &'static str,
    pub open: &'static str,
    pub replay: &'static str,
    pub delete: &'static str,
    pub edit_tags: &'static str,
    pub tags_of: fn(&str) -> String,
    pub tags_hint: &'static str,
    pub add_tag: &'static str,
    pub remove_tag: fn(&str) -> String,
    pub done: &'static str,
    pub opened: &'static str,
    pub opened_without_files: fn(usize) -> String,
    pub gone: &'static str,
    pub unreadable: fn(&str) -> String,
    pub ask_open: &'static str,
    pub ask_open_draft: &'static str,
    pub ask_open_running: &'static str,
    pub ask_open_unkept: &'static str,
    pub open_anyway: &'static str,
    pub cancel: &'static str,
    pub deleted: fn(usize) -> String,
    pub deleted_for_good: fn(usize) -> String,
    pub undone: fn(usize) -> String,
    pub undo_deletion: &'static str,
    pub undo_failed: &'static str,
    pub delete_all: &'static str,
    pub ask_delete_all: fn(usize, u64) -> String,
    pub room: fn(usize, u64) -> String,
    pub room_of: fn(f64, f64) -> String,
    pub persist: &'static str,
    pub persist_hint: &'static str,
    pub is_persistent: &'static str,
    pub persist_granted: &'static str,
    pub persist_refused: &'static str,
    pub export_all: &'static str,
    pub exporting: fn(usize, usize) -> String,
    pub exported: fn(usize) -> String,
    pub not_exported: &'static str,
    pub import: &'static str,
    pub importing: fn(u32) -> String,
    pub imported: fn(usize, usize, usize) -> String,
    pub undo_import: &'static str,
    pub skipped: fn(usize) -> String,
    pub skipped_one: fn(&Skipped) -> String,
    pub skipped_more: fn(usize) -> String,
    pub unreadable_file: &'static str,
    pub too_large_file: &'static str,
    pub import_error: fn(&ImportError) -> String,
    pub import_stopped: &'static str,
    pub private: &'static str,
    pub private_hint: &'static str,
    pub private_mark: &'static str,
    pub private_mark_hint: &'static str,
    pub private_on: &'static str,
    pub private_off: &'static str,
    pub private_here: &'static str,
    pub keep_after_all: &'static str,
    pub kept: &'static str,
    pub trouble: fn(&StoreError) -> String,
    pub not_kept: fn(&StoreError) -> String,
    pub draft_not_kept: &'static str,
    pub trouble_title: &'static str,
    pub trouble_list: &'static str,
    pub make_room: fn(usize, u64) -> String,
    pub made_room: fn(usize, u64) -> String,
    pub try_again: &'static str,
    pub settings: &'static str,
}

/// English.
pub const EN: HistoryWords = HistoryWords {
    title: "History",
    intro: "Every comparison that you run is kept in this browser, on this device. Nothing of it is sent anywhere, and no key is part of it.",
    reading: "Reading what is kept…",
    empty: "Nothing is kept yet. What you run from now on is listed here.",
    empty_private: "Nothing is kept, and nothing will be while private mode is on.",
    none_fits: |typed| format!("Nothing kept has all the words of “{typed}”."),
    search: "Search",
    search_hint: "Words of prompts and answers, models, tags, dates",
    sorted_by: "Sorted by",
    sort,
    tags: "Tags",
    list: "Kept comparisons",
    found: |shown, all| {
        if shown == all {
            comparisons(all)
        } else {
            format!("{} of {}", grouped(shown as u64), comparisons(all))
        }
    },
    more: |more| format!("Show {} more", grouped(more as u64)),
    untitled: "Without words",
    shape: |panes, turns| format!("{} · {}", count(panes, "pane"), count(turns, "turn")),
    size,
    files,
    on_page: "on the page",
    simulated: "simulated",
    first_token: "First token",
    total: "Total",
    rate: "Tokens/s",
    cost: "Cost",
    no_run: "no run",
    open: "Open",
    replay: "Replay",
    delete: "Delete",
    edit_tags: "Tags",
    tags_of: |name| format!("Tags of {name}"),
    tags_hint: "Several at once with commas.",
    add_tag: "Add",
    remove_tag: |tag| format!("Remove the tag {tag}"),
    done: "Done",
    opened: "Opened from history",
    opened_without_files: |left_out| {
        format!(
            "Opened from history. {} too large to be kept, so only the name is left.",
            if left_out == 1 {
                "One file was".to_owned()
            } else {
                format!("{left_out} files were")
            }
        )
    },
    gone: "This comparison is no longer kept: it was deleted in another tab.",
    unreadable: |why| format!("What is kept of this comparison cannot be read. {why}"),
    ask_open: "Replace what is on the page?",
    ask_open_draft: "What is in the prompt box has not been run, so it is not kept anywhere.",
    ask_open_running: "Answers are still coming in. They are stopped, and what has come is kept.",
    ask_open_unkept: "The answers on the page are not kept.",
    open_anyway: "Open anyway",
    cancel: "Cancel",
    deleted: |count| match count {
        1 => "Deleted".to_owned(),
        _ => format!("{} deleted", comparisons(count)),
    },
    deleted_for_good: |count| {
        format!(
            "{} deleted for good: there was no room to keep a way back.",
            comparisons(count)
        )
    },
    undone: |count| match count {
        1 => "It is back".to_owned(),
        _ => format!("{} are back", comparisons(count)),
    },
    undo_deletion: "Undo the earlier deletion",
    undo_failed: "It is too late to bring that back.",
    delete_all: "Delete all…",
    ask_delete_all: |count, bytes| format!("Delete {} ({})?", comparisons(count), size(bytes)),
    room: |count, bytes| format!("{}, {}", comparisons(count), size(bytes)),
    room_of: |used, most| {
        format!(
            "This site uses {} of the {} that the browser gives it.",
            size_of(used),
            size_of(most)
        )
    },
    persist: "Keep on this device",
    persist_hint: "When the disk is nearly full, browsers clear sites that were not visited for long. You can ask yours not to.",
    is_persistent: "The browser clears none of it by itself.",
    persist_granted: "The browser will not clear it by itself",
    persist_refused: "The browser did not agree. It may after you have used this page more often, or added it to your bookmarks. Export what matters to you.",
    export_all: "Export all",
    exporting: |done, all| {
        format!(
            "Exporting: {} of {}",
            grouped(done as u64),
            comparisons(all)
        )
    },
    exported: |count| format!("{} exported as one file", comparisons(count)),
    not_exported: "The browser refused to save the file",
    import: "Import…",
    importing: |percent| format!("Importing: {percent} %"),
    imported,
    undo_import: "Undo the import",
    skipped: |count| match count {
        1 => "One entry was left out:".to_owned(),
        _ => format!("{} entries were left out:", grouped(count as u64)),
    },
    skipped_one,
    skipped_more: |count| format!("and {} more", grouped(count as u64)),
    unreadable_file: "The file cannot be read. It may be a folder, or have been moved.",
    too_large_file: "The file is larger than 500 MB, which is more than a page can take in at once.",
    import_error,
    import_stopped: "The import ended there. What came before it is kept.",
    private: "Private mode: keep nothing",
    private_hint: "Runs made while it is on are never kept. What is kept already stays until you delete it. A draft still outlives a reload of its tab.",
    private_mark: "Private",
    private_mark_hint: "Private mode is on: runs are not kept. Opens History.",
    private_on: "Private mode is on: nothing more is kept",
    private_off: "Private mode is off: runs are kept on this device again",
    private_here: "The comparison on the page has runs of private mode, so nothing more of it is kept.",
    keep_after_all: "Keep it after all",
    kept: "Kept",
    trouble,
    not_kept,
    draft_not_kept: "The browser has no room to keep what you type: it is gone after a reload. Copy what matters to you",
    trouble_title: "The last run could not be kept",
    trouble_list: "The history cannot be read",
    make_room: |count, bytes| {
        format!(
            "Delete the oldest {} for good ({})",
            entries(count),
            size(bytes)
        )
    },
    made_room: |count, bytes| format!("{} deleted, {} freed", comparisons(count), size(bytes)),
    try_again: "Try again",
    settings: "History",
};

fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "Newest first",
        Sort::Oldest => "Oldest first",
        Sort::Largest => "Largest first",
        Sort::Name => "Name",
    }
}
