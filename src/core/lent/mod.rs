//! A key that a host lends to the participants of a workshop.
//!
//! It travels in a document of its own, `key/1`, which is always encrypted and
//! never part of a recipe or a result. It is bound to one provider and one
//! origin, may end at a set time, and is kept by whoever takes it for the tab
//! only.

mod cap;
mod document;
mod moment;
mod passphrase;

pub use cap::{Cap, cap_of};
pub use document::{Fault, LentKey, VERSION};
pub use moment::{read_moment, write_moment};
pub use passphrase::{Strength, generate, plain, strength};

/// What the cipher is told beside the passphrase (its additional data): that
/// this is a lent key. The text of any other document does not open as one.
pub const PURPOSE: &str = "touchstone key/1";
