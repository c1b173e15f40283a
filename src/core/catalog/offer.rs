//! How routes are offered: in groups, one's own first, found by a few words;
//! and what one has to fill in next.

use super::{Catalog, Group, Provider, Site, site::authority};
use crate::core::domain::ProviderId;

/// Routes that the first page names before their rows are there, by id and name.
pub const OLLAMA: (&str, &str) = ("ollama", "Ollama");
/// See [`OLLAMA`].
pub const BEDROCK: (&str, &str) = ("bedrock", "Amazon Bedrock");

/// A heading among the routes that are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Those with a key, and those that were used before.
    Yours,
    /// All others of a kind.
    Of(Group),
}

/// The routes that fit the words of a search, under their headings; a heading
/// without routes is left out. `yours`: ids, the most recent first.
pub fn offered<'a>(
    catalog: &'a Catalog,
    yours: &[ProviderId],
    search: &str,
) -> Vec<(Section, Vec<&'a Provider>)> {
    let search = search.to_ascii_lowercase();
    let words: Vec<&str> = search.split_whitespace().collect();
    let fits = |row: &&Provider| {
        if words.is_empty() {
            return true;
        }
        let text = searchable(row);
        let mut words = words.iter();
        words.all(|word| text.contains(word) || is_at(row, word))
    };
    let own = yours.iter().filter_map(|id| catalog.provider(id));
    let mut sections = vec![(Section::Yours, own.filter(fits).collect::<Vec<_>>())];
    for group in Group::ALL {
        let rows = catalog.providers.iter();
        let others = rows.filter(|row| row.group == group && !yours.contains(&row.id));
        sections.push((Section::Of(group), others.filter(fits).collect()));
    }
    sections.retain(|(_, rows)| !rows.is_empty());
    sections
}

/// Which of the routes that were found, by its place among their ids, is most
/// likely meant: one whose own name or id begins with the search, else the first.
pub fn likeliest(catalog: &Catalog, found: &[&str], search: &str) -> usize {
    let search = search.trim().to_ascii_lowercase();
    let is_meant = |id: &&str| {
        let row = catalog.provider(&ProviderId::new(*id));
        let begins = |text: &str| text.to_ascii_lowercase().starts_with(&search);
        row.is_some_and(|row| begins(row.id.as_str()) || begins(&row.name))
    };
    found.iter().position(is_meant).unwrap_or_default()
}

/// Whether a URL or a host, as it is pasted into the search, is one of the row's.
fn is_at(row: &Provider, word: &str) -> bool {
    // Any other word is no host.
    if !word.contains(['.', ':']) {
        return false;
    }
    let host = authority(word).replace("127.0.0.1", "localhost");
    let own = row.default_base.as_deref().map(authority);
    own.is_some_and(|own| own.replace("127.0.0.1", "localhost") == host)
        || row.site().is_some_and(|site| site.has_host(&host))
}

/// What a search looks at: names of the route and of those behind it, and the
/// models that it is known to have.
fn searchable(row: &Provider) -> String {
    let about = row.about();
    let families = row.families.iter().map(|family| family.name.as_str());
    let models = row.models.iter().map(|model| model.id.as_str());
    let aliases = row.aliases.iter().map(String::as_str);
    let mut text = [row.id.as_str(), row.name.as_str()]
        .into_iter()
        .chain(families)
        .chain(models)
        .chain(aliases)
        .collect::<Vec<_>>()
        .join(" ");
    let people = about
        .into_iter()
        .flat_map(|about| [about.owner, about.operator]);
    for person in people.flatten() {
        text.push(' ');
        text.push_str(&person);
    }
    text.make_ascii_lowercase();
    text
}

/// What is to be filled in next before a pane can run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A field of the base URL, by its id.
    Field(String),
    /// The base URL.
    Base,
    /// The key.
    Key,
    /// The model.
    Model,
    /// Nothing.
    Ready,
}

/// What the form has so far.
#[derive(Debug, Clone, Copy)]
pub struct FilledIn<'a> {
    /// The fields of the base URL, where the row has some.
    pub site: Option<&'a Site>,
    /// The base URL as it stands.
    pub base: &'a str,
    /// Whether requests have somewhere to go.
    pub is_resolved: bool,
    /// Whether a key is needed and missing.
    pub lacks_key: bool,
    /// The model.
    pub model: &'a str,
}

