// Stopping, retrying, talking on, editing, order: what a person does to a run.

import assert from 'node:assert/strict';
import { conversation, posted } from './harness/bodies.mjs';
import { json, stream } from './harness/byte_server.mjs';
import { compatible, paneOf, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';
import { anthropic, chat, gemini, responses } from './harness/wire.mjs';

const FIXTURES = [
  { match: { userMessage: 'first question' }, response: { content: 'The first answer.' } },
  { match: { userMessage: 'second question' }, response: { content: 'The second answer.' } },
  { match: { userMessage: 'other question' }, response: { content: 'Another answer.' } },
  {
    match: { userMessage: 'too fast' },
    response: { error: { message: 'Slow down, please.', type: 'rate_limit_error' }, status: 429 },
  },
  {
    match: { userMessage: 'hang up' },
    // Long enough that a busy machine has read some of it when the server hangs up.
    response: { content: `one two three four five ${'and so on '.repeat(60)}` },
    chunkSize: 4,
    latency: 60,
    disconnectAfterMs: 3500,
  },
  { match: { userMessage: 'garble' }, response: { content: 'x' }, chaos: { malformedRate: 1 } },
];

const { world, scene } = stage({ browser: 'chromium', bytes: true, aimock: FIXTURES });

/** Panes on lanes of our byte server, each held at its own gate after `part`. */
function heldPanes(count, { part = 'The beginning', rest = {} } = {}) {
  return ({ bytes }) => {
    const lanes = Array.from({ length: count }, () => bytes.lane());
    const gates = lanes.map(() => gate());
    lanes.forEach((lane, index) => {
      lane.reply(
        stream([
          chat.start(),
          chat.text(part),
          { gate: gates[index].opened },
          ...chat.whole(' and the end.').slice(1),
        ]),
      );
    });
    return {
      allow: [bytes.origin],
      fragment: recipeLink({ prompt: 'Go.', panes: lanes.map((lane) => compatible(lane)), ...rest }),
      hand: { lanes, gates },
    };
  };
}

scene('stopping one pane keeps its text and leaves the others alone', heldPanes(2), async ({ app, lanes, gates }) => {
  const [one, two] = await app.panes(2);
  await app.approve();
  await app.run();
  await one.shows('The beginning');
  await two.shows('The beginning');
  assert.equal(await one.phase(), 'answering');
  await one.stop();
  await one.reaches('stopped');
  assert.equal((await one.answer()).trim(), 'The beginning');
  assert.equal(await one.error(), null, 'being stopped is no failure');
  await lanes[0].posts[0].left;
  assert.equal(await two.phase(), 'answering');
  assert.equal(lanes[1].posts[0].isLeft, false);
  gates[1].open();
  await two.reaches('done');
  assert.equal(await two.raw(), 'The beginning and the end.');
  assert.equal(await one.phase(), 'stopped');
});

scene('stop ends all panes, texts kept, connections closed', heldPanes(3), async ({ app, lanes }) => {
  const panes = await app.panes(3);
  await app.approve();
  await app.run();
  for (const pane of panes) await pane.shows('The beginning');
  await app.stop();
  assert.deepEqual(await app.settled(), ['stopped', 'stopped', 'stopped']);
  for (const pane of panes) assert.equal((await pane.answer()).trim(), 'The beginning');
  await Promise.all(lanes.map((lane) => lane.posts[0].left));
});

scene(
  'a second run does not pay for the permission that the server gave to keep',
  ({ bytes }) => {
    const lane = bytes.lane().reply(stream(chat.whole('An answer.'), { maxAge: 600 }));
    return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }), hand: { lane } };
  },
  async ({ app, lane }) => {
    await app.panes(1);
    await app.approve();
    await app.run();
    await app.pane().reaches('done');
    assert.equal(lane.preflights.length, 1);
    await app.pane().retry();
    await until(() => lane.posts.length === 2, { what: 'the second request' });
    await app.settled();
    assert.equal(lane.preflights.length, 1);
  },
);

scene('Escape stops the run', heldPanes(2), async ({ app }) => {
  const panes = await app.panes(2);
  await app.approve();
  await app.run();
  for (const pane of panes) await pane.shows('The beginning');
  await app.page.keyboard.press('Escape');
  assert.deepEqual(await app.settled(), ['stopped', 'stopped']);
});

scene('a stopped pane has no total that claims an end', heldPanes(1), async ({ app }) => {
  await app.panes(1);
  await app.approve();
  await app.run();
  await app.pane().shows('The beginning');
  await app.pane().stop();
  await app.pane().reaches('stopped');
  const figures = await app.pane().metrics();
  assert.ok(figures.ttfa_ms.value > 0, 'what was measured stays');
  assert.equal(figures.output_tokens_per_s, undefined, 'no rate without tokens');
});

