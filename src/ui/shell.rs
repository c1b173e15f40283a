//! The frame of the page.

use super::{
    bar::Bar,
    compare::CompareDialog,
    composer::{Composer, attach::DropTarget},
    figure::FigurePopover,
    keyboard,
    later::{late, use_later},
    notices::{NoticeBar, ReplaceDialog, StatusLine, Toasts},
    pane::{PaneTabs, Panes},
    picker::Picker,
    scoreboard::Scoreboard,
    sent::SentDialog,
    settings::SettingsDialog,
    shortcuts::ShortcutsDialog,
    signin::SignInDialog,
    start::Start,
};
use crate::{
    app::{use_comparison, use_opening, use_settings},
    browser::page,
    words::words,
};
use leptos::prelude::*;

/// The whole page.
#[component]
pub fn Shell() -> impl IntoView {
    let comparison = use_comparison();
    let settings = use_settings();
    let opening = use_opening();
    let later = use_later();
    keyboard::install();
    let has_panes = Memo::new(move |_| comparison.panes.with(|panes| !panes.is_empty()));
    let is_blind = Memo::new(move |_| comparison.blind.with(Option::is_some) && has_panes.get());
    Effect::new(move |_| {
        let title = comparison.title.get();
        let title = title.trim();
        // A title may name the models.
        page::set_title(&if title.is_empty() || is_blind.get() {
            words().app_name.to_owned()
        } else {
            format!("{title} · {}", words().app_name)
        });
    });
    let heading = move || {
        let title = comparison.title.get();
        if title.trim().is_empty() {
            words().bar.title_placeholder.to_owned()
        } else {
            title
        }
    };
    let page = move || {
        view! {
            <div class="shell" data-lock-scroll=move || settings.lock_scroll.get().then_some("")>
                <Bar />
                <NoticeBar />
                <Scoreboard />
                <main class="stage">
                    {move || {
                        if has_panes.get() {
                            view! {
                                <h1 class="visually-hidden">{heading}</h1>
                                {move || later.get().map(|parts| (parts.above_panes)())}
                                <PaneTabs />
                                <Panes />
                            }
                                .into_any()
                        } else if opening.is_due() {
                            // Where there are panes to come, no start that then gives way to them.
                            view! {
                                <div class="start" data-testid="opening">
                                    <div class="start-inner">{late(|parts| (parts.opening)())}</div>
                                </div>
                            }
                                .into_any()
                        } else {
                            view! { <Start /> }.into_any()
                        }
                    }}
                </main>
                <Composer />
            </div>
            <StatusLine />
        }
    };
    view! {
        // Not hidden but gone: what stands in the page can be found there.
        {move || if is_blind.get() { late(|parts| (parts.blind)()) } else { page().into_any() }}
        <DropTarget />
        <Toasts />
        <FigurePopover />
        <SettingsDialog />
        <Picker />
        <SignInDialog />
        <super::composer::PaneParamsDialog />
        <SentDialog />
        <CompareDialog />
        <ShortcutsDialog />
        <ReplaceDialog />
        {move || later.get().map(|parts| (parts.overlays)())}
    }
}
