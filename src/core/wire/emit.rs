//! Bookkeeping that the decoders share: block ids, and facts that are repeated
//! in every frame but worth an event only when they change.

use super::{
    BlockKind, ResponseMeta, ServerTiming, StreamEvent,
    fields::field,
    openai_chat::usage::{SIDE_FIGURES, normalise},
};
use serde_json::Value;

/// Numbers blocks and knows which are open.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    next: u32,
    open: Vec<u32>,
}

impl Blocks {
    /// Opens a block.
    pub(crate) fn start(&mut self, kind: BlockKind, out: &mut Vec<StreamEvent>) -> u32 {
        let block = self.next;
        self.next += 1;
        self.open.push(block);
        out.push(StreamEvent::BlockStart { block, kind });
        block
    }

    /// Whether the block is open.
    pub(crate) fn is_open(&self, block: u32) -> bool {
        self.open.contains(&block)
    }

    /// Closes the block, if it is open.
    pub(crate) fn end(&mut self, block: u32, out: &mut Vec<StreamEvent>) {
        if let Some(at) = self.open.iter().position(|&open| open == block) {
            self.open.remove(at);
            out.push(StreamEvent::BlockEnd { block });
        }
    }

    /// Closes all open blocks, in the order they were opened.
    pub(crate) fn end_all(&mut self, out: &mut Vec<StreamEvent>) {
        out.extend(
            self.open
                .drain(..)
                .map(|block| StreamEvent::BlockEnd { block }),
        );
    }
}

/// Appends text to a block, unless there is none.
pub(crate) fn delta(block: u32, text: String, out: &mut Vec<StreamEvent>) {
    if !text.is_empty() {
        out.push(StreamEvent::Delta { block, text });
    }
}

/// The response's metadata and side figures as last told.
#[derive(Debug, Default)]
pub(crate) struct Told {
    meta: ResponseMeta,
    usage: Value,
    extras: Vec<(String, Value)>,
}

impl Told {
    /// Tells the parts of `meta` that are new; empty texts count as absent.
    pub(crate) fn meta(&mut self, meta: ResponseMeta, out: &mut Vec<StreamEvent>) {
        let fresh = self.renew(meta);
        if fresh != ResponseMeta::default() {
            out.push(StreamEvent::Meta(fresh));
        }
    }

    /// Tells all that is known, if `meta` adds to it.
    pub(crate) fn whole_meta(&mut self, meta: ResponseMeta, out: &mut Vec<StreamEvent>) {
        if self.renew(meta) != ResponseMeta::default() {
            out.push(StreamEvent::Meta(self.meta.clone()));
        }
    }

    /// Keeps what is new, and gives that alone.
    fn renew(&mut self, meta: ResponseMeta) -> ResponseMeta {
        ResponseMeta {
            id: changed(&mut self.meta.id, meta.id),
            model: changed(&mut self.meta.model, meta.model),
            service_tier: changed(&mut self.meta.service_tier, meta.service_tier),
        }
    }

    /// Tells usage, if it is an object that differs from the last one, and the
    /// side figures in it.
    pub(crate) fn figures(&mut self, usage: &Value, out: &mut Vec<StreamEvent>) {
        for name in SIDE_FIGURES {
            self.extra(name, field(usage, name), out);
        }
        let is_filled = usage.as_object().is_some_and(|fields| !fields.is_empty());
        if is_filled && *usage != self.usage {
            self.usage = usage.clone();
            server_timing("usage", usage, out);
            out.push(StreamEvent::Usage(normalise(usage.clone())));
        }
    }

    /// Tells a side figure if it is there and has changed, and what it says of
    /// the provider's own clock.
    pub(crate) fn extra(&mut self, name: &'static str, value: &Value, out: &mut Vec<StreamEvent>) {
        if value.is_null() {
            return;
        }
        match self.extras.iter_mut().find(|(known, _)| known == name) {
            Some((_, last)) if last == value => return,
            Some((_, last)) => *last = value.clone(),
            None => self.extras.push((name.to_owned(), value.clone())),
        }
        out.push(StreamEvent::Extra {
            name: name.to_owned(),
            value: value.clone(),
        });
        server_timing(name, value, out);
    }
}

/// Tells what a block says of the provider's own clock, if it says anything.
pub(crate) fn server_timing(name: &'static str, block: &Value, out: &mut Vec<StreamEvent>) {
    out.extend(ServerTiming::read(name, block).map(StreamEvent::ServerTiming));
}

fn changed(last: &mut Option<String>, now: Option<String>) -> Option<String> {
    let now = now.filter(|text| !text.is_empty())?;
    if last.as_ref() == Some(&now) {
        return None;
    }
    *last = Some(now.clone());
    Some(now)
}
