use super::*;

#[test]
fn the_sign_in_page_is_asked_with_callback_and_challenge_and_nothing_else() {
    assert_eq!(
        auth_url(&home(), Some("https://a.example/sub/?x=1&y#z"), "CHALLENGE"),
        "https://openrouter.ai/auth?callback_url=https://a.example/sub/%3Fx%3D1%26y%23z\
         &code_challenge=CHALLENGE&code_challenge_method=S256"
    );
    assert_eq!(
        auth_url(&home(), None, "C"),
        "https://openrouter.ai/auth?code_challenge=C&code_challenge_method=S256"
    );
}

#[test]
fn the_exchange_carries_code_and_verifier_in_its_body_only() {
    let request = exchange(&home(), "c-1", "v-1");
    assert_eq!(request.method, "POST");
    assert_eq!(request.url, "https://openrouter.ai/api/v1/auth/keys");
    assert_eq!(
        request.headers,
        [("content-type".to_owned(), "application/json".to_owned())]
    );
    assert_eq!(request.auth, AuthSlot::default());
    let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({"code": "c-1", "code_verifier": "v-1", "code_challenge_method": "S256"})
    );
}

#[test]
fn an_answer_is_a_key_or_a_reason() {
    let key = read_key(200, br#"{"key":"sk-or-v1-abc","user_id":"u"}"#).unwrap();
    assert_eq!(key.expose(), "sk-or-v1-abc");
    for body in [
        &b""[..],
        b"<html>",
        br#"{"key":null}"#,
        br#"{"key":" "}"#,
        br#"{"key":"a\nb"}"#,
    ] {
        assert_eq!(read_key(200, body), Err(Fault::NoKey), "{body:?}");
    }
    assert_eq!(read_key(403, b"{}"), Err(Fault::Code));
    let Err(Fault::Server(failure)) = read_key(
        400,
        br#"{"error":{"code":400,"message":"Invalid code_challenge_method"}}"#,
    ) else {
        panic!("a 400 is the server's word");
    };
    assert_eq!(failure.status, Some(400));
    assert_eq!(
        failure.detail.as_deref(),
        Some("Invalid code_challenge_method")
    );
    assert!(matches!(read_key(503, b""), Err(Fault::Server(_))));
}

#[test]
fn a_code_is_found_in_a_query_and_in_what_was_pasted() {
    let code = |text: &str| Some(Answer::Code(text.to_owned()));
    assert_eq!(answer_in("code=abc%2D1&state=x"), code("abc-1"));
    assert_eq!(answer_in("a=b&code=abc"), code("abc"));
    assert_eq!(
        answer_in("error=access_denied&error_description=no"),
        Some(Answer::Refused("access_denied".to_owned()))
    );
    for none in ["", "code=", "decode=1", "theme=dark", "code"] {
        assert_eq!(answer_in(none), None, "{none}");
    }
    let pasted = |text: &str| pasted_code(text);
    assert_eq!(pasted(" auth-123 \n").as_deref(), Some("auth-123"));
    assert_eq!(
        pasted("https://a.example/?code=auth-1#x").as_deref(),
        Some("auth-1")
    );
    assert_eq!(pasted("code=auth-2").as_deref(), Some("auth-2"));
    assert_eq!(pasted(""), None);
    assert_eq!(pasted("the code is this"), None);
    assert_eq!(pasted("https://a.example/?error=x"), None);
}

#[test]
fn codes_are_not_printed() {
    let debug = format!("{:?}", Answer::Code("secret".to_owned()));
    assert!(!debug.contains("secret"));
}

#[test]
fn only_pages_of_https_and_of_this_machine_are_come_back_to() {
    assert_eq!(callback("https://a.example", false), Callback::Works);
    assert_eq!(callback("https://a.example:3000", false), Callback::Works);
    assert_eq!(
        callback("https://a.example:8443", false),
        Callback::Doubtful
    );
    assert_eq!(callback("https://[2001:db8::1]", false), Callback::Works);
    assert_eq!(callback("http://localhost:1234", true), Callback::Works);
    assert_eq!(callback("http://192.168.1.5:8080", false), Callback::No);
    assert_eq!(callback("null", false), Callback::No);
}

#[test]
fn what_is_kept_while_the_page_is_left_reads_back() {
    let pending = Pending {
        verifier: "v".to_owned(),
        origin: home(),
        keep: true,
        place: Place::Picker(2),
        fragment: "prompt=x".to_owned(),
    };
    let text = serde_json::to_string(&pending).unwrap();
    assert_eq!(serde_json::from_str::<Pending>(&text).unwrap(), pending);
    let bare = r#"{"verifier":"v","origin":"https://openrouter.ai","keep":false}"#;
    let read: Pending = serde_json::from_str(bare).unwrap();
    assert_eq!(read.place, Place::Page);
}
