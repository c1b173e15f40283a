//! The wire formats, each as one value: how a body is filled in and how a reply
//! is read.
//!
//! The first part of the program knows only what [`first`] names, which is all
//! that its first page offers; the others lie in the later part, which alone
//! calls [`of`] (ADR 0014).

use super::{
    DecodeFrames, Dialect, StreamDecoder, anthropic, bedrock, cohere,
    frame::{CutFrames, EventStream, Framer},
    gemini, ollama, openai_chat, openai_responses,
    request::{Draft, Plan},
};

/// The two halves of one wire format.
pub struct Codec {
    /// What cuts a reply's bytes into frames.
    pub(super) framer: fn() -> Box<dyn CutFrames>,
    /// What reads the frames.
    pub(super) dialect: fn() -> Box<dyn DecodeFrames>,
    /// What fills in a request's body.
    pub(super) fill: fn(&Plan<'_>, &mut Draft),
}

impl Codec {
    /// A decoder for one response.
    pub fn decoder(&self) -> StreamDecoder {
        StreamDecoder::over((self.framer)(), (self.dialect)())
    }
}

impl std::fmt::Debug for Codec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Codec").finish_non_exhaustive()
    }
}

/// Server-sent events, JSON or a page, told by the first byte.
fn text() -> Box<dyn CutFrames> {
    Box::new(Framer::new())
}

/// The same, but every JSON document is a frame as soon as it is there.
fn documents() -> Box<dyn CutFrames> {
    Box::new(Framer::of_documents())
}

fn boxed<T: DecodeFrames + Default + 'static>() -> Box<dyn DecodeFrames> {
    Box::<T>::default()
}

static OPENAI_CHAT: Codec = Codec {
    framer: text,
    dialect: boxed::<openai_chat::OpenaiChatDecoder>,
    fill: openai_chat::request::fill,
};

static OPENAI_RESPONSES: Codec = Codec {
    framer: text,
    dialect: boxed::<openai_responses::OpenaiResponsesDecoder>,
    fill: openai_responses::request::fill,
};

static ANTHROPIC: Codec = Codec {
    framer: text,
    dialect: boxed::<anthropic::AnthropicDecoder>,
    fill: anthropic::request::fill,
};

static GEMINI: Codec = Codec {
    framer: text,
    dialect: boxed::<gemini::GeminiDecoder>,
    fill: gemini::request::fill,
};

static COHERE: Codec = Codec {
    framer: text,
    dialect: boxed::<cohere::CohereDecoder>,
    fill: cohere::request::fill,
};

static OLLAMA_CHAT: Codec = Codec {
    framer: documents,
    dialect: boxed::<ollama::OllamaDecoder>,
    fill: ollama::request::fill,
};

/// Binary messages, or what [`text`] reads.
fn binary() -> Box<dyn CutFrames> {
    Box::<EventStream>::default()
}

static BEDROCK_CONVERSE: Codec = Codec {
    framer: binary,
    dialect: boxed::<bedrock::ConverseDecoder>,
    fill: bedrock::request::fill,
};

/// What the first part of the program speaks: everything that its first page
/// offers, so that no run from there waits for another part.
pub fn first(dialect: Dialect) -> Option<&'static Codec> {
    Some(match dialect {
        Dialect::OpenaiChat => &OPENAI_CHAT,
        Dialect::OpenaiResponses => &OPENAI_RESPONSES,
        Dialect::Anthropic => &ANTHROPIC,
        Dialect::Gemini => &GEMINI,
        Dialect::Cohere | Dialect::OllamaChat | Dialect::BedrockConverse => return None,
    })
}

/// Any wire format.
pub fn of(dialect: Dialect) -> &'static Codec {
    match dialect {
        Dialect::OpenaiChat => &OPENAI_CHAT,
        Dialect::OpenaiResponses => &OPENAI_RESPONSES,
        Dialect::Anthropic => &ANTHROPIC,
        Dialect::Gemini => &GEMINI,
        Dialect::Cohere => &COHERE,
        Dialect::OllamaChat => &OLLAMA_CHAT,
        Dialect::BedrockConverse => &BEDROCK_CONVERSE,
    }
}
