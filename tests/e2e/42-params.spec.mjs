// What a model does not take: grey with the reason in the forms, said beside the pane before
// the run, left out of the request, and listed under what was sent. aimock answers, a server
// that nobody here wrote.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { posted } from './harness/bodies.mjs';
import { json, stream } from './harness/byte_server.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { responses } from './harness/wire.mjs';

const { world, scene } = stage({
  bytes: true,
  aimock: [{ match: { userMessage: 'go' }, response: { content: 'Gone.' } }],
});

const KEYS = { openai: 'sk-test-0001', anthropic: 'sk-ant-test-0002' };
const REASONING = { provider: 'openai', model: 'gpt-5-mini' };
const OLD = { provider: 'openai', api: 'chat', model: 'gpt-4.1' };
const CLAUDE = { provider: 'anthropic', model: 'claude-haiku-5-5' };

const panes = (routes, rest = {}) => ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({
    prompt: 'go',
    panes: routes.map((route) => ({ ...route, base_url: aimock.bases[route.provider] })),
    ...rest,
  }),
});

async function ready(app, routes) {
  const all = await app.panes(routes.length);
  await app.approve();
  for (const provider of new Set(routes.map((route) => route.provider))) {
    await app.key(provider, world.aimock.origin, KEYS[provider]);
  }
  return all;
}

