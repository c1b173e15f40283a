//! HTTP as plain data. The key is not part of it: the browser layer adds it as
//! the header that [`AuthSlot`] names, after checking the origin.

use crate::core::{domain::ApiKey, strict::row};

row! {
    /// How a provider takes its key.
    #[derive(Default, PartialEq, Eq)]
    pub struct AuthSlot {
        /// Header name, e.g. `authorization`.
        pub header: String,
        /// What stands before the key, e.g. `Bearer `.
        pub prefix: String,
        /// Other places, for keys that begin in a certain way: the first match
        /// counts.
        pub by_key: Vec<AuthByKey> = Vec::new(),
        /// For whom requests are signed, where the provider also takes keys that
        /// sign instead of being sent.
        pub sigv4: Option<SigningScope> = None,
    }
}

row! {
    /// For whom a signature is made.
    #[derive(PartialEq, Eq)]
    pub struct SigningScope {
        /// The service's name in signatures, e.g. `bedrock`.
        pub service: String,
        /// The region, where the host does not name one.
        pub region: String,
    }
}

row! {
    /// Where keys of a certain kind go.
    #[derive(Default, PartialEq, Eq)]
    pub struct AuthByKey {
        /// How such a key begins, e.g. `eyJ` for a token of Entra.
        pub begins: String,
        /// Header name.
        pub header: String,
        /// What stands before the key.
        pub prefix: String,
    }
}

impl AuthSlot {
    /// The slot for this very key: without alternatives.
    #[must_use]
    pub fn of_key(self, key: &ApiKey) -> Self {
        let mut others = self.by_key.iter();
        let found = others.find(|other| key.expose().starts_with(&other.begins));
        let Some(AuthByKey { header, prefix, .. }) = found.cloned() else {
            return Self {
                by_key: Vec::new(),
                ..self
            };
        };
        Self {
            header,
            prefix,
            by_key: Vec::new(),
            ..self
        }
    }
}

/// A request without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Absolute URL.
    pub url: String,
    /// The URL that a relay passes it on to, which signatures are made for;
    /// `None` where it is `url`.
    pub real_url: Option<String>,
    /// Exactly the headers that are sent, the key's aside.
    pub headers: Vec<(String, String)>,
    /// Where the key goes, if there is one.
    pub auth: AuthSlot,
    /// JSON body; empty for `GET`.
    pub body: String,
}

/// The head of a reply, as far as a page may read it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseHead {
    /// HTTP status.
    pub status: u16,
    /// Readable headers, names in lower case.
    pub headers: Vec<(String, String)>,
}

impl ResponseHead {
    /// A header's value, by lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}
