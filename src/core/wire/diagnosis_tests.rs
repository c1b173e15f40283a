use super::*;
use crate::core::{
    catalog::Catalog,
    wire::endpoint::{Endpoint, resolve},
};

fn row(id: &str) -> &'static Provider {
    Catalog::builtin().provider(&id.into()).unwrap()
}

fn own(base: &str) -> (&'static Provider, Endpoint) {
    let row = row("openai-compatible");
    (row, resolve(row, None, Some(base)).unwrap())
}

fn answer(status: u16, body: &str, relay: bool) -> Diagnosis {
    let row = row("openai");
    let mut endpoint = resolve(row, None, None).unwrap();
    if relay {
        endpoint = endpoint.through("http://localhost:8787").unwrap();
    }
    let head = ResponseHead {
        status,
        headers: Vec::new(),
    };
    let reply = Reply::Answer(&head, body.as_bytes());
    diagnose(row, &endpoint, ProbeCall::Models, reply, &Around::default())
}

fn unreadable(around: &Around) -> Vec<BlockCause> {
    let (row, endpoint) = own("http://localhost:11434/v1");
    match diagnose(row, &endpoint, ProbeCall::Models, Reply::None, around) {
        Diagnosis::Unreadable { causes, .. } => causes,
        other => panic!("{other:?}"),
    }
}

fn home() -> Situation {
    Situation {
        page_is_https: true,
        target_is_http: true,
        target_is_loopback: true,
        ..Situation::default()
    }
}

#[test]
fn the_list_is_asked_for_where_there_is_one() {
    let (row, endpoint) = own("http://localhost:11434/v1");
    let probe = probe(row, &endpoint, &"".into()).unwrap();
    assert_eq!(probe.call, ProbeCall::Models);
    assert_eq!(probe.request.url, "http://localhost:11434/v1/models");
}

#[test]
fn openrouter_is_asked_for_the_key_as_its_list_is_public() {
    let (row, endpoint) = own("https://openrouter.ai/api/v1");
    let probe = probe(row, &endpoint, &"".into()).unwrap();
    assert_eq!(probe.call, ProbeCall::Key);
    assert!(!costs(row, &endpoint));
    assert_eq!(probe.request.url, "https://openrouter.ai/api/v1/key");
    assert_eq!(probe.request.method, "GET");
}

#[test]
fn without_a_list_one_token_is_asked_for() {
    let mut row = row("openai-compatible").clone();
    row.list = None;
    let endpoint = resolve(&row, None, Some("https://h.example/v1")).unwrap();
    assert!(probe(&row, &endpoint, &"".into()).is_err(), "of no model");
    let probe = probe(&row, &endpoint, &"m".into()).unwrap();
    assert_eq!(probe.call, ProbeCall::OneToken);
    let body: Value = serde_json::from_str(&probe.request.body).unwrap();
    assert_eq!(body.get("max_tokens"), Some(&Value::from(16)));
}

#[test]
fn a_list_that_anybody_may_read_does_not_test_the_key() {
    Catalog::complete();
    let row = row("huggingface");
    let known = resolve(row, None, None).unwrap();
    let model = ModelId::new("openai/gpt-oss-120b");
    let relayed = known.clone().through("http://localhost:8787").unwrap();
    let (own_row, own) = own("https://router.huggingface.co/v1");
    for (row, endpoint) in [(row, &known), (row, &relayed), (own_row, &own)] {
        assert!(models::is_public(endpoint) && costs(row, endpoint));
        let probe = probe(row, endpoint, &model).unwrap();
        assert_eq!(probe.call, ProbeCall::OneToken);
    }
}

