//! What comes in from elsewhere: read, looked at, then filled in (the third
//! part). [`stage`] is where the dialog stands.

mod stage;

pub use stage::{Dropped, Found, FoundBeside, Stage};

use super::{
    Comparison, History, Notices, Prompts, Runner, Vault,
    ballots::{self, Ballots, use_ballots},
    history, link,
    notices::Undo,
    results, task, use_comparison, use_history, use_notices, use_prompts, use_runner, use_vault,
};
use crate::{
    browser::{
        files::{Incoming, IncomingFile},
        page,
    },
    core::{
        attach::Attachment,
        ballot::found::Found as FoundBallot,
        import::{self, Choice, FoundKey, ImportError, LARGEST, Thing},
        playlist::Playlist,
    },
    words::words,
};
use leptos::prelude::*;
use std::{
    cell::Cell,
    sync::{Arc, OnceLock},
};

/// How the files begin that a history is exported as.
pub const HISTORY_NAME: &str = "touchstone-history-";

/// The dialog for imports.
#[derive(Clone, Copy)]
pub struct Imports {
    /// Where it stands.
    pub stage: RwSignal<Stage>,
    /// What was pasted.
    pub text: RwSignal<String>,
    /// Counts the files that were looked at.
    readings: StoredValue<u32>,
    comparison: Comparison,
    runner: Runner,
    notices: Notices,
    vault: Vault,
    history: History,
    prompts: Prompts,
    ballots: Ballots,
}

thread_local! {
    /// For tasks, which have no owner to ask for a context.
    static CURRENT: Cell<Option<Imports>> = const { Cell::new(None) };
}

