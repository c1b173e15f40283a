// Whether a provider can be reached: the test of a connection, the search for local
// servers, and the prices that gateways give of themselves.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { html, json, startByteServer, stream } from './harness/byte_server.mjs';
import { freePort } from './harness/listen.mjs';
import { openaiError } from './harness/one_pane.mjs';
import { startPipe } from './harness/pipe.mjs';
import { chooseRoute } from './harness/picker.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { distFolder, staticHandler } from './harness/static.mjs';
import { until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const KEY = 'sk-test-connection-0001';
const gateway = async (reply) => {
  const server = await startByteServer();
  server.rootLane().models(reply);
  return server;
};

const { world, scene } = stage({
  browser: 'chromium',
  bytes: true,
  llama: true,
  besides: {
    // A real server at one of the usual ports, and ours at three others.
    llamaAtHome: ({ llama }) => startPipe(9931, llama.origin),
    closed: () => gateway(json(200, { data: [{ id: 'm' }] }, { cors: 'none' })),
    closedAtHome: ({ closed }) => startPipe(5001, closed.origin),
    locked: () => gateway(json(401, openaiError('no key', { code: 'invalid_api_key' }))),
    lockedAtHome: ({ locked }) => startPipe(5000, locked.origin),
    litellm: () => gateway(json(200, {
      data: [{ id: 'house-model', model_name: 'house-model', model_info: { input_cost_per_token: 1.5e-6, output_cost_per_token: 6e-6 } }],
    })),
    litellmAtHome: ({ litellm }) => startPipe(4000, litellm.origin),
  },
});

const USUAL = [
  'http://localhost:11434', 'http://localhost:1234', 'http://127.0.0.1:8080', 'http://127.0.0.1:9931', 'http://localhost:8000',
  'http://localhost:4000', 'http://127.0.0.1:1337', 'http://localhost:5001', 'http://127.0.0.1:5000',
];

/** Opens the picker of the only pane and tests its connection. */
async function tested(app, { key, provider = 'openai-compatible', origin } = {}) {
  await app.panes(1);
  await app.approve();
  if (key) await app.key(provider, origin, key);
  await app.pane().root.getByTestId('pick-model').click();
  const picker = app.page.locator('dialog[data-testid=picker]');
  await picker.getByTestId('test-connection').click();
  const found = picker.locator('[data-testid=diagnosis]');
  await found.waitFor();
  const text = (await found.innerText()).replace(/\s+/g, ' ');
  return { word: await found.getAttribute('data-diagnosis'), text };
}

const lanePane = (models) => ({ bytes }) => {
  const lane = bytes.lane();
  if (models) lane.models(models);
  return { allow: [bytes.origin], fragment: recipeLink({ panes: [compatible(lane)] }), hand: { lane } };
};

const settingsOf = async (app, provider) => {
  const settings = await app.openSettings();
  await settings.getByTestId('relay-provider').selectOption(provider);
  return settings;
};

scene('Settings test the address that a pane uses, and let one choose among several', ({ bytes, internet }) => {
  const asked = (region) => `https://bedrock-runtime.${region}.amazonaws.com`;
  const panes = ['eu-central-1', 'us-west-2'].map((region) => ({ provider: 'bedrock', model: 'anthropic.claude-haiku-4-5', base_url: asked(region) }));
  return { allow: [bytes.origin, asked('eu-central-1'), asked('us-west-2')], fragment: recipeLink({ panes }), hand: { internet, asked } };
}, async ({ app, asked }) => {
  await app.panes(2);
  await app.approve();
  await app.key('bedrock', asked('us-west-2'), 'ABSK-test');
  const settings = await settingsOf(app, 'bedrock');
  const address = settings.getByTestId('connection-address');
  assert.deepEqual(await address.locator('option').allTextContents(), [asked('eu-central-1'), asked('us-west-2')]);
  const found = settings.locator('[data-testid=diagnosis]');
  await settings.getByTestId('test-connection').click();
  await found.waitFor();
  assert.match(await found.innerText(), /needs a key[^]*eu-central-1/);
  await address.selectOption({ index: 1 });
  await found.waitFor({ state: 'hidden' });
  assert.match(await settings.getByTestId('relay-note').innerText(), /us-west-2/);
});

scene('Settings say of a provider without an address of its own what is missing', {}, async ({ app }) => {
  const settings = await settingsOf(app, 'azure');
  assert.match(await settings.getByTestId('relay-note').innerText(), /has no address of its own/);
  assert.equal(await settings.getByTestId('test-connection').isDisabled(), true);
});

scene('a server of this machine is tested in Settings, where a relay makes no sense', {}, async ({ app }) => {
  const settings = await settingsOf(app, 'ollama');
  assert.equal(await settings.getByTestId('relay-base').count(), 0);
  assert.equal(await settings.getByTestId('test-connection').isEnabled(), true);
});

scene('a list that anybody may read is shown without a key, and where there is none nothing pretends to load one', ({ internet }) => {
  internet.host('openrouter.ai').models(json(200, { data: [{ id: 'some/new-live-model', name: 'New' }] }));
  return { allow: ['https://openrouter.ai'] };
}, async ({ app }) => {
  await app.page.getByTestId('start-all').click();
  const picker = app.page.locator('dialog[data-testid=picker]');
  await picker.locator('[data-testid=route-option][data-provider=openrouter]').click();
  await picker.getByText('some/new-live-model').first().waitFor();
  await picker.locator('[data-testid=route-option][data-provider=bedrock]').click();
  await picker.getByText('Built-in list; this provider has none').waitFor();
  assert.equal(await picker.getByTestId('picker-load').count(), 0);
});

const CASES = [
  ['a list of models means that it works', ['one', 'two'], 'works', /with 2 models.*No key went along/],
  ['a wrong key is told from the rest', json(401, openaiError('Incorrect API key', { code: 'invalid_api_key' })), 'auth', /did not accept the key.*Incorrect API key/],
  ['a missing permission is told from a wrong key', json(403, openaiError('Not for this project')), 'permission', /does not allow this.*Not for this project/],
  ['a web page means that the base URL is wrong', html(), 'wrong_path', /web page came.*\/v1/],
  ['a 404 names path and status', json(404, {}), 'wrong_path', /nothing at that path.*404/],
  ['a server that answers unseen refuses the page', json(200, { data: [] }, { cors: 'none' }), 'cors', /Something answers there.*CORS/],
];
for (const [name, models, word, said] of CASES) {
  scene(name, lanePane(models), async ({ app }) => {
    const found = await tested(app);
    assert.equal(found.word, word);
    assert.match(found.text, said);
    app.troubles = app.troubles.filter((text) => !/40[134]/.test(text));
  });
}

scene('a key goes along, bound to its origin, and is struck out of what comes back', lanePane(json(401, openaiError(`Bad key ${KEY}`))), async ({ app, lane }) => {
  const found = await tested(app, { key: KEY, origin: world.bytes.origin });
  assert.equal(lane.gets.at(-1).headers.authorization, `Bearer ${KEY}`);
  assert.match(found.text, /Bad key/);
  assert.ok(!found.text.includes(KEY));
});

scene('where nothing listens the server is suspected, with what starts it', async () => ({}), async ({ app }) => {
  const port = await freePort();
  app.allowed.add(`http://127.0.0.1:${port}`);
  await app.follow(recipeLink({ panes: [{ provider: 'openai-compatible', model: 'm', base_url: `http://127.0.0.1:${port}/v1` }] }));
  const found = await tested(app);
  assert.equal(found.word, 'server_down');
  assert.match(found.text, /Nothing answered a plain request either/);
});

scene('a wrong key that OpenAI hides is the first suspect', ({ internet }) => {
  internet.host('api.openai.com').models(json(401, openaiError('no'), { cors: 'none' }));
  return { allow: ['https://api.openai.com'], fragment: recipeLink({ panes: [{ provider: 'openai', model: 'gpt-4.1' }] }) };
}, async ({ app }) => {
  const found = await tested(app, { key: KEY, provider: 'openai', origin: 'https://api.openai.com' });
  assert.equal(found.word, 'wrong_key');
  assert.match(found.text, /Wrong key.*CORS/);
});

scene('OpenRouter is asked for the key itself, as its list is public', ({ internet }) => {
  const lane = internet.host('openrouter.ai').models(json(200, { data: [], label: 'mine' }));
  return {
    allow: ['https://openrouter.ai'],
    fragment: recipeLink({ panes: [{ provider: 'openai-compatible', model: 'm', base_url: 'https://openrouter.ai/api/v1' }] }),
    hand: { lane },
  };
}, async ({ app, lane }) => {
  const found = await tested(app, { key: KEY, origin: 'https://openrouter.ai' });
  assert.equal(found.word, 'works');
  assert.match(found.text, /knows the key/);
  const asked = lane.gets.find(({ path }) => path === '/api/v1/key');
  assert.equal(asked.headers.authorization, `Bearer ${KEY}`);
});

scene('a key that is needed and missing is asked for, and nothing is sent', () => ({ fragment: recipeLink({ panes: [{ provider: 'anthropic', model: 'claude-haiku-4-5' }] }) }), async ({ app }) => {
  const found = await tested(app);
  assert.equal(found.word, 'key_missing');
  assert.equal(app.sent().length, 0);
});

scene('a refused permission is the cause, and says where it is given', lanePane(json(200, {}, { cors: 'none' })), async ({ app }) => {
  // A STUB of the Permissions API: no browser here can be told to refuse.
  await app.page.evaluate(() => {
    navigator.permissions.query = async ({ name }) => {
      if (name !== 'loopback-network') throw new TypeError(name);
      return { state: 'denied' };
    };
  });
  const found = await tested(app);
  assert.equal(found.word, 'local_network');
  assert.match(found.text, /icon left of the address/);
});

scene('names of permissions that a browser does not know are no obstacle', lanePane(['m']), async ({ app }) => {
  await app.page.evaluate(() => {
    navigator.permissions.query = async () => {
      throw new TypeError('unknown');
    };
  });
  assert.equal((await tested(app)).word, 'works');
});

scene('http from an https page is mixed content', ({ internet }) => {
  internet.site('touchstone.example', staticHandler(distFolder()));
  return {
    url: 'https://touchstone.example/',
    allow: ['http://printer.example:8080'],
    fragment: recipeLink({ panes: [{ provider: 'openai-compatible', model: 'm', base_url: 'http://printer.example:8080/v1' }] }),
  };
}, async ({ app }) => {
  const found = await tested(app);
  assert.equal(found.word, 'mixed_content');
  assert.match(found.text, /make serve/);
});

scene('a failed pane can test its connection', ({ bytes }) => {
  const lane = bytes.lane().reply(json(401, openaiError('Wrong', { code: 'invalid_api_key' }))).models(json(401, openaiError('Wrong too')));
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }) };
}, async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.run();
  await pane.fails('auth');
  await pane.root.getByTestId('test-connection').click();
  const found = pane.root.getByTestId('diagnosis');
  await found.waitFor();
  assert.equal(await found.getAttribute('data-diagnosis'), 'auth');
  assert.match(await found.innerText(), /Wrong too/);
});

