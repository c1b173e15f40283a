// Answers that are to follow a JSON Schema: where a schema is wrong, the verdict, and
// the tree.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { go, onePane } from './harness/one_pane.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'tags'],
  properties: {
    name: { type: 'string' },
    height: { type: 'number', minimum: 1 },
    tags: { type: 'array', items: { type: 'string' } },
  },
};
const GOOD = '{"name": "fig", "height": 1.50, "tags": ["a", "b"]}';

const answering = (text, { reason } = {}) =>
  onePane({ steps: chat.whole(text, { reason }) }, { params: { response_schema: SCHEMA } });

const verdictOf = async (pane, mark) => {
  const verdict = pane.root.getByTestId('verdict');
  await until(async () => (await verdict.getAttribute('data-verdict')) === mark, { what: `the verdict ${mark}` });
  return (await verdict.innerText()).replace(/\s+/g, ' ');
};

const rows = (pane) => pane.root.getByRole('treeitem');
const shown = async (pane) => (await rows(pane).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

scene('an answer that follows its schema says so, and is a tree', answering(GOOD), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  assert.equal(await verdictOf(pane, 'valid'), 'Matches the schema');
  assert.deepEqual(await shown(pane), ['3 members', 'name fig', 'height 1.50', 'tags 2 items', '0 a', '1 b']);
  assert.equal(await pane.answer(), GOOD, 'the answer itself is still in the page');
  assert.deepEqual(await findings(app.page), []);
  await pane.root.getByTestId('toggle-raw').click();
  assert.equal(await pane.root.getByTestId('structured').count(), 0);
  assert.equal(await pane.root.getByTestId('raw').innerText(), GOOD);
  await pane.root.getByTestId('toggle-raw').click();
  assert.equal(await rows(pane).count(), 6);
});

scene('the tree is walked with the keyboard alone, and gives its values', (servers) => ({
  ...answering(GOOD)(servers),
  context: { permissions: ['clipboard-read', 'clipboard-write'] },
}), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  await verdictOf(pane, 'valid');
  const focused = () => app.page.evaluate(() => document.activeElement.innerText.replace(/\s+/g, ' ').trim());
  const press = async (key, expected) => {
    await app.page.keyboard.press(key);
    await until(async () => (await focused()) === expected, { what: `${key} to lead to ${expected}` });
  };
  await rows(pane).first().focus();
  await press('End', '1 b');
  await press('ArrowLeft', 'tags 2 items');
  await press('ArrowLeft', 'tags 2 items');
  assert.equal(await app.page.evaluate(() => document.activeElement.getAttribute('aria-expanded')), 'false');
  assert.equal(await rows(pane).count(), 4);
  await press('c', 'tags 2 items');
  await app.tells(/copied/);
  assert.equal(await app.page.evaluate(() => navigator.clipboard.readText()), '["a", "b"]');
  await press('Enter', 'tags 2 items');
  await press('ArrowRight', '0 a');
  await press('Home', '3 members');
  await press('ArrowDown', 'name fig');
  assert.equal(await rows(pane).locator('xpath=self::*[@tabindex="0"]').count(), 1, 'one stop for the Tab key');
});

scene('violations are listed with their places', answering('{"name": 7, "tags": ["a", null], "more": {}}'), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  const text = await verdictOf(pane, 'invalid');
  assert.match(text, /Does not match the schema: 3 violations/);
  const lines = (await pane.root.getByTestId('verdict').locator('li').allInnerTexts()).sort();
  assert.deepEqual(lines.map((line) => line.split(' ')[0]), ['more', 'name', 'tags[1]']);
  assert.match(lines[0], /is not allowed here/);
});

scene('an answer that was cut off is shown as far as it goes', answering('{"name": "fig", "tags": ["a", "lo', { reason: 'length' }), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  assert.match(await verdictOf(pane, 'cut'), /cut off/);
  assert.deepEqual(await shown(pane), ['2 members', 'name fig', 'tags 2 items', '0 a', '1 lo']);
});

scene('an answer that is no JSON says so and stays readable', answering('Here you are: {"name": "fig"}'), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  assert.match(await verdictOf(pane, 'not_json'), /Not JSON from character 1 on/);
  assert.equal(await rows(pane).count(), 0);
  assert.ok(await pane.root.getByTestId('answer').isVisible(), 'without a tree the answer stands there as text');
});