/// Creates the context; those of the history, the lists of prompts and the
/// ballots must be there.
pub fn provide() {
    let imports = Imports {
        stage: RwSignal::new(Stage::Closed),
        text: RwSignal::new(String::new()),
        readings: StoredValue::new(0),
        comparison: use_comparison(),
        runner: use_runner(),
        notices: use_notices(),
        vault: use_vault(),
        history: use_history(),
        prompts: use_prompts(),
        ballots: use_ballots(),
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

/// [`Imports::take_large`] from a task.
pub fn take_large(file: &IncomingFile) -> bool {
    CURRENT
        .get()
        .is_some_and(|imports| imports.take_large(file))
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
        let text = self.text.get_untracked();
        let read = import::look(&text);
        self.show(String::new(), read, text.as_bytes(), None);
    }

    /// Looks at a file that was chosen for it.
    pub fn look_at_file(&self, incoming: Incoming) {
        if let Some(file) = incoming.into_files().next() {
            self.look_at(file);
        }
    }

    /// Looks at a file that was dropped and is too large to be attached: of that
    /// size only a history is opened. `false`: it is none.
    fn take_large(&self, file: &IncomingFile) -> bool {
        let is_history = file.name().starts_with(HISTORY_NAME);
        if is_history {
            self.look_at(file.clone());
        }
        is_history
    }

    fn look_at(&self, file: IncomingFile) {
        let this = *self;
        self.stage.set(Stage::Reading);
        self.readings.update_value(|readings| *readings += 1);
        let own = self.readings.get_value();
        task::spawn(async move {
            let name = file.name();
            let bytes = read(&file).await;
            // The dialog was closed, or shows something else by now.
            let reads = this
                .stage
                .with_untracked(|stage| matches!(stage, Stage::Reading));
            if !reads || this.readings.get_value() != own {
                return;
            }
            match bytes {
                Ok(bytes) => this.show(name, import::look_at_bytes(&bytes), &bytes, None),
                Err(Some(error)) => this.show(name, Err(error), &[], None),
                Err(None) => this.stage.set(Stage::Unreadable { name }),
            }
        });
    }

    /// Takes a file that was dropped if it seems meant to be opened: then it is
    /// shown, and can be attached from there. `false`: it is for the prompt.
    fn take_dropped(&self, name: &str, bytes: &[u8]) -> bool {
        let read = match std::str::from_utf8(bytes) {
            Ok(text) if import::is_ours(text) || has_name_of_ours(name) => import::look(text),
            // Whatever else can be read might be meant either way.
            Ok(text) if may_be_import(name) => match import::look(text) {
                Ok(thing) => Ok(thing),
                Err(_) => return false,
            },
            _ => return false,
        };
        let file = Dropped {
            name: name.to_owned(),
            bytes: bytes.into(),
        };
        self.show(name.to_owned(), read, bytes, Some(file));
        true
    }

    fn show(
        &self,
        name: String,
        read: Result<Thing, ImportError>,
        bytes: &[u8],
        file: Option<Dropped>,
    ) {
        self.stage.set(match read {
            Ok(Thing::Page(imported)) => Stage::Found(Box::new(Found {
                name,
                imported: *imported,
                file,
            })),
            Ok(Thing::Beside(beside)) => Stage::Beside(Box::new(FoundBeside {
                name,
                beside,
                text: String::from_utf8_lossy(bytes).into(),
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
    pub fn apply(&self, found: &Found, choice: Choice, chosen: &[FoundKey]) {
        let comparison = self.comparison;
        self.runner.stop_all();
        history::keep_page();
        let untouched =
            move || !untrack(|| comparison.has_work(&untrack(|| link::recipe_of(comparison))));
        let list = found.list(choice);
        let count = list.as_ref().map(|list| list.entries.len());
        let list_before = Arc::new(OnceLock::<Undo>::new());
        let way_back = list_before.clone();
        let page_before = comparison.undo_replacing(move || {
            let is_untouched = untouched();
            if is_untouched && let Some(undo) = way_back.get() {
                undo.run();
            }
            is_untouched
        });
        let fill_in = || match &found.imported.result {
            Some(result) => results::show(comparison, (**result).clone()),
            None => link::fill_in(comparison, &found.recipe(choice)),
        };
        match list {
            Some(list) => {
                list_before.set(self.prompts.bring(list, fill_in)).ok();
                // The first prompt of the list came with it.
                comparison.set_baseline(untrack(|| link::recipe_of(comparison)));
            }
            None => fill_in(),
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
        self.done();
        let w = words().imports();
        let said = match count {
            Some(count) => (w.done_list)(count),
            None => (w.done)(comparison.panes.with_untracked(Vec::len)),
        };
        self.notices.toast_with_undo(said, page_before);
    }

    /// Adds a history to the one that is kept.
    pub fn add_history(&self, found: &FoundBeside) {
        self.done();
        self.history.import_text(found.text.clone());
    }

    /// Counts ballots with the comparison on the page; whether all of them are.
    pub fn add_ballots(&self, ballots: Vec<FoundBallot>) -> bool {
        let subject = untrack(|| ballots::subject(self.comparison));
        let (said, refused) = self.ballots.add(&subject, ballots);
        let all = refused.is_empty();
        if all {
            self.done();
            self.notices.toast(said);
        } else {
            self.stage.set(Stage::Refused(refused));
        }
        all
    }

    /// Uses a list of prompts.
    pub fn take_prompts(&self, list: Playlist) {
        self.done();
        self.prompts.take(list.to_json(), list);
    }

    fn done(&self) {
        self.close();
        self.text.set(String::new());
    }
}

/// The bytes of a file; `Err(None)` where the browser gives none.
async fn read(file: &IncomingFile) -> Result<Vec<u8>, Option<ImportError>> {
    let most = if file.name().starts_with(HISTORY_NAME) {
        history::LARGEST
    } else {
        LARGEST
    };
    if file.len() > most {
        let bytes = file.len();
        return Err(Some(ImportError::TooLarge { bytes }));
    }
    file.read().await.ok_or(None)
}

/// Whether a name is one that only such files have.
fn has_name_of_ours(name: &str) -> bool {
    name.starts_with("promptfooconfig.")
        || name.contains(".promptfooconfig.")
        || name.starts_with(HISTORY_NAME)
}

/// Whether a file of this name may be a request, a configuration or a list.
fn may_be_import(name: &str) -> bool {
    let name = page::lower_case(name);
    let ends = [
        ".json", ".yaml", ".yml", ".html", ".htm", ".sh", ".curl", ".jsonl", ".ndjson", ".csv",
        ".tsv",
    ];
    ends.iter().any(|ending| name.ends_with(ending))
}