/** What the search found, by host. */
async function standings(app) {
  await until(async () => !/Trying/.test(await app.page.getByTestId('local-quiet').textContent()), { timeout: 20_000, what: 'the search to end' });
  const rows = await app.page.getByTestId('local-server').evaluateAll((all) =>
    all.map((one) => [one.querySelector('.host').textContent, { standing: one.dataset.standing, text: one.innerText.replace(/\s+/g, ' ') }]),
  );
  return Object.fromEntries(rows);
}

scene('local servers: a real one with its models, one that refuses the page, one that wants a key', () => ({ allow: USUAL }), async ({ app }) => {
  await app.page.getByTestId('find-local').click();
  const found = await standings(app);
  assert.equal(found['127.0.0.1:9931'].standing, 'here');
  assert.match(found['127.0.0.1:9931'].text, new RegExp(world.llama.model));
  assert.equal(found['localhost:5001'].standing, 'refuses');
  assert.match(found['localhost:5001'].text, /KoboldCpp.*answers, but not to this page/);
  assert.equal(found['127.0.0.1:5000'].standing, 'wants_key');
  assert.equal(await app.keyField('openai-compatible', 'http://127.0.0.1:5000').count(), 1);
  assert.deepEqual(await findings(app.page), []);
  app.troubles = [];
  const row = app.page.locator('[data-testid=local-server]:has-text("127.0.0.1:9931")');
  await row.getByTestId('use-server').click();
  const panes = await app.panes(2);
  assert.equal(await panes[0].mark('host'), '127.0.0.1:9931');
});

