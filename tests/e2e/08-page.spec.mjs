// The page itself: its policy, its marks, small screens, keyboard, accessibility,
// links, drafts and the export.

import assert from 'node:assert/strict';
import { json, stream } from './harness/byte_server.mjs';
import { tabStops, tabTo } from './harness/keyboard.mjs';
import { openaiError } from './harness/one_pane.mjs';
import { compatible, document as recipeDocument, paneOf, recipeLink } from './harness/recipe.mjs';
import { violations } from './harness/schema.mjs';
import { stage } from './harness/stage.mjs';
import { startStatic } from './harness/static.mjs';
import { gate, until } from './harness/wait.mjs';
import { anthropic, chat } from './harness/wire.mjs';

const { world, scene } = stage({ bytes: true });

const RICH = [
  '# A heading',
  'Some **bold** and `code` with a [link](https://example.com/a).',
  '```rust\nfn main() {\n    let x = 1; // one\n}\n```',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '- one\n- two',
].join('\n\n');

/** A finished comparison with all that an answer may hold: text, thinking, a failure. */
function mixed(count = 3, { allow = [], ...rest } = {}) {
  return ({ bytes }) => {
    const lanes = Array.from({ length: count }, (_, index) => {
      const lane = bytes.lane();
      if (index % 3 === 2) lane.reply(json(500, openaiError('It broke.')));
      else lane.reply(stream(chat.whole(RICH, { thinking: index % 3 ? 'Let me see.' : undefined })));
      return lane;
    });
    return {
      allow: [bytes.origin, ...allow],
      fragment: recipeLink({
        title: 'A comparison',
        prompt: 'Write it.',
        panes: lanes.map((lane, index) => compatible(lane, { model: `model-${index}` })),
      }),
      hand: { lanes },
      ...rest,
    };
  };
}

async function finish(app, count) {
  await app.panes(count);
  await app.approve();
  await app.run();
  await app.settled();
}

// --- Policy ---------------------------------------------------------------

scene('the built page has a strict policy that holds', () => ({}), async ({ app }) => {
  const policy = await app.page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .getAttribute('content');
  const rules = Object.fromEntries(
    policy.split(';').map((rule) => {
      const [name, ...values] = rule.trim().split(/\s+/);
      return [name, values];
    }),
  );
  const everything = Object.values(rules).flat();
  assert.ok(!everything.includes("'unsafe-inline'"));
  assert.ok(!everything.includes("'unsafe-eval'"));
  const scripts = rules['script-src'] ?? rules['default-src'];
  assert.ok(scripts.includes("'self'") && !scripts.includes('https:') && !scripts.includes('*'));
  assert.deepEqual(rules['object-src'] ?? rules['default-src'], ["'none'"]);
  assert.deepEqual(rules['base-uri'], ["'none'"]);
  const ran = await app.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.__ran = true';
    document.head.append(script);
    const style = document.createElement('div');
    style.setAttribute('style', 'position: fixed');
    document.body.append(style);
    const applied = getComputedStyle(style).position === 'fixed';
    style.remove();
    return { script: window.__ran === true, style: applied };
  });
  assert.deepEqual(ran, { script: false, style: false });
  assert.ok(app.troubles.every((line) => /Content.Security.Policy/i.test(line)), app.troubles.join());
  app.troubles.length = 0;
});

scene('loading asks nobody but the page’s own host, and everything is there', () => ({}), async ({ app }) => {
  await app.page.waitForLoadState('networkidle');
  assert.deepEqual(app.sent(), []);
  const own = app.requests.filter((request) => request.url().startsWith('http'));
  for (const request of own) {
    const response = await request.response();
    assert.equal(response?.status(), 200, request.url());
  }
});

