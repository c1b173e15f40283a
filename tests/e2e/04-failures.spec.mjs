// What a provider refuses: every status gets its kind, the provider's own words
// and a next step. The replies come from our own byte server.

import assert from 'node:assert/strict';
import { json, stream } from './harness/byte_server.mjs';
import { KEY, go, onePane, openaiError } from './harness/one_pane.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { anthropic, chat, gemini, responses } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

// --- Keys ------------------------------------------------------------------

const HOSTED = {
  openai: { origin: 'https://api.openai.com', model: 'gpt-4.1' },
  anthropic: { origin: 'https://api.anthropic.com', model: 'claude-haiku-4-5' },
  gemini: { origin: 'https://generativelanguage.googleapis.com', model: 'gemini-3.5-flash' },
};

for (const [provider, { origin, model }] of Object.entries(HOSTED)) {
  scene(
    `without a key ${provider} is asked nothing, and the pane says where the key goes`,
    ({ internet }) => ({
      allow: [],
      fragment: recipeLink({ prompt: 'Go.', panes: [{ provider, model }] }),
      hand: { lane: internet.host(new URL(origin).host) },
    }),
    async ({ app, lane }) => {
      const [pane] = await app.panes(1);
      await app.run();
      assert.match(await pane.fails('auth'), /key/i);
      assert.equal(await pane.root.locator(`input[data-key-for=${provider}][data-origin="${origin}"]`).count(), 1);
      assert.deepEqual([lane.posts.length, lane.gets.length, lane.preflights.length], [0, 0, 0]);
      assert.match(await pane.root.innerText(), new RegExp(`sent only to ${new URL(origin).host}`, 'i'));
    },
  );
}

/** Where each of these candidates is named; they must stand in this order. */
const CANDIDATES = [
  ['wrong key', /\bkey\b/i],
  ['unknown model', /\bmodel\b/i],
  ['CORS', /\bCORS\b|allow.{0,40}(origin|page|site|address)/i],
  ['blocker', /block(er|ing)|extension|firewall/i],
  ['local network', /local[- ]network/i],
  ['offline', /offline|no (network|internet)|connection/i],
];

function assertOrdered(text, names) {
  let from = 0;
  for (const [name, pattern] of CANDIDATES.filter(([candidate]) => names.includes(candidate))) {
    const at = text.slice(from).search(pattern);
    assert.ok(at >= 0, `${name} is named, after what is likelier, in: ${text}`);
    from += at;
  }
}

scene(
  'a wrong OpenAI key, which the browser hides, gives the candidates in order of likelihood',
  ({ internet }) => ({
    allow: [HOSTED.openai.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [{ provider: 'openai', model: 'gpt-4.1' }] }),
    hand: {
      lane: internet
        .host('api.openai.com')
        .reply(json(401, { error: { message: 'Incorrect API key' } }, { cors: 'preflight-only' })),
    },
  }),
  async ({ app, lane }) => {
    const pane = await go(app);
    const text = await pane.fails('blocked');
    assertOrdered(text, ['wrong key', 'unknown model', 'blocker', 'offline']);
    assert.equal(lane.posts.length, 1);
    assert.ok(!text.includes(KEY));
  },
);

scene(
  'a wrong Cerebras key, which the browser hides, puts the key first too',
  ({ internet }) => ({
    allow: ['https://api.cerebras.ai'],
    fragment: recipeLink({
      prompt: 'Go.',
      panes: [{ provider: 'openai-compatible', model: 'm', base_url: 'https://api.cerebras.ai/v1' }],
    }),
    hand: {
      lane: internet.host('api.cerebras.ai').reply(json(401, {}, { cors: 'preflight-only' })),
    },
  }),
  async ({ app }) => {
    await app.panes(1);
    await app.approve();
    await app.key('openai-compatible', 'https://api.cerebras.ai', KEY);
    await app.run();
    assertOrdered(await app.pane().fails('blocked'), ['wrong key', 'blocker', 'offline']);
  },
);

