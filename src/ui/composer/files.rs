//! Attached files as they are shown: in the composer with what becomes of them
//! on each route, and in the turns.

use crate::{
    app::{Comparison, Files, files::Form, use_comparison, use_files},
    core::attach::{Attachment, FileKind, Fit, Unfit, fit},
    ui::kit::{Each, Icon, IconName, focus},
    words::{files::size, words},
};
use leptos::prelude::*;

/// The files of the draft.
pub fn draft_files() -> AnyView {
    let comparison = use_comparison();
    let files = use_files();
    let w = words().files();
    view! {
        <ul class="files" data-testid="attachments" aria-label=w.attached>
            <Each
                each=move || comparison.attached.get()
                key=|attachment| attachment.id
                children=move |attachment| view! { <Tile attachment /> }
            />
            {move || {
                let reading = files.reading.get();
                (reading > 0)
                    .then(|| view! { <li class="file hint">{(w.reading)(reading)}</li> }.into_any())
            }}
        </ul>
    }
    .into_any()
}

/// The files of a turn.
pub fn turn_files(attachments: &[Attachment]) -> AnyView {
    let files = use_files();
    view! {
        <ul class="files files-small" data-testid="turn-files" aria-label=words().files().attached>
            {attachments
                .iter()
                .map(|attachment| {
                    view! {
                        <li class="file">
                            {picture(files, attachment)} <span class="file-words">
                                <span class="file-name">{attachment.title().to_owned()}</span>
                                <span class="hint num">{facts(attachment)}</span>
                            </span>
                        </li>
                    }
                        .into_any()
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn Tile(attachment: Attachment) -> impl IntoView {
    let comparison = use_comparison();
    let files = use_files();
    let id = attachment.id;
    let name = attachment.title().to_owned();
    let label = (words().files().remove)(&name);
    let (shown, routed) = (attachment.clone(), attachment);
    let lines = Memo::new(move |_| route_lines(comparison, files, &routed));
    let remove = move |_| {
        // The focus goes on to the file that takes the place.
        let next = comparison.attached.with_untracked(|all| {
            let at = all.iter().position(|one| one.id == id)?;
            let next = all.get(at + 1).or_else(|| all.get(at.checked_sub(1)?))?;
            Some(format!("[data-remove=\"{}\"]", next.id))
        });
        comparison.detach(id);
        focus::later([next.unwrap_or_default().as_str(), "[data-testid=attach]"]);
    };
    view! {
        <li class="file" data-testid="attachment">
            {picture(files, &shown)}
            <span class="file-words">
                <span class="file-name" title=name.clone()>{name.clone()}</span>
                <span class="hint num">{facts(&shown)}</span>
                {move || {
                    lines
                        .get()
                        .into_iter()
                        .map(|(text, is_bad)| {
                            view! {
                                <span class="hint" class:hint-bad=is_bad data-testid="attachment-note">
                                    {text}
                                </span>
                            }
                                .into_any()
                        })
                        .collect_view()
                }}
            </span>
            <button
                type="button"
                class="btn-icon"
                data-testid="remove-attachment"
                data-remove=id.to_string()
                aria-label=label.clone()
                title=label
                on:click=remove
            >
                <Icon name=IconName::Close />
            </button>
        </li>
    }
}

fn picture(files: Files, attachment: &Attachment) -> AnyView {
    let id = attachment.id;
    let kind = match attachment.kind {
        FileKind::Image { .. } => "IMG",
        FileKind::Pdf => "PDF",
        FileKind::Text => "TXT",
    };
    (move || {
        let url = files.thumbs.with(|thumbs| {
            let found = thumbs.iter().find(|(of, _)| *of == id);
            found
                .map(|(_, url)| url.clone())
                .filter(|url| !url.is_empty())
        });
        match url {
            Some(url) => view! { <img class="file-picture" src=url alt="" /> }.into_any(),
            None => {
                view! { <span class="file-picture" aria-hidden="true">{kind}</span> }.into_any()
            }
        }
    })
    .into_any()
}

/// E.g. `1600 × 900, 2.1 MB`.
fn facts(attachment: &Attachment) -> String {
    let bytes = size(attachment.bytes().len());
    match attachment.pixels() {
        Some(pixels) => format!("{} × {}, {bytes}", pixels.width, pixels.height),
        None => bytes,
    }
}

/// What becomes of a file where it does not go out as it is, one line for each
/// model or provider; whether it is bad news.
fn route_lines(
    comparison: Comparison,
    files: Files,
    attachment: &Attachment,
) -> Vec<(String, bool)> {
    let w = words().files();
    let mut lines: Vec<(String, bool)> = Vec::new();
    for pane in comparison.panes.get() {
        let setup = pane.setup.get();
        let Some(row) = setup.row() else { continue };
        let Some(api) = row.api(setup.api) else {
            continue;
        };
        let line = match fit(attachment, row, api.dialect, &setup.known_model()) {
            Fit::AsIs => continue,
            Fit::No(because @ (Unfit::BlindModel | Unfit::NoPdfModel)) => {
                ((w.not_to)(setup.name(), because), true)
            }
            Fit::No(because) => ((w.not_to)(&row.name, because), true),
            Fit::Changed(target) => match files.form(attachment.id, &target) {
                Some(Form::Made(made)) => {
                    let format = made
                        .media_type()
                        .trim_start_matches("image/")
                        .to_uppercase();
                    let form = format!("{format}, {}", facts(&made));
                    ((w.sent_as)(&row.name, &form), false)
                }
                Some(Form::Failed) => ((w.not_made)(&row.name), true),
                Some(Form::Pending) | None => ((w.in_the_making)(&row.name), false),
            },
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}