scene('after a click on run no pane is idle', heldPanes(3), async ({ app }) => {
  await app.panes(3);
  await app.approve();
  const phases = await app.page.evaluate(async () => {
    document.querySelector('[data-testid=run]').click();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return [...document.querySelectorAll('[data-testid=pane]')].map((pane) => pane.dataset.phase);
  });
  assert.ok(!phases.includes('idle'), phases.join());
  await app.stop();
  await app.settled();
});

scene(
  'retrying one pane asks that one again and leaves the others as they are',
  ({ bytes }) => {
    const lanes = [bytes.lane(), bytes.lane()];
    lanes[0].reply(stream(chat.whole('Left answer.')));
    lanes[1].replies([
      json(500, { error: { message: 'It broke.' } }),
      stream(chat.whole('Right answer.')),
    ]);
    return {
      allow: [bytes.origin],
      fragment: recipeLink({ prompt: 'Go.', panes: lanes.map((lane) => compatible(lane)) }),
      hand: { lanes },
    };
  },
  async ({ app, lanes }) => {
    const [left, right] = await app.panes(2);
    await app.approve();
    await app.run();
    assert.deepEqual(await app.settled(), ['done', 'failed']);
    const before = await left.metrics();
    await right.retry();
    await until(() => lanes[1].posts.length === 2, { what: 'the second request' });
    await right.reaches('done');
    assert.equal(await right.raw(), 'Right answer.');
    assert.equal(await right.error(), null, 'the old failure is gone');
    assert.deepEqual(lanes[1].posts[1].json, lanes[1].posts[0].json, 'the same request again');
    assert.equal(lanes[0].posts.length, 1);
    assert.deepEqual(await left.metrics(), before);
  },
);

const PROVIDERS = ['openai', 'openai-compatible', 'anthropic', 'gemini'];
const MODELS = ['gpt-4.1', 'm', 'claude-haiku-4-5', 'gemini-3.5-flash'];

function fourPanes(prompt, rest = {}) {
  return ({ aimock }) => ({
    allow: [aimock.origin],
    fragment: recipeLink({
      prompt,
      panes: PROVIDERS.map((provider, index) => ({
        provider,
        model: MODELS[index],
        base_url: aimock.bases[provider],
      })),
      ...rest,
    }),
  });
}

async function ready(app) {
  await app.panes(4);
  await app.approve();
  for (const provider of PROVIDERS) await app.key(provider, world.aimock.origin, 'key-for-tests');
}

async function runAndSettle(app) {
  await app.run();
  assert.deepEqual(await app.settled(), ['done', 'done', 'done', 'done']);
}

scene(
  'a second prompt carries the history in each dialect',
  fourPanes('first question', { system: 'Be kind.' }),
  async ({ app }) => {
    await ready(app);
    await runAndSettle(app);
    await app.prompt('second question');
    await runAndSettle(app);
    const wire = posted(app, world.aimock.origin).slice(-4);
    assert.deepEqual(
      wire.map((one) => one.dialect).sort(),
      ['anthropic', 'chat', 'gemini', 'responses'],
    );
    for (const { dialect, body } of wire) {
      assert.deepEqual(
        conversation(body),
        [
          ['system', 'Be kind.'],
          ['user', 'first question'],
          ['assistant', 'The first answer.'],
          ['user', 'second question'],
        ],
        dialect,
      );
    }
    const byDialect = Object.fromEntries(wire.map((one) => [one.dialect, one.body]));
    assert.equal(byDialect.responses.input[1].content[0].type, 'output_text');
    assert.equal(byDialect.gemini.contents[1].role, 'model');
    for (const pane of await app.panes(4)) {
      assert.equal((await pane.answer()).trim(), 'The second answer.', 'the latest turn');
      const turns = pane.root.getByTestId('turn');
      assert.equal(await turns.count(), 1, 'one earlier turn');
      assert.match(await turns.first().textContent(), /first question/);
      assert.match(await turns.first().textContent(), /The first answer\./);
    }
  },
);

scene(
  'editing an earlier message drops what came after it, and offers to undo',
  fourPanes('first question'),
  async ({ app }) => {
    await ready(app);
    await runAndSettle(app);
    await app.prompt('second question');
    await runAndSettle(app);
    const pane = app.pane(1);
    await pane.root.getByTestId('turn').first().getByTestId('edit-turn').click();
    await until(async () => (await app.page.getByTestId('prompt').inputValue()) === 'first question', {
      what: 'the composer to hold the earlier message',
    });
    await app.prompt('other question');
    await runAndSettle(app);
    for (const { dialect, body } of posted(app, world.aimock.origin).slice(-4)) {
      assert.deepEqual(conversation(body), [['user', 'other question']], dialect);
    }
    assert.equal(await pane.root.getByTestId('turn').count(), 0, 'the later turns are gone');
    assert.equal((await pane.answer()).trim(), 'Another answer.');
    await app.page.getByTestId('undo').first().click();
    await until(async () => (await pane.root.getByTestId('turn').count()) === 1, {
      what: 'the turns to come back',
    });
    assert.equal((await pane.answer()).trim(), 'The second answer.');
  },
);

