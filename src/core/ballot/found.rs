//! Ballots out of whatever a host pasted or picked: codes, links, documents,
//! and any words around them.

use super::{
    Ballot, BallotError, Subject,
    code::{LINK_NAME, PREFIX},
    read::{documents, value},
};
use crate::core::recipe::parts;

/// One ballot of a text, or why a part of the text is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The line, from 1; `None` in a document.
    pub line: Option<usize>,
    /// The ballot.
    pub ballot: Result<Ballot, BallotError>,
}

/// The shortest word behind `TB` and a digit that is taken for a code.
const SHORTEST: usize = 8;

/// All ballots of a text: a document (a ballot, a file of them, a list), or lines
/// with codes and links among other words. Blank lines are passed over; a line
/// without a ballot is an error of that line.
pub fn ballots(text: &str) -> Vec<Found> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with(['{', '[']) {
        let all = match value(text) {
            Ok(document) => documents(&document),
            Err(error) => vec![Err(error)],
        };
        let found = |ballot| Found { line: None, ballot };
        return all.into_iter().map(found).collect();
    }
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let mut codes = codes(line).peekable();
        let line = Some(at + 1);
        if codes.peek().is_none() {
            let ballot = Err(BallotError::None);
            found.push(Found { line, ballot });
        }
        for code in codes {
            let ballot = Ballot::from_code(code);
            found.push(Found { line, ballot });
        }
    }
    found
}

/// What came of bringing ballots to those that are there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brought {
    /// New ones of the comparison, each once.
    pub added: Vec<Ballot>,
    /// How many were there before, to the letter.
    pub known: usize,
    /// Why the others were not added, with their lines.
    pub refused: Vec<(Option<usize>, BallotError)>,
}

/// Sorts out what of a text fits the comparison and is new.
pub fn bring(there: &[Ballot], subject: &Subject, found: Vec<Found>) -> Brought {
    let mut brought = Brought::default();
    for Found { line, ballot } in found {
        match ballot.and_then(|ballot| ballot.check(subject).map(|()| ballot)) {
            Ok(ballot) if there.contains(&ballot) || brought.added.contains(&ballot) => {
                brought.known += 1;
            }
            Ok(ballot) => brought.added.push(ballot),
            Err(error) => brought.refused.push((line, error)),
        }
    }
    brought
}

/// The ballot of a link's fragment, without `#`; `None` where it carries none.
pub fn in_fragment(fragment: &str) -> Option<Result<Ballot, BallotError>> {
    let value = parts(fragment).find_map(|pair| pair.strip_prefix(LINK_NAME)?.strip_prefix('='))?;
    // `ballot=1` beside a result opens the vote; it is no ballot.
    starts_code(value).then(|| Ballot::from_code(value))
}

/// Words that look like codes, also inside links and between other signs.
fn codes(line: &str) -> impl Iterator<Item = &str> {
    line.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'))
        .map(|word| word.trim_matches('-'))
        .filter(|word| starts_code(word))
}

/// A cut code of this version is still one, whatever is left of it.
fn starts_code(word: &str) -> bool {
    let Some((start, rest)) = word.split_at_checked(PREFIX.len()) else {
        return false;
    };
    let [t, b, version] = start.as_bytes() else {
        return false;
    };
    let is_ours = t.eq_ignore_ascii_case(&b'T') && b.eq_ignore_ascii_case(&b'B');
    let is_long = rest.len() >= SHORTEST - PREFIX.len();
    is_ours && (*version == b'1' || version.is_ascii_digit() && is_long)
}

#[cfg(test)]
mod tests {
    use super::{super::testing, *};
    use proptest::prelude::*;

    fn lines(text: &str) -> Vec<(Option<usize>, bool)> {
        let found = ballots(text);
        let all = found.iter().map(|one| (one.line, one.ballot.is_ok()));
        all.collect()
    }

    #[test]
    fn codes_are_found_among_other_words_and_in_links() {
        let (one, two) = (testing::simple(), testing::full());
        let text = format!(
            "Asha: {}\n\n> see https://a.example/t/#{} and thanks!\n<{}>",
            one.to_code(),
            two.to_fragment(),
            one.to_code().to_lowercase(),
        );
        let found = ballots(&text);
        let found: Vec<_> = found
            .into_iter()
            .map(|one| (one.line.unwrap(), one.ballot.unwrap()))
            .collect();
        assert_eq!(found, [(1, one.clone()), (3, two), (4, one)]);
    }

