//! A body under construction, with its notes.

use super::{NoteReason, SentAction, SentNote, Settled};
use crate::core::{catalog::Param, json::object};
use serde_json::{Map, Value};

/// A JSON body and what was done to get there. Paths have dots between their
/// levels. Fields keep the order in which they were set.
#[derive(Debug, Default)]
pub(in crate::core::wire) struct Draft {
    pub(super) body: Map<String, Value>,
    pub(super) notes: Vec<SentNote>,
}

impl Draft {
    /// Sets a field that the person asked for under this very name.
    pub(in crate::core::wire) fn set(&mut self, path: &str, value: impl Into<Value>) {
        put(&mut self.body, path, value.into());
    }

    /// Sets a field that the person knows under another name.
    pub(in crate::core::wire) fn set_as(
        &mut self,
        field: &str,
        path: &str,
        value: impl Into<Value>,
    ) {
        self.rename(field, path, value.into());
    }

    fn rename(&mut self, field: &str, path: &str, value: Value) {
        if field != path {
            let to = path.to_owned();
            self.note(
                field,
                SentAction::Renamed { to },
                value.clone(),
                NoteReason::ApiForm,
            );
        }
        put(&mut self.body, path, value);
    }

    /// Sets those of the person's settings that are sent as they are, under the
    /// dialect's names.
    pub(in crate::core::wire) fn set_plain(&mut self, settled: &Settled, names: &[(Param, &str)]) {
        for (param, path) in names {
            if let Some(value) = settled.value(*param) {
                self.rename(param.as_str(), path, value);
            }
        }
    }

    /// Sets a long text under the dialect's name for it; the note does not
    /// repeat the text.
    pub(in crate::core::wire) fn set_text_as(
        &mut self,
        field: &str,
        path: &str,
        value: impl Into<Value>,
    ) {
        let to = path.to_owned();
        self.note(
            field,
            SentAction::Renamed { to },
            Value::Null,
            NoteReason::ApiForm,
        );
        self.set(path, value);
    }

    /// Adds a field of our own.
    pub(in crate::core::wire) fn add(
        &mut self,
        path: &str,
        value: impl Into<Value>,
        reason: NoteReason,
    ) {
        let value = value.into();
        self.note(path, SentAction::Added, value.clone(), reason);
        put(&mut self.body, path, value);
    }

    /// Whether the field is there.
    pub(super) fn has(&self, path: &str) -> bool {
        get(&self.body, path).is_some()
    }

    pub(in crate::core::wire) fn note(
        &mut self,
        field: &str,
        action: SentAction,
        value: Value,
        reason: NoteReason,
    ) {
        self.notes.push(SentNote {
            field: field.to_owned(),
            action,
            value,
            reason,
        });
    }

    /// Lays the person's own JSON over the body, as RFC 7396 merges patches:
    /// objects level by level, `null` takes a field out. What replaces or
    /// removes a field is noted.
    pub(super) fn lay_over(&mut self, extra: &Map<String, Value>) {
        let mut replaced = Vec::new();
        merge(&mut self.body, extra, "", &mut replaced);
        for (path, value) in replaced {
            self.note(&path, SentAction::Adjusted, value, NoteReason::ExtraBody);
        }
    }
}

/// Whether the person's own JSON has a say about this field or a level above.
pub(super) fn mentions(extra: &Map<String, Value>, path: &str) -> bool {
    match path.split_once('.') {
        None => extra.contains_key(path),
        Some((head, tail)) => match extra.get(head) {
            None => false,
            Some(Value::Object(inner)) => mentions(inner, tail),
            Some(_) => true,
        },
    }
}

fn get<'a>(body: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    match path.split_once('.') {
        None => body.get(path),
        Some((head, tail)) => get(body.get(head)?.as_object()?, tail),
    }
}

fn put(body: &mut Map<String, Value>, path: &str, value: Value) {
    let Some((head, tail)) = path.split_once('.') else {
        object::put(body, path, value);
        return;
    };
    if !body.contains_key(head) {
        object::put(body, head, Value::Object(Map::new()));
    }
    if let Some(Value::Object(inner)) = body.get_mut(head) {
        put(inner, tail, value);
    }
}

fn merge(
    body: &mut Map<String, Value>,
    extra: &Map<String, Value>,
    above: &str,
    replaced: &mut Vec<(String, Value)>,
) {
    for (key, value) in extra {
        let path = format!("{above}{key}");
        match (body.get_mut(key.as_str()), value) {
            (Some(Value::Object(ours)), Value::Object(theirs)) => {
                merge(ours, theirs, &(path + "."), replaced);
                continue;
            }
            (Some(ours), theirs) if ours != theirs => replaced.push((path, theirs.clone())),
            _ => {}
        }
        let fresh = patched(value);
        if fresh.is_null() {
            take_out(body, key);
        } else {
            object::put(body, key, fresh);
        }
    }
}

/// Takes a field out; the others stay in order.
fn take_out(body: &mut Map<String, Value>, name: &str) {
    for (key, value) in std::mem::take(body) {
        if key != name {
            object::put(body, &key, value);
        }
    }
}

/// What a patch makes of nothing; null where there is to be nothing.
fn patched(patch: &Value) -> Value {
    let Value::Object(theirs) = patch else {
        return patch.clone();
    };
    let mut fresh = Map::new();
    merge(&mut fresh, theirs, "", &mut Vec::new());
    Value::Object(fresh)
}
