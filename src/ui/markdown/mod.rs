//! Draws a growing answer straight into the DOM.
//!
//! A reactive view compares what it drew with what it should draw; a long
//! answer would make that the costliest thing on the page. This view knows more:
//! settled blocks never change, so their nodes are never touched again, and in
//! the tail only the suffix that is new is appended.
//!
//! Nothing is ever parsed as HTML here: there are only elements made by name
//! and text nodes. Labels of buttons come from attributes, so `textContent` is
//! the answer's text as [`plain_text`] gives it and nothing else.

mod build;
mod clicks;
mod patch;

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::browser::page;
use crate::core::text::{BLOCK_GAP, Block, Document, plain_text};

pub use clicks::CopyButton;

use build::Maker;
use clicks::Clicks;

/// From how many settled blocks on those out of sight are left alone.
const MANY_BLOCKS: usize = 120;
/// How many are marked in one frame.
const STILL_AT_ONCE: usize = 12;

/// What can go wrong with a DOM call, as the browser tells it.
type Dom<T> = Result<T, JsValue>;

/// The words that the view puts into labels.
#[derive(Debug, Clone, Copy)]
pub struct MarkdownWords {
    /// Label of a code block's copy button.
    pub copy: &'static str,
    /// Its label after the copy succeeded.
    pub copied: &'static str,
    /// Label of the button that loads an image, given the image's host.
    pub load_image: fn(&str) -> String,
    /// Name of a table's scrolling frame.
    pub table: &'static str,
    /// Name of a code block's scrolling frame.
    pub code: &'static str,
    /// Name of a ticked box in a task list.
    pub done: &'static str,
    /// Name of an empty box in a task list.
    pub not_done: &'static str,
}

/// Takes a finished code block: its `<code>` element, language and text.
pub type OnCode = Rc<dyn Fn(Element, Option<String>, String)>;

/// Takes the text to copy and the button that asked for it.
pub type OnCopy = Rc<dyn Fn(String, CopyButton)>;

/// What the view asks of its owner.
#[derive(Clone)]
pub struct MarkdownActions {
    /// Puts a text on the clipboard.
    pub copy: OnCopy,
    /// Called once for each code block when it is settled, for highlighting;
    /// the answer may come any time later through [`apply_tokens`].
    pub code: Option<OnCode>,
}

/// The drawing of one [`Document`]. Dropping it takes its nodes and its
/// listener out of the page.
pub struct MarkdownView {
    root: Element,
    maker: Maker,
    actions: MarkdownActions,
    /// How many settled blocks are drawn.
    settled: usize,
    /// The tail as it is drawn.
    tail: Vec<Block>,
    /// The document's revision that is drawn.
    revision: Option<u64>,
    /// How many settled blocks are marked as still.
    still: usize,
    /// How many settled blocks a painted frame has laid out.
    laid_out: usize,
    /// Set if the browser refused a call: from then on the text is shown plain.
    plain: bool,
    _clicks: Clicks,
}

impl MarkdownView {
    /// Adds an empty view to `parent`.
    pub fn mount(
        parent: &Element,
        words: MarkdownWords,
        actions: MarkdownActions,
    ) -> Result<Self, JsValue> {
        let document = parent
            .owner_document()
            .ok_or_else(|| JsValue::from_str("an element without a document"))?;
        let maker = Maker { document, words };
        let root = maker.element("div", "md")?;
        parent.append_child(&root)?;
        let clicks = Clicks::listen(&root, &maker, &actions)?;
        let (settled, tail, plain) = (0, Vec::new(), false);
        Ok(Self {
            root,
            maker,
            actions,
            settled,
            tail,
            revision: None,
            still: 0,
            laid_out: 0,
            plain,
            _clicks: clicks,
        })
    }

    /// Draws what `document` has that is not drawn yet. `document` must be the
    /// one of the last call, grown or not; call [`MarkdownView::clear`] before
    /// another.
    pub fn update(&mut self, document: &Document) {
        if self.revision.replace(document.revision()) == Some(document.revision()) {
            return;
        }
        if !self.plain && self.draw(document).is_err() {
            self.plain = true;
        }
        if self.plain {
            let parts = [plain_text(document.settled()), plain_text(document.tail())];
            let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            self.root.set_text_content(Some(&parts.join(BLOCK_GAP)));
        }
    }