scene('a click asks each usual address once, and lists that come later ask none of them again', ({ internet }) => {
  internet.host('openrouter.ai').models(json(200, { data: [{ id: 'maker/new-model', name: 'New' }] }));
  return { allow: [...USUAL, 'https://openrouter.ai'] };
}, async ({ app }) => {
  const asked = [];
  app.page.on('request', (request) => {
    const { origin, host } = new URL(request.url());
    if (USUAL.includes(origin)) asked.push(`${request.method()} ${host}`);
  });
  await app.page.getByTestId('find-local').click();
  await standings(app);
  const first = [...asked];
  assert.ok(first.length >= USUAL.length, `all are asked: ${first}`);
  // The list, and for whom the page got nothing whether there is anything at all.
  const often = first.filter((one) => first.filter((other) => other === one).length > 2);
  assert.deepEqual(often, []);
  await app.page.getByTestId('add-pane').click();
  await chooseRoute(app.page, 'openrouter', 'openrouter');
  await app.page.locator('[data-testid=picker-option][data-model="maker/new-model"]').waitFor();
  await app.page.keyboard.press('Escape');
  await app.page.waitForLoadState('networkidle');
  assert.deepEqual(asked, first);
  app.troubles = [];
});

scene('the picker looks for local servers and takes one over', () => ({ allow: USUAL, fragment: recipeLink({ panes: [{ provider: 'openai-compatible', model: 'm', base_url: 'http://127.0.0.1:9931/v1' }] }) }), async ({ app }) => {
  await app.panes(1);
  await app.approve();
  await app.pane().root.getByTestId('pick-model').click();
  const picker = app.page.locator('dialog[data-testid=picker]');
  await picker.getByTestId('picker-base-url').fill('');
  await picker.getByTestId('picker-find-local').click();
  await standings(app);
  const row = app.page.locator('[data-testid=local-server]:has-text("127.0.0.1:9931")');
  await row.getByTestId('use-server').click();
  assert.equal(await picker.getByTestId('picker-base-url').inputValue(), 'http://127.0.0.1:9931/v1');
  assert.equal(await picker.getByTestId('picker-search').inputValue(), world.llama.model);
  app.troubles = [];
});

