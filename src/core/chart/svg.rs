//! Charts as SVG text that stands by itself: the race of the phase bars, and
//! bars of figures. Colours are attributes, so that a page can override them by
//! class; without a page the chart is light.

use super::{Unit, axis::axis};
use crate::core::{
    real::fixed,
    run::{Segment, SegmentKind},
};

/// One bar of the race.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Whose it is.
    pub name: String,
    /// The colour of the pane, by its place from 0.
    pub accent: usize,
    /// Its parts, from 0 ms on; none where the run has no end.
    pub segments: Vec<Segment>,
    /// What is written behind it.
    pub end: String,
}

/// Phase bars on one axis.
#[derive(Debug, Clone)]
pub struct Race {
    /// What it shows.
    pub title: String,
    /// A bar for each run, in order.
    pub lanes: Vec<Lane>,
    /// What a part is called.
    pub segment: fn(SegmentKind) -> &'static str,
    /// The sign of a unit.
    pub unit: fn(Unit) -> &'static str,
}

impl PartialEq for Race {
    fn eq(&self, other: &Self) -> bool {
        self.title == other.title && self.lanes == other.lanes
    }
}

/// A figure as a bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Whose it is.
    pub name: String,
    /// The colour of the pane, by its place from 0.
    pub accent: usize,
    /// The figure; `None` where it is unknown, which has no bar.
    pub value: Option<f64>,
    /// What is written behind it.
    pub text: String,
}

/// Bars of one figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// Which figure.
    pub title: String,
    /// A bar for each run, in order.
    pub bars: Vec<Bar>,
}

const WIDTH: f64 = 760.0;
const LEFT: f64 = 210.0;
const RIGHT: f64 = 92.0;
const ROW: f64 = 30.0;
const BAR: f64 = 14.0;
const PAD: f64 = 16.0;
/// How wide a name beside a bar may be.
const NAME_WIDTH: f64 = LEFT - 16.0;
const INK: &str = "#1d1f21";
const INK_2: &str = "#505459";
const LINE: &str = "#d9d4ca";
const SURFACE: &str = "#fbfaf7";
/// The panes' colours, as in `style/tokens.css`.
const ACCENTS: [&str; 8] = [
    "#0072b2", "#d55e00", "#009e73", "#a64d79", "#b08a00", "#5b8a1a", "#6b6f73", "#7a5195",
];
const KINDS: [SegmentKind; 4] = [
    SegmentKind::Headers,
    SegmentKind::Waiting,
    SegmentKind::Thinking,
    SegmentKind::Answering,
];

/// Text for an attribute or between tags.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(c),
            // No XML may hold them, and no HTML should.
            control if control.is_control() => out.push('\u{fffd}'),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

/// About how wide a text is, in the widest of the usual fonts (`DejaVu Sans`): of
/// others it takes less.
fn width_of(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// Of one letter, as a share of the font's size.
fn advance(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | ' ' | '!' => 0.33,
        'f' | 't' | 'r' | '-' | '/' | '(' | ')' | '[' | ']' | 'I' | 'J' => 0.42,
        'm' | 'M' | 'W' | 'w' | '@' | '%' | '…' | '—' => 0.98,
        'A'..='Z' | '+' | '=' | '<' | '>' | '~' | '#' | '&' | '_' => 0.8,
        small if small.is_ascii() => 0.65,
        // Scripts of full width; others take less.
        _ => 1.0,
    }
}

fn shortened(name: &str) -> String {
    const SIZE: f64 = 13.0;
    if width_of(name, SIZE) <= NAME_WIDTH {
        return name.to_owned();
    }
    let mut left = NAME_WIDTH - width_of("…", SIZE);
    let cut: String = name
        .chars()
        .take_while(|letter| {
            left -= advance(*letter) * SIZE;
            left >= 0.0
        })
        .collect();
    format!("{}…", cut.trim_end())
}

fn px(value: f64) -> String {
    let text = fixed(value, 2);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// A drawing in the making.
struct Canvas {
    body: String,
    height: f64,
}

impl Canvas {
    fn new() -> Self {
        Self {
            body: String::new(),
            height: PAD,
        }
    }

    fn text(&mut self, class: &str, x: f64, y: f64, anchor: &str, text: &str) {
        let (size, fill, weight) = match class {
            "chart-title" => (15, INK, "600"),
            "chart-name" => (13, INK, "400"),
            _ => (12, INK_2, "400"),
        };
        // A figure may stand where a line of the axis is.
        let halo = match class {
            "chart-value" => format!(
                " stroke=\"{SURFACE}\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\""
            ),
            _ => String::new(),
        };
        put!(
            self.body,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{fill}\" text-anchor=\"{anchor}\"{halo}>{}</text>",
            px(x),
            px(y),
            escaped(text)
        );
    }

    fn rect(&mut self, class: &str, [x, y, width, height]: [f64; 4], fill: &str, title: &str) {
        let title = match title {
            "" => String::new(),
            title => format!("<title>{}</title>", escaped(title)),
        };
        put!(
            self.body,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\">{title}</rect>",
            px(x),
            px(y),
            px(width),
            px(height)
        );
    }

    fn name(&mut self, name: &str, middle: f64) {
        self.text(
            "chart-name",
            LEFT - 12.0,
            middle + 4.5,
            "end",
            &shortened(name),
        );
    }

    /// The whole file.
    fn file(self, title: &str, summary: &str) -> String {
        let height = px(self.height + PAD);
        let width = px(WIDTH);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif\"><title>{}</title><desc>{}</desc><rect class=\"chart-ground\" width=\"{width}\" height=\"{height}\" fill=\"{SURFACE}\"></rect>{}</svg>",
            escaped(title),
            escaped(summary),
            self.body
        )
    }
}

