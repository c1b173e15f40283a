//! Where a name is cut that is too long for its place.

/// How many characters the end of a name has at most that is kept whole.
const END: usize = 8;

/// A name in two: the beginning may be cut, the end stays. Names of models differ
/// at their ends, so the end begins at a mark between words where one is near
/// enough: `claude-haiku` and `-4-5`. A short name is all beginning.
pub fn halves(name: &str) -> (&str, &str) {
    let from = name
        .char_indices()
        .rev()
        .map(|(at, _)| at)
        .nth(END - 1)
        .unwrap_or_default();
    let end = name.get(from..).unwrap_or_default();
    let mark = end.find(['-', '_', '/', ':', '@', ' ']);
    let cut = from + mark.unwrap_or_default();
    if from == 0 {
        return (name, "");
    }
    name.split_at_checked(cut).unwrap_or((name, ""))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::{END, halves};
    use proptest::prelude::*;

    #[test]
    fn the_end_of_a_long_name_begins_between_words() {
        assert_eq!(halves("claude-haiku-4-5"), ("claude-haiku", "-4-5"));
        assert_eq!(
            halves("gpt-4.1-mini-2025-04-14"),
            ("gpt-4.1-mini-2025", "-04-14")
        );
        assert_eq!(halves("gpt-4.1"), ("gpt-4.1", ""));
        assert_eq!(
            halves("anthropic.claude-opus-4-5-20251101-v1:0"),
            ("anthropic.claude-opus-4-5-20251101", "-v1:0")
        );
    }

    #[test]
    fn without_a_mark_the_last_letters_are_kept() {
        assert_eq!(
            halves("averylongnamewithoutanymark"),
            ("averylongnamewithou", "tanymark")
        );
    }

    proptest! {
        #[test]
        fn both_together_are_the_name_and_the_end_is_short(name in "\\PC{0,40}") {
            let (head, end) = halves(&name);
            prop_assert!(end.chars().count() <= END);
            prop_assert_eq!(format!("{head}{end}"), name.clone());
        }
    }
}
