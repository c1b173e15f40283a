//! Chance that can be repeated: the order in which a voter sees the answers, and
//! the draws of the bootstrap.

use super::Voter;

/// `SplitMix64`, the generator of Steele, Lea and Flood (2014). Given the same
/// seed it gives the same numbers, which is what both of its users need.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Begins at a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number of 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`, each as likely as the others to one part in 2³²;
    /// 0 where the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        let drawn = u128::from(self.draw()) * u128::from(limit);
        usize::try_from(drawn >> 64).unwrap_or_default()
    }
}

/// The seed of one voter's order, out of the one that the host gave to all.
pub fn seed_of(host: u32, voter: Voter) -> u32 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().skip(3).zip(voter.0) {
        *to = from;
    }
    let mixed = Chance::new(u64::from_be_bytes(bytes) ^ u64::from(host) << 32).draw();
    // The upper half.
    u32::try_from(mixed >> 32).unwrap_or_default()
}

/// The panes in the order in which a voter with this seed sees them: the first
/// is shown as "Answer A". Reading the list backwards undoes it.
pub fn shown(seed: u32, panes: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..panes).collect();
    let mut chance = Chance::new(u64::from(seed));
    for last in (1..panes).rev() {
        order.swap(last, chance.below(last + 1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The first numbers for the seed 1234567, as published with other
    /// implementations of the generator (Rosetta Code, "Pseudo-random
    /// numbers/Splitmix64").
    #[test]
    fn the_generator_gives_the_published_numbers() {
        let mut chance = Chance::new(1_234_567);
        for expected in [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ] {
            assert_eq!(chance.draw(), expected);
        }
    }

    #[test]
    fn every_order_of_four_comes_about_equally_often() {
        let mut seen = std::collections::BTreeMap::new();
        for seed in 0..24_000 {
            *seen.entry(shown(seed, 4)).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 24);
        // Of 1000 expected each; six standard deviations.
        assert!(
            seen.values().all(|count| (815..1185).contains(count)),
            "{seen:?}"
        );
    }

    #[test]
    fn voters_of_one_host_see_different_orders() {
        let orders: std::collections::BTreeSet<_> = (0..40u8)
            .map(|id| shown(seed_of(7, Voter([id, 0, 0, 0, id])), 4))
            .collect();
        assert!(orders.len() > 12, "{}", orders.len());
        assert_ne!(seed_of(7, Voter([1; 5])), seed_of(8, Voter([1; 5])));
    }

    /// Codes that are out there hold seeds: what they mean must not change.
    #[test]
    fn a_seed_means_the_same_order_for_ever() {
        assert_eq!(shown(1, 2), [0, 1]);
        assert_eq!(shown(2026, 4), shown(2026, 4));
    }

    proptest! {
        #[test]
        fn an_order_holds_every_pane_once(seed: u32, panes in 0..9usize) {
            let mut order = shown(seed, panes);
            order.sort_unstable();
            prop_assert_eq!(order, (0..panes).collect::<Vec<_>>());
        }

        #[test]
        fn a_draw_is_below_its_limit(seed: u64, limit in 1..1000usize) {
            prop_assert!(Chance::new(seed).below(limit) < limit);
        }
    }
}
