// Recordings: finished runs are played again as they came. Nothing is sent, and what
// is shown at the end are the runs themselves.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { openApp, stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const ANSWER = 'Forty words follow one after another, each with its own time on the clock. '.repeat(8);
const { scene } = stage({
  aimock: [
    {
      match: { userMessage: 'hello' },
      response: { content: ANSWER, usage: { prompt_tokens: 9, completion_tokens: 120 } },
      chunkSize: 6,
      streamingProfile: { ttft: 120, tps: 200, jitter: 0 },
    },
  ],
});

const demo = (model, rest = {}) => ({ provider: 'demo', model, ...rest });
const demos = (...models) => ({
  fragment: recipeLink({ prompt: 'How do I read this page?', panes: models.map((one) => demo(one)) }),
});

const outside = (app) => app.sent().map((request) => request.url());

/** Everything that a pane shows of its run. */
async function shown(app) {
  const all = [];
  for (const pane of await app.panes()) {
    const figures = await pane.metrics();
    all.push({
      phase: await pane.phase(),
      finish: await pane.finish(),
      answer: await pane.answer(),
      // What came, to the letter: a rendered table that is half there is no beginning of the whole.
      raw: await pane.root.locator('.raw').last().textContent(),
      thinking: await pane.thinking(),
      figures: Object.fromEntries(Object.entries(figures).map(([name, { value, source }]) => [name, [value, source]])),
      bar: await pane.root.getByTestId('phase-bar').getAttribute('aria-label'),
    });
  }
  return all;
}

const bar = (app) => app.page.getByTestId('replay-bar');
const slider = (app) => app.page.getByTestId('replay-position');

async function open(app) {
  await app.action('replay');
  await bar(app).waitFor();
}

