//! The address before the `#`.

use super::use_sharing;
use crate::{
    app::{share, use_notices},
    browser::page,
    core::share::{Base, BaseFault},
    words::words,
};
use leptos::{html, prelude::*};

/// Says, above all else, that a link leads nowhere for others, and leads to where
/// its address is named.
#[component]
pub fn Private() -> impl IntoView {
    let sharing = use_sharing();
    let w = words().share();
    move || {
        let base = sharing.base.get()?;
        let text = (w.base_private)(base.private_host()?);
        Some(
            view! {
                <div class="card-note" data-testid="share-private-base">
                    <p>{text}</p>
                    <div class="card-actions">
                        <button
                            type="button"
                            class="btn"
                            data-testid="share-base-name"
                            on:click=|_| open_field()
                        >
                            {w.base_name}
                        </button>
                    </div>
                </div>
            }
            .into_any(),
        )
    }
}

/// Unfolds the field of the address and goes there.
fn open_field() {
    if let Some(details) = page::query("details:has([data-testid=share-base])") {
        details.set_attribute("open", "").ok();
    }
    if let Some(field) = page::query("[data-testid=share-base]") {
        field.focus().ok();
    }
}

/// Says under which address the link opens, and lets another one be named.
#[component]
pub fn Address() -> impl IntoView {
    let sharing = use_sharing();
    let notices = use_notices();
    let w = words().share();
    let field = NodeRef::<html::Input>::new();
    let fault = RwSignal::new(None::<BaseFault>);
    let private = Memo::new(move |_| {
        let base = sharing.base.get();
        base.and_then(|base| base.private_host().map(str::to_owned))
    });
    let is_plain = Memo::new(move |_| sharing.base.get().is_some_and(|base| base.is_plain()));
    let take = move |base: Option<Base>| {
        if !share::name_base(base.as_ref()) {
            notices.toast(w.base_not_kept);
        }
        fault.set(None);
        sharing.base.set(base.or_else(|| share::own_base().ok()));
    };
    let use_typed = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else {
            return;
        };
        match Base::read(&field.value()) {
            Ok(base) => take(Some(base)),
            Err(why) => {
                fault.set(Some(why));
                field.focus().ok();
            }
        }
    };
    // Open from the start where the link would lead nowhere.
    let is_open = private.get_untracked().is_some();
    view! {
        <details class="more" open=is_open>
            <summary data-testid="share-address">{w.base}</summary>
            <form class="share-form" on:submit=use_typed autocomplete="off">
                <label class="field">
                    <span class="hint">{w.base_hint}</span>
                    <span class="keyfield-row">
                        <input
                            class="input mono"
                            type="text"
                            inputmode="url"
                            node_ref=field
                            spellcheck="false"
                            autocapitalize="off"
                            data-testid="share-base"
                            aria-invalid=move || fault.with(Option::is_some).then_some("true")
                            prop:value=move || {
                                sharing.base.get().map(|base| base.as_str().to_owned()).unwrap_or_default()
                            }
                            on:input=move |_| fault.set(None)
                        />
                        <button type="submit" class="btn" data-testid="share-base-use">
                            {w.base_use}
                        </button>
                    </span>
                </label>
                <p class="hint hint-bad" role="status" hidden=move || fault.with(Option::is_none)>
                    {move || fault.with(|fault| fault.as_ref().map(w.base_fault))}
                </p>
                <p class="hint" hidden=move || !is_plain.get() || private.with(Option::is_some)>
                    {w.base_plain}
                </p>
                {move || {
                    let is_other = sharing.base.get() != share::own_base().ok();
                    is_other
                        .then(|| {
                            view! {
                                <div class="card-actions">
                                    <button
                                        type="button"
                                        class="btn"
                                        data-testid="share-base-own"
                                        on:click=move |_| take(None)
                                    >
                                        {w.base_own}
                                    </button>
                                </div>
                            }
                        })
                }}
            </form>
        </details>
    }
}
