//! New nodes for blocks and inlines. Each inline is exactly one node, and blocks,
//! items, rows and cells stand at even places with a gap between two, so that
//! the patcher finds every node by its place.

use web_sys::{Document, Element, Node};

use super::{Dom, MarkdownWords};
use crate::core::text::{Align, BLOCK_GAP, Block, CELL_GAP, Inline, Item, LINE_GAP, Row, SafeHref};

/// Makes elements and text nodes of one page.
#[derive(Clone)]
pub(super) struct Maker {
    pub(super) document: Document,
    pub(super) words: MarkdownWords,
}

impl Maker {
    pub(super) fn element(&self, tag: &str, class: &str) -> Dom<Element> {
        let element = self.document.create_element(tag)?;
        if !class.is_empty() {
            element.set_class_name(class);
        }
        Ok(element)
    }

    pub(super) fn text(&self, text: &str) -> Node {
        self.document.create_text_node(text).into()
    }

    pub(super) fn block(&self, block: &Block) -> Dom<Element> {
        match block {
            Block::Paragraph(inlines) => self.prose("p", "md-p", inlines),
            Block::Heading { level, inlines } => {
                // The page's own headings stand above those of an answer.
                let tag = format!("h{}", (level + 2).min(6));
                self.prose(&tag, &format!("md-h md-h{level}"), inlines)
            }
            Block::Code { lang, text, .. } => self.code(lang.as_deref(), text),
            Block::List {
                start,
                tight,
                items,
            } => self.list(*start, *tight, items),
            Block::Quote(blocks) => {
                let quote = self.element("blockquote", "md-quote")?;
                self.fill(&quote, BLOCK_GAP, blocks)?;
                Ok(quote)
            }
            Block::Table { align, head, rows } => self.table(align, head, rows),
            Block::Rule => self.element("hr", "md-rule"),
        }
    }

    /// Appends `blocks` to an empty container.
    fn fill(&self, parent: &Element, gap: &str, blocks: &[Block]) -> Dom<()> {
        for (index, block) in blocks.iter().enumerate() {
            self.gap(parent, index, gap)?;
            parent.append_child(&Node::from(self.block(block)?))?;
        }
        Ok(())
    }

    /// Appends the gap that stands before the part at `index`.
    pub(super) fn gap(&self, parent: &Node, index: usize, gap: &str) -> Dom<()> {
        if index > 0 {
            parent.append_child(&self.text(gap))?;
        }
        Ok(())
    }

    fn prose(&self, tag: &str, class: &str, inlines: &[Inline]) -> Dom<Element> {
        let element = self.element(tag, class)?;
        element.set_attribute("dir", "auto")?;
        self.inlines(&element, inlines)?;
        Ok(element)
    }

    fn code(&self, lang: Option<&str>, text: &str) -> Dom<Element> {
        let figure = self.element("figure", "md-code")?;
        let head = self.element("div", "md-code-head")?;
        set_lang(&head, lang)?;
        let button = self.element("button", "md-copy")?;
        button.set_attribute("type", "button")?;
        button.set_attribute("aria-label", self.words.copy)?;
        button.set_attribute("title", self.words.copy)?;
        button.append_child(&Node::from(self.icon()?))?;
        head.append_child(&button)?;
        figure.append_child(&head)?;
        let pre = self.element("pre", "md-pre")?;
        // Focusable, since a keyboard has no other way to scroll it sideways.
        pre.set_attribute("tabindex", "0")?;
        pre.set_attribute("role", "group")?;
        pre.set_attribute("aria-label", self.words.code)?;
        pre.set_attribute("dir", "ltr")?;
        let code = self.element("code", "")?;
        code.append_child(&self.text(text))?;
        pre.append_child(&code)?;
        figure.append_child(&pre)?;
        Ok(figure)
    }

    fn icon(&self) -> Dom<Element> {
        let icon = self.element("span", "md-icon")?;
        icon.set_attribute("aria-hidden", "true")?;
        Ok(icon)
    }

    fn list(
        &self,
        start: Option<u64>,
        tight: bool,
        items: &[std::sync::Arc<Item>],
    ) -> Dom<Element> {
        let list = self.element(if start.is_some() { "ol" } else { "ul" }, list_class(tight))?;
        set_start(&list, start)?;
        for (index, item) in items.iter().enumerate() {
            self.gap(&list, index, LINE_GAP)?;
            list.append_child(&Node::from(self.item(item)?))?;
        }
        Ok(list)
    }

    pub(super) fn item(&self, item: &Item) -> Dom<Element> {
        let li = self.element(
            "li",
            if item.task.is_some() {
                "md-item md-task"
            } else {
                "md-item"
            },
        )?;
        li.set_attribute("dir", "auto")?;
        if let Some(done) = item.task {
            let tick = self.element("input", "md-check")?;
            tick.set_attribute("type", "checkbox")?;
            tick.set_attribute("disabled", "")?;
            tick.set_attribute(
                "aria-label",
                if done {
                    self.words.done
                } else {
                    self.words.not_done
                },
            )?;
            if done {
                tick.set_attribute("checked", "")?;
            }
            li.append_child(&tick)?;
        }
        self.fill(&li, LINE_GAP, &item.blocks)?;
        Ok(li)
    }

