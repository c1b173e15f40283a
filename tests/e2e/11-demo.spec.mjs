// Comparisons without a key: the first page, and the simulated models, which go
// the way of all runs but never leave the page.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { violations } from './harness/schema.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const { scene } = stage({});

const demo = (model, rest = {}) => ({ provider: 'demo', model, ...rest });
const demos = (...models) => ({
  fragment: recipeLink({ prompt: 'How do I read this page?', panes: models.map((one) => demo(one)) }),
});

/** Which requests went further than the page's own files. */
const outside = (app) => app.sent().map((request) => request.url());

scene('one click on the first page runs four simulated models', () => ({}), async ({ app }) => {
  await app.page.getByTestId('start-demo').click();
  const panes = await app.panes(4);
  assert.deepEqual(await app.settled(), ['done', 'done', 'done', 'done']);
  for (const pane of panes) {
    assert.equal(await pane.mark('provider'), 'demo');
    assert.equal(await pane.mark('host'), 'in-page');
    assert.match(await pane.answer(), /^This is a simulated answer/);
  }
  const [fast, steady, thinking, cut] = await Promise.all(panes.map((pane) => pane.metrics()));
  for (const figures of [fast, steady, thinking, cut]) {
    assert.equal(figures.output_tokens?.source, 'reported', Object.keys(figures).join());
    assert.ok(figures.ttft_ms.value > 0 && figures.total_ms.value >= figures.ttft_ms.value);
  }
  // The speeds themselves are tested where no machine is too busy: core::demo.
  assert.ok(thinking.reasoning_tokens?.value > 10, Object.keys(thinking).join());
  assert.ok(thinking.ttfa_ms.value >= thinking.ttft_ms.value);
  assert.ok(!('reasoning_tokens' in fast), 'what was not there is not shown as 0');
  assert.match(await panes[2].thinking(), /simulated/);
  assert.equal(await panes[3].finish(), 'length');
  assert.deepEqual(outside(app), []);
});

scene('on a phone the ways without a key are in sight', () => ({
  context: { viewport: { width: 390, height: 844 } },
}), async ({ app }) => {
  const composer = await app.page.locator('.composer').boundingBox();
  for (const way of ['start-race', 'start-demo', 'start-device']) {
    const box = await app.page.getByTestId(way).boundingBox();
    assert.ok(box.y + box.height <= composer.y, `${way} ends at ${box.y + box.height} of ${composer.y}`);
  }
});

scene('on a phone the figures of all panes open on a tap, with the names in sight', () => ({
  ...demos('demo-fast', 'demo-cut'),
  context: { viewport: { width: 390, height: 844 } },
}), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  const board = app.page.getByTestId('scoreboard');
  assert.equal(await board.locator('table').count(), 0, 'it leaves the place to the answers');
  await board.getByRole('button').first().click();
  const scroll = board.locator('.score-scroll');
  await scroll.locator('tbody tr').nth(1).waitFor();
  await scroll.evaluate((box) => box.scrollTo(box.scrollWidth, 0));
  for (const cell of ['tbody th', 'tbody td:last-child']) {
    const box = await scroll.locator(cell).first().boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 391, `${cell} is in view at ${box.x}`);
  }
});

scene('what is simulated is labelled wherever it appears', () => demos('demo-fast', 'demo-cut'), async ({ app }) => {
  const [pane] = await app.panes(2);
  await app.run();
  await app.settled();
  assert.equal(await pane.root.getByTestId('simulated').innerText(), 'simulated');
  const rows = app.page.getByTestId('scoreboard').locator('tbody tr');
  for (let at = 0; at < 2; at += 1) assert.match(await rows.nth(at).innerText(), /simulated/);
  assert.match(await app.page.getByTestId('status').textContent(), /simulated/);
  const { document } = await app.exported();
  const schema = await app.page.evaluate(async () =>
    Promise.all(['result-1', 'recipe-1'].map(async (name) => (await fetch(`schema/${name}.json`)).json())),
  );
  assert.deepEqual(violations(schema[0], document, { 'recipe-1.json': schema[1] }), []);
  for (const one of document.panes) assert.equal(one.turns[0].runs[0].simulated, true);
  await pane.root.getByTestId('pick-model').click();
  const option = app.page.locator('[data-testid=picker-option][data-model="demo-steady"]:visible');
  assert.match(await option.innerText(), /simulated/);
  await app.page.keyboard.press('Escape');
  await app.page.setViewportSize({ width: 390, height: 844 });
  const tabs = app.page.locator('.tabs button');
  for (let at = 0; at < 2; at += 1) assert.match(await tabs.nth(at).innerText(), /simulated/);
  const tooWide = await app.page.evaluate(() => {
    const bar = document.querySelector('.bar');
    return bar.scrollWidth - bar.clientWidth;
  });
  assert.ok(tooWide <= 0, 'the bar fits a phone');
});

scene('simulated models fail, refuse and break off on request', () => demos(
  'demo-busy', 'demo-error-400', 'demo-dropped-400', 'demo-refusal', 'demo-nonsense',
), async ({ app }) => {
  const [busy, error, dropped, refusal, nonsense] = await app.panes(5);
  await app.run();
  await busy.fails('rate_limited');
  assert.match(await busy.root.innerText(), /wait: \d+ s left/);
  await error.fails('server');
  assert.match(await error.answer(), /simulated/);
  await dropped.fails('truncated');
  assert.match(await dropped.answer(), /simulated/);
  await refusal.reaches('done');
  assert.equal(await refusal.finish(), 'refusal');
  assert.match(await nonsense.fails('not_found'), /demo-fast/);
  assert.deepEqual(outside(app), []);
});

