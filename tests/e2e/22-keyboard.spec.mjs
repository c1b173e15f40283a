// A whole comparison without a mouse, and the focus on the way: it always shows,
// is always in view, goes in reading order and is never lost.

import assert from 'node:assert/strict';
import { json, stream } from './harness/byte_server.mjs';
import { focusOn, misstep, tabTo, toTop } from './harness/keyboard.mjs';
import { openaiError } from './harness/one_pane.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

const RICH = [
  'Some text with a [link](https://example.com/a).',
  '```rust\nfn main() {}\n```',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  'The end.',
].join('\n\n');

/** The focus as it must be at every step. */
async function held(page, what) {
  const here = await focusOn(page);
  assert.equal(misstep(null, here), null, what);
  return here;
}

/** Waits until the focus is on `name`, and checks that it shows. */
async function lands(page, name, what) {
  await until(async () => (await focusOn(page)).name.startsWith(name), { what: `${what}: the focus on ${name}` }).catch(async (error) => {
    throw new Error(`${error.message}; it is on ${(await focusOn(page)).name}`);
  });
  return held(page, what);
}

const enter = (page) => page.keyboard.press('Enter');

scene('a whole comparison, from the empty page to an undo, by keyboard alone', ({ bytes }) => {
  const lane = bytes.lane().models(['model-a', 'model-b']).reply(stream(chat.whole(RICH, { thinking: 'Let me see.' })));
  return { allow: [bytes.origin], hand: { lane } };
}, async ({ app, lane }) => {
  const { page } = app;
  const press = (keys) => page.keyboard.press(keys);

  // A pane through the picker, its host typed, its model taken from the list by arrows.
  await tabTo(page, 'add-pane');
  await held(page, 'on the button for a pane');
  await enter(page);
  await lands(page, 'picker-search', 'in the picker');
  for (let step = 0; step < 12 && (await focusOn(page)).name !== 'picker-provider'; step += 1) await press('Shift+Tab');
  await lands(page, 'picker-provider', 'back at the provider');
  await page.keyboard.type('OpenAI-comp');
  await enter(page);
  await lands(page, 'picker-base-url', 'at what the route needs');
  await page.keyboard.type(lane.base);
  await tabTo(page, 'picker-load');
  await enter(page);
  await page.getByTestId('picker-option').first().waitFor();
  await held(page, 'after the list was asked for');
  for (let step = 0; step < 6 && (await focusOn(page)).name !== 'picker-search'; step += 1) await press('Shift+Tab');
  await lands(page, 'picker-search', 'at the models');
  await page.keyboard.type('model');
  await press('ArrowDown');
  await press('ArrowDown');
  await enter(page);
  assert.equal(await page.getByTestId('picker-search').inputValue(), 'model-b');
  await enter(page);
  await app.panes(1);
  await until(async () => !(await focusOn(page)).lost, { what: 'the focus after the picker' });
  await held(page, 'after the first pane');

  // A second one by its name alone.
  await tabTo(page, 'add-pane');
  await enter(page);
  await lands(page, 'picker-search', 'in the picker again');
  await press('Control+a');
  await page.keyboard.type('model-a');
  await enter(page);
  await app.panes(2);
  assert.deepEqual([await app.pane(0).mark('model'), await app.pane(1).mark('model')], ['model-b', 'model-a']);
  await lands(page, 'add-pane', 'back where the picker was opened');

  // The prompt, and go.
  await press('Escape');
  await page.evaluate(() => document.activeElement.blur());
  await press('/');
  await lands(page, 'prompt', 'after /');
  await page.keyboard.type('Typed by hand.');
  await press('Control+Enter');
  assert.deepEqual(await app.settled(), ['done', 'done']);
  assert.equal(lane.posts[0].json.messages.at(-1).content, 'Typed by hand.');
  await lands(page, 'prompt', 'while answers came');

  // Reading: to a pane, through its answer, expanded and back.
  await press('Shift+Tab');
  await press('Escape');
  await page.evaluate(() => document.querySelector('[data-testid=run]').focus());
  await press('1');
  await lands(page, 'pane', 'after 1');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.model), 'model-b');
  await tabTo(page, 'copy-answer');
  await held(page, 'at the end of the answer');
  await press('f');
  await page.locator('.pane-expanded').waitFor();
  await held(page, 'in the expanded pane');
  await press('Escape');
  await page.locator('.pane-expanded').waitFor({ state: 'detached' });
  await held(page, 'out of it again');

  // Once more, and what a figure means.
  await press('2');
  await tabTo(page, 'pane-retry');
  await enter(page);
  await until(async () => lane.posts.length === 3, { what: 'the retry to be sent' });
  await app.pane(1).reaches('done');
  await until(async () => !(await focusOn(page)).lost, { what: 'the focus after the retry' });
  await held(page, 'after the retry');
  await tabTo(page, 'phase-bar');
  await press('Tab');
  await held(page, 'on a figure');
  await enter(page);
  await page.locator('.popover').waitFor();
  assert.match(await page.getByTestId('status').textContent(), /\w{3}/, 'the definition is read out');
  await press('Escape');
  await page.locator('.popover').waitFor({ state: 'detached' });
  await held(page, 'after the definition');

  // Sorting.
  await page.evaluate(() => document.querySelector('.score button').focus());
  for (let step = 0; step < 6 && !/^button Total/.test((await focusOn(page)).name); step += 1) await press('Tab');
  await lands(page, 'button Total', 'on a column');
  await enter(page);
  await until(async () => (await page.locator('.score th[aria-sort=ascending]').count()) === 1, { what: 'the order' });
  await lands(page, 'button Total', 'after sorting');

  // Settings and the sheet.
  await page.evaluate(() => document.querySelector('[data-testid=title]').focus());
  await tabTo(page, 'settings');
  await enter(page);
  await page.locator('dialog[data-testid=settings]').waitFor();
  await held(page, 'in the settings');
  await press('Escape');
  await lands(page, 'settings', 'back from the settings');
  await press('?');
  await page.locator('dialog[data-testid=shortcuts]').waitFor();
  await held(page, 'in the sheet');
  await press('Escape');
  await lands(page, 'settings', 'back from the sheet');

  // Away with a pane, and back.
  await press('2');
  await tabTo(page, 'pane-menu');
  await enter(page);
  await page.locator('[role=menu]').waitFor();
  await held(page, 'in the menu');
  await press('ArrowUp');
  await lands(page, 'pane-remove', 'at the last item');
  await enter(page);
  await app.panes(1);
  await until(async () => !(await focusOn(page)).lost, { what: 'the focus after a removal' });
  await held(page, 'after the removal');
  // The pointer only holds the toast: it would be gone before a slow machine gets there.
  await app.page.getByTestId('toast').first().hover();
  await tabTo(page, 'undo');
  await held(page, 'on the undo');
  await enter(page);
  await app.panes(2);
  await until(async () => !(await focusOn(page)).lost, { what: 'the focus after the undo' });
  await held(page, 'after the undo');
});

