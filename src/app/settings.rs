//! What the person prefers. Kept on the device; holds no key and no text.

use crate::{
    browser::{
        page,
        storage::{self, Place},
    },
    core::json,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const STORE_KEY: &str = "touchstone.settings";

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The word used in storage, in the form and on `<html data-theme>`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a word; unknown words mean the system's.
    pub fn from_word(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
struct Stored {
    theme: Theme,
    idle_limit_s: u32,
    lock_scroll: bool,
    scoreboard_open: bool,
}

impl Default for Stored {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            idle_limit_s: 120,
            lock_scroll: false,
            scoreboard_open: true,
        }
    }
}

/// The preferences as signals.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Light or dark.
    pub theme: RwSignal<Theme>,
    /// A stream that stays silent for longer than this many seconds fails.
    /// 0 means no limit.
    pub idle_limit_s: RwSignal<u32>,
    /// Whether all answers scroll together.
    pub lock_scroll: RwSignal<bool>,
    /// Whether the scoreboard is unfolded.
    pub scoreboard_open: RwSignal<bool>,
}

/// Creates the context and keeps it stored.
pub fn provide() {
    let stored: Stored = storage::get(Place::Device, STORE_KEY)
        .and_then(|text| json::from_str(&text).ok())
        .unwrap_or_default();
    let settings = Settings {
        theme: RwSignal::new(stored.theme),
        idle_limit_s: RwSignal::new(stored.idle_limit_s),
        lock_scroll: RwSignal::new(stored.lock_scroll),
        scoreboard_open: RwSignal::new(stored.scoreboard_open),
    };
    Effect::new(move |before: Option<()>| {
        let stored = Stored {
            theme: settings.theme.get(),
            idle_limit_s: settings.idle_limit_s.get(),
            lock_scroll: settings.lock_scroll.get(),
            scoreboard_open: settings.scoreboard_open.get(),
        };
        let theme = (stored.theme != Theme::System).then(|| stored.theme.as_str());
        page::set_root_attribute("data-theme", theme);
        // Nothing is stored until something was changed.
        if before.is_some()
            && let Ok(text) = serde_json::to_string(&stored)
        {
            storage::set(Place::Device, STORE_KEY, &text);
        }
    });
    provide_context(settings);
}

/// The context.
pub fn use_settings() -> Settings {
    expect_context()
}
