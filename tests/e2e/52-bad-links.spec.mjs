// Links that are broken, hostile or far too large: each says in plain words what is wrong,
// the page goes on working, and nothing that is on it is lost.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { stream } from './harness/byte_server.mjs';
import { MARKUP } from './harness/hostile.mjs';
import { onePane } from './harness/one_pane.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

const at = (app, id) => app.page.getByTestId(id);
const golden = (name) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/links/v1/${name}.txt`, import.meta.url)), 'utf8').trim();

/** A count of docs/link-format.md. */
function count(value) {
  const bytes = [];
  for (let rest = value; ; rest >>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
}

/** A text whose length and checksum are right, whatever its payload is. */
function text(payload) {
  const length = count(payload.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(Buffer.concat([length, payload])));
  return `1${Buffer.concat([length, checksum, payload]).toString('base64url')}`;
}

/** Bytes that look like chance and are the same every time. */
function noise(length) {
  let state = 1;
  return Buffer.from(Array.from({ length }, () => (state = (state * 48_271) % 2_147_483_647) & 255));
}

/** A text that claims `size` bytes of JSON and has `body` for them. */
const claims = (size, body) => text(Buffer.concat([count(size), body]));

const whole = golden('recipe-support');
const half = whole.slice(0, whole.length >> 1);
const missing = whole.length - half.length;
const other = whole[40] === 'A' ? 'B' : 'A';
const packedWith = (name) => `#c=${golden(name)}`;
const twice = (text) => encodeURIComponent(encodeURIComponent(text));
const recipe = (document) => `#recipe=${encodeURIComponent(JSON.stringify({ touchstone: 'recipe/1', ...document }))}`;

const BAD = {
  'a link that was cut': [`#c=${half}`, new RegExp(`cut short: ${missing} of its ${whole.length} characters are missing`)],
  'a link of which hardly anything is left': ['#c=1', /cut short after 1 characters/],
  'a link with another letter in it': [`#c=${whole.slice(0, 40)}${other}${whole.slice(41)}`, /changed on the way/],
  'a link with a sign that does not belong': [`#c=${whole.slice(0, 40)}*${whole.slice(40)}`, /“\*”, which does not belong/],
  'a recipe that was encoded twice and cut': [`#recipe%3D${twice('{"touchstone": "recipe/1", "pan')}`, /ends too early/],
  'a link of a later version': [`#c=2${whole.slice(1)}`, /newer version of Touchstone made this link/],
  'a document of a later version': ['#recipe=%7B%22touchstone%22%3A%22recipe%2F9%22%7D', /recipe\/9/],
  'a decompression bomb': [`#c=${claims(15_000_000, noise(10))}`, /claims to hold 15\.0 MB, far more than so short a link ever does/],
  'more than is ever unpacked': [`#c=${claims(17_000_000, noise(70_000))}`, /larger than 16\.7 MB/],
  'an over-long link that is noise': [`#c=${claims(17_000_000, noise(1_400_000))}`, /larger than 16\.7 MB/],
  'an over-long link that was cut': [`#c=${claims(1_000, noise(1_499_000)).slice(0, 1_900_000)}`, /cut short: \d+ of its \d+ characters are missing/],
  'an over-long recipe that is none': [`#recipe=${'%5B'.repeat(600_000)}`, /recipe/i],
  'noise with a right checksum': [`#c=${claims(2_000, noise(1_000))}`, /no document of Touchstone|cannot be read/],
  'a document that is nothing': [packedWith('odd-null'), /no document of Touchstone/],
  'a document of another tool': [packedWith('odd-empty-object'), /no document of Touchstone/],
  'a text of the wrong type': [recipe({ system: 5 }), /system: expected text/],
  'a list of the wrong type': [recipe({ panes: 'all' }), /panes: expected/],
  'a model of the wrong type': [recipe({ panes: [{ provider: 'openai', model: {} }] }), /panes\[0\]\.model: expected text/],
};

/** Scene options: a page that was filled in by a link, on one lane. */
const page = onePane(stream(chat.whole('The answer.')));

/** The page as `page` made it, with a run and with words that were not sent. */
async function work(app) {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.run();
  await pane.reaches('done');
  await app.prompt('Not sent yet.');
  return pane;
}

