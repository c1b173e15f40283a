//! What signs: an access key's id, its secret, and the token of a session.

/// Keys of AWS, as one text `ACCESS_KEY_ID:SECRET[:SESSION_TOKEN]`. `Debug`
/// shows nothing of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub(super) access_key_id: String,
    pub(super) secret: String,
    pub(super) session_token: Option<String>,
}

/// Why a text is no such keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialFault {
    /// The id has other characters than letters and digits, or is too short.
    AccessKeyId,
    /// Only an id, without its secret.
    SecretMissing,
    /// A secret with characters that none has.
    Secret,
    /// The id is that of a session, whose token is missing.
    SessionTokenMissing,
    /// A token with characters that none has, or more than three parts.
    SessionToken,
}

/// How ids begin: of a person's key, and of a session's.
const LASTING: &str = "AKIA";
const TEMPORARY: &str = "ASIA";
/// The shortest id that is taken; AWS has them of 16 characters and more, the
/// published test vectors shorter ones.
const SHORTEST_ID: usize = 8;

impl Credentials {
    /// The keys in a text, or `None` where it is another kind of key, such as
    /// one that is sent as it is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text).ok()
    }

    /// Whether somebody meant such keys, be they whole or not. Bedrock's other
    /// keys hold no colon.
    pub fn is_meant(text: &str) -> bool {
        let text = text.trim();
        text.contains(':') || [LASTING, TEMPORARY].iter().any(|id| text.starts_with(id))
    }

    /// The same with the reason. White space around each part is dropped.
    pub fn read(text: &str) -> Result<Self, CredentialFault> {
        let mut parts = text.trim().splitn(3, ':').map(str::trim);
        let id = parts.next().unwrap_or_default();
        let secret = parts.next().unwrap_or_default();
        let token = parts.next().filter(|token| !token.is_empty());
        let plain = |byte: u8| byte.is_ascii_alphanumeric();
        // Secrets and tokens are Base64, in one alphabet or the other.
        let coded = |text: &str| {
            text.bytes()
                .all(|byte| plain(byte) || b"+/=-_".contains(&byte))
        };
        if id.len() < SHORTEST_ID || !id.bytes().all(plain) {
            return Err(CredentialFault::AccessKeyId);
        }
        if secret.is_empty() {
            return Err(CredentialFault::SecretMissing);
        }
        if !coded(secret) {
            return Err(CredentialFault::Secret);
        }
        if !token.is_none_or(coded) {
            return Err(CredentialFault::SessionToken);
        }
        if token.is_none() && id.starts_with(TEMPORARY) {
            return Err(CredentialFault::SessionTokenMissing);
        }
        Ok(Self {
            access_key_id: id.to_owned(),
            secret: secret.to_owned(),
            session_token: token.map(str::to_owned),
        })
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(…)")
    }
}
