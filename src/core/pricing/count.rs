//! From reported usage to what is charged for.

use super::{TokenClass, rates::list};
use crate::core::{
    domain::{InputTokens, OutputTokens, Usage},
    wire::count::count,
};
use serde_json::Value;

/// Numbers of what is charged for, by class. Thinking is part of the output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) input: u64,
    pub(super) cached: u64,
    pub(super) write: u64,
    pub(super) write_long: u64,
    pub(super) output: u64,
    pub(super) requests: u64,
    pub(super) searches: u64,
    pub(super) input_is_estimated: bool,
    pub(super) output_is_estimated: bool,
}

impl Counts {
    /// All input tokens: what picks the tier.
    pub(super) fn prompt(&self) -> u64 {
        [self.input, self.cached, self.write, self.write_long]
            .into_iter()
            .fold(0, u64::saturating_add)
    }

    /// How many of a class, and whether that is an estimate.
    pub(super) fn of(&self, class: TokenClass) -> (u64, bool) {
        let input = self.input_is_estimated;
        match class {
            TokenClass::Input => (self.input, input),
            TokenClass::CachedInput => (self.cached, input),
            TokenClass::CacheWrite => (self.write, input),
            TokenClass::CacheWriteLong => (self.write_long, input),
            TokenClass::Output => (self.output, self.output_is_estimated),
            TokenClass::Request => (self.requests, false),
            TokenClass::WebSearch => (self.searches, false),
        }
    }

    /// Takes the input as reported. `false` where none is.
    pub(super) fn take_input(&mut self, usage: &Usage) -> bool {
        let InputTokens {
            total,
            uncached,
            cache_read,
            cache_write,
        } = usage.input;
        if let Some(billed) = billed(usage, "input_tokens") {
            self.input = billed;
            return true;
        }
        let read = cache_read.unwrap_or(0);
        let write = cache_write.unwrap_or(0);
        let rest = total.map(|total| total.saturating_sub(read).saturating_sub(write));
        let Some(input) = uncached.or(rest) else {
            return false;
        };
        let long = usage.raw.as_ref().map_or(0, long_writes).min(write);
        self.input = input;
        self.cached = read;
        self.write = write - long;
        self.write_long = long;
        true
    }

    /// Takes what is counted besides tokens.
    pub(super) fn take_requests(&mut self, usage: Option<&Usage>) {
        self.requests = 1;
        let raw = usage.and_then(|usage| usage.raw.as_ref());
        self.searches = raw.and_then(searches).unwrap_or(0);
    }
}

/// Cohere counts what it charges for apart from what the model read and wrote.
fn billed(usage: &Usage, name: &str) -> Option<u64> {
    count(usage.raw.as_ref()?.get("billed_units")?, name)
}

/// All output tokens that are charged for, as reported.
pub(super) fn output(usage: &Usage) -> Option<u64> {
    if let Some(billed) = billed(usage, "output_tokens") {
        return Some(billed);
    }
    let OutputTokens {
        total,
        text,
        thinking,
    } = usage.output;
    total.or_else(|| Some(text?.saturating_add(thinking.unwrap_or(0))))
}

/// Cache writes that last an hour or longer. Anthropic splits them, and Converse
/// lists them by how long they last; where neither does, all writes are of the
/// usual five minutes.
fn long_writes(raw: &Value) -> u64 {
    if let Some(split) = raw.get("cache_creation") {
        let of = |key| count(split, key).unwrap_or(0);
        return of("ephemeral_1h_input_tokens").saturating_add(of("ephemeral_24h_input_tokens"));
    }
    let details = list(raw.get("cacheDetails")).iter();
    details
        .filter(|write| {
            let ttl = write.get("ttl").and_then(Value::as_str);
            ttl.is_some_and(|ttl| ttl != "5m")
        })
        .filter_map(|write| count(write, "inputTokens"))
        .fold(0, u64::saturating_add)
}

/// Searches that the provider's own tool made.
fn searches(raw: &Value) -> Option<u64> {
    count(raw.get("server_tool_use")?, "web_search_requests")
}
