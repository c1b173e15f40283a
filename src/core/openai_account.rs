//! OpenAI's headers for keys that belong to several organisations or projects.

use super::domain::Origin;

/// The only origin that gets to see them.
pub const ORIGIN: &str = "https://api.openai.com";

/// For whom a request is made, as the person typed it. No secret.
#[derive(Debug, Clone, Copy)]
pub struct Account<'a> {
    /// E.g. `org-…`; blank for the key's own.
    pub organization: &'a str,
    /// E.g. `proj_…`; blank for the key's own.
    pub project: &'a str,
}

impl Account<'_> {
    /// The headers for a request to this origin: none for any other than
    /// OpenAI's own, where an unknown header makes a preflight fail.
    pub fn headers(self, origin: &Origin) -> Vec<(String, String)> {
        if origin.as_str() != ORIGIN {
            return Vec::new();
        }
        [
            ("openai-organization", self.organization),
            ("openai-project", self.project),
        ]
        .into_iter()
        .map(|(name, id)| (name, id.trim()))
        .filter(|(_, id)| is_id(id))
        .map(|(name, id)| (name.to_owned(), id.to_owned()))
        .collect()
    }
}

/// Whether a text can be such an id.
pub fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    (1..=128).contains(&text.len()) && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_openai_itself_gets_to_see_them() {
        let account = Account {
            organization: " org-1 ",
            project: "proj_2",
        };
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            account.headers(&Origin::new(ORIGIN)),
            [
                header("openai-organization", "org-1"),
                header("openai-project", "proj_2")
            ]
        );
        for other in [
            "https://api.openai.com:8443",
            "http://api.openai.com",
            "https://eu.api.openai.com",
            "https://openrouter.ai",
        ] {
            assert!(account.headers(&Origin::new(other)).is_empty(), "{other}");
        }
    }

    #[test]
    fn what_is_blank_or_no_id_is_not_sent() {
        for bad in ["", "  ", "org 1", "org-1\nx: y", "ö"] {
            let account = Account {
                organization: bad,
                project: "proj_2",
            };
            let sent = account.headers(&Origin::new(ORIGIN));
            assert_eq!(sent.len(), 1, "{bad:?}");
        }
    }
}