scene('the page works below a path of somebody else’s site', mixed(1), async ({ app }) => {
  const site = await startStatic({ base: '/lab/touchstone/' });
  try {
    app.allowed.add(site.origin);
    app.origin = site.origin;
    const { hash } = new URL(app.page.url());
    await app.goto(site.url + hash);
    await finish(app, 1);
    assert.equal(await app.pane().phase(), 'done');
    assert.ok(site.requests.every((request) => request.url.startsWith('/lab/touchstone/')));
    const schema = await app.page.evaluate(async () => (await fetch('schema/recipe-1.json')).status);
    assert.equal(schema, 200);
  } finally {
    await site.stop();
  }
});

scene('without WebAssembly a card says what to do', () => ({
  ready: false,
  prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly),
}), async ({ app }) => {
  await app.page.getByText(/WebAssembly/).first().waitFor();
  app.troubles.length = 0;
});

scene('without scripts a sentence says what to do', () => ({
  ready: false,
  context: { javaScriptEnabled: false },
}), async ({ app }) => {
  assert.match(await app.page.locator('body').innerText(), /JavaScript/);
});

// --- Marks -------------------------------------------------------------------

scene('the automation marks are there, each once what it is for is there', mixed(2), async ({ app }) => {
  const { page } = app;
  const count = (testid) => page.getByTestId(testid).count();
  await app.panes(2);
  for (const testid of ['run', 'stop', 'prompt', 'system', 'order', 'settings', 'add-pane', 'status']) {
    assert.equal(await count(testid), 1, testid);
  }
  const ofResults = ['export-json', 'export-csv', 'export-html'];
  for (const testid of ['share-link', ...ofResults]) {
    assert.equal(await count(testid), 0, testid);
  }
  await finish(app, 2);
  for (const testid of ['scoreboard', 'share', ...ofResults]) {
    assert.equal(await count(testid), 1, testid);
  }
  for (const pane of await app.panes(2)) {
    for (const testid of ['answer', 'phase-bar', 'pane-menu', 'pane-retry', 'pick-model', 'toggle-raw']) {
      assert.equal(await pane.root.getByTestId(testid).count(), 1, testid);
    }
    assert.equal(await pane.phase(), 'done');
  }
  assert.match(await page.getByTestId('scoreboard').textContent(), /model-0[^]*model-1/);
});

scene('one polite line says started and finished', mixed(1), async ({ app }) => {
  const status = app.page.getByTestId('status');
  const live = status.locator('xpath=ancestor-or-self::*[@role="status" or @aria-live="polite"]');
  assert.ok((await live.count()) >= 1);
  await finish(app, 1);
  await until(async () => (await status.textContent()).trim() !== '', { what: 'the status to speak' });
  assert.equal(
    await app.pane().root.locator('[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]').count(),
    0,
    'streaming text is not read out',
  );
});

scene('a first call to an origin is marked, the next is not', mixed(1), async ({ app }) => {
  await finish(app, 1);
  const pane = app.pane();
  assert.match(await pane.root.textContent(), /first call/i);
  await pane.retry();
  await until(async () => !/first call/i.test(await pane.root.textContent()), {
    what: 'the second call to be an ordinary one',
  });
  await pane.reaches('done');
});

scene('panes can be added, duplicated and removed, with an undo', mixed(1), async ({ app }) => {
  const { page } = app;
  await app.panes(1);
  await app.pane().menu('pane-duplicate');
  await app.panes(2);
  assert.equal(await app.pane(1).mark('model'), 'model-0');
  await app.pane(1).menu('pane-remove');
  await app.panes(1);
  await page.getByTestId('undo').first().click();
  await app.panes(2);
  for (let count = 3; count <= 8; count += 1) {
    await page.getByTestId('add-pane').click();
    await page.getByTestId('picker-search').fill(`model-${count}`);
    await page.getByTestId('picker-use').click();
    await app.panes(count);
  }
  const add = page.getByTestId('add-pane');
  assert.ok((await add.count()) === 0 || (await add.isDisabled()), 'eight are the most');
});

