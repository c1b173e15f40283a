//! What is said about signing in, and why it did not work.

use super::failure;
use crate::core::{
    domain::Failure,
    signin::{CODE_MINUTES, Callback, Fault},
};

/// Words of the sign-in.
#[derive(Debug, Clone, Copy)]
#[expect(
    missing_docs,
    reason = "each field is named after the place where it is shown"
)]
pub struct SignInWords {
    pub lead: fn(&str) -> String,
    pub losses: fn(bool, usize) -> String,
    pub callback: fn(Callback) -> Option<&'static str>,
    pub go: fn(&str) -> String,
    pub go_anyway: &'static str,
    pub use_code: &'static str,
    pub leaving: fn(&str) -> String,
    pub code_open: fn(&str) -> String,
    pub code_agree: &'static str,
    pub code_paste: &'static str,
    pub code_label: &'static str,
    pub code_finish: &'static str,
    pub code_bad: &'static str,
    pub exchanging: fn(&str) -> String,
    pub again: &'static str,
    pub anew: &'static str,
    pub done: fn(&str) -> String,
    pub unfinished: &'static str,
    pub fault: fn(&Fault, &str) -> SignInFault,
}

/// Why there is no key, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInFault {
    /// What happened.
    pub title: String,
    /// What to do.
    pub text: String,
    /// The provider's own words.
    pub quote: Option<String>,
}

/// English.
pub const EN: SignInWords = SignInWords {
    lead: |host| {
        format!(
            "{host} asks you to agree, makes a key for this page and sends you back. The key is treated like one that you typed: it goes only to {host}."
        )
    },
    losses,
    callback: |callback| match callback {
        Callback::Works => None,
        Callback::Doubtful => Some(
            "OpenRouter’s documentation does not agree with itself on whether it sends people back to a page with this port. If it refuses, use a code.",
        ),
        Callback::No => Some(
            "OpenRouter sends people back only to pages on https or on this machine. This page is neither, so a code is the way.",
        ),
    },
    go: |host| format!("Go to {host}"),
    go_anyway: "Leave and sign in",
    use_code: "Use a code instead",
    leaving: |host| format!("Going to {host}"),
    code_open: |host| format!("Open {host} in a new tab"),
    code_agree: "Agree there. It then shows a code.",
    code_paste: "Copy the code and paste it here. It works once and for ten minutes.",
    code_label: "Code",
    code_finish: "Finish",
    code_bad: "This does not look like a code. Copy it again, whole and alone.",
    exchanging: |host| format!("Exchanging the code for a key at {host}"),
    again: "Try again",
    anew: "Sign in again",
    done: |host| format!("Signed in. The key for {host} is here; Settings forgets it"),
    unfinished: "The sign-in was not finished; no key came",
    fault,
};

fn losses(answers: bool, keys: usize) -> String {
    let keys = match keys {
        0 => None,
        1 => Some("the key that is only in memory".to_owned()),
        keys => Some(format!("the {keys} keys that are only in memory")),
    };
    let answers = answers.then(|| "the answers that are shown".to_owned());
    let both: Vec<String> = [answers, keys].into_iter().flatten().collect();
    format!(
        "Signing in leaves this page and comes back. That loses {}. Prompts, panes and settings are kept. A code keeps everything, as the page stays open.",
        both.join(" and ")
    )
}

fn fault(fault: &Fault, host: &str) -> SignInFault {
    let mut quote = None;
    let (title, text) = match fault {
        Fault::Stranger => (
            "This sign-in was not begun in this tab".to_owned(),
            "A code came with the address, but what belongs to it is not here: the sign-in was begun in another tab, or the browser kept nothing. Sign in again here. No key was made.".to_owned(),
        ),
        Fault::Refused(word) => {
            quote = Some(word.clone());
            (
                "The sign-in was declined".to_owned(),
                format!("{host} sent you back without a code. If that was not meant, sign in again. No key was made."),
            )
        }
        Fault::Unfinished => (
            "The sign-in was not finished".to_owned(),
            "No code came back. Sign in again.".to_owned(),
        ),
        Fault::Code => (
            format!("{host} did not accept the code"),
            format!("A code works once, for {CODE_MINUTES} minutes, and only for the sign-in that asked for it. Sign in again for a new one."),
        ),
        Fault::Server(failure) => {
            quote = Some(quote_of(failure));
            (
                format!("{host} did not make a key"),
                "It answered with an error. Sign in again; if it stays so, make a key on its website and paste that.".to_owned(),
            )
        }
        Fault::NoKey => (
            format!("The answer of {host} held no key"),
            "It is not of the expected kind. Sign in again; if it stays so, make a key on its website and paste that.".to_owned(),
        ),
        Fault::Unreachable => (
            format!("No answer from {host} reached this page"),
            format!("A blocker, a proxy or the network may be in between. Try again: the code is good for {CODE_MINUTES} minutes."),
        ),
        Fault::Offline => (
            "This page is offline".to_owned(),
            format!("Try again when the network is back: the code is good for {CODE_MINUTES} minutes."),
        ),
        Fault::NoRandom => (
            "This browser cannot sign in".to_owned(),
            "It gives no random numbers, without which a sign-in is not safe. Paste a key instead.".to_owned(),
        ),
    };
    SignInFault { title, text, quote }
}

fn quote_of(failure: &Failure) -> String {
    let status = failure.status.map(|status| status.to_string());
    let words = [status, failure.detail.clone()];
    let words: Vec<String> = words.into_iter().flatten().collect();
    if words.is_empty() {
        failure::short_title(failure)
    } else {
        words.join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::signin::read_key;

    #[test]
    fn what_would_be_lost_is_named_and_nothing_else() {
        let both = losses(true, 2);
        assert!(both.contains("the answers that are shown and the 2 keys"));
        assert!(!losses(true, 0).contains("key"));
        assert!(!losses(false, 1).contains("answers"));
    }

    #[test]
    fn each_fault_says_what_to_do_next() {
        let faults = [
            Fault::Stranger,
            Fault::Refused("access_denied".to_owned()),
            Fault::Unfinished,
            Fault::Code,
            Fault::NoKey,
            Fault::Unreachable,
            Fault::Offline,
            Fault::NoRandom,
        ];
        for one in faults {
            let said = fault(&one, "openrouter.ai");
            let acts = ["Sign in again", "sign in again", "Try again", "Paste a key"];
            assert!(acts.iter().any(|act| said.text.contains(act)), "{one:?}");
        }
    }

    #[test]
    fn a_server_is_quoted() {
        let Err(one) = read_key(400, br#"{"error":{"message":"Invalid method"}}"#) else {
            panic!("a 400 holds no key");
        };
        let said = fault(&one, "openrouter.ai");
        assert_eq!(said.quote.as_deref(), Some("400 · Invalid method"));
    }
}
