//! What is said about things that come in from elsewhere.

use super::{files::size, incoming, recipe, request};
use crate::core::import::{CurlError, Foreign, ImportError, Kind, LARGEST, Shape, Why, YamlError};

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
    pub fills: &'static str,
    pub title_line: &'static str,
    pub system_line: &'static str,
    pub messages_line: &'static str,
    pub messages_count: fn(usize) -> String,
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
    pub error: fn(&ImportError) -> String,
    pub can_read: &'static str,
}

/// English.
pub static EN: ImportWords = ImportWords {
    title: "Open or import",
    action: "Open…",
    action_hint: "Open a result, report or link, or import a request, curl command or promptfoo configuration",
    lead: "Results, reports and links of Touchstone, requests as JSON, curl commands, and promptfoo configurations. Nothing is filled in before you have seen what it is.",
    paste: "Paste it here",
    paste_placeholder: "curl https://…   or JSON, YAML, a link",
    look: "Look at it",
    pick: "Choose a file…",
    drop: "or drop a file anywhere on the page",
    reading: "Reading…",
    unreadable: |name| {
        format!("{name} could not be read. Folders cannot be opened; choose the file in it.")
    },
    found: |name, kind| match name {
        "" => format!("This is {}.", kind_text(kind)),
        name => format!("{name} is {}.", kind_text(kind)),
    },
    fills: "Fills in",
    title_line: "Title",
    system_line: "System prompt",
    messages_line: "Messages",
    messages_count: |count| match count {
        1 => "1 message".to_owned(),
        count => format!("{count} messages; the last one goes into the composer"),
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
            Some(created) => format!("{runs}, of {created}"),
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
    error,
    can_read: "What can be read: results, recipes, reports and links of Touchstone; requests to Chat Completions, Responses, Messages or Gemini as JSON; curl commands; promptfoo configurations.",
};

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
            "It is a document of Touchstone of the kind “{kind}”, which is opened in its own place: history, ballots, playlists and lent keys each have one."
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
        ImportError::Foreign(foreign) => format!("{} {}", foreign_text(*foreign), EN.can_read),
        ImportError::Unknown => format!("It is nothing that is known here. {}", EN.can_read),
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
        Foreign::Table => "It looks like a table. Touchstone writes tables, but reads none.",
        Foreign::Picture => "It is a picture. It can be attached to a prompt.",
        Foreign::Pdf => "It is a PDF. It can be attached to a prompt.",
        Foreign::Archive => "It is an archive or an office document. Unpack it first.",
        Foreign::Code => "It looks like source code. The request as curl or as JSON can be read.",
        Foreign::Command => "It is a command of another program than curl.",
        Foreign::Model => "It is a model file. The first page can run it.",
    }
}
