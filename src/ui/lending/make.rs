//! The form that makes a link with a key in it.

use crate::{
    app::{
        Lending, Vault, lending::name_of, share, task, use_comparison, use_lending, use_notices,
        use_vault,
    },
    browser::{clock, page, random, sealing::SealFault},
    core::{
        catalog::{Catalog, Provider, Transport},
        domain::{ApiKey, ModelId, Origin, ProviderId},
        lent::{self, LentKey, cap_of},
        pricing::Moment,
        share::{Base, qr},
        signin::host_of,
        wire::endpoint::{self, Endpoint, EndpointError},
    },
    ui::kit::{Dialog, copy_text},
    words::words,
};
use leptos::prelude::*;
use web_sys::SubmitEvent;

/// How long a key is lent if nothing else is said, in seconds.
const LENT_FOR_S: i64 = 24 * 3600;

/// The element that has what was made.
const MADE: &str = "lend-made";

/// The dialog.
#[component]
pub fn MakeDialog() -> impl IntoView {
    let lending = use_lending();
    view! {
        <Dialog
            open=lending.makes
            title=Signal::stored(words().lending().title.to_owned())
            test_id="lend-key"
            on_close=move |()| lending.makes.set(false)
        >
            <Make lending />
        </Dialog>
    }
}

/// What was typed.
#[derive(Clone, Copy)]
struct Form {
    provider: RwSignal<String>,
    base: RwSignal<String>,
    /// Whether another key than the held one is lent.
    other_key: RwSignal<bool>,
    key: RwSignal<String>,
    from: RwSignal<String>,
    limit: RwSignal<String>,
    model: RwSignal<String>,
    expires: RwSignal<String>,
    passphrase: RwSignal<String>,
    site: RwSignal<String>,
    agreed: RwSignal<bool>,
    vault: Vault,
}

impl Form {
    fn new() -> Self {
        let vault = use_vault();
        let (provider, base) = likely(vault);
        let named = share::named_base().map(|base| base.as_str().to_owned());
        Self {
            provider: RwSignal::new(provider),
            base: RwSignal::new(base),
            other_key: RwSignal::new(false),
            key: RwSignal::new(String::new()),
            from: RwSignal::new(String::new()),
            limit: RwSignal::new(String::new()),
            model: RwSignal::new(String::new()),
            expires: RwSignal::new(clock::to_local(Moment(clock::wall().0 + LENT_FOR_S))),
            passphrase: RwSignal::new(new_passphrase().unwrap_or_default()),
            site: RwSignal::new(named.unwrap_or_else(page::bare_address)),
            agreed: RwSignal::new(false),
            vault,
        }
    }

    fn row(self) -> Option<&'static Provider> {
        let id = ProviderId::new(self.provider.get());
        Catalog::builtin().provider(&id)
    }

    /// Where the key is for (tracked).
    fn endpoint(self) -> Result<Endpoint, EndpointError> {
        let row = self.row().ok_or(EndpointError::BaseMissing)?;
        let base = self.base.get();
        endpoint::resolve(row, None, Some(base.as_str()))
    }

    /// The key that is held for that place (tracked).
    fn held(self) -> Option<(Origin, ApiKey)> {
        let origin = self.endpoint().ok()?.origin;
        let provider = ProviderId::new(self.provider.get());
        self.vault
            .has(&provider, &origin)
            .then(|| self.vault.key(&provider, &origin))
            .flatten()
            .map(|key| (origin, key))
    }

    /// What would be lent, or what is wrong.
    fn read(self) -> Result<LentKey, String> {
        let w = words().lending();
        let endpoint = self
            .endpoint()
            .map_err(|error| (w.bad_base)(&words().endpoint_error(&error)))?;
        let held = self.held().filter(|_| !self.other_key.get());
        let key = match held {
            Some((_, key)) => key,
            None => ApiKey::new(&self.key.get()).ok_or_else(|| w.no_key.to_owned())?,
        };
        let expires = match self.expires.get().trim() {
            "" => None,
            typed => {
                let moment = clock::of_local(typed);
                Some(
                    moment
                        .filter(|end| *end > clock::wall())
                        .ok_or(w.expires_past)?,
                )
            }
        };
        if self.passphrase.with(|typed| lent::plain(typed).is_empty()) {
            return Err(w.empty.to_owned());
        }
        if !self.agreed.get() {
            return Err(w.agree_first.to_owned());
        }
        let text = |typed: RwSignal<String>| {
            let typed = typed.get().trim().to_owned();
            (!typed.is_empty()).then_some(typed)
        };
        let lent = LentKey {
            provider: endpoint.provider.clone(),
            base_url: text(self.base).map(|_| endpoint.base_url.clone()),
            origin: endpoint.origin,
            key,
            from: text(self.from),
            limit: text(self.limit),
            expires,
            model: text(self.model).map(ModelId::new),
        };
        lent.endpoint().map_err(|fault| (w.fault)(&fault))?;
        Ok(lent)
    }
}

