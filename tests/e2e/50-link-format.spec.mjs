// docs/link-format.md is enough: readers that were written from that page open every link
// that was ever made, and say the same of broken ones. One, in Python, was written by
// somebody who had read nothing but that page. No browser.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, webcrypto } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { decompress, readLink, readSealed } from '../link_reader/reader.mjs';

const file = (name, encoding) => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), encoding);
const LINKS = 'tests/fixtures/links';
const DICTIONARY = 'public/schema/link-dictionary-1.txt';
const dictionary = file(DICTIONARY);
const names = readdirSync(fileURLToPath(new URL(`../../${LINKS}/v1`, import.meta.url)))
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -'.txt'.length));
const link = (name) => file(`${LINKS}/v1/${name}.txt`, 'utf8');
const refused = (text, kind) =>
  assert.throws(
    () => readLink(text, dictionary),
    (error) => error.kind === kind || assert.fail(`${error.kind} instead of ${kind}: ${error.message}`),
  );

test('the page names the dictionary as it is', () => {
  const page = file('docs/link-format.md', 'utf8');
  const checksum = crc32(dictionary).toString(16).toUpperCase();
  assert.ok(page.includes(`CRC-32 \`${checksum}\``), checksum);
  assert.equal(dictionary.length, 17_168);
  const sum = createHash('sha256').update(dictionary).digest('hex');
  assert.equal(sum, '8bd8494fbd510e38757e21f6a9e43a8a6e60f72a3eaad2de5f63e45eca9df3e6');
});

test('every link of version 1 opens', () => {
  assert.ok(names.length >= 28, `${names.length}`);
  for (const name of names) {
    const document = JSON.parse(file(`${LINKS}/v1/${name}.json`, 'utf8'));
    assert.deepEqual(readLink(link(name), dictionary), document, name);
  }
});

test('an encrypted document opens with its passphrase, by the browser\'s own functions', async () => {
  const folder = `${LINKS}/sealed-v1`;
  const { rounds, salt, vector, ciphertext } = readSealed(file(`${folder}/haiku.txt`, 'utf8'));
  const passphrase = new TextEncoder().encode(file(`${folder}/haiku.passphrase`, 'utf8').trim());
  const { subtle } = webcrypto;
  const base = await subtle.importKey('raw', passphrase, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  const key = await subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
  const payload = new Uint8Array(await subtle.decrypt({ name: 'AES-GCM', iv: vector }, key, ciphertext));
  const json = new TextDecoder().decode(decompress(payload, dictionary));
  assert.deepEqual(JSON.parse(json), JSON.parse(file(`${folder}/haiku.json`, 'utf8')));
});

test('what chat programs do to a link does no harm', () => {
  const text = link('recipe-haiku');
  const document = JSON.parse(file(`${LINKS}/v1/recipe-haiku.json`, 'utf8'));
  const middle = text.length >> 1;
  const parts = [text.slice(0, middle), text.slice(middle)];
  for (const given of [
    parts.join('\r\n  '),
    parts.join('\u200b'),
    `(${text}).`,
    `“${text}”, he wrote`,
    text.replaceAll('-', '%2D').replaceAll('_', '%255f'),
    text.replaceAll('-', '+').replaceAll('_', '/'),
  ]) {
    assert.deepEqual(readLink(given, dictionary), document, given);
  }
});

test('a broken link is told from a foreign one', () => {
  const text = link('recipe-haiku');
  refused('', 'empty');
  refused(text.slice(0, 60), 'cut');
  refused(`${text.slice(0, 60)}…`, 'cut');
  refused(text.replace('1', '2'), 'version');
  refused(`${text.slice(0, 60)}…${text.slice(60)}`, 'stranger');
  const other = text[60] === 'A' ? 'B' : 'A';
  refused(text.slice(0, 60) + other + text.slice(61), 'damaged');
});

const python = (...args) => {
  const script = fileURLToPath(new URL('../link_reader/reader.py', import.meta.url));
  return spawnSync('python3', [script, ...args], { encoding: 'utf8' });
};

test('the reader in Python opens every link, the encrypted one too', () => {
  const { status, stdout, stderr } = python('--golden', fileURLToPath(new URL(`../../${LINKS}`, import.meta.url)));
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, new RegExp(`^${names.length + 1} of ${names.length + 1} links give the same document$`, 'm'));
});

test('the reader in Python says the same of broken links', () => {
  const text = link('recipe-haiku').trim();
  const missing = text.length - 60;
  const other = text[60] === 'A' ? 'B' : 'A';
  for (const [given, said] of [
    ['', 'nothing there'],
    [text.slice(0, 60), `cut: ${missing} of ${text.length} characters are missing`],
    [`${text.slice(0, 60)}…`, `cut: ${missing} of ${text.length} characters are missing`],
    ['1', 'cut: even the length is missing'],
    [text.replace('1', '2'), 'a later version: 2'],
    [`${text.slice(0, 60)}…${text.slice(60)}`, 'does not belong: …'],
    [text.slice(0, 60) + other + text.slice(61), 'changed on its way'],
  ]) {
    const { status, stderr } = python(given);
    assert.equal(status, 1, given);
    assert.equal(stderr.trim(), said, given);
  }
});
