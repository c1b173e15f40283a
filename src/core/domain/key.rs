//! The one type that holds a secret.

/// A part of a key that is shorter than this may be a word of any text.
const SHORTEST_PART: usize = 12;

/// A provider key. It cannot be displayed or serialised, and `Debug` redacts
/// it, so that it reaches no log, export or error by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

impl ApiKey {
    /// Wraps what the person typed, without surrounding white space. `None`
    /// where nothing is left.
    pub fn new(typed: &str) -> Option<Self> {
        let text = typed.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// Whether it can stand in an HTTP header: visible ASCII only.
    pub fn is_sendable(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }

    /// `text` with every occurrence of the secret struck out; some providers
    /// quote the key in their error. Of a key of several parts
    /// (`ID:SECRET:TOKEN`) each is struck out, too short ones aside: AWS quotes
    /// the token alone.
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.replace(&self.0, "…");
        for part in self.0.split(':').map(str::trim) {
            if part.len() >= SHORTEST_PART && part.len() < self.0.len() {
                text = text.replace(part, "…");
            }
        }
        text
    }

    /// The secret, for the request header and the tab's storage only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_never_printed() {
        let key = ApiKey::new(" sk-secret-123 ").unwrap();
        assert_eq!(format!("{key:?}"), "ApiKey(…)");
        assert_eq!(key.redact("bad key sk-secret-123!"), "bad key …!");
    }

    #[test]
    fn each_part_of_a_key_is_struck_out() {
        let key = ApiKey::new("AKIAIOSFODNN7EXAMPLE:secret/secret/secret:AQoDYXdzEPT==").unwrap();
        assert_eq!(
            key.redact("x-amz-security-token:AQoDYXdzEPT== by AKIAIOSFODNN7EXAMPLE"),
            "x-amz-security-token:… by …"
        );
        let key = ApiKey::new("host:secret-secret").unwrap();
        assert_eq!(key.redact("the host said secret-secret"), "the host said …");
    }

    #[test]
    fn white_space_alone_is_no_key_and_line_breaks_cannot_be_sent() {
        assert_eq!(ApiKey::new(" \n "), None);
        assert!(!ApiKey::new("a\nb").unwrap().is_sendable());
        assert!(!ApiKey::new("schlüssel").unwrap().is_sendable());
        assert!(ApiKey::new("sk-abc_1").unwrap().is_sendable());
    }
}
