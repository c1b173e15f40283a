//! A QR code on the screen.

use crate::core::share::qr::Qr;
use leptos::prelude::*;

/// Black on white with its quiet zone, in every theme: that is what cameras look
/// for. `class` gives it its size.
pub fn square(
    code: Qr,
    label: &'static str,
    class: &'static str,
    test_id: &'static str,
) -> AnyView {
    let side = code.side;
    view! {
        <svg
            class=format!("qr {class}")
            role="img"
            data-testid=test_id
            aria-label=label
            viewBox=format!("0 0 {side} {side}")
            shape-rendering="crispEdges"
        >
            <rect width=side height=side fill="#fff" />
            <path d=code.path fill="#000" />
        </svg>
    }
    .into_any()
}
