// The main path in Firefox, and how a comparison travels, so that nothing is Chromium-only
// unawares. The words are those of the other specs; `TOUCHSTONE_BROWSER=chromium` runs the
// same here.

import assert from 'node:assert/strict';
import { json, stream } from './harness/byte_server.mjs';
import { HistoryPanel, kept } from './harness/history.mjs';
import { go, onePane, openaiError } from './harness/one_pane.mjs';
import { MODELS, compatible, recipeLink } from './harness/recipe.mjs';
import { openApp, stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const ANSWER = 'Rain, then numbers: 你好 comes through whole.\n\n- one\n- two';
const THOUGHT = 'They want rain first.';
const USAGE = {
  prompt_tokens: 21,
  completion_tokens: 120,
  input_tokens: 21,
  output_tokens: 120,
  promptTokenCount: 21,
  candidatesTokenCount: 120,
};
const paced = { chunkSize: 4, streamingProfile: { ttft: 60, tps: 300, jitter: 0 } };
const FIXTURES = [
  { match: { userMessage: 'race' }, response: { content: ANSWER, reasoning: THOUGHT, usage: USAGE }, ...paced },
];

const PROVIDERS = Object.keys(MODELS);

const { world, scene } = stage({ browser: 'firefox', bytes: true, aimock: FIXTURES });

const RICH = [
  '# A heading',
  'Some **bold** and `code` with a [link](https://example.com/a).',
  '```rust\nfn main() {\n    let x = 1; // one\n}\n```',
  '| a | b |\n|---|---|\n| 1 | 2 |',
].join('\n\n');

const held = () => {
  const { opened, open } = gate();
  return { opened, open, reply: stream([chat.start(), chat.text('Begun'), { gate: opened }, ...chat.whole(' and done').slice(1)]) };
};

scene('four providers stream side by side, with thinking and figures', ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({
    prompt: 'race',
    panes: PROVIDERS.map((provider) => ({ provider, model: MODELS[provider], base_url: aimock.bases[provider] })),
  }),
}), async ({ app }) => {
  const panes = await app.panes(4);
  await app.approve();
  for (const provider of PROVIDERS) await app.key(provider, world.aimock.origin, `key-of-${provider}`);
  await app.run();
  assert.deepEqual(await app.settled(), ['done', 'done', 'done', 'done']);
  for (const pane of panes) {
    assert.equal(await pane.thinking(), THOUGHT);
    assert.equal(await pane.raw(), ANSWER);
    const figures = await pane.metrics();
    assert.ok(figures.headers_ms.value <= figures.ttft_ms.value);
    assert.ok(figures.ttft_ms.value <= figures.ttfa_ms.value);
    assert.ok(figures.ttfa_ms.value <= figures.total_ms.value);
    assert.equal(figures.output_tokens.value, 120);
  }
  assert.match(await app.page.getByTestId('scoreboard').textContent(), /gpt-4\.1/);
  const { document } = await app.exported();
  assert.equal(document.touchstone, 'result/1');
  assert.equal(document.panes.length, 4);
});

scene('text shows while it streams, and stop keeps it', ({ bytes }) => {
  const wait = held();
  const lane = bytes.lane().replies([wait.reply, stream(chat.whole('Second.'))]);
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }), hand: { lane } };
}, async ({ app, lane }) => {
  const pane = await go(app);
  await pane.shows('Begun');
  assert.equal(await pane.phase(), 'answering');
  await pane.stop();
  await pane.reaches('stopped');
  await lane.posts[0].left;
  assert.match(await pane.answer(), /Begun/);
  await pane.retry();
  await pane.reaches('done');
  assert.equal(await pane.raw(), 'Second.');
});

