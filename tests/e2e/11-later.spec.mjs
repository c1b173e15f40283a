// The second part of the program (ADR 0014): when it is fetched, and what the page does
// while it is missing. Only a release build is split.

import assert from 'node:assert/strict';
import { brotliCompressSync } from 'node:zlib';
import { json, stream } from './harness/byte_server.mjs';
import { onePane } from './harness/one_pane.mjs';
import { stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';
import { chat, responses } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

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

/** Scene options: a first visit without the second part, and what OpenAI replies. */
const ownKey = (reply) =>
  cutOff(({ internet }) => {
    internet.host('api.openai.com').reply(reply);
    internet.host('api.openai.com').reply(reply);
    return { allow: ['https://api.openai.com'] };
  });

/** From the start to a run, with a key and the first part alone. Returns the first pane. */
async function runWithKey(app) {
  await app.page.locator('[data-testid=start-provider][data-provider=openai]').click();
  await app.page.locator('input[data-key-for=openai]').fill('sk-test-openai-0001');
  await app.page.getByTestId('save-key').click();
  const [pane] = await app.panes(2);
  await app.page.getByTestId('prompt').fill('Go.');
  await app.run();
  return pane;
}

scene('a run that needs the missing part says so, and a retry is drawn once it came', ownKey(stream(responses.whole('some **bold** words'))), async ({ app, line }) => {
  const pane = await runWithKey(app);
  assert.match(await pane.fails('bad_request'), /could not be loaded/);
  await tryAgain(app, line);
  await pane.retry();
  await pane.reaches('done');
  await pane.root.locator('[data-testid=answer] strong').getByText('bold').waitFor();
  forgive(app);
});

/** The same, but the second part only takes its time, until `late` opens. */
const ownKeyLate = ({ internet }) => {
  const late = gate();
  const host = internet.host('api.openai.com').reply(stream(responses.whole('some **bold** words')));
  const prepare = (page) => page.route(LATER, (route) => late.opened.then(() => route.continue()));
  return { allow: ['https://api.openai.com'], prepare, hand: { late, host } };
};

scene('a run that waits for the second part is queued with the click, and sent once it came', ownKeyLate, async ({ app, late, host }) => {
  const pane = await runWithKey(app);
  assert.equal(await pane.phase(), 'queued');
  assert.equal(await app.pane(1).phase(), 'queued');
  assert.equal(host.posts.length, 0);
  // A second click asks nothing a second time.
  await app.run();
  late.open();
  await pane.reaches('done');
  await app.settled();
  assert.equal(host.posts.length, 2, 'one request for each pane');
});

scene('a run that waits for the second part can be stopped, and runs on another click', ownKeyLate, async ({ app, late, host }) => {
  const pane = await runWithKey(app);
  assert.equal(await pane.phase(), 'queued');
  await app.stop();
  assert.equal(await pane.phase(), 'idle');
  late.open();
  await app.page.getByTestId('more-actions').waitFor();
  assert.equal(await pane.phase(), 'idle');
  assert.equal(host.posts.length, 0);
  await app.run();
  await pane.reaches('done');
});

scene('a retry after the missing part came tells the failure of the provider', ownKey(json(401, { error: { message: 'no' } })), async ({ app, line }) => {
  const pane = await runWithKey(app);
  await pane.fails('bad_request');
  await tryAgain(app, line);
  await pane.retry();
  // The failure before it stays in sight until the new run begins.
  await pane.root.locator('[data-testid=error][data-kind=auth]').waitFor();
  await pane.fails('auth');
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

for (const card of ['start-demo', 'start-device']) {
  scene(`${card}: says so when the second part does not arrive, and runs on another try`, cutOff(), async ({ app, line }) => {
    await app.page.getByTestId(card).click();
    await tryAgain(app, line);
    await app.page.getByTestId(card).click();
    if (card === 'start-demo') {
      const [pane] = await app.panes(4);
      await pane.reaches('done');
    } else {
      await app.page.locator('[data-testid=device-missing], [data-testid=pane]').first().waitFor();
    }
    app.requests = app.requests.filter((request) => new URL(request.url()).origin === app.origin);
    forgive(app);
  });
}
