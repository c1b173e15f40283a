//! What a search for servers of this machine found.

/// Servers that people run themselves, in the part that is loaded later.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct LocalWords {
    pub local_denied: &'static str,
    pub trying_at: fn(&str) -> String,
    pub nothing_at: fn(&str) -> String,
    pub one_of: fn(&[&str]) -> String,
    pub some_of: fn(&[&str], usize) -> String,
    pub found: fn(usize) -> String,
    pub wants_key: &'static str,
    pub refuses: &'static str,
    pub something_else: &'static str,
    pub set_this: &'static str,
    pub let_in: &'static str,
    pub use_server: &'static str,
    pub look_again: &'static str,
    pub not_running: fn(&str) -> String,
    pub without_models: fn(&str) -> String,
}

/// English.
pub const EN: LocalWords = LocalWords {
    local_denied: "This browser does not let the page reach this machine. Click the icon left of the address, allow what it calls local network or apps on this device, and look again.",
    trying_at: |hosts| format!("Trying {hosts}"),
    nothing_at: |hosts| format!("Nothing answers at {hosts}."),
    one_of: |names| match names {
        [some @ .., last] if !some.is_empty() => format!("{} or {last}", some.join(", ")),
        _ => names.concat(),
    },
    some_of: |names, count| {
        let more = count.saturating_sub(names.len());
        let names = names.join(", ");
        if more > 0 {
            format!("{names} and {more} more")
        } else {
            names
        }
    },
    found: |count| {
        format!(
            "found, {count} {}",
            if count == 1 { "model" } else { "models" }
        )
    },
    wants_key: "wants a key",
    refuses: "answers, but not to this page (CORS)",
    something_else: "something else answers there",
    set_this: "Set this and start it again:",
    let_in: "How to let this page in",
    use_server: "Compare",
    look_again: "Look again",
    not_running: |name| format!("If {name} is installed, start it, then look again:"),
    without_models: |name| format!("{name} has no model yet. Fetch one, then look again:"),
};
