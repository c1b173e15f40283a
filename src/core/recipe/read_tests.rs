use super::child;
use crate::core::{
    domain::{Api, Role},
    recipe::{
        Expected, Order, Recipe, RecipeError, RecipeNotice,
        arbitrary::{contract_example, json as any_json, recipe as any_recipe},
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A document with these fields beside its version.
fn document(fields: &Value) -> String {
    let mut document = json!({"touchstone": "recipe/1"});
    for (name, value) in fields.as_object().unwrap() {
        document[name] = value.clone();
    }
    document.to_string()
}

fn read(fields: &Value) -> (Recipe, Vec<RecipeNotice>) {
    Recipe::parse(&document(fields)).unwrap()
}

fn error(fields: &Value) -> RecipeError {
    Recipe::parse(&document(fields)).unwrap_err()
}

fn pane_with(name: &str, value: &Value) -> Value {
    let mut pane = json!({"provider": "p", "model": "m"});
    pane[name] = value.clone();
    json!({"panes": [pane]})
}

#[test]
fn the_contract_example_is_read_whole() {
    let example = contract_example();
    let (recipe, notices) = Recipe::parse(example).unwrap();
    assert_eq!(recipe.title.as_deref(), Some("Haiku duel"));
    assert_eq!(recipe.system.as_deref(), Some("You are terse."));
    assert_eq!(recipe.messages[0].role, Role::User);
    assert_eq!(recipe.variables.get("topic"), Some("monsoon"));
    assert_eq!(recipe.params.temperature, Some(0.2));
    let [first, second, third] = recipe.panes.as_slice() else {
        panic!("three panes");
    };
    assert_eq!(first.api, Some(Api::Responses));
    let params = recipe.params_of(first);
    assert_eq!(params.reasoning_effort.as_deref(), Some("low"));
    assert_eq!(params.max_output_tokens, Some(256));
    assert_eq!(second.label.as_deref(), Some("my server"));
    assert_eq!(third.base_url.as_deref(), Some("http://127.0.0.1:4010"));
    assert_eq!(recipe.run.order, Order::Parallel);
    let host = || "127.0.0.1".to_owned();
    assert_eq!(
        notices,
        [
            RecipeNotice::PrivateHost {
                pane: 1,
                host: host()
            },
            RecipeNotice::PrivateHost {
                pane: 2,
                host: host()
            },
        ]
    );
    let example: Value = serde_json::from_str(example).unwrap();
    assert_eq!(recipe.to_value(), example);
}

#[test]
fn a_wrong_type_names_its_path() {
    use Expected::{Count, List, Number, Object, Text, WholeNumber};
    for (fields, path, expected) in [
        (json!({"title": 1}), "title", Text),
        (json!({"system": ["a"]}), "system", Text),
        (json!({"messages": {}}), "messages", List),
        (json!({"messages": ["hi"]}), "messages[0]", Object),
        (
            json!({"messages": [{"role": "user", "content": [{"type": "text", "text": "hi"}]}]}),
            "messages[0].content",
            Text,
        ),
        (json!({"variables": []}), "variables", Object),
        (json!({"variables": {"n": 5}}), "variables.n", Text),
        (
            json!({"variables": {"a b.c": 5}}),
            "variables[\"a b.c\"]",
            Text,
        ),
        (json!({"params": "hot"}), "params", Object),
        (
            json!({"params": {"temperature": "hot"}}),
            "params.temperature",
            Number,
        ),
        (json!({"params": {"top_k": 1.5}}), "params.top_k", Count),
        (
            json!({"params": {"max_output_tokens": -1}}),
            "params.max_output_tokens",
            Count,
        ),
        (json!({"params": {"seed": 0.5}}), "params.seed", WholeNumber),
        (json!({"params": {"stop": "END"}}), "params.stop", List),
        (
            json!({"params": {"stop": ["a", null]}}),
            "params.stop[1]",
            Text,
        ),
        (
            json!({"params": {"response_schema": true}}),
            "params.response_schema",
            Object,
        ),
        (json!({"panes": [null]}), "panes[0]", Object),
        (pane_with("model", &json!(7)), "panes[0].model", Text),
        (
            pane_with("base_url", &json!(false)),
            "panes[0].base_url",
            Text,
        ),
        (
            pane_with("params", &json!({"top_p": []})),
            "panes[0].params.top_p",
            Number,
        ),
        (json!({"run": "parallel"}), "run", Object),
        (json!({"run": {"order": 1}}), "run.order", Text),
        (json!({"run": {"repeats": "3"}}), "run.repeats", Count),
        (json!({"touchstone": 1}), "touchstone", Text),
    ] {
        let path = path.to_owned();
        assert_eq!(
            error(&fields),
            RecipeError::WrongType { path, expected },
            "{fields}"
        );
    }
}

#[test]
fn a_required_field_is_missing_by_its_path() {
    for (fields, path) in [
        (json!({"touchstone": null}), "touchstone"),
        (json!({"messages": [{"content": "hi"}]}), "messages[0].role"),
        (
            json!({"messages": [{"role": "user", "content": null}]}),
            "messages[0].content",
        ),
        (json!({"panes": [{"model": "m"}]}), "panes[0].provider"),
        (pane_with("model", &Value::Null), "panes[0].model"),
    ] {
        let (path, expected) = (path.to_owned(), Expected::Text);
        assert_eq!(
            error(&fields),
            RecipeError::Missing { path, expected },
            "{fields}"
        );
    }
    assert!(matches!(
        Recipe::parse("{}"),
        Err(RecipeError::Missing { path, .. }) if path == "touchstone"
    ));
}

#[test]
fn unknown_words_are_refused_with_what_would_do() {
    let soap = error(&pane_with("api", &json!("soap")));
    let RecipeError::UnknownValue {
        path,
        found,
        allowed,
    } = soap
    else {
        panic!("{soap:?}");
    };
    assert_eq!((path.as_str(), found.as_str()), ("panes[0].api", "soap"));
    assert_eq!(
        allowed,
        [
            "chat",
            "responses",
            "messages",
            "generate_content",
            "cohere_chat",
            "ollama_chat",
            "converse"
        ]
    );
    let tool = error(&json!({"messages": [{"role": "tool", "content": ""}]}));
    assert!(matches!(tool, RecipeError::UnknownValue { path, .. } if path == "messages[0].role"));
}

#[test]
fn another_version_is_told_from_a_broken_one() {
    for found in ["recipe/2", "result/1", ""] {
        let found = found.to_owned();
        let fields = json!({"touchstone": found, "panes": 5});
        assert_eq!(error(&fields), RecipeError::UnknownVersion { found });
    }
}

#[test]
fn broken_json_is_placed() {
    for (text, line, column, ended_early) in [
        ("{\n \"a\": x}", 2, 7, false),
        ("{\"touchstone\": \"rec", 1, 19, true),
        ("", 1, 0, true),
        ("{} {}", 1, 4, false),
        ("{\"a\": 1e999}", 1, 11, false),
    ] {
        let fault = RecipeError::Json {
            line,
            column,
            ended_early,
        };
        assert_eq!(Recipe::parse(text), Err(fault), "{text}");
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(
        Recipe::parse(&deep),
        Err(RecipeError::Json { .. })
    ));
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let text = format!("\u{feff}{}", document(&json!({"title": "t"})));
    assert_eq!(Recipe::parse(&text).unwrap().0.title.as_deref(), Some("t"));
}

#[test]
fn null_means_not_set() {
    let (recipe, notices) = read(&json!({
        "title": null, "system": null, "messages": null, "variables": {"a": null},
        "params": {"temperature": null, "stop": null, "response_schema": null},
        "panes": null, "run": {"order": null, "repeats": null},
    }));
    assert_eq!(recipe, Recipe::default());
    assert!(notices.is_empty());
}

#[test]
fn numbers_are_checked_as_types_only() {
    let (recipe, notices) = read(&json!({"params": {
        "temperature": 9, "top_p": -1, "max_output_tokens": 0, "top_k": 40.0, "seed": -3.0,
    }}));
    assert_eq!(recipe.params.temperature, Some(9.0));
    assert_eq!(recipe.params.max_output_tokens, Some(0));
    assert_eq!(recipe.params.top_k, Some(40));
    assert_eq!(recipe.params.seed, Some(-3));
    assert!(notices.is_empty());
}

#[test]
fn whole_numbers_beyond_64_bits_are_refused() {
    for (name, number) in [
        ("top_k", "18446744073709551616"),
        ("top_k", "1e300"),
        ("seed", "9223372036854775808"),
    ] {
        let text = format!(r#"{{"touchstone":"recipe/1","params":{{"{name}":{number}}}}}"#);
        let fault = Recipe::parse(&text).unwrap_err();
        assert!(matches!(fault, RecipeError::WrongType { .. }), "{text}");
    }
}

#[test]
fn system_messages_become_part_of_the_system_prompt() {
    let (recipe, notices) = read(&json!({"system": "A", "messages": [
        {"role": "system", "content": "B"},
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": "yes"},
        {"role": "developer", "content": "C"},
    ]}));
    assert_eq!(recipe.system.as_deref(), Some("A\n\nB\n\nC"));
    let roles: Vec<Role> = recipe.messages.iter().map(|message| message.role).collect();
    assert_eq!(roles, [Role::User, Role::Assistant]);
    assert_eq!(notices, [RecipeNotice::SystemMessagesMoved { count: 2 }]);
}

#[test]
fn unknown_fields_survive_at_every_level() {
    let fields = json!({
        "touchstone": "recipe/1",
        "messages": [{"role": "user", "content": "hi", "name": "ann"}],
        "params": {"temperature": 1.5, "min_p": 0.1},
        "panes": [{
            "provider": "p", "model": "m",
            "params": {"top_k": 4, "logit_bias": {"5": 1}},
            "region": "eu", "nothing": null,
        }],
        "run": {"order": "parallel", "repeats": 1, "warm_up": true},
        "authors": ["ann", {"b": [1, 2.5]}],
    });
    assert_eq!(read(&fields).0.to_value(), fields);
}

#[test]
fn unknown_fields_keep_their_order() {
    let text = r#"{"x1":1,"touchstone":"recipe/1","x2":2,"title":"t","x3":3,"x4":4}"#;
    let written = Recipe::parse(text).unwrap().0.to_json();
    let places: Vec<_> = ["x1", "x2", "x3", "x4"]
        .map(|name| written.find(name))
        .into();
    assert!(places.is_sorted(), "{written}");
}

#[test]
fn minus_zero_is_a_count() {
    let text = r#"{"touchstone":"recipe/1","params":{"top_k":-0.0,"max_output_tokens":-0}}"#;
    let params = Recipe::parse(text).unwrap().0.params;
    assert_eq!((params.top_k, params.max_output_tokens), (Some(0), Some(0)));
}

#[test]
fn paths_quote_names_that_could_be_misread() {
    assert_eq!(child("", "a"), "a");
    assert_eq!(child("a[0]", "b_c-d"), "a[0].b_c-d");
    assert_eq!(child("a", ""), "a[\"\"]");
    assert_eq!(child("a", "b.c"), "a[\"b.c\"]");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_recipe_reads_back_as_itself(recipe in any_recipe()) {
        prop_assert_eq!(&Recipe::parse(&recipe.to_json()).unwrap().0, &recipe);
        prop_assert_eq!(&Recipe::parse(&recipe.to_pretty_json()).unwrap().0, &recipe);
    }

    #[test]
    fn any_json_in_any_known_field_is_read_or_refused(
        name in prop::sample::select(vec![
            "touchstone", "title", "messages", "variables", "params", "panes", "run",
        ]),
        value in any_json(),
    ) {
        let mut fields = json!({});
        fields[name] = value;
        let text = document(&fields);
        if let Ok((recipe, _)) = Recipe::parse(&text) {
            prop_assert_eq!(Recipe::parse(&recipe.to_json()).unwrap().0, recipe);
        }
    }

    #[test]
    fn a_cut_document_is_placed(recipe in any_recipe(), cut in any::<prop::sample::Index>()) {
        let text = recipe.to_json();
        let ends: Vec<usize> = (0..text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let fault = Recipe::parse(&text[..*cut.get(&ends)]).unwrap_err();
        let early = matches!(fault, RecipeError::Json { ended_early: true, .. });
        prop_assert!(early, "{:?}", fault);
    }
}
