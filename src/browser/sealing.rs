//! Closing and opening what is under a passphrase, by the lazily loaded module
//! in `sealing/`. `boot.js` loads it on first use.

use super::lazy;
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The module, see `sealing/index.js`.
    type Module;

    #[wasm_bindgen(method, catch)]
    fn seal(
        this: &Module,
        plain: js_sys::Uint8Array,
        passphrase: &str,
        salt: js_sys::Uint8Array,
        iv: js_sys::Uint8Array,
        rounds: u32,
        purpose: &str,
    ) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn open(
        this: &Module,
        sealed: js_sys::Uint8Array,
        passphrase: &str,
        salt: js_sys::Uint8Array,
        iv: js_sys::Uint8Array,
        rounds: u32,
        purpose: &str,
    ) -> Result<js_sys::Promise, JsValue>;
}

/// Why something under a passphrase stays closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealFault {
    /// The passphrase is wrong, or what it opens was changed.
    WrongPassphrase,
    /// The browser has no cryptography for this page: it came neither over
    /// https nor from this machine.
    NotHere,
    /// The module could not be loaded.
    NotLoaded,
}

/// How something is closed; nothing of it is secret.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// What the key is made with besides the passphrase.
    pub salt: &'a [u8],
    /// What the cipher starts with.
    pub iv: &'a [u8],
    /// How often the key is worked over.
    pub rounds: u32,
    /// What it is for: it opens for the same only. May be empty.
    pub purpose: &'a str,
}

/// Closes bytes by AES-256-GCM: as many bytes and the 16 of the tag.
pub async fn seal(plain: &[u8], passphrase: &str, terms: Terms<'_>) -> Result<Vec<u8>, SealFault> {
    let module = module().await?;
    let (plain, salt, iv) = (plain.into(), terms.salt.into(), terms.iv.into());
    let sealing = module.seal(plain, passphrase, salt, iv, terms.rounds, terms.purpose);
    bytes(sealing).await
}

/// Opens what [`seal`] closed.
pub async fn open(sealed: &[u8], passphrase: &str, terms: Terms<'_>) -> Result<Vec<u8>, SealFault> {
    let module = module().await?;
    let (sealed, salt, iv) = (sealed.into(), terms.salt.into(), terms.iv.into());
    let opening = module.open(sealed, passphrase, salt, iv, terms.rounds, terms.purpose);
    bytes(opening).await
}

async fn module() -> Result<Module, SealFault> {
    lazy::module("sealing").await.ok_or(SealFault::NotLoaded)
}

async fn bytes(made: Result<js_sys::Promise, JsValue>) -> Result<Vec<u8>, SealFault> {
    let made = JsFuture::from(made.map_err(|_| SealFault::NotHere)?).await;
    let made = made.map_err(|_| SealFault::NotHere)?;
    if made.is_null() {
        return Err(SealFault::WrongPassphrase);
    }
    let bytes = made.dyn_into::<js_sys::Uint8Array>();
    Ok(bytes.map_err(|_| SealFault::NotHere)?.to_vec())
}