fn accent(place: usize) -> &'static str {
    ACCENTS.get(place % ACCENTS.len()).copied().unwrap_or(INK)
}

fn fill_of(kind: SegmentKind, place: usize) -> (&'static str, &'static str) {
    match kind {
        SegmentKind::Headers => ("part-headers", "#b3aa99"),
        SegmentKind::Waiting => ("part-waiting", "#cfc8bb"),
        SegmentKind::Thinking => ("part-thinking", "#c39a3d"),
        SegmentKind::Answering => ("part-answering", accent(place)),
    }
}

impl Race {
    /// The chart as an SVG file.
    pub fn svg(&self) -> String {
        let ends = self.lanes.iter().filter_map(|lane| lane.segments.last());
        let axis = axis(ends.map(|part| part.to_ms).fold(0.0, f64::max));
        let across = WIDTH - LEFT - RIGHT;
        let mut canvas = Canvas::new();
        canvas.text(
            "chart-title",
            PAD,
            canvas.height + 12.0,
            "start",
            &self.title,
        );
        canvas.height += 30.0;
        self.legend(&mut canvas);
        let top = canvas.height;
        let bottom = canvas.height + ROW * rows(self.lanes.len());
        for tick in &axis.ticks {
            let x = LEFT + across * tick.percent / 100.0;
            canvas.rect("chart-line", [x, top, 1.0, bottom - top], LINE, "");
            let label = format!("{} {}", tick.label.value, (self.unit)(tick.label.unit));
            canvas.text("chart-tick", x, bottom + 16.0, "middle", &label);
        }
        for lane in &self.lanes {
            let middle = canvas.height + ROW / 2.0;
            canvas.name(&lane.name, middle);
            for (part, place) in lane.segments.iter().zip(axis.bar(&lane.segments)) {
                let (class, fill) = fill_of(part.kind, lane.accent);
                let x = LEFT + across * place.left / 100.0;
                let box_of = [x, middle - BAR / 2.0, across * place.width / 100.0, BAR];
                let class = match part.kind {
                    SegmentKind::Answering => format!("{class} accent-{}", lane.accent % 8),
                    _ => class.to_owned(),
                };
                let length = super::format_ms(part.length_ms());
                let length = length
                    .iter()
                    .map(|part| format!("{} {}", part.value, (self.unit)(part.unit)));
                let title = format!(
                    "{}: {}",
                    (self.segment)(part.kind),
                    length.collect::<Vec<_>>().join(" ")
                );
                canvas.rect(&class, box_of, fill, &title);
            }
            let last = axis.bar(&lane.segments);
            let end = last.last().map_or(0.0, |part| part.left + part.width);
            let x = LEFT + across * end / 100.0 + 8.0;
            canvas.text("chart-value", x, middle + 4.5, "start", &lane.end);
            canvas.height += ROW;
        }
        canvas.height = bottom + 20.0;
        let lines = self
            .lanes
            .iter()
            .map(|lane| format!("{}: {}", lane.name, lane.end));
        canvas.file(&self.title, &lines.collect::<Vec<_>>().join("; "))
    }

    fn legend(&self, canvas: &mut Canvas) {
        let mut x = LEFT;
        let y = canvas.height;
        for kind in KINDS {
            let used = |lane: &Lane| lane.segments.iter().any(|part| part.kind == kind);
            if !self.lanes.iter().any(used) {
                continue;
            }
            let (class, fill) = fill_of(kind, 0);
            let fill = if kind == SegmentKind::Answering {
                INK_2
            } else {
                fill
            };
            let class = if kind == SegmentKind::Answering {
                "part-any"
            } else {
                class
            };
            canvas.rect(class, [x, y, 10.0, 10.0], fill, "");
            let name = (self.segment)(kind);
            canvas.text("chart-tick", x + 15.0, y + 9.0, "start", name);
            x += 15.0 + width_of(name, 12.0) + 14.0;
        }
        canvas.height += 24.0;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few rows")]
fn rows(count: usize) -> f64 {
    count as f64
}

/// Bars of several figures, one below the other, as an SVG file.
pub fn figures_svg(title: &str, all: &[Bars]) -> String {
    let across = WIDTH - LEFT - RIGHT;
    let mut canvas = Canvas::new();
    canvas.text("chart-title", PAD, canvas.height + 12.0, "start", title);
    canvas.height += 34.0;
    let mut lines = Vec::new();
    for figure in all {
        canvas.text(
            "chart-tick",
            LEFT,
            canvas.height + 10.0,
            "start",
            &figure.title,
        );
        canvas.height += 16.0;
        let values = figure.bars.iter().filter_map(|bar| bar.value);
        let most = values.fold(0.0, f64::max);
        for bar in &figure.bars {
            let middle = canvas.height + ROW / 2.0;
            canvas.name(&bar.name, middle);
            let part = bar.value.filter(|value| *value > 0.0 && most > 0.0);
            let width = part.map_or(0.0, |value| across * value / most);
            if width > 0.0 {
                let class = format!("part-answering accent-{}", bar.accent % 8);
                let place = [LEFT, middle - BAR / 2.0, width, BAR];
                canvas.rect(&class, place, accent(bar.accent), "");
            }
            canvas.text(
                "chart-value",
                LEFT + width + 8.0,
                middle + 4.5,
                "start",
                &bar.text,
            );
            lines.push(format!("{}, {}: {}", figure.title, bar.name, bar.text));
            canvas.height += ROW;
        }
        canvas.height += 10.0;
    }
    canvas.file(title, &lines.join("; "))
}

#[cfg(test)]
#[path = "svg_tests.rs"]
mod tests;