    fn table(&self, align: &[Align], head: &Row, rows: &[std::sync::Arc<Row>]) -> Dom<Element> {
        let frame = self.element("div", "md-table")?;
        frame.set_attribute("tabindex", "0")?;
        frame.set_attribute("role", "group")?;
        frame.set_attribute("aria-label", self.words.table)?;
        let table = self.element("table", "")?;
        let thead = self.element("thead", "")?;
        thead.append_child(&Node::from(self.row("th", align, head)?))?;
        table.append_child(&thead)?;
        if !rows.is_empty() {
            let body = self.table_body(&table)?;
            for (index, row) in rows.iter().enumerate() {
                self.gap(&body, index, LINE_GAP)?;
                body.append_child(&Node::from(self.row("td", align, row)?))?;
            }
        }
        frame.append_child(&table)?;
        Ok(frame)
    }

    /// Appends a body to a table that has only its head.
    pub(super) fn table_body(&self, table: &Node) -> Dom<Element> {
        table.append_child(&self.text(LINE_GAP))?;
        let body = self.element("tbody", "")?;
        table.append_child(&body)?;
        Ok(body)
    }

    pub(super) fn row(&self, tag: &str, align: &[Align], cells: &Row) -> Dom<Element> {
        let row = self.element("tr", "")?;
        for (index, inlines) in cells.iter().enumerate() {
            self.gap(&row, index, CELL_GAP)?;
            let class = match align.get(index) {
                Some(Align::Left) => "md-left",
                Some(Align::Center) => "md-center",
                Some(Align::Right) => "md-right",
                Some(Align::Unset) | None => "",
            };
            let cell = self.prose(tag, class, inlines)?;
            if tag == "th" {
                cell.set_attribute("scope", "col")?;
            }
            row.append_child(&cell)?;
        }
        Ok(row)
    }

    pub(super) fn inlines(&self, parent: &Node, inlines: &[Inline]) -> Dom<()> {
        for inline in inlines {
            parent.append_child(&self.inline(inline)?)?;
        }
        Ok(())
    }

    pub(super) fn inline(&self, inline: &Inline) -> Dom<Node> {
        let (element, children) = match inline {
            Inline::Text(text) => return Ok(self.text(text)),
            Inline::SoftBreak => return Ok(self.text(LINE_GAP)),
            Inline::HardBreak => return self.line_break(),
            Inline::Code(text) => {
                let code = self.element("code", "md-inline")?;
                code.append_child(&self.text(text))?;
                return Ok(code.into());
            }
            Inline::Image { src, alt, title } => return self.image(src, alt, title.as_deref()),
            Inline::Strong(children) => (self.element("strong", "")?, children),
            Inline::Emphasis(children) => (self.element("em", "")?, children),
            Inline::Strike(children) => (self.element("del", "")?, children),
            Inline::Link {
                href,
                title,
                children,
            } => (self.link(href, title.as_deref())?, children),
        };
        self.inlines(&element, children)?;
        Ok(element.into())
    }

    /// A break with a line end in its text, which a bare `<br>` lacks.
    fn line_break(&self) -> Dom<Node> {
        let span = self.element("span", "md-br")?;
        span.append_child(&Node::from(self.element("br", "")?))?;
        span.append_child(&self.text(LINE_GAP))?;
        Ok(span.into())
    }

    fn link(&self, href: &SafeHref, title: Option<&str>) -> Dom<Element> {
        let link = self.element("a", "md-link")?;
        link.set_attribute("href", href.as_str())?;
        link.set_attribute("target", "_blank")?;
        link.set_attribute("rel", "noopener noreferrer nofollow")?;
        link.set_attribute("referrerpolicy", "no-referrer")?;
        if let Some(title) = title {
            link.set_attribute("title", title)?;
        }
        Ok(link)
    }

    /// A button in place of the image, and its alternative text.
    fn image(&self, src: &SafeHref, alt: &str, title: Option<&str>) -> Dom<Node> {
        let frame = self.element("span", "md-figure")?;
        let button = self.element("button", "md-image")?;
        let label = (self.words.load_image)(src.host().unwrap_or_default());
        button.set_attribute("type", "button")?;
        button.set_attribute("data-src", src.as_str())?;
        button.set_attribute("data-label", &label)?;
        button.set_attribute("aria-label", &label)?;
        button.set_attribute("title", title.unwrap_or_else(|| src.as_str()))?;
        frame.append_child(&button)?;
        let caption = self.element("span", "md-alt")?;
        caption.append_child(&self.text(alt))?;
        frame.append_child(&caption)?;
        Ok(frame.into())
    }
}

pub(super) fn list_class(tight: bool) -> &'static str {
    if tight { "md-list md-tight" } else { "md-list" }
}

/// States the first number of an ordered list that does not start at 1.
pub(super) fn set_start(list: &Element, start: Option<u64>) -> Dom<()> {
    match start {
        Some(start) if start != 1 => list.set_attribute("start", &start.to_string()),
        _ => list.remove_attribute("start"),
    }
}

/// Names the language for the style sheet to show.
pub(super) fn set_lang(head: &Element, lang: Option<&str>) -> Dom<()> {
    match lang {
        Some(lang) => head.set_attribute("data-lang", lang),
        None => head.remove_attribute("data-lang"),
    }
}
