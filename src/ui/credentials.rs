//! The key forms of providers that take more than a plain key, and what stands
//! under "More" for OpenAI. All of it comes with the later part.

use super::keyfield::{KeyPlace, PlainKey, Remark, focus_after_save, keep_box, store};
use crate::{
    app::{use_notices, use_settings, use_vault},
    core::{
        catalog::{AuthKind, Catalog},
        credentials::{self, AwsKeys},
        domain::ApiKey,
        openai_account,
    },
    ui::kit::{self, unique_id},
    words::words,
};
use leptos::{html, prelude::*};
use web_sys::{ClipboardEvent, SubmitEvent};

/// The form for a provider's credentials, with a choice where there are several
/// kinds.
pub fn form(place: KeyPlace) -> AnyView {
    view! { <Form place /> }.into_any()
}

#[component]
fn Form(place: KeyPlace) -> impl IntoView {
    let row = Catalog::builtin().provider(&place.provider);
    let about = row.and_then(crate::core::catalog::Provider::about);
    let kinds: Vec<AuthKind> = about.map_or_else(Vec::new, |about| {
        let is_form =
            |kind: &AuthKind| matches!(kind, AuthKind::Key | AuthKind::Token | AuthKind::Sigv4);
        about.auth.into_iter().filter(is_form).collect()
    });
    let first = kinds.first().copied().unwrap_or(AuthKind::Key);
    let chosen = RwSignal::new(first);
    let provider = place.provider.as_str().to_owned();
    let choice = (kinds.len() > 1).then(|| {
        let name = unique_id("credential");
        view! {
            <fieldset class="kinds">
                <legend class="visually-hidden">{words().credentials().ways}</legend>
                {kinds
                    .into_iter()
                    .map(|kind| {
                        let label = (words().credentials().kind)(kind, &provider);
                        view! {
                            <label data-testid="credential-kind" data-kind=kind_word(kind)>
                                <input
                                    type="radio"
                                    name=name.clone()
                                    prop:checked=move || chosen.get() == kind
                                    on:change=move |_| chosen.set(kind)
                                />
                                {label}
                            </label>
                        }
                            .into_any()
                    })
                    .collect_view()}
            </fieldset>
        }
        .into_any()
    });
    view! {
        <div class="keyform">
            {choice}
            {move || match chosen.get() {
                AuthKind::Sigv4 => view! { <AccessKey place=place.clone() /> }.into_any(),
                AuthKind::Token => view! { <Token place=place.clone() /> }.into_any(),
                _ => view! { <PlainKey place=place.clone() remark=remark_on_key /> }.into_any(),
            }}
        </div>
    }
}

fn kind_word(kind: AuthKind) -> &'static str {
    match kind {
        AuthKind::Sigv4 => "access_key",
        AuthKind::Token => "token",
        AuthKind::Key | AuthKind::SignIn | AuthKind::None => "key",
    }
}

fn remark_on_key(key: &ApiKey) -> Option<Remark> {
    remark(AuthKind::Key, key)
}

fn remark_on_token(key: &ApiKey) -> Option<Remark> {
    remark(AuthKind::Token, key)
}

fn remark(kind: AuthKind, key: &ApiKey) -> Option<Remark> {
    let oddity = credentials::oddity(kind, key)?;
    Some(Remark {
        text: (words().credentials().oddity)(oddity),
        refuses: oddity.refuses(),
    })
}

/// A token that ends in an hour or so, with the command that prints one.
#[component]
fn Token(place: KeyPlace) -> impl IntoView {
    let w = words().credentials();
    let row = Catalog::builtin().provider(&place.provider);
    let name = row.map_or_else(|| place.provider.to_string(), |row| row.name.clone());
    let command = credentials::token_command(place.provider.as_str());
    view! {
        <PlainKey place label=(w.token_label)(&name) remark=remark_on_token />
        {command
            .map(|command| {
                view! {
                    {kit::command("token-command", move || command.to_owned())}
                    <p class="hint">{w.token_hint}</p>
                }
                    .into_any()
            })}
    }
}

