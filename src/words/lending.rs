//! What is said about a key that a host lends to participants.

use super::words;
use crate::core::lent::{Cap, Fault, Strength};

/// Participants' keys, in the part of the page that is loaded later.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct LendingWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub open: &'static str,
    pub warning: &'static str,
    pub cap: fn(Cap, &str) -> String,
    pub cap_page: fn(&str) -> String,
    pub provider: &'static str,
    pub base: &'static str,
    pub base_hint: &'static str,
    pub bad_base: fn(&str) -> String,
    pub key: &'static str,
    pub held_key: fn(&str) -> String,
    pub other_key: &'static str,
    pub no_key: &'static str,
    pub from: &'static str,
    pub from_example: &'static str,
    pub limit: &'static str,
    pub limit_example: &'static str,
    pub model: &'static str,
    pub model_hint: &'static str,
    pub expires: &'static str,
    pub expires_hint: &'static str,
    pub expires_past: &'static str,
    pub passphrase: &'static str,
    pub passphrase_hint: &'static str,
    pub make_new: &'static str,
    pub strength: fn(Strength) -> &'static str,
    pub no_random: &'static str,
    pub agree: &'static str,
    pub agree_first: &'static str,
    pub make: &'static str,
    pub making: &'static str,
    pub not_made: &'static str,
    pub link: &'static str,
    pub copy_link: &'static str,
    pub copy_passphrase: &'static str,
    pub apart: &'static str,
    pub private_base: fn(&str) -> String,
    pub site: &'static str,
    pub code: &'static str,
    pub take_title: &'static str,
    pub take_lead: &'static str,
    pub take_passphrase: &'static str,
    pub unlock: &'static str,
    pub unlocking: &'static str,
    pub empty: &'static str,
    pub wrong: &'static str,
    pub damaged: &'static str,
    pub cut: fn(usize, usize) -> String,
    pub newer: &'static str,
    pub no_crypto: &'static str,
    pub fault: fn(&Fault) -> String,
    pub over: fn(&str) -> String,
    pub whose: &'static str,
    pub nobody: &'static str,
    pub for_whom: &'static str,
    pub sent_to: &'static str,
    pub until: &'static str,
    pub no_end: &'static str,
    pub may_spend: &'static str,
    pub take_warning: &'static str,
    pub replaces: &'static str,
    pub take: &'static str,
    pub not_now: &'static str,
    pub taken: fn(&str) -> String,
    pub not_stored: &'static str,
    pub ended: fn(&str) -> String,
    pub lent_line: fn(&str, Option<&str>) -> String,
}

