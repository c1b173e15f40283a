//! What a vote says, in the letters that the voter sees.

/// Which answers are the best of more than two, and which the rest.
pub(super) fn said(best: &[char], rest: &[char]) -> String {
    match (best, rest) {
        ([], _) => "All are bad.".to_owned(),
        (_, []) => "All are equally good.".to_owned(),
        ([one], rest) => format!("{one} is better than {}.", list(rest)),
        (best, rest) => format!(
            "{} are equally good, and better than {}.",
            list(best),
            list(rest)
        ),
    }
}

/// Letters as a list: `A, B and C`.
fn list(letters: &[char]) -> String {
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        if at > 0 {
            out.push_str(if at + 1 == letters.len() {
                " and "
            } else {
                ", "
            });
        }
        out.push(*letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn a_vote_on_several_answers_is_said_in_a_sentence() {
        assert_eq!(said(&['B'], &['A', 'C']), "B is better than A and C.");
        assert_eq!(
            said(&['A', 'B', 'D'], &['C']),
            "A, B and D are equally good, and better than C."
        );
        assert_eq!(said(&['A', 'B', 'C'], &[]), "All are equally good.");
        assert_eq!(said(&[], &['A', 'B', 'C']), "All are bad.");
    }
}