    /// Removes everything, ready for another document.
    pub fn clear(&mut self) {
        self.root.set_text_content(None);
        self.settled = 0;
        self.tail.clear();
        self.revision = None;
        (self.still, self.laid_out) = (0, 0);
        self.plain = false;
    }

    /// The element that holds the drawn blocks.
    pub fn root(&self) -> &Element {
        &self.root
    }

    fn draw(&mut self, document: &Document) -> Dom<()> {
        let fresh = document.settled().get(self.settled..).unwrap_or_default();
        let new: Vec<&Block> = fresh.iter().chain(document.tail()).collect();
        let old: Vec<&Block> = self.tail.iter().collect();
        self.maker
            .patch_blocks(&self.root, self.settled, BLOCK_GAP, &old, &new)?;
        self.announce_code(fresh)?;
        self.settled = document.settled().len();
        self.tail = document.tail().to_vec();
        self.mark_still()
    }

    /// Marks blocks that will not change, so that the browser need not lay out
    /// and paint those that are out of sight. Only once a frame has laid them
    /// out, for it must know how high they are.
    ///
    /// The browser watches each of them, which costs more than it saves while
    /// they are few.
    fn mark_still(&mut self) -> Dom<()> {
        if page::is_hidden() {
            return Ok(());
        }
        let last = if self.laid_out < MANY_BLOCKS {
            self.still
        } else {
            self.laid_out.min(self.still + STILL_AT_ONCE)
        };
        for index in self.still..last {
            if let Some(block) = patch::child(&self.root, patch::place(index))?.dyn_ref::<Element>()
            {
                block.set_class_name(&format!("{} md-still", block.class_name()));
            }
        }
        self.still = last;
        self.laid_out = self.settled;
        Ok(())
    }

    fn announce_code(&self, fresh: &[Block]) -> Dom<()> {
        let Some(on_code) = &self.actions.code else {
            return Ok(());
        };
        for (index, block) in fresh.iter().enumerate() {
            let mut codes = Vec::new();
            collect_code(block, &mut codes);
            if codes.is_empty() {
                continue;
            }
            let node = patch::child(&self.root, patch::place(self.settled + index))?;
            let Some(element) = node.dyn_ref::<Element>() else {
                continue;
            };
            let found = element.query_selector_all("pre > code")?;
            for (at, (lang, text)) in (0..).zip(codes) {
                if let Some(code) = found.item(at).and_then(|node| node.dyn_into().ok()) {
                    on_code(code, lang.map(str::to_owned), text.to_owned());
                }
            }
        }
        Ok(())
    }
}

impl Drop for MarkdownView {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// The code blocks in `block`, in document order.
fn collect_code<'a>(block: &'a Block, out: &mut Vec<(Option<&'a str>, &'a str)>) {
    match block {
        Block::Code { lang, text, .. } => out.push((lang.as_deref(), text)),
        Block::Quote(blocks) => blocks.iter().for_each(|block| collect_code(block, out)),
        Block::List { items, .. } => {
            for block in items.iter().flat_map(|item| &item.blocks) {
                collect_code(block, out);
            }
        }
        _ => {}
    }
}

/// Colours the text of `code`: each piece with a class name becomes a
/// `<span class="hl-…">`. Does nothing unless the pieces together are exactly
/// the text that is there, so it can never change what a person reads.
pub fn apply_tokens(code: &Element, pieces: &[(Option<&str>, &str)]) -> Result<(), JsValue> {
    let text: String = pieces.iter().map(|(_, text)| *text).collect();
    let Some(document) = code.owner_document() else {
        return Ok(());
    };
    if code.text_content().unwrap_or_default() != text {
        return Ok(());
    }
    let fragment = document.create_document_fragment();
    for (class, text) in pieces {
        let text = document.create_text_node(text);
        if let Some(class) = class {
            let span = document.create_element("span")?;
            span.set_class_name(&format!("hl-{class}"));
            span.append_child(&text)?;
            fragment.append_child(&span)?;
        } else {
            fragment.append_child(&text)?;
        }
    }
    code.set_text_content(None);
    code.append_child(&fragment)?;
    Ok(())
}
