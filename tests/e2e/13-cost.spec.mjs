// What runs cost: counts of the provider times prices of a table that the tests
// serve, on the providers' own hosts, which our TLS server plays.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { json, stream } from './harness/byte_server.mjs';
import { KEY } from './harness/one_pane.mjs';
import { serving, table } from './harness/prices.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { violations } from './harness/schema.mjs';
import { stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';
import { anthropic, chat, gemini, responses } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

const HOSTS = {
  openai: 'api.openai.com',
  anthropic: 'api.anthropic.com',
  gemini: 'generativelanguage.googleapis.com',
};
const OPENAI = { provider: 'openai', model: 'gpt-4.1' };
const TEXT = 'Some words of an answer. '.repeat(12);

/** Scene options: panes on the internet, each host with its reply. */
function priced(panes, replies, { prices, params, ...rest } = {}) {
  return ({ internet }) => {
    for (const [host, reply] of Object.entries(replies)) internet.host(host).reply(reply);
    return {
      allow: Object.keys(replies).map((host) => `https://${host}`),
      fragment: recipeLink({ prompt: 'Go.', panes, ...(params ? { params } : {}) }),
      // Made now: a file may be at work over midnight.
      prepare: serving(prices ?? table()),
      ...rest,
    };
  };
}

async function unlock(app, providers) {
  await app.approve();
  for (const provider of providers) await app.key(provider, `https://${HOSTS[provider]}`, KEY);
}

const cost = async (pane) => (await pane.metrics()).cost_usd;
const exact = (pane) => pane.root.locator('[data-metric=cost_usd]').getAttribute('value');

/** The text of the cost figure, and its popover's. */
async function explained(app, pane) {
  const figure = pane.root.locator('.figure', { hasText: 'Cost' });
  await figure.click();
  const popover = app.page.getByTestId('popover');
  await popover.waitFor();
  const text = (await popover.innerText()).replace(/\s+/g, ' ');
  await app.page.keyboard.press('Escape');
  await popover.waitFor({ state: 'detached' });
  return { figure: (await figure.innerText()).replace(/\s+/g, ' '), text };
}

const note = (app) => app.page.getByTestId('worst-case');
const says = (app, pattern) =>
  until(async () => pattern.test((await note(app).innerText()).replace(/\s+/g, ' ')), {
    what: `the note beside Run to say ${pattern}`,
  });

const THREE = [OPENAI, { provider: 'anthropic', model: 'claude-haiku-4-5' }, { provider: 'gemini', model: 'gemini-3.5-flash' }];
const THREE_REPLIES = {
  [HOSTS.openai]: stream(responses.whole(TEXT, { input: 31, output: 148 })),
  [HOSTS.anthropic]: stream(anthropic.whole(TEXT, { input: 34, output: 231 })),
  [HOSTS.gemini]: stream(gemini.whole(TEXT, { input: 29, output: 96 })),
};

scene('counts times prices, to the last digit', priced(THREE, THREE_REPLIES), async ({ app }) => {
  const panes = await app.panes(3);
  await unlock(app, Object.keys(HOSTS));
  await app.run();
  await app.settled();
  // 31 × $2 + 148 × $8; 34 × $1 + 231 × $5; 29 × $1.50 + 96 × $9, each per million.
  const expected = ['0.001246', '0.001189', '0.0009075'];
  for (const [at, pane] of panes.entries()) {
    assert.equal((await cost(pane)).source, 'computed');
    assert.equal(await exact(pane), expected[at]);
  }
  const { figure, text } = await explained(app, panes[0]);
  assert.match(figure, /\$0\.00125$/);
  for (const part of ['Input 31 $2.00 $0.000062', 'Output 148 $8.00 $0.001184', 'Total $0.001246']) {
    assert.ok(text.includes(part), `${part} in: ${text}`);
  }
  assert.match(text, /Computed.*Prices of OpenAI, gpt-4\.1\..*4 days old/);
  const board = await app.page.getByTestId('scoreboard').innerText();
  assert.match(board, /Cost\s+per 1,000/);
  assert.match(board, /\$0\.00125\s+\$1\.25/);
  // The cheapest is marked.
  const best = app.page.locator('[data-testid=scoreboard] td.best', { hasText: '$0.000908' });
  assert.equal(await best.count(), 1);
});

scene('the export holds the cost with its lines and its price row', priced([OPENAI], THREE_REPLIES), async ({ app }) => {
  await app.panes(1);
  await unlock(app, ['openai']);
  await app.run();
  await app.settled();
  const { document } = await app.exported();
  const schema = await app.page.evaluate(async () => (await fetch('schema/result-1.json')).json());
  const recipeSchema = await app.page.evaluate(async () => (await fetch('schema/recipe-1.json')).json());
  assert.deepEqual(violations(schema, document, { 'recipe-1.json': recipeSchema }), []);
  const run = document.panes[0].turns[0].runs[0];
  assert.equal(run.cost.usd, '0.001246');
  assert.deepEqual(run.cost.lines.map((line) => [line.class, line.count, line.price_usd, line.usd]), [
    ['input', 31, '0.000002', '0.000062'],
    ['output', 148, '0.000008', '0.001184'],
  ]);
  assert.equal(run.cost.prices.list, 'OpenAI');
});

const withCost = (usd) =>
  `data: ${JSON.stringify({
    id: 'c',
    object: 'chat.completion.chunk',
    model: 'org/open-model',
    choices: [],
    usage: { prompt_tokens: 1000, completion_tokens: 1000, total_tokens: 2000, cost: usd },
  })}\n\n`;

scene('what the provider reports counts, and the list price stands beside it', ({ internet }) => {
  internet.host('openrouter.ai').reply(
    stream([chat.start('org/open-model'), chat.text(TEXT), chat.finish(), withCost(0.0042), chat.done()]),
  );
  const pane = { provider: 'openai-compatible', base_url: 'https://openrouter.ai/api/v1', model: 'org/open-model' };
  return {
    allow: ['https://openrouter.ai'],
    fragment: recipeLink({ prompt: 'Go.', panes: [pane] }),
    prepare: serving(table()),
  };
}, async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.run();
  await pane.reaches('done');
  assert.equal((await cost(pane)).source, 'reported');
  assert.equal(await exact(pane), '0.0042');
  const { text } = await explained(app, pane);
  assert.match(text, /Reported by the provider\..*Total \$0\.0042/);
  assert.match(text, /By list price \$0\.0012 Difference \+\$0\.003/);
});

