//! What each pane's model gets to see of the conversation.
//!
//! All panes get the same prompts, but each sees its own earlier answers.

use super::RunLog;
use crate::core::domain::Message;

/// The messages of one pane's next request, and how many earlier turns were
/// left out of it because this pane has no answer text for them (it failed, or
/// was added later): a prompt without its answer would put two messages of the
/// person in a row and change what the model is asked.
///
/// `prefix` comes first and whole; `turns` are the earlier prompts, each with
/// this pane's answer (see [`latest_answer`]); `prompt` is the new one.
/// Answers that were refused, stopped or cut off count, as long as they hold
/// text.
pub fn history(
    prefix: &[Message],
    turns: Vec<(Message, Option<String>)>,
    prompt: Message,
) -> (Vec<Message>, usize) {
    let mut messages = prefix.to_vec();
    let mut left_out = 0;
    for (asked, answer) in turns {
        match answer.as_deref().filter(|text| !text.trim().is_empty()) {
            Some(text) => {
                let answer = Message::assistant(text);
                messages.push(asked);
                messages.push(answer);
            }
            None => left_out += 1,
        }
    }
    messages.push(prompt);
    (messages, left_out)
}

/// The answer that counts for a turn: of its runs, oldest first, the last one
/// that is over and has text. A retry that failed empty does not take the
/// earlier answer away.
pub fn latest_answer<'a>(
    runs: impl IntoIterator<Item = &'a RunLog, IntoIter: DoubleEndedIterator>,
) -> Option<&'a str> {
    runs.into_iter().rev().find_map(RunLog::usable_answer)
}

#[cfg(test)]
#[path = "conversation_tests.rs"]
mod tests;