scene('a schema that is wrong says where, and nothing that was typed is lost', onePane(
  { steps: chat.whole(GOOD) },
), async ({ app }) => {
  await app.panes(1);
  await app.page.getByTestId('toggle-params').click();
  const field = app.page.getByTestId('param-response-schema');
  const fault = app.page.getByTestId('schema-fault');
  await field.fill('{\n  "type": "object",\n  type\n}');
  assert.match(await fault.innerText(), /line 3, column 3/);
  await field.fill('[1]');
  assert.match(await fault.innerText(), /JSON object/);
  await field.fill('{"type": ');
  assert.match(await fault.innerText(), /ends too early/);
  assert.equal(await field.inputValue(), '{"type": ');
  await field.fill(JSON.stringify(SCHEMA));
  await fault.waitFor({ state: 'hidden' });
  const pane = await go(app);
  await pane.reaches('done');
  assert.equal(await verdictOf(pane, 'valid'), 'Matches the schema');
  const [request] = app.sent({ method: 'POST' });
  assert.deepEqual(JSON.parse(request.postData()).response_format.json_schema.schema, SCHEMA);
});

scene('a parameter that a model does not take is greyed and says why', ({ bytes }) => {
  const lane = bytes.lane();
  const recipe = { touchstone: 'recipe/1', panes: [{ provider: 'anthropic', base_url: lane.root, model: 'claude-haiku-5-5' }] };
  return { allow: [bytes.origin], fragment: `#recipe=${encodeURIComponent(JSON.stringify(recipe))}` };
}, async ({ app }) => {
  const pane = await app.pane(0);
  await pane.menu('pane-params');
  const dialog = app.page.locator('dialog[data-testid=params]');
  for (const [field, reason] of [
    ['param-seed', /has no such parameter/],
    ['param-top-k', /takes no sampling parameters/],
  ]) {
    assert.equal(await dialog.getByTestId(field).getAttribute('aria-disabled'), 'true', field);
    const below = await dialog.getByTestId(field).getAttribute('aria-describedby');
    assert.match(await dialog.locator(`#${below}`).innerText(), reason);
  }
  for (const field of ['param-stop', 'param-service-tier', 'param-response-schema', 'param-extra']) {
    assert.ok(await dialog.getByTestId(field).isEditable(), field);
  }
  const tiers = await dialog.locator('#tiers-own option').evaluateAll((all) => all.map((one) => one.value));
  assert.deepEqual(tiers, ['auto', 'standard_only']);
});

scene('a call that comes back is shown and not carried out', onePane({
  steps: [
    chat.start(),
    'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"look","arguments":"{\\"at\\":"}}]}}]}\n\n',
    'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"[1.50,\\"sky\\"]}"}}]}}]}\n\n',
    chat.finish('tool_calls'),
    chat.done(),
  ],
}), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  const call = pane.root.getByTestId('tool-call');
  assert.match(await call.innerText(), /Wants to call look[\s\S]*never carried out/);
  assert.deepEqual(await shown(pane), ['1 member', 'at 2 items', '0 1.50', '1 sky']);
});

/** Whether all of `part` can be seen in the pane’s body as that is scrolled. */
const inView = (pane, part) =>
  pane.root.locator('.pane-body').evaluate((body, selector) => {
    const outer = body.getBoundingClientRect();
    const { top, bottom } = body.querySelector(selector).getBoundingClientRect();
    return top >= outer.top && bottom <= outer.bottom;
  }, part);

const LONG = JSON.stringify({ name: 'fig', tags: Array.from({ length: 150 }, (_, at) => `tag ${at}`) });
const WRONG = JSON.stringify({ tags: Array.from({ length: 150 }, (_, at) => at) });
for (const [what, text, mark] of [['good', LONG, 'valid'], ['bad', WRONG, 'invalid']]) {
  for (const viewport of [{ width: 1280, height: 700 }, { width: 390, height: 844 }]) {
    scene(`the verdict on a long ${what} answer is in view wherever its pane is scrolled, at ${viewport.width}`, (servers) => ({
      ...onePane({ steps: chat.whole(text, { thinking: Array.from({ length: 80 }, (_, at) => `Thought ${at}.`).join('\n\n') }) }, { params: { response_schema: SCHEMA } })(servers),
      context: { viewport },
    }), async ({ app }) => {
      const pane = await go(app);
      await pane.reaches('done');
      await verdictOf(pane, mark);
      await until(() => inView(pane, '[data-testid=verdict]'), { what: 'the verdict to be in view at the end of the run' });
      await pane.root.locator('.thinking summary, [data-testid=toggle-thinking]').first().click();
      const body = pane.root.locator('.pane-body');
      for (const part of [0, 0.5, 1]) {
        await body.evaluate((node, at) => node.scrollTo(0, at * node.scrollHeight), part);
        assert.ok(await inView(pane, '[data-testid=verdict]'), `scrolled to ${part}`);
      }
      // The tree's rows are not hidden under it when the keyboard reaches them.
      await rows(pane).first().focus();
      for (const key of ['End', 'Home']) {
        await app.page.keyboard.press(key);
        await until(() => pane.root.evaluate((root) => {
          const row = document.activeElement.getBoundingClientRect();
          const verdict = root.querySelector('[data-testid=verdict]').getBoundingClientRect();
          return row.bottom <= verdict.top || row.top >= verdict.bottom;
        }), { what: `the row of ${key} to be clear of the verdict` });
      }
    });
  }
}
