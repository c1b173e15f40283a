// The main path in Firefox, so that nothing is Chromium-only unawares. The words
// are those of the other specs; `TOUCHSTONE_BROWSER=chromium` runs the same here.

import assert from 'node:assert/strict';
import { json, stream } from './harness/byte_server.mjs';
import { go, onePane, openaiError } from './harness/one_pane.mjs';
import { MODELS, compatible, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
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
  const cut = bytes.lane().reply(stream([chat.start(), chat.text('Half an')], { end: 'drop' }));
  return {
    allow: [bytes.origin, 'https://api.openai.com'],
    fragment: recipeLink({
      prompt: 'Go.',
      panes: [compatible(told), { provider: 'openai', model: 'gpt-4.1' }, compatible(cut)],
    }),
    hand: { hidden },
  };
}, async ({ app, hidden }) => {
  const [one, two, three] = await app.panes(3);
  await app.approve();
  await app.key('openai', 'https://api.openai.com', 'key-for-tests');
  await app.run();
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

scene('the browser itself asks nobody', () => ({}), async () => {
  const asked = [...(world.browser.asked ?? [])].filter((host) => host !== 'api.openai.com:443');
  assert.deepEqual(asked, []);
});
