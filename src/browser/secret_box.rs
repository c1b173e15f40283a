//! Texts under a passphrase that are for one purpose only, such as a key that is
//! lent at one origin.

use super::{
    random,
    sealing::{self, SealFault, Terms},
};
use crate::core::link::Sealed;

/// Rounds of PBKDF2 for what is sealed here.
const ROUNDS: u32 = 600_000;

/// Why a text was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unopened {
    /// This page has no cryptography.
    NoCrypto,
    /// The passphrase is another one, or the text was sealed for another
    /// purpose.
    Wrong,
}

/// Encrypts a text. `purpose` is bound to it: it opens for the same one only.
/// `None` where the page has no cryptography or no randomness.
pub async fn seal(text: &str, passphrase: &str, purpose: &str) -> Option<Sealed> {
    let salt = *random::bytes()?.first_chunk()?;
    let vector = *random::bytes()?.first_chunk()?;
    let terms = Terms {
        salt: &salt,
        iv: &vector,
        rounds: ROUNDS,
        purpose,
    };
    let ciphertext = sealing::seal(text.as_bytes(), passphrase, terms)
        .await
        .ok()?;
    Some(Sealed {
        iterations: ROUNDS,
        salt,
        vector,
        ciphertext,
    })
}

/// Opens what [`seal`] made.
pub async fn open(sealed: &Sealed, passphrase: &str, purpose: &str) -> Result<String, Unopened> {
    let terms = Terms {
        salt: &sealed.salt,
        iv: &sealed.vector,
        rounds: sealed.iterations,
        purpose,
    };
    let opened = sealing::open(&sealed.ciphertext, passphrase, terms).await;
    let bytes = opened.map_err(|fault| match fault {
        SealFault::WrongPassphrase => Unopened::Wrong,
        SealFault::NotHere | SealFault::NotLoaded => Unopened::NoCrypto,
    })?;
    String::from_utf8(bytes).map_err(|_| Unopened::Wrong)
}