scene('a run that was stopped has an estimate, which says so', ({ internet }) => {
  const held = gate();
  internet.host(HOSTS.openai).reply(stream([responses.start(), responses.text(TEXT), { gate: held.opened }]));
  return {
    allow: [`https://${HOSTS.openai}`],
    fragment: recipeLink({ prompt: 'Go.', panes: [OPENAI] }),
    prepare: serving(table()),
    hand: { held },
  };
}, async ({ app, held }) => {
  const [pane] = await app.panes(1);
  await unlock(app, ['openai']);
  await app.run();
  await pane.shows('Some words');
  await until(async () => (await cost(pane))?.source === 'estimated', { what: 'an estimate while it runs' });
  await app.stop();
  await pane.reaches('stopped');
  const { source, value } = await cost(pane);
  assert.equal(source, 'estimated');
  assert.ok(value > 0);
  const { figure, text } = await explained(app, pane);
  assert.match(figure, /≈/);
  assert.match(text, /Estimated: the run was stopped/);
  held.open();
});

scene('an unknown price is a dash with its reason, and never a number', priced(
  [{ provider: 'openai', model: 'gpt-unheard-of' }],
  THREE_REPLIES,
), async ({ app }) => {
  const [pane] = await app.panes(1);
  await says(app, /cost unknown.*without gpt-unheard-of/);
  await unlock(app, ['openai']);
  await app.run();
  await pane.reaches('done');
  assert.equal(await cost(pane), undefined);
  const { figure, text } = await explained(app, pane);
  assert.match(figure, /—/);
  assert.match(text, /No price of this model/);
});