/// The pair for which a key is held, else that of the first pane.
fn likely(vault: Vault) -> (String, String) {
    let pair = untrack(|| vault.pairs()).into_iter().next();
    let base_at = |provider: &ProviderId, origin: &Origin| {
        let row = Catalog::builtin().provider(provider);
        let own = row.and_then(|row| endpoint::resolve(row, None, None).ok());
        let panes = use_comparison().panes.get_untracked();
        let of_pane = panes.iter().find_map(|pane| {
            let setup = pane.setup.get_untracked();
            let endpoint = setup.direct()?.ok()?;
            (setup.provider == *provider && endpoint.origin == *origin)
                .then_some(setup.base_url)
                .flatten()
        });
        match own {
            Some(own) if own.origin == *origin => of_pane.unwrap_or_default(),
            _ => of_pane.unwrap_or_else(|| origin.as_str().to_owned()),
        }
    };
    match pair {
        Some((provider, origin)) => {
            let base = base_at(&provider, &origin);
            (provider.as_str().to_owned(), base)
        }
        None => ("openrouter".to_owned(), String::new()),
    }
}

fn new_passphrase() -> Option<String> {
    lent::generate(&random::bytes()?)
}

/// The form, and then what it made.
#[component]
fn Make(lending: Lending) -> impl IntoView {
    let form = Form::new();
    let made = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(String::new());
    // What was made is of what was typed then.
    Effect::new(move |_| {
        for typed in [
            form.provider,
            form.base,
            form.key,
            form.from,
            form.limit,
            form.model,
        ] {
            typed.track();
        }
        for typed in [form.expires, form.passphrase, form.site] {
            typed.track();
        }
        form.other_key.track();
        made.set(None);
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let ready = untrack(|| {
            let site = site_of(form)?;
            Ok::<_, String>((form.read()?, site))
        });
        let (lent, site) = match ready {
            Ok(ready) => ready,
            Err(why) => return problem.set(why),
        };
        problem.set(String::new());
        busy.set(true);
        let passphrase = form.passphrase.get_untracked();
        task::spawn(async move {
            let origin = Origin::new(page::origin_of(site.as_str()).unwrap_or_default());
            let text = lending.seal(&lent, &passphrase, &origin).await;
            busy.try_set(false);
            match text {
                Ok(text) => {
                    made.try_set(Some(site.with_fragment(&format!("#k={text}"))));
                }
                Err(SealFault::NotLoaded) => {
                    problem.try_set(words().later.failed.to_owned());
                }
                Err(_) => {
                    problem.try_set(words().lending().not_made.to_owned());
                }
            }
        });
    };
    let w = words().lending();
    view! {
        <form class="lend" on:submit=submit autocomplete="off">
            <p>{w.lead}</p>
            <p class="card-bad lend-warning" role="note">
                {w.warning}
            </p>
            <What form />
            <CapLine form />
            <About form />
            <Passphrase form />
            <Site form />
            <label class="check">
                <input
                    type="checkbox"
                    data-testid="lend-agree"
                    prop:checked=move || form.agreed.get()
                    on:change=move |event| form.agreed.set(event_target_checked(&event))
                />
                {w.agree}
            </label>
            <p class="hint" class:hint-bad=move || !busy.get() role="status" data-testid="lend-problem">
                {move || if busy.get() { w.making.to_owned() } else { problem.get() }}
            </p>
            <div class="lend-foot">
                <button type="submit" class="btn btn-go" data-testid="lend-make" disabled=move || busy.get()>
                    {w.make}
                </button>
            </div>
            {move || made.get().map(|link| view! { <Made link form /> }.into_any())}
        </form>
    }
}

fn site_of(form: Form) -> Result<Base, String> {
    let w = words().lending();
    let typed = form.site.get();
    let base = Base::read(&typed).map_err(|_| (w.private_base)(typed.trim()))?;
    Ok(base)
}

/// A text field of the form.
fn field(
    label: &'static str,
    test_id: &'static str,
    kind: &'static str,
    value: RwSignal<String>,
    example: &'static str,
    hint: &'static str,
) -> AnyView {
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <input
                class="input"
                type=kind
                data-testid=test_id
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder=example
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {(!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> })}
        </label>
    }
    .into_any()
}

