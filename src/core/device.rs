//! Models that run in the page: their files, how far they have come, and what
//! can go wrong before the first token.

use super::{
    built_in::BuiltInFault,
    domain::{Failure, FailureKind},
    real::fixed,
};

/// The provider row of models that run in the page.
pub const PROVIDER: &str = "on-device";
/// The model that `make serve` fetches.
pub const SMALL_MODEL: &str = "smollm2-135m";
/// Its file.
const SMALL_FILE: &str = "smollm2-135m-instruct-q4_1.gguf";

/// The file of a model, in the folder `models` beside the page or picked by
/// the person: a model is called as its file is, with or without `.gguf`.
pub fn file_name(model: &str) -> String {
    let model = model.trim();
    if model == SMALL_MODEL {
        SMALL_FILE.to_owned()
    } else if has_suffix(model) {
        model.to_owned()
    } else {
        format!("{model}.gguf")
    }
}

fn has_suffix(name: &str) -> bool {
    let tail = name.len().checked_sub(5).and_then(|at| name.get(at..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(".gguf"))
}

/// What is being done for a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The parts that run it, or its file, are fetched.
    Fetching,
    /// It is read into memory.
    Loading,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// With what.
    pub stage: Stage,
    /// Bytes done.
    pub done: f64,
    /// Bytes in all; 0 where that is unknown.
    pub total: f64,
}

impl Progress {
    /// Before the first byte.
    pub const START: Self = Self {
        stage: Stage::Fetching,
        done: 0.0,
        total: 0.0,
    };

    /// In hundredths, rounded down: 100 is the end and nothing else.
    pub fn percent(&self) -> Option<u8> {
        let share = self.done / self.total * 100.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (self.total > 0.0).then(|| share.clamp(0.0, 100.0) as u8)
    }
}

/// Bytes as megabytes, e.g. `98`; one decimal below ten.
pub fn megabytes(bytes: f64) -> String {
    let millions = bytes / 1e6;
    fixed(millions, usize::from(millions < 9.95))
}

/// Why a model does not run in this page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceFault {
    /// The host has no such file, and none of that name was picked.
    Missing,
    /// The file, or what runs it, was not fetched to its end.
    Download,
    /// Not a GGUF file.
    NotGguf,
    /// Larger than can be read: its size in bytes.
    TooBig(u64),
    /// There is not enough memory for it.
    Memory,
    /// llama.cpp does not know this kind of model.
    Architecture(String),
    /// llama.cpp refused it, in its own words.
    Refused(String),
    /// The browser lacks what llama.cpp needs.
    Browser,
    /// The browser's own model does not answer.
    BuiltIn(BuiltInFault),
}

impl DeviceFault {
    /// From the code and the words that `browser/device/index.js` throws.
    pub fn new(code: &str, words: &str) -> Self {
        match code {
            "missing" => Self::Missing,
            "not_gguf" => Self::NotGguf,
            "too_big" => Self::TooBig(words.parse().unwrap_or_default()),
            "browser" => Self::Browser,
            "load" => Self::of_words(words),
            _ => Self::Download,
        }
    }

    fn of_words(words: &str) -> Self {
        const MEMORY: [&str; 6] = [
            "out of memory",
            "alloc",
            "enlarge memory",
            "memory access out of bounds",
            "invalid array buffer length",
            "failed to grow",
        ];
        let lower = words.to_ascii_lowercase();
        if let Some((_, rest)) = words.split_once("unknown model architecture:") {
            let name = rest.trim().trim_start_matches('\'');
            let name = name.split(['\'', ' ']).next().unwrap_or_default();
            return Self::Architecture(name.to_owned());
        }
        if MEMORY.iter().any(|part| lower.contains(part)) {
            return Self::Memory;
        }
        Self::Refused(words.to_owned())
    }

    /// Whether choosing another file is a next step.
    pub fn wants_file(&self) -> bool {
        !matches!(self, Self::Browser | Self::BuiltIn(_))
    }

    /// The same as a failure of a run.
    pub fn failure(&self) -> Failure {
        let kind = match self {
            Self::BuiltIn(fault) => return fault.failure(),
            Self::Missing => FailureKind::NotFound,
            Self::Download | Self::Browser => FailureKind::Blocked(Vec::new()),
            Self::NotGguf | Self::Architecture(_) | Self::Refused(_) => FailureKind::BadRequest,
            Self::TooBig(_) | Self::Memory => FailureKind::TooLarge,
        };
        let failure = Failure::new(kind);
        match self {
            Self::Refused(words) if !words.is_empty() => failure.with_detail(words.as_str()),
            _ => failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_called_as_its_file_is() {
        assert_eq!(file_name("smollm2-135m"), "smollm2-135m-instruct-q4_1.gguf");
        assert_eq!(file_name(" my-model "), "my-model.gguf");
        assert_eq!(file_name("My.Model.Q8_0.GGUF"), "My.Model.Q8_0.GGUF");
        assert_eq!(file_name("modèl"), "modèl.gguf");
    }

    #[test]
    fn the_small_model_is_the_one_that_the_catalogue_offers() {
        let catalog = crate::core::catalog::Catalog::builtin();
        let row = catalog.provider(&PROVIDER.into()).unwrap();
        assert_eq!(
            row.default_model
                .as_ref()
                .map(crate::core::domain::ModelId::as_str),
            Some(SMALL_MODEL)
        );
    }

    #[test]
    fn progress_is_whole_only_at_the_end_and_unknown_without_a_total() {
        let at = |done, total| {
            Progress {
                stage: Stage::Fetching,
                done,
                total,
            }
            .percent()
        };
        assert_eq!(Progress::START.percent(), None);
        assert_eq!(at(0.0, 98e6), Some(0));
        assert_eq!(at(97.99e6, 98e6), Some(99));
        assert_eq!(at(98e6, 98e6), Some(100));
        assert_eq!(at(99e6, 98e6), Some(100));
        assert_eq!(megabytes(98_362_432.0), "98");
        assert_eq!(megabytes(1_848_805.0), "1.8");
        assert_eq!(megabytes(9_960_000.0), "10");
    }

    #[test]
    fn what_llama_cpp_says_becomes_something_to_act_on() {
        let load = |words| DeviceFault::new("load", words);
        assert_eq!(
            load("unknown model architecture: 'mamba9'"),
            DeviceFault::Architecture("mamba9".to_owned())
        );
        for words in [
            "RangeError: Out of memory",
            "(ABORT) Cannot enlarge memory",
            "std::bad_alloc",
        ] {
            assert_eq!(load(words), DeviceFault::Memory, "{words}");
        }
        let words =
            "tensor 'a' data is not within the file bounds, model is corrupted or incomplete";
        let refused = load(words);
        assert_eq!(refused.failure().detail.as_deref(), Some(words));
        assert_eq!(load("").failure().detail, None);
    }

    #[test]
    fn each_fault_is_a_kind_of_the_contract() {
        let kind = |code| DeviceFault::new(code, "1").failure().kind.as_str();
        assert_eq!(kind("missing"), "not_found");
        assert_eq!(kind("not_gguf"), "bad_request");
        assert_eq!(kind("too_big"), "too_large");
        assert_eq!(kind("browser"), "blocked");
        assert_eq!(kind("anything else"), "blocked");
    }
}
