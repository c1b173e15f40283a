// A run beside the same run made again: of this page, out of a file, a link and the
// history; what changed is named, and gone through by keys.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { openDrift } from './harness/drift.mjs';
import { HistoryPanel, kept } from './harness/history.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { openApp, stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const OLD = 'The capital is Delhi. It has many gardens and a fort of red stone.';
const NEW = 'The capital is New Delhi. It has many gardens, and a metro that is worth a ride.';
const again = 'Which town is it?';

const usage = { prompt_tokens: 9, completion_tokens: 70 };
/** The first answer to a prompt is the old one, those after it are new. */
const drifting = (prompt) => [
  { match: { userMessage: prompt, sequenceIndex: 0 }, response: { content: OLD, model: 'm-2026-01-01', usage } },
  { match: { userMessage: prompt }, response: { content: NEW, model: 'm-2026-09-09', usage } },
];
const FIXTURES = [
  {
    match: { userMessage: again, sequenceIndex: 0 },
    response: { content: OLD, model: 'm-2026-01-01', usage: { prompt_tokens: 9, completion_tokens: 60 } },
  },
  {
    match: { userMessage: 'What was it?' },
    response: { content: NEW, model: 'm-2026-11-11', usage: { prompt_tokens: 9, completion_tokens: 80 } },
  },
  {
    match: { userMessage: again },
    response: { content: NEW, model: 'm-2026-09-09', usage: { prompt_tokens: 9, completion_tokens: 80 } },
  },
  ...drifting('by link'),
  ...drifting('from history'),
  { match: { userMessage: 'by keys', sequenceIndex: 1 }, response: { content: OLD, model: 'm-2026-01-01', usage } },
  ...drifting('by keys'),
];

const { scene } = stage({ aimock: FIXTURES });

const squeeze = (text) => text.replace(/[\s\u200b]+/g, ' ').trim();

const asking = (prompt, panes = 1) => ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({
    prompt,
    panes: Array.from({ length: panes }, () => ({ provider: 'openai-compatible', base_url: aimock.bases['openai-compatible'], model: 'm' })),
  }),
});

/** Runs again in the dialog and waits for what changed. */
async function runAgain(app) {
  const dialog = await openDrift(app);
  assert.match(await dialog.getByTestId('drift-now').first().innerText(), /Not run again yet/);
  await dialog.getByTestId('drift-run').click();
  const changes = dialog.getByTestId('drift-changes');
  await until(async () => /m-2026-09-09/.test(await changes.first().innerText().catch(() => '')), { what: 'the changed model to be named' });
  return dialog;
}

/** What the dialog says of a result that was opened, and of the same run now. */
async function saysWhatChanged(dialog) {
  assert.match(await dialog.innerText(), /This result was made \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  assert.match(squeeze(await dialog.getByTestId('drift-changes').innerText()), /Model that answered.*m-2026-01-01.*m-2026-09-09/);
  const side = async (id) => squeeze(await dialog.getByTestId(id).locator('.marked').innerText());
  assert.match(await side('drift-then'), /fort of red stone/);
  assert.match(await side('drift-now'), /worth a ride/);
  assert.ok(await dialog.getByTestId('drift-then').locator('del').count());
  assert.ok(await dialog.getByTestId('drift-now').locator('ins').count());
  assert.match(await dialog.getByTestId('drift-single').innerText(), /may be chance/);
}

scene('a prompt that is run again stands beside its first run, with what changed named', ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({
    prompt: again,
    panes: [{ provider: 'openai-compatible', base_url: aimock.bases['openai-compatible'], model: 'm' }],
  }),
}), async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.run();
  await pane.reaches('done');
  const dialog = await openDrift(app);
  assert.match(await dialog.innerText(), /Every pane has one run/);
  assert.match(await dialog.getByTestId('drift-now').innerText(), /Not run again yet/);
  assert.equal(await dialog.getByTestId('drift-single').count(), 0, 'nothing differs yet');
  await dialog.getByTestId('drift-run').click();
  const changes = dialog.getByTestId('drift-changes');
  await until(async () => /m-2026-09-09/.test(await changes.innerText().catch(() => '')), { what: 'the changed model to be named' });
  assert.match(squeeze(await changes.innerText()), /Model that answered.*m-2026-01-01.*m-2026-09-09/);
  const side = async (id) => squeeze(await dialog.getByTestId(id).locator('.marked').innerText());
  assert.match(await side('drift-then'), /fort of red stone/);
  assert.match(await side('drift-now'), /worth a ride/);
  assert.ok(await dialog.getByTestId('drift-then').locator('del').count());
  assert.ok(await dialog.getByTestId('drift-now').locator('ins').count());
  const tokens = squeeze(await dialog.locator('[data-figure=output_tokens]').innerText());
  assert.match(tokens, /60 80 \+20 \(\+33 %\)/);
  assert.match(await dialog.getByTestId('drift-single').innerText(), /may be chance/);
  assert.deepEqual(await findings(app.page), []);
  await app.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
});

