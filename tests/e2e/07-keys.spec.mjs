// Keys: held in memory, bound to one origin, seen nowhere else.

import assert from 'node:assert/strict';
import { json, startByteServer, stream } from './harness/byte_server.mjs';
import { openaiError } from './harness/one_pane.mjs';
import { compatible, paneOf, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { anthropic, chat, responses } from './harness/wire.mjs';

const { world, scene } = stage({ browser: 'chromium', bytes: true });

const SECRET = 'sk-test-ohkrad-5150-never-to-be-seen';
const OPENAI = 'https://api.openai.com';

/** Everything that the page holds as text: markup, form values, storage, address. */
function everythingIn(page) {
  return page.evaluate(async () => {
    const parts = [document.documentElement.outerHTML, document.cookie, location.href];
    parts.push(JSON.stringify(history.state), JSON.stringify(localStorage), JSON.stringify(sessionStorage));
    for (const field of document.querySelectorAll('input, textarea, select')) parts.push(field.value);
    for (const element of document.querySelectorAll('*')) {
      for (const attribute of element.attributes) parts.push(attribute.value);
    }
    parts.push(document.title);
    for (const { name } of (await indexedDB.databases?.()) ?? []) parts.push(name);
    for (const name of await caches.keys()) parts.push(name);
    return parts.join('\n');
  });
}

async function assertUnseen(app) {
  const seen = await everythingIn(app.page);
  const at = seen.indexOf(SECRET);
  assert.ok(at < 0, `the key is in the page: …${seen.slice(Math.max(0, at - 200), at)}▮`);
  assert.ok(!app.console.some((line) => line.includes(SECRET)), 'the key is in the console');
}

const askingPane = (reply) => ({ bytes }) => {
  const lane = bytes.lane().reply(reply);
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [paneOf.anthropic(lane)] }),
    hand: { lane },
  };
};

scene(
  'a key is typed into a password field that names its only destination',
  askingPane(stream(anthropic.whole('Fine.'))),
  async ({ app }) => {
    const { page } = app;
    await app.panes(1);
    assert.equal(
      await app.keyField('anthropic', world.bytes.origin).count(),
      0,
      'no key is asked for before the origin is agreed to',
    );
    await app.approve();
    const field = app.keyField('anthropic', world.bytes.origin).first();
    await field.fill(SECRET);
    assert.equal(await field.getAttribute('type'), 'password');
    assert.match((await field.getAttribute('autocomplete')) ?? '', /off|new-password/);
    const markup = await page.content();
    assert.ok(!markup.includes(SECRET), 'typing writes nothing into the markup');
    assert.match(
      await app.pane().root.innerText(),
      new RegExp(`only to ${new URL(world.bytes.origin).host}`, 'i'),
    );
    const scope = field.locator('xpath=ancestor::*[.//*[@data-testid="save-key"]][1]');
    assert.equal(await scope.locator('input[data-key-for]').count(), 1, 'one field for one button');
  },
);

scene(
  'after saving a key is nowhere in the page, its storage or the console',
  askingPane(stream(anthropic.whole('Fine.'))),
  async ({ app, lane }) => {
    await app.panes(1);
    await app.approve();
    await app.key('anthropic', world.bytes.origin, SECRET);
    await assertUnseen(app);
    await app.run();
    await app.pane().reaches('done');
    assert.equal(lane.posts[0].headers['x-api-key'], SECRET, 'it is sent where it belongs');
    await assertUnseen(app);
    const sent = await app.pane().sent();
    assert.ok(!sent.text.includes(SECRET));
    const { text } = await app.exported();
    assert.ok(!text.includes(SECRET), 'the export holds no key');
    await app.openSettings();
    await assertUnseen(app);
  },
);

scene(
  'a provider that repeats the key in its error does not bring it onto the page',
  askingPane(json(401, { type: 'error', error: { type: 'authentication_error', message: `Bad key: ${SECRET}` } })),
  async ({ app }) => {
    await app.panes(1);
    await app.approve();
    await app.key('anthropic', world.bytes.origin, SECRET);
    await app.run();
    assert.match(await app.pane().fails('auth'), /Bad key/);
    await assertUnseen(app);
    const { text } = await app.exported();
    assert.ok(!text.includes(SECRET));
  },
);

