//! What every dialect's decoder promises, and the façade that joins framing
//! with a dialect.

use super::{
    FrameCounts, Progress, StreamEvent, codec,
    frame::{CutFault, CutFrames, Frame},
    triage::{excerpt, html_words},
};
use crate::core::{
    domain::{Failure, FailureKind, ProtocolFault},
    json,
    strict::word,
};

word! {
    /// The wire formats.
    #[derive(Hash)]
    pub enum Dialect {
        /// OpenAI Chat Completions, with all its imitations.
        OpenaiChat = "openai_chat",
        /// OpenAI Responses.
        OpenaiResponses = "openai_responses",
        /// Anthropic Messages.
        Anthropic = "anthropic",
        /// Gemini `streamGenerateContent` with `alt=sse`.
        Gemini = "gemini",
        /// Cohere's chat, version 2.
        Cohere = "cohere",
        /// Ollama's own `/api/chat`: one JSON object a line.
        OllamaChat = "ollama_chat",
        /// Amazon Bedrock `ConverseStream`.
        BedrockConverse = "bedrock_converse",
    }
}

/// What a frame turned out to be. Each frame is triaged exactly once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Triage {
    /// Understood.
    Known,
    /// Of a type this version does not know: ignored and counted.
    Unknown,
    /// Of a known type with a broken payload, or not JSON at all: reported.
    Corrupt,
}

/// One dialect's decoder. It sees frames, never bytes, so that any split of
/// the bytes gives the same events.
pub trait DecodeFrames {
    /// Decodes one frame, appending what it means.
    fn frame(&mut self, frame: &Frame, out: &mut Vec<StreamEvent>) -> Triage;

    /// Decodes a whole JSON body that came in answer to a stream request.
    /// Where nothing else is said, it reads as a frame without a name.
    fn whole(&mut self, body: &str, out: &mut Vec<StreamEvent>) -> Triage {
        let frame = Frame {
            event: String::new(),
            data: body.to_owned(),
        };
        self.frame(&frame, out)
    }

    /// The body has ended: closes open blocks and emits what was held back.
    /// Does not judge truncation; the façade does, by [`Self::progress`].
    fn end(&mut self, out: &mut Vec<StreamEvent>);

    /// How far the response has come.
    fn progress(&self) -> Progress;
}

/// Decodes one response of one dialect from the bytes of its body.
///
/// Promises, whatever the server sends:
/// - at most one `Finish` and at most one `Error`; nothing follows an `Error`,
///   and what would be one after the `Finish` is a `Warning`;
/// - every block is closed before either;
/// - after an `Error`, or once the dialect is [`Progress::Complete`], further
///   bytes are ignored;
/// - a response without `Finish` or `Error` gets an `Error` from
///   [`StreamDecoder::finish`];
/// - the same bytes give the same events, however they are split.
pub struct StreamDecoder {
    framer: Box<dyn CutFrames>,
    dialect: Box<dyn DecodeFrames>,
    gate: Gate,
    counts: FrameCounts,
    /// Scratch: frames of one push, events of one frame.
    frames: Vec<Frame>,
    fresh: Vec<StreamEvent>,
    first_corrupt: Option<String>,
    first_unknown: Option<String>,
    ended: bool,
}

impl std::fmt::Debug for StreamDecoder {
    /// Only the state, never the text of an answer.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StreamDecoder")
            .field("progress", &self.progress())
            .field("counts", &self.counts)
            .finish_non_exhaustive()
    }
}

impl StreamDecoder {
    /// A decoder for one response of any dialect. The first part of the program
    /// takes it from a [`codec::Codec`] instead, so as not to hold them all.
    pub fn new(dialect: Dialect) -> Self {
        codec::of(dialect).decoder()
    }

    /// A decoder of these two parts.
    pub fn over(framer: Box<dyn CutFrames>, dialect: Box<dyn DecodeFrames>) -> Self {
        Self {
            framer,
            dialect,
            gate: Gate::default(),
            counts: FrameCounts::default(),
            frames: Vec::new(),
            fresh: Vec::new(),
            first_corrupt: None,
            first_unknown: None,
            ended: false,
        }
    }

