//! Turns the drawn tail into the new one with as few changes as can be.

use std::borrow::Borrow;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CharacterData, Element, Node};

use super::Dom;
use super::build::{Maker, list_class, set_lang, set_start};
use crate::core::text::{Align, BLOCK_GAP, Block, Inline, Item, LINE_GAP, Row};

/// The place among its siblings of the part at `index`: a gap stands between two.
pub(super) fn place(index: usize) -> usize {
    2 * index
}

/// The child of `parent` at `place`.
pub(super) fn child(parent: &Node, place: usize) -> Dom<Node> {
    u32::try_from(place)
        .ok()
        .and_then(|place| parent.child_nodes().item(place))
        .ok_or_else(|| JsValue::from_str("a drawn node is gone"))
}

fn element(parent: &Node, place: usize) -> Dom<Element> {
    child(parent, place)?.dyn_into().map_err(JsValue::from)
}

impl Maker {
    /// Patches the blocks of `parent` from the one at `from` on.
    pub(super) fn patch_blocks(
        &self,
        parent: &Element,
        from: usize,
        gap: &str,
        old: &[&Block],
        new: &[&Block],
    ) -> Dom<()> {
        let parts = Parts {
            parent,
            from,
            shift: 0,
            gap,
        };
        self.patch_parts(
            &parts,
            old,
            new,
            |node, old, new| self.patch_block(node, old, new),
            |block| self.block(block),
        )
    }

    /// Patches parts that stand with gaps between them.
    fn patch_parts<T: PartialEq>(
        &self,
        parts: &Parts<'_>,
        old: &[T],
        new: &[T],
        patch: impl Fn(&Element, &T, &T) -> Dom<bool>,
        build: impl Fn(&T) -> Dom<Element>,
    ) -> Dom<()> {
        for (index, (old, new)) in old.iter().zip(new).enumerate() {
            if old != new {
                let node = element(parts.parent, parts.place(index))?;
                if !patch(&node, old, new)? {
                    parts
                        .parent
                        .replace_child(&Node::from(build(new)?), &node)?;
                }
            }
        }
        parts.trim(old.len(), new.len())?;
        for (index, new) in new.iter().enumerate().skip(old.len()) {
            self.gap(parts.parent, parts.from + index, parts.gap)?;
            parts.parent.append_child(&Node::from(build(new)?))?;
        }
        Ok(())
    }

