// What a person types or pastes: prompts, limits, recipe links, base URLs, models.

import assert from 'node:assert/strict';
import { json, stream } from './harness/byte_server.mjs';
import { KEY, go, onePane, openaiError } from './harness/one_pane.mjs';
import { chooseRoute } from './harness/picker.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { anthropic, chat, gemini, responses } from './harness/wire.mjs';

const { world, scene } = stage({ bytes: true });

// --- What the person typed ------------------------------------------------------------

scene('an empty prompt is not sent, with the reason', onePane(stream(chat.whole('x')), { prompt: '' }), async ({ app, lane }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  const run = app.page.getByTestId('run');
  if (await run.isDisabled()) {
    assert.match((await run.getAttribute('title')) ?? '', /prompt|message|write/i);
  } else {
    await app.run();
    await until(async () => /prompt|message|empty|write/i.test(`${await app.told()} ${(await pane.error())?.text}`), {
      what: 'the reason',
    });
  }
  assert.equal(lane.posts.length, 0);
});

scene('a two-megabyte prompt is sent whole', onePane(stream(chat.whole('Read.'))), async ({ app, lane }) => {
  const prompt = 'word '.repeat(400_000);
  await app.page.getByTestId('prompt').evaluate((box, text) => {
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }, prompt);
  const pane = await go(app);
  await pane.reaches('done', { timeout: 30_000 });
  const [message] = lane.posts[0].json.messages;
  assert.ok(message.content === prompt || message.content === prompt.trim());
});

scene('an unknown model is told with its name', onePane(
  json(404, openaiError('The model `nemo` does not exist', { code: 'model_not_found' })),
  { pane: { model: 'nemo' } },
), async ({ app, lane }) => {
  const pane = await go(app);
  assert.match(await pane.fails('not_found'), /nemo/);
  assert.equal(lane.posts[0].json.model, 'nemo');
});

for (const [name, params, word, wire] of [
  ['a limit of 0 tokens', { max_output_tokens: 0 }, /token/i, (body) => body.max_tokens ?? body.max_completion_tokens],
  ['a temperature of 9', { temperature: 9 }, /temperature/i, (body) => body.temperature],
]) {
  scene(`${name} is refused with the reason, or sent as it is`, onePane(stream(chat.whole('x')), { params }), async ({ app, lane }) => {
    const pane = await go(app);
    await app.settled();
    if (lane.posts.length === 0) {
      assert.match(await pane.fails('bad_request'), word);
    } else {
      assert.equal(wire(lane.posts[0].json), Object.values(params)[0]);
    }
  });
}

// --- Recipe links ---------------------------------------------------------------------

const pane = { provider: 'openai-compatible', base_url: 'http://127.0.0.1:9/v1', model: 'm' };
const hash = (text) => `#recipe=${encodeURIComponent(text)}`;

for (const [name, fragment, message] of [
  ['JSON that breaks off', hash('{"touchstone":"recipe/1","panes":['), /recipe|link/i],
  ['something that is no JSON', hash('hello'), /recipe|link/i],
  ['a list instead of a document', hash('[1,2]'), /recipe|link|expected/i],
  ['a broken percent sign', '#recipe=%7B%E0%A4%A', /recipe|link/i],
  ['nothing', '#recipe=', /recipe|link/i],
  ['a wrong type of a model', recipeLink({ prompt: 'Go.', panes: [pane, { ...pane, model: 5 }] }), /panes\[1\]\.model/],
  ['a wrong type of a parameter', recipeLink({ prompt: 'Go.', params: { temperature: 'hot' }, panes: [pane] }), /params\.temperature/],
  ['a wrong type of a pane parameter', recipeLink({ prompt: 'Go.', panes: [{ ...pane, params: { seed: 'x' } }] }), /panes\[0\]\.params\.seed/],
  ['a wrong type of the messages', recipeLink({ messages: 'hi', panes: [pane] }), /messages/],
  ['a wrong type within a message', recipeLink({ messages: [{ role: 'user', content: 7 }], panes: [pane] }), /messages\[0\]\.content/],
  ['a wrong type of a base URL', recipeLink({ prompt: 'Go.', panes: [{ ...pane, base_url: true }] }), /panes\[0\]\.base_url/],
  ['an unknown version', recipeLink({ touchstone: 'recipe/99', prompt: 'Go.', panes: [pane] }), /recipe\/99/],
  ['no version', hash('{"panes":[]}'), /touchstone/],
]) {
  scene(`a link with ${name} is explained, and the page still works`, () => ({ fragment }), async ({ app }) => {
    await app.tells(message);
    await app.follow(recipeLink({ prompt: 'A good one.', panes: [pane] }));
    await app.panes(1);
    assert.equal(await app.page.getByTestId('prompt').inputValue(), 'A good one.');
    await app.page.getByTestId('add-pane').click();
    await app.page.getByTestId('picker-search').fill('another');
    // Using a link's host for a new pane is no consent to it: nothing may be asked there.
    await app.page.getByTestId('picker-use').click();
    await app.panes(2);
  });
}

