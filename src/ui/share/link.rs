//! The link itself, how long it is, and the ways to send it.

use super::{Sharing, state::Packed, use_sharing};
use crate::{
    app::{Notices, task, use_notices},
    browser::{download, page, sharing},
    core::{
        chart::grouped,
        real::shortest,
        recipe::result::pretty,
        share::{MARKS, Reach, at_percent},
    },
    ui::kit::copy_text,
    words::words,
};
use leptos::{html, prelude::*};

/// The field and what can be done with it.
#[component]
pub fn Link() -> impl IntoView {
    let sharing = use_sharing();
    let notices = use_notices();
    let w = words().share();
    let field = NodeRef::<html::Input>::new();
    let link = Memo::new(move |_| sharing.link());
    let is_too_long = Memo::new(move |_| sharing.reach() == Some(Reach::TooLong));
    let copy = move |_| {
        if let Some(link) = link.get_untracked() {
            copy_text(notices, link, || ());
        }
    };
    view! {
        <div class="share-link">
            <label class="field">
                <span class="label">{w.link}</span>
                <input
                    class="input mono"
                    type="text"
                    readonly
                    node_ref=field
                    data-testid="share-link"
                    aria-describedby="share-reach"
                    prop:value=move || link.get().unwrap_or_default()
                    on:focus=move |_| {
                        if let Some(field) = field.get_untracked() {
                            field.select();
                        }
                    }
                />
            </label>
            <div class="card-actions">
                <button
                    type="button"
                    class="btn btn-go"
                    autofocus
                    data-testid="share-copy"
                    disabled=move || is_too_long.get()
                    on:click=copy
                >
                    {w.copy}
                </button>
                {sharing::is_there()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn"
                                data-testid="share-send"
                                disabled=move || is_too_long.get()
                                on:click=move |_| send(link)
                            >
                                {w.send}
                            </button>
                        }
                    })}
                <button
                    type="button"
                    class="btn"
                    data-testid="share-file"
                    on:click=move |_| save(sharing, notices)
                >
                    {w.save_file}
                </button>
            </div>
            <Length link />
        </div>
    }
}

fn send(link: Memo<Option<String>>) {
    if let Some(link) = link.get_untracked() {
        // Whoever closes the browser's own dialog has not met with a fault.
        task::spawn(async move {
            sharing::send(words().app_name, &link).await;
        });
    }
}

/// What is chosen as a file.
fn save(sharing: Sharing, notices: Notices) {
    let document = sharing.made.get_untracked().document;
    let name = format!(
        "touchstone-{}.json",
        page::iso_now().replace([':', '.'], "-")
    );
    let saved = download::save_text(&name, "application/json", &pretty(&document));
    let w = words().actions();
    notices.toast(if saved { w.exported } else { w.not_exported });
}

/// The length as a bar with its marks, and in words.
#[component]
fn Length(link: Memo<Option<String>>) -> impl IntoView {
    let sharing = use_sharing();
    let w = words().share();
    let length = Memo::new(move |_| link.with(|link| link.as_ref().map(String::len)));
    let counted = move || grouped(length.get().unwrap_or_default() as u64);
    let width = move || shortest(at_percent(length.get().unwrap_or_default())) + "%";
    let level = move || match sharing.reach() {
        None => "",
        Some(Reach::Anywhere) => "anywhere",
        Some(Reach::Most) => "most",
        Some(Reach::Browsers) => "browsers",
        Some(Reach::TooLong) => "too_long",
    };
    let said = move || match (length.get(), sharing.packed.get()) {
        (Some(_), _) => {
            let reach = sharing.reach().map(w.reach).unwrap_or_default();
            format!("{}. {reach}", (w.length)(&counted()))
        }
        (None, Packed::Failed(_)) => String::new(),
        (None, Packed::Working(None)) if sharing.passphrase.with(Option::is_some) => {
            w.sealing.to_owned()
        }
        (None, Packed::Working(percent)) => (w.working)(percent),
        (None, Packed::Ready(_)) => {
            (w.base_fault)(&crate::core::share::BaseFault::Scheme).to_owned()
        }
    };
    view! {
        <div
            class="reach num"
            role="img"
            data-testid="share-length"
            data-reach=level
            aria-label=move || (w.marks_label)(&counted())
        >
            <div class="reach-track">
                <i style:width=width></i>
                {MARKS
                    .map(|mark| {
                        let at = shortest(at_percent(mark)) + "%";
                        view! { <b style:left=at></b> }
                    })}
            </div>
            <div class="reach-marks" aria-hidden="true">
                {MARKS
                    .map(|mark| {
                        let at = shortest(at_percent(mark)) + "%";
                        view! {
                            <span style:left=at>{grouped(mark as u64)} <small>{(w.mark)(mark)}</small></span>
                        }
                    })}
            </div>
        </div>
        <p class="hint" id="share-reach" role="status" class:hint-bad=move || level() == "too_long">
            {said}
        </p>
    }
}