scene('a refused key, a hidden refusal and a cut stream are told apart', ({ bytes, internet }) => {
  const told = bytes.lane().reply(json(401, openaiError('Incorrect key provided.')));
  const hidden = internet.host('api.openai.com').reply(json(401, {}, { cors: 'preflight-only' }));
  // The cut waits until the text is on the screen: the browser may drop what it has not yet given away.
  const held = gate();
  const cut = bytes.lane().reply(stream([chat.start(), chat.text('Half an'), { gate: held.opened }], { end: 'drop' }));
  return {
    allow: [bytes.origin, 'https://api.openai.com'],
    fragment: recipeLink({
      prompt: 'Go.',
      panes: [compatible(told), { provider: 'openai', model: 'gpt-4.1' }, compatible(cut)],
    }),
    hand: { hidden, held },
  };
}, async ({ app, hidden, held }) => {
  const [one, two, three] = await app.panes(3);
  await app.approve();
  await app.key('openai', 'https://api.openai.com', 'key-for-tests');
  await app.run();
  await three.shows('Half an');
  held.open();
  await app.settled();
  assert.match(await one.fails('auth'), /Incorrect key provided\./);
  await two.fails('blocked');
  assert.equal(hidden.posts[0].headers.authorization, 'Bearer key-for-tests');
  await three.reaches('failed');
  assert.match(await three.answer(), /Half an/);
});

scene('a follow-up carries the conversation, by keyboard', ({ bytes }) => {
  const lane = bytes.lane().replies([stream(chat.whole('The first.')), stream(chat.whole('The second.'))]);
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'one', panes: [compatible(lane)] }), hand: { lane } };
}, async ({ app, lane }) => {
  const pane = await go(app);
  await pane.reaches('done');
  await app.page.keyboard.press('/');
  await app.page.keyboard.type('two');
  await app.page.keyboard.press('Control+Enter');
  await pane.shows('The second.');
  assert.deepEqual(lane.posts[1].json.messages.map(({ content }) => content), ['one', 'The first.', 'two']);
});

scene('markdown is drawn and highlighted, and thinking unfolds', onePane(stream(chat.whole(RICH, { thinking: THOUGHT }))), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  const answer = pane.root.getByTestId('answer');
  assert.equal(await answer.locator('table td').count(), 2);
  assert.equal(await answer.locator('strong').textContent(), 'bold');
  await until(async () => (await answer.locator('pre code span').count()) > 1, { what: 'highlighted tokens' });
  assert.match(await answer.locator('pre code').textContent(), /^fn main\(\) \{\n {4}let x = 1; \/\/ one\n\}\n?$/);
  const thinking = pane.root.getByTestId('thinking');
  await thinking.waitFor({ state: 'hidden' });
  await pane.root.locator('details.thinking summary').click();
  await thinking.waitFor();
  await pane.root.getByTestId('copy-answer').click();
  await app.tells(/cop(y|ied)/i);
  assert.equal(await pane.raw(), RICH);
  const { body } = await pane.sent();
  assert.equal(JSON.parse(body).messages.at(-1).content, 'Go.');
});

scene('a pane comes through the picker, settings open, the theme stays', ({ bytes }) => {
  const lane = bytes.lane().models(['model-a', 'model-b']).reply(stream(chat.whole('x')));
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Kept words', panes: [compatible(lane)] }) };
}, async ({ app }) => {
  await app.panes(1);
  await app.approve();
  await app.page.getByTestId('add-pane').click();
  await app.page.getByTestId('picker-search').fill('model-c');
  await app.page.getByTestId('picker-use').click();
  await app.panes(2);
  assert.equal(await app.pane(1).mark('model'), 'model-c');
  await app.pane(1).menu('pane-remove');
  await app.panes(1);
  await app.page.getByTestId('undo').first().click();
  await app.panes(2);
  const settings = await app.openSettings();
  await settings.getByTestId('theme').selectOption('dark');
  await app.closeSettings();
  const scheme = () => app.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  assert.equal(await scheme(), 'dark');
  await app.prompt('Kept words, and more');
  await app.page.reload();
  await app.ready();
  assert.equal(await scheme(), 'dark');
  await until(async () => (await app.page.getByTestId('prompt').inputValue()) === 'Kept words, and more', { what: 'the draft' });
});

