//! The inline half of the builder: runs of text, links and images.

use pulldown_cmark::{Event, LinkType, Tag};

use super::autolink::link_bare;
use super::href::SafeHref;
use super::parse::{Builder, MAX_DEPTH};
use super::plain::inline_text;
use super::tree::Inline;

impl Builder<'_> {
    /// Inlines up to the end of their container.
    pub(super) fn inlines(&mut self, depth: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        let mut dissolved = 0_usize;
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::End(_) if dissolved == 0 => break,
                Event::End(_) => dissolved -= 1,
                Event::Start(_) if depth >= 2 * MAX_DEPTH => dissolved += 1,
                Event::Start(tag) => self.inline_tag(tag, depth, &mut inlines),
                other => self.leaf(other, &mut inlines),
            }
        }
        if self.in_link {
            inlines
        } else {
            link_bare(inlines)
        }
    }

    pub(super) fn inline_tag(&mut self, tag: Tag<'_>, depth: usize, out: &mut Vec<Inline>) {
        match tag {
            Tag::Strong => out.push(Inline::Strong(self.inlines(depth + 1))),
            Tag::Emphasis => out.push(Inline::Emphasis(self.inlines(depth + 1))),
            Tag::Strikethrough => out.push(Inline::Strike(self.inlines(depth + 1))),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let target = if link_type == LinkType::Email {
                    format!("mailto:{dest_url}")
                } else {
                    dest_url.into_string()
                };
                self.link(&target, &title, depth, out);
            }
            Tag::Image {
                dest_url, title, ..
            } => self.image(&dest_url, &title, depth, out),
            _ => append(out, self.inlines(depth + 1)),
        }
    }

    fn link(&mut self, target: &str, title: &str, depth: usize, out: &mut Vec<Inline>) {
        let href = SafeHref::parse(target).filter(|_| !self.in_link);
        let outer = self.in_link;
        self.in_link |= href.is_some();
        let mut children = self.inlines(depth + 1);
        self.in_link = outer;
        let Some(href) = href else {
            append(out, children);
            return;
        };
        if plain(&children).is_empty() {
            children = vec![Inline::Text(href.as_str().to_owned())];
        }
        out.push(Inline::Link {
            href,
            title: some_text(title),
            children,
        });
    }

    /// An image inside a link is its alternative text: what loads on a click
    /// cannot stand inside what navigates on a click.
    fn image(&mut self, target: &str, title: &str, depth: usize, out: &mut Vec<Inline>) {
        let outer = std::mem::replace(&mut self.in_link, true);
        let alt = plain(&self.inlines(depth + 1));
        self.in_link = outer;
        match SafeHref::parse_web(target).filter(|_| !outer) {
            Some(src) => out.push(Inline::Image {
                src,
                alt,
                title: some_text(title),
            }),
            None => push_text(out, &alt),
        }
    }

    pub(super) fn leaf(&mut self, event: Event<'_>, out: &mut Vec<Inline>) {
        match event {
            Event::Text(text) => push_text(out, &text),
            Event::Code(code) => out.push(Inline::Code(code.into_string())),
            Event::InlineMath(math) => push_text(out, &format!("${math}$")),
            Event::DisplayMath(math) => push_text(out, &format!("$${math}$$")),
            Event::InlineHtml(html) if is_line_break(&html) => out.push(Inline::HardBreak),
            Event::InlineHtml(html) | Event::Html(html) => push_text(out, &html),
            Event::SoftBreak => out.push(Inline::SoftBreak),
            Event::HardBreak => out.push(Inline::HardBreak),
            Event::TaskListMarker(done) => self.task = Some(done),
            _ => {}
        }
    }
}

pub(super) fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn is_line_break(html: &str) -> bool {
    let name = html
        .trim_start_matches('<')
        .trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

pub(super) fn push_text(out: &mut Vec<Inline>, text: &str) {
    if let Some(Inline::Text(last)) = out.last_mut() {
        last.push_str(text);
    } else if !text.is_empty() {
        out.push(Inline::Text(text.to_owned()));
    }
}

/// Appends a run of inlines, keeping texts joined where they meet.
fn append(out: &mut Vec<Inline>, run: Vec<Inline>) {
    for inline in run {
        match inline {
            Inline::Text(text) => push_text(out, &text),
            other => out.push(other),
        }
    }
}

fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    inline_text(inlines, &mut text);
    text
}

fn some_text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
