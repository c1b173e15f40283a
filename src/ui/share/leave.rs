//! What a result can do without.

use super::use_sharing;
use crate::{
    app::share::What,
    core::{chart::grouped, share::Part},
    words::words,
};
use leptos::prelude::*;

/// A box for each part, with what it saves.
#[component]
pub fn LeaveOutParts() -> impl IntoView {
    let sharing = use_sharing();
    let w = words().share();
    let is_result = Memo::new(move |_| sharing.choice.with(|choice| choice.what == What::Result));
    move || {
        is_result.get().then(|| {
            view! {
                <fieldset class="section share-leave">
                    <legend>{w.leave_title}</legend>
                    {Part::ALL
                        .into_iter()
                        .enumerate()
                        .map(|(place, part)| view! { <PartBox place part /> })
                        .collect_view()}
                    <p class="hint">{w.leave_hint}</p>
                </fieldset>
            }
            .into_any()
        })
    }
}

#[component]
fn PartBox(place: usize, part: Part) -> impl IntoView {
    let sharing = use_sharing();
    let w = words().share();
    let saved = move || match sharing
        .savings
        .with(|all| all.get(place).copied().flatten())
    {
        None => "…".to_owned(),
        Some(0) => w.saves_nothing.to_owned(),
        Some(count) => (w.saves)(&grouped(count as u64)),
    };
    view! {
        <label class="share-part">
            <input
                type="checkbox"
                data-testid=format!("share-leave-{}", part.as_str())
                prop:checked=move || sharing.choice.with(|choice| choice.leave.has(part))
                on:change=move |event| {
                    let is_out = event_target_checked(&event);
                    sharing.choice.update(|choice| choice.leave = choice.leave.with(part, is_out));
                }
            />
            <span>{(w.part)(part)} <small>{(w.part_hint)(part)}</small></span>
            <span class="num share-saving">{saved}</span>
        </label>
    }
}
