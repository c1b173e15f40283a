//! The built-in catalogue, and what the loader refuses.

use super::*;
use crate::core::{
    domain::{Api, ModelId, Origin},
    wire::{Dialect, endpoint::resolve},
};
use serde_json::{Value, json};

const SOURCE: &str = include_str!("providers.json");

fn row(id: &str) -> &'static Provider {
    Catalog::builtin().provider(&id.into()).unwrap()
}

fn model(id: &str) -> ModelId {
    ModelId::new(id)
}

#[test]
fn the_builtin_catalogue_parses_with_all_its_rows() {
    let parsed = Catalog::from_json(SOURCE).unwrap_or_else(|error| panic!("{error}"));
    let ids: Vec<_> = parsed.providers.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "openai",
            "openai-compatible",
            "anthropic",
            "gemini",
            "demo",
            "on-device"
        ],
        "these are what the first page needs; all else belongs into routes.json"
    );
    let all = Catalog::builtin().providers.iter();
    let more: Vec<_> = all.map(|row| row.id.as_str()).skip(ids.len()).collect();
    assert_eq!(
        more,
        [
            "openrouter",
            "azure",
            "vertex",
            "vertex-express",
            "vertex-claude",
            "bedrock",
            "bedrock-mantle",
            "claude-aws",
            "mistral",
            "deepseek",
            "xai",
            "cohere",
            "perplexity",
            "groq",
            "cerebras",
            "together",
            "fireworks",
            "huggingface",
            "ollama",
            "llama-cpp",
            "lm-studio",
            "vllm",
            "litellm",
            "chrome-built-in"
        ]
    );
}

#[test]
fn a_broken_row_of_the_other_file_is_an_error_too() {
    let first = || Catalog::from_json(SOURCE).unwrap();
    let routes = include_str!("routes.json");
    assert!(first().joined(routes).is_ok());
    let broken = routes.replacen("\"id\": \"azure\"", "\"id\": \"openai\"", 1);
    assert!(
        first()
            .joined(&broken)
            .unwrap_err()
            .to_string()
            .contains("taken")
    );
    let broken = routes.replacen("\"keep_query\"", "\"keep_qeury\"", 1);
    assert!(
        first()
            .joined(&broken)
            .unwrap_err()
            .to_string()
            .contains("keep_qeury")
    );
}

#[test]
fn each_route_says_who_runs_it_and_how_a_page_reaches_it() {
    for provider in &Catalog::builtin().providers {
        let id = &provider.id;
        let about = provider
            .about()
            .unwrap_or_else(|| panic!("{id} has no facts"));
        assert!(
            !about.auth.is_empty() && !about.cors.evidence.is_empty(),
            "{id}"
        );
        let is_sure = matches!(about.cors.state, CorsState::Yes | CorsState::No);
        let has_date = about.cors.date.is_some() || provider.transport.is_in_page();
        assert!(has_date || !is_sure, "{id} is sure without a day");
        assert!(
            about.data.goes_to.is_some(),
            "{id} does not say where it goes"
        );
        let is_hosted = provider.group != Group::Local && !provider.transport.is_in_page();
        let has_links = about.docs.is_some() && about.data.retention.is_some();
        let is_ones_own = ["openai-compatible", "litellm"].contains(&id.as_str());
        assert!(has_links || !is_hosted || is_ones_own, "{id} lacks a link");
        for link in [about.docs, about.data.retention, provider.key.page.clone()]
            .into_iter()
            .flatten()
        {
            assert!(
                link.starts_with("https://") && !link.contains(' '),
                "{link}"
            );
        }
    }
}

