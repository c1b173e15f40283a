//! What is in the link, to be read.

use super::use_sharing;
use crate::{
    core::{
        recipe::result::pretty,
        share::{AnswerLine, PaneLine, Preview, preview},
    },
    words::words,
};
use leptos::prelude::*;

/// The contents, made of the very document that is packed.
#[component]
pub fn Contents() -> impl IntoView {
    let sharing = use_sharing();
    let w = words().share();
    let seen = Memo::new(move |_| preview(&sharing.made.get().document));
    let is_open = RwSignal::new(false);
    let json = move || {
        is_open.get().then(|| {
            let document = sharing.made.get().document;
            view! {
                <pre class="code-block" data-testid="share-json" tabindex="0">
                    {pretty(&document)}
                </pre>
            }
        })
    };
    let private = move || {
        let hosts = seen.with(|seen| seen.private_hosts.join(", "));
        (!hosts.is_empty()).then(|| {
            view! {
                <p class="card-note" data-testid="share-private-endpoint">
                    {(w.endpoint_private)(&hosts)}
                </p>
            }
        })
    };
    view! {
        <section class="section" data-testid="share-preview">
            <h3>{w.preview}</h3>
            {private}
            <dl class="facts share-facts">
                {move || seen.with(rows)}
                <dt>{w.stays}</dt>
                <dd>{w.stays_out}</dd>
            </dl>
            <details class="more" on:toggle=move |event| is_open.set(is_unfolded(&event))>
                <summary>{w.whole_document}</summary>
                {json}
            </details>
        </section>
    }
}

fn is_unfolded(event: &leptos::ev::Event) -> bool {
    event_target::<web_sys::Element>(event).has_attribute("open")
}

fn rows(seen: &Preview) -> AnyView {
    let w = words().share();
    let text = |label: String, text: &str| {
        view! { <dt>{label}</dt><dd class="share-text">{text.to_owned()}</dd> }.into_any()
    };
    let lines = |label: &str, lines: Vec<String>| {
        let is_any = !lines.is_empty();
        let label = label.to_owned();
        is_any.then(|| {
            let lines = lines.into_iter().map(|line| view! { <li>{line}</li> });
            view! { <dt>{label}</dt><dd><ul>{lines.collect_view()}</ul></dd> }.into_any()
        })
    };
    let pair = |(name, value): &(String, String)| format!("{name} = {value}");
    let panes = if seen.panes.is_empty() {
        vec![w.no_panes.to_owned()]
    } else {
        seen.panes.iter().map(pane_line).collect()
    };
    let file = |file: &crate::core::share::FileLine| {
        let bytes = usize::try_from(file.bytes).unwrap_or(usize::MAX);
        (w.file_line)(&file.name, &(w.size)(bytes), file.is_in)
    };
    view! {
        {seen.title.as_deref().map(|title| text(w.preview_title.to_owned(), title))}
        {seen.system.as_deref().map(|system| text(w.preview_system.to_owned(), system))}
        {seen
            .messages
            .iter()
            .map(|(role, content)| text((w.role)(role), content))
            .collect_view()}
        {lines(w.preview_variables, seen.variables.iter().map(pair).collect())}
        {lines(w.preview_params, seen.params.iter().map(pair).collect())}
        {lines(w.preview_panes, panes)}
        {lines(w.preview_answers, seen.answers.iter().map(answer_line).collect())}
        {lines(w.preview_files, seen.files.iter().map(file).collect())}
    }
    .into_any()
}

fn pane_line(pane: &PaneLine) -> String {
    let mut line = pane.model.clone();
    if let Some(label) = &pane.label {
        line = format!("{label}: {line}");
    }
    line.push_str(" · ");
    line.push_str(pane.base_url.as_ref().unwrap_or(&pane.provider));
    for (name, value) in &pane.params {
        line.extend([" · ", name, " = ", value]);
    }
    line
}

fn answer_line(answer: &AnswerLine) -> String {
    let w = words().share();
    let AnswerLine {
        pane,
        model,
        status,
        answer: letters,
        thinking,
        with,
    } = answer;
    let mut line = (w.answer_line)(*pane, model, status, *letters, *thinking);
    for beside in with {
        line.push_str(", ");
        line.push_str((w.beside)(*beside));
    }
    line
}
