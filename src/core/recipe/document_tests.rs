use super::{MAX_PANES, Order, Recipe, RecipePane, Variables};
use crate::core::{
    domain::{Message, Role},
    recipe::{RecipeMessage, RecipeNotice},
};
use serde_json::json;

fn with_panes(count: usize) -> Recipe {
    let pane = |index: usize| RecipePane::new("p", format!("m{index}").as_str());
    Recipe {
        panes: (0..count).map(pane).collect(),
        ..Recipe::default()
    }
}

#[test]
fn the_first_eight_panes_are_used_and_the_others_kept() {
    let recipe = with_panes(10);
    assert_eq!(recipe.used_panes().len(), MAX_PANES);
    assert_eq!(recipe.used_panes()[7].model.as_str(), "m7");
    assert_eq!(
        recipe.notices(),
        [RecipeNotice::TooManyPanes { count: 10, used: 8 }]
    );
    let again = Recipe::parse(&recipe.to_json()).unwrap().0;
    assert_eq!(again.panes.len(), 10);
    assert_eq!(with_panes(8).notices(), []);
}

#[test]
fn duplicate_panes_are_legal() {
    let mut recipe = with_panes(1);
    recipe.panes.push(recipe.panes[0].clone());
    assert_eq!(recipe.notices(), []);
    assert_eq!(Recipe::parse(&recipe.to_json()).unwrap().0, recipe);
}

#[test]
fn an_unsupported_plan_is_kept_and_told() {
    let mut recipe = Recipe::default();
    recipe.run.order = Order::from("shuffled");
    recipe.run.repeats = 5;
    assert_eq!(
        recipe.notices(),
        [
            RecipeNotice::UnsupportedOrder("shuffled".to_owned()),
            RecipeNotice::UnsupportedRepeats(5),
        ]
    );
    assert_eq!(
        recipe.to_value()["run"],
        json!({"order": "shuffled", "repeats": 5})
    );
    recipe.run.order = Order::from("sequential");
    recipe.run.repeats = 1;
    assert_eq!(recipe.notices(), []);
}

#[test]
fn hosts_of_unused_panes_are_not_told() {
    let mut recipe = with_panes(9);
    recipe.panes[8].base_url = Some("http://localhost:1/v1".to_owned());
    recipe.panes[0].base_url = Some("https://api.example.com/v1".to_owned());
    let hosts = |recipe: &Recipe| {
        let told = recipe.notices().into_iter();
        told.filter(|notice| matches!(notice, RecipeNotice::PrivateHost { .. }))
            .count()
    };
    assert_eq!(hosts(&recipe), 0);
    recipe.panes[2].base_url = Some("http://localhost:1/v1".to_owned());
    assert_eq!(hosts(&recipe), 1);
}

#[test]
fn what_looks_like_a_key_is_told_before_it_is_shared() {
    let (recipe, notices) = Recipe::parse(
        &json!({
            "touchstone": "recipe/1",
            "panes": [
                {"provider": "p", "model": "m", "api_key": "sk-1", "max_tokens": 5},
                {"provider": "p", "model": "m", "headers": [{"Authorization": "Bearer sk-2"}]},
                {"provider": "p", "model": "m", "base_url": "https://a.example/v1?key=AIza3"},
            ],
            "params": {"response_schema": {"properties": {"password": "not a secret"}}},
            "token": "",
        })
        .to_string(),
    )
    .unwrap();
    let paths = [
        "panes[0].api_key",
        "panes[1].headers[0].Authorization",
        "panes[2].base_url",
    ];
    let paths = paths.map(str::to_owned).to_vec();
    assert_eq!(notices, [RecipeNotice::LooksLikeKey { paths }]);
    assert_eq!(recipe.notices(), notices);
}

#[test]
fn variables_keep_their_order_and_their_last_value() {
    let mut variables: Variables = [("b", "1"), ("a", "2"), ("b", "3")].into_iter().collect();
    let pairs: Vec<_> = variables.iter().collect();
    assert_eq!(pairs, [("b", "3"), ("a", "2")]);
    variables.remove("b");
    assert_eq!(variables.get("b"), None);
    assert_eq!(variables.get("a"), Some("2"));
}

#[test]
fn messages_convert_to_the_conversation_and_back() {
    let message = Message::assistant("yes");
    let stored = RecipeMessage::from(message.clone());
    assert_eq!(stored.role, Role::Assistant);
    assert_eq!(Message::from(&stored), message);
}
