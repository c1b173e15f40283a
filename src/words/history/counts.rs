//! How many there are, and how large.

use crate::core::{chart::grouped, real::fixed};

pub(super) fn count(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

pub(super) fn entries(count: usize) -> String {
    match count {
        1 => "one".to_owned(),
        _ => grouped(count as u64),
    }
}

pub(super) fn comparisons(count: usize) -> String {
    match count {
        1 => "1 comparison".to_owned(),
        _ => format!("{} comparisons", grouped(count as u64)),
    }
}

pub(super) fn size(bytes: u64) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "shown with three digits at most"
    )]
    let bytes = bytes as f64;
    size_of(bytes)
}

pub(super) fn size_of(bytes: f64) -> String {
    let (value, unit) = match bytes {
        small if small < 999.5 => return format!("{}\u{a0}B", fixed(small, 0)),
        kilo if kilo < 999_500.0 => (kilo / 1e3, "kB"),
        mega if mega < 999_500_000.0 => (mega / 1e6, "MB"),
        giga => (giga / 1e9, "GB"),
    };
    let decimals = usize::from(value < 9.95);
    format!("{}\u{a0}{unit}", fixed(value, decimals))
}

pub(super) fn files(all: usize, left_out: usize) -> Option<String> {
    match (all, left_out) {
        (0, _) => None,
        (_, 0) => Some(count(all, "file")),
        _ => Some(format!(
            "{}, {left_out} too large to keep",
            count(all, "file")
        )),
    }
}

pub(super) fn imported(added: usize, tagged: usize, known: usize) -> String {
    let mut parts = vec![format!("{} imported", comparisons(added))];
    if known > 0 {
        parts.push(format!("{} here already", grouped(known as u64)));
    }
    if tagged > 0 {
        parts.push(format!("{} given tags", grouped(tagged as u64)));
    }
    format!("{}.", parts.join(", "))
}
