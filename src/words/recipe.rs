//! What is said about links and recipes.

use crate::core::{
    recipe::{Expected, LinkError, RecipeError, RecipeNotice, VERSION, result::RESULT_VERSION},
    share::SourceFault,
};

/// Sentences about links and recipes, one set a language.
#[derive(Debug, Clone, Copy)]
pub struct RecipeWords {
    /// Why a recipe cannot be read.
    pub recipe_error: fn(&RecipeError) -> String,
    /// Why a link cannot be used.
    pub link_error: fn(&LinkError) -> String,
    /// What to know about a recipe that can be used.
    pub notice: fn(&RecipeNotice) -> String,
}

/// English.
pub const EN: RecipeWords = RecipeWords {
    recipe_error,
    link_error,
    notice,
};

/// Quoted text of strangers is cut here, in characters.
const QUOTE_LIMIT: usize = 60;

/// How many names of a list are told.
const NAME_LIMIT: usize = 5;

pub(super) fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "text",
        Expected::Number => "a number",
        Expected::WholeNumber => "a whole number",
        Expected::Count => "a whole number, 0 or more",
        Expected::Object => "an object",
        Expected::List => "a list",
        Expected::Flag => "true or false",
        Expected::Json => "JSON",
    }
}

fn place(path: &str) -> &str {
    if path.is_empty() { "recipe" } else { path }
}

fn quote(text: &str) -> String {
    let mut cut: String = text.chars().take(QUOTE_LIMIT).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    format!("“{cut}”")
}

fn list(names: &[impl AsRef<str>]) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(NAME_LIMIT)
        .map(|name| quote(name.as_ref()))
        .collect();
    let more = names.len() - shown.len();
    let shown = shown.join(", ");
    if more == 0 {
        shown
    } else {
        format!("{shown} and {more} more")
    }
}

fn recipe_error(error: &RecipeError) -> String {
    match error {
        RecipeError::Json {
            line,
            column,
            ended_early: true,
        } => format!(
            "The recipe ends too early, at line {line}, column {column}. It may have been cut when it was copied."
        ),
        RecipeError::Json { line, column, .. } => {
            format!("The recipe is not valid JSON: line {line}, column {column}.")
        }
        RecipeError::WrongType { path, expected: e } => {
            format!("{}: expected {}", place(path), expected(*e))
        }
        RecipeError::Missing { path, expected: e } => {
            format!("{}: expected {}, found nothing", place(path), expected(*e))
        }
        RecipeError::UnknownVersion { found } => version(found),
        RecipeError::UnknownValue {
            path,
            found,
            allowed,
        } => format!(
            "{}: expected one of {}, found {}",
            place(path),
            allowed.join(", "),
            quote(found)
        ),
    }
}

/// What is no version that is read here: of a result it is said of results.
fn version(found: &str) -> String {
    let kinds = [("recipe/", VERSION), ("result/", RESULT_VERSION)];
    let known = kinds.into_iter().find(|(kind, known)| {
        let number = found.strip_prefix(kind);
        found != *known && number.is_some_and(|number| number.parse::<u32>().is_ok())
    });
    match known {
        Some((kind, known)) => format!(
            "touchstone: {} is a {} of a later version, this page reads {}. Reload the page to get its newest version, or open it where it was made.",
            quote(found),
            kind.trim_end_matches('/'),
            quote(known)
        ),
        None => format!(
            "touchstone: expected {} or {}, found {}",
            quote(VERSION),
            quote(RESULT_VERSION),
            quote(found)
        ),
    }
}

fn link_error(error: &LinkError) -> String {
    match error {
        LinkError::TooLong { bytes, limit } => {
            format!("This link is too long: {bytes} bytes, at most {limit}. Use a file instead.")
        }
        LinkError::Percent { position } => format!(
            "This link is broken at character {position}: “%” needs two hexadecimal digits after it. Write a percent sign as “%25”."
        ),
        LinkError::Utf8 { position } => {
            format!("This link is broken at character {position}: the escaped bytes are not UTF-8.")
        }
        LinkError::Value { name, expected: e } => {
            format!("{name}: expected {}", expected(*e))
        }
        LinkError::Pane { found } => format!(
            "pane: expected provider/model, as in “openai/gpt-4.1”, found {}",
            quote(found)
        ),
        LinkError::Recipe(error) => recipe_error(error),
        LinkError::Source(fault) => source(fault).to_owned(),
    }
}

fn source(fault: &SourceFault) -> &'static str {
    match fault {
        SourceFault::NotAnAddress => {
            "src: expected the whole address of a document, as in “https://example.org/result.json”."
        }
        SourceFault::Scheme => {
            "src: only https:// can be opened, and http:// on this machine, because on the way anyone could change what comes."
        }
        SourceFault::Credentials => "src: an address with a user name or password is not opened.",
    }
}

