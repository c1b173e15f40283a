//! JSON as YAML for people: blocks, and quotes only where they are needed.

use serde_json::Value;

/// A YAML document with this value.
pub(crate) fn to_yaml(value: &Value) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    out
}

/// A value as a block of its own lines.
fn block(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, field) in fields {
                put!(out, "{indent}{}:", key(name));
                after_key(field, depth, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                put!(out, "{indent}-");
                match item {
                    Value::Object(fields) if !fields.is_empty() => {
                        // The first field stands behind the dash.
                        let mut inner = String::new();
                        block(item, depth + 1, &mut inner);
                        out.push(' ');
                        out.push_str(inner.trim_start_matches(' '));
                    }
                    _ => after_key(item, depth, out),
                }
            }
        }
        _ => {
            out.push_str(&scalar(value, depth));
            out.push('\n');
        }
    }
}

fn after_key(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            out.push('\n');
            block(value, depth + 1, out);
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            block(value, depth + 1, out);
        }
        _ => put!(out, " {}\n", scalar(value, depth + 1)),
    }
}

fn scalar(value: &Value, depth: usize) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        Value::String(text) if is_literal(text) => {
            let indent = "  ".repeat(depth);
            let lines = text.split('\n').map(|line| {
                let indent = if line.is_empty() { "" } else { indent.as_str() };
                format!("\n{indent}{line}")
            });
            format!("|-{}", lines.collect::<String>())
        }
        Value::String(text) => quoted(text),
        // Empty ones, numbers, and the three words.
        other => other.to_string(),
    }
}

fn key(name: &str) -> String {
    if is_plain(name) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// Whether it is text to every reader of YAML without any quotes.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan",
    ];
    let letters = |c: char| c.is_ascii_alphanumeric() || "_-./:".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(letters)
        && !text.ends_with(':')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// Whether lines can stand as they are, indented.
fn is_literal(text: &str) -> bool {
    let plain_line = |line: &str| line.is_empty() || !line.trim().is_empty();
    text.contains('\n')
        && !text.ends_with('\n')
        && !text.starts_with(['\n', ' ', '\t'])
        && text.split('\n').all(plain_line)
        && text.chars().all(|c| c == '\n' || is_printable(c))
}

fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// In quotes, with the escapes of YAML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_printable(c) => out.push(c),
            c => match u32::from(c) {
                code @ 0..=0xff => put!(out, "\\x{code:02x}"),
                code => put!(out, "\\u{code:04x}"),
            },
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::to_yaml;
    use crate::core::{import::read_yaml, recipe::arbitrary};
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use std::{
        io::Write as _,
        process::{Command, Stdio},
    };

    /// What a reader that nobody here wrote finds.
    fn pyyaml(yaml: &str) -> Value {
        let mut child = Command::new("python3")
            .args(["-c", "import sys,json,yaml;print(json.dumps(yaml.safe_load(sys.stdin.buffer.read().decode())))"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(yaml.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{yaml}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    #[test]
    fn it_reads_as_people_write_it() {
        let value = json!({
            "description": "A duel", "prompts": ["one\n  two: x\n\nthree"],
            "providers": [{"id": "openai:chat:gpt-4.1", "config": {"temperature": 0.2, "stop": [], "on": true}}],
        });
        let wanted = "description: \"A duel\"\nprompts:\n  - |-\n    one\n      two: x\n\n    three\nproviders:\n  - id: openai:chat:gpt-4.1\n    config:\n      temperature: 0.2\n      stop: []\n      \"on\": true\n";
        assert_eq!(to_yaml(&value), wanted);
    }

    #[test]
    fn another_reader_finds_the_same() {
        let value = json!({
            "a": ["no", "1.5", "0x1f", "~", "", " x ", "- y", "# z", "k: v", "{{a}}", "नमस्ते 🌧", "\u{85}\u{7f}\u{0}\u{feff}"],
            "12": {"null": null, "n": [[1, [2]], {}, []]},
            "text": "a\n\n b\nc\\",
        });
        assert_eq!(pyyaml(&to_yaml(&value)), value);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(value in arbitrary::json()) {
            let read = read_yaml(&to_yaml(&value)).unwrap();
            // YAML has one kind of number.
            prop_assert_eq!(numbers(&read), numbers(&value));
        }
    }

    fn numbers(value: &Value) -> Value {
        match value {
            Value::Number(number) => json!(number.as_f64()),
            Value::Array(items) => items.iter().map(numbers).collect(),
            Value::Object(fields) => Value::Object(
                fields
                    .iter()
                    .map(|(name, field)| (name.clone(), numbers(field)))
                    .collect(),
            ),
            other => other.clone(),
        }
    }
}
