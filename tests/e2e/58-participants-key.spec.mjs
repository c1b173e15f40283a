// A key that a host lends: made, opened elsewhere, used, and in no other link,
// file or storage. The cipher is checked against node's.

import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { findings } from './harness/axe.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { openApp, stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const SECRET = 'sk-workshop-6021-capped-at-five-dollars';
const { world, scene } = stage({ browser: 'chromium', aimock: [{ match: { userMessage: 'Hello' }, response: { content: 'Hello from the gateway.' } }] });

/** The site where a link is opened, as the cipher is told. */
const purpose = () => `touchstone key/1 ${new URL(world.site.url).origin}`;
const plain = (typed) => typed.replace(/[\s\-‐-―−]/g, '').toLowerCase();
const keyOf = (passphrase, salt, rounds) => pbkdf2Sync(plain(passphrase), salt, rounds, 32, 'sha256');

/** A count as the text of a link has it: seven bits a byte, the last without a mark. */
function varint(count) {
  const bytes = [];
  for (let rest = count; ; rest >>>= 7) {
    bytes.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Buffer.from(bytes);
  }
}

function takeVarint(bytes) {
  let [count, at] = [0, 0];
  for (;;) {
    count |= (bytes[at] & 127) << (7 * at);
    at += 1;
    if (bytes[at - 1] < 128) return [count, bytes.subarray(at)];
  }
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(~crc >>> 0);
  return sum;
}

/** Opens the text of a link with node's cryptography, from the documentation alone. */
function nodeOpens(text, passphrase) {
  assert.equal(text[0], 's');
  const [length, rest] = takeVarint(Buffer.from(text.slice(1), 'base64url'));
  const payload = rest.subarray(4);
  assert.equal(payload.length, length);
  assert.deepEqual(rest.subarray(0, 4), crc32(Buffer.concat([varint(length), payload])));
  const [rounds, sealed] = takeVarint(payload);
  const [salt, iv, bytes] = [sealed.subarray(0, 16), sealed.subarray(16, 28), sealed.subarray(28)];
  const opener = createDecipheriv('aes-256-gcm', keyOf(passphrase, salt, rounds), iv);
  opener.setAAD(Buffer.from(purpose()));
  opener.setAuthTag(bytes.subarray(-16));
  const opened = Buffer.concat([opener.update(bytes.subarray(0, -16)), opener.final()]);
  return { rounds, document: JSON.parse(opened.toString()) };
}

/** Makes such a link with node's cryptography. `claims` are rounds that it lies about. */
function nodeSeals(document, passphrase, { claims = 600_000, about = purpose() } = {}) {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const sealer = createCipheriv('aes-256-gcm', keyOf(passphrase, salt, 600_000), iv);
  sealer.setAAD(Buffer.from(about));
  const sealed = Buffer.concat([sealer.update(JSON.stringify(document)), sealer.final(), sealer.getAuthTag()]);
  const payload = Buffer.concat([varint(claims), salt, iv, sealed]);
  const length = varint(payload.length);
  const whole = Buffer.concat([length, crc32(Buffer.concat([length, payload])), payload]);
  return `#k=s${whole.toString('base64url')}`;
}

const lent = (rest = {}) => ({
  touchstone: 'key/1',
  provider: 'openai-compatible',
  base_url: `${world.aimock.origin}/v1`,
  origin: world.aimock.origin,
  key: SECRET,
  from: 'Asha',
  ...rest,
});

/** The page asks for the passphrase; returns what it says after it was given. */
async function unlock(app, passphrase) {
  const dialog = app.page.locator('dialog[data-testid=lent-key]');
  await dialog.waitFor();
  await dialog.getByTestId('lent-passphrase').fill(passphrase);
  await dialog.getByTestId('lent-open').click();
  return dialog;
}

const problem = (dialog, pattern) =>
  until(async () => pattern.test(await dialog.getByTestId('lent-problem').innerText()), { what: `a word like ${pattern}`, timeout: 20_000 });

async function stored(page) {
  return page.evaluate(() => ({ tab: JSON.stringify(sessionStorage), device: JSON.stringify(localStorage) }));
}

