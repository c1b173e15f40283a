//! What is said where two answers are read against each other.

/// Marks of one answer against another, and the pinned reference.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct ReadingWords {
    pub pin: &'static str,
    pub unpin: &'static str,
    pub pinned: fn(&str) -> String,
    pub unpinned: &'static str,
    pub is_reference: &'static str,
    pub compared_with: fn(&str) -> String,
    pub no_answer_there: fn(&str) -> String,
    pub show_answer: &'static str,
    pub show_marks: &'static str,
    pub marks_short: &'static str,
    pub answer: &'static str,
    pub thinking: &'static str,
    pub of_what: &'static str,
    pub next: &'static str,
    pub previous: &'static str,
    pub changes: fn(usize) -> String,
    pub at: fn(usize, usize) -> String,
    pub said_at: fn(usize, usize) -> String,
    pub same: &'static str,
    pub by_lines: &'static str,
    pub little_alike: &'static str,
    pub by_path: &'static str,
    pub share: fn(u32) -> String,
    pub share_hint: &'static str,
    pub length: fn(usize, usize) -> Option<String>,
    pub marks: &'static str,
    pub change: fn(usize, usize, &str, &str) -> String,
    pub sign_removed: &'static str,
    pub sign_inserted: &'static str,
    pub whole: &'static str,
    pub absent: &'static str,
    pub as_before: &'static str,
    pub no_pane: &'static str,
    pub no_reference: &'static str,
    pub no_change: &'static str,
    pub key_pin: &'static str,
    pub key_marks: &'static str,
    pub key_changes: &'static str,
}

/// English.
pub static EN: ReadingWords = ReadingWords {
    pin: "Use as reference",
    unpin: "No longer the reference",
    pinned: |name| format!("{name} is the reference"),
    unpinned: "No reference any more",
    is_reference: "Reference: the other answers are compared with this one",
    compared_with: |name| format!("Compared with {name}"),
    no_answer_there: |name| format!("{name} has no text to compare with yet."),
    show_answer: "Show answer",
    show_marks: "Show marks",
    marks_short: "Marks",
    answer: "Answer",
    thinking: "Thinking",
    of_what: "What is compared",
    next: "Next change",
    previous: "Previous change",
    changes: |count| match count {
        1 => "1 change".to_owned(),
        _ => format!("{count} changes"),
    },
    at: |at, of| format!("{at} of {of}"),
    said_at: |at, of| format!("Change {at} of {of}"),
    same: "Word for word the same",
    by_lines: "The answers are too long or too different to compare words: whole lines are compared.",
    little_alike: "They have hardly a word in common: the marks say little here.",
    by_path: "Both answers are JSON: their values are compared, by path.",
    share: |percent| format!("{percent}\u{a0}% of words in common"),
    share_hint: "Twice the words that stand unmarked, over the words of both answers",
    length: |old, new| {
        let by = new.abs_diff(old);
        let sign = if new < old { "−" } else { "+" };
        let word = if by == 1 { "word" } else { "words" };
        match (by, (by * 100 + old / 2).checked_div(old)) {
            (0, _) => None,
            (_, Some(percent)) => Some(format!("{sign}{by} {word} ({sign}{percent}\u{a0}%)")),
            (_, None) => Some(format!("{sign}{by} {word}")),
        }
    },
    marks: "Differences",
    change: |at, of, removed, inserted| {
        let what = match (removed.is_empty(), inserted.is_empty()) {
            (true, _) => format!("added “{inserted}”"),
            (_, true) => format!("removed “{removed}”"),
            _ => format!("“{removed}” became “{inserted}”"),
        };
        format!("Change {at} of {of}: {what}")
    },
    sign_removed: "− ",
    sign_inserted: "+ ",
    whole: "the whole",
    absent: "absent",
    as_before: "the same",
    no_pane: "There is no answer to pin yet",
    no_reference: "Pin a reference first: in a pane’s menu, or with P",
    no_change: "There is no change to go to",
    key_pin: "Make the focused answer the reference, or undo that",
    key_marks: "Show differences or answers",
    key_changes: "Next change, with Shift the previous one; also in “Then and now”",
};
