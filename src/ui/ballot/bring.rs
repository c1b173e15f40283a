//! How ballots come in: pasted, as files, by the camera.

use super::{outcome::Desk, scan, steps};
use crate::{
    app::{
        ballots::{self, Refused},
        task,
    },
    browser::files::Incoming,
    core::ballot::{
        criteria,
        found::{self, Found},
    },
    ui::kit::copy_text,
    words::words,
};
use leptos::{html, prelude::*};

/// A file of more than this holds no ballots of ours.
const MOST_BYTES: usize = 8 << 20;

/// The ways in, and what did not fit.
pub(super) fn view(it: Desk) -> AnyView {
    let w = words().ballot();
    let text = RwSignal::new(String::new());
    let problems = RwSignal::new(Vec::<String>::new());
    let add_pasted = move |_| {
        let found = found::ballots(&text.get_untracked());
        let refused = add(it, problems, found);
        // What was not added stays, to be mended.
        let left = left_over(&text.get_untracked(), &refused);
        text.set(left);
    };
    view! {
        <section class="section" aria-labelledby="bring-title">
            <h3 id="bring-title">{w.add}</h3>
            <div class="field">
                <label for="paste-ballots">{w.paste}</label>
                <textarea
                    id="paste-ballots"
                    class="textarea mono"
                    rows="3"
                    data-testid="paste-ballots"
                    spellcheck="false"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                ></textarea>
                <p class="hint">{w.paste_hint}</p>
            </div>
            <div class="card-actions">
                <button
                    type="button"
                    class="btn"
                    data-testid="add-ballots"
                    disabled=move || text.with(|text| text.trim().is_empty())
                    on:click=add_pasted
                >
                    {w.add_pasted}
                </button>
                {files(it, problems)}
                {scan::button(it, problems)}
            </div>
            {move || {
                let problems = problems.get();
                (!problems.is_empty())
                    .then(|| {
                        let lines: Vec<_> = problems
                            .iter()
                            .map(|text| view! { <li>{text.clone()}</li> })
                            .collect();
                        view! {
                            <div class="card-bad" role="alert" data-testid="ballot-problems">
                                <p>{(w.not_added)(problems.len())}</p>
                                <ul>{lines}</ul>
                            </div>
                        }
                    })
            }}
        </section>
    }
    .into_any()
}

/// Adds what fits and says how many that were and what did not.
pub(super) fn add(it: Desk, problems: RwSignal<Vec<String>>, found: Vec<Found>) -> Refused {
    let w = words().ballot();
    let all = found.len();
    // A file may be read more slowly than the dialog is closed.
    let Some(subject) = it.subject.try_get_untracked() else {
        return Vec::new();
    };
    let (said, refused) = it.ballots.add(&subject, found);
    let texts = refused
        .iter()
        .map(|(line, error)| (w.problem)(*line, &(w.error)(error)));
    problems.set(texts.collect());
    if refused.len() < all {
        it.notices.toast(said);
    }
    refused
}

/// The lines that were refused.
fn left_over(text: &str, refused: &Refused) -> String {
    if refused.iter().any(|(line, _)| line.is_none()) {
        return text.to_owned();
    }
    let lines = text
        .trim_start_matches('\u{feff}')
        .trim()
        .lines()
        .enumerate();
    let left = lines.filter(|(at, _)| refused.iter().any(|(line, _)| *line == Some(at + 1)));
    left.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

fn files(it: Desk, problems: RwSignal<Vec<String>>) -> AnyView {
    let w = words().ballot();
    let field = NodeRef::<html::Input>::new();
    let on_change = move |_| {
        let Some(incoming) = field
            .get_untracked()
            .and_then(|field| Incoming::take(&field))
        else {
            return;
        };
        task::spawn(async move {
            let mut found = Vec::new();
            let mut unreadable = Vec::new();
            for file in incoming.into_files() {
                let name = file.name();
                let bytes = if file.len() > MOST_BYTES {
                    None
                } else {
                    file.read().await
                };
                match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
                    Some(text) => found.extend(found::ballots(&text)),
                    None => unreadable.push((w.unreadable_file)(&name)),
                }
            }
            add(it, problems, found);
            problems.update(|problems| problems.extend(unreadable));
        });
    };
    view! {
        <button
            type="button"
            class="btn"
            on:click=move |_| {
                if let Some(field) = field.get_untracked() {
                    field.click();
                }
            }
        >
            {w.pick_files}
        </button>
        <input
            type="file"
            multiple
            hidden
            node_ref=field
            data-testid="ballot-files"
            aria-label=w.pick_files
            on:change=on_change
        />
    }
    .into_any()
}

/// What opens this result as a blind vote, with marks if they are asked for.
pub(super) fn invite(it: Desk) -> AnyView {
    let w = words().ballot();
    let copy = move |_| {
        let criteria = criteria(&it.ballots.criteria.get_untracked());
        match ballots::vote_link(it.comparison, criteria) {
            Ok(link) => copy_text(it.notices, link, || {}),
            Err(ending) => copy_text(it.notices, ending, move || {
                it.notices.toast(w.invite_private);
            }),
        }
    };
    view! {
        <section class="section" aria-labelledby="invite-title">
            <h3 id="invite-title">{w.invite_title}</h3>
            <p class="hint">{w.invite_hint}</p>
            {steps::criteria_field(it.ballots, "link-criteria", w.link_criteria_hint)}
            <div class="card-actions">
                <button type="button" class="btn" data-testid="copy-invitation" on:click=copy>
                    {w.invite}
                </button>
            </div>
        </section>
    }
    .into_any()
}