scene('a relay is priced as the provider behind it, and that is said', ({ internet }) => {
  internet.host('relay.example.org').reply(THREE_REPLIES[HOSTS.openai]);
  return {
    allow: ['https://relay.example.org'],
    fragment: recipeLink({ prompt: 'Go.', panes: [{ ...OPENAI, base_url: 'https://relay.example.org/v1' }] }),
    prepare: serving(table()),
  };
}, async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.key('openai', 'https://relay.example.org', KEY);
  await app.run();
  await pane.reaches('done');
  assert.equal(await exact(pane), '0.001246');
  const { text } = await explained(app, pane);
  assert.match(text, /another base URL: priced as OpenAI.*what the relay charges is not known/);
});

scene('old prices say so, at the figure and in its popover', priced([OPENAI], THREE_REPLIES, {
  prices: table({ age: 75 }),
}), async ({ app }) => {
  const [pane] = await app.panes(1);
  await unlock(app, ['openai']);
  await app.run();
  await pane.reaches('done');
  const { figure, text } = await explained(app, pane);
  assert.match(figure, /†/);
  assert.match(text, /75 days old.*They are old/);
});

scene('without the table the cost is unknown until it was had', ({ internet }) => {
  internet.host(HOSTS.openai).reply(THREE_REPLIES[HOSTS.openai]);
  const broken = { now: true };
  return {
    allow: [`https://${HOSTS.openai}`],
    fragment: recipeLink({ prompt: 'Go.', panes: [OPENAI] }),
    prepare: (page) =>
      page.route('**/prices.json', (route) =>
        broken.now ? route.fulfill({ json: { touchstone: 'prices/99' } }) : route.fulfill({ json: table() }),
      ),
    hand: { broken },
  };
}, async ({ app, broken }) => {
  const [pane] = await app.panes(1);
  await unlock(app, ['openai']);
  await app.run();
  await pane.reaches('done');
  assert.equal(await cost(pane), undefined);
  await pane.root.locator('.figure', { hasText: 'Cost' }).click();
  const again = app.page.getByTestId('load-prices');
  await again.waitFor();
  broken.now = false;
  await again.click();
  await until(async () => (await pane.metrics()).cost_usd, { what: 'the cost of the run before' });
  assert.equal(await exact(pane), '0.001246');
});

scene('the worst case stands beside Run and follows the draft', priced(
  [OPENAI, { provider: 'openai', model: 'gpt-unheard-of' }],
  THREE_REPLIES,
  { params: { max_output_tokens: 1000 } },
), async ({ app }) => {
  await app.panes(2);
  // A thousand tokens at $8 per million, and a little for the input.
  await says(app, /at most \$0\.008\d+.*without gpt-unheard-of: price unknown/);
  const amount = async () => Number(/\$([\d.]+)/.exec(await note(app).innerText())[1]);
  const before = await amount();
  await app.prompt('A much longer question. '.repeat(2000));
  await until(async () => (await amount()) > 2 * before, { what: 'the amount to follow' });
  await note(app).click();
  const text = (await app.page.getByTestId('popover').innerText()).replace(/\s+/g, ' ');
  assert.match(text, /gpt-4\.1 \$[\d.]+ Input ≤ [\d,]+ \$2\.00/);
  assert.match(text, /Output ≤ 1,000 \$8\.00 ≤ \$0\.008/);
  assert.match(text, /gpt-unheard-of —/);
});