scene('a host makes a link, a participant opens it in a fresh profile, uses the key, and it ends with the tab', () => ({
  allow: [world.aimock.origin],
  fragment: recipeLink({ prompt: 'Hello', panes: [{ provider: 'openai-compatible', base_url: `${world.aimock.origin}/v1`, model: 'gpt-4.1' }] }),
}), async ({ app }) => {
  await app.panes(1);
  await app.approve();
  await app.key('openai-compatible', world.aimock.origin, SECRET);
  const settings = await app.openSettings();
  await settings.getByTestId('lend-open').click();
  const form = app.page.locator('dialog[data-testid=lend-key]');
  await form.waitFor();
  assert.match(await form.innerText(), /can read the key/);
  assert.equal(await form.getByTestId('lend-provider').inputValue(), 'openai-compatible');
  const passphrase = await form.getByTestId('lend-passphrase').inputValue();
  assert.match(passphrase, /^([a-z]{4}-){3}[a-z]{4}$/);
  assert.match(await form.getByTestId('lend-strength').innerText(), /Strong/);
  await form.getByTestId('lend-from').fill('Asha, for the Tuesday workshop');
  await form.getByTestId('lend-model').fill('gpt-4.1');

  // Nothing is made before the host says that the key has a limit.
  await form.getByTestId('lend-make').click();
  assert.match(await form.getByTestId('lend-problem').innerText(), /limit/);
  await form.getByTestId('lend-agree').check();
  assert.deepEqual(await findings(app.page), []);
  await form.getByTestId('lend-make').click();
  const field = form.getByTestId('lend-link');
  await field.waitFor({ timeout: 20_000 });
  const link = await field.inputValue();
  assert.equal(await form.getByTestId('lend-aloud').innerText(), passphrase);
  const { hash } = new URL(link);
  assert.match(hash, /^#k=s[\w-]+$/);
  assert.ok(!link.includes(SECRET) && !link.includes(passphrase) && !link.includes(plain(passphrase)));
  const { rounds, document } = nodeOpens(hash.slice(3), passphrase);
  assert.ok(rounds >= 600_000);
  assert.equal(document.key, SECRET);
  assert.equal(document.origin, world.aimock.origin);
  assert.ok(Date.parse(document.expires) > Date.now());
  await app.page.keyboard.press('Escape');

  // Neither a result nor a recipe has a place for it.
  await app.run();
  await app.pane().reaches('done');
  assert.ok(!(await app.exported()).text.includes(SECRET));

  const guest = await openApp(world, { fragment: hash, allow: [world.aimock.origin] });
  try {
    assert.equal(new URL(guest.page.url()).hash, '', 'the address forgets the link');
    const dialog = await unlock(guest, 'bbbb-cccc-dddd-ffff');
    await problem(dialog, /does not open it/);
    // As it is written on a board, read out, typed on a phone.
    await dialog.getByTestId('lent-passphrase').fill(passphrase.replaceAll('-', ' ').toUpperCase());
    await dialog.getByTestId('lent-open').click();
    const facts = dialog.getByTestId('lent-facts');
    await facts.waitFor({ timeout: 20_000 });
    const said = await dialog.innerText();
    assert.match(said, /Asha, for the Tuesday workshop/);
    assert.ok(said.includes(new URL(world.aimock.origin).host));
    assert.match(said, /paid by them/);
    assert.ok(!said.includes(SECRET));
    assert.deepEqual(await findings(guest.page), []);
    await dialog.getByTestId('lent-take').click();
    await dialog.waitFor({ state: 'hidden' });
    const [pane] = await guest.panes(1);
    assert.equal(await pane.mark('model'), 'gpt-4.1');
    await world.aimock.forget();
    await guest.prompt('Hello');
    await guest.run();
    await pane.reaches('done');
    assert.match(await pane.answer(), /Hello from the gateway/);
    const [call] = await world.aimock.journal();
    const headers = Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value]));
    // aimock hides what looks like a key, so that it was there is all that can be seen.
    assert.ok(headers.authorization, 'the key went along');

    const { text } = await guest.exported();
    assert.ok(!text.includes(SECRET), 'in no export');
    const kept = await stored(guest.page);
    assert.ok(kept.tab.includes(SECRET), 'kept for the tab, so over a reload');
    assert.ok(!kept.device.includes(SECRET), 'and no longer');
    await guest.page.reload();
    await guest.ready();
    const row = await guest.openSettings();
    assert.match(await row.innerText(), /lent by Asha, for the Tuesday workshop, until/);
    guest.verify();

    // Another tab of the same profile, as after closing this one.
    const page = await guest.page.context().newPage();
    guest.popups.length = 0;
    await guest.page.close();
    await page.goto(world.site.url);
    await page.getByTestId('prompt').waitFor({ state: 'attached' });
    const after = await stored(page);
    assert.ok(!after.tab.includes(SECRET) && !after.device.includes(SECRET));
  } finally {
    await guest.page.context().close();
  }
});

