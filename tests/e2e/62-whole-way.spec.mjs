// The whole way of a comparison: it is shared, opened in a fresh profile, replayed, run
// again, exported, and imported in another one; the document is the same all along.

import assert from 'node:assert/strict';
import { openDrift } from './harness/drift.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { openApp, stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const answer = (words) => `${words} one after another, each with its own time on the clock. `.repeat(6);
const reply = (prompt, words, more = {}) => ({
  match: { userMessage: prompt, ...more },
  response: { content: answer(words), usage: { prompt_tokens: 9, completion_tokens: 90 } },
  chunkSize: 7,
  streamingProfile: { ttft: 60, tps: 400, jitter: 0 },
});

const { scene } = stage({
  aimock: [
    reply('the first question', 'Words follow'),
    reply('the second question', 'Other words follow', { sequenceIndex: 0 }),
    reply('the second question', 'Changed words follow'),
  ],
});

/** A page of its own, in a profile that knows nothing. */
async function elsewhere(world, options, act) {
  const app = await openApp(world, { allow: [world.aimock.origin], ...options });
  try {
    const made = await act(app);
    app.verify();
    return made;
  } finally {
    await app.page.context().close();
  }
}

/** The result document, without when it was written down. */
async function written(app) {
  const { document, text } = await app.exported();
  return { text, document: { ...document, created: '' } };
}

const asked = (app) => app.sent({ method: 'POST' }).length;

scene('what is shared, opened, replayed, run again, exported and imported is the same document', ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({
    title: 'The whole way',
    prompt: 'the first question',
    panes: [
      { provider: 'openai-compatible', base_url: aimock.bases['openai-compatible'], model: 'm', label: 'By a wire' },
      { provider: 'demo', model: 'demo-thinking-500' },
    ],
  }),
}), async ({ app, world }) => {
  await app.panes(2);
  await app.approve();
  await app.run();
  await app.settled();
  await app.prompt('the second question');
  await app.run();
  await until(async () => (await app.page.getByTestId('turn').count()) === 2, { what: 'the second turn' });
  await app.settled();
  const own = await written(app);
  assert.deepEqual(own.document.panes.map((pane) => pane.turns.length), [2, 2]);
  await app.page.getByTestId('share').click();
  const field = app.page.getByTestId('share-link');
  await until(async () => (await field.inputValue()) !== '', { what: 'the link' });
  const url = await field.inputValue();

  const again = await elsewhere(world, { url }, async (other) => {
    const [wire] = await other.panes(2);
    const opened = await written(other);
    assert.deepEqual(opened.document, own.document, 'the link holds the document');

    // Replayed: all of it, and nothing of it changes.
    await other.action('replay');
    const bar = other.page.getByTestId('replay-bar');
    await bar.waitFor();
    await other.page.getByTestId('replay-turns').selectOption('all');
    await other.page.getByTestId('replay-speed').selectOption('16');
    await other.page.getByTestId('replay-play').click();
    await until(async () => (await other.page.getByTestId('replay-turn').innerText()) === 'Turn 2 of 2', { what: 'the second turn' });
    await until(async () => (await wire.phase()) === 'done', { what: 'the end of the replay' });
    assert.equal((await wire.answer()).trim(), answer('Other words follow').trim());
    assert.deepEqual((await written(other)).document, own.document, 'a replay changes nothing');
    await other.page.getByTestId('replay-close').click();
    await bar.waitFor({ state: 'detached' });
    assert.equal(asked(other), 0, 'nothing was sent so far');

    // Run again beside it.
    await other.approve();
    const dialog = await openDrift(other);
    await dialog.getByTestId('drift-run').click();
    await until(async () => /Changed/.test(await dialog.getByTestId('drift-now').first().innerText()), { what: 'the new answer' });
    await other.settled();
    await other.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(asked(other), 1, 'one pane is reached over a wire');
    const both = await written(other);
    for (const [at, pane] of both.document.panes.entries()) {
      const [first, second] = pane.turns;
      assert.deepEqual(first, own.document.panes[at].turns[0], 'the first turn is as it was');
      assert.equal(second.runs.length, 2);
      assert.deepEqual(second.runs[0], own.document.panes[at].turns[1].runs[0], 'and so is the first run of the second');
    }
    assert.match(both.document.panes[0].turns[1].runs[1].answer, /^Changed words/);
    return both;
  });

  await elsewhere(world, {}, async (third) => {
    await third.action('import');
    await third.page.locator('dialog[data-testid=imports]').waitFor();
    await third.page.getByTestId('import-file').setInputFiles({
      name: 'result.json', mimeType: 'application/json', buffer: Buffer.from(again.text),
    });
    await third.page.getByTestId('import-apply').click();
    await third.panes(2);
    assert.deepEqual((await written(third)).document, again.document, 'what was exported comes back');
    assert.equal(asked(third), 0);
  });
});
