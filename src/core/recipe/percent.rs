//! Percent-encoding for the fragment of a page address. A `+` is a plus.

/// How a percent-encoded text is broken. Positions are byte offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PercentFault {
    /// `%` without two hexadecimal digits after it.
    Escape {
        /// Offset of the `%`.
        at: usize,
    },
    /// The decoded bytes are not UTF-8.
    Utf8 {
        /// Offset of the escape that begins the bad sequence.
        at: usize,
    },
}

/// Encodes for the value of a name in a fragment. Letters, digits and
/// `-._~:,/` stay, because nothing cuts a link at them and JSON is full of
/// them; everything else becomes upper-case escapes.
pub fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |nibble: u8| {
        HEX.get(usize::from(nibble))
            .copied()
            .map_or('0', char::from)
    };
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:,/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(digit(byte >> 4));
            out.push(digit(byte & 0x0f));
        }
    }
    out
}

/// Decodes every escape; all other characters stay as they are.
pub fn decode(text: &str) -> Result<String, PercentFault> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first != b'%' {
            bytes.push(first);
            rest = after;
            continue;
        }
        let Some(value) = escape(after) else {
            return Err(PercentFault::Escape {
                at: text.len() - rest.len(),
            });
        };
        bytes.push(value);
        rest = after.get(2..).unwrap_or_default();
    }
    String::from_utf8(bytes).map_err(|error| PercentFault::Utf8 {
        at: source_offset(text, error.utf8_error().valid_up_to()),
    })
}

fn escape(after: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*after.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// Where in the encoded text the decoded byte number `target` comes from.
fn source_offset(text: &str, target: usize) -> usize {
    let mut at = 0;
    for _ in 0..target {
        at += if text.as_bytes().get(at) == Some(&b'%') {
            3
        } else {
            1
        };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{PercentFault, decode, encode};
    use proptest::prelude::*;

    #[test]
    fn escapes_decode_and_a_plus_is_a_plus() {
        assert_eq!(decode("a%20b+c%2B%C3%A9"), Ok("a b+c+é".to_owned()));
        assert_eq!(decode("%e0%a4%a8"), Ok("न".to_owned()));
        assert_eq!(decode("schon é"), Ok("schon é".to_owned()));
    }

    #[test]
    fn everything_that_ends_a_value_is_escaped() {
        assert_eq!(encode("a&b=c#d%e+f g"), "a%26b%3Dc%23d%25e%2Bf%20g");
        assert_eq!(encode("{\"k\":1}"), "%7B%22k%22:1%7D");
    }

    #[test]
    fn a_broken_escape_is_placed() {
        for (text, at) in [("ab%", 2), ("ab%2", 2), ("%20%zz", 3), ("é%+1", 2)] {
            assert_eq!(decode(text), Err(PercentFault::Escape { at }), "{text}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_placed() {
        for (text, at) in [("%FF", 0), ("a%20%C3%28", 4), ("%C3", 0), ("%C3%A9%80", 6)] {
            assert_eq!(decode(text), Err(PercentFault::Utf8 { at }), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn decoding_undoes_encoding(text in any::<String>()) {
            let encoded = encode(&text);
            prop_assert!(encoded.is_ascii());
            prop_assert_eq!(decode(&encoded), Ok(text));
        }

        #[test]
        fn any_text_decodes_or_is_placed_inside(text in "[%0-9A-Fa-f é+]{0,24}") {
            if let Err(PercentFault::Escape { at } | PercentFault::Utf8 { at }) = decode(&text) {
                prop_assert_eq!(text.as_bytes()[at], b'%');
            }
        }
    }
}