scene('the keys of the sheet work, and Esc stops', ({ bytes }) => {
  const wait = held();
  const lane = bytes.lane().reply(wait.reply);
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane), compatible(lane)] }) };
}, async ({ app }) => {
  const { page } = app;
  const [one, two] = await app.panes(2);
  await app.approve();
  await page.keyboard.press('Control+Enter');
  await one.shows('Begun');
  await two.shows('Begun');
  await page.keyboard.press('Escape');
  await app.settled();
  assert.equal(await one.phase(), 'stopped');
  await page.keyboard.press('2');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'pane');
  await page.keyboard.press('f');
  await page.locator('.pane-expanded').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.locator('dialog[data-testid=shortcuts]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[data-testid=shortcuts]').waitFor({ state: 'hidden' });
});

scene('a link written by hand fills the page and runs nothing', () => ({
  fragment: '#prompt=1%2B1%20is%20two%3F&system=Be%20brief&pane=openai/gpt-4.1&pane=anthropic/claude-haiku-4-5&temperature=0.2',
}), async ({ app }) => {
  await app.panes(2);
  assert.equal(await app.page.getByTestId('prompt').inputValue(), '1+1 is two?');
  assert.equal(await app.page.getByTestId('system').inputValue(), 'Be brief');
  assert.deepEqual(app.sent(), []);
  await app.run();
  assert.match(await app.pane().fails('auth'), /key/i);
  assert.deepEqual(app.sent(), []);
});

scene('the prompt grows with what is typed, wrapped lines too', () => ({}), async ({ app }) => {
  const height = async () => (await app.page.getByTestId('prompt').boundingBox()).height;
  const before = await height();
  await app.prompt('words that wrap '.repeat(40));
  await until(async () => (await height()) > before + 40, { what: 'the prompt to grow' });
  await app.prompt('');
  await until(async () => (await height()) === before, { what: 'the prompt to shrink again' });
});

// --- Comparisons that travel -------------------------------------------------------

const DEMOS = ['demo-1000', 'demo-cut-1000'];
const demos = (title) => ({
  fragment: recipeLink({ title, prompt: 'How do I read this page?', panes: DEMOS.map((model) => ({ provider: 'demo', model })) }),
});
const at = (app, id) => app.page.getByTestId(id);

/** Everything that a pane shows of its run. */
async function shown(app) {
  const all = [];
  for (const pane of await app.panes()) {
    all.push({ phase: await pane.phase(), answer: await pane.answer(), figures: await pane.metrics() });
  }
  return all;
}

/** The share dialog's link, another one than `before`. */
async function link(app, before = '') {
  const field = at(app, 'share-link');
  return until(async () => {
    const now = await field.inputValue();
    return ![before, ''].includes(now) && now;
  }, { what: 'the link' });
}

async function share(app) {
  await at(app, 'share').click();
  await app.page.locator('dialog[data-testid=share-dialog]').waitFor();
  return link(app);
}

/** Opens a link in a profile of its own, and closes it after `act`. */
async function elsewhere(address, act) {
  const app = await openApp(world, { url: address });
  try {
    await act(app);
    app.verify();
  } finally {
    await app.page.context().close();
  }
}

