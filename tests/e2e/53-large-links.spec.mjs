// A result with a million chunks, and a link of more than a million characters: they open and
// are made in small steps, with a bar that moves, and whoever has enough gives them up.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { close, listen } from './harness/listen.mjs';
import { openApp, stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const MANY = 1_000_000;
const PATIENCE = { timeout: 80_000 };

/** A result whose one answer came in a million chunks. */
function million() {
  const file = new URL('../fixtures/links/v1/result-tides.json', import.meta.url);
  const document = JSON.parse(readFileSync(fileURLToPath(file), 'utf8'));
  const [run] = document.panes[0].turns[0].runs;
  const letters = run.answer.length;
  let state = 1;
  const pause = () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 600) / 10;
  };
  run.chunks = {
    blocks: ['text'],
    after_ms: Array.from({ length: MANY }, pause),
    block: Array(MANY).fill(0),
    chars: Array.from({ length: MANY }, (_, at) => (at < letters ? 1 : 0)),
  };
  document.panes.length = 1;
  document.recipe.panes.length = 1;
  return { answer: run.answer, body: JSON.stringify(document) };
}

const { scene } = stage({
  besides: {
    shelf: async () => {
      const { answer, body } = million();
      const server = http.createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' }).end(body);
      });
      const port = await listen(server);
      return { answer, origin: `http://127.0.0.1:${port}`, stop: () => close(server) };
    },
  },
});

const at = (app, id) => app.page.getByTestId(id);

/** Notes in the page, from now on, everything that a bar or a line says of how far it is. */
const watch = (page, selector) =>
  page.evaluate((selector) => {
    window.__seen = new Set();
    const look = () => {
      const part = document.querySelector(selector);
      const said = part && (part.localName === 'progress' ? part.value : /\d+ %/.exec(part.textContent)?.[0]);
      if (said) window.__seen.add(String(said));
      requestAnimationFrame(look);
    };
    look();
  }, selector);
const seen = (page) => page.evaluate(() => [...window.__seen]);

const source = ({ shelf }) => ({
  allow: [shelf.origin],
  fragment: `#src=${encodeURIComponent(`${shelf.origin}/million.json`)}`,
  hand: { shelf },
});

scene('a result with a million chunks is shared and opens again, with a bar that moves', source, async ({ app, world, shelf }) => {
  await at(app, 'incoming-fetch').click();
  await until(async () => (await at(app, 'pane').count()) === 1, { what: 'the result', ...PATIENCE });
  await at(app, 'share').click();
  await watch(app.page, '#share-reach');
  const field = at(app, 'share-link');
  await until(async () => (await field.inputValue()) !== '', { what: 'the link', ...PATIENCE });
  const steps = await seen(app.page);
  assert.ok(steps.length >= 3, `making it said ${steps}`);
  const address = await field.inputValue();
  assert.ok(address.length > 1_000_000 && address.length < 2_000_000, `${address.length}`);
  const other = await openApp(world, { url: world.site.url });
  try {
    await watch(other.page, '[data-testid=incoming-progress] progress');
    await other.follow(address.slice(address.indexOf('#')));
    await until(async () => (await at(other, 'pane').count()) === 1, { what: 'the link to open', ...PATIENCE });
    await at(other, 'incoming').waitFor({ state: 'hidden' });
    const far = await seen(other.page);
    assert.ok(far.length >= 3, `opening it said ${far}`);
    assert.equal(await other.pane().phase(), 'done');
    assert.equal((await other.pane().raw()).trim(), shelf.answer.trim());
    other.verify();
  } finally {
    await other.page.context().close();
  }
});

scene('a large link that is being made ends with the dialog, and another choice is made at once', source, async ({ app }) => {
  await at(app, 'incoming-fetch').click();
  await until(async () => (await at(app, 'pane').count()) === 1, { what: 'the result', ...PATIENCE });
  await at(app, 'share').click();
  const field = at(app, 'share-link');
  await until(async () => /\d+ %/.test(await app.page.locator('#share-reach').textContent()), { what: 'the first steps', ...PATIENCE });
  await at(app, 'share-recipe').check({ force: true });
  const isShort = (length) => length > 0 && length < 20_000;
  await until(async () => isShort((await field.inputValue()).length), { what: 'the short link', ...PATIENCE });
  await at(app, 'share-result').check({ force: true });
  await until(async () => (await field.inputValue()) === '', { what: 'the long one to begin', ...PATIENCE });
  await app.page.keyboard.press('Escape');
  await app.page.locator('dialog[data-testid=share-dialog]').waitFor({ state: 'hidden' });
  await app.prompt('The page goes on.');
  assert.equal(await at(app, 'prompt').inputValue(), 'The page goes on.');
});