scene(
  'the key saved for api.openai.com never goes to another base URL',
  ({ bytes, internet }) => {
    const lane = bytes.lane().reply(stream(responses.whole('Stolen.')));
    const home = internet.host('api.openai.com').reply(stream(responses.whole('Home.')));
    return {
      allow: [bytes.origin, OPENAI],
      fragment: recipeLink({
        prompt: 'Go.',
        panes: [
          { provider: 'openai', model: 'gpt-4.1' },
          { provider: 'openai', model: 'gpt-4.1', base_url: lane.base },
        ],
      }),
      hand: { lane, home },
    };
  },
  async ({ app, lane, home }) => {
    const [own, other] = await app.panes(2);
    await app.key('openai', OPENAI, SECRET);
    await app.approve();
    await app.run();
    await own.reaches('done');
    await other.fails('auth');
    assert.equal(home.posts[0].headers.authorization, `Bearer ${SECRET}`);
    assert.equal(lane.posts.length + lane.gets.length, 0, 'nothing was sent without a key of its own');
    assert.equal(await app.keyField('openai', world.bytes.origin).count(), 1, 'it asks for its own key');
  },
);

scene(
  'another port or another provider is another key',
  ({ bytes }) => {
    const lane = bytes.lane().reply(stream(chat.whole('Here.')));
    return {
      allow: [bytes.origin],
      fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }),
      hand: { lane },
    };
  },
  async ({ app, lane }) => {
    const second = await startByteServer();
    try {
      app.allowed.add(second.origin);
      const neighbour = second.lane().reply(stream(chat.whole('Here.')));
      const claude = world.bytes.lane().reply(stream(anthropic.whole('Here.')));
      await app.goto(
        `${app.origin}/?again${recipeLink({
          prompt: 'Go.',
          panes: [compatible(lane), compatible(neighbour), paneOf.anthropic(claude)],
        })}`,
      );
      const panes = await app.panes(3);
      await app.approve();
      await app.key('openai-compatible', world.bytes.origin, SECRET);
      await app.run();
      await app.settled();
      assert.equal(lane.posts[0].headers.authorization, `Bearer ${SECRET}`);
      await panes[1].reaches('done');
      assert.equal(neighbour.posts[0].headers.authorization, undefined, 'no key for the other port');
      await panes[2].fails('auth');
      assert.equal(claude.posts.length, 0, 'no key for the other provider');
    } finally {
      await second.stop();
    }
  },
);

scene(
  'a redirect does not carry the key to another origin',
  askingPane(stream([])),
  async ({ app, lane }) => {
    const thief = await startByteServer();
    try {
      const trap = thief.lane().reply(stream(anthropic.whole('Thanks.')));
      app.allowed.add(thief.origin);
      lane.reply({ status: 307, headers: { location: `${trap.root}/v1/messages` }, steps: [] });
      await app.panes(1);
      await app.approve();
      await app.key('anthropic', world.bytes.origin, SECRET);
      await app.run();
      await app.settled();
      const stolen = [...trap.posts, ...trap.gets].filter((one) =>
        JSON.stringify(one.headers).includes(SECRET),
      );
      assert.deepEqual(stolen, [], 'the key stays with its origin');
      assert.equal(await app.pane().phase(), 'failed');
    } finally {
      await thief.stop();
    }
  },
);

scene(
  'saving once removes every field of that pair',
  ({ bytes }) => {
    const lanes = [bytes.lane(), bytes.lane()];
    return {
      allow: [bytes.origin],
      fragment: recipeLink({ prompt: 'Go.', panes: lanes.map((lane) => paneOf.anthropic(lane)) }),
    };
  },
  async ({ app }) => {
    await app.panes(2);
    await app.approve();
    await until(async () => (await app.keyField('anthropic', world.bytes.origin).count()) === 2, {
      what: 'a field in each pane',
    });
    await app.key('anthropic', world.bytes.origin, SECRET);
    assert.equal(await app.keyField('anthropic', world.bytes.origin).count(), 0);
  },
);

