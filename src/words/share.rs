//! What is said about sharing.

use crate::core::{
    scan::{Kind, Place},
    share::{BaseFault, Beside, Part, Reach},
};

/// Sharing, in the part of the page that is loaded later.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct ShareWords {
    pub action: &'static str,
    pub action_hint: &'static str,
    pub title: &'static str,
    pub what: &'static str,
    pub recipe: &'static str,
    pub recipe_hint: &'static str,
    pub result: &'static str,
    pub result_hint: &'static str,
    pub link: &'static str,
    pub copy: &'static str,
    pub send: &'static str,
    pub save_file: &'static str,
    pub length: fn(&str) -> String,
    pub reach: fn(Reach) -> &'static str,
    pub mark: fn(usize) -> &'static str,
    pub marks_label: fn(&str) -> String,
    pub leave_title: &'static str,
    pub leave_hint: &'static str,
    pub part: fn(Part) -> &'static str,
    pub part_hint: fn(Part) -> &'static str,
    pub saves: fn(&str) -> String,
    pub saves_nothing: &'static str,
    pub working: fn(Option<u8>) -> String,
    pub private_title: fn(usize) -> String,
    pub private_lead: &'static str,
    pub kind: fn(Kind) -> &'static str,
    pub place: fn(&Place) -> String,
    pub struck: &'static str,
    pub goes_in: &'static str,
    pub keep_one: &'static str,
    pub strike_one: &'static str,
    pub keep_all: &'static str,
    pub strike_all: &'static str,
    pub passphrase: &'static str,
    pub passphrase_hint: &'static str,
    pub passphrase_short: &'static str,
    pub passphrase_set: &'static str,
    pub passphrase_use: &'static str,
    pub passphrase_drop: &'static str,
    pub sealing: &'static str,
    pub no_crypto: &'static str,
    pub not_loaded: &'static str,
    pub base: &'static str,
    pub base_hint: &'static str,
    pub base_private: fn(&str) -> String,
    pub base_plain: &'static str,
    pub base_name: &'static str,
    pub base_use: &'static str,
    pub base_own: &'static str,
    pub base_fault: fn(&BaseFault) -> &'static str,
    pub base_not_kept: &'static str,
    pub endpoint_private: fn(&str) -> String,
    pub preview: &'static str,
    pub preview_title: &'static str,
    pub preview_system: &'static str,
    pub preview_prompt: &'static str,
    pub role: fn(&str) -> String,
    pub preview_variables: &'static str,
    pub preview_params: &'static str,
    pub preview_panes: &'static str,
    pub preview_answers: &'static str,
    pub preview_files: &'static str,
    pub no_panes: &'static str,
    pub answer_line: fn(usize, &str, &str, usize, usize) -> String,
    pub beside: fn(Beside) -> &'static str,
    pub file_line: fn(&str, &str, bool) -> String,
    pub stays: &'static str,
    pub stays_out: &'static str,
    pub whole_document: &'static str,
    pub qr: &'static str,
    pub qr_label: &'static str,
    pub qr_none: &'static str,
    pub qr_large: &'static str,
    pub qr_result: &'static str,
    pub embed: &'static str,
    pub embed_hint: &'static str,
    pub embed_height: &'static str,
    pub embed_copy: &'static str,
    pub embed_label: &'static str,
    pub embed_title: &'static str,
    pub open_in: &'static str,
    pub embed_empty: &'static str,
    pub prompt_label: &'static str,
    pub contents: &'static str,
    pub sealed_field: &'static str,
    pub size: fn(usize) -> String,
}

