use super::{Link, MAX_FRAGMENT_BYTES, build_link, parse_fragment};
use crate::core::{
    domain::Message,
    recipe::{
        Expected, LinkError, Recipe, RecipeError, RecipeMessage, RecipeNotice, RecipePane,
        arbitrary::recipe as any_recipe, percent,
    },
};
use proptest::prelude::*;
use serde_json::json;

fn recipe(fragment: &str) -> Recipe {
    let link = parse_fragment(fragment).unwrap();
    assert_eq!(link.notices, [], "{fragment}");
    link.recipe.unwrap()
}

fn error(fragment: &str) -> LinkError {
    parse_fragment(fragment).unwrap_err()
}

#[test]
fn a_packed_document_is_taken_as_it_was_made() {
    let packed = |fragment: &str| parse_fragment(fragment).unwrap().packed;
    for fragment in [
        "#c=AbC-_9",
        "#c=AbC-_9&view=embed",
        // Encoded once more, as a whole or in its value.
        "#c%3DAbC-_9",
        "#c%3dAbC%2D%5F9%26view%3Dembed",
        "#c=AbC%2D_9",
        "#c=AbC%252D_9",
        // With what mailers and chat programs put into and behind it.
        "#c=AbC%0A-_9.",
        "#c=AbC-_9).",
        "#c=AbC-_9>",
    ] {
        assert_eq!(packed(fragment).as_deref(), Some("AbC-_9"), "{fragment}");
    }
    assert!(parse_fragment("#c=AbC&view=embed").unwrap().is_embed);
    assert!(!parse_fragment("#c=AbC").unwrap().is_embed);
    // As chat programs escape it.
    let escaped = parse_fragment("#c=AbC&amp;view=embed").unwrap();
    assert_eq!((escaped.is_embed, &escaped.notices[..]), (true, &[][..]));
    let twice = parse_fragment("#c%3DAbC%26amp%3Bview%3Dembed").unwrap();
    assert!(twice.is_embed && twice.notices.is_empty());
    assert_eq!(
        error("#prompt=a&amp;system=%zz"),
        LinkError::Percent { position: 21 }
    );
    assert_eq!(packed("#c="), None);
}

#[test]
fn an_address_is_read_in_every_spelling() {
    for fragment in [
        "#src=https://a.example/r.json?x=1",
        "#src=https%3A%2F%2Fa.example%2Fr.json%3Fx%3D1",
        "#src=https%253A%252F%252Fa.example%252Fr.json%253Fx%253D1",
        "#src%3Dhttps%3A%2F%2Fa.example%2Fr.json%3Fx=1",
    ] {
        let source = parse_fragment(fragment).map(|link| link.source);
        let source = source.unwrap().unwrap();
        assert_eq!(source.url, "https://a.example/r.json?x=1", "{fragment}");
    }
    assert!(matches!(
        error("#src=http://a.example/r.json"),
        LinkError::Source(_)
    ));
}

#[test]
fn a_document_counts_alone() {
    let link = parse_fragment("#prompt=hi&c=AbC&src=https://a.example/&view=embed").unwrap();
    assert_eq!(link.packed.as_deref(), Some("AbC"));
    assert_eq!((link.recipe, link.source), (None, None));
    assert_eq!(
        link.notices,
        [RecipeNotice::BesideRecipe(vec!["prompt", "src"])]
    );
}

#[test]
fn a_view_that_is_none_is_named() {
    let link = parse_fragment("#prompt=hi&view=cinema").unwrap();
    assert_eq!(
        link.notices,
        [RecipeNotice::UnknownNames(vec!["view=cinema".to_owned()])]
    );
}

#[test]
fn a_recipe_that_was_encoded_twice_is_read() {
    let recipe =
        parse_fragment("#recipe=%257B%2522touchstone%2522%253A%2522recipe%252F1%2522%257D");
    assert!(recipe.unwrap().recipe.is_some());
}

#[test]
fn the_contract_example_fills_a_recipe() {
    let read = recipe(
        "#prompt=Say%20hi&system=Be%20brief&pane=openai/gpt-4.1&pane=anthropic/claude-haiku-4-5&temperature=0.2&max_output_tokens=300",
    );
    let mut expected = Recipe {
        system: Some("Be brief".to_owned()),
        messages: vec![RecipeMessage::from(Message::user("Say hi"))],
        panes: vec![
            RecipePane::new("openai", "gpt-4.1"),
            RecipePane::new("anthropic", "claude-haiku-4-5"),
        ],
        ..Recipe::default()
    };
    expected.params.temperature = Some(0.2);
    expected.params.max_output_tokens = Some(300);
    assert_eq!(read, expected);
}

