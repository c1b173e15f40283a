//! Which servers of this machine answer, and with which models.

use super::OWN_SERVER;
use crate::{
    app::{ModelLists, Vault, connection, models::ModelList, task, use_model_lists, use_vault},
    browser::page,
    core::{
        catalog::{Catalog, LocalPreset, Provider},
        domain::{FailureKind, ModelId, Origin, ProviderId},
        sorted::SortedMap,
        wire::{
            diagnosis::LocalPermission,
            endpoint::{self, Endpoint},
        },
    },
    ui::{keyfield::KeyField, kit::command},
    words::words,
};
use leptos::prelude::*;

/// One usual address, with everything that may be there.
#[derive(Clone)]
pub struct Address {
    /// Which servers use it.
    pub presets: Vec<&'static LocalPreset>,
    /// How it is called.
    pub endpoint: Endpoint,
    /// The row for a server of one's own.
    pub row: &'static Provider,
}

impl Address {
    /// Names of the servers that use it.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.presets.iter().map(|one| one.name.as_str()).collect();
        (words().local().one_of)(&names)
    }
}

/// All usual addresses of this machine, each once.
pub fn addresses() -> Vec<Address> {
    let catalog = Catalog::builtin();
    let Some(row) = catalog.provider(&ProviderId::new(OWN_SERVER)) else {
        return Vec::new();
    };
    let mut all: Vec<Address> = Vec::new();
    for preset in &catalog.local_presets {
        for base in &preset.bases {
            let Ok(endpoint) = endpoint::resolve(row, None, Some(base)) else {
                continue;
            };
            match all.iter_mut().find(|one| one.endpoint == endpoint) {
                Some(known) => known.presets.push(preset),
                None => all.push(Address {
                    presets: vec![preset],
                    endpoint,
                    row,
                }),
            }
        }
    }
    all
}

/// The address of a row whose servers are looked for alone.
pub fn address_of(id: &str) -> Option<Address> {
    let catalog = Catalog::builtin();
    let row = catalog.provider(&ProviderId::new(id))?;
    let presets = catalog.local_presets.iter();
    Some(Address {
        presets: presets
            .filter(|one| one.row.as_ref() == Some(&row.id))
            .collect(),
        endpoint: endpoint::resolve(row, None, None).ok()?,
        row,
    })
}

/// What is at an address.
#[derive(Clone, PartialEq)]
enum Standing {
    /// It was asked.
    Trying,
    /// A server with these models.
    Here(Vec<ModelId>),
    /// A server that wants a key.
    WantsKey,
    /// Something that answers and does not let this page read it.
    Refuses,
    /// Something that is no such server.
    SomethingElse,
    /// Nothing, as far as can be told.
    Nothing,
}

/// What came of the search. Of no owner, as the answers may outlast the view.
#[derive(Clone)]
struct Search {
    lists: ModelLists,
    /// Whether anything answers unseen, by base URL, where the page got nothing.
    unseen: ArcRwSignal<SortedMap<String, bool>>,
    permission: ArcRwSignal<LocalPermission>,
}

impl Search {
    fn begin(addresses: &[Address], lists: ModelLists, vault: Vault) -> Self {
        let search = Self {
            lists,
            unseen: ArcRwSignal::new(SortedMap::new()),
            permission: ArcRwSignal::new(LocalPermission::NotApplicable),
        };
        for address in addresses {
            vault.approve(&address.endpoint.origin);
            lists.load(address.row, &address.endpoint, true);
            search.look_unseen_after(address.endpoint.clone());
        }
        search
    }

