//! Servers that people run on their own machines.

use crate::core::{
    domain::{Origin, ProviderId},
    strict::{row, word},
};

row! {
    /// A kind of local server, with what it takes for a page to reach it.
    pub struct LocalPreset {
        /// Stable id, e.g. `ollama`.
        pub id: String,
        /// The server's name.
        pub name: String,
        /// Its row; an OpenAI-compatible server of one's own where it has none.
        pub row: Option<ProviderId> = None,
        /// Base URLs to try, the likeliest first.
        pub bases: Vec<String>,
        /// The command that starts it, to be completed where it has `…`.
        pub start: Option<String> = None,
        /// The command that fetches a first model, small and well known.
        pub fetch: Option<String> = None,
        /// Who may call it.
        pub cors: LocalCors,
    }
}

impl LocalPreset {
    /// The command that starts it so that a page of this origin may call it;
    /// `None` where no command is known.
    pub fn start_for(&self, page: &Origin, is_local_page: bool) -> Option<String> {
        let start = self.start.clone()?;
        let is_let_in = match self.cors.default {
            CorsDefault::Any => true,
            CorsDefault::LocalPagesOnly => is_local_page,
            CorsDefault::Off => false,
        };
        let Some(setting) = self.cors.settings.first().filter(|_| !is_let_in) else {
            return Some(start);
        };
        let line = setting.line(page);
        Some(match setting.kind {
            SettingKind::Env => format!("{line} {start}"),
            SettingKind::Flag => format!("{start} {line}"),
            SettingKind::Command => line,
            SettingKind::Switch => start,
        })
    }
}

row! {
    /// What a server allows pages to do.
    pub struct LocalCors {
        /// What it allows as it comes.
        pub default: CorsDefault,
        /// What makes it accept this page, the surest way first.
        pub settings: Vec<CorsSetting>,
    }
}

word! {
    /// What a server allows as it comes.
    pub enum CorsDefault {
        /// Every page.
        Any = "any",
        /// Only pages that are themselves served from this machine.
        LocalPagesOnly = "local_pages_only",
        /// No page.
        Off = "off",
    }
}

row! {
    /// One way to make a server accept this page.
    #[derive(PartialEq, Eq)]
    pub struct CorsSetting {
        /// Where it is set.
        pub kind: SettingKind,
        /// What to set, with `{origin}` for the page's own origin.
        pub template: String,
    }
}

impl CorsSetting {
    /// The setting for a page of this origin, to be copied as it stands.
    pub fn line(&self, page: &Origin) -> String {
        self.template.replace("{origin}", page.as_str())
    }
}

/// A line that helps with a server, as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocalLine {
    /// Which server's it is; empty where it goes without saying.
    pub server: String,
    /// The command or the setting.
    pub text: String,
    /// Whether it is the name of a switch, which nobody pastes anywhere.
    pub is_switch: bool,
}

word! {
    /// Where a setting is made.
    pub enum SettingKind {
        /// An environment variable; the server must be started again.
        Env = "env",
        /// A flag of the command that starts the server.
        Flag = "flag",
        /// A command of its own.
        Command = "command",
        /// A switch in the server's own window, under this name.
        Switch = "switch",
    }
}

#[cfg(test)]
mod tests {
    use super::super::Catalog;
    use super::*;

    #[test]
    fn the_command_that_starts_a_server_lets_the_page_in() {
        let page = Origin::new("https://page.example");
        let start = |id: &str, is_local| {
            let mut presets = Catalog::builtin().local_presets.iter();
            let preset = presets.find(|one| one.id == id).unwrap();
            preset.start_for(&page, is_local).unwrap()
        };
        assert_eq!(start("ollama", true), "ollama serve");
        assert_eq!(
            start("ollama", false),
            "OLLAMA_ORIGINS=https://page.example ollama serve"
        );
        assert_eq!(start("lm-studio", true), "lms server start --cors");
        assert_eq!(start("llama-cpp", false), "llama-server -m model.gguf");
    }
}