scene('a pane’s own parameters win over the shared ones', ({ bytes }) => {
  const lanes = [bytes.lane(), bytes.lane()];
  lanes.forEach((lane) => lane.reply(stream(chat.whole('x'))));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({
      prompt: 'Go.',
      params: { temperature: 0.1, top_p: 0.9, stop: ['END'], seed: 7 },
      panes: [compatible(lanes[0]), compatible(lanes[1], { params: { temperature: 0.8 } })],
    }),
    hand: { lanes },
  };
}, async ({ app, lanes }) => {
  await finish(app, 2);
  const [shared, own] = lanes.map((lane) => lane.posts[0].json);
  assert.equal(shared.temperature, 0.1);
  assert.equal(own.temperature, 0.8);
  for (const body of [shared, own]) {
    assert.equal(body.top_p, 0.9);
    assert.equal(body.seed, 7);
    assert.deepEqual([body.stop].flat(), ['END']);
  }
});

scene('what a model refuses is dropped and shown as dropped', ({ bytes }) => {
  const lane = bytes.lane().reply(stream(anthropic.whole('x')));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({
      prompt: 'Go.',
      params: { seed: 7, max_output_tokens: 99 },
      panes: [paneOf.anthropic(lane)],
    }),
    hand: { lane },
  };
}, async ({ app, lane }) => {
  await app.panes(1);
  await app.approve();
  await app.key('anthropic', world.bytes.origin, 'key-for-tests');
  await app.run();
  await app.settled();
  assert.ok(!('seed' in lane.posts[0].json), 'Anthropic has no seed');
  assert.equal(lane.posts[0].json.max_tokens, 99);
  assert.match((await app.pane().sent()).text, /seed/);
});

// --- Rendering ------------------------------------------------------------------

scene('finished blocks stay as they are while the answer grows', ({ bytes }) => {
  const held = gate();
  const lane = bytes.lane().reply(
    stream([
      chat.start(),
      chat.text('First paragraph.\n\n```\ncode\n```\n\nSecond'),
      { gate: held.opened },
      ...chat.whole(' paragraph.\n\nThird paragraph.').slice(1),
    ]),
  );
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }),
    hand: { held },
  };
}, async ({ app, held }) => {
  await app.panes(1);
  await app.approve();
  await app.run();
  await app.pane().shows('Second');
  await app.page.evaluate(() => {
    const answer = document.querySelector('[data-testid=answer]');
    window.__first = [...answer.querySelectorAll('p')].find((p) => p.textContent.includes('First'));
    window.__code = answer.querySelector('pre');
  });
  held.open();
  await app.pane().reaches('done');
  const kept = await app.page.evaluate(() => [window.__first.isConnected, window.__code.isConnected]);
  assert.deepEqual(kept, [true, true]);
  assert.match(await app.pane().answer(), /Third paragraph\./);
});

scene('code is highlighted by a script that comes only when it is needed', mixed(1), async ({ app }) => {
  const scripts = () => app.requests.filter((one) => one.resourceType() === 'script').length;
  await app.page.waitForLoadState('networkidle');
  const before = scripts();
  await finish(app, 1);
  const code = app.pane().root.locator('[data-testid=answer] pre code');
  await until(async () => (await code.locator('span').count()) > 1, { what: 'highlighted tokens' });
  assert.match(await code.textContent(), /^fn main\(\) \{\n {4}let x = 1; \/\/ one\n\}\n?$/);
  assert.ok(scripts() > before, 'the highlighter was fetched late');
});

scene('raw shows the answer as it came', mixed(1), async ({ app }) => {
  await finish(app, 1);
  const pane = app.pane();
  assert.equal(await pane.root.locator('[data-testid=answer] table').count(), 1);
  assert.equal(await pane.raw(), RICH);
});

// --- Small screens, keyboard, accessibility --------------------------------------

