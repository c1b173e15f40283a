//! The prepared texts, as `public/demo/texts.md` holds them.

use super::Kind;

/// What stands before the name of a text.
const MARK: &str = "@@ ";

/// All texts, read from one file: a line `@@ NAME WORD…` begins a text, and
/// the lines up to the next such line are it. An `answer` is chosen by the
/// words behind its name, every other text by its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    name: String,
    words: Vec<String>,
    text: String,
}

impl Texts {
    /// Reads the file; whatever stands before the first mark is a comment.
    pub fn read(file: &str) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for line in file.lines() {
            if let Some(head) = line.strip_prefix(MARK) {
                let mut words = head.split_whitespace().map(str::to_owned);
                entries.push(Entry {
                    name: words.next().unwrap_or_default(),
                    words: words.collect(),
                    text: String::new(),
                });
            } else if let Some(entry) = entries.last_mut() {
                entry.text.push_str(line);
                entry.text.push('\n');
            }
        }
        for entry in &mut entries {
            entry.text = entry.text.trim().to_owned();
        }
        Self { entries }
    }

    /// The text of that name; empty where there is none.
    pub fn named(&self, name: &str) -> &str {
        let found = self.entries.iter().find(|entry| entry.name == name);
        found.map_or("", |entry| &entry.text)
    }

    /// The answer whose words the prompt holds most of; with none, the answers
    /// take turns.
    pub fn answer(&self, prompt: &str, turn: usize) -> &str {
        let prompt = prompt.to_lowercase();
        let answers: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.name == "answer")
            .collect();
        let held = |entry: &Entry| {
            let words = entry.words.iter();
            words.filter(|word| prompt.contains(word.as_str())).count()
        };
        // Of equals, `max_by_key` takes the last.
        let best = answers.iter().rev().max_by_key(|entry| held(entry));
        let entry = match best {
            Some(best) if held(best) > 0 => Some(best),
            _ => answers.get(turn % answers.len().max(1)),
        };
        entry.map_or("", |entry| &entry.text)
    }

    /// The text that a model of this kind fails or refuses with.
    pub fn of_kind(&self, kind: Kind) -> &str {
        self.named(match kind {
            Kind::Refusal => "refusal",
            Kind::Error => "error",
            Kind::Busy => "busy",
            Kind::Plain | Kind::Thinking | Kind::Cut | Kind::Dropped => return "",
        })
    }
}
