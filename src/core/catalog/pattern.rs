//! Patterns of model ids: `*` stands for any run of characters, case is
//! ignored.

/// Whether the id matches any of the patterns.
pub(super) fn any(patterns: &[String], id: &str) -> bool {
    let id = id.to_ascii_lowercase();
    patterns
        .iter()
        .any(|pattern| matches(&pattern.to_ascii_lowercase(), &id))
}

pub(crate) fn matches(pattern: &str, id: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == id;
    };
    let Some(mut left) = id.strip_prefix(head) else {
        return false;
    };
    let (middles, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
    // The earliest place for each middle part leaves most room for the rest.
    for part in middles.split('*') {
        let Some(at) = left.find(part) else {
            return false;
        };
        left = left.get(at + part.len()..).unwrap_or_default();
    }
    left.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_any_run_of_characters() {
        for (pattern, id, expected) in [
            ("gpt-5", "gpt-5", true),
            ("gpt-5", "gpt-5.1", false),
            ("gpt-5-*", "gpt-5-mini", true),
            ("*-latest", "gemini-flash-latest", true),
            ("gemini-*-latest", "gemini-latest", false),
            ("*tts*", "gpt-4o-mini-tts", true),
            ("*tts*", "gpt-4o", false),
            ("a*b*a", "aba", true),
            ("a*b*a", "ab", false),
            ("a*a", "a", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, id), expected, "{pattern} {id}");
        }
    }
}
