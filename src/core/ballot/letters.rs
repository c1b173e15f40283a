//! Bytes as letters that survive chats, phones and being read out: Crockford's
//! base 32, which has neither I, L, O nor U, and takes small letters as large
//! ones.

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A sign that stands for no five bits, and its place from 0.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadSign(pub char, pub usize);

/// The letters of these bytes; the last one is filled up with zero bits.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(letters_of(bytes.len()));
    let (mut held, mut bits) = (0u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(letter(held >> bits));
        }
    }
    if bits > 0 {
        text.push(letter(held << (5 - bits)));
    }
    text
}

/// How many letters so many bytes take.
pub(super) const fn letters_of(bytes: usize) -> usize {
    (bytes * 8).div_ceil(5)
}

fn letter(bits: u32) -> char {
    let at = bits as usize & 31;
    char::from(LETTERS.get(at).copied().unwrap_or(b'0'))
}

/// The whole bytes of these letters. Hyphens are passed over; what is easily
/// mixed up (O and 0, I and L and 1) is read as the digit.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, BadSign> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut held, mut bits) = (0u32, 0);
    for (place, sign) in text.chars().enumerate() {
        if sign == '-' {
            continue;
        }
        held = held << 5 | value(sign).ok_or(BadSign(sign, place))?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.extend(u8::try_from(held >> bits & 0xff));
        }
    }
    Ok(bytes)
}

fn value(sign: char) -> Option<u32> {
    let sign = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = LETTERS
        .iter()
        .position(|letter| char::from(*letter) == sign)?;
    u32::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_alphabet_is_crockfords() {
        // By `base32-crockford` of PyPI's rule: five bits a letter, from the top.
        assert_eq!(encode(&[0x00]), "00");
        assert_eq!(encode(&[0xff]), "ZW");
        assert_eq!(encode(b"fooba"), "CSQPYRK1");
        assert_eq!(decode("csqpyrk1").unwrap(), b"fooba");
        assert_eq!(decode("CSQP-YRKl").unwrap(), b"fooba");
    }

    #[test]
    fn a_sign_that_is_none_is_named_with_its_place() {
        assert_eq!(decode("CSU0"), Err(BadSign('U', 2)));
        assert_eq!(decode("C S"), Err(BadSign(' ', 1)));
    }

    proptest! {
        #[test]
        fn every_bytes_come_back(bytes: Vec<u8>) {
            let text = encode(&bytes);
            prop_assert_eq!(text.len(), letters_of(bytes.len()));
            prop_assert_eq!(decode(&text).unwrap(), bytes);
        }
    }
}
