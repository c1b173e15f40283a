//! The form that makes a link with a key in it.

pub mod fields;
pub mod form;
pub mod made;

use crate::{
    app::{Lending, task, use_lending},
    browser::{page, sealing::SealFault},
    core::{domain::Origin, share::Base},
    ui::kit::Dialog,
    words::words,
};
use fields::{About, CapLine, Passphrase, Site, What};
use form::Form;
use leptos::prelude::*;
use made::Made;
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

/// The form, and then what it made.
#[component]
fn Make(lending: Lending) -> impl IntoView {
    let form = Form::new();
    let made = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(String::new());
    // What was made is of what was typed then, also where it is made only after
    // that was changed.
    let changes = StoredValue::new(0_u32);
    Effect::new(move |_| {
        form.track();
        changes.update_value(|changes| *changes += 1);
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
        let made_of = changes.get_value();
        task::spawn(async move {
            let origin = Origin::new(page::origin_of(site.as_str()).unwrap_or_default());
            let text = lending.seal(&lent, &passphrase, &origin).await;
            busy.try_set(false);
            match text {
                Ok(_) if changes.try_get_value() != Some(made_of) => {}
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
