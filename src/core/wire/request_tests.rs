//! What all dialects share: refusals, reports, headers, the person's own JSON.

use super::*;
use crate::core::{
    attach::{self, Unfit},
    catalog::{Accepts, Catalog, Param, Range},
    domain::Api,
    wire::{Dialect, endpoint::resolve},
};
use proptest::prelude::*;
use serde_json::json;

/// A question that can be changed before it is asked.
pub(in crate::core::wire) struct Question {
    pub(in crate::core::wire) provider: Provider,
    pub(in crate::core::wire) api: Option<Api>,
    pub(in crate::core::wire) model: ModelId,
    pub(in crate::core::wire) base_model: Option<ModelId>,
    pub(in crate::core::wire) system: &'static str,
    pub(in crate::core::wire) messages: Vec<Message>,
    pub(in crate::core::wire) params: Params,
    pub(in crate::core::wire) extra: Value,
}

pub(in crate::core::wire) fn question(provider: &str, model: &str) -> Question {
    let row = Catalog::builtin().provider(&provider.into()).unwrap();
    Question {
        provider: row.clone(),
        api: None,
        model: model.into(),
        base_model: None,
        system: "",
        messages: vec![Message::user("hi")],
        params: Params::default(),
        extra: json!({}),
    }
}

impl Question {
    pub(in crate::core::wire) fn endpoint(&self) -> Endpoint {
        let has_none = self.provider.default_base.is_none();
        let needs_one = has_none && !self.provider.transport.is_in_page();
        let base = needs_one.then_some("http://127.0.0.1:4010/v1");
        resolve(&self.provider, self.api, base).unwrap()
    }

    fn ask_of<'a>(&'a self, endpoint: &'a Endpoint) -> Ask<'a> {
        Ask {
            provider: &self.provider,
            endpoint,
            model: &self.model,
            base_model: self.base_model.as_ref(),
            system: self.system,
            messages: &self.messages,
            params: &self.params,
            extra_body: self.extra.as_object(),
        }
    }

    pub(in crate::core::wire) fn ask(&self) -> Result<Prepared, Vec<Refusal>> {
        prepare(&self.ask_of(&self.endpoint()))
    }

    /// The body that is sent, read back from its text.
    pub(in crate::core::wire) fn body(&self) -> Value {
        let prepared = self.ask().unwrap();
        let body: Value = serde_json::from_str(&prepared.request.body).unwrap();
        assert_eq!(body, prepared.sent.body, "the report shows what is sent");
        body
    }

    /// Notes as `field: reason`, with the action for a field that was renamed.
    pub(in crate::core::wire) fn notes(&self) -> Vec<String> {
        let notes = self.ask().unwrap().sent.notes;
        let line = |note: &SentNote| {
            let (action, reason) = (json!(note.action), json!(note.reason));
            let short = |value: Value| value.as_str().map_or(value.to_string(), str::to_owned);
            format!("{} {} {}", short(action), note.field, short(reason))
        };
        notes.iter().map(line).collect()
    }
}

pub(in crate::core::wire) fn every_param() -> Params {
    Params {
        temperature: Some(0.5),
        top_p: Some(0.9),
        top_k: Some(40),
        max_output_tokens: Some(300),
        context_window: Some(8192),
        stop: vec!["END".to_owned()],
        seed: Some(7),
        reasoning_effort: Some("low".to_owned()),
        reasoning_summary: Some("concise".to_owned()),
        service_tier: Some("flex".to_owned()),
        provider_order: vec!["anthropic".to_owned()],
        response_schema: Some(json!({ "type": "object" })),
    }
}

