// Cohere's chat and Ollama's own API against aimock, a server that nobody here
// wrote. Where aimock departs from the real wire (it has no times of Ollama's
// and no thinking of either), our byte server plays lines as Ollama's
// documentation gives them; that is evidence of the page only.

import assert from 'node:assert/strict';
import { ownHeaders } from './harness/bodies.mjs';
import { json } from './harness/byte_server.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const ANSWER = [
  'The first paragraph tells of the rain over the hills, slowly and in order.',
  'The second one counts: one, two, three, four, five, six, seven, eight, nine, ten.',
  'The third ends with the word that proves that nothing was cut: selenium.',
].join('\n\n');
const FIRST_TOKEN_MS = 150;
const USAGE = { prompt_tokens: 21, completion_tokens: 120, input_tokens: 21, output_tokens: 120 };

const { world, scene } = stage({
  bytes: true,
  aimock: [
    {
      match: { userMessage: 'race' },
      response: { content: ANSWER, usage: USAGE },
      chunkSize: 4,
      streamingProfile: { ttft: FIRST_TOKEN_MS, tps: 200, jitter: 0 },
    },
    { match: { userMessage: 'call' }, response: { toolCalls: [{ name: 'look', arguments: { at: 'sky' } }] } },
    {
      match: { userMessage: 'refused' },
      response: { error: { message: 'invalid api token', type: 'x' }, status: 401 },
    },
  ],
});

const KEY = 'cohere-test-0005';

const twoPanes = (prompt, rest = {}) => ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({
    prompt,
    panes: [
      { provider: 'cohere', model: 'command-a-03-2025', base_url: aimock.origin },
      { provider: 'ollama', model: 'qwen3:4b', base_url: `${aimock.origin}/v1` },
    ],
    ...rest,
  }),
});

async function go(app) {
  const panes = await app.panes(2);
  await app.approve();
  await app.key('cohere', world.aimock.origin, KEY);
  await world.aimock.forget();
  await app.run();
  return panes;
}

scene('cohere and ollama answer side by side, whole and in order', twoPanes('race'), async ({ app }) => {
  const [cohere, ollama] = await go(app);
  assert.deepEqual(await app.settled(), ['done', 'done']);
  for (const pane of [cohere, ollama]) {
    assert.equal(await pane.raw(), ANSWER);
    assert.equal(await pane.finish(), 'stop');
    const figures = await pane.metrics();
    // The server's timer may be a millisecond early.
    assert.ok(figures.ttft_ms.value >= FIRST_TOKEN_MS - 2, `ttft ${figures.ttft_ms.value}`);
    assert.ok(figures.ttft_ms.value <= figures.total_ms.value);
  }
  const figures = await cohere.metrics();
  assert.equal(figures.input_tokens.value, USAGE.input_tokens);
  assert.equal(figures.output_tokens.value, USAGE.output_tokens);
  assert.equal(await cohere.mark('provider'), 'cohere');
  assert.equal(await ollama.mark('provider'), 'ollama');
});

scene(
  'each body has its own shape, and only the claimed headers leave',
  twoPanes('race', {
    system: 'Be terse.',
    params: { temperature: 0.5, top_p: 0.9, top_k: 40, max_output_tokens: 256, stop: ['END'], seed: 7 },
  }),
  async ({ app }) => {
    await go(app);
    await app.settled();
    const posts = app.sent({ method: 'POST', origin: world.aimock.origin });
    const journal = await world.aimock.journal();
    assert.deepEqual(journal.map((entry) => entry.path).sort(), ['/api/chat', '/v2/chat']);
    assert.equal(posts.length, 2, 'one request for each pane');
    const body = (path) => {
      const post = posts.find((one) => new URL(one.url()).pathname === path);
      return post.postDataJSON();
    };
    const messages = [
      { role: 'system', content: 'Be terse.' },
      { role: 'user', content: 'race' },
    ];
    assert.deepEqual(body('/v2/chat'), {
      model: 'command-a-03-2025',
      messages,
      temperature: 0.5,
      p: 0.9,
      k: 40,
      max_tokens: 256,
      stop_sequences: ['END'],
      seed: 7,
      stream: true,
    });
    assert.deepEqual(body('/api/chat'), {
      model: 'qwen3:4b',
      messages,
      options: { temperature: 0.5, top_p: 0.9, top_k: 40, num_predict: 256, stop: ['END'], seed: 7 },
      stream: true,
    });
    const headers = Object.fromEntries(
      journal.map((entry) => [entry.path, Object.keys(ownHeaders(entry.headers))]),
    );
    assert.deepEqual(headers, {
      '/v2/chat': ['authorization', 'content-type'],
      '/api/chat': ['content-type'],
    });
  },
);

scene('the calls of both are shown', twoPanes('call'), async ({ app }) => {
  const panes = await go(app);
  await app.settled();
  for (const pane of panes) {
    assert.equal(await pane.finish(), 'tool_calls');
    const text = await pane.root.locator('.tool-call').innerText();
    assert.match(text, /look/);
    assert.match(text, /sky/);
  }
});