scene('eight panes are laid out at 390 pixels, and nothing else scrolls sideways',
  mixed(8, { context: { viewport: { width: 390, height: 844 } } }),
  async ({ app }) => {
    await finish(app, 8);
    for (const pane of await app.panes(8)) {
      const parts = [pane.root];
      for (const testid of ['pane-menu', 'pick-model', 'pane-retry', 'phase-bar']) {
        parts.push(pane.root.getByTestId(testid).first());
      }
      for (const part of parts) {
        const box = await part.boundingBox();
        assert.ok(box && box.width > 0 && box.height > 0, `pane ${pane.index}: ${part}`);
      }
    }
    for (const testid of ['run', 'prompt', 'settings', 'add-pane']) {
      const box = await app.page.getByTestId(testid).boundingBox();
      if (testid === 'add-pane' && !box) continue;
      assert.ok(box && box.width > 0, testid);
      if (testid !== 'add-pane') assert.ok(box.x >= 0 && box.x + box.width <= 390, `${testid} is in view`);
    }
    const width = await app.page.evaluate(() => document.scrollingElement.scrollWidth);
    assert.ok(width <= 390, `the page is ${width} pixels wide`);
  });

for (const width of [390, 320]) {
  scene(`a comparison is named at ${width} pixels too`, mixed(2, { context: { viewport: { width, height: 700 } } }), async ({ app }) => {
    await app.panes(2);
    const title = app.page.getByTestId('title');
    await title.fill('Named on a phone, at some length');
    assert.match(await app.page.title(), /^Named on a phone/);
    const overflow = await app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, 'nothing scrolls sideways');
    assert.ok((await title.boundingBox()).width >= 56, 'wide enough to hit');
  });
}

scene('consent, prompt, run and stop work with the keyboard alone', ({ bytes }) => {
  const lane = bytes.lane().reply(stream([chat.start(), chat.text('Begun'), { gate: gate().opened }]));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ panes: [compatible(lane)] }),
    hand: { lane },
  };
}, async ({ app, lane }) => {
  const { page } = app;
  await app.panes(1);
  await tabTo(page, 'approve-endpoint');
  await page.keyboard.press('Enter');
  await until(async () => (await page.getByTestId('approve-endpoint').count()) === 0, { what: 'consent' });
  await tabTo(page, 'prompt');
  await page.keyboard.type('Typed by hand.');
  await page.keyboard.press('Control+Enter');
  await app.pane().shows('Begun');
  assert.equal(lane.posts[0].json.messages.at(-1).content, 'Typed by hand.');
  await page.keyboard.press('Escape');
  await app.pane().reaches('stopped');
});

scene('every stop of the Tab key shows its focus and is large enough to hit', mixed(2), async ({ app }) => {
  await finish(app, 2);
  const stops = await tabStops(app.page);
  assert.ok(stops.length > 8, `${stops.length} stops`);
  assert.deepEqual(stops.filter((stop) => !stop.focusShown).map((stop) => stop.name), [], 'focus is visible');
  // Links within a sentence are exempt, as in WCAG 2.5.8.
  const small = stops.filter((stop) => !stop.name.startsWith('A ') && Math.min(stop.width, stop.height) < 24);
  assert.deepEqual(small.map((stop) => `${stop.name} ${stop.width}×${stop.height}`), [], 'at least 24 pixels');
});

const brightness = (page) =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, one) => sum + one, 0);
  });

scene('the theme can be chosen and stays chosen', () => ({ context: { colorScheme: 'light' } }), async ({ app }) => {
  const light = await brightness(app.page);
  const settings = await app.openSettings();
  await settings.getByTestId('theme').selectOption('dark');
  await until(async () => (await brightness(app.page)) < light / 2, { what: 'the dark theme' });
  await app.page.reload();
  await app.ready();
  assert.ok((await brightness(app.page)) < light / 2, 'it survives a reload');
});

// --- Links and drafts -----------------------------------------------------------------

