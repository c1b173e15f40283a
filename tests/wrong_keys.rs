//! What each provider answers to a wrong key becomes the sentence that says so.
//! The replies of `tests/fixtures/errors/wrong-keys.json` are made by hand in the
//! shapes that documentation and reports show.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "the exceptions for tests cover only functions marked as tests"
)]

use serde_json::Value;
use touchstone::{
    core::{
        catalog::Catalog,
        domain::{BlockCause, Failure, FailureKind},
        wire::{
            blocked::{Situation, candidates},
            error::classify,
        },
    },
    words::failure::{Context, Explanation, explain},
};

fn replies() -> Vec<Value> {
    let text = include_str!("fixtures/errors/wrong-keys.json");
    serde_json::from_str(text).unwrap()
}

fn explained(name: &str, failure: &Failure) -> Explanation {
    let context = Context {
        provider: name,
        host: "h.example",
        ..Context::default()
    };
    explain(failure, &context)
}

#[test]
fn a_wrong_key_is_called_that_whatever_the_provider_says() {
    for reply in replies() {
        let id = reply["provider"].as_str().unwrap();
        let row = Catalog::builtin().provider(&id.into()).unwrap();
        let status = u16::try_from(reply["status"].as_u64().unwrap()).unwrap();
        let body = &reply["body"];
        let body = body
            .as_str()
            .map_or_else(|| body.to_string(), str::to_owned);
        for api in &row.apis {
            let failure = classify(api.dialect, status, &[], body.as_bytes());
            assert_eq!(
                failure.kind,
                FailureKind::Auth,
                "{id} {:?}: {body}",
                api.api
            );
            let explained = explained(&row.name, &failure);
            assert_eq!(
                explained.title,
                format!("{} did not accept the key", row.name)
            );
            assert!(explained.suggests_key && explained.quote.is_some(), "{id}");
        }
        assert_eq!(
            row.hides_status.contains(&status),
            reply["hidden"] == true,
            "{id}"
        );
    }
}

#[test]
fn a_wrong_key_whose_answer_reaches_no_page_is_the_first_guess() {
    for reply in replies().iter().filter(|reply| reply["hidden"] == true) {
        let id = reply["provider"].as_str().unwrap();
        let row = Catalog::builtin().provider(&id.into()).unwrap();
        let causes = candidates(&Situation {
            page_is_https: true,
            target_is_known: true,
            key_sent: true,
            hides_unauthorized: row.hides_status.contains(&401),
            ..Situation::default()
        });
        assert_eq!(causes.first(), Some(&BlockCause::WrongKey), "{id}");
        let explained = explained(&row.name, &Failure::new(FailureKind::Blocked(causes)));
        assert!(
            explained.suggests_key && explained.causes[0].text.contains(&row.name),
            "{id}"
        );
    }
}

#[test]
fn no_provider_that_takes_a_key_is_left_out() {
    let replies = replies();
    for row in Catalog::builtin()
        .providers
        .iter()
        .filter(|row| row.takes_key())
    {
        let has_one = replies
            .iter()
            .any(|reply| reply["provider"] == row.id.as_str());
        assert!(has_one, "{} has no reply to a wrong key", row.id);
    }
}
