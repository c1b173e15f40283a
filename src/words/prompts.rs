//! What is said about lists of prompts.

use crate::core::playlist::{Form, MAX_BYTES, Playlist, PlaylistError, Wanted};

/// Lists of prompts, in the part of the page that is loaded later.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct PromptListWords {
    pub title: &'static str,
    pub hint: &'static str,
    pub lead: &'static str,
    pub paste: &'static str,
    pub paste_example: &'static str,
    pub choose: &'static str,
    pub no_file: &'static str,
    pub read_as: &'static str,
    pub as_it_looks: &'static str,
    pub form: fn(Form) -> &'static str,
    pub found: fn(&Playlist) -> String,
    pub fault: fn(&PlaylistError) -> String,
    pub take: &'static str,
    pub taken: &'static str,
    pub remove: &'static str,
    pub removed: &'static str,
    pub own: &'static str,
    pub list: &'static str,
    pub ran: &'static str,
    pub not_kept: &'static str,
}

/// English.
pub static EN: PromptListWords = PromptListWords {
    title: "Prompt list",
    hint: "Prompts to go through one by one",
    lead: "Prompts to go through one by one while you present. Each keeps its results: going back shows them again and runs nothing.",
    paste: "Paste a list",
    paste_example: "One prompt a line, or blocks with blank lines between them",
    choose: "Choose a file…",
    no_file: "The file could not be read. Choose it again, or paste what is in it.",
    read_as: "Read it as",
    as_it_looks: "what it looks like",
    form,
    found,
    fault,
    take: "Use this list",
    taken: "The list is ready. What was in the composer is kept before its first prompt",
    remove: "Remove the list",
    removed: "List removed",
    own: "Your own prompt",
    list: "Prompts",
    ran: "has results",
    not_kept: "The browser did not keep the list: it is gone after a reload",
};

fn form(form: Form) -> &'static str {
    match form {
        Form::Lines => "one prompt a line",
        Form::Blocks => "blocks between blank lines",
        Form::Markdown => "Markdown parted by ---",
        Form::Json => "a JSON list",
        Form::JsonLines => "JSON lines",
        Form::Table => "a table",
    }
}

fn found(list: &Playlist) -> String {
    let count = match list.entries.len() {
        1 => "1 prompt".to_owned(),
        count => format!("{count} prompts"),
    };
    let variables = match list.variables().as_slice() {
        [] => String::new(),
        [one] => format!(", with the variable {one}"),
        many => format!(", with the variables {}", many.join(", ")),
    };
    let left_out = match list.left_out {
        0 => String::new(),
        count => format!(" {count} more do not fit."),
    };
    let form = found_in(list.form);
    format!("Found {count} in {form}{variables}.{left_out}")
}

fn found_in(form: Form) -> &'static str {
    match form {
        Form::Lines => "lines",
        Form::Blocks => "blocks between blank lines",
        Form::Markdown => "Markdown parted by ---",
        Form::Json => "a JSON list",
        Form::JsonLines => "JSON lines",
        Form::Table => "a table",
    }
}

fn fault(fault: &PlaylistError) -> String {
    match fault {
        PlaylistError::Empty => "There is no prompt in it.".to_owned(),
        PlaylistError::TooLong { bytes } => {
            format!("It has {bytes} bytes, and at most {MAX_BYTES} are read. Take a part of it.")
        }
        PlaylistError::NotText => {
            "It is no text in UTF-8. Save it as plain text, CSV or JSON in UTF-8.".to_owned()
        }
        PlaylistError::Json { line, column } => {
            format!("It is not valid JSON: line {line}, column {column}.")
        }
        PlaylistError::NotAList => {
            "The JSON is neither a list nor an object with a list in “prompts”.".to_owned()
        }
        PlaylistError::Wrong { path, wanted } => format!(
            "{path}: expected {}.",
            match wanted {
                Wanted::Entry => "a text, or an object with one in “prompt”",
                Wanted::Prompt => "a text that says something",
                Wanted::Value => "a text or a number",
                Wanted::Values => "an object of texts",
            }
        ),
        PlaylistError::NoPromptColumn { found } => format!(
            "The table has no column “prompt”. Its first row names: {}.",
            found.join(", ")
        ),
        PlaylistError::Width {
            line,
            expected,
            found,
        } => format!(
            "Line {line} has {found} fields and the first row {expected}. Put a field that holds a comma into quotation marks."
        ),
        PlaylistError::NoPrompt { line } => format!("Line {line} has no prompt."),
        PlaylistError::OpenQuote { line } => {
            format!("The quotation mark that opens in line {line} is never closed.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{fault, found};
    use crate::core::playlist::read;

    #[test]
    fn what_was_found_is_named() {
        let told = |text: &str| found(&read(text, None).unwrap());
        assert_eq!(told("a\nb"), "Found 2 prompts in lines.");
        assert_eq!(
            told("prompt,topic,tone\na,b,c"),
            "Found 1 prompt in a table, with the variables topic, tone."
        );
        assert!(told(&"a\n".repeat(501)).ends_with("1 more do not fit."));
    }

    #[test]
    fn bad_input_is_named() {
        let told = |text: &str| fault(&read(text, None).unwrap_err());
        assert_eq!(
            told("prompt,n\na"),
            "Line 2 has 1 fields and the first row 2. Put a field that holds a comma into quotation marks."
        );
        assert_eq!(
            told(r#"["a", 1]"#),
            "[1]: expected a text, or an object with one in “prompt”."
        );
    }
}
