//! The address under which a link is opened.

use crate::core::{recipe::host::private_host, wire::endpoint};

/// The address of a page, without query and fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    address: String,
    private: Option<String>,
    plain: bool,
}

/// Why something is no address of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BaseFault {
    /// Nothing was given.
    Empty,
    /// It begins neither with `https://` nor with `http://`.
    Scheme,
    /// A name or a password before the host.
    Credentials,
    /// Its host or path is not one.
    NotAnAddress,
}

impl Base {
    /// Reads what was typed or what the page is at. What follows a `?` or a `#`
    /// is left out, and a missing path is `/`.
    pub fn read(typed: &str) -> Result<Self, BaseFault> {
        let typed = typed.trim();
        let bare = typed.split(['#', '?']).next().unwrap_or_default();
        if bare.is_empty() {
            return Err(BaseFault::Empty);
        }
        let (scheme, rest) = bare.split_once("://").ok_or(BaseFault::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        let plain = scheme == "http";
        if !plain && scheme != "https" {
            return Err(BaseFault::Scheme);
        }
        let (host, path) = match rest.split_once('/') {
            Some((host, path)) => (host, path),
            None => (rest, ""),
        };
        if host.contains('@') {
            return Err(BaseFault::Credentials);
        }
        let is_path = |c: char| c.is_ascii_alphanumeric() || "-._~!$'()*,;:@%/".contains(c);
        if !path.chars().all(is_path) {
            return Err(BaseFault::NotAnAddress);
        }
        let origin = endpoint::origin_of(&format!("{scheme}://{host}/"));
        let origin = origin.ok_or(BaseFault::NotAnAddress)?;
        let address = format!("{origin}/{path}");
        Ok(Self {
            private: private_host(&address),
            address,
            plain,
        })
    }

    /// It as text.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// The host, where other people cannot reach it.
    pub fn private_host(&self) -> Option<&str> {
        self.private.as_deref()
    }

    /// Whether it goes by http: browsers then have no cryptography for a page,
    /// so a link with a passphrase does not open there.
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// The address of a fragment, which may begin with its `#`.
    pub fn with_fragment(&self, fragment: &str) -> String {
        let fragment = fragment.trim_start_matches('#');
        format!("{}#{fragment}", self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::{Base, BaseFault};

    #[test]
    fn an_address_loses_what_is_not_the_page() {
        for (typed, address) in [
            ("https://touch.example", "https://touch.example/"),
            (" https://touch.example/app/ ", "https://touch.example/app/"),
            (
                "https://touch.example/a/index.html?x=1#prompt=y",
                "https://touch.example/a/index.html",
            ),
            ("HTTPS://Touch.Example:443/A", "https://touch.example/A"),
            ("http://192.168.1.5:8080/", "http://192.168.1.5:8080/"),
        ] {
            assert_eq!(
                Base::read(typed).map(|base| base.as_str().to_owned()),
                Ok(address.to_owned()),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_no_address_says_why() {
        for (typed, fault) in [
            ("", BaseFault::Empty),
            ("#prompt=x", BaseFault::Empty),
            ("touch.example", BaseFault::Scheme),
            ("file:///home/me/index.html", BaseFault::Scheme),
            ("javascript://x", BaseFault::Scheme),
            ("https://me:secret@touch.example/", BaseFault::Credentials),
            ("https://", BaseFault::NotAnAddress),
            ("https://a b/", BaseFault::NotAnAddress),
            ("https://a.example/\"><script>", BaseFault::NotAnAddress),
        ] {
            assert_eq!(Base::read(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn private_hosts_and_plain_http_are_told() {
        let base = Base::read("http://127.0.0.1:8080/").unwrap();
        assert_eq!(base.private_host(), Some("127.0.0.1"));
        assert!(base.is_plain());
        let base = Base::read("https://touch.example/").unwrap();
        assert_eq!(base.private_host(), None);
        assert!(!base.is_plain());
        assert_eq!(base.with_fragment("#c=abc"), "https://touch.example/#c=abc");
    }
}