#[test]
fn a_stream_with_an_error_is_no_answer() {
    let (row, endpoint) = own("https://h.example/v1");
    let head = ResponseHead {
        status: 200,
        headers: Vec::new(),
    };
    let good = r#"data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"length"}]}

data: [DONE]

"#;
    let refused = r#"data: {"error":{"message":"no such key","code":401}}

"#;
    for (body, is_good) in [
        (good, true),
        (refused, false),
        (r#"{"error":{"message":"no"}}"#, false),
        ("<!doctype html><title>Login", false),
        ("", false),
    ] {
        let reply = Reply::Answer(&head, body.as_bytes());
        let around = Around::default();
        let found = diagnose(row, &endpoint, ProbeCall::OneToken, reply, &around);
        assert_eq!(found.is_good(), is_good, "{body} {found:?}");
    }
}

#[test]
fn an_exception_in_binary_frames_is_no_answer() {
    let (row, mut endpoint) = own("https://h.example/v1");
    endpoint.dialect = Dialect::BedrockConverse;
    let head = ResponseHead {
        status: 200,
        headers: Vec::new(),
    };
    // In hex: a word and the end of an answer; a `throttlingException`.
    let good = "000000730000003614ead0ef0b3a6576656e742d74797065070011636f6e74656e74426c6f636b44656c74610d3a6d6573736167652d747970650700056576656e747b22636f6e74656e74426c6f636b496e646578223a302c2264656c7461223a7b2274657874223a224869227d7d477167c00000005b000000300c38111f0b3a6576656e742d7479706507000b6d65737361676553746f700d3a6d6573736167652d747970650700056576656e747b2273746f70526561736f6e223a226d61785f746f6b656e73227d5bdcc482";
    let refused = "0000006600000040058c1c140f3a657863657074696f6e2d747970650700137468726f74746c696e67457863657074696f6e0d3a6d6573736167652d74797065070009657863657074696f6e7b226d657373616765223a22546f6f206d616e79227dce108425";
    for (hex, is_good) in [(good, true), (refused, false)] {
        let body: Vec<u8> = (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect();
        let reply = Reply::Answer(&head, &body);
        let around = Around::default();
        let found = diagnose(row, &endpoint, ProbeCall::OneToken, reply, &around);
        assert_eq!(found.is_good(), is_good, "{found:?}");
    }
}

#[test]
fn a_test_goes_the_way_that_runs_go() {
    let row = row("openai");
    let endpoint = resolve(row, None, None).unwrap();
    let endpoint = endpoint.through("http://localhost:8787").unwrap();
    let request = probe(row, &endpoint, &"".into()).unwrap().request;
    assert_eq!(
        request.url,
        "http://localhost:8787/api.openai.com/v1/models"
    );
    assert_eq!(
        request.real_url.as_deref(),
        Some("https://api.openai.com/v1/models")
    );
}

#[test]
fn a_list_means_that_it_works() {
    let body = r#"{"data":[{"id":"a"},{"id":"b"}]}"#;
    let expected = Diagnosis::Works {
        call: ProbeCall::Models,
        models: Some(2),
        with_key: false,
    };
    assert_eq!(answer(200, body, false), expected);
}

#[test]
fn refusals_keep_their_kind() {
    for (status, body, word) in [
        (
            401,
            r#"{"error":{"message":"no","code":"invalid_api_key"}}"#,
            "auth",
        ),
        (403, r#"{"error":{"message":"no"}}"#, "permission"),
        (402, "{}", "billing"),
        (503, "{}", "overloaded"),
    ] {
        assert_eq!(answer(status, body, false).as_str(), word);
    }
}

#[test]
fn a_web_page_or_nothing_at_that_path_is_a_wrong_path() {
    let page = "<!doctype html><title>Login";
    for (status, body, html) in [(200, page, true), (404, page, true), (404, "{}", false)] {
        let expected = Diagnosis::WrongPath { status, html };
        assert_eq!(answer(status, body, false), expected, "{status} {body}");
    }
}

#[test]
fn what_the_relay_itself_says_is_not_the_providers() {
    let refuses = r#"{"error":{"type":"relay_host_not_listed","message":"x"}}"#;
    let cannot = r#"{"error":{"type":"relay_upstream","message":"x"}}"#;
    assert_eq!(answer(403, refuses, true), Diagnosis::RelayRefuses);
    assert_eq!(answer(502, cannot, true), Diagnosis::RelayCannotReach);
    assert_eq!(answer(403, refuses, false).as_str(), "permission");
}

#[test]
fn the_relays_words_are_those_of_its_configuration() {
    let file = include_str!("../../../scripts/relay/Caddyfile");
    assert!(file.contains("relay_host_not_listed") && file.contains("relay_upstream"));
}

#[test]
fn a_server_that_answers_unseen_is_there_and_refuses_the_page() {
    let around = Around {
        situation: home(),
        answers_unseen: Some(true),
        permission: LocalPermission::Granted,
    };
    assert_eq!(unreadable(&around), [BlockCause::Cors]);
}

#[test]
fn a_hidden_wrong_key_stays_the_first_suspect_where_something_answers() {
    let around = Around {
        situation: Situation {
            key_sent: true,
            hides_unauthorized: true,
            hides_not_found: true,
            ..Situation::default()
        },
        answers_unseen: Some(true),
        permission: LocalPermission::NotApplicable,
    };
    assert_eq!(
        unreadable(&around),
        [BlockCause::WrongKey, BlockCause::Cors]
    );
}

#[test]
fn where_nothing_answers_the_server_is_suspected_before_its_settings() {
    let around = Around {
        situation: home(),
        answers_unseen: Some(false),
        permission: LocalPermission::Granted,
    };
    assert_eq!(
        unreadable(&around),
        [BlockCause::ServerDown, BlockCause::Cors]
    );
}

#[test]
fn a_refused_permission_is_the_only_cause() {
    let mut around = Around {
        situation: home(),
        answers_unseen: Some(false),
        permission: LocalPermission::Denied,
    };
    assert_eq!(unreadable(&around), [BlockCause::LocalNetwork]);
    around.permission = LocalPermission::Prompt;
    assert_eq!(unreadable(&around).first(), Some(&BlockCause::LocalNetwork));
    // Of a host elsewhere it says nothing.
    around.permission = LocalPermission::Denied;
    around.situation = Situation::default();
    assert!(!unreadable(&around).contains(&BlockCause::LocalNetwork));
}

#[test]
fn a_browser_without_the_permission_may_take_this_machine_for_mixed_content() {
    let around = Around {
        situation: home(),
        answers_unseen: Some(false),
        permission: LocalPermission::NotApplicable,
    };
    assert_eq!(unreadable(&around).last(), Some(&BlockCause::MixedContent));
}

#[test]
fn there_is_always_a_cause() {
    for bits in 0..64_u32 {
        let bit = |n: u32| bits & (1 << n) != 0;
        let around = Around {
            situation: Situation {
                page_is_https: bit(0),
                target_is_http: bit(1),
                target_is_loopback: bit(2),
                offline: bit(3),
                ..Situation::default()
            },
            answers_unseen: bit(4).then_some(bit(5)),
            permission: LocalPermission::Granted,
        };
        assert!(!unreadable(&around).is_empty(), "{around:?}");
    }
}
