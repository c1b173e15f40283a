//! Whose prices a run is priced at.

use super::{CostGap, LiveSource, PriceTable, Via, live::LITELLM, matching, table::Row};
use crate::core::{
    built_in,
    catalog::identity,
    device,
    domain::{ModelId, Origin, ProviderId},
    recipe::host::private_host,
};

/// The row of the simulated models.
const SIMULATED: &str = "demo";
/// The row of Amazon Bedrock.
const BEDROCK: &str = "bedrock";
/// The rows of programs that people run themselves; the catalogue's group of
/// local servers.
const SERVERS: [&str; 4] = ["ollama", "llama-cpp", "lm-studio", "vllm"];

/// Who may charge for a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Payee {
    /// Somebody, unless the model has no price and the host is of one's own.
    Provider,
    /// Nobody: it runs in the page or in the browser, or a server of one's own
    /// runs it.
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
    /// Who may charge, as far as the row alone tells.
    pub(super) fn payee(self) -> Payee {
        match self.provider.as_str() {
            SIMULATED => Payee::Simulated,
            device::PROVIDER | built_in::PROVIDER => Payee::Local,
            // These run models by themselves, whatever those are called.
            server if SERVERS.contains(&server) && self.is_private() => Payee::Local,
            _ => Payee::Provider,
        }
    }

    /// Whether it leads nowhere that others can reach. What answers there is a
    /// relay where the model has a price, for then only somebody else can run
    /// it, and a server of one's own where it has none.
    fn is_private(self) -> bool {
        self.origin
            .is_none_or(|origin| private_host(origin.as_str()).is_some())
    }

    /// Whether a model without a price costs nothing there. Behind a row that is
    /// always a gateway stands somebody else, wherever the gateway runs.
    pub(super) fn is_free_unpriced(self) -> bool {
        self.is_private() && self.provider.as_str() != LITELLM
    }

    /// The prices of a model: those of the host, else those of the row that was
    /// chosen, else, by its name, those of its maker. `models`: the one that the
    /// reply named, then the one that was asked for.
    pub(super) fn row(
        self,
        table: &'a PriceTable,
        models: [Option<&ModelId>; 2],
    ) -> Result<Found<'a>, CostGap> {
        if let Some(found) = self.live_row(table, models) {
            return Ok(found);
        }
        let by_host = self.host().and_then(|host| table.list_of_host(host));
        let by_row = table.list_of_row(self.provider.as_str());
        let find = |via: Via, id: &str| match via {
            Via::Direct => by_host?.find(id),
            Via::OtherBase => by_row?.find(id),
            Via::ModelName => by_name(table, id),
        };
        for via in [Via::Direct, Via::OtherBase, Via::ModelName] {
            for (at, model) in models.into_iter().enumerate() {
                let id = model.map_or("", ModelId::as_str);
                if let Some(row) = find(via, id).filter(|_| !id.is_empty()) {
                    let by_returned_model = at == 0;
                    let contests = |host| row.sold_by.contests(host, id);
                    // The host has prices of its own, and not this one.
                    let is_elses = via == Via::ModelName && by_host.is_some();
                    return Ok(Found {
                        row,
                        via,
                        by_returned_model,
                        is_contested: is_elses
                            || row.is_of_any_prefix()
                            || self.host().is_some_and(contests),
                    });
                }
            }
        }
        Err(CostGap::NoPrice)
    }

    /// The row of the list that a gateway gave of itself. A gateway charges for
    /// the name that was asked for, whatever it calls the model behind it;
    /// `OpenRouter` for the model that answered.
    fn live_row(
        self,
        table: &'a PriceTable,
        [returned, asked]: [Option<&ModelId>; 2],
    ) -> Option<Found<'a>> {
        let (source, list) = table.live_list(self.origin?)?;
        let order = match source {
            LiveSource::OpenRouter => [(returned, true), (asked, false)],
            LiveSource::LiteLlm => [(asked, false), (returned, true)],
        };
        order.into_iter().find_map(|(model, by_returned_model)| {
            Some(Found {
                row: list.find_live(model?.as_str())?,
                via: Via::Direct,
                by_returned_model,
                is_contested: false,
            })
        })
    }

    /// Whether the host has a price list of its own.
    pub(super) fn list_is_known(self, table: &PriceTable) -> bool {
        self.host()
            .is_some_and(|host| table.list_of_host(host).is_some())
    }

    /// The host without its port.
    pub(super) fn host(self) -> Option<&'a str> {
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
    /// Whether the price is not certain: the sources disagree, or the host's list
    /// does not name just this id.
    pub(super) is_contested: bool,
}

/// By `anthropic/claude-…`, plain `claude-…`, or Bedrock's `us.anthropic.claude-…`,
/// which is Bedrock's to price. Only makers who give away no weights are looked
/// up, for anybody may sell the others at any price; and of one maker's model no
/// other maker's list is asked, though Google's has Claude as well.
fn by_name<'a>(table: &'a PriceTable, id: &str) -> Option<Row<'a>> {
    let id = matching::bare(id);
    let (prefix, name) = match id.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, id.as_str()),
    };
    let maker = identity::recognise(&id).maker?;
    let own = table
        .lists()
        .find(|list| list.made(&maker) && prefix.is_none_or(|prefix| list.made(prefix)))?;
    own.find(name).or_else(|| {
        let is_bedrocks = prefix.is_none() && name.contains(&format!("{maker}."));
        let bedrock = table.list_of_row(BEDROCK).filter(|_| is_bedrocks);
        bedrock?.find(name)
    })
}

#[cfg(test)]
#[path = "route_tests.rs"]
mod tests;
