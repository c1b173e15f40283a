use super::*;
use serde_json::{Value, json};

fn row(id: &str, group: &str, apis: &[(&str, &str)], more: Value) -> Value {
    let apis: Vec<Value> = apis
        .iter()
        .map(|(api, dialect)| json!({ "api": api, "dialect": dialect, "path": "/x", "params": [] }))
        .collect();
    let mut row = json!({
        "id": id, "name": id, "group": group, "apis": apis,
        "auth": { "header": "authorization", "prefix": "Bearer " },
    });
    let object = row.as_object_mut().unwrap();
    object.extend(more.as_object().unwrap().clone());
    row
}

const CHAT: &[(&str, &str)] = &[("chat", "openai_chat")];

fn catalog() -> Catalog {
    let messages: &[(&str, &str)] = &[("messages", "anthropic")];
    let both: &[(&str, &str)] = &[("generate_content", "gemini"), ("messages", "anthropic")];
    let resource = json!({ "site": {
        "bases": [{ "template": "https://{resource}.openai.azure.com/openai/v1" }],
        "fields": [{ "id": "resource", "kind": "resource" }],
    } });
    let groq = json!({ "models": [{ "id": "openai/gpt-oss-120b", "name": "gpt-oss" }] });
    let rows = [
        row("anthropic", "first_party", messages, json!({})),
        row("openai", "first_party", CHAT, json!({})),
        row("bedrock", "cloud", CHAT, json!({})),
        row("vertex", "cloud", both, json!({})),
        row("azure", "cloud", CHAT, resource),
        row("openrouter", "gateway", CHAT, json!({})),
        row("groq", "open_weights", CHAT, groq),
        row("ollama", "local", CHAT, json!({})),
    ];
    Catalog::from_json(&json!({ "as_of": "2026-11-24", "providers": rows }).to_string()).unwrap()
}

/// `row: id (evidence)`, with the API where it is not the first.
fn routes(
    model: &str,
    from: &str,
    listed: &[(&str, &[&str])],
    priced: &[(&str, &[&str])],
) -> Vec<String> {
    let ids = |of: &[(&str, &[&str])], row: &ProviderId| {
        let found = of.iter().find(|(id, _)| *id == row.as_str());
        found.map(|(_, ids)| ids.iter().map(|id| ModelId::new(*id)).collect::<Vec<_>>())
    };
    let known = KnownIds {
        listed: &|row| ids(listed, row),
        priced: &|row| ids(priced, row).unwrap_or_default(),
    };
    other_routes(&catalog(), &model.into(), &from.into(), &known)
        .into_iter()
        .map(|found| {
            let api = found
                .api
                .map_or(String::new(), |api| format!(" over {api:?}"));
            format!(
                "{}: {} ({:?}, {:?}){api}",
                found.provider, found.model, found.evidence, found.likeness
            )
        })
        .collect()
}

#[test]
fn each_row_has_its_own_spelling_and_a_guess_is_called_one() {
    assert_eq!(
        routes("claude-opus-5-5", "anthropic", &[], &[]),
        [
            "bedrock: global.anthropic.claude-opus-5-5 (Guess, Same)",
            "vertex: claude-opus-5-5 (Guess, Same) over Messages",
            "openrouter: anthropic/claude-opus-5.5 (Guess, Same)",
        ]
    );
    assert_eq!(
        routes("openai/gpt-6-luna", "openrouter", &[], &[]),
        [
            "openai: gpt-6-luna (Guess, Same)",
            "bedrock: global.openai.gpt-6-luna (Guess, Same)",
            "azure: gpt-6-luna (Guess, Same)",
        ]
    );
}

#[test]
fn what_a_provider_lists_wins_over_all_else() {
    let listed: &[(&str, &[&str])] = &[
        ("ollama", &["llama3.2:3b", "gpt-oss:120b"]),
        (
            "openrouter",
            &["openai/gpt-oss-120b:free", "openai/gpt-oss-120b"],
        ),
    ];
    assert_eq!(
        routes("gpt-oss-120b", "bedrock", listed, &[]),
        [
            "openrouter: openai/gpt-oss-120b (Listed, Same)",
            "groq: openai/gpt-oss-120b (Catalogue, Same)",
            "ollama: gpt-oss:120b (Listed, Same)",
        ]
    );
}

#[test]
fn nothing_is_guessed_against_a_list() {
    let listed: &[(&str, &[&str])] = &[("openrouter", &["openai/gpt-4.1"])];
    let found = routes("claude-opus-5-5", "anthropic", listed, &[]);
    assert!(
        !found.iter().any(|line| line.starts_with("openrouter")),
        "{found:?}"
    );
}

#[test]
fn a_snapshot_stands_in_where_there_is_nothing_else_and_is_called_one() {
    let priced: &[(&str, &[&str])] = &[(
        "bedrock",
        &[
            "eu.anthropic.claude-haiku-4-5-20251001-v1:0",
            "global.anthropic.claude-haiku-4-5-20251001-v1:0",
        ],
    )];
    let found = routes("claude-haiku-4-5-20251001", "anthropic", &[], priced);
    assert_eq!(
        found[0],
        "bedrock: global.anthropic.claude-haiku-4-5-20251001-v1:0 (Priced, Same)"
    );
    assert_eq!(
        found[2],
        "openrouter: anthropic/claude-haiku-4.5 (Guess, Snapshot)"
    );
}

#[test]
fn the_part_of_the_world_is_kept() {
    let priced: &[(&str, &[&str])] = &[(
        "bedrock",
        &[
            "global.anthropic.claude-opus-5",
            "eu.anthropic.claude-opus-5",
        ],
    )];
    let found = routes("eu.anthropic.claude-opus-5", "openrouter", &[], priced);
    assert_eq!(
        found[1],
        "bedrock: eu.anthropic.claude-opus-5 (Priced, Same)"
    );
}

#[test]
fn what_says_nothing_has_no_other_route() {
    assert_eq!(
        routes("my-deployment", "azure", &[], &[]),
        Vec::<String>::new()
    );
    assert_eq!(routes("", "openai", &[], &[]), Vec::<String>::new());
}

#[test]
fn every_seeded_model_of_the_catalogue_leads_back_to_itself() {
    let catalog = Catalog::builtin();
    let none = KnownIds {
        listed: &|_| None,
        priced: &|_| Vec::new(),
    };
    for row in catalog
        .providers
        .iter()
        .filter(|row| !row.transport.is_in_page())
    {
        for model in &row.models {
            let own = identity::recognise(model.id.as_str());
            for other in other_routes(catalog, &model.id, &row.id, &none) {
                let found = identity::recognise(other.model.as_str());
                assert!(
                    own.likeness(&found).is_some(),
                    "{} {}",
                    model.id,
                    other.model
                );
            }
        }
    }
}
