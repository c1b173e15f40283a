// The same question over every route that aimock serves, a server that nobody here wrote:
// what reaches it, where, with which headers, and that its answer arrives whole.

import assert from 'node:assert/strict';
import { ownHeaders } from './harness/bodies.mjs';
import { stream } from './harness/byte_server.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { anthropic, gemini, responses } from './harness/wire.mjs';

const ANSWER = 'The rain came over the hills, slowly and in order. Nothing was cut: selenium.';
const FIXTURES = [{ match: { userMessage: 'race' }, response: { content: ANSWER }, chunkSize: 5 }];

const { scene } = stage({ aimock: FIXTURES, bytes: true });

const BEARER = (key) => ({ authorization: `Bearer ${key}` });
const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * Each route: its row, the API, a model, the base as a person would have it with aimock's
 * origin in place of the provider's, the path that must be asked, and the key's header.
 */
const ROUTES = [
  { name: 'OpenAI Responses', provider: 'openai', model: 'gpt-4.1', base: '/v1', path: '/v1/responses', key: 'sk-test-1', auth: BEARER },
  { name: 'OpenAI Chat', provider: 'openai', api: 'chat', model: 'gpt-4.1', base: '/v1', path: '/v1/chat/completions', key: 'sk-test-2', auth: BEARER },
  {
    name: 'Anthropic', provider: 'anthropic', model: 'claude-haiku-4-5', base: '', path: '/v1/messages', key: 'sk-ant-test-3',
    auth: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01', 'anthropic-dangerous-direct-browser-access': 'true' }),
  },
  {
    name: 'Gemini', provider: 'gemini', model: 'gemini-3.5-flash', base: '/v1beta', key: 'AIza-test-4',
    path: '/v1beta/models/gemini-3.5-flash:streamGenerateContent', auth: (key) => ({ 'x-goog-api-key': key }),
  },
  {
    name: 'Vertex AI, Gemini', provider: 'vertex', model: 'gemini-3.5-flash', base: '/v1/projects/my-project/locations/europe-west4',
    path: '/v1/projects/my-project/locations/europe-west4/publishers/google/models/gemini-3.5-flash:streamGenerateContent',
    key: 'ya29.test-5', auth: BEARER,
  },
  {
    name: 'Bedrock Converse', provider: 'bedrock', api: 'converse', model: 'global.anthropic.claude-haiku-4-5-20251001-v1:0', base: '',
    path: '/model/global.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse-stream', key: 'ABSK-test-6', auth: BEARER,
  },
  {
    name: 'Azure v1', provider: 'azure', api: 'chat', model: 'my-deployment', base: '/openai/v1', path: '/openai/v1/chat/completions',
    key: 'azure-test-7', auth: (key) => ({ 'api-key': key }),
  },
  {
    name: 'Azure, dated', provider: 'azure', api: 'chat', model: 'my-deployment', base: '/openai?api-version=2024-10-21',
    path: '/openai/deployments/my-deployment/chat/completions', query: '?api-version=2024-10-21', key: 'azure-test-8',
    auth: (key) => ({ 'api-key': key }),
  },
  { name: 'OpenRouter', provider: 'openrouter', model: 'openai/gpt-oss-20b', base: '/api/v1', path: '/api/v1/chat/completions', key: 'sk-or-v1-test-9', auth: BEARER },
  { name: 'Ollama', provider: 'ollama', model: 'llama3.2', base: '', path: '/api/chat' },
  { name: 'Cohere', provider: 'cohere', model: 'command-a-03-2025', base: '', path: '/v2/chat', key: 'co-test-10', auth: BEARER },
];

/** Hosts of one dialect, whose rows differ in address, key and quirks. */
const HOSTS = [
  ['groq', 'openai/gpt-oss-20b'],
  ['cerebras', 'gpt-oss-120b'],
  ['together', 'openai/gpt-oss-20b'],
  ['fireworks', 'accounts/fireworks/models/gpt-oss-120b'],
  ['mistral', 'mistral-small-2603'],
  ['deepseek', 'deepseek-flash'],
  ['huggingface', 'openai/gpt-oss-20b:groq'],
  ['llama-cpp', 'smollm2'],
  ['lm-studio', 'smollm2'],
  ['vllm', 'smollm2'],
  ['litellm', 'gpt-4.1'],
].map(([provider, model], at) => ({
  name: provider, provider, api: 'chat', model, base: '/v1', path: '/v1/chat/completions',
  ...(['llama-cpp', 'lm-studio', 'vllm'].includes(provider) ? {} : { key: `test-key-${at}-0123456789`, auth: BEARER }),
}));
ROUTES.push(
  ...HOSTS,
  { name: 'xAI', provider: 'xai', model: 'grok-4.7', base: '/v1', path: '/v1/responses', key: 'xai-test-0123456789', auth: BEARER },
  {
    name: 'Claude Platform on AWS', provider: 'claude-aws', model: 'claude-haiku-4-5', base: '?anthropic-workspace-id=wrkspc_01', path: '/v1/messages', key: 'aws-test-11',
    auth: (key) => ({ ...BEARER(key), 'anthropic-version': '2023-06-01', 'anthropic-workspace-id': 'wrkspc_01' }),
  },
  { name: 'Bedrock mantle', provider: 'bedrock-mantle', api: 'chat', model: 'openai.gpt-oss-20b', base: '', path: '/v1/chat/completions', key: 'ABSK-test-7', auth: BEARER },
);

