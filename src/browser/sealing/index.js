// Closes and opens what is under a passphrase, with the browser's own cryptography: a module
// of its own, loaded with the first passphrase. AES-256-GCM with a key by PBKDF2 and SHA-256.
// Browsers have it on https and on this machine only; elsewhere `subtle` is undefined.

/**
 * @param {Uint8Array} plain what is closed
 * @param {string} passphrase taken in its NFC form, as UTF-8
 * @param {Uint8Array} salt 16 random bytes
 * @param {Uint8Array} iv 12 random bytes, never twice with one salt and passphrase
 * @param {number} rounds of PBKDF2
 * @param {string} purpose is bound to what is sealed: it opens for the same one only
 * @returns {Promise<Uint8Array>} the bytes with the 16 of the tag behind them
 */
export async function seal(plain, passphrase, salt, iv, rounds, purpose = "") {
  const key = await keyOf(passphrase, salt, rounds, "encrypt");
  return new Uint8Array(await subtle().encrypt(gcm(iv, purpose), key, plain));
}

/** Undoes `seal`; `null` where the passphrase is wrong or a byte was changed. */
export async function open(sealed, passphrase, salt, iv, rounds, purpose = "") {
  const key = await keyOf(passphrase, salt, rounds, "decrypt");
  try {
    return new Uint8Array(await subtle().decrypt(gcm(iv, purpose), key, sealed));
  } catch (error) {
    if (error.name === "OperationError") return null;
    throw error;
  }
}

async function keyOf(passphrase, salt, iterations, use) {
  const words = new TextEncoder().encode(passphrase.normalize("NFC"));
  const base = await subtle().importKey("raw", words, "PBKDF2", false, ["deriveKey"]);
  const by = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return subtle().deriveKey(by, base, { name: "AES-GCM", length: 256 }, false, [use]);
}

const gcm = (iv, purpose) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(purpose) });

function subtle() {
  const found = globalThis.crypto?.subtle;
  if (!found) throw new Error("no cryptography on this address");
  return found;
}
