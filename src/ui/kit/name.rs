//! Names that may be too long for their place.

use crate::core::chart::halves;
use leptos::prelude::*;

/// A name that loses its middle, not its end, where it is too long.
pub fn cut_name(name: &str) -> AnyView {
    let (head, end) = halves(name);
    view! {
        <span class="cut">
            <span>{head.to_owned()}</span>
            <span>{end.to_owned()}</span>
        </span>
    }
    .into_any()
}
