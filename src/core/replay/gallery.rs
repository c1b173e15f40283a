//! The list of the recordings that are served beside the page.

use serde::Deserialize;

/// One recording, as the list describes it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Recording {
    /// Its file in the folder of recordings.
    pub file: String,
    /// What it shows.
    pub title: String,
    /// What was asked.
    pub prompt: String,
    /// The names of its panes.
    pub panes: Vec<String>,
    /// When it was made: an ISO 8601 time in UTC.
    pub created: String,
    /// How long its longest run took, in ms.
    pub longest_ms: f64,
}

#[derive(Deserialize)]
struct List {
    recordings: Vec<Recording>,
}

/// Reads the list. A file that would lie elsewhere is left out.
pub fn read_list(json: &str) -> Result<Vec<Recording>, serde_json::Error> {
    let list: List = crate::core::json::from_str(json)?;
    let all = list.recordings.into_iter();
    Ok(all.filter(|one| is_plain(&one.file)).collect())
}

/// Whether a name is that of a file in the folder of recordings.
fn is_plain(file: &str) -> bool {
    let stem = file.strip_suffix(".json").unwrap_or_default();
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !stem.is_empty() && stem.chars().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{recipe::result::ResultDoc, recording::Script, run::Phase, timing::Figure};

    #[cfg(not(target_arch = "wasm32"))]
    fn folder() -> std::path::PathBuf {
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public/gallery")
    }

    #[test]
    fn a_file_that_lies_elsewhere_is_left_out() {
        let one = |file: &str| {
            serde_json::json!({
                "file": file, "title": "t", "prompt": "p", "panes": [], "created": "", "longest_ms": 1.5,
            })
        };
        let files = [
            "a-1.json",
            "../a.json",
            "https://example.com/a.json",
            "a",
            ".json",
        ];
        let list = serde_json::json!({ "recordings": files.map(one) }).to_string();
        let read = read_list(&list).unwrap();
        let names: Vec<&str> = read.iter().map(|one| one.file.as_str()).collect();
        assert_eq!(names, ["a-1.json"]);
        assert!(read_list("{}").is_err());
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn every_recording_that_is_served_can_be_played_whole() {
        let read = |file: &str| std::fs::read_to_string(folder().join(file)).unwrap();
        let list = read_list(&read("index.json")).unwrap();
        assert!(list.len() >= 4);
        for recording in list {
            let (document, notices) = ResultDoc::parse(&read(&recording.file)).unwrap();
            assert!(notices.is_empty(), "{}: {notices:?}", recording.file);
            assert_eq!(
                document.created.as_deref(),
                Some(recording.created.as_str())
            );
            assert_eq!(document.panes.len(), recording.panes.len());
            for pane in &document.panes {
                let facts = &pane.turns[0].runs[0].facts;
                assert!(!facts.simulated, "only real runs");
                assert!(facts.chunks.arrivals.pieces().len() > 20);
                let log = Script::of(facts.clone()).log();
                assert_eq!(log.phase(), Phase::Done);
                assert_eq!(
                    log.metrics().value(Figure::Total),
                    facts.figures.total_ms.map(|at| at.0)
                );
            }
        }
    }
}