const pane = ({ provider, api, model, base }, origin) => ({ provider, model, base_url: origin + base, ...(api ? { api } : {}) });

const asking = (routes) => ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({ prompt: 'race', panes: routes.map((route) => pane(route, aimock.origin)) }),
});

/** Gives each row its key, once for each row. */
async function unlock(app, aimock, routes) {
  await app.approve();
  const seen = new Set();
  for (const { provider, key } of routes) {
    if (!key || seen.has(provider)) continue;
    seen.add(provider);
    await app.key(provider, aimock.origin, key);
  }
  await aimock.forget();
}

for (const route of ROUTES) {
  scene(`${route.name}: the answer arrives and nothing else is sent`, asking([route]), async ({ app, world: { aimock } }) => {
    const [shown] = await app.panes(1);
    await unlock(app, aimock, [route]);
    await app.run();
    await shown.reaches('done');
    assert.match((await shown.answer()).replace(/\s+/g, ' '), new RegExp(`^${ANSWER.slice(0, -1)}`));
    const [asked, ...more] = await aimock.journal();
    assert.deepEqual(more, []);
    assert.equal(asked.path.split('?')[0], route.path);
    const [sent] = app.sent({ method: 'POST', origin: aimock.origin });
    assert.equal(new URL(sent.url()).pathname, route.path);
    // gloo-net ends every query with `&`, an empty pair.
    if (route.query) assert.equal(new URL(sent.url()).search.replace(/&$/, ''), route.query);
    const own = ownHeaders(await sent.allHeaders());
    assert.deepEqual(own, { ...JSON_TYPE, ...(route.auth?.(route.key) ?? {}) });
  });
}

const EIGHT = ['OpenAI Responses', 'Anthropic', 'Gemini', 'Vertex AI, Gemini', 'Bedrock Converse', 'Azure v1', 'OpenRouter', 'Cohere'].map((name) =>
  ROUTES.find((route) => route.name === name),
);

scene('eight different providers answer one question side by side', asking(EIGHT), async ({ app, world: { aimock } }) => {
  const panes = await app.panes(8);
  await unlock(app, aimock, EIGHT);
  await app.run();
  await app.settled();
  for (const [at, shown] of panes.entries()) {
    assert.equal(await shown.phase(), 'done', `${EIGHT[at].name}: ${await shown.error()}`);
    assert.match((await shown.answer()).replace(/\s+/g, ' '), /selenium/, EIGHT[at].name);
  }
  const paths = (await aimock.journal()).map((entry) => entry.path.split('?')[0]);
  assert.deepEqual(paths.toSorted(), EIGHT.map((route) => route.path).toSorted());
});

// Nothing else answers these as their providers do, so the replies below are stubs of ours.
const STUBBED = [
  {
    name: 'Vertex AI, Claude', provider: 'vertex-claude', model: 'claude-haiku-4-5@20251001', key: 'ya29.test-11', auth: BEARER,
    base: '/v1/projects/my-project/locations/us-east5', events: () => anthropic.whole(ANSWER),
    path: '/v1/projects/my-project/locations/us-east5/publishers/anthropic/models/claude-haiku-4-5%4020251001:streamRawPredict',
    body: (body) => {
      assert.equal(body.anthropic_version, 'vertex-2023-10-16');
      assert.ok(!('model' in body), 'the model is in the address');
    },
  },
  {
    name: 'Vertex AI, express key', provider: 'vertex-express', model: 'gemini-3.5-flash', key: 'AQ.test-12', events: () => gemini.whole(ANSWER),
    base: '', path: '/v1/publishers/google/models/gemini-3.5-flash:streamGenerateContent', auth: (key) => ({ 'x-goog-api-key': key }),
    body: (body) => assert.ok(body.contents.every((content) => content.role), 'every content has a role'),
  },
  {
    name: 'Perplexity Agent', provider: 'perplexity', model: 'perplexity/sonar', key: 'pplx-test-13', auth: BEARER,
    base: '', path: '/v1/agent', events: () => responses.whole(ANSWER), body: (body) => assert.equal(body.model, 'perplexity/sonar'),
  },
];

for (const route of STUBBED) {
  scene(
    `${route.name} (a stub of ours): the answer arrives and nothing else is sent`,
    ({ bytes }) => {
      const lane = bytes.lane().reply(stream(route.events()));
      return { allow: [bytes.origin], hand: { lane }, fragment: recipeLink({ prompt: 'race', panes: [pane(route, lane.root)] }) };
    },
    async ({ app, lane, world: { bytes } }) => {
      const [shown] = await app.panes(1);
      await app.approve();
      await app.key(route.provider, bytes.origin, route.key);
      await app.run();
      await shown.reaches('done');
      assert.match((await shown.answer()).replace(/\s+/g, ' '), /selenium/);
      const [sent] = app.sent({ method: 'POST', origin: bytes.origin });
      assert.ok(new URL(sent.url()).pathname.endsWith(route.path), sent.url());
      assert.deepEqual(ownHeaders(await sent.allHeaders()), { ...JSON_TYPE, ...route.auth(route.key) });
      route.body(JSON.parse(sent.postData()));
      assert.equal(lane.posts.length, 1);
    },
  );
}