scene('a link written by hand fills the page and runs nothing', () => ({
  fragment:
    '#prompt=1%2B1+is%20two%3F%0ASay%20why.&system=Be%20brief&pane=openai/gpt-4.1&pane=openai-compatible/org/name&pane=anthropic/claude-haiku-4-5&temperature=0.2&max_output_tokens=300',
}), async ({ app }) => {
  const panes = await app.panes(3);
  assert.equal(await app.page.getByTestId('prompt').inputValue(), '1+1+is two?\nSay why.');
  assert.equal(await app.page.getByTestId('system').inputValue(), 'Be brief');
  assert.deepEqual(
    await Promise.all(panes.map(async (pane) => [await pane.mark('provider'), await pane.mark('model')])),
    [
      ['openai', 'gpt-4.1'],
      ['openai-compatible', 'org/name'],
      ['anthropic', 'claude-haiku-4-5'],
    ],
  );
  for (const pane of panes) assert.equal(await pane.phase(), 'idle');
  assert.deepEqual(app.sent(), []);
});

scene('the parameters of a hand-written link apply to every pane', ({ internet }) => {
  const lane = internet.host('api.openai.com').reply(json(500, openaiError('enough')));
  return {
    allow: ['https://api.openai.com'],
    fragment: '#prompt=Hi&pane=openai/gpt-4.1&temperature=0.2&max_output_tokens=300',
    hand: { lane },
  };
}, async ({ app, lane }) => {
  await app.panes(1);
  await app.key('openai', 'https://api.openai.com', 'key-for-tests');
  await app.run();
  await app.settled();
  const body = lane.posts[0].json;
  assert.equal(body.temperature, 0.2);
  assert.equal(body.max_output_tokens, 300);
});

scene('a recipe link runs nothing and sends nothing by itself', mixed(2), async ({ app, lanes }) => {
  const panes = await app.panes(2);
  for (const pane of panes) assert.equal(await pane.phase(), 'idle');
  await app.page.waitForLoadState('networkidle');
  assert.deepEqual(app.sent(), []);
  assert.ok(lanes.every((lane) => lane.posts.length + lane.gets.length + lane.preflights.length === 0));
});

scene('a new link over unsaved work asks first', () => ({}), async ({ app }) => {
  await app.prompt('My own unsaved words');
  await app.follow('#prompt=Other%20words&pane=openai/gpt-4.1');
  await app.page.locator('dialog[open], [role=dialog]:visible, [role=alertdialog]:visible').first().waitFor();
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'My own unsaved words');
});

scene('a fresh load of a link asks nothing about old work', () => ({}), async ({ app }) => {
  await app.prompt('Old words');
  await app.goto(`${app.origin}/?again#prompt=New%20words&pane=openai/gpt-4.1`);
  await app.panes(1);
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'New words');
  assert.equal(await app.page.locator('dialog[open]').count(), 0);
});

scene('a draft survives a reload', () => ({}), async ({ app }) => {
  await app.prompt('Half a thought\nand a bit');
  await app.system('Be kind');
  await app.page.reload();
  await app.ready();
  await until(async () => (await app.page.getByTestId('prompt').inputValue()) === 'Half a thought\nand a bit', {
    what: 'the prompt to come back',
  });
  assert.equal(await app.page.getByTestId('system').inputValue(), 'Be kind');
});

// --- Export ----------------------------------------------------------------------------