/** What a screen reader says of a field beside its name. */
const described = (field) =>
  field.evaluate((input) => {
    const ids = (input.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
    return ids.map((id) => document.getElementById(id)?.textContent ?? `no #${id}`).join(' ').trim();
  });

const says = (field, pattern, what) =>
  until(async () => pattern.test(await described(field)), { what: `${what} to say ${pattern}` });

const shared = (app, name) => app.page.locator('.drawer').getByTestId(`param-${name}`);

scene(
  'a shared parameter says which panes do not take it, and why, to eyes and to screen readers',
  panes([REASONING, OLD, CLAUDE], { params: { temperature: 0.4 } }),
  async ({ app }) => {
    await app.panes(3);
    await app.page.getByTestId('toggle-params').click();
    const temperature = shared(app, 'temperature');
    await says(temperature, /Not sent to gpt-5-mini: reasoning models do not take it/, 'temperature');
    assert.match(await described(temperature), /Not sent to claude-haiku-5-5: the model takes no sampling parameters/);
    assert.doesNotMatch(await described(temperature), /gpt-4\.1/);
    assert.ok(await temperature.isEditable(), 'one pane takes it');
    // No pane takes it: grey, and the reason is its own.
    const topK = shared(app, 'top-k');
    await says(topK, /^(Not sent to|No pane takes it)/, 'top k');
    assert.equal(await topK.getAttribute('aria-disabled'), 'true');
    assert.equal(await topK.isEditable(), false);
    await topK.focus();
    assert.ok(await topK.evaluate((input) => input === document.activeElement), 'the reason is in reach of the keyboard');
    assert.deepEqual(await findings(app.page), []);
  },
);

scene(
  'what is left out is said beside its pane before the run, and the panes that take it get it',
  panes([REASONING, OLD, CLAUDE], { params: { temperature: 0.4, seed: 7 } }),
  async ({ app }) => {
    const [reasoning, old, claude] = await ready(app, [REASONING, OLD, CLAUDE]);
    const beside = (pane) => pane.root.getByTestId('pane-unsent');
    await until(async () => (await beside(reasoning).count()) === 1, { what: 'the note beside the pane' });
    assert.match(await beside(reasoning).innerText(), /Temperature \(reasoning models do not take it\)/);
    assert.match(await beside(reasoning).innerText(), /Seed \(this API has no such parameter\)/);
    assert.match(await beside(claude).innerText(), /Temperature \(the model takes no sampling parameters\)/);
    assert.equal(await beside(old).count(), 0);
    await app.run();
    assert.deepEqual(await app.settled(), ['done', 'done', 'done']);
    const bodies = posted(app, world.aimock.origin).map((post) => post.body);
    const of = (model) => bodies.find((body) => body.model === model);
    assert.deepEqual([of('gpt-4.1').temperature, of('gpt-4.1').seed], [0.4, 7]);
    for (const model of ['gpt-5-mini', 'claude-haiku-5-5']) {
      assert.deepEqual([of(model).temperature, of(model).seed], [undefined, undefined], model);
    }
    const { text } = await reasoning.sent();
    assert.match(text, /temperature \(0\.4\) was left out: reasoning models do not take it/);
    assert.match(text, /seed \(7\) was left out: this API has no such parameter/);
    // The note leads to the pane's own parameters.
    await beside(claude).click();
    const dialog = app.page.locator('dialog[data-testid=params]');
    await says(dialog.getByTestId('param-temperature'), /Left out: the model takes no sampling parameters/, 'its own field');
  },
);

scene(
  'a value that a pane does not take stays, struck out, and can be removed',
  panes([{ ...CLAUDE, params: { top_p: 0.3 } }]),
  async ({ app }) => {
    const [pane] = await app.panes(1);
    await pane.menu('pane-params');
    const dialog = app.page.locator('dialog[data-testid=params]');
    const field = dialog.getByTestId('param-top-p');
    await says(field, /Left out: the model takes no sampling parameters/, 'top p');
    assert.equal(await field.inputValue(), '0.3');
    const remove = dialog.getByTestId('param-remove');
    assert.equal(await remove.getAttribute('aria-label'), 'Remove: Top p');
    await remove.focus();
    await app.page.keyboard.press('Enter');
    await until(async () => (await field.inputValue()) === '', { what: 'the value to go' });
    await says(field, /Not taken here/, 'the empty field');
    assert.ok(await field.evaluate((input) => input === document.activeElement), 'the focus stays at the field');
    assert.equal(await pane.root.getByTestId('pane-unsent').count(), 0);
  },
);

scene(
  'the efforts on offer are the model\'s own, and others can still be typed',
  panes([REASONING, CLAUDE]),
  async ({ app }) => {
    const [reasoning] = await app.panes(2);
    const offered = (list) =>
      app.page.locator(`datalist#${list} option`).evaluateAll((all) => all.map((one) => one.value));
    await app.page.getByTestId('toggle-params').click();
    await shared(app, 'reasoning-effort').waitFor();
    assert.deepEqual(await offered('efforts'), ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']);
    await reasoning.menu('pane-params');
    const dialog = app.page.locator('dialog[data-testid=params]');
    const field = dialog.getByTestId('param-reasoning-effort');
    await field.waitFor();
    assert.deepEqual(await offered('efforts-own'), ['minimal', 'low', 'medium', 'high']);
    await field.fill('max');
    await says(field, /Left out: the model knows only minimal, low, medium, high/, 'an effort it does not have');
    await field.fill('high');
    await until(async () => (await described(field)) === '', { what: 'nothing to be said of one it has' });
  },
);

scene(
  'a deployment has the parameters, efforts and rules of the model that the person named',
  ({ aimock }) => ({ allow: [aimock.origin], fragment: '#prompt=go&temperature=0.5' }),
  async ({ app }) => {
    const { page } = app;
    await page.getByTestId('add-pane').click();
    await page.getByTestId('picker-provider').waitFor({ state: 'attached' });
    const folded = page.getByTestId('picker-route');
    if (await folded.isVisible()) await folded.click();
    await page.getByTestId('picker-provider').fill('azure');
    await page.locator('[data-testid=route-option][data-provider=azure]').click();
    await page.getByTestId('picker-base-url').evaluate((input) => input.closest('details')?.setAttribute('open', ''));
    await page.getByTestId('picker-base-url').fill(`${world.aimock.origin}/openai/v1`);
    await page.getByTestId('picker-base-url').blur();
    await page.locator('.picker-main [data-key-for=azure]').fill('azure-key-0001');
    await page.locator('.picker-main').getByTestId('save-key').click();
    await page.getByTestId('picker-search').fill('our-prod');
    await page.getByTestId('picker-base-model').fill('gpt-5-mini');
    await page.getByTestId('picker-use').click();
    const [pane] = await app.panes(1);
    await pane.menu('pane-params');
    const dialog = page.locator('dialog[data-testid=params]');
    const temperature = dialog.getByTestId('param-temperature');
    await says(temperature, /Left out: reasoning models do not take it/, 'temperature');
    assert.equal(await temperature.getAttribute('aria-disabled'), 'true');
    const efforts = await page.locator('datalist#efforts-own option').evaluateAll((all) => all.map((one) => one.value));
    assert.deepEqual(efforts, ['minimal', 'low', 'medium', 'high']);
    await page.keyboard.press('Escape');
    await until(async () => /Temperature/.test(await pane.root.getByTestId('pane-unsent').innerText()), { what: 'the note' });
    await app.run();
    await pane.reaches('done');
    const [{ body }] = posted(app, world.aimock.origin);
    assert.equal(body.model, 'our-prod');
    assert.equal(body.temperature, undefined);
  },
);

const UNVERIFIED = {
  message: 'Your organization must be verified to generate reasoning summaries.',
  type: 'invalid_request_error',
  param: 'reasoning.summary',
  code: 'unsupported_value',
};
const SUMMARY = { type: 'response.reasoning_summary_text.delta', output_index: 1, summary_index: 0, delta: 'Weighing rivers.' };

scene(
  'a summary of the reasoning is asked for in one\'s own words, shown as thinking, and let go of where it is refused',
  ({ bytes, aimock }) => {
    const lane = bytes.lane();
    const summed = stream([`data: ${JSON.stringify(SUMMARY)}\n\n`, ...responses.whole('The Rhine.')]);
    lane.replies([summed, json(400, { error: UNVERIFIED }), stream(responses.whole('The Po.'))]);
    return {
      allow: [bytes.origin, aimock.origin],
      fragment: recipeLink({
        prompt: 'go',
        panes: [
          { ...REASONING, base_url: lane.base, params: { reasoning_summary: 'Detailed' } },
          { ...OLD, base_url: aimock.bases.openai },
        ],
      }),
      hand: { lane },
    };
  },
  async ({ app, lane }) => {
    const [reasoning, old] = await app.panes(2);
    const dialog = app.page.locator('dialog[data-testid=params]');
    const field = dialog.getByTestId('param-reasoning-summary');
    await old.menu('pane-params');
    await says(field, /Not taken here: this API has no such parameter/, 'the field of a pane over Chat Completions');
    await app.page.keyboard.press('Escape');
    await app.approve();
    await app.key('openai', world.bytes.origin, KEYS.openai);
    await app.key('openai', world.aimock.origin, KEYS.openai);
    await app.run();
    await reasoning.reaches('done');
    assert.deepEqual(lane.posts[0].json.reasoning, { summary: 'detailed' });
    assert.match(await reasoning.thinking(), /Weighing rivers\./);
    await reasoning.retry();
    await until(() => lane.posts.length === 2, { what: 'the second request' });
    const text = await reasoning.fails('bad_request');
    assert.match(text, /refused “reasoning\.summary”.*Take the reasoning summary out/);
    await reasoning.root.getByRole('button', { name: 'Change parameters' }).click();
    assert.equal(await field.inputValue(), 'Detailed');
    await field.fill('');
    await app.page.keyboard.press('Escape');
    await reasoning.retry();
    await reasoning.reaches('done');
    assert.equal(lane.posts[2].json.reasoning, undefined);
    assert.deepEqual(await findings(app.page), []);
  },
);

const ROUTED = { provider: 'openrouter', model: 'maker/open-model' };
const OPENROUTER = 'https://openrouter.ai';

scene(
  'a router is told who may answer, nobody else is, and who answered is said',
  ({ internet, aimock }) => {
    const lane = internet.host('openrouter.ai');
    const chunk = (delta, reason = null) =>
      `data: ${JSON.stringify({ id: 'gen-1', provider: 'Google', model: ROUTED.model, choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
    lane.reply(stream([chunk({ content: 'Gone.' }), chunk({}, 'stop'), 'data: [DONE]\n\n']));
    return {
      allow: [OPENROUTER, aimock.origin],
      fragment: recipeLink({
        prompt: 'go',
        params: { provider_order: ['deepinfra'] },
        panes: [ROUTED, { ...OLD, base_url: aimock.bases.openai }],
      }),
      hand: { lane },
    };
  },
  async ({ app, lane }) => {
    const [routed, old] = await app.panes(2);
    await until(async () => (await old.root.getByTestId('pane-unsent').count()) === 1, { what: 'the note beside the other' });
    assert.match(await old.root.getByTestId('pane-unsent').innerText(), /Upstream providers \(this API has no such parameter\)/);
    await routed.menu('pane-params');
    const dialog = app.page.locator('dialog[data-testid=params]');
    const field = dialog.getByTestId('param-provider-order');
    await field.waitFor();
    assert.match(await field.getAttribute('placeholder'), /deepinfra/, 'what all panes have');
    await field.fill('google-vertex, deepinfra/fp8');
    await app.page.keyboard.press('Escape');
    await app.approve();
    await app.key('openrouter', OPENROUTER, 'sk-or-v1-test-0003');
    await app.key('openai', world.aimock.origin, KEYS.openai);
    await app.run();
    assert.deepEqual(await app.settled(), ['done', 'done']);
    assert.deepEqual(lane.posts[0].json.provider, { order: ['google-vertex', 'deepinfra/fp8'], allow_fallbacks: false });
    const [{ body }] = posted(app, world.aimock.origin);
    assert.equal(body.provider, undefined);
    assert.equal(await routed.root.getByTestId('upstream').innerText(), 'Answered by Google');
    const { text } = await routed.sent();
    assert.match(text, /provider\.allow_fallbacks \(false\) was added: no other provider than those is to answer/);
    assert.match(text, /Upstream provider\s+Google/);
    assert.deepEqual(await findings(app.page), []);
  },
);
