//! The price table, which comes after the page, and what runs cost by it.

use super::{
    comparison::{Comparison, use_comparison},
    deployments, later,
    live::LiveState,
    pane::{RunCell, RunState},
    task,
};
use crate::{
    browser::{beside, clock, timer::Timer},
    core::{
        domain::ModelId,
        pricing::{
            self, Cost, CostGap, ListPrice, LivePrices, Moment, PriceTable, RunToPrice, TableError,
            cost_of_run,
        },
        run::Phase,
        sorted::SortedMap,
        wire::endpoint::Endpoint,
    },
};
use leptos::prelude::*;
use std::sync::Arc;

/// Where the table stands, seen from the page.
const FILE: &str = "prices.json";
/// When it is asked for: after the first paint, and also in a hidden tab, which
/// paints nothing.
const AFTER_MS: i32 = 100;

/// What is known of the table.
#[derive(Debug, Clone)]
pub enum Table {
    /// It was asked for, or will be soon.
    Loading,
    /// It is there.
    Ready(Arc<PriceTable>),
    /// It could not be had, or not be read.
    Failed(Arc<TableError>),
}

/// The table as a signal.
#[derive(Clone, Copy)]
pub struct Prices {
    /// What is known of it.
    pub table: RwSignal<Table>,
    /// Whether the part of the program is there that makes costs of prices.
    pub can_price: RwSignal<bool>,
    /// How far the lists of gateways are, by origin.
    pub live_states: RwSignal<SortedMap<String, LiveState>>,
    /// The lists that gateways gave of themselves.
    live: StoredValue<Vec<LivePrices>>,
    /// The table as it came, until there is what can read it.
    text: StoredValue<Option<String>>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
}

/// Creates the context and asks for the table.
pub fn provide() {
    let prices = Prices {
        table: RwSignal::new(Table::Loading),
        can_price: RwSignal::new(false),
        live_states: RwSignal::new(SortedMap::new()),
        live: StoredValue::new(Vec::new()),
        text: StoredValue::new(None),
        timer: StoredValue::new_local(None),
    };
    prices
        .timer
        .set_value(Timer::once(AFTER_MS, move || prices.load()));
    let comparison = use_comparison();
    // Runs may be over before the table is there, and an undo may bring some
    // back that had none.
    Effect::new(move |_| {
        prices.table.track();
        prices.can_price.track();
        prices.price_all(comparison);
    });
    provide_context(prices);
}

/// The context.
pub fn use_prices() -> Prices {
    expect_context()
}

impl Prices {
    /// Asks for the table.
    pub fn load(self) {
        self.table.set(Table::Loading);
        task::spawn(async move {
            match beside::text(FILE).await {
                Some(text) => {
                    self.text.set_value(Some(text));
                    self.read();
                }
                None => self.table.set(Table::Failed(Arc::new(TableError::Absent))),
            }
        });
    }

    /// Reads the table, once both it and the part that can are there.
    fn read(self) {
        let Some(parts) = later::parts() else { return };
        let Some(text) = self.text.try_update_value(Option::take).flatten() else {
            return;
        };
        self.table.set(match (parts.read_prices)(&text) {
            Ok(table) => Table::Ready(Arc::new(table.with_live(self.live.get_value()))),
            Err(error) => Table::Failed(Arc::new(error)),
        });
    }

    /// Takes the list that a gateway gave of itself.
    pub fn add_live(self, list: LivePrices) {
        self.live.update_value(|live| {
            live.retain(|other| !other.is_of_same_gateway(&list));
            live.push(list);
        });
        if let Some(table) = untrack(|| self.ready()) {
            let table = table.with_live(self.live.get_value());
            self.table.set(Table::Ready(Arc::new(table)));
        }
    }

    /// The table, if it is there (tracked).
    pub fn ready(self) -> Option<Arc<PriceTable>> {
        self.table.with(|table| match table {
            Table::Ready(table) => Some(Arc::clone(table)),
            _ => None,
        })
    }

    /// Whether it is still on its way (tracked).
    pub fn is_loading(self) -> bool {
        self.table.with(|table| matches!(table, Table::Loading))
    }

    /// The part that makes costs of prices is there.
    pub fn begin_to_price(self) {
        self.read();
        self.can_price.set(true);
    }

    /// Says anew what a run costs or has cost.
    pub fn price(self, cell: &RunCell) {
        let Some(parts) = later::parts() else {
            return;
        };
        let table = untrack(|| self.ready());
        let cost = (parts.cost)(&cell.state(), table.as_deref(), clock::wall());
        if cell.cost.with_untracked(|before| **before != cost) {
            cell.cost.set(Arc::new(cost));
        }
    }

    fn price_all(self, comparison: Comparison) {
        comparison.panes.with(|panes| {
            for cell in panes.iter().flat_map(|pane| pane.cells.get_untracked()) {
                self.price(&cell);
            }
        });
    }
}

impl RunState {
    /// What the run costs or has cost.
    pub fn cost(&self, table: Option<&PriceTable>, now: Moment) -> Cost {
        if let Some(restored) = &self.restored {
            return restored.cost();
        }
        // Whoever waits, or was stopped while it did, may be known to cost nothing.
        let has_waited = matches!(self.log.phase(), Phase::Queued | Phase::Stopped);
        let waited = has_waited.then_some(now);
        let (Some(setup), Some(sent_at)) = (&self.setup, self.sent_at.or(waited)) else {
            return Cost::Unknown(CostGap::NotSent);
        };
        let endpoint = self.endpoint.as_ref();
        let base_model = self.base_model();
        let run = RunToPrice {
            provider: &setup.provider,
            origin: endpoint
                .filter(|endpoint| !endpoint.transport.is_in_page())
                .map(Endpoint::real_origin),
            asked: base_model.as_ref().unwrap_or(&setup.model),
            log: &self.log,
            body: self.sent.as_ref().map(|sent| &sent.body),
            sent_at,
            now,
        };
        cost_of_run(table, &run)
    }

    /// The model that the person named for the deployment that was asked.
    pub fn base_model(&self) -> Option<ModelId> {
        let (setup, endpoint) = (self.setup.as_ref()?, self.endpoint.as_ref()?);
        deployments::base_model(endpoint, &setup.model)
    }
}

/// Whether nobody is known to charge for the model there.
pub fn is_local(table: &PriceTable, endpoint: &Endpoint, model: &ModelId) -> bool {
    !endpoint.transport.is_in_page()
        && pricing::is_local(
            table,
            &endpoint.provider,
            Some(endpoint.real_origin()),
            model,
        )
}

/// The prices of a token of input and of output today; `None` where they are
/// not known, or nobody charges.
pub fn list_price(table: &PriceTable, endpoint: &Endpoint, model: &ModelId) -> Option<ListPrice> {
    let origin = (!endpoint.transport.is_in_page()).then(|| endpoint.real_origin());
    pricing::list_price(table, &endpoint.provider, origin, model, clock::wall())
}