    /// False if the two are of different kinds and the node must be replaced.
    fn patch_block(&self, node: &Element, old: &Block, new: &Block) -> Dom<bool> {
        match (old, new) {
            (Block::Paragraph(old), Block::Paragraph(new)) => self.patch_inlines(node, old, new)?,
            (
                Block::Heading {
                    level,
                    inlines: old,
                },
                Block::Heading {
                    level: new_level,
                    inlines: new,
                },
            ) if level == new_level => self.patch_inlines(node, old, new)?,
            (
                Block::Code { text: old, .. },
                Block::Code {
                    lang, text: new, ..
                },
            ) => {
                set_lang(&element(node, 0)?, lang.as_deref())?;
                let code = child(&child(node, 1)?, 0)?;
                patch_text(&child(&code, 0)?, old, new)?;
            }
            (
                Block::List {
                    start: old_start,
                    items: old,
                    ..
                },
                Block::List {
                    start,
                    tight,
                    items: new,
                },
            ) if old_start.is_some() == start.is_some() => {
                set_start(node, *start)?;
                node.set_class_name(list_class(*tight));
                let parts = Parts {
                    parent: node,
                    from: 0,
                    shift: 0,
                    gap: LINE_GAP,
                };
                self.patch_parts(
                    &parts,
                    old,
                    new,
                    |node, old, new| self.patch_item(node, old, new),
                    |item| self.item(item),
                )?;
            }
            (Block::Quote(old), Block::Quote(new)) => {
                self.patch_nested(node, 0, BLOCK_GAP, old, new)?;
            }
            (
                Block::Table {
                    align: old_align,
                    head: old_head,
                    rows: old,
                },
                Block::Table {
                    align,
                    head,
                    rows: new,
                },
            ) if old_align == align => {
                let table = element(node, 0)?;
                let row = element(&child(&table, 0)?, 0)?;
                self.patch_row(&row, "th", align, old_head, head)?;
                self.patch_rows(&table, align, old, new)?;
            }
            (Block::Rule, Block::Rule) => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn patch_nested(
        &self,
        parent: &Element,
        shift: usize,
        gap: &str,
        old: &[Block],
        new: &[Block],
    ) -> Dom<()> {
        let parts = Parts {
            parent,
            from: 0,
            shift,
            gap,
        };
        self.patch_parts(
            &parts,
            old,
            new,
            |node, old, new| self.patch_block(node, old, new),
            |block| self.block(block),
        )
    }

    fn patch_item(&self, node: &Element, old: &Item, new: &Item) -> Dom<bool> {
        if old.task != new.task {
            return Ok(false);
        }
        let shift = usize::from(new.task.is_some());
        self.patch_nested(node, shift, LINE_GAP, &old.blocks, &new.blocks)?;
        Ok(true)
    }

    fn patch_rows<R: Borrow<Row> + PartialEq>(
        &self,
        table: &Element,
        align: &[Align],
        old: &[R],
        new: &[R],
    ) -> Dom<()> {
        let body = match (old.is_empty(), new.is_empty()) {
            (true, true) => return Ok(()),
            (true, false) => self.table_body(table)?,
            (false, _) => element(table, 2)?,
        };
        if new.is_empty() {
            table.remove_child(&child(table, 1)?)?;
            body.remove();
            return Ok(());
        }
        let parts = Parts {
            parent: &body,
            from: 0,
            shift: 0,
            gap: LINE_GAP,
        };
        self.patch_parts(
            &parts,
            old,
            new,
            |node, old, new| self.patch_row(node, "td", align, old.borrow(), new.borrow()),
            |row| self.row("td", align, row.borrow()),
        )
    }

    fn patch_row(
        &self,
        row: &Element,
        tag: &str,
        align: &[Align],
        old: &Row,
        new: &Row,
    ) -> Dom<bool> {
        if old.len() != new.len() {
            let fresh = self.row(tag, align, new)?;
            row.replace_with_with_node_1(&fresh)?;
            return Ok(true);
        }
        for (index, (old, new)) in old.iter().zip(new).enumerate() {
            if old != new {
                self.patch_inlines(&child(row, place(index))?, old, new)?;
            }
        }
        Ok(true)
    }

    fn patch_inlines(&self, parent: &Node, old: &[Inline], new: &[Inline]) -> Dom<()> {
        for (index, (old, new)) in old.iter().zip(new).enumerate() {
            if old != new {
                let node = child(parent, index)?;
                if !self.patch_inline(&node, old, new)? {
                    parent.replace_child(&self.inline(new)?, &node)?;
                }
            }
        }
        for _ in new.len()..old.len() {
            remove_last(parent)?;
        }
        self.inlines(parent, new.get(old.len()..).unwrap_or_default())
    }

    fn patch_inline(&self, node: &Node, old: &Inline, new: &Inline) -> Dom<bool> {
        match (old, new) {
            (Inline::Text(old), Inline::Text(new)) => patch_text(node, old, new)?,
            (Inline::Code(old), Inline::Code(new)) => patch_text(&child(node, 0)?, old, new)?,
            (Inline::Strong(old), Inline::Strong(new))
            | (Inline::Emphasis(old), Inline::Emphasis(new))
            | (Inline::Strike(old), Inline::Strike(new)) => self.patch_inlines(node, old, new)?,
            (
                Inline::Link {
                    href,
                    title,
                    children: old,
                },
                Inline::Link {
                    href: new_href,
                    title: new_title,
                    children: new,
                },
            ) if href == new_href && title == new_title => self.patch_inlines(node, old, new)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// A run of parts at even places, after `shift` other nodes.
struct Parts<'a> {
    parent: &'a Element,
    /// Index of the first part that may change.
    from: usize,
    shift: usize,
    gap: &'a str,
}

impl Parts<'_> {
    fn place(&self, index: usize) -> usize {
        self.shift + place(self.from + index)
    }

    /// Removes the last parts, with their gaps, down to `keep` of `count`.
    fn trim(&self, count: usize, keep: usize) -> Dom<()> {
        for index in (keep..count).rev() {
            remove_last(self.parent)?;
            if self.from + index > 0 {
                remove_last(self.parent)?;
            }
        }
        Ok(())
    }
}

fn remove_last(parent: &Node) -> Dom<()> {
    if let Some(last) = parent.last_child() {
        parent.remove_child(&last)?;
    }
    Ok(())
}

/// Appends what is new, so that the browser lays out only that and a selection
/// in the old text survives.
fn patch_text(node: &Node, old: &str, new: &str) -> Dom<()> {
    let data: &CharacterData = node
        .dyn_ref()
        .ok_or_else(|| JsValue::from_str("not a text"))?;
    match new.strip_prefix(old) {
        Some("") => Ok(()),
        Some(suffix) => data.append_data(suffix),
        None => {
            data.set_data(new);
            Ok(())
        }
    }
}
