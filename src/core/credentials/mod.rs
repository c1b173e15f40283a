//! Credentials besides plain keys: what they look like, how long they are good
//! for, and what is odd about one.

mod aws;

pub use aws::{AwsFault, AwsKeys};

use super::{catalog::AuthKind, domain::ApiKey};

/// How long a credential is good for from its making on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// In minutes.
    pub minutes: u32,
    /// Whether it may end sooner.
    pub at_most: bool,
}

/// How long a credential is good for, by how it begins; `None` for one that
/// ends only when it is taken back, or whose kind is not known.
///
/// Google's and Entra's access tokens: about an hour. Bedrock's short-term keys
/// and sessions: twelve hours at most.
pub fn lifetime(key: &ApiKey) -> Option<Lifetime> {
    let text = key.expose();
    let begins = |prefix: &str| text.starts_with(prefix);
    if begins("ya29.") || begins("eyJ") {
        Some(Lifetime {
            minutes: 60,
            at_most: false,
        })
    } else if begins("bedrock-api-key-") || begins("ASIA") {
        Some(Lifetime {
            minutes: 12 * 60,
            at_most: true,
        })
    } else {
        None
    }
}

/// A credential that ends by itself, and since when it is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyAge {
    /// Minutes since it was entered; it may have been made earlier.
    pub minutes: u32,
    /// How long it is good for.
    pub lifetime: Lifetime,
}

impl KeyAge {
    /// The age of `key`, entered so many milliseconds ago; `None` where it does
    /// not end by itself.
    pub fn of(key: &ApiKey, entered_ms_ago: f64) -> Option<Self> {
        let lifetime = lifetime(key)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let minutes = (entered_ms_ago / 60_000.0).clamp(0.0, 1e6) as u32;
        Some(Self { minutes, lifetime })
    }

    /// Whether it must have ended by now.
    pub fn is_over(self) -> bool {
        self.minutes >= self.lifetime.minutes
    }
}

/// What is odd about a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// A service account's private key, which mints tokens and is none.
    ServiceAccount,
    /// The id of an access key, without its secret.
    AccessKeyId,
    /// It looks like a token, and is sent as one.
    Token,
    /// It does not look like a token, and is sent as a key.
    NotToken,
    /// It ends by itself.
    Ends(Lifetime),
}

impl Oddity {
    /// Whether it is of no use, so that it is not taken.
    pub fn refuses(self) -> bool {
        matches!(self, Self::ServiceAccount | Self::AccessKeyId)
    }
}

/// What is odd about a credential that was entered as one of that kind.
pub fn oddity(kind: AuthKind, key: &ApiKey) -> Option<Oddity> {
    let text = key.expose();
    if text.contains("private_key") || text.contains("BEGIN PRIVATE KEY") {
        return Some(Oddity::ServiceAccount);
    }
    if aws::is_key_id(text) {
        return Some(Oddity::AccessKeyId);
    }
    let is_token = text.starts_with("ya29.") || text.starts_with("eyJ");
    match kind {
        AuthKind::Key if is_token => Some(Oddity::Token),
        AuthKind::Token if !is_token => Some(Oddity::NotToken),
        AuthKind::Token => None,
        _ => lifetime(key).map(Oddity::Ends),
    }
}

/// The command that prints a token for this provider.
pub fn token_command(provider: &str) -> Option<&'static str> {
    if provider.starts_with("vertex") {
        Some("gcloud auth print-access-token")
    } else if provider.starts_with("azure") {
        Some(
            "az account get-access-token --scope https://ai.azure.com/.default --query accessToken --output tsv",
        )
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> ApiKey {
        ApiKey::new(text).unwrap()
    }

    #[test]
    fn what_ends_by_itself_is_known_by_how_it_begins() {
        let minutes = |text| lifetime(&key(text)).map(|life| (life.minutes, life.at_most));
        assert_eq!(minutes("ya29.a0Af"), Some((60, false)));
        assert_eq!(minutes("eyJ0eXAi.eyJhdWQi.sig"), Some((60, false)));
        assert_eq!(minutes("bedrock-api-key-YmVk"), Some((720, true)));
        assert_eq!(minutes("ASIAIOSFODNN7EXAMPLE:s:t"), Some((720, true)));
        for lasting in ["ABSKabc", "sk-proj-abc", "AIzaabc", "0123456789abcdef"] {
            assert_eq!(minutes(lasting), None, "{lasting}");
        }
    }

    #[test]
    fn an_age_counts_whole_minutes_and_ends_with_its_lifetime() {
        let age = |ms| KeyAge::of(&key("ya29.a"), ms).unwrap();
        assert_eq!(age(59_999.0).minutes, 0);
        assert!(!age(59.0 * 60_000.0).is_over());
        assert!(age(60.0 * 60_000.0).is_over());
        // A clock that was set back.
        assert_eq!(age(-5.0).minutes, 0);
        assert_eq!(KeyAge::of(&key("sk-a"), 1e9), None);
    }

    #[test]
    fn what_is_of_no_use_is_refused_and_the_rest_is_remarked_on() {
        let look = |kind, text: &str| oddity(kind, &key(text));
        let account = r#"{"type":"service_account","private_key":"-----BEGIN"#;
        assert_eq!(look(AuthKind::Token, account), Some(Oddity::ServiceAccount));
        assert_eq!(
            look(AuthKind::Key, "AKIAIOSFODNN7EXAMPLE"),
            Some(Oddity::AccessKeyId)
        );
        assert_eq!(look(AuthKind::Key, "eyJ0.eyJ1.s"), Some(Oddity::Token));
        assert_eq!(look(AuthKind::Token, "0123abcd"), Some(Oddity::NotToken));
        assert_eq!(look(AuthKind::Token, "ya29.abc"), None);
        assert_eq!(look(AuthKind::Key, "ABSKabc"), None);
        assert!(matches!(
            look(AuthKind::Key, "bedrock-api-key-abc"),
            Some(Oddity::Ends(_))
        ));
        let composed = "AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        assert_eq!(look(AuthKind::Key, composed), None);
        assert!(!Oddity::Token.refuses() && Oddity::AccessKeyId.refuses());
    }
}
