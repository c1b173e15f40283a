//! Objects, written as in `json!` but in less code: that macro repeats each
//! insertion and its faults in place (ADR 0009).

use serde_json::{Map, Value};

/// A JSON object of these fields, in this order.
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {
        $crate::core::json::object::of(&mut [$(($name, serde_json::Value::from($value))),*])
    };
}

pub(in crate::core) use object;

/// Takes the values out of `fields`; for [`object!`].
pub(in crate::core) fn of(fields: &mut [(&str, Value)]) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        put(&mut object, name, value.take());
    }
    Value::Object(object)
}

/// Sets a field. A function of its own, since what it calls is inlined.
#[inline(never)]
pub(in crate::core) fn put(object: &mut Map<String, Value>, name: &str, value: Value) {
    object.insert(name.to_owned(), value);
}

/// A JSON object that leaves out what is not there.
#[derive(Default)]
pub(in crate::core) struct Object(Map<String, Value>);

impl Object {
    /// Sets a field.
    pub(in crate::core) fn put(&mut self, name: &str, value: impl Into<Value>) {
        put(&mut self.0, name, value.into());
    }

    /// Sets a field, if there is a value.
    pub(in crate::core) fn put_some(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// Sets a field, unless the list is empty.
    pub(in crate::core) fn put_list(&mut self, name: &str, items: impl Iterator<Item = Value>) {
        let items: Vec<Value> = items.collect();
        if !items.is_empty() {
            self.put(name, items);
        }
    }

    /// Sets a field, unless the object is empty.
    pub(in crate::core) fn put_map(&mut self, name: &str, map: Map<String, Value>) {
        if !map.is_empty() {
            self.put(name, map);
        }
    }

    /// All of it with unknown fields at the end; a known one of the same name wins.
    pub(in crate::core) fn with(mut self, extra: &Map<String, Value>) -> Map<String, Value> {
        for (name, value) in extra {
            self.0.entry(name.as_str()).or_insert_with(|| value.clone());
        }
        self.0
    }
}
