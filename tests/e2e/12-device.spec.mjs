// A real model that runs in the page: nothing here is simulated, and llama.cpp's own server,
// on the same file, says what the counts and the text must be.

import assert from 'node:assert/strict';
import { after } from 'node:test';
import { recipeLink } from './harness/recipe.mjs';
import { SMALL, hostWithModel, smallModel } from './harness/small_model.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

// Below a path, as on a host that serves many pages.
const host = await hostWithModel();
after(() => host.stop());
const { world, scene } = stage({ browser: 'chromium', llama: true });

const LIMIT = 4;
// The machine may be busy, and a model is work.
const LONG = { timeout: 80_000 };
const SYSTEM = 'Be brief.';
// Each of its first words is far likelier than any other, so that two builds of llama.cpp,
// which round differently, agree.
const QUESTION = 'What is the capital of France?';

const panes = (all, params = {}, prompt = QUESTION) => ({
  url: host.url,
  fragment: recipeLink({
    // Short, in place of the model's own: every token that it reads takes time.
    system: SYSTEM,
    prompt,
    params: { max_output_tokens: LIMIT, ...params },
    panes: all.map((pane) => ({ provider: 'on-device', model: SMALL.model, ...pane })),
  }),
});

/** Notes what a viewer would see of phases and of the model on its way. */
async function watch(app) {
  await app.page.evaluate(() => {
    window.__seen = { together: 0, bars: new Set(), texts: new Set() };
    const look = () => {
      const all = [...document.querySelectorAll('[data-testid=pane]')].map((pane) => pane.dataset.phase);
      const at = all.filter((phase) => ['connecting', 'waiting', 'answering'].includes(phase)).length;
      window.__seen.together = Math.max(window.__seen.together, at);
      for (const bar of document.querySelectorAll('[data-testid=model-loading]')) {
        window.__seen.texts.add(bar.textContent.replace(/[\d.]+/g, '#'));
        window.__seen.bars.add(bar.closest('[data-testid=pane]').dataset.phase);
      }
    };
    new MutationObserver(look).observe(document.body, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  return () =>
    app.page.evaluate(() => ({
      together: window.__seen.together,
      bars: [...window.__seen.bars],
      texts: [...window.__seen.texts].join('\n'),
    }));
}

async function oracle(params) {
  const reply = await fetch(`${world.llama.base}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'system', content: SYSTEM }, { role: 'user', content: QUESTION }], ...params }),
  });
  return reply.json();
}

scene(
  'three panes of one model run one after another, with the counts and the text of llama.cpp',
  () => panes([{ params: { temperature: 0 } }, { params: { temperature: 0.7, seed: 1 } }, { params: { temperature: 1.2, seed: 2 } }]),
  async ({ app }) => {
    const [first, second, third] = await app.panes(3);
    const seen = await watch(app);
    await app.run();
    assert.deepEqual(await app.settled(LONG), ['done', 'done', 'done']);
    const { together, bars, texts } = await seen();
    assert.equal(together, 1, 'one instance answers one pane at a time');
    assert.deepEqual(bars, ['queued'], 'a model that loads is no part of a run');
    assert.match(texts, /Fetching the model: # of # MB, # %/);
    assert.match(texts, /Loading the model into memory, # %/);
    assert.match(texts, /Starting the model/);

    const theirs = await oracle({ temperature: 0, max_tokens: LIMIT });
    const words = theirs.choices[0].message.content;
    for (const pane of [first, second, third]) {
      const figures = await pane.metrics();
      assert.equal(figures.input_tokens.value, theirs.usage.prompt_tokens);
      assert.equal(figures.input_tokens.source, 'reported');
      assert.equal(figures.cached_input_tokens?.value ?? 0, 0, 'every pane reads its prompt itself');
      assert.ok(figures.ttft_ms.value > 0 && figures.ttft_ms.value < figures.total_ms.value);
    }
    const figures = await first.metrics();
    assert.equal(figures.output_tokens.value, theirs.usage.completion_tokens);
    assert.equal(await first.root.getAttribute('data-finish'), theirs.choices[0].finish_reason);
    assert.equal(await first.raw(), words, 'the same model says the same');
    const models = host.asked.filter((line) => line === `GET models/${SMALL.file}`);
    assert.equal(models.length, 1, 'the model is fetched once');
  },
);

scene('a stopped run lets go of the model, and a reload does not fetch it again', () => panes([{}], { max_output_tokens: 400 }, 'Write a long story about a lighthouse, a storm and the people of a village.'), async ({ app }) => {
  const fetched = () => host.asked.filter((line) => line === `GET models/${SMALL.file}`).length;
  const before = fetched();
  const [pane] = await app.panes(1);
  await app.run();
  await until(async () => (await pane.answer()) || (await pane.error()), { ...LONG, what: 'some text' });
  await pane.stop();
  assert.equal(await pane.phase(), 'stopped');
  assert.ok(await pane.answer(), 'the text is kept');

  await app.page.reload();
  await app.ready();
  await app.run();
  await until(async () => (await pane.answer()) || (await pane.error()), { ...LONG, what: 'some text' });
  await pane.stop();
  await pane.retry();
  const shown = await until(async () => (await pane.phase()) === 'answering' || (await pane.error()), { ...LONG, what: 'the next answer' });
  assert.equal(shown, true);
  await app.stop();
  assert.equal(fetched() - before, 1, 'the browser keeps it');

  const settings = await app.openSettings();
  await settings.getByTestId('forget-models').click();
  await until(() => app.page.evaluate(async () => !(await caches.keys()).some((name) => name.startsWith('touchstone-models'))), { what: 'the stored model to go' });
  await settings.getByTestId('forget-models').waitFor({ state: 'detached' });
});

scene('a model that is not there says what to pick, and a picked file runs', () => panes([{ model: 'my-own.gguf' }]), async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.run();
  assert.match(await pane.fails('not_found', LONG), /my-own\.gguf is not here.*Choose the file/);
  // The browser's own note of the 404 is what was asked for.
  app.troubles = app.troubles.filter((text) => !/404/.test(text));

  const field = pane.root.getByTestId('gguf-file');
  await field.setInputFiles({ name: 'poem.gguf', mimeType: 'text/plain', buffer: Buffer.from('Roses are red') });
  await app.page.getByTestId('toast').filter({ hasText: 'poem.gguf is not a GGUF file' }).waitFor();
  assert.equal(await pane.root.getAttribute('data-model'), 'my-own.gguf', 'what is no model takes no place');

  await field.setInputFiles({ name: 'cut.gguf', mimeType: '', buffer: Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(64)]) });
  await until(async () => (await pane.root.getAttribute('data-model')) === 'cut.gguf', { what: 'the file to be taken' });
  assert.match(await pane.fails('bad_request', LONG), /cut\.gguf could not be loaded/);

  await field.setInputFiles(smallModel());
  // A file is looked at before it is taken; until then the failure stays in sight.
  await until(async () => (await pane.phase()) !== 'failed', { ...LONG, what: 'the run to begin' });
  await pane.reaches('done', LONG);
  assert.equal(await pane.root.getAttribute('data-model'), 'SmolLM2-135M-Instruct.Q4_1.gguf');
  assert.ok(!host.asked.some((line) => line.includes('SmolLM2')), 'a picked file is not asked for');
});

/** Three panes at their temperatures, the first at work and the others behind it. */
async function comparesThree(app, model) {
  const [first, ...others] = await app.panes(3);
  await until(async () => (await first.answer()) || (await first.error()), { ...LONG, what: 'some text' });
  assert.equal(await first.error(), null);
  for (const pane of others) {
    // Unless the first has ended by the time that a slow machine looks.
    const phase = await pane.phase();
    assert.ok(phase === 'queued' || (await first.phase()) === 'done', phase);
  }
  for (const pane of [first, ...others]) assert.equal(await pane.root.getAttribute('data-model'), model);
  await app.stop();
  assert.deepEqual(await app.settled(), ['stopped', 'stopped', 'stopped']);
  // Nobody charges for what waited either.
  for (const pane of [first, ...others]) {
    assert.match(await pane.root.locator('.figure', { hasText: 'Cost' }).innerText(), /local/);
  }
}

scene('one click on the first page compares the small model with itself', () => ({ url: host.url }), async ({ app }) => {
  await app.page.getByTestId('start-device').click();
  await comparesThree(app, SMALL.model);
});

scene('a host without a model says so on the first page and takes a file', {}, async ({ app }) => {
  await app.page.getByTestId('start-device').click();
  const note = app.page.getByTestId('device-missing');
  await note.waitFor(LONG);
  assert.match(await note.textContent(), /put smollm2-135m-instruct-q4_1\.gguf into a folder/);
  app.troubles = app.troubles.filter((text) => !/404/.test(text));
  await app.page.getByTestId('start').getByTestId('gguf-file').setInputFiles(smallModel());
  await comparesThree(app, 'SmolLM2-135M-Instruct.Q4_1.gguf');
});
