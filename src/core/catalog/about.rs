//! What is known of a route besides how to speak to it: whose models it has,
//! who runs it, whether a page reaches it, and where what is sent goes.
//!
//! It comes with the later part of the program: no request needs it.

use super::Values;
use crate::core::strict::{row, word};

row! {
    /// What is known of a route.
    #[derive(PartialEq, Eq)]
    pub struct About {
        /// Who made the models; `None` where there are many makers, or where only
        /// the person can know.
        pub owner: Option<String> = None,
        /// Who runs them; `None` where that is the person.
        pub operator: Option<String> = None,
        /// Ways to prove who one is, the usual one first.
        pub auth: Vec<AuthKind>,
        /// Whether a page reaches it.
        pub cors: Cors,
        /// Whether it takes a relay.
        pub relay: Relay,
        /// Its documentation.
        pub docs: Option<String> = None,
        /// The list of `prices.json` that it is priced by; `None` where nobody
        /// charges, or where it is not known who does.
        pub prices: Option<String> = None,
        /// Where it goes.
        pub data: DataFacts = DataFacts::default(),
    }
}

word! {
    /// Ways to prove who one is.
    pub enum AuthKind {
        /// A key that stays valid until it is taken back.
        Key = "key",
        /// A token that ends after an hour or so.
        Token = "token",
        /// Signed with an access key and its secret.
        Sigv4 = "sigv4",
        /// A key that one gets by signing in, without typing it.
        SignIn = "sign_in",
        /// None is needed.
        None = "none",
    }
}

row! {
    /// Whether a page reaches a route, and how that is known.
    #[derive(PartialEq, Eq)]
    pub struct Cors {
        /// Whether.
        pub state: CorsState,
        /// The day of the newest evidence, `YYYY-MM-DD`; `None` where there is none.
        pub date: Option<String> = None,
        /// The evidence in a sentence.
        pub evidence: String,
        /// Headers that its preflight lets through.
        pub headers: Preflight = Preflight::default(),
    }
}

word! {
    /// Whether a page reaches a route.
    #[derive(Hash)]
    pub enum CorsState {
        /// Measured.
        Yes = "yes",
        /// There are signs of it.
        Likely = "likely",
        /// The person's own server decides.
        Depends = "depends",
        /// Reports disagree.
        Contested = "contested",
        /// Measured: it does not.
        No = "no",
        /// Nobody has said.
        Unknown = "unknown",
    }
}

row! {
    /// Headers that a preflight lets through, besides those that every request may
    /// have.
    #[derive(Default, PartialEq, Eq)]
    pub struct Preflight {
        /// Any header, as it repeats what is asked for.
        pub any: bool = false,
        /// Those known to pass, in lower case.
        pub names: Vec<String> = Vec::new(),
    }
}

impl Preflight {
    /// Whether a header is known to pass.
    pub fn admits(&self, name: &str) -> bool {
        self.any || self.names.iter().any(|known| known == name)
    }
}

word! {
    /// Whether a route takes a relay.
    pub enum Relay {
        /// A page reaches it by itself.
        No = "no",
        /// Perhaps: try without one first.
        Perhaps = "perhaps",
        /// Most likely.
        Likely = "likely",
    }
}

row! {
    /// Where what is sent goes, as its operator says.
    #[derive(Default, PartialEq, Eq)]
    pub struct DataFacts {
        /// Who gets to see what is sent.
        pub goes_to: Option<String> = None,
        /// In which part of the world; a field of the site in braces, such as
        /// `{region}`, stands for its value.
        pub place: Option<String> = None,
        /// The page on which its operator says how long it keeps what is sent.
        pub retention: Option<String> = None,
    }
}

impl DataFacts {
    /// In which part of the world, with the site's fields filled in. A part of
    /// the sentence whose field has no value is left out.
    pub fn place_at(&self, values: Option<&Values>) -> Option<String> {
        let filled = |part: &str| {
            let mut part = part.to_owned();
            for (id, value) in values.into_iter().flat_map(Values::iter) {
                part = part.replace(&format!("{{{id}}}"), value);
            }
            (!part.contains('{')).then_some(part)
        };
        let parts: Vec<_> = self.place.as_ref()?.split("; ").collect();
        let known: Vec<_> = parts.iter().copied().filter_map(filled).collect();
        let text = known.join("; ");
        if known.len() == parts.len() {
            return Some(text);
        }
        let mut letters = text.chars();
        let first = letters.next()?.to_ascii_uppercase();
        Some(format!("{first}{}", letters.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_no_field_without_its_value() {
        let values = |id: &str| [(id.to_owned(), "eu-west-1".to_owned())];
        let at = |place: &str, id: &str| {
            let facts = DataFacts {
                place: Some(place.to_owned()),
                ..DataFacts::default()
            };
            facts.place_at(Some(&values(id).into_iter().collect()))
        };
        let long = "{region}; a model may be served elsewhere";
        let filled = at(long, "region");
        assert_eq!(
            filled.as_deref(),
            Some("eu-west-1; a model may be served elsewhere")
        );
        let lacks = at(long, "other");
        assert_eq!(lacks.as_deref(), Some("A model may be served elsewhere"));
        assert_eq!(at("{location}", "other"), None);
        assert_eq!(at("Any region", "other").as_deref(), Some("Any region"));
    }
}
