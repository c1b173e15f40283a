//! The price table, as it is served beside the page.
//!
//! It is kept as the tree that it was parsed to, and read where it is asked:
//! types with derived reading code would weigh more than the few look-ups do.

use super::{
    Day,
    live::{LivePrices, LiveSource},
    matching::{self, Fit},
    rates::list,
};
use crate::core::domain::{ModelId, Origin};
use crate::core::json::{self, JsonError};
use serde_json::Value;
use std::sync::Arc;

/// The format that this version reads.
const FORMAT: &str = "prices/1";

/// Why a table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// It did not come.
    #[error("the price table did not load")]
    Absent,
    /// Not the JSON of a table.
    #[error("the price table does not parse: {0}")]
    Json(#[from] JsonError),
    /// Another format than this version reads.
    #[error("the price table has the format {0:?}")]
    Format(String),
    /// It says no day of which it is true.
    #[error("the price table has no date")]
    Undated,
}

/// Prices of models, with the days they hold for.
#[derive(Debug, Clone)]
pub struct PriceTable {
    tree: Arc<Value>,
    as_of: Day,
    /// Lists that gateways gave of themselves; the newest of an origin.
    live: Vec<LivePrices>,
}

impl PriceTable {
    /// Reads `prices.json`. What it does not know in it is ignored.
    pub fn from_json(text: &str) -> Result<Self, TableError> {
        let tree: Value = json::parse(text)?;
        let word = |key: &str| tree.get(key).and_then(Value::as_str);
        let format = word("touchstone").unwrap_or_default();
        if format != FORMAT {
            return Err(TableError::Format(format.to_owned()));
        }
        let as_of = word("as_of").and_then(Day::parse);
        let as_of = as_of.ok_or(TableError::Undated)?;
        Ok(Self {
            tree: Arc::new(tree),
            as_of,
            live: Vec::new(),
        })
    }

    #[cfg(test)]
    pub(super) fn as_of(&self) -> Day {
        self.as_of
    }

    /// The ids of all models that a provider row sells, as its lists write them;
    /// patterns are left out.
    pub fn ids_of_row(&self, row: &str) -> Vec<ModelId> {
        let Some(own) = self.list_of_row(row) else {
            return Vec::new();
        };
        let makers = list(own.value.get("else")).iter();
        let others = makers.filter_map(|other| self.list_by_id(other));
        let models = std::iter::once(own)
            .chain(others)
            .flat_map(|list_of| list(list_of.value.get("models")));
        let ids = models.flat_map(|model| list(model.get("ids")));
        ids.filter_map(Value::as_str)
            // `regional.` is the table's own name for prices of all regions.
            .filter(|id| !id.contains('*') && !id.starts_with("regional."))
            .map(ModelId::new)
            .collect()
    }

    /// The name of a price list, for people.
    pub fn name_of_list(&self, id: &str) -> Option<&str> {
        self.list_by_id(&Value::from(id)).map(List::name)
    }

    /// The same with what gateways said of themselves.
    #[must_use]
    pub fn with_live(&self, live: Vec<LivePrices>) -> Self {
        Self {
            live,
            ..self.clone()
        }
    }

    /// What a gateway said of itself, with who it is.
    pub(super) fn live_list(&self, origin: &Origin) -> Option<(LiveSource, List<'_>)> {
        let live = self.live.iter().find(|live| live.origin == *origin)?;
        let list = List {
            table: self,
            value: &live.list,
        };
        Some((live.source, list))
    }

    /// All price lists.
    pub(super) fn lists(&self) -> impl Iterator<Item = List<'_>> {
        list(self.tree.get("lists"))
            .iter()
            .map(|value| List { table: self, value })
    }

    /// The price list of a host, which is given without its port.
    pub(super) fn list_of_host(&self, host: &str) -> Option<List<'_>> {
        self.lists().find(|list| list.names("hosts", host))
    }

    /// The price list of a provider row.
    pub(super) fn list_of_row(&self, row: &str) -> Option<List<'_>> {
        self.lists().find(|list| list.names("rows", row))
    }

    fn list_by_id(&self, id: &Value) -> Option<List<'_>> {
        self.lists().find(|list| list.value.get("id") == Some(id))
    }
}

/// The prices of one provider.
#[derive(Debug, Clone, Copy)]
pub(super) struct List<'a> {
    table: &'a PriceTable,
    value: &'a Value,
}

