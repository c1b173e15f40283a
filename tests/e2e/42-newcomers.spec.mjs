// Three newcomers, each with one account, server or key and nothing else. They know the
// page by its words alone: whatever they press or fill in here is found by what the screen
// calls it, and each gets from the first page to a streamed answer.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './harness/listen.mjs';
import { openRouter } from './harness/openrouter.mjs';
import { startWithoutCors } from './harness/no_cors.mjs';
import { startPipe } from './harness/pipe.mjs';
import { startRelayTo } from './harness/relay.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const QUESTION = 'Why is the sky blue?';
const ANSWER = 'First a word, then another, and at the end the word iridium.';
const FIXTURES = [
  {
    match: { userMessage: QUESTION },
    response: { content: ANSWER, usage: { prompt_tokens: 9, completion_tokens: 12, input_tokens: 9, output_tokens: 12 } },
    chunkSize: 4,
    // So slow that a machine which stalls for a second still gets it in pieces.
    streamingProfile: { ttft: 30, tps: 8, jitter: 0 },
  },
];

const { world, scene } = stage({
  aimock: FIXTURES,
  besides: {
    front: ({ aimock }) => startWithoutCors(aimock.origin),
    relay: ({ front, site }) => startRelayTo(front.host, { APP: site.origin }),
  },
});

/** Somebody who reads the screen: every step is noted by the words that led to it. */
function person(page) {
  const steps = [];
  const shown = async (found, what) => {
    await until(async () => (await found.count()) === 1 && (await found.isVisible()), { what: `one ${what} on the screen` });
    return found;
  };
  return {
    steps,
    async press(name, { role = 'button' } = {}) {
      const found = page.getByRole(role, { name, exact: typeof name === 'string' });
      await (await shown(found, `${role} called ${name}`)).click();
      steps.push(`${name}`);
    },
    async fill(name, text) {
      const found = page.getByLabel(name, { exact: typeof name === 'string' }).and(page.locator('input, textarea'));
      await (await shown(found, `field called ${name}`)).fill(text);
      steps.push(`${name}`);
    },
    reads: (text) => shown(page.getByText(text), `line that says ${text}`),
  };
}