/** A result of one pane on aimock, as a file has it. */
const result = (aimock) => ({
  touchstone: 'result/1',
  app: { name: 'touchstone', version: '0.0.9' },
  created: '2026-02-03T04:05:06.000Z',
  machine: {},
  recipe: {
    touchstone: 'recipe/1',
    messages: [{ role: 'user', content: 'What was it?' }],
    panes: [{ provider: 'openai-compatible', base_url: aimock.bases['openai-compatible'], model: 'm', params: { temperature: 0.7 } }],
  },
  panes: [{
    provider: 'openai-compatible',
    api: 'chat',
    model: 'm',
    host: new URL(aimock.origin).host,
    params: { temperature: 0.7 },
    turns: [{
      prompt: 'What was it?',
      runs: [{
        status: 'done',
        answer: OLD,
        response_model: 'm-2025-12-12',
        sent: {
          method: 'POST',
          url: `${aimock.bases['openai-compatible']}/chat/completions`,
          headers: {},
          body: { model: 'm', messages: [{ role: 'user', content: 'What was it?' }], temperature: 0.2 },
          notes: [],
        },
        usage: { input: { total: 9 }, output: { total: 60 } },
        marks: { headers_ms: 100, first_byte_ms: 110, first_answer_ms: 120, first_token_ms: 120, last_answer_ms: 900, last_token_ms: 900, end_ms: 910 },
        figures: { ttft_ms: 120, ttfa_ms: 120, total_ms: 910 },
        first_call: false,
        hidden_tab: false,
        frames: { known: 5, unknown: 0, corrupt: 0 },
        gen_ai: {},
      }],
    }],
  }],
});

scene('a result that was opened is run again with one’s own, and stands beside it', ({ aimock }) => ({ allow: [aimock.origin] }), async ({ app, world: { aimock } }) => {
  await app.action('import');
  await app.page.locator('dialog[data-testid=imports]').waitFor();
  await app.page.getByTestId('import-text').fill(JSON.stringify(result(aimock)));
  await app.page.getByTestId('import-look').click();
  await app.page.getByTestId('import-apply').click();
  const [pane] = await app.panes(1);
  await pane.reaches('done');
  assert.equal(squeeze(await pane.answer()), OLD);
  assert.deepEqual(app.sent({ method: 'POST' }), [], 'to open a result sends nothing');
  await app.approve();
  const dialog = await openDrift(app);
  assert.match(await dialog.innerText(), /This result was made 2026-02-03 04:05 UTC/);
  assert.match(await dialog.getByTestId('drift-now').innerText(), /Not run again yet/);
  await dialog.getByTestId('drift-run').click();
  const changes = dialog.getByTestId('drift-changes');
  await until(async () => /m-2026-11-11/.test(await changes.innerText().catch(() => '')), { what: 'the changed model to be named' });
  const said = squeeze(await changes.innerText());
  assert.match(said, /Model that answered.*m-2025-12-12.*m-2026-11-11/);
  assert.match(said, /temperature.*0\.2.*0\.7/);
  assert.match(squeeze(await dialog.getByTestId('drift-then').innerText()), /2026-02-03 04:05 UTC.*fort of red stone/);
  assert.match(squeeze(await dialog.getByTestId('drift-now').innerText()), /worth a ride/);
});

scene('a result whose models need keys is not run again without them, and says whose are missing', ({ aimock }) => ({ allow: [aimock.origin] }), async ({ app, world: { aimock } }) => {
  const document = result(aimock);
  const keyed = structuredClone(document.panes[0]);
  Object.assign(keyed, { provider: 'anthropic', api: 'messages', host: 'api.anthropic.com', params: {} });
  document.panes.push(keyed);
  document.recipe.panes.push({ provider: 'anthropic', model: 'm' });
  await app.action('import');
  await app.page.getByTestId('import-text').fill(JSON.stringify(document));
  await app.page.getByTestId('import-look').click();
  await app.page.getByTestId('import-apply').click();
  await app.panes(2);
  await app.approve();
  const dialog = await openDrift(app);
  const missing = dialog.getByTestId('drift-missing');
  assert.match(await missing.innerText(), /^Anthropic needs a key/);
  const [plain, without] = [0, 1].map((at) => dialog.getByTestId('drift-now').nth(at));
  assert.match(await plain.innerText(), /Not run again yet/);
  assert.match(await without.innerText(), /Not run again: Anthropic needs a key/);
  await dialog.getByTestId('drift-run').click();
  await until(async () => /worth a ride/.test(await plain.innerText()), { what: 'the pane that needs no key to run again' });
  assert.match(await without.innerText(), /Not run again: Anthropic needs a key/, 'no run that failed');
  assert.deepEqual(await findings(app.page), []);
  // The key is taken here, and then nothing is missing.
  await missing.locator('[data-key-for=anthropic]').fill('sk-ant-test-of-the-drift');
  await missing.getByTestId('save-key').click();
  await missing.waitFor({ state: 'detached' });
  assert.match(await without.innerText(), /Not run again yet/);
});

