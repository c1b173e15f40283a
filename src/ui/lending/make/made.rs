//! The link with a key in it, and apart from it the passphrase.

use super::{MADE, fields::select_all, form::Form};
use crate::{
    app::use_notices,
    browser::page,
    core::share::qr,
    ui::kit::{copy_text, square},
    words::words,
};
use leptos::prelude::*;
/// The link and, apart from it, the passphrase.
#[component]
pub fn Made(
    /// What opens it.
    link: String,
    /// The form.
    form: Form,
) -> impl IntoView {
    let w = words().lending();
    let notices = use_notices();
    request_animation_frame(|| page::show(MADE));
    let shows_code = RwSignal::new(false);
    let (for_copy, for_code) = (link.clone(), link.clone());
    let passphrase = move || form.passphrase.get();
    view! {
        <section id=MADE class="section" data-testid="lend-made">
            <div class="field">
                <label for="lend-link">{w.link}</label>
                <div class="keyfield-row">
                    <input
                        id="lend-link"
                        class="input mono"
                        type="text"
                        readonly
                        data-testid="lend-link"
                        prop:value=link
                        on:focus=select_all
                    />
                    <button
                        type="button"
                        class="btn"
                        on:click=move |_| copy_text(notices, for_copy.clone(), || ())
                    >
                        {w.copy_link}
                    </button>
                </div>
            </div>
            <div class="lend-aloud">
                <output class="mono" data-testid="lend-aloud">
                    {passphrase}
                </output>
                <button
                    type="button"
                    class="btn"
                    on:click=move |_| copy_text(notices, form.passphrase.get_untracked(), || ())
                >
                    {w.copy_passphrase}
                </button>
            </div>
            <p class="hint">{w.apart}</p>
            {qr::encode(&for_code)
                .map(|code| {
                    let code = StoredValue::new(code);
                    view! {
                        <button
                            type="button"
                            class="btn"
                            aria-expanded=move || shows_code.get().to_string()
                            on:click=move |_| shows_code.update(|on| *on = !*on)
                        >
                            {w.code}
                        </button>
                        {move || {
                            shows_code
                                .get()
                                .then(|| square(code.get_value(), w.link, "code-square", "lend-square"))
                        }}
                    }
                })}
        </section>
    }
}