scene(
  'a key of another provider is named as such',
  ({ internet }) => ({
    allow: [HOSTED.openai.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [{ provider: 'openai', model: 'gpt-4.1' }] }),
    hand: {
      lane: internet.host('api.openai.com').reply(json(401, {}, { cors: 'preflight-only' })),
    },
  }),
  async ({ app }) => {
    const [pane] = await app.panes(1);
    await app.key('openai', HOSTED.openai.origin, 'sk-ant-api03-of-another-house');
    await app.run();
    await pane.reaches('failed');
    const error = await pane.error();
    assert.match(error.kind, /^(auth|blocked)$/);
    const said = `${error.text} ${await app.told()}`;
    assert.match(said, /Anthropic/, 'whose key it looks like');
    assert.ok(!said.includes('sk-ant-api03'));
  },
);

scene('a host that nobody agreed to gets nothing', onePane(stream(chat.whole('x'))), async ({ app, lane }) => {
  const [pane] = await app.panes(1);
  await app.run();
  await pane.fails('blocked');
  assert.equal(await app.page.getByTestId('approve-endpoint').count(), 1, 'consent is still offered');
  assert.deepEqual([lane.posts.length, lane.gets.length, lane.preflights.length], [0, 0, 0]);
  await app.approve();
  await app.run();
  await pane.reaches('done');
});

scene(
  'an organisation that keeps pages out is told from a wrong key, and other routes are offered',
  onePane(
    json(401, {
      type: 'error',
      error: { type: 'authentication_error', message: 'CORS requests are not allowed for this Organization because of its settings' },
    }),
    { dialect: 'anthropic' },
  ),
  async ({ app }) => {
    const pane = await go(app);
    assert.match(await pane.fails('permission'), /organisation lets no page in.*only its admins.*CORS requests are not allowed/is);
    const card = pane.root.getByTestId('error');
    assert.equal(await card.getByTestId('compare-routes').count(), 1);
    assert.equal(await card.getByRole('button', { name: 'Choose a model' }).count(), 0);
  },
);

// --- Statuses ----------------------------------------------------------------

