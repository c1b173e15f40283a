//! HTTP as plain data. The key is not part of it: the browser layer adds it as
//! the header that [`AuthSlot`] names, after checking the origin.

/// How a provider takes its key.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
pub struct AuthSlot {
    /// Header name, e.g. `authorization`.
    pub header: String,
    /// What stands before the key, e.g. `Bearer `.
    pub prefix: String,
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