scene('simulated models that run again differ in nothing but their times', () => ({
  fragment: recipeLink({ prompt: 'How do I read this page?', panes: [{ provider: 'demo', model: 'demo-fast' }] }),
}), async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.run();
  await pane.reaches('done');
  await pane.retry();
  await pane.reaches('done');
  const dialog = await openDrift(app);
  assert.match(await dialog.getByTestId('drift-what').innerText(), /Model, parameters and prices are the same/);
  assert.equal(await dialog.locator('del, ins').count(), 0);
  assert.match(await dialog.getByTestId('drift-now').innerText(), /Simulated: no model ran/);
});

scene('a result that came by a link is run again with one’s own, and stands beside it', asking('by link'), async ({ app, world }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.run();
  await pane.reaches('done');
  await app.page.getByTestId('share').click();
  const field = app.page.getByTestId('share-link');
  await until(async () => (await field.inputValue()) !== '', { what: 'the link' });
  const url = await field.inputValue();
  const other = await openApp(world, { url, allow: [world.aimock.origin] });
  try {
    const [shown] = await other.panes(1);
    assert.equal(squeeze(await shown.answer()), OLD);
    const before = await shown.metrics();
    await other.approve();
    assert.deepEqual(other.sent({ method: 'POST' }), [], 'opening sends nothing');
    const dialog = await runAgain(other);
    await saysWhatChanged(dialog);
    assert.equal(other.sent({ method: 'POST' }).length, 1);
    const total = squeeze(await dialog.locator('[data-figure=output_tokens]').innerText());
    assert.match(total, new RegExp(`^Output ${before.output_tokens.value} 70 the same$`));
    await other.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    const { document } = await other.exported();
    assert.deepEqual(document.panes[0].turns[0].runs.map((run) => run.answer), [OLD, NEW], 'the earlier run stays');
    other.verify();
  } finally {
    await other.page.context().close();
  }
});

scene('an entry of the history is run again, and stands beside it', asking('from history'), async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.run();
  await pane.reaches('done');
  await kept(app.page, 1);
  await app.page.reload();
  await app.ready();
  const panel = await new HistoryPanel(app).open();
  await panel.holds(1);
  await panel.choose();
  await app.panes(1);
  await app.approve();
  const dialog = await runAgain(app);
  await saysWhatChanged(dialog);
  await app.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  // It goes on in its entry, with both runs.
  await until(async () => {
    const all = JSON.stringify(await kept(app.page, 1));
    return all.includes('red stone') && all.includes('worth a ride');
  }, { what: 'the second run to be kept' });
});

scene('the changes of then and now are gone through by keys and buttons, pane by pane', asking('by keys', 2), async ({ app }) => {
  const { page } = app;
  const panes = await app.panes(2);
  await app.approve();
  await app.run();
  await app.settled();
  await page.keyboard.press('?');
  const sheet = page.locator('dialog[data-testid=shortcuts]');
  await sheet.waitFor();
  assert.match(squeeze(await sheet.innerText()), /Next change, with Shift the previous one; also in “Then and now” N/);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  let dialog = await openDrift(app);
  assert.equal(await dialog.getByTestId('drift-count').count(), 0, 'there is no way before there are two runs');
  await dialog.getByTestId('drift-run').click();
  await until(async () => (await panes[0].phase()) === 'done' && (await panes[1].phase()) === 'done' && (await dialog.getByTestId('drift-now').locator('.marked').count()) === 2, { what: 'both to run again' });
  const counted = dialog.getByTestId('drift-count');
  await until(async () => /^\d+ changes$/.test(await counted.innerText()), { what: 'the changes to be counted' });
  const of = Number((await counted.innerText()).split(' ')[0]);
  assert.ok(of > 1, `${of} changes`);
  const at = () => page.evaluate(() => {
    const active = document.activeElement;
    const row = active.closest('[data-testid=drift-row]');
    return active.dataset.change === undefined ? null : `${row.dataset.row}/${active.dataset.change}`;
  });
  const seen = [];
  for (let step = 1; step <= of; step += 1) {
    await page.keyboard.press('n');
    await until(async () => (await counted.innerText()) === `${step} of ${of}`, { what: `change ${step}` });
    seen.push(await at());
    assert.match(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), /^Change \d+ of \d+: /);
  }
  assert.equal(new Set(seen).size, of, 'each once');
  await page.keyboard.press('n');
  assert.equal(await at(), seen[0], 'after the last comes the first');
  await page.keyboard.press('Shift+N');
  assert.equal(await at(), seen.at(-1));
  await dialog.getByTestId('drift-previous').click();
  assert.equal(await at(), seen.at(-2));
  await dialog.getByTestId('drift-next').click();
  assert.equal(await at(), seen.at(-1));
  assert.deepEqual(await findings(page), []);
});
