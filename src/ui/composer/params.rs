//! Parameters: shared ones in the composer, a pane's own in a dialog.

use super::{
    schema::SchemaField,
    unsent::{Unsent, tiers_of, unsent_hint, unsent_of, unsent_to},
};
use crate::{
    app::{Pane, use_comparison},
    core::{
        catalog::Param,
        domain::{PaneId, Params},
        real::{real, shortest},
    },
    ui::{dialogs::use_dialogs, kit::Dialog, later::late},
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
        stop,
        seed,
        reasoning_effort,
        service_tier,
        response_schema,
    } = params;
    [
        temperature.map(|value| (w.temperature_is)(&shortest(value))),
        top_p.map(|value| (w.top_p_is)(&shortest(value))),
        top_k.map(|value| (w.top_k_is)(&value.to_string())),
        max_output_tokens.map(|value| (w.max_tokens_is)(&value.to_string())),
        reasoning_effort.as_ref().map(|value| (w.effort_is)(value)),
        service_tier.as_ref().map(|value| (w.tier_is)(value)),
        seed.map(|value| (w.seed_is)(&value.to_string())),
        (!stop.is_empty()).then(|| (w.stop_is)(&stop.join(", "))),
        response_schema.as_ref().map(|_| w.schema_is.to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A value that may be absent, or words that are none.
fn parsed<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, ()> {
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

fn json(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text).ok()
}

/// One labelled field that keeps what was typed, right or wrong.
#[component]
fn ParamField(
    label: &'static str,
    test_id: &'static str,
    value: Signal<String>,
    /// Takes the text; whether it could be read.
    set: Callback<String, bool>,
    #[prop(optional)] hint: Option<Signal<Option<String>>>,
    #[prop(optional)] otherwise: &'static str,
    #[prop(optional)] list: &'static str,
    /// Why the value is not sent, if it is not.
    #[prop(optional)]
    unsent: Option<Signal<Option<Unsent>>>,
) -> impl IntoView {
    // What is typed stays typed, whether it can be read or not, and however the
    // value would be printed: only a change from elsewhere replaces it.
    let typed = RwSignal::new(value.get_untracked());
    let wrong = RwSignal::new(false);
    let echo = StoredValue::new(value.get_untracked());
    Effect::new(move |_| {
        let value = value.get();
        if echo.with_value(|echo| *echo != value) {
            echo.set_value(value.clone());
            wrong.set(false);
            typed.set(value);
        }
    });
    let on_input = move |event| {
        let text = event_target_value(&event);
        typed.set(text.clone());
        wrong.set(!set.run(text));
        echo.set_value(value.get_untracked());
    };
    let unsent = Memo::new(move |_| unsent.and_then(|unsent| unsent.get()));
    let is_closed = Memo::new(move |_| {
        unsent.with(|unsent| unsent.as_ref().is_some_and(|unsent| unsent.is_closed))
    });
    view! {
        <label class="field" class:field-closed=move || is_closed.get()>
            <span class="label">{label}</span>
            <input
                class="input num"
                type="text"
                data-testid=test_id
                // What was typed before can still be taken out.
                disabled=move || is_closed.get() && typed.with(String::is_empty)
                autocomplete="off"
                list=(!list.is_empty()).then_some(list)
                placeholder=move || {
                    hint.and_then(|hint| hint.get()).unwrap_or_else(|| otherwise.to_owned())
                }
                aria-invalid=move || wrong.get().to_string()
                prop:value=move || typed.get()
                on:input=on_input
            />
            {move || {
                wrong.get().then(|| view! { <span class="hint hint-bad">{words().params().wrong}</span> }.into_any())
            }}
            {unsent_hint(unsent.into())}
        </label>
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
    let comparison = use_comparison();
    let pane = StoredValue::new(pane);
    let unsent = move |param: Param| {
        Signal::derive(move || match pane.get_value() {
            Some(pane) => pane.setup.with(|setup| unsent_of(setup, param)),
            None => comparison.panes.with(|panes| unsent_to(panes, param)),
        })
    };
    let tiers = Memo::new(move |_| match pane.get_value() {
        Some(pane) => tiers_of([&pane]),
        None => comparison.panes.with(|panes| tiers_of(panes)),
    });
    // The drawer and a pane's dialog may both be in the page.
    let tier_list = pane.with_value(|pane| if pane.is_some() { "tiers-own" } else { "tiers" });
    let w = words().params();
    let change = move |edit: &dyn Fn(&mut Params)| {
        let mut next = params.get_untracked();
        edit(&mut next);
        on_change.run(next);
    };
    macro_rules! number {
        ($field:ident, $param:ident, $read:expr, $write:expr, $label:expr, $id:literal, $hint:expr) => {
            view! {
                <ParamField
                    label=$label
                    test_id=$id
                    unsent=unsent(Param::$param)
                    hint=Signal::derive(move || {
                        let value = inherited?.with(|p| p.$field.map($write))?;
                        Some((words().composer.inherited)(&value))
                    })
                    otherwise=$hint
                    value=Signal::derive(move || {
                        params.with(|p| p.$field.map($write).unwrap_or_default())
                    })
                    set=Callback::new(move |text: String| {
                        parsed(&text, $read).map(|value| change(&|p| p.$field = value)).is_ok()
                    })
                />
            }
        };
    }
    macro_rules! word {
        ($field:ident, $param:ident, $label:expr, $id:literal, $hint:expr, $list:expr) => {
            view! {
                <ParamField
                    label=$label
                    test_id=$id
                    otherwise=$hint
                    list=$list
                    unsent=unsent(Param::$param)
                    value=Signal::derive(move || params.with(|p| p.$field.clone().unwrap_or_default()))
                    set=Callback::new(move |text: String| {
                        let text = text.trim().to_owned();
                        change(&|p| p.$field = (!text.is_empty()).then(|| text.clone()));
                        true
                    })
                />
            }
        };
    }
    view! {
        {number!(temperature, Temperature, real, shortest, w.temperature, "param-temperature", w.not_set)}
        {number!(top_p, TopP, real, shortest, w.top_p, "param-top-p", w.not_set)}
        {number!(top_k, TopK, whole, digits, w.top_k, "param-top-k", w.not_set)}
        {number!(max_output_tokens, MaxOutputTokens, whole, digits, w.max_tokens, "param-max-output-tokens", w.not_set)}
        {number!(seed, Seed, whole, digits, w.seed, "param-seed", w.not_set)}
        {word!(reasoning_effort, ReasoningEffort, w.effort, "param-reasoning-effort", w.effort_hint, "efforts")}
        {word!(service_tier, ServiceTier, w.tier, "param-service-tier", w.tier_hint, tier_list)}
        {options("efforts", Memo::new(|_| EFFORTS.map(str::to_owned).to_vec()))}
        {options(tier_list, tiers)}
        <ParamField
            label=w.stop
            test_id="param-stop"
            unsent=unsent(Param::Stop)
            otherwise=w.stop_hint
            value=Signal::derive(move || params.with(|p| stop_text(&p.stop)))
            set=Callback::new(move |text: String| {
                let stop = read_stop(&text);
                change(&|p| p.stop.clone_from(&stop));
                true
            })
        />
        <SchemaField
            value=Signal::derive(move || params.with(|p| p.response_schema.clone()))
            set=Callback::new(move |schema: Option<Value>| {
                change(&|p| p.response_schema.clone_from(&schema));
            })
            unsent=unsent(Param::ResponseSchema)
        />
    }
}

const EFFORTS: [&str; 7] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/// What a field with this list offers.
fn options(id: &'static str, words: Memo<Vec<String>>) -> AnyView {
    let options = move || {
        words
            .get()
            .into_iter()
            .map(|word| view! { <option value=word></option> }.into_any())
            .collect_view()
    };
    view! { <datalist id=id>{options}</datalist> }.into_any()
}

/// Stop texts are separated by commas; `\n` stands for a line break.
fn stop_text(stop: &[String]) -> String {
    stop.iter()
        .map(|text| text.replace('\n', "\\n"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn read_stop(text: &str) -> Vec<String> {
    text.split(',')
        .map(|part| part.trim().replace("\\n", "\n"))
        .filter(|part| !part.is_empty())
        .collect()
}

/// The dialog for a pane's own parameters.
#[component]
pub fn PaneParamsDialog() -> impl IntoView {
    let dialogs = use_dialogs();
    let comparison = use_comparison();
    let open = Signal::derive(move || dialogs.params.get().is_some());
    let title = Signal::derive(move || {
        let name = dialogs
            .params
            .get()
            .and_then(|id| comparison.pane(id))
            .map(|pane| pane.setup.with(|setup| setup.name().to_owned()));
        (words().params().title)(&name.unwrap_or_default())
    });
    view! {
        <Dialog
            open
            title
            test_id="params"
            on_close=move |()| dialogs.params.set(None)
        >
            {move || dialogs.params.get().map(|id| late(move |parts| (parts.pane_params)(id)))}
        </Dialog>
    }
}

/// Its content.
pub fn pane_params(id: PaneId) -> AnyView {
    view! { <PaneParams id /> }.into_any()
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

#[component]
fn PaneParams(id: PaneId) -> impl IntoView {
    let comparison = use_comparison();
    let pane = comparison.pane(id)?;
    let for_fields = pane.clone();
    let (read, write) = (pane.setup.clone(), pane.setup.clone());
    let (label_read, label_write) = (pane.setup.clone(), pane.setup.clone());
    let (extra_read, extra_write) = (pane.setup.clone(), pane.setup.clone());
    let w = words().params();
    Some(view! {
        <p class="hint">{w.own_hint}</p>
        <label class="field">
            <span class="label">{w.label}</span>
            <input
                class="input"
                type="text"
                data-testid="pane-label"
                prop:value=move || label_read.with(|setup| setup.label.clone().unwrap_or_default())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    label_write.update(|setup| {
                        setup.label = (!text.trim().is_empty()).then_some(text);
                    });
                }
            />
        </label>
        <div class="form-grid">
            <ParamFields
                params=Signal::derive(move || read.with(|setup| setup.params.clone()))
                on_change=move |params| write.update(|setup| setup.params = params)
                pane=for_fields
                inherited=Signal::derive(move || comparison.params.get())
            />
        </div>
        <ParamField
            label=w.extra
            test_id="param-extra"
            otherwise=w.extra_hint
            value=Signal::derive(move || {
                extra_read.with(|setup| {
                    if setup.extra_body.is_empty() {
                        String::new()
                    } else {
                        serde_json::Value::Object(setup.extra_body.clone()).to_string()
                    }
                })
            })
            set=Callback::new(move |text: String| {
                match parsed(&text, json) {
                    Ok(None) => {
                        extra_write.update(|setup| setup.extra_body.clear());
                        true
                    }
                    Ok(Some(serde_json::Value::Object(object))) => {
                        extra_write.update(|setup| setup.extra_body = object);
                        true
                    }
                    _ => false,
                }
            })
        />
    })
}
