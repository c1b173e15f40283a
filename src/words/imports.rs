//! What is said about things that come in from elsewhere.

use super::{files::size, history, incoming, prompts, recipe, request};
use crate::core::{
    import::{CurlError, Foreign, ImportError, Kind, LARGEST, Shape, Why, YamlError},
    replay::short_date,
};

/// Words of the dialog for imports.
#[derive(Debug, Clone, Copy)]
#[expect(
    missing_docs,
    reason = "each field is named after the place where it is shown"
)]
pub struct ImportWords {
    pub title: &'static str,
    pub action: &'static str,
    pub action_hint: &'static str,
    pub lead: &'static str,
    pub paste: &'static str,
    pub paste_placeholder: &'static str,
    pub look: &'static str,
    pub pick: &'static str,
    pub drop: &'static str,
    pub reading: &'static str,
    pub unreadable: fn(&str) -> String,
    pub found: fn(&str, Kind) -> String,
    pub history_found: fn(&str, usize) -> String,
    pub history_hint: &'static str,
    pub history_apply: &'static str,
    pub ballots_found: fn(&str, usize) -> String,
    pub ballots_hint: &'static str,
    pub ballots_bad: fn(usize) -> String,
    pub ballots_apply: &'static str,
    pub prompts_found: fn(&str, &str) -> String,
    pub prompts_hint: &'static str,
    pub suite: &'static str,
    pub suite_all: fn(usize, usize, usize) -> String,
    pub suite_all_hint: &'static str,
    pub suite_one: &'static str,
    pub suite_prompt: &'static str,
    pub suite_row: &'static str,
    pub more: fn(usize) -> String,
    pub fills: &'static str,
    pub title_line: &'static str,
    pub system_line: &'static str,
    pub messages_line: &'static str,
    pub messages_count: fn(usize) -> String,
    pub list_line: &'static str,
    pub list_count: fn(usize) -> String,
    pub variables_line: &'static str,
    pub params_line: &'static str,
    pub panes_line: &'static str,
    pub no_panes: &'static str,
    pub results_line: &'static str,
    pub results_count: fn(usize, Option<&str>) -> String,
    pub left_out: fn(usize) -> String,
    pub why: fn(Why) -> &'static str,
    pub notes: &'static str,
    pub keys: &'static str,
    pub key_line: fn(&str, &str) -> String,
    pub keys_hint: &'static str,
    pub replaces: &'static str,
    pub fill_in: &'static str,
    pub other: &'static str,
    pub attach: &'static str,
    pub attach_hint: &'static str,
    pub done: fn(usize) -> String,
    pub done_list: fn(usize) -> String,
    pub error: fn(&ImportError) -> String,
    pub can_read: &'static str,
}