/** Every stop from the top of the page to its end. */
async function walk(page, most = 120) {
  await toTop(page);
  const wrong = [];
  let before = null;
  let count = 0;
  for (; count < most; count += 1) {
    await page.keyboard.press('Tab');
    const here = await focusOn(page);
    if (here.lost || (before && here.name === 'brand')) break;
    const fault = misstep(before, here);
    if (fault) wrong.push(fault);
    before = here;
  }
  return { wrong, count };
}

const mixed = (rest) => ({ bytes }) => {
  const lanes = [bytes.lane().reply(stream(chat.whole(RICH, { thinking: 'Let me see.' }))), bytes.lane().reply(json(500, openaiError('It broke.')))];
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: lanes.map((lane) => compatible(lane)) }),
    ...rest,
  };
};

for (const [width, height] of [[1440, 900], [390, 844]]) {
  scene(`Tab goes in reading order, and its place always shows, at ${width} pixels`, mixed({ context: { viewport: { width, height } } }), async ({ app }) => {
    await app.panes(2);
    const fresh = await walk(app.page);
    assert.deepEqual(fresh.wrong, []);
    await app.approve();
    await app.run();
    await app.settled();
    const { wrong, count } = await walk(app.page);
    assert.ok(count > 25, `${count} stops`);
    assert.deepEqual(wrong, []);
    assert.equal(await app.page.locator('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').count(), 0, 'no order of its own');
  });

  scene(`Tab goes in reading order on the first visit, at ${width} pixels`, () => ({ context: { viewport: { width, height } } }), async ({ app }) => {
    const { wrong, count } = await walk(app.page);
    assert.ok(count > 8, `${count} stops`);
    assert.deepEqual(wrong, []);
  });
}
