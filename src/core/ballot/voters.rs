//! Which voter a tab is, where it is one voter's own: a line for each
//! comparison, so that a second vote after a reload replaces the first.

use super::{Fingerprint, Voter};

/// The most comparisons that a tab remembers.
const MOST: usize = 100;

/// The voter of a comparison, out of what was kept.
pub fn known(kept: &str, comparison: Fingerprint) -> Option<Voter> {
    let own = comparison.to_string();
    let digits = kept
        .lines()
        .find_map(|line| line.strip_prefix(&own)?.strip_prefix(' '))?;
    let mut id = [0; 5];
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if !is_hex || digits.len() != id.len() * 2 {
        return None;
    }
    for (at, byte) in id.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(Voter(id))
}

/// What to keep, with this voter in it.
pub fn with(kept: &str, comparison: Fingerprint, voter: Voter) -> String {
    let own = comparison.to_string();
    let others = kept.lines().filter(|line| !line.starts_with(&own));
    let others: Vec<&str> = others.collect();
    let newest = others.len().saturating_sub(MOST - 1);
    let mut lines = others.get(newest..).unwrap_or_default().join("\n");
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines + &format!("{own} {voter}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_comparison_has_its_own_voter_and_the_last_one_counts() {
        let (one, two) = (Fingerprint([1; 6]), Fingerprint([2; 6]));
        let (asha, devi) = (Voter([0, 1, 2, 3, 255]), Voter([9; 5]));
        assert_eq!(known("", one), None);
        let kept = with("", one, devi);
        let kept = with(&kept, two, devi);
        let kept = with(&kept, one, asha);
        assert_eq!(known(&kept, one), Some(asha));
        assert_eq!(known(&kept, two), Some(devi));
        assert_eq!(kept.lines().count(), 2);
    }

    #[test]
    fn what_is_no_voter_is_passed_over() {
        let own = Fingerprint([1; 6]);
        for kept in [
            "010101010101",
            "010101010101 xx",
            "010101010101 00010203+f",
            "0101 é",
        ] {
            assert_eq!(known(kept, own), None, "{kept}");
        }
    }

    #[test]
    fn a_tab_remembers_only_so_many() {
        let mut kept = String::new();
        for number in 0..=120 {
            kept = with(
                &kept,
                Fingerprint([0, 0, 0, 0, 0, number]),
                Voter([number; 5]),
            );
        }
        assert_eq!(kept.lines().count(), MOST);
        assert_eq!(
            known(&kept, Fingerprint([0, 0, 0, 0, 0, 120])),
            Some(Voter([120; 5]))
        );
        assert_eq!(known(&kept, Fingerprint([0; 6])), None);
    }
}
