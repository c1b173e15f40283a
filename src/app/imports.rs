//! What comes in from elsewhere: read, looked at, then filled in (the third
//! part).

use super::{
    Comparison, Notices, Runner, Vault, history, link, results, task, use_comparison, use_notices,
    use_runner, use_vault,
};
use crate::{
    browser::{
        files::{Incoming, IncomingFile},
        page,
    },
    core::{
        attach::{Attachment, LARGEST},
        import::{self, FoundKey, ImportError, Imported},
    },
    words::words,
};
use leptos::prelude::*;
use std::cell::Cell;

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

/// A file that was dropped, which may be meant for the prompt.
#[derive(Clone)]
pub struct Dropped {
    name: String,
    bytes: std::sync::Arc<[u8]>,
}

/// The dialog for imports.
#[derive(Clone, Copy)]
pub struct Imports {
    /// Where it stands.
    pub stage: RwSignal<Stage>,
    /// What was pasted.
    pub text: RwSignal<String>,
    comparison: Comparison,
    runner: Runner,
    notices: Notices,
    vault: Vault,
}

thread_local! {
    /// For tasks, which have no owner to ask for a context.
    static CURRENT: Cell<Option<Imports>> = const { Cell::new(None) };
}

/// Creates the context.
pub fn provide() {
    let imports = Imports {
        stage: RwSignal::new(Stage::Closed),
        text: RwSignal::new(String::new()),
        comparison: use_comparison(),
        runner: use_runner(),
        notices: use_notices(),
        vault: use_vault(),
    };
    CURRENT.set(Some(imports));
    provide_context(imports);
}

/// [`Imports::take_dropped`] from a task.
pub fn take_dropped(name: &str, bytes: &[u8]) -> bool {
    CURRENT
        .get()
        .is_some_and(|imports| imports.take_dropped(name, bytes))
}

/// The context.
pub fn use_imports() -> Imports {
    expect_context()
}

impl Imports {
    /// Opens the dialog.
    pub fn ask(&self) {
        self.stage.set(Stage::Asking);
    }

    /// Closes it; what was pasted stays in its field.
    pub fn close(&self) {
        self.stage.set(Stage::Closed);
    }

    /// Looks at what was pasted.
    pub fn look_at_text(&self) {
        let read = self.text.with_untracked(|text| import::read(text));
        self.show(String::new(), read, None);
    }

    /// Looks at a file that was chosen for it.
    pub fn look_at_file(&self, incoming: Incoming) {
        let Some(file) = incoming.into_files().next() else {
            return;
        };
        let this = *self;
        self.stage.set(Stage::Reading);
        task::spawn(async move {
            let name = file.name();
            match read(&file).await {
                Ok(bytes) => this.show(name, import::read_bytes(&bytes), None),
                Err(Some(error)) => this.show(name, Err(error), None),
                Err(None) => this.stage.set(Stage::Unreadable { name }),
            }
        });
    }

    /// Takes a file that was dropped if it seems meant to be opened: then it is
    /// shown, and can be attached from there. `false`: it is for the prompt.
    fn take_dropped(&self, name: &str, bytes: &[u8]) -> bool {
        let read = match std::str::from_utf8(bytes) {
            Ok(text) if import::is_ours(text) || has_name_of_ours(name) => import::read(text),
            // Whatever else can be read might be meant either way.
            Ok(text) if may_be_import(name) => match import::read(text) {
                Ok(imported) => Ok(imported),
                Err(_) => return false,
            },
            _ => return false,
        };
        let file = Dropped {
            name: name.to_owned(),
            bytes: bytes.into(),
        };
        self.show(name.to_owned(), read, Some(file));
        true
    }

    fn show(&self, name: String, read: Result<Imported, ImportError>, file: Option<Dropped>) {
        self.stage.set(match read {
            Ok(imported) => Stage::Found(Box::new(Found {
                name,
                imported,
                file,
            })),
            Err(error) => Stage::Failed { name, error, file },
        });
    }

    /// Attaches a file to the prompt after all.
    pub fn attach(&self, file: &Dropped) {
        let id = self.comparison.next_id();
        match Attachment::read(id, &file.name, file.bytes.to_vec()) {
            Ok(attachment) => {
                self.comparison.attached.update(|all| all.push(attachment));
                self.notices.say((words().files().added)(1));
            }
            Err(error) => {
                let text = (words().files().refused)(&file.name, error);
                self.notices.error(text);
            }
        }
        self.close();
    }

    /// Fills the page in, with an undo. Of the keys those that were chosen go
    /// into the ring, the others are forgotten.
    pub fn apply(&self, found: &Found, chosen: &[FoundKey]) {
        let comparison = self.comparison;
        self.runner.stop_all();
        history::keep_page();
        let untouched =
            move || !untrack(|| comparison.has_work(&untrack(|| link::recipe_of(comparison))));
        let undo = comparison.undo_replacing(untouched);
        match &found.imported.result {
            Some(result) => results::show(comparison, (**result).clone()),
            None => link::fill_in(comparison, &found.imported.recipe),
        }
        for FoundKey {
            provider,
            origin,
            key,
        } in chosen
        {
            self.vault.save(provider, origin, key.clone(), false);
        }
        // A reload must not bring back the link that the page came from.
        page::clear_fragment();
        self.close();
        self.text.set(String::new());
        let panes = comparison.panes.with_untracked(Vec::len);
        self.notices
            .toast_with_undo((words().imports().done)(panes), undo);
    }
}

/// The bytes of a file; `Err(None)` where the browser gives none.
async fn read(file: &IncomingFile) -> Result<Vec<u8>, Option<ImportError>> {
    if file.len() > LARGEST {
        let bytes = file.len();
        return Err(Some(ImportError::TooLarge { bytes }));
    }
    file.read().await.ok_or(None)
}

/// Whether a name is one that only such files have.
fn has_name_of_ours(name: &str) -> bool {
    name.starts_with("promptfooconfig.") || name.contains(".promptfooconfig.")
}

/// Whether a file of this name may be a request or a configuration.
fn may_be_import(name: &str) -> bool {
    let name = page::lower_case(name);
    [".json", ".yaml", ".yml", ".html", ".htm", ".sh", ".curl"]
        .iter()
        .any(|ending| name.ends_with(ending))
}
