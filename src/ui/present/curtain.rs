//! Takes the page out of the document, and puts it back as it was.
//!
//! Its nodes live on, so nothing that was typed is lost, not even a key that was
//! not saved; and what still streams is drawn into them.

use crate::browser::page;
use web_sys::{Element, HtmlElement, Node};

/// What scrolls in the page, and would forget where it was.
const SCROLLING: &str = ".panes, .pane-body, .score-scroll, .start";

/// The page, out of the document. Dropping it puts the page back.
pub(super) struct Curtain {
    /// Holds it meanwhile, so that whatever takes its place in the page finds
    /// a place.
    away: Element,
    place: Node,
    scrolled: Vec<(HtmlElement, i32, i32)>,
    focused: Option<Element>,
}

impl Curtain {
    /// Takes the page out; `None` where there is none.
    pub(super) fn draw() -> Option<Self> {
        let document = page::document()?;
        let shell = page::query(".shell")?;
        let parent = shell.parent_node()?;
        let focused = document.active_element();
        let scrolled = page::query_all(SCROLLING)
            .into_iter()
            .map(|it| (it.scroll_left(), it.scroll_top(), it))
            .map(|(left, top, it)| (it, left, top))
            .collect();
        let place: Node = document.create_text_node("").into();
        let away = document.create_element("div").ok()?;
        parent.replace_child(&place, &shell).ok()?;
        away.append_child(&shell).ok()?;
        Some(Self {
            away,
            place,
            scrolled,
            focused,
        })
    }
}

impl Drop for Curtain {
    fn drop(&mut self) {
        let Some(parent) = self.place.parent_node() else {
            return;
        };
        while let Some(node) = self.away.first_child() {
            if parent.insert_before(&node, Some(&self.place)).is_err() {
                return;
            }
        }
        parent.remove_child(&self.place).ok();
        for (element, left, top) in &self.scrolled {
            element.set_scroll_left(*left);
            element.set_scroll_top(*top);
        }
        let focused = self.focused.take();
        if let Some(focused) =
            focused.and_then(|it| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(it).ok())
        {
            focused.focus().ok();
        }
    }
}
