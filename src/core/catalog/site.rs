//! Base URLs with fields: region, project, resource and the like.
//!
//! A site is a lens on the base URL and holds no state of its own. Filling its
//! fields gives a base URL, and reading a base URL gives the fields back. What
//! is not filled in yet stays in the URL as `{name}`, which no request can be
//! sent to, so that nothing that was typed is lost.

use super::pattern;
use crate::core::{
    sorted::SortedMap,
    strict::{row, word},
};

/// Values of fields by their ids. A field without a value has none or a blank
/// one.
pub type Values = SortedMap<String, String>;

row! {
    /// The base URLs of a row, and what they are made of.
    #[derive(PartialEq, Eq)]
    pub struct Site {
        /// The forms of its base URL; the first that the values allow is meant.
        pub bases: Vec<BasePattern>,
        /// What can be filled in, in the order in which it is asked for.
        pub fields: Vec<Field>,
    }
}

row! {
    /// One form of a base URL.
    #[derive(PartialEq, Eq)]
    pub struct BasePattern {
        /// The URL, with `{id}` where a field's value goes. Each occurrence of a
        /// field has the same value.
        pub template: String,
        /// The values that it is for, as patterns by field; all must match.
        pub when: SortedMap<String, Vec<String>> = SortedMap::new(),
    }
}

row! {
    /// Something in a base URL that differs from person to person.
    #[derive(PartialEq, Eq)]
    pub struct Field {
        /// Its id, as in templates.
        pub id: String,
        /// What it is.
        pub kind: FieldKind,
        /// The value that it has when nothing is chosen.
        pub default: Option<String> = None,
        /// What a value looks like, to be shown while there is none.
        pub example: Option<String> = None,
        /// Known values; empty where there are none to choose from.
        pub choices: Vec<Choice> = Vec::new(),
        /// Whether other values than the known ones may be right.
        pub open: bool = false,
    }
}

impl Field {
    /// Whether a value of this kind can look like that. What cannot is said at
    /// the field, and is still part of the base URL, so that nothing is lost.
    pub fn has_shape(&self, value: &str) -> bool {
        self.knows(value) || self.kind.has_shape(value)
    }

    /// Whether this is one of the known values.
    pub fn knows(&self, value: &str) -> bool {
        self.choices.iter().any(|choice| choice.value == value)
    }
}

word! {
    /// What a field is.
    pub enum FieldKind {
        /// A region of Amazon's cloud.
        Region = "region",
        /// A project of Google's cloud.
        Project = "project",
        /// A location of Google's cloud, or a group of them.
        Location = "location",
        /// A resource of Azure.
        Resource = "resource",
        /// A deployment of Azure.
        Deployment = "deployment",
        /// The host of a resource.
        Host = "host",
        /// The form of the API.
        Form = "form",
        /// The date of an API.
        ApiVersion = "api_version",
        /// A workspace of Anthropic.
        Workspace = "workspace",
        /// Anything else.
        Free = "free",
    }
}

impl FieldKind {
    fn has_shape(self, value: &str) -> bool {
        let lower = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase());
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            // `us-gov-west-1`
            Self::Region => {
                let parts: Vec<&str> = value.split('-').collect();
                let Some((number, names)) = parts.split_last() else {
                    return false;
                };
                names.len() >= 2
                    && parts.iter().all(|part| !part.is_empty())
                    && names.iter().all(|part| lower(part))
                    && digits(number)
            }
            // `europe-west4`
            Self::Location => {
                value.starts_with(|first: char| first.is_ascii_lowercase())
                    && !value.ends_with('-')
                    && value.split('-').all(|part| {
                        !part.is_empty()
                            && lower(part.trim_end_matches(|c: char| c.is_ascii_digit()))
                    })
            }
            _ => true,
        }
    }

    /// What a value may hold besides letters, digits, `-` and `_`. Regions and
    /// resources are single labels of a host, so that no value leads elsewhere.
    fn signs(self) -> &'static str {
        match self {
            Self::Project => ".:",
            Self::Host | Self::Deployment | Self::ApiVersion | Self::Free => ".",
            Self::Region | Self::Location | Self::Resource | Self::Form | Self::Workspace => "",
        }
    }
}

row! {
    /// A value to choose.
    #[derive(PartialEq, Eq)]
    pub struct Choice {
        /// The value.
        pub value: String,
        /// Its name for people; the value where there is none.
        pub label: Option<String> = None,
    }
}

impl Choice {
    /// What it is called.
    pub fn name(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.value)
    }
}

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Field(&'a str),
}

impl Site {
    /// The field of that id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The values before anything is chosen.
    pub fn defaults(&self) -> Values {
        let fields = self.fields.iter();
        let with = fields.filter_map(|field| Some((field.id.clone(), field.default.clone()?)));
        with.collect()
    }

    /// The base URL of these values; a blank one counts as the field's default.
    /// A field without either stays as `{id}`, and [`crate::core::wire::endpoint::resolve`]
    /// refuses the URL.
    pub fn fill(&self, values: &Values) -> String {
        let value = |id: &str| self.value(values, id);
        let fits = |base: &&BasePattern| base.when.iter().all(|(id, any)| allows(any, value(id)));
        let base = self.bases.iter().find(fits).or(self.bases.last());
        let template = base.map_or("", |base| base.template.as_str());
        let mut url = String::new();
        for piece in pieces(template) {
            match piece {
                Piece::Text(text) => url.push_str(text),
                Piece::Field(id) => {
                    let value = value(id).map(|value| self.clean(id, value));
                    match value.filter(|value| !value.is_empty()) {
                        Some(value) => url.push_str(&value),
                        None => url.extend(["{", id, "}"]),
                    }
                }
            }
        }
        url
    }