scene('a shared result opens elsewhere, is replayed there and goes into the same file', demos('Rain'), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  const before = await shown(app);
  const own = (await app.exported()).document;
  const address = await share(app);
  assert.match(address, /#c=/);
  await elsewhere(address, async (other) => {
    await other.panes(2);
    assert.deepEqual(await shown(other), before);
    await other.action('replay');
    await at(other, 'replay-bar').waitFor();
    assert.equal(await other.pane().phase(), 'connecting');
    const position = at(other, 'replay-position');
    const scrub = (share) => position.evaluate((input, part) => {
      input.value = String(Number(input.max) * part);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }, share);
    await scrub(0.5);
    const half = await other.pane().answer();
    assert.ok(half.length < before[0].answer.length, 'half way it is a beginning');
    await at(other, 'replay-speed').selectOption('16');
    await at(other, 'replay-play').click();
    await until(async () => position.evaluate((input) => input.value === input.max), { what: 'the end' });
    assert.deepEqual(await shown(other), before);
    await at(other, 'replay-close').click();
    await at(other, 'replay-bar').waitFor({ state: 'detached' });
    const again = (await other.exported()).document;
    assert.deepEqual({ ...again, created: own.created }, own);
    assert.deepEqual(other.sent(), []);
  });
});

scene('a passphrase closes a link, and a wrong one says so', demos('Sealed'), async ({ app }) => {
  await app.panes(2);
  const open = await share(app);
  await at(app, 'share-protect').click();
  await at(app, 'share-passphrase').fill('correct horse battery');
  await at(app, 'share-seal').click();
  const sealed = await link(app, open);
  await elsewhere(sealed, async (other) => {
    const field = at(other, 'incoming-passphrase');
    await field.waitFor();
    await field.fill('wrong horse');
    await other.page.keyboard.press('Enter');
    await until(async () => /does not open/.test(await at(other, 'incoming-fault').textContent()), { what: 'the fault' });
    assert.equal(await at(other, 'pane').count(), 0);
    await field.fill('correct horse battery');
    await other.page.keyboard.press('Enter');
    await other.panes(2);
    assert.equal(await at(other, 'title').inputValue(), 'Sealed');
  });
});

scene('what ran is listed in the history after a reload, opened, and put in again by paste', demos('Kept'), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  await kept(app.page, 1);
  const before = await shown(app);
  await app.page.reload();
  await app.ready();
  const panel = await new HistoryPanel(app).open();
  await panel.holds(1);
  assert.deepEqual(await panel.names(), ['Kept']);
  await panel.choose();
  await app.panes(2);
  assert.deepEqual(await shown(app), before);
  const { text } = await app.exported();

  await at(app, 'put-away').click();
  await until(async () => (await at(app, 'pane').count()) === 0, { what: 'an empty page' });
  await app.action('import');
  const dialog = app.page.locator('dialog[data-testid=imports]');
  await dialog.waitFor();
  await at(app, 'import-text').fill(text);
  await at(app, 'import-look').click();
  await at(app, 'import-preview').waitFor();
  assert.match(await at(app, 'import-preview').innerText(), /a result of Touchstone/);
  await at(app, 'import-apply').click();
  await dialog.waitFor({ state: 'hidden' });
  await app.panes(2);
  assert.deepEqual(await shown(app), before);
});

scene('a blind vote is cast by keyboard, and the names come back at once', demos('Blind'), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  await app.action('blind-vote');
  const blind = at(app, 'blind');
  await blind.waitFor();
  await at(app, 'voter-name').fill('Asha');
  await at(app, 'blind-begin').click();
  const card = blind.getByTestId('pane').first();
  await card.waitFor();
  assert.equal(await card.getAttribute('data-model'), 'A');
  assert.doesNotMatch(await blind.textContent(), /demo-1000|demo-cut/);
  await app.page.keyboard.press('2');
  await app.page.keyboard.press('Enter');
  assert.match((await at(app, 'ballot-code').innerText()).trim(), /^TB1[0-9A-HJKMNP-TV-Z]{48,60}$/);
  await at(app, 'reveal').click();
  assert.match(await at(app, 'revealed').innerText(), /demo-1000/);
  await at(app, 'blind-done').click();
  await app.panes(2);
  assert.equal(await app.pane().mark('model'), 'demo-1000');
});

scene('the browser itself asks nobody', () => ({}), async () => {
  const asked = [...(world.browser.asked ?? [])].filter((host) => host !== 'api.openai.com:443');
  assert.deepEqual(asked, []);
});