scene('the export is a result document with what was sent, measured and reported', ({ bytes }) => {
  const good = bytes.lane().reply(
    stream(chat.whole('A fine answer.', { thinking: 'Hm.', input: 11, output: 60 })),
  );
  const bad = bytes.lane().reply(json(500, openaiError('It broke.')));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({
      title: 'Export me',
      system: 'Be brief.',
      prompt: 'Write about {{what}}.',
      variables: { what: 'rain' },
      params: { temperature: 0.3 },
      panes: [compatible(good, { label: 'my server' }), compatible(bad)],
      kept: { as: 'it came' },
    }),
    hand: { good },
  };
}, async ({ app, good }) => {
  await finish(app, 2);
  const { name, document } = await app.exported();
  assert.match(name, /\.json$/);
  const [schema, recipeSchema] = await app.page.evaluate(() =>
    Promise.all(
      ['schema/result-1.json', 'schema/recipe-1.json'].map(async (path) => (await fetch(path)).json()),
    ),
  );
  assert.deepEqual(violations(schema, document, { 'recipe-1.json': recipeSchema }), []);
  assert.equal(document.touchstone, 'result/1');
  const { recipe } = document;
  assert.equal(recipe.title, 'Export me');
  assert.equal(recipe.system, 'Be brief.');
  assert.deepEqual(recipe.variables, { what: 'rain' });
  assert.deepEqual(recipe.params, { temperature: 0.3 });
  assert.deepEqual(recipe.kept, { as: 'it came' }, 'unknown fields are kept');
  assert.equal(document.panes.length, 2);
  const [run] = document.panes[0].turns.at(-1).runs;
  assert.equal(run.status, 'done');
  assert.equal(run.answer, 'A fine answer.');
  assert.equal(run.thinking, 'Hm.');
  assert.deepEqual(run.sent.body, good.posts[0].json);
  const { marks } = run;
  const figures = await app.pane().metrics();
  assert.ok(Math.abs(marks.end_ms - figures.total_ms.value) < 0.001);
  assert.ok(marks.headers_ms <= marks.first_answer_ms && marks.first_answer_ms <= marks.end_ms);
  assert.equal(run.usage.raw.prompt_tokens, 11, 'the provider’s own block');
  assert.equal(run.usage.input.total, 11);
  assert.equal(run.usage.output.total, 60);
  const failed = document.panes[1].turns.at(-1).runs.at(-1);
  assert.equal(failed.status, 'failed');
  assert.equal(failed.error.kind, 'server');
  assert.match(JSON.stringify(failed.error), /It broke\./);
});

scene('the recipe schema accepts the contract’s recipe and refuses wrong ones', () => ({}), async ({ app }) => {
  const schema = await app.page.evaluate(async () => (await fetch('schema/recipe-1.json')).json());
  const good = recipeDocument({
    title: 'Haiku duel',
    system: 'You are terse.',
    prompt: 'Write a haiku about {{topic}}.',
    variables: { topic: 'monsoon' },
    params: { temperature: 0.2, max_output_tokens: 256 },
    panes: [
      { provider: 'openai', api: 'responses', model: 'gpt-6-luna', params: { reasoning_effort: 'low' } },
      { provider: 'anthropic', model: 'claude-haiku-4-5', base_url: 'http://127.0.0.1:4010' },
    ],
    run: { order: 'parallel', repeats: 1 },
    anything: 'else',
  });
  assert.deepEqual(violations(schema, good), []);
  assert.notDeepEqual(violations(schema, { ...good, touchstone: 'recipe/9' }), []);
  assert.notDeepEqual(violations(schema, { ...good, panes: [{ provider: 'openai', model: 5 }] }), []);
});

scene('a list of models is asked for only when somebody looks', ({ bytes }) => {
  const lane = bytes.lane().models(['listed-one']).reply(stream(chat.whole('x')));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }),
    hand: { lane },
  };
}, async ({ app, lane }) => {
  await app.panes(1);
  await app.pane().root.getByTestId('pick-model').click();
  await app.page.getByTestId('picker-search').waitFor();
  assert.equal(lane.gets.length + lane.preflights.length, 0, 'not before consent');
  await app.page.keyboard.press('Escape');
  await app.approve();
  await app.pane().root.getByTestId('pick-model').click();
  await app.page.locator('[data-testid=picker-option][data-model="listed-one"]:visible').waitFor();
  assert.equal(lane.gets[0].path.endsWith('/v1/models'), true);
});
