// What goes under a passphrase is what another implementation opens: node's own OpenSSL is
// the witness, in both directions, with numbers that were made by it alone.

import assert from "node:assert/strict";
import { createCipheriv, createDecipheriv, pbkdf2Sync } from "node:crypto";
import { test } from "node:test";
import { open, seal } from "../../src/browser/sealing/index.js";

const ROUNDS = 600_000;
const salt = Uint8Array.from({ length: 16 }, (_, at) => at + 1);
const iv = Uint8Array.from({ length: 12 }, (_, at) => 200 + at);
const plain = new TextEncoder().encode('{"touchstone":"recipe/1"}');

function byNode(passphrase) {
  const key = pbkdf2Sync(passphrase.normalize("NFC"), salt, ROUNDS, 32, "sha256");
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

test("what is sealed here is what node seals", async () => {
  for (const passphrase of ["correct horse", "पासफ़्रेज़ é"]) {
    const sealed = await seal(plain, passphrase, salt, iv, ROUNDS);
    assert.deepEqual(Buffer.from(sealed), byNode(passphrase));
  }
});

test("node opens what is sealed here", async () => {
  const sealed = Buffer.from(await seal(plain, "correct horse", salt, iv, ROUNDS));
  const key = pbkdf2Sync("correct horse", salt, ROUNDS, 32, "sha256");
  const decipher = createDecipheriv("aes-256-gcm", key, iv);
  decipher.setAuthTag(sealed.subarray(-16));
  const opened = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  assert.deepEqual(new Uint8Array(opened), plain);
});

test("a known answer: made once by node, kept as numbers", async () => {
  const sealed = Buffer.from("cc524398ba12df61b41cf9bb4451497eff2743ac8c52b301d17af94172a1bfed62f93b2ed41b118e1f", "hex");
  assert.deepEqual(await open(sealed, "correct horse", salt, iv, ROUNDS), plain);
});

test("letters that look the same open the same", async () => {
  const composed = await seal(plain, "caf\u00e9", salt, iv, ROUNDS);
  assert.deepEqual(await open(composed, "cafe\u0301", salt, iv, ROUNDS), plain);
});

test("a wrong passphrase and a changed byte open nothing", async () => {
  const sealed = await seal(plain, "correct horse", salt, iv, ROUNDS);
  assert.equal(await open(sealed, "correct house", salt, iv, ROUNDS), null);
  sealed[3] ^= 1;
  assert.equal(await open(sealed, "correct horse", salt, iv, ROUNDS), null);
  assert.equal(await open(sealed.subarray(0, 4), "correct horse", salt, iv, ROUNDS), null);
});
