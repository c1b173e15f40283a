//! The one type that holds a secret.

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
