// Servers and gateways of one's own, and counters of input tokens. The counters are stubs of
// ours: no mock server at hand has them.

import assert from 'node:assert/strict';
import { json, stream } from './harness/byte_server.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });
const ANTHROPIC = 'https://api.anthropic.com';
const KEY = 'key-for-tests-4711';

const gateway = ({ bytes }) => {
  const lane = bytes.lane().reply(stream(chat.whole('Through the gateway.')));
  const panes = [{ provider: 'openai-compatible', model: 'm', base_url: lane.base }];
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes }), hand: { lane, origin: bytes.origin } };
};

scene('a gateway gets its key in the header that the person names, also after a reload', gateway, async ({ app, lane, origin }) => {
  const { page } = app;
  const [pane] = await app.panes(1);
  await app.approve();
  await app.key('openai-compatible', origin, KEY, { keep: true });
  await pane.root.getByTestId('pick-model').click();
  const picker = page.locator('dialog[data-testid=picker]');
  const folded = picker.locator('summary', { hasText: 'Header for the key' });
  await folded.click();
  const field = picker.getByTestId('picker-key-header');
  await field.fill('Cookie');
  await field.press('Tab');
  assert.match(await picker.innerText(), /Pages may not set that header/);
  await field.fill('api-key');
  await field.press('Tab');
  assert.doesNotMatch(await picker.innerText(), /Pages may not set that header/);
  await picker.getByTestId('picker-use').click();
  const headers = () => lane.posts.at(-1).headers;
  await app.run();
  await app.settled();
  assert.deepEqual([headers()['api-key'], headers().authorization], [KEY, undefined]);
  assert.match((await pane.sent()).text, /api-key[\s\S]*<your key>/);
  await page.keyboard.press('Escape');

  await page.reload();
  await app.ready();
  await app.run();
  await app.settled();
  assert.equal(headers()['api-key'], KEY);
});

const counted = ({ internet }) => {
  const home = internet.host('api.anthropic.com');
  home.reply((entry) =>
    entry.url.endsWith('/count_tokens') ? json(200, { input_tokens: 4321 }) : json(500, { error: { message: 'not asked for' } }),
  );
  const panes = [{ provider: 'anthropic', model: 'claude-haiku-4-5', params: { max_output_tokens: 100 } }];
  return { allow: [ANTHROPIC], fragment: recipeLink({ prompt: 'Count me.', panes }), hand: { home } };
};

scene('a provider counts the input before the run, and the worst case takes its count', counted, async ({ app, home }) => {
  const { page } = app;
  await app.panes(1);
  const sum = page.getByTestId('worst-case');
  await sum.click();
  const popover = page.locator('[popover]:popover-open, .popover').last();
  await popover.getByTestId('count-input').click();
  await until(async () => /Key|key/.test(await popover.getByTestId('counted').innerText()), { what: 'the want of a key' });
  assert.equal(home.posts.length, 0, 'nothing is sent without a key');
  await page.keyboard.press('Escape');

  await app.key('anthropic', ANTHROPIC, KEY);
  await sum.click();
  await popover.getByTestId('count-input').click();
  await until(async () => /4,321 input tokens/.test(await popover.innerText()), { what: 'the count' });
  const [{ body }] = home.posts;
  const sent = typeof body === 'string' ? JSON.parse(body) : body;
  assert.deepEqual(Object.keys(sent).sort(), ['messages', 'model']);
  await until(async () => /Input\s+4,321/.test(await popover.innerText()), { what: 'the count in the sum' });
});
