//! Base URLs: the browser's reading, what is mended, and what is refused.

#[path = "endpoint/browser_table.rs"]
mod browser_table;

use super::*;
use crate::core::catalog::Catalog;
use proptest::prelude::*;

fn row(id: &str) -> &'static Provider {
    Catalog::builtin().provider(&id.into()).unwrap()
}

fn at(id: &str, base: &str) -> Endpoint {
    resolve(row(id), None, Some(base)).unwrap_or_else(|error| panic!("{base}: {error:?}"))
}

fn refusal(base: &str) -> EndpointError {
    resolve(row("openai-compatible"), None, Some(base)).expect_err(base)
}

fn model(id: &str) -> ModelId {
    ModelId::new(id)
}

#[test]
fn an_accepted_origin_is_the_one_a_browser_computes() {
    let mut accepted = 0;
    for (input, browser) in browser_table::ROWS {
        let Ok(ours) = resolve(row("openai-compatible"), None, Some(input)) else {
            continue;
        };
        accepted += 1;
        let ours = (ours.origin.as_str(), ours.host.as_str());
        assert_eq!(Some(ours), *browser, "{input:?}");
    }
    assert!(
        accepted >= 50,
        "only {accepted} accepted: too strict to be of use"
    );
}

#[test]
fn an_accepted_origin_is_the_one_a_browser_computes_for_whole_urls_too() {
    for (input, browser) in browser_table::ROWS {
        if let Some(ours) = origin_of(input) {
            assert_eq!(
                Some(ours.as_str()),
                browser.map(|(origin, _)| origin),
                "{input:?}"
            );
        }
    }
    assert_eq!(origin_of("h.example/v1"), None);
    assert_eq!(
        origin_of("https://h.example/a?b=c#d"),
        Some("https://h.example".into())
    );
}

#[test]
fn plain_urls_are_accepted() {
    for input in [
        "https://api.openai.com/v1",
        "HTTPS://API.OpenAI.com/v1",
        "http://[::1]:8080/v1",
        "http://[::ffff:192.168.1.1]/",
        "http://192.168.1.20:1234/v1",
        "https://h_x.example/",
        "https://xn--bcher-kva.example/",
        "https://h.example/@evil.example/",
    ] {
        assert!(origin_of(input).is_some(), "{input}");
    }
}

#[test]
fn what_could_hide_another_host_is_refused() {
    use EndpointError as E;
    let scheme = |found: &str| E::Scheme {
        found: found.into(),
    };
    for (base, error) in [
        ("", E::BaseMissing),
        ("  ", E::BaseMissing),
        ("https://api.openai.com@evil.example/v1", E::UserInfo),
        ("api.openai.com@evil.example/v1", E::UserInfo),
        (
            "https://h.example\\.evil.example/",
            E::Character { found: '\\' },
        ),
        ("https://h.exa mple/", E::Character { found: ' ' }),
        ("https://h\u{e9}.example/", E::Character { found: '\u{e9}' }),
        ("https://h.example\u{0}/", E::Character { found: '\0' }),
        ("https://h%2eexample/", E::Host),
        ("https://127.1/", E::Host),
        ("https://0x7f.0.0.1/", E::Host),
        ("https://h..example/", E::Host),
        ("https://[::1/", E::Host),
        ("https://[::1]x/", E::Host),
        ("https:///h.example/", E::HostMissing),
        ("https://:80/", E::HostMissing),
        ("//h.example/", E::HostMissing),
        ("https://h.example:65536/", E::Port),
        ("https://h.example:0/", E::Port),
        ("https://h.example:8a/", E::Port),
        ("https://h.example/a/../b", E::DotSegment),
        ("https://h.example/%2E%2e/b", E::DotSegment),
        ("ftp://h.example/", scheme("ftp")),
        ("javascript:alert(1)", scheme("javascript")),
        ("https:h.example", scheme("https")),
    ] {
        assert_eq!(refusal(base), error, "{base:?}");
    }
}

