use super::{Identity, Likeness, recognise};
use proptest::prelude::*;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The ids of the notes on providers, and how requests and links spell them;
/// those of the price table are read from the table itself.
const OF_NOTES: &str = include_str!("../../../tests/fixtures/identity/ids.txt");
/// What is held for one model, to be looked at by people.
const GOLDEN: &str = "tests/fixtures/identity/models.txt";

fn same(ids: &[&str], name: &str) {
    for id in ids {
        assert_eq!(recognise(id).name, name, "{id}");
    }
}

#[test]
fn the_spellings_of_all_routes_are_one_model() {
    same(
        &[
            "claude-opus-5-5",
            "anthropic.claude-opus-5-5",
            "global.anthropic.claude-opus-5-5-v1:0",
            "us.anthropic.claude-opus-5-5",
            "anthropic/claude-opus-5.5",
            "anthropic/claude-opus-5.5:beta",
            "claude-5-5-opus",
            "bedrock/us.anthropic.claude-opus-5-5-v1:0",
            "vertex_ai/claude-opus-5-5@default",
            "projects/p-1/locations/global/publishers/anthropic/models/claude-opus-5-5",
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5-5-v1:0",
        ],
        "claude-opus-5.5",
    );
    same(
        &[
            "gpt-oss-120b",
            "openai/gpt-oss-120b",
            "openai.gpt-oss-120b-1:0",
            "openai.gpt-oss-120b",
            "accounts/fireworks/models/gpt-oss-120b",
            "openai/gpt-oss-120b:groq",
            "gpt-oss:120b",
            "openrouter/openai/gpt-oss-120b:free",
        ],
        "gpt-oss-120b",
    );
    same(
        &[
            "models/gemini-4-argon",
            "google/gemini-4-argon",
            "gemini-4-argon",
            "Gemini-4-Argon ",
        ],
        "gemini-4-argon",
    );
    same(
        &["gpt-5.4-mini", "gpt-5-4-mini", "openai/gpt-5.4-mini"],
        "gpt-5.4-mini",
    );
    same(
        &["gpt-35-turbo", "gpt-3.5-turbo", "gpt-3.5-turbo-0125"],
        "gpt-3.5-turbo",
    );
    same(
        &[
            "accounts/fireworks/models/kimi-k2p6",
            "moonshotai/kimi-k2.6",
        ],
        "kimi-k2.6",
    );
    same(
        &[
            "meta.llama3-1-8b-instruct-v1:0",
            "meta-llama/Llama-3.1-8B-Instruct",
        ],
        "llama-3.1-8b-instruct",
    );
    same(
        &[
            "deepseek.r1-v1:0",
            "deepseek-ai/DeepSeek-R1",
            "deepseek/deepseek-r1",
        ],
        "deepseek-r1",
    );
    same(&["anthropic.claude-v2:1", "claude-2.1"], "claude-2.1");
}

#[test]
fn snapshots_and_variants_are_named() {
    let read = |id: &str| {
        let found = recognise(id);
        (found.name, found.snapshot, found.variant)
    };
    let of = |name: &str, snapshot: Option<&str>, variant: Option<&str>| {
        (
            name.to_owned(),
            snapshot.map(str::to_owned),
            variant.map(str::to_owned),
        )
    };
    for (id, expected) in [
        (
            "claude-opus-4-5@20251101",
            of("claude-opus-4.5", Some("2025-11-01"), None),
        ),
        (
            "claude-opus-4-5-20251101",
            of("claude-opus-4.5", Some("2025-11-01"), None),
        ),
        (
            "gpt-5.4-2026-03-05",
            of("gpt-5.4", Some("2026-03-05"), None),
        ),
        (
            "deepseek-v4-pro-0813",
            of("deepseek-v4-pro", Some("0813"), None),
        ),
        ("command-a-03-2025", of("command-a", Some("2025-03"), None)),
        (
            "gemini-2.5-flash-preview-09-2025",
            of("gemini-2.5-flash-preview", Some("2025-09"), None),
        ),
        (
            "gemini-2.5-flash-preview-05-20",
            of("gemini-2.5-flash-preview", Some("05-20"), None),
        ),
        (
            "gemini-2.0-flash-001",
            of("gemini-2.0-flash", Some("001"), None),
        ),
        (
            "gemini-flash-latest",
            of("gemini-flash", Some("latest"), None),
        ),
        (
            "qwen/qwen3.8-27b:free",
            of("qwen-3.8-27b", None, Some("free")),
        ),
        ("openai/gpt-5.4:nitro", of("gpt-5.4", None, Some("nitro"))),
        (
            "zai-org/glm-4.7-fp8:together",
            of("glm-4.7", None, Some("fp8")),
        ),
        (
            "llama3.2:3b-instruct-q4_K_M",
            of("llama-3.2-3b-instruct", None, Some("q4_k_m")),
        ),
        (
            "unsloth/gpt-oss-20b",
            of("gpt-oss-20b", None, Some("unsloth")),
        ),
    ] {
        assert_eq!(read(id), expected, "{id}");
    }
}

