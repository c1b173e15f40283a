//! The form of parameters, for all panes or for one.

use super::{
    field::ParamField,
    schema::SchemaField,
    unsent::{FieldNote, Forecast, efforts_of, forecasts, shared_note, takes, tiers_of},
};
use crate::{
    app::{Pane, model_facts::Known, use_comparison, use_shown_models},
    core::{
        catalog::{Param, SUMMARIES},
        domain::Params,
        real::{real, shortest},
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

/// A value that may be absent, or words that are none.
pub(super) fn parsed<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, ()> {
    let text = text.trim();
    if text.is_empty() {
        Ok(None)
    } else {
        read(text).map(Some).ok_or(())
    }
}

fn whole<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn digits(number: impl ToString) -> String {
    number.to_string()
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

/// All parameters as fields; an empty field is not sent.
#[component]
#[expect(clippy::too_many_lines, reason = "an entry for each parameter")]
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
    let (tier_list, effort_list, summary_list) = match pane {
        Some(_) => ("tiers-own", "efforts-own", "summaries-own"),
        None => ("tiers", "efforts", "summaries"),
    };
    let scope = Scope::new(pane);
    let name = words().param_form().name;
    let w = words().param_form();
    let change = move |edit: &dyn Fn(&mut Params)| {
        let mut next = params.get_untracked();
        edit(&mut next);
        on_change.run(next);
    };
    macro_rules! number {
        ($field:ident, $param:ident, $read:expr, $write:expr, $id:literal) => {
            number!($field, $param, $read, $write, $id, Signal::stored(None))
        };
        ($field:ident, $param:ident, $read:expr, $write:expr, $id:literal, $about:expr) => {
            view! {
                <ParamField
                    label=name(Param::$param)
                    test_id=$id
                    unsent=scope.note(Param::$param)
                    hint=Signal::derive(move || {
                        let value = inherited?.with(|p| p.$field.map($write))?;
                        Some((words().composer.inherited)(&value))
                    })
                    otherwise=w.not_set.to_owned()
                    about=$about
                    value=Signal::derive(move || {
                        params.with(|p| p.$field.map($write).unwrap_or_default())
                    })
                    set=Callback::new(move |text: String| {
                        parsed(&text, $read).map(|value| change(&|p| p.$field = value)).is_ok()
                    })
                />
            }
            .into_any()
        };
    }
    macro_rules! word {
        ($field:ident, $param:ident, $id:literal, $hint:expr, $list:expr, $about:expr) => {
            view! {
                <ParamField
                    label=name(Param::$param)
                    test_id=$id
                    hint=Signal::derive(move || {
                        let value = inherited?.with(|p| p.$field.clone())?;
                        Some((words().composer.inherited)(&value))
                    })
                    otherwise=$hint
                    list=$list
                    about=$about
                    unsent=scope.note(Param::$param)
                    value=Signal::derive(move || params.with(|p| p.$field.clone().unwrap_or_default()))
                    set=Callback::new(move |text: String| {
                        let text = text.trim().to_owned();
                        change(&|p| p.$field = (!text.is_empty()).then(|| text.clone()));
                        true
                    })
                />
            }
            .into_any()
        };
    }
    macro_rules! list {
        ($field:ident, $param:ident, $id:literal, $hint:expr) => {
            view! {
                <ParamField
                    label=name(Param::$param)
                    test_id=$id
                    unsent=scope.note(Param::$param)
                    hint=Signal::derive(move || {
                        let value = inherited?
                            .with(|p| (!p.$field.is_empty()).then(|| list_text(&p.$field)))?;
                        Some((words().composer.inherited)(&value))
                    })
                    otherwise=$hint.to_owned()
                    value=Signal::derive(move || params.with(|p| list_text(&p.$field)))
                    set=Callback::new(move |text: String| {
                        let texts = read_list(&text);
                        change(&|p| p.$field.clone_from(&texts));
                        true
                    })
                />
            }
            .into_any()
        };
    }
    let window = {
        // Only one API has it: a field that is grey everywhere would say nothing.
        let is_there = Memo::new(move |_| {
            let is_set = |params: Signal<Params>| params.with(|p| p.context_window.is_some());
            is_set(params)
                || inherited.is_some_and(is_set)
                || takes(&scope.panes(), Param::ContextWindow)
        });
        move || {
            is_there.get().then(|| {
                let about = window_about(scope, params);
                number!(
                    context_window,
                    ContextWindow,
                    whole,
                    digits,
                    "param-context-window",
                    about
                )
            })
        }
    };
    let efforts = Memo::new(move |_| efforts_of(&scope.panes()));
    let tiers = Memo::new(move |_| tiers_of(&scope.panes()));
    let effort_hint = Signal::derive(move || {
        efforts.with(|(words, default)| {
            if words.is_empty() {
                w.not_set.to_owned()
            } else {
                (w.efforts)(words, default.as_deref())
            }
        })
    });
    let thinks = thinking_about(scope);
    view! {
        {number!(temperature, Temperature, real, shortest, "param-temperature")}
        {number!(top_p, TopP, real, shortest, "param-top-p")}
        {number!(top_k, TopK, whole, digits, "param-top-k")}
        {number!(max_output_tokens, MaxOutputTokens, whole, digits, "param-max-output-tokens")}
        {window}
        {number!(seed, Seed, whole, digits, "param-seed")}
        {word!(reasoning_effort, ReasoningEffort, "param-reasoning-effort", effort_hint, effort_list, thinks)}
        {word!(reasoning_summary, ReasoningSummary, "param-reasoning-summary", w.summary_hint.to_owned(), summary_list, Signal::stored(None))}
        {word!(service_tier, ServiceTier, "param-service-tier", w.tier_hint.to_owned(), tier_list, Signal::stored(None))}
        {options(effort_list, Signal::derive(move || efforts.with(|(words, _)| words.clone())))}
        {options(summary_list, Signal::stored(SUMMARIES.map(str::to_owned).to_vec()))}
        {options(tier_list, tiers.into())}
        {list!(provider_order, ProviderOrder, "param-provider-order", w.providers_hint)}
        {list!(stop, Stop, "param-stop", w.stop_hint)}
        <SchemaField
            value=Signal::derive(move || params.with(|p| p.response_schema.clone()))
            set=Callback::new(move |schema: Option<Value>| {
                change(&|p| p.response_schema.clone_from(&schema));
            })
            unsent=scope.note(Param::ResponseSchema)
        />
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

/// Texts are separated by commas; `\n` stands for a line break.
fn list_text(texts: &[String]) -> String {
    texts
        .iter()
        .map(|text| text.replace('\n', "\\n"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn read_list(text: &str) -> Vec<String> {
    text.split(',')
        .map(|part| part.trim().replace("\\n", "\n"))
        .filter(|part| !part.is_empty())
        .collect()
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
