//! Fields of provider JSON by name, for dialects whose objects say in `type`
//! what they are.
//!
//! Null is as good as absent, and so is mostly an odd type. Only where words
//! of the answer could be lost unseen does an odd type give `None`, so that the
//! frame is reported.

use serde_json::Value;

/// What a field holds, unless it is null.
pub(crate) fn given<'a>(of: &'a Value, name: &str) -> Option<&'a Value> {
    of.get(name).filter(|value| !value.is_null())
}

/// The object in a field.
pub(crate) fn inner<'a>(of: &'a Value, name: &str) -> Option<&'a Value> {
    of.get(name).filter(|value| value.is_object())
}

/// The text in a field where there is one that is not empty.
pub(crate) fn word(of: &Value, name: &str) -> Option<String> {
    let text = of.get(name)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
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
    use super::{list, word, words};
    use serde_json::json;

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
        assert_eq!(word(&of, "a"), None);
        assert_eq!(words(&of, "a"), None);
        assert_eq!(list(&of, "a"), None);
    }
}
