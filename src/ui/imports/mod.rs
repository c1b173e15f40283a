//! The dialog in which things from elsewhere are looked at before they fill the
//! page in.

mod beside;
mod choose;
mod preview;

use super::kit::{Dialog, focus};
use crate::{
    app::imports::{Dropped, Imports, Stage, use_imports},
    browser::files::Incoming,
    core::import::ImportError,
    words::words,
};
use leptos::{html, prelude::*};

/// The dialog.
pub fn dialog() -> AnyView {
    let imports = use_imports();
    let open = Signal::derive(move || !matches!(imports.stage.get(), Stage::Closed));
    // What had the focus gives way to what is to be done next.
    Effect::new(move |_| match imports.stage.get() {
        Stage::Found(_) | Stage::Beside(_) => focus::later(["[data-testid=import-apply]"]),
        Stage::Failed { .. } | Stage::Unreadable { .. } | Stage::Refused(_) => {
            focus::later(["[data-testid=import-text]"]);
        }
        Stage::Closed | Stage::Asking | Stage::Reading => {}
    });
    view! {
        <Dialog
            open
            title=Signal::stored(words().imports().title.to_owned())
            test_id="imports"
            on_close=move |()| imports.close()
        >
            {move || body(imports, imports.stage.get())}
        </Dialog>
    }
    .into_any()
}

fn body(imports: Imports, stage: Stage) -> AnyView {
    let w = words().imports();
    match stage {
        Stage::Closed => ().into_any(),
        Stage::Asking => view! {
            {lead()}
            {form(imports)}
        }
        .into_any(),
        Stage::Reading => view! { <p class="hint" role="status">{w.reading}</p> }.into_any(),
        Stage::Failed { name, error, file } => {
            let attach = attach_button(imports, file);
            // Where the message says what can be read, nothing says it again.
            let lead = (!error.is_of_no_kind()).then(lead);
            view! {
                {failure(&name, (w.error)(&error), kind_of(&error))}
                {attach}
                {lead}
                {form(imports)}
            }
            .into_any()
        }
        Stage::Unreadable { name } => view! {
            {failure("", (w.unreadable)(&name), "unreadable")}
            {lead()}
            {form(imports)}
        }
        .into_any(),
        Stage::Found(found) => preview::view(imports, *found),
        Stage::Beside(found) => beside::view(imports, *found),
        Stage::Refused(refused) => {
            let w = words().ballot();
            let lines = refused
                .iter()
                .map(|(line, error)| (w.problem)(*line, &(w.error)(error)));
            let text = [(w.not_added)(refused.len())].into_iter().chain(lines);
            let text: Vec<String> = text.collect();
            view! {
                {failure("", text.join("\n"), "ballots")}
                {lead()}
                {form(imports)}
            }
            .into_any()
        }
    }
}

/// A word for marks.
fn kind_of(error: &ImportError) -> &'static str {
    match error {
        ImportError::Empty => "empty",
        ImportError::TooLarge { .. } => "too_large",
        ImportError::NotText => "not_text",
        ImportError::Document(_) => "document",
        ImportError::Link(_) | ImportError::Packed(_) | ImportError::AddressOnly => "link",
        ImportError::OtherDocument { .. } => "other_document",
        ImportError::History(_) => "history",
        ImportError::Prompts(_) => "prompts",
        ImportError::NoDocument => "no_document",
        ImportError::Json { .. } => "json",
        ImportError::Yaml(_) => "yaml",
        ImportError::Curl(_) => "curl",
        ImportError::Foreign(_) => "foreign",
        ImportError::Unknown => "unknown",
    }
}

/// For a file that was dropped: it may be meant for the prompt.
fn attach_button(imports: Imports, file: Option<Dropped>) -> Option<AnyView> {
    let w = words().imports();
    file.map(|file| {
        view! {
            <button
                type="button"
                class="btn"
                data-testid="import-attach"
                title=w.attach_hint
                on:click=move |_| imports.attach(&file)
            >
                {w.attach}
            </button>
        }
        .into_any()
    })
}

/// What stands below whatever was found: `apply`, something else, and the file
/// as a file.
fn buttons(
    imports: Imports,
    file: Option<Dropped>,
    text: &'static str,
    apply: impl Fn() + 'static,
) -> AnyView {
    view! {
        <div class="card-actions">
            <button
                type="button"
                class="btn btn-go"
                autofocus
                data-testid="import-apply"
                on:click=move |_| apply()
            >
                {text}
            </button>
            <button
                type="button"
                class="btn"
                data-testid="import-other"
                on:click=move |_| imports.ask()
            >
                {words().imports().other}
            </button>
            {attach_button(imports, file)}
        </div>
    }
    .into_any()
}

fn failure(name: &str, text: String, kind: &'static str) -> AnyView {
    let name = (!name.is_empty()).then(|| view! { <b>{name.to_owned()}</b> });
    view! {
        <div class="card-bad" role="alert" data-testid="import-error" data-kind=kind>
            {name}
            <p>{text}</p>
        </div>
    }
    .into_any()
}

/// What can be brought.
fn lead() -> AnyView {
    view! { <p class="hint" data-testid="import-lead">{words().imports().lead}</p> }.into_any()
}

fn form(imports: Imports) -> AnyView {
    let w = words().imports();
    let field = NodeRef::<html::Input>::new();
    view! {
        <label class="field">
            <span class="label">{w.paste}</span>
            <textarea
                class="input import-text"
                rows="8"
                autofocus
                spellcheck="false"
                data-testid="import-text"
                placeholder=w.paste_placeholder
                prop:value=move || imports.text.get()
                on:input=move |event| imports.text.set(event_target_value(&event))
            ></textarea>
        </label>
        <div class="card-actions">
            <button
                type="button"
                class="btn btn-go"
                data-testid="import-look"
                disabled=move || imports.text.with(|text| text.trim().is_empty())
                on:click=move |_| imports.look_at_text()
            >
                {w.look}
            </button>
            <button
                type="button"
                class="btn"
                data-testid="import-pick"
                on:click=move |_| {
                    if let Some(field) = field.get_untracked() {
                        field.click();
                    }
                }
            >
                {w.pick}
            </button>
            <span class="hint import-drop">{w.drop}</span>
        </div>
        <input
            type="file"
            hidden
            node_ref=field
            data-testid="import-file"
            aria-label=w.pick
            on:change=move |_| {
                if let Some(incoming) = field.get_untracked().and_then(|it| Incoming::take(&it)) {
                    imports.look_at_file(incoming);
                }
            }
        />
    }
    .into_any()
}
