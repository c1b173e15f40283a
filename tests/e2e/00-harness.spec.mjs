// The instruments themselves: what the other specs lean on must be true.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startAimock } from './harness/aimock.mjs';
import { launch } from './harness/browser.mjs';
import { html, json, shred, startByteServer, stream } from './harness/byte_server.mjs';
import { freePort } from './harness/listen.mjs';
import { startLlama } from './harness/llama.mjs';
import { document, recipeLink } from './harness/recipe.mjs';
import { violations } from './harness/schema.mjs';
import { startStatic } from './harness/static.mjs';
import { gate, until } from './harness/wait.mjs';
import { chat, split } from './harness/wire.mjs';

const post = (url, body = {}, rest = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), ...rest });

describe('the static server', () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'touchstone-static-'));
    await writeFile(path.join(folder, 'index.html'), '<p>hello');
    await writeFile(path.join(folder, 'app.wasm'), 'wasm');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('serves the page and its files with their types', async () => {
    const site = await startStatic({ dir: folder });
    try {
      const page = await fetch(site.url);
      assert.equal(await page.text(), '<p>hello');
      assert.match(page.headers.get('content-type'), /^text\/html/);
      const wasm = await fetch(`${site.url}app.wasm`);
      assert.equal(wasm.headers.get('content-type'), 'application/wasm');
      assert.equal((await fetch(`${site.url}missing`)).status, 404);
      assert.equal((await fetch(`${site.url}..%2f..%2fetc%2fpasswd`)).status, 404);
    } finally {
      await site.stop();
    }
  });

  test('serves below a path, and there only', async () => {
    const site = await startStatic({ dir: folder, base: '/some/where/' });
    try {
      assert.equal(await (await fetch(site.url)).text(), '<p>hello');
      assert.equal((await fetch(`${site.origin}/`)).status, 404);
      assert.equal((await fetch(`${site.origin}/app.wasm`)).status, 404);
    } finally {
      await site.stop();
    }
  });

  test('says what to run when nothing is built', async () => {
    await assert.rejects(startStatic({ dir: path.join(folder, 'none') }), /make build/);
  });
});

