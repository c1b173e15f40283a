//! How plain values are read.

use super::{Reading, Step, Strict, What};
use crate::core::sorted::{SortedMap, SortedSet};
use serde_json::{Map, Value};

impl Strict for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn read(&mut self, value: Value, _: &mut Reading) {
        *self = value;
    }
}

/// Values that JSON has as they are.
macro_rules! plain {
    ($($kind:ty, $variant:ident, $expected:literal;)*) => {$(
        impl Strict for $kind {
            fn blank() -> Self {
                Self::default()
            }

            fn read(&mut self, value: Value, reading: &mut Reading) {
                match value {
                    Value::$variant(found) => *self = found,
                    other => reading.expected($expected, &other),
                }
            }
        }
    )*};
}

plain! {
    bool, Bool, "a boolean";
    String, String, "a string";
    Map<String, Value>, Object, "an object";
}

impl Strict for f64 {
    fn blank() -> Self {
        0.0
    }

    fn read(&mut self, value: Value, reading: &mut Reading) {
        match value.as_f64() {
            Some(number) => *self = number,
            None => reading.expected("a number", &value),
        }
    }
}

/// Whole numbers, none of which is beyond its type.
macro_rules! whole {
    ($($kind:ty, $of:ident, $expected:literal;)*) => {$(
        impl Strict for $kind {
            fn blank() -> Self {
                0
            }

            fn read(&mut self, value: Value, reading: &mut Reading) {
                match value.$of().and_then(|number| number.try_into().ok()) {
                    Some(number) => *self = number,
                    None => reading.expected($expected, &value),
                }
            }
        }
    )*};
}

whole! {
    u16, as_u64, "a whole number from 0 to 65535";
    u32, as_u64, "a whole number from 0 to 4294967295";
    u64, as_u64, "a whole number that is not negative";
    usize, as_u64, "a whole number that is not negative";
    i64, as_i64, "a whole number";
}

impl<T: Strict> Strict for Option<T> {
    fn blank() -> Self {
        None
    }

    fn read(&mut self, value: Value, reading: &mut Reading) {
        if value.is_null() {
            *self = None;
            return;
        }
        let mut inner = T::blank();
        inner.read(value, reading);
        if !reading.is_over() {
            *self = Some(inner);
        }
    }
}

impl<T: Strict> Strict for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, value: Value, reading: &mut Reading) {
        let mut items = Self::new();
        reading.items(value, &mut |value, at, reading| {
            let mut item = T::blank();
            reading.step(&mut item, value, Step::Item(at));
            if reading.fits() {
                items.push(item);
            }
        });
        if !reading.is_over() {
            *self = items;
        }
    }
}

impl<T: Strict + Ord> Strict for SortedSet<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, value: Value, reading: &mut Reading) {
        let mut items = Vec::blank();
        items.read(value, reading);
        if !reading.is_over() {
            *self = items.into_iter().collect();
        }
    }
}

impl<K: Strict + Ord, V: Strict> Strict for SortedMap<K, V> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, value: Value, reading: &mut Reading) {
        let mut entries = Self::new();
        reading.entries(value, &mut |name, value, reading| {
            let (mut key, mut held) = (K::blank(), V::blank());
            reading.step(
                &mut key,
                Value::String(name.clone()),
                Step::Field(name.clone()),
            );
            if !reading.is_over() {
                reading.step(&mut held, value, Step::Field(name));
            }
            if reading.fits() {
                entries.insert(key, held);
            }
        });
        if !reading.is_over() {
            *self = entries;
        }
    }
}

impl Strict for (String, String) {
    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, value: Value, reading: &mut Reading) {
        let mut parts = Self::default();
        reading.parts(value, &mut [&mut parts.0, &mut parts.1], "two strings");
        if !reading.is_over() {
            *self = parts;
        }
    }
}

impl Strict for (String, String, String) {
    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, value: Value, reading: &mut Reading) {
        let mut parts = Self::default();
        let places: &mut [&mut String] = &mut [&mut parts.0, &mut parts.1, &mut parts.2];
        reading.parts(value, places, "three strings");
        if !reading.is_over() {
            *self = parts;
        }
    }
}

impl Reading {
    /// Goes through a list, as far as it fits.
    fn items(&mut self, value: Value, take: &mut dyn FnMut(Value, usize, &mut Self)) {
        match value {
            Value::Array(items) => {
                for (at, item) in items.into_iter().enumerate() {
                    if self.is_over() {
                        return;
                    }
                    take(item, at, self);
                }
            }
            other => self.expected("an array", &other),
        }
    }

    /// Goes through an object whose names are not known, as far as it fits.
    fn entries(&mut self, value: Value, take: &mut dyn FnMut(String, Value, &mut Self)) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if self.is_over() {
                        return;
                    }
                    take(name, value, self);
                }
            }
            other => self.expected("an object", &other),
        }
    }

    /// Reads a list of exactly so many texts.
    fn parts(&mut self, value: Value, into: &mut [&mut String], expected: &'static str) {
        match value {
            Value::Array(items) if items.len() == into.len() => {
                for (at, (place, item)) in into.iter_mut().zip(items).enumerate() {
                    if self.is_over() {
                        return;
                    }
                    self.step(*place, item, Step::Item(at));
                }
            }
            Value::Array(_) => self.note(What::Kind {
                found: "an array of another length",
                expected,
            }),
            other => self.expected(expected, &other),
        }
    }
}
