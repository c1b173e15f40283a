use super::*;
use proptest::prelude::*;
use serde_json::json;
use std::process::Command;

const NASTY: &str = "It's \"so\" $HOME `id` $(id) \\n %s !! \n\t\r क्षमा 🌧️👩‍💻 'JSON'\nJSON\n\"###";

fn sent(body: Value) -> SentReport {
    SentReport {
        method: "POST".to_owned(),
        url: "http://127.0.0.1:9/v1/chat/completions?a=b&c='d'".to_owned(),
        headers: vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            ("x-note".to_owned(), "it's $HOME".to_owned()),
            (
                "authorization".to_owned(),
                format!("Bearer {KEY_PLACEHOLDER}"),
            ),
        ],
        body,
        notes: Vec::new(),
    }
}

fn code(language: Language, body: Value) -> String {
    snippet(language, &ProviderId::new("openai"), &sent(body))
        .unwrap()
        .code
}

/// What a real shell gives to the command.
fn words_of(shell: &str, command: &str) -> Vec<String> {
    let command = format!("curl() {{ for word; do printf '%s\\0' \"$word\"; done; }}\n{command}");
    let output = Command::new(shell)
        .arg("-c")
        .arg(&command)
        .env_clear()
        .env("OPENAI_API_KEY", "sk-$x'y")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let mut words: Vec<String> = text.split('\0').map(str::to_owned).collect();
    words.pop();
    words
}

fn after<'a>(words: &'a [String], name: &str) -> Vec<&'a str> {
    let pairs = words.windows(2).filter(|pair| pair[0] == name);
    pairs.map(|pair| pair[1].as_str()).collect()
}

#[test]
fn no_program_holds_the_placeholder_and_each_reads_the_variable() {
    for language in Language::ALL {
        let snippet =
            snippet(language, &ProviderId::new("openai"), &sent(json!({"a": 1}))).unwrap();
        assert!(!snippet.code.contains(KEY_PLACEHOLDER), "{}", snippet.code);
        assert!(snippet.code.contains("OPENAI_API_KEY"));
        assert_eq!(snippet.variables, ["OPENAI_API_KEY"]);
    }
}

#[test]
fn a_request_without_a_key_asks_for_no_variable() {
    let bare = sent(json!({})).without_key();
    for language in Language::ALL {
        let snippet = snippet(language, &ProviderId::new("ollama"), &bare).unwrap();
        assert!(snippet.variables.is_empty());
        assert!(!snippet.code.contains("environ") && !snippet.code.contains("env"));
    }
}

#[test]
fn a_variable_is_named_as_the_providers_own_tools_name_it() {
    for (id, name) in [
        ("openai", "OPENAI_API_KEY"),
        ("openrouter", "OPENROUTER_API_KEY"),
        ("openai-compatible", "API_KEY"),
        ("llama-cpp", "LLAMA_CPP_API_KEY"),
        ("bedrock", "AWS_BEARER_TOKEN_BEDROCK"),
        ("4u", "_4U_API_KEY"),
    ] {
        assert_eq!(variable_of(&ProviderId::new(id)), name);
    }
}

#[test]
fn a_signed_request_is_signed_by_curl_and_by_nothing_else() {
    let mut signed = sent(json!({}));
    signed.headers = vec![
        ("x-amz-date".to_owned(), "<time of sending>".to_owned()),
        ("x-amz-security-token".to_owned(), "<your session token>".to_owned()),
        (
            "authorization".to_owned(),
            "AWS4-HMAC-SHA256 Credential=<your key>/<day>/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=<signature>".to_owned(),
        ),
    ];
    let provider = ProviderId::new("bedrock");
    let curl = snippet(Language::Curl, &provider, &signed).unwrap();
    assert!(curl.code.contains("--aws-sigv4 aws:amz:us-east-1:bedrock"));
    assert!(!curl.code.contains('<'), "{}", curl.code);
    assert_eq!(curl.variables.len(), 3);
    for language in [Language::Python, Language::JavaScript, Language::Rust] {
        assert_eq!(
            snippet(language, &provider, &signed),
            Err(NoSnippet::Signed)
        );
    }
}

#[test]
fn missing_bytes_of_files_are_told() {
    let body = json!({"data": "data:image/png;base64,\u{27e6}attachment 1: a.png, image/png, 3 bytes as base64\u{27e7}"});
    assert!(
        snippet(Language::Curl, &ProviderId::new("openai"), &sent(body))
            .unwrap()
            .lacks_files
    );
}

