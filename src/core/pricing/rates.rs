//! Which prices of a model apply: by day, variant, length of the prompt and
//! hour.

use super::{CostGap, Day, Hours, Moment, PicoUsd, TokenClass};
use serde_json::Value;

/// Prices of a model, each for one token, request or search.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Rates {
    input: Option<PicoUsd>,
    cached: Option<PicoUsd>,
    write: Option<PicoUsd>,
    write_long: Option<PicoUsd>,
    output: Option<PicoUsd>,
    request: Option<PicoUsd>,
    search: Option<PicoUsd>,
}

impl Rates {
    /// These, with what `value` has of its own in place.
    fn overlaid(mut self, value: &Value) -> Self {
        for (key, rate) in [
            ("in", &mut self.input),
            ("cached", &mut self.cached),
            ("write", &mut self.write),
            ("write_long", &mut self.write_long),
            ("out", &mut self.output),
            ("request", &mut self.request),
            ("search", &mut self.search),
        ] {
            if let Some(pico) = value.get(key).and_then(Value::as_u64) {
                *rate = Some(PicoUsd(pico));
            }
        }
        self
    }

    /// The price of one, and whether it is that of another class: cache writes
    /// and cached tokens without a price of their own are input like any other.
    pub(super) fn of(&self, class: TokenClass) -> Option<(PicoUsd, bool)> {
        let own = match class {
            TokenClass::Input => self.input,
            TokenClass::CachedInput => self.cached,
            TokenClass::CacheWrite => self.write,
            TokenClass::CacheWriteLong => self.write_long,
            TokenClass::Output => self.output,
            TokenClass::Request => self.request,
            TokenClass::WebSearch => self.search,
        };
        let stand_in = match class {
            TokenClass::CachedInput | TokenClass::CacheWrite => self.input,
            TokenClass::CacheWriteLong => self.write.or(self.input),
            _ => None,
        };
        match own {
            Some(price) => Some((price, false)),
            None => Some((stand_in?, true)),
        }
    }

    /// The dearest that a token of input can be. Who sells writes for an hour
    /// writes only where the request asks for it (`asks`); the others write
    /// whatever they like.
    pub(super) fn dearest_input(&self, asks: bool) -> Option<(TokenClass, PicoUsd)> {
        let may_write = asks || (self.write.is_some() && self.write_long.is_none());
        let classes = [
            TokenClass::CacheWriteLong,
            TokenClass::CacheWrite,
            TokenClass::Input,
        ];
        let usual = classes
            .into_iter()
            .filter(|class| may_write || *class == TokenClass::Input);
        usual
            .filter_map(|class| Some((class, self.of(class)?.0)))
            .max_by_key(|(_, price)| *price)
    }
}

/// What decides which prices apply.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms<'a> {
    /// When the request was sent.
    pub(super) at: Moment,
    /// All input tokens, cached ones included.
    pub(super) prompt_tokens: u64,
    /// The service tier or speed that is not the usual one.
    pub(super) variant: Option<&'a str>,
    /// Whether to take the dearer hours, whatever the time.
    pub(super) dearest_hours: bool,
}

/// The prices that apply.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen {
    pub(super) rates: Rates,
    pub(super) tier_over: Option<u64>,
    pub(super) hours: Option<Hours>,
}

/// Chooses among the prices of a model. `peak`: the hours of its list.
pub(super) fn choose(
    prices: &[Value],
    peak: Option<&Value>,
    terms: Terms<'_>,
) -> Result<Chosen, CostGap> {
    let day = terms.at.day();
    let period = prices.iter().rev().find(|period| holds(period, day));
    let period = period.ok_or(CostGap::OutOfTime)?;
    let mut rates = Rates::default().overlaid(period);
    let mut tiers = period.get("over");
    if let Some(name) = terms.variant {
        let variant = period.get("variants").and_then(|all| all.get(name));
        let Some(variant) = variant else {
            let name = name.to_owned();
            return Err(CostGap::NoVariant { name });
        };
        // A long prompt costs more, and how much more so served is not known.
        if variant.get("over").is_none() && reached(tiers, terms).is_some() {
            return Err(CostGap::NoVariant {
                name: name.to_owned(),
            });
        }
        rates = rates.overlaid(variant);
        tiers = variant.get("over");
    }
    let mut hours = None;
    if let Some(dearer) = period.get("peak") {
        let is_peak = terms.dearest_hours || peak.is_some_and(|peak| in_peak(peak, terms.at));
        if is_peak {
            rates = rates.overlaid(dearer);
        }
        hours = Some(if is_peak { Hours::Peak } else { Hours::OffPeak });
    }
    let tier = reached(tiers, terms);
    let tier_over = tier.and_then(|tier| tier.get("above")?.as_u64());
    if let Some(tier) = tier {
        rates = rates.overlaid(tier);
    }
    Ok(Chosen {
        rates,
        tier_over,
        hours,
    })
}

/// The highest tier that the prompt is above.
fn reached<'a>(tiers: Option<&'a Value>, terms: Terms<'_>) -> Option<&'a Value> {
    let above =
        |tier: &&Value| tier.get("above").and_then(Value::as_u64) < Some(terms.prompt_tokens);
    list(tiers).iter().rev().find(above)
}

fn holds(period: &Value, day: Day) -> bool {
    let bound = |key| period.get(key).and_then(Value::as_str).and_then(Day::parse);
    bound("from").is_none_or(|from| from <= day) && bound("until").is_none_or(|until| day < until)
}

/// Whether the dearer hours hold: in one of the windows (minutes of the day, in
/// UTC), on a working day where only those count.
fn in_peak(peak: &Value, at: Moment) -> bool {
    let minute = at.minute_of_day();
    let window = |window: &Value| {
        let at = |end: usize| window.get(end).and_then(Value::as_i64);
        at(0).is_some_and(|from| from <= minute) && at(1).is_some_and(|to| minute < to)
    };
    let day = at.day().to_string();
    let is_free = list(peak.get("except")).iter().any(|free| *free == *day)
        || (peak.get("weekdays") == Some(&Value::Bool(true)) && at.is_weekend());
    !is_free && list(peak.get("hours")).iter().any(window)
}

/// The members of a list; none where there is no list.
pub(super) fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
