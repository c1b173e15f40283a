//! The pure core: no browser, no clock, no randomness, no async.
//!
//! Time is always an argument, bytes come in as slices, and requests go out as
//! data. Everything here is tested natively.

pub mod align;
/// Appends formatted text to a `String`, which cannot fail.
macro_rules! put {
    ($out:expr, $($format:tt)+) => {{
        use std::fmt::Write as _;
        let _ = write!($out, $($format)+);
    }};
}

pub mod attach;
pub mod ballot;
pub mod base64;
pub mod built_in;
pub mod catalog;
pub mod chart;
pub mod checksum;
pub mod credentials;
pub mod demo;
pub mod device;
pub mod diff;
pub mod domain;
pub mod drift;
pub mod export;
pub mod history;
pub mod import;
pub mod json;
pub mod keys;
pub mod lent;
pub mod link;
pub mod openai_account;
pub mod playlist;
pub mod present;
pub mod pricing;
pub mod queue;
pub mod real;
pub mod recipe;
pub mod recording;
pub mod replay;
pub mod run;
pub mod scan;
pub mod share;
pub mod signin;
pub mod sorted;
pub mod stopwatch;
pub mod strict;
pub mod structured;
pub mod text;
pub mod timing;
pub mod wire;
