// The browser's own model. What answers is a stub of ours of the Prompt API,
// harness/language_model.mjs: it says how the page behaves, not how a browser does.

import assert from 'node:assert/strict';
import { languageModel, noLanguageModel } from './harness/language_model.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const { scene } = stage({ browser: 'chromium' });

const PANE = { provider: 'chrome-built-in', model: 'built-in' };
const stub = (page, look) => page.evaluate(look);
const panes = (count, recipe = {}, options = {}) => () => ({
  prepare: languageModel(options),
  fragment: recipeLink({ prompt: 'Why is the sky blue?', panes: Array.from({ length: count }, () => PANE), ...recipe }),
});

scene('a browser without the interface is offered nothing, and a link for it says why', () => ({ prepare: noLanguageModel() }), async ({ app }) => {
  const { page } = app;
  await page.getByTestId('start').waitFor();
  assert.equal(await page.getByTestId('built-in-card').count(), 0);
  await page.getByTestId('add-pane').first().click();
  const picker = page.locator('dialog[data-testid=picker]');
  await picker.getByTestId('picker-provider').waitFor();
  assert.equal(await picker.locator('option[value=chrome-built-in]').count(), 0);
  await page.keyboard.press('Escape');
  await app.follow('#prompt=Hello&pane=chrome-built-in/built-in');
  await app.panes(1);
  await app.run();
  assert.match(await app.pane().fails('not_found'), /no model of its own.*version 148/);
});

scene('one click on the first page asks the model that is there', () => ({ prepare: languageModel() }), async ({ app }) => {
  const { page } = app;
  const card = page.getByTestId('built-in-card');
  await card.waitFor();
  await card.getByTestId('start-built-in').click();
  await app.panes(1);
  const pane = app.pane();
  await pane.reaches('done');
  assert.equal(await pane.answer(), 'The sky scatters blue light.');
  assert.match(await pane.root.innerText(), /in your browser/);
  assert.equal(await stub(page, () => window.__model.downloads), 0);
});

scene('the system prompt and earlier turns come first, and what the browser counts is what is shown', panes(1, { system: 'Be very brief.' }), async ({ app }) => {
  const { page } = app;
  await app.run();
  const pane = app.pane();
  await pane.reaches('done');
  const figures = await pane.metrics();
  assert.equal(figures.input_tokens.value, 8, 'three words of system and five of prompt');
  assert.equal(figures.input_tokens.source, 'reported');
  assert.equal(figures.output_tokens.value, 5);
  assert.equal(figures.output_tokens.source, 'reported');
  assert.equal(figures.cost_usd, undefined);
  assert.match(await pane.root.innerText(), /local/);
  await app.prompt('And at night?');
  await app.run();
  await pane.reaches('done');
  const { creates, prompts } = await stub(page, () => ({ creates: window.__model.creates, prompts: window.__model.prompts }));
  assert.deepEqual(creates.at(-1).initialPrompts.map(({ role }) => role), ['system', 'user', 'assistant']);
  assert.deepEqual(prompts.at(-1).input, [{ role: 'user', content: 'And at night?' }]);
});

scene('names from before 2026 are understood too', panes(1, {}, { old: true }), async ({ app }) => {
  await app.run();
  await app.pane().reaches('done');
  const figures = await app.pane().metrics();
  assert.equal(figures.input_tokens.value, 5);
  assert.equal(figures.output_tokens.value, 5);
});

scene('thinking is shown apart', panes(1, {}, { thoughts: 'Rayleigh' }), async ({ app }) => {
  await app.run();
  await app.pane().reaches('done');
  assert.match(await app.pane().thinking(), /Rayleigh/);
  assert.equal(await app.pane().answer(), 'The sky scatters blue light.');
});

scene('panes wait for each other, as there is one model', panes(3), async ({ app }) => {
  await app.run();
  assert.deepEqual(await app.settled(), ['done', 'done', 'done']);
  assert.equal(await stub(app.page, () => window.__model.most), 1);
});

scene('a stop reaches the model, keeps the text and lets the next run go', panes(1, {}, { hold: true }), async ({ app }) => {
  const pane = app.pane();
  await app.run();
  await pane.shows('blue light.');
  await pane.stop();
  assert.equal(await pane.phase(), 'stopped');
  await until(() => stub(app.page, () => window.__model.aborted === 1), { what: 'the model to be stopped' });
  await pane.retry();
  await pane.shows('blue light.');
  await pane.stop();
});

scene('a model that is not there is fetched only by a click, and how far it is is shown', panes(1, {}, { state: 'downloadable' }), async ({ app }) => {
  const { page } = app;
  const pane = app.pane();
  await app.run();
  assert.match(await pane.fails('not_found'), /not downloaded yet/);
  assert.equal(await stub(page, () => window.__model.downloads), 0);
  await pane.root.getByTestId('built-in-download').click();
  await until(async () => /42 %/.test(await pane.root.innerText()), { what: 'how far it is' });
  await stub(page, () => window.__model.finish());
  await pane.root.getByTestId('built-in-loading').waitFor({ state: 'detached' });
  await pane.retry();
  await pane.reaches('done');
});

scene('a download that breaks off is said on the first page, and tried again', () => ({ prepare: languageModel({ state: 'downloadable' }) }), async ({ app }) => {
  const { page } = app;
  const card = page.getByTestId('built-in-card');
  await card.getByTestId('start-built-in').click();
  const download = card.getByTestId('built-in-download');
  await download.click();
  await until(async () => /42 %/.test(await card.innerText()), { what: 'how far it is' });
  await stub(page, () => {
    window.__model.fail = 'NetworkError';
    window.__model.finish();
  });
  await until(async () => /was not fetched/.test(await card.innerText()), { what: 'why it was not' });
  await stub(page, () => {
    window.__model.fail = null;
  });
  await download.click();
  await until(async () => /42 %/.test(await card.innerText()), { what: 'how far it is' });
  await stub(page, () => window.__model.finish());
  await until(async () => !(await card.getByTestId('built-in').count()), { what: 'the model to be there' });
  await card.getByTestId('start-built-in').click();
  await app.panes(1);
  await app.pane().reaches('done');
});

scene('a device that cannot have the model is told what it takes', () => ({ prepare: languageModel({ state: 'unavailable' }) }), async ({ app }) => {
  const card = app.page.getByTestId('built-in-card');
  await card.getByTestId('start-built-in').click();
  await until(async () => /22 GB/.test(await card.innerText()), { what: 'the reason' });
});

scene('a prompt that does not fit is refused with the browser’s figures', panes(1, {}, { quota: 3 }), async ({ app }) => {
  await app.run();
  assert.match(await app.pane().fails('too_large'), /5 \/ 3/);
});

scene('a setting that it lacks is left out and listed, and a schema is kept', panes(1, { params: { temperature: 0.5, response_schema: { type: 'object' } } }), async ({ app }) => {
  await app.run();
  await app.pane().reaches('done');
  const { body, text } = await app.pane().sent();
  assert.doesNotMatch(body, /temperature/);
  assert.match(text, /temperature/);
  const { creates, prompts } = await stub(app.page, () => ({ creates: window.__model.creates, prompts: window.__model.prompts }));
  assert.equal(creates.at(-1).temperature, undefined);
  assert.deepEqual(prompts.at(-1).responseConstraint, { type: 'object' });
});
