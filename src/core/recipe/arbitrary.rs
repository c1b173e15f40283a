//! Recipes for tests: generated ones, and the one of the documentation.

use super::{Order, Recipe, RecipeMessage, RecipePane, RunPlan, Variables};
use crate::core::{
    domain::{Api, ModelId, Params, ProviderId, Role},
    json::arbitrary::{leaves, trees},
};
use proptest::{collection::vec, option, prelude::*};
use serde_json::{Map, Value};

/// Any finite number, zero and subnormal ones included.
fn finite() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("JSON has finite numbers only", |number| number.is_finite())
}

/// Any JSON of a few levels.
pub(crate) fn json() -> impl Strategy<Value = Value> {
    trees(leaves(".{0,6}"), ".{0,4}", [2, 6, 3])
}

/// Fields of a later version, `null` included.
fn unknown() -> impl Strategy<Value = Map<String, Value>> {
    vec(("x_[a-z]{1,3}", json()), 0..2).prop_map(|pairs| pairs.into_iter().collect())
}

fn params() -> impl Strategy<Value = Params> {
    let schema = option::of(unknown().prop_map(Value::Object));
    (
        option::of(finite()),
        option::of(finite()),
        option::of(any::<u64>()),
        option::of(any::<u64>()),
        option::of(any::<u64>()),
        (vec(".{0,4}", 0..3), vec(".{0,4}", 0..3)),
        option::of(any::<i64>()),
        (option::of(".{0,4}"), option::of(".{0,4}")),
        option::of(".{0,4}"),
        schema,
    )
        .prop_map(
            |(
                temperature,
                top_p,
                top_k,
                max,
                context_window,
                (stop, provider_order),
                seed,
                (reasoning_effort, reasoning_summary),
                service_tier,
                schema,
            )| Params {
                temperature,
                top_p,
                top_k,
                max_output_tokens: max,
                context_window,
                stop,
                seed,
                reasoning_effort,
                reasoning_summary,
                service_tier,
                provider_order,
                response_schema: schema,
            },
        )
}

fn message() -> impl Strategy<Value = RecipeMessage> {
    let role = prop_oneof![Just(Role::User), Just(Role::Assistant)];
    (role, any::<String>(), unknown()).prop_map(|(role, content, extra)| RecipeMessage {
        role,
        content,
        extra,
    })
}

fn pane() -> impl Strategy<Value = RecipePane> {
    let api = prop_oneof![
        Just(Api::Chat),
        Just(Api::Responses),
        Just(Api::Messages),
        Just(Api::GenerateContent),
        Just(Api::CohereChat),
        Just(Api::OllamaChat),
        Just(Api::Converse),
    ];
    (
        ".{0,6}",
        option::of(api),
        option::of(".{0,6}"),
        ".{0,6}",
        option::of("(http://|)[a-z0-9.:/@?=]{0,12}"),
        params(),
        unknown(),
        unknown(),
    )
        .prop_map(
            |(provider, api, label, model, base_url, params, params_extra, extra)| RecipePane {
                provider: ProviderId::new(provider),
                api,
                label,
                model: ModelId::new(model),
                base_url,
                params,
                params_extra,
                extra,
            },
        )
}

fn run_plan() -> impl Strategy<Value = RunPlan> {
    let order = prop_oneof![
        Just(Order::Parallel),
        Just(Order::Sequential),
        "x.{0,4}".prop_map(Order::Unsupported),
    ];
    (order, any::<u64>(), unknown()).prop_map(|(order, repeats, extra)| RunPlan {
        order,
        repeats,
        extra,
    })
}

/// Any recipe that a program could build.
pub(crate) fn recipe() -> impl Strategy<Value = Recipe> {
    let head = (option::of(".{0,6}"), option::of(any::<String>()));
    let talk = (vec(message(), 0..3), vec((".{0,4}", ".{0,4}"), 0..3));
    let rest = (
        params(),
        unknown(),
        vec(pane(), 0..3),
        run_plan(),
        unknown(),
    );
    (head, talk, rest).prop_map(|((title, system), (messages, variables), rest)| {
        let (params, params_extra, panes, run, extra) = rest;
        Recipe {
            title,
            system,
            messages,
            variables: variables.into_iter().collect::<Variables>(),
            params,
            params_extra,
            panes,
            run,
            extra,
        }
    })
}

/// The example in `docs/automation.md`, so that it cannot drift from the code.
pub(crate) fn contract_example() -> &'static str {
    let docs = include_str!("../../../docs/automation.md");
    let (_, after) = docs
        .split_once("```json\n")
        .expect("the docs have an example");
    after.split_once("```").expect("the example ends").0
}
