//! Scrolling together: the answers are level by their headings.

use crate::{
    browser::page,
    core::align::{Column, Heading, beside},
};
use std::cell::RefCell;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

thread_local! {
    /// Where answers were scrolled to by this module: their own event of that
    /// is no wish of the person and must not scroll the others back.
    static SENT: RefCell<Vec<(HtmlElement, i32)>> = const { RefCell::new(Vec::new()) };
}

/// Scrolls all other answers to the place beside the one that `body` shows.
pub fn scroll_others(body: &HtmlElement) {
    if is_echo(body) || follows_its_end(body) {
        return;
    }
    let Some(Ok(all)) = page::document().map(|page| page.query_selector_all(".pane-body")) else {
        return;
    };
    let ours = column(body);
    if ours.range <= 0.0 {
        return;
    }
    let top = f64::from(body.scroll_top());
    for at in 0..all.length() {
        let other = all
            .get(at)
            .and_then(|node| node.dyn_into::<HtmlElement>().ok());
        let Some(other) = other.filter(|other| other != body) else {
            continue;
        };
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let wanted = beside(&ours, &column(&other), top).round() as i32;
        let before = other.scroll_top();
        if (before - wanted).abs() <= 1 {
            continue;
        }
        other.set_scroll_top(wanted);
        let reached = other.scroll_top();
        // What did not move has no event to come.
        if reached != before {
            SENT.with_borrow_mut(|sent| {
                sent.retain(|(known, _)| *known != other && known.is_connected());
                sent.push((other, reached));
            });
        }
    }
}

/// Brings the beginning of the last answer's marks into view, where the pane had
/// followed its answer to the end: the marks take another room, and what was in
/// view would be anywhere in them.
pub(super) fn to_begin(marks: &Element) {
    let closest = |selector: &str| marks.closest(selector).ok().flatten();
    let is_last = closest(".turn").is_some_and(|turn| turn.next_element_sibling().is_none());
    let Some(body) = closest(".pane-body").filter(|_| is_last) else {
        return;
    };
    let below = marks.get_bounding_client_rect().top() - body.get_bounding_client_rect().top();
    if below < 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        body.set_scroll_top(body.scroll_top() + below.floor() as i32);
    }
}

/// Whether an answer stands where it was scrolled to from here.
fn is_echo(body: &HtmlElement) -> bool {
    SENT.with_borrow_mut(|sent| {
        let place = sent.iter().position(|(known, _)| known == body);
        let found = place.map(|place| sent.swap_remove(place));
        found.is_some_and(|(_, top)| (body.scroll_top() - top).abs() <= 1)
    })
}

/// Whether an answer is scrolled along by its own growth: whoever reads another
/// one must not be taken away from it.
fn follows_its_end(body: &HtmlElement) -> bool {
    let rest = body.scroll_height() - body.client_height() - body.scroll_top();
    let growing = "[data-phase=thinking], [data-phase=answering]";
    rest <= 1 && body.closest(growing).is_ok_and(|pane| pane.is_some())
}

/// An answer as it is laid out: the headings of its last turn that are in view
/// at all, for those of earlier turns are other questions.
fn column(body: &HtmlElement) -> Column {
    let range = f64::from(body.scroll_height() - body.client_height()).max(0.0);
    // A place to begin the last turn at, whatever it says.
    let mut headings = Vec::new();
    let turns = body.query_selector_all(".turn").ok();
    let begin = body.get_bounding_client_rect().top() - f64::from(body.scroll_top());
    let top = |element: &Element| element.get_bounding_client_rect().top() - begin;
    for at in 0..turns.as_ref().map_or(0, web_sys::NodeList::length) {
        let turn = turns.as_ref().and_then(|turns| turns.get(at));
        let Some(turn) = turn.and_then(|turn| turn.dyn_into::<Element>().ok()) else {
            continue;
        };
        if at > 0 {
            headings.push(Heading {
                top: top(&turn),
                text: format!("turn {at}"),
            });
        }
        let Ok(found) = turn.query_selector_all(".md-h, .marked-h") else {
            continue;
        };
        for at in 0..found.length() {
            let heading = found
                .get(at)
                .and_then(|node| node.dyn_into::<Element>().ok());
            // A hidden one has no boxes.
            let Some(heading) = heading.filter(|one| one.get_bounding_client_rect().height() > 0.0)
            else {
                continue;
            };
            headings.push(Heading {
                top: top(&heading),
                text: heading.text_content().unwrap_or_default(),
            });
        }
    }
    Column { headings, range }
}
