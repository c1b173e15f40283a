// A key that a host lends: made, opened elsewhere, used, and in no other link,
// file or storage. The cipher is checked against node's.

import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync, randomBytes } from 'node:crypto';
import { findings } from './harness/axe.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { openApp, stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const SECRET = 'sk-workshop-6021-capped-at-five-dollars';
const { world, scene } = stage({ aimock: [{ match: { userMessage: 'Hello' }, response: { content: 'Hello from the gateway.' } }] });

/** The site where a link is opened, as the cipher is told. */
const purpose = () => `touchstone key/1 ${new URL(world.site.url).origin}`;
const plain = (typed) => typed.replace(/[\s\-‐-―−]/g, '').toLowerCase();
const keyOf = (passphrase, salt, rounds) => pbkdf2Sync(plain(passphrase), salt, rounds, 32, 'sha256');
const check = (body) => createHash('sha256').update(body).digest().subarray(0, 3).toString('base64url');

/** Opens the text of a link with node's cryptography, from docs/workshops.md alone. */
function nodeOpens(text, passphrase) {
  const [version, rounds, salt, iv, sealed, told] = text.split('.');
  assert.equal(version, '1');
  assert.equal(check(text.slice(0, text.lastIndexOf('.'))), told);
  const bytes = Buffer.from(sealed, 'base64url');
  const key = keyOf(passphrase, Buffer.from(salt, 'base64url'), Number(rounds));
  const opener = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'));
  opener.setAAD(Buffer.from(purpose()));
  opener.setAuthTag(bytes.subarray(-16));
  return JSON.parse(Buffer.concat([opener.update(bytes.subarray(0, -16)), opener.final()]).toString());
}

/** Makes such a text with node's cryptography. */
function nodeSeals(document, passphrase, { rounds = 600_000, about = purpose() } = {}) {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const sealer = createCipheriv('aes-256-gcm', keyOf(passphrase, salt, rounds), iv);
  sealer.setAAD(Buffer.from(about));
  const sealed = Buffer.concat([sealer.update(JSON.stringify(document)), sealer.final(), sealer.getAuthTag()]);
  const body = ['1', rounds, ...[salt, iv, sealed].map((part) => part.toString('base64url'))].join('.');
  return `#k=${body}.${check(body)}`;
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
  assert.match(hash, /^#k=1\.\d{6,}\./);
  assert.ok(!link.includes(SECRET) && !link.includes(passphrase) && !link.includes(plain(passphrase)));
  const document = nodeOpens(hash.slice(3), passphrase);
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
  ['cut on its way', () => nodeSeals(lent(), 'x y z').slice(0, -9), /damaged or was cut/],
  ['of a later version', () => '#k=2.whatever.it.is', /newer version/],
  ['for another address of this page', () => nodeSeals(lent(), 'x y z', { about: 'touchstone key/1 https://elsewhere.example' }), /another address/],
  ['whose time is over', () => nodeSeals(lent({ expires: '2026-01-02T03:04:05Z' }), 'x y z'), /is over: it was lent until/],
  ['bound to another origin than it names', () => nodeSeals(lent({ origin: 'https://api.openai.com' }), 'x y z'), /bound to another address/],
  ['with something else in it', () => nodeSeals({ touchstone: 'recipe/1' }, 'x y z'), /is no key/],
  ['that would hang the page', () => nodeSeals(lent(), 'x y z', { rounds: 50_000 }), /damaged/],
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
