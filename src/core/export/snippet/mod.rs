//! A request as a program: curl, Python, JavaScript and Rust, each ready to run
//! once the key is in a variable of the environment.
//!
//! They are made from what was sent. The key is never in them: where the report
//! has its placeholder, they read the variable.

mod curl;
mod javascript;
mod python;
mod rust;

use crate::core::{
    domain::ProviderId,
    wire::{
        parts,
        request::{KEY_PLACEHOLDER, SentReport},
    },
};
use serde_json::Value;

/// In which language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// A command for a POSIX shell.
    Curl,
    /// Python 3, its standard library only.
    Python,
    /// JavaScript with `fetch`: Node 18 or later, Deno, Bun.
    JavaScript,
    /// Rust with the crate `ureq`.
    Rust,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Curl, Self::Python, Self::JavaScript, Self::Rust];

    /// A short word for marks and file names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Python => "python",
            Self::JavaScript => "javascript",
            Self::Rust => "rust",
        }
    }
}

/// A program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Its text.
    pub code: String,
    /// The variables of the environment that it reads.
    pub variables: Vec<String>,
    /// Whether the bytes of files are missing in it: in their place stands
    /// which file it was.
    pub lacks_files: bool,
}

/// Why there is no program in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSnippet {
    /// The request is signed, which of these only curl can do.
    Signed,
}

/// Where the key goes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Auth {
    header: String,
    prefix: String,
    variable: String,
}

impl Auth {
    /// What stands before the key as an expression to add it to; nothing where
    /// nothing does. Python and JavaScript have the same.
    fn prefix_and(&self) -> String {
        match self.prefix.as_str() {
            "" => String::new(),
            prefix => format!("{} + ", quoted(prefix)),
        }
    }
}

/// For whom a request is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Signing {
    region: String,
    service: String,
    has_token: bool,
}

/// A request taken apart.
#[derive(Debug)]
struct Parts<'a> {
    method: &'a str,
    url: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    auth: Option<Auth>,
    signing: Option<Signing>,
    body: &'a Value,
}

/// Writes the program that sends this request again.
pub fn snippet(
    language: Language,
    provider: &ProviderId,
    sent: &SentReport,
) -> Result<Snippet, NoSnippet> {
    let parts = Parts::of(provider, sent);
    if parts.signing.is_some() && language != Language::Curl {
        return Err(NoSnippet::Signed);
    }
    let code = match language {
        Language::Curl => curl::code(&parts),
        Language::Python => python::code(&parts),
        Language::JavaScript => javascript::code(&parts),
        Language::Rust => rust::code(&parts),
    };
    Ok(Snippet {
        code,
        variables: parts.variables(),
        lacks_files: parts::has_files(&sent.body),
    })
}

impl<'a> Parts<'a> {
    fn of(provider: &ProviderId, sent: &'a SentReport) -> Self {
        let mut parts = Self {
            method: &sent.method,
            url: &sent.url,
            headers: Vec::new(),
            auth: None,
            signing: None,
            body: &sent.body,
        };
        let has_token = sent.headers.iter().any(|(name, _)| name == TOKEN_HEADER);
        for (name, value) in &sent.headers {
            if let Some(scope) = value.strip_prefix("AWS4-HMAC-SHA256 ") {
                parts.signing = signing(scope, has_token);
            } else if let Some(prefix) = value.strip_suffix(KEY_PLACEHOLDER) {
                parts.auth = Some(Auth {
                    header: name.clone(),
                    prefix: prefix.to_owned(),
                    variable: variable_of(provider),
                });
            } else if name != TOKEN_HEADER && name != "x-amz-date" {
                parts.headers.push((name, value));
            }
        }
        parts
    }

    fn variables(&self) -> Vec<String> {
        let mut all: Vec<String> = self.auth.iter().map(|auth| auth.variable.clone()).collect();
        if let Some(signing) = &self.signing {
            all.extend(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(str::to_owned));
            all.extend(signing.has_token.then(|| "AWS_SESSION_TOKEN".to_owned()));
        }
        all
    }
}

const TOKEN_HEADER: &str = "x-amz-security-token";

/// Region and service out of a signature as it is shown.
fn signing(shown: &str, has_token: bool) -> Option<Signing> {
    let (_, scope) = shown.split_once("Credential=")?;
    let (scope, _) = scope.split_once("/aws4_request")?;
    let mut parts = scope.rsplit('/');
    let service = parts.next()?.to_owned();
    let region = parts.next()?.to_owned();
    Some(Signing {
        region,
        service,
        has_token,
    })
}

/// The variable that a provider's own tools read, or one named after its row.
pub fn variable_of(provider: &ProviderId) -> String {
    let known = match provider.as_str() {
        "openai-compatible" => "API_KEY",
        "azure" => "AZURE_OPENAI_API_KEY",
        "bedrock" | "bedrock-mantle" => "AWS_BEARER_TOKEN_BEDROCK",
        "claude-aws" => "ANTHROPIC_AWS_API_KEY",
        "cohere" => "CO_API_KEY",
        "huggingface" => "HF_TOKEN",
        "vertex" | "vertex-claude" => "GOOGLE_ACCESS_TOKEN",
        "vertex-express" => "GOOGLE_API_KEY",
        "github" | "github-models" => "GITHUB_TOKEN",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let name: String = provider
        .as_str()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect();
    // A name cannot begin with a digit.
    let first = if name.starts_with(|c: char| c.is_ascii_digit()) {
        "_"
    } else {
        ""
    };
    format!("{first}{name}_API_KEY")
}

/// JSON in which nothing is invisible or turns the direction of reading: such
/// characters are escaped, so that the code is what it looks like. `indent`: in
/// lines, as people read it.
fn visible_json(value: &Value, indent: bool) -> String {
    let text = if indent {
        format!("{value:#}")
    } else {
        value.to_string()
    };
    if !text.chars().any(is_hidden) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                put!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Characters of texts that no reader sees. Those that join or split signs of
/// Indic scripts and of emoji are left alone.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// A JSON text of a string: also a literal of Python and JavaScript.
fn quoted(text: &str) -> String {
    visible_json(&Value::from(text), false)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests.rs"]
mod tests;