const claude = (type, message) => ({ type: 'error', error: { type, message }, request_id: 'req_1' });
const google = (code, status, message, details = []) => ({ error: { code, status, message, details } });
const KEY_INVALID = [
  { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
];

/** [name, dialect, reply, kind, words that must be shown] */
const STATUSES = [
  ['400 naming a parameter', 'chat', json(400, openaiError('Unsupported value: temperature is fixed.', { type: 'invalid_request_error', param: 'temperature', code: 'unsupported_value' })), 'bad_request', [/Unsupported value: temperature is fixed\./, /temperature/]],
  ['400 of a request that is too long', 'chat', json(400, openaiError('Maximum context length is 8192 tokens.', { code: 'context_length_exceeded', param: 'messages' })), 'too_large', [/8192 tokens/]],
  ['401', 'chat', json(401, openaiError('Incorrect key provided.', { code: 'invalid_api_key' })), 'auth', [/Incorrect key provided\./, /key/i]],
  ['402', 'chat', json(402, openaiError('Insufficient Balance')), 'billing', [/Insufficient Balance/]],
  ['403', 'chat', json(403, openaiError('Country not supported')), 'permission', [/Country not supported/]],
  ['404', 'chat', json(404, openaiError('The model `m` does not exist', { code: 'model_not_found' })), 'not_found', [/The model `?m`? does not exist/, /model/]],
  ['413', 'chat', json(413, openaiError('Request too large')), 'too_large', [/Request too large/]],
  ['422 in the words of FastAPI', 'chat', json(422, { detail: [{ loc: ['body', 'top_k'], msg: 'extra fields not permitted' }] }), 'bad_request', [/extra fields not permitted/]],
  ['429 without credit', 'chat', json(429, openaiError('You exceeded your current quota', { code: 'insufficient_quota', type: 'insufficient_quota' })), 'billing', [/exceeded your current quota/]],
  ['500', 'chat', json(500, openaiError('The server had an error')), 'server', [/The server had an error/]],
  ['500 with a bare text', 'chat', json(500, { error: 'something broke inside' }), 'server', [/something broke inside/]],
  ['503', 'chat', json(503, openaiError('Loading model', { type: 'unavailable_error', code: 503 })), 'overloaded', [/Loading model/]],
  ['529', 'chat', json(529, openaiError('Overloaded')), 'overloaded', [/Overloaded/]],
  ['200 whose first frame is an error', 'chat', stream([`data: ${JSON.stringify({ error: { message: 'Upstream is out of breath', code: 429 } })}\n\n`]), 'rate_limited', [/Upstream is out of breath/]],
  ['400 of Responses', 'responses', json(400, openaiError("Unknown parameter: 'foo'", { param: 'foo', code: 'unknown_parameter' })), 'bad_request', [/foo/]],
  ['200 whose first frame is an error, Responses', 'responses', stream([responses.error('insufficient_quota', 'You exceeded your current quota')]), 'billing', [/exceeded your current quota/]],
  ['400 of Anthropic', 'anthropic', json(400, claude('invalid_request_error', 'max_tokens: 99 is too many')), 'bad_request', [/99 is too many/, /max_tokens/]],
  ['401 of Anthropic', 'anthropic', json(401, claude('authentication_error', 'invalid x-api-key')), 'auth', [/invalid x-api-key/]],
  ['402 of Anthropic', 'anthropic', json(402, claude('billing_error', 'Your credit balance is too low')), 'billing', [/credit balance/]],
  ['403 of Anthropic', 'anthropic', json(403, claude('permission_error', 'Not for your organization')), 'permission', [/Not for your organization/]],
  ['404 of Anthropic', 'anthropic', json(404, claude('not_found_error', 'model: claude-haiku-4-5')), 'not_found', [/claude-haiku-4-5/]],
  ['413 of Anthropic', 'anthropic', json(413, claude('request_too_large', 'Request exceeds the maximum size')), 'too_large', [/maximum size/]],
  ['500 of Anthropic', 'anthropic', json(500, claude('api_error', 'Internal server error')), 'server', [/Internal server error/]],
  ['529 of Anthropic', 'anthropic', json(529, claude('overloaded_error', 'Overloaded')), 'overloaded', [/Overloaded/]],
  ['200 whose first frame is an error, Anthropic', 'anthropic', stream([anthropic.error('overloaded_error', 'Overloaded for now')]), 'overloaded', [/Overloaded for now/]],
  ['400 of Gemini for a bad key', 'gemini', json(400, google(400, 'INVALID_ARGUMENT', 'API key not valid.', KEY_INVALID)), 'auth', [/API key not valid\./]],
  ['400 of Gemini', 'gemini', json(400, google(400, 'INVALID_ARGUMENT', 'thinkingBudget is not supported')), 'bad_request', [/thinkingBudget is not supported/]],
  ['403 of Gemini', 'gemini', json(403, google(403, 'PERMISSION_DENIED', 'Requests from referer are blocked.')), 'permission', [/referer/]],
  ['404 of Gemini', 'gemini', json(404, google(404, 'NOT_FOUND', 'models/x is not found')), 'not_found', [/models\/x is not found/]],
  ['503 of Gemini', 'gemini', json(503, google(503, 'UNAVAILABLE', 'The model is overloaded.')), 'overloaded', [/The model is overloaded\./]],
  ['200 whose first frame is an error, Gemini', 'gemini', stream([gemini.error(503, 'UNAVAILABLE', 'The model is overloaded.')]), 'overloaded', [/The model is overloaded\./]],
  ['a prompt that Gemini blocks', 'gemini', stream([gemini.blocked('PROHIBITED_CONTENT')]), 'content_filter', [/PROHIBITED_CONTENT/i]],
];

for (const [name, dialect, reply, kind, words] of STATUSES) {
  scene(`${name} is ${kind}, in the provider's words`, onePane(reply, { dialect }), async ({ app, lane }) => {
    const pane = await go(app);
    const text = await pane.fails(kind);
    for (const word of words) assert.match(text, word);
    assert.equal(lane.posts.length, 1, 'nothing retries on its own');
    assert.ok(await pane.root.getByTestId('pane-retry').isEnabled(), 'a retry is offered');
    assert.ok(!(await app.page.content()).includes(KEY));
  });
}

scene(
  'the provider keeps its words and gets no markup',
  onePane(json(500, openaiError('<b>bold</b> & <img src=x onerror=alert(1)>'))),
  async ({ app }) => {
    const pane = await go(app);
    assert.match(await pane.fails('server'), /<b>bold<\/b> & <img src=x onerror=alert\(1\)>/);
    assert.equal(await pane.root.locator('[data-testid=error] img, [data-testid=error] b').count(), 0);
  },
);

const SECONDS = 30;
const SLOW_DOWN = openaiError('Slow down.', { code: 'rate_limit_exceeded' });
const COUNTED = {
  'the header': onePane(
    json(429, SLOW_DOWN, { headers: { 'retry-after': String(SECONDS) }, expose: ['retry-after'] }),
  ),
  'the body': onePane(
    json(429, google(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.', [
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${SECONDS}s` },
    ])),
    { dialect: 'gemini' },
  ),
};

const numbers = (text) => [...text.matchAll(/\d+/g)].map(Number);

for (const [place, options] of Object.entries(COUNTED)) {
  scene(`a 429 whose wait is in ${place} counts down, and nothing retries`, options, async ({ app, lane }) => {
    const pane = await go(app);
    const first = numbers(await pane.fails('rate_limited'));
    const start = first.find((value) => value > SECONDS - 6 && value <= SECONDS);
    assert.ok(start, `about ${SECONDS} seconds in ${first}`);
    // A machine that stalls skips some of the seconds.
    const isLess = (value) => value > SECONDS - 16 && value <= start - 2;
    await until(async () => numbers((await pane.error()).text).some(isLess), { what: 'the wait to count down' });
    assert.equal(lane.posts.length, 1);
  });
}

scene(
  'a 429 whose wait the browser hides says so',
  onePane(json(429, SLOW_DOWN, { headers: { 'retry-after': '30' } })),
  async ({ app }) => {
    const pane = await go(app);
    const text = await pane.fails('rate_limited');
    assert.match(text, /Slow down\./);
    assert.match(text, /how long|cannot (see|read)|does not say|hidden|not (readable|told|say)/i);
    assert.ok(!numbers(text).includes(30), 'a hidden wait is not known');
  },
);

scene(
  'an error after some text keeps the text',
  onePane(stream([chat.start(), chat.text('So far so good'), `data: ${JSON.stringify(openaiError('It broke midway', { code: 'server_error' }))}\n\n`])),
  async ({ app }) => {
    const pane = await go(app);
    assert.match(await pane.fails('server'), /It broke midway/);
    assert.equal((await pane.answer()).trim(), 'So far so good');
  },
);

scene(
  'a refusal inside a 200 is an answer, marked as refusal',
  onePane(stream([anthropic.start(), anthropic.open(), anthropic.text('I will not.'), anthropic.shut(), anthropic.finish('refusal'), anthropic.stop()]), { dialect: 'anthropic' }),
  async ({ app }) => {
    const pane = await go(app);
    await pane.reaches('done');
    assert.equal(await pane.finish(), 'refusal');
    assert.equal(await pane.error(), null);
  },
);

scene(
  'words of refusal in their own field are shown',
  onePane(stream([chat.start(), chat.refusal('I would rather not.'), chat.finish('stop'), chat.done()])),
  async ({ app }) => {
    const pane = await go(app);
    await pane.reaches('done');
    assert.equal(await pane.finish(), 'refusal');
    assert.match(await pane.root.innerText(), /I would rather not\./);
  },
);
