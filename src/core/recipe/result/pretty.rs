//! JSON with line breaks, as files have it.

use serde::Serialize;
use serde_json::{
    Error, Serializer, Value,
    ser::{Formatter, PrettyFormatter},
};
use std::io::{self, Write};

/// A document as the text of a file.
pub fn pretty(document: &Value) -> String {
    // A value has nothing that JSON cannot say.
    write(document).unwrap_or_default()
}

/// The same of anything that is written as JSON.
pub(super) fn write<T: Serialize>(document: &T) -> Result<String, Error> {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, Rows::default());
    document.serialize(&mut serializer)?;
    String::from_utf8(out).map_err(|error| Error::io(io::Error::other(error)))
}

/// As serde's own, but with lists of numbers on one line. A run of a million
/// chunks has three million numbers: with a line and its indent for each of them
/// the page could not read its own file again.
#[derive(Default)]
struct Rows {
    pretty: PrettyFormatter<'static>,
    /// A list has begun an element; whether that is the first. Its line break
    /// waits until it is known what the element is.
    waiting: Option<bool>,
    /// Whether the element before was a number on the line of its list.
    in_row: bool,
}

impl Rows {
    /// The element is a number.
    fn number<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        match self.waiting.take() {
            Some(true) => self.in_row = true,
            Some(false) if self.in_row => out.write_all(b",")?,
            Some(false) => self.pretty.begin_array_value(out, false)?,
            None => {}
        }
        Ok(())
    }

    /// The element is anything else.
    fn other<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if let Some(is_first) = self.waiting.take() {
            self.in_row = false;
            self.pretty.begin_array_value(out, is_first)?;
        }
        Ok(())
    }
}

/// Methods that write a number, or the beginning of something else.
macro_rules! elements {
    ($($wait:ident: $($name:ident($($value:ident: $type:ty)?)),+;)+) => {
        $($(
            fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $value: $type)?) -> io::Result<()> {
                self.$wait(out)?;
                self.pretty.$name(out $(, $value)?)
            }
        )+)+
    };
}

impl Formatter for Rows {
    elements! {
        number: write_u8(n: u8), write_u16(n: u16), write_u32(n: u32), write_u64(n: u64),
            write_u128(n: u128), write_i8(n: i8), write_i16(n: i16), write_i32(n: i32),
            write_i64(n: i64), write_i128(n: i128), write_f32(n: f32), write_f64(n: f64);
        other: write_null(), write_bool(b: bool), write_number_str(text: &str), begin_string(),
            begin_array(), begin_object();
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, _: &mut W, first: bool) -> io::Result<()> {
        self.waiting = Some(first);
        Ok(())
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.end_array_value(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if std::mem::take(&mut self.in_row) {
            // For the indent, which it counts.
            self.pretty.end_array(&mut io::sink())?;
            return out.write_all(b"]");
        }
        self.pretty.end_array(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.pretty.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.end_object_value(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.end_object(out)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::pretty;
    use crate::core::{
        import::{self, LARGEST, Thing},
        json::arbitrary,
    };
    use proptest::prelude::*;
    use serde_json::{Value, json};

    #[test]
    fn lists_of_numbers_stand_on_one_line_and_all_else_on_lines_of_its_own() {
        let document = json!({
            "chunks": {"blocks": ["text"], "after_ms": [12.5, 0, -1], "chars": []},
            "odd": [1, "a", 2, [3, 4], {}, null],
        });
        let text = r#"{
  "chunks": {
    "blocks": [
      "text"
    ],
    "after_ms": [12.5,0,-1],
    "chars": []
  },
  "odd": [1,
    "a",
    2,
    [3,4],
    {},
    null
  ]
}"#;
        assert_eq!(pretty(&document), text);
    }

    #[test]
    fn a_result_with_a_million_chunks_can_be_opened_again() {
        let pieces = 1_000_000;
        let column = |one: Value| Value::from(vec![one; pieces]);
        let mut run = json!({"status": "done", "answer": "a".repeat(pieces * 4)});
        run["chunks"] = json!({
            "blocks": ["text"],
            "after_ms": column(json!(12.34)), "block": column(json!(0)), "chars": column(json!(4)),
        });
        let pane = json!({"provider": "demo", "model": "demo-120",
            "turns": [{"prompt": "hi", "runs": [run]}]});
        let text = pretty(&json!({
            "touchstone": "result/1",
            "app": {"name": "touchstone", "version": "1"},
            "recipe": {"touchstone": "recipe/1", "panes": [
                {"provider": "demo", "model": "demo-120"}]},
            "panes": [pane],
        }));
        assert!(text.len() < LARGEST / 4, "{}", text.len());
        let opened = import::look(&text);
        assert!(matches!(opened, Ok(Thing::Page(_))), "{:?}", opened.err());
    }

    fn any_json() -> impl Strategy<Value = Value> {
        arbitrary::trees(arbitrary::leaves("\\PC{0,6}"), "[a-z]{0,3}", [4, 48, 6])
    }

    proptest! {
        #[test]
        fn any_document_is_read_back_equal(document in any_json()) {
            let text = pretty(&document);
            let read: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(read, document);
        }
    }
}
