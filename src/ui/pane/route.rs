//! What is known of a pane's route: who made the model, who runs it, where
//! requests go and what is said of them there.

use super::head::RouteParts;
use crate::{
    app::{PaneSetup, use_prices},
    core::catalog::{About, Provider, Transport, Values, identity, names_deployments},
    words::words,
};
use leptos::prelude::*;

/// The pane's route as it stands.
struct Known {
    about: Option<About>,
    /// The model's maker.
    maker: Option<String>,
    operator: String,
    /// Region, location and the like, filled in.
    values: Option<Values>,
}

impl Known {
    fn of(setup: &PaneSetup) -> Self {
        let row = setup.row();
        let about = row.and_then(Provider::about);
        let base = setup.endpoint().and_then(Result::ok);
        let named = setup.base_model();
        let model = named.as_ref().unwrap_or(&setup.model);
        let is_told = row.is_none_or(|row| !names_deployments(row)) || named.is_some();
        let by_id = identity::recognise(model.as_str())
            .maker
            .filter(|_| is_told);
        let by_id = by_id.map(|id| identity::maker(&id).map_or(id, |maker| maker.name.to_owned()));
        let by_row = about.as_ref().and_then(|about| about.owner.clone());
        // `Google Vertex AI: Claude` says whose models it has, too.
        let name = row.map_or(setup.provider.as_str(), |row| &row.name);
        let name = name.split(": ").next().unwrap_or(name).to_owned();
        let values = row.and_then(|row| {
            let site = row.site()?;
            site.read(&base?.base_url)
        });
        let is_in_page = row.is_some_and(|row| row.transport.is_in_page());
        Self {
            maker: by_id.or(by_row).filter(|_| !is_in_page),
            operator: name,
            about,
            values,
        }
    }

    /// Where in the world, where that is known.
    fn place(&self) -> Option<String> {
        let known = |id: &str| self.values.as_ref()?.get(id).cloned();
        known("region").or_else(|| known("location"))
    }
}

/// The route in the header.
pub fn line(setup: &PaneSetup, plain: RouteParts) -> RouteParts {
    let known = Known::of(setup);
    let place = known.place();
    // `OpenAI · OpenAI` says nothing twice.
    let maker = known.maker.filter(|maker| {
        let operator = known.operator.as_str();
        !operator.contains(maker.as_str()) && !maker.contains(operator)
    });
    RouteParts {
        provider: known.operator,
        maker: maker.unwrap_or_default(),
        place: place.unwrap_or_default(),
        ..plain
    }
}

/// What the popover says.
pub fn details(setup: &PaneSetup) -> AnyView {
    let w = words().routes();
    let known = Known::of(setup);
    let mut facts: Vec<AnyView> = Vec::new();
    let mut add = |name: &'static str, text: String| facts.push(fact(name, text.into_any()));
    add(
        w.maker,
        known
            .maker
            .clone()
            .unwrap_or_else(|| w.not_known.to_owned()),
    );
    let endpoint = setup.endpoint().and_then(Result::ok);
    let is_in_page = setup
        .row()
        .is_some_and(|row| row.transport != Transport::Http);
    let about = known.about.as_ref();
    let operator = about.and_then(|about| about.operator.clone());
    let operator = operator.unwrap_or_else(|| match about {
        Some(_) => w.yourself.to_owned(),
        None => known.operator.clone(),
    });
    add(w.operator, operator);
    if is_in_page {
        add(w.address, w.in_page.to_owned());
        return view! { <dl class="facts" data-testid="route-facts">{facts}</dl> }.into_any();
    }
    if let Some(endpoint) = &endpoint {
        add(w.address, endpoint.url(&setup.model));
    }
    if let Some(place) = place_of(&known) {
        add(w.place, place);
    }
    let by_relay = endpoint.and_then(|endpoint| endpoint.relay);
    let goes_to = about.and_then(|about| about.data.goes_to.clone());
    let goes_to = match &by_relay {
        Some(relay) => {
            let to = goes_to.unwrap_or_else(|| known.operator.clone());
            Some((w.goes_to_relay)(&relay.host, &to))
        }
        None => goes_to,
    };
    if let Some(goes_to) = goes_to {
        add(w.goes_to, goes_to);
    }
    let Some(about) = about else {
        return view! { <dl class="facts" data-testid="route-facts">{facts}</dl> }.into_any();
    };
    let date = about.cors.date.as_deref().map(w.as_of);
    let relay = match &by_relay {
        Some(_) => Some(w.by_relay.to_owned()),
        None => (w.relay)(about.relay).map(str::to_owned),
    };
    let reach = [Some((w.cors)(about.cors.state).to_owned()), date, relay];
    let reach: Vec<_> = reach.into_iter().flatten().collect();
    add(
        w.reach,
        format!("{}. {}", reach.join(", "), about.cors.evidence),
    );
    let table = untrack(|| use_prices().ready());
    let list = about.prices.as_deref();
    let name = list.map(|id| {
        let name = table.as_ref().and_then(|table| table.name_of_list(id));
        name.unwrap_or(id)
    });
    add(w.prices, (w.prices_of)(name));
    let links = [
        (about.data.retention.as_deref(), w.retention_page),
        (about.docs.as_deref(), w.docs),
    ];
    let links: Vec<_> = links
        .into_iter()
        .filter_map(|(page, text)| Some(link(page?, text)))
        .collect();
    view! {
        <dl class="facts" data-testid="route-facts">{facts}</dl>
        {links}
    }
    .into_any()
}

/// Where what is sent is worked on, with the fields filled in.
fn place_of(known: &Known) -> Option<String> {
    let data = known.about.as_ref().map(|about| &about.data);
    match data.filter(|data| data.place.is_some()) {
        Some(data) => data.place_at(known.values.as_ref()),
        None => known.place(),
    }
}

fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! {
        <dt>{name}</dt>
        <dd>{value}</dd>
    }
    .into_any()
}

fn link(page: &str, text: &'static str) -> AnyView {
    view! {
        <p>
            <a href=page.to_owned() target="_blank" rel="noopener noreferrer">
                {text}
            </a>
        </p>
    }
    .into_any()
}
