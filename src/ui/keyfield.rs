//! A key field bound to one provider and one origin.

use crate::{
    app::{Notices, Vault, relays, use_notices, use_vault},
    browser::page,
    core::{
        catalog::Catalog,
        domain::{ApiKey, Origin, ProviderId},
        openai_account,
        signin::{self, Place},
    },
    ui::{kit::focus, later::late, signin::SignInButton},
    words::words,
};
use leptos::{html, prelude::*};
use web_sys::SubmitEvent;

/// For what a field is, and who hears of it.
#[derive(Clone)]
pub struct KeyPlace {
    /// Provider row.
    pub provider: ProviderId,
    /// The only origin that the key will be sent to.
    pub origin: Origin,
    /// Told after a key was saved.
    pub on_saved: Option<Callback<()>>,
    /// Where the field is, for a sign-in that leaves the page.
    pub place: Place,
}

/// What is to be said of a key.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The sentence.
    pub text: String,
    /// Whether the key is of no use.
    pub refuses: bool,
}

/// A field for a provider's key; where it takes other credentials too, their
/// form, which comes with the later part as those providers' rows do.
#[component]
pub fn KeyField(
    /// Provider row.
    provider: ProviderId,
    /// The only origin that the key will be sent to.
    origin: Origin,
    /// Told after a key was saved.
    #[prop(optional)]
    on_saved: Option<Callback<()>>,
    /// Where the field is, for a sign-in that leaves the page.
    #[prop(optional)]
    place: Place,
) -> impl IntoView {
    let is_plain = Catalog::first().provider(&provider).is_some();
    let is_openai = origin.as_str() == openai_account::ORIGIN;
    let place = KeyPlace {
        provider,
        origin,
        on_saved,
        place,
    };
    if is_plain {
        let more = is_openai.then(|| late(|parts| (parts.openai_account)()));
        view! {
            <PlainKey place />
            {more}
        }
        .into_any()
    } else {
        late(move |parts| (parts.key_form)(place.clone()))
    }
}

/// The field with its Save button. The secret lives in the password field
/// until it is saved, and nowhere else in the page.
#[component]
pub fn PlainKey(
    /// For what it is.
    place: KeyPlace,
    /// Its label, where that does not follow from the provider.
    #[prop(optional, into)]
    label: Option<String>,
    /// Looks at a key before it is saved.
    #[prop(optional)]
    remark: Option<fn(&ApiKey) -> Option<Remark>>,
) -> impl IntoView {
    let KeyPlace {
        provider,
        origin,
        on_saved,
        place,
    } = place;
    let vault = use_vault();
    let notices = use_notices();
    let input = NodeRef::<html::Input>::new();
    let keep = NodeRef::<html::Input>::new();
    let problem = RwSignal::new(String::new());
    let row = Catalog::builtin().provider(&provider);
    let name = Catalog::builtin().name_of(&provider).to_owned();
    let optional = row.is_some_and(|row| !row.key.required);
    let example = row
        .and_then(|row| row.key.example.clone())
        .unwrap_or_default();
    let page = row.and_then(|row| row.key.page.clone());
    let w = words().keys;
    let host = signin::host_of(&origin).to_owned();
    let label = label.unwrap_or_else(|| (w.label)(&name, optional));
    // The same pair may have a field in several places at once.
    let id = crate::ui::kit::unique_id("key");
    let problem_id = format!("{id}-problem");
    let kept_before = vault.is_kept(&provider, &origin);
    let (for_save, origin_for_save) = (provider.clone(), origin.clone());
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = input.get_untracked() else {
            return;
        };
        let key = match read(&field.value(), optional) {
            Ok(key) => key,
            Err(text) => {
                // The field that says it is read out when it takes the focus.
                field.focus().ok();
                return problem.set(text.to_owned());
            }
        };
        let remark = remark.and_then(|look| look(&key));
        if let Some(remark) = &remark
            && remark.refuses
        {
            field.focus().ok();
            return problem.set(remark.text.clone());
        }
        field.set_value("");
        problem.set(String::new());
        let keep = keep.get_untracked().is_some_and(|keep| keep.checked());
        store(&for_save, &origin_for_save, key, keep, vault, notices);
        if let Some(remark) = remark {
            notices.toast(remark.text);
        }
        if let Some(on_saved) = on_saved {
            on_saved.run(());
        }
        focus_after_save();
    };
    let sign_in = sign_in_row(&provider, &origin, place, keep);
    let (provider_mark, origin_mark) = (provider.as_str().to_owned(), origin.as_str().to_owned());
    view! {
        <form class="keyfield" on:submit=save autocomplete="off">
            {sign_in}
            <div class="field">
                <label for=id.clone()>{label}</label>
                <div class="keyfield-row">
                    <input
                        id=id
                        class="input"
                        type="password"
                        node_ref=input
                        autocomplete="off"
                        spellcheck="false"
                        autocapitalize="off"
                        placeholder=example
                        aria-invalid=move || (!problem.with(String::is_empty)).then_some("true")
                        aria-describedby=problem_id.clone()
                        data-key-for=provider_mark
                        data-origin=origin_mark
                    />
                    <button type="submit" class="btn" data-testid="save-key">
                        {w.save}
                    </button>
                </div>
            </div>
            <p id=problem_id class="hint hint-bad" hidden=move || problem.with(String::is_empty)>
                {move || problem.get()}
            </p>
            {keep_box(keep, kept_before)}
            {where_to(&host, page)}
        </form>
    }
}