/** The command on the screen, run in a shell: it serves this page and nobody else. */
async function startsARelay(command, page) {
  const folder = await mkdtemp(path.join(tmpdir(), 'touchstone-newcomer-'));
  const port = await freePort();
  const [fetched, started] = command.split(' && ');
  // A port of the test's own, since tests run side by side; the rest is as it is shown.
  const child = spawn('sh', ['-c', `${fetched} -sS && RELAY_PORT=${port} ${started.replace(/^RELAY_ORIGINS=\S+ /, '$&exec ')}`], {
    cwd: folder,
    stdio: 'ignore',
    env: { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  });
  try {
    const asked = (origin) => fetch(`http://127.0.0.1:${port}/bedrock-runtime.us-east-1.amazonaws.com/`, { method: 'OPTIONS', headers: { origin } });
    await until(async () => (await asked(page)).status === 204, { what: 'the relay to listen' });
    assert.equal((await asked('https://page.example')).status, 403);
  } finally {
    child.kill();
    await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}

/** Asks the question and waits for all panes: whole answers that came in pieces. */
async function asks(app, who, count) {
  const panes = await app.panes(count);
  await who.fill('Prompt', QUESTION);
  await who.press(/^Run\b/);
  assert.deepEqual(await app.settled(), Array(count).fill('done'));
  for (const pane of panes) {
    assert.equal(await pane.raw(), ANSWER);
    const { ttft_ms: first, total_ms: total } = await pane.metrics();
    assert.ok(first.value < total.value, 'it came in pieces');
  }
  return panes;
}

/** OpenRouter: our stub of its sign-in, and aimock for everything else. */
const atOpenRouter = ({ aimock, internet }) => {
  const stub = openRouter();
  const { hostname, port } = new URL(aimock.origin);
  internet.site('openrouter.ai', (request, response) => {
    if (/^\/auth|\/auth\/keys$/.test(new URL(request.url, 'http://h').pathname)) return stub.handle(request, response);
    const { method, url: path, headers } = request;
    const onward = http.request({ hostname, port, method, path, headers }, (reply) => {
      response.writeHead(reply.statusCode, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    return request.pipe(onward);
  });
  return { allow: ['https://openrouter.ai'], hand: { stub } };
};

const SIZES = [['a desk', { width: 1440, height: 900 }], ['a phone', { width: 390, height: 844 }]];

for (const [size, viewport] of SIZES) {
  const on = (options) => (servers) => ({ ...options(servers), context: { viewport } });

  scene(`only an OpenRouter account, on ${size}`, on(atOpenRouter), async ({ app, stub }) => {
    const who = person(app.page);
    await who.press('Sign in with OpenRouter');
    await app.page.waitForURL(/\/auth\?/);
    await who.press('Go on', { role: 'link' });
    await app.ready();
    const panes = await asks(app, who, 2);
    for (const pane of panes) assert.equal(await pane.mark('provider'), 'openrouter');
    assert.deepEqual(stub.faults, []);
    assert.equal(who.steps.length, 4, who.steps.join(', '));
  });

  scene(`only Ollama, on ${size}`, on(() => ({ allow: ['http://localhost:11434'] })), async ({ app }) => {
    const who = person(app.page);
    // It is not started yet: the page says with which command.
    await who.press('Ollama');
    await who.reads('ollama serve');
    const ollama = await startPipe(11434, world.aimock.origin);
    try {
      await who.press('Look again');
      await who.press('Compare');
      const panes = await asks(app, who, 2);
      for (const pane of panes) assert.equal(await pane.mark('provider'), 'ollama');
      assert.equal(who.steps.length, 5, who.steps.join(', '));
    } finally {
      await ollama.stop();
    }
  });

  scene(`only a Bedrock key, on ${size}`, on(({ relay }) => ({ allow: [relay.origin] })), async ({ app }) => {
    const who = person(app.page);
    await who.press('Amazon Bedrock');
    // The very command that starts a relay for this page.
    await who.reads(/^curl -fO http.*\/relay\/Caddyfile && RELAY_ORIGINS=/);
    await startsARelay(await app.page.getByTestId('relay-command').innerText(), world.site.origin);
    await who.fill(/^Address of the relay/, world.relay.origin);
    await app.page.keyboard.press('Tab');
    await who.fill('Amazon Bedrock key', 'ABSK-test-newcomer');
    await who.press('Save');
    await who.reads(/^Ready$/);
    await who.press('Add pane');
    const [pane] = await asks(app, who, 1);
    assert.equal(await pane.mark('provider'), 'bedrock');
    // On a phone the line has no room for it, and the facts are a click away.
    await pane.root.getByTestId('pane-route').click();
    await until(async () => (await app.page.getByTestId('route-facts').innerText()).includes(world.relay.host), { what: 'the relay among the facts' });
    await app.page.keyboard.press('Escape');
    assert.equal(who.steps.length, 7, who.steps.join(', '));
  });
}

scene('the usual address of a relay is one click, and one that does not run is said by the test', () => ({ allow: ['http://127.0.0.1:8787'] }), async ({ app }) => {
  const who = person(app.page);
  await who.press('Amazon Bedrock');
  await who.press('It runs: use http://127.0.0.1:8787');
  await who.reads(/go through http:\/\/127\.0\.0\.1:8787/);
  await who.fill('Amazon Bedrock key', 'ABSK-test-newcomer');
  await who.press('Save');
  await who.press('Test connection');
  const found = app.page.getByTestId('diagnosis');
  await found.waitFor();
  assert.equal(await found.getAttribute('data-diagnosis'), 'server_down');
});

scene('an Ollama without models says how to fetch one, and one that refuses the page how to let it in', () => ({ allow: ['http://localhost:11434'] }), async ({ app }) => {
  const who = person(app.page);
  let cors = { 'access-control-allow-origin': '*' };
  const server = http.createServer((request, response) => {
    response.writeHead(200, { ...cors, 'content-type': 'application/json' });
    response.end(JSON.stringify({ models: [] }));
  });
  await new Promise((done) => server.listen(11434, '127.0.0.1', done));
  try {
    await who.press('Ollama');
    await who.reads('ollama pull llama3.2');
    cors = {};
    await who.press('Look again');
    await until(async () => (await app.page.locator('[data-standing=refuses]').count()) === 1, { what: 'the refusal' });
    assert.match(await app.page.locator('[data-standing=refuses]').innerText(), new RegExp(`OLLAMA_ORIGINS=${world.site.origin}`));
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

scene('all providers are one click away, by name, and take the keyboard', {}, async ({ app }) => {
  const who = person(app.page);
  await who.press('All providers…');
  await until(() => app.page.evaluate(() => document.activeElement.dataset.testid === 'picker-provider'), { what: 'the focus on the search' });
  await app.page.keyboard.type('groq');
  await app.page.keyboard.press('Enter');
  await who.fill('Groq key', 'gsk_test');
});
