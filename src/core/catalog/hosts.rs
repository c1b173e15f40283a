//! What the catalogue knows of an origin, whichever row a pane uses to call
//! it: a gateway or another row may lead to the same host.

use super::{Catalog, LocalLine, LocalPreset, Provider, SettingKind};
use crate::core::{
    domain::{ApiKey, Origin},
    keys,
    strict::row,
    wire::endpoint,
};

row! {
    /// An origin whose replies of some statuses reach no page.
    #[derive(PartialEq, Eq)]
    pub struct HiddenStatus {
        /// The origin.
        pub origin: Origin,
        /// The statuses that come without `Access-Control-Allow-Origin`.
        pub status: Vec<u16>,
    }
}

impl Provider {
    /// Whether its usual address is a server of one's own. Whoever chooses such
    /// a row agrees to its address; a link that names it does not.
    pub fn is_own_server(&self) -> bool {
        let base = self.default_base.as_deref();
        base.is_some_and(|base| base.starts_with("http:"))
    }

    /// Whether this is the provider's own host, or, for a row that is answered
    /// in this page, its place here. A server of one's own is nobody's: it may
    /// be down, and nothing is sent to it unasked.
    pub fn is_default_origin(&self, origin: &Origin) -> bool {
        if self.is_own_server() {
            return false;
        }
        let host = self.default_base.as_deref().and_then(endpoint::origin_of);
        let own = host.or_else(|| self.in_page_origin());
        own.as_ref() == Some(origin)
    }
}

impl Catalog {
    /// Whether some provider lives at this origin.
    pub fn is_default_origin(&self, origin: &Origin) -> bool {
        self.providers
            .iter()
            .any(|row| row.is_default_origin(origin))
    }

    /// Whether a reply of this status from this origin reaches no page.
    pub fn hides(&self, origin: &Origin, status: u16) -> bool {
        let by_row = self
            .providers
            .iter()
            .any(|row| row.is_default_origin(origin) && row.hides_status.contains(&status));
        let by_host = self
            .hidden_status
            .iter()
            .any(|row| row.origin == *origin && row.status.contains(&status));
        by_row || by_host
    }

    /// The name of the other provider whose key this looks like.
    pub fn other_owner(&self, provider: &Provider, key: &ApiKey) -> Option<String> {
        let id = keys::looks_wrong(provider, key)?;
        let name = self.provider(&id).map(|row| row.name.clone());
        Some(name.unwrap_or_else(|| id.as_str().to_owned()))
    }

    /// The servers that people run at this port, of whichever host.
    pub fn presets_at(&self, origin: &Origin) -> impl Iterator<Item = &LocalPreset> {
        let port = |text: &str| text.rsplit(':').next().map(str::to_owned);
        let wanted = port(origin.as_str());
        self.local_presets.iter().filter(move |preset| {
            preset.bases.iter().any(|base| {
                endpoint::origin_of(base).and_then(|origin| port(origin.as_str())) == wanted
            })
        })
    }

    /// The settings that let a local server answer this page: those of the
    /// servers of this port, or of all where the port says nothing.
    pub fn local_settings(&self, origin: &Origin, page: &Origin) -> Vec<LocalLine> {
        let lines = |preset: &LocalPreset| -> Vec<LocalLine> {
            let settings = preset.cors.settings.iter();
            let line = settings.map(|setting| LocalLine {
                server: preset.name.clone(),
                text: setting.line(page),
                is_switch: setting.kind == SettingKind::Switch,
            });
            line.collect()
        };
        if self.presets_at(origin).next().is_none() {
            return self.local_presets.iter().flat_map(lines).collect();
        }
        self.presets_at(origin).flat_map(lines).collect()
    }

    /// The commands that start the servers of this port; none where the port
    /// says nothing.
    pub fn local_starts(&self, origin: &Origin) -> Vec<LocalLine> {
        let line = |preset: &LocalPreset| {
            Some(LocalLine {
                server: preset.name.clone(),
                text: preset.start.clone()?,
                is_switch: false,
            })
        };
        self.presets_at(origin).filter_map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_status_belongs_to_the_host_and_not_to_the_row() {
        let catalog = Catalog::builtin();
        assert!(catalog.hides(&Origin::new("https://api.openai.com"), 401));
        assert!(catalog.hides(&Origin::new("https://api.openai.com"), 404));
        assert!(!catalog.hides(&Origin::new("https://api.openai.com"), 429));
        assert!(catalog.hides(&Origin::new("https://api.cerebras.ai"), 401));
        assert!(!catalog.hides(&Origin::new("https://relay.example"), 401));
    }

    #[test]
    fn a_known_port_names_one_server_and_an_unknown_one_names_all() {
        let catalog = Catalog::builtin();
        let page = Origin::new("https://touchstone.example");
        let ollama = catalog.local_settings(&Origin::new("http://127.0.0.1:11434"), &page);
        assert_eq!(ollama.len(), 1);
        assert_eq!(ollama[0].server, "Ollama");
        assert_eq!(ollama[0].text, "OLLAMA_ORIGINS=https://touchstone.example");
        let unknown = catalog.local_settings(&Origin::new("http://127.0.0.1:5555"), &page);
        assert!(unknown.len() > 3, "{unknown:?}");
        // A switch is looked for in a window, and not pasted.
        let switch = unknown.iter().find(|line| line.text == "Enable CORS");
        assert!(switch.is_some_and(|line| line.is_switch));
        assert!(!ollama[0].is_switch);
    }

    #[test]
    fn the_command_that_starts_a_server_is_that_of_its_port() {
        let catalog = Catalog::builtin();
        let starts = |origin| catalog.local_starts(&Origin::new(origin));
        let ollama = starts("http://localhost:11434");
        assert_eq!(ollama.len(), 1);
        assert_eq!(ollama[0].text, "ollama serve");
        assert!(
            starts("http://localhost:8080").len() > 1,
            "several share it"
        );
        assert!(starts("http://localhost:5555").is_empty());
    }

    #[test]
    fn a_key_of_another_provider_is_told_by_its_beginning() {
        let catalog = Catalog::builtin();
        let openai = catalog.provider(&"openai".into()).unwrap();
        let owner = |text| catalog.other_owner(openai, &ApiKey::new(text).unwrap());
        assert_eq!(owner("sk-ant-api03-x").as_deref(), Some("Anthropic"));
        assert_eq!(owner("sk-proj-x"), None);
    }

    #[test]
    fn a_look_alike_host_is_not_a_providers_own() {
        let catalog = Catalog::builtin();
        assert!(catalog.is_default_origin(&Origin::new("https://api.anthropic.com")));
        for other in [
            "http://api.anthropic.com",
            "https://api.anthropic.com.evil.example",
        ] {
            assert!(!catalog.is_default_origin(&Origin::new(other)), "{other}");
        }
    }
}