    /// Looks whether anything answers at all, once the page got nothing; but
    /// one time only, whatever becomes of this list and of all others.
    fn look_unseen_after(&self, endpoint: Endpoint) {
        let (lists, search) = (self.lists, self.clone());
        let asked = endpoint.clone();
        let is_unreachable = Memo::new(move |_| lists.get(&asked) == Some(ModelList::Unreachable));
        Effect::new(move |has_looked: Option<bool>| {
            if has_looked == Some(true) || !is_unreachable.get() {
                return has_looked.unwrap_or_default();
            }
            let (search, endpoint) = (search.clone(), endpoint.clone());
            task::spawn(async move {
                let permission = connection::permission_for(&endpoint).await;
                search.permission.set(permission);
                let answers = connection::answers(&endpoint.at("/models")).await;
                search.unseen.update(|unseen| {
                    unseen.insert(endpoint.base_url.clone(), answers == Some(true));
                });
            });
            true
        });
    }

    fn standing(&self, endpoint: &Endpoint) -> Standing {
        match self.lists.get(endpoint) {
            None | Some(ModelList::Loading) => Standing::Trying,
            Some(ModelList::Ready(models)) => {
                Standing::Here(models.into_iter().map(|model| model.id).collect())
            }
            Some(ModelList::Failed(failure)) if failure.kind == FailureKind::Auth => {
                Standing::WantsKey
            }
            Some(ModelList::Failed(_)) => Standing::SomethingElse,
            Some(ModelList::Unreachable) => {
                let unseen = self.unseen.with(|all| all.get(&endpoint.base_url).copied());
                match unseen {
                    None => Standing::Trying,
                    Some(true) => Standing::Refuses,
                    Some(false) => Standing::Nothing,
                }
            }
        }
    }
}

/// Asks them all, and shows what came of it. `on_use` takes a server's base URL
/// and its models.
#[component]
pub fn FoundServers(
    /// What the button of a server does.
    on_use: Callback<(String, Vec<ModelId>)>,
    /// What it says.
    use_text: &'static str,
    /// Where to look.
    addresses: Vec<Address>,
) -> impl IntoView {
    let search = Search::begin(&addresses, use_model_lists(), use_vault());
    let w = words().local();
    let is_alone = addresses.len() == 1;
    let rows = addresses.into_iter().map(|address| {
        let for_standing = (search.clone(), address.endpoint.clone());
        let standing = Memo::new(move |_| for_standing.0.standing(&for_standing.1));
        (address, standing)
    });
    let rows: Vec<_> = rows.collect();
    let lacks = rows.first().cloned().filter(|_| is_alone);
    let quiet = {
        let rows = rows.clone();
        move |wanted: Standing| {
            let rows = rows.iter().filter(|(_, standing)| standing.get() == wanted);
            let names: Vec<String> = rows
                .map(|(address, _)| address.endpoint.host.clone())
                .collect();
            names.join(", ")
        }
    };
    let summary = {
        let quiet = quiet.clone();
        move || {
            let (trying, nothing) = (quiet(Standing::Trying), quiet(Standing::Nothing));
            match (trying.is_empty(), nothing.is_empty()) {
                (false, _) => (w.trying_at)(&trying),
                (true, false) => (w.nothing_at)(&nothing),
                (true, true) => String::new(),
            }
        }
    };
    let permission = search.permission.clone();
    let denied = move || permission.get() == LocalPermission::Denied;
    view! {
        <div class="servers" data-testid="local-found">
            {move || denied().then(|| view! { <p class="hint-bad">{w.local_denied}</p> }.into_any())}
            <ul class="server-list">
                {rows
                    .into_iter()
                    .map(|(address, standing)| {
                        view! { <Server address standing on_use use_text lists=search.lists /> }.into_any()
                    })
                    .collect_view()}
            </ul>
            <p class="hint" role="status" data-testid="local-quiet">{summary}</p>
            {move || {
                let (address, standing) = lacks.as_ref()?;
                standing.with(|standing| lacking(address, standing))
            }}
            <details>
                <summary>{w.let_in}</summary>
                {settings()}
            </details>
        </div>
    }
}

