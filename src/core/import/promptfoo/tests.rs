use super::super::{
    Choice, Kind, Suite, Why, read,
    tests::{messages, what},
};
use crate::core::{
    domain::{Api, Role},
    playlist::{self, Entry, Form, MAX_ENTRIES},
    recipe::Recipe,
};
use proptest::prelude::*;
use serde_json::json;

fn suite(config: &str) -> Suite {
    read(config).unwrap().suite.unwrap()
}

/// The prompts of a list with their values in place, as a person would read them.
fn told(entries: &[Entry]) -> Vec<String> {
    let heading = |entry: &Entry| {
        Entry {
            title: None,
            ..entry.clone()
        }
        .heading()
    };
    entries.iter().map(heading).collect()
}

const CONFIG: &str = r"
# yaml-language-server: $schema=https://promptfoo.dev/config-schema.json
description: Translations
prompts:
  - 'Translate to {{language}}: {{text | upper}}'
  - file://prompt.txt
  - Another
providers:
  - openai:chat:gpt-4.1
  - id: anthropic:messages:claude-haiku-5.5
    label: Claude
    config: { temperature: 0.5, max_tokens: 64, apiKey: sk-ant-real, cost: 3 }
  - openai:gpt-6-luna:
      config: { apiBaseUrl: 'http://127.0.0.1:4010/v1' }
  - google:gemini-3.5-flash
  - ollama:chat:llama3
  - file://provider.py
  - replicate:meta/llama
defaultTest:
  vars: { tone: dry }
  assert: [{ type: contains, value: x }]
