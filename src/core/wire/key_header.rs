//! Which header takes the key, where the person says so: gateways and servers
//! of one's own have their habits.

/// A header for the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHeader {
    /// Its name in lower case.
    pub name: String,
    /// What stands before the key, with the space behind it.
    pub prefix: String,
}

/// Why a header cannot take a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyHeaderFault {
    /// No header has such a name.
    NotAName,
    /// Pages may not set it, or it is needed for something else.
    Reserved,
    /// What stands before the key has letters that no header takes.
    BadPrefix,
}

/// Names of which browsers keep the hand off, and those of the request itself.
const RESERVED: [&str; 18] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "te",
    "transfer-encoding",
    "upgrade",
];

impl KeyHeader {
    /// Reads `api-key`, or `Authorization: Token` with what stands before the
    /// key. `Authorization` alone means with `Bearer`.
    pub fn parse(text: &str) -> Result<Self, KeyHeaderFault> {
        let (name, prefix) = match text.split_once(':') {
            Some((name, prefix)) => (name, Some(prefix.trim())),
            None => (text, None),
        };
        let name = name.trim().to_ascii_lowercase();
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if name.is_empty() || !name.chars().all(is_token) {
            return Err(KeyHeaderFault::NotAName);
        }
        let is_reserved = RESERVED.contains(&name.as_str())
            || name.starts_with("proxy-")
            || name.starts_with("sec-");
        if is_reserved {
            return Err(KeyHeaderFault::Reserved);
        }
        let prefix = match prefix {
            None if name == "authorization" => "Bearer",
            None => "",
            Some(prefix) => prefix,
        };
        if !prefix.chars().all(|c| matches!(c, ' '..='~')) {
            return Err(KeyHeaderFault::BadPrefix);
        }
        let space = if prefix.is_empty() { "" } else { " " };
        Ok(Self {
            name,
            prefix: format!("{prefix}{space}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyHeader, KeyHeaderFault};

    #[test]
    fn a_header_is_read_with_what_stands_before_the_key() {
        for (text, name, prefix) in [
            ("api-key", "api-key", ""),
            (" X-Api-Key ", "x-api-key", ""),
            ("Authorization", "authorization", "Bearer "),
            ("Authorization: Token", "authorization", "Token "),
            ("Authorization:", "authorization", ""),
            ("x-portkey-api-key:", "x-portkey-api-key", ""),
        ] {
            let read = KeyHeader::parse(text).unwrap();
            assert_eq!(
                (read.name.as_str(), read.prefix.as_str()),
                (name, prefix),
                "{text}"
            );
        }
    }

    #[test]
    fn headers_that_no_page_may_set_are_refused() {
        for (text, fault) in [
            ("", KeyHeaderFault::NotAName),
            ("api key", KeyHeaderFault::NotAName),
            ("schlüssel", KeyHeaderFault::NotAName),
            ("Cookie", KeyHeaderFault::Reserved),
            ("sec-fetch-site", KeyHeaderFault::Reserved),
            ("content-type", KeyHeaderFault::Reserved),
            ("authorization: a\nb", KeyHeaderFault::BadPrefix),
        ] {
            assert_eq!(KeyHeader::parse(text), Err(fault), "{text}");
        }
    }
}