const openaiPane = ({ internet }) => ({
  allow: [OPENAI],
  fragment: recipeLink({ prompt: 'Go.', panes: [{ provider: 'openai', model: 'gpt-4.1' }] }),
  hand: { home: internet.host('api.openai.com').reply(stream(responses.whole('Home.'))) },
});

scene('a key is gone after a reload unless it was kept for the tab', openaiPane, async ({ app, home }) => {
  await app.panes(1);
  await app.key('openai', OPENAI, SECRET);
  await app.page.reload();
  await app.ready();
  await app.panes(1);
  await app.run();
  await app.pane().fails('auth');
  assert.equal(home.posts.length, 0);
  await assertUnseen(app);
});

scene('a key kept for the tab survives a reload, in the session storage only', openaiPane, async ({ app, home }) => {
  await app.panes(1);
  await app.key('openai', OPENAI, SECRET, { keep: true });
  const stores = await app.page.evaluate(() => [JSON.stringify(sessionStorage), JSON.stringify(localStorage)]);
  assert.ok(stores[0].includes(SECRET));
  assert.ok(!stores[1].includes(SECRET));
  assert.ok(!(await app.page.content()).includes(SECRET));
  await app.page.reload();
  await app.ready();
  await app.panes(1);
  await app.run();
  await app.pane().reaches('done');
  assert.equal(home.posts[0].headers.authorization, `Bearer ${SECRET}`);
  assert.ok(!(await app.page.content()).includes(SECRET));
});

scene('consent lasts for the tab, also over a reload, and not for another tab', ({ bytes }) => {
  const lane = bytes.lane().reply(stream(chat.whole('Here.')));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }),
  };
}, async ({ app }) => {
  await app.panes(1);
  const consent = (page) => page.getByTestId('approve-endpoint').count();
  assert.equal(await consent(app.page), 1);
  await app.approve();
  await app.page.reload();
  await app.ready();
  await app.panes(1);
  assert.equal(await consent(app.page), 0);
  const other = await app.page.context().newPage();
  await other.goto(app.page.url());
  await other.getByTestId('approve-endpoint').waitFor();
  app.popups.length = 0;
});

scene('an empty key field of a compatible server sends no key header', ({ bytes }) => {
  const lane = bytes.lane().replies([json(401, openaiError('Key needed')), stream(chat.whole('Here.'))]);
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }),
    hand: { lane },
  };
}, async ({ app, lane }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  assert.ok((await app.keyField('openai-compatible', world.bytes.origin).count()) >= 1, 'a key may be given');
  await app.run();
  await pane.fails('auth');
  assert.equal(lane.posts[0].headers.authorization, undefined);
  await app.key('openai-compatible', world.bytes.origin, SECRET);
  await pane.retry();
  await pane.reaches('done');
  assert.equal(lane.posts[1].headers.authorization, `Bearer ${SECRET}`);
});

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
  const panes = Array.from({ length: 5 }, () => ({ provider: 'openai', model: 'gpt-6-luna' }));
  scene(`a run without its key shows the field for it, at ${width} pixels`, { context: { viewport: { width, height } }, fragment: recipeLink({ prompt: 'Go.', panes }) }, async ({ app }) => {
    const [pane] = await app.panes(5);
    await app.run();
    await pane.fails('auth');
    const inSight = () => pane.root.evaluate((root) => {
      const body = root.querySelector('.pane-body').getBoundingClientRect();
      const { top, bottom } = root.querySelector('input[data-key-for]').getBoundingClientRect();
      return top >= body.top && bottom <= body.bottom;
    });
    await until(inSight, { what: 'the field to be in sight' });
    assert.ok(await pane.root.getByTestId('error').isVisible());
  });
}
