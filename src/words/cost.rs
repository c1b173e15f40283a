//! What is said about money.

mod basis;

use crate::core::{
    chart::{Digits, format_usd},
    pricing::{
        Cost, CostGap, CostSource, Day, Hours, LiveSource, OutputLimit, PicoUsd, PriceBasis,
        Priced, TableError, TokenClass, WorstCase, WorstPart,
    },
    run::Phase,
    wire::endpoint::Endpoint,
};

/// A cost in short: what the page says from its first moment on.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct CostWords {
    pub local: &'static str,
    pub simulated: &'static str,
    pub old: &'static str,
    pub worst_title: &'static str,
    pub worst: fn(&str) -> String,
    pub worst_panes: fn(usize) -> String,
    pub worst_free: &'static str,
    pub worst_free_hint: &'static str,
    pub worst_unknown: &'static str,
    pub without: fn(&str) -> String,
    pub without_limit: fn(&str) -> String,
    pub without_files: fn(&str) -> String,
    pub worst_uncounted: &'static str,
}

/// A cost line by line, in the part of the page that is loaded later.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct SumWords {
    pub local_why: fn(bool) -> &'static str,
    pub simulated_why: &'static str,
    pub class: &'static str,
    pub count: &'static str,
    pub price: &'static str,
    pub amount: &'static str,
    pub total: &'static str,
    pub by_list: &'static str,
    pub difference: &'static str,
    pub page: &'static str,
    pub try_again: &'static str,
    pub per_thousand: &'static str,
    pub per_thousand_hint: &'static str,
    pub class_of: fn(TokenClass) -> &'static str,
    pub stand_in: fn(&str) -> String,
    pub each: fn(&str) -> String,
    pub gap: fn(&CostGap) -> String,
    pub table_failed: fn(&TableError) -> String,
    pub source: fn(&Priced, Phase) -> &'static str,
    pub basis: fn(&PriceBasis) -> Vec<String>,
    pub worst_hint: &'static str,
    pub worst_old: &'static str,
    pub count_input: &'static str,
    pub count_hint: &'static str,
    pub counting: fn(&str) -> String,
    pub counted: fn(&str, &str) -> String,
    pub not_counted: fn(&str, &str) -> String,
    pub in_other: fn(&str) -> String,
    pub limits: fn(&WorstCase) -> Vec<String>,
    pub list_price: fn(&str, &str, Option<Hours>) -> String,
    pub live: fn(&Endpoint) -> String,
    pub live_failed: fn(&Endpoint) -> String,
    pub rate_note: fn(&str, &str, Day, i64) -> String,
}

/// What stands before an estimate.
pub const ABOUT: &str = "≈\u{a0}";
/// What stands before a count or an amount that is a most.
pub const AT_MOST: &str = "≤\u{a0}";
/// The quiet mark of old prices.
pub const OLD: &str = "†";

impl CostWords {
    /// A cost in a word or a number; `unknown` stands for one that is not known.
    pub fn short(&self, cost: &Cost, unknown: &str) -> String {
        match cost {
            Cost::Known(priced) => amount_of(priced),
            Cost::Local => self.local.to_owned(),
            Cost::Simulated => self.simulated.to_owned(),
            Cost::Unknown(_) => unknown.to_owned(),
        }
    }

    /// What a thousand such runs would cost, where that can be said.
    pub fn thousand(&self, cost: &Cost, phase: Phase, unknown: &str) -> String {
        let priced = cost.of_a_thousand(phase);
        priced.map_or_else(|| unknown.to_owned(), |priced| amount_of(&priced))
    }

    /// The two lines beside Run.
    pub fn beside_run(&self, case: &WorstCase, loading: bool) -> (String, String) {
        let panes = (self.worst_panes)(case.panes.len());
        let lacking = self.lacking(case);
        if case.has_amount() {
            let total = (self.worst)(&format_usd(case.total, Digits::AtMost));
            return (total, if lacking.is_empty() { panes } else { lacking });
        }
        if lacking.is_empty() {
            return (self.worst_free.to_owned(), self.worst_free_hint.to_owned());
        }
        if loading {
            return (panes, String::new());
        }
        // The prices may be known though the sum is not.
        let is_uncounted = case.panes.iter().all(|pane| match &pane.part {
            WorstPart::Unknown(gap) => *gap == CostGap::Files,
            _ => true,
        });
        let unknown = if is_uncounted {
            self.worst_uncounted
        } else {
            self.worst_unknown
        };
        (unknown.to_owned(), lacking)
    }