/** The text of the only pane's cost and what its popover says. */
async function costOf(app) {
  const pane = app.pane();
  const figure = (await pane.metrics()).cost_usd;
  await pane.root.locator('[data-metric=cost_usd]').click();
  const popover = app.page.getByTestId('popover');
  await popover.waitFor();
  return { ...figure, said: (await popover.innerText()).replace(/\s+/g, ' ') };
}

scene('OpenRouter’s own prices stand in the picker and price its panes', ({ internet }) => {
  const lane = internet.host('openrouter.ai');
  lane.models(json(200, { data: [
    { id: 'maker/new-model', name: 'New', pricing: { prompt: '0.0000003', completion: '0.0000025' } },
    { id: 'openrouter/auto', name: 'Auto', pricing: { prompt: '-1', completion: '-1' } },
  ] }));
  lane.reply(stream(chat.whole('Fine.', { model: 'maker/new-model', input: 1000, output: 100 })));
  return {
    allow: ['https://openrouter.ai'],
    fragment: recipeLink({ prompt: 'Go.', panes: [{ provider: 'openai-compatible', model: 'maker/new-model', base_url: 'https://openrouter.ai/api/v1' }] }),
    hand: { lane },
  };
}, async ({ app, lane }) => {
  await app.panes(1);
  await app.approve();
  await app.key('openai-compatible', 'https://openrouter.ai', KEY);
  await app.pane().root.getByTestId('pick-model').click();
  const option = (id) => app.page.locator(`[data-testid=picker-option][data-model="${id}"]`);
  await until(async () => /0\.3.* in · .*2\.5.* out per 1M · OpenRouter, today/.test(await option('maker/new-model').innerText()), { what: 'the price' });
  assert.doesNotMatch(await option('openrouter/auto').innerText(), /per 1M/, 'what is not known has no price');
  await app.page.keyboard.press('Escape');
  await app.run();
  await app.pane().reaches('done');
  const cost = await costOf(app);
  assert.equal(cost.source, 'computed');
  assert.equal(cost.value, 0.00055);
  assert.match(cost.said, /OpenRouter’s own list, fetched on .*of today/);
  const stored = await app.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(!stored.includes('new-model') || !stored.includes('0.0000003'), 'the list is not kept');
  assert.equal(lane.gets.filter(({ headers }) => !headers.authorization).length, 1, 'the public list is asked for without the key, once');
});

scene('a LiteLLM gateway prices its panes by its own list', () => ({
  allow: ['http://localhost:4000'],
  fragment: recipeLink({ prompt: 'Go.', panes: [{ provider: 'openai-compatible', model: 'house-model', base_url: 'http://localhost:4000/v1' }] }),
}), async ({ app }) => {
  world.litellm.rootLane().models(json(200, {
    data: [{ id: 'house-model', model_name: 'house-model', model_info: { input_cost_per_token: 1.5e-6, output_cost_per_token: 6e-6 } }],
  })).reply(stream(chat.whole('Fine.', { model: 'house-model', input: 1000, output: 100 })));
  await app.panes(1);
  await app.approve();
  await app.key('openai-compatible', 'http://localhost:4000', KEY);
  await app.pane().root.getByTestId('pick-model').click();
  await until(async () => /localhost:4000, today/.test(await app.page.locator('[data-testid=picker-option]').first().innerText()), { what: 'the price' });
  await app.page.keyboard.press('Escape');
  await app.run();
  await app.pane().reaches('done');
  const cost = await costOf(app);
  assert.equal(cost.source, 'computed');
  assert.equal(cost.value, 0.0021);
  assert.match(cost.said, /the gateway’s own price list/);
});
