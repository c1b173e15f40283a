//! A link to a result that opens it for a blind vote: `&ballot=1`, with the
//! host's seed and criteria beside it.

use super::criteria;
use crate::core::recipe::{parts, percent};

/// How the host wants the vote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invitation {
    /// The seed of which each voter's order is made.
    pub seed: u32,
    /// What marks are asked for.
    pub criteria: Vec<String>,
    /// Whether it came with the address: then one person votes on a device of
    /// their own, and a second vote replaces the first.
    pub by_link: bool,
}

impl Invitation {
    /// What is to be put behind the fragment of a result link.
    pub fn suffix(&self) -> String {
        let mut out = format!("&ballot=1&seed={}", self.seed);
        if !self.criteria.is_empty() {
            out.push_str("&criteria=");
            out.push_str(&percent::encode(&self.criteria.join(",")));
        }
        out
    }
}

/// Takes an invitation out of a fragment, without `#`: the rest, which names the
/// result, and the invitation. `None` where there is none. A seed that is no
/// number counts as 0, and so does one that is missing.
pub fn in_fragment(fragment: &str) -> Option<(String, Invitation)> {
    let mut invitation = None;
    let mut rest = Vec::new();
    let is_ballot = |pair: &&str| *pair == "ballot=1";
    parts(fragment).find(is_ballot)?;
    for pair in parts(fragment) {
        let found = invitation.get_or_insert_with(Invitation::default);
        match pair.split_once('=') {
            Some(("ballot", "1")) => found.by_link = true,
            Some(("seed", value)) => found.seed = value.parse().unwrap_or_default(),
            Some(("criteria", value)) => {
                let text = percent::decode(value).unwrap_or_default();
                found.criteria = criteria(&text);
            }
            _ => rest.push(pair),
        }
    }
    Some((rest.join("&"), invitation?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_comes_back_and_leaves_the_link_as_it_was() {
        let invitation = Invitation {
            seed: 4_000_000_000,
            criteria: vec!["clarity".into(), "warmth & tone".into()],
            by_link: true,
        };
        let link = format!("c=1abc{}", invitation.suffix());
        // Also as chat programs escape it.
        for link in [link.replace('&', "&amp;"), link] {
            assert_eq!(
                in_fragment(&link),
                Some(("c=1abc".into(), invitation.clone()))
            );
        }
    }

    #[test]
    fn other_links_are_left_alone() {
        for link in ["", "c=1abc", "prompt=a&seed=4", "ballot=TB1ABC", "ballot=0"] {
            assert_eq!(in_fragment(link), None, "{link}");
        }
        let (rest, found) = in_fragment("ballot=1&seed=x&c=1").unwrap();
        let plain = Invitation {
            by_link: true,
            ..Invitation::default()
        };
        assert_eq!((rest.as_str(), found), ("c=1", plain));
    }
}