#[test]
fn default_bases_need_no_mending() {
    for provider in &Catalog::builtin().providers {
        if provider.transport.is_in_page() {
            continue;
        }
        let Some(base) = &provider.default_base else {
            assert_eq!(
                resolve(provider, None, None),
                Err(EndpointError::BaseMissing)
            );
            continue;
        };
        let endpoint = resolve(provider, None, None).unwrap();
        assert_eq!(endpoint.base_url, *base);
        assert!(endpoint.notes.is_empty(), "{:?}", endpoint.notes);
    }
}

#[test]
fn what_runs_in_the_page_has_a_place_of_its_own_and_takes_no_base() {
    for (id, origin) in [
        ("demo", "simulated://demo"),
        ("on-device", "on-device://on-device"),
    ] {
        let endpoint = resolve(row(id), None, None).unwrap();
        assert_eq!(endpoint.origin.as_str(), origin);
        assert_eq!(endpoint.host, "in-page");
        assert!(!endpoint.is_loopback() && !endpoint.is_private());
        let url = endpoint.url(&model("m"));
        assert_eq!(url, format!("{origin}/chat/completions"));
        assert_eq!(resolve(row(id), None, Some(" ")), Ok(endpoint));
        for base in ["https://api.openai.com/v1", "in-page", "simulated://demo"] {
            let given = resolve(row(id), None, Some(base));
            assert_eq!(given, Err(EndpointError::InPage), "{base}");
        }
        assert_eq!(origin_of(&url), None, "nobody can be sent a key there");
    }
}

#[test]
fn bases_are_joined_as_the_automation_contract_says() {
    let m = model("m");
    let url = |id: &str, api, base| resolve(row(id), api, base).unwrap().url(&m);
    let local = Some("http://127.0.0.1:4010/v1");
    for (url, expected) in [
        (
            url("openai", None, None),
            "https://api.openai.com/v1/responses",
        ),
        (
            url("openai", Some(Api::Chat), None),
            "https://api.openai.com/v1/chat/completions",
        ),
        (
            url("openai-compatible", None, local),
            "http://127.0.0.1:4010/v1/chat/completions",
        ),
        (
            url("openai-compatible", Some(Api::Responses), local),
            "http://127.0.0.1:4010/v1/responses",
        ),
        (
            url("anthropic", None, Some("http://127.0.0.1:4010")),
            "http://127.0.0.1:4010/v1/messages",
        ),
        (
            url("gemini", None, Some("http://127.0.0.1:4010/v1beta")),
            "http://127.0.0.1:4010/v1beta/models/m:streamGenerateContent?alt=sse",
        ),
    ] {
        assert_eq!(url, expected);
    }
    let api = Api::Messages;
    assert_eq!(
        resolve(row("openai"), Some(api), None),
        Err(EndpointError::ApiNotOffered { api })
    );
}

fn version(segment: &str) -> BaseNote {
    let segment = segment.to_owned();
    BaseNote::VersionAdded { segment }
}

fn gone(path: &str, api: impl Into<Option<Api>>) -> BaseNote {
    let (path, api) = (path.to_owned(), api.into());
    BaseNote::EndpointRemoved { path, api }
}

fn assert_mended(provider: &str, base: &str, clean: &str, notes: &[BaseNote]) {
    let endpoint = at(provider, base);
    assert_eq!(endpoint.base_url, clean, "{base}");
    assert_eq!(endpoint.notes, notes, "{base}");
}

