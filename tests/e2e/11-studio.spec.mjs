// The third part of the program (ADR 0024): what is done with comparisons, but for running
// them. When it is fetched, what goes without it, and what the page says while it is
// missing. Only a release build is split.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { stream } from './harness/byte_server.mjs';
import { go, onePane } from './harness/one_pane.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

const STUDIO = /\/studio-\w+\.wasm$/;

/** Scene options under which the third part does not arrive until `line.cut` is false. */
function cutOff(options = {}) {
  return (world) => {
    const line = { cut: true };
    const made = typeof options === 'function' ? options(world) : options;
    const prepare = (page) => page.route(STUDIO, (route) => (line.cut ? route.abort() : route.continue()));
    return { ...made, prepare, hand: { ...made.hand, line } };
  };
}

/** The browser's own note on the cut line is wanted here. */
function forgive(app) {
  app.troubles = app.troubles.filter((trouble) => !/Failed to load resource/.test(trouble));
}

const asked = (app) => app.requests.filter((request) => STUDIO.test(request.url())).length;
const failed = (app) => app.page.locator('[data-testid=later-failed]:visible');
const coming = (app) => app.page.getByTestId('studio-loading');

async function tryAgain(app, line) {
  await failed(app).first().getByText('could not be loaded').waitFor();
  line.cut = false;
  await failed(app).first().getByTestId('later-again').click();
  await failed(app).first().waitFor({ state: 'hidden' });
}

/** A comparison without a link: a link alone would fetch everything. */
async function demo(app) {
  await app.page.getByTestId('start-demo').click();
  const panes = await app.panes(4);
  // It may have ended before a slow machine looks.
  await until(async () => /^(answering|done)$/.test(await panes[0].phase()), { what: 'the demo to answer' });
  // What stands there is enough.
  await app.page.keyboard.press('Escape');
  for (const pane of panes) await until(async () => /^(done|stopped|failed)$/.test(await pane.phase()), { what: 'every pane to end' });
  // The browser is idle now, and fetches the third part once: what comes next does so anew.
  await until(() => asked(app) > 0, { what: 'the third part to be asked for' });
  return panes;
}

scene('the third part comes once, when nothing runs any more', {}, async ({ app }) => {
  // One press and no more: between a pointer's down and up the page is idle, and may fetch it.
  await app.page.getByTestId('start-demo').evaluate((button) => button.click());
  const panes = await app.panes(4);
  await until(async () => /^(answering|done)$/.test(await panes[0].phase()), { what: 'the demo to answer' });
  const early = asked(app);
  const phases = await Promise.all(panes.map((pane) => pane.phase()));
  assert.ok(early === 0 || phases.every((phase) => /^(done|failed)$/.test(phase)), `not while something runs: ${phases}`);
  for (const pane of panes) await pane.reaches('done');
  await until(() => asked(app) === 1, { what: 'the third part to be fetched' });
  await app.action('share');
  await app.page.getByTestId('share-dialog').waitFor();
  assert.equal(asked(app), 1);
});

scene('a comparison is run, drawn and priced without the third part', cutOff(), async ({ app }) => {
  const [pane] = await demo(app);
  await pane.root.getByTestId('answer').locator('p').first().waitFor();
  await app.page.getByTestId('scoreboard').waitFor();
  assert.equal(await failed(app).count(), 0);
  forgive(app);
});

// What begins something of it, and what is seen of that.
const WAYS = {
  share: { begin: (app) => app.action('share'), seen: '[data-testid=share-dialog]' },
  exports: { begin: (app) => app.action('export'), seen: '[data-testid=exports]' },
  history: { begin: (app) => app.action('history-button'), seen: '[data-testid=history]' },
  imports: { begin: (app) => app.action('import'), seen: '[data-testid=imports]' },
  drift: { begin: (app) => app.action('open-drift'), seen: '[data-testid=drift]' },
  ballots: { begin: (app) => app.action('ballots'), seen: '[data-testid=ballots-dialog]' },
  'the blind vote': { begin: (app) => app.action('blind-vote'), seen: '[data-testid=blind]' },
  'the list of prompts': { begin: (app) => app.action('prompt-list-open'), seen: '[data-testid=prompt-list]' },
  replay: { begin: (app) => app.action('replay'), seen: '[data-testid=replay-badge]' },
  'the present mode': { begin: (app) => app.action('present-begin'), seen: '[data-testid=present]' },
  'the present mode by its key': { begin: (app) => app.page.keyboard.press('w'), seen: '[data-testid=present]' },
  'the replay by its key': { begin: (app) => app.page.keyboard.press('k'), seen: '[data-testid=replay-badge]' },
  'the pinned reference by its key': { begin: (app) => app.page.keyboard.press('p'), seen: '[data-testid=reference]' },
  'the pinned reference': { begin: (app) => app.pane().menu('pane-pin'), seen: '[data-testid=reference]' },
};

for (const [name, { begin, seen }] of Object.entries(WAYS)) {
  scene(`${name}: says that it does not arrive, and goes on by itself on another try`, cutOff(), async ({ app, line }) => {
    await demo(app);
    await app.page.locator('[data-testid=prompt]').blur();
    await begin(app);
    await coming(app).waitFor();
    await tryAgain(app, line);
    await coming(app).waitFor({ state: 'hidden' });
    await app.page.locator(seen).first().waitFor();
    forgive(app);
  });
}

