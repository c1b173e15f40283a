//! What is wrong with a file, or with the database.

use crate::{
    core::history::{ImportError, Skipped, StoreError, import::Unreadable},
    words::recipe,
};

pub(super) fn skipped_one(skipped: &Skipped) -> String {
    match &skipped.why {
        Unreadable::Field(path) => format!("{path}: missing, or not what belongs there."),
        Unreadable::Empty(path) => {
            let place = if path.is_empty() {
                "the document"
            } else {
                path
            };
            format!("{place}: no run in it has ended.")
        }
        Unreadable::Document(error) => {
            format!(
                "entries[{}]: {}",
                skipped.at,
                (recipe::EN.recipe_error)(error)
            )
        }
    }
}

pub(super) fn import_error(error: &ImportError) -> String {
    match error {
        ImportError::Json {
            line,
            column,
            ended_early: true,
        } => format!(
            "The file ends too early, at line {line}, column {column}. It was cut, or not downloaded to its end."
        ),
        ImportError::Json { line, column, .. } => {
            format!("The file is not valid JSON: line {line}, column {column}.")
        }
        ImportError::Version(None) => {
            "The file is not of Touchstone: it has no field “touchstone”.".to_owned()
        }
        ImportError::Version(Some(found))
            if found.starts_with("history/") || found.starts_with("result/") =>
        {
            format!(
                "The file is “{found}”, from a newer Touchstone. Reload this page to get it, then import again."
            )
        }
        ImportError::Version(Some(found)) if found.starts_with("recipe/") => {
            "The file is a recipe: it has questions, but no answers to keep.".to_owned()
        }
        ImportError::Version(Some(found)) => {
            let found: String = found.chars().take(40).collect();
            format!(
                "“touchstone” is “{found}” in this file. Only “history/1” and “result/1” can be imported here."
            )
        }
        ImportError::NoEntries => "The file has no list “entries”.".to_owned(),
    }
}

pub(super) fn trouble(error: &StoreError) -> String {
    let what = match error {
        StoreError::Missing => {
            "This browser keeps nothing for pages: its database is missing or switched off."
        }
        StoreError::Forbidden => {
            "The browser does not let this page keep anything. Allow site data for it, or leave the private window."
        }
        StoreError::Newer => {
            "Another tab has a newer Touchstone, which keeps things in another form. Reload this page to get it."
        }
        StoreError::Blocked => {
            "Another tab with an older Touchstone holds the history. Close it, then try again."
        }
        StoreError::Silent => {
            "The browser’s database does not answer. Another tab may be holding it; close it, then try again."
        }
        StoreError::Full => "The browser has no room left for this page.",
        StoreError::Lost => {
            "The connection to the browser’s database ended, as it does when site data is cleared. Try again."
        }
        StoreError::Other(words) => return format!("The browser’s database failed: “{words}”."),
    };
    what.to_owned()
}

pub(super) fn not_kept(error: &StoreError) -> String {
    let room = match error {
        StoreError::Full => " History can make room.",
        _ => "",
    };
    format!(
        "This comparison could not be kept. {}{room} The answers stay on this page until you close it; export them to be sure.",
        trouble(error)
    )
}
