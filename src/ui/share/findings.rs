//! What looks private, and whether it goes in.

use super::use_sharing;
use crate::{
    core::scan::{self, Finding},
    ui::kit::Each,
    words::words,
};
use leptos::prelude::*;

/// How many places of one find are named.
const MOST_PLACES: usize = 4;

/// All finds, with a decision on each; nothing where there are none.
#[component]
pub fn Findings() -> impl IntoView {
    let sharing = use_sharing();
    let w = words().share();
    let count = Memo::new(move |_| sharing.made.with(|made| made.findings.len()));
    let texts = move || -> Vec<String> {
        let found = sharing.made.get_untracked().findings;
        found.iter().map(|finding| finding.text.clone()).collect()
    };
    let decide = move |kept: Vec<String>| sharing.choice.update(|choice| choice.kept = kept);
    let is_any_struck = Memo::new(move |_| {
        let kept = sharing.choice.with(|choice| choice.kept.clone());
        let found = sharing.made.get().findings;
        found.iter().any(|finding| !kept.contains(&finding.text))
    });
    move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <section class="card-note share-private" data-testid="share-private" role="group" aria-labelledby="share-private-title">
                    <h3 id="share-private-title">{(w.private_title)(count)}</h3>
                    <p>{w.private_lead}</p>
                    <ul>
                        <Each
                            each=move || (*sharing.made.get().findings).clone()
                            key=|finding| finding.text.clone()
                            children=move |finding| view! { <Line finding /> }
                        />
                    </ul>
                    <div class="card-actions">
                        <button
                            type="button"
                            class="btn"
                            data-testid="share-strike-all"
                            hidden=move || is_any_struck.get()
                            on:click=move |_| decide(Vec::new())
                        >
                            {w.strike_all}
                        </button>
                        <button
                            type="button"
                            class="btn"
                            data-testid="share-keep-all"
                            hidden=move || !is_any_struck.get()
                            on:click=move |_| decide(texts())
                        >
                            {w.keep_all}
                        </button>
                    </div>
                </section>
            }
            .into_any()
        })
    }
}

#[component]
fn Line(finding: Finding) -> impl IntoView {
    let sharing = use_sharing();
    let w = words().share();
    let Finding { kind, text, places } = finding;
    let masked = scan::mask(kind, &text);
    let mut named: Vec<String> = places.iter().take(MOST_PLACES).map(w.place).collect();
    if places.len() > MOST_PLACES {
        named.push("…".to_owned());
    }
    let of = text.clone();
    let is_kept = Memo::new(move |_| sharing.choice.with(|choice| choice.kept.contains(&of)));
    let label = format!("{}: {masked}", (w.kind)(kind));
    let turn = move |_| {
        sharing.choice.update(|choice| {
            if choice.kept.contains(&text) {
                choice.kept.retain(|kept| *kept != text);
            } else {
                choice.kept.push(text.clone());
            }
        });
    };
    view! {
        <li data-testid="share-finding">
            <span>
                <b>{(w.kind)(kind)}</b> " " <code>{masked}</code>
                <small>{named.join(", ")}</small>
            </span>
            <span class="share-fate">{move || if is_kept.get() { w.goes_in } else { w.struck }}</span>
            <button type="button" class="btn" data-testid="share-decide" aria-label=move || {
                let verb = if is_kept.get() { w.strike_one } else { w.keep_one };
                format!("{verb}, {label}")
            } on:click=turn>
                {move || if is_kept.get() { w.strike_one } else { w.keep_one }}
            </button>
        </li>
    }
}
