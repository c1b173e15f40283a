//! Where the dialog for imports stands, and what it has found.

use crate::{
    app::ballots::Refused,
    core::{
        import::{Beside, Choice, ImportError, Imported, LeftOut, Suite},
        playlist::Playlist,
        recipe::Recipe,
    },
};
use std::sync::Arc;

/// Where the dialog stands.
#[derive(Clone)]
pub enum Stage {
    /// It is not open.
    Closed,
    /// It asks for something.
    Asking,
    /// A file is being read.
    Reading,
    /// Something cannot be imported.
    Failed {
        /// The file's name; empty for what was pasted.
        name: String,
        /// Why.
        error: ImportError,
        /// The file, which could be attached.
        file: Option<Dropped>,
    },
    /// The browser gave no bytes.
    Unreadable {
        /// The file's name.
        name: String,
    },
    /// Here is what it would fill in.
    Found(Box<Found>),
    /// Here is something with a place of its own.
    Beside(Box<FoundBeside>),
    /// Ballots of it were not counted; what was is.
    Refused(Refused),
}

/// What was found.
#[derive(Clone)]
pub struct Found {
    /// The file's name; empty for what was pasted.
    pub name: String,
    /// What is in it.
    pub imported: Imported,
    /// The file, where it could be attached instead.
    pub file: Option<Dropped>,
}

impl Found {
    /// Its prompts and values, where they are several, and whether all of them
    /// fit into one list.
    pub fn suite(&self) -> Option<(&Suite, bool)> {
        let suite = self.imported.suite.as_ref()?;
        Some((suite, suite.list().is_some()))
    }

    /// What it would fill in. Of one with a single prompt nothing is chosen.
    pub fn recipe(&self, choice: Choice) -> Recipe {
        match &self.imported.suite {
            Some(suite) => suite.recipe(&self.imported.recipe, choice),
            None => self.imported.recipe.clone(),
        }
    }

    /// The list of prompts that comes with it, if that was chosen.
    pub fn list(&self, choice: Choice) -> Option<Playlist> {
        let suite = self.imported.suite.as_ref()?;
        (choice == Choice::All).then(|| suite.list())?
    }

    /// What it would leave out.
    pub fn left_out(&self, choice: Choice) -> Vec<LeftOut> {
        let mut all = self.imported.left_out.clone();
        let suite = self.imported.suite.as_ref();
        all.extend(suite.into_iter().flat_map(|suite| suite.left_out(choice)));
        all
    }
}

/// Something with a place of its own.
#[derive(Clone)]
pub struct FoundBeside {
    /// The file's name; empty for what was pasted.
    pub name: String,
    /// What it is.
    pub beside: Beside,
    /// Its text.
    pub(super) text: Arc<str>,
    /// The file, where it could be attached instead.
    pub file: Option<Dropped>,
}

/// A file that was dropped, which may be meant for the prompt.
#[derive(Clone)]
pub struct Dropped {
    pub(super) name: String,
    pub(super) bytes: Arc<[u8]>,
}
