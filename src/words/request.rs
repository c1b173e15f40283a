//! What is said about requests: base URLs, and what was dropped, renamed or
//! added.

use crate::core::{
    attach::Unfit,
    catalog::Param,
    real::fixed,
    wire::{
        endpoint::{BaseNote, EndpointError},
        request::{NoteReason, Refusal, SentAction, SentNote},
    },
};

/// Sentences about requests, one set a language.
#[derive(Debug, Clone, Copy)]
pub struct RequestWords {
    /// Why a base URL cannot be used.
    pub endpoint_error: fn(&EndpointError) -> String,
    /// What was changed about a base URL.
    pub base_note: fn(&BaseNote) -> String,
    /// What became of a field.
    pub sent_note: fn(&SentNote) -> String,
    /// Why nothing was sent.
    pub refusal: fn(&Refusal) -> String,
    /// Why a file is not sent, in a few words after a model's name.
    pub unfit: fn(Unfit) -> String,
}

/// English.
pub const EN: RequestWords = RequestWords {
    endpoint_error,
    base_note,
    sent_note,
    refusal,
    unfit: unfit_short,
};

fn endpoint_error(error: &EndpointError) -> String {
    match error {
        EndpointError::ApiNotOffered { .. } => {
            "This provider does not offer that API. Choose another one.".to_owned()
        }
        EndpointError::InPage => {
            "This model is answered in the page itself and takes no base URL. Leave the base URL out, or choose another provider.".to_owned()
        }
        EndpointError::BaseMissing => {
            "A base URL is needed, for example http://localhost:11434/v1.".to_owned()
        }
        EndpointError::Scheme { found } => {
            format!("Only http and https can be called, not “{found}”.")
        }
        EndpointError::UserInfo => {
            "The base URL holds a name or password before “@”. Remove it and put the key into the key field.".to_owned()
        }
        EndpointError::Character { found } => {
            format!("The base URL holds a character that does not belong there: “{}”.", found.escape_debug())
        }
        EndpointError::HostMissing => "The base URL has no host.".to_owned(),
        EndpointError::Host => "The base URL’s host is not a plain host name or address.".to_owned(),
        EndpointError::Port => "The base URL’s port is not a number from 0 to 65535.".to_owned(),
        EndpointError::DotSegment => "The base URL’s path may not contain “.” or “..”.".to_owned(),
        EndpointError::Relay(error) => format!(
            "The provider’s relay cannot be used: check it in Settings, under Connections. {}",
            endpoint_error(error)
        ),
        EndpointError::NotRelayed => "A relay passes on to https addresses only.".to_owned(),
    }
}

fn base_note(note: &BaseNote) -> String {
    match note {
        BaseNote::SchemeAdded { scheme } => format!("{scheme}:// was added."),
        BaseNote::SlashRemoved => "The slash at the end was removed.".to_owned(),
        BaseNote::EndpointRemoved { path, .. } => {
            format!("{path} was taken off: the app adds the path itself.")
        }
        BaseNote::VersionAdded { segment } => format!("{segment} was added."),
        BaseNote::VersionRemoved { segment } => {
            format!("{segment} was taken off: the app adds it itself.")
        }
        BaseNote::QueryRemoved => "The part after “?” was dropped.".to_owned(),
        BaseNote::FragmentRemoved => "The part after “#” was dropped.".to_owned(),
    }
}

fn sent_note(note: &SentNote) -> String {
    let SentNote {
        field,
        action,
        value,
        reason,
    } = note;
    let shown = if value.is_null() {
        String::new()
    } else {
        format!(" ({})", short(&value.to_string()))
    };
    let why = because(reason);
    match action {
        SentAction::Dropped => format!("{field}{shown} was left out: {why}."),
        SentAction::Renamed { to } => format!("{field}{shown} was sent as {to}: {why}."),
        SentAction::Added => format!("{field}{shown} was added: {why}."),
        SentAction::Adjusted => format!("{field}{shown} was changed: {why}."),
    }
}