scene('what nobody charges for costs nothing, in words', ({ bytes }) => {
  const lane = bytes.lane().reply(stream(chat.whole(TEXT)));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }),
    prepare: serving(table()),
  };
}, async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  await says(app, /costs nothing no provider charges for this/);
  await app.run();
  await pane.reaches('done');
  assert.equal(await cost(pane), undefined);
  assert.match((await explained(app, pane)).figure, /local/);
});

scene('a request that failed is not said to cost anything', priced([OPENAI], {
  [HOSTS.openai]: json(500, { error: { message: 'It broke.' } }),
}), async ({ app }) => {
  const [pane] = await app.panes(1);
  await unlock(app, ['openai']);
  await app.run();
  await pane.reaches('failed');
  assert.equal(await cost(pane), undefined);
  assert.match((await explained(app, pane)).text, /failed before any answer/);
});

async function money(app, code, rate) {
  const settings = await app.openSettings();
  await settings.getByTestId('currency').fill(code);
  await settings.getByTestId('rate').fill(rate);
  const told = await settings.getByTestId('rate-note').innerText();
  await app.closeSettings();
  return told;
}

scene('another currency stands beside the dollar, by the rate that was typed', priced([OPENAI, OPENAI], THREE_REPLIES), async ({ app }) => {
  const [pane] = await app.panes(2);
  await unlock(app, ['openai']);
  await app.run();
  await app.settled();
  assert.match(await money(app, 'eurox', '0.5'), /no currency/);
  assert.match(await money(app, 'eur', '0,5'), /no rate/);
  assert.match(await money(app, 'eur', '0.5'), /1 USD = 0\.5 EUR: rate of .*, typed by you/);
  // 0.001246 / 2
  const { figure, text } = await explained(app, pane);
  assert.match(figure, /\$0\.00125.*€0\.000623/);
  assert.match(text, /€0\.000623.*1 USD = 0\.5 EUR/);
  assert.match(await app.page.getByTestId('scoreboard').innerText(), /€0\.000623/);
  assert.equal(await exact(pane), '0.001246', 'the mark stays in dollars');
  await until(async () => /€/.test(await note(app).innerText()), { what: 'the worst case in euros' });
  // What was typed, right or wrong, is there after a reload.
  await money(app, 'eur', 'half');
  await app.page.reload();
  await app.ready();
  const settings = await app.openSettings();
  assert.equal(await settings.getByTestId('rate').inputValue(), 'half');
  await app.closeSettings();
});

scene('the popover of a cost opens, is walked and closes by keyboard', priced([OPENAI], THREE_REPLIES), async ({ app }) => {
  const [pane] = await app.panes(1);
  await unlock(app, ['openai']);
  await app.run();
  await pane.reaches('done');
  const figure = pane.root.locator('.figure', { hasText: 'Cost' });
  const focused = (selector) =>
    app.page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
  const wait = (selector) => until(() => focused(selector), { what: `the focus on ${selector}` });
  await figure.focus();
  await app.page.keyboard.press('Enter');
  await wait('.popover');
  await app.page.keyboard.press('Tab');
  await wait('.popover a[target=_blank][rel="noopener noreferrer"]');
  await app.page.keyboard.press('Escape');
  await wait('.figure');
  assert.equal(await app.page.getByTestId('popover').count(), 0);
  await app.page.keyboard.press('Enter');
  await wait('.popover');
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('Tab');
  await until(async () => (await app.page.getByTestId('popover').count()) === 0, { what: 'the popover to go' });
  assert.ok(await focused('.figure'), 'Tab goes on after the figure');
});

scene('the popover fits a phone', priced([OPENAI], THREE_REPLIES, {
  context: { viewport: { width: 390, height: 844 } },
}), async ({ app }) => {
  const [pane] = await app.panes(1);
  await unlock(app, ['openai']);
  await app.run();
  await pane.reaches('done');
  for (const button of [pane.root.locator('.figure', { hasText: 'Cost' }), note(app)]) {
    await button.click();
    const box = await app.page.getByTestId('popover').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, `${box.x} + ${box.width}`);
    assert.ok(box.y >= 0 && box.y + box.height <= 844, `${box.y} + ${box.height}`);
    await app.page.keyboard.press('Escape');
  }
});