#[test]
fn a_service_tier_is_sent_as_the_provider_spells_it_or_not_at_all() {
    let sent = |provider: &str, model: &str, tier: &str| {
        let mut question = question(provider, model);
        question.params.service_tier = Some(tier.to_owned());
        let body = question.body();
        let found = ["service_tier", "serviceTier"].map(|key| body.get(key).cloned());
        let notes = question.notes().into_iter();
        let note = notes
            .filter(|note| note.contains("service_tier"))
            .collect::<Vec<_>>();
        (found.into_iter().flatten().next(), note.join("; "))
    };
    assert_eq!(
        sent("openai", "gpt-4.1", "Flex"),
        (Some(json!("flex")), String::new())
    );
    let (found, note) = sent("gemini", "gemini-3.5-flash", "priority");
    assert_eq!(found, Some(json!("priority")));
    assert!(note.contains("serviceTier"), "{note}");
    let (found, note) = sent("anthropic", "claude-haiku-4-5", "flex");
    assert_eq!(found, None);
    assert!(
        note.contains("auto") && note.contains("standard_only"),
        "{note}"
    );
    let (found, note) = sent("openai-compatible", "m", "flex");
    assert_eq!(
        (found, note.as_str()),
        (None, "dropped service_tier not_in_api")
    );
}

#[test]
fn a_summary_of_reasoning_is_asked_for_in_a_known_word_or_not_at_all() {
    let sent = |provider: &str, model: &str, word: &str| {
        let mut question = question(provider, model);
        if provider != "openai" {
            question.api = Some(Api::Responses);
        }
        question.params.reasoning_summary = Some(word.to_owned());
        question.params.reasoning_effort = Some("low".to_owned());
        let found = question.body()["reasoning"].get("summary").cloned();
        let notes = question.notes().into_iter();
        let of = notes.filter(|note| note.contains("reasoning_summary"));
        (found, of.collect::<Vec<_>>().join("; "))
    };
    let renamed = r#"{"renamed":{"to":"reasoning.summary"}} reasoning_summary api_form"#;
    for provider in ["openai", "azure", "openai-compatible"] {
        assert_eq!(
            sent(provider, "gpt-5-mini", " Detailed"),
            (Some(json!("detailed")), renamed.to_owned()),
            "{provider}"
        );
    }
    let (found, note) = sent("openai", "gpt-5-mini", "long");
    assert_eq!(found, None);
    assert!(note.contains("auto") && note.contains("concise"), "{note}");
    for (provider, model, reason) in [
        ("openai", "gpt-4.1", "no_summary"),
        ("openai", "o1-pro-2025-03-19", "no_summary"),
        ("xai", "grok-4.3", "not_in_api"),
    ] {
        let note = format!("dropped reasoning_summary {reason}");
        assert_eq!(sent(provider, model, "auto"), (None, note), "{model}");
    }
}

#[test]
fn a_router_is_told_which_upstream_providers_may_answer_and_no_others() {
    let asked = |provider: &str, api: Api, order: &[&str]| {
        let mut question = question(provider, "a/m");
        question.api = Some(api);
        question.params.provider_order = order.iter().map(ToString::to_string).collect();
        let notes = question.notes().into_iter();
        let of = notes.filter(|note| note.contains("provider"));
        (
            question.body().get("provider").cloned(),
            of.collect::<Vec<_>>(),
        )
    };
    let order = ["google-vertex", " deepinfra/fp8 "];
    for api in [Api::Chat, Api::Responses] {
        let (sent, notes) = asked("openrouter", api, &order);
        assert_eq!(
            sent,
            Some(json!({ "order": ["google-vertex", "deepinfra/fp8"], "allow_fallbacks": false }))
        );
        assert_eq!(
            notes,
            [
                r#"{"renamed":{"to":"provider.order"}} provider_order api_form"#,
                "added provider.allow_fallbacks only_these",
            ]
        );
    }
    let dropped = "dropped provider_order not_in_api".to_owned();
    let elsewhere = [("openrouter", Api::Messages), ("openai", Api::Responses)];
    for (provider, api) in elsewhere {
        assert_eq!(asked(provider, api, &order), (None, vec![dropped.clone()]));
    }
    let (sent, notes) = asked("openrouter", Api::Chat, &[" "]);
    assert_eq!(
        (sent, notes.join("; ").as_str()),
        (None, "dropped provider_order blank")
    );
}