scene('a wrong key at cohere is told as one', twoPanes('refused'), async ({ app }) => {
  const [cohere] = await go(app);
  assert.match(await cohere.fails('auth'), /invalid api token/);
});

// --- Ollama's lines, as our byte server plays them ------------------------------------

const line = (value) => `${JSON.stringify({ model: 'qwen3:4b', created_at: 't', ...value })}\n`;
const said = (message) => line({ message: { role: 'assistant', content: '', ...message }, done: false });
const LAST = {
  message: { role: 'assistant', content: '' },
  done: true,
  done_reason: 'stop',
  total_duration: 6_900_000_000,
  load_duration: 5_000_000_000,
  prompt_eval_count: 18,
  prompt_eval_duration: 320_000_000,
  eval_count: 64,
  eval_duration: 800_000_000,
};
const lines = (...steps) => ({ headers: { 'content-type': 'application/x-ndjson' }, steps });

const ollama = (reply, rest = {}) => ({ bytes }) => {
  const lane = bytes.lane();
  lane.reply(reply);
  return {
    allow: [bytes.origin],
    fragment: recipeLink({
      prompt: 'Go.',
      panes: [{ provider: 'ollama', model: 'qwen3:4b', base_url: lane.root, ...rest }],
    }),
    hand: { lane },
  };
};

async function goOllama(app) {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.run();
  return pane;
}

scene(
  'thinking, answer and the server\'s own clock are shown apart from ours',
  ollama(lines(said({ thinking: 'Clouds.' }), said({ content: 'Rain ' }), said({ content: 'fell.' }), line(LAST).trimEnd())),
  async ({ app }) => {
    const pane = await goOllama(app);
    await pane.reaches('done');
    assert.equal(await pane.raw(), 'Rain fell.');
    assert.equal((await pane.thinking()).trim().includes('Clouds.'), true);
    const note = pane.root.getByTestId('server-timing');
    await note.waitFor();
    const text = (await note.innerText()).replace(/\s+/g, ' ');
    assert.match(text, /^The model’s own clock says: 5\.00 s to load the model, 320 ms to read the prompt, 800 ms to write, 80\.0 tok\/s, 6\.90 s in all$/);
    const values = await note.locator('data').evaluateAll((all) =>
      Object.fromEntries(all.map((one) => [one.dataset.serverMetric, Number(one.value)])),
    );
    assert.deepEqual(values, {
      load_ms: 5000,
      prompt_ms: 320,
      generation_ms: 800,
      output_tokens_per_s: 80,
      total_ms: 6900,
    });
    const ours = await pane.metrics();
    assert.ok(ours.total_ms.value < 5000, 'our clock is not the server\'s');
    await pane.root.locator('.figure').filter({ hasText: 'First token' }).click();
    const popover = app.page.getByTestId('popover');
    assert.match((await popover.innerText()).replace(/\s+/g, ' '), /The model’s own clock says: 5\.00 s to load the model/);
    await app.page.keyboard.press('Escape');
    const { document } = await app.exported();
    const [run] = document.panes[0].turns[0].runs;
    assert.deepEqual(run.server_timing, { source: 'done', ...values });
    assert.equal(run.figures.total_ms, ours.total_ms.value);
  },
);

scene(
  'the first line is shown before the second comes',
  ({ bytes }) => {
    let open;
    const gate = new Promise((resolve) => (open = resolve));
    const settings = ollama(lines(said({ content: 'Rain ' }), { gate }, said({ content: 'fell.' }), line(LAST)))({ bytes });
    return { ...settings, hand: { ...settings.hand, open } };
  },
  async ({ app, open }) => {
    const pane = await goOllama(app);
    await pane.shows('Rain');
    assert.equal(await pane.phase(), 'answering');
    open();
    await pane.reaches('done');
    assert.equal(await pane.raw(), 'Rain fell.');
  },
);

scene(
  'an error in the middle of the lines keeps the text',
  ollama(lines(said({ content: 'Rain' }), '{"error":"llama runner process has terminated"}\n')),
  async ({ app }) => {
    const pane = await goOllama(app);
    assert.match(await pane.fails('server'), /llama runner/);
    assert.equal((await pane.answer()).trim(), 'Rain');
  },
);

scene(
  'a model that does not think says what to change',
  ollama(json(400, { error: '"qwen3:4b" does not support thinking' }), { params: { reasoning_effort: 'high' } }),
  async ({ app, lane }) => {
    const pane = await goOllama(app);
    const text = await pane.fails('bad_request');
    assert.equal(lane.posts[0].json.think, 'high');
    assert.match(text, /reasoning effort/);
    assert.match(text, /does not support thinking/);
    await until(async () => (await app.page.locator('.card-bad button').count()) > 0, { what: 'something to do' });
  },
);
