//! Encryption with a passphrase, by the browser's own cryptography. Pages have
//! it over https and on this machine only.

use super::random;
use crate::core::link::Sealed;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = importKey, catch)]
    fn import_key(
        format: &str,
        key: &Uint8Array,
        algorithm: &str,
        extractable: bool,
        usages: &Array,
    ) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = deriveKey, catch)]
    fn derive_key(
        algorithm: &Object,
        base: &JsValue,
        derived: &Object,
        extractable: bool,
        usages: &Array,
    ) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], catch)]
    fn encrypt(
        algorithm: &Object,
        key: &JsValue,
        data: &Uint8Array,
    ) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], catch)]
    fn decrypt(
        algorithm: &Object,
        key: &JsValue,
        data: &Uint8Array,
    ) -> Result<js_sys::Promise, JsValue>;
}

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
    let key = key(passphrase, &salt, ROUNDS, "encrypt").await?;
    let sealed = encrypt(&gcm(&vector, purpose)?, &key, &bytes(text.as_bytes())).ok()?;
    let sealed = JsFuture::from(sealed).await.ok()?;
    Some(Sealed {
        iterations: ROUNDS,
        salt,
        vector,
        ciphertext: Uint8Array::new(&sealed).to_vec(),
    })
}

/// Opens what [`seal`] made.
pub async fn open(sealed: &Sealed, passphrase: &str, purpose: &str) -> Result<String, Unopened> {
    let key = key(passphrase, &sealed.salt, sealed.iterations, "decrypt").await;
    let key = key.ok_or(Unopened::NoCrypto)?;
    let algorithm = gcm(&sealed.vector, purpose).ok_or(Unopened::NoCrypto)?;
    let opened =
        decrypt(&algorithm, &key, &bytes(&sealed.ciphertext)).map_err(|_| Unopened::NoCrypto)?;
    let opened = JsFuture::from(opened).await.map_err(|_| Unopened::Wrong)?;
    String::from_utf8(Uint8Array::new(&opened).to_vec()).map_err(|_| Unopened::Wrong)
}

/// The key that a passphrase makes; it cannot be taken out of the browser.
async fn key(passphrase: &str, salt: &[u8], rounds: u32, usage: &str) -> Option<JsValue> {
    let typed = bytes(passphrase.as_bytes());
    let base = import_key(
        "raw",
        &typed,
        "PBKDF2",
        false,
        &Array::of1(&"deriveKey".into()),
    )
    .ok()?;
    let base = JsFuture::from(base).await.ok()?;
    let stretch = object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", bytes(salt).into()),
        ("iterations", rounds.into()),
    ])?;
    let wanted = object(&[("name", "AES-GCM".into()), ("length", 256.into())])?;
    let key = derive_key(&stretch, &base, &wanted, false, &Array::of1(&usage.into())).ok()?;
    JsFuture::from(key).await.ok()
}

fn gcm(iv: &[u8], purpose: &str) -> Option<Object> {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", bytes(iv).into()),
        ("additionalData", bytes(purpose.as_bytes()).into()),
    ])
}

fn bytes(bytes: &[u8]) -> Uint8Array {
    Uint8Array::from(bytes)
}

fn object(fields: &[(&str, JsValue)]) -> Option<Object> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(object.unchecked_ref(), &(*name).into(), value).ok()?;
    }
    Some(object)
}
