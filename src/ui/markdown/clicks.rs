//! One listener for all buttons of a view.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

use super::build::Maker;
use super::{Dom, MarkdownActions, MarkdownWords, OnCopy};
use crate::core::text::SafeHref;

/// The listener; dropping it takes it off.
pub(super) struct Clicks {
    root: Element,
    listener: Closure<dyn FnMut(Event)>,
}

impl Clicks {
    pub(super) fn listen(root: &Element, maker: &Maker, actions: &MarkdownActions) -> Dom<Self> {
        let (maker, copy) = (maker.clone(), actions.copy.clone());
        let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            let button = target.and_then(|target| target.closest("button").ok().flatten());
            if let Some(button) = button {
                // A refused call leaves the button as it is, to be pressed again.
                let _ = press(&button, &maker, &copy);
            }
        });
        root.add_event_listener_with_callback("click", listener.as_ref().unchecked_ref())?;
        Ok(Self {
            root: root.clone(),
            listener,
        })
    }
}

impl Drop for Clicks {
    fn drop(&mut self) {
        let function = self.listener.as_ref().unchecked_ref();
        let _ = self
            .root
            .remove_event_listener_with_callback("click", function);
    }
}

fn press(button: &Element, maker: &Maker, copy: &OnCopy) -> Dom<()> {
    match button.class_name().as_str() {
        "md-copy" => {
            let figure = button.closest("figure")?;
            let code = figure.and_then(|figure| figure.query_selector("pre > code").ok().flatten());
            if let Some(text) = code.and_then(|code| code.text_content()) {
                copy(
                    text,
                    CopyButton {
                        button: button.clone(),
                        words: maker.words,
                    },
                );
            }
            Ok(())
        }
        "md-image" => load(button, maker),
        _ => Ok(()),
    }
}

/// Puts the image in place of its button.
fn load(button: &Element, maker: &Maker) -> Dom<()> {
    let src = button
        .get_attribute("data-src")
        .and_then(|src| SafeHref::parse_web(&src));
    let (Some(src), Some(frame)) = (src, button.parent_element()) else {
        return Ok(());
    };
    let image = maker.element("img", "md-img")?;
    image.set_attribute("referrerpolicy", "no-referrer")?;
    image.set_attribute("loading", "lazy")?;
    image.set_attribute("alt", &frame.text_content().unwrap_or_default())?;
    image.set_attribute("src", src.as_str())?;
    frame.replace_child(&image, button)?;
    frame.set_attribute("data-loaded", "")
}

/// The button that asked for a copy, to be told how it went.
#[derive(Debug, Clone)]
pub struct CopyButton {
    button: Element,
    words: MarkdownWords,
}

impl CopyButton {
    /// Says that the text is on the clipboard.
    pub fn copied(&self) {
        let _ = self.label(self.words.copied);
        let _ = self.button.set_attribute("data-copied", "");
    }

    /// Offers to copy again, some time after [`CopyButton::copied`].
    pub fn reset(&self) {
        let _ = self.label(self.words.copy);
        let _ = self.button.remove_attribute("data-copied");
    }

    fn label(&self, label: &str) -> Result<(), JsValue> {
        self.button.set_attribute("aria-label", label)?;
        self.button.set_attribute("title", label)
    }
}
