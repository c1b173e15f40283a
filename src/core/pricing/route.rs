//! Whose prices a run is priced at.

use super::{CostGap, PriceTable, Via, matching, table::Row};
use crate::core::{
    domain::{ModelId, Origin, ProviderId},
    recipe::host::private_host,
};

/// The row of the models that run in the page.
const ON_THIS_DEVICE: &str = "on-device";
/// The row of the simulated models.
const SIMULATED: &str = "demo";
/// The row that says only how to speak, not with whom.
const ANYONE: &str = "openai-compatible";

/// Who may charge for a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Payee {
    /// Somebody.
    Provider,
    /// Nobody: it runs on this device or network.
    Local,
    /// Nobody: nothing runs.
    Simulated,
}

/// Where a pane's requests go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Route<'a> {
    pub(super) provider: &'a ProviderId,
    pub(super) origin: Option<&'a Origin>,
}

impl<'a> Route<'a> {
    /// Who may charge, as far as the route alone tells.
    pub(super) fn payee(self) -> Payee {
        let row = self.provider.as_str();
        if row == SIMULATED {
            return Payee::Simulated;
        }
        let is_anyone = row == ANYONE || !self.has_own_prices();
        if row == ON_THIS_DEVICE || (is_anyone && self.is_private()) {
            return Payee::Local;
        }
        Payee::Provider
    }

    /// Rows of servers that people run themselves have no prices anywhere.
    fn has_own_prices(self) -> bool {
        self.provider.as_str() != "ollama"
    }

    /// Whether it leads nowhere that others can reach. A provider's row that
    /// leads there is a relay of the provider where the provider has the model,
    /// and a server of one's own that speaks its language where it has not.
    pub(super) fn is_private(self) -> bool {
        self.origin
            .is_none_or(|origin| private_host(origin.as_str()).is_some())
    }

    /// The prices of a model: those of the host, else those of the row that was
    /// chosen, else, by its name, those of its maker. `models`: the one that the
    /// reply named, then the one that was asked for.
    pub(super) fn row(
        self,
        table: &'a PriceTable,
        models: [Option<&ModelId>; 2],
    ) -> Result<Found<'a>, CostGap> {
        let by_host = self.host().and_then(|host| table.list_of_host(host));
        let by_row = table.list_of_row(self.provider.as_str());
        let by_name = |id: &str| by_name(table, id).filter(|_| !self.is_private());
        let find = |via: Via, id: &str| match via {
            Via::Direct => by_host?.find(id),
            Via::OtherBase => by_row?.find(id),
            Via::ModelName => by_name(id),
        };
        for via in [Via::Direct, Via::OtherBase, Via::ModelName] {
            for (at, model) in models.into_iter().enumerate() {
                if let Some(row) = model.and_then(|model| find(via, model.as_str())) {
                    let by_returned_model = at == 0;
                    return Ok(Found {
                        row,
                        via,
                        by_returned_model,
                    });
                }
            }
        }
        Err(CostGap::NoPrice)
    }

    /// Whether the host has a price list of its own.
    pub(super) fn list_is_known(self, table: &PriceTable) -> bool {
        self.host()
            .is_some_and(|host| table.list_of_host(host).is_some())
    }

    /// The host without its port.
    fn host(self) -> Option<&'a str> {
        let origin = self.origin?.as_str();
        let (_, host) = origin.split_once("://")?;
        Some(host.split_once(':').map_or(host, |(host, _)| host))
    }
}

/// The prices of a model, and how they were found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) row: Row<'a>,
    pub(super) via: Via,
    pub(super) by_returned_model: bool,
}

/// By `anthropic/claude-…` or plain `claude-…`. Only makers who give away no
/// weights are looked up, for anybody may sell the others at any price.
fn by_name<'a>(table: &'a PriceTable, id: &str) -> Option<Row<'a>> {
    let id = matching::bare(id);
    let (prefix, name) = match id.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, id.as_str()),
    };
    table
        .lists()
        .filter(|list| list.made(prefix))
        .find_map(|list| list.find(name))
}