impl<'a> List<'a> {
    /// The row of a model, in this list or in one that it refers to for models
    /// that it sells at their maker's price.
    pub(super) fn find(self, id: &str) -> Option<Row<'a>> {
        let id = matching::bare(id);
        let skip = list(self.table.tree.get("skip"));
        if skip.iter().any(|pattern| matching::matches(pattern, &id)) {
            return None;
        }
        let makers = list(self.value.get("else")).iter();
        let others = makers.filter_map(|other| self.table.list_by_id(other));
        std::iter::once(self)
            .chain(others)
            .find_map(|list| list.own(&id))
            .map(|row| Row {
                sold_by: self,
                ..row
            })
    }

    /// The row of a model in a list that a gateway gave of itself, which says
    /// of each of its models what it is.
    pub(super) fn find_live(self, id: &str) -> Option<Row<'a>> {
        self.own(&matching::bare(id))
    }

    fn own(self, id: &str) -> Option<Row<'a>> {
        let mut best: Option<(Fit, &'a Value)> = None;
        for model in list(self.value.get("models")) {
            let fit = matching::fit(list(model.get("ids")), id);
            if fit > best.map(|(fit, _)| fit) {
                best = fit.map(|fit| (fit, model));
            }
        }
        let (_, model) = best?;
        Some(Row {
            sold_by: self,
            list: self,
            model,
        })
    }

    /// Whether it is the list of that maker, who gives no weights away.
    pub(super) fn made(self, maker: &str) -> bool {
        any(self.value.get("makers"), maker)
    }

    /// Its name, for people.
    pub(super) fn name(self) -> &'a str {
        text(self.value, "name")
    }

    /// Numerator and denominator for models that run in a place.
    pub(super) fn region(self, place: &str) -> Option<(u64, u64)> {
        let factor = self.value.get("regions")?.get(place)?;
        Some((factor.get(0)?.as_u64()?, factor.get(1)?.as_u64()?))
    }

    /// Whether prices depend on the place.
    pub(super) fn has_regions(self) -> bool {
        self.value.get("regions").is_some()
    }

    /// Numerator and denominator for a model at a host that is in one place.
    pub(super) fn premium(self, host: &str, model: &str) -> Option<(u64, u64)> {
        let premiums = list(self.value.get("premiums")).iter();
        let mut fits = premiums
            .filter(|entry| any(entry.get("hosts"), host) && any(entry.get("models"), model));
        let times = fits.next()?.get("times")?;
        Some((times.get(0)?.as_u64()?, times.get(1)?.as_u64()?))
    }

    /// Whether the sources disagree about the price of an id at a host.
    pub(super) fn contests(self, host: &str, id: &str) -> bool {
        let id = matching::bare(id);
        let contested = list(self.value.get("contested")).iter();
        contested
            .filter(|entry| any(entry.get("hosts"), host))
            .any(|entry| any(entry.get("ids"), &id))
    }

    fn names(self, key: &str, wanted: &str) -> bool {
        any(self.value.get(key), wanted)
    }
}

/// Whether any of the patterns fits.
fn any(patterns: Option<&Value>, wanted: &str) -> bool {
    list(patterns)
        .iter()
        .any(|pattern| matching::matches(pattern, wanted))
}

/// The prices of one model.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// Whose customer one is.
    pub(super) sold_by: List<'a>,
    list: List<'a>,
    model: &'a Value,
}

impl<'a> Row<'a> {
    /// The model's id in the list.
    pub(super) fn id(self) -> &'a str {
        let ids = list(self.model.get("ids"));
        ids.first().and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether it is for all prefixes of an id that have no row of their own.
    pub(super) fn is_of_any_prefix(self) -> bool {
        self.id().starts_with("*.")
    }

    /// Its prices, the earliest first.
    pub(super) fn prices(self) -> &'a [Value] {
        list(self.model.get("prices"))
    }

    /// When the dearer hours of its list are.
    pub(super) fn peak(self) -> Option<&'a Value> {
        self.list.value.get("peak")
    }

    /// The most tokens that it can put out, where known.
    pub(super) fn max_output(self) -> Option<u64> {
        self.model.get("max_output")?.as_u64()
    }

    /// Whether a gateway gave its prices of itself.
    pub(super) fn is_live(self) -> bool {
        self.list.value.get("read_in").is_some()
    }

    /// The source of its prices: name, the page that they are on, and the newest
    /// day of which the source knows anything of them. What the row does not say the list does, then its source.
    pub(super) fn source(self) -> (&'a str, Option<&'a str>, Day) {
        if self.is_live() {
            let url = text(self.list.value, "url");
            let day = Day::parse(text(self.list.value, "date"));
            return (
                text(self.list.value, "read_in"),
                Some(url).filter(|url| url.starts_with("https://")),
                day.unwrap_or(self.list.table.as_of),
            );
        }
        let of_row = self.model.get("source");
        let number = of_row.or_else(|| self.list.value.get("source"));
        let at = number.and_then(Value::as_u64).unwrap_or_default();
        let sources = list(self.list.table.tree.get("sources"));
        let source = usize::try_from(at).ok().and_then(|at| sources.get(at));
        let source = source.unwrap_or(&Value::Null);
        let word = |key: &str| {
            let own = self.model.get(key).and_then(Value::as_str);
            own.or_else(|| source.get(key)?.as_str())
        };
        let url = match of_row {
            Some(_) => word("url"),
            None => self
                .list
                .value
                .get("url")
                .and_then(Value::as_str)
                .or_else(|| word("url")),
        };
        // The table is data: nothing in it may become a script on a click.
        let url = url.filter(|url| url.starts_with("https://"));
        let day = word("date").and_then(Day::parse);
        (
            text(source, "name"),
            url,
            day.unwrap_or(self.list.table.as_of),
        )
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