describe('our byte server', () => {
  let server;
  before(async () => {
    server = await startByteServer();
  });
  after(() => server.stop());

  test('writes the given bytes, cut where the test says', async () => {
    const lane = server.lane();
    const text = 'data: é€😀\r\n\r\n';
    lane.reply(stream(shred(text, 1)));
    const reply = await post(`${lane.base}/chat/completions`);
    assert.equal(reply.headers.get('content-type'), 'text/event-stream');
    assert.equal(await reply.text(), text);
  });

  test('holds an answer at a gate until the test opens it', async () => {
    const lane = server.lane();
    const held = gate();
    lane.reply(stream(['first', { gate: held.opened }, 'second']));
    const reply = await post(`${lane.base}/chat/completions`);
    const reader = reply.body.getReader();
    assert.equal(Buffer.from((await reader.read()).value).toString(), 'first');
    held.open();
    assert.equal(Buffer.from((await reader.read()).value).toString(), 'second');
  });

  test('answers statuses, bodies and headers as scripted, one reply after another', async () => {
    const lane = server.lane();
    lane.replies([
      json(429, { error: { message: 'slow' } }, { headers: { 'retry-after': '7' }, expose: ['retry-after'] }),
      html(502),
      { status: 200, steps: [] },
    ]);
    const first = await post(`${lane.base}/x`);
    assert.equal(first.status, 429);
    assert.equal(first.headers.get('retry-after'), '7');
    assert.equal(first.headers.get('access-control-expose-headers'), 'retry-after');
    assert.deepEqual(await first.json(), { error: { message: 'slow' } });
    const second = await post(`${lane.base}/x`);
    assert.equal(second.status, 502);
    assert.match(await second.text(), /^<!doctype html>/);
    assert.equal(await (await post(`${lane.base}/x`)).text(), '');
    assert.equal(lane.posts.length, 3);
  });

  test('records what was sent, and who left early', async () => {
    const lane = server.lane();
    lane.reply(stream(['x'], { end: 'stall' }));
    const abort = new AbortController();
    const reply = await post(`${lane.base}/chat/completions`, { model: 'm' }, { signal: abort.signal });
    await reply.body.getReader().read();
    assert.deepEqual(lane.posts[0].json, { model: 'm' });
    assert.equal(lane.posts[0].isLeft, false);
    abort.abort();
    await lane.posts[0].left;
    assert.equal(lane.posts[0].isLeft, true);
  });

  test('drops a connection at once or midway', async () => {
    const lane = server.lane();
    lane.replies([{ end: 'refuse' }, stream(['some'], { end: 'drop' })]);
    await assert.rejects(post(`${lane.base}/x`));
    const reply = await post(`${lane.base}/x`);
    await assert.rejects(reply.text());
  });

  test('records preflights, and can leave out CORS', async () => {
    const lane = server.lane();
    lane.reply({ cors: 'none', steps: ['x'] });
    const ask = () =>
      fetch(`${lane.base}/x`, {
        method: 'OPTIONS',
        headers: {
          origin: 'http://page.test',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type',
        },
      });
    assert.equal((await ask()).status, 403);
    assert.equal((await post(`${lane.base}/x`)).headers.get('access-control-allow-origin'), null);
    lane.reply({ steps: ['x'] });
    assert.equal((await ask()).headers.get('access-control-allow-origin'), 'http://page.test');
    assert.deepEqual(lane.preflights[0].headers, ['authorization', 'content-type']);
  });

  test('lists models', async () => {
    const lane = server.lane().models(['a', 'b']);
    const list = await (await fetch(`${lane.base}/models`)).json();
    assert.deepEqual(list.data.map((row) => row.id), ['a', 'b']);
    assert.equal((await fetch(`${server.lane().base}/models`)).status, 404);
  });

  test('sends two megabytes whole', async () => {
    const lane = server.lane();
    const text = 'x'.repeat(2_000_000);
    lane.reply(stream(chat.whole(text, { pieces: 50 })));
    const body = await (await post(`${lane.base}/chat/completions`)).text();
    assert.ok(body.length > text.length);
    assert.ok(body.endsWith('data: [DONE]\n\n'));
  });
});

describe('a browser whose every name is ours', () => {
  let internet;
  let browser;
  before(async () => {
    internet = await startByteServer({ tls: true });
    browser = await launch(internet);
  });
  after(async () => {
    await browser?.close();
    await internet?.stop();
  });

  test('reaches host names of the internet on our TLS server only', async () => {
    const lane = internet.host('api.openai.com').reply(json(401, { error: {} }, { cors: 'preflight-only' }));
    internet.site('page.touchstone.test', (request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>page</title>');
    });
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto('https://page.touchstone.test/');
    const outcome = await page.evaluate(async () => {
      try {
        const reply = await fetch('https://api.openai.com/v1/responses', {
          method: 'POST',
          headers: { authorization: 'Bearer x' },
        });
        return reply.status;
      } catch (error) {
        return error.name;
      }
    });
    assert.equal(outcome, 'TypeError', 'a 401 without CORS cannot be read');
    assert.equal(lane.posts.length, 1);
    assert.deepEqual(lane.preflights[0].headers, ['authorization']);
    await page.evaluate(() => fetch('https://stranger.example/x').catch(() => {}));
    assert.deepEqual(internet.strangers.map((one) => one.host), ['stranger.example']);
    await context.close();
  });
});

