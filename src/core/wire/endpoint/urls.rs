//! The addresses of an endpoint, and where its key goes.

use super::Endpoint;
use crate::core::{catalog::Provider, domain::ModelId, wire::http::AuthSlot};

impl Endpoint {
    /// Where the key goes.
    pub fn auth(&self, provider: &Provider) -> AuthSlot {
        let of_row = provider.auth_of(Some(self.api));
        match &self.key_header {
            Some(header) => AuthSlot {
                header: header.name.clone(),
                prefix: header.prefix.clone(),
                ..AuthSlot::default()
            },
            None => of_row.clone(),
        }
    }

    /// The URL that is called for this model.
    pub fn url(&self, model: &ModelId) -> String {
        self.routed(self.real_url(model))
    }

    /// The same for people, where no model may be chosen yet: `…` stands for
    /// its id then.
    pub fn url_shown(&self, model: &ModelId) -> String {
        const OPEN: &str = "no-model-yet";
        if model.as_str().is_empty() {
            return self.url(&ModelId::new(OPEN)).replace(OPEN, "…");
        }
        self.url(model)
    }

    /// The provider's own URL for this model, relay or not.
    pub fn real_url(&self, model: &ModelId) -> String {
        let id = model.as_str();
        let id = id.strip_prefix("models/").unwrap_or(id);
        let mut others = self.other_paths.iter();
        let path = others
            .find(|other| other.serves(id))
            .map(|other| &other.path);
        let path = path.unwrap_or(&self.path);
        self.url_at(path, model)
    }

    /// The provider's own URL of another path for this model.
    pub(in crate::core::wire) fn url_at(&self, path: &str, model: &ModelId) -> String {
        let id = model.as_str();
        let id = id.strip_prefix("models/").unwrap_or(id);
        self.joined(&path.replace("{model}", &percent_encode(id)))
    }

    /// A path of the provider's behind the base. What the base has in its query
    /// wins over what the path has.
    pub(in crate::core::wire) fn joined(&self, path: &str) -> String {
        let (base, kept) = self
            .base_url
            .split_once('?')
            .unwrap_or((&self.base_url, ""));
        let (path, own) = path.split_once('?').unwrap_or((path, ""));
        let is_kept = |pair: &&str| {
            let name = name_of(pair);
            kept.split('&').any(|other| name_of(other) == name)
        };
        let own = own.split('&').filter(|pair| !is_kept(pair));
        let is_header = |pair: &&str| {
            let mut headers = self.headers.iter();
            headers.any(|(name, _)| name == name_of(pair))
        };
        let query: Vec<_> = own
            .chain(kept.split('&'))
            .filter(|pair| !pair.is_empty() && !is_header(pair))
            .collect();
        if query.is_empty() {
            return format!("{base}{path}");
        }
        format!("{base}{path}?{}", query.join("&"))
    }

    /// Whether requests go to this machine first.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Whether they go to this machine first, or into a network that others cannot reach.
    pub fn is_private(&self) -> bool {
        self.private
    }
}

/// The name of a query's pair.
fn name_of(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

/// Everything but unreserved characters, so that no id can leave its place in
/// a path or query.
pub(in crate::core::wire) fn percent_encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| match byte {
            byte if plain(byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