fn all_providers() -> Vec<Question> {
    let models = ["gpt-6-luna", "m", "claude-haiku-4-5", "gemini-3.5-flash"];
    let providers = ["openai", "openai-compatible", "anthropic", "gemini"];
    let pairs = providers.into_iter().zip(models);
    pairs
        .map(|(provider, model)| question(provider, model))
        .collect()
}

#[test]
fn headers_are_exactly_those_of_the_preflight_tables() {
    let json = ("content-type", "application/json");
    let allowed = |provider: &str| match provider {
        "anthropic" => vec![
            json,
            ("anthropic-version", "2023-06-01"),
            ("anthropic-dangerous-direct-browser-access", "true"),
        ],
        _ => vec![json],
    };
    for mut question in all_providers() {
        question.params = every_param();
        let request = question.ask().unwrap().request;
        let provider = question.provider.id.as_str();
        let sent: Vec<_> = request
            .headers
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        assert_eq!(sent, allowed(provider));
        let key = match provider {
            "anthropic" => ("x-api-key", ""),
            "gemini" => ("x-goog-api-key", ""),
            _ => ("authorization", "Bearer "),
        };
        assert_eq!(
            (request.auth.header.as_str(), request.auth.prefix.as_str()),
            key
        );
    }
}

#[test]
fn the_report_shows_the_key_header_without_the_key() {
    let sent = question("openai", "gpt-6-luna").ask().unwrap().sent;
    let shown = ("authorization".to_owned(), "Bearer <your key>".to_owned());
    assert!(sent.headers.contains(&shown));
    assert_eq!(
        (sent.method.as_str(), sent.url.as_str()),
        ("POST", "https://api.openai.com/v1/responses")
    );
    let keyless = sent.without_key();
    assert_eq!(
        keyless.headers,
        [("content-type".to_owned(), "application/json".to_owned())]
    );
}

#[test]
fn the_report_survives_an_export() {
    for mut question in all_providers() {
        question.params = every_param();
        let sent = question.ask().unwrap().sent;
        let text = serde_json::to_string(&sent).unwrap();
        assert_eq!(serde_json::from_str::<SentReport>(&text).unwrap(), sent);
    }
}

#[test]
fn what_cannot_be_right_is_refused_before_sending() {
    for provider in ["openai", "openai-compatible", "anthropic", "gemini"] {
        let refused = |change: fn(&mut Question), expected: Refusal| {
            let mut question = question(provider, "m");
            change(&mut question);
            assert_eq!(question.ask().unwrap_err(), [expected], "{provider}");
        };
        refused(|q| q.messages.clear(), Refusal::EmptyPrompt);
        refused(
            |q| q.messages = vec![Message::user(" \n")],
            Refusal::EmptyPrompt,
        );
        refused(
            |q| {
                q.messages = vec![
                    Message::user("a"),
                    Message::assistant("b"),
                    Message::user(" "),
                ];
            },
            Refusal::EmptyPrompt,
        );
        refused(
            |q| q.messages = vec![Message::assistant("hi")],
            Refusal::EmptyPrompt,
        );
        refused(|q| q.model = " ".into(), Refusal::ModelMissing);
        refused(
            |q| q.params.max_output_tokens = Some(0),
            Refusal::NoTokens(Param::MaxOutputTokens),
        );
        refused(
            |q| q.params.response_schema = Some(json!([])),
            Refusal::SchemaNotObject,
        );
        let param = Param::Temperature;
        refused(
            |q| q.params.temperature = Some(f64::NAN),
            Refusal::NotANumber { param },
        );
        let (param, value) = (Param::TopP, 1.5);
        let range = Range { min: 0.0, max: 1.0 };
        refused(
            |q| q.params.top_p = Some(1.5),
            Refusal::OutOfRange {
                param,
                value,
                range,
            },
        );
    }
}

