//! The model that a browser itself has (Prompt API): whether it is there, and
//! why it does not answer.

use super::domain::{Failure, FailureKind};

/// Its provider row.
pub const PROVIDER: &str = "chrome-built-in";
/// The one name that it has here: browsers do not say which model it is.
pub const MODEL: &str = "built-in";

/// Whether the browser's model can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// The browser has no such interface.
    Absent,
    /// It has the interface and no model for this device.
    Unavailable,
    /// The model has to be downloaded first.
    Downloadable,
    /// It is being downloaded, for this page or another.
    Downloading,
    /// It is there.
    Ready,
}

impl Availability {
    /// From the word of `LanguageModel.availability()`, today's or an older one.
    pub fn of_word(word: &str) -> Self {
        match word {
            "available" | "readily" => Self::Ready,
            "downloadable" | "after-download" => Self::Downloadable,
            "downloading" => Self::Downloading,
            _ => Self::Unavailable,
        }
    }

    /// Whether a click can bring the model.
    pub fn wants_download(self) -> bool {
        matches!(self, Self::Downloadable | Self::Downloading)
    }
}

/// Why the browser's model does not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuiltInFault {
    /// The browser has no such interface.
    Absent,
    /// No model for this device or these settings; the browser's words.
    Unavailable(String),
    /// It has to be downloaded first, which only a person begins.
    NotDownloaded,
    /// The download broke off; the browser's words.
    Download(String),
    /// It could not be started; the browser's words.
    Load(String),
}

impl BuiltInFault {
    /// From the code and the words that `browser/builtin/index.js` throws.
    pub fn new(code: &str, words: &str) -> Self {
        let words = words.to_owned();
        match code {
            "absent" => Self::Absent,
            "unavailable" => Self::Unavailable(words),
            "not_downloaded" => Self::NotDownloaded,
            "download" => Self::Download(words),
            _ => Self::Load(words),
        }
    }

    /// Whether downloading the model is the next step.
    pub fn wants_download(&self) -> bool {
        matches!(self, Self::NotDownloaded | Self::Download(_))
    }

    /// The same as a failure of a run.
    pub fn failure(&self) -> Failure {
        let kind = match self {
            Self::Absent | Self::Unavailable(_) | Self::NotDownloaded => FailureKind::NotFound,
            Self::Download(_) => FailureKind::Blocked(Vec::new()),
            Self::Load(_) => FailureKind::Server,
        };
        let failure = Failure::new(kind);
        match self {
            Self::Unavailable(words) | Self::Download(words) | Self::Load(words)
                if !words.is_empty() =>
            {
                failure.with_detail(words.as_str())
            }
            _ => failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::catalog::{Catalog, Transport};

    #[test]
    fn words_of_all_versions_are_read_and_strange_ones_promise_nothing() {
        let read = Availability::of_word;
        assert_eq!(read("available"), Availability::Ready);
        assert_eq!(read("readily"), Availability::Ready);
        assert_eq!(read("after-download"), Availability::Downloadable);
        assert_eq!(read("downloading"), Availability::Downloading);
        for none in ["unavailable", "no", "", "soon"] {
            assert_eq!(read(none), Availability::Unavailable, "{none}");
        }
    }

    #[test]
    fn each_fault_is_a_kind_of_the_contract_with_the_browsers_words() {
        let failure = |code| BuiltInFault::new(code, "why").failure();
        assert_eq!(failure("absent").kind.as_str(), "not_found");
        assert_eq!(failure("not_downloaded").kind.as_str(), "not_found");
        assert_eq!(failure("download").kind.as_str(), "blocked");
        assert_eq!(failure("anything").kind.as_str(), "server");
        assert_eq!(failure("anything").detail.as_deref(), Some("why"));
        assert_eq!(failure("absent").detail, None);
    }

    #[test]
    fn the_row_is_answered_by_the_browser_and_has_the_one_model() {
        let row = Catalog::builtin().provider(&PROVIDER.into()).unwrap();
        assert_eq!(row.transport, Transport::BuiltIn);
        let model = row.default_model.as_ref().unwrap();
        assert_eq!(model.as_str(), MODEL);
    }
}
