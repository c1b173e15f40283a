//! Two texts as the parts that are drawn of them.

use super::{Diff, Layout, RunKind, Stretch};
use std::ops::Range;

/// A part of two texts. While one of them grows, parts that stay are equal to
/// what they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it begins in the old text, in bytes.
    pub old: usize,
    /// Where it begins in the new text, in bytes.
    pub new: usize,
    /// What it is.
    pub what: What,
}

/// What a part is: texts with what each stretch of them is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The same in both.
    Same(Vec<(String, Stretch)>),
    /// What is gone, and what is new in its place.
    Changed {
        /// Which change of the diff, from 0.
        number: usize,
        /// Of the old text.
        removed: Vec<(String, Stretch)>,
        /// Of the new text.
        inserted: Vec<(String, Stretch)>,
    },
}

/// The parts of both texts in order.
pub fn parts(diff: &Diff, old: &str, new: &str) -> Vec<Part> {
    let (old, new) = (Text::new(old), Text::new(new));
    let mut changes = diff.changes.iter().enumerate();
    let mut runs = diff.runs.iter().peekable();
    let mut parts = Vec::new();
    while let Some(run) = runs.next() {
        let what = if run.kind == RunKind::Equal {
            What::Same(old.stretches(run.old.clone()))
        } else {
            // What is gone and what is new in its place are one change.
            if run.kind == RunKind::Removed {
                runs.next_if(|next| next.kind == RunKind::Inserted);
            }
            let Some((number, change)) = changes.next() else {
                continue;
            };
            What::Changed {
                number,
                removed: old.stretches(change.old.clone()),
                inserted: new.stretches(change.new.clone()),
            }
        };
        let (old, new) = (run.old.start, run.new.start);
        parts.push(Part { old, new, what });
    }
    parts
}

/// One of the texts.
struct Text<'a> {
    text: &'a str,
    layout: Layout,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            layout: Layout::of(text),
        }
    }

    fn stretches(&self, range: Range<usize>) -> Vec<(String, Stretch)> {
        let text = |range: Range<usize>| self.text.get(range).unwrap_or_default().to_owned();
        let parts = self.layout.parts(range);
        parts.map(|(range, kind)| (text(range), kind)).collect()
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::{super::diff, *};
    use proptest::prelude::*;

    fn joined(stretches: &[(String, Stretch)]) -> String {
        stretches.iter().map(|(text, _)| text.as_str()).collect()
    }

    proptest! {
        #[test]
        fn the_parts_are_both_texts_and_every_change_is_there_once(
            old in "([a-c]{1,2}[ \n]|# x\n|```\n){0,12}",
            new in "([a-c]{1,2}[ \n]|# x\n|```\n){0,12}",
        ) {
            let found = diff(&old, &new);
            let (mut was, mut is, mut numbers) = (String::new(), String::new(), Vec::new());
            for part in parts(&found, &old, &new) {
                prop_assert_eq!((part.old, part.new), (was.len(), is.len()));
                match part.what {
                    What::Same(text) => {
                        was.push_str(&joined(&text));
                        is.push_str(&joined(&text));
                    }
                    What::Changed { number, removed, inserted } => {
                        numbers.push(number);
                        was.push_str(&joined(&removed));
                        is.push_str(&joined(&inserted));
                    }
                }
            }
            prop_assert_eq!((was, is), (old, new));
            prop_assert_eq!(numbers, (0..found.changes.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_came_before_stays_as_it_was_while_the_text_grows() {
        let old = "The town is Delhi. It has a fort of red stone and a river.";
        let grown = [
            "The town is New Delhi. It",
            "The town is New Delhi. It has a metro and",
        ];
        let [first, second] = grown.map(|new| parts(&diff(old, new), old, new));
        assert_eq!(first[..2], second[..2]);
        assert!(matches!(first[1].what, What::Changed { number: 0, .. }));
    }
}
