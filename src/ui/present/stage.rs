//! The stage: all that the room sees.

use super::{
    Overlay, Presenting,
    code::Code,
    curtain::Curtain,
    line::{Head, Line},
    pane::PresentPane,
    prompt_list::PromptList,
    sheet::Sheet,
};
use crate::{
    browser::fullscreen,
    ui::{kit::Each, replay::bar},
    words::words,
};
use leptos::{html, prelude::*};

#[component]
pub fn Stage(
    /// The mode.
    presenting: Presenting,
) -> impl IntoView {
    let comparison = presenting.comparison;
    let prompts = presenting.prompts;
    let node = NodeRef::<html::Section>::new();
    draw_curtain(presenting);
    Effect::new(move |_| {
        if let Some(stage) = node.get() {
            stage.focus().ok();
        }
    });
    let count = Memo::new(move |_| comparison.panes.with(Vec::len));
    Effect::new(move |_| {
        // Another comparison took the place, with nothing to show or to hide.
        if count.get() == 0 {
            presenting.leave();
        }
    });
    // The pane that fills the screen decides the size of the letters.
    let shown = move || {
        if presenting.expanded.get() {
            1
        } else {
            count.get()
        }
    };
    let is_replayed = Memo::new(move |_| presenting.replay.scene.with(Option::is_some));
    let lists = move || {
        presenting.shows_list.get() && !presenting.expanded.get() && prompts.list().is_some()
    };
    view! {
        <section
            class="present"
            node_ref=node
            tabindex="-1"
            data-testid="present"
            data-count=move || shown().to_string()
            data-lists=move || lists().then_some("")
            aria-label=words().present().label
        >
            <Head presenting />
            {move || {
                is_replayed.get().then(|| view! { <bar::Bar replay=presenting.replay /> }.into_any())
            }}
            <div class="present-main">
                {move || lists().then(|| view! { <PromptList presenting /> }.into_any())}
                <div class="present-panes">
                    <Each
                        each=move || comparison.panes.get()
                        key=|pane| pane.id.0
                        children=move |pane| view! { <PresentPane presenting pane /> }
                    />
                </div>
            </div>
            <Line presenting />
            {move || match presenting.overlay.get() {
                None => ().into_any(),
                Some(Overlay::Sheet) => view! { <Sheet presenting /> }.into_any(),
                Some(Overlay::Code) => view! { <Code presenting /> }.into_any(),
            }}
        </section>
    }
}

/// Takes the rest of the page out of the document for as long as the stage is
/// there, and leaves with the full screen.
fn draw_curtain(presenting: Presenting) {
    let curtain = StoredValue::new_local(Curtain::draw());
    if curtain.with_value(Option::is_none) {
        // After a vote the page comes back in the same moment; the stage covers it.
        request_animation_frame(move || {
            curtain.try_update_value(|curtain| *curtain = Curtain::draw());
        });
    }
    let was_full = StoredValue::new(false);
    let watch = fullscreen::watch(move || {
        let is_full = fullscreen::is_on();
        let ended = was_full.get_value() && !is_full;
        was_full.set_value(is_full);
        // The browser's own Esc; what lies on top goes first, as with ours.
        if ended && presenting.on.get_untracked() {
            presenting.back();
        }
    });
    let watch = StoredValue::new_local(watch);
    on_cleanup(move || {
        watch.try_update_value(|watch| *watch = None);
        curtain.try_update_value(|curtain| *curtain = None);
    });
}