/// English.
pub static EN: ImportWords = ImportWords {
    title: "Open or import",
    action: "Open…",
    action_hint: "Open a result, report or link, or import a request, curl command or promptfoo configuration",
    lead: "Whatever Touchstone has written (results, recipes, reports, links, histories, ballots), lists of prompts, requests as JSON, curl commands, and promptfoo configurations. Nothing is filled in before you have seen what it is.",
    paste: "Paste it here",
    paste_placeholder: "curl https://…   or JSON, YAML, a link",
    look: "Look at it",
    pick: "Choose a file…",
    drop: "or drop a file anywhere on the page",
    reading: "Reading…",
    unreadable: |name| {
        format!("{name} could not be read. Folders cannot be opened; choose the file in it.")
    },
    found: |name, kind| is(name, kind_text(kind)),
    history_found: |name, count| {
        let what = match count {
            0 => "a history of Touchstone with nothing in it".to_owned(),
            1 => "a history of Touchstone with 1 comparison".to_owned(),
            count => format!("a history of Touchstone with {count} comparisons"),
        };
        is(name, &what)
    },
    history_hint: "They join the history that is kept in this browser. What is there already is not doubled, the page stays as it is, and it can be undone.",
    history_apply: "Add to the history",
    ballots_found: |name, count| {
        let what = match count {
            1 => "a ballot of a blind vote".to_owned(),
            count => format!("{count} ballots of a blind vote"),
        };
        match (name, count) {
            ("", 2..) => format!("These are {what}."),
            (name, _) => is(name, &what),
        }
    },
    ballots_hint: "They are counted with the comparison that is on the page, if they are about it.",
    ballots_bad: |count| match count {
        1 => "1 part of it is no ballot that can be counted.".to_owned(),
        count => format!("{count} parts of it are no ballots that can be counted."),
    },
    ballots_apply: "Count them",
    prompts_found: |name, found| match name {
        "" => format!("This is a list of prompts. {found}"),
        name => format!("{name} is a list of prompts. {found}"),
    },
    prompts_hint: "The first prompt goes into the composer, and the present mode steps through them all. Models and parameters stay.",
    suite: "Which of its prompts",
    suite_all: |all, prompts, rows| match (prompts, rows) {
        (1, _) | (_, 1) => format!("All {all}, as a list of prompts"),
        (prompts, rows) => format!(
            "All {all} ({prompts} prompts, each with {rows} sets of values), as a list of prompts"
        ),
    },
    suite_all_hint: "The first one goes into the composer, and the present mode steps through them all.",
    suite_one: "One of them",
    suite_prompt: "Prompt",
    suite_row: "Values",
    more: |count| format!("and {count} more"),
    fills: "Fills in",
    title_line: "Title",
    system_line: "System prompt",
    messages_line: "Messages",
    messages_count: |count| match count {
        1 => "1 message".to_owned(),
        count => format!("{count} messages; the last one goes into the composer"),
    },
    list_line: "Prompt list",
    list_count: |count| match count {
        1 => "1 prompt".to_owned(),
        count => format!("{count} prompts"),
    },
    variables_line: "Variables",
    params_line: "Parameters",
    panes_line: "Models",
    no_panes: "none: it names no model. Add one afterwards.",
    results_line: "Results",
    results_count: |runs, created| {
        let runs = match runs {
            1 => "1 run".to_owned(),
            runs => format!("{runs} runs"),
        };
        match created {
            Some(created) => format!("{runs}, of {}", short_date(created)),
            None => runs,
        }
    },
    left_out: |count| match count {
        1 => "Left out: 1 thing".to_owned(),
        count => format!("Left out: {count} things"),
    },
    why,
    notes: "To know",
    keys: "Keys in it",
    key_line: |provider, host| {
        format!("Use the key for {provider} at {host}, until the page is closed")
    },
    keys_hint: "Keys are never part of what is filled in, so they are not passed on. Those that you do not take are forgotten now.",
    replaces: "It takes the place of what is on the page. That can be undone.",
    fill_in: "Fill in",
    other: "Something else",
    attach: "Attach as a file",
    attach_hint: "It goes along with the next prompt instead.",
    done: |panes| match panes {
        0 => "Imported. Add a model to run it.".to_owned(),
        1 => "Imported, with 1 model. Nothing was sent.".to_owned(),
        panes => format!("Imported, with {panes} models. Nothing was sent."),
    },
    done_list: |prompts| {
        format!(
            "Imported, with a list of {prompts} prompts: Present steps through them. Nothing was sent."
        )
    },
    error,
    can_read: "What can be read: results, recipes, reports, links, histories and ballots of Touchstone; lists of prompts as JSON or as a table with a column “prompt”; requests to Chat Completions, Responses, Messages or Gemini as JSON; curl commands; promptfoo configurations.",
};

fn is(name: &str, what: &str) -> String {
    match name {
        "" => format!("This is {what}."),
        name => format!("{name} is {what}."),
    }
}

fn kind_text(kind: Kind) -> &'static str {
    match kind {
        Kind::Recipe => "a recipe of Touchstone",
        Kind::Result => "a result of Touchstone",
        Kind::Report => "a report of Touchstone, with the result in it",
        Kind::Link => "a link of Touchstone",
        Kind::Request(Shape::Chat) => "a request to Chat Completions",
        Kind::Request(Shape::Responses) => "a request to Responses",
        Kind::Request(Shape::Messages) => "a request to Anthropic’s Messages",
        Kind::Request(Shape::Gemini) => "a request to Gemini",
        Kind::Curl => "a curl command",
        Kind::Promptfoo => "a promptfoo configuration",
    }
}

fn why(why: Why) -> &'static str {
    match why {
        Why::NoPlace => "nothing here corresponds to it",
        Why::Form => "its form is not read",
        Why::OtherFile => "it is in another file, which this page cannot open",
        Why::OnlyFirst => "only the first one is taken",
        Why::NotChosen => "only what you chose is taken",
        Why::OtherConversation => {
            "a list has one system prompt and one beginning for all prompts; choose this one by itself"
        }
        Why::TooManyPrompts => "a list of prompts has at most 500 and 1 MB",
        Why::NotText => "images and files of messages are not taken: attach them here",
        Why::Tools => "tools are not used here",
        Why::Header => "the page sends only the headers that it needs",
        Why::Option => "it is not about the request",
        Why::Provider => "this provider is not known here, or needs more than its name",
        Why::TooMany => "a comparison has at most 8 models",
        Why::Key => "it may hold a secret",
    }
}

fn error(error: &ImportError) -> String {
    let what = fault(error);
    if error.is_of_no_kind() {
        format!("{what} {}", EN.can_read)
    } else {
        what
    }
}

