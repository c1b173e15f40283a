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
    shell: HtmlElement,
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
        parent.replace_child(&place, &shell).ok()?;
        Some(Self {
            shell,
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
        if parent.replace_child(&self.shell, &self.place).is_err() {
            return;
        }
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
