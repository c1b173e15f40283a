//! Servers that people run on their own machines.

use crate::core::domain::{Origin, ProviderId};
use serde::Deserialize;

/// A kind of local server, with what it takes for a page to reach it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalPreset {
    /// Stable id, e.g. `ollama`.
    pub id: String,
    /// The server's name.
    pub name: String,
    /// Its row; an OpenAI-compatible server of one's own where it has none.
    #[serde(default)]
    pub row: Option<ProviderId>,
    /// Base URLs to try, the likeliest first.
    pub bases: Vec<String>,
    /// The command that starts it, to be completed where it has `…`.
    #[serde(default)]
    pub start: Option<String>,
    /// Who may call it.
    pub cors: LocalCors,
}

/// What a server allows pages to do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalCors {
    /// What it allows as it comes.
    pub default: CorsDefault,
    /// What makes it accept this page, the surest way first.
    pub settings: Vec<CorsSetting>,
}

/// What a server allows as it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorsDefault {
    /// Every page.
    Any,
    /// Only pages that are themselves served from this machine.
    LocalPagesOnly,
    /// No page.
    Off,
}

/// One way to make a server accept this page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorsSetting {
    /// Where it is set.
    pub kind: SettingKind,
    /// What to set, with `{origin}` for the page's own origin.
    pub template: String,
}

impl CorsSetting {
    /// The setting for a page of this origin, to be copied as it stands.
    pub fn line(&self, page: &Origin) -> String {
        self.template.replace("{origin}", page.as_str())
    }
}

/// Where a setting is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingKind {
    /// An environment variable; the server must be started again.
    Env,
    /// A flag of the command that starts the server.
    Flag,
    /// A command of its own.
    Command,
    /// A switch in the server's own window, under this name.
    Switch,
}
