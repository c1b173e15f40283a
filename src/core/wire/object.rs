//! Objects of request bodies, written as in `json!` but in less code: that
//! macro repeats each insertion and its faults in place (ADR 0009).

use serde_json::{Map, Value};

/// A JSON object of these fields, in this order.
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {
        $crate::core::wire::object::of(&mut [$(($name, serde_json::Value::from($value))),*])
    };
}

pub(crate) use object;

/// Takes the values out of `fields`; for [`object!`].
pub(crate) fn of(fields: &mut [(&str, Value)]) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        put(&mut object, name, value.take());
    }
    Value::Object(object)
}

/// Sets a field. A function of its own, since what it calls is inlined.
#[inline(never)]
pub(crate) fn put(object: &mut Map<String, Value>, name: &str, value: Value) {
    object.insert(name.to_owned(), value);
}
