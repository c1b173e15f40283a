//! Fields of provider JSON by name: less code than a type for each object.
//!
//! Null is as good as absent, and so is mostly an odd type. Only where words
//! of the answer could be lost unseen does an odd type give `None`, so that the
//! frame is reported.

use serde_json::Value;

static NULL: Value = Value::Null;

/// Up to so many names it is quicker to compare them all than to hash one.
const FEW: usize = 24;

/// What a field holds, if it is there.
pub(crate) fn at<'a>(of: &'a Value, name: &str) -> Option<&'a Value> {
    let fields = of.as_object()?;
    if fields.len() > FEW {
        return fields.get(name);
    }
    fields
        .iter()
        .find_map(|(own, value)| (own == name).then_some(value))
}

/// What a field holds; null if it is absent.
pub(crate) fn field<'a>(of: &'a Value, name: &str) -> &'a Value {
    at(of, name).unwrap_or(&NULL)
}

/// The `type` that an object gives itself.
pub(crate) fn kind(of: &Value) -> &str {
    field(of, "type").as_str().unwrap_or_default()
}

/// What a field holds, unless it is null.
pub(crate) fn given<'a>(of: &'a Value, name: &str) -> Option<&'a Value> {
    at(of, name).filter(|value| !value.is_null())
}

/// The object in a field.
pub(crate) fn inner<'a>(of: &'a Value, name: &str) -> Option<&'a Value> {
    at(of, name).filter(|value| value.is_object())
}

/// What may have fields, or is null; `None` for anything else, in whose place
/// words of the answer may have been lost.
pub(crate) fn sound(of: &Value) -> Option<&Value> {
    (of.is_object() || of.is_null()).then_some(of)
}

/// The text in a field where there is one that is not empty; numbers count as
/// their digits.
pub(crate) fn word(of: &Value, name: &str) -> Option<String> {
    match at(of, name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The members of a list; anything else counts as a list of one.
pub(crate) fn each<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    match field(of, name) {
        Value::Array(members) => members.as_slice(),
        single => std::slice::from_ref(single),
    }
}

/// The objects of a list; a single object counts as a list of one.
pub(crate) fn objects<'a>(of: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    each(of, name).iter().filter(|member| member.is_object())
}

/// Whether a value says anything: not null, false, 0, empty, or made of such.
pub(crate) fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Bool(true) => true,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => items.iter().any(says_something),
        Value::Object(fields) => fields.values().any(says_something),
    }
}

/// All the text of content in any of the shapes it is sent in (a string, a typed
/// part, a list of either), joined, whatever its kind.
pub(crate) fn flat(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(flat).collect(),
        Value::Object(_) => {
            word(content, "text").unwrap_or_else(|| match flat(field(content, "thinking")) {
                text if text.is_empty() => flat(field(content, "summary")),
                text => text,
            })
        }
        _ => String::new(),
    }
}

/// Words of the answer, empty if absent; `None` where they are no text.
pub(crate) fn words(of: &Value, name: &str) -> Option<String> {
    match given(of, name) {
        None => Some(String::new()),
        Some(value) => value.as_str().map(str::to_owned),
    }
}

/// A list that may hold words of the answer, empty if absent; `None` where it
/// is no list.
pub(crate) fn list<'a>(of: &'a Value, name: &str) -> Option<&'a [Value]> {
    match given(of, name) {
        None => Some(&[]),
        Some(value) => value.as_array().map(Vec::as_slice),
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW, at, flat, list, objects, says_something, sound, word, words};
    use serde_json::json;

    #[test]
    fn a_name_is_found_among_few_and_among_many() {
        for size in [0, 1, FEW, FEW + 1, 4 * FEW] {
            let of: serde_json::Value = (0..size).map(|n| (n.to_string(), json!(n))).collect();
            for n in 0..=size {
                let name = n.to_string();
                assert_eq!(at(&of, &name), of.get(&name), "{n} of {size}");
                assert_eq!(at(&of, &name).is_some(), n < size);
            }
        }
        assert_eq!(at(&json!([1]), "0"), None);
    }

    #[test]
    fn null_is_as_good_as_absent() {
        let empty: &[serde_json::Value] = &[];
        for of in [json!({}), json!({ "a": null }), json!(7)] {
            assert_eq!(word(&of, "a"), None, "{of}");
            assert_eq!(words(&of, "a"), Some(String::new()), "{of}");
            assert_eq!(list(&of, "a"), Some(empty), "{of}");
        }
    }

    #[test]
    fn an_odd_type_is_told_from_absence_where_words_could_be_lost() {
        let of = json!({ "a": 5 });
        assert_eq!(word(&of, "a").as_deref(), Some("5"));
        assert_eq!(words(&of, "a"), None);
        assert_eq!(list(&of, "a"), None);
        for odd in [json!("x"), json!(5), json!([{}])] {
            assert_eq!(sound(&odd), None, "{odd}");
        }
        for even in [json!({ "a": 5 }), json!(null)] {
            assert_eq!(sound(&even), Some(&even));
        }
    }

    #[test]
    fn a_single_object_is_a_list_of_one_and_what_is_no_object_is_skipped() {
        for (list, count) in [
            (json!([{}, 5, null, {}]), 2),
            (json!({}), 1),
            (json!("x"), 0),
            (json!(null), 0),
        ] {
            let of = json!({ "a": list });
            assert_eq!(objects(&of, "a").count(), count, "{of}");
        }
        assert_eq!(objects(&json!({}), "a").count(), 0);
    }

    #[test]
    fn content_is_read_from_all_its_shapes() {
        for (content, expected) in [
            (json!("plain"), "plain"),
            (
                json!([{ "type": "text", "text": "a" }, "b", { "text": "c" }]),
                "abc",
            ),
            (
                json!({ "type": "thinking", "thinking": [{ "type": "text", "text": "t" }] }),
                "t",
            ),
            (
                json!([{ "type": "reasoning.summary", "summary": "s" }]),
                "s",
            ),
            (
                json!([{ "type": "reasoning.encrypted", "data": "AAAA" }]),
                "",
            ),
            (json!(null), ""),
        ] {
            assert_eq!(flat(&content), expected, "{content}");
        }
    }

    #[test]
    fn emptiness_of_any_depth_says_nothing() {
        for nothing in [
            json!(null),
            json!(""),
            json!({ "code": 0, "message": "" }),
            json!([{}]),
        ] {
            assert!(!says_something(&nothing), "{nothing}");
        }
        for something in [json!("x"), json!({ "a": { "b": 1 } }), json!(true)] {
            assert!(says_something(&something), "{something}");
        }
    }
}
