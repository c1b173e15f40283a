//! Signing in with OpenRouter: a key without typing one (OAuth with PKCE).
//!
//! The page sends the person to the sign-in page with a challenge, gets a code
//! back in its own address, and exchanges code and verifier for a key. There is
//! no client id and no secret of ours. Where the page cannot be come back to,
//! the sign-in page shows the code and the person pastes it.
//!
//! Both addresses are made from the origin that the key will be bound to, so
//! that what holds for keys holds here: another origin needs consent first.

pub mod pkce;

pub use pkce::Pkce;

use super::{
    domain::{ApiKey, Failure, Origin},
    json,
    recipe::percent,
    wire::{
        Dialect, error,
        http::{AuthSlot, HttpRequest},
    },
};
use serde::{Deserialize, Serialize};

/// The provider row that one can sign in with.
pub const PROVIDER: &str = "openrouter";
/// How long a code can be exchanged, by the provider's documentation.
pub const CODE_MINUTES: u32 = 10;

/// From where the person went to sign in, to bring them back there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The first page, where panes of the provider open.
    Start,
    /// The picker for a new pane.
    NewPane,
    /// The picker for the pane with this place, from 0.
    Picker(usize),
    /// Settings.
    Settings,
    /// Anywhere else on the page.
    #[default]
    Page,
}

/// A sign-in on its way, kept in the tab's storage while the page is left. It
/// holds no key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Proves that the code was asked for here.
    pub verifier: String,
    /// Where the key will be bound to.
    pub origin: Origin,
    /// Whether the key is to be kept for the tab.
    pub keep: bool,
    /// Where the person was.
    #[serde(default)]
    pub place: Place,
    /// The fragment that the page had.
    #[serde(default)]
    pub fragment: String,
}

impl Pending {
    /// What was asked for.
    pub fn ask(&self) -> Ask {
        Ask {
            origin: self.origin.clone(),
            keep: self.keep,
            place: self.place,
        }
    }
}

/// What a person asks for with the button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Where the key will be bound to.
    pub origin: Origin,
    /// Whether the key is to be kept for the tab.
    pub keep: bool,
    /// Where the person is.
    pub place: Place,
}

/// The origin of the provider itself.
pub fn home() -> Origin {
    Origin::new("https://openrouter.ai")
}

/// Whether a sign-in may be offered for keys of this origin: OpenRouter's own,
/// or a server of this machine. Anybody else's could send people on to
/// OpenRouter's page and exchange the code for a key themselves.
pub fn is_offered_at(origin: &Origin) -> bool {
    let at = |host: &str| {
        let rest = origin.as_str().strip_prefix(host);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    };
    *origin == home() || at("http://localhost") || at("http://127.0.0.1")
}

/// The host of an origin, to be named to people.
pub fn host_of(origin: &Origin) -> &str {
    let text = origin.as_str();
    text.split_once("://").map_or(text, |(_, host)| host)
}

/// What the sign-in page gave back in our address.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// A code to exchange.
    Code(String),
    /// It was refused, by the person or by the provider: the word for it.
    Refused(String),
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(_) => f.write_str("Code(…)"),
            Self::Refused(word) => write!(f, "Refused({word})"),
        }
    }
}

/// Why there is no key.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// A code came, but what belongs to it is not here: the sign-in was begun
    /// in another tab, or the browser kept nothing.
    Stranger,
    /// The person, or the provider, said no: its word.
    Refused(String),
    /// The page was opened again without an answer.
    Unfinished,
    /// The code was not accepted: used, too old, or of another sign-in.
    Code,
    /// The provider answered with an error.
    Server(Failure),
    /// The answer held no key.
    NoKey,
    /// No answer reached the page; the code may still be good.
    Unreachable,
    /// The browser is offline; the code may still be good.
    Offline,
    /// The browser gives no randomness, so nothing can be proved.
    NoRandom,
}

impl Fault {
    /// Whether the same code may be exchanged once more.
    pub fn keeps_code(&self) -> bool {
        matches!(self, Self::Unreachable | Self::Offline)
    }
}

/// Whether the sign-in page can come back to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callback {
    /// By the documentation it can.
    Works,
    /// The documentation contradicts itself about this port.
    Doubtful,
    /// Only https and this machine are come back to.
    No,
}

/// Whether the sign-in page comes back to a page at `origin`. `is_local`: the
/// page came from this machine.
///
/// Documented are https and, on localhost, any port; the API's reference names
/// ports 443 and 3000 only.
pub fn callback(origin: &str, is_local: bool) -> Callback {
    if is_local {
        return Callback::Works;
    }
    let Some(rest) = origin.strip_prefix("https://") else {
        return Callback::No;
    };
    match rest.rsplit_once(':') {
        Some((_, port)) if port != "443" && port != "3000" && !port.ends_with(']') => {
            Callback::Doubtful
        }
        _ => Callback::Works,
    }
}

/// The address of the sign-in page. Without a callback it shows the code.
pub fn auth_url(origin: &Origin, callback: Option<&str>, challenge: &str) -> String {
    let back = callback.map_or_else(String::new, |url| {
        format!("callback_url={}&", percent::encode(url))
    });
    format!("{origin}/auth?{back}code_challenge={challenge}&code_challenge_method=S256")
}

/// The request that exchanges a code for a key. It carries no key itself.
pub fn exchange(origin: &Origin, code: &str, verifier: &str) -> HttpRequest {
    let body = serde_json::json!({
        "code": code,
        "code_verifier": verifier,
        "code_challenge_method": "S256",
    });
    HttpRequest {
        method: "POST",
        url: format!("{origin}/api/v1/auth/keys"),
        real_url: None,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        auth: AuthSlot::default(),
        body: body.to_string(),
    }
}

/// The key in the answer to [`exchange`], or why there is none.
pub fn read_key(status: u16, body: &[u8]) -> Result<ApiKey, Fault> {
    match status {
        200..300 => {
            let text = String::from_utf8_lossy(body);
            let value: serde_json::Value = json::parse(&text).unwrap_or_default();
            let key = value.get("key").and_then(serde_json::Value::as_str);
            key.and_then(ApiKey::new)
                .filter(ApiKey::is_sendable)
                .ok_or(Fault::NoKey)
        }
        403 => Err(Fault::Code),
        _ => Err(Fault::Server(error::classify(
            Dialect::OpenaiChat,
            status,
            &[],
            body,
        ))),
    }
}

/// The answer in a page's query, without `?`; `None` where it holds none.
pub fn answer_in(query: &str) -> Option<Answer> {
    let value = |wanted: &str| {
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, value)| *name == wanted && !value.is_empty())
            .map(|(_, value)| value.replace('+', " "))
            .map(|value| percent::decode(&value).unwrap_or(value))
    };
    match (value("code"), value("error")) {
        (Some(code), _) => Some(Answer::Code(code)),
        (None, Some(word)) => Some(Answer::Refused(word)),
        (None, None) => None,
    }
}

/// The code in what a person pasted: the code alone, or an address with it.
pub fn pasted_code(text: &str) -> Option<String> {
    let text = text.trim();
    let query = text.split_once('?').map_or(text, |(_, query)| query);
    let query = query.split('#').next().unwrap_or(query);
    match answer_in(query) {
        Some(Answer::Code(code)) => Some(code),
        _ => (!text.is_empty() && !text.contains(['?', '=', ' ', '\n'])).then(|| text.to_owned()),
    }
}

#[cfg(test)]
mod tests;