#[test]
fn every_parameter_can_stand_in_a_link() {
    let schema = percent::encode(r#"{"type": "object"}"#);
    let read = recipe(&format!(
        "top_p=.5&top_k=40&stop=a%26b&stop=END&seed=-7&reasoning_effort=low&reasoning_summary=auto&service_tier=flex&provider_order=anthropic,%20amazon-bedrock&response_schema={schema}"
    ));
    let params = read.params;
    assert_eq!(params.top_p, Some(0.5));
    assert_eq!(params.top_k, Some(40));
    assert_eq!(params.stop, ["a&b", "END"]);
    assert_eq!(params.seed, Some(-7));
    assert_eq!(params.reasoning_effort.as_deref(), Some("low"));
    assert_eq!(params.reasoning_summary.as_deref(), Some("auto"));
    assert_eq!(params.service_tier.as_deref(), Some("flex"));
    assert_eq!(params.provider_order, ["anthropic", "amazon-bedrock"]);
    assert_eq!(params.response_schema, Some(json!({"type": "object"})));
}

#[test]
fn a_plus_is_a_plus_and_a_second_equals_sign_belongs_to_the_value() {
    let read = recipe("#prompt=1+1=2");
    assert_eq!(read.messages[0].content, "1+1=2");
}

#[test]
fn a_pane_splits_at_its_first_slash() {
    let read = recipe("#pane=openrouter/meta-llama/llama-4%3Afree");
    assert_eq!(read.panes[0].provider.as_str(), "openrouter");
    assert_eq!(read.panes[0].model.as_str(), "meta-llama/llama-4:free");
}

#[test]
fn a_pane_without_provider_or_model_is_refused() {
    for found in ["openai", "openai/", "/gpt"] {
        let fault = LinkError::Pane {
            found: found.to_owned(),
        };
        let link = parse_fragment(&format!("#pane={found}")).unwrap();
        assert_eq!(link.recipe, None, "{found}");
        assert_eq!(link.notices, [RecipeNotice::LeftOut(fault)]);
    }
}

#[test]
fn a_wrong_part_leaves_the_rest_of_the_link() {
    let link = parse_fragment("#pane=nonsense&pane=openai/gpt&top_k=x&prompt=Hi").unwrap();
    let read = link.recipe.unwrap();
    assert_eq!(read.panes.len(), 1);
    assert_eq!(read.panes[0].model.as_str(), "gpt");
    assert_eq!(read.messages[0].content, "Hi");
    assert_eq!(link.notices.len(), 2);
}

#[test]
fn nothing_known_is_no_recipe() {
    for fragment in ["", "#", "&&", "#prompt=", "#prompt&pane="] {
        assert_eq!(parse_fragment(fragment), Ok(Link::default()), "{fragment}");
    }
}

#[test]
fn unknown_names_are_ignored_and_told() {
    let link = parse_fragment("#promt=hi&title=x&promt=ho").unwrap();
    assert_eq!(link.recipe, None);
    let names = vec!["promt".to_owned(), "title".to_owned()];
    assert_eq!(link.notices, [RecipeNotice::UnknownNames(names)]);
    let link = parse_fragment("#prompt=hi&utm_source=mail").unwrap();
    assert_eq!(link.recipe.unwrap().messages.len(), 1);
}

#[test]
fn of_a_repeated_name_the_last_one_counts() {
    let link = parse_fragment("#prompt=a&temperature=1&prompt=b&stop=x&stop=y").unwrap();
    let read = link.recipe.unwrap();
    assert_eq!(read.messages.len(), 1);
    assert_eq!(read.messages[0].content, "b");
    assert_eq!(link.notices, [RecipeNotice::RepeatedNames(vec!["prompt"])]);
}

#[test]
fn values_of_the_wrong_kind_name_their_name() {
    for (fragment, name, expected) in [
        ("temperature=hot", "temperature", Expected::Number),
        ("temperature=nan", "temperature", Expected::Number),
        ("top_p=1e999", "top_p", Expected::Number),
        ("top_k=-1", "top_k", Expected::Count),
        (
            "max_output_tokens=3.5",
            "max_output_tokens",
            Expected::Count,
        ),
        ("seed=x", "seed", Expected::WholeNumber),
        ("response_schema=%7B", "response_schema", Expected::Json),
        ("response_schema=[]", "response_schema", Expected::Object),
    ] {
        let link = parse_fragment(fragment).unwrap();
        let fault = LinkError::Value { name, expected };
        assert_eq!(link.notices, [RecipeNotice::LeftOut(fault)], "{fragment}");
    }
}

#[test]
fn broken_escapes_are_placed_in_characters() {
    assert_eq!(error("#prompt=50%"), LinkError::Percent { position: 10 });
    assert_eq!(
        error("#pane=a/b&prompt=é%zz"),
        LinkError::Percent { position: 18 }
    );
    assert_eq!(error("#x=1&%F=2"), LinkError::Percent { position: 5 });
    assert_eq!(error("#prompt=a%C3%28"), LinkError::Utf8 { position: 9 });
}

#[test]
fn a_whole_recipe_beats_the_names_beside_it() {
    let json = percent::encode(r#"{"touchstone":"recipe/1","title":"a&b"}"#);
    let link = parse_fragment(&format!("#prompt=hi&recipe={json}&pane=x/y")).unwrap();
    let read = link.recipe.unwrap();
    assert_eq!(read.title.as_deref(), Some("a&b"));
    assert!(read.panes.is_empty());
    assert_eq!(
        link.notices,
        [RecipeNotice::BesideRecipe(vec!["pane", "prompt"])]
    );
}

#[test]
fn a_broken_recipe_in_a_link_says_where() {
    let json = percent::encode(r#"{"touchstone":"recipe/1","panes":[{"provider":"a"}]}"#);
    let fault = error(&format!("#recipe={json}"));
    assert_eq!(
        fault,
        LinkError::Recipe(RecipeError::Missing {
            path: "panes[0].model".to_owned(),
            expected: Expected::Text,
        })
    );
}

#[test]
fn notices_of_the_recipe_reach_the_link() {
    let json = percent::encode(r#"{"touchstone":"recipe/1","run":{"repeats":3}}"#);
    let link = parse_fragment(&format!("#recipe={json}")).unwrap();
    assert_eq!(link.notices, [RecipeNotice::UnsupportedRepeats(3)]);
    let many = "pane=a/b&".repeat(9);
    let link = parse_fragment(&many).unwrap();
    assert_eq!(
        link.notices,
        [RecipeNotice::TooManyPanes { count: 9, used: 8 }]
    );
}

#[test]
fn a_link_over_the_limit_is_refused_by_its_length() {
    let room = MAX_FRAGMENT_BYTES - "prompt=".len();
    let longest = format!("#prompt={}", "a".repeat(room));
    assert_eq!(recipe(&longest).messages[0].content.len(), room);
    let bytes = MAX_FRAGMENT_BYTES + 1;
    let limit = MAX_FRAGMENT_BYTES;
    assert_eq!(
        error(&format!("{longest}a")),
        LinkError::TooLong { bytes, limit }
    );
}

#[test]
fn a_link_of_nothing_but_repeats_is_read_in_one_pass() {
    let many = "seed=1&x&".repeat(MAX_FRAGMENT_BYTES / 9);
    let link = parse_fragment(&many).unwrap();
    assert_eq!(link.notices.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_built_link_reads_back_equal(recipe in any_recipe()) {
        let link = build_link(&recipe);
        prop_assert!(link.is_ascii());
        prop_assert_eq!(parse_fragment(&link).unwrap().recipe, Some(recipe));
    }

    #[test]
    fn any_fragment_is_read_or_refused(fragment in any::<String>()) {
        let _ = parse_fragment(&fragment);
    }

    #[test]
    fn any_mix_of_known_names_is_read_or_refused(
        pairs in prop::collection::vec(
            (
                prop::sample::select(vec![
                    "recipe", "prompt", "system", "pane", "temperature", "top_k", "stop",
                    "seed", "response_schema", "%70rompt", "x", "",
                ]),
                "(=[0-9a-z%/{}\"é+&=.-]{0,8}|)",
            ),
            0..6,
        ),
    ) {
        let pairs: Vec<String> = pairs.iter().map(|(name, rest)| format!("{name}{rest}")).collect();
        let fragment = pairs.join("&");
        match parse_fragment(&fragment) {
            Err(LinkError::Percent { position } | LinkError::Utf8 { position }) => {
                prop_assert_eq!(fragment.chars().nth(position - 1), Some('%'));
            }
            Ok(Link { recipe: Some(recipe), .. }) => {
                let again = parse_fragment(&build_link(&recipe)).unwrap();
                prop_assert_eq!(again.recipe, Some(recipe));
            }
            _ => {}
        }
    }
}
