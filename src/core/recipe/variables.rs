//! `{{names}}` in prompts.
//!
//! A name is letters, digits, `_`, `.` and `-`, with white space allowed
//! around it on the same line. Anything else between braces is literal text,
//! and so is `{{` without its close. Values are not looked into again.

use super::Variables;
use crate::core::sorted::{SortedMap, SortedSet};
use std::ops::Range;

/// One `{{name}}` in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Var {
    /// The name without white space.
    pub name: String,
    /// Byte range in the text, braces included.
    pub range: Range<usize>,
}

/// A text after substitution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Substituted {
    /// The text; variables without a value stay as they were.
    pub text: String,
    /// Names without a value, each once, in order of appearance.
    pub missing: Vec<String>,
}

/// All variables of a text, in order.
pub fn find(text: &str) -> Vec<Var> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find("{{")) {
        let start = from + open;
        if let Some((name, length)) = text.get(start..).and_then(variable_at_start) {
            let range = start..start + length;
            from = range.end;
            let name = name.to_owned();
            found.push(Var { name, range });
        } else {
            // One brace on, so that `{{{name}}}` is a variable in braces.
            from = start + 1;
        }
    }
    found
}

/// The name and the whole length of a variable that begins the text.
fn variable_at_start(text: &str) -> Option<(&str, usize)> {
    let blank = [' ', '\t'];
    let inner = text.strip_prefix("{{")?.trim_start_matches(blank);
    let after = inner.trim_start_matches(is_name_char);
    let name = inner.get(..inner.len() - after.len())?;
    let rest = after.trim_start_matches(blank).strip_prefix("}}")?;
    (!name.is_empty()).then_some((name, text.len() - rest.len()))
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')
}

/// Puts values in the place of variables.
pub fn substitute(text: &str, variables: &Variables) -> Substituted {
    let values: SortedMap<&str, &str> = variables.iter().collect();
    let mut seen = SortedSet::new();
    let mut out = Substituted::default();
    let mut copied = 0;
    for Var { name, range } in find(text) {
        if let Some(value) = values.get(name.as_str()) {
            out.text
                .push_str(text.get(copied..range.start).unwrap_or_default());
            out.text.push_str(value);
            copied = range.end;
        } else if seen.insert(name.clone()) {
            out.missing.push(name);
        }
    }
    out.text.push_str(text.get(copied..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::{Var, find, substitute};
    use crate::core::recipe::Variables;
    use proptest::prelude::*;

    fn vars(pairs: &[(&str, &str)]) -> Variables {
        pairs.iter().copied().collect()
    }

    #[test]
    fn names_come_with_the_span_of_their_braces() {
        let var = |name: &str, range| Var {
            name: name.to_owned(),
            range,
        };
        assert_eq!(
            find("é {{ topic }} and {{a.b-c_1}}"),
            [var("topic", 3..14), var("a.b-c_1", 19..30)]
        );
    }

    #[test]
    fn values_take_the_place_of_names() {
        let done = substitute("{{a}}{{ b }}-{{a}}", &vars(&[("a", "1"), ("b", "")]));
        assert_eq!(done.text, "1-1");
        assert!(done.missing.is_empty());
    }

    #[test]
    fn missing_names_stay_and_are_told_once() {
        let done = substitute("{{x}} {{a}} {{ y }} {{x}}", &vars(&[("a", "1")]));
        assert_eq!(done.text, "{{x}} 1 {{ y }} {{x}}");
        assert_eq!(done.missing, ["x", "y"]);
    }

    #[test]
    fn values_are_not_looked_into_again() {
        let done = substitute("{{a}}", &vars(&[("a", "{{b}}"), ("b", "no")]));
        assert_eq!(done.text, "{{b}}");
        assert!(done.missing.is_empty());
    }

    #[test]
    fn other_braces_are_literal() {
        for text in [
            "{{", "{{a", "{{a}", "{{ }}", "{{a b}}", "{a}", "{{a\n}}", "{{é}}", "}}{{",
        ] {
            assert_eq!(find(text), [], "{text}");
            assert_eq!(substitute(text, &vars(&[("a", "1")])).text, text);
        }
    }

    #[test]
    fn an_open_pair_does_not_hide_a_later_variable() {
        let done = substitute("{{ {{a}} {{{a}}}", &vars(&[("a", "1")]));
        assert_eq!(done.text, "{{ 1 {1}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn spans_hold_their_names_and_nothing_is_lost(text in "[{} a-cé\n]{0,40}") {
            let found = find(&text);
            let mut end = 0;
            for var in &found {
                prop_assert!(var.range.start >= end);
                end = var.range.end;
                let inside = &text[var.range.start + 2..var.range.end - 2];
                prop_assert_eq!(inside.trim(), var.name.as_str());
            }
            let same: Variables = found.iter().map(|var| (var.name.clone(), format!("<{}>", var.name))).collect();
            let done = substitute(&text, &same);
            prop_assert!(done.missing.is_empty());
            prop_assert_eq!(substitute(&text, &Variables::default()).text, text);
        }
    }
}