/** Moves the slider to a share of the whole. */
const scrub = (app, share) =>
  slider(app).evaluate((input, part) => {
    input.value = String(Number(input.max) * part);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, share);

const scrubTo = (app, ms) =>
  slider(app).evaluate((input, to) => {
    input.value = String(to);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, ms);

const position = (app) => slider(app).evaluate((input) => Number(input.value) / Number(input.max));
const status = (app) => app.page.getByTestId('status').textContent();

scene('a replay ends with the values of the run, to the last digit, and is marked all the while', () => demos('demo-fast', 'demo-thinking', 'demo-cut'), async ({ app }) => {
  await app.panes(3);
  await app.run();
  await app.settled();
  const before = await shown(app);

  await open(app);
  assert.match(await app.page.getByTestId('replay-of').textContent(), /^Replay of \d{4}-\d\d-\d\d \d\d:\d\d UTC · this page$/);
  assert.equal(await app.page.getByTestId('replay-badge').count(), 3);
  // Less motion was asked for: nothing moves by itself.
  const [first, thinking] = await app.panes(3);
  assert.equal(await first.phase(), 'connecting');
  assert.equal(await position(app), 0);
  assert.deepEqual(Object.keys(await first.metrics()).filter((name) => name !== 'cost_usd'), [], 'nothing is known yet');

  await scrub(app, 1);
  assert.deepEqual(await shown(app), before);
  await scrub(app, 0.5);
  await scrub(app, 1);
  assert.deepEqual(await shown(app), before);

  // Played to the end by the clock.
  await app.page.getByTestId('replay-speed').selectOption('16');
  await app.page.getByTestId('replay-play').click();
  await until(async () => (await position(app)) === 1, { what: 'the end' });
  assert.match(await status(app), /at its end/);
  assert.deepEqual(await shown(app), before);

  const { ttft_ms: [thought], ttfa_ms: [word] } = before[1].figures;
  // On a machine so slow that both came at once there is nothing between them.
  if (thought < word) {
    await scrubTo(app, (thought + word) / 2);
    assert.equal(await thinking.phase(), 'thinking');
  }
  await app.page.getByTestId('replay-close').click();
  await bar(app).waitFor({ state: 'detached' });
  assert.equal(await app.page.getByTestId('replay-badge').count(), 0);
  assert.deepEqual(await shown(app), before, 'the runs are there as they were');
  assert.deepEqual(outside(app), []);
});

scene('a pane that is replayed has no run to stop', () => demos('demo-steady', 'demo-fast'), async ({ app }) => {
  const [pane] = await app.panes(2);
  await app.run();
  await app.settled();
  const { ttfa_ms: first, total_ms: total } = await pane.metrics();
  await open(app);
  await scrubTo(app, (first.value + total.value) / 2);
  assert.equal(await pane.phase(), 'answering');
  assert.equal(await pane.root.getByTestId('pane-stop').isVisible(), false);
});

scene('in the middle, texts are beginnings and first figures are those of the run', () => demos('demo-steady', 'demo-thinking'), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  const before = await shown(app);
  await open(app);
  for (const share of [0.9, 0.3, 0.6, 0.1, 0.5]) {
    await scrub(app, share);
    const now = await shown(app);
    for (const [at, pane] of now.entries()) {
      const whole = before[at];
      assert.ok(whole.raw.startsWith(pane.raw), `${share}: a beginning`);
      assert.ok((whole.thinking ?? '').startsWith(pane.thinking ?? ''), `${share}: a beginning`);
      assert.ok(!('total_ms' in pane.figures) || pane.phase === 'done');
      for (const name of ['headers_ms', 'ttft_ms', 'ttfa_ms']) {
        if (name in pane.figures) assert.deepEqual(pane.figures[name], whole.figures[name], `${share}: ${name}`);
      }
    }
  }
  const [steady] = await app.panes(2);
  const { ttfa_ms: [first], total_ms: [total] } = before[0].figures;
  await scrubTo(app, (first + total) / 2);
  assert.equal(await steady.phase(), 'answering');
  const half = (await steady.answer()).length;
  assert.ok(half > 0 && half < before[0].answer.length);
});

scene('what is exported, asked next or run during a replay are the runs, not their replay', () => demos('demo-1000', 'demo-cut-1000'), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  const whole = await app.exported();
  await open(app);
  await scrub(app, 0.3);
  const { document } = await app.exported();
  const runs = (one) => one.panes.map((pane) => pane.turns);
  assert.deepEqual(runs(document), runs(whole.document));

  await app.prompt('Write a Rust function.');
  await app.run();
  const [pane] = await app.panes(2);
  await pane.shows('total_cmp');
  await bar(app).waitFor({ state: 'detached' });
  await app.settled();
  assert.equal(await app.page.getByTestId('replay-badge').count(), 0);
  const after = await app.exported();
  assert.equal(after.document.panes[0].turns[0].runs.length, 1);
});

scene('the keyboard plays, seeks, changes the speed and closes', () => demos('demo-steady', 'demo-cut'), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  await app.page.evaluate(() => document.activeElement?.blur());
  const press = (key) => app.page.keyboard.press(key);
  await press('k');
  await bar(app).waitFor();
  await until(() => app.page.evaluate(() => document.activeElement?.dataset.testid === 'replay-play'), { what: 'the focus on the button' });
  assert.equal(await app.page.getByTestId('replay-play').getAttribute('data-playing'), null);

  await press('End');
  assert.equal(await position(app), 1);
  await press('ArrowLeft');
  const back = await position(app);
  assert.ok(back < 1 && back > 0.9);
  await press('Home');
  assert.equal(await position(app), 0);
  await press('PageUp');
  assert.ok((await position(app)) > 0.05);
  await press('>');
  assert.equal(await app.page.getByTestId('replay-speed').inputValue(), '2');
  await press('<');
  await press('<');
  assert.equal(await app.page.getByTestId('replay-speed').inputValue(), '0.5');

  await slider(app).focus();
  await press('Space');
  await app.page.locator('[data-testid=replay-play][data-playing]').waitFor();
  assert.match(await status(app), /playing/);
  await press('Space');
  await app.page.locator('[data-testid=replay-play]:not([data-playing])').waitFor();
  assert.match(await status(app), /paused at/);
  assert.match(await slider(app).getAttribute('aria-valuetext'), /^\d+\.\d s of \d+\.\d s$/);

  await press('Escape');
  await bar(app).waitFor({ state: 'detached' });
  await until(() => app.page.evaluate(() => document.activeElement !== document.body), { what: 'the focus to land somewhere' });
});

