//! What is said about documents that come with a link.

use super::share::size;
use crate::core::{link::PackFault, share::FetchFault};

/// Documents on their way in, in the part of the page that is loaded later.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct IncomingWords {
    pub title: &'static str,
    pub sealed_title: &'static str,
    pub sealed_lead: &'static str,
    pub sealed_open: &'static str,
    pub sealed_opening: &'static str,
    pub sealed_wrong: &'static str,
    pub cancel: &'static str,
    pub source_title: &'static str,
    pub source_lead: fn(&str) -> String,
    pub source_note: &'static str,
    pub source_fetch: fn(&str) -> String,
    pub source_again: &'static str,
    pub fetching: fn(&str, &str) -> String,
    pub fetch_fault: fn(&FetchFault, &str) -> String,
    pub pack_fault: fn(&PackFault) -> String,
    pub not_ours: fn(Option<&str>) -> String,
    pub unpacking_title: &'static str,
    pub unpacking_lead: &'static str,
    pub unpacking: fn(u8) -> String,
}

/// English.
pub static EN: IncomingWords = IncomingWords {
    title: "Open a document",
    sealed_title: "This link is under a passphrase",
    sealed_lead: "Whoever gave you the link knows the passphrase. It does not leave this browser.",
    sealed_open: "Open",
    sealed_opening: "Opening…",
    sealed_wrong: "This passphrase does not open it. Look for capital letters and for spaces, or ask whoever sent the link.",
    cancel: "Cancel",
    source_title: "Open a document from another site",
    source_lead: |host| format!("This link brings a document from {host}."),
    source_note: "If you go on, your browser asks that site for it and so tells it your network address. No key, no cookie and no word of yours goes along, and nothing is run.",
    source_fetch: |host| format!("Get it from {host}"),
    source_again: "Try again",
    fetching: |host, so_far| format!("Getting it from {host}: {so_far}"),
    fetch_fault,
    pack_fault,
    not_ours,
    unpacking_title: "Opening a large document",
    unpacking_lead: "The link holds a lot. The page stays as it is until all of it is read.",
    unpacking: |percent| format!("{percent} % is read"),
};

fn fetch_fault(fault: &FetchFault, host: &str) -> String {
    match fault {
        FetchFault::Blocked => format!(
            "The browser got nothing from {host} that it may hand over. Most often the server does not let other sites read the file (it has to send Access-Control-Allow-Origin); or it is off, or you are offline. You can download the file there and open it here."
        ),
        FetchFault::BrokeOff => format!("The connection to {host} broke off before the document was whole."),
        FetchFault::Redirects => "The address only leads on to another one. Open it in a tab of its own, and use the address where you end up.".to_owned(),
        FetchFault::Status(404 | 410) => format!("There is no such document at {host}."),
        FetchFault::Status(401 | 403) => format!("{host} does not give this document to everyone."),
        FetchFault::Status(status) => format!("{host} answered with status {status} instead of the document."),
        FetchFault::TooLarge => "The document is larger than 16 MB, more than is opened by link.".to_owned(),
        FetchFault::NotText => format!("What {host} sent is no text, so it is no document of Touchstone."),
        FetchFault::Said(sentence) => sentence.clone(),
    }
}

fn pack_fault(fault: &PackFault) -> String {
    let what = match fault {
        PackFault::Empty => "The link holds no document.".to_owned(),
        PackFault::NotBase64 { position, found } => format!(
            "Character {position} of what the link holds is “{found}”, which does not belong there. It was probably changed on the way."
        ),
        PackFault::FutureVersion { found } => format!(
            "A newer version of Touchstone made this link (format “{found}”). Reload the page, or open the link where it was made."
        ),
        PackFault::Sealed | PackFault::NotSealed => {
            "This link is under a passphrase in a way that this version does not know.".to_owned()
        }
        PackFault::CutShort { have, of } => cut_short(*have, *of),
        PackFault::Damaged => {
            "The link was changed on the way, and what it holds cannot be read.".to_owned()
        }
        PackFault::TooLarge { limit } => format!(
            "What the link holds is larger than {}, so it is not opened.",
            size(*limit)
        ),
        PackFault::Bomb { claimed } => format!(
            "The link claims to hold {}, far more than so short a link ever does. It is not opened.",
            size(*claimed)
        ),
        PackFault::NotJson => "What the link holds is no document of Touchstone.".to_owned(),
    };
    format!("{what} Nothing on the page was changed.")
}

fn cut_short(have: usize, of: Option<usize>) -> String {
    let again = "Ask for it again, by another program or as a file.";
    match of {
        Some(of) if of > have => {
            let missing = of - have;
            let percent = (missing * 100).div_ceil(of);
            format!(
                "The link was cut short: {missing} of its {of} characters are missing ({percent} %). {again}"
            )
        }
        _ => format!("The link was cut short after {have} characters. {again}"),
    }
}

fn not_ours(kind: Option<&str>) -> String {
    match kind {
        Some(kind) => {
            let kind: String = kind.chars().take(40).collect();
            format!("This is a document of another kind (“{kind}”): a recipe or a result opens here.")
        }
        None => "This is no document of Touchstone: a recipe or a result begins with {\"touchstone\": …}.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::EN;
    use crate::core::{link::PackFault, share::FetchFault};

    #[test]
    fn a_cut_link_says_how_much_is_missing() {
        let said = |have, of| (EN.pack_fault)(&PackFault::CutShort { have, of });
        let whole = said(1_900, Some(2_000));
        assert!(whole.contains("100 of its 2000 characters"), "{whole}");
        assert!(whole.contains("(5 %)"), "{whole}");
        assert!(said(3, None).contains("after 3 characters"));
        assert!(whole.ends_with("Nothing on the page was changed."));
    }

    #[test]
    fn a_stranger_s_kind_is_cut_and_named() {
        let said = (EN.not_ours)(Some(&"x".repeat(200)));
        assert!(said.contains(&"x".repeat(40)) && !said.contains(&"x".repeat(41)));
    }

    #[test]
    fn a_refusal_names_the_host() {
        for fault in [
            FetchFault::Blocked,
            FetchFault::BrokeOff,
            FetchFault::Status(404),
            FetchFault::Status(403),
            FetchFault::Status(500),
        ] {
            let said = (EN.fetch_fault)(&fault, "docs.example");
            assert!(said.contains("docs.example"), "{said}");
        }
    }
}
