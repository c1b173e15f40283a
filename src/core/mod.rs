//! The pure core: no browser, no clock, no randomness, no async.
//!
//! Time is always an argument, bytes come in as slices, and requests go out as
//! data. Everything here is tested natively.

pub mod attach;
pub mod base64;
pub mod built_in;
pub mod catalog;
pub mod chart;
pub mod checksum;
pub mod credentials;
pub mod demo;
pub mod device;
pub mod domain;
pub mod json;
pub mod keys;
pub mod link;
pub mod openai_account;
pub mod pricing;
pub mod queue;
pub mod real;
pub mod recipe;
pub mod recording;
pub mod run;
pub mod scan;
pub mod share;
pub mod signin;
pub mod sorted;
pub mod structured;
pub mod text;
pub mod timing;
pub mod wire;
