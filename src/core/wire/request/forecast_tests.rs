use super::*;
use crate::core::{
    catalog::Catalog,
    domain::{ModelId, Params},
    wire::request::tests::{Question, question},
};
use proptest::prelude::*;

fn foresee(question: &Question) -> Vec<Unsent> {
    unsent(&Ask {
        provider: &question.provider,
        endpoint: &question.endpoint(),
        model: &question.model,
        base_model: question.base_model.as_ref(),
        system: "",
        messages: &[],
        params: &question.params,
        extra_body: None,
    })
}

fn of(question: &Question, param: Param) -> Option<Unsent> {
    foresee(question)
        .into_iter()
        .find(|entry| entry.param == param)
}

#[test]
fn what_a_model_never_takes_is_closed_whether_it_is_set_or_not() {
    let mut question = question("anthropic", "claude-haiku-5-5");
    let expected = |is_set| {
        Some(Unsent {
            param: Param::Temperature,
            reason: NoteReason::FixedSampling,
            is_closed: true,
            is_set,
        })
    };
    assert_eq!(of(&question, Param::Temperature), expected(false));
    question.params.temperature = Some(0.5);
    assert_eq!(of(&question, Param::Temperature), expected(true));
    assert_eq!(of(&question, Param::ReasoningEffort), None);
}

#[test]
fn what_another_setting_opens_is_not_closed() {
    let mut question = question("openai", "gpt-5.4");
    let entry = of(&question, Param::Temperature).unwrap();
    assert_eq!(entry.reason, NoteReason::NeedsEffortNone);
    assert!(!entry.is_closed && !entry.is_set);
    question.params.reasoning_effort = Some("none".to_owned());
    assert_eq!(of(&question, Param::Temperature), None);
}

#[test]
fn a_value_that_the_model_does_not_know_is_named_with_what_it_knows() {
    let mut question = question("openai", "gpt-5-mini");
    assert_eq!(of(&question, Param::ReasoningEffort), None);
    question.params.reasoning_effort = Some("max".to_owned());
    let entry = of(&question, Param::ReasoningEffort).unwrap();
    assert!(entry.is_set && !entry.is_closed);
    let NoteReason::UnknownEffort { known } = entry.reason else {
        panic!("{:?}", entry.reason);
    };
    assert_eq!(known, ["minimal", "low", "medium", "high"]);
}

#[test]
fn stop_texts_over_the_limit_are_said_and_blank_ones_are_not() {
    let mut question = question("openai", "gpt-4.1");
    question.api = Some(crate::core::domain::Api::Chat);
    question.params.stop = vec![String::new()];
    assert_eq!(of(&question, Param::Stop), None);
    question.params.stop = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
    let entry = of(&question, Param::Stop).unwrap();
    assert_eq!(entry.reason, NoteReason::TooMany { most: 4 });
}

#[test]
fn a_deployment_with_a_known_model_is_foreseen_as_that_model() {
    let mut question = question("azure", "our-prod");
    assert_eq!(of(&question, Param::Temperature), None);
    question.base_model = Some(ModelId::new("gpt-5-mini"));
    let entry = of(&question, Param::Temperature).unwrap();
    assert_eq!(entry.reason, NoteReason::ReasoningModel);
}

fn params() -> impl Strategy<Value = Params> {
    let number = || prop_oneof![Just(None), Just(Some(0.5))];
    let word = |words: &'static [&'static str]| {
        proptest::option::of(proptest::sample::select(words).prop_map(str::to_owned))
    };
    (
        (number(), number(), proptest::option::of(1_u64..9)),
        proptest::option::of(1_u64..9),
        proptest::option::of(1_u64..9),
        proptest::collection::vec("[a-z]{1,2}", 0..6),
        proptest::option::of(1_i64..9),
        word(&["none", "minimal", "low", "high", "max", "odd"]),
        (
            word(&["auto", "detailed", "odd"]),
            word(&["flex", "auto", "odd"]),
            proptest::collection::vec("[a-z]{1,2}", 0..3),
        ),
        any::<bool>(),
    )
        .prop_map(
            |(
                (temperature, top_p, top_k),
                most,
                window,
                stop,
                seed,
                effort,
                (summary, tier, order),
                schema,
            )| {
                Params {
                    temperature,
                    top_p,
                    top_k,
                    max_output_tokens: most,
                    context_window: window,
                    stop,
                    seed,
                    reasoning_effort: effort,
                    reasoning_summary: summary,
                    service_tier: tier,
                    provider_order: order,
                    response_schema: schema.then(|| serde_json::json!({ "type": "object" })),
                }
            },
        )
}

proptest! {
    // Every case asks every known model over every API.
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// What is foreseen is what the report of the request says was left out.
    #[test]
    fn the_request_leaves_out_what_was_foreseen(params in params()) {
        for row in &Catalog::builtin().providers {
            let mut question = question(row.id.as_str(), "");
            question.params = params.clone();
            let seeded = row.models.iter().map(|model| model.id.clone());
            let ruled = row.model_rules.iter().map(|rule| {
                ModelId::new(rule.patterns[0].replace('*', "x"))
            });
            for (model, api) in seeded.chain(ruled).flat_map(|model| {
                row.apis.iter().map(move |api| (model.clone(), api.api))
            }) {
                question.model = model;
                question.api = Some(api);
                let Ok(prepared) = question.ask() else { continue };
                let notes = prepared.sent.notes.iter();
                let mut said: Vec<&str> = notes
                    .filter(|note| note.action == SentAction::Dropped)
                    .map(|note| note.field.as_str())
                    .collect();
                let foreseen = foresee(&question);
                let mut set: Vec<&str> = foreseen
                    .iter()
                    .filter(|entry| entry.is_set)
                    .map(|entry| entry.param.as_str())
                    .collect();
                said.sort_unstable();
                set.sort_unstable();
                prop_assert_eq!(said, set, "{}: {}", row.id, question.model);
            }
        }
    }
}
