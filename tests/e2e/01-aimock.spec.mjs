// Four dialects side by side against aimock, a server that nobody here wrote.

import assert from 'node:assert/strict';
import { conversation, dialectOf, ownHeaders, posted, settings } from './harness/bodies.mjs';
import { MODELS, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';

const ANSWER = [
  'The first paragraph tells of the rain over the hills, slowly and in order.',
  'The second one counts: one, two, three, four, five, six, seven, eight, nine, ten.',
  'The third ends with the word that proves that nothing was cut: selenium.',
].join('\n\n');
const THOUGHT = 'They want rain, then numbers, then an ending.';
const FIRST_TOKEN_MS = 150;
const INPUT = 21;
const OUTPUT = 120;
const USAGE = {
  prompt_tokens: INPUT,
  completion_tokens: OUTPUT,
  input_tokens: INPUT,
  output_tokens: OUTPUT,
  promptTokenCount: INPUT,
  candidatesTokenCount: OUTPUT,
};

const paced = { chunkSize: 4, streamingProfile: { ttft: FIRST_TOKEN_MS, tps: 200, jitter: 0 } };
const FIXTURES = [
  { match: { userMessage: 'race' }, response: { content: ANSWER, usage: USAGE }, ...paced },
  {
    match: { userMessage: 'ponder' },
    response: { content: ANSWER, reasoning: THOUGHT, usage: USAGE },
    ...paced,
  },
  { match: { userMessage: 'call' }, response: { toolCalls: [{ name: 'look', arguments: { at: 'sky' } }] } },
  { match: { userMessage: 'cut' }, response: { content: 'This was cut', finishReason: 'length' } },
  { match: { userMessage: 'filter' }, response: { content: 'This was', finishReason: 'content_filter' } },
];

const { world, scene } = stage({ browser: 'chromium', aimock: FIXTURES });

const KEYS = {
  openai: 'sk-test-openai-0001',
  'openai-compatible': 'sk-test-compatible-0002',
  anthropic: 'sk-ant-test-0003',
  gemini: 'AIza-test-0004',
};

const PROVIDERS = Object.keys(MODELS);

function fourPanes(prompt, rest = {}) {
  return ({ aimock }) => ({
    allow: [aimock.origin],
    fragment: recipeLink({
      prompt,
      panes: PROVIDERS.map((provider) => ({
        provider,
        model: MODELS[provider],
        base_url: aimock.bases[provider],
      })),
      ...rest,
    }),
  });
}

async function ready(app) {
  await app.panes(4);
  await app.approve();
  for (const provider of PROVIDERS) await app.key(provider, world.aimock.origin, KEYS[provider]);
  await world.aimock.forget();
}

const squeeze = (text) => text.replace(/\s+/g, ' ').trim();

scene('four providers answer side by side, whole and in order', fourPanes('race'), async ({ app }) => {
  const panes = await app.panes(4);
  for (const [index, provider] of PROVIDERS.entries()) {
    assert.equal(await panes[index].mark('provider'), provider);
    assert.equal(await panes[index].mark('model'), MODELS[provider]);
    assert.equal(await panes[index].mark('host'), new URL(world.aimock.origin).host);
    assert.equal(await panes[index].phase(), 'idle');
  }
  assert.equal(
    await app.page.getByTestId('approve-endpoint').count(),
    1,
    'one origin asks for consent once, however many panes use it',
  );
  await ready(app);
  await app.run();
  assert.deepEqual(await app.settled(), ['done', 'done', 'done', 'done']);
  for (const pane of panes) {
    assert.equal(squeeze(await pane.answer()), squeeze(ANSWER));
    assert.equal(await pane.raw(), ANSWER);
    assert.equal(await pane.finish(), 'stop');
    assert.equal(await pane.error(), null);
  }
});

scene('figures are there, in order, and as the fixture says', fourPanes('race'), async ({ app }) => {
  await ready(app);
  await app.run();
  await app.settled();
  for (const pane of await app.panes(4)) {
    const figures = await pane.metrics();
    // On loopback a server of one's own costs nothing; a provider's row is a relay of it.
    const isOwn = (await pane.mark('provider')) === 'openai-compatible';
    assert.equal(figures.cost_usd?.source, isOwn ? undefined : 'computed');
    const value = (name) => {
      assert.ok(figures[name], `pane ${pane.index} shows ${name}`);
      return figures[name].value;
    };
    // The server holds its first token back by its own timer, which may be a millisecond early.
    assert.ok(value('ttft_ms') >= FIRST_TOKEN_MS - 2, `ttft ${value('ttft_ms')}`);
    assert.ok(value('headers_ms') <= value('ttft_ms'));
    assert.ok(value('ttft_ms') <= value('ttfa_ms'));
    assert.ok(value('ttfa_ms') <= value('total_ms'));
    assert.equal(value('input_tokens'), INPUT);
    assert.equal(value('output_tokens'), OUTPUT);
    assert.equal(figures.input_tokens.source, 'reported');
    assert.equal(figures.output_tokens.source, 'reported');
    assert.equal(figures.ttft_ms.source, 'measured');
    const window = value('total_ms') - value('ttft_ms');
    // On a busy machine the browser hands over many events at once; then the rate is withheld, and says so.
    if (!figures.output_tokens_per_s) {
      await pane.root.locator('.figure').nth(2).click();
      assert.match(await app.page.locator('.popover').innerText(), /first piece/);
      continue;
    }
    assert.ok(
      value('output_tokens_per_s') >= ((OUTPUT - 1) / window) * 1000 * 0.999,
      'the window ends no later than the answer',
    );
  }
});

const CLAIMED_HEADERS = {
  responses: ['authorization', 'content-type'],
  chat: ['authorization', 'content-type'],
  anthropic: [
    'anthropic-dangerous-direct-browser-access',
    'anthropic-version',
    'content-type',
    'x-api-key',
  ],
  gemini: ['content-type', 'x-goog-api-key'],
};

const KEY_HEADER = {
  responses: ['authorization', `Bearer ${KEYS.openai}`],
  chat: ['authorization', `Bearer ${KEYS['openai-compatible']}`],
  anthropic: ['x-api-key', KEYS.anthropic],
  gemini: ['x-goog-api-key', KEYS.gemini],
};

const PATHS = {
  responses: '/v1/responses',
  chat: '/v1/chat/completions',
  anthropic: '/v1/messages',
  gemini: `/v1beta/models/${MODELS.gemini}:streamGenerateContent?alt=sse`,
};

scene('exactly the claimed headers leave, each key to its own path', fourPanes('race'), async ({ app }) => {
  await ready(app);
  const requests = [];
  app.page.on('request', (request) => requests.push(request));
  await app.run();
  await app.settled();
  const journal = await world.aimock.journal();
  assert.equal(journal.length, 4, 'one request for each pane');
  for (const entry of journal) {
    const dialect = dialectOf(entry.path);
    // aimock's journal leaves an ampersand where it looked for a key in the query.
    assert.equal(entry.path.replace(/&$/, ''), PATHS[dialect]);
    const headers = ownHeaders(entry.headers);
    assert.deepEqual(Object.keys(headers), CLAIMED_HEADERS[dialect], dialect);
    const [name, value] = KEY_HEADER[dialect];
    // aimock blanks credentials in its journal; the browser's own request says what left.
    assert.equal(headers[name], '[REDACTED]');
    const left = requests.find((request) => request.method() === 'POST' && new URL(request.url()).pathname === new URL(entry.path, 'http://x').pathname);
    assert.equal((await left.allHeaders())[name], value);
    assert.equal(headers['content-type'], 'application/json');
    if (dialect === 'anthropic') {
      assert.equal(headers['anthropic-version'], '2023-06-01');
      assert.equal(headers['anthropic-dangerous-direct-browser-access'], 'true');
    }
    assert.ok(!entry.path.includes('key='), 'no key in an address');
  }
});

const SYSTEM = 'You are terse.';
const SET = {
  responses: { model: MODELS.openai, stream: true, store: false, temperature: 0.5, max_output_tokens: 256 },
  chat: {
    model: MODELS['openai-compatible'],
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0.5,
    max_tokens: 256,
  },
  anthropic: { model: MODELS.anthropic, stream: true, temperature: 0.5, max_tokens: 256 },
  // Gemini tells its thoughts only when asked, so a model that has them is asked.
  gemini: {
    generationConfig: {
      temperature: 0.5,
      maxOutputTokens: 256,
      thinkingConfig: { includeThoughts: true },
    },
  },
};

scene(
  'bodies hold what was set and what the dialect needs, and the panel shows the same',
  fourPanes('race {{what}}', {
    system: SYSTEM,
    variables: { what: 'on' },
    params: { temperature: 0.5, max_output_tokens: 256 },
  }),
  async ({ app }) => {
    await ready(app);
    await app.run();
    await app.settled();
    const wire = posted(app, world.aimock.origin);
    assert.equal(wire.length, 4);
    const byDialect = Object.fromEntries(wire.map((one) => [one.dialect, one]));
    for (const [dialect, expected] of Object.entries(SET)) {
      const { body } = byDialect[dialect];
      assert.deepEqual(settings(body), expected, dialect);
      assert.deepEqual(conversation(body), [
        ['system', SYSTEM],
        ['user', 'race on'],
      ]);
    }
    for (const entry of await world.aimock.journal()) {
      assert.deepEqual(conversation(entry.body), [
        ['system', SYSTEM],
        ['user', 'race on'],
      ]);
    }
    const dialects = ['responses', 'chat', 'anthropic', 'gemini'];
    for (const pane of await app.panes(4)) {
      const sent = await pane.sent();
      const dialect = dialects[pane.index];
      assert.deepEqual(JSON.parse(sent.body), byDialect[dialect].body, dialect);
      for (const key of Object.values(KEYS)) {
        assert.ok(!sent.text.includes(key) && !sent.body.includes(key), 'the panel shows no key');
      }
    }
  },
);

scene('without settings only the required fields are sent', fourPanes('race'), async ({ app }) => {
  await ready(app);
  await app.run();
  await app.settled();
  for (const { dialect, body } of posted(app, world.aimock.origin)) {
    const { max_tokens: limit, ...rest } = settings(body);
    const expected = {
      responses: { model: MODELS.openai, stream: true, store: false },
      chat: { model: 'm', stream: true, stream_options: { include_usage: true } },
      anthropic: { model: MODELS.anthropic, stream: true },
      gemini: { generationConfig: { thinkingConfig: { includeThoughts: true } } },
    }[dialect];
    assert.deepEqual(rest, expected, dialect);
    if (dialect === 'anthropic') assert.ok(limit > 0, 'Anthropic requires a limit');
    else assert.equal(limit, undefined, dialect);
  }
  const sent = await app.pane(2).sent();
  assert.match(sent.text, /max_tokens/, 'what was added by us is told');
});

async function visibleText(pane, testid) {
  return pane.root.getByTestId(testid).evaluateAll((all) => {
    const seen = [];
    for (const one of all) {
      const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const host = node.parentElement;
        if (host.checkVisibility() && host.getBoundingClientRect().height > 0) seen.push(node.data);
      }
    }
    return seen.join('');
  });
}

