//! Marks: what is gone is struck through, what is new is underlined, and each
//! has a sign for those who see neither.

use crate::{
    core::diff::{Change, Diff, Layout, PathChange, RunKind, Stretch},
    words::words,
};
use leptos::prelude::*;
use std::ops::Range;

/// Of a long change, so many characters are read out at its beginning.
const MOST_SAID: usize = 80;

/// Which of two texts is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Both, one within the other.
    Both,
    /// The old one, with what is gone.
    Old,
    /// The new one, with what is new.
    New,
}

/// One of two texts.
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

    fn get(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// A part of it as it is shown; headings only where they stand unmarked, for
    /// the eye and for scrolling together.
    fn view(&self, range: Range<usize>, is_marked: bool) -> AnyView {
        let text = self.get(range.clone());
        // A change of nothing but space would not be seen.
        if is_marked && text.trim().is_empty() {
            return visible(text).into_any();
        }
        let parts = self.layout.parts(range).map(|(range, kind)| {
            let text = self.get(range).to_owned();
            match kind {
                Stretch::Code => view! { <span class="marked-code">{text}</span> }.into_any(),
                Stretch::Heading if !is_marked => {
                    view! { <span class="marked-h">{text}</span> }.into_any()
                }
                _ => text.into_any(),
            }
        });
        parts.collect_view().into_any()
    }
}

/// A text with its marks. Where both are shown, each change takes the focus and
/// has its number in `data-change`.
pub fn text(diff: &Diff, old: &str, new: &str, shown: Shown) -> AnyView {
    let (old, new) = (Text::new(old), Text::new(new));
    let of = diff.changes.len();
    let mut changes = diff.changes.iter().enumerate();
    let mut runs = diff.runs.iter().peekable();
    let mut parts: Vec<AnyView> = Vec::new();
    while let Some(run) = runs.next() {
        if run.kind == RunKind::Equal {
            parts.push(old.view(run.old.clone(), false));
            continue;
        }
        // What is gone and what is new in its place are one change.
        if run.kind == RunKind::Removed {
            runs.next_if(|next| next.kind == RunKind::Inserted);
        }
        if let Some((at, change)) = changes.next() {
            parts.push(marked(change, (at, of), (&old, &new), shown));
        }
    }
    view! {
        <div class="marked" role="group" aria-label=words().reading().marks data-testid="marks">
            {parts}
        </div>
    }
    .into_any()
}

fn marked(
    change: &Change,
    place: (usize, usize),
    (old, new): (&Text<'_>, &Text<'_>),
    shown: Shown,
) -> AnyView {
    let removed = || {
        let range = change.old.clone();
        (!range.is_empty()).then(|| gone(old.view(range, true)))
    };
    let inserted = || {
        let range = change.new.clone();
        (!range.is_empty()).then(|| added(new.view(range, true)))
    };
    match shown {
        Shown::Old => removed().into_any(),
        Shown::New => inserted().into_any(),
        Shown::Both => {
            let label = said(
                place,
                old.get(change.old.clone()),
                new.get(change.new.clone()),
            );
            view! {
                <span
                    class="change"
                    role="group"
                    tabindex="-1"
                    data-change=place.0.to_string()
                    aria-label=label
                >
                    {removed()}
                    {inserted()}
                </span>
            }
            .into_any()
        }
    }
}

fn gone(text: AnyView) -> AnyView {
    view! {
        <del class="mark-gone">
            <span class="visually-hidden">{words().reading().sign_removed}</span>
            {text}
        </del>
    }
    .into_any()
}

fn added(text: AnyView) -> AnyView {
    view! {
        <ins class="mark-new">
            <span class="visually-hidden">{words().reading().sign_inserted}</span>
            {text}
        </ins>
    }
    .into_any()
}

/// Space with signs that can be seen.
fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|c| match c {
            '\n' => ['↵', '\n'],
            _ => ['␣', '\u{200b}'],
        })
        .collect()
}

fn said((at, of): (usize, usize), removed: &str, inserted: &str) -> String {
    (words().reading().change)(at + 1, of, &short(removed), &short(inserted))
}

fn short(text: &str) -> String {
    let text = text.trim();
    let mut short: String = text.chars().take(MOST_SAID).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Values that differ, by path; rows take the focus as changes of a text do.
pub fn paths(changes: &[PathChange]) -> AnyView {
    let w = words().reading();
    let of = changes.len();
    let rows = changes.iter().enumerate().map(|(at, change)| {
        let path = if change.path.is_empty() {
            w.whole.to_owned()
        } else {
            change.path.clone()
        };
        let side = |value: &Option<String>, mark: fn(AnyView) -> AnyView| match value {
            Some(value) => mark(value.clone().into_any()),
            None => view! { <span class="hint">{w.absent}</span> }.into_any(),
        };
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        view! {
            <tr
                tabindex="-1"
                data-change=at.to_string()
                aria-label=said((at, of), &text(&change.old), &text(&change.new))
            >
                <th scope="row">
                    <code>{path}</code>
                </th>
                <td>{side(&change.old, gone)}</td>
                <td>{side(&change.new, added)}</td>
            </tr>
        }
        .into_any()
    });
    view! {
        <table class="paths" data-testid="path-changes">
            <caption class="visually-hidden">{w.marks}</caption>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