/// English.
pub static EN: LendingWords = LendingWords {
    title: "Participants’ key",
    lead: "A link that lends one key to everyone in the room. The key in it is encrypted, goes to one provider only and stays in each participant’s tab. No other link, file or export ever holds a key.",
    open: "Make a participants’ key…",
    warning: "Whoever opens the link can read the key and use it for anything, also later and elsewhere. Lend only a key that is made for this, with a spending limit at the provider, and delete it there when you are done.",
    cap,
    cap_page: |name| format!("How {name} limits it"),
    provider: "Provider",
    base: "Base URL",
    base_hint: "Of the gateway; empty for the provider’s own",
    bad_base: |why| format!("The base URL cannot be used: {why}"),
    key: "Key to lend",
    held_key: |host| format!("the one held for {host}"),
    other_key: "another one",
    no_key: "Enter the key that you want to lend.",
    from: "From",
    from_example: "Who lends it, for which workshop",
    limit: "What it may spend",
    limit_example: "For example: 5 dollars for all of us",
    model: "Model",
    model_hint: "Opens a pane of it; may stay empty",
    expires: "Until",
    expires_hint: "In your own time. The page drops the key then; only the provider can really end it.",
    expires_past: "That time is over.",
    passphrase: "Passphrase",
    passphrase_hint: "It is not in the link. Say it aloud or write it on the board, and send it by no way that the link takes.",
    make_new: "New one",
    strength: |strength| match strength {
        Strength::Weak => "Weak: whoever has the link can guess it. Take a longer one.",
        Strength::Fair => "Fair: it holds for the days of a workshop.",
        Strength::Strong => "Strong: guessing it is out of reach.",
    },
    no_random: "This browser has no randomness to make one. Type a passphrase of your own.",
    agree: "I lend a key of its own, with a limit",
    agree_first: "Say first that this key has a limit.",
    make: "Make the link",
    making: "Encrypting",
    not_made: "This browser did not encrypt it. Pages have cryptography only over https or on this machine.",
    link: "Link to send",
    copy_link: "Copy the link",
    copy_passphrase: "Copy the passphrase",
    apart: "Send link and passphrase by different ways.",
    private_base: |host| {
        format!(
            "Other people cannot open {host}. Name the address under which they reach this page."
        )
    },
    site: "Address of this page for others",
    code: "Show as a code",
    take_title: "A key for this workshop",
    take_lead: "This link lends you a key. It is locked: ask the host for the passphrase.",
    take_passphrase: "Passphrase",
    unlock: "Open",
    unlocking: "Opening, this takes a moment",
    empty: "Enter the passphrase.",
    wrong: "That passphrase does not open it. Check it with the host: blanks, dashes and capitals make no difference. A link made for another address of this page does not open here either.",
    damaged: "This link is damaged or was cut when it was passed on. Ask the host to send it again.",
    cut: |have, of| {
        format!(
            "This link was cut when it was passed on: {have} of {of} characters came. Ask the host to send it again, by a way that cuts nothing."
        )
    },
    newer: "This link was made by a newer version. Reload the page; if that does not help, ask the host.",
    no_crypto: "This page has no cryptography here. Open the link over https.",
    fault,
    over: |when| format!("The time of this key is over: it was lent until {when}."),
    whose: "Lent by",
    nobody: "not said",
    for_whom: "For",
    sent_to: "Sent only to",
    until: "Until",
    no_end: "no end said",
    may_spend: "May spend",
    take_warning: "It is somebody else’s key: what you run is paid by them. It stays in this tab until you close it, and is never exported or shared.",
    replaces: "You hold a key for this provider already. It takes the place of that one.",
    take: "Use it in this tab",
    not_now: "Not now",
    taken: |name| format!("The key for {name} is held until this tab closes"),
    not_stored: "The browser did not keep the key: it is gone after a reload",
    ended: |name| format!("The time of the lent key for {name} is over. It was removed"),
    lent_line: |from, until| match until {
        Some(until) => format!("lent by {from}, until {until}"),
        None => format!("lent by {from}"),
    },
};

fn cap(cap: Cap, name: &str) -> String {
    match cap {
        Cap::Key => format!("{name} has a credit limit for each key: set one when you make the key."),
        Cap::VirtualKey => "LiteLLM has virtual keys: give one a maximum budget, a duration and the models it may use.".to_owned(),
        Cap::Project => format!("{name} has spend limits for projects: make a project for the workshop, set a monthly limit and enforce it. It can be passed by a little before it holds."),
        Cap::Workspace => format!("{name} has spend limits for workspaces: make a workspace for the workshop, limit it, and take a key of it."),
        Cap::CloudProject => format!("{name} bills by cloud project: make a project for the workshop and give it a budget that caps its spend, where your billing account offers that. A budget that only alerts stops nothing."),
        Cap::Organisation => format!("{name} limits the whole organisation only, and notices some 10 to 15 minutes late. Use an account of its own."),
        Cap::OwnServer => "A server of your own charges nobody, but whoever has its address and key can keep it busy.".to_owned(),
        Cap::Unknown => format!("No limit for single keys is known here for {name}. Look for one there, prepay a small amount, or put a gateway in front that has limits."),
    }
}

fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Version { found } if found.starts_with("key/") => EN.newer.to_owned(),
        Fault::NotADocument | Fault::Version { .. } => "What is in the link is no key.".to_owned(),
        Fault::Field { name } => format!("The key in the link is incomplete: {name}."),
        Fault::Provider { id } => {
            format!("The key is for “{id}”, which this version does not know.")
        }
        Fault::TakesNoKey => "The key is for a route that takes none.".to_owned(),
        Fault::Key => "The key in the link holds a character that no key has.".to_owned(),
        Fault::Base(error) => (EN.bad_base)(&words().endpoint_error(error)),
        Fault::OtherOrigin { to } => format!(
            "The key is bound to another address than {to}, where it would go. It is not used."
        ),
    }
}
