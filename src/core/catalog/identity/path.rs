//! What stands before the name in an id.

use super::makers;

/// A name out of its wrapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found<'a> {
    /// The name with its endings.
    pub(super) name: &'a str,
    /// The organisation before it, as it is written.
    pub(super) prefix: Option<&'a str>,
    /// Where Bedrock may run it.
    pub(super) reach: Option<&'a str>,
    /// Whether it is written as Bedrock does, with a revision at its end.
    pub(super) is_bedrock: bool,
}

/// The prefixes of Bedrock's inference profiles.
const REACHES: [&str; 13] = [
    "us", "eu", "jp", "au", "apac", "in", "ca", "sa", "me", "af", "il", "us-gov", "global",
];

/// Takes a lower-case id out of its wrapping; `None` where it names something
/// of the person's own, which says nothing of the model.
pub(super) fn unwrap(id: &str) -> Option<Found<'_>> {
    if id.starts_with("ft:") || id.starts_with("tunedmodels/") {
        return None;
    }
    if let Some(arn) = id.strip_prefix("arn:") {
        return of_arn(arn);
    }
    let (id, publisher) = published(id);
    let id = id.strip_prefix("models/").unwrap_or(id);
    let id = id.strip_prefix("accounts/fireworks/models/").unwrap_or(id);
    if id.starts_with("accounts/") {
        return None;
    }
    let mut rest = id;
    while let Some((prefix, inner)) = rest.split_once('/')
        && makers::is_route(prefix)
        && inner.contains(['/', '.'])
    {
        // `perplexity/glm-5.3` has a dot too, which is no maker's.
        if !inner.contains('/') && !dotted(inner).is_bedrock {
            break;
        }
        rest = inner;
    }
    match rest.split_once('/') {
        None => Some(Found {
            prefix: dotted(rest).prefix.or(publisher),
            ..dotted(rest)
        }),
        Some((prefix, name)) if !name.contains('/') && !name.is_empty() => Some(Found {
            name,
            prefix: Some(prefix),
            reach: None,
            is_bedrock: false,
        }),
        Some(_) => None,
    }
}

/// `arn:aws:bedrock:region:account:inference-profile/us.anthropic.…`.
fn of_arn(arn: &str) -> Option<Found<'_>> {
    let (head, name) = arn.rsplit_once('/')?;
    let kind = head.rsplit(':').next()?;
    let says = matches!(kind, "inference-profile" | "foundation-model");
    says.then(|| dotted(name)).filter(|found| found.is_bedrock)
}

/// Vertex's long form: `projects/…/publishers/anthropic/models/…`.
fn published(id: &str) -> (&str, Option<&str>) {
    let behind = id
        .split_once("publishers/")
        .and_then(|(_, rest)| rest.split_once("/models/"));
    match behind {
        Some((publisher, name)) => (name, Some(publisher)),
        None => (id, None),
    }
}

/// `us.anthropic.claude-…`, or a name as it is.
fn dotted(id: &str) -> Found<'_> {
    let plain = Found {
        name: id,
        prefix: None,
        reach: None,
        is_bedrock: false,
    };
    let (reach, rest) = match id.split_once('.') {
        Some((reach, rest)) if REACHES.contains(&reach) => (Some(reach), rest),
        _ => (None, id),
    };
    match rest.split_once('.') {
        Some((prefix, name)) if makers::is_known(prefix) && !name.is_empty() => Found {
            name,
            prefix: Some(prefix),
            reach,
            is_bedrock: true,
        },
        _ => plain,
    }
}
