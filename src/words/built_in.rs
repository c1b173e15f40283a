//! What is said of the browser's own model.

use super::failure::Explanation;
use crate::core::built_in::{Availability, BuiltInFault};

/// Words of the browser's own model, where it is offered in full.
#[derive(Debug, Clone, Copy)]
#[expect(
    missing_docs,
    reason = "each field is named after the place where it is shown"
)]
pub struct BuiltInWords {
    pub state: fn(Availability) -> &'static str,
    pub download: &'static str,
    pub downloading: fn(Option<u8>) -> String,
    pub progress: &'static str,
    pub fault: fn(&BuiltInFault) -> Explanation,
}

/// English.
pub const EN: BuiltInWords = BuiltInWords {
    state,
    download: "Download the model",
    downloading: |percent| match percent {
        Some(percent) => format!("The browser is fetching the model, {percent} %"),
        None => "The browser is fetching the model".to_owned(),
    },
    progress: "The browser’s download",
    fault: explain,
};

/// What Chrome wants of a device.
const NEEDS: &str = "Chrome wants a desktop system, 22 GB of free disk space, and more than 4 GB of video memory or 16 GB of memory with 4 cores";

fn state(availability: Availability) -> &'static str {
    match availability {
        Availability::Absent => {
            "This browser has no model of its own. Chrome has one from version 148 on, on desktops."
        }
        Availability::Unavailable => {
            "This browser could have a model of its own, but says that it has none here. Chrome wants a desktop system, 22 GB of free disk space, and more than 4 GB of video memory or 16 GB of memory with 4 cores; an organisation can switch it off."
        }
        Availability::Downloadable => {
            "The browser has to fetch its model first: a few gigabytes, once, for all pages. It does so only if you click."
        }
        Availability::Downloading => "The browser is fetching its model.",
        Availability::Ready => {
            "The browser answers with its own model: no key, no price. It takes a system prompt and a schema, and no temperature or token limit. In Chrome it runs on this machine."
        }
    }
}

/// The fault of a run.
pub fn explain(fault: &BuiltInFault) -> Explanation {
    let (title, text) = match fault {
        BuiltInFault::Absent => (
            "This browser has no model of its own",
            "Chrome has one from version 148 on, on desktops. Choose another model, or open this page there.".to_owned(),
        ),
        BuiltInFault::Unavailable(_) => (
            "The browser’s model is not available here",
            format!("{NEEDS}; an organisation can switch it off. Choose another model."),
        ),
        BuiltInFault::NotDownloaded => (
            "The browser’s model is not downloaded yet",
            "It is a few gigabytes, fetched once for all pages, and only if you click. Download it, then retry.".to_owned(),
        ),
        BuiltInFault::Download(_) => (
            "The browser’s model was not fetched",
            "The download broke off. Check the network, then try again.".to_owned(),
        ),
        BuiltInFault::Load(_) => (
            "The browser’s model did not start",
            "Close other tabs and retry, or restart the browser. Its own words are below.".to_owned(),
        ),
    };
    Explanation {
        title: title.to_owned(),
        text,
        suggests_model: matches!(fault, BuiltInFault::Absent | BuiltInFault::Unavailable(_)),
        ..Explanation::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_says_what_to_do() {
        for (code, word) in [
            ("absent", "another model"),
            ("unavailable", "another model"),
            ("not_downloaded", "Download it"),
            ("download", "try again"),
            ("load", "retry"),
        ] {
            let said = explain(&BuiltInFault::new(code, ""));
            assert!(said.text.contains(word), "{code}: {}", said.text);
        }
    }
}
