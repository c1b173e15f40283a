//! What the person prefers. Kept on the device; holds no key and no text.

use crate::{
    browser::{
        clock,
        currency::{self, Rounding},
        page,
        storage::{self, Place},
    },
    core::{
        domain::Origin,
        json,
        openai_account::Account,
        pricing::{Day, PicoUsd},
        real::real,
        strict::{self, Strict, row, word},
    },
};
use leptos::prelude::*;
use serde::Serialize;
use serde_json::Value;

const STORE_KEY: &str = "touchstone.settings";

word! {
    /// Light, dark, or as the system says. The words are those in storage, in
    /// the form and on `<html data-theme>`.
    #[derive(Default)]
    pub enum Theme {
        /// As the system says.
        #[default]
        System = "system",
        /// Always light.
        Light = "light",
        /// Always dark.
        Dark = "dark",
    }
}

row! {
    #[derive(Serialize)]
    struct Stored {
        theme: Theme = Theme::System,
        idle_limit_s: u32 = 120,
        lock_scroll: bool = false,
        scoreboard_open: bool = true,
        currency: String = String::new(),
        rate: String = String::new(),
        /// Days since 1970-01-01.
        rate_day: Option<i64> = None,
        openai_organization: String = String::new(),
        openai_project: String = String::new(),
    }
}

/// A currency beside the dollar, with the rate that the person typed.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherCurrency {
    /// Its three letters.
    pub code: String,
    /// The rate as it was typed.
    pub typed: String,
    /// How much of it a dollar is.
    pub rate: f64,
    /// The day when it was typed.
    pub set_on: Day,
}

impl OtherCurrency {
    /// An amount in it, with so many significant digits where it is small.
    pub fn write(&self, amount: PicoUsd, digits: u32) -> String {
        let amount = amount.as_usd_f64() * self.rate;
        currency::write(&self.code, amount, digits, Rounding::Nearest).unwrap_or_default()
    }

    /// The same, never rounded down.
    pub fn write_at_most(&self, amount: PicoUsd, digits: u32) -> String {
        let amount = amount.as_usd_f64() * self.rate;
        currency::write(&self.code, amount, digits, Rounding::Up).unwrap_or_default()
    }

    /// How many days ago the rate was typed.
    pub fn age_days(&self) -> i64 {
        clock::wall().day().0 - self.set_on.0
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
    /// The code of another currency, as it was typed.
    pub currency: RwSignal<String>,
    /// What a dollar is in it, as it was typed.
    pub rate: RwSignal<String>,
    rate_day: RwSignal<Option<i64>>,
    /// OpenAI's organisation, as it was typed.
    pub openai_organization: RwSignal<String>,
    /// OpenAI's project, as it was typed.
    pub openai_project: RwSignal<String>,
    /// The other currency, if code and rate can be used.
    pub other: Memo<Option<OtherCurrency>>,
}

/// Creates the context and keeps it stored.
pub fn provide() {
    let stored: Stored = storage::get(Place::Device, STORE_KEY)
        .and_then(|text| strict::field_by_field(&text).ok())
        .unwrap_or_else(Stored::blank);
    let currency = RwSignal::new(stored.currency);
    let rate = RwSignal::new(stored.rate);
    let rate_day = RwSignal::new(stored.rate_day);
    let settings = Settings {
        theme: RwSignal::new(stored.theme),
        idle_limit_s: RwSignal::new(stored.idle_limit_s),
        lock_scroll: RwSignal::new(stored.lock_scroll),
        scoreboard_open: RwSignal::new(stored.scoreboard_open),
        currency,
        rate,
        rate_day,
        openai_organization: RwSignal::new(stored.openai_organization),
        openai_project: RwSignal::new(stored.openai_project),
        other: Memo::new(move |_| other(&currency.get(), &rate.get(), rate_day.get()?)),
    };
    Effect::new(move |before: Option<Value>| {
        let stored = Stored {
            theme: settings.theme.get(),
            idle_limit_s: settings.idle_limit_s.get(),
            lock_scroll: settings.lock_scroll.get(),
            scoreboard_open: settings.scoreboard_open.get(),
            currency: settings.currency.get(),
            rate: settings.rate.get(),
            rate_day: settings.rate_day.get(),
            openai_organization: settings.openai_organization.get(),
            openai_project: settings.openai_project.get(),
        };
        let theme = (stored.theme != Theme::System).then(|| stored.theme.as_str());
        page::set_root_attribute("data-theme", theme);
        let now = serde_json::to_value(&stored).unwrap_or_default();
        // Nothing is stored until something was changed.
        if let Some(before) = before {
            store(&before, &now);
        }
        now
    });
    provide_context(settings);
}

/// What is stored together: one without the other means something else.
const TOGETHER: [&[&str]; 2] = [
    &["currency", "rate", "rate_day"],
    &["openai_organization", "openai_project"],
];

/// Stores what was changed, with what belongs to it, and nothing else: another tab
/// may have changed the rest since it was read.
fn store(before: &Value, now: &Value) {
    let is_changed = |name: &str| before.get(name) != now.get(name);
    let stored = storage::get(Place::Device, STORE_KEY);
    let stored = stored.and_then(|text| json::parse(&text).ok());
    let stored = stored.filter(Value::is_object);
    let mut all = stored.unwrap_or_else(|| before.clone());
    if let (Some(all), Some(now)) = (all.as_object_mut(), now.as_object()) {
        for (name, value) in now {
            let group = TOGETHER.iter().find(|group| group.contains(&name.as_str()));
            let is_meant = group.map_or(is_changed(name), |group| {
                group.iter().any(|name| is_changed(name))
            });
            if is_meant {
                all.insert(name.clone(), value.clone());
            }
        }
    }
    storage::set(Place::Device, STORE_KEY, &all.to_string());
}

fn other(code: &str, typed: &str, day: i64) -> Option<OtherCurrency> {
    let code = clean_code(code);
    let rate = rate_of(typed)?;
    currency::is_known(&code).then(|| OtherCurrency {
        code,
        typed: typed.trim().to_owned(),
        rate,
        set_on: Day(day),
    })
}

/// A currency's code in the form that it has.
pub fn clean_code(typed: &str) -> String {
    typed.trim().to_ascii_uppercase()
}

/// A rate that amounts can be multiplied with.
pub fn rate_of(typed: &str) -> Option<f64> {
    let typed = typed.trim();
    // People write rates without an exponent; with one it is a slip of the key.
    let is_plain = typed
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    real(typed).filter(|rate| is_plain && *rate > 0.0)
}

impl Settings {
    /// The headers that say for whom a request to this origin is made.
    pub fn account_headers(&self, origin: &Origin) -> Vec<(String, String)> {
        Account {
            organization: &self.openai_organization.get_untracked(),
            project: &self.openai_project.get_untracked(),
        }
        .headers(origin)
    }

    /// Takes what was typed for currency and rate, right or wrong, as of today.
    pub fn set_money(&self, typed: impl FnOnce(&Self)) {
        typed(self);
        self.rate_day.set(Some(clock::wall().day().0));
    }
}

/// The context.
pub fn use_settings() -> Settings {
    expect_context()
}
