// The second part of the program (ADR 0014): when it is fetched, and what the page does
// while it is missing. Only a release build is split.

import assert from 'node:assert/strict';
import { brotliCompressSync } from 'node:zlib';
import { json, stream } from './harness/byte_server.mjs';
import { onePane } from './harness/one_pane.mjs';
import { stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';
import { anthropic, chat, gemini, responses } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

const KEYS = { openai: 'sk-test-openai-0001', anthropic: 'sk-ant-test-0001', gemini: 'AIzaTest0001' };
const LATER = /\/later-\w+\.wasm$/;
/** What may be fetched after the first paint before the person does anything. */
const UNASKED = 50_000;

/** Scene options under which the second part does not arrive until `line.cut` is false. */
function cutOff(options) {
  return (world) => {
    const line = { cut: true };
    const made = typeof options === 'function' ? options(world) : (options ?? {});
    const prepare = (page) => page.route(LATER, (route) => (line.cut ? route.abort() : route.continue()));
    return { ...made, prepare, hand: { ...made.hand, line } };
  };
}

/** The browser's own note on the cut line is wanted here. */
function forgive(app) {
  app.troubles = app.troubles.filter((trouble) => !/Failed to load resource/.test(trouble));
}

const laterRequests = (app) => app.requests.filter((request) => LATER.test(request.url()));
const failed = (app) => app.page.locator('[data-testid=later-failed]:visible');

async function tryAgain(app, line) {
  await failed(app).first().getByText('could not be loaded').waitFor();
  line.cut = false;
  await failed(app).first().getByTestId('later-again').click();
  await failed(app).first().waitFor({ state: 'hidden' });
  // It is there once the bar has what only it brings.
  await app.page.getByTestId('more-actions').waitFor();
}

// What opens a part, and what is seen of it.
const PARTS = {
  picker: { open: (page) => page.getByTestId('add-pane').click(), seen: '[data-testid=picker-use]' },
  settings: { open: (page) => page.getByTestId('settings').first().click(), seen: '[data-testid=settings] h3' },
  shortcuts: { open: (page) => page.keyboard.press('?'), seen: '[data-testid=shortcuts] kbd' },
  'shared parameters': { open: (page) => page.getByTestId('toggle-params').click(), seen: '[data-testid=param-temperature]' },
  'local servers': { open: (page) => page.getByTestId('find-local').click(), seen: '[data-testid=local-quiet]' },
};

scene('without an action nothing but the first load is fetched', {}, async ({ app }) => {
  await app.page.waitForLoadState('networkidle');
  const page = await app.page.content();
  const more = app.requests.filter((request) => !page.includes(new URL(request.url()).pathname.split('/').at(-1)));
  const bodies = await Promise.all(more.map(async (request) => (await request.response()).body()));
  const sizes = bodies.map((body) => brotliCompressSync(body).length);
  const sum = sizes.reduce((all, size) => all + size, 0);
  assert.ok(sum <= UNASKED, `${sum} bytes more: ${more.map((request) => request.url())}`);
  assert.deepEqual(laterRequests(app), []);
});

scene('the first action fetches the second part, once', {}, async ({ app }) => {
  await app.page.keyboard.press('Tab');
  await until(() => laterRequests(app).length === 1, { what: 'the second part to be fetched' });
  await app.page.getByTestId('add-pane').click();
  await app.page.locator(PARTS.picker.seen).waitFor();
  assert.equal(laterRequests(app).length, 1);
});

for (const [name, { open, seen }] of Object.entries(PARTS)) {
  scene(`${name}: says so when it does not arrive, and comes on another try`, cutOff(), async ({ app, line }) => {
    if (name === 'local servers') await app.page.route(/:(11434|8080|1234)\//, (route) => route.abort());
    await open(app.page);
    await tryAgain(app, line);
    await app.page.locator(seen).first().waitFor();
    // The servers of this machine may be asked here.
    app.requests = app.requests.filter((request) => new URL(request.url()).origin === app.origin);
    forgive(app);
  });
}

for (const [width, height] of [[1440, 900], [1024, 768]]) {
  scene(`the panes stay where they are when the second part comes, at ${width} pixels`, () => {
    const line = gate();
    const prepare = (page) =>
      page.route(LATER, async (route) => {
        await line.opened;
        await route.continue();
      });
    return { context: { viewport: { width, height } }, prepare, hand: { line } };
  }, async ({ app, line }) => {
    await app.page.getByTestId('start-demo').click();
    const [pane] = await app.panes(4);
    await until(async () => (await pane.answer()).length > 0, { what: 'an answer to begin' });
    const top = () => app.page.getByTestId('panes').evaluate((panes) => panes.getBoundingClientRect().top);
    const before = await top();
    line.open();
    await app.page.locator('[data-testid=scoreboard] tbody tr').nth(3).waitFor();
    await app.settled();
    assert.ok(Math.abs((await top()) - before) < 1.5, `from ${before} to ${await top()}`);
  });
}

/** The routes that the first page offers, with what each replies. */
const OWN = {
  openai: ['api.openai.com', responses],
  anthropic: ['api.anthropic.com', anthropic],
  gemini: ['generativelanguage.googleapis.com', gemini],
};

/** Scene options: a first visit without the second part, and what a route replies. */
const ownKey = (id, reply) =>
  cutOff(({ internet }) => {
    const [host] = OWN[id];
    // Two panes ask, and one of them once more.
    for (let at = 0; at < 3; at += 1) internet.host(host).reply(reply);
    return { allow: [`https://${host}`] };
  });

/** From the start to a run, with a key and the first part alone. Returns the first pane. */
async function runWithKey(app, id) {
  await app.page.locator(`[data-testid=start-provider][data-provider=${id}]`).click();
  await app.page.locator(`input[data-key-for=${id}]`).fill(KEYS[id]);
  await app.page.getByTestId('save-key').click();
  const [pane] = await app.panes(2);
  await app.page.getByTestId('prompt').fill('Go.');
  await app.run();
  return pane;
}

for (const [id, [, wire]] of Object.entries(OWN)) {
  scene(`${id}: a run needs nothing of the second part, and is drawn once that came`, ownKey(id, stream(wire.whole('some **bold** words'))), async ({ app, line }) => {
    const pane = await runWithKey(app, id);
    await pane.reaches('done');
    assert.equal(await pane.answer(), 'some **bold** words');
    assert.equal(await pane.finish(), 'stop');
    const { ttft_ms: first, total_ms: total, output_tokens: tokens } = await pane.metrics();
    assert.ok(first.value > 0 && total.value >= first.value);
    assert.equal(tokens.source, 'reported');
    assert.ok(!(await app.page.getByTestId('more-actions').isVisible()), 'the second part is still missing');
    await tryAgain(app, line);
    await pane.root.locator('[data-testid=answer] strong').getByText('bold').waitFor();
    forgive(app);
  });
}

scene('a failure has its kind at once, and what to do about it once the second part came', ownKey('openai', json(401, { error: { message: 'no' } })), async ({ app, line }) => {
  const pane = await runWithKey(app, 'openai');
  await pane.fails('auth');
  await tryAgain(app, line);
  await pane.root.locator('[data-testid=error][data-kind=auth]').getByTestId('test-connection').waitFor();
  await pane.retry();
  await pane.fails('auth');
  forgive(app);
});

scene('the demo runs with what a visit has fetched by itself', cutOff(), async ({ app }) => {
  await app.page.getByTestId('start-demo').click();
  const panes = await app.panes(4);
  assert.deepEqual(await app.settled(), ['done', 'done', 'done', 'done']);
  assert.match(await panes[0].answer(), /simulated/);
  forgive(app);
});

scene('a link says so when it cannot be read yet, and is read on another try', (world) => ({ ...cutOff(onePane(stream(chat.whole('Hello.'))))(world), waits: true }), async ({ app, line }) => {
  assert.equal(await app.page.getByTestId('start-demo').count(), 0);
  await app.page.getByTestId('prompt').fill('typed meanwhile');
  await tryAgain(app, line);
  // What was typed is not lost to the link.
  await app.page.getByTestId('replace-yes').click();
  await app.panes(1);
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'Go.');
  forgive(app);
});

scene('what is typed while the second part is missing survives a reload', cutOff(), async ({ app, line }) => {
  await app.page.getByTestId('prompt').fill('half a question');
  await app.system('Be kind');
  await app.page.reload();
  await app.ready();
  assert.equal(await app.page.getByTestId('system').inputValue(), 'Be kind');
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'half a question');
  line.cut = false;
  forgive(app);
});

scene('start-device: says so when the second part does not arrive, and runs on another try', cutOff(), async ({ app, line }) => {
  await app.page.getByTestId('start-device').click();
  await tryAgain(app, line);
  await app.page.getByTestId('start-device').click();
  await app.page.locator('[data-testid=device-missing], [data-testid=pane]').first().waitFor();
  app.requests = app.requests.filter((request) => new URL(request.url()).origin === app.origin);
  forgive(app);
});
