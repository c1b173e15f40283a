//! Results as files, on paper and as pictures (the third part).

use super::{Comparison, Notices, link, results, task};
use crate::{
    browser::{download, page, report},
    core::{
        chart::svg::figures_svg,
        export::{self, NotCarried},
        recipe::result::pretty,
    },
    words::{exports::REPORT, words},
};
use leptos::prelude::*;
use serde_json::Value;

/// Pixels for each unit of a chart: sharp on good screens, and in print.
const PNG_SCALE: f64 = 2.0;

/// A form that results leave in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The document itself.
    Json,
    /// A table; whether Excel is to open it.
    Csv {
        /// With what Excel needs.
        for_excel: bool,
    },
    /// Text for wikis and issues.
    Markdown,
    /// A report in one file.
    Html,
    /// A configuration for promptfoo.
    Promptfoo,
}

/// A chart of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// The phase bars.
    Race,
    /// Bars of figures.
    Figures,
}

/// How a chart is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// As it is drawn.
    Svg,
    /// In pixels.
    Png,
}

/// The dialog for exports.
#[derive(Clone, Copy)]
pub struct Exports {
    /// Whether it is open.
    pub open: RwSignal<bool>,
}

/// Creates the context.
pub fn provide() {
    provide_context(Exports {
        open: RwSignal::new(false),
    });
}

/// The context.
pub fn use_exports() -> Exports {
    expect_context()
}

/// The document of the page as JSON.
fn document(comparison: Comparison) -> Option<Value> {
    untrack(|| results::document(comparison)).to_value().ok()
}

/// Saves the results in a form, and says how it went.
pub fn save(form: Form, comparison: Comparison, notices: Notices) {
    let name = file_name(ending(form));
    let text = text_of(form, comparison);
    let saved = text.is_some_and(|text| download::save_text(&name, media_type(form), &text));
    tell(saved, &name, notices);
}

/// Puts the results on the clipboard's way: their text in a form.
pub fn text_of(form: Form, comparison: Comparison) -> Option<String> {
    if form == Form::Promptfoo {
        return Some(promptfoo(comparison).yaml);
    }
    let document = document(comparison)?;
    Some(match form {
        Form::Json => pretty(&document),
        Form::Csv { for_excel } => export::csv(&document, for_excel),
        Form::Markdown => export::markdown(&document, &REPORT),
        Form::Html => export::report(&document, &REPORT).file(&REPORT),
        Form::Promptfoo => return None,
    })
}

/// What promptfoo has no place for.
pub fn not_carried(comparison: Comparison) -> Vec<NotCarried> {
    promptfoo(comparison).left_out
}

fn promptfoo(comparison: Comparison) -> export::Promptfoo {
    export::promptfoo(&untrack(|| link::recipe_of(comparison)))
}

fn tell(saved: bool, name: &str, notices: Notices) {
    if saved {
        notices.toast((words().exports().saved)(name));
    } else {
        notices.toast(words().exports().not_saved);
    }
}

fn ending(form: Form) -> &'static str {
    match form {
        Form::Json => ".json",
        Form::Csv { .. } => ".csv",
        Form::Markdown => ".md",
        Form::Html => ".html",
        Form::Promptfoo => ".promptfooconfig.yaml",
    }
}

fn media_type(form: Form) -> &'static str {
    match form {
        Form::Json => "application/json",
        Form::Csv { .. } => "text/csv;charset=utf-8",
        Form::Markdown => "text/markdown;charset=utf-8",
        Form::Html => "text/html;charset=utf-8",
        Form::Promptfoo => "application/yaml",
    }
}

fn file_name(ending: &str) -> String {
    let now = page::iso_now().replace([':', '.'], "-");
    format!("touchstone-{now}{ending}")
}

/// The chart of a message as SVG; `None` where nothing of it ran to its end.
pub fn chart(which: Chart, turn: usize, comparison: Comparison) -> Option<String> {
    let document = document(comparison)?;
    match which {
        Chart::Race => export::race_of(&document, turn, &REPORT).map(|race| race.svg()),
        Chart::Figures => {
            let bars = export::figures_of(&document, turn, &REPORT);
            (!bars.is_empty()).then(|| figures_svg(REPORT.figures, &bars))
        }
    }
}

/// Saves a chart, and says how it went.
pub fn save_chart(
    which: Chart,
    picture: Picture,
    turn: usize,
    comparison: Comparison,
    notices: Notices,
) {
    let Some(svg) = chart(which, turn, comparison) else {
        return notices.toast(words().exports().no_chart);
    };
    let kind = match which {
        Chart::Race => "phases",
        Chart::Figures => "figures",
    };
    if picture == Picture::Svg {
        let name = file_name(&format!("-{kind}.svg"));
        let saved = download::save_text(&name, "image/svg+xml", &svg);
        return tell(saved, &name, notices);
    }
    let name = file_name(&format!("-{kind}.png"));
    task::spawn(async move {
        match report::png(&svg, PNG_SCALE).await {
            Some(blob) => tell(download::save_blob(&name, &blob), &name, notices),
            None => notices.toast(words().exports().not_made),
        }
    });
}

/// Opens the print dialog with the report.
pub fn print(comparison: Comparison, notices: Notices) {
    let Some(document) = document(comparison) else {
        return notices.toast(words().exports().not_printed);
    };
    notices.say(words().exports().printing);
    let page = export::report(&document, &REPORT).for_print(&REPORT);
    task::spawn(async move {
        if !report::print(&page, export::STYLE).await {
            notices.error(words().exports().not_printed);
        }
    });
}