#[test]
fn openai_like_bases_are_mended_and_the_mending_is_told() {
    use BaseNote::SlashRemoved;
    let check = |base, clean, notes: &[_]| {
        assert_mended("openai-compatible", base, clean, notes);
    };
    check("http://h:1/v1", "http://h:1/v1", &[]);
    check("http://h:1/", "http://h:1/v1", &[version("/v1")]);
    check("http://h:1/v1//", "http://h:1/v1", &[SlashRemoved]);
    check("http://h:1/api/v3", "http://h:1/api/v3", &[]);
    let chat = gone("/chat/completions", Api::Chat);
    check(
        "http://h:1/v1/chat/completions/",
        "http://h:1/v1",
        &[SlashRemoved, chat.clone()],
    );
    // Whoever pastes an endpoint without a version means it.
    check("http://h:1/chat/completions", "http://h:1", &[chat]);
    let responses = gone("/responses", Api::Responses);
    check("http://h:1/v1/responses", "http://h:1/v1", &[responses]);
    check(
        "http://h:1/v1/models",
        "http://h:1/v1",
        &[gone("/models", None)],
    );
}

#[test]
fn anthropic_and_gemini_bases_are_mended_in_their_own_way() {
    use BaseNote::{FragmentRemoved, QueryRemoved, SlashRemoved};
    let segment = "/v1".to_owned();
    let unversioned = BaseNote::VersionRemoved { segment };
    let check = |base, clean, notes: &[_]| assert_mended("anthropic", base, clean, notes);
    check(
        "https://h.example/v1/",
        "https://h.example",
        &[SlashRemoved, unversioned],
    );
    let messages = gone("/v1/messages", Api::Messages);
    check(
        "https://h.example/x/v1/messages",
        "https://h.example/x",
        &[messages],
    );
    check("https://h.example/x", "https://h.example/x", &[]);

    let check = |base, clean, notes: &[_]| assert_mended("gemini", base, clean, notes);
    check(
        "https://h.example",
        "https://h.example/v1beta",
        &[version("/v1beta")],
    );
    check("https://h.example/v1", "https://h.example/v1", &[]);
    let stream = gone(
        "/models/gemini-x:streamGenerateContent",
        Api::GenerateContent,
    );
    check(
        "https://h.example/v1beta/models/gemini-x:streamGenerateContent?alt=sse",
        "https://h.example/v1beta",
        &[QueryRemoved, stream],
    );
    check(
        "https://h.example/v1beta/models#x",
        "https://h.example/v1beta",
        &[FragmentRemoved, gone("/models", None)],
    );
}

#[test]
fn a_key_pasted_with_a_url_is_dropped_without_a_trace() {
    let endpoint = at(
        "gemini",
        "https://h.example/v1beta/models?key=AIzaSecret#AIzaSecret",
    );
    assert!(!format!("{endpoint:?}").contains("AIzaSecret"));
}

#[test]
fn a_missing_scheme_is_https_unless_the_host_is_near() {
    for (base, scheme) in [
        ("api.example.com/v1", "https"),
        ("8.8.8.8/v1", "https"),
        ("localhost:11434", "http"),
        ("127.0.0.1:8080/v1", "http"),
        ("[::1]:8080", "http"),
        ("192.168.1.20:1234/v1", "http"),
        ("nas:8080/v1", "http"),
        ("mac.local", "http"),
    ] {
        let endpoint = at("openai-compatible", base);
        assert_eq!(
            endpoint.notes.first(),
            Some(&BaseNote::SchemeAdded { scheme }),
            "{base}"
        );
        assert!(endpoint.base_url.starts_with(&format!("{scheme}://")));
    }
}

#[test]
fn near_hosts_are_told_from_far_ones() {
    for (base, loopback, private) in [
        ("http://localhost", true, true),
        ("http://x.localhost", true, true),
        ("http://127.9.9.9", true, true),
        ("http://[::1]", true, true),
        ("http://10.0.0.1", false, true),
        ("http://172.31.0.1", false, true),
        ("http://172.32.0.1", false, false),
        ("http://169.254.1.1", false, true),
        ("http://100.64.0.1", false, true),
        ("http://100.128.0.1", false, false),
        ("http://[fe80::1]", false, true),
        ("http://[fd00::1]", false, true),
        ("http://[::ffff:10.0.0.1]", false, true),
        ("http://[2001:db8::1]", false, false),
        ("http://0.0.0.0:8080", false, true),
        ("http://printer.lan", false, true),
        ("http://localhost.evil.example", false, false),
        ("https://api.openai.com", false, false),
    ] {
        let endpoint = at("openai-compatible", base);
        assert_eq!(endpoint.is_loopback(), loopback, "{base}");
        assert_eq!(endpoint.is_private(), private, "{base}");
    }
}