scene('the picker says what a million tokens cost', priced([OPENAI], THREE_REPLIES), async ({ app }) => {
  const [pane] = await app.panes(1);
  await pane.root.getByTestId('pick-model').click();
  const option = app.page.locator('[data-testid=picker-option][data-model="gpt-4.1"]');
  await until(async () => (await option.innerText()).includes('$2.00 in · $8.00 out per 1M'), {
    what: 'the price beside the model',
  });
  await app.page.keyboard.press('Escape');
});

scene('the table that is served prices the models that are offered', ({ internet }) => {
  for (const host of Object.values(HOSTS)) internet.host(host).reply(THREE_REPLIES[host]);
  return {
    allow: Object.values(HOSTS).map((host) => `https://${host}`),
    fragment: recipeLink({ prompt: 'Go.', panes: THREE }),
  };
}, async ({ app }) => {
  const panes = await app.panes(3);
  await unlock(app, Object.keys(HOSTS));
  await app.run();
  await app.settled();
  for (const pane of panes) {
    await until(async () => (await cost(pane))?.value > 0, { what: `a cost of pane ${pane.index}` });
  }
  const asked = app.requests.filter((request) => request.url().endsWith('/prices.json'));
  assert.equal(asked.length, 1, 'it is asked for once');
});

for (const colorScheme of ['light', 'dark']) {
  scene(`axe finds nothing about money in the ${colorScheme} theme`, priced(
    [OPENAI, { provider: 'openai', model: 'gpt-unheard-of' }],
    THREE_REPLIES,
    { context: { colorScheme }, prices: table({ age: 75 }) },
  ), async ({ app }) => {
    const { page } = app;
    const clean = async (state) => assert.deepEqual(await findings(page), [], state);
    const [pane, other] = await app.panes(2);
    await unlock(app, ['openai']);
    await app.run();
    await app.settled();
    await money(app, 'eur', '0.5');
    await until(async () => /€/.test(await note(app).innerText()), { what: 'the worst case' });
    for (const [state, button] of [
      ['a cost', pane.root.locator('.figure', { hasText: 'Cost' })],
      ['an unknown cost', other.root.locator('.figure', { hasText: 'Cost' })],
      ['the worst case', note(app)],
    ]) {
      await button.click();
      await page.getByTestId('popover').waitFor();
      await clean(state);
      await page.keyboard.press('Escape');
    }
    const settings = await app.openSettings();
    await settings.getByTestId('rate').fill('no rate');
    await clean('settings with a bad rate');
    await app.closeSettings();
  });
}

for (const [width, height] of [[1440, 900], [390, 844], [320, 640]]) {
  const eight = Array.from({ length: 8 }, () => OPENAI);
  scene(`a long sum is scrolled by keyboard, and never sideways, at ${width} pixels`, priced(eight, {}, { context: { viewport: { width, height } } }), async ({ app }) => {
    await app.panes(8);
    await says(app, /at most/);
    await note(app).click();
    const popover = app.page.getByTestId('popover');
    await popover.locator('.sum').waitFor();
    const over = await popover.evaluate(({ scrollHeight, clientHeight, scrollWidth, clientWidth }) => ({ down: scrollHeight - clientHeight, aside: scrollWidth - clientWidth }));
    assert.ok(over.down > 0, 'it is longer than the screen');
    assert.ok(over.aside <= 0, `${over.aside} pixels are cut off`);
    assert.deepEqual(await findings(app.page), []);
    await app.page.keyboard.press('End');
    await until(() => popover.evaluate((one) => one.scrollTop > 0), { what: 'the end to come into view' });
  });
}
