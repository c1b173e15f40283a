//! Reading answers against each other: the pinned reference, the marks of the
//! others against it, the keys that go through them, and scrolling together.

pub mod compared;
pub mod figures;
mod kept;
mod keys;
pub mod marks;
mod scroll;
mod view;

pub use keys::key;
pub use scroll::scroll_others;
pub use view::view;

use crate::{
    app::{Comparison, Notices, Pane, use_comparison, use_notices},
    core::domain::PaneId,
    words::words,
};
use leptos::prelude::*;

/// What is read against what.
#[derive(Clone, Copy)]
pub struct Reading {
    reference: RwSignal<Option<PaneId>>,
    /// Whether the other panes show marks, not answers.
    pub marks: RwSignal<bool>,
    /// The change that was gone to last, from 0, and its pane.
    pub at: RwSignal<Option<(PaneId, usize)>>,
    comparison: Comparison,
    notices: Notices,
}

/// Creates the context.
pub fn provide() {
    provide_context(Reading {
        reference: RwSignal::new(None),
        marks: RwSignal::new(true),
        at: RwSignal::new(None),
        comparison: use_comparison(),
        notices: use_notices(),
    });
}

/// The context.
pub fn use_reading() -> Reading {
    expect_context()
}

/// Whether a pane is the reference.
pub fn is_pinned(id: PaneId) -> bool {
    let reading = use_reading();
    untrack(|| reading.is_reference(id))
}

/// Makes a pane the reference, or, if it is that already, none.
pub fn pin(id: PaneId) {
    use_reading().toggle(id);
}

impl Reading {
    /// The pinned pane, as long as it is there (tracked).
    pub fn reference(self) -> Option<Pane> {
        let id = self.reference.get()?;
        self.comparison
            .panes
            .with(|panes| panes.iter().find(|pane| pane.id == id).cloned())
    }

    /// Whether a pane is the reference (tracked).
    pub fn is_reference(self, id: PaneId) -> bool {
        self.reference().is_some_and(|pane| pane.id == id)
    }

    /// Makes a pane the reference, or, if it is that already, none.
    pub fn toggle(self, id: PaneId) {
        self.at.set(None);
        let w = words().reading();
        if untrack(|| self.is_reference(id)) {
            self.reference.set(None);
            self.notices.say(w.unpinned);
            return;
        }
        let Some(pane) = self.comparison.pane(id) else {
            return;
        };
        self.reference.set(Some(id));
        self.marks.set(true);
        let name = pane.setup.with_untracked(|setup| setup.name().to_owned());
        self.notices.say((w.pinned)(&name));
    }
}
