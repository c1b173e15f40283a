//! What the server says of the model that is picked.

use super::Form;
use crate::{
    app::{model_facts::Known, use_model_lists, use_shown_models, use_vault},
    core::domain::ModelId,
    words::words,
};
use leptos::prelude::*;

/// A line below the list, where the server tells more of single models. It is
/// asked of those alone that its list has.
#[component]
pub fn ShownFacts(
    /// The form.
    form: Form,
) -> impl IntoView {
    let lists = use_model_lists();
    let shown = use_shown_models();
    let vault = use_vault();
    let picked = Memo::new(move |_| {
        let endpoint = form.resolved()?;
        let model = ModelId::new(form.model.with(|model| model.trim().to_owned()));
        let list = lists.get(&endpoint)?;
        list.find(&model)?;
        vault
            .is_approved(&endpoint.origin)
            .then_some((endpoint, model))
    });
    Effect::new(move |_| {
        if let (Some(row), Some((endpoint, model))) = (form.row(), picked.get()) {
            shown.want(row, &endpoint, &model);
        }
    });
    let text = Memo::new(move |_| {
        let (endpoint, model) = picked.get()?;
        let w = words().param_form().window;
        let facts = match shown.get(&endpoint, &model)? {
            Known::Asking => return Some(w.asking.to_owned()),
            Known::Facts(facts) => facts,
            Known::Nothing => return None,
        };
        let skills = facts.skills.unwrap_or_default();
        let said = [
            facts.context.map(w.takes),
            skills.thinks.then(|| w.thinks.to_owned()),
            skills.sees.then(|| w.sees.to_owned()),
            skills.calls.then(|| w.calls.to_owned()),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        (!said.is_empty()).then(|| format!("{model}: {}", said.join(", ")))
    });
    view! {
        <p class="hint picker-state" role="status" data-testid="model-facts" hidden=move || text.with(Option::is_none)>
            {move || text.get()}
        </p>
    }
}
