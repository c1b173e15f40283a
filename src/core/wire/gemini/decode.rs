//! STAND-IN: replaced at the merge.

use crate::core::wire::{DecodeFrames, Progress, StreamEvent, Triage, frame::Frame};

/// STAND-IN.
#[derive(Debug, Default)]
pub struct GeminiDecoder;

impl DecodeFrames for GeminiDecoder {
    fn frame(&mut self, _: &Frame, _: &mut Vec<StreamEvent>) -> Triage {
        Triage::Unknown
    }
    fn whole(&mut self, _: &str, _: &mut Vec<StreamEvent>) -> Triage {
        Triage::Unknown
    }
    fn end(&mut self, _: &mut Vec<StreamEvent>) {}
    fn progress(&self) -> Progress {
        Progress::Open
    }
}
