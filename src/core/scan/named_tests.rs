use super::{Hit, Kind, scan};
use proptest::prelude::*;

/// The secrets in a text, as kind and letters.
fn secrets(text: &str) -> Vec<(Kind, &str)> {
    let hits = scan(text).into_iter();
    hits.filter(|hit| hit.kind.is_secret())
        .map(|Hit { kind, range }| (kind, &text[range]))
        .collect()
}

#[test]
fn keys_without_a_digit_are_found_after_what_keys_begin_with() {
    for key in [
        "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",
        "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",
        "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",
        "sk_live_abcdEFGHijklMNOPqrstUVWX",
        "gsk_QwErtYuiOpAsDfGhJkLzXc",
    ] {
        for text in [
            format!("use {key} please"),
            format!("(key: {key})."),
            format!("HF_TOKEN={key}\n"),
        ] {
            assert_eq!(secrets(&text), [(Kind::ApiKey, key)], "{text}");
        }
    }
}

#[test]
fn passwords_and_tokens_are_found_by_what_they_are_called() {
    for (text, value) in [
        ("password: Sommer-Regen-77, and", "Sommer-Regen-77"),
        ("password: hunter2hunter2", "hunter2hunter2"),
        ("Passwd: tr0ub4dor!", "tr0ub4dor"),
        ("The password is not here. PWD=p@ssword", "p@ssword"),
        ("\"password\": \"a(b)c,d-2024\"", "a(b)c,d-2024"),
        ("**Password:** `Grüße-2024`", "Grüße-2024"),
        ("पासवर्ड: Mausam#2024 है", "Mausam#2024"),
        (
            "api_key=abcdEFGHijklMNOPqrstUVWX",
            "abcdEFGHijklMNOPqrstUVWX",
        ),
        ("API key: abcd1234", "abcd1234"),
        ("client_secret = \"q1w2e3r4\"", "q1w2e3r4"),
        ("accessToken: 'q1w2e3r4t5'", "q1w2e3r4t5"),
        ("the secret: q1w2e3r4", "q1w2e3r4"),
        ("?token=abcdef-12&x=1", "abcdef-12&x=1"),
        (
            "Authorization: Basic dXNlcjpodW50ZXIyaHVudGVyMg==",
            "dXNlcjpodW50ZXIyaHVudGVyMg==",
        ),
    ] {
        assert_eq!(secrets(text), [(Kind::Named, value)], "{text}");
    }
}

#[test]
fn words_numbers_and_code_after_such_names_are_no_secrets() {
    for text in [
        "Password: Required. Secret: Ingredients",
        "Password: 12-character minimum",
        "password: at least 8 characters, token: 128000",
        "The secret: 30-minute naps. The secret: COVID-19 tests",
        "token: gpt-4o-mini-2024-07-18, token: claude-3-opus",
        "token: mother-in-law; secret: well-being",
        "password: correcthorsebatterystaple",
        "The token: JavaScript, the secret: YouTube-Videos",
        "password = getpass.getpass2(\"> \")",
        "api_key = os.environ[\"KEY_1\"], token: tokens2[0]",
        "secret: process.env.S3_SECRET, password=$DB_PASSWORD_1 token=${T0KEN}",
        "password: <your password 123>, token: {{token_123}}, secret: ********",
        "authorization: https://auth0.example.com/v2",
        "Bearer certificates. Basic understanding of HTTP/2 and IPv6-networks",
        "password=%s&user=%s",
        "पासवर्ड: कम से कम 8 अक्षर; पासवर्ड: 12-अंकीय संख्या",
        "password: 请输入8位以上的密码",
        "hf_hub_download(repo_id) and hf_transfer_of_large_files",
        "sk-SomeLongNameOfAnInterface, SG.SaveGameManager.loadEverything",
        "dapiSomethingInterestingHappens",
    ] {
        assert_eq!(secrets(text), [], "{text}");
    }
}

#[test]
fn the_prose_that_comes_with_the_page_holds_no_secrets() {
    for text in [
        include_str!("../../../public/demo/texts.md"),
        include_str!("../../../README.md"),
        include_str!("../../../docs/sharing.md"),
        include_str!("../../../docs/cost.md"),
        include_str!("../../../docs/metrics.md"),
    ] {
        assert_eq!(secrets(text), []);
    }
}

fn any_word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "the",
        "secret",
        "password",
        "token",
        "authorization",
        "bearer",
        "basic",
        "API key",
        "understanding",
        "Authentication",
        "internationalization",
        "mother-in-law",
        "JavaScript",
        "HTTPServer",
        "GitHub",
        "don't",
        "and/or",
        "required,",
        "characters.",
        "2024",
        "128,000",
        "Germany's",
        "सवाल",
        "पासवर्ड",
        "विश्वविद्यालय",
        "अंतरराष्ट्रीयकरण",
        "है।",
        "और",
        "दाम",
        "प्रतिक्रियाओं,",
        "जवाब-तलब",
        "२०२४",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn prose_in_english_and_hindi_holds_no_secrets(
        words in prop::collection::vec((any_word(), prop::sample::select(vec![" ", ": ", " = ", " – ", "\n"])), 1..24),
    ) {
        let text: String = words.iter().flat_map(|(word, end)| [*word, *end]).collect();
        prop_assert_eq!(secrets(&text), []);
    }

    #[test]
    fn every_token_of_hugging_face_is_found(letters in "[a-zA-Z]{34}", before in "(use |=|\"|\\(|है )") {
        let key = format!("hf_{letters}");
        let text = format!("{before}{key}");
        prop_assert_eq!(secrets(&text), [(Kind::ApiKey, key.as_str())]);
    }

    #[test]
    fn every_password_with_letters_and_digits_is_found(
        word in "[a-zA-Z]{4,9}", digits in "[0-9]{1,4}", more in "[a-z]{3,6}",
        name in prop::sample::select(vec!["password: ", "Password = '", "api_key=", "\"client_secret\":\"", "पासवर्ड: "]),
    ) {
        let value = format!("{word}{digits}{more}");
        let text = format!("{name}{value}");
        prop_assert_eq!(secrets(&text), [(Kind::Named, value.as_str())]);
    }

    #[test]
    fn any_text_after_a_name_is_read(value in "[ -~é०-९ा।–]{0,40}") {
        for text in [format!("password: {value}"), format!("token=\"{value}\"")] {
            for hit in scan(&text) {
                prop_assert!(text.get(hit.range).is_some_and(|found| !found.is_empty()));
            }
        }
    }
}
