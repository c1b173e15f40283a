// A relay for providers that let no page call them: page → Caddy → aimock behind a front
// that takes every CORS header off.

import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import { startWithoutCors } from './harness/no_cors.mjs';
import { refusedRelay, startRelay, startRelayTo } from './harness/relay.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';

const ANSWER = 'First a word, then another, and at the end the word tellurium.';
const FIXTURES = [
  {
    match: { userMessage: 'race' },
    response: { content: ANSWER, usage: { prompt_tokens: 9, completion_tokens: 12, input_tokens: 9, output_tokens: 12 } },
    chunkSize: 4,
    streamingProfile: { ttft: 50, tps: 100, jitter: 0 },
  },
];
const KEY = 'sk-test-relay-0001';
const HOST = 'api.openai.com';

const { world, scene } = stage({
  aimock: FIXTURES,
  besides: {
    front: ({ aimock }) => startWithoutCors(aimock.origin),
    relay: ({ front, site }) => startRelayTo(front.host, { APP: `${site.origin},https://app.example`, HOSTS: HOST }),
    real: ({ site }) => startRelay({ APP: site.origin }),
  },
});

const link = (panes) => recipeLink({ prompt: 'race', panes });
const openai = { provider: 'openai', api: 'chat', model: 'gpt-5.4' };

async function setRelay(app, provider, base) {
  const settings = await app.openSettings();
  await settings.getByTestId('relay-provider').selectOption(provider);
  await settings.getByTestId('relay-base').fill(base);
  await settings.getByTestId('relay-base').press('Tab');
  return settings;
}

scene('straight to such a server the page gets nothing', () => ({ allow: [world.front.origin], fragment: link([{ ...openai, base_url: `${world.front.origin}/v1` }]) }), async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.key('openai', world.front.origin, KEY);
  await app.run();
  await pane.fails('blocked');
});

scene('through the relay the same server answers, whole and piece by piece', () => ({ allow: [world.relay.origin], fragment: link([openai]) }), async ({ app }) => {
  const [pane] = await app.panes(1);
  const settings = await setRelay(app, 'openai', world.relay.origin);
  assert.match(await settings.getByTestId('relay-note').textContent(), new RegExp(`${HOST} go through ${world.relay.origin}`));
  await app.closeSettings();
  assert.match(await pane.root.locator('.pane-route').innerText(), new RegExp(`${HOST} via relay ${world.relay.host}`));
  assert.equal(await pane.mark('host'), HOST, 'the route is that of the provider');
  await app.key('openai', world.relay.origin, KEY);
  world.front.asked.length = 0;
  // The server holds back what follows its first word: the relay must not wait for it.
  const rest = gate();
  world.front.held = { text: 'Firs', opened: rest.opened };
  await app.run();
  await pane.shows('Firs');
  assert.ok(!(await pane.raw()).includes('tellurium'));
  world.front.held = null;
  rest.open();
  await pane.reaches('done');
  assert.equal(await pane.raw(), ANSWER);
  const { ttft_ms: ttft, total_ms: total, cost_usd: cost } = await pane.metrics();
  assert.ok(ttft.value < total.value);
  assert.equal(cost.source, 'computed', 'it is priced as the provider, not as a server at home');

  const [asked] = world.front.asked.filter(({ method }) => method === 'POST');
  assert.equal(asked.url, '/v1/chat/completions');
  assert.equal(asked.headers.host, HOST);
  assert.equal(asked.headers.authorization, `Bearer ${KEY}`);
  for (const name of ['origin', 'referer', 'cookie', 'sec-fetch-mode', 'x-forwarded-for', 'x-forwarded-host']) {
    assert.equal(asked.headers[name], undefined, `${name} is taken off`);
  }
  assert.ok(world.front.asked.every(({ method }) => method !== 'OPTIONS'), 'preflights end at the relay');
  assert.ok(!world.relay.said().includes(KEY), 'the relay writes no key');

  const sent = await pane.sent();
  assert.match(sent.text, new RegExp(`POST ${world.relay.origin}/${HOST}/v1/chat/completions`));
  assert.match(sent.text, new RegExp(`passes it on to https://${HOST}/v1/chat/completions`));
});

