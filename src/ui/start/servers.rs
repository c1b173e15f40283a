//! Servers that people run themselves.

use super::{
    OWN_SERVER,
    found::{FoundServers, address_of, addresses},
    go_to, open_panes,
};
use crate::{
    app::use_comparison,
    browser::page,
    core::domain::{ModelId, ProviderId},
    ui::later::late,
    words::words,
};
use leptos::prelude::*;

/// Servers on this machine, tried only on a click.
#[component]
pub fn LocalServers() -> impl IntoView {
    let asked = RwSignal::new(0u32);
    let w = words().start;
    view! {
        <section class="start-card">
            <span class="tag">{w.local_tag}</span>
            <h2>{w.local}</h2>
            <p>{w.local_text}</p>
            {move || (asked.get() > 0).then(|| late(|parts| (parts.local_servers)(None)))}
            {asks()}
            <div class="card-actions">
                <button
                    type="button"
                    class="btn btn-go"
                    data-testid="find-local"
                    on:click=move |_| asked.update(|times| *times += 1)
                >
                    {w.look}
                </button>
            </div>
        </section>
    }
}

/// Asks them all, or that of one route alone, and shows what came of it; a
/// server's button compares two of its models, or one with itself.
pub fn local_servers(of: Option<&'static str>) -> AnyView {
    let comparison = use_comparison();
    let provider = of.unwrap_or(OWN_SERVER);
    let on_use = Callback::new(move |(base, models): (String, Vec<ModelId>)| {
        let Some(first) = models.first().cloned() else {
            return;
        };
        let second = models.get(1).unwrap_or(&first).clone();
        // A row's own address needs no saying.
        let base = of.is_none().then_some(base.as_str());
        let models = vec![first, second];
        go_to(open_panes(
            &ProviderId::new(provider),
            base,
            models,
            comparison,
        ));
    });
    let use_text = words().local().use_server;
    let Some(id) = of else {
        let addresses = addresses();
        return view! { <FoundServers on_use use_text addresses /> }.into_any();
    };
    let asked = RwSignal::new(0u32);
    view! {
        <div class="start-key">
            {move || {
                asked.track();
                let addresses = address_of(id).into_iter().collect();
                view! { <FoundServers on_use use_text addresses /> }.into_any()
            }}
            {asks()}
            <div class="card-actions">
                <button
                    type="button"
                    class="btn"
                    data-testid="look-again"
                    on:click=move |_| asked.update(|times| *times += 1)
                >
                    {words().local().look_again}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// That the browser may ask before it reaches this machine, where it does.
fn asks() -> Option<AnyView> {
    (!page::is_local()).then(|| view! { <p class="hint">{words().start.local_asks}</p> }.into_any())
}
