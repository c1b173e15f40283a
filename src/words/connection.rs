//! What a test of a connection found, and what is said about relays.

use super::failure::{Context, Explanation, explain as explain_failure};
use crate::core::{
    domain::{Failure, FailureKind},
    wire::diagnosis::{Diagnosis, ProbeCall},
};

/// Words about connections.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct ConnectionWords {
    pub heading: &'static str,
    pub hint: &'static str,
    pub provider: &'static str,
    pub address: &'static str,
    pub placeless: fn(&str) -> String,
    pub relay: &'static str,
    pub straight: fn(&str) -> String,
    pub relayed: fn(&str, &str) -> String,
    pub in_clear: fn(&str) -> String,
    pub set: fn(&str, &str) -> String,
    pub set_refused: fn(&str, &str) -> String,
    pub remove: &'static str,
    pub removed: fn(&str) -> String,
    pub not_stored: &'static str,
    pub test: &'static str,
    pub testing: &'static str,
    pub cost: &'static str,
    pub find: &'static str,
    pub start_relay: fn(&str, &str, Option<u16>) -> String,
    pub get_caddy: &'static str,
    pub relay_file: &'static str,
    pub relay_needed: fn(&str) -> String,
    pub use_relay: fn(&str) -> String,
    pub set_up_relay: &'static str,
    pub explain: fn(&Diagnosis, &Context<'_>) -> Explanation,
}

/// English.
pub const EN: ConnectionWords = ConnectionWords {
    heading: "Connections",
    hint: "Some providers let no page call them. A relay on your own machine reaches them: the picker shows the command that starts one where it is needed. A relay sees the key and what you send, so use none but your own.",
    provider: "Provider",
    address: "Address",
    placeless: |name| {
        format!(
            "{name} has no address of its own: it depends on your resource, region or project. Choose it as the model of a pane, and its connection can be tested here."
        )
    },
    relay: "Address of the relay, or nothing to go straight",
    straight: |host| format!("Requests go straight to {host}."),
    relayed: |host, relay| {
        format!(
            "Requests to {host} go through {relay}, and the key is asked for anew: it is bound to where it is sent."
        )
    },
    in_clear: |relay| {
        format!(
            "{relay} is another machine and called over http: the key would cross the network readable."
        )
    },
    set: |name, relay| format!("{name} goes through {relay}"),
    set_refused: |name, relay| format!("{name}: {relay} is no relay’s address"),
    remove: "Remove",
    removed: |name| format!("{name} goes straight again"),
    not_stored: "The browser does not keep this: it holds until the page closes.",
    test: "Test connection",
    testing: "Testing",
    cost: "The test asks for an answer of a few tokens, which costs next to nothing and stands on your bill.",
    find: "Find local servers",
    start_relay,
    get_caddy: "Get Caddy",
    relay_file: "Read what it is told to do",
    relay_needed: |name| {
        format!(
            "{name} most likely lets no page call it. A relay on your own machine reaches it. Install Caddy, a web server, then run this in a terminal and leave it running. The key comes after, since it is bound to where it is sent."
        )
    },
    use_relay: |address| format!("It runs: use {address}"),
    set_up_relay: "Set up a relay",
    explain,
};

/// Fetches the relay's configuration from beside the page, and starts it for this
/// page alone. Needs no more than Caddy.
fn start_relay(file: &str, page: &str, port: Option<u16>) -> String {
    // The origin is a regular expression there.
    let mut origin = String::new();
    for sign in page.chars() {
        if matches!(sign, '.' | '[' | ']') {
            origin.push('\\');
        }
        origin.push(sign);
    }
    let port = port.map_or_else(String::new, |port| format!("RELAY_PORT={port} "));
    format!(
        "curl -fO {file} && {port}RELAY_ORIGINS='{origin}' caddy run --config Caddyfile --adapter caddyfile"
    )
}

fn explain(diagnosis: &Diagnosis, context: &Context<'_>) -> Explanation {
    let host = context.host;
    let provider = context.provider;
    let (title, text) = match diagnosis {
        Diagnosis::Refused(failure) => {
            return explain_failure(failure, context);
        }
        Diagnosis::NotSent(refusals) => {
            return explain_failure(
                &Failure::new(FailureKind::BadRequest),
                &Context {
                    refusals,
                    ..*context
                },
            );
        }
        Diagnosis::Unreadable { causes, answers } => {
            let blocked = Failure::new(FailureKind::Blocked(causes.clone()));
            let explained = explain_failure(&blocked, context);
            let text = match (answers, causes.len()) {
                (Some(true), _) => "Something answers there, but browsers keep the answer from this page. Most likely:",
                (_, 1) => "Browsers do not say why. Most likely:",
                (Some(false), _) => "Nothing answered a plain request either. In order of likelihood:",
                (None, _) => return explained,
            };
            return Explanation {
                text: text.to_owned(),
                ..explained
            };
        }
        Diagnosis::NotApproved => (
            format!("{host} was not allowed yet"),
            "This address came with the link. Allow it first; nothing was sent.".to_owned(),
        ),
        Diagnosis::KeyMissing => (
            format!("{provider} needs a key"),
            format!("Enter one, then test again. It is sent only to {host}; nothing was sent so far."),
        ),
        Diagnosis::Works {
            call,
            models,
            with_key,
        } => (format!("{provider} answers"), works(*call, *models, *with_key)),
        Diagnosis::WrongPath { html: true, .. } => (
            "A web page came instead of an answer".to_owned(),
            format!("{host} is there, but this is not its API. Check the base URL: most end in /v1. It may also be a login or an error page."),
        ),
        Diagnosis::WrongPath { status, .. } => (
            format!("{host} has nothing at that path"),
            format!("It answered with {status}. Check the base URL: most end in /v1."),
        ),
        Diagnosis::RelayRefuses => (
            "The relay does not list this host".to_owned(),
            "Stop it and start it again with RELAY_HOSTS='the\\.host' before the command, or in the project’s folder with make relay HOSTS=the.host.".to_owned(),
        ),
        Diagnosis::RelayCannotReach => (
            "The relay could not reach the provider".to_owned(),
            "The relay answers, but there was no connection from it to the provider. Check the network, the region and the host’s name.".to_owned(),
        ),
        Diagnosis::Silent => (
            "Nothing came".to_owned(),
            format!("{host} took the request and did not answer for 20 seconds. If the browser asks for a permission, answer it and test again."),
        ),
    };
    Explanation {
        title,
        text,
        ..Explanation::default()
    }
}

