//! Files that go along with prompts: what was made of images for the limits of
//! single providers, and their thumbnails.
//!
//! The originals are in the draft and in the turns; everything that works with
//! bytes lies in the later part, see `make`.

mod make;

pub use make::{add, keep_ready, run_when_ready};

use crate::core::{
    attach::{Attachment, Fit, Target, fit},
    catalog::Provider,
    domain::ModelId,
    wire::Dialect,
};
use leptos::prelude::*;

/// What became of an image for one set of limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// It is being made.
    Pending,
    /// Here it is.
    Made(Attachment),
    /// The browser could not make it.
    Failed,
}

/// The context.
#[derive(Clone, Copy)]
pub struct Files {
    forms: RwSignal<Vec<(u32, Target, Form)>>,
    /// Thumbnails by attachment, as data URLs.
    pub thumbs: RwSignal<Vec<(u32, String)>>,
    /// How many files are being read.
    pub reading: RwSignal<usize>,
}

/// Creates the context.
pub fn provide() {
    provide_context(Files {
        forms: RwSignal::new(Vec::new()),
        thumbs: RwSignal::new(Vec::new()),
        reading: RwSignal::new(0),
    });
}

/// The context.
pub fn use_files() -> Files {
    expect_context()
}

impl Files {
    /// What there is of an image for these limits (tracked).
    pub fn form(&self, id: u32, target: &Target) -> Option<Form> {
        self.forms.with(|forms| {
            let mut forms = forms.iter();
            let found = forms.find(|(of, limits, _)| *of == id && limits == target);
            found.map(|(_, _, form)| form.clone())
        })
    }

    /// The form of a file that goes to this model: itself, unless a fitting one
    /// is needed and there.
    pub fn sendable(
        &self,
        attachment: &Attachment,
        provider: &Provider,
        dialect: Dialect,
        model: &ModelId,
    ) -> Attachment {
        if let Fit::Changed(target) = fit(attachment, provider, dialect, model)
            && let Some(Form::Made(made)) = untrack(|| self.form(attachment.id, &target))
        {
            return made;
        }
        attachment.clone()
    }

    /// Whether some form of an attachment could not be made.
    pub fn has_failed(&self, id: u32) -> bool {
        self.forms.with_untracked(|forms| {
            let mut forms = forms.iter();
            forms.any(|(of, _, form)| *of == id && *form == Form::Failed)
        })
    }

    /// Whether files are still being read or made to fit (tracked).
    pub fn is_busy(&self) -> bool {
        let is_pending = |(_, _, form): &(u32, Target, Form)| *form == Form::Pending;
        self.reading.get() > 0 || self.forms.with(|forms| forms.iter().any(is_pending))
    }
}