fn notice(notice: &RecipeNotice) -> String {
    match notice {
        RecipeNotice::LeftOut(fault) => {
            format!("{}. This part of the link is left out.", link_error(fault))
        }
        RecipeNotice::UnknownNames(names) => {
            format!(
                "Ignored in the link, because it means nothing here: {}.",
                list(names)
            )
        }
        RecipeNotice::RepeatedNames(names) => format!(
            "Given more than once in the link, so the last one counts: {}.",
            list(names)
        ),
        RecipeNotice::BesideRecipe(names) => format!(
            "The link holds a whole document, so this beside it is ignored: {}.",
            list(names)
        ),
        RecipeNotice::UnsupportedOrder(order) => format!(
            "Run order {} is not supported yet: panes run in parallel.",
            quote(order)
        ),
        RecipeNotice::UnsupportedRepeats(repeats) => format!(
            "The recipe asks for {repeats} runs of each pane. Repeats are not supported yet: each runs once."
        ),
        RecipeNotice::TooManyPanes { count, used } => {
            format!("The recipe has {count} panes. The first {used} are shown.")
        }
        RecipeNotice::SystemMessagesMoved { count: 1 } => {
            "One system message was moved into the system prompt.".to_owned()
        }
        RecipeNotice::SystemMessagesMoved { count } => {
            format!("{count} system messages were moved into the system prompt.")
        }
        RecipeNotice::PrivateHost { pane, host } => format!(
            "Pane {} asks {host}, which other people cannot reach.",
            pane + 1
        ),
        RecipeNotice::LooksLikeKey { paths } => format!(
            "This may hold a key and would be passed on with the recipe: {}. Remove it before you share.",
            list(paths)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{EN, QUOTE_LIMIT};
    use crate::core::recipe::{LinkError, Recipe, RecipeNotice, parse_fragment};

    fn recipe_message(json: &str) -> String {
        (EN.recipe_error)(&Recipe::parse(json).unwrap_err())
    }

    #[test]
    fn a_wrong_type_names_its_path() {
        let json = r#"{"touchstone":"recipe/1","panes":[{"provider":"a","model":"m"},{"provider":"a","model":5}]}"#;
        assert_eq!(recipe_message(json), "panes[1].model: expected text");
    }

    #[test]
    fn a_missing_or_unknown_version_names_its_field() {
        assert!(recipe_message("{}").starts_with("touchstone: expected text"));
        let message = recipe_message(r#"{"touchstone":"recipe/9"}"#);
        assert!(message.starts_with("touchstone: "), "{message}");
        assert!(message.contains("recipe/9"), "{message}");
    }

    #[test]
    fn a_result_of_a_later_version_is_told_as_one() {
        let said = |found: &str| {
            let found = found.to_owned();
            (EN.recipe_error)(&super::RecipeError::UnknownVersion { found })
        };
        let result = said("result/9");
        assert!(
            result
                .contains("“result/9” is a result of a later version, this page reads “result/1”"),
            "{result}"
        );
        assert!(
            said("recipe/2").contains("a recipe of a later version, this page reads “recipe/1”")
        );
        for odd in ["9", "result/", "result/x", "other/1", "result/1"] {
            let said = said(odd);
            assert!(said.contains("expected “recipe/1” or “result/1”"), "{said}");
        }
    }

    #[test]
    fn the_whole_document_has_a_name_too() {
        assert_eq!(recipe_message("[]"), "recipe: expected an object");
    }

    #[test]
    fn broken_json_is_placed() {
        assert!(recipe_message("{\n  x").contains("line 2, column 3"));
        assert!(recipe_message("{\"a\":").contains("too early"));
    }

    #[test]
    fn an_unknown_word_comes_with_those_that_would_do() {
        let json =
            r#"{"touchstone":"recipe/1","panes":[{"provider":"a","model":"m","api":"soap"}]}"#;
        let message = recipe_message(json);
        assert!(message.starts_with("panes[0].api: "), "{message}");
        assert!(
            message.contains("generate_content") && message.contains("soap"),
            "{message}"
        );
    }

    #[test]
    fn link_errors_name_the_culprit() {
        let message = |fragment: &str| match parse_fragment(fragment) {
            Err(error) => (EN.link_error)(&error),
            Ok(link) => link.notices.iter().map(EN.notice).collect(),
        };
        assert_eq!(
            message("#temperature=hot"),
            "temperature: expected a number. This part of the link is left out."
        );
        assert!(message("#prompt=50%").contains("character 10"));
        assert!(message("#pane=openai").contains("“openai”"));
        assert!(message("#src=http://docs.example/x").starts_with("src: only https"));
        assert_eq!(message("#recipe=[]"), "recipe: expected an object");
    }

    #[test]
    fn quoted_texts_are_cut() {
        let long = "é".repeat(QUOTE_LIMIT + 1);
        let message = (EN.link_error)(&LinkError::Pane {
            found: long.clone(),
        });
        assert!(!message.contains(&long));
        assert!(message.contains(&"é".repeat(QUOTE_LIMIT)));
        assert!(message.contains('…'));
    }

    #[test]
    fn long_lists_are_counted() {
        let names: Vec<String> = (1..=7).map(|n| format!("n{n}")).collect();
        let message = (EN.notice)(&RecipeNotice::UnknownNames(names));
        assert!(message.contains("“n5” and 2 more"), "{message}");
        assert!(!message.contains("n6"));
    }

    #[test]
    fn panes_are_counted_from_one() {
        let host = "127.0.0.1".to_owned();
        let message = (EN.notice)(&RecipeNotice::PrivateHost { pane: 0, host });
        assert!(message.starts_with("Pane 1 asks 127.0.0.1"));
    }
}