#[test]
fn a_model_id_cannot_leave_its_place_in_the_url() {
    let endpoint = resolve(row("gemini"), None, None).unwrap();
    let before = "https://generativelanguage.googleapis.com/v1beta/models/";
    let after = ":streamGenerateContent?alt=sse";
    for (id, expected) in [
        ("models/gemini-4-argon", "gemini-4-argon"),
        ("gemini-3.5-flash", "gemini-3.5-flash"),
        ("../../x?key=y#z", "..%2F..%2Fx%3Fkey%3Dy%23z"),
        ("a b:c", "a%20b%3Ac"),
        ("\u{e9}", "%C3%A9"),
    ] {
        assert_eq!(
            endpoint.url(&model(id)),
            format!("{before}{expected}{after}")
        );
    }
}

fn any_provider() -> impl Strategy<Value = &'static Provider> {
    prop::sample::select(Catalog::builtin().providers.iter().collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_clean_base_stays_as_it_is(
        provider in any_provider(),
        base in "(https?://)?[a-zA-Z0-9.:@%\\[\\]_-]{1,20}(/[a-z0-9.%?#/-]{0,12})?",
    ) {
        if let Ok(first) = resolve(provider, None, Some(&base)) {
            let origin = first.origin.as_str();
            prop_assert!(first.base_url.starts_with(origin));
            prop_assert_eq!(origin_of(&first.base_url), Some(first.origin.clone()));
            prop_assert_eq!(origin_of(&first.url(&"m/../x".into())), Some(first.origin.clone()));
            prop_assert_eq!(origin.to_ascii_lowercase(), origin);
            prop_assert!(!first.base_url.contains(['?', '#', '\\', ' ']));
            prop_assert!(first.host.chars().all(|c| c.is_ascii_alphanumeric() || ".:-_[]".contains(c)));
        }
    }

    #[test]
    fn no_text_breaks_the_parser(provider in any_provider(), base in any::<String>()) {
        if let Ok(endpoint) = resolve(provider, None, Some(&base)) {
            prop_assert!(endpoint.base_url.is_ascii());
        }
    }

    #[test]
    fn nothing_before_an_at_sign_is_taken_for_the_host(
        real in "[a-z]{1,8}\\.[a-z]{2,4}",
        lure in "[a-z.:@]{0,12}",
    ) {
        let base = format!("https://{lure}@{real}/v1");
        prop_assert!(resolve(row("openai"), None, Some(&base)).is_err());
    }
}

#[test]
fn whatever_is_pasted_of_azure_becomes_one_of_two_forms() {
    let v1 = "https://r-1.openai.azure.com/openai/v1";
    let dated = "https://r-1.openai.azure.com/openai?api-version=2024-10-21";
    for (pasted, base, deployment) in [
        ("r-1.openai.azure.com", v1, None),
        ("https://r-1.openai.azure.com/", v1, None),
        ("https://r-1.openai.azure.com/openai/v1/", v1, None),
        (
            "https://r-1.openai.azure.com/openai/v1/chat/completions",
            v1,
            None,
        ),
        ("https://r-1.openai.azure.com/openai/v1/responses", v1, None),
        (
            "https://r-1.openai.azure.com/openai/deployments/our-gpt/chat/completions?api-version=2024-10-21",
            dated,
            Some("our-gpt"),
        ),
        (
            "https://r-1.openai.azure.com/openai/deployments/our-gpt?api-version=2024-10-21",
            dated,
            Some("our-gpt"),
        ),
        (
            "https://r-1.openai.azure.com/openai/responses?api-version=2024-10-21",
            dated,
            None,
        ),
        (
            "https://r-1.openai.azure.com/openai/deployments/our-gpt/chat/completions?api-key=secret&api-version=2024-10-21",
            dated,
            Some("our-gpt"),
        ),
    ] {
        let endpoint = at("azure", pasted);
        assert_eq!(endpoint.base_url, base, "{pasted}");
        let found = endpoint.pasted_model.as_ref().map(ModelId::as_str);
        assert_eq!(found, deployment, "{pasted}");
        assert_eq!(at("azure", base).base_url, base, "its clean form stays");
        let is_read = row("azure").site().unwrap().read(base).is_some();
        assert!(is_read, "{base}");
    }
}

