//! What the first page shows of the recording that it offers. Made by
//! `make record` from `public/gallery`.

/// Its file.
pub const FILE: &str = "temperatures.json";
/// The day on which it was made.
pub const DAY: &str = "2026-11-29";
/// Its panes: name, and first token and end in per cent of the longest.
pub const ROWS: [(&str, f64, f64); 3] = [
    ("Temperature 0", 18.9, 100.0),
    ("Temperature 0.7", 16.1, 95.7),
    ("Temperature 1.3", 14.9, 91.6),
];