/// Long values are cut; the body below holds them whole.
fn short(text: &str) -> String {
    const LIMIT: usize = 80;
    let mut cut: String = text.chars().take(LIMIT).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

pub(super) fn because(reason: &NoteReason) -> String {
    match reason {
        NoteReason::NotInApi => "this API has no such parameter".to_owned(),
        NoteReason::ReasoningModel => "reasoning models do not take it".to_owned(),
        NoteReason::NeedsEffortNone => {
            "the model takes it only with reasoning effort “none”".to_owned()
        }
        NoteReason::FixedSampling => "the model takes no sampling parameters".to_owned(),
        NoteReason::NoEffort => "the model’s effort cannot be set".to_owned(),
        NoteReason::NoSummary => "the model gives no summary of its reasoning".to_owned(),
        NoteReason::Ignored => "the model accepts it but does not heed it".to_owned(),
        NoteReason::UnknownEffort { known } => {
            format!("the model knows only {}", known.join(", "))
        }
        NoteReason::UnknownTier { known } | NoteReason::UnknownSummary { known } => {
            format!("the provider knows only {}", known.join(", "))
        }
        NoteReason::NotTogether { with } => format!("it cannot be sent together with {with}"),
        NoteReason::NotWithThinking => "the model does not take it while it thinks".to_owned(),
        NoteReason::TooMany { most } => format!("at most {most} are taken"),
        NoteReason::Blank => "there is nothing in it".to_owned(),
        NoteReason::ApiForm => "that is the API’s own name or form for it".to_owned(),
        NoteReason::JsonWithoutSchema => {
            "the API can ask for JSON, but not for a schema".to_owned()
        }
        NoteReason::JsonUnspoken => {
            "the API gives JSON only where a message speaks of it".to_owned()
        }
        NoteReason::Required => "the API requires it".to_owned(),
        NoteReason::OnlyThese => "no other provider than those is to answer".to_owned(),
        NoteReason::Streaming => "the answer is to come as a stream".to_owned(),
        NoteReason::UsageInStream => "the stream is to report its token counts".to_owned(),
        NoteReason::ServerTimings => "the provider is to report its own timings".to_owned(),
        NoteReason::NotStored => "the provider is not to keep the conversation".to_owned(),
        NoteReason::ShowsThinking => {
            "thinking is to be seen and timed; it is paid for in any case".to_owned()
        }
        NoteReason::SameSpeaker => "neighbouring messages of one speaker count as one".to_owned(),
        NoteReason::UserFirst => "a conversation begins with the person".to_owned(),
        NoteReason::TrailingSpace => {
            "a beginning to go on with may not end in white space".to_owned()
        }
        NoteReason::NoSystemPlace => "the model has no place for a system prompt".to_owned(),
        NoteReason::ClockOff { seconds } => super::signatures::clock_is_off(*seconds),
        NoteReason::ExtraBody => "your own JSON says otherwise".to_owned(),
    }
}

fn param(param: Param) -> &'static str {
    match param {
        Param::Temperature => "Temperature",
        Param::TopP => "Top p",
        Param::TopK => "Top k",
        Param::MaxOutputTokens => "Max output tokens",
        Param::ContextWindow => "Context window",
        Param::Stop => "Stop",
        Param::Seed => "Seed",
        Param::ReasoningEffort => "Reasoning effort",
        Param::ReasoningSummary => "Reasoning summary",
        Param::ServiceTier => "Service tier",
        Param::ProviderOrder => "Upstream providers",
        Param::ResponseSchema => "Response schema",
    }
}

fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::EmptyPrompt => "The prompt is empty. Write what the models should answer.".to_owned(),
        Refusal::ModelMissing => "No model is chosen. Choose one in the pane’s header.".to_owned(),
        Refusal::ForeignEndpoint => "The base URL belongs to another provider. Choose the route again.".to_owned(),
        Refusal::NoTokens(Param::ContextWindow) => "The context window is 0, which leaves no room for anything. Set at least 1, or leave it empty.".to_owned(),
        Refusal::NoTokens(_) => "Max output tokens is 0, which leaves no room for an answer. Set at least 1, or leave it empty.".to_owned(),
        Refusal::OutOfRange { param: which, value, range } => format!(
            "{} is {value}; this provider takes {} to {}.",
            param(*which),
            range.min,
            range.max
        ),
        Refusal::NotANumber { param: which } => format!("{} is not a number.", param(*which)),
        Refusal::SchemaNotObject => "The response schema must be a JSON object.".to_owned(),
        Refusal::Attachment { name, because, .. } => unfit(name, *because),
        Refusal::TooLarge { bytes, limit } => format!(
            "The request is {} MB; this provider takes at most {} MB. Shorten the prompt.",
            mega(*bytes),
            mega(*limit)
        ),
    }
}

/// Why a file is not sent, and the ways out.
fn unfit(name: &str, because: Unfit) -> String {
    let ways = "Choose another model for this pane, or take the file out of the message.";
    let (what, ways) = match because {
        Unfit::NoImages => (
            format!("“{name}” is an image, and this route takes none."),
            ways,
        ),
        Unfit::BlindModel => (
            format!("“{name}” is an image, and this model takes none."),
            ways,
        ),
        Unfit::NoPdf => (
            format!("“{name}” is a PDF, and this route takes none."),
            ways,
        ),
        Unfit::NoPdfModel => (
            format!("“{name}” is a PDF, and this model takes none."),
            ways,
        ),
        Unfit::TooLarge { bytes, most } => (
            format!(
                "“{name}” is {} MB; this provider takes at most {} MB.",
                mega(bytes),
                mega(most)
            ),
            ways,
        ),
        Unfit::TooMany { count, most } => (
            format!("The conversation has {count} images; this provider takes at most {most}."),
            "Choose another model for this pane, or take images out of the message.",
        ),
        Unfit::NotReady => (
            format!("“{name}” is still being made to fit this provider’s limits."),
            "Run again in a moment.",
        ),
        Unfit::NotMade => (
            format!(
                "“{name}” is beyond this provider’s limits, and the browser could not make it smaller."
            ),
            ways,
        ),
    };
    format!("{what} {ways}")
}

/// The same in a few words, for the file's own tile.
fn unfit_short(because: Unfit) -> String {
    match because {
        Unfit::NoImages | Unfit::BlindModel => "takes no images".to_owned(),
        Unfit::NoPdf | Unfit::NoPdfModel => "takes no PDF".to_owned(),
        Unfit::TooLarge { most, .. } => format!("takes at most {} MB", mega(most)),
        Unfit::TooMany { most, .. } => format!("takes at most {most} images"),
        Unfit::NotReady => "being made to fit".to_owned(),
        Unfit::NotMade => "could not be made to fit".to_owned(),
    }
}

fn mega(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
    let mega = bytes as f64 / 1_000_000.0;
    fixed(mega, 1)
}