scene(
  'an order or repeats that this version lacks are told and kept',
  () => ({ fragment: recipeLink({ prompt: 'Go.', panes: [pane], run: { order: 'shuffled', repeats: 5 } }) }),
  async ({ app }) => {
    await app.panes(1);
    await app.tells(/shuffled/);
    await app.tells(/repeats|5/);
  },
);

scene(
  'unknown fields do no harm',
  () => ({ fragment: recipeLink({ prompt: 'Go.', colour: 'red', panes: [{ ...pane, shade: 1, params: { zip: 2 } }] }) }),
  async ({ app }) => {
    await app.panes(1);
    assert.equal(await app.page.getByTestId('prompt').inputValue(), 'Go.');
    assert.doesNotMatch(await app.told(), /colour|shade|zip|expected/);
  },
);

// --- Base URLs ----------------------------------------------------------------------------

const BASES = [
  ['openai-compatible', 'm', ['', '/', '/v1', '/v1/', '/v1/chat/completions', '/v1/chat/completions/'], '/v1/chat/completions', chat],
  ['openai', 'gpt-4.1', ['', '/v1', '/v1/responses'], '/v1/responses', responses],
  ['anthropic', 'claude-haiku-4-5', ['', '/', '/v1', '/v1/messages'], '/v1/messages', anthropic],
  ['gemini', 'gemini-3.5-flash', ['', '/v1beta', '/v1beta/', '/v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse'], '/v1beta/models/gemini-3.5-flash:streamGenerateContent', gemini],
];

for (const [provider, model, endings, expected, wire] of BASES) {
  scene(`base URLs of ${provider} are normalised however they are pasted`, ({ bytes }) => ({
    allow: [bytes.origin],
    fragment: recipeLink({
      prompt: 'Go.',
      panes: endings.map((ending) => ({ provider, model, base_url: bytes.origin + ending })),
    }),
    hand: { lane: bytes.rootLane().reply(stream(wire.whole('Here.'))) },
  }), async ({ app, lane }) => {
    const panes = await app.panes(endings.length);
    await app.approve();
    if (provider !== 'openai-compatible') await app.key(provider, world.bytes.origin, KEY);
    await app.run();
    await app.settled();
    assert.deepEqual(lane.posts.map((post) => post.path), endings.map(() => expected));
    for (const one of panes) assert.equal(await one.phase(), 'done');
  });
}

scene('the picker shows the endpoint that a base URL becomes', ({ bytes }) => {
  bytes.rootLane().models(['first-model', 'second-model']).reply(stream(chat.whole('Here.')));
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [{ provider: 'openai', model: 'gpt-4.1' }] }) };
}, async ({ app }) => {
  const [one] = await app.panes(1);
  const { page } = app;
  await one.root.getByTestId('pick-model').click();
  await chooseRoute(page, 'openai-compatible');
  for (const ending of ['/v1/', '', '/v1/chat/completions']) {
    await page.getByTestId('picker-base-url').fill(world.bytes.origin + ending);
    await until(
      async () =>
        (await page.getByTestId('picker-endpoint').textContent()).includes(`${world.bytes.origin}/v1/chat/completions`),
      { what: `the endpoint of ${ending || 'the bare origin'}` },
    );
  }
  await page.getByTestId('picker-search').fill('first');
  await page.locator('[data-testid=picker-option][data-model="first-model"]:visible').click();
  const use = page.getByTestId('picker-use');
  if (await use.isVisible()) await use.click();
  await until(async () => (await one.mark('model')) === 'first-model', { what: 'the model to be taken' });
  assert.equal(await one.mark('provider'), 'openai-compatible');
  assert.equal(await page.getByTestId('approve-endpoint').count(), 0, 'what the person typed needs no consent');
  await app.run();
  await one.reaches('done');
});

scene('a free text is always accepted as a model', ({ bytes }) => {
  const lane = bytes.lane().models(['listed']).reply(stream(chat.whole('Here.')));
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane, { model: 'listed' })] }), hand: { lane } };
}, async ({ app, lane }) => {
  const [one] = await app.panes(1);
  await app.approve();
  await one.root.getByTestId('pick-model').click();
  await app.page.getByTestId('picker-search').fill('my/own-model:7b');
  await app.page.getByTestId('picker-use').click();
  await until(async () => (await one.mark('model')) === 'my/own-model:7b', { what: 'the model to be taken' });
  await app.run();
  await one.reaches('done');
  assert.equal(lane.posts[0].json.model, 'my/own-model:7b');
});
