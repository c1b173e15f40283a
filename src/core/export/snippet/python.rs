//! Python 3 with its standard library.

use super::{Parts, is_hidden, quoted};
use serde_json::Value;

pub(super) fn code(parts: &Parts<'_>) -> String {
    let mut out = String::from("import json\n");
    if parts.auth.is_some() {
        out.push_str("import os\n");
    }
    out.push_str("import sys\nimport urllib.error\nimport urllib.request\n\nbody = ");
    literal(parts.body, 0, &mut out);
    put!(
        out,
        "\nrequest = urllib.request.Request(\n    {},\n    data=json.dumps(body).encode(),\n    method={},\n    headers={{\n",
        quoted(parts.url),
        quoted(parts.method)
    );
    for (name, value) in &parts.headers {
        put!(out, "        {}: {},\n", quoted(name), quoted(value));
    }
    if let Some(auth) = &parts.auth {
        let prefix = auth.prefix_and();
        put!(
            out,
            "        {}: {prefix}os.environ[{}],\n",
            quoted(&auth.header),
            quoted(&auth.variable)
        );
    }
    out.push_str(
        "    },\n)\ntry:\n    with urllib.request.urlopen(request) as response:\n        for line in response:\n            sys.stdout.buffer.write(line)\n            sys.stdout.buffer.flush()\nexcept urllib.error.HTTPError as error:\n    sys.exit(f\"{error.code} {error.read().decode(errors='replace')}\")\n",
    );
    out
}

/// JSON as a literal. JSON's escapes are Python's, its three words are not.
fn literal(value: &Value, depth: usize, out: &mut String) {
    let indent = "    ".repeat(depth + 1);
    let end = "    ".repeat(depth);
    match value {
        Value::Null => out.push_str("None"),
        Value::Bool(true) => out.push_str("True"),
        Value::Bool(false) => out.push_str("False"),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => out.push_str(&text_literal(text)),
        Value::Array(items) if items.is_empty() => out.push_str("[]"),
        Value::Array(items) => {
            out.push_str("[\n");
            for item in items {
                out.push_str(&indent);
                literal(item, depth + 1, out);
                out.push_str(",\n");
            }
            put!(out, "{end}]");
        }
        Value::Object(fields) if fields.is_empty() => out.push_str("{}"),
        Value::Object(fields) => {
            out.push_str("{\n");
            for (name, field) in fields {
                put!(out, "{indent}{}: ", text_literal(name));
                literal(field, depth + 1, out);
                out.push_str(",\n");
            }
            put!(out, "{end}}}");
        }
    }
}

/// JSON writes characters beyond the first plane as two escapes, which Python
/// would not join again.
fn text_literal(text: &str) -> String {
    let beyond = |c: char| is_hidden(c) && u32::from(c) > 0xffff;
    if !text.chars().any(beyond) {
        return quoted(text);
    }
    let pieces = text.split_inclusive(beyond).map(|piece| {
        let last = piece.chars().next_back().filter(|c| beyond(*c));
        let head = last.map_or(piece, |last| piece.strip_suffix(last).unwrap_or(piece));
        let head = quoted(head);
        let head = head
            .strip_prefix('"')
            .and_then(|head| head.strip_suffix('"'));
        let tail = last.map(|last| format!("\\U{:08x}", u32::from(last)));
        format!("{}{}", head.unwrap_or_default(), tail.unwrap_or_default())
    });
    format!("\"{}\"", pieces.collect::<String>())
}
