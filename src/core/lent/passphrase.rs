//! Passphrases: made of random bytes, and how much is in a typed one.

/// Letters of generated passphrases: no vowels, so that no word comes about, and
/// none that looks like a digit or another letter.
const LETTERS: &[u8; 19] = b"bcdfghjkmnpqrstvwxz";
/// How many groups of how many letters.
const GROUPS: usize = 4;
const GROUP: usize = 4;
/// What a letter of a generated passphrase is worth, in bits (log2 of 19).
const LETTER_BITS: f64 = 4.247;

/// How hard a passphrase is to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Guessed in no time by whoever has the link.
    Weak,
    /// It holds for the days of a workshop.
    Fair,
    /// Out of reach.
    Strong,
}

/// A passphrase of random bytes, four groups of four letters. `None` where the
/// bytes do not suffice, which 32 of them practically always do.
pub fn generate(random: &[u8]) -> Option<String> {
    // Bytes beyond the last multiple of the alphabet would favour its first letters.
    let most = 256 / LETTERS.len() * LETTERS.len();
    let letters = random.iter().map(|byte| usize::from(*byte));
    let mut letters = letters
        .filter(|byte| *byte < most)
        .filter_map(|byte| LETTERS.get(byte % LETTERS.len()))
        .map(|letter| char::from(*letter));
    let mut text = String::new();
    for at in 0..GROUPS * GROUP {
        if at > 0 && at % GROUP == 0 {
            text.push('-');
        }
        text.push(letters.next()?);
    }
    Some(text)
}

/// The form in which a passphrase is used: without blanks and dashes, and ASCII
/// letters small, so that it can be read out and typed from a board.
pub fn plain(typed: &str) -> String {
    let is_filling = |letter: &char| {
        letter.is_whitespace() || matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
    };
    typed
        .chars()
        .filter(|letter| !is_filling(letter))
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// About how many bits a guesser has to go through, cautiously: of texts that
/// people make up, most is expected.
fn bits(typed: &str) -> f64 {
    let text = plain(typed);
    #[expect(clippy::cast_precision_loss, reason = "lengths are small")]
    let length = |count: usize| count as f64;
    let is_generated =
        text.len() >= GROUPS * GROUP && text.bytes().all(|letter| LETTERS.contains(&letter));
    let mut distinct: Vec<char> = text.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    // Words have about a bit and a half a letter; digits and signs more.
    let letters = text.chars().filter(char::is_ascii_lowercase).count();
    let others = text.chars().count() - letters;
    let made_up = length(letters) * 1.5 + length(others) * 2.5;
    let most = length(distinct.len()) * 4.0;
    if is_generated {
        (length(text.len()) * LETTER_BITS).min(length(distinct.len()) * 10.0)
    } else {
        made_up.min(most)
    }
}

/// How strong it is; the key is stretched besides, see `docs/workshops.md`.
pub fn strength(typed: &str) -> Strength {
    match bits(typed) {
        bits if bits < 28.0 => Strength::Weak,
        bits if bits < 48.0 => Strength::Fair,
        _ => Strength::Strong,
    }
}

#[cfg(test)]
mod tests {
    use super::{LETTERS, Strength, bits, generate, plain, strength};
    use proptest::prelude::*;

    #[test]
    fn a_generated_one_is_strong_and_has_its_form() {
        let random: Vec<u8> = (0..32).map(|at| at * 7 + 3).collect();
        let made = generate(&random).unwrap();
        assert_eq!(made.len(), 19);
        assert_eq!(made.split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
        assert_eq!(strength(&made), Strength::Strong);
        assert!(bits(&made) > 60.0, "{made}: {}", bits(&made));
    }

    #[test]
    fn too_few_good_bytes_make_none() {
        assert_eq!(generate(&[255; 32]), None);
        assert_eq!(generate(&[1; 15]), None);
    }

    #[test]
    fn all_letters_are_equally_likely() {
        let mut counts = [0; 19];
        for byte in 0..=246_u8 {
            let made = generate(&[byte; 16]).unwrap();
            let at = LETTERS
                .iter()
                .position(|letter| char::from(*letter) == made.chars().next().unwrap());
            counts[at.unwrap()] += 1;
        }
        assert_eq!(counts, [13; 19]);
    }

    #[test]
    fn blanks_dashes_and_capitals_make_no_difference() {
        assert_eq!(plain(" KQVM hwrt—tbxd-pznd\n"), "kqvmhwrttbxdpznd");
        assert_eq!(plain("Schlüssel 7"), "schlüssel7");
    }

    #[test]
    fn what_people_make_up_is_judged_with_caution() {
        for weak in [
            "",
            "workshop",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "12345678",
            "Passw0rd!",
            "bbbb-bbbb-bbbb-bbbb",
        ] {
            assert_eq!(strength(weak), Strength::Weak, "{weak}");
        }
        assert_eq!(strength("blue tram at nine sharp"), Strength::Fair);
        assert_eq!(
            strength("seven grey herons wait 41 days for a ferry"),
            Strength::Strong
        );
    }

    proptest! {
        #[test]
        fn any_bytes_make_letters_of_the_alphabet_or_none(random in prop::collection::vec(any::<u8>(), 0..40)) {
            if let Some(made) = generate(&random) {
                prop_assert!(plain(&made).bytes().all(|letter| LETTERS.contains(&letter)));
                prop_assert_eq!(plain(&made).len(), 16);
            }
        }
    }
}
