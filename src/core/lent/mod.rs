//! A key that a host lends to the participants of a workshop.
//!
//! It travels in a document of its own, `key/1`, which is always encrypted and
//! never part of a recipe or a result. It is bound to one provider and one
//! origin, may end at a set time, and is kept by whoever takes it for the tab
//! only.

use super::recipe::percent;

mod cap;
mod document;
mod passphrase;

pub use cap::{Cap, cap_of};
pub use document::{Fault, LentKey, VERSION};
pub use passphrase::{Strength, generate, plain, strength};

/// What the cipher is told beside the passphrase (its additional data): that
/// this is a lent key, and on which site its link is opened. The text of another
/// document does not open as one, and a link for one site not on another.
pub fn purpose(site_origin: &str) -> String {
    format!("touchstone {VERSION} {site_origin}")
}

/// What stands in a fragment as `k`, with or without the fragment's `#`. A link
/// that lends a key does nothing else, so whatever is beside it is not read.
pub fn in_fragment(fragment: &str) -> Option<String> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let mut pairs = fragment.split('&').filter_map(|pair| pair.split_once('='));
    let (_, text) = pairs.find(|(name, text)| *name == "k" && !text.is_empty())?;
    Some(percent::decode(text).unwrap_or_else(|_| text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::in_fragment;

    #[test]
    fn a_key_is_found_in_a_fragment_and_nothing_else_is_taken_for_one() {
        let found = |fragment: &str| in_fragment(fragment);
        assert_eq!(found("#k=1.2.3"), Some("1.2.3".to_owned()));
        assert_eq!(found("prompt=a&k=1%2E2"), Some("1.2".to_owned()));
        assert_eq!(found("k=50%"), Some("50%".to_owned()));
        for other in ["", "#k=", "#key=1", "#prompt=k=1", "#recipe={}"] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
