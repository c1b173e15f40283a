//! The focus on a change, while the marks around it are drawn anew.

use crate::{browser::page, ui::kit::focus};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusOptions, HtmlElement};

/// Where the focus is within marks. A change that stays keeps its node; for one
/// that is replaced, the focus goes to what stands in its place, and nothing
/// scrolls.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    marks: NodeRef<html::Div>,
    /// The change, and where it begins in the text that grows.
    at: StoredValue<Option<(Element, usize)>, LocalStorage>,
}

impl Kept {
    pub(super) fn new(marks: NodeRef<html::Div>) -> Self {
        Self {
            marks,
            at: StoredValue::new_local(None),
        }
    }

    /// A change got the focus.
    pub(super) fn came(self, event: &web_sys::FocusEvent) {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let change = target.and_then(|it| it.closest("[data-change]").ok().flatten());
        self.at.try_set_value(change.map(|change| {
            let begins = begins(&change);
            (change, begins)
        }));
    }

    /// It lost the focus: forgotten, unless it left the page with it.
    pub(super) fn went(self) {
        // Marks that are taken away lose the focus after all else of them.
        let at = self.at.try_get_value().flatten();
        let left = at.map(|(change, _)| change);
        request_animation_frame(move || {
            let is_deliberate = left.as_ref().is_some_and(|change| change.is_connected());
            self.at.try_update_value(|at| {
                let is_same = at.as_ref().map(|(change, _)| change) == left.as_ref();
                if is_deliberate && is_same && !has_focus(left.as_ref()) {
                    *at = None;
                }
            });
        });
    }

    /// Once the marks are drawn: the focus goes back to where it was.
    pub(super) fn restore_later(self) {
        request_animation_frame(move || {
            let at = self.at.try_get_value().flatten();
            let Some((_, begins)) = at.filter(|(change, _)| !change.is_connected()) else {
                return;
            };
            self.at.try_set_value(None);
            if !focus::is_lost() {
                return;
            }
            let marks = self.marks.try_get_untracked().flatten();
            if let Some(near) = marks.and_then(|marks| nearest(&marks, begins)) {
                let still = FocusOptions::new();
                still.set_prevent_scroll(true);
                near.focus_with_options(&still).ok();
            }
        });
    }
}

fn has_focus(element: Option<&Element>) -> bool {
    let active = page::document().and_then(|document| document.active_element());
    element.is_some() && active.as_ref() == element
}

/// Where a change begins in the text that grows.
fn begins(change: &Element) -> usize {
    let begins = change.get_attribute("data-begins");
    begins
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

/// The change that begins nearest to a place.
fn nearest(marks: &Element, to: usize) -> Option<HtmlElement> {
    let all = marks.query_selector_all("[data-change]").ok()?;
    let all = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok());
    all.min_by_key(|change| begins(change).abs_diff(to))
}