impl FilledIn<'_> {
    /// What comes next. Where a request goes is asked for before the key, which
    /// is bound to it.
    pub fn next(&self) -> Step {
        if let Some(site) = self.site
            && let Some(values) = site.read(self.base)
            && let Some(field) = site.missing(&values).first().or(site.odd(&values).first())
        {
            return Step::Field(field.id.clone());
        }
        if !self.is_resolved {
            Step::Base
        } else if self.lacks_key {
            Step::Key
        } else if self.model.trim().is_empty() {
            Step::Model
        } else {
            Step::Ready
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names(yours: &[&str], search: &str) -> Vec<(Section, Vec<&'static str>)> {
        let yours: Vec<ProviderId> = yours.iter().map(|id| ProviderId::new(*id)).collect();
        let sections = offered(Catalog::builtin(), &yours, search).into_iter();
        sections
            .map(|(section, rows)| (section, rows.iter().map(|row| row.id.as_str()).collect()))
            .collect()
    }

    #[test]
    fn the_first_page_names_routes_as_their_rows_do() {
        for (id, name) in [OLLAMA, BEDROCK] {
            let row = Catalog::builtin().provider(&ProviderId::new(id)).unwrap();
            assert_eq!(row.name, name);
        }
    }

    #[test]
    fn ones_own_come_first_and_only_once() {
        let all = names(&["gemini", "gone", "openai"], "");
        assert_eq!(all[0], (Section::Yours, vec!["gemini", "openai"]));
        let rest: Vec<_> = all[1..].iter().flat_map(|(_, ids)| ids).collect();
        assert!(rest.contains(&&"anthropic") && !rest.contains(&&"gemini"));
        let count: usize = all.iter().map(|(_, ids)| ids.len()).sum();
        assert_eq!(count, Catalog::builtin().providers.len());
    }

    #[test]
    fn a_search_means_the_route_of_that_name_before_others_that_have_it() {
        for (search, id) in [
            ("groq", "groq"),
            (" Mistral", "mistral"),
            ("ollama", "ollama"),
        ] {
            let all = names(&[], search.trim());
            let ids: Vec<&str> = all.iter().flat_map(|(_, ids)| ids.clone()).collect();
            assert_eq!(ids[likeliest(Catalog::builtin(), &ids, search)], id);
        }
        assert_ne!(
            names(&[], "groq")[0].1[0],
            "groq",
            "another one stands before it"
        );
        let ids = ["vertex", "gemini"];
        assert_eq!(likeliest(Catalog::builtin(), &ids, "claude haiku"), 0);
    }

    #[test]
    fn a_search_finds_names_families_and_models_by_all_of_its_words() {
        let ids = |search| {
            names(&[], search)
                .into_iter()
                .flat_map(|(_, ids)| ids)
                .collect::<Vec<_>>()
        };
        assert!(ids("Claude haiku").contains(&"anthropic"));
        assert!(!ids("claude gemini").contains(&"anthropic"));
        assert_eq!(ids("no such route"), Vec::<&str>::new());
    }

    #[test]
    fn a_search_finds_the_usual_words_for_a_route_and_pasted_urls() {
        let finds = |search: &str, id: &str| {
            let mut found = names(&[], search).into_iter().flat_map(|(_, ids)| ids);
            assert!(found.any(|found| found == id), "{search}: {id}");
        };
        for (search, id) in [
            ("aws", "bedrock"),
            ("Amazon", "bedrock-mantle"),
            ("local", "ollama"),
            ("local", "openai-compatible"),
            ("google", "vertex"),
            ("google", "gemini"),
            ("microsoft", "azure"),
            ("https://api.groq.com/openai/v1", "groq"),
            ("api.groq.com", "groq"),
            ("https://API.openai.com/v1/responses?a=b", "openai"),
            ("http://127.0.0.1:11434", "ollama"),
            ("https://r-1.openai.azure.com/openai/v1", "azure"),
            (
                "https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/converse",
                "bedrock",
            ),
            ("https://europe-west4-aiplatform.googleapis.com", "vertex"),
        ] {
            finds(search, id);
        }
        assert_eq!(
            names(&[], "https://api.groq.com.evil.example/openai/v1"),
            []
        );
    }

    #[test]
    fn where_it_goes_comes_before_the_key_and_the_key_before_the_model() {
        let site: Site = crate::core::strict::from_value(json!({
            "bases": [{ "template": "https://{resource}.example/{project}" }],
            "fields": [{ "id": "resource", "kind": "resource" }, { "id": "project", "kind": "project" }],
        }))
        .unwrap();
        let form = FilledIn {
            site: Some(&site),
            base: "https://{resource}.example/{project}",
            is_resolved: false,
            lacks_key: true,
            model: "",
        };
        assert_eq!(form.next(), Step::Field("resource".into()));
        let form = FilledIn {
            base: "https://r.example/{project}",
            ..form
        };
        assert_eq!(form.next(), Step::Field("project".into()));
        let form = FilledIn {
            base: "https://elsewhere/",
            ..form
        };
        assert_eq!(form.next(), Step::Base);
        let form = FilledIn {
            base: "https://r.example/p",
            is_resolved: true,
            ..form
        };
        assert_eq!(form.next(), Step::Key);
        let form = FilledIn {
            lacks_key: false,
            ..form
        };
        assert_eq!(form.next(), Step::Model);
        assert_eq!(FilledIn { model: "m", ..form }.next(), Step::Ready);
    }

    #[test]
    fn a_region_that_cannot_be_one_is_asked_for_again() {
        let row = Catalog::builtin().provider(&ProviderId::new("bedrock"));
        let site = row.unwrap().site();
        let next = |region: &str| {
            let form = FilledIn {
                site: site.as_ref(),
                base: &format!("https://bedrock-runtime.{region}.amazonaws.com"),
                is_resolved: true,
                lacks_key: false,
                model: "m",
            };
            form.next()
        };
        assert_eq!(next("Europe"), Step::Field("region".into()));
        assert_eq!(next("eu-west-1"), Step::Ready);
    }
}
