//! Servers that people run themselves.

use super::{
    OWN_SERVER,
    found::{FoundServers, addresses},
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
            {move || {
                if asked.get() > 0 {
                    late(|parts| (parts.local_servers)())
                } else {
                    view! { <Addresses /> }.into_any()
                }
            }}
            {(!page::is_local()).then(|| view! { <p class="hint">{w.local_asks}</p> }.into_any())}
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

/// Where the servers would be looked for.
#[component]
fn Addresses() -> impl IntoView {
    let hosts: Vec<String> = addresses()
        .into_iter()
        .map(|one| one.endpoint.host)
        .collect();
    view! { <p class="start-addresses">{hosts.join(", ")}</p> }
}

/// Asks them all, and shows what came of it; a server's button compares two of
/// its models, or one with itself.
pub fn local_servers() -> AnyView {
    let comparison = use_comparison();
    let on_use = Callback::new(move |(base, models): (String, Vec<ModelId>)| {
        let Some(first) = models.first().cloned() else {
            return;
        };
        let second = models.get(1).unwrap_or(&first).clone();
        let own = ProviderId::new(OWN_SERVER);
        go_to(open_panes(
            &own,
            Some(&base),
            vec![first, second],
            comparison,
        ));
    });
    view! { <FoundServers on_use use_text=words().start.use_server /> }.into_any()
}