/// English.
pub static EN: ShareWords = ShareWords {
    action: "Share",
    action_hint: "Make a link of this comparison",
    title: "Share by link",
    what: "What goes in",
    recipe: "Recipe",
    recipe_hint: "What is asked of which models. Whoever opens it can run it with own keys.",
    result: "Result",
    result_hint: "The recipe, and what came of it: answers, figures, costs.",
    link: "Link",
    copy: "Copy link",
    send: "Send…",
    save_file: "Save as a file",
    length: |count| format!("{count} characters"),
    reach,
    mark: |mark| match mark {
        2_000 => "anywhere",
        8_000 => "chat",
        _ => "browsers",
    },
    marks_label: |length| {
        format!(
            "Length of the link: {length} characters, on a scale with marks at 2,000, 8,000 and 2,000,000"
        )
    },
    leave_title: "Leave out",
    leave_hint: "Answers, figures and costs stay whatever is left out.",
    part: |part| match part {
        Part::ChunkTimes => "Chunk times",
        Part::Thinking => "Thinking",
        Part::Attachments => "Attached files",
        Part::Sent => "Requests as sent",
    },
    part_hint: |part| match part {
        Part::ChunkTimes => "A replay then moves in larger steps.",
        Part::Thinking => "What models thought before they answered.",
        Part::Attachments => "Their names stay. Requests that hold a file go too.",
        Part::Sent => "Bodies and headers to the letter, without keys.",
    },
    saves: |count| format!("saves {count} characters"),
    saves_nothing: "saves nothing",
    working: |percent| match percent {
        None => "Making the link…".to_owned(),
        Some(percent) => format!("Making the link… {percent} %. Close the dialog to give it up."),
    },
    private_title: |count| match count {
        1 => "One thing in this looks private".to_owned(),
        count => format!("{count} things in this look private"),
    },
    private_lead: "What looks private is struck out of the link unless you let it in. Your page keeps it.",
    kind,
    place,
    struck: "struck out",
    goes_in: "goes in",
    keep_one: "Let it in",
    strike_one: "Strike out",
    keep_all: "Share all of it anyway",
    strike_all: "Strike all out",
    passphrase: "Protect with a passphrase",
    passphrase_hint: "Whoever opens the link is asked for it. Send it another way than the link. It is kept nowhere: without it nobody opens the link, and neither do you.",
    passphrase_short: "Short passphrases can be guessed by machines: four random words are better.",
    passphrase_set: "The link is under a passphrase.",
    passphrase_use: "Protect",
    passphrase_drop: "Remove the passphrase",
    sealing: "Encrypting…",
    no_crypto: "Browsers encrypt only on pages that come over https or from this machine. Open Touchstone there to use a passphrase.",
    not_loaded: "A part of the page could not be loaded. Check the network and try again.",
    base: "Address in the link",
    base_hint: "The address under which others have Touchstone. Everything behind the # stays in their browser.",
    base_private: |host| {
        format!(
            "The link begins with {host}, which other people cannot open. Name the address under which they have Touchstone."
        )
    },
    base_plain: "This address goes by http: links with a passphrase do not open there.",
    base_name: "Name an address",
    base_use: "Use this address",
    base_own: "Use this page’s own",
    base_fault: |fault| match fault {
        BaseFault::Empty => "Type the address of a page, as in https://touchstone.example/",
        BaseFault::Scheme => "The address begins with https:// (or http://).",
        BaseFault::Credentials => "Leave the user name and the password out of the address.",
        BaseFault::NotAnAddress => "This is no address of a page.",
    },
    base_not_kept: "The browser did not keep this address: it counts until you close the page.",
    endpoint_private: |hosts| {
        format!(
            "This asks {hosts}, which other people cannot reach. They can read it, but not run it."
        )
    },
    preview: "What is in the link",
    preview_title: "Title",
    preview_system: "System prompt",
    preview_prompt: "Prompt",
    role: |role| match role {
        "user" => "Prompt".to_owned(),
        "assistant" => "Earlier answer".to_owned(),
        other => other.to_owned(),
    },
    preview_variables: "Variables",
    preview_params: "Parameters",
    preview_panes: "Models",
    preview_answers: "Answers",
    preview_files: "Files",
    no_panes: "none",
    answer_line,
    beside: |beside| match beside {
        Beside::Timing => "times",
        Beside::Usage => "tokens",
        Beside::Cost => "cost",
        Beside::ChunkTimes => "chunk times",
        Beside::Sent => "request",
    },
    file_line: |name, size, is_in| {
        let is_in = if is_in {
            "goes in"
        } else {
            "name and size only"
        };
        format!("{name} ({size}): {is_in}")
    },
    stays: "Stays out",
    stays_out: "Keys, sign-ins and settings. There is no place for them in a link.",
    whole_document: "The whole document as JSON",
    qr: "QR code",
    qr_label: "QR code of the link",
    qr_none: "This link is too long for a QR code that a telephone can read.",
    qr_large: "Show large",
    qr_result: "A QR code holds a recipe, not a result.",
    embed: "Put it into a page",
    embed_hint: "A frame that shows this comparison, to be read only. It has no keys and sends nothing.",
    embed_height: "Height in pixels",
    embed_copy: "Copy the snippet",
    embed_label: "HTML for your page",
    embed_title: "A comparison of language models",
    open_in: "Open in Touchstone",
    embed_empty: "There is nothing to show in this link.",
    prompt_label: "Prompt",
    contents: "Prompt and answer",
    sealed_field: "Passphrase",
    size,
};

fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Anywhere => "Short enough for anywhere.",
        Reach::Most => {
            "Fine for most chat programs and mailers; a few cut links at 2,000 characters."
        }
        Reach::Browsers => {
            "Many chat programs and mailers cut links at 8,000 characters or earlier. Browsers open it whole."
        }
        Reach::TooLong => {
            "Too long: browsers cut addresses at 2,000,000 characters. Leave something out, or send a file instead."
        }
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::PrivateKey => "Private key",
        Kind::ApiKey => "API key",
        Kind::AwsKey => "AWS access key",
        Kind::Jwt => "Token (JWT)",
        Kind::Named => "Password or token",
        Kind::Email => "E-mail address",
        Kind::Phone => "Telephone number",
        Kind::Aadhaar => "Aadhaar number",
        Kind::Pan => "PAN",
        Kind::Card => "Card number",
        Kind::Iban => "Account number (IBAN)",
    }
}

fn place(place: &Place) -> String {
    let of_pane = |what: &str, pane: usize| format!("{what} of pane {}", pane + 1);
    match place {
        Place::Title => "title".to_owned(),
        Place::System => "system prompt".to_owned(),
        Place::Prompt => "prompt".to_owned(),
        Place::Variable(name) => format!("variable {name}"),
        Place::Pane(pane) => of_pane("settings", *pane),
        Place::Answer(pane) => of_pane("answer", *pane),
        Place::Thinking(pane) => of_pane("thinking", *pane),
        Place::ToolCall(pane) => of_pane("tool call", *pane),
        Place::Error(pane) => of_pane("error", *pane),
        Place::Sent(pane) => of_pane("request", *pane),
        Place::Attachment(name) => format!("file {name}"),
        Place::Other(path) => path.clone(),
    }
}

fn answer_line(pane: usize, model: &str, status: &str, answer: usize, thinking: usize) -> String {
    let mut line = format!("Pane {}, {model}: ", pane + 1);
    if status != "done" {
        line.push_str(status);
        line.push_str(", ");
    }
    line.push_str(&letters(answer));
    if thinking > 0 {
        line.push_str(" and ");
        line.push_str(&letters(thinking));
        line.push_str(" of thinking");
    }
    line
}

fn letters(count: usize) -> String {
    match count {
        1 => "1 character".to_owned(),
        count => format!("{} characters", crate::core::chart::grouped(count as u64)),
    }
}

/// So many bytes, rounded as people read them.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::EN;
    use crate::core::share::MARKS;

    #[test]
    fn each_mark_has_a_name_of_its_own() {
        let names = MARKS.map(EN.mark);
        assert!(names[0] != names[1] && names[1] != names[2]);
    }
}
