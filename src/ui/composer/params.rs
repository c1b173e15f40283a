//! The form of parameters, for all panes or for one.

use super::{
    entry::{ENTRIES, Entry},
    field::ParamField,
    schema::SchemaField,
    unsent::{FieldNote, Forecast, efforts_of, forecasts, shared_note, takes, tiers_of},
};
use crate::{
    app::{Pane, model_facts::Known, use_comparison, use_shown_models},
    core::{
        catalog::{Param, SUMMARIES},
        domain::Params,
        real::shortest,
    },
    words::words,
};
use leptos::prelude::*;
use serde_json::Value;

/// What is set, in short words.
pub fn param_texts(params: &Params) -> Vec<String> {
    let w = words().params();
    let Params {
        temperature,
        top_p,
        top_k,
        max_output_tokens,
        context_window,
        stop,
        seed,
        reasoning_effort,
        reasoning_summary,
        service_tier,
        provider_order,
        response_schema,
    } = params;
    [
        temperature.map(|value| (w.temperature_is)(&shortest(value))),
        top_p.map(|value| (w.top_p_is)(&shortest(value))),
        top_k.map(|value| (w.top_k_is)(&value.to_string())),
        max_output_tokens.map(|value| (w.max_tokens_is)(&value.to_string())),
        context_window.map(|value| (w.window_is)(&value.to_string())),
        reasoning_effort.as_ref().map(|value| (w.effort_is)(value)),
        reasoning_summary
            .as_ref()
            .map(|value| (w.summary_is)(value)),
        service_tier.as_ref().map(|value| (w.tier_is)(value)),
        (!provider_order.is_empty()).then(|| (w.providers_are)(&provider_order.join(", "))),
        seed.map(|value| (w.seed_is)(&value.to_string())),
        (!stop.is_empty()).then(|| (w.stop_is)(&stop.join(", "))),
        response_schema.as_ref().map(|_| w.schema_is.to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whose parameters a form has.
#[derive(Clone, Copy)]
struct Scope {
    /// The pane; all panes where there is none.
    pane: StoredValue<Option<Pane>>,
    /// What would not be sent, pane by pane.
    forecasts: Memo<Vec<Forecast>>,
}

impl Scope {
    fn new(pane: Option<Pane>) -> Self {
        let comparison = use_comparison();
        let pane = StoredValue::new(pane);
        Self {
            pane,
            forecasts: Memo::new(move |_| match pane.get_value() {
                Some(pane) => {
                    let shared = comparison.params.get();
                    vec![Forecast::of(&pane, &shared)]
                }
                None => forecasts(comparison),
            }),
        }
    }

    /// What the field of a parameter says below itself.
    fn note(self, param: Param) -> Signal<Option<FieldNote>> {
        let Self { pane, forecasts } = self;
        let is_own = pane.with_value(Option::is_some);
        Signal::derive(move || {
            forecasts.with(|all| match &all[..] {
                [one] if is_own => one.own_note(param),
                all => shared_note(all, param),
            })
        })
    }

    /// The panes that it is about (tracked).
    fn panes(self) -> Vec<Pane> {
        let comparison = use_comparison();
        match self.pane.get_value() {
            Some(pane) => vec![pane],
            None => comparison.panes.get(),
        }
    }

    /// What the server says of the pane's model (tracked).
    fn shown(self) -> Option<Known> {
        let shown = use_shown_models();
        let pane = self.pane.get_value()?;
        pane.setup.with(|setup| shown.of(setup))
    }
}

/// What the fields of a form share.
#[derive(Clone, Copy)]
struct Form {
    params: Signal<Params>,
    /// What counts where a field is empty.
    inherited: Option<Signal<Params>>,
    on_change: Callback<Params>,
    scope: Scope,
    /// What the models take as effort, and which is usual.
    efforts: Memo<(Vec<String>, Option<String>)>,
    /// The names of the lists of suggestions, for efforts, summaries and tiers.
    lists: [&'static str; 3],
}

impl Form {
    /// Takes a new value in; whether it could be read.
    fn change(self, edit: impl FnOnce(&mut Params) -> bool) -> bool {
        let mut next = self.params.get_untracked();
        let is_read = edit(&mut next);
        if is_read {
            self.on_change.run(next);
        }
        is_read
    }

    /// The field of a parameter, where there is one.
    fn field(self, entry: &'static Entry) -> AnyView {
        let Entry {
            param,
            test_id,
            text,
            set,
        } = *entry;
        let Self {
            params,
            inherited,
            scope,
            ..
        } = self;
        let field = move || {
            view! {
                <ParamField
                    label=(words().param_form().name)(param)
                    test_id
                    unsent=scope.note(param)
                    hint=Signal::derive(move || {
                        let value = inherited?.with(text)?;
                        Some((words().composer.inherited)(&value))
                    })
                    otherwise=self.otherwise(param)
                    list=self.list(param)
                    about=about(scope, param, params)
                    value=Signal::derive(move || params.with(text).unwrap_or_default())
                    set=Callback::new(move |typed: String| self.change(|params| set(params, &typed)))
                />
            }
            .into_any()
        };
        if param != Param::ContextWindow {
            return field();
        }
        // Only one API has it: a field that is grey everywhere would say nothing.
        let is_there = Memo::new(move |_| {
            params.with(text).is_some()
                || inherited.is_some_and(|inherited| inherited.with(text).is_some())
                || takes(&scope.panes(), param)
        });
        (move || is_there.get().then(field)).into_any()
    }

    /// What an empty field says.
    fn otherwise(self, param: Param) -> Signal<String> {
        let w = words().param_form();
        match param {
            Param::ReasoningEffort => Signal::derive(move || {
                self.efforts.with(|(words, default)| {
                    if words.is_empty() {
                        w.not_set.to_owned()
                    } else {
                        (w.efforts)(words, default.as_deref())
                    }
                })
            }),
            Param::ReasoningSummary => Signal::stored(w.summary_hint.to_owned()),
            Param::ServiceTier => Signal::stored(w.tier_hint.to_owned()),
            Param::ProviderOrder => Signal::stored(w.providers_hint.to_owned()),
            Param::Stop => Signal::stored(w.stop_hint.to_owned()),
            _ => Signal::stored(w.not_set.to_owned()),
        }
    }

    /// The list of suggestions of a field, by name.
    fn list(self, param: Param) -> &'static str {
        let [efforts, summaries, tiers] = self.lists;
        match param {
            Param::ReasoningEffort => efforts,
            Param::ReasoningSummary => summaries,
            Param::ServiceTier => tiers,
            _ => "",
        }
    }
}

/// All parameters as fields; an empty field is not sent.
#[component]
pub fn ParamFields(
    /// The values.
    params: Signal<Params>,
    /// Told the new values.
    #[prop(into)]
    on_change: Callback<Params>,
    /// What counts where a field is empty.
    #[prop(optional)]
    inherited: Option<Signal<Params>>,
    /// The pane they are of; all panes without.
    #[prop(optional)]
    pane: Option<Pane>,
) -> impl IntoView {
    // The drawer and a pane's dialog may both be in the page.
    let lists = match pane {
        Some(_) => ["efforts-own", "summaries-own", "tiers-own"],
        None => ["efforts", "summaries", "tiers"],
    };
    let scope = Scope::new(pane);
    let efforts = Memo::new(move |_| efforts_of(&scope.panes()));
    let tiers = Memo::new(move |_| tiers_of(&scope.panes()));
    let form = Form {
        params,
        inherited,
        on_change,
        scope,
        efforts,
        lists,
    };
    let offered = [
        Signal::derive(move || efforts.with(|(words, _)| words.clone())),
        Signal::stored(SUMMARIES.map(str::to_owned).to_vec()),
        tiers.into(),
    ];
    let lists = lists.into_iter().zip(offered);
    view! {
        {ENTRIES.iter().map(|entry| form.field(entry)).collect_view()}
        {lists.map(|(id, words)| options(id, words)).collect_view()}
        <SchemaField
            value=Signal::derive(move || params.with(|p| p.response_schema.clone()))
            set=Callback::new(move |schema: Option<Value>| {
                form.change(|params| {
                    params.response_schema = schema;
                    true
                });
            })
            unsent=scope.note(Param::ResponseSchema)
        />
    }
}

/// What else is known of a parameter.
fn about(scope: Scope, param: Param, params: Signal<Params>) -> Signal<Option<String>> {
    match param {
        Param::ContextWindow => window_about(scope, params),
        Param::ReasoningEffort => thinking_about(scope),
        _ => Signal::stored(None),
    }
}

/// What is known of the room that a pane's model has.
fn window_about(scope: Scope, params: Signal<Params>) -> Signal<Option<String>> {
    Signal::derive(move || {
        let w = words().param_form().window;
        if scope.pane.with_value(Option::is_none) || !takes(&scope.panes(), Param::ContextWindow) {
            return None;
        }
        let asked = params.with(|params| params.context_window);
        match scope.shown() {
            Some(Known::Asking) => Some(w.asking.to_owned()),
            Some(Known::Facts(facts)) => match (facts.context, asked) {
                (Some(most), Some(asked)) if asked > most => Some((w.over_model)(most)),
                (Some(most), _) => Some((w.model_takes)(most, facts.window)),
                (None, _) => Some(w.unknown.to_owned()),
            },
            Some(Known::Nothing) | None => Some(w.unknown.to_owned()),
        }
    })
}

/// Whether the server says that the pane's model cannot think.
fn thinking_about(scope: Scope) -> Signal<Option<String>> {
    Signal::derive(move || match scope.shown()? {
        Known::Facts(facts) => {
            let thinks = facts.skills?.thinks;
            (!thinks).then(|| words().param_form().window.no_thinking.to_owned())
        }
        _ => None,
    })
}

/// What a field with this list offers.
fn options(id: &'static str, words: Signal<Vec<String>>) -> AnyView {
    let options = move || {
        words
            .get()
            .into_iter()
            .map(|word| view! { <option value=word></option> }.into_any())
            .collect_view()
    };
    view! { <datalist id=id>{options}</datalist> }.into_any()
}

/// The parameters of all panes, as a drawer of the composer.
pub fn shared_params() -> AnyView {
    let comparison = use_comparison();
    view! {
        <ParamFields
            params=Signal::derive(move || comparison.params.get())
            on_change=move |params| comparison.params.set(params)
        />
    }
    .into_any()
}