#[test]
fn a_body_too_long_for_an_argument_comes_by_the_standard_input() {
    let long = json!({"prompt": NASTY.repeat(4_000)});
    let command = code(Language::Curl, long.clone());
    let script = format!("curl() {{ cat; }}\n{command}");
    let folder = std::env::temp_dir().join(format!("touchstone-long-{}", std::process::id()));
    std::fs::write(&folder, script).unwrap();
    let output = Command::new("sh")
        .arg(&folder)
        .env("OPENAI_API_KEY", "k")
        .output()
        .unwrap();
    std::fs::remove_file(&folder).unwrap();
    let got: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(got, long);
}

#[test]
fn what_turns_the_direction_of_reading_is_escaped_in_every_language() {
    for language in Language::ALL {
        let code = code(language, json!({"prompt": "a\u{202e}b\u{2028}c\u{e0041}"}));
        assert!(!code.chars().any(is_hidden), "{code}");
    }
}

/// Each real shell that is here gets the very texts.
#[test]
fn shells_read_back_what_was_sent() {
    let command = code(Language::Curl, json!({"prompt": NASTY}));
    for shell in ["sh", "bash", "dash"] {
        let words = words_of(shell, &command);
        assert_eq!(words[1], sent(Value::Null).url, "{shell}");
        assert_eq!(
            after(&words, "--header"),
            [
                "content-type: application/json",
                "x-note: it's $HOME",
                "authorization: Bearer sk-$x'y"
            ]
        );
        let body: Value = serde_json::from_str(after(&words, "--data-raw")[0]).unwrap();
        assert_eq!(body, json!({"prompt": NASTY}));
    }
}

/// What the interpreter takes the body for.
fn run_python(program: &str) -> Value {
    let program = program.split("\nrequest = ").next().unwrap();
    let output = Command::new("python3")
        .arg("-c")
        .arg(format!("{program}\nprint(json.dumps(body))"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn run_node(program: &str) -> Value {
    let program = program.split("\nconst response = ").next().unwrap();
    let output = Command::new("node")
        .args(["--input-type=module", "-e"])
        .arg(format!("{program}\nconsole.log(JSON.stringify(body));"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn interpreters_read_back_what_was_sent() {
    let body = json!({
        "prompt": NASTY, "hidden": "\u{202e}\u{e0041}\u{2028}\u{7f}\u{0}x",
        "stream": true, "none": null, "off": false, "empty": [{}, []],
        "numbers": [0.2, 1e30, -5, 18_446_744_073_709_551_615u64],
        "schema": {"properties": {"__proto__": {"type": "string"}}},
    });
    assert_eq!(run_python(&code(Language::Python, body.clone())), body);
    let node = run_node(&code(Language::JavaScript, body.clone()));
    assert_eq!(node["schema"], body["schema"]);
    assert_eq!(node["prompt"], body["prompt"]);
    assert_eq!(node["hidden"], body["hidden"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn any_prompt_survives_a_shell(
        prompts in prop::collection::vec("[\\PC'\"$`\\\\\n!#*~]{0,60}", 64),
        header in "[ -~]{1,30}",
    ) {
        let mut report = sent(json!({"prompts": prompts}));
        report.headers[1].1 = header.clone();
        let command = snippet(Language::Curl, &ProviderId::new("openai"), &report).unwrap().code;
        let words = words_of("sh", &command);
        let body: Value = serde_json::from_str(after(&words, "--data-raw")[0]).unwrap();
        prop_assert_eq!(&body, &report.body);
        let headers = after(&words, "--header");
        prop_assert_eq!(headers[1], format!("x-note: {header}"));
    }

    #[test]
    fn any_prompt_survives_the_other_languages(prompts in prop::collection::vec("[\\PC'\"$`\\\\\n#{}]{0,60}", 64)) {
        // Many at once, since each run starts an interpreter.
        let body = json!({"name\"#": prompts});
        prop_assert_eq!(run_python(&code(Language::Python, body.clone())), body.clone());
        prop_assert_eq!(run_node(&code(Language::JavaScript, body.clone())), body.clone());
        // Rust: the raw text is the JSON itself, between its signs.
        let rust = code(Language::Rust, body.clone());
        let (_, rest) = rust.split_once("let body = r").unwrap();
        let hashes = &rest[..rest.find('"').unwrap()];
        let (raw, _) = rest[hashes.len() + 1..].split_once(&format!("\"{hashes};")).unwrap();
        let end = format!("\"{hashes}");
        prop_assert!(!raw.contains(&end));
        prop_assert_eq!(serde_json::from_str::<Value>(raw).unwrap(), body);
    }
}