/// An access key in its parts.
#[component]
fn AccessKey(place: KeyPlace) -> impl IntoView {
    let vault = use_vault();
    let notices = use_notices();
    let w = words().credentials();
    let keys = words().keys;
    let fields = [(); 3].map(|()| NodeRef::<html::Input>::new());
    let keep = NodeRef::<html::Input>::new();
    let problem = RwSignal::new("");
    let problem_id = unique_id("problem");
    let value = move |at: usize| {
        let field = fields.get(at).and_then(|field| field.get_untracked());
        field.map(|field| field.value()).unwrap_or_default()
    };
    let fill = move |found: AwsKeys| {
        for (field, text) in fields.iter().zip([found.id, found.secret, found.token]) {
            if let Some(field) = field.get_untracked() {
                field.set_value(&text);
            }
        }
        problem.set("");
        notices.toast(w.aws_filled);
    };
    let on_paste = move |event: ClipboardEvent| {
        let pasted = event
            .clipboard_data()
            .and_then(|data| data.get_data("text").ok());
        if let Some(found) = pasted.and_then(|text| AwsKeys::read(&text)) {
            event.prevent_default();
            fill(found);
        }
    };
    let KeyPlace {
        provider,
        origin,
        on_saved,
        ..
    } = place;
    let host = crate::core::signin::host_of(&origin).to_owned();
    let kept_before = vault.is_kept(&provider, &origin);
    let mark = (provider.to_string(), origin.to_string());
    let described_by = problem_id.clone();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let [id, secret, token] = [value(0), value(1), value(2)];
        match (AwsKeys { id, secret, token }).compose() {
            Ok(key) => {
                for field in fields.iter().filter_map(|field| field.get_untracked()) {
                    field.set_value("");
                }
                let keep = keep.get_untracked().is_some_and(|keep| keep.checked());
                store(&provider, &origin, key, keep, vault, notices);
                if let Some(on_saved) = on_saved {
                    on_saved.run(());
                }
                focus_after_save();
            }
            Err(fault) => {
                problem.set((w.aws_fault)(fault));
                let at = match fault {
                    credentials::AwsFault::Id => 0,
                    credentials::AwsFault::SecretMissing | credentials::AwsFault::Secret => 1,
                    _ => 2,
                };
                if let Some(field) = fields.get(at).and_then(|field| field.get_untracked()) {
                    field.focus().ok();
                }
            }
        }
    };
    let [id, secret, token] = fields;
    let part = move |node, label, kind, part| {
        let (provider, origin) = (mark.0.clone(), mark.1.clone());
        view! {
            <label class="field">
                <span class="label">{label}</span>
                <input
                    class="input mono"
                    type=kind
                    node_ref=node
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="off"
                    data-key-for=provider
                    data-origin=origin
                    data-key-part=part
                    aria-describedby=described_by.clone()
                    on:input=move |_| problem.set("")
                />
            </label>
        }
        .into_any()
    };
    view! {
        <form class="keyfield" on:submit=save autocomplete="off" on:paste=on_paste>
            {part(id, w.aws_id, "text", "access_key_id")}
            {part(secret, w.aws_secret, "password", "secret_access_key")}
            {part(token, w.aws_token, "password", "session_token")}
            <p id=problem_id class="hint hint-bad" hidden=move || problem.get().is_empty()>
                {move || problem.get()}
            </p>
            {keep_box(keep, kept_before)}
            <p class="hint">{(keys.sent_only)(&host)} " " {w.aws_hint}</p>
            <div class="card-actions">
                <button type="submit" class="btn" data-testid="save-key">
                    {keys.save}
                </button>
            </div>
        </form>
    }
}

/// Organisation and project of OpenAI.
pub fn openai_account() -> AnyView {
    let settings = use_settings();
    let w = words().credentials();
    let field = |label: &'static str, mark: &'static str, example, text: RwSignal<String>| {
        let is_bad = move || {
            let text = text.get();
            let text = text.trim();
            !text.is_empty() && !openai_account::is_id(text)
        };
        view! {
            <label class="field">
                <span class="label">{label}</span>
                <input
                    class="input mono"
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="off"
                    placeholder=example
                    data-testid=mark
                    aria-invalid=move || is_bad().then_some("true")
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
                <span class="hint hint-bad" role="status" hidden=move || !is_bad()>
                    {w.account_bad}
                </span>
            </label>
        }
        .into_any()
    };
    view! {
        <details class="more">
            <summary>{w.more}</summary>
            <div class="form-grid">
                {field(w.organization, "openai-organization", "org-…", settings.openai_organization)}
                {field(w.project, "openai-project", "proj_…", settings.openai_project)}
            </div>
            <p class="hint">{w.account_hint}</p>
        </details>
    }
    .into_any()
}