    /// Whose part is not in the sum, and why.
    fn lacking(&self, case: &WorstCase) -> String {
        let named = |wanted: &dyn Fn(&CostGap) -> bool| -> Vec<&str> {
            let panes = case.panes.iter();
            let mut names: Vec<&str> = panes
                .filter(|pane| matches!(&pane.part, WorstPart::Unknown(gap) if wanted(gap)))
                .map(|pane| pane.name.as_str())
                .collect();
            names.dedup();
            names
        };
        let is_endless = |gap: &CostGap| *gap == CostGap::NoOutputLimit;
        let is_uncounted = |gap: &CostGap| *gap == CostGap::Files;
        let parts = [
            (
                self.without,
                named(&|gap| !is_endless(gap) && !is_uncounted(gap)),
            ),
            (self.without_limit, named(&is_endless)),
            (self.without_files, named(&is_uncounted)),
        ];
        let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
        let parts: Vec<String> = parts.map(|(say, names)| say(&few(&names))).collect();
        parts.join("; ")
    }
}

/// Names that fit beside Run; else how many they are, and the explanation names
/// them.
fn few(names: &[&str]) -> String {
    const FITS: usize = 40;
    let all = names.join(", ");
    if names.len() > 1 && all.chars().count() > FITS {
        format!("{} panes", names.len())
    } else {
        all
    }
}

/// The least estimate that a narrow cell has room for: what would be cut after
/// its zeros would be read as nothing.
const LEAST: PicoUsd = PicoUsd(1_000_000);

/// An amount for a narrow cell, with `≈` where it is an estimate.
pub fn amount_of(priced: &Priced) -> String {
    let (sign, amount, digits) = match priced.source {
        CostSource::Estimated if (1..LEAST.0).contains(&priced.total.0) => {
            ("<\u{a0}", LEAST, Digits::Short)
        }
        CostSource::Estimated => (ABOUT, priced.total, Digits::Short),
        _ => ("", priced.total, Digits::Full),
    };
    format!("{sign}{}", format_usd(amount, digits))
}

/// English.
pub const EN: CostWords = CostWords {
    local: "local",
    simulated: "simulated",
    old: "old prices",
    worst_title: "The most that this run can cost",
    worst: |amount| format!("at most {amount}"),
    worst_panes: |count| {
        format!(
            "{count} {}, worst case",
            if count == 1 { "pane" } else { "panes" }
        )
    },
    worst_free: "costs nothing",
    worst_free_hint: "no provider charges for this",
    worst_unknown: "cost unknown",
    without: |names| format!("without {names}: price unknown"),
    without_limit: |names| format!("without {names}: no output limit"),
    without_files: |names| format!("without {names}: the provider counts images and PDFs"),
    worst_uncounted: "no estimate",
};

/// English.
pub const SUM: SumWords = SumWords {
    local_why: |is_in_page| {
        if is_in_page {
            "The model runs in this browser, on your own machine: no server is asked, and nobody charges for this."
        } else {
            "It was asked of your own machine or network: no provider is known to charge for this. Where a relay there passed it on, its own console has the amount."
        }
    },
    simulated_why: "Nothing was asked of any model: no provider charges for this.",
    class: "What",
    count: "Tokens",
    price: "USD per 1M",
    amount: "Amount",
    total: "Total",
    by_list: "By list price",
    difference: "Difference",
    page: "The provider’s price page",
    try_again: "Try again",
    per_thousand: "per 1,000",
    per_thousand_hint: "What a thousand runs of the same cost come to. Only of a finished run.",
    class_of,
    stand_in: |class| format!("{class}, at the price of input"),
    each: |price| format!("{price} each"),
    gap,
    table_failed,
    source,
    basis: basis::sentences,
    worst_hint: "Estimated input with a margin, and every answer as long as its limit allows. What a provider adds for its own tools is not in it.",
    count_input: "Count the input exactly",
    count_hint: "Sends the prompt to those providers that count tokens; they charge nothing for it. The sum above then has their counts in place of the estimates.",
    counting: |name| format!("{name}: being counted …"),
    counted: |name, tokens| format!("{name}: {tokens} input tokens, as the provider counts them"),
    not_counted: |name, why| format!("{name}: not counted. {why}"),
    worst_old: "Some of the prices are more than 60 days old.",
    in_other: |code| format!("In {code}"),
    limits,
    list_price: |input, output, hours| {
        let at = if hours == Some(Hours::Peak) {
            ", peak hours"
        } else {
            ""
        };
        format!("{input} in · {output} out per 1M{at}")
    },
    live: |endpoint| format!("{}, today", gateway(endpoint)),
    live_failed: |endpoint| format!("The price list of {} did not come.", gateway(endpoint)),
    rate_note: |code, rate, day, age| {
        format!(
            "1 USD = {rate} {code}: rate of {}, typed by you{}",
            day_of(day),
            if age > crate::core::pricing::STALE_AFTER_DAYS {
                format!("; {age} days old, check it in Settings")
            } else {
                String::new()
            }
        )
    },
};