#[test]
fn a_prefix_says_who_made_it_and_where_it_may_run() {
    let read = |id: &str| recognise(id);
    assert_eq!(
        read("eu.anthropic.claude-opus-5").reach.as_deref(),
        Some("eu")
    );
    assert_eq!(
        read("eu.anthropic.claude-opus-5").maker.as_deref(),
        Some("anthropic")
    );
    assert_eq!(
        read("openai/gpt-oss-120b:groq").host.as_deref(),
        Some("groq")
    );
    assert_eq!(
        read("perplexity/kimi-k3").maker.as_deref(),
        Some("moonshotai")
    );
    assert_eq!(read("perplexity/kimi-k3").variant, None);
    assert_eq!(
        read("perplexity/sonar").maker.as_deref(),
        Some("perplexity")
    );
    assert_eq!(
        read("thinkingmachines/inkling").maker.as_deref(),
        Some("thinkingmachines")
    );
    assert_eq!(read("inkling").maker, None);
}

#[test]
fn what_says_nothing_stays_as_it_is() {
    for id in [
        "ft:gpt-4.1-2025-04-14:acme::abc123",
        "accounts/acme/models/my-own",
        "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/ab12cd34",
        "my-deployment",
    ] {
        let found = recognise(id);
        let expected = Identity {
            name: id.to_owned(),
            ..Identity::default()
        };
        assert_eq!(found, expected, "{id}");
    }
}

#[test]
fn look_alikes_are_other_models() {
    for (one, other) in [
        ("claude-opus-5", "claude-opus-5-5"),
        ("claude-opus-4", "claude-opus-4-1"),
        ("claude-sonnet-4-5", "claude-opus-4-5"),
        ("anthropic.claude-v2", "anthropic.claude-instant-v1"),
        ("gpt-5.4", "gpt-5.4-mini"),
        ("gpt-4", "gpt-4o"),
        ("gpt-4-turbo", "gpt-4"),
        ("gpt-oss-20b", "gpt-oss-120b"),
        ("gpt-oss:20b", "gpt-oss:120b"),
        ("gemini-3-pro-preview", "gemini-3.1-pro-preview"),
        ("gemini-3.1-flash-lite", "gemini-3.1-flash-lite-preview"),
        ("mistral-large-4-0", "mistral-large-4"),
        ("mistral-7b-instruct-v0:1", "mistral-7b-instruct-v0:2"),
        (
            "nvidia.nemotron-nano-9b-v2:0",
            "nvidia.nemotron-nano-9b-v1:0",
        ),
        ("gemma-3-4b-it", "gemma-3-4b"),
        ("acme/foo-7b", "other/foo-7b"),
        ("ft:gpt-4.1:a::1", "gpt-4.1"),
        ("r1-1776", "r1"),
        ("llama3-70b-8192", "llama3-70b-instruct"),
    ] {
        assert_eq!(
            recognise(one).likeness(&recognise(other)),
            None,
            "{one} {other}"
        );
    }
}

#[test]
fn likeness_tells_snapshots_and_variants_from_the_same() {
    let like = |one: &str, other: &str| recognise(one).likeness(&recognise(other));
    assert_eq!(
        like("claude-opus-5-5", "global.anthropic.claude-opus-5-5"),
        Some(Likeness::Same)
    );
    assert_eq!(
        like("claude-opus-4-5", "claude-opus-4-5@20251101"),
        Some(Likeness::Snapshot)
    );
    assert_eq!(
        like("mistral-large-2402", "mistral-large-2512"),
        Some(Likeness::Snapshot)
    );
    assert_eq!(
        like("gpt-oss-20b", "openai/gpt-oss-20b:free"),
        Some(Likeness::Variant)
    );
    assert_eq!(
        like("gpt-oss-20b", "unsloth/gpt-oss-20b"),
        Some(Likeness::Variant)
    );
}

