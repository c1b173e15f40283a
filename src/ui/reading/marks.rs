//! Marks: what is gone is struck through, what is new is underlined, and each
//! has a sign for those who see neither.

use crate::{
    core::diff::{Change, Diff, PathChange, RunKind},
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

/// A text with its marks. Where both are shown, each change takes the focus and
/// has its number in `data-change`.
pub fn text(diff: &Diff, old: &str, new: &str, shown: Shown) -> AnyView {
    let of = diff.changes.len();
    let mut changes = diff.changes.iter().enumerate();
    let mut runs = diff.runs.iter().peekable();
    let mut parts: Vec<AnyView> = Vec::new();
    while let Some(run) = runs.next() {
        if run.kind == RunKind::Equal {
            same(old, run.old.clone(), &mut parts);
            continue;
        }
        // What is gone and what is new in its place are one change.
        if run.kind == RunKind::Removed {
            runs.next_if(|next| next.kind == RunKind::Inserted);
        }
        if let Some((at, change)) = changes.next() {
            parts.push(marked(change, (at, of), (old, new), shown));
        }
    }
    view! {
        <div class="marked" role="group" aria-label=words().reading().marks data-testid="marks">
            {parts}
        </div>
    }
    .into_any()
}

/// Unmarked text; a whole line that is a heading is told apart, for the eye and
/// for scrolling together.
fn same(text: &str, range: Range<usize>, parts: &mut Vec<AnyView>) {
    let mut plain = String::new();
    let mut at = range.start;
    for line in text
        .get(range.clone())
        .unwrap_or_default()
        .split_inclusive('\n')
    {
        let begins = at == 0 || text.get(..at).is_some_and(|before| before.ends_with('\n'));
        at += line.len();
        let ends = line.ends_with('\n') || at == text.len();
        if begins && ends && is_heading(line) {
            parts.push(std::mem::take(&mut plain).into_any());
            parts.push(view! { <span class="marked-h">{line.to_owned()}</span> }.into_any());
        } else {
            plain.push_str(line);
        }
    }
    parts.push(plain.into_any());
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
}

fn marked(change: &Change, place: (usize, usize), texts: (&str, &str), shown: Shown) -> AnyView {
    let removed = texts.0.get(change.old.clone()).unwrap_or_default();
    let inserted = texts.1.get(change.new.clone()).unwrap_or_default();
    match shown {
        Shown::Old => gone(removed),
        Shown::New => new(inserted),
        Shown::Both => view! {
            <span
                class="change"
                role="group"
                tabindex="-1"
                data-change=place.0.to_string()
                aria-label=said(place, removed, inserted)
            >
                {gone(removed)}
                {new(inserted)}
            </span>
        }
        .into_any(),
    }
}

fn gone(text: &str) -> AnyView {
    if text.is_empty() {
        return ().into_any();
    }
    view! {
        <del class="mark-gone">
            <span class="visually-hidden">{words().reading().sign_removed}</span>
            {visible(text)}
        </del>
    }
    .into_any()
}

fn new(text: &str) -> AnyView {
    if text.is_empty() {
        return ().into_any();
    }
    view! {
        <ins class="mark-new">
            <span class="visually-hidden">{words().reading().sign_inserted}</span>
            {visible(text)}
        </ins>
    }
    .into_any()
}

/// A change of nothing but space would not be seen.
fn visible(text: &str) -> String {
    if !text.trim().is_empty() {
        return text.to_owned();
    }
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
        let side = |value: &Option<String>, mark: fn(&str) -> AnyView| match value {
            Some(value) => mark(value),
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
                <td>{side(&change.new, new)}</td>
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
