//! What a run cost, from what was counted and what it is priced at.
//!
//! In this order: what the provider reports, else final counts times list
//! prices, else the same with estimated counts, else unknown. `docs/cost.md`
//! has the rules; whole numbers of picodollars keep the sums exact.

mod compute;
mod cost;
mod count;
mod day;
mod estimate;
mod list_price;
mod live;
mod matching;
mod money;
mod rates;
mod reported;
mod route;
mod run;
mod served;
mod table;
mod worst;

pub use cost::{
    Cost, CostGap, CostLine, CostSource, Factor, Hours, PriceBasis, Priced, STALE_AFTER_DAYS,
    TokenClass, Via,
};
pub use day::{Day, Moment};
pub use estimate::{input_of, tokens_of};
pub use list_price::{ListPrice, is_local, list_price};
pub use live::{LiveError, LivePrices, LiveSource};
pub use money::{PICO_PER_USD, PicoUsd};
pub use run::{RunToPrice, cost_of_run};
pub use table::{PriceTable, TableError};
pub use worst::{OutputLimit, PaneToPrice, WorstCase, WorstPane, WorstPart, worst_case};

#[cfg(test)]
mod docs_tests;
#[cfg(test)]
mod oracle_tests;
