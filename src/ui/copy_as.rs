//! A request as a program, in the dialog of what was sent.

use super::kit::copy_text;
use crate::{
    app::{RunCell, use_notices},
    core::export::snippet::{Language, Snippet, snippet},
    words::words,
};
use leptos::prelude::*;

/// The section; nothing where nothing was sent over the network.
pub fn section(cell: &RunCell) -> Option<AnyView> {
    let (provider, sent) = {
        let state = cell.state();
        let setup = state.setup.as_ref()?;
        if setup.row().is_some_and(|row| row.transport.is_in_page()) {
            return None;
        }
        (setup.provider.clone(), state.sent.clone()?)
    };
    let notices = use_notices();
    let chosen = RwSignal::new(Language::Curl);
    let made = Memo::new(move |_| snippet(chosen.get(), &provider, &sent));
    let w = words().exports();
    let tabs = Language::ALL.map(|language| {
        view! {
            <button
                type="button"
                class="chip"
                class:chip-set=move || chosen.get() == language
                data-testid="copy-as"
                data-language=language.as_str()
                aria-pressed=move || (chosen.get() == language).to_string()
                on:click=move |_| chosen.set(language)
            >
                {(w.language)(language)}
            </button>
        }
    });
    let copy = move |_| {
        if let Ok(Snippet { code, .. }) = made.get_untracked() {
            copy_text(notices, code, || ());
        }
    };
    let content = move || match made.get() {
        Err(why) => view! { <p class="hint">{(w.no_snippet)(why)}</p> }.into_any(),
        Ok(snippet) => {
            let needs = (w.needs)(&snippet.variables);
            let lacks_files = snippet.lacks_files;
            let is_rust = chosen.get_untracked() == Language::Rust;
            view! {
                <p class="hint">
                    {needs} {is_rust.then(|| format!(" {}", w.rust_hint))}
                    {lacks_files.then(|| format!(" {}", w.lacks_files))}
                </p>
                <pre class="code-block" data-testid="copy-as-code" tabindex="0">
                    {snippet.code}
                </pre>
            }
            .into_any()
        }
    };
    Some(
        view! {
            <section class="section" data-testid="copy-as-section">
                <div class="section-head">
                    <h3>{w.code}</h3>
                    <button
                        type="button"
                        class="btn"
                        data-testid="copy-as-copy"
                        disabled=move || made.with(Result::is_err)
                        on:click=copy
                    >
                        {w.copy_code}
                    </button>
                </div>
                <div class="copy-as-languages" role="group" aria-label=w.code_languages>
                    {tabs.collect_view()}
                </div>
                {content}
            </section>
        }
        .into_any(),
    )
}