/// Which limits of the output nobody set, and for which panes they count.
fn limits(case: &WorstCase) -> Vec<String> {
    let named = |wanted: OutputLimit| {
        let panes = case.panes.iter();
        let is_wanted =
            |part: &WorstPart| matches!(part, WorstPart::AtMost { limit, .. } if *limit == wanted);
        let mut names: Vec<&str> = Vec::new();
        for pane in panes.filter(|pane| is_wanted(&pane.part)) {
            if !names.contains(&pane.name.as_str()) {
                names.push(&pane.name);
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    };
    let of_model = named(OutputLimit::Model).map(|names| {
        format!("No limit is set for {names}: the most that the model can put out counts.")
    });
    let ours = named(OutputLimit::Ours).map(|names| {
        format!("The API wants a limit for {names}, and none is set: the one that this page sends counts.")
    });
    of_model.into_iter().chain(ours).collect()
}

/// Who gave its prices of itself.
fn gateway(endpoint: &Endpoint) -> &str {
    match LiveSource::of(endpoint) {
        Some(LiveSource::OpenRouter) => "OpenRouter",
        _ => &endpoint.host,
    }
}

fn class_of(class: TokenClass) -> &'static str {
    match class {
        TokenClass::Input => "Input",
        TokenClass::CachedInput => "Cached input",
        TokenClass::CacheWrite => "Cache write",
        TokenClass::CacheWriteLong => "Cache write, 1 h",
        TokenClass::Output => "Output",
        TokenClass::Request => "Request",
        TokenClass::WebSearch => "Web search",
    }
}

fn gap(gap: &CostGap) -> String {
    match gap {
        CostGap::NotSent => "Nothing was sent.".to_owned(),
        CostGap::Replayed => "A replay shows the cost at the end of the run.".to_owned(),
        CostGap::NotSaid => "The result does not say what this run cost.".to_owned(),
        CostGap::NoAnswer => "It failed before any answer. Providers charge nothing for most failures, but that is not certain.".to_owned(),
        CostGap::NoUsage => "No tokens were counted. The provider’s own console knows the amount.".to_owned(),
        CostGap::NoTable => "The price table is not loaded yet.".to_owned(),
        CostGap::NoPrice => "No price of this model at this provider is known here. The provider’s price page or console has it.".to_owned(),
        CostGap::NoClassPrice { class } => format!("The price list has no price of its {}.", class_of(*class).to_lowercase()),
        CostGap::NoVariant { name } => format!("It was served as “{name}”, whose price is not known here."),
        CostGap::OutOfTime => "The prices known here are not of the day of the run.".to_owned(),
        CostGap::Files => "How many tokens the images and PDFs are is not known: the provider counts them in its own way. The amount is known once its count is there.".to_owned(),
        CostGap::NoOutputLimit => "Nothing limits its output. Set max output tokens for an amount.".to_owned(),
    }
}

/// Why there is no price table.
fn table_failed(error: &TableError) -> String {
    match error {
        TableError::Absent => "The price table did not load.".to_owned(),
        TableError::Json(error) => format!("The price table that came cannot be read ({error})."),
        TableError::Format(format) => format!(
            "The price table that came has another format (“{format}”) than this page reads. Reload the page."
        ),
        TableError::Undated => "The price table that came has no date.".to_owned(),
    }
}

fn source(priced: &Priced, phase: Phase) -> &'static str {
    match (priced.source, phase) {
        (CostSource::Reported, _) => "Reported by the provider.",
        (CostSource::Computed, _) => "Computed from the token counts that the provider reported.",
        (_, phase) if priced.lines.is_empty() && phase.is_over() => {
            "Estimated: so much the provider had reported before the run ended early. It may charge more."
        }
        _ if priced.lines.is_empty() => {
            "Estimated while it runs: so much the provider has reported so far."
        }
        (_, Phase::Done) if priced.lines.iter().all(|line| !line.is_estimated) => {
            "Estimated: the provider reported the token counts, but the price is not certain."
        }
        (_, Phase::Done) => "Estimated: the provider reported no final token counts.",
        (_, Phase::Stopped) => {
            "Estimated: the run was stopped, so no final token counts came. The tokens are counted from the text."
        }
        (_, Phase::Failed) => {
            "Estimated: the run broke off, so no final token counts came. The tokens are counted from the text."
        }
        _ => "Estimated while it runs, from the text so far.",
    }
}

/// A day as people write it: `24 Nov 2026`.
pub fn day_of(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (year, month, day) = day.ymd();
    let month = usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at));
    format!("{day} {} {year}", month.unwrap_or(&""))
}

/// Digits in groups of three.
pub fn thousands(count: u64) -> String {
    crate::core::chart::grouped(count)
}

#[cfg(test)]
#[path = "cost_tests.rs"]
mod tests;
