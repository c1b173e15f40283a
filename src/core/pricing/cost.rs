//! What a run cost, and how that is known.

use super::{Day, PicoUsd};
use crate::core::run::Phase;

/// Prices confirmed longer ago than this many days are called old.
pub const STALE_AFTER_DAYS: i64 = 60;

/// What a run cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cost {
    /// An amount, with where it comes from.
    Known(Box<Priced>),
    /// It was asked of the person's own machine or network, and is no model
    /// that only its maker sells: nobody is known to charge for it.
    Local,
    /// Nothing was asked of any model.
    Simulated,
    /// Not known, which is not the same as nothing.
    Unknown(CostGap),
}

impl Cost {
    /// What a thousand such runs would cost: of a finished run only, for another
    /// one says nothing about those to come.
    pub fn of_a_thousand(&self, phase: Phase) -> Option<Priced> {
        match self {
            Self::Known(priced) if phase == Phase::Done => Some(Priced {
                total: priced.total.times(1_000),
                lines: Vec::new(),
                ..(**priced).clone()
            }),
            _ => None,
        }
    }
}

/// An amount and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// The amount.
    pub total: PicoUsd,
    /// How it is known.
    pub source: CostSource,
    /// Its parts, which add up to `total`; none for a reported amount, which
    /// comes as a whole.
    pub lines: Vec<CostLine>,
    /// The prices it was made with; `None` for a reported amount.
    pub basis: Option<Box<PriceBasis>>,
    /// Of a reported amount: what our own prices come to, where they are known.
    pub by_list: Option<Box<Priced>>,
}

/// How an amount is known, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CostSource {
    /// The provider said so.
    Reported,
    /// The provider's final token counts times list prices.
    Computed,
    /// As computed, with token counts of which at least one is our estimate, or
    /// with prices that are not certain.
    Estimated,
}

impl CostSource {
    /// The word of the `data-source` mark.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Computed => "computed",
            Self::Estimated => "estimated",
        }
    }
}

/// One part of an amount: `tokens` × `price`, times the factors of the basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostLine {
    /// What was counted.
    pub class: TokenClass,
    /// How many.
    pub tokens: u64,
    /// Whether the count is our estimate from the text.
    pub is_estimated: bool,
    /// The price of one, before factors.
    pub price: PicoUsd,
    /// Whether the class has no price of its own, so that another one was taken:
    /// that of input for cached tokens and cache writes.
    pub is_stand_in: bool,
    /// The product.
    pub amount: PicoUsd,
}

/// What is charged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenClass {
    /// Input that touched no cache.
    Input,
    /// Input read from a cache.
    CachedInput,
    /// Input written to a cache for the usual time.
    CacheWrite,
    /// Input written to a cache for an hour or longer.
    CacheWriteLong,
    /// Output, thinking included.
    Output,
    /// The request itself.
    Request,
    /// A search on the web.
    WebSearch,
}

impl TokenClass {
    /// Every class, in the order of the lines.
    pub const ALL: [Self; 7] = [
        Self::Input,
        Self::CachedInput,
        Self::CacheWrite,
        Self::CacheWriteLong,
        Self::Output,
        Self::Request,
        Self::WebSearch,
    ];

    /// Whether tokens are counted, and not requests or searches.
    pub fn counts_tokens(self) -> bool {
        !matches!(self, Self::Request | Self::WebSearch)
    }
}

/// Which prices were used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceBasis {
    /// Whose price list, for people: "`OpenAI`".
    pub list: String,
    /// The model of the list.
    pub model: String,
    /// Whether the model is the one that the reply named. If not, it is the one
    /// that was asked for.
    pub by_returned_model: bool,
    /// Why that list.
    pub via: Via,
    /// The newest day of which the source knows anything of these prices. Nobody
    /// compared them with the provider's page on that day.
    pub as_of: Day,
    /// How many days ago that was.
    pub age_days: i64,
    /// Where the prices were read: the name of a package or page.
    pub source: String,
    /// Whether the host gave its prices of itself, on the day `as_of`.
    pub is_live: bool,
    /// The provider's page of prices, where one is known. The numbers were read
    /// in the source, not there.
    pub url: Option<String>,
    /// The service tier or the speed whose prices these are, in the provider's
    /// own word (`flex`, `priority`, `fast`); `None` for the usual ones.
    pub variant: Option<String>,
    /// Prices for prompts of more tokens than this, which hold for the whole
    /// request; `None` for the usual ones.
    pub tier_over: Option<u64>,
    /// Which hours' prices, where there are several.
    pub hours: Option<Hours>,
    /// What the prices were multiplied with.
    pub factors: Vec<Factor>,
    /// Whether these prices are not certain: the sources disagree, or the host's
    /// list has none of just this id. The amount is then an estimate.
    pub is_contested: bool,
}

impl PriceBasis {
    /// Whether the prices are so old that it should be said.
    pub fn is_stale(&self) -> bool {
        self.age_days > STALE_AFTER_DAYS
    }
}

/// Why a price list was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Via {
    /// The request went to the provider's own host.
    Direct,
    /// It went through another base URL, a relay or a gateway. What that one
    /// charges is not known; this is the provider's own price.
    OtherBase,
    /// It went to a host of which we know no price of this model, be it at home,
    /// and the model's name gives its maker away. This is the maker's price.
    ModelName,
}

/// Hours of the day with prices of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hours {
    /// The dearer ones.
    Peak,
    /// The rest.
    OffPeak,
}

/// What every amount was multiplied with: the surcharge for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Where the model ran, in the provider's own word: `us`.
    pub region: String,
    /// Numerator.
    pub numerator: u64,
    /// Denominator, never 0.
    pub denominator: u64,
}

/// Why there is no amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CostGap {
    /// Nothing was sent.
    NotSent,
    /// The run is out of a document that does not say.
    NotSaid,
    /// It is shown as a replay, which has the cost at the end of the run.
    Replayed,
    /// The request failed before there was any answer. Providers charge nothing
    /// for most of these, but that is not certain.
    NoAnswer,
    /// No tokens were counted, and what was sent is not known either.
    NoUsage,
    /// The price table is not there yet, or could not be loaded.
    NoTable,
    /// The table has no price of this model at this provider.
    NoPrice,
    /// The model has prices, but none for a class of which there is a count.
    NoClassPrice {
        /// The class.
        class: TokenClass,
    },
    /// It was served in a way (service tier, speed, place) whose price is not
    /// known.
    NoVariant {
        /// The provider's own word for it.
        name: String,
    },
    /// The table has prices of this model, but none of the day of the run.
    OutOfTime,
    /// Images or PDFs were sent, whose tokens only the provider counts, and it
    /// has not said.
    Files,
    /// For a run not yet made: nothing limits the output.
    NoOutputLimit,
}
