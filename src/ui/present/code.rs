//! The comparison as a code that a phone opens.

use super::{Presenting, card::card};
use crate::{
    app::share::{self, Choice, Subject, What},
    core::{
        scan::Finding,
        share::{Base, LeaveOut, qr},
    },
    ui::kit::square,
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The code of the recipe, large.
#[component]
pub fn Code(
    /// The mode.
    presenting: Presenting,
) -> impl IntoView {
    let w = words().present();
    let link = Link::of(presenting);
    let code = link.as_ref().and_then(|link| qr::encode(&link.address));
    let content = match code {
        Some(code) => view! {
            <div class="present-code">
                {square(code, w.scan, "", "present-square")}
                <div class="present-beside">
                    <p>{w.scan_hint}</p>
                    {link.map(|link| remarks(&link))}
                </div>
            </div>
        }
        .into_any(),
        None => view! { <p class="present-code">{w.no_code}</p> }.into_any(),
    };
    card(presenting, "present-code", w.scan, content)
}

/// The recipe's link.
struct Link {
    address: String,
    /// The address that it begins with.
    base: Base,
    /// What looks private and is not in it: nobody is asked here whether it may
    /// go out.
    struck: Arc<Vec<Finding>>,
}

impl Link {
    /// Under the address that others reach.
    fn of(presenting: Presenting) -> Option<Self> {
        let choice = Choice {
            what: What::Recipe,
            leave: LeaveOut::default(),
            kept: Vec::new(),
        };
        let made = Subject::of(presenting.comparison).make(&choice);
        let base = share::named_base().or_else(|| share::own_base().ok())?;
        Some(Self {
            address: base.with_fragment(&share::fragment(&made.document)),
            base,
            struck: made.findings,
        })
    }
}

/// That the code leads nowhere for others, and that it asks something else than
/// the screen shows.
fn remarks(link: &Link) -> AnyView {
    let w = words().present();
    let share = words().share();
    let private = link.base.private_host().map(share.base_private);
    let struck = link.struck.iter().map(|finding| {
        let place = finding.places.first().map(share.place);
        (w.struck_one)((share.kind)(finding.kind), place.as_deref())
    });
    let struck: Vec<String> = struck.collect();
    let struck = (!struck.is_empty()).then(|| (w.struck)(&struck));
    view! {
        {private
            .map(|text| {
                view! {
                    <p class="present-warning" data-testid="present-private-base">
                        {text} " " {w.name_base}
                    </p>
                }
            })}
        {struck
            .map(|text| view! { <p class="present-warning" data-testid="present-struck">{text}</p> })}
    }
    .into_any()
}
