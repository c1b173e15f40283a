//! Several prompts, each with several rows of values: all of them as a list of
//! prompts, or one prompt with one row.

use super::{LeftOut, Why};
use crate::core::{
    domain::Role,
    playlist::{Entry, MAX_ENTRIES, Playlist},
    recipe::{Recipe, RecipeMessage, Variables},
};

/// How many rows are kept; the rest is counted.
pub(super) const MAX_ROWS: usize = MAX_ENTRIES;

/// Prompts and rows, each of the former meant with each of the latter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suite {
    /// The prompts in their order.
    pub prompts: Vec<SuitePrompt>,
    /// The rows in theirs.
    pub rows: Vec<Row>,
    /// How many further rows there were, see [`MAX_ROWS`].
    pub rows_left_out: usize,
}

/// One prompt: a conversation whose last message is what is asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SuitePrompt {
    /// Where it stood, such as `prompts[1]`.
    pub path: String,
    /// Its name, where it has one.
    pub label: Option<String>,
    /// Its system prompt.
    pub system: Option<String>,
    /// Its messages in order.
    pub messages: Vec<RecipeMessage>,
}

/// Values of variables that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its name, where it has one.
    pub label: Option<String>,
    /// Names and values in order.
    pub values: Vec<(String, String)>,
}

/// How much of a suite is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Every prompt with every row, as a list of prompts.
    All,
    /// One prompt with one row, by their places.
    One {
        /// Which prompt.
        prompt: usize,
        /// Which row.
        row: usize,
    },
}

impl SuitePrompt {
    /// What is asked, where the conversation ends with a question.
    pub fn asked(&self) -> Option<&str> {
        let last = self.messages.last()?;
        let text = last.content.as_str();
        (last.role == Role::User && !text.trim().is_empty()).then_some(text)
    }

    /// What goes before it.
    fn earlier(&self) -> &[RecipeMessage] {
        self.messages
            .split_last()
            .map_or(&[], |(_, earlier)| earlier)
    }

    /// Whether only what is asked differs: a list of prompts has one system
    /// prompt and one conversation before it.
    fn is_beside(&self, other: &Self) -> bool {
        self.asked().is_some()
            && other.asked().is_some()
            && self.system == other.system
            && self.earlier() == other.earlier()
    }
}

impl Suite {
    /// Whether there is more than one thing to ask.
    pub fn is_several(&self) -> bool {
        self.prompts.len() > 1 || self.rows.len() > 1
    }

    /// Puts one prompt with one row into a recipe; what does not exist puts
    /// nothing in.
    pub fn fill(&self, recipe: &mut Recipe, prompt: usize, row: usize) {
        if let Some(prompt) = self.prompts.get(prompt) {
            recipe.system.clone_from(&prompt.system);
            recipe.messages.clone_from(&prompt.messages);
        }
        if let Some(row) = self.rows.get(row) {
            recipe.variables = Variables::default();
            for (name, value) in &row.values {
                recipe.variables.set(name.clone(), value.clone());
            }
        }
    }

    /// The places of the prompts that one list can hold: those that go with the
    /// first.
    fn listed(&self) -> Vec<usize> {
        let Some(first) = self.prompts.first() else {
            return Vec::new();
        };
        let fits = |(_, prompt): &(usize, &SuitePrompt)| prompt.is_beside(first);
        let prompts = self.prompts.iter().enumerate().filter(fits);
        prompts.map(|(at, _)| at).collect()
    }

    /// Everything as a list of prompts, a row after the other; `None` where that
    /// is no more than one entry.
    pub fn list(&self) -> Option<Playlist> {
        let listed = self.listed();
        let rows = self.rows.len().max(1);
        let count = listed.len() * rows;
        if count < 2 {
            return None;
        }
        let none = Row::default();
        let all = (0..rows).flat_map(|row| listed.iter().map(move |prompt| (*prompt, row)));
        let entries = all.filter_map(|(prompt, row)| {
            let prompt = self.prompts.get(prompt)?;
            let row = self.rows.get(row).unwrap_or(&none);
            Some(Entry {
                title: self.title(listed.len(), prompt, row),
                prompt: prompt.asked()?.to_owned(),
                variables: row.values.clone(),
            })
        });
        let further = self.rows_left_out.saturating_mul(listed.len());
        Some(Playlist::of(entries, further))
    }

    /// A name that only this pair has; without one the list shows how the
    /// prompt begins.
    fn title(&self, prompts: usize, prompt: &SuitePrompt, row: &Row) -> Option<String> {
        let (one_prompt, one_row) = (prompts < 2, self.rows.len() < 2);
        match (&prompt.label, &row.label) {
            (Some(prompt), Some(row)) => Some(format!("{prompt} · {row}")),
            (Some(prompt), None) if one_row => Some(prompt.clone()),
            (None, Some(row)) if one_prompt => Some(row.clone()),
            _ => None,
        }
    }

    /// The recipe with what was chosen; for a list it is what its prompts have
    /// in common.
    pub fn recipe(&self, base: &Recipe, choice: Choice) -> Recipe {
        let mut recipe = base.clone();
        match choice {
            Choice::One { prompt, row } => self.fill(&mut recipe, prompt, row),
            Choice::All => {
                self.fill(&mut recipe, 0, 0);
                recipe.messages.pop();
                recipe.variables = Variables::default();
            }
        }
        recipe
    }

    /// What a choice leaves out of the suite.
    pub fn left_out(&self, choice: Choice) -> Vec<LeftOut> {
        let mut left_out = Vec::new();
        match choice {
            Choice::All => {
                let listed = self.listed();
                let others = self.prompts.iter().enumerate();
                let others = others.filter(|(at, _)| !listed.contains(at));
                left_out.extend(
                    others.map(|(_, prompt)| LeftOut::new(&prompt.path, Why::OtherConversation)),
                );
                let further = self.list().map_or(0, |list| list.left_out);
                if further > 0 {
                    left_out.push(LeftOut::new("tests[]", Why::TooManyPrompts));
                }
            }
            Choice::One { prompt, .. } => {
                let others = self.prompts.iter().enumerate();
                let others = others.filter(|(at, _)| *at != prompt);
                left_out.extend(others.map(|(_, other)| LeftOut::new(&other.path, Why::NotChosen)));
                if self.rows.len() > 1 {
                    left_out.push(LeftOut::new("tests[]", Why::NotChosen));
                }
            }
        }
        left_out
    }
}