    /// The values that a base URL has; `None` where it is of another form. A
    /// field that is not filled in yet has no value.
    pub fn read(&self, base: &str) -> Option<Values> {
        let base = base.trim();
        let (path, query) = base.split_once('?').unwrap_or((base, ""));
        let path = path.trim_end_matches('/');
        let base = match query {
            "" => path.to_owned(),
            query => format!("{path}?{query}"),
        };
        self.bases
            .iter()
            .find_map(|form| self.read_form(form, &base))
    }

    /// The fields that the base URL of these values still lacks.
    pub fn missing(&self, values: &Values) -> Vec<&Field> {
        let url = self.fill(values);
        let lacks = |field: &&Field| url.contains(&format!("{{{}}}", field.id));
        self.fields.iter().filter(lacks).collect()
    }

    /// The fields whose values cannot be right.
    pub fn odd(&self, values: &Values) -> Vec<&Field> {
        let is_odd = |field: &&Field| {
            let value = values.get(field.id.as_str());
            value.is_some_and(|value| !field.has_shape(value))
        };
        self.fields.iter().filter(is_odd).collect()
    }

    /// Whether a base URL of these fields can have that host.
    pub(super) fn has_host(&self, host: &str) -> bool {
        self.bases.iter().any(|form| {
            let pieces: Vec<_> = pieces(authority(&form.template)).collect();
            self.match_pieces(&pieces, host, Values::default())
                .is_some()
        })
    }

    fn read_form(&self, form: &BasePattern, base: &str) -> Option<Values> {
        let pieces: Vec<_> = pieces(&form.template).collect();
        let mut values = Values::default();
        // What the template does not hold follows from what it is for.
        for (id, any) in form.when.iter() {
            if let [only] = any.as_slice()
                && !only.contains('*')
            {
                values.insert(id.clone(), only.clone());
            }
        }
        let read = self.match_pieces(&pieces, base, values)?;
        let holds = |(id, any): (&String, &Vec<String>)| {
            allows(any, read.get(id.as_str()).map(String::as_str))
        };
        form.when.iter().all(holds).then_some(read)
    }

    fn match_pieces(&self, pieces: &[Piece<'_>], text: &str, values: Values) -> Option<Values> {
        let Some((first, rest)) = pieces.split_first() else {
            return text.is_empty().then_some(values);
        };
        let id = match *first {
            Piece::Text(own) => {
                let found = text.get(..own.len())?;
                let same = found.eq_ignore_ascii_case(own);
                return same.then(|| self.match_pieces(rest, text.get(own.len()..)?, values))?;
            }
            Piece::Field(id) => id,
        };
        // The field takes as much as it can, as long as the rest still fits.
        let open = format!("{{{id}}}");
        if let Some(after) = text.strip_prefix(&open) {
            return self.match_pieces(rest, after, values);
        }
        let most = text.find(['/', '?', '&', '{', '}']).unwrap_or(text.len());
        (1..=most).rev().find_map(|end| {
            let (value, after) = (text.get(..end)?, text.get(end..)?);
            if values.get(id).is_some_and(|known| known != value) || !self.may_be(id, value) {
                return None;
            }
            let mut values = values.clone();
            values.insert(id.to_owned(), value.to_owned());
            self.match_pieces(rest, after, values)
        })
    }

    /// Whether the field may have that value.
    fn may_be(&self, id: &str, value: &str) -> bool {
        let Some(field) = self.field(id) else {
            return false;
        };
        let is_open = field.choices.is_empty() || field.open;
        field.knows(value) || (is_open && self.clean(id, value) == value)
    }

    /// The value without what could lead to another host or path. A known value
    /// stays as it is.
    fn clean(&self, id: &str, value: &str) -> String {
        let field = self.field(id);
        let is_known = field.is_some_and(|field| field.knows(value));
        let besides = field.map_or("", |field| field.kind.signs());
        let fine = |letter: &char| {
            is_known
                || letter.is_ascii_alphanumeric()
                || "-_".contains(*letter)
                || besides.contains(*letter)
        };
        value.chars().filter(fine).collect()
    }

    fn value<'a>(&'a self, values: &'a Values, id: &str) -> Option<&'a str> {
        let given = values.get(id).map(|value| value.trim());
        let given = given.filter(|value| !value.is_empty());
        given.or_else(|| self.field(id)?.default.as_deref())
    }
}

/// The host of a URL, with its port.
pub(super) fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

fn allows(any: &[String], value: Option<&str>) -> bool {
    value.is_some_and(|value| pattern::any(any, value))
}

fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((id, after)) = rest.strip_prefix('{').and_then(|tail| tail.split_once('}')) {
            rest = after;
            return Some(Piece::Field(id));
        }
        let end = rest.find('{').unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Text(text))
    })
}

#[cfg(test)]
#[path = "site_tests.rs"]
mod tests;