/// A server that has something to say.
#[component]
fn Server(
    address: Address,
    standing: Memo<Standing>,
    on_use: Callback<(String, Vec<ModelId>)>,
    use_text: &'static str,
    lists: ModelLists,
) -> impl IntoView {
    move || {
        let address = address.clone();
        let w = words().local();
        let standing = standing.get();
        let (word, state) = match &standing {
            Standing::Trying | Standing::Nothing => return None,
            Standing::Here(models) => ("here", (w.found)(models.len())),
            Standing::WantsKey => ("wants_key", w.wants_key.to_owned()),
            Standing::Refuses => ("refuses", w.refuses.to_owned()),
            Standing::SomethingElse => ("something_else", w.something_else.to_owned()),
        };
        let more = match standing {
            Standing::Here(models) => {
                let names: Vec<&str> = models.iter().take(3).map(ModelId::as_str).collect();
                let names = (w.some_of)(&names, models.len());
                let base = address.endpoint.base_url.clone();
                let has_models = !models.is_empty();
                view! {
                    <span class="models">{names}</span>
                    {has_models
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="btn"
                                    data-testid="use-server"
                                    on:click=move |_| on_use.run((base.clone(), models.clone()))
                                >
                                    {use_text}
                                </button>
                            }
                        })}
                }
                .into_any()
            }
            Standing::WantsKey => {
                let (row, endpoint) = (address.row, address.endpoint.clone());
                let on_saved = Callback::new(move |()| lists.load(row, &endpoint, true));
                let (provider, origin) = (row.id.clone(), address.endpoint.origin.clone());
                view! { <div class="models"><KeyField provider origin on_saved /></div> }.into_any()
            }
            Standing::Refuses => {
                let has_some = address
                    .presets
                    .iter()
                    .any(|one| !one.cors.settings.is_empty());
                let lines = has_some.then(|| setting_lines(&address.presets));
                lines
                    .map(|lines| view! { <span class="models">{w.set_this} " " {lines}</span> })
                    .into_any()
            }
            _ => ().into_any(),
        };
        Some(
            view! {
                <li data-testid="local-server" data-standing=word>
                    <b>{address.names()}</b>
                    <code class="host">{address.endpoint.host.clone()}</code>
                    <span class="state">{state}</span>
                    {more}
                </li>
            }
            .into_any(),
        )
    }
}

/// What a server that is looked for alone still needs, with the command for it.
fn lacking(address: &Address, standing: &Standing) -> Option<AnyView> {
    let w = words().local();
    let preset = address.presets.first()?;
    let (text, line) = match standing {
        Standing::Nothing => {
            let page = Origin::new(page::origin());
            let start = preset.start_for(&page, page::is_local())?;
            ((w.not_running)(&preset.name), start)
        }
        Standing::Here(models) if models.is_empty() => {
            ((w.without_models)(&preset.name), preset.fetch.clone()?)
        }
        _ => return None,
    };
    Some(
        view! {
            <p>{text}</p>
            {command("local-command", move || line.clone())}
        }
        .into_any(),
    )
}

/// The settings that let this page in, each with its server's name where there
/// are several servers.
fn setting_lines(presets: &[&LocalPreset]) -> AnyView {
    let page = Origin::new(page::origin());
    let many = presets.len() > 1;
    let lines = presets.iter().flat_map(|preset| {
        let page = page.clone();
        preset.cors.settings.iter().map(move |setting| {
            let name = many.then(|| format!("{} ", preset.name));
            view! { <span>{name}<code>{setting.line(&page)}</code> " "</span> }.into_any()
        })
    });
    lines.collect_view().into_any()
}

/// The settings with which servers let this page in, each once.
fn settings() -> AnyView {
    let page = Origin::new(page::origin());
    let presets = &Catalog::builtin().local_presets;
    let rows = presets.iter().filter_map(|preset| {
        let lines = preset
            .cors
            .settings
            .iter()
            .map(|setting| view! { " " <code>{setting.line(&page)}</code> }.into_any());
        let lines: Vec<_> = lines.collect();
        (!lines.is_empty()).then(|| view! { <p>{preset.name.clone()} {lines}</p> }.into_any())
    });
    rows.collect_view().into_any()
}
