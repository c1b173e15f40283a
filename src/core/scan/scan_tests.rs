use super::{Hit, Kind, Place, find, mask, scan, strike};
use crate::core::{base64, catalog::Catalog};
use proptest::prelude::*;
use serde_json::json;

/// What is found, as kind and letters.
fn found(text: &str) -> Vec<(Kind, &str)> {
    scan(text)
        .into_iter()
        .map(|Hit { kind, range }| (kind, &text[range]))
        .collect()
}

fn only(kind: Kind, inner: &str) {
    for text in [
        inner.to_owned(),
        format!("Here it is: {inner}."),
        format!("({inner}), and more"),
        format!("“{inner}”\nnext line"),
    ] {
        assert_eq!(found(&text), [(kind, inner)], "{text}");
    }
}

fn nothing(text: &str) {
    assert_eq!(found(text), [], "{text}");
}

#[test]
fn keys_of_every_provider_are_found() {
    for row in &Catalog::builtin().providers {
        for prefix in &row.key.prefixes {
            let (rest, kind) = match prefix.as_str() {
                "AKIA" | "ASIA" => ("IOSFODNN7EXAMPLE", Kind::AwsKey),
                _ => ("a1B2c3D4e5F6g7H8i9J0", Kind::ApiKey),
            };
            only(kind, &format!("{prefix}{rest}"));
        }
    }
}

#[test]
fn keys_of_well_known_services_are_found() {
    for key in [
        "sk-proj-Ab12Cd34Ef56Gh78_Ij90-Kl12",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "glpat-Zx81_yTq34Lm90Pk22Ab",
        "xoxb-123456789012-abcDEF123456",
        "nvapi-0a1b2c3d4e5f6g7h8i9j",
    ] {
        only(Kind::ApiKey, key);
    }
}

#[test]
fn private_keys_are_found_whole_and_cut() {
    let whole =
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----";
    only(Kind::PrivateKey, whole);
    let cut = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow";
    assert_eq!(found(cut), [(Kind::PrivateKey, cut)]);
    nothing("-----BEGIN PUBLIC KEY-----\nMFkwEwYH\n-----END PUBLIC KEY-----");
}

/// The token of RFC 7519, section 3.1 (there with line breaks).
#[test]
fn tokens_of_rfc_7519_are_found() {
    only(
        Kind::Jwt,
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    );
}

