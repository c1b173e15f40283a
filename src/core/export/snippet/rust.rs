//! Rust with the crate `ureq`.

use super::{Parts, quoted, visible_json};

pub(super) fn code(parts: &Parts<'_>) -> String {
    let mut out = String::from(
        "// cargo add ureq\nuse std::io::{Read, Write};\n\nfn main() -> Result<(), Box<dyn std::error::Error>> {\n",
    );
    if let Some(auth) = &parts.auth {
        put!(
            out,
            "    let key = std::env::var({})?;\n",
            literal(&auth.variable)
        );
    }
    let body = visible_json(parts.body, true);
    let hashes = "#".repeat(hashes_for(&body));
    put!(
        out,
        "    let body = r{hashes}\"{body}\"{hashes};\n    let mut response = ureq::post({})\n",
        literal(parts.url)
    );
    // A reply of 4xx or 5xx is printed, not swallowed.
    out.push_str("        .config()\n        .http_status_as_error(false)\n        .build()\n");
    for (name, value) in &parts.headers {
        put!(
            out,
            "        .header({}, {})\n",
            literal(name),
            literal(value)
        );
    }
    if let Some(auth) = &parts.auth {
        let value = match auth.prefix.as_str() {
            "" => "&key".to_owned(),
            prefix => format!("format!(\"{{}}{{key}}\", {})", literal(prefix)),
        };
        put!(out, "        .header({}, {value})\n", literal(&auth.header));
    }
    out.push_str(
        "        .send(body)?;\n    let status = response.status();\n    let mut reader = response.body_mut().as_reader();\n    let mut bytes = [0; 4096];\n    loop {\n        let count = reader.read(&mut bytes)?;\n        if count == 0 {\n            break;\n        }\n        std::io::stdout().write_all(&bytes[..count])?;\n        std::io::stdout().flush()?;\n    }\n    if !status.is_success() {\n        return Err(format!(\"{status}\").into());\n    }\n    Ok(())\n}\n",
    );
    out
}

/// How many signs a raw text needs around it: more than follow any quote
/// inside.
fn hashes_for(text: &str) -> usize {
    let after = text.split('"').skip(1);
    let longest = after.map(|rest| rest.len() - rest.trim_start_matches('#').len());
    longest.max().map_or(1, |most| most + 1)
}

/// A text as a literal. JSON's escapes are not quite Rust's.
fn literal(text: &str) -> String {
    let json = quoted(text);
    if !json.contains('\\') {
        return json;
    }
    format!("{text:?}")
}