#[test]
fn every_site_gives_the_usual_base_and_reads_it_back() {
    for provider in &Catalog::builtin().providers {
        let Some(site) = provider.site() else {
            assert!(
                provider.site_json.is_none(),
                "the site of {} does not parse",
                provider.id
            );
            continue;
        };
        let usual = site.fill(&site.defaults());
        match &provider.default_base {
            Some(base) => assert_eq!(usual, *base),
            None => assert!(usual.contains('{'), "{} is complete: {usual}", provider.id),
        }
        let mut values = site.defaults();
        for field in &site.fields {
            assert!(
                field.default.is_some() || field.example.is_some(),
                "{}",
                field.id
            );
            if let Some(example) = field.example.clone().filter(|_| field.default.is_none()) {
                values.insert(field.id.clone(), example);
            }
            for choice in &field.choices {
                let mut values = values.clone();
                values.insert(field.id.clone(), choice.value.clone());
                for other in site.fields.iter().filter(|other| other.default.is_none()) {
                    values.insert(other.id.clone(), other.example.clone().unwrap());
                }
                let base = site.fill(&values);
                let endpoint = resolve(provider, None, Some(&base)).unwrap();
                assert_eq!(endpoint.base_url, base, "it is in its clean form");
                let read = site.read(&base).unwrap_or_else(|| panic!("{base}"));
                assert_eq!(read.get(&field.id), Some(&choice.value), "{base}");
            }
        }
    }
}

#[test]
fn no_row_sends_a_header_that_its_preflight_refuses() {
    for provider in &Catalog::builtin().providers {
        let admitted = provider.about().unwrap().cors.headers;
        for api in &provider.apis {
            let slot = provider.auth_of(Some(api.api));
            let by_key = slot.by_key.iter().map(|other| other.header.as_str());
            let fixed = provider.headers.iter().chain(&api.headers);
            let names = fixed.map(|header| header.name.as_str()).chain(by_key);
            let names = names.chain([slot.header.as_str()]);
            let names = names.filter(|_| !provider.transport.is_in_page());
            for name in names.chain(
                ["content-type"]
                    .into_iter()
                    .filter(|_| provider.takes_key()),
            ) {
                assert!(admitted.admits(name), "{} sends {name}", provider.id);
            }
        }
    }
}

#[test]
fn rows_that_sell_anothers_models_have_its_rules() {
    let bedrock = row("bedrock");
    let opus = bedrock.capabilities_over(
        Some(Api::Messages),
        &model("eu.anthropic.claude-opus-5-5-v1:0"),
    );
    assert_eq!(opus.default_effort, Some("medium"));
    assert!(!opus.support(Param::Temperature).is_supported());
    let nova = bedrock.capabilities_over(Some(Api::Messages), &model("amazon.nova-pro-v1:0"));
    assert!(nova.support(Param::Temperature).is_supported());
    assert_eq!(
        bedrock.family(&model("us.anthropic.claude-opus-5-5")),
        Some("Claude Opus")
    );
    let vertex = row("vertex-claude").capabilities(&model("claude-haiku-4-5@20251001"));
    assert!(vertex.temperature_xor_top_p);
    let deployment = row("azure").capabilities(&model("gpt-6-luna"));
    assert_eq!(
        deployment.support(Param::Temperature),
        Support::Refused(RefusedBecause::NeedsEffortNone)
    );
    let named = row("azure").capabilities(&model("our-model"));
    assert!(named.support(Param::Temperature).is_supported());
}

#[test]
fn each_partition_of_bedrock_has_its_own_end() {
    let site = row("bedrock").site().unwrap();
    for (region, end) in [
        ("us-east-1", "com"),
        ("us-gov-west-1", "com"),
        ("cn-north-1", "com.cn"),
        ("eusc-de-east-1", "eu"),
        ("eu-central-1", "com"),
    ] {
        let values = std::iter::once(("region".to_owned(), region.to_owned())).collect();
        let base = format!("https://bedrock-runtime.{region}.amazonaws.{end}");
        assert_eq!(site.fill(&values), base);
        assert_eq!(site.read(&base), Some(values), "{base}");
    }
}

