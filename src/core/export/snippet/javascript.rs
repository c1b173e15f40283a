//! JavaScript with `fetch`, as a module.

use super::{Parts, quoted, visible_json};
use serde_json::Value;

pub(super) fn code(parts: &Parts<'_>) -> String {
    let mut out = format!(
        "// Save as request.mjs. Node 18 or later runs it, and so do Deno and Bun.\nimport process from \"node:process\";\n\nconst body = {};\n\nconst response = await fetch({}, {{\n  method: {},\n  headers: {{\n",
        literal(parts.body),
        quoted(parts.url),
        quoted(parts.method)
    );
    for (name, value) in &parts.headers {
        put!(out, "    {}: {},\n", quoted(name), quoted(value));
    }
    if let Some(auth) = &parts.auth {
        let prefix = auth.prefix_and();
        put!(
            out,
            "    {}: {prefix}process.env.{},\n",
            quoted(&auth.header),
            auth.variable
        );
    }
    out.push_str(
        "  },\n  body: JSON.stringify(body),\n});\nconst text = new TextDecoder();\nfor await (const chunk of response.body) {\n  process.stdout.write(text.decode(chunk, { stream: true }));\n}\nif (!response.ok) {\n  console.error(`\\n${response.status} ${response.statusText}`);\n  process.exitCode = 1;\n}\n",
    );
    out
}

/// JSON is JavaScript, but for one name that would set the prototype.
fn literal(value: &Value) -> String {
    let json = visible_json(value, true);
    if json.contains("\"__proto__\"") {
        return format!("JSON.parse({})", quoted(&value.to_string()));
    }
    json
}
