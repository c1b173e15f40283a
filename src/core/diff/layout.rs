//! What of an answer's source is code and what is a heading, so that it can be
//! shown as such where its marks are.

use std::ops::Range;

/// What a stretch of source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// Anything else.
    Text,
    /// A whole line that is a heading.
    Heading,
    /// Lines of a fenced block, with its fences.
    Code,
}

/// A text by lines of one kind, from beginning to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout(Vec<(Range<usize>, Stretch)>);

impl Layout {
    /// The layout of Markdown, which may end anywhere.
    pub fn of(text: &str) -> Self {
        let mut stretches: Vec<(Range<usize>, Stretch)> = Vec::new();
        let mut fence: Option<(char, usize)> = None;
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            let found = fence_of(line);
            let kind = match (fence, found) {
                (None, None) if is_heading(line) => Stretch::Heading,
                (None, None) => Stretch::Text,
                (None, Some((sign, count, _))) => {
                    fence = Some((sign, count));
                    Stretch::Code
                }
                (Some((sign, count)), Some((other, others, is_bare))) => {
                    if sign == other && others >= count && is_bare {
                        fence = None;
                    }
                    Stretch::Code
                }
                (Some(_), None) => Stretch::Code,
            };
            match stretches.last_mut() {
                Some((range, last)) if *last == kind && kind != Stretch::Heading => range.end = end,
                _ => stretches.push((start..end, kind)),
            }
            start = end;
        }
        Self(stretches)
    }

    /// The parts of a range of the text. A heading that the range does not hold
    /// whole is text there.
    pub fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Stretch)> {
        let first = self.0.partition_point(|(own, _)| own.end <= range.start);
        let own = self.0.get(first..).unwrap_or_default().iter();
        own.take_while({
            let range = range.clone();
            move |(own, _)| !range.is_empty() && own.start < range.end
        })
        .map(move |(own, kind)| {
            let part = own.start.max(range.start)..own.end.min(range.end);
            let is_cut = *kind == Stretch::Heading && part != *own;
            (part, if is_cut { Stretch::Text } else { *kind })
        })
    }
}

/// The sign and length of a line's fence, and whether nothing follows it.
fn fence_of(line: &str) -> Option<(char, usize, bool)> {
    let trimmed = line.trim_start();
    let sign = trimmed
        .chars()
        .next()
        .filter(|sign| ['`', '~'].contains(sign))?;
    let rest = trimmed.trim_start_matches(sign);
    let count = trimmed.len() - rest.len();
    (count >= 3).then(|| (sign, count, rest.trim().is_empty()))
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
}