/// The ids of the price table, by list and row.
fn priced() -> Vec<(String, Vec<String>)> {
    let table: Value = serde_json::from_str(include_str!("../../../public/prices.json")).unwrap();
    let mut rows = Vec::new();
    for list in table["lists"].as_array().unwrap() {
        for model in list["models"].as_array().unwrap() {
            let ids = model["ids"].as_array().unwrap().iter();
            let ids = ids.filter_map(Value::as_str).filter(|id| !id.contains('*'));
            // `regional.` is how the table names prices that hold in all regions.
            let ids = ids.filter(|id| !id.starts_with("regional."));
            rows.push((
                list["id"].as_str().unwrap().to_owned(),
                ids.map(str::to_owned).collect(),
            ));
        }
    }
    rows
}

fn all_ids() -> BTreeSet<String> {
    let of_notes = OF_NOTES
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut all: BTreeSet<String> = of_notes.map(str::to_owned).collect();
    all.extend(priced().into_iter().flat_map(|(_, ids)| ids));
    all
}

#[test]
fn recognising_a_name_gives_the_name() {
    for id in all_ids() {
        let once = recognise(&id);
        let twice = recognise(&once.name);
        assert_eq!(once.name, twice.name, "{id}");
        assert_eq!(once.likeness(&once), Some(Likeness::Same));
        if let (Some(one), Some(other)) = (&once.maker, &twice.maker) {
            assert_eq!(one, other, "{id}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn no_id_is_too_odd(id in "[a-z0-9:./@#é -]{0,40}") {
        let once = recognise(&id);
        prop_assert!(once.likeness(&once) == Some(Likeness::Same));
    }

    #[test]
    fn recognising_is_idempotent(
        words in proptest::collection::vec(
            "(claude|opus|haiku|gpt|llama|llama3|oss|[0-9]{1,4}|20251101|[0-9]{1,3}b|v[0-3]|k2p6|[0-9][.][0-9]|mini|latest|fp8|preview|meta|35)", 1..7),
        prefix in "(|anthropic[.]|us[.]anthropic[.]|openai/|meta-llama/|models/|acme/|deepseek[.]|accounts/fireworks/models/)",
        suffix in "(|:0|:1|:free|:groq|@20251101|:latest)",
    ) {
        let id = format!("{prefix}{}{suffix}", words.join("-"));
        let once = recognise(&id);
        let twice = recognise(&once.name);
        prop_assert_eq!(&once.name, &twice.name, "{}", id);
    }
}

#[test]
fn what_one_list_prices_apart_is_not_held_for_one_model() {
    // One model that two APIs of its provider sell at their own prices.
    let repeated = ["perplexity/sonar"];
    let mut seen: BTreeMap<(String, Identity), usize> = BTreeMap::new();
    for (at, (list, ids)) in priced().into_iter().enumerate() {
        for id in ids.iter().filter(|id| !repeated.contains(&id.as_str())) {
            let row = *seen.entry((list.clone(), recognise(id))).or_insert(at);
            assert_eq!(
                row, at,
                "{list}: {id} is taken for a model with another price"
            );
        }
    }
}

#[test]
fn what_is_held_for_one_model_was_looked_at() {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in all_ids() {
        let found = recognise(&id);
        let name = match &found.maker {
            Some(maker) => format!("{} ({maker})", found.name),
            None => found.name.clone(),
        };
        let marks = [
            found.snapshot.map(|text| format!("snapshot {text}")),
            found.variant.map(|text| format!("variant {text}")),
            found.reach.map(|text| format!("in {text}")),
            found.host.map(|text| format!("at {text}")),
        ];
        let marks: Vec<_> = marks.into_iter().flatten().collect();
        let line = if marks.is_empty() {
            id
        } else {
            format!("{id}   {}", marks.join(", "))
        };
        groups.entry(name).or_default().push(line);
    }
    let mut text = String::new();
    for (name, ids) in groups {
        text.extend([name.as_str(), "\n    ", &ids.join("\n    "), "\n"]);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        golden == text,
        "{GOLDEN} differs; UPDATE_FIXTURES=1 writes it anew, then look at the difference"
    );
}