for (const colorScheme of ['light', 'dark']) {
  scene(`what is on its way, and what did not arrive, has no flaw that axe finds, ${colorScheme}`, cutOff({ context: { colorScheme } }), async ({ app, line }) => {
    await demo(app);
    await WAYS.share.begin(app);
    await failed(app).first().waitFor();
    assert.deepEqual(await findings(app.page), []);
    await tryAgain(app, line);
    forgive(app);
  });
}

// These open a dialog of their own at once, and wait in there.
const DIALOGS = {
  settings: { begin: (app) => app.page.locator('button[data-testid=settings]').click(), seen: '[data-testid=settings] h3' },
  'what was sent': { begin: (app) => app.pane().menu('pane-sent'), seen: '[data-testid=sent-body]' },
};

for (const [name, { begin, seen }] of Object.entries(DIALOGS)) {
  scene(`${name}: the dialog says that its content does not arrive, and has it on another try`, cutOff(), async ({ app, line }) => {
    await demo(app);
    await begin(app);
    await tryAgain(app, line);
    await app.page.locator(seen).first().waitFor();
    forgive(app);
  });
}

scene('a recording says that it does not arrive, and plays on another try', cutOff(), async ({ app, line }) => {
  await app.page.getByTestId('start-race').click();
  await coming(app).waitFor();
  await tryAgain(app, line);
  await app.page.getByTestId('replay-badge').first().waitFor();
  forgive(app);
});

scene('what is closed while it comes does not open later', cutOff(), async ({ app, line }) => {
  await demo(app);
  await app.action('share');
  await failed(app).first().waitFor();
  await app.page.keyboard.press('Escape');
  await coming(app).waitFor({ state: 'hidden' });
  line.cut = false;
  await app.action('history-button');
  await app.page.getByTestId('history').waitFor();
  await app.page.keyboard.press('Escape');
  await app.page.getByTestId('history').waitFor({ state: 'hidden' });
  assert.equal(await app.page.getByTestId('share-dialog').count(), 0);
  forgive(app);
});

scene('what ran before the third part came is kept in the history', cutOff(), async ({ app, line }) => {
  await demo(app);
  await app.action('history-button');
  await tryAgain(app, line);
  await app.page.getByTestId('history-entry').first().waitFor();
  forgive(app);
});

scene('a link fetches it at once, beside the second part', onePane(stream(chat.whole('Hello.'))), async ({ app }) => {
  await app.panes(1);
  const places = ['later', 'studio'].map((name) => app.requests.findIndex((request) => request.url().includes(`/${name}-`)));
  assert.ok(places.every((place) => place >= 0), places.join());
  const [, studio] = places.map((place) => app.requests[place]);
  // It is asked for before the second part is there.
  const later = app.requests.find((request) => /\/later-\w+\.wasm$/.test(request.url()));
  await until(() => studio.timing().startTime > 0 && later.timing().responseEnd > 0, { what: 'the timings' });
  assert.ok(studio.timing().startTime < later.timing().startTime + later.timing().responseEnd);
  await go(app);
  await app.pane().reaches('done');
});

scene('a link that cannot be read yet says so, is read on another try, and loses nothing typed', (world) => ({ ...cutOff(onePane(stream(chat.whole('Hello.'))))(world), waits: true }), async ({ app, line }) => {
  await failed(app).first().waitFor();
  await app.page.getByTestId('prompt').fill('typed meanwhile');
  await tryAgain(app, line);
  await app.page.getByTestId('replace-yes').click();
  await app.panes(1);
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'Go.');
  forgive(app);
});

scene('a link that is followed while it is missing waits for it', cutOff(({ bytes }) => {
  const lane = bytes.lane().reply(stream(chat.whole('Hello.')));
  return { allow: [bytes.origin], hand: { link: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }) } };
}), async ({ app, line, link }) => {
  await app.page.keyboard.press('Shift');
  await app.page.getByTestId('more-actions').waitFor();
  await app.follow(link);
  await coming(app).waitFor();
  await tryAgain(app, line);
  await app.panes(1);
  forgive(app);
});

scene('a draft survives two reloads without the third part', cutOff(), async ({ app, line }) => {
  await app.page.getByTestId('prompt').fill('half a question');
  await app.page.getByTestId('more-actions').waitFor();
  await app.page.reload();
  await app.page.getByTestId('opening').waitFor();
  await failed(app).first().waitFor();
  await app.page.getByTestId('prompt').fill('and more');
  await app.page.reload();
  await app.page.getByTestId('opening').waitFor();
  await tryAgain(app, line);
  await app.page.getByTestId('opening').waitFor({ state: 'hidden' });
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'half a question\nand more');
  forgive(app);
});

scene('a dropped document that cannot be looked at yet is attached, and that is said', cutOff(), async ({ app }) => {
  await app.page.keyboard.press('Shift');
  await app.page.getByTestId('more-actions').waitFor();
  await app.page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['{"touchstone":"recipe/1"}'], 'recipe.json', { type: 'application/json' }));
    for (const name of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  });
  await app.page.getByText('could not be loaded').first().waitFor();
  await app.page.getByText('recipe.json').first().waitFor();
  forgive(app);
});
