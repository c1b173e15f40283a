//! What is said about routes: choosing one, comparing them, and where what is
//! sent goes.

use crate::core::catalog::{
    AuthKind, CorsState, Evidence, FieldKind, Group, Relay, Section, identity::Likeness,
};
use crate::core::wire::key_header::KeyHeaderFault;

/// Routes, in the part of the page that is loaded later.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct RouteWords {
    pub search: &'static str,
    pub list: &'static str,
    pub chosen: fn(&str) -> String,
    pub none_fits: fn(&str) -> String,
    pub section: fn(Section) -> &'static str,
    pub has_key: &'static str,
    pub auth: fn(&[AuthKind], bool) -> Option<&'static str>,
    pub field: fn(FieldKind) -> &'static str,
    pub field_example: fn(&str) -> String,
    pub field_signs: &'static str,
    pub field_shape: fn(FieldKind) -> &'static str,
    pub fields_off: &'static str,
    pub fields_on: &'static str,
    pub key_header: &'static str,
    pub key_header_label: &'static str,
    pub key_header_hint: &'static str,
    pub key_header_fault: fn(KeyHeaderFault) -> &'static str,
    pub key_header_not_kept: &'static str,
    pub next_field: fn(&str) -> String,
    pub next_base: &'static str,
    pub next_key: &'static str,
    pub next_model: &'static str,
    pub next_relay: &'static str,
    pub ready: &'static str,
    pub more_models: fn(usize) -> String,
    pub other_base: &'static str,
    pub other_api_and_base: fn(&str) -> String,
    pub base_model: &'static str,
    pub base_model_hint: &'static str,
    pub priced_as: fn(&str, &str) -> String,
    pub compare: &'static str,
    pub compare_hint: &'static str,
    pub compare_none: &'static str,
    pub with_key: &'static str,
    pub without_key: &'static str,
    pub add_key: &'static str,
    pub set_up: &'static str,
    pub evidence: fn(Evidence) -> &'static str,
    pub likeness: fn(Likeness, Option<&str>, Option<&str>) -> Option<String>,
    pub room: fn(usize) -> String,
    pub open: fn(usize) -> String,
    pub opened: fn(usize) -> String,
    pub maker: &'static str,
    pub operator: &'static str,
    pub yourself: &'static str,
    pub address: &'static str,
    pub place: &'static str,
    pub goes_to: &'static str,
    pub goes_to_relay: fn(&str, &str) -> String,
    pub by_relay: &'static str,
    pub retention_page: &'static str,
    pub reach: &'static str,
    pub cors: fn(CorsState) -> &'static str,
    pub as_of: fn(&str) -> String,
    pub relay: fn(Relay) -> Option<&'static str>,
    pub prices: &'static str,
    pub prices_of: fn(Option<&str>) -> String,
    pub docs: &'static str,
    pub in_page: &'static str,
    pub not_known: &'static str,
}

/// English.
pub const EN: RouteWords = RouteWords {
    search: "Search routes, e.g. claude or groq",
    list: "Route",
    chosen: |name| format!("Route: {name}"),
    none_fits: |text| {
        format!(
            "No route fits “{text}”. Any other server is reached by “OpenAI-compatible server” and its base URL."
        )
    },
    section,
    has_key: "key held",
    auth,
    field,
    field_example: |example| format!("For example {example}"),
    field_signs: "Only what can stand there is kept: letters, digits and dashes.",
    field_shape,
    fields_off: "The base URL is one of your own, so region and the like are not set here.",
    fields_on: "Set them here",
    key_header: "Header for the key",
    key_header_label: "Which header takes the key",
    key_header_hint: "Usually Authorization with Bearer before the key. Gateways have others: api-key, or Authorization: Token.",
    key_header_fault: |fault| match fault {
        KeyHeaderFault::NotAName => {
            "That is no name of a header. Write a name such as api-key, or Authorization: Token with what stands before the key."
        }
        KeyHeaderFault::Reserved => {
            "Pages may not set that header, or it is needed for something else. The usual one is used instead."
        }
        KeyHeaderFault::BadPrefix => {
            "What stands before the key may only have plain letters, digits and signs."
        }
    },
    key_header_not_kept: "The browser does not keep this header: it counts until the page is left.",
    next_field: |name| format!("Next: {}", lower_first(name)),
    next_base: "Next: the base URL",
    next_key: "Next: your key",
    next_model: "Next: a model",
    next_relay: "Next: a relay, most likely",
    ready: "Ready",
    more_models: |count| format!("{count} more: type to narrow the list."),
    other_base: "Another base URL",
    other_api_and_base: |api| format!("API: {api}. Another API or base URL"),
    base_model: "Base model, for prices and limits",
    base_model_hint: "A deployment’s name does not tell its model. Kept in this browser.",
    priced_as: |base, deployment| {
        format!("Priced as {base}, which you named as the model of the deployment {deployment}.")
    },
    compare: "Compare routes of this model…",
    compare_hint: "Each opens as a pane of its own. Nothing is sent before you press Run.",
    compare_none: "No other route to this model is known here. A route’s own list, loaded in the picker, may show more.",
    with_key: "Ready to ask",
    without_key: "Something is missing",
    add_key: "Add a key",
    set_up: "Set up",
    evidence,
    likeness,
    room: |room| match room {
        0 => "Eight panes are the most. Remove one to make room.".to_owned(),
        1 => "There is room for one more pane: eight are the most.".to_owned(),
        room => format!("There is room for {room} more panes: eight are the most."),
    },
    open: |count| match count {
        0 => "Open panes".to_owned(),
        1 => "Open 1 pane".to_owned(),
        count => format!("Open {count} panes"),
    },
    opened: |count| match count {
        1 => "Opened 1 pane".to_owned(),
        count => format!("Opened {count} panes"),
    },
    maker: "Model by",
    operator: "Run by",
    yourself: "yourself, or whoever runs this server",
    address: "Sent to",
    place: "Where",
    goes_to: "Who sees it",
    goes_to_relay: |relay, to| format!("Whoever runs the relay at {relay}; behind it: {to}"),
    by_relay: "goes through your relay",
    retention_page: "What the operator says about keeping it",
    reach: "From a page",
    cors,
    as_of: |day| format!("as of {day}"),
    relay,
    prices: "Prices",
    prices_of: |list| match list {
        Some(list) => format!("List prices of {list}"),
        None => "No list of prices is known".to_owned(),
    },
    docs: "Documentation",
    in_page: "Nothing leaves this page.",
    not_known: "not known here",
};

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_ascii_lowercase().to_string() + letters.as_str(),
        None => String::new(),
    }
}