scene('a simulated model heeds the token limit and stops at once when stopped', () => ({
  fragment: recipeLink({
    prompt: 'Compare them.',
    panes: [demo('demo-fast', { params: { max_output_tokens: 12, temperature: 1 } }), demo('demo-5')],
  }),
}), async ({ app }) => {
  const [limited, slow] = await app.panes(2);
  await app.run();
  await limited.reaches('done');
  assert.equal(await limited.finish(), 'length');
  assert.equal((await limited.metrics()).output_tokens.value, 12);
  await slow.reaches('answering');
  await slow.stop();
  assert.equal(await slow.phase(), 'stopped');
  const text = await slow.answer();
  assert.ok(text.length > 0);
  const sent = await limited.sent();
  assert.match(sent.body, /"max_tokens": ?12/);
  assert.match(sent.text, /temperature/i, 'a setting that is not heeded is named as dropped');
  assert.equal(await slow.answer(), text, 'nothing came after the stop');
});

scene('a link by hand opens models in the page, and asks for neither key nor consent', () => ({
  fragment: '#prompt=Hello&pane=demo/demo-120&pane=on-device/smollm2-135m',
}), async ({ app }) => {
  const [simulated, device] = await app.panes(2);
  assert.equal(await device.mark('host'), 'in-page');
  assert.equal(await app.page.getByTestId('approve-endpoint').count(), 0);
  assert.equal(await app.page.locator('input[data-key-for]').count(), 0);
  await simulated.root.getByTestId('pick-model').click();
  await app.page.getByTestId('picker-search').waitFor();
  assert.equal(await app.page.getByTestId('picker-base-url').count(), 0);
  assert.equal(await app.page.locator('input[data-key-for]:visible').count(), 0);
  await app.page.keyboard.press('Escape');
  const settings = await app.openSettings();
  for (const provider of ['demo', 'on-device']) {
    assert.equal(await settings.locator(`input[data-key-for="${provider}"]`).count(), 0);
  }
});

scene('a base URL for a model in the page is an error that says so', () => ({
  fragment: recipeLink({ prompt: 'x', panes: [demo('demo-fast', { base_url: 'https://example.com/v1' })] }),
}), async ({ app }) => {
  const [pane] = await app.panes(1);
  assert.match(await pane.root.innerText(), /takes no base URL/);
  await app.run();
  await pane.fails('bad_request');
  assert.deepEqual(outside(app), []);
});

scene('a follow-up goes to the simulated models too, and another text comes', () => demos('demo-1000'), async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.run();
  await pane.reaches('done');
  const first = await pane.answer();
  await app.prompt('Write a Rust function.');
  await app.run();
  await pane.shows('total_cmp');
  await pane.reaches('done');
  assert.notEqual(await pane.answer(), first);
});

scene('a comparison can be put away, and the way back brings its answers along', () => demos('demo-1000', 'demo-cut-1000'), async ({ app }) => {
  const [pane] = await app.panes(2);
  await app.run();
  await app.settled();
  const answer = await pane.answer();
  await app.page.getByTestId('put-away').click();
  await app.page.getByTestId('start').waitFor();
  assert.equal(await app.page.evaluate(() => location.hash), '');
  await app.page.getByTestId('toast').getByRole('button', { name: 'Undo' }).click();
  const back = await app.panes(2);
  assert.equal(await back[0].answer(), answer);
  assert.equal(await back[1].finish(), 'length');
});

scene('what was typed before is what the simulated models are asked', () => ({}), async ({ app }) => {
  await app.prompt('Say it in Hindi');
  await app.page.getByTestId('start-demo').click();
  const [pane] = await app.panes(4);
  await pane.shows('घड़ी');
});

scene('nothing is looked for on this machine before the click', () => ({
  allow: ['http://localhost:11434', 'http://localhost:1234', 'http://127.0.0.1:8080', 'http://127.0.0.1:9931', 'http://localhost:8000', 'http://localhost:4000',
    'http://127.0.0.1:1337', 'http://localhost:5001', 'http://127.0.0.1:5000'],
}), async ({ app }) => {
  assert.deepEqual(outside(app), []);
  await app.page.getByTestId('find-local').click();
  await until(async () => outside(app).length >= 9, { what: 'all usual addresses to be tried' });
});

for (const colorScheme of ['light', 'dark']) {
  scene(`the first page and a demo are accessible and fit a phone, ${colorScheme}`, () => ({
    context: { viewport: { width: 390, height: 844 }, colorScheme },
  }), async ({ app }) => {
    assert.deepEqual(await findings(app.page), []);
    const overflow = await app.page.evaluate(() => {
      const start = document.querySelector('[data-testid=start]');
      return start.scrollWidth - start.clientWidth;
    });
    assert.ok(overflow <= 0, 'nothing scrolls sideways');
    await app.page.getByTestId('start-demo').click();
    await app.panes(4);
    await app.settled();
    assert.deepEqual(await findings(app.page), []);
  });
}
