//! Lists as tables, after RFC 4180: the first row names the columns, a field in
//! quotation marks may hold anything, and a quotation mark in it is doubled.

use super::{Entry, PlaylistError};

/// What may stand between fields.
const SEPARATORS: [char; 3] = [',', ';', '\t'];
/// Columns that give a title.
const TITLE: [&str; 2] = ["title", "name"];

/// Whether the first row names a column `prompt`.
pub(super) fn looks_like_one(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    separator(first).is_some()
}

/// What stands between the fields of the first row: that which lays the word
/// `prompt` bare.
fn separator(first: &str) -> Option<char> {
    SEPARATORS.into_iter().find(|separator| {
        first
            .split(*separator)
            .any(|field| is_prompt(unquoted(field)))
    })
}

fn unquoted(field: &str) -> &str {
    let field = field.trim();
    let inner = field.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    inner.unwrap_or(field)
}

fn is_prompt(name: &str) -> bool {
    name.trim().eq_ignore_ascii_case("prompt")
}

/// The entries of a table.
pub(super) fn rows(text: &str) -> Result<Vec<Entry>, PlaylistError> {
    let text = text.trim_matches('\n');
    let first = text.lines().next().unwrap_or_default();
    let mut rows = split(text, separator(first).unwrap_or(','))?.into_iter();
    let Some(Row { fields: header, .. }) = rows.next() else {
        return Err(PlaylistError::Empty);
    };
    let header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    let Some(prompt) = header.iter().position(|name| is_prompt(name)) else {
        return Err(PlaylistError::NoPromptColumn { found: header });
    };
    let is_title = |name: &String| TITLE.iter().any(|known| name.eq_ignore_ascii_case(known));
    let title = header.iter().position(is_title);
    let mut entries = Vec::new();
    for Row { line, fields } in rows {
        // Programs that write tables leave rows of nothing at their end.
        if fields.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if fields.len() != header.len() {
            return Err(PlaylistError::Width {
                line,
                expected: header.len(),
                found: fields.len(),
            });
        }
        let mut entry = Entry::default();
        for (at, (name, field)) in header.iter().zip(fields).enumerate() {
            if at == prompt {
                field.trim().clone_into(&mut entry.prompt);
            } else if Some(at) == title {
                entry.title = Some(field.trim().to_owned()).filter(|text| !text.is_empty());
            } else if !name.is_empty() {
                entry.variables.push((name.clone(), field));
            }
        }
        if entry.prompt.is_empty() {
            return Err(PlaylistError::NoPrompt { line });
        }
        entries.push(entry);
    }
    Ok(entries)
}

struct Row {
    /// Where it begins, from 1.
    line: usize,
    fields: Vec<String>,
}

fn split(text: &str, separator: char) -> Result<Vec<Row>, PlaylistError> {
    let mut rows = Vec::new();
    let mut line = 1;
    let mut row = Row {
        line,
        fields: Vec::new(),
    };
    let mut letters = text.chars().peekable();
    loop {
        let mut field = String::new();
        // Blanks before a quotation mark are no part of the field.
        while separator != ' ' && letters.peek() == Some(&' ') {
            field.extend(letters.next());
        }
        if letters.peek() == Some(&'"') {
            letters.next();
            field.clear();
            let begun = line;
            loop {
                match letters.next() {
                    None => return Err(PlaylistError::OpenQuote { line: begun }),
                    Some('"') if letters.peek() == Some(&'"') => {
                        letters.next();
                        field.push('"');
                    }
                    Some('"') => break,
                    Some(letter) => {
                        line += usize::from(letter == '\n');
                        field.push(letter);
                    }
                }
            }
        }
        while let Some(letter) = letters.next_if(|letter| *letter != separator && *letter != '\n') {
            field.push(letter);
        }
        row.fields.push(field);
        match letters.next() {
            Some('\n') => {
                line += 1;
                let next = Row {
                    line,
                    fields: Vec::new(),
                };
                rows.push(std::mem::replace(&mut row, next));
            }
            Some(_) => {}
            None => break,
        }
    }
    rows.push(row);
    Ok(rows)
}
