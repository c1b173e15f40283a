//! The text of an encrypted document. What is encrypted is what `compress`
//! gives; the key comes from a passphrase by PBKDF2 with SHA-256, the cipher is
//! AES-GCM with 256 bits, and the browser does both.

use super::{
    PackFault,
    columns::{put_varint, take_varint},
    text::{self, Kind},
};

/// The salt, in bytes.
pub const SALT_BYTES: usize = 16;
/// The initialisation vector, in bytes.
pub const VECTOR_BYTES: usize = 12;
/// More rounds than this are refused: they would take a phone minutes.
const MOST_ITERATIONS: usize = 10_000_000;
/// What AES-GCM adds to the text, in bytes.
const TAG_BYTES: usize = 16;

/// All that a passphrase needs to open a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Rounds of PBKDF2.
    pub iterations: u32,
    /// Its salt.
    pub salt: [u8; SALT_BYTES],
    /// The initialisation vector of AES-GCM.
    pub vector: [u8; VECTOR_BYTES],
    /// The encrypted bytes with the tag behind them.
    pub ciphertext: Vec<u8>,
}

/// The text of an encrypted document: begins with `s`.
pub fn seal_text(sealed: &Sealed) -> String {
    let mut payload = Vec::with_capacity(sealed.ciphertext.len() + 32);
    put_varint(&mut payload, sealed.iterations as usize);
    payload.extend(sealed.salt);
    payload.extend(sealed.vector);
    payload.extend(&sealed.ciphertext);
    text::write(Kind::Sealed, &payload)
}

/// What such a text holds.
pub fn open_text(text: &str) -> Result<Sealed, PackFault> {
    let payload = text::read(Kind::Sealed, text)?;
    parts(&payload).ok_or(PackFault::Damaged)
}

fn parts(payload: &[u8]) -> Option<Sealed> {
    let mut rest = payload;
    let iterations = take_varint(&mut rest).filter(|rounds| *rounds <= MOST_ITERATIONS)?;
    let (salt, rest) = rest.split_first_chunk()?;
    let (vector, ciphertext) = rest.split_first_chunk()?;
    (ciphertext.len() >= TAG_BYTES).then(|| Sealed {
        iterations: u32::try_from(iterations).unwrap_or_default(),
        salt: *salt,
        vector: *vector,
        ciphertext: ciphertext.to_vec(),
    })
}