/** What AWS would make of the same request: the signature, computed here from what arrived. */
function signatureOf({ method, url, headers, body }, secret) {
  const [, scope, names] = headers.authorization.match(/Credential=[^/]+\/(\S+), ?SignedHeaders=([^,]+),/);
  const sha = (text) => createHash('sha256').update(text).digest('hex');
  const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
  // Every service but S3 encodes the path once more.
  const encoded = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const canonical = [
    method,
    url.split('/').map(encoded).join('/'),
    '',
    ...names.split(';').map((name) => `${name}:${headers[name].trim().replace(/ +/g, ' ')}`),
    '',
    names,
    sha(body),
  ].join('\n');
  const key = scope.split('/').reduce((key, part) => hmac(key, part), `AWS4${secret}`);
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha(canonical)].join('\n');
  return { scope, signature: hmac(key, text).toString('hex') };
}

const BEDROCK = 'bedrock-runtime.us-east-1.amazonaws.com';
const bedrock = { provider: 'bedrock', model: 'global.anthropic.claude-haiku-4-5-20251001-v1:0' };

async function asksBedrock(app, key) {
  const [pane] = await app.panes(1);
  await setRelay(app, 'bedrock', world.relay.origin);
  await app.closeSettings();
  assert.match(await pane.root.locator('.pane-route').innerText(), new RegExp(`${BEDROCK} via relay`));
  await app.key('bedrock', world.relay.origin, key);
  world.front.asked.length = 0;
  await app.run();
  await pane.reaches('done');
  assert.equal(await pane.raw(), ANSWER);
  const [asked] = world.front.asked.filter(({ method }) => method === 'POST');
  assert.equal(asked.headers.host, BEDROCK);
  assert.match(asked.url, /^\/model\/global\.anthropic\.claude-haiku-4-5-20251001-v1%3A0\/converse-stream$/);
  return { pane, asked };
}

scene('Bedrock answers through the relay with a key of its own', () => ({ allow: [world.relay.origin], fragment: link([bedrock]) }), async ({ app }) => {
  const { asked } = await asksBedrock(app, 'ABSK-test-0001');
  assert.equal(asked.headers.authorization, 'Bearer ABSK-test-0001');
});

scene('Bedrock answers through the relay to a signature for its own host, and the relay sees no secret', () => ({ allow: [world.relay.origin], fragment: link([bedrock]) }), async ({ app }) => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const { pane, asked } = await asksBedrock(app, `AKIAIOSFODNN7EXAMPLE:${secret}`);
  assert.match(asked.headers.authorization, /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\//);
  const { scope, signature } = signatureOf(asked, secret);
  assert.match(scope, /^\d{8}\/us-east-1\/bedrock\/aws4_request$/);
  assert.ok(asked.headers.authorization.endsWith(`Signature=${signature}`), asked.headers.authorization);
  assert.ok(!JSON.stringify(asked).includes(secret), 'the secret stays in the page');
  assert.ok(!(await pane.sent()).text.includes(secret));
});

scene('every region of Bedrock goes through its relay', () => ({ allow: [world.relay.origin], fragment: link([{ ...bedrock, base_url: 'https://bedrock-runtime.eu-central-1.amazonaws.com' }]) }), async ({ app }) => {
  const [pane] = await app.panes(1);
  await setRelay(app, 'bedrock', world.relay.origin);
  await app.closeSettings();
  assert.match(await pane.root.locator('.pane-route').innerText(), /eu-central-1\.amazonaws\.com via relay/);
});

