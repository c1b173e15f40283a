//! A conversation in the shape that strict dialects insist on.

use super::{Draft, NoteReason, SentAction};
use crate::core::{
    attach::Attachment,
    domain::{Message, Role},
    wire::parts,
};
use serde_json::Value;

/// What one speaker says before the other one speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::core::wire) struct Turn {
    pub(in crate::core::wire) role: Role,
    /// The texts: of each message its text files, then its own words.
    pub(in crate::core::wire) parts: Vec<String>,
    /// The images and PDFs, which go before the texts. Without any there is
    /// at least one text.
    pub(in crate::core::wire) attached: Vec<Attachment>,
}

/// The messages that say something, each with its place in the conversation.
/// A run that was stopped before its first word leaves a blank one behind, and
/// most providers refuse it.
pub(in crate::core::wire) fn spoken<'a>(
    messages: &'a [Message],
    draft: &mut Draft,
) -> Vec<(usize, &'a Message)> {
    let mut kept = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        if message.is_blank() {
            drop_message(at, message, NoteReason::Blank, draft);
        } else {
            kept.push((at, message));
        }
    }
    kept
}

/// The system prompt at the head of the first turn, for models that have no
/// other place for it.
pub(in crate::core::wire) fn put_before_first(system: &str, turns: &mut [Turn], draft: &mut Draft) {
    if let Some(first) = turns.first_mut() {
        first.parts.insert(0, system.to_owned());
    }
    let (action, reason) = (SentAction::Adjusted, NoteReason::NoSystemPlace);
    draft.note("system", action, Value::Null, reason);
}

/// Speakers take turns, and the person begins. Neighbouring messages of one
/// speaker become parts of one turn, which is how these providers read them
/// in any case.
pub(in crate::core::wire) fn alternating(messages: &[Message], draft: &mut Draft) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for (at, message) in spoken(messages, draft) {
        match turns.last_mut() {
            None if message.role == Role::Assistant => {
                drop_message(at, message, NoteReason::UserFirst, draft);
            }
            Some(turn) if turn.role == message.role => {
                turn.parts.extend(parts::texts(message));
                turn.attached.extend(parts::attached(message).cloned());
                let field = format!("messages[{at}]");
                let reason = NoteReason::SameSpeaker;
                // The text itself is in the body.
                draft.note(&field, SentAction::Adjusted, Value::Null, reason);
            }
            _ => turns.push(Turn {
                role: message.role,
                parts: parts::texts(message),
                attached: parts::attached(message).cloned().collect(),
            }),
        }
    }
    turns
}

fn drop_message(at: usize, message: &Message, reason: NoteReason, draft: &mut Draft) {
    let field = format!("messages[{at}]");
    let words = message.content.as_str().into();
    draft.note(&field, SentAction::Dropped, words, reason);
}
