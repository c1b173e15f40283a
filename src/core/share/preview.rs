//! What goes into a link, read off the very document that is packed.

use crate::core::recipe::host::private_host;
use serde_json::{Map, Value};

/// A document at a glance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// Name of the comparison.
    pub title: Option<String>,
    /// The system prompt.
    pub system: Option<String>,
    /// Role and text of what is asked, earlier messages first.
    pub messages: Vec<(String, String)>,
    /// Names and values.
    pub variables: Vec<(String, String)>,
    /// Parameters of all panes, as they are written.
    pub params: Vec<(String, String)>,
    /// The panes.
    pub panes: Vec<PaneLine>,
    /// The answers of a result, pane by pane.
    pub answers: Vec<AnswerLine>,
    /// Files beside the prompts, each once.
    pub files: Vec<FileLine>,
    /// Hosts of panes that other people cannot reach, each once.
    pub private_hosts: Vec<String>,
}

/// A pane at a glance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaneLine {
    /// The author's name for it.
    pub label: Option<String>,
    /// Provider row.
    pub provider: String,
    /// The model.
    pub model: String,
    /// Where it sends instead of the provider's own base.
    pub base_url: Option<String>,
    /// Its own parameters, as they are written.
    pub params: Vec<(String, String)>,
}

/// A run at a glance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerLine {
    /// Its pane, from 0.
    pub pane: usize,
    /// The model that was asked.
    pub model: String,
    /// How it ended, a word of `data-phase`.
    pub status: String,
    /// Letters of the answer.
    pub answer: usize,
    /// Letters of the thinking.
    pub thinking: usize,
    /// What else goes along with it.
    pub with: Vec<Beside>,
}

/// What can go along with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Points in time and figures.
    Timing,
    /// Token counts.
    Usage,
    /// The cost with its price row.
    Cost,
    /// When each chunk came.
    ChunkTimes,
    /// The request.
    Sent,
}

/// A file at a glance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileLine {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether its bytes go along.
    pub is_in: bool,
}

/// What a recipe or result document holds.
pub fn preview(document: &Value) -> Preview {
    let recipe = document.get("recipe").unwrap_or(document);
    let mut seen = Preview {
        title: text(recipe, "title"),
        system: text(recipe, "system"),
        messages: items(recipe, "messages")
            .map(|one| (said(one, "role"), said(one, "content")))
            .collect(),
        variables: pairs(recipe.get("variables")),
        params: pairs(recipe.get("params")),
        panes: items(recipe, "panes").map(pane_line).collect(),
        ..Preview::default()
    };
    for pane in &seen.panes {
        let host = pane.base_url.as_deref().and_then(private_host);
        if let Some(host) = host.filter(|host| !seen.private_hosts.contains(host)) {
            seen.private_hosts.push(host);
        }
    }
    if document.get("recipe").is_some() {
        for (at, pane) in items(document, "panes").enumerate() {
            seen.add_pane(at, pane);
        }
    }
    seen
}

impl Preview {
    fn add_pane(&mut self, at: usize, pane: &Value) {
        for turn in items(pane, "turns") {
            for file in items(turn, "attachments") {
                let line = FileLine {
                    name: said(file, "name"),
                    bytes: file
                        .get("bytes")
                        .and_then(Value::as_u64)
                        .unwrap_or_default(),
                    is_in: file.get("data").is_some(),
                };
                if !self.files.contains(&line) {
                    self.files.push(line);
                }
            }
            let model = said(pane, "model");
            let runs = items(turn, "runs").map(|run| answer_line(at, &model, run));
            self.answers.extend(runs);
        }
    }
}

fn answer_line(pane: usize, model: &str, run: &Value) -> AnswerLine {
    let letters = |name| {
        run.get(name)
            .and_then(Value::as_str)
            .map_or(0, |text| text.chars().count())
    };
    let with = [
        (Beside::Timing, "marks"),
        (Beside::Usage, "usage"),
        (Beside::Cost, "cost"),
        (Beside::ChunkTimes, "chunks"),
        (Beside::Sent, "sent"),
    ];
    AnswerLine {
        pane,
        model: model.to_owned(),
        status: said(run, "status"),
        answer: letters("answer"),
        thinking: letters("thinking"),
        with: with
            .into_iter()
            .filter(|(_, name)| run.get(name).is_some())
            .map(|(beside, _)| beside)
            .collect(),
    }
}

fn pane_line(pane: &Value) -> PaneLine {
    PaneLine {
        label: text(pane, "label"),
        provider: said(pane, "provider"),
        model: said(pane, "model"),
        base_url: text(pane, "base_url"),
        params: pairs(pane.get("params")),
    }
}

fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn said(value: &Value, name: &str) -> String {
    text(value, name).unwrap_or_default()
}

fn pairs(value: Option<&Value>) -> Vec<(String, String)> {
    let empty = Map::new();
    let map = value.and_then(Value::as_object).unwrap_or(&empty);
    map.iter()
        .map(|(name, value)| {
            let value = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            (name.clone(), value)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{AnswerLine, Beside, FileLine, preview};
    use serde_json::json;

    #[test]
    fn a_recipe_is_shown_with_everything_that_it_names() {
        let seen = preview(&json!({
            "touchstone": "recipe/1",
            "title": "Haiku",
            "system": "Be terse.",
            "messages": [{"role": "user", "content": "About {{topic}}"}],
            "variables": {"topic": "rain"},
            "params": {"temperature": 0.2, "stop": ["END"]},
            "panes": [
                {"provider": "openai", "model": "m", "params": {"seed": 4}},
                {"provider": "openai-compatible", "model": "n", "base_url": "http://127.0.0.1:1/v1"},
                {"provider": "openai-compatible", "model": "o", "base_url": "http://127.0.0.1:1/v1"},
            ],
        }));
        assert_eq!(seen.title.as_deref(), Some("Haiku"));
        assert_eq!(
            seen.messages,
            [("user".to_owned(), "About {{topic}}".to_owned())]
        );
        assert_eq!(
            seen.params,
            [
                ("temperature".to_owned(), "0.2".to_owned()),
                ("stop".to_owned(), "[\"END\"]".to_owned())
            ]
        );
        assert_eq!(seen.panes.len(), 3);
        assert_eq!(seen.panes[0].params, [("seed".to_owned(), "4".to_owned())]);
        assert_eq!(seen.private_hosts, ["127.0.0.1"]);
        assert!(seen.answers.is_empty());
    }

    #[test]
    fn a_result_is_shown_with_the_sizes_of_its_answers() {
        let turn = json!({
            "prompt": "p",
            "attachments": [{"name": "a.txt", "bytes": 3}],
            "runs": [{"status": "done", "answer": "añb", "usage": {}, "marks": {}}],
        });
        let seen = preview(&json!({
            "touchstone": "result/1",
            "recipe": {"touchstone": "recipe/1", "panes": [{"provider": "a", "model": "m"}]},
            "panes": [{"model": "m", "turns": [turn]}, {"model": "n", "turns": [turn]}],
        }));
        let line = AnswerLine {
            model: "m".to_owned(),
            status: "done".to_owned(),
            answer: 3,
            with: vec![Beside::Timing, Beside::Usage],
            ..AnswerLine::default()
        };
        let other = AnswerLine {
            pane: 1,
            model: "n".to_owned(),
            ..line.clone()
        };
        assert_eq!(seen.answers, [line, other]);
        let file = FileLine {
            name: "a.txt".to_owned(),
            bytes: 3,
            is_in: false,
        };
        assert_eq!(seen.files, [file]);
    }
}