fn section(section: Section) -> &'static str {
    match section {
        Section::Yours => "Yours",
        Section::Of(Group::FirstParty) => "Makers of models",
        Section::Of(Group::Cloud) => "Clouds",
        Section::Of(Group::Gateway) => "Gateways",
        Section::Of(Group::OpenWeights) => "Hosts of open weights",
        Section::Of(Group::Local) => "On your machine or network",
        Section::Of(Group::Other) => "Other",
    }
}

/// What a route asks for. `is_required`: it does not run without.
fn auth(kinds: &[AuthKind], is_required: bool) -> Option<&'static str> {
    Some(match kinds.first()? {
        AuthKind::Key if !is_required => "key optional",
        AuthKind::Key => "needs a key",
        AuthKind::Token => "needs a token",
        AuthKind::Sigv4 => "needs an access key",
        AuthKind::SignIn => "sign in or key",
        AuthKind::None => "no key needed",
    })
}

fn field(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Region => "Region",
        FieldKind::Project => "Project",
        FieldKind::Location => "Location",
        FieldKind::Resource => "Resource",
        FieldKind::Deployment => "Deployment",
        FieldKind::Host => "Host",
        FieldKind::Form => "Form of the API",
        FieldKind::ApiVersion => "API version",
        FieldKind::Workspace => "Workspace ID",
        FieldKind::Free => "Part of the address",
    }
}

fn field_shape(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Region => {
            "No region has such a name. They look like eu-west-1: small letters, dashes and a number."
        }
        _ => {
            "No location has such a name. They look like europe-west4: small letters, digits and dashes."
        }
    }
}

fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Listed => "in its list",
        Evidence::Catalogue => "in the built-in list",
        Evidence::Priced => "in the price table",
        Evidence::Guess => "spelling guessed",
    }
}

fn likeness(likeness: Likeness, snapshot: Option<&str>, variant: Option<&str>) -> Option<String> {
    match likeness {
        Likeness::Same => None,
        Likeness::Snapshot => Some(match snapshot {
            Some("latest" | "default") => "its newest snapshot".to_owned(),
            Some(snapshot) => format!("snapshot {snapshot}"),
            None => "its usual snapshot".to_owned(),
        }),
        Likeness::Variant => Some(match variant {
            Some(variant) => format!("edition: {}", variant.replace('+', ", ")),
            None => "its usual edition".to_owned(),
        }),
    }
}

fn cors(state: CorsState) -> &'static str {
    match state {
        CorsState::Yes => "Reachable",
        CorsState::Likely => "Reachable, most likely",
        CorsState::Depends => "If the server allows it",
        CorsState::Contested => "Reports disagree",
        CorsState::No => "Not reachable without a relay",
        CorsState::Unknown => "Not known",
    }
}

fn relay(relay: Relay) -> Option<&'static str> {
    match relay {
        Relay::No => None,
        Relay::Perhaps => Some("a relay may be needed"),
        Relay::Likely => Some("a relay is most likely needed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::catalog::Catalog;

    #[test]
    fn only_a_route_that_does_not_run_without_a_key_is_said_to_need_one() {
        for row in &Catalog::builtin().providers {
            let said = row
                .about()
                .and_then(|about| auth(&about.auth, row.key.required));
            let needs = said.is_some_and(|said| said.starts_with("needs"));
            assert!(row.key.required || !needs, "{}: {said:?}", row.id);
        }
        assert_eq!(auth(&[AuthKind::Key], false), Some("key optional"));
        assert_eq!(auth(&[AuthKind::Key], true), Some("needs a key"));
    }
}