scene('a link that another program made from the documentation opens too', () => ({
  allow: [world.aimock.origin],
  fragment: nodeSeals(lent({ limit: '5 dollars for all of us' }), 'Seven grey herons, 41 days'),
}), async ({ app }) => {
  const dialog = await unlock(app, 'seven grey herons, 41 days');
  await dialog.getByTestId('lent-facts').waitFor({ timeout: 20_000 });
  assert.match(await dialog.innerText(), /5 dollars for all of us/);
  await dialog.getByTestId('lent-take').click();
  await app.panes(1);
});

scene('opening such a link leaves what is on the page alone', () => ({
  allow: [world.aimock.origin],
  fragment: recipeLink({ prompt: 'Mine', panes: [{ provider: 'demo', model: 'demo-1000' }] }),
}), async ({ app }) => {
  await app.panes(1);
  await app.prompt('Typed since');
  await app.follow(nodeSeals(lent(), 'some passphrase'));
  await app.page.locator('dialog[data-testid=lent-key]').waitFor();
  await app.page.keyboard.press('Escape');
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'Typed since');
  assert.equal((await app.panes(1)).length, 1);
});

for (const [name, link, said] of [
  ['cut on its way', () => nodeSeals(lent(), 'x y z').slice(0, -9), /was cut when it was passed on: \d+ of \d+ characters/],
  ['changed on its way', () => nodeSeals(lent(), 'x y z').replace(/.{4}(?=.{20}$)/, (four) => (four === 'AAAA' ? 'BBBB' : 'AAAA')), /damaged/],
  ['of a later version', () => '#k=t-whatever_it_is', /newer version/],
  ['for another address of this page', () => nodeSeals(lent(), 'x y z', { about: 'touchstone key/1 https://elsewhere.example' }), /another address/],
  ['whose time is over', () => nodeSeals(lent({ expires: '2026-01-02T03:04:05Z' }), 'x y z'), /is over: it was lent until/],
  ['bound to another origin than it names', () => nodeSeals(lent({ origin: 'https://api.openai.com' }), 'x y z'), /bound to another address/],
  ['with something else in it', () => nodeSeals({ touchstone: 'recipe/1' }, 'x y z'), /is no key/],
  ['that would hang the page', () => nodeSeals(lent(), 'x y z', { claims: 20_000_000 }), /damaged/],
]) {
  scene(`a link ${name} says so, and the page works`, () => ({ fragment: link() }), async ({ app }) => {
    const dialog = await unlock(app, 'x y z');
    await problem(dialog, said);
    await app.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await app.page.getByTestId('start-demo').click();
    await app.panes(4);
  });
}

scene('a key of one’s own takes the place of a loan and is not taken away with it', () => ({
  allow: [world.aimock.origin],
  fragment: nodeSeals(lent({ model: 'gpt-4.1' }), 'x y z'),
}), async ({ app }) => {
  const dialog = await unlock(app, 'x y z');
  await dialog.getByTestId('lent-take').click({ timeout: 20_000 });
  await app.panes(1);
  const settings = await app.openSettings();
  await until(async () => /lent by Asha/.test(await settings.innerText()), { what: 'the loan to be named' });
  await settings.getByTestId('remove-key').click();
  await app.closeSettings();
  await app.key('openai-compatible', world.aimock.origin, 'sk-my-own-key-of-some-length');
  const again = await app.openSettings();
  assert.ok(!/lent by/.test(await again.innerText()));
});