scene('a relay outlives a reload, and its consent and key do not leave the tab', () => ({ allow: [world.relay.origin], fragment: link([openai]) }), async ({ app }) => {
  await app.panes(1);
  await setRelay(app, 'openai', world.relay.origin);
  await app.closeSettings();
  const other = await app.page.context().newPage();
  app.popups.length = 0;
  await other.goto(world.site.url + link([openai]));
  await other.locator(`[data-testid=approve-endpoint][data-origin="${world.relay.origin}"]`).waitFor();
  assert.match(await other.locator('.pane-route').innerText(), /via relay/);
  await other.close();
});

scene('a link cannot lead a relayed key to a host of its own', () => ({ allow: [world.relay.origin, 'https://evil.example'], fragment: link([{ ...openai, base_url: 'https://evil.example/v1' }]) }), async ({ app }) => {
  const [pane] = await app.panes(1);
  await setRelay(app, 'openai', world.relay.origin);
  await app.closeSettings();
  assert.doesNotMatch(await pane.root.locator('.pane-route').innerText(), /via relay/);
  await app.run();
  assert.match(await pane.fails('blocked'), /was not allowed yet/);
});

scene('an address that is none is said, and nothing is sent past it', () => ({ fragment: link([openai]) }), async ({ app }) => {
  const [pane] = await app.panes(1);
  const settings = await setRelay(app, 'openai', 'ftp://relay');
  const note = settings.getByTestId('relay-note');
  assert.match(await note.textContent(), /relay cannot be used.*Only http and https/);
  assert.equal(await settings.getByTestId('relay-base').inputValue(), 'ftp://relay', 'what was typed stays');
  await app.closeSettings();
  await app.run();
  assert.match(await pane.fails('bad_request'), /relay cannot be used/);
  assert.equal(app.sent().length, 0);

  await setRelay(app, 'openai', '');
  await until(async () => /straight to api\.openai\.com/.test(await note.textContent()), { what: 'the relay to go' });
});

scene('a host that the relay does not list is found by the test of the connection', () => ({ allow: [world.real.origin] }), async ({ app }) => {
  const settings = await setRelay(app, 'openai', world.real.origin);
  await app.key('openai', world.real.origin, KEY);
  await settings.getByTestId('test-connection').click();
  const found = settings.locator('[data-testid=diagnosis]');
  await found.waitFor();
  assert.equal(await found.getAttribute('data-diagnosis'), 'relay_refuses');
  assert.match(await found.innerText(), /make relay HOSTS=/);
});

scene('a relay that does not run is named with the command that starts it', () => ({ allow: ['http://127.0.0.1:9'] }), async ({ app }) => {
  const settings = await setRelay(app, 'openai', 'http://127.0.0.1:1789');
  app.allowed.add('http://127.0.0.1:1789');
  await app.key('openai', 'http://127.0.0.1:1789', KEY);
  await settings.getByTestId('test-connection').click();
  const found = settings.locator('[data-testid=diagnosis]');
  await found.waitFor();
  assert.equal(await found.getAttribute('data-diagnosis'), 'server_down');
  assert.match(await found.innerText(), new RegExp(`curl -fO ${world.site.origin}/relay/Caddyfile && RELAY_PORT=1789 RELAY_ORIGINS=`));
});

