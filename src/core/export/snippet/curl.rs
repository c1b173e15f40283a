//! A command for a POSIX shell.

use super::{Parts, visible_json};

/// Longer bodies come by way of the standard input: Linux takes no argument of
/// 128 kB or more.
const LONGEST_ARGUMENT: usize = 100_000;

pub(super) fn code(parts: &Parts<'_>) -> String {
    let mut lines = vec![format!("curl --no-buffer {}", word(parts.url))];
    if parts.method != "POST" {
        lines.push(format!("--request {}", word(parts.method)));
    }
    for (name, value) in &parts.headers {
        lines.push(format!("--header {}", word(&format!("{name}: {value}"))));
    }
    if let Some(auth) = &parts.auth {
        let before = format!("{}: {}", auth.header, auth.prefix);
        lines.push(format!("--header {}\"${}\"", word(&before), auth.variable));
    }
    if let Some(signing) = &parts.signing {
        let scope = format!("aws:amz:{}:{}", signing.region, signing.service);
        lines.push(format!("--aws-sigv4 {}", word(&scope)));
        lines.push("--user \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\"".to_owned());
        if signing.has_token {
            lines.push("--header \"x-amz-security-token: $AWS_SESSION_TOKEN\"".to_owned());
        }
    }
    let body = visible_json(parts.body, true);
    if body.len() <= LONGEST_ARGUMENT {
        lines.push(format!("--data-raw {}", word(&body)));
        return format!("{}\n", lines.join(" \\\n  "));
    }
    // A line of the body begins with a brace, a quote or a space.
    lines.push("--data-binary @- <<'JSON'".to_owned());
    format!("{}\n{body}\nJSON\n", lines.join(" \\\n  "))
}

/// A word of the shell that means exactly this text.
pub(super) fn word(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./:=,@%+".contains(&b);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
