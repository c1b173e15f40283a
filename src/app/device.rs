//! Models that run in the page: which there are, and how far the one is that is
//! being loaded.

use super::{
    built_in::BuiltIn,
    later::Wait,
    notices::{Notices, use_notices},
    task,
};
use crate::{
    browser::{
        builtin,
        device::{self, NotReady, PickedFile},
        fetch::AbortGuard,
        storage::{self, Place},
    },
    core::{
        catalog::Transport,
        device::{self as files, DeviceFault, Progress},
        real::{fixed, real},
    },
    words::words,
};
use leptos::prelude::*;

/// Remembers how much is stored, so that Settings need not load the module to
/// know.
const STORED_KEY: &str = "touchstone.models-stored";

/// The models of this page.
#[derive(Clone, Copy)]
pub struct DeviceModels {
    /// The file that is being loaded and how far it is; `None` while none is.
    pub progress: RwSignal<Option<(String, Progress)>>,
    /// Files that the person picked since the page was opened.
    picked: RwSignal<Vec<String>>,
    /// Files that the host lists.
    listed: RwSignal<Option<Vec<String>>>,
    /// The browser's own model.
    pub built_in: BuiltIn,
    /// How many bytes of models the browser keeps.
    pub stored: RwSignal<f64>,
    /// The file that was last got ready.
    held: StoredValue<Option<String>>,
    /// Counts who asked for a model: what is shown is the last one's.
    asked: StoredValue<u32>,
    notices: Notices,
}

/// Creates the context.
pub fn provide() {
    let stored = storage::get(Place::Device, STORED_KEY)
        .and_then(|bytes| real(&bytes))
        .unwrap_or_default();
    provide_context(DeviceModels {
        progress: RwSignal::new(None),
        picked: RwSignal::new(Vec::new()),
        listed: RwSignal::new(None),
        built_in: BuiltIn::default(),
        stored: RwSignal::new(stored),
        held: StoredValue::new(None),
        asked: StoredValue::new(0),
        notices: use_notices(),
    });
}

/// The context.
pub fn use_device_models() -> DeviceModels {
    expect_context()
}

impl DeviceModels {
    /// Names of model files beyond the catalogue's (tracked): what was picked,
    /// then what the host lists.
    pub fn names(&self) -> Vec<String> {
        let mut names = self.picked.get();
        let offered = files::file_name(files::SMALL_MODEL);
        for name in self.listed.get().into_iter().flatten() {
            if name != offered && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Asks the host for its list, once.
    pub fn look(&self) {
        if self.listed.with_untracked(Option::is_some) {
            return;
        }
        self.listed.set(Some(Vec::new()));
        let listed = self.listed;
        task::spawn(async move { listed.set(Some(device::list().await)) });
    }

    /// Takes a file that the person picked; gives the model's name, or why it
    /// was not taken, which it also says.
    pub fn add_file(self, file: PickedFile) -> Wait<'static, Option<String>> {
        let Self {
            picked,
            held,
            notices,
            ..
        } = self;
        Box::pin(async move {
            let typed = file.name();
            // Models are called as their files are; one without the ending gets it.
            let name = files::file_name(&typed);
            match device::add(&name, &file).await {
                Ok(()) => {}
                Err(DeviceFault::NotGguf) => {
                    notices.toast((words().device().not_gguf)(&typed));
                    return None;
                }
                Err(_) => {
                    notices.toast(words().device().not_taken);
                    return None;
                }
            }
            // Another file of that name is to be loaded.
            if held.with_value(|held| held.as_ref() == Some(&name)) {
                held.set_value(None);
            }
            picked.update(|names| {
                names.retain(|other| *other != name);
                names.insert(0, name.clone());
            });
            Some(name)
        })
    }

    /// Whether the file of `model` can be had without picking one.
    pub fn check<'a>(&'a self, model: &'a str) -> Wait<'a, Result<(), DeviceFault>> {
        Box::pin(async move {
            let file = files::file_name(model);
            if self.picked.with_untracked(|names| names.contains(&file)) {
                return Ok(());
            }
            device::check(&file).await
        })
    }

    /// Gets a model ready to run. Nothing of this is part of a run's time.
    pub fn get_ready<'a>(
        &'a self,
        transport: Transport,
        model: &'a str,
        guard: &'a AbortGuard,
    ) -> Wait<'a, Result<(), NotReady>> {
        Box::pin(async move {
            if transport == Transport::BuiltIn {
                // Only a click downloads it, so there is nothing to tell.
                return builtin::get_ready(false, guard, |_| ()).await;
            }
            let progress = self.progress;
            let file = files::file_name(model);
            let is_held = self.held.with_value(|held| held.as_ref() == Some(&file));
            if !is_held {
                progress.set(Some((file.clone(), Progress::START)));
                self.notices.say((words().device().says_loading)(&file));
            }
            self.asked.update_value(|asked| *asked += 1);
            let (asked, own) = (self.asked, self.asked.get_value());
            let is_last = move || asked.get_value() == own;
            let named = file.clone();
            let tell = move |step| {
                if is_last() {
                    progress.set(Some((named.clone(), step)));
                }
            };
            let outcome = device::ready(&file, guard, tell).await;
            // One that was stopped leaves alone what the next shows by now.
            if !is_last() {
                return outcome;
            }
            let moved = progress.get_untracked().is_some();
            progress.set(None);
            self.held.set_value(outcome.is_ok().then_some(file));
            if moved {
                let bytes = device::stored().await;
                self.stored.set(bytes);
                storage::set(Place::Device, STORED_KEY, &fixed(bytes, 0));
            }
            outcome
        })
    }

    /// Removes the models that the browser keeps. A loaded one goes on running.
    pub fn forget(&self) {
        let stored = self.stored;
        task::spawn(async move {
            device::forget().await;
            stored.set(0.0);
            storage::remove(Place::Device, STORED_KEY);
        });
    }
}
