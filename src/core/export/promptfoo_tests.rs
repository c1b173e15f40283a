use super::*;
use crate::core::import::read_yaml;
use proptest::prelude::*;

fn recipe(json: Value) -> Recipe {
    Recipe::from_value(json).unwrap().0
}

fn config(recipe: &Recipe) -> Value {
    read_yaml(&promptfoo(recipe).yaml).unwrap()
}

fn full() -> Recipe {
    recipe(json!({
        "touchstone": "recipe/1", "title": "Duel: \"A\"", "system": "Be terse.",
        "messages": [
            {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes?"},
            {"role": "user", "content": "About {{my.topic}}, {{ unset }} and {% raw %}"},
        ],
        "variables": {"my.topic": "{{nothing}} monsoon"},
        "params": {"temperature": 0.2, "max_output_tokens": 64},
        "panes": [
            {"provider": "openai", "api": "chat", "model": "gpt-6-luna", "params": {"seed": 7}},
            {"provider": "openai", "model": "gpt-4.1", "label": "Responses", "params": {"reasoning_effort": "low", "reasoning_summary": "auto"}},
            {"provider": "anthropic", "model": "claude-haiku-5.5", "params": {"seed": 1}},
            {"provider": "gemini", "model": "gemini-3.5-flash"},
            {"provider": "openai-compatible", "base_url": "http://127.0.0.1:4010/v1", "model": "m", "params": {"top_k": 4}},
            {"provider": "groq", "model": "g", "params": {"provider_order": ["deepinfra"]}},
            {"provider": "demo", "model": "demo-fast"},
            {"provider": "nobody", "model": "x"},
        ],
        "run": {"order": "sequential", "repeats": 3},
    }))
}

#[test]
fn panes_become_providers_with_their_parameters() {
    let config = config(&full());
    assert_eq!(
        config["providers"],
        json!([
            {"id": "openai:chat:gpt-6-luna", "config": {"temperature": 0.2, "max_completion_tokens": 64, "seed": 7}},
            {"id": "openai:responses:gpt-4.1", "label": "Responses", "config": {"temperature": 0.2, "max_output_tokens": 64, "reasoning": {"effort": "low", "summary": "auto"}}},
            {"id": "anthropic:messages:claude-haiku-5.5", "config": {"temperature": 0.2, "max_tokens": 64}},
            {"id": "google:gemini-3.5-flash", "config": {"generationConfig": {"temperature": 0.2, "maxOutputTokens": 64}}},
            {"id": "openai:chat:m", "config": {"apiBaseUrl": "http://127.0.0.1:4010/v1", "apiKeyEnvar": "API_KEY", "temperature": 0.2, "passthrough": {"top_k": 4}, "max_tokens": 64}},
            {"id": "openai:chat:g", "config": {"apiBaseUrl": "https://api.groq.com/openai/v1", "apiKeyEnvar": "GROQ_API_KEY", "temperature": 0.2, "max_tokens": 64}},
        ])
    );
    assert_eq!(
        config["evaluateOptions"],
        json!({"maxConcurrency": 1, "repeat": 3})
    );
}

#[test]
fn upstream_providers_go_to_a_router_alone() {
    let config = config(&recipe(json!({
        "touchstone": "recipe/1", "messages": [{"role": "user", "content": "Hi"}],
        "params": {"provider_order": ["deepinfra"]},
        "panes": [{"provider": "openrouter", "model": "a/m"}, {"provider": "groq", "model": "g"}],
    })));
    let passed = [0, 1].map(|at| config["providers"][at]["config"].get("passthrough"));
    let order = json!({"provider": {"order": ["deepinfra"], "allow_fallbacks": false}});
    assert_eq!(passed, [Some(&order), None]);
}

#[test]
fn what_has_no_place_is_listed() {
    let param = |model: &str, name| NotCarried::Param {
        model: model.to_owned(),
        name,
    };
    assert_eq!(
        promptfoo(&full()).left_out,
        [
            param("claude-haiku-5.5", "seed"),
            param("g", "provider_order"),
            NotCarried::InPage {
                model: "demo-fast".to_owned()
            },
            NotCarried::Route {
                model: "x".to_owned()
            },
        ]
    );
}

#[test]
fn only_our_variables_are_its_variables() {
    let config = config(&full());
    let prompt: Value = serde_json::from_str(config["prompts"][0].as_str().unwrap()).unwrap();
    assert_eq!(prompt[0], json!({"role": "system", "content": "Be terse."}));
    assert_eq!(
        prompt[3]["content"],
        "About {{my_topic}}, {{ '{{' }} unset }} and {{ '{%' }} raw %}"
    );
    assert_eq!(
        config["tests"],
        json!([{"vars": {"my_topic": "{{ '{{' }}nothing}} monsoon"}}])
    );
}

#[test]
fn a_prompt_is_never_taken_for_a_file() {
    let recipe = recipe(
        json!({"touchstone": "recipe/1", "messages": [{"role": "user", "content": "file://a.txt"}]}),
    );
    let prompt = config(&recipe)["prompts"][0].as_str().unwrap().to_owned();
    assert!(prompt.starts_with('[') && prompt.contains('\n'));
}

/// A small reader of the three signs that we write, and of nothing else.
fn rendered(template: &str, vars: &Value) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find("{{") {
        out.push_str(&rest[..at]);
        let (inside, after) = rest[at + 2..].split_once("}}").unwrap();
        let inside = inside.trim();
        match inside
            .strip_prefix('\'')
            .and_then(|it| it.strip_suffix('\''))
        {
            Some(literal) => out.push_str(literal),
            None => out.push_str(vars[inside].as_str().unwrap()),
        }
        rest = after;
    }
    assert!(!rest.contains("{%") && !rest.contains("{#"), "{template}");
    out + rest
}

proptest! {
    #[test]
    fn its_templates_give_what_ours_give(text in "[{}%#a '.\n]{0,24}(\\{\\{ ?a ?\\}\\})?[{}%#a]{0,8}") {
        let mut recipe = Recipe::default();
        recipe.variables.set("a", "1");
        let ours = variables::substitute(&text, &recipe.variables).text;
        let names = Names::of(&recipe);
        prop_assert_eq!(rendered(&template(&text, &names), &json!({"a": "1"})), ours);
    }
}