scene('runs that began one after another can be played from zero or as it was', () => ({
  fragment: recipeLink({
    prompt: 'How do I read this page?',
    panes: [demo('demo-1000'), demo('demo-cut-1000')],
    run: { order: 'sequential' },
  }),
}), async ({ app }) => {
  const [, second] = await app.panes(2);
  await app.run();
  await app.settled();
  const before = await shown(app);
  await open(app);
  assert.equal(await second.phase(), 'connecting', 'from zero both begin at once');
  await app.page.getByTestId('replay-order').selectOption('was');
  assert.equal(await second.phase(), 'queued');
  await scrub(app, 1);
  assert.deepEqual(await shown(app), before);
});

/** Asks these one after another. */
async function converse(app, prompts) {
  for (const [at, prompt] of prompts.entries()) {
    await app.prompt(prompt);
    await app.run();
    const panes = await app.page.getByTestId('pane').count();
    await until(async () => (await app.page.getByTestId('turn').count()) === at * panes, { what: `turn ${at + 1}` });
    await app.settled();
  }
}

const turnNow = (app) => app.page.getByTestId('replay-turn').innerText();

scene('each turn of a conversation is replayed on its own clock, or all one after another, and it is said which', () => demos('demo-1000', 'demo-thinking-500'), async ({ app }) => {
  await app.panes(2);
  await converse(app, ['How do I read this page?', 'Write a Rust function.', 'Compare two things.']);
  const before = await shown(app);
  const { document } = await app.exported();
  const whole = (turn) => document.panes.map((pane) => pane.turns[turn].runs[0]);
  await open(app);
  assert.equal(await turnNow(app), 'Turn 3 of 3', 'the last turn first');
  const turns = app.page.getByTestId('replay-turns');
  assert.deepEqual(
    (await turns.locator('option').allInnerTexts()).map((text) => text.trim()),
    ['Turn 1: How do I read this page?', 'Turn 2: Write a Rust function.', 'Turn 3: Compare two things.', 'All 3 turns'],
  );

  // One turn: what came after it was not there yet, and the figures are its own.
  await turns.selectOption({ label: 'Turn 1: How do I read this page?' });
  assert.equal(await turnNow(app), 'Turn 1 of 3');
  const prompts = () => app.pane(0).root.locator('.turn-prompt').count();
  assert.equal(await prompts(), 1);
  assert.equal(await position(app), 0);
  await scrub(app, 1);
  for (const [at, run] of whole(0).entries()) {
    const pane = (await shown(app))[at];
    assert.equal(pane.raw, run.answer);
    assert.deepEqual(pane.figures.total_ms, [run.marks.end_ms, 'measured']);
  }
  // By keys: a turn on, and back.
  await slider(app).focus();
  await app.page.keyboard.press('Shift+ArrowRight');
  assert.equal(await turnNow(app), 'Turn 2 of 3');
  assert.equal(await prompts(), 2);
  assert.equal(await position(app), 0);
  await app.page.keyboard.press('Shift+ArrowLeft');
  await app.page.keyboard.press('Shift+ArrowLeft');
  assert.equal(await turnNow(app), 'Turn 1 of 3', 'there is none before the first');

  // All of them: the next follows at the end of one.
  await turns.selectOption('all');
  assert.equal(await turnNow(app), 'Turn 1 of 3');
  const seen = app.page.evaluate(() => new Promise((resolve) => {
    const tag = document.querySelector('[data-testid=replay-turn]');
    const all = [tag.textContent];
    new MutationObserver(() => {
      if (all.at(-1) !== tag.textContent) all.push(tag.textContent);
      if (all.at(-1) === 'Turn 3 of 3') resolve(all);
    }).observe(tag, { characterData: true, childList: true, subtree: true });
  }));
  await app.page.getByTestId('replay-speed').selectOption('16');
  await app.page.getByTestId('replay-play').click();
  assert.deepEqual(await seen, ['Turn 1 of 3', 'Turn 2 of 3', 'Turn 3 of 3']);
  await until(async () => (await position(app)) === 1, { what: 'the end of the last' });
  assert.deepEqual(await shown(app), before);
  assert.equal(await turns.inputValue(), 'all');
  await app.page.getByTestId('replay-speed').selectOption('0.25');
  await app.page.getByTestId('replay-play').click();
  await until(async () => (await turnNow(app)) === 'Turn 1 of 3', { what: 'all of it to begin anew' });
  await app.page.getByTestId('replay-close').click();
  await bar(app).waitFor({ state: 'detached' });
  assert.equal(await prompts(), 3);
  assert.deepEqual(await shown(app), before);
  assert.deepEqual((await app.exported()).document.panes, document.panes);
});

