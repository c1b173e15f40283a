//! What lies over the panes, in the form of the page's dialogs.

use super::Presenting;
use crate::{
    ui::kit::{Icon, IconName},
    words::words,
};
use leptos::prelude::*;

/// A heading with what closes it, and the content below.
pub(super) fn card(
    presenting: Presenting,
    test_id: &'static str,
    title: &'static str,
    content: AnyView,
) -> AnyView {
    view! {
        <div class="present-over-all" data-testid=test_id role="region" aria-label=title>
            <div class="present-card">
                <div class="dialog-head">
                    <h2>{title}</h2>
                    <button
                        type="button"
                        class="btn-icon"
                        aria-label=words().kit.close
                        on:click=move |_| presenting.overlay.set(None)
                    >
                        <Icon name=IconName::Close />
                    </button>
                </div>
                {content}
            </div>
        </div>
    }
    .into_any()
}