fn works(call: ProbeCall, models: Option<usize>, with_key: bool) -> String {
    let mut text = match (call, models) {
        (ProbeCall::Models, Some(1)) => "Its list came, with one model.".to_owned(),
        (ProbeCall::Models, Some(count)) => format!("Its list came, with {count} models."),
        (ProbeCall::Models, None) => "Its list came.".to_owned(),
        (ProbeCall::Key, _) => "It knows the key.".to_owned(),
        (ProbeCall::OneToken, _) => "It answered with a few tokens.".to_owned(),
    };
    if call == ProbeCall::Models {
        text.push_str(if with_key {
            " The key went along and was not refused."
        } else {
            " No key went along."
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{catalog::LocalLine, domain::BlockCause};

    fn line(text: &str) -> LocalLine {
        LocalLine {
            server: "Ollama".to_owned(),
            text: text.to_owned(),
            is_switch: false,
        }
    }

    fn context() -> Context<'static> {
        Context {
            provider: "P",
            host: "h.example",
            page_origin: "https://page.example",
            ..Context::default()
        }
    }

    #[test]
    fn every_diagnosis_has_a_title_and_says_what_to_do() {
        let all = [
            Diagnosis::NotApproved,
            Diagnosis::KeyMissing,
            Diagnosis::NotSent(vec![crate::core::wire::request::Refusal::ModelMissing]),
            Diagnosis::Works {
                call: ProbeCall::Models,
                models: Some(3),
                with_key: true,
            },
            Diagnosis::Refused(Failure::new(FailureKind::Auth)),
            Diagnosis::WrongPath {
                status: 404,
                html: false,
            },
            Diagnosis::WrongPath {
                status: 200,
                html: true,
            },
            Diagnosis::RelayRefuses,
            Diagnosis::RelayCannotReach,
            Diagnosis::Silent,
            Diagnosis::Unreadable {
                causes: vec![BlockCause::Cors],
                answers: Some(true),
            },
        ];
        for diagnosis in &all {
            let explained = explain(diagnosis, &context());
            assert!(!explained.title.is_empty(), "{diagnosis:?}");
            assert!(explained.text.ends_with(['.', ':']), "{explained:?}");
        }
    }

    #[test]
    fn a_server_that_answers_unseen_is_not_said_to_be_down() {
        let diagnosis = Diagnosis::Unreadable {
            causes: vec![BlockCause::Cors],
            answers: Some(true),
        };
        let settings = [line("OLLAMA_ORIGINS=https://page.example")];
        let explained = explain(
            &diagnosis,
            &Context {
                local_settings: &settings,
                ..context()
            },
        );
        assert!(explained.text.starts_with("Something answers there"));
        assert_eq!(explained.causes.len(), 1);
        assert_eq!(explained.causes[0].lines, settings);
    }

    #[test]
    fn the_command_that_starts_a_server_is_given() {
        let starts = [line("ollama serve")];
        let diagnosis = Diagnosis::Unreadable {
            causes: vec![BlockCause::ServerDown, BlockCause::Cors],
            answers: Some(false),
        };
        let explained = explain(
            &diagnosis,
            &Context {
                local_starts: &starts,
                ..context()
            },
        );
        assert_eq!(explained.causes[0].lines, starts);
    }

    #[test]
    fn the_command_that_starts_a_relay_has_its_port() {
        let start = |port| {
            let file = "https://page.example/relay/Caddyfile";
            (EN.start_relay)(file, "https://page.example", port)
        };
        assert_eq!(
            start(Some(8790)),
            "curl -fO https://page.example/relay/Caddyfile && RELAY_PORT=8790 RELAY_ORIGINS='https://page\\.example' caddy run --config Caddyfile --adapter caddyfile"
        );
        assert!(!start(None).contains("PORT"));
    }

    #[test]
    fn an_answer_without_a_key_proves_no_key() {
        assert!(works(ProbeCall::Models, Some(1), false).contains("No key went along"));
    }
}