/// Provider, base URL and key.
#[component]
fn What(form: Form) -> impl IntoView {
    let w = words().lending();
    let rows = Catalog::builtin().providers.iter();
    let options = rows
        .filter(|row| row.transport == Transport::Http && row.takes_key())
        .map(|row| {
            view! { <option value=row.id.as_str()>{row.name.as_str()}</option> }
        })
        .collect_view();
    let held = Memo::new(move |_| form.held().map(|(origin, _)| host_of(&origin).to_owned()));
    view! {
        <div class="form-grid">
            <label class="field">
                <span class="label">{w.provider}</span>
                <select
                    class="select"
                    data-testid="lend-provider"
                    prop:value=move || form.provider.get()
                    on:change=move |event| {
                        form.provider.set(event_target_value(&event));
                        form.base.set(String::new());
                    }
                >
                    {options}
                </select>
            </label>
            {field(w.base, "lend-base", "url", form.base, "https://", w.base_hint)}
        </div>
        {move || {
            held.get()
                .map(|host| {
                    view! {
                        <div class="kinds" role="radiogroup" aria-label=w.key>
                            <label>
                                <input
                                    type="radio"
                                    name="lend-key"
                                    prop:checked=move || !form.other_key.get()
                                    on:change=move |_| form.other_key.set(false)
                                />
                                {(w.held_key)(&host)}
                            </label>
                            <label>
                                <input
                                    type="radio"
                                    name="lend-key"
                                    data-testid="lend-other-key"
                                    prop:checked=move || form.other_key.get()
                                    on:change=move |_| form.other_key.set(true)
                                />
                                {w.other_key}
                            </label>
                        </div>
                    }
                })
        }}
        {move || {
            (form.other_key.get() || held.with(Option::is_none))
                .then(|| field(w.key, "lend-secret", "password", form.key, "", ""))
        }}
    }
}

/// What the provider has to limit it.
#[component]
fn CapLine(form: Form) -> impl IntoView {
    let w = words().lending();
    move || {
        let id = ProviderId::new(form.provider.get());
        let (cap, page) = cap_of(&id);
        let name = name_of(&id);
        let link = page.map(|page| {
            view! {
                " "
                <a href=page target="_blank" rel="noopener noreferrer">
                    {(w.cap_page)(&name)}
                </a>
            }
        });
        view! {
            <p class="card-note" data-testid="lend-cap">
                {(w.cap)(cap, &name)}
                {link}
            </p>
        }
        .into_any()
    }
}

/// What participants are told.
#[component]
fn About(form: Form) -> impl IntoView {
    let w = words().lending();
    view! {
        <div class="form-grid">
            {field(w.from, "lend-from", "text", form.from, w.from_example, "")}
            {field(w.limit, "lend-limit", "text", form.limit, w.limit_example, "")}
            {field(w.model, "lend-model", "text", form.model, "", w.model_hint)}
            {field(w.expires, "lend-expires", "datetime-local", form.expires, "", w.expires_hint)}
        </div>
    }
}