#[test]
fn a_temperature_of_nine_is_refused_where_the_limit_is_known() {
    for (provider, max) in [("openai", 2.0), ("anthropic", 1.0), ("gemini", 2.0)] {
        let mut question = question(provider, "m");
        question.params.temperature = Some(9.0);
        let expected = Refusal::OutOfRange {
            param: Param::Temperature,
            value: 9.0,
            range: Range { min: 0.0, max },
        };
        assert_eq!(question.ask().unwrap_err(), [expected]);
    }
    let mut unknown = question("openai-compatible", "m");
    unknown.params.temperature = Some(9.0);
    assert_eq!(unknown.body()["temperature"], 9.0);
}

#[test]
fn all_refusals_come_at_once_and_name_their_fields() {
    let mut question = question("openai", "");
    question.messages.clear();
    question.params.max_output_tokens = Some(0);
    question.params.temperature = Some(9.0);
    let fields: Vec<_> = question
        .ask()
        .unwrap_err()
        .iter()
        .map(Refusal::field)
        .collect();
    assert_eq!(
        fields,
        ["messages", "model", "max_output_tokens", "temperature"]
    );
}

#[test]
fn a_deployment_has_the_rules_and_limits_of_its_model() {
    let mut question = question("azure", "our-prod");
    question.params.temperature = Some(0.5);
    question.params.reasoning_effort = Some("max".to_owned());
    assert_eq!(
        question.body()["temperature"],
        0.5,
        "nothing is known of it"
    );
    assert_eq!(question.body()["reasoning_effort"], "max");
    question.base_model = Some("gpt-5-mini".into());
    let body = question.body();
    assert_eq!(body["model"], "our-prod", "its name is what is asked for");
    assert_eq!(body.get("temperature"), None);
    assert_eq!(body.get("reasoning_effort"), None, "that model has no max");
    let notes = question.ask().unwrap().sent.notes;
    let reasons = |field: &str| {
        let of = notes.iter().filter(|note| note.field == field);
        of.map(|note| note.reason.clone()).collect::<Vec<_>>()
    };
    assert_eq!(reasons("temperature"), [NoteReason::ReasoningModel]);
    assert!(matches!(
        &reasons("reasoning_effort")[..],
        [NoteReason::UnknownEffort { .. }]
    ));
}

#[test]
fn a_deployment_of_a_model_that_sees_nothing_gets_no_image() {
    let mut question = question("azure", "our-prod");
    let blind = "blind-model";
    let accepts = Accepts {
        blind: vec![blind.to_owned()],
        ..question.provider.accepts(Dialect::OpenaiChat).into_owned()
    };
    question.provider.accepts = Some(accepts);
    let dot = attach::tests::image(1, "dot.png");
    question.messages = vec![Message::user("What is it?").with(vec![dot])];
    assert!(question.ask().is_ok());
    question.base_model = Some(blind.into());
    let refused = question.ask().unwrap_err();
    assert!(matches!(
        refused[..],
        [Refusal::Attachment {
            because: Unfit::BlindModel,
            ..
        }]
    ));
}

#[test]
fn an_endpoint_of_another_row_is_refused() {
    let (ours, other) = (question("openai", "m"), question("anthropic", "m"));
    let endpoint = resolve(&other.provider, None, None).unwrap();
    let refused = prepare(&Ask {
        provider: &ours.provider,
        endpoint: &endpoint,
        model: &ours.model,
        base_model: None,
        system: "",
        messages: &ours.messages,
        params: &ours.params,
        extra_body: None,
    });
    assert_eq!(refused.unwrap_err(), [Refusal::ForeignEndpoint]);
}

#[test]
fn a_large_prompt_is_refused_only_past_a_documented_limit() {
    let large = "x".repeat(2_000_000);
    for mut question in all_providers() {
        question.messages = vec![Message::user(&large)];
        assert!(question.ask().unwrap().request.body.len() > 2_000_000);
    }
    let mut anthropic = question("anthropic", "claude-haiku-4-5");
    anthropic.messages = vec![Message::user("x".repeat(32_000_000))];
    let refused = anthropic.ask().unwrap_err();
    assert!(matches!(
        refused[..],
        [Refusal::TooLarge {
            limit: 32_000_000,
            ..
        }]
    ));
}

