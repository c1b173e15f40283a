//! The browser's own model: whether it is there, and how far its download is.

use super::{notices::Notices, task};
use crate::{
    browser::{builtin, device::NotReady, fetch::AbortGuard},
    core::{
        built_in::{Availability, BuiltInFault},
        device::DeviceFault,
    },
    words::words,
};
use leptos::prelude::*;

/// The browser's own model. By default nothing is known of it.
#[derive(Clone, Copy, Default)]
pub struct BuiltIn {
    /// What the browser last said; `None` until it was asked.
    pub availability: RwSignal<Option<Availability>>,
    /// How far the download is that the person began, in percent; the inner
    /// `None` before the browser has said.
    pub download: RwSignal<Option<Option<u8>>>,
    /// Why the last download ended without a model.
    pub fault: RwSignal<Option<BuiltInFault>>,
}

impl BuiltIn {
    /// Asks the browser. Begins no download.
    pub fn look(self) {
        task::spawn(async move {
            let now = builtin::available().await;
            self.availability.set(Some(now));
        });
    }

    /// Has the browser download its model, because the person said so.
    pub fn begin_download(self, notices: Notices) {
        if self.download.get_untracked().is_some() {
            return;
        }
        let Some(guard) = AbortGuard::new() else {
            return;
        };
        self.download.set(Some(None));
        self.fault.set(None);
        notices.say((words().built_in().downloading)(None));
        let tell = move |percent: f64| {
            // Rounded down: 100 is the end and nothing else.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let percent = percent.clamp(0.0, 100.0) as u8;
            if self.download.get_untracked().is_some() {
                self.download.set(Some(Some(percent)));
            }
        };
        task::spawn(async move {
            let outcome = builtin::get_ready(true, &guard, tell).await;
            self.download.set(None);
            if let Err(NotReady::Fault(DeviceFault::BuiltIn(fault))) = outcome {
                self.fault.set(Some(fault));
            }
            let now = builtin::available().await;
            self.availability.set(Some(now));
            notices.say((words().built_in().state)(now));
        });
    }
}
