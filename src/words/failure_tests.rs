use super::*;
use crate::core::catalog::Catalog;

fn kinds() -> Vec<FailureKind> {
    use FailureKind as K;
    let faults = [
        ProtocolFault::Html,
        ProtocolFault::Empty,
        ProtocolFault::Garbage,
        ProtocolFault::Unrecognised,
        ProtocolFault::FrameTooLarge,
    ];
    let mut kinds = vec![
        K::Auth,
        K::Billing,
        K::Permission,
        K::NotFound,
        K::RateLimited,
        K::Overloaded,
        K::Server,
        K::BadRequest,
        K::ContentFilter,
        K::Timeout,
        K::Truncated,
        K::TooLarge,
        K::Blocked(vec![
            BlockCause::WrongKey,
            BlockCause::Cors,
            BlockCause::Offline,
        ]),
        K::Blocked(vec![BlockCause::NotApproved]),
    ];
    kinds.extend(faults.map(K::Protocol));
    kinds
}

#[test]
fn every_failure_says_what_happened_and_what_to_do() {
    for row in &Catalog::builtin().providers {
        let context = Context {
            provider: &row.name,
            host: "h.example",
            ..Context::default()
        };
        for kind in kinds() {
            let explained = explain(&Failure::new(kind.clone()), &context);
            assert!(
                !explained.title.is_empty() && !explained.title.ends_with('.'),
                "{kind:?}"
            );
            assert!(
                explained.text.ends_with(['.', ':']),
                "{kind:?}: {}",
                explained.text
            );
        }
    }
}

#[test]
fn the_providers_words_are_quoted_as_they_came() {
    let mut failure = Failure::new(FailureKind::BadRequest).with_detail("Unsupported value.");
    failure.status = Some(400);
    failure.param = Some("temperature".to_owned());
    let explained = explain(
        &failure,
        &Context {
            provider: "OpenAI",
            ..Context::default()
        },
    );
    assert_eq!(explained.title, "OpenAI refused “temperature”");
    assert_eq!(explained.quote.as_deref(), Some("400 · Unsupported value."));
}

#[test]
fn an_organisation_that_keeps_pages_out_is_not_blamed_on_key_or_model() {
    let failure = Failure::new(FailureKind::Permission)
        .with_detail("CORS requests are not allowed for this Organization because of its settings");
    let explained = explain(
        &failure,
        &Context {
            provider: "Anthropic",
            ..Context::default()
        },
    );
    assert_eq!(explained.title, "Your organisation lets no page in");
    assert!(explained.text.contains("only its admins"));
    assert!(explained.suggests_key && !explained.suggests_model);
    assert!(explained.quote.is_some());
    let other = Failure::new(FailureKind::Permission).with_detail("not this model");
    assert!(
        explain(&other, &Context::default())
            .title
            .contains("does not allow")
    );
}

#[test]
fn a_lacking_prefix_names_the_id_to_use() {
    let failure = Failure::new(FailureKind::BadRequest)
        .with_detail("Invocation of model ID m with on-demand throughput isn’t supported.");
    let mut context = Context {
        provider: "Amazon Bedrock",
        with_prefix: Some("global.m"),
        ..Context::default()
    };
    let explained = explain(&failure, &context);
    assert!(explained.title.contains("prefix"), "{}", explained.title);
    assert!(
        explained.text.ends_with("Use global.m."),
        "{}",
        explained.text
    );
    assert!(explained.suggests_model && !explained.suggests_params);
    context.with_prefix = None;
    assert!(
        explain(&failure, &context)
            .text
            .contains("us., eu., global.")
    );
}

#[test]
fn a_refused_summary_leads_to_the_parameters() {
    let mut failure = Failure::new(FailureKind::BadRequest);
    failure.param = Some("reasoning.summary".to_owned());
    let explained = explain(&failure, &Context::default());
    assert!(explained.suggests_params);
    assert!(explained.text.contains("reasoning summary"));
}

#[test]
fn upstream_providers_without_the_model_lead_to_the_parameters() {
    let mut failure = Failure::new(FailureKind::NotFound);
    failure.param = Some("provider.order".to_owned());
    let explained = explain(&failure, &Context::default());
    assert!(explained.suggests_params);
    assert!(explained.title.contains("upstream providers"));
}

#[test]
fn a_key_of_another_provider_is_named_where_401_is_read_and_where_it_is_hidden() {
    let context = Context {
        provider: "OpenAI",
        key_owner: Some("Anthropic"),
        ..Context::default()
    };
    let read = explain(&Failure::new(FailureKind::Auth), &context);
    assert!(read.text.contains("Anthropic"));
    let kind = FailureKind::Blocked(vec![BlockCause::WrongKey]);
    let hidden = explain(&Failure::new(kind), &context);
    assert!(
        hidden
            .causes
            .first()
            .is_some_and(|cause| cause.text.contains("Anthropic"))
    );
}

#[test]
fn a_model_of_this_page_has_neither_base_url_nor_status_page() {
    for kind in [FailureKind::NotFound, FailureKind::Server] {
        let context = Context {
            provider: "Demo",
            host: IN_PAGE,
            model: "demo-x",
            ..Context::default()
        };
        let explained = explain(&Failure::new(kind), &context);
        let all = explained.title + &explained.text;
        assert!(
            !all.contains("URL") && !all.contains("status page"),
            "{all}"
        );
    }
}

#[test]
fn a_page_without_a_network_says_so_and_not_that_a_provider_failed() {
    let failure = Failure::new(FailureKind::Blocked(vec![BlockCause::Offline]));
    let explained = explain(&failure, &Context::default());
    assert_eq!(explained.title, "This page is offline");
    assert!(explained.causes.is_empty());
    assert_eq!(short_title(&failure), explained.title);
}

#[test]
fn the_exact_setting_of_a_local_server_is_given() {
    let settings = [LocalLine {
        server: "Ollama".to_owned(),
        text: "OLLAMA_ORIGINS=https://p.example".to_owned(),
        is_switch: false,
    }];
    let context = Context {
        local_settings: &settings,
        ..Context::default()
    };
    let failure = Failure::new(FailureKind::Blocked(vec![BlockCause::Cors]));
    let explained = explain(&failure, &context);
    let cause = explained.causes.first().unwrap();
    assert!(
        cause.text.ends_with("Set this and restart it:"),
        "{cause:?}"
    );
    assert_eq!(cause.lines, settings);
    let several = [settings[0].clone(), LocalLine::default()];
    let context = Context {
        local_settings: &several,
        local_starts: &several,
        ..Context::default()
    };
    let failure = Failure::new(FailureKind::Blocked(vec![
        BlockCause::Cors,
        BlockCause::ServerDown,
        BlockCause::Blocker,
    ]));
    let causes = explain(&failure, &context).causes;
    assert!(!causes[0].text.contains("Set this"), "{causes:?}");
    let lines: Vec<usize> = causes.iter().map(|cause| cause.lines.len()).collect();
    assert_eq!(lines, [2, 2, 0]);
    let of_a_file = Context {
        page_origin: "null",
        ..context
    };
    assert!(explain(&failure, &of_a_file).causes[0].lines.is_empty());
}

#[test]
fn a_missing_key_is_not_one_that_was_refused() {
    let failure = Failure::new(FailureKind::Auth);
    let context = Context {
        provider: "Anthropic",
        key_missing: true,
        ..Context::default()
    };
    assert_eq!(title(&failure, &context), "Anthropic needs a key");
    let sent = Context {
        key_missing: false,
        ..context
    };
    assert_eq!(title(&failure, &sent), "Anthropic did not accept the key");
}
