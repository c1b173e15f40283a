//! A document as the text of a link. (A stand-in until the codec's branch is
//! merged: the same names, no compression.)

mod fault;

pub use fault::PackFault;

use crate::core::base64;
use serde_json::Value;

/// The longest JSON text that is unpacked, in bytes.
pub const MAX_JSON_BYTES: usize = 16 << 20;
/// The salt, in bytes.
pub const SALT_BYTES: usize = 16;
/// The initialisation vector, in bytes.
pub const VECTOR_BYTES: usize = 12;

/// A document as text.
pub fn pack(document: &Value) -> String {
    format!(
        "1{}",
        base64::encode_url(&compress(document.to_string().as_bytes()))
    )
}

/// The document of a text.
pub fn unpack(text: &str) -> Result<Value, PackFault> {
    match text.chars().next() {
        Some('1') => {}
        Some('s') => return Err(PackFault::Sealed),
        Some(found) => return Err(PackFault::FutureVersion { found }),
        None => return Err(PackFault::Empty),
    }
    let json = decompress(&bytes(text).ok_or(PackFault::Damaged)?, MAX_JSON_BYTES)?;
    serde_json::from_slice(&json).map_err(|_| PackFault::NotJson)
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    base64::decode(&text.get(1..)?.replace('-', "+").replace('_', "/"))
}

/// Fewer bytes that say the same.
pub fn compress(json: &[u8]) -> Vec<u8> {
    json.to_vec()
}

/// Undoes [`compress`].
pub fn decompress(bytes: &[u8], limit: usize) -> Result<Vec<u8>, PackFault> {
    if bytes.len() > limit {
        return Err(PackFault::TooLarge { limit });
    }
    Ok(bytes.to_vec())
}

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
    let rounds = sealed.iterations.to_be_bytes();
    let parts = [
        &rounds[..],
        &sealed.salt,
        &sealed.vector,
        &sealed.ciphertext,
    ];
    format!("s{}", base64::encode_url(&parts.concat()))
}

/// What such a text holds.
pub fn open_text(text: &str) -> Result<Sealed, PackFault> {
    let payload = bytes(text).ok_or(PackFault::Damaged)?;
    let parts = || {
        let (rounds, rest) = payload.split_first_chunk()?;
        let (salt, rest) = rest.split_first_chunk()?;
        let (vector, ciphertext) = rest.split_first_chunk()?;
        Some(Sealed {
            iterations: u32::from_be_bytes(*rounds),
            salt: *salt,
            vector: *vector,
            ciphertext: ciphertext.to_vec(),
        })
    };
    parts().ok_or(PackFault::Damaged)
}