#[test]
fn a_broken_catalogue_is_an_error_and_never_a_smaller_one() {
    let broken = |change: fn(&mut Value)| {
        let mut json: Value = serde_json::from_str(SOURCE).unwrap();
        change(&mut json);
        Catalog::from_json(&json.to_string())
            .unwrap_err()
            .to_string()
    };
    assert!(broken(|json| *json = json!({})).contains("missing field"));
    assert!(broken(|json| json["providers"][0]["typo"] = json!(1)).contains("typo"));
    assert!(broken(|json| json["providers"][0]["quirks"]["typo"] = json!(1)).contains("typo"));
    assert!(
        broken(|json| json["providers"][0]["apis"][0]["params"] = json!(["top_q"]))
            .contains("top_q")
    );
    assert!(broken(|json| json["providers"][1]["id"] = json!("openai")).contains("taken"));
    assert!(broken(|json| json["providers"][0]["id"] = json!("a/b")).contains("slash"));
    assert!(broken(|json| json["providers"][0]["apis"] = json!([])).contains("no API"));
    assert!(broken(|json| json["providers"][0]["apis"][0]["path"] = json!("x")).contains("slash"));
    assert!(
        broken(|json| json["providers"][2]["headers"][0]["name"] = json!("A")).contains("lower")
    );
    assert!(broken(|json| json["providers"][0]["default_base"] = json!("api")).contains("URL"));
    assert!(
        broken(|json| json["providers"][4]["key"] = json!({ "required": true })).contains("no key")
    );
    assert!(
        broken(|json| json["providers"][4]["list"] = json!({ "path": "/m", "shape": "openai" }))
            .contains("no address")
    );
    assert!(broken(|json| json["providers"][4]["transport"] = json!("http")).contains("lower"));
    assert!(broken(|json| json["providers"][0]["default_model"] = json!("x")).contains("list"));
}

#[test]
fn the_first_api_is_the_default() {
    let apis = |id: &str| {
        let rows = row(id).apis.iter();
        rows.map(|row| (row.api, row.dialect)).collect::<Vec<_>>()
    };
    let chat = (Api::Chat, Dialect::OpenaiChat);
    let responses = (Api::Responses, Dialect::OpenaiResponses);
    assert_eq!(apis("openai"), [responses, chat]);
    let messages = (Api::Messages, Dialect::Anthropic);
    let gemini = (Api::GenerateContent, Dialect::Gemini);
    assert_eq!(
        apis("openai-compatible"),
        [chat, responses, messages, gemini]
    );
    assert_eq!(apis("anthropic"), [(Api::Messages, Dialect::Anthropic)]);
    assert_eq!(apis("gemini"), [(Api::GenerateContent, Dialect::Gemini)]);
}

#[test]
fn only_two_hide_statuses_from_pages() {
    for provider in &Catalog::builtin().providers {
        let hidden: &[u16] = match provider.id.as_str() {
            "openai" => &[401, 404],
            "cerebras" => &[401],
            _ => &[],
        };
        assert_eq!(provider.hides_status, hidden);
    }
}

#[test]
fn no_model_that_is_gone_or_going_is_offered() {
    let gone = [
        "gpt-5",
        "gpt-5-mini",
        "gpt-5-nano",
        "gpt-5.1",
        "gpt-5.4-nano",
        "gpt-5.3-codex",
        "claude-sonnet-4-5",
        "claude-opus-4-1",
        "gemini-2.5-pro",
        "gemini-2.5-flash",
    ];
    for provider in &Catalog::builtin().providers {
        for offered in &provider.models {
            assert!(!gone.contains(&offered.id.as_str()), "{}", offered.id);
            assert!(
                provider.family(&offered.id).is_some(),
                "{} has no family",
                offered.id
            );
        }
        let known = provider.default_model.is_some();
        // What one's own server has, and what one's deployments are called, is
        // one's own business.
        let is_ones_own = ["openai-compatible", "azure", "litellm"].contains(&provider.id.as_str());
        assert_eq!(
            known,
            !is_ones_own && provider.group != Group::Local,
            "{}",
            provider.id
        );
    }
}

