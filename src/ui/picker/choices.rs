//! The models that can be chosen: in order, with what is known of each.

use super::Form;
use crate::{
    app::{
        Prices, deployments,
        models::ModelList,
        prices::{is_local, list_price},
    },
    browser::page,
    core::{
        catalog::identity,
        chart::exact_usd,
        domain::ModelId,
        pricing::{PicoUsd, PriceTable},
        sorted::SortedMap,
        wire::endpoint::Endpoint,
    },
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// One row of the list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) meta: String,
    /// Its maker, where the list has models of several.
    pub(super) maker: Option<&'static str>,
    /// What a search looks at: the id and its other spellings.
    pub(super) text: String,
}

impl Choice {
    fn new(id: &str, name: &str, meta: String) -> Self {
        let found = identity::recognise(id);
        let maker = found.maker.as_deref().and_then(identity::maker);
        let text = page::lower_case(&format!("{id} {name} {}", found.name));
        Self {
            id: id.to_owned(),
            meta,
            maker: maker.map(|maker| maker.name),
            text,
        }
    }
}

/// Puts models of one maker together, in the order in which the makers come; a
/// list of one maker, or of none that is known, stays as it is.
pub(super) fn grouped(mut all: Vec<Choice>) -> Vec<Choice> {
    let mut makers: Vec<Option<&str>> = Vec::new();
    for choice in &all {
        if !makers.contains(&choice.maker) {
            makers.push(choice.maker);
        }
    }
    if makers.iter().flatten().count() < 2 {
        for choice in &mut all {
            choice.maker = None;
        }
        return all;
    }
    // Those of unknown makers come last.
    let place = |choice: &Choice| {
        let at = makers.iter().position(|maker| *maker == choice.maker);
        (choice.maker.is_none(), at)
    };
    all.sort_by_key(place);
    all
}

/// What can be chosen: the provider's list, else the built-in one (tracked).
pub(super) fn choices(form: Form, list: Option<ModelList>, files: Vec<String>) -> Vec<Choice> {
    let Some(row) = form.row() else {
        return Vec::new();
    };
    let describe = |id: &ModelId, context: Option<u64>| {
        let capabilities = row.capabilities(id);
        let context = context
            .or(capabilities.context)
            .map(words().picker().context);
        [row.family(id).map(str::to_owned), context]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    };
    match list {
        Some(ModelList::Ready(models)) => models
            .into_iter()
            .map(|model| {
                let meta = describe(&model.id, model.context);
                Choice::new(model.id.as_str(), &model.name, meta)
            })
            .collect(),
        _ if form.base.with(|base| base.trim().is_empty()) || form.values.with(Option::is_some) => {
            row.models
                .iter()
                .map(|model| {
                    let meta = describe(&model.id, None);
                    // Ids of models in the page say less than their names.
                    let meta = if row.transport.is_in_page() {
                        format!("{} · {meta}", model.name)
                    } else {
                        meta
                    };
                    Choice::new(model.id.as_str(), &model.name, meta)
                })
                .chain(
                    files
                        .into_iter()
                        .map(|id| Choice::new(&id, "", String::new())),
                )
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What a million tokens in and out cost by the list, where that is known.
fn price_of(form: Form, table: &PriceTable, id: &str) -> Option<String> {
    price_per_million(table, &form.resolved()?, &ModelId::new(id))
}

/// The same of any model and endpoint; of a deployment, that of its model. Of
/// a model that nobody charges for, that it is local.
pub fn price_per_million(
    table: &PriceTable,
    endpoint: &Endpoint,
    model: &ModelId,
) -> Option<String> {
    let base_model = deployments::base_model(endpoint, model);
    let model = base_model.as_ref().unwrap_or(model);
    if is_local(table, endpoint, model) {
        return Some(words().cost().local.to_owned());
    }
    let price = list_price(table, endpoint, model)?;
    let per_million = |price: PicoUsd| exact_usd(price.times(1_000_000));
    let text = (words().sum().list_price)(
        &per_million(price.input),
        &per_million(price.output),
        price.hours,
    );
    Some(if price.is_live {
        format!("{text} · {}", (words().sum().live)(endpoint))
    } else {
        text
    })
}

/// Prices by id, each looked up once: long lists are filtered with every key.
pub(super) fn remembered(
    form: Form,
    prices: Prices,
) -> impl Fn(&str) -> Option<String> + Copy + Send + Sync {
    let known = StoredValue::new(SortedMap::<(String, String), Option<String>>::new());
    let of = StoredValue::new(None::<Arc<PriceTable>>);
    move |id: &str| {
        let table = prices.ready()?;
        // A gateway's own list makes another table, of which nothing is known yet.
        if !of.with_value(|of| of.as_ref().is_some_and(|of| Arc::ptr_eq(of, &table))) {
            known.set_value(SortedMap::new());
            of.set_value(Some(Arc::clone(&table)));
        }
        let place = form.resolved()?.base_url;
        let key = (place, id.to_owned());
        if let Some(price) = known.with_value(|known| known.get(&key).cloned()) {
            return price;
        }
        let price = price_of(form, &table, id);
        known.update_value(|known| {
            known.insert(key, price.clone());
        });
        price
    }
}