#[test]
fn values_that_are_called_secret_are_found() {
    for (text, value) in [
        (
            "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        ),
        ("\"password\": \"hunter2hunter2-99\"", "hunter2hunter2-99"),
        (
            "Authorization: Bearer 0123456789abcdef0123",
            "0123456789abcdef0123",
        ),
        (
            "export API_KEY='0a1b2c3d4e5f60718293'",
            "0a1b2c3d4e5f60718293",
        ),
    ] {
        assert_eq!(found(text), [(Kind::Named, value)], "{text}");
    }
}

#[test]
fn prose_and_code_are_no_secrets() {
    for text in [
        "The sk-learn-like-pipeline is described below.",
        "api_key = os.environ[\"OPENAI_API_KEY\"]",
        "password: choose a long one, of 16 characters or more",
        "token = tokenizer.encode(text, add_special_tokens=True)",
        "eyJ is how base64 of JSON begins",
        "commit 3f2a9c1e0b7d4e5f6a7b8c9d0e1f2a3b4c5d6e7f",
        "the desk-1234567890123 is brown",
        "",
    ] {
        nothing(text);
    }
}

#[test]
fn mail_addresses_are_found() {
    for mail in [
        "asha.rao+lab@example.co.in",
        "o'neil@mail.example",
        "जया@उदाहरण.भारत",
    ] {
        only(Kind::Email, mail);
    }
    for text in [
        "git@github.com:a/b.git",
        "@decorator",
        "a@b",
        "x @ y.z",
        "1@2.3",
        "user@host..com",
    ] {
        nothing(text);
    }
}

#[test]
fn telephone_numbers_are_found() {
    for phone in [
        "+91 98765 43210",
        "+919876543210",
        "98765 43210",
        "9876543210",
        "098765 43210",
        "९८७६५४३२१०",
        "+49 30 901820",
        "+1 (555) 234-5678",
        "(555) 234-5678",
        "555-234-5678",
    ] {
        only(Kind::Phone, phone);
    }
}

#[test]
fn other_numbers_are_no_telephone_numbers() {
    for text in [
        "1700000000 seconds",
        "0.9876543210",
        "9876543210.5 km",
        "id-9876543210-x",
        "chatcmpl-9876543210ab",
        "550e8400-e29b-41d4-a716-446655440000",
        "12345 67890",
        "2026-11-29 09:14:07",
        "9999999999",
        "1 + 2 = 3",
        "192.168.100.200",
    ] {
        nothing(text);
    }
}

/// Numbers that were made for tests by others: Aadhaar numbers that the UIDAI
/// publishes for developers, cards of the networks' own test lists, account
/// numbers of the IBAN registry.
#[test]
fn numbers_with_check_digits_are_found_where_they_are_right() {
    for aadhaar in ["9999 4105 7058", "999971658847"] {
        only(Kind::Aadhaar, aadhaar);
    }
    for card in [
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "378282246310005",
        "3782 822463 10005",
        "6011111111111117",
    ] {
        only(Kind::Card, card);
    }
    for iban in [
        "DE89 3704 0044 0532 0130 00",
        "GB29NWBK60161331926819",
        "NO93 8601 1117 947",
    ] {
        only(Kind::Iban, iban);
    }
    for pan in ["ABCDE1234F", "AAACB2230M"] {
        only(Kind::Pan, pan);
    }
}

#[test]
fn a_wrong_check_digit_is_no_find() {
    for text in [
        "9999 4105 7059",
        "4111 1111 1111 1112",
        "DE88 3704 0044 0532 0130 00",
        "GB29NWBK6016133192681",
        "ABCDE12345F",
        "0000 0000 0000 0000",
    ] {
        nothing(text);
    }
}

#[test]
fn a_document_names_the_places() {
    let note = "Write to asha@example.com";
    let document = json!({
        "touchstone": "result/1",
        "recipe": {
            "touchstone": "recipe/1",
            "system": "key sk-proj-Ab12Cd34Ef56Gh78",
            "messages": [{"role": "user", "content": note}],
            "variables": {"card": "4111 1111 1111 1111"},
            "panes": [{"provider": "openai", "model": "m"}],
        },
        "panes": [{
            "provider": "openai",
            "model": "m",
            "turns": [{
                "template": note,
                "prompt": note,
                "attachments": [
                    {"name": "a.txt", "media_type": "text/plain", "bytes": 10, "data": base64::encode(b"9876543210")},
                    {"name": "a.png", "media_type": "image/png", "bytes": 10, "data": "AKIAIOSFODNN7EXAMPLE"},
                ],
                "runs": [{
                    "answer": "Mail sent to asha@example.com.",
                    "thinking": "",
                    "sent": {"headers": {"authorization": "Bearer <your key>"}, "body": {"token": "swordfish-9"}},
                }],
            }],
        }],
    });
    let found = find(&document);
    let seen: Vec<_> = found
        .iter()
        .map(|one| (one.kind, one.text.as_str(), one.places.clone()))
        .collect();
    assert_eq!(
        seen,
        [
            (
                Kind::ApiKey,
                "sk-proj-Ab12Cd34Ef56Gh78",
                vec![Place::System]
            ),
            (Kind::Named, "swordfish-9", vec![Place::Sent(0)]),
            (
                Kind::Email,
                "asha@example.com",
                vec![Place::Prompt, Place::Answer(0)]
            ),
            (
                Kind::Card,
                "4111 1111 1111 1111",
                vec![Place::Variable("card".to_owned())]
            ),
            (
                Kind::Phone,
                "9876543210",
                vec![Place::Attachment("a.txt".to_owned())]
            ),
        ]
    );
    assert!(!format!("{found:?}").contains("Ab12Cd34"));
}

#[test]
fn every_text_that_a_document_of_ours_can_hold_has_a_place_with_a_name() {
    let note = "asha@example.com";
    let document = json!({
        "title": note,
        "recipe": {"title": note, "system": note, "messages": [{"content": note}],
            "variables": {"who": note}, "panes": [{"label": note, "base_url": note, "params": {"stop": [note]}}]},
        "panes": [{"label": note, "host": note, "turns": [{
            "template": note, "prompt": note, "attachments": [{"name": note}],
            "runs": [{
                "answer": note, "thinking": note, "tool_calls": [{"arguments": note}],
                "error": {"detail": note}, "warnings": [{"detail": note}], "sent": {"body": note},
            }],
        }]}],
    });
    let found = find(&document);
    let mut places = found.iter().flat_map(|finding| &finding.places);
    assert!(
        !places.any(|place| matches!(place, Place::Other(_))),
        "{found:?}"
    );
}

#[test]
fn what_is_struck_is_gone_and_as_long_as_before() {
    let mut document = json!({
        "panes": [{"turns": [{
            "prompt": "to asha@example.com",
            "attachments": [{"name": "a.txt", "media_type": "text/plain", "bytes": 24,
                "data": base64::encode("naïve asha@example.com x".as_bytes())}],
            "runs": [{"answer": "asha@example.com, sha@example.com"}],
        }]}],
    });
    strike(&mut document, &["sha@example.com", "asha@example.com"]);
    assert!(find(&document).is_empty(), "{document}");
    let turn = &document["panes"][0]["turns"][0];
    assert_eq!(turn["prompt"], "to ████████████████");
    let answer = turn["runs"][0]["answer"].as_str().unwrap();
    assert_eq!(answer.chars().count(), 33);
    let data = base64::decode(turn["attachments"][0]["data"].as_str().unwrap()).unwrap();
    assert_eq!(turn["attachments"][0]["bytes"], data.len());
    assert!(String::from_utf8(data).unwrap().starts_with("naïve ████"));
}

#[test]
fn a_mask_shows_what_it_is_and_not_what_it_says() {
    for (kind, text, shown) in [
        (Kind::ApiKey, "sk-proj-Ab12Cd34Ef56Gh78", "sk-pr…"),
        (Kind::Email, "asha@example.com", "a…@example.com"),
        (Kind::Card, "4111 1111 1111 1111", "…1111"),
        (
            Kind::PrivateKey,
            "-----BEGIN PRIVATE KEY-----\nabc",
            "-----BEGIN PRIVATE KEY----- …",
        ),
    ] {
        assert_eq!(mask(kind, text), shown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_read_and_ranges_are_its_own(text in "[a-zA-Z0-9@.+() é०-९\\-]{0,60}") {
        let mut end = 0;
        for hit in scan(&text) {
            prop_assert!(hit.range.start >= end && !hit.range.is_empty());
            prop_assert!(text.get(hit.range.clone()).is_some());
            end = hit.range.end;
        }
    }

    #[test]
    fn one_wrong_digit_is_no_aadhaar(place in 1_usize..12, by in 1_u32..10) {
        let mut digits: Vec<u32> = "999941057058".chars().filter_map(|c| c.to_digit(10)).collect();
        digits[place] = (digits[place] + by) % 10;
        let text: String = digits.iter().map(u32::to_string).collect();
        prop_assert!(scan(&text).iter().all(|hit| hit.kind != Kind::Aadhaar));
    }
}
