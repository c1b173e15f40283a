use super::*;
use crate::core::wire::http::{AuthSlot, ResponseHead};
use serde_json::{Value, json};

fn suite() -> Value {
    serde_json::from_str(include_str!("../../../../tests/fixtures/sigv4/suite.json")).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn pairs(value: &Value) -> Vec<(String, String)> {
    let pair = |pair: &Value| (text(&pair[0]).to_owned(), text(&pair[1]).to_owned());
    value.as_array().unwrap().iter().map(pair).collect()
}

/// A moment from `YYYYMMDDThhmmssZ`.
fn moment(stamp: &str) -> Moment {
    let day = format!("{}-{}-{}", &stamp[..4], &stamp[4..6], &stamp[6..8]);
    let number = |at: usize| stamp[at..at + 2].parse::<i64>().unwrap();
    let seconds = number(9) * 3600 + number(11) * 60 + number(13);
    Moment(Moment::start_of(crate::core::pricing::Day::parse(&day).unwrap()).0 + seconds)
}

fn scope(service: &str, region: &str) -> SigningScope {
    SigningScope {
        service: service.to_owned(),
        region: region.to_owned(),
    }
}

#[test]
fn every_case_of_the_published_suite_that_applies_is_signed_bit_for_bit() {
    let suite = suite();
    let cases = suite["cases"].as_array().unwrap();
    // A few have no file of their own but the others; see `left_out`.
    assert_eq!(
        cases.len() + suite["left_out"].as_object().unwrap().len(),
        41
    );
    for case in cases {
        let name = text(&case["name"]);
        let headers = pairs(&case["headers"]);
        let request = Unsigned {
            method: text(&case["method"]),
            url: text(&case["url"]),
            headers: &headers,
            body: text(&case["body"]).as_bytes(),
        };
        let credentials = AwsKeys::parse(text(&case["key"])).unwrap();
        let scope = scope(text(&case["service"]), text(&case["region"]));
        let at = moment(text(&case["time"]));
        let added = sign(request, &credentials, &scope, at).unwrap();
        let (last, before) = added.split_last().unwrap();
        let canonical = Canonical::of(request, before).unwrap();
        assert_eq!(
            canonical.text,
            text(&case["canonical"]).trim_end(),
            "{name}"
        );
        assert_eq!(
            canonical.signed_headers,
            text(&case["signed_headers"]),
            "{name}"
        );
        let end = format!("Signature={}", text(&case["signature"]));
        assert!(last.1.ends_with(&end), "{name}: {}", last.1);
        assert_eq!(added[0], (DATE.to_owned(), text(&case["time"]).to_owned()));
    }
}

/// A request of ours, to be signed.
fn request(url: &str) -> HttpRequest {
    HttpRequest {
        method: "POST",
        url: url.to_owned(),
        real_url: None,
        headers: [("content-type", "application/json"), ("user-agent", "x")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
        auth: AuthSlot {
            header: "authorization".to_owned(),
            prefix: "Bearer ".to_owned(),
            by_key: Vec::new(),
            sigv4: Some(scope("bedrock", "us-east-1")),
        },
        body: "{}".to_owned(),
    }
}

const URL: &str =
    "https://bedrock-runtime.eu-west-1.amazonaws.com/model/amazon.nova-lite-v1%3A0/converse-stream";
const KEYS: &str = "AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

fn signed(request: &HttpRequest, key: &str) -> Option<Vec<(String, String)>> {
    sign_request(
        request,
        &ApiKey::new(key).unwrap(),
        moment("20261124T121500Z"),
    )
}

#[test]
fn the_region_is_that_of_the_host_and_nothing_of_the_browsers_is_signed() {
    let added = signed(&request(URL), KEYS).unwrap();
    let names: Vec<_> = added.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["x-amz-date", "authorization"]);
    let value = &added[1].1;
    assert!(
        value.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/eu-west-1/bedrock/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature="),
        "{value}"
    );
}

#[test]
fn a_sessions_token_is_sent_and_signed() {
    let added = signed(&request(URL), &format!("{KEYS}:AQoDYXdz==")).unwrap();
    assert!(added.contains(&("x-amz-security-token".to_owned(), "AQoDYXdz==".to_owned())));
    assert!(
        added[2]
            .1
            .contains("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,")
    );
}

#[test]
fn a_relay_passes_on_what_was_signed_for_the_real_host() {
    let direct = signed(&request(URL), KEYS);
    let mut relayed = request(
        "http://127.0.0.1:4099/bedrock-runtime.eu-west-1.amazonaws.com/model/m/converse-stream",
    );
    relayed.real_url = Some(URL.to_owned());
    assert_eq!(signed(&relayed, KEYS), direct);
}

#[test]
fn a_host_without_a_region_is_signed_for_the_rows_own() {
    let added = signed(
        &request("http://127.0.0.1:4010/model/m/converse-stream"),
        KEYS,
    )
    .unwrap();
    assert!(added[1].1.contains("/us-east-1/bedrock/"), "{}", added[1].1);
    let cases = [
        (
            "bedrock-runtime.us-gov-west-1.amazonaws.com",
            Some("us-gov-west-1"),
        ),
        (
            "bedrock-runtime.cn-north-1.amazonaws.com.cn",
            Some("cn-north-1"),
        ),
        (
            "bedrock-mantle.ap-southeast-2.api.aws",
            Some("ap-southeast-2"),
        ),
        (
            "vpce-0ab12-3cd.bedrock-runtime.eu-central-1.vpce.amazonaws.com",
            Some("eu-central-1"),
        ),
        ("bedrock-runtime.amazonaws.com", None),
        ("bedrock-runtime.us-east-1.example.com", None),
        ("my-own-proxy.amazonaws.com", None),
    ];
    for (host, region) in cases {
        assert_eq!(region_of(host), region, "{host}");
    }
}

#[test]
fn a_bearer_key_is_not_signed_with() {
    for key in [
        "ABSKQmVkcm9ja0FQSUtleS0x",
        "bedrock-api-key-YmVkcm9jay5h",
        "sk-1",
    ] {
        assert_eq!(signed(&request(URL), key), None, "{key}");
        assert!(!AwsKeys::is_meant(key), "{key}");
    }
    let mut other = request(URL);
    other.auth.sigv4 = None;
    assert_eq!(signed(&other, KEYS), None);
}

#[test]
fn the_report_shows_what_is_signed_and_no_secret() {
    let sent = || SentReport {
        method: "POST".to_owned(),
        url: URL.to_owned(),
        headers: vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            (
                "authorization".to_owned(),
                format!("Bearer {KEY_PLACEHOLDER}"),
            ),
        ],
        body: json!({}),
        notes: Vec::new(),
    };
    let key = ApiKey::new(&format!("{KEYS}:AQoDYXdz==")).unwrap();
    let shown = report(sent(), &request(URL), &key).unwrap();
    let lines: Vec<_> = shown
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    assert_eq!(
        lines,
        [
            "content-type: application/json",
            "x-amz-date: <time of sending>",
            "x-amz-security-token: <your session token>",
            "authorization: AWS4-HMAC-SHA256 Credential=<your key>/<day>/eu-west-1/bedrock/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=<signature>",
        ]
    );
    let bearer = ApiKey::new("ABSKabc").unwrap();
    assert_eq!(report(sent(), &request(URL), &bearer), Ok(sent()));
    let half = ApiKey::new("AKIAIOSFODNN7EXAMPLE").unwrap();
    assert_eq!(
        report(sent(), &request(URL), &half),
        Err(AwsFault::SecretMissing)
    );
}

