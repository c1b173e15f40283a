//! A text that only grows, as one text node: only what is new is appended.

use crate::browser::page;

/// How much of a text is on the page, and where.
#[derive(Default)]
pub struct GrowingText {
    seen: usize,
    node: Option<web_sys::Text>,
}

impl GrowingText {
    /// How many bytes of the text are on the page.
    pub fn seen(&self) -> usize {
        self.seen
    }

    /// Appends to `parent` what came after the first [`Self::seen`] bytes.
    pub fn append(&mut self, parent: &web_sys::Element, grown: &str) {
        if grown.is_empty() {
            return;
        }
        self.seen += grown.len();
        if let Some(node) = &self.node {
            node.append_data(grown).ok();
        } else if let Some(document) = page::document() {
            let node = document.create_text_node(grown);
            parent.append_child(&node).ok();
            self.node = Some(node);
        }
    }
}
