use super::*;
use crate::core::{
    catalog::Catalog,
    wire::endpoint::{self, EndpointError},
};

fn openai(base: Option<&str>) -> Endpoint {
    let row = Catalog::builtin().provider(&"openai".into()).unwrap();
    endpoint::resolve(row, None, base).unwrap()
}

#[test]
fn a_relayed_request_goes_to_the_relay_and_names_the_real_host_first() {
    let relayed = openai(None).through("http://localhost:8787").unwrap();
    let model = "gpt-6-sol".into();
    assert_eq!(
        relayed.url(&model),
        "http://localhost:8787/api.openai.com/v1/responses"
    );
    assert_eq!(
        relayed.real_url(&model),
        "https://api.openai.com/v1/responses"
    );
    assert_eq!(relayed.origin.as_str(), "http://localhost:8787");
    assert_eq!(relayed.real_origin().as_str(), "https://api.openai.com");
    assert_eq!(relayed.host, "api.openai.com");
    assert_eq!(relayed.first_host(), "localhost:8787");
    assert!(relayed.is_loopback() && relayed.is_private());
}

#[test]
fn without_a_relay_the_real_url_is_the_url() {
    let direct = openai(None);
    let model = "gpt-6-sol".into();
    assert_eq!(direct.url(&model), direct.real_url(&model));
    assert_eq!(direct.real_origin(), &direct.origin);
    assert_eq!(direct.first_host(), direct.host);
}

#[test]
fn what_stands_encoded_in_a_path_stays_so() {
    let row = Catalog::builtin().provider(&"gemini".into()).unwrap();
    let endpoint = endpoint::resolve(row, None, None).unwrap();
    let relayed = endpoint.through("https://relay.example/to/").unwrap();
    let url = relayed.url(&"a:b/c".into());
    assert!(
        url.starts_with(
            "https://relay.example/to/generativelanguage.googleapis.com/v1beta/models/a%3Ab%2Fc:"
        ),
        "{url}"
    );
}

#[test]
fn a_relays_address_is_checked_as_a_base_url_is() {
    for (base, wrong) in [
        ("", EndpointError::HostMissing),
        (
            "ftp://relay",
            EndpointError::Scheme {
                found: "ftp".into(),
            },
        ),
        ("http://me:secret@relay", EndpointError::UserInfo),
        ("http://relay/../x", EndpointError::DotSegment),
        ("http://relay:0", EndpointError::Port),
        ("http://re lay", EndpointError::Character { found: ' ' }),
    ] {
        let expected = Err(EndpointError::Relay(Box::new(wrong)));
        assert_eq!(openai(None).through(base).map(|_| ()), expected, "{base}");
    }
    // A query would end up in the middle of the URL.
    let relayed = openai(None).through("localhost:8787/?a=b#c").unwrap();
    let relay = relayed.relay.unwrap();
    assert_eq!(relay.base, "http://localhost:8787");
}

#[test]
fn only_what_is_called_over_https_goes_through_a_relay() {
    let home = openai(Some("http://localhost:11434/v1"));
    let refused = Err(EndpointError::Relay(Box::new(EndpointError::NotRelayed)));
    assert_eq!(home.through("http://localhost:8787").map(|_| ()), refused);
}

#[test]
fn every_region_of_a_provider_goes_through_its_relay() {
    let row = Catalog::builtin().provider(&"bedrock".into()).unwrap();
    let of = |base| endpoint::resolve(row, None, Some(base)).unwrap();
    for own in [
        "https://bedrock-runtime.eu-west-1.amazonaws.com",
        "https://bedrock-runtime.cn-north-1.amazonaws.com.cn",
        "https://bedrock-runtime.eusc-de-east-1.amazonaws.eu",
    ] {
        assert!(of(own).takes_relay(row), "{own}");
    }
    for other in [
        "https://bedrock-runtime.eu-west-1.amazonaws.com.evil.example",
        "https://evil.example/bedrock-runtime.eu-west-1.amazonaws.com",
        "https://bedrock-runtime.a.b.amazonaws.com",
    ] {
        assert!(!of(other).takes_relay(row), "{other}");
    }
}

#[test]
fn a_relay_is_not_for_a_host_that_is_not_the_providers() {
    let row = Catalog::builtin().provider(&"openai".into()).unwrap();
    assert!(openai(None).takes_relay(row));
    for other in ["https://evil.example/v1", "http://api.openai.com/v1"] {
        assert!(!openai(Some(other)).takes_relay(row), "{other}");
    }
}

#[test]
fn only_a_port_of_this_machine_other_than_the_usual_one_is_told() {
    assert_eq!(endpoint::relay_port("http://127.0.0.1:8790"), Some(8790));
    assert_eq!(
        endpoint::relay_port("http://localhost:8791/to/"),
        Some(8791)
    );
    for base in [
        "http://127.0.0.1:8787",
        "http://localhost",
        "https://relay.example:8790",
        "",
    ] {
        assert_eq!(endpoint::relay_port(base), None, "{base}");
    }
}

#[test]
fn http_to_another_machine_is_in_clear() {
    assert!(endpoint::relay_is_in_clear("http://example.com/relay"));
    for base in [
        "https://example.com",
        "http://127.0.0.1:8787",
        "ftp://relay",
    ] {
        assert!(!endpoint::relay_is_in_clear(base), "{base}");
    }
}