#[test]
fn every_rule_is_reached_by_some_model() {
    for provider in &Catalog::builtin().providers {
        for rule in &provider.model_rules {
            let reached = rule.patterns.iter().any(|pattern| {
                let id = model(&pattern.replace('*', "-x"));
                let plain = model(&pattern.replace('*', ""));
                [id, plain].iter().any(|id| {
                    provider
                        .rule(id)
                        .is_some_and(|found| std::ptr::eq(found, rule))
                })
            });
            assert!(
                reached,
                "{:?} is shadowed by an earlier rule",
                rule.patterns
            );
        }
    }
}

#[test]
fn rules_agree_with_themselves() {
    for provider in &Catalog::builtin().providers {
        for rule in &provider.model_rules {
            let knows = |word: &String| rule.efforts.contains(word);
            assert!(rule.default_effort.iter().all(knows), "{:?}", rule.patterns);
            assert!(rule.effort_budgets.keys().all(knows), "{:?}", rule.patterns);
            if !rule.effort_budgets.is_empty() {
                assert_eq!(rule.effort_budgets.len(), rule.efforts.len());
            }
            let refused = rule.refuses.contains_key(&Param::ReasoningEffort);
            assert!(!refused || rule.efforts.is_empty(), "{:?}", rule.patterns);
        }
    }
}

#[test]
fn capabilities_follow_provider_api_and_model() {
    let anything = row("openai-compatible").capabilities(&model("whatever"));
    // Chat Completions have no summary, and only routers an order of providers. Only its server knows its tiers, if it has any, and how much room it makes.
    let not_said = [
        Param::ReasoningSummary,
        Param::ServiceTier,
        Param::ContextWindow,
        Param::ProviderOrder,
    ];
    let all = Param::ALL.into_iter();
    for param in all.filter(|param| !not_said.contains(param)) {
        let range = (param == Param::TopP).then_some(Range { min: 0.0, max: 1.0 });
        assert_eq!(anything.support(param), Support::Supported { range });
    }
    assert!(anything.reasoning_efforts.is_empty());

    let luna = row("openai").capabilities(&model("gpt-6-luna"));
    assert_eq!(
        luna.support(Param::Temperature),
        Support::Refused(RefusedBecause::NeedsEffortNone)
    );
    assert_eq!(
        luna.support(Param::Stop),
        Support::Refused(RefusedBecause::NotInApi)
    );
    assert_eq!(
        luna.reasoning_efforts,
        ["none", "low", "medium", "high", "xhigh", "max"]
    );
    let chat = row("openai").capabilities_over(Some(Api::Chat), &model("gpt-6-luna"));
    assert_eq!(
        chat.support(Param::Stop),
        Support::Refused(RefusedBecause::ReasoningModel)
    );
    assert!(chat.support(Param::Seed).is_supported());

    let opus = row("anthropic").capabilities(&model("claude-opus-5-5"));
    assert_eq!(opus.default_effort, Some("medium"));
    assert_eq!(
        (opus.context, opus.max_output),
        (Some(1_000_000), Some(128_000))
    );
    assert_eq!(opus.default_max_tokens, Some(32_000));
    let haiku = row("anthropic").capabilities(&model("claude-haiku-4-5-20251001"));
    let range = Some(Range { min: 0.0, max: 1.0 });
    assert_eq!(
        haiku.support(Param::Temperature),
        Support::Supported { range }
    );
    assert!(haiku.temperature_xor_top_p);

    let argon = row("gemini").capabilities(&model("models/gemini-4-argon"));
    assert_eq!(argon.support(Param::Temperature), Support::Ignored);
    assert_eq!(argon.reasoning_efforts, ["low", "medium", "high"]);
}