scene('a 429 of aimock is told as such and nothing retries', fourPanes('too fast'), async ({ app }) => {
  await ready(app);
  await world.aimock.forget();
  await app.run();
  assert.deepEqual(await app.settled(), ['failed', 'failed', 'failed', 'failed']);
  for (const pane of await app.panes(4)) {
    assert.match(await pane.fails('rate_limited'), /Slow down, please\./);
  }
  assert.equal((await world.aimock.journal()).length, 4, 'one request for each pane');
});

scene('a connection cut by aimock keeps the text as truncated', fourPanes('hang up'), async ({ app }) => {
  await ready(app);
  await app.run();
  assert.deepEqual(await app.settled(), ['failed', 'failed', 'failed', 'failed']);
  for (const pane of await app.panes(4)) {
    await pane.fails('truncated');
    assert.match(await pane.answer(), /^\s*one/);
  }
});

scene('a garbled body of aimock is a protocol failure', fourPanes('garble'), async ({ app }) => {
  await ready(app);
  await app.run();
  assert.deepEqual(await app.settled(), ['failed', 'failed', 'failed', 'failed']);
  for (const pane of await app.panes(4)) await pane.fails('protocol');
});

scene(
  'in sequence a pane starts when the one before it has ended',
  heldPanes(3, { rest: { run: { order: 'sequential' } } }),
  async ({ app, lanes, gates }) => {
    const panes = await app.panes(3);
    assert.equal(await app.page.getByTestId('order').inputValue(), 'sequential');
    await app.approve();
    await app.run();
    await panes[0].shows('The beginning');
    assert.equal(await panes[1].phase(), 'queued');
    assert.equal(await panes[2].phase(), 'queued');
    assert.equal(lanes[1].posts.length, 0);
    gates[0].open();
    await panes[1].shows('The beginning');
    assert.equal(await panes[0].phase(), 'done');
    assert.equal(lanes[2].posts.length, 0);
    gates[1].open();
    gates[2].open();
    assert.deepEqual(await app.settled(), ['done', 'done', 'done']);
  },
);

scene(
  'at most six requests run at once on one http origin, and waiting is in no figure',
  heldPanes(8),
  async ({ app, lanes, gates }) => {
    const panes = await app.panes(8);
    await app.approve();
    await app.run();
    const posts = () => lanes.filter((lane) => lane.posts.length > 0).length;
    await until(() => posts() === 6, { what: 'six requests' });
    let phases = [];
    // The page tells of them a frame after the servers.
    await until(async () => {
      phases = await Promise.all(panes.map((pane) => pane.phase()));
      return phases.filter((phase) => phase === 'queued').length === 2;
    }, { what: 'two that wait' });
    assert.equal(posts(), 6);
    const opened = Date.now();
    gates.forEach((one) => one.open());
    assert.deepEqual(new Set(await app.settled()), new Set(['done']));
    const late = Date.now() - opened;
    const waited = panes.filter((_, index) => phases[index] === 'queued');
    for (const pane of waited) {
      const { total_ms: total } = await pane.metrics();
      assert.ok(total.value <= late, 'the time in the queue is not counted');
    }
  },
);

const HELD = {
  responses: (part, held) => [
    responses.start(),
    responses.text(part),
    { gate: held.opened },
    responses.end(part),
  ],
  anthropic: (part, held) => [
    anthropic.start(),
    anthropic.open(),
    anthropic.text(part),
    { gate: held.opened },
    anthropic.shut(),
    anthropic.finish(),
    anthropic.stop(),
  ],
  gemini: (part, held) => [gemini.part(part), { gate: held.opened }, gemini.end()],
};

for (const [dialect, steps] of Object.entries(HELD)) {
  scene(
    `a pane that speaks ${dialect} can be stopped midway`,
    ({ bytes }) => {
      const lane = bytes.lane();
      lane.reply(stream(steps('Half of it', gate())));
      return {
        allow: [bytes.origin],
        fragment: recipeLink({ prompt: 'Go.', panes: [paneOf[dialect](lane)] }),
        hand: { lane, dialect },
      };
    },
    async ({ app, lane }) => {
      const [pane] = await app.panes(1);
      await app.approve();
      await app.key(await pane.mark('provider'), world.bytes.origin, 'key-for-tests');
      await app.run();
      await pane.shows('Half of it');
      await pane.stop();
      await pane.reaches('stopped');
      assert.equal((await pane.answer()).trim(), 'Half of it');
      await lane.posts[0].left;
    },
  );
}
