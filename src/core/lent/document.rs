//! The document `key/1`.

use crate::core::{
    catalog::Catalog,
    domain::{ApiKey, ModelId, Origin, ProviderId},
    json,
    pricing::Moment,
    wire::endpoint::{self, Endpoint, EndpointError},
};
use serde_json::{Map, Value};

/// What `touchstone` says in it.
pub const VERSION: &str = "key/1";

/// A key that is lent, with all that whoever takes it should know.
///
/// Its `Debug` says nothing of the secret, as [`ApiKey`]'s does not.
#[derive(Debug, Clone, PartialEq)]
pub struct LentKey {
    /// Provider row.
    pub provider: ProviderId,
    /// Base URL, where it is not the provider's own.
    pub base_url: Option<String>,
    /// The only origin that the key may be sent to.
    pub origin: Origin,
    /// The key.
    pub key: ApiKey,
    /// Who lends it, in the host's own words.
    pub from: Option<String>,
    /// What it can spend, in the host's own words.
    pub limit: Option<String>,
    /// From when on it is not to be used any more.
    pub expires: Option<Moment>,
    /// A model that it is meant for.
    pub model: Option<ModelId>,
}

/// Why a document is no key to use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not JSON, or not an object.
    NotADocument,
    /// Another kind of document, or a later version of this one.
    Version {
        /// What stands in `touchstone`.
        found: String,
    },
    /// A field that is missing or no text.
    Field {
        /// Which.
        name: &'static str,
    },
    /// A provider that this version does not know.
    Provider {
        /// Its id.
        id: String,
    },
    /// The provider's row takes no key.
    TakesNoKey,
    /// The key cannot stand in a header.
    Key,
    /// The base URL cannot be used.
    Base(EndpointError),
    /// Requests would go to another origin than the key is bound to.
    OtherOrigin {
        /// Where they would go.
        to: Origin,
    },
}

impl LentKey {
    /// Reads the document and checks that it is bound to where it would go.
    pub fn parse(json: &str) -> Result<Self, Fault> {
        let Ok(Value::Object(fields)) = json::parse(json) else {
            return Err(Fault::NotADocument);
        };
        let found = text(&fields, "touchstone")?.unwrap_or_default();
        if found != VERSION {
            return Err(Fault::Version { found });
        }
        let needed = |name| text(&fields, name)?.ok_or(Fault::Field { name });
        let expires = match text(&fields, "expires")? {
            Some(written) => {
                Some(Moment::parse_iso(written.trim()).ok_or(Fault::Field { name: "expires" })?)
            }
            None => None,
        };
        let lent = Self {
            provider: ProviderId::new(needed("provider")?),
            base_url: text(&fields, "base_url")?,
            origin: Origin::new(needed("origin")?),
            key: ApiKey::new(&needed("key")?).ok_or(Fault::Field { name: "key" })?,
            from: text(&fields, "from")?,
            limit: text(&fields, "limit")?,
            expires,
            model: text(&fields, "model")?.map(ModelId::new),
        };
        lent.endpoint()?;
        Ok(lent)
    }

    /// Where requests with this key go: the provider's own base or the one that
    /// the document names, which has to be of the origin that it is bound to.
    pub fn endpoint(&self) -> Result<Endpoint, Fault> {
        let unknown = || Fault::Provider {
            id: self.provider.as_str().to_owned(),
        };
        let row = Catalog::builtin().provider(&self.provider);
        let row = row.ok_or_else(unknown)?;
        if !row.takes_key() {
            return Err(Fault::TakesNoKey);
        }
        if !self.key.is_sendable() {
            return Err(Fault::Key);
        }
        let endpoint =
            endpoint::resolve(row, None, self.base_url.as_deref()).map_err(Fault::Base)?;
        if endpoint.origin != self.origin {
            return Err(Fault::OtherOrigin {
                to: endpoint.origin,
            });
        }
        Ok(endpoint)
    }

    /// Whether its time is over.
    pub fn is_over(&self, now: Moment) -> bool {
        self.expires.is_some_and(|expires| now >= expires)
    }