#[test]
fn each_form_of_azure_has_its_own_path_and_keeps_its_version() {
    let url = |base, api| {
        let endpoint = resolve(row("azure"), Some(api), Some(base)).unwrap();
        endpoint.url(&model("our gpt"))
    };
    let v1 = "https://r-1.openai.azure.com/openai/v1";
    assert_eq!(url(v1, Api::Chat), format!("{v1}/chat/completions"));
    assert_eq!(url(v1, Api::Responses), format!("{v1}/responses"));
    let preview = "https://r-1.openai.azure.com/openai/v1?api-version=preview";
    assert_eq!(
        url(preview, Api::Chat),
        format!("{v1}/chat/completions?api-version=preview")
    );
    let dated = "https://r-1.openai.azure.com/openai?api-version=2025-04-01-preview";
    assert_eq!(
        url(dated, Api::Chat),
        "https://r-1.openai.azure.com/openai/deployments/our%20gpt/chat/completions?api-version=2025-04-01-preview"
    );
    assert_eq!(
        url(dated, Api::Responses),
        "https://r-1.openai.azure.com/openai/responses?api-version=2025-04-01-preview"
    );
    let undated = "https://r-1.openai.azure.com/openai";
    assert_eq!(
        url(undated, Api::Chat),
        "https://r-1.openai.azure.com/openai/deployments/our%20gpt/chat/completions?api-version=2024-10-21"
    );
}

#[test]
fn a_query_that_a_row_does_not_keep_is_dropped_with_a_note_and_never_repeated() {
    for base in [
        "https://r.openai.azure.com/openai/v1?key=secret",
        "https://r.openai.azure.com/openai/v1?api-version=",
        "https://r.openai.azure.com/openai/v1?api-version=a%26key=secret",
    ] {
        let endpoint = at("azure", base);
        assert!(!endpoint.base_url.contains('?'), "{base}");
        assert_eq!(endpoint.notes, [BaseNote::QueryRemoved], "{base}");
    }
    let other = at("openai-compatible", "https://h.example/v1?api-version=1");
    assert_eq!(other.base_url, "https://h.example/v1");
}

#[test]
fn a_pasted_url_of_vertex_names_its_model() {
    let pasted = "https://eu-aiplatform.googleapis.com/v1/projects/p/locations/eu/publishers/anthropic/models/claude-opus-4-5%4020251101:streamRawPredict";
    let endpoint = at("vertex-claude", pasted);
    assert_eq!(
        endpoint.pasted_model,
        Some(model("claude-opus-4-5@20251101"))
    );
    assert!(endpoint.base_url.ends_with("/projects/p/locations/eu"));
    let unfinished = row("vertex").site().unwrap();
    let unfinished = unfinished.fill(&unfinished.defaults());
    let refused = resolve(row("vertex"), None, Some(&unfinished)).unwrap_err();
    assert_eq!(refused, EndpointError::Character { found: '{' });
}

#[test]
fn a_model_that_is_not_chosen_yet_is_an_ellipsis() {
    let base = "https://bedrock-runtime.eu-west-1.amazonaws.com";
    assert_eq!(
        at("bedrock", base).url_shown(&model("")),
        format!("{base}/model/…/converse-stream")
    );
    let gemini = at("gemini", "https://generativelanguage.googleapis.com/v1beta");
    assert_eq!(gemini.url_shown(&model("m")), gemini.url(&model("m")));
}