scene('a conversation in a frame of another page is replayed there', () => demos('demo-1000', 'demo-cut-1000'), async ({ app, world }) => {
  await app.panes(2);
  await converse(app, ['How do I read this page?', 'Write a Rust function.']);
  const before = await shown(app);
  await app.page.getByTestId('share').click();
  const field = app.page.getByTestId('share-link');
  await until(async () => (await field.inputValue()) !== '', { what: 'the link' });
  const address = `${await field.inputValue()}&view=embed`;
  const other = await openApp(world, { url: address, ready: false });
  try {
    await other.page.getByTestId('embed').waitFor();
    await other.panes(2);
    const results = await Promise.all((await other.panes(2)).map((pane) => pane.answer()));
    await other.page.getByTestId('opened-result').getByTestId('replay-open').click();
    await bar(other).waitFor();
    assert.equal(await other.page.getByTestId('replay-badge').count(), 2);
    assert.match(await other.page.getByTestId('replay-of').innerText(), /^Replay of \d{4}-/);
    const [first] = await other.panes(2);
    assert.equal(await first.phase(), 'connecting');
    await other.page.getByTestId('replay-turns').selectOption({ label: 'Turn 1: How do I read this page?' });
    assert.equal(await turnNow(other), 'Turn 1 of 2');
    await scrub(other, 1);
    assert.equal(await first.phase(), 'done');
    assert.match(await first.answer(), /^This is a simulated answer/);
    assert.equal(await first.root.locator('.turn-prompt').count(), 1);
    await slider(other).focus();
    await other.page.keyboard.press('Shift+ArrowRight');
    await other.page.keyboard.press('End');
    assert.equal(await first.answer(), before[0].answer);
    await until(() => first.root.locator('.pane-body').evaluate((body) => body.scrollHeight - body.clientHeight - body.scrollTop < 2), { what: 'the end of the turn to be in view' });
    assert.deepEqual(await findings(other.page), []);
    await other.page.keyboard.press('Escape');
    await bar(other).waitFor({ state: 'detached' });
    assert.deepEqual(await Promise.all((await other.panes(2)).map((pane) => pane.answer())), results);
    assert.deepEqual(outside(other), []);
    other.verify();
  } finally {
    await other.page.context().close();
  }
});

scene('a recorded run over a real wire is played offline', (world) => ({
  fragment: recipeLink({
    prompt: 'Say hello.',
    panes: [{ provider: 'openai-compatible', base_url: world.aimock.bases['openai-compatible'], model: 'm' }],
  }),
  allow: [world.aimock.origin],
}), async ({ app }) => {
  await app.approve();
  const [pane] = await app.panes(1);
  await app.run();
  await app.settled();
  const before = await shown(app);
  const asked = outside(app).length;
  await app.page.context().setOffline(true);
  await open(app);
  await scrub(app, 0);
  assert.equal(await pane.phase(), 'connecting');
  await scrub(app, 1);
  assert.deepEqual(await shown(app), before);
  assert.equal(outside(app).length, asked, 'nothing is sent');
});

