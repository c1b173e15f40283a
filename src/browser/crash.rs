//! What the person sees if the program itself fails: a card that says what to
//! do, never a blank page. The card is part of `index.html`, so that it works
//! when nothing else does.

use super::page;
use std::panic::PanicHookInfo;

/// Shows the crash card on a panic and writes the reason to the console.
///
/// `save` runs first, so that drafts are stored before anything else.
pub fn install(save: impl Fn() + 'static) {
    // The hook must be Send + Sync; wasm has one thread, which a thread-local
    // says without unsafe code.
    thread_local!(static SAVE: std::cell::RefCell<Option<Box<dyn Fn()>>> =
        const { std::cell::RefCell::new(None) });
    SAVE.with(|slot| slot.replace(Some(Box::new(save))));
    std::panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        // The payload is ours, never a provider's text: a panic message may
        // not quote what a person typed or a key.
        let report = format!("Touchstone stopped at {place}");
        web_sys::console::error_1(&format!("{report}: {info}").into());
        SAVE.with(|slot| {
            if let Ok(Some(save)) = slot.try_borrow().as_deref() {
                save();
            }
        });
        show(&report);
    }));
}

fn show(report: &str) {
    if let Some(detail) = page::element("crash-details") {
        detail.set_text_content(Some(report));
        detail.remove_attribute("hidden").ok();
    }
    if let Some(card) = page::element("crash") {
        card.remove_attribute("hidden").ok();
    }
}
