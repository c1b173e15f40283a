//! Link targets that are safe to put into a page.

use std::fmt;

/// An absolute address that passed the allow-list: `http`, `https` or `mailto`.
///
/// There is no other way to build one, so a link in the tree is safe by type.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SafeHref(String);

impl SafeHref {
    /// Accepts `http://host…`, `https://host…` and `mailto:someone`.
    ///
    /// Refused are every other scheme, relative and protocol-relative targets,
    /// names and passwords before a host (they dress one host as another), and
    /// anything with a control, invisible or direction-changing character.
    /// Spaces are percent-encoded.
    pub fn parse(raw: &str) -> Option<Self> {
        if raw.chars().any(is_treacherous) {
            return None;
        }
        let text = raw.trim_matches(' ').replace(' ', "%20");
        let (scheme, rest) = text.split_once(':')?;
        let fits = match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => rest.strip_prefix("//").and_then(authority).is_some(),
            "mailto" => rest
                .chars()
                .next()
                .is_some_and(|first| !"/\\?#".contains(first)),
            _ => false,
        };
        fits.then_some(Self(text))
    }

    /// As [`SafeHref::parse`], but refuses `mailto`: for what can be fetched.
    pub fn parse_web(raw: &str) -> Option<Self> {
        Self::parse(raw).filter(|href| href.host().is_some())
    }

    /// The address, ready for an attribute.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host with its port, as written; `None` for `mailto`.
    pub fn host(&self) -> Option<&str> {
        let (_, rest) = self.0.split_once("://")?;
        authority(rest)
    }
}

impl fmt::Debug for SafeHref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SafeHref({:?})", self.0)
    }
}

/// The authority at the start of `rest`, if it is one that says what it means.
fn authority(rest: &str) -> Option<&str> {
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (host, after) = rest.split_at_checked(end)?;
    // Browsers read a backslash as a slash: the host a person sees would not be the one visited.
    let plain = !host.is_empty()
        && !after.starts_with('\\')
        && !host.contains(['@', '%', '<', '>', '"', '\''])
        && !host.starts_with(':');
    plain.then_some(host)
}

/// Characters that browsers drop or that change what a person reads.
fn is_treacherous(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
#[path = "href_tests.rs"]
mod tests;
