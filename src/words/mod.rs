//! Every word of the interface, in one place.
//!
//! A component never holds a sentence: it asks this module. Adding a language
//! means adding one more set of constants here and touching no component.

pub mod recipe;
