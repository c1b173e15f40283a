//! Line icons as inline SVG paths on a 16-unit grid.

use leptos::prelude::*;

/// The icons there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IconName {
    /// A plus.
    Add,
    /// A paper clip.
    Clip,
    /// A cross.
    Close,
    /// Two overlapping sheets.
    Copy,
    /// A downward chevron.
    Down,
    /// A pencil.
    Edit,
    /// Arrows to two corners.
    Expand,
    /// Three dots.
    More,
    /// A circular arrow.
    Retry,
    /// A filled square.
    Stop,
    /// Arrows from two corners.
    Shrink,
}

impl IconName {
    fn path(self) -> &'static str {
        match self {
            Self::Add => "M8 3v10M3 8h10",
            Self::Clip => {
                "M11.5 6.5l-4.6 4.6a1.6 1.6 0 0 1-2.3-2.3l5.2-5.2a2.6 2.6 0 0 1 3.7 3.7l-5.3 5.3a3.7 3.7 0 0 1-5.2-5.2L7.4 3"
            }
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Copy => "M6 5.5V3.5h7v7h-2M3 5.5h7v7H3z",
            Self::Down => "M4 6l4 4 4-4",
            Self::Edit => "M3 13l.7-3L11 2.7l2.3 2.3L6 12.3 3 13z",
            Self::Expand => "M9.5 3H13v3.5M13 3L9 7M6.5 13H3V9.5M3 13l4-4",
            Self::More => "M3.5 8h.01M8 8h.01M12.5 8h.01",
            Self::Retry => "M12.5 6A5 5 0 1 0 13 8.6M12.8 2.8V6H9.6",
            Self::Stop => "M4.5 4.5h7v7h-7z",
            Self::Shrink => "M13 6.5H9.5V3M9.5 6.5l4-4M3 9.5h3.5V13M6.5 9.5l-4 4",
        }
    }
}

/// An icon; decoration only, so its button needs a label of its own.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    let class = match name {
        IconName::More => "icon icon-heavy",
        IconName::Stop => "icon icon-solid",
        _ => "icon",
    };
    view! {
        <svg class=class viewBox="0 0 16 16" aria-hidden="true">
            <path d=name.path() />
        </svg>
    }
}
