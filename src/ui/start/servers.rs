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

/// The best known of the servers that are looked for, and where they usually
/// are. The others come with a later part.
const KNOWN: [(&str, &str); 4] = [
    ("Ollama", "localhost:11434"),
    ("LM Studio", "localhost:1234"),
    ("llama.cpp", "127.0.0.1:8080"),
    ("vLLM", "localhost:8000"),
];

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
                    late(|parts| (parts.local_servers)(None))
                } else {
                    known()
                }
            }}
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

fn known() -> AnyView {
    let rows = KNOWN.map(|(name, host)| view! { <span>{name} <code>{host}</code></span> });
    view! { <div class="start-picture">{rows.collect_view()}</div> }.into_any()
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

#[cfg(test)]
mod tests {
    use super::{KNOWN, addresses};

    #[test]
    fn each_server_that_is_named_is_looked_for_there() {
        for (name, host) in KNOWN {
            let is_there = addresses().iter().any(|address| {
                address.endpoint.host == host
                    && address.presets.iter().any(|preset| preset.name == name)
            });
            assert!(is_there, "{name} at {host}");
        }
    }
}