#[test]
fn blank_messages_are_left_out_everywhere() {
    for mut question in all_providers() {
        question.messages.push(Message::assistant(""));
        question.messages.push(Message::user("again"));
        let sent = question.ask().unwrap();
        assert!(!sent.request.body.contains("\"\""), "{}", sent.request.body);
        let blank = sent
            .sent
            .notes
            .iter()
            .find(|note| note.field == "messages[1]")
            .unwrap();
        assert_eq!(
            (&blank.action, &blank.reason),
            (&SentAction::Dropped, &NoteReason::Blank)
        );
    }
}

#[test]
fn an_output_limit_is_ours_only_where_nobody_set_one() {
    let is_ours = |question: &Question| {
        let endpoint = question.endpoint();
        body_of(&question.ask_of(&endpoint)).unwrap().1
    };
    let mut claude = question("anthropic", "claude-opus-5-5");
    assert!(is_ours(&claude));
    claude.extra = json!({ "max_tokens": 7 });
    assert!(!is_ours(&claude), "the person's own JSON has one");
    claude.extra = json!({});
    claude.params.max_output_tokens = Some(7);
    assert!(!is_ours(&claude));
    assert!(!is_ours(&question("openai", "gpt-5.4")), "none is sent");
}

#[test]
fn the_persons_own_json_wins_and_is_noted_where_it_replaces() {
    let mut question = question("openai", "gpt-6-luna");
    question.params.reasoning_effort = Some("low".to_owned());
    question.extra = json!({
        "reasoning": { "summary": "auto" },
        "store": true,
        "stream": null,
        "metadata": { "a": { "b": null, "c": 1 } },
    });
    let body = question.body();
    assert_eq!(
        body["reasoning"],
        json!({ "effort": "low", "summary": "auto" })
    );
    assert_eq!(body["store"], true);
    assert_eq!(body.get("stream"), None);
    assert_eq!(body["metadata"], json!({ "a": { "c": 1 } }));
    let notes = question.notes();
    assert!(notes.contains(&"adjusted store extra_body".to_owned()));
    assert!(notes.contains(&"adjusted stream extra_body".to_owned()));
    assert!(
        !notes
            .iter()
            .any(|note| note.starts_with("adjusted reasoning"))
    );
}

#[test]
fn our_thinking_stands_back_where_the_person_says_otherwise() {
    let mut question = question("anthropic", "claude-sonnet-5-5");
    question.extra = json!({ "thinking": { "type": "between_tools" } });
    assert_eq!(
        question.body()["thinking"],
        json!({ "type": "between_tools" })
    );
    question.extra = json!({ "thinking": null });
    assert_eq!(question.body().get("thinking"), None);
}

#[test]
fn the_same_question_makes_the_same_bytes() {
    for mut question in all_providers() {
        question.params = every_param();
        question.system = "Be terse.";
        let (first, second) = (question.ask().unwrap(), question.ask().unwrap());
        assert_eq!(first.request.body, second.request.body);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_setting_is_in_the_body_or_in_a_note(
        which in 0usize..4,
        temperature in proptest::option::of(0.0f64..1.0),
        top_p in proptest::option::of(0.0f64..1.0),
        top_k in proptest::option::of(1u64..100),
        context_window in proptest::option::of(1u64..100),
        seed in proptest::option::of(any::<i32>()),
        effort in proptest::option::of("none|low|high|huge"),
        model in "gpt-6-luna|gpt-4\\.1|claude-opus-5|claude-opus-4-6|gemini-4-argon|gemini-3-flash|m",
    ) {
        let mut question = all_providers().swap_remove(which);
        question.model = model.as_str().into();
        question.params = Params {
            temperature, top_p, top_k, context_window,
            seed: seed.map(i64::from),
            reasoning_effort: effort,
            ..Params::default()
        };
        let Prepared { request, sent } = question.ask().unwrap();
        let set = serde_json::to_value(&question.params).unwrap();
        for field in set.as_object().unwrap().keys() {
            let noted = sent.notes.iter().any(|note| note.field == *field);
            prop_assert!(noted || sent.body.get(field).is_some(), "{field}: {}", request.body);
        }
    }
}