/// Whether the key stays in the tab over a reload.
pub fn keep_box(keep: NodeRef<html::Input>, kept_before: bool) -> AnyView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                node_ref=keep
                data-testid="keep-for-tab"
                checked=kept_before
            />
            {words().keys.keep}
        </label>
    }
    .into_any()
}

/// The way without a key, where the provider has one.
fn sign_in_row(
    provider: &ProviderId,
    origin: &Origin,
    place: Place,
    keep: NodeRef<html::Input>,
) -> Option<AnyView> {
    let is_direct = relays::of(provider).is_none();
    let is_offered = provider.as_str() == signin::PROVIDER && signin::is_offered_at(origin);
    (is_offered && is_direct).then(|| {
        view! {
            <div class="sign-in-row">
                <SignInButton origin=origin.clone() place keep />
                <span class="hint">{words().keys.or_type}</span>
            </div>
        }
        .into_any()
    })
}

/// Where the key goes, and where one gets it.
fn where_to(host: &str, page: Option<String>) -> impl IntoView {
    let w = words().keys;
    view! {
        <p class="hint">
            {(w.sent_only)(host)} " "
            {page
                .map(|page| {
                    view! {
                        <a href=page target="_blank" rel="noopener noreferrer">
                            {w.get_one}
                        </a>
                    }
                        .into_any()
                })}
        </p>
    }
}

/// Gives the key to the vault, and says what is odd about it.
pub fn store(
    provider: &ProviderId,
    origin: &Origin,
    key: ApiKey,
    keep: bool,
    vault: Vault,
    notices: Notices,
) {
    let catalog = Catalog::builtin();
    let row = catalog.provider(provider);
    if let Some(other) = row.and_then(|row| catalog.other_owner(row, &key)) {
        notices.toast((words().keys.looks_like)(&other));
    }
    if !vault.save(provider, origin, key, keep) {
        notices.toast(words().keys.not_kept);
    }
}

/// The field leaves the page once its key is held; a focus that is elsewhere by
/// then stays there.
pub fn focus_after_save() {
    if page::has_open_dialog() {
        focus::rescue([
            "dialog[open] [data-testid=picker-search]",
            "dialog[open] .dialog-body :is(input, select, button)",
        ]);
    } else {
        focus::rescue([focus::PROMPT]);
    }
}

/// The typed key, or what is wrong with it.
fn read(typed: &str, optional: bool) -> Result<ApiKey, &'static str> {
    let w = words().keys;
    let key = ApiKey::new(typed).ok_or(if optional { w.empty_optional } else { w.empty })?;
    if key.is_sendable() {
        Ok(key)
    } else {
        Err(w.not_sendable)
    }
}
