//! The window, the document and what the page can say of itself.

use wasm_bindgen::JsCast as _;
use web_sys::{Document, HtmlElement, Window};

/// The window. Only a worker lacks one, and this code never runs there.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks for the window"
)]
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// An element by id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Scrolls an element into view, as little as needed.
pub fn show(id: &str) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    if let Some(element) = element(id) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Width and height of the window in CSS pixels.
pub fn size() -> (f64, f64) {
    let Some(window) = window() else {
        return (1024.0, 768.0);
    };
    let number = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|it| it.as_f64());
    (
        number(window.inner_width()).unwrap_or(1024.0),
        number(window.inner_height()).unwrap_or(768.0),
    )
}

/// The first element that matches a selector.
pub fn query(selector: &str) -> Option<HtmlElement> {
    document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// All elements that match a selector.
pub fn query_all(selector: &str) -> Vec<HtmlElement> {
    let list = document().and_then(|document| document.query_selector_all(selector).ok());
    let list = list
        .into_iter()
        .flat_map(|list| (0..list.length()).map(move |at| list.get(at)));
    list.filter_map(|node| node?.dyn_into().ok()).collect()
}

/// The fragment of the address, without `#`.
pub fn fragment() -> String {
    let hash = window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default();
    hash.strip_prefix('#').map(str::to_owned).unwrap_or(hash)
}

/// Removes the fragment without adding a history entry or reloading.
pub fn clear_fragment() {
    let query = query_text();
    let mark = if query.is_empty() { "" } else { "?" };
    replace_address(&format!("{mark}{query}"));
}

/// The query of the address, without `?`.
pub fn query_text() -> String {
    let query = window()
        .and_then(|window| window.location().search().ok())
        .unwrap_or_default();
    query.strip_prefix('?').map(str::to_owned).unwrap_or(query)
}

/// Takes the query off the address and sets the fragment (without `#`), without
/// adding a history entry or reloading.
pub fn drop_query(fragment: &str) {
    let mark = if fragment.is_empty() { "" } else { "#" };
    replace_address(&format!("{mark}{fragment}"));
}

fn replace_address(after_path: &str) {
    let Some(window) = window() else { return };
    let path = window.location().pathname().unwrap_or_default();
    if let Ok(history) = window.history() {
        let address = format!("{path}{after_path}");
        history
            .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address))
            .ok();
    }
}

/// The address of this page without query and fragment.
pub fn bare_address() -> String {
    let path = window().and_then(|window| window.location().pathname().ok());
    format!("{}{}", origin(), path.unwrap_or_default())
}

/// The whole address of this page.
pub fn address() -> String {
    window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default()
}

/// Leaves this page for another one; whether the browser took the address.
pub fn go_to(url: &str) -> bool {
    window().is_some_and(|window| window.location().assign(url).is_ok())
}

/// The page's own origin, e.g. `http://127.0.0.1:8080`.
pub fn origin() -> String {
    window()
        .and_then(|window| window.location().origin().ok())
        .unwrap_or_default()
}

/// The address of a file beside the page.
pub fn beside(path: &str) -> String {
    let base = document().and_then(|document| document.base_uri().ok().flatten());
    base.and_then(|base| web_sys::Url::new_with_base(path, &base).ok())
        .map(|url| url.href())
        .unwrap_or_default()
}

/// Whether another page shows this one in a frame.
pub fn is_framed() -> bool {
    window().is_some_and(|window| window.parent().ok().flatten().as_deref() != Some(&window))
}

/// Whether the page itself came over https.
pub fn is_https() -> bool {
    window()
        .and_then(|window| window.location().protocol().ok())
        .is_some_and(|p| p == "https:")
}

/// Whether the page was served from this machine.
pub fn is_local() -> bool {
    let host = window()
        .and_then(|window| window.location().hostname().ok())
        .unwrap_or_default();
    matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost")
}

/// What the browser believes about the network; `true` proves nothing.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Whether the page is as small as a phone, upright or on its side.
pub fn is_small() -> bool {
    const SMALL: &str = "(max-width: 48rem), (max-height: 32rem)";
    let query = |window: web_sys::Window| window.match_media(SMALL).ok().flatten();
    window().and_then(query).is_some_and(|list| list.matches())
}

/// Whether the tab is hidden, so that frames stop and timers are throttled.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// The browser's description of itself.
pub fn user_agent() -> String {
    window()
        .and_then(|window| window.navigator().user_agent().ok())
        .unwrap_or_default()
}

/// How many cores the browser says that there are.
pub fn cores() -> Option<u32> {
    let count = window()?.navigator().hardware_concurrency();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small count"
    )]
    let count = count as u32;
    (count > 0).then_some(count)
}

/// Whether the command key is `⌘` here.
pub fn is_apple() -> bool {
    let agent = user_agent();
    agent.contains("Macintosh") || agent.contains("iPhone") || agent.contains("iPad")
}

/// The origin of a URL as the browser itself parses it.
pub fn origin_of(url: &str) -> Option<String> {
    web_sys::Url::new(url).ok().map(|url| url.origin())
}

/// Sets or removes an attribute of `<html>`.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else {
        return;
    };
    match value {
        Some(value) => root.set_attribute(name, value).ok(),
        None => root.remove_attribute(name).ok(),
    };
}

/// Sets the tab's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// The current instant as ISO 8601 text in UTC, for exports.
pub fn iso_now() -> String {
    String::from(js_sys::Date::new_0().to_iso_string())
}

/// Whether the focus is in something one types into.
pub fn is_typing() -> bool {
    let Some(active) = document().and_then(|document| document.active_element()) else {
        return false;
    };
    matches!(active.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        || active.has_attribute("contenteditable")
}

/// Whether a modal dialog is open, or the present mode, which takes all keys as
/// one does.
pub fn has_open_dialog() -> bool {
    document()
        .and_then(|document| document.query_selector("dialog[open],.present").ok())
        .flatten()
        .is_some()
}

/// The dialog that is open above all else.
pub fn top_dialog() -> Option<HtmlElement> {
    let held = document()?.active_element();
    let held = held.and_then(|active| active.closest("dialog[open]").ok()?);
    match held {
        Some(dialog) => dialog.dyn_into().ok(),
        None => query_all("dialog[open]").pop(),
    }
}

/// The text in lower case, by the browser's tables: the standard library would
/// bring its own, 11 kB of them.
pub fn lower_case(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// Whether the person asked for less motion.
pub fn wants_less_motion() -> bool {
    let query = |window: web_sys::Window| {
        let list = window.match_media("(prefers-reduced-motion: reduce)");
        list.ok().flatten()
    };
    window().and_then(query).is_some_and(|list| list.matches())
}

/// Adds the style of the later part; the build has hashed its name.
pub fn add_later_style() {
    let Some(document) = document() else { return };
    let name = document.query_selector("meta[name=touchstone-later]");
    let name = name
        .ok()
        .flatten()
        .and_then(|it| it.get_attribute("content"));
    let link = document.create_element("link").ok();
    let head = document.query_selector("head").ok().flatten();
    let (Some(name), Some(link), Some(head)) = (name, link, head) else {
        return;
    };
    link.set_attribute("rel", "stylesheet").ok();
    link.set_attribute("href", &beside(&name)).ok();
    head.append_child(&link).ok();
}

/// The text as it is compared when something is searched: composed letters in
/// lower case.
pub fn folded(text: &str) -> String {
    let composed = js_sys::JsString::from(text).normalize("NFC");
    composed.to_lower_case().into()
}
