//! Which header takes the key, for servers and gateways of one's own and
//! where what is known of it disagrees.

use super::Form;
use crate::{
    app::{key_headers, use_notices},
    core::wire::key_header::KeyHeader,
    words::words,
};
use leptos::prelude::*;

/// Headers in use somewhere, to choose from; anything else can be typed.
const USUAL: [&str; 5] = [
    "Authorization",
    "api-key",
    "x-api-key",
    "x-goog-api-key",
    "x-litellm-api-key",
];

/// Folded away until it is needed. There once the base URL is whole, because
/// headers belong to an origin.
#[component]
pub fn KeyHeaderField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let w = words().routes();
    let notices = use_notices();
    let place = Memo::new(move |_| {
        let row = form.row().filter(|row| row.key_header_open)?;
        Some((row.id.clone(), form.resolved()?.origin))
    });
    let typed = move || {
        place.with(|place| {
            let (provider, origin) = place.as_ref()?;
            key_headers::typed(provider, origin)
        })
    };
    let fault = move || typed().and_then(|typed| KeyHeader::parse(&typed).err());
    let on_change = move |event| {
        let text = event_target_value(&event);
        place.with_untracked(|place| {
            if let Some((provider, origin)) = place
                && !key_headers::set(provider, origin, &text)
            {
                notices.toast(w.key_header_not_kept);
            }
        });
    };
    move || {
        place.with(Option::is_some).then(|| {
            view! {
                <details class="picker-base" open=typed().is_some()>
                    <summary>{w.key_header}</summary>
                    <label class="field">
                        <span class="label">{w.key_header_label}</span>
                        <input
                            class="input mono"
                            type="text"
                            list="key-headers"
                            spellcheck="false"
                            autocapitalize="off"
                            autocomplete="off"
                            data-testid="picker-key-header"
                            placeholder="Authorization: Bearer"
                            aria-invalid=move || fault().map(|_| "true")
                            prop:value=move || typed().unwrap_or_default()
                            on:change=on_change
                        />
                        <span class="hint" class:hint-bad=move || fault().is_some()>
                            {move || fault().map_or(w.key_header_hint, w.key_header_fault)}
                        </span>
                    </label>
                    <datalist id="key-headers">
                        {USUAL.map(|name| view! { <option value=name></option> }.into_any())}
                    </datalist>
                </details>
            }
            .into_any()
        })
    }
}