for (const [name, [fragment, said]] of Object.entries(BAD)) {
  scene(`${name}: says so, and what is on the page stays`, page, async ({ app }) => {
    const pane = await work(app);
    await app.follow(fragment);
    // There is work on the page: it asks before it even looks.
    await at(app, 'replace-yes').click();
    await app.tells(said);
    assert.equal(await at(app, 'prompt').inputValue(), 'Not sent yet.');
    assert.equal((await pane.answer()).trim(), 'The answer.');
    assert.equal(await pane.phase(), 'done');
    // And the page works: a right link opens.
    await app.follow(packedWith('recipe-haiku'));
    await at(app, 'replace-yes').click();
    await until(async () => (await at(app, 'title').inputValue()) === 'Haiku duel', { what: 'the right link' });
  });
}

scene('a recipe that was encoded twice opens', {
  fragment: `#recipe%3D${twice('{"touchstone": "recipe/1", "title": "100 % twice"}')}`,
}, async ({ app }) => {
  await until(async () => (await at(app, 'title').inputValue()) === '100 % twice', { what: 'the title' });
});

scene('a bad link on a fresh page says so, and the page can be used', {
  fragment: `#c=${half}`,
}, async ({ app }) => {
  await app.tells(new RegExp(`${missing} of its ${whole.length} characters are missing`));
  await at(app, 'start-demo').click();
  const [pane] = await app.panes(4);
  await pane.reaches('done');
});

/** Nearly as long as a link can be, and noise to the end: it takes a while to find that out. */
const SLOW = `#c=${claims(1_500_000, noise(1_450_000))}`;

/** Does in the page, once the bar has moved, what `act` says: it may be gone before a test can look. */
const onceItMoves = (app, act) =>
  app.page.evaluate(
    ([act, argument]) => {
      window.__moved = 0;
      const look = () => {
        const bar = document.querySelector('[data-testid=incoming-progress] progress');
        // Timers, as those of the unpacking: frames may starve.
        if (!bar?.value) return setTimeout(look, 0);
        window.__moved = bar.value;
        if (act === 'click') document.querySelector(argument).click();
        else location.hash = argument;
      };
      look();
    },
    act,
  );

scene('a large link shows how far it is, and can be given up', page, async ({ app, lane }) => {
  const pane = await work(app);
  await onceItMoves(app, ['click', '[data-testid=incoming-cancel]']);
  await app.follow(SLOW);
  await at(app, 'replace-yes').click();
  await until(() => app.page.evaluate(() => window.__moved > 0), { what: 'the bar to move' });
  await at(app, 'incoming').waitFor({ state: 'hidden' });
  assert.doesNotMatch(await app.told(), /cannot be read|no document/, 'it was given up before its end');
  assert.equal(await at(app, 'prompt').inputValue(), 'Not sent yet.');
  assert.equal((await pane.answer()).trim(), 'The answer.');
  await app.run();
  await until(() => lane.posts.length === 2, { what: 'the next turn' });
});

scene('a large link that is noise says so at its end, and the page stays', page, async ({ app }) => {
  await app.panes(1);
  await app.follow(SLOW);
  await app.tells(/no document of Touchstone|cannot be read/, { timeout: 60_000 });
  await at(app, 'incoming').waitFor({ state: 'hidden' });
  assert.equal(await at(app, 'prompt').inputValue(), 'Go.');
});

scene('another link ends the unpacking of a large one', page, async ({ app }) => {
  await app.panes(1);
  await onceItMoves(app, ['follow', packedWith('recipe-haiku')]);
  await app.follow(SLOW);
  await until(async () => (await at(app, 'title').inputValue()) === 'Haiku duel', { what: 'the other link' });
  await at(app, 'incoming').waitFor({ state: 'hidden' });
  assert.doesNotMatch(await app.told(), /cannot be read|no document/);
});

scene('hostile words in a packed link are text', {
  fragment: recipeLink({ title: MARKUP.join(' '), prompt: MARKUP.join('\n'), panes: [{ provider: 'demo', model: 'demo-fast' }] }),
}, async ({ app }) => {
  await app.panes(1);
  await at(app, 'share').click();
  await until(async () => (await at(app, 'share-link').inputValue()) !== '', { what: 'the link' });
  const address = await at(app, 'share-link').inputValue();
  await app.page.goto('about:blank');
  await app.page.addInitScript(() => {
    window.__pwned = [];
    window.pwned = (...args) => window.__pwned.push(String(args));
  });
  await app.goto(address);
  await app.panes(1);
  assert.equal(await at(app, 'prompt').inputValue(), MARKUP.join('\n'));
  assert.deepEqual(await app.page.evaluate(() => window.__pwned), []);
  assert.equal(await app.page.locator('#app script, #app iframe, #app object').count(), 0);
});