#[test]
fn an_effort_that_one_api_has_is_offered_over_that_one_alone() {
    let over = |api, id: &str| {
        let row = row("openai").capabilities_over(Some(api), &model(id));
        row.reasoning_efforts.contains(&"max")
    };
    assert!(over(Api::Responses, "gpt-6.1-sol"));
    assert!(!over(Api::Chat, "gpt-6.1-sol"));
    assert!(over(Api::Chat, "gpt-6-astra"));
    for provider in &Catalog::builtin().providers {
        let rules = provider.model_rules.iter();
        let mut words = rules.flat_map(|rule| &rule.efforts);
        let is_plain = |word: &String| !word.trim_end_matches("@responses").contains('@');
        assert!(words.all(is_plain), "{}", provider.id);
    }
}

#[test]
fn each_model_of_gpt_6_that_is_offered_has_its_limits() {
    for offered in &row("openai").models {
        if offered.id.as_str().starts_with("gpt-6") {
            let known = row("openai").capabilities(&offered.id);
            let limits = (known.context, known.max_output);
            assert_eq!(limits, (Some(1_050_000), Some(128_000)), "{}", offered.id);
        }
    }
}

#[test]
fn openai_models_of_one_name_take_the_rule_of_their_own() {
    let efforts = |id: &str| row("openai").capabilities(&model(id)).reasoning_efforts;
    assert_eq!(efforts("gpt-5"), ["minimal", "low", "medium", "high"]);
    assert_eq!(
        efforts("gpt-5-mini-2025-08-07"),
        ["minimal", "low", "medium", "high"]
    );
    assert_eq!(efforts("gpt-5.1"), ["none", "low", "medium", "high"]);
    assert_eq!(
        efforts("gpt-5.5"),
        ["none", "low", "medium", "high", "xhigh"]
    );
    assert_eq!(
        efforts("gpt-6.1-sol"),
        ["low", "medium", "high", "xhigh", "max"]
    );
    assert_eq!(efforts("gpt-5-chat-latest"), ["medium"]);
    assert!(efforts("gpt-4.1").is_empty());
}

#[test]
fn local_servers_come_with_a_base_and_the_setting_that_lets_us_in() {
    let page = Origin::new("https://touchstone.example");
    let catalog = Catalog::builtin();
    let provider = row("openai-compatible");
    let lines: Vec<_> = catalog
        .local_presets
        .iter()
        .map(|preset| {
            for base in &preset.bases {
                let endpoint = resolve(provider, None, Some(base)).unwrap();
                assert_eq!(endpoint.base_url, *base);
                assert!(endpoint.is_loopback() && endpoint.notes.is_empty());
            }
            // Some have a row of their own, at one of their addresses.
            if let Some(own) = &preset.row {
                let own = Catalog::builtin().provider(own).unwrap();
                let base = own.default_base.as_deref().unwrap();
                let mut bases = preset.bases.iter();
                assert!(bases.any(|known| known.starts_with(base)), "{base}");
            }
            let setting = preset.cors.settings.first();
            let line = setting.map_or_else(String::new, |setting| setting.line(&page));
            (preset.id.as_str(), line)
        })
        .collect();
    let expected = [
        ("ollama", "OLLAMA_ORIGINS=https://touchstone.example"),
        ("lm-studio", "lms server start --cors"),
        ("llama-cpp", "--cors-origins https://touchstone.example"),
        (
            "vllm",
            "--allowed-origins '[\"https://touchstone.example\"]'",
        ),
        ("litellm", "LITELLM_CORS_ORIGINS=https://touchstone.example"),
        (
            "local-ai",
            "CORS=true CORS_ALLOW_ORIGINS=https://touchstone.example",
        ),
        ("llama-swap", ""),
        ("mlx", "--allowed-origins https://touchstone.example"),
        ("jan", "Cross-Origin Resource Sharing (CORS)"),
        ("koboldcpp", ""),
        ("oobabooga", ""),
    ];
    let expected = expected.map(|(id, line)| (id, line.to_owned()));
    assert_eq!(lines, expected);
}