fn fault(error: &ImportError) -> String {
    match error {
        ImportError::Empty => "There is nothing in it.".to_owned(),
        ImportError::TooLarge { bytes } => format!(
            "It is too large to open here: {} of at most {}.",
            size(*bytes),
            size(LARGEST)
        ),
        ImportError::NotText => "It is not text in UTF-8. If it is text, save it as UTF-8 first.".to_owned(),
        ImportError::Document(error) => format!(
            "It is a document of Touchstone, but it cannot be used. {}",
            (recipe::EN.recipe_error)(error)
        ),
        ImportError::Link(error) => (recipe::EN.link_error)(error),
        ImportError::Packed(fault) => (incoming::EN.pack_fault)(fault),
        ImportError::AddressOnly => "This link names a document elsewhere, is under a passphrase, or lends a key. Open it in the address bar, where it asks what it needs.".to_owned(),
        ImportError::OtherDocument { kind } => format!(
            "It is a document of Touchstone of the kind “{kind}”, which this version does not open here. If it is newer than this page, reload the page."
        ),
        ImportError::History(error) => (history::EN.import_error)(error),
        ImportError::Prompts(fault) => format!(
            "It looks like a list of prompts. {}",
            (prompts::EN.fault)(fault)
        ),
        ImportError::NoDocument => "It is a web page without a result of Touchstone in it. Only reports that Touchstone exported can be opened.".to_owned(),
        ImportError::Json { ended_early: true, .. } => "It begins like JSON and stops in the middle: it was cut short. Copy or download it again, whole.".to_owned(),
        ImportError::Json { line, column, .. } => {
            format!("It begins like JSON, but it is none from line {line}, column {column} on.")
        }
        ImportError::Yaml(YamlError::Syntax { line, column, what }) => format!(
            "It looks like a configuration in YAML, but it does not parse at line {line}, column {column} ({what})."
        ),
        ImportError::Yaml(YamlError::TooDeep) => {
            "It is YAML that is nested deeper than any configuration is.".to_owned()
        }
        ImportError::Yaml(YamlError::TooLarge) => {
            "It is YAML whose repeated parts come to more than the page can hold.".to_owned()
        }
        ImportError::Curl(error) => curl(error),
        ImportError::Foreign(foreign) => foreign_text(*foreign).to_owned(),
        ImportError::Unknown => "It is nothing that is known here.".to_owned(),
    }
}

fn curl(error: &CurlError) -> String {
    match error {
        CurlError::Quote(sign) => format!(
            "The command ends inside a quote: a {sign} is missing at its end. Copy it again, whole."
        ),
        CurlError::CutShort => "The command ends with a lone backslash: its last lines are missing.".to_owned(),
        CurlError::Windows => "The command is quoted for Windows or PowerShell, which is not read. Copy it as curl for bash: browsers offer both.".to_owned(),
        CurlError::NoUrl => "The command names no address.".to_owned(),
        CurlError::Url(error) => format!(
            "Its address cannot be used here. {}",
            (request::EN.endpoint_error)(error)
        ),
        CurlError::File { name } => format!(
            "Its body is in the file {name}, which a page cannot open. Choose that file here instead, or put its text into the command."
        ),
        CurlError::Input => "Its body comes from the standard input, which is not part of the command. Put the JSON into the command, behind --data.".to_owned(),
        CurlError::NoBody => "The command sends nothing, so there is no prompt in it.".to_owned(),
        CurlError::NotJson => "What the command sends is no JSON, so it asks no model. If there are variables of the shell in it, put their values in.".to_owned(),
        CurlError::NotARequest => "What the command sends is JSON, but no request to Chat Completions, Responses, Messages or Gemini.".to_owned(),
    }
}

fn foreign_text(foreign: Foreign) -> &'static str {
    match foreign {
        Foreign::Har => {
            "It looks like a HAR file of a browser’s network panel. Copy the one request in it as curl."
        }
        Foreign::Postman => {
            "It looks like a collection of Postman. Its code view writes a request as curl, which can be read."
        }
        Foreign::OpenApi => "It looks like the description of an API, not a request to it.",
        Foreign::Notebook => "It looks like a notebook of Jupyter.",
        Foreign::Chats => "It looks like conversations exported from a chat program.",
        Foreign::JsonLines => {
            "It looks like JSON Lines, as batches and data sets have it. One line of it can be read if it is a request."
        }
        Foreign::Reply => "It looks like the reply of an API, not the request.",
        Foreign::Table => {
            "It looks like a table. Of tables only lists of prompts are read, with a column “prompt”."
        }
        Foreign::OwnTable => {
            "It is the table of figures that Touchstone writes, which it does not read. The same result as JSON or as an HTML report can be opened."
        }
        Foreign::Picture => "It is a picture. It can be attached to a prompt.",
        Foreign::Pdf => "It is a PDF. It can be attached to a prompt.",
        Foreign::Archive => "It is an archive or an office document. Unpack it first.",
        Foreign::Code => "It looks like source code. The request as curl or as JSON can be read.",
        Foreign::Command => "It is a command of another program than curl.",
        Foreign::Model => "It is a model file. The first page can run it.",
    }
}