    /// The document. It holds the key: it is for the cipher and for nothing
    /// else.
    pub fn to_json(&self) -> String {
        let mut fields = Map::new();
        let mut set = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                fields.insert(name.to_owned(), Value::String(value.to_owned()));
            }
        };
        set("touchstone", Some(VERSION));
        set("provider", Some(self.provider.as_str()));
        set("base_url", self.base_url.as_deref());
        set("origin", Some(self.origin.as_str()));
        set("key", Some(self.key.expose()));
        set("from", self.from.as_deref());
        set("limit", self.limit.as_deref());
        set("expires", self.expires.map(Moment::to_iso).as_deref());
        set("model", self.model.as_ref().map(ModelId::as_str));
        Value::Object(fields).to_string()
    }
}

/// A field that may be absent, null or blank.
fn text(fields: &Map<String, Value>, name: &'static str) -> Result<Option<String>, Fault> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => {
            let text = text.trim();
            Ok((!text.is_empty()).then(|| text.to_owned()))
        }
        Some(_) => Err(Fault::Field { name }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, LentKey};
    use crate::core::{
        domain::{ApiKey, Origin},
        pricing::Moment,
        recipe::Recipe,
    };

    fn lent() -> LentKey {
        LentKey {
            provider: "openai-compatible".into(),
            base_url: Some("https://gateway.example/v1".to_owned()),
            origin: "https://gateway.example".into(),
            key: ApiKey::new("sk-workshop-1").unwrap(),
            from: Some("Asha".to_owned()),
            limit: None,
            expires: Some(Moment(1_795_948_205)),
            model: Some("small".into()),
        }
    }

    fn fault(json: &str) -> Fault {
        LentKey::parse(json).unwrap_err()
    }

    #[test]
    fn it_reads_back_and_is_never_printed() {
        let json = lent().to_json();
        assert!(json.starts_with(r#"{"touchstone":"key/1""#), "{json}");
        assert_eq!(LentKey::parse(&json), Ok(lent()));
        assert!(!format!("{:?}", lent()).contains("sk-workshop"));
    }

    #[test]
    fn it_has_an_end() {
        assert!(!lent().is_over(Moment(1_795_948_204)));
        assert!(lent().is_over(Moment(1_795_948_205)));
        let open = LentKey {
            expires: None,
            ..lent()
        };
        assert!(!open.is_over(Moment(i64::MAX)));
    }

    #[test]
    fn a_key_goes_nowhere_but_to_its_origin() {
        let mut other = lent();
        other.base_url = Some("https://elsewhere.example/v1".to_owned());
        let to = Origin::new("https://elsewhere.example");
        assert_eq!(fault(&other.to_json()), Fault::OtherOrigin { to });
        let own = LentKey {
            provider: "openai".into(),
            base_url: None,
            origin: "https://api.openai.com".into(),
            ..lent()
        };
        assert!(LentKey::parse(&own.to_json()).is_ok());
    }

    #[test]
    fn other_documents_are_no_keys_and_a_key_is_no_recipe() {
        assert_eq!(fault("["), Fault::NotADocument);
        assert_eq!(fault("[]"), Fault::NotADocument);
        let found = "recipe/1".to_owned();
        assert_eq!(
            fault(r#"{"touchstone":"recipe/1"}"#),
            Fault::Version { found }
        );
        assert!(Recipe::parse(&lent().to_json()).is_err());
    }

    #[test]
    fn what_is_missing_or_unusable_is_named() {
        let with = |name: &str, value: &str| {
            let mut fields: serde_json::Value = serde_json::from_str(&lent().to_json()).unwrap();
            fields[name] = serde_json::from_str(value).unwrap();
            fault(&fields.to_string())
        };
        assert_eq!(with("key", "null"), Fault::Field { name: "key" });
        assert_eq!(with("key", "7"), Fault::Field { name: "key" });
        assert_eq!(with("key", r#""a b""#), Fault::Key);
        assert_eq!(
            with("expires", r#""tomorrow""#),
            Fault::Field { name: "expires" }
        );
        assert_eq!(
            with("provider", r#""nobody""#),
            Fault::Provider {
                id: "nobody".to_owned()
            }
        );
        assert_eq!(with("provider", r#""demo""#), Fault::TakesNoKey);
        assert!(matches!(with("base_url", r#""ftp://x""#), Fault::Base(_)));
    }
}
