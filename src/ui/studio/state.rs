//! Whether the third part is there, and what waits for it. This lies in the
//! second part.

use super::{StudioParts, fetch_studio};
#[cfg(split)]
use crate::{
    app::{lending, use_opening, use_runner},
    browser::{events::Listener, idle, page},
    ui::later::use_later,
};
use crate::{
    app::{studio as app_studio, task},
    ui::later::{Missing, load_failed},
    words::words,
};
use leptos::prelude::*;
use std::cell::Cell;

/// How far loading is.
#[derive(Clone, Copy)]
enum Stage {
    Absent,
    Loading,
    Failed,
    Ready(&'static StudioParts),
}

/// What is done once it is there.
type Wanted = Box<dyn FnOnce(&'static StudioParts)>;

/// The third part as state of the page.
#[derive(Clone, Copy)]
pub struct Studio {
    stage: RwSignal<Stage>,
    /// What the person asked for while it was missing: the last wins.
    wanted: StoredValue<Option<Wanted>, LocalStorage>,
    /// Whether something is wanted.
    pub is_wanted: RwSignal<bool>,
    /// Of the root: what the part makes when it arrives outlives whoever asked.
    owner: StoredValue<Option<Owner>>,
}

thread_local! {
    /// For tasks, which have no owner to ask for a context.
    static HERE: Cell<Option<Studio>> = const { Cell::new(None) };
}

/// Creates the context under the current owner, which must be the root, once
/// the second part is there.
pub fn provide() {
    let studio = Studio {
        stage: RwSignal::new(Stage::Absent),
        wanted: StoredValue::new_local(None),
        is_wanted: RwSignal::new(false),
        owner: StoredValue::new(Owner::current()),
    };
    provide_context(studio);
    HERE.set(Some(studio));
    app_studio::set_fetch(move || Box::pin(studio.load()));
    #[cfg(not(split))]
    studio.arrive(&super::STUDIO);
    #[cfg(split)]
    studio.look_out();
}

/// The context.
pub fn use_studio() -> Studio {
    expect_context()
}

/// The same from a task. `None` before the second part has begun.
pub fn studio() -> Option<Studio> {
    HERE.get()
}

impl Studio {
    /// Begins to load where that is due: at once where the page waits for it,
    /// and else when the browser is idle and nothing runs, so that no run has to
    /// share the line with it.
    #[cfg(split)]
    fn look_out(self) {
        let opening = use_opening();
        if untrack(|| opening.is_due()) || opening.is_embed() || lending::is_stored() {
            self.begin();
        } else if !page::fragment().is_empty() {
            self.ask(|_| ());
        }
        if let Some(window) = page::window() {
            // What came into the address is read when the part arrives.
            Listener::new(window, "hashchange", move |_| self.ask(|_| ())).forever();
        }
        let runner = use_runner();
        let later = use_later();
        Effect::new(move |_| {
            if later.was_acted() && runner.active.get() == 0 {
                idle::once(move || {
                    if runner.active.get_untracked() == 0 {
                        self.begin();
                    }
                });
            }
        });
    }

    /// The parts, once they are there (tracked).
    pub fn get(self) -> Option<&'static StudioParts> {
        match self.stage.get() {
            Stage::Ready(parts) => Some(parts),
            _ => None,
        }
    }

    /// The parts, if they are there.
    pub fn get_untracked(self) -> Option<&'static StudioParts> {
        untrack(|| self.get())
    }

    /// Does something with the parts under the root: now, or once they are
    /// there. Until then a dialog says how their loading goes, and closing it
    /// gives up what was asked for.
    pub fn ask(self, act: impl FnOnce(&'static StudioParts) + 'static) {
        if let Some(parts) = self.get_untracked() {
            self.at_root(|| act(parts));
            return;
        }
        self.wanted.set_value(Some(Box::new(act)));
        self.is_wanted.set(true);
        self.retry();
    }

    /// Gives up what was asked for.
    pub fn give_up(self) {
        self.wanted.set_value(None);
        self.is_wanted.set(false);
    }

    /// Whether loading failed (tracked).
    pub fn failed(self) -> bool {
        matches!(self.stage.get(), Stage::Failed)
    }

    /// A view of the third part; until it is there, how its loading goes.
    pub fn show(self, view: impl Fn(&'static StudioParts) -> AnyView + Send + 'static) -> AnyView {
        self.retry();
        // What the view itself reads must not make it anew.
        (move || match self.stage.get() {
            Stage::Ready(parts) => untrack(|| view(parts)),
            Stage::Failed => load_failed(move || self.retry()),
            Stage::Absent | Stage::Loading => {
                let text = words().later.loading;
                view! {
                    <div class="load late" role="status">
                        <p class="hint">{text}</p>
                        <progress aria-label=text></progress>
                    </div>
                }
                .into_any()
            }
        })
        .into_any()
    }

    /// A view of the third part, and nothing until it is there.
    pub fn show_once_there(
        self,
        view: impl Fn(&'static StudioParts) -> AnyView + Send + 'static,
    ) -> AnyView {
        (move || self.get().map(|parts| untrack(|| view(parts)))).into_any()
    }

    /// Begins to load, unless that was tried already.
    #[cfg(split)]
    fn begin(self) {
        if matches!(self.stage.get_untracked(), Stage::Absent) {
            task::spawn(self.load());
        }
    }

    /// Begins to load, also after a failure.
    pub fn retry(self) {
        if matches!(self.stage.get_untracked(), Stage::Absent | Stage::Failed) {
            task::spawn(self.load());
        }
    }

    fn at_root(self, act: impl FnOnce()) {
        if let Some(owner) = self.owner.get_value() {
            owner.with(|| untrack(act));
        }
    }

    fn arrive(self, parts: &'static StudioParts) {
        // Whoever could not wait may have fetched it too.
        if self.get_untracked().is_some() {
            return;
        }
        app_studio::arrive(&parts.app);
        self.at_root(|| {
            (parts.open)();
            (parts.arrived)();
        });
        self.stage.set(Stage::Ready(parts));
        let wanted = self.wanted.try_update_value(Option::take).flatten();
        self.is_wanted.set(false);
        if let Some(act) = wanted {
            // Once the dialog that told of it has closed and its views are there.
            request_animation_frame(move || self.at_root(|| act(parts)));
        }
    }

    async fn load(self) {
        if self.get_untracked().is_some() {
            return;
        }
        self.stage.set(Stage::Loading);
        match fetch_studio().await {
            Ok(parts) => self.arrive(parts),
            Err(Missing) => self.stage.set(Stage::Failed),
        }
    }
}
