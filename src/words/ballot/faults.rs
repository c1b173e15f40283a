//! Why a ballot cannot be read or counted.

use super::outcome::count;
use crate::{
    core::ballot::{BallotError, error::Rule},
    words::recipe,
};

fn place(path: &str) -> &str {
    if path.is_empty() { "ballot" } else { path }
}

pub(super) fn error(error: &BallotError) -> String {
    match error {
        BallotError::None => {
            "no ballot here. A ballot code begins with TB1, a ballot file is JSON.".to_owned()
        }
        BallotError::Json {
            line,
            column,
            ended_early: true,
        } => format!(
            "the file ends too early, at line {line}, column {column}. It may have been cut."
        ),
        BallotError::Json { line, column, .. } => {
            format!("not valid JSON: line {line}, column {column}.")
        }
        BallotError::OtherDocument { found: Some(kind) } => {
            let kind: String = kind.chars().take(40).collect();
            format!(
                "touchstone: expected “ballot/1”, found “{kind}”. That is another document, or one of a newer version."
            )
        }
        BallotError::OtherDocument { found: None } => {
            "touchstone: expected “ballot/1”, found nothing. This is a file of another program."
                .to_owned()
        }
        BallotError::WrongType { path, expected } => {
            format!("{}: expected {}", place(path), recipe::expected(*expected))
        }
        BallotError::Missing { path } => format!("{}: found nothing", place(path)),
        BallotError::Value { path, rule } => {
            format!("{}: expected {}", place(path), rule_words(*rule))
        }
        BallotError::Version { found } => format!(
            "a code of version {found}, which this version of the app cannot read. Reload the page for a newer one."
        ),
        BallotError::Sign { found, place } => {
            format!("“{found}” at letter {place} stands in no code. Check for a typing error.")
        }
        BallotError::Cut {
            letters: Some(letters),
        } => format!(
            "the code was cut: {} missing at the end.",
            match letters {
                1 => "1 letter is".to_owned(),
                letters => format!("{letters} letters are"),
            }
        ),
        BallotError::Cut { letters: None } => "the code was cut right at its beginning.".to_owned(),
        BallotError::TooLong { letters } => format!(
            "the code has {} too many. Put only one code between spaces.",
            count(*letters, "letter", "letters")
        ),
        BallotError::Sum => {
            "a letter of the code is wrong: its check sum does not agree. Copy it again.".to_owned()
        }
        BallotError::Content => {
            "the code is whole, but what it says makes no sense. Ask the voter to vote again."
                .to_owned()
        }
        BallotError::OtherComparison { own, found } => format!(
            "a ballot of another comparison ({found}; this one is {own}), or of this one before an answer changed. It was not counted."
        ),
        BallotError::OtherShape { panes, turns } => format!(
            "the ballot is about {} and {}, which this comparison does not have. It was not counted.",
            count(*panes, "model", "models"),
            count(*turns, "question", "questions")
        ),
    }
}

fn rule_words(rule: Rule) -> String {
    match rule {
        Rule::Hex(digits) => format!("{digits} hexadecimal digits"),
        Rule::Moment => "a moment in UTC, such as 2026-11-29T09:30:00Z".to_owned(),
        Rule::Between(least, most) => format!("a whole number from {least} to {most}"),
        Rule::Short(bytes) => format!("a text of 1 to {bytes} bytes without spaces around it"),
        Rule::Place => "each pane once".to_owned(),
        Rule::Among => "only panes that are in “among”".to_owned(),
        Rule::Criterion => "a criterion of this ballot, each once".to_owned(),
        Rule::AtMost(count) => format!("at most {count} items"),
        Rule::Exactly(count) => format!("{count} items"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::ballot::Fingerprint;

    #[test]
    fn a_ballot_of_another_comparison_is_refused_with_both_numbers() {
        let said = error(&BallotError::OtherComparison {
            own: Fingerprint([1; 6]),
            found: Fingerprint([0xab; 6]),
        });
        assert!(
            said.contains("010101010101") && said.contains("abababababab"),
            "{said}"
        );
    }
}