scene('the first page offers a recorded race: one click fetches and plays it, marked with its date', () => ({}), async ({ app, world }) => {
  const gallery = () => world.site.requests.filter(({ url }) => url.includes('/gallery/'));
  const before = gallery().length;
  assert.match(await app.page.locator('.start-card').first().innerText(), /recorded race[\s\S]*SmolLM2[\s\S]*Recorded on \d{4}-\d\d-\d\d/);
  await app.page.getByTestId('start-race').click();
  await bar(app).waitFor();
  assert.equal(gallery().length - before, 1, 'one file, and not before the click');
  assert.match(await app.page.getByTestId('replay-of').textContent(), /^Replay of \d{4}-\d\d-\d\d \d\d:\d\d UTC · Chrome \d+, Linux · \d+ cores?$/);
  const panes = await app.panes(3);
  for (const pane of panes) {
    assert.equal(await pane.mark('provider'), 'on-device');
    assert.equal(await pane.root.getByTestId('replay-badge').innerText(), 'replay');
    assert.equal(await pane.phase(), 'connecting');
  }
  await scrub(app, 1);
  const end = await shown(app);
  for (const pane of end) {
    assert.equal(pane.phase, 'done');
    assert.ok(pane.figures.output_tokens[0] > 40);
  }
  const record = await app.page.evaluate(async () => (await fetch('gallery/temperatures.json')).json());
  for (const [at, pane] of record.panes.entries()) {
    const run = pane.turns[0].runs[0];
    assert.deepEqual(end[at].figures.total_ms, [run.marks.end_ms, 'measured']);
    assert.deepEqual(end[at].figures.output_tokens_per_s[0], run.figures.output_tokens_per_s);
  }
  await app.page.getByTestId('replay-close').click();
  const note = app.page.getByTestId('opened-result');
  assert.match(await note.innerText(), /^Opened result of \d{4}-\d\d-\d\d/);
  await note.getByTestId('replay-open').click();
  await bar(app).waitFor();
});

scene('the other recordings are listed, and what was typed before can be had back', () => ({}), async ({ app }) => {
  await app.prompt('my own words');
  await app.page.getByTestId('other-recordings').click();
  const all = app.page.getByTestId('recording');
  await until(async () => (await all.count()) >= 4, { what: 'the list' });
  await all.nth(2).click();
  await bar(app).waitFor();
  await app.panes(3);
  await app.page.getByTestId('toast').getByRole('button', { name: 'Undo' }).click();
  await app.page.getByTestId('start').waitFor();
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'my own words');
  assert.equal(await bar(app).count(), 0);
});

scene('a recording that cannot be had is said to be missing', () => ({
  prepare: (page) => page.route('**/gallery/**', (route) => route.fulfill({ status: 404, body: '' })),
}), async ({ app }) => {
  await app.page.getByTestId('start-race').click();
  await app.page.getByTestId('toast').filter({ hasText: 'could not be fetched' }).waitFor();
  app.troubles = app.troubles.filter((text) => !/404/.test(text));
  await app.page.getByTestId('start-demo').click();
  await app.panes(4);
  await app.settled();
});

for (const [width, height, colorScheme] of [[390, 844, 'dark'], [1440, 900, 'light']]) {
  scene(`the bar is accessible and fits ${width} pixels, ${colorScheme}`, () => ({
    ...demos('demo-fast', 'demo-cut'),
    context: { viewport: { width, height }, colorScheme },
  }), async ({ app }) => {
    await app.panes(2);
    await app.run();
    await app.settled();
    await app.page.evaluate(() => document.activeElement?.blur());
    await app.page.keyboard.press('k');
    await bar(app).waitFor();
    await scrub(app, 0.4);
    assert.deepEqual(await findings(app.page), []);
    const over = await bar(app).evaluate((box) => box.scrollWidth - box.clientWidth);
    assert.ok(over <= 0, 'nothing scrolls sideways');
  });
}