/** Asks the relay as a program does that is no browser. */
function ask(relay, { method = 'GET', path, headers = {}, host = '127.0.0.1' }) {
  return new Promise((resolve, reject) => {
    const { port } = new URL(relay.origin);
    const request = http.request({ host, port, method, path, headers }, (reply) => {
      let body = '';
      reply.on('data', (chunk) => (body += chunk));
      reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

test('another page, and one that says nothing, are refused', async () => {
  for (const origin of ['https://evil.example', 'null', `${world.site.origin}.evil.example`, undefined]) {
    const reply = await ask(world.relay, { path: `/${HOST}/v1/models`, headers: origin ? { origin } : {} });
    assert.equal(reply.status, 403, `${origin}`);
    assert.equal(reply.headers['access-control-allow-origin'], undefined, `${origin}`);
  }
});

test('another host is refused, in words that the page may read', async () => {
  world.front.asked.length = 0;
  const app = { origin: world.site.origin };
  for (const path of ['/evil.example/v1', `/${HOST}.evil.example/v1`, `/x${HOST}/v1`, `/${HOST}@evil.example/`, '/', '/169.254.169.254/latest/']) {
    const reply = await ask(world.relay, { path, headers: app });
    assert.equal(reply.status, 403, path);
    assert.equal(reply.headers['access-control-allow-origin'], app.origin, path);
    assert.match(reply.body, /relay_host_not_listed/, path);
  }
  assert.equal(world.front.asked.length, 0, 'nothing went on');
});

test('Bedrock is listed in every region and hosts are added, while those that only look so are not', async () => {
  for (const origin of [world.site.origin, 'https://app.example']) {
    for (const host of ['bedrock-runtime.us-east-1.amazonaws.com', 'bedrock.eu-central-1.amazonaws.com', 'bedrock-runtime.cn-north-1.amazonaws.com.cn', 'bedrock-runtime.eusc-de-east-1.amazonaws.eu', 'bedrock-mantle.us-west-2.api.aws', HOST]) {
      const { body } = await ask(world.relay, { path: `/${host}/model/x`, headers: { origin } });
      assert.doesNotMatch(body, /relay_host_not_listed/, host);
      assert.equal(world.front.asked.at(-1).headers.host, host);
    }
    world.front.asked.length = 0;
    for (const host of ['bedrock-runtime.a.b.amazonaws.com', 's3.us-east-1.amazonaws.com', 'bedrock-runtime.us-east-1.amazonaws.com.evil.example', 'apixopenai.com']) {
      const reply = await ask(world.relay, { path: `/${host}/model/x`, headers: { origin } });
      assert.equal(reply.status, 403, host);
    }
    assert.equal(world.front.asked.length, 0, 'nothing went on');
  }
});

test('what is encoded in a path goes on as it was written, for signatures are made of it', async () => {
  world.front.asked.length = 0;
  const host = 'bedrock-runtime.us-east-1.amazonaws.com';
  const path = '/model/us.anthropic.claude-opus-4-8%3A0/converse-stream?a=b%20c';
  await ask(world.relay, { method: 'POST', path: `/${host}${path}`, headers: { origin: world.site.origin, 'x-amz-date': '20261124T000000Z' } });
  const [asked] = world.front.asked;
  assert.equal(asked.url, path);
  assert.equal(asked.headers.host, host);
  assert.equal(asked.headers['x-amz-date'], '20261124T000000Z');
});

test('only this address of this machine is listened on', async () => {
  const { port } = new URL(world.real.origin);
  const connects = (host) =>
    new Promise((resolve) => {
      const socket = net.connect({ host, port });
      socket.on('connect', () => resolve(socket.destroy() && true));
      socket.on('error', () => resolve(false));
    });
  assert.equal(await connects('127.0.0.1'), true);
  // Also of this machine, and also not bound.
  assert.equal(await connects('127.0.0.2'), false);
});

test('the command refuses to open up: no address, no wildcard, no path', async () => {
  for (const [env, said] of [
    [{ PORT: '0.0.0.0:8787' }, /this machine only/],
    [{ PORT: '80' }, /1024 to 65535/],
    [{ APP: '*' }, /no address/],
    [{ APP: 'https://*.example' }, /without a path or \*/],
    [{ APP: 'https://app.example/page' }, /without a path/],
    [{ HOSTS: '*.example' }, /host names/],
    [{ HOSTS: 'https://llm.example' }, /host names/],
    [{ CADDY: '/nowhere/caddy' }, /apt-get install caddy/],
  ]) {
    const { code, output } = await refusedRelay(env);
    assert.equal(code, 1, JSON.stringify(env));
    assert.match(output, said);
  }
});