describe('aimock', () => {
  test('streams all four dialects and keeps a journal', async () => {
    const mock = await startAimock([
      { match: { userMessage: 'hi' }, response: { content: 'hello there' } },
    ]);
    try {
      const calls = [
        [`${mock.bases['openai-compatible']}/chat/completions`, { model: 'm', stream: true, messages: [{ role: 'user', content: 'hi' }] }],
        [`${mock.bases.openai}/responses`, { model: 'm', stream: true, input: 'hi' }],
        [`${mock.bases.anthropic}/v1/messages`, { model: 'm', stream: true, max_tokens: 9, messages: [{ role: 'user', content: 'hi' }] }],
        [`${mock.bases.gemini}/models/m:streamGenerateContent?alt=sse`, { contents: [{ role: 'user', parts: [{ text: 'hi' }] }] }],
      ];
      for (const [url, body] of calls) {
        const reply = await post(url, body, { headers: { 'content-type': 'application/json' } });
        assert.equal(reply.status, 200, url);
        assert.match(await reply.text(), /hello there/);
      }
      const journal = await mock.journal();
      assert.deepEqual(
        journal.map((entry) => entry.path),
        calls.map(([url]) => url.slice(mock.origin.length)),
      );
      await mock.forget();
      assert.deepEqual(await mock.journal(), []);
    } finally {
      await mock.stop();
    }
  });
});

describe('llama.cpp', () => {
  test('serves a real model in two dialects, with its own timings', { timeout: 120_000 }, async () => {
    const llama = await startLlama();
    try {
      const models = await (await fetch(`${llama.base}/models`)).json();
      assert.ok(models.data.some((row) => row.id === llama.model), JSON.stringify(models));
      const ask = { model: llama.model, max_tokens: 8, messages: [{ role: 'user', content: 'Say hi.' }] };
      const headers = { 'content-type': 'application/json' };
      const answer = await (await post(`${llama.base}/chat/completions`, ask, { headers })).json();
      assert.ok(answer.choices[0].message.content.length > 0);
      assert.ok(answer.timings.predicted_per_second > 0);
      const other = await (await post(`${llama.origin}/v1/messages`, ask, { headers })).json();
      assert.ok(other.content[0].text.length > 0);
    } finally {
      await llama.stop();
    }
  });
});

describe('helpers', () => {
  test('build links that decode to the recipe', () => {
    const link = recipeLink({ title: 'a + b & c', prompt: '100% é', panes: [] });
    assert.doesNotMatch(link.slice(1), /[+&\s]/);
    const text = decodeURIComponent(link.slice('#recipe='.length));
    assert.deepEqual(JSON.parse(text), document({ title: 'a + b & c', prompt: '100% é', panes: [] }));
  });

  test('split a text without losing or breaking a character', () => {
    const text = 'één 😀 two 👩‍👩‍👧 three';
    assert.equal(split(text, 5).join(''), text);
    assert.equal(split('', 3).join(''), '');
  });

  test('tell what they waited for', async () => {
    await assert.rejects(until(() => false, { timeout: 30, what: 'nothing' }), /waited 30 ms for nothing/);
    assert.ok((await freePort()) > 0);
  });
});

describe('the schema check', () => {
  const schema = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 1 },
      rows: { type: 'array', items: { $ref: '#/$defs/row' } },
    },
    $defs: { row: { oneOf: [{ type: 'number', minimum: 0 }, { const: 'none' }] } },
  };

  test('names the place and the keyword', () => {
    assert.deepEqual(violations(schema, { name: 'x', rows: [1, 'none'] }), []);
    assert.deepEqual(violations(schema, { rows: [-1] }), ['$: required ["name"]', '$.rows[0]: oneOf']);
    assert.deepEqual(violations(schema, { name: '' }), ['$.name: minLength 1']);
    assert.deepEqual(violations({ additionalProperties: false }, { a: 1 }), [
      '$.a: nothing is allowed here',
    ]);
  });

  test('follows references into other files, and on from there', () => {
    const outer = { properties: { inner: { $ref: 'other.json#/$defs/thing' } } };
    const others = { 'other.json': { $defs: { thing: { $ref: '#/$defs/text' }, text: { type: 'string' } } } };
    assert.deepEqual(violations(outer, { inner: 'x' }, others), []);
    assert.deepEqual(violations(outer, { inner: 1 }, others), ['$.inner: type "string"']);
  });

  test('does not pass over what it cannot read', () => {
    assert.throws(() => violations({ dependentSchemas: {} }, {}), /dependentSchemas/);
    assert.throws(() => violations({ $ref: '#/$defs/none' }, {}), /not there/);
  });
});