    #[test]
    fn a_line_without_a_ballot_is_named_and_the_others_count() {
        let code = testing::simple().to_code();
        let cut = &code[..30];
        let text = format!("hello\n{code}\n{cut}\nTB3ABCDEFGHIJ");
        assert_eq!(
            lines(&text),
            [
                (Some(1), false),
                (Some(2), true),
                (Some(3), false),
                (Some(4), false)
            ]
        );
        let found = ballots(&text);
        assert_eq!(found[0].ballot, Err(BallotError::None));
        assert_eq!(found[3].ballot, Err(BallotError::Version { found: 3 }));
    }

    #[test]
    fn documents_files_and_lists_are_read() {
        let (one, two) = (testing::simple(), testing::full());
        let subject = super::super::Subject::default();
        let file = super::super::file(&subject, &[one.clone(), two.clone()]);
        for text in [file, format!("[{}, {}]", one.to_json(), two.to_json())] {
            let read: Vec<_> = ballots(&text).into_iter().map(|f| f.ballot).collect();
            assert_eq!(read, [Ok(one.clone()), Ok(two.clone())]);
        }
        let alone = ballots(&format!("\u{feff}\n{}", one.to_json()));
        assert_eq!(alone[0].ballot, Ok(one));
    }

    #[test]
    fn a_bad_ballot_of_a_file_does_not_take_the_others_along() {
        let good = testing::simple().to_value();
        let text = serde_json::json!([good, {"touchstone": "recipe/1"}, 4]).to_string();
        let read: Vec<_> = ballots(&text).into_iter().map(|f| f.ballot).collect();
        assert!(read[0].is_ok());
        assert_eq!(
            read[1],
            Err(BallotError::OtherDocument {
                found: Some("recipe/1".into())
            })
        );
        assert!(matches!(&read[2], Err(BallotError::WrongType { path, .. }) if path == "[2]"));
        assert!(matches!(
            ballots("{\"touchstone\"")[0].ballot,
            Err(BallotError::Json {
                ended_early: true,
                ..
            })
        ));
    }

    #[test]
    fn a_ballot_that_is_there_is_not_added_again() {
        let subject = Subject {
            panes: vec![("p".into(), "a".into()), ("p".into(), "b".into())],
            turns: vec![super::super::subject::SubjectTurn::default()],
        };
        let of = |id| Ballot {
            comparison: subject.fingerprint(),
            ..testing::vote(id, &[0])
        };
        let there = [of(1)];
        let text = [of(1), of(2), of(2), testing::simple()].map(|ballot| ballot.to_code());
        let brought = bring(&there, &subject, ballots(&text.join("\n")));
        assert_eq!(brought.added, [of(2)]);
        assert_eq!(brought.known, 2);
        assert_eq!(brought.refused[0].0, Some(4));
        // A second vote of one voter is another ballot.
        let changed = Ballot {
            at: crate::core::pricing::Moment(5),
            ..of(1)
        };
        let again = bring(&there, &subject, ballots(&changed.to_code()));
        assert_eq!((again.added.len(), again.known), (1, 0));
    }

    #[test]
    fn a_fragment_carries_a_ballot_only_where_a_code_stands() {
        let ballot = testing::simple();
        assert_eq!(in_fragment(&ballot.to_fragment()), Some(Ok(ballot)));
        let escaped = format!("seed=4&amp;{}", testing::simple().to_fragment());
        assert_eq!(in_fragment(&escaped), Some(Ok(testing::simple())));
        assert_eq!(in_fragment("c=abc&ballot=1&seed=4"), None);
        assert!(matches!(
            in_fragment("ballot=TB1AB"),
            Some(Err(BallotError::Cut { .. }))
        ));
        assert_eq!(in_fragment("prompt=ballot"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_looked_through_without_a_panic(text: String) {
            let _ = ballots(&text);
            let _ = in_fragment(&text);
        }
    }
}