    /// Reads bytes of the body and appends what they mean.
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<StreamEvent>) {
        if self.is_over() {
            return;
        }
        let mut frames = std::mem::take(&mut self.frames);
        let cut = self.framer.push(bytes, &mut frames);
        for frame in frames.drain(..) {
            if self.is_over() {
                break;
            }
            if self.frame(&frame, out) == Triage::Corrupt {
                self.report_corrupt(&frame.data, out);
            }
        }
        self.frames = frames;
        if let Err(fault) = cut
            && !self.is_over()
        {
            let fault = match fault {
                CutFault::TooLarge => ProtocolFault::FrameTooLarge,
                CutFault::Corrupt => ProtocolFault::Garbage,
            };
            self.fail(fault, None, out);
        }
    }

    /// The body has ended: emits what is left and judges how it ended. Calling
    /// it again does nothing.
    pub fn finish(&mut self, out: &mut Vec<StreamEvent>) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        let end = self.framer.finish();
        if self.gate.failed {
            return;
        }
        if let Some(page) = end.html {
            return self.fail(ProtocolFault::Html, Some(html_words(&page)), out);
        }
        if let Some(body) = &end.whole
            && !self.is_complete()
        {
            let triage = self.dialect.whole(body, &mut self.fresh);
            let cut = end.cut && triage == Triage::Corrupt;
            if !cut {
                self.settle(triage, body, out);
            }
            if triage == Triage::Corrupt && !cut {
                self.first_corrupt = Some(excerpt(body));
            }
        }
        for frame in &end.tail {
            if !self.is_complete() {
                self.tail(frame, out);
            }
        }
        self.dialect.end(&mut self.fresh);
        self.gate.pass_all(&mut self.fresh, out);
        self.gate.close(out);
        if end.broken_off {
            // After the finish only figures are missing: the gate makes it a
            // warning.
            let failure = Failure::new(FailureKind::Truncated);
            self.gate.pass(StreamEvent::Error(failure), out);
        }
        self.judge(end.stray, out);
    }

    /// How far the response has come.
    pub fn progress(&self) -> Progress {
        if self.is_over() {
            Progress::Complete
        } else {
            self.dialect.progress()
        }
    }

    /// How the frames so far were triaged.
    pub fn counts(&self) -> FrameCounts {
        self.counts
    }

    fn is_over(&self) -> bool {
        self.ended || self.gate.failed || self.is_complete()
    }

    fn is_complete(&self) -> bool {
        self.dialect.progress() == Progress::Complete
    }

    fn frame(&mut self, frame: &Frame, out: &mut Vec<StreamEvent>) -> Triage {
        let triage = self.dialect.frame(frame, &mut self.fresh);
        self.settle(triage, &frame.data, out);
        triage
    }

    /// A frame that the end of the body may have cut: if so, it was not the
    /// server that broke the payload.
    fn tail(&mut self, frame: &Frame, out: &mut Vec<StreamEvent>) {
        let triage = self.dialect.frame(frame, &mut self.fresh);
        if triage != Triage::Corrupt {
            self.settle(triage, &frame.data, out);
        }
    }

    fn settle(&mut self, triage: Triage, data: &str, out: &mut Vec<StreamEvent>) {
        let count = match triage {
            Triage::Known => &mut self.counts.known,
            Triage::Unknown => &mut self.counts.unknown,
            Triage::Corrupt => &mut self.counts.corrupt,
        };
        *count = count.saturating_add(1);
        if triage == Triage::Unknown && self.first_unknown.is_none() {
            self.first_unknown = Some(excerpt(data));
        }
        self.gate.pass_all(&mut self.fresh, out);
    }

    /// Broken JSON is lost text: an answer with a hole in it must not pass for
    /// a whole one, so the response fails there. Sound JSON of a known type but
    /// an odd shape is only worth a warning.
    fn report_corrupt(&mut self, data: &str, out: &mut Vec<StreamEvent>) {
        let looks_like_json = data.trim_start().starts_with(['{', '[']);
        if looks_like_json && json::check(data).is_err() {
            return self.fail(ProtocolFault::Garbage, Some(excerpt(data)), out);
        }
        if self.first_corrupt.is_none() {
            let quoted = excerpt(data);
            self.first_corrupt = Some(quoted.clone());
            let kind = FailureKind::Protocol(ProtocolFault::Garbage);
            out.push(StreamEvent::Warning(Failure::new(kind).with_detail(quoted)));
        }
    }

    fn judge(&mut self, stray: Option<String>, out: &mut Vec<StreamEvent>) {
        if self.gate.finished || self.gate.failed {
            return;
        }
        if let Some(quoted) = self.first_corrupt.take() {
            return self.fail(ProtocolFault::Garbage, Some(quoted), out);
        }
        if self.gate.any {
            let mut failure = Failure::new(FailureKind::Truncated);
            failure.detail = stray;
            return self.gate.pass(StreamEvent::Error(failure), out);
        }
        match self.first_unknown.take().or(stray) {
            Some(quoted) => self.fail(ProtocolFault::Unrecognised, Some(quoted), out),
            None => self.fail(ProtocolFault::Empty, None, out),
        }
    }

    fn fail(&mut self, fault: ProtocolFault, detail: Option<String>, out: &mut Vec<StreamEvent>) {
        let mut failure = Failure::new(FailureKind::Protocol(fault));
        failure.detail = detail.filter(|text| !text.is_empty());
        self.gate.pass(StreamEvent::Error(failure), out);
    }
}

/// Lets through what keeps the promises of [`StreamDecoder`], whatever a dialect
/// does.
#[derive(Debug, Default)]
struct Gate {
    open: Vec<u32>,
    any: bool,
    finished: bool,
    failed: bool,
}

impl Gate {
    fn pass_all(&mut self, fresh: &mut Vec<StreamEvent>, out: &mut Vec<StreamEvent>) {
        for event in fresh.drain(..) {
            self.pass(event, out);
        }
    }

    fn pass(&mut self, event: StreamEvent, out: &mut Vec<StreamEvent>) {
        if self.failed {
            return;
        }
        match &event {
            StreamEvent::BlockStart { block, .. } => self.open.push(*block),
            StreamEvent::BlockEnd { block } => self.open.retain(|open| open != block),
            StreamEvent::Delta { text, .. } if text.is_empty() => return,
            StreamEvent::Finish(_) if self.finished => return,
            StreamEvent::Finish(_) => {
                self.close(out);
                self.finished = true;
            }
            StreamEvent::Error(failure) if self.finished => {
                out.push(StreamEvent::Warning(failure.clone()));
                return;
            }
            StreamEvent::Error(_) => {
                self.close(out);
                self.failed = true;
            }
            _ => {}
        }
        self.any = true;
        out.push(event);
    }

    fn close(&mut self, out: &mut Vec<StreamEvent>) {
        out.extend(
            self.open
                .drain(..)
                .map(|block| StreamEvent::BlockEnd { block }),
        );
    }
}
