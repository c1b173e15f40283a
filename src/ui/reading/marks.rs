//! Marks: what is gone is struck through, what is new is underlined, and each
//! has a sign for those who see neither.

use super::{compared::Compared, kept::Kept};
use crate::{
    core::diff::{Part, PathChange, Stretch, What, parts},
    ui::kit::Each,
    words::words,
};
use leptos::{html, prelude::*};

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

/// What tells a part from all others. It holds all that is drawn of it, so that
/// what stays as it was keeps its node while an answer grows, and with it the
/// focus and a selection.
fn key(part: &Part) -> String {
    format!("{part:?}")
}

fn drawn(part: Part, shown: Shown, of: Memo<usize>) -> AnyView {
    match part.what {
        What::Same(text) => stretches(text, false),
        What::Changed {
            number,
            removed,
            inserted,
        } => changed(number, (removed, inserted), part.new, shown, of),
    }
}

/// Text as it is shown; headings only where they stand unmarked, for the eye and
/// for scrolling together.
fn stretches(parts: Vec<(String, Stretch)>, is_marked: bool) -> AnyView {
    // A change of nothing but space would not be seen.
    if is_marked && parts.iter().all(|(text, _)| text.trim().is_empty()) {
        return visible(&joined(&parts)).into_any();
    }
    let parts = parts.into_iter().map(|(text, kind)| match kind {
        Stretch::Code => view! { <span class="marked-code">{text}</span> }.into_any(),
        Stretch::Heading if !is_marked => view! { <span class="marked-h">{text}</span> }.into_any(),
        _ => text.into_any(),
    });
    parts.collect_view().into_any()
}

/// Its text.
fn joined(parts: &[(String, Stretch)]) -> String {
    parts.iter().map(|(text, _)| text.as_str()).collect()
}

/// Two texts with their marks, kept up to date while one of them grows. Each
/// change takes the focus and has its number in `data-change`.
pub fn text(compared: Signal<Option<Compared>>, shown: Shown) -> AnyView {
    let of = Memo::new(move |_| compared.with(|all| all.as_ref().map_or(0, Compared::changes)));
    let each = move || match compared.get() {
        Some(Compared::Words { diff, old, new }) => parts(&diff, &old, &new),
        _ => Vec::new(),
    };
    let node = NodeRef::<html::Div>::new();
    let kept = Kept::new(node);
    Effect::new(move |_| {
        compared.track();
        kept.restore_later();
    });
    view! {
        <div
            class="marked"
            node_ref=node
            role="group"
            aria-label=words().reading().marks
            data-testid="marks"
            on:focusin=move |event| kept.came(&event)
            on:focusout=move |_| kept.went()
        >
            <Each each key=key children=move |part| drawn(part, shown, of) />
        </div>
    }
    .into_any()
}

/// Texts, and what each is part of.
type Stretches = Vec<(String, Stretch)>;

fn changed(
    number: usize,
    (removed, inserted): (Stretches, Stretches),
    begins: usize,
    shown: Shown,
    of: Memo<usize>,
) -> AnyView {
    let (old, new) = (short(&joined(&removed)), short(&joined(&inserted)));
    let label = move || said((number, of.get()), &old, &new);
    let removed =
        (shown != Shown::New && !removed.is_empty()).then(|| gone(stretches(removed, true)));
    let inserted =
        (shown != Shown::Old && !inserted.is_empty()).then(|| added(stretches(inserted, true)));
    // On its own side a text lacks what only the other has.
    let is_there = removed.is_some() || inserted.is_some();
    is_there
        .then(|| {
            view! {
                <span
                    class="change"
                    role="group"
                    tabindex="-1"
                    data-change=number.to_string()
                    data-begins=begins.to_string()
                    aria-label=label
                >
                    {removed}
                    {inserted}
                </span>
            }
        })
        .into_any()
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

/// A change in a sentence; its texts are short already.
fn said((at, of): (usize, usize), removed: &str, inserted: &str) -> String {
    (words().reading().change)(at + 1, of, removed, inserted)
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
        let text = |value: &Option<String>| short(value.as_deref().unwrap_or_default());
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