fn refusal(status: u16, kind: &str, date: Option<&str>) -> ResponseHead {
    let kind = ("x-amzn-errortype".to_owned(), kind.to_owned());
    let date = date.map(|date| ("date".to_owned(), date.to_owned()));
    ResponseHead {
        status,
        headers: std::iter::once(kind).chain(date).collect(),
    }
}

#[test]
fn a_wrong_clock_is_found_by_the_date_header_or_the_words() {
    let at = moment("20261124T120000Z");
    let date = Some("Tue, 24 Nov 2026 12:15:00 GMT");
    let head = refusal(403, "InvalidSignatureException:http://x/", date);
    assert_eq!(clock_offset(&head, b"{}", at), Some(900));
    let head = refusal(403, "InvalidSignatureException", None);
    let late = br#"{"message":"Signature expired: 20261124T120000Z is now earlier than 20261124T121000Z (20261124T121500Z - 5 min.)"}"#;
    assert_eq!(clock_offset(&head, late, at), Some(900));
    let early = br#"{"message":"Signature not yet current: 20261124T120000Z is still later than 20261124T110500Z (20261124T110000Z + 5 min.)"}"#;
    assert_eq!(
        clock_offset(
            &ResponseHead {
                status: 403,
                headers: Vec::new()
            },
            early,
            at
        ),
        Some(-3600)
    );
}

#[test]
fn other_refusals_are_not_blamed_on_the_clock() {
    let at = moment("20261124T120000Z");
    let right = Some("Tue, 24 Nov 2026 12:01:00 GMT");
    let off = Some("Tue, 24 Nov 2026 13:00:00 GMT");
    let signature = "InvalidSignatureException";
    let cases = [
        // A wrong secret, by a clock that is right.
        refusal(403, signature, right),
        // A wrong clock, but that was not why.
        refusal(403, "AccessDeniedException", off),
        refusal(500, signature, off),
        // No time to go by.
        refusal(403, signature, None),
        refusal(403, signature, Some("yesterday")),
        refusal(403, signature, Some("Tue, 24 Foo 2026 25:00:00 GMT")),
    ];
    for head in cases {
        assert_eq!(clock_offset(&head, b"{}", at), None, "{head:?}");
    }
}