tests:
  - vars: { language: [French, German], text: 5, more: file://a.txt }
    assert: [{ type: contains, value: x }]
  - vars: { language: Hindi }
evaluateOptions: { maxConcurrency: 1, repeat: 2, delay: 5 }
sharing: false
";

#[test]
fn a_promptfoo_configuration_is_carried_over_with_a_list_of_the_rest() {
    let imported = read(CONFIG).unwrap();
    assert_eq!(imported.kind, Kind::Promptfoo);
    let recipe = &imported.recipe;
    assert_eq!(recipe.title.as_deref(), Some("Translations"));
    assert_eq!(
        messages(recipe),
        [(Role::User, "Translate to {{language}}: {{text | upper}}")]
    );
    let variables: Vec<_> = recipe.variables.iter().collect();
    assert_eq!(
        variables,
        [("tone", "dry"), ("language", "French"), ("text", "5")]
    );
    let suite = imported.suite.as_ref().unwrap();
    let asked: Vec<_> = suite
        .prompts
        .iter()
        .map(|prompt| (prompt.path.as_str(), prompt.asked().unwrap()))
        .collect();
    assert_eq!(
        asked,
        [
            ("prompts[0]", "Translate to {{language}}: {{text | upper}}"),
            ("prompts[2]", "Another")
        ]
    );
    let rows: Vec<Vec<&str>> = suite
        .rows
        .iter()
        .map(|row| row.values.iter().map(|(_, value)| value.as_str()).collect())
        .collect();
    assert_eq!(
        rows,
        [
            vec!["dry", "French", "5"],
            vec!["dry", "German", "5"],
            vec!["dry", "Hindi"]
        ]
    );
    let panes: Vec<_> = recipe
        .panes
        .iter()
        .map(|pane| {
            (
                pane.provider.as_str(),
                pane.model.as_str(),
                pane.api,
                pane.base_url.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        panes,
        [
            ("openai", "gpt-4.1", Some(Api::Chat), None),
            ("anthropic", "claude-haiku-5.5", None, None),
            (
                "openai-compatible",
                "gpt-6-luna",
                Some(Api::Responses),
                Some("http://127.0.0.1:4010/v1")
            ),
            ("gemini", "gemini-3.5-flash", None, None),
            ("ollama", "llama3", None, None),
        ]
    );
    assert_eq!(recipe.panes[1].params.max_output_tokens, Some(64));
    assert_eq!(recipe.run.repeats, 2);
    assert_eq!(imported.keys.len(), 1);
    assert_eq!(
        what(&imported),
        [
            ("prompts[0]: {{text | upper}}", Why::Form),
            ("prompts[1]", Why::OtherFile),
            ("providers[1].config.cost", Why::NoPlace),
            ("providers[5]: file://provider.py", Why::OtherFile),
            ("providers[6]: replicate:meta/llama", Why::Provider),
            ("defaultTest.assert", Why::NoPlace),
            ("tests[].vars.more", Why::OtherFile),
            ("tests[].assert", Why::NoPlace),
            ("evaluateOptions.delay", Why::NoPlace),
            ("sharing", Why::NoPlace),
        ]
    );
}

#[test]
fn what_we_write_for_promptfoo_comes_back() {
    let recipe = Recipe::from_value(json!({
        "touchstone": "recipe/1", "title": "t", "system": "S {% x %}",
        "messages": [{"role": "user", "content": "{{a}} {{nothing}} {# y #}"}],
        "variables": {"a": "1"},
        "panes": [{"provider": "anthropic", "model": "claude-haiku-5.5", "label": "C", "params": {"temperature": 0.5}}],
        "run": {"order": "sequential"},
    }))
    .unwrap()
    .0;
    let imported = read(&crate::core::export::promptfoo(&recipe).yaml).unwrap();
    assert_eq!(imported.recipe, recipe);
    assert_eq!(imported.suite, None);
}

#[test]
fn every_prompt_goes_with_every_test_into_one_list() {
    let config = "
description: Getting on
prompts:
  - 'Convert to {{language}}: {{input}}'
  - 'Say in {{language}}: {{input}}'
providers: [openai:gpt-4.1]
tests:
  - vars: { language: French, input: Hello }
  - vars: { language: Spanish, input: Where is it? }
";
    let imported = read(config).unwrap();
    let suite = imported.suite.unwrap();
    let list = suite.list().unwrap();
    assert_eq!(
        told(&list.entries),
        [
            "Convert to French: Hello",
            "Say in French: Hello",
            "Convert to Spanish: Where is it?",
            "Say in Spanish: Where is it?",
        ]
    );
    assert_eq!((list.form, list.left_out), (Form::Json, 0));
    assert_eq!(suite.left_out(Choice::All), []);
    // On the page is what they have in common.
    let recipe = suite.recipe(&imported.recipe, Choice::All);
    assert_eq!(
        (recipe.messages.len(), recipe.variables.iter().count()),
        (0, 0)
    );
    assert_eq!(recipe.panes, imported.recipe.panes);
    // One of them is the prompt with its row, and says what else there was.
    let choice = Choice::One { prompt: 1, row: 1 };
    let recipe = suite.recipe(&imported.recipe, choice);
    assert_eq!(
        messages(&recipe),
        [(Role::User, "Say in {{language}}: {{input}}")]
    );
    assert_eq!(recipe.variables.get("language"), Some("Spanish"));
    let left_out = suite.left_out(choice);
    let left_out: Vec<_> = left_out
        .iter()
        .map(|one| (one.what.as_str(), one.why))
        .collect();
    assert_eq!(
        left_out,
        [("prompts[0]", Why::NotChosen), ("tests[]", Why::NotChosen)]
    );
}

#[test]
fn lists_of_values_are_every_combination_and_scenarios_are_data_with_tests() {
    let both = suite(
        "prompts: ['{{a}} {{b}}']\nproviders: [openai:gpt-4.1]\ntests: [{vars: {a: [1, 2], b: [x, y]}}]",
    );
    let list = both.list().unwrap();
    assert_eq!(told(&list.entries), ["1 x", "1 y", "2 x", "2 y"]);
    let fixed = read("prompts: ['{{a}}']\nproviders: [openai:gpt-4.1]\ntests: [{vars: {a: [1, 2]}, options: {disableVarExpansion: true}}]").unwrap();
    assert_eq!(fixed.suite, None);
    assert_eq!(fixed.recipe.variables.get("a"), Some("[1,2]"));
    let scenarios = suite(
        "prompts: ['{{a}} {{b}}']\nproviders: [openai:gpt-4.1]\nscenarios:\n  - config: [{vars: {a: 1}}, {vars: {a: 2}}]\n    tests: [{vars: {b: x}}, {vars: {b: y}}]",
    );
    assert_eq!(
        told(&scenarios.list().unwrap().entries),
        ["1 x", "1 y", "2 x", "2 y"]
    );
    let titled = suite(
        "prompts: ['{{a}}']\nproviders: [openai:gpt-4.1]\ntests: [{description: One, vars: {a: 1}}, {vars: {a: 2}}]",
    );
    let headings: Vec<_> = titled
        .list()
        .unwrap()
        .entries
        .into_iter()
        .map(|entry| entry.title)
        .collect();
    assert_eq!(headings, [Some("One".to_owned()), None]);
}

#[test]
fn a_list_has_one_system_prompt_and_the_others_are_named() {
    let config = r#"{
        "prompts": [
            "[{\"role\": \"system\", \"content\": \"S\"}, {\"role\": \"user\", \"content\": \"One\"}]",
            {"raw": "Two", "label": "bare"},
            "[{\"role\": \"system\", \"content\": \"S\"}, {\"role\": \"user\", \"content\": \"Three\"}]"
        ],
        "providers": ["openai:gpt-4.1"], "tests": []
    }"#;
    let imported = read(config).unwrap();
    let suite = imported.suite.unwrap();
    let list = suite.list().unwrap();
    assert_eq!(told(&list.entries), ["One", "Three"]);
    let recipe = suite.recipe(&imported.recipe, Choice::All);
    assert_eq!(recipe.system.as_deref(), Some("S"));
    let left_out = suite.left_out(Choice::All);
    let [other] = left_out.as_slice() else {
        panic!("{left_out:?}");
    };
    assert_eq!(
        (other.what.as_str(), other.why),
        ("prompts[1]", Why::OtherConversation)
    );
    // It can be chosen by itself.
    let recipe = suite.recipe(&imported.recipe, Choice::One { prompt: 1, row: 0 });
    assert_eq!((recipe.system, recipe.messages.len()), (None, 1));
}

#[test]
fn tests_whose_prompts_are_in_a_file_are_rows_to_choose_from() {
    let imported = read("prompts: [file://prompts.txt]\nproviders: [openai:gpt-4.1]\ntests: [{vars: {body: Yes}}, {vars: {body: No}}]").unwrap();
    let suite = imported.suite.as_ref().unwrap();
    assert_eq!(suite.list(), None);
    let recipe = suite.recipe(&imported.recipe, Choice::One { prompt: 0, row: 1 });
    assert_eq!(recipe.messages, []);
    assert!(recipe.variables.get("body").is_some());
    assert_eq!(what(&imported), [("prompts[0]", Why::OtherFile)]);
}

#[test]
fn a_few_lines_cannot_ask_for_more_than_a_list_holds() {
    let many: Vec<u32> = (0..40).collect();
    let vars = json!({"a": many, "b": many, "c": many, "d": many});
    let config = json!({"prompts": ["{{a}}{{b}}{{c}}{{d}}", "x {{a}}"], "providers": ["openai:gpt-4.1"], "tests": [{"vars": vars}, {"vars": vars}]});
    let suite = suite(&config.to_string());
    assert_eq!(suite.rows.len(), MAX_ENTRIES);
    assert_eq!(suite.rows_left_out, 2 * 40_usize.pow(4) - MAX_ENTRIES);
    let list = suite.list().unwrap();
    assert_eq!(list.entries.len(), MAX_ENTRIES);
    assert_eq!(list.left_out, 4 * 40_usize.pow(4) - MAX_ENTRIES);
    let left_out = suite.left_out(Choice::All);
    assert!(left_out.iter().any(|one| one.why == Why::TooManyPrompts));
}

proptest! {
    /// Whatever the prompts and values are, the list is every pair of them, and
    /// what the tab keeps of it reads back as the same list.
    #[test]
    fn a_suite_is_the_product_and_survives_a_reload(
        prompts in prop::collection::vec("[a-z ]{0,8}[a-z]( \\{\\{v\\}\\})?", 1..5),
        values in prop::collection::vec("[A-Z0-9\"\\\\ é]{1,9}z", 1..6),
    ) {
        let tests: Vec<_> = values.iter().map(|value| json!({"vars": {"v": value}})).collect();
        let config = json!({"prompts": prompts, "providers": ["openai:gpt-4.1"], "tests": tests});
        let imported = read(&config.to_string()).unwrap();
        prop_assume!(prompts.len() * values.len() > 1);
        let list = imported.suite.unwrap().list().unwrap();
        let found: Vec<_> = list.entries.iter().map(|entry| (entry.prompt.clone(), entry.variables[0].1.clone())).collect();
        let wanted: Vec<_> = values.iter().flat_map(|value| prompts.iter().map(move |prompt| (prompt.clone(), value.clone()))).collect();
        prop_assert_eq!(found, wanted);
        let kept = playlist::read(&list.to_json(), Some(Form::Json)).unwrap();
        prop_assert_eq!(kept.entries, list.entries);
    }
}
