//! Model ids as they come, and the rows that they mean.

use crate::core::catalog::pattern;
use serde_json::Value;

/// How well a row fits an id; the greater the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// By a pattern with that many characters of its own.
    Pattern(usize),
    /// It is the id without the date of a snapshot.
    Snapshot,
    /// It is the id.
    Exact,
}

/// The id in lower case, without what providers put before it.
pub(super) fn bare(id: &str) -> String {
    let id = id.trim().to_ascii_lowercase();
    let cut = [
        "models/",
        "publishers/google/models/",
        "publishers/anthropic/models/",
    ];
    let bare = cut.iter().find_map(|prefix| id.strip_prefix(prefix));
    bare.map(str::to_owned).unwrap_or(id)
}

/// The best fit of a row's ids, given a bare id.
pub(super) fn fit(ids: &[Value], id: &str) -> Option<Fit> {
    let snapshot = without_date(id);
    let of = |own: &str| {
        if own == id {
            return Some(Fit::Exact);
        }
        if Some(own) == snapshot {
            return Some(Fit::Snapshot);
        }
        let is_pattern = own.contains('*') && pattern::matches(own, id);
        is_pattern.then_some(Fit::Pattern(own.len()))
    };
    ids.iter().filter_map(Value::as_str).filter_map(of).max()
}

/// Whether a pattern of the table fits, where `*` stands for any characters.
pub(super) fn matches(pattern: &Value, text: &str) -> bool {
    pattern
        .as_str()
        .is_some_and(|pattern| pattern::matches(pattern, text))
}

/// The id without the date at its end: `-20251001`, `@20251001`, `-2026-03-05`,
/// or the three digits that Gemini numbers its versions with.
pub(super) fn without_date(id: &str) -> Option<&str> {
    let bytes = id.as_bytes();
    let tail = |pattern: &[u8]| {
        let at = bytes.len().checked_sub(pattern.len())?;
        let fits = bytes
            .iter()
            .skip(at)
            .zip(pattern)
            .all(|(byte, sign)| match sign {
                b'0' => byte.is_ascii_digit(),
                b'-' => matches!(byte, b'-' | b'@'),
                _ => byte == sign,
            });
        id.get(..at).filter(|rest| fits && !rest.is_empty())
    };
    tail(b"-0000-00-00")
        .or_else(|| tail(b"-00000000"))
        .or_else(|| tail(b"-000").filter(|rest| rest.starts_with("gemini-")))
}

#[cfg(test)]
mod tests {
    use super::{Fit, bare, fit, without_date};
    use serde_json::json;

    #[test]
    fn dates_of_snapshots_come_off() {
        for (id, rest) in [
            ("claude-haiku-4-5-20251001", Some("claude-haiku-4-5")),
            ("claude-haiku-4-5@20251001", Some("claude-haiku-4-5")),
            ("gpt-5.4-2026-03-05", Some("gpt-5.4")),
            ("gemini-2.0-flash-001", Some("gemini-2.0-flash")),
            ("gpt-4-001", None),
            ("mistral-small-2603", None),
            ("claude-haiku-4-5", None),
            ("-20251001", None),
            ("gpt-5.4-mini", None),
            ("é20251001", None),
        ] {
            assert_eq!(without_date(id), rest, "{id}");
        }
    }

    #[test]
    fn the_exact_id_wins_over_the_snapshot_and_that_over_patterns() {
        let ids = [json!("a-20251001"), json!("a"), json!("a*")];
        assert_eq!(fit(&ids, "a-20251001"), Some(Fit::Exact));
        assert_eq!(fit(&ids, "a-20260101"), Some(Fit::Snapshot));
        assert_eq!(fit(&ids, "a-latest"), Some(Fit::Pattern(2)));
        assert_eq!(fit(&ids, "b"), None);
        assert!(Fit::Exact > Fit::Snapshot && Fit::Snapshot > Fit::Pattern(90));
    }

    #[test]
    fn ids_lose_what_lists_put_before_them() {
        assert_eq!(bare(" models/Gemini-4-Argon"), "gemini-4-argon");
        assert_eq!(bare("publishers/google/models/x"), "x");
        assert_eq!(bare("openai/gpt-oss-120b"), "openai/gpt-oss-120b");
    }
}
