// Models of a server of one's own: how much they take, what they can do, and that nobody is
// paid. Runs go to aimock, which nobody here wrote; it has no `/api/show`, so that what Ollama
// says of a model comes from a stub of ours, made after its documentation.

import assert from 'node:assert/strict';
import { json } from './harness/byte_server.mjs';
import { chooseRoute } from './harness/picker.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const { world, scene } = stage({
  bytes: true,
  aimock: [{ match: { userMessage: 'go' }, response: { content: 'Gone.' } }],
});

const SHOWN = {
  parameters: 'temperature                    0.7\nnum_ctx                        2048',
  details: { family: 'qwen3', parameter_size: '8.2B' },
  model_info: { 'general.architecture': 'qwen3', 'qwen3.context_length': 40960, 'qwen3.block_count': 36 },
  capabilities: ['completion', 'tools', 'thinking'],
};
const LINES = [
  { message: { role: 'assistant', content: 'Read.' }, done: false },
  { message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop', prompt_eval_count: 9, eval_count: 1 },
];

/** A stub of Ollama: its list, what it says of a model, and one answer. */
const stub = ({ bytes }) => {
  const list = { models: [{ name: 'qwen3:8b', details: { family: 'qwen3' } }, { name: 'gpt-5.4' }] };
  const lane = bytes.lane().models(json(200, list));
  lane.reply((entry) => {
    if (entry.path.endsWith('/api/show')) return json(200, SHOWN);
    const steps = LINES.map((line) => `${JSON.stringify({ model: 'qwen3:8b', ...line })}\n`);
    return { headers: { 'content-type': 'application/x-ndjson' }, steps };
  });
  return { allow: [bytes.origin], hand: { lane } };
};

const posts = (lane, path) => lane.posts.filter((post) => post.url.endsWith(path));
const bodyOf = ({ body }) => (typeof body === 'string' ? JSON.parse(body) : body);

async function pickOllama(app, lane) {
  const { page } = app;
  await page.getByTestId('add-pane').click();
  await page.getByTestId('picker-provider').waitFor({ state: 'attached' });
  await chooseRoute(page, 'ollama', 'ollama');
  await page.getByTestId('picker-base-url').evaluate((input) => input.closest('details')?.setAttribute('open', ''));
  await page.getByTestId('picker-base-url').fill(lane.root);
  await page.getByTestId('picker-base-url').blur();
  await page.getByTestId('picker-load').click();
  await page.locator('[data-testid=picker-option][data-model="qwen3:8b"]').waitFor();
}

scene('a picked model of Ollama says how much it takes and what it can do', stub, async ({ app, lane }) => {
  const { page } = app;
  await pickOllama(app, lane);
  await page.locator('[data-testid=picker-option][data-model="qwen3:8b"]').click();
  const facts = page.getByTestId('model-facts');
  await until(async () => /takes up to 40,960 tokens, thinks, calls tools/.test(await facts.innerText()), { what: 'the facts' });
  assert.equal(posts(lane, '/api/show').length, 1);
  assert.deepEqual(bodyOf(posts(lane, '/api/show')[0]), { model: 'qwen3:8b' });
  await page.getByTestId('picker-use').click();

  // It is asked once for all places that show it.
  const [pane] = await app.panes(1);
  await pane.menu('pane-params');
  const dialog = page.locator('dialog[data-testid=params]');
  const window = dialog.getByTestId('param-context-window');
  await window.waitFor();
  const about = () => dialog.getByTestId('param-about').first().innerText();
  assert.match(await about(), /takes up to 40,960 tokens; not set, the server makes room for 2,048/);
  await window.fill('50000');
  await until(async () => /More than this model can take: 40,960/.test(await about()), { what: 'the limit of the model' });
  await window.fill('8192');
  await page.keyboard.press('Escape');
  assert.equal(posts(lane, '/api/show').length, 1);

  await app.prompt('Read this.');
  await app.run();
  await pane.reaches('done');
  const [post] = posts(lane, '/api/chat');
  assert.deepEqual(bodyOf(post).options, { num_ctx: 8192 });
});

scene('an input that is larger than the room for it is said before the run', stub, async ({ app, lane }) => {
  const { page } = app;
  await pickOllama(app, lane);
  await page.locator('[data-testid=picker-option][data-model="qwen3:8b"]').click();
  await page.getByTestId('picker-use').click();
  const [pane] = await app.panes(1);
  const warning = pane.root.getByTestId('pane-window');
  // The server's own room, from what it says of the model: 2,048 tokens.
  await app.prompt('word '.repeat(4000));
  await until(async () => /context window is 2,048/.test(await warning.innerText().catch(() => '')), { what: 'the warning' });
  await warning.click();
  const dialog = page.locator('dialog[data-testid=params]');
  await dialog.getByTestId('param-context-window').fill('16384');
  await page.keyboard.press('Escape');
  await until(async () => (await warning.count()) === 0, { what: 'the warning to go where there is room' });
});

scene(
  'the room is asked of Ollama alone, and the others say that they do not take it',
  ({ aimock }) => ({
    allow: [aimock.origin],
    fragment: recipeLink({
      prompt: 'go',
      params: { context_window: 4096 },
      panes: [
        { provider: 'ollama', model: 'qwen3:4b', base_url: aimock.origin },
        { provider: 'ollama', api: 'chat', model: 'qwen3:4b', base_url: aimock.origin },
      ],
    }),
  }),
  async ({ app }) => {
    const [own, chat] = await app.panes(2);
    await app.approve();
    await world.aimock.forget();
    await app.run();
    assert.deepEqual(await app.settled(), ['done', 'done']);
    const journal = await world.aimock.journal();
    assert.deepEqual(journal.map((entry) => entry.path).sort(), ['/api/chat', '/v1/chat/completions']);
    const sent = Object.fromEntries(app.sent({ method: 'POST' }).map((post) => [new URL(post.url()).pathname, post.postDataJSON()]));
    assert.deepEqual(sent['/api/chat'].options, { num_ctx: 4096 });
    assert.doesNotMatch(JSON.stringify(sent['/v1/chat/completions']), /4096/);
    assert.equal(await own.root.getByTestId('pane-unsent').count(), 0);
    assert.match(await chat.root.getByTestId('pane-unsent').innerText(), /Context window.*this API has no such parameter/);
    assert.match((await chat.sent()).text, /context_window \(4096\) was left out/);
  },
);

scene('models of a server of one\'s own are local in the picker, whatever they are called', stub, async ({ app, lane }) => {
  const { page } = app;
  await pickOllama(app, lane);
  const meta = (model) => page.locator(`[data-testid=picker-option][data-model="${model}"] .meta`);
  for (const model of ['qwen3:8b', 'gpt-5.4']) {
    await until(async () => /local/.test(await meta(model).innerText()), { what: `${model} to be local` });
    assert.doesNotMatch(await meta(model).innerText(), /\$/);
  }
});
