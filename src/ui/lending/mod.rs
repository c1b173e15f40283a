//! Lending a key to participants: the form that makes the link, and the dialog
//! of whoever opens it.

pub mod make;
pub mod take;

use leptos::prelude::*;

/// Both dialogs.
pub fn view() -> AnyView {
    view! {
        <make::MakeDialog />
        <take::TakeDialog />
    }
    .into_any()
}