scene('thinking comes apart from the answer, folded but whole', fourPanes('ponder'), async ({ app }) => {
  await ready(app);
  await app.run();
  assert.deepEqual(await app.settled(), ['done', 'done', 'done', 'done']);
  for (const pane of await app.panes(4)) {
    assert.equal(squeeze(await pane.thinking()), THOUGHT);
    assert.ok(!(await visibleText(pane, 'thinking')).includes(THOUGHT), 'thinking is folded');
    assert.equal(await pane.raw(), ANSWER, 'no thinking in the answer');
    const figures = await pane.metrics();
    // Both may come in one chunk, and then at one time.
    assert.ok(figures.ttft_ms.value <= figures.ttfa_ms.value, 'thinking did not come later');
  }
});

scene('a call of a tool ends as such in every pane', fourPanes('call'), async ({ app }) => {
  await ready(app);
  await app.run();
  assert.deepEqual(await app.settled(), ['done', 'done', 'done', 'done']);
  const finishes = await Promise.all((await app.panes(4)).map((pane) => pane.finish()));
  // aimock ends Gemini's with a word that Gemini does not have.
  assert.deepEqual(finishes.slice(0, 3), ['tool_calls', 'tool_calls', 'tool_calls']);
  assert.match(finishes[3], /^(tool_calls|other)$/);
  for (const pane of await app.panes(4)) {
    assert.match(await pane.root.innerText(), /look/, 'the tool is named');
  }
});

scene('reaching the token limit is an end, not a failure', fourPanes('cut'), async ({ app }) => {
  await ready(app);
  await app.run();
  assert.deepEqual(await app.settled(), ['done', 'done', 'done', 'done']);
  for (const pane of await app.panes(4)) {
    assert.equal(squeeze(await pane.answer()), 'This was cut');
    // aimock's Responses stream does not give the reason of an incomplete answer.
    if (pane.index > 0) assert.equal(await pane.finish(), 'length');
  }
});

scene('an answer blocked by a filter fails as such, text kept', fourPanes('filter'), async ({ app }) => {
  await ready(app);
  await app.run();
  await app.settled();
  // Only these two dialects of aimock mark it as their providers do.
  for (const index of [1, 3]) {
    const pane = app.pane(index);
    await pane.fails('content_filter');
    assert.equal(await pane.finish(), 'content_filter');
    assert.equal(squeeze(await pane.answer()), 'This was');
  }
});