#[component]
fn Passphrase(form: Form) -> impl IntoView {
    let w = words().lending();
    let strength = move || {
        form.passphrase
            .with(|typed| (!typed.trim().is_empty()).then(|| lent::strength(typed)))
    };
    let note = move || match strength() {
        Some(strength) => (w.strength)(strength),
        None => w.no_random,
    };
    view! {
        <div class="field">
            <label for="lend-passphrase">{w.passphrase}</label>
            <div class="keyfield-row">
                <input
                    id="lend-passphrase"
                    class="input mono"
                    type="text"
                    data-testid="lend-passphrase"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby="lend-strength"
                    prop:value=move || form.passphrase.get()
                    on:input=move |event| form.passphrase.set(event_target_value(&event))
                />
                <button
                    type="button"
                    class="btn"
                    on:click=move |_| {
                        if let Some(made) = new_passphrase() {
                            form.passphrase.set(made);
                        }
                    }
                >
                    {w.make_new}
                </button>
            </div>
            <p
                id="lend-strength"
                class="hint"
                class:hint-bad=move || strength() == Some(lent::Strength::Weak)
                data-testid="lend-strength"
            >
                {note}
            </p>
            <p class="hint">{w.passphrase_hint}</p>
        </div>
    }
}

/// Under which address others reach this page, where that is not this one.
#[component]
fn Site(form: Form) -> impl IntoView {
    let w = words().lending();
    let here = Base::read(&page::bare_address()).ok();
    let is_private = here
        .as_ref()
        .and_then(Base::private_host)
        .map(str::to_owned);
    is_private.map(|host| {
        view! {
            <div class="field">
                {field(w.site, "lend-site", "url", form.site, "https://", "")}
                <p class="hint">{(w.private_base)(&host)}</p>
            </div>
        }
    })
}

fn select_all(event: web_sys::FocusEvent) {
    event_target::<web_sys::HtmlInputElement>(&event).select();
}

/// The link and, apart from it, the passphrase.
#[component]
fn Made(link: String, form: Form) -> impl IntoView {
    let w = words().lending();
    let notices = use_notices();
    request_animation_frame(|| page::show(MADE));
    let shows_code = RwSignal::new(false);
    let (for_copy, for_code) = (link.clone(), link.clone());
    let passphrase = move || form.passphrase.get();
    view! {
        <section id=MADE class="section" data-testid="lend-made">
            <div class="field">
                <label for="lend-link">{w.link}</label>
                <div class="keyfield-row">
                    <input
                        id="lend-link"
                        class="input mono"
                        type="text"
                        readonly
                        data-testid="lend-link"
                        prop:value=link
                        on:focus=select_all
                    />
                    <button
                        type="button"
                        class="btn"
                        on:click=move |_| copy_text(notices, for_copy.clone(), || ())
                    >
                        {w.copy_link}
                    </button>
                </div>
            </div>
            <div class="lend-aloud">
                <output class="mono" data-testid="lend-aloud">
                    {passphrase}
                </output>
                <button
                    type="button"
                    class="btn"
                    on:click=move |_| copy_text(notices, form.passphrase.get_untracked(), || ())
                >
                    {w.copy_passphrase}
                </button>
            </div>
            <p class="hint">{w.apart}</p>
            {qr::encode(&for_code)
                .map(|code| {
                    let side = code.side;
                    let path = StoredValue::new(code.path);
                    view! {
                        <button
                            type="button"
                            class="btn"
                            aria-expanded=move || shows_code.get().to_string()
                            on:click=move |_| shows_code.update(|on| *on = !*on)
                        >
                            {w.code}
                        </button>
                        {move || {
                            shows_code
                                .get()
                                .then(|| {
                                    view! {
                                        <svg
                                            class="code-square"
                                            viewBox=format!("0 0 {side} {side}")
                                            role="img"
                                            aria-label=w.link
                                        >
                                            <path d=path.get_value() />
                                        </svg>
                                    }
                                })
                        }}
                    }
                })}
        </section>
    }
}
