// One model over several routes, and the picker that leads to each.

import assert from 'node:assert/strict';
import { focusOn } from './harness/keyboard.mjs';
import { chooseRoute } from './harness/picker.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const FIXTURES = [{ match: { userMessage: 'race' }, response: { content: 'Here is the answer.', usage: { prompt_tokens: 1000, completion_tokens: 500 } } }];

const { world, scene } = stage({ aimock: FIXTURES });

const OPUS = { provider: 'anthropic', model: 'claude-opus-5-5' };
const OPENROUTER = 'https://openrouter.ai';
const REGION = 'https://bedrock-runtime.eu-central-1.amazonaws.com';

const route = (page, provider) => page.locator(`[data-testid=compare-route][data-provider="${provider}"]`);
const field = (page, id) => page.locator(`[data-testid=picker-field][data-field="${id}"]`);
const shows = (page, testid, text) =>
  until(async () => (await page.getByTestId(testid).textContent()).includes(text), { what: `${testid} to say ${text}` });

async function openCompare(app, pane) {
  await pane.menu('pane-compare');
  await app.page.getByTestId('compare-open').waitFor();
}

async function openPicker(page) {
  await page.getByTestId('add-pane').click();
  await page.getByTestId('picker-use').waitFor();
}

scene('the routes of a model with a key open as panes, and nothing runs', {
  fragment: recipeLink({ prompt: 'race', panes: [OPUS, { provider: 'openrouter', model: 'openai/gpt-4.1' }] }),
  allow: ['https://api.anthropic.com', OPENROUTER],
}, async ({ app }) => {
  const [opus] = await app.panes(2);
  const { page } = app;
  await app.key('anthropic', 'https://api.anthropic.com', 'sk-ant-test-1');
  await app.key('openrouter', OPENROUTER, 'sk-or-v1-test-2');
  await openCompare(app, opus);
  assert.equal(await route(page, 'openrouter').getAttribute('data-ready'), 'true');
  assert.equal(await route(page, 'openrouter').getByRole('checkbox').isChecked(), true);
  assert.equal(await route(page, 'anthropic').count(), 0, 'the route it came from is no other one');
  for (const other of ['bedrock', 'vertex-claude']) {
    assert.equal(await route(page, other).getAttribute('data-ready'), 'false');
    assert.equal(await route(page, other).getByRole('checkbox').isDisabled(), true);
  }
  assert.equal(await route(page, 'openai').count(), 0, 'OpenAI does not sell it');
  await page.getByTestId('compare-open').click();
  const panes = await app.panes(3);
  assert.equal(await panes[2].mark('provider'), 'openrouter');
  assert.equal(await panes[2].mark('model'), 'anthropic/claude-opus-5.5');
  for (const pane of panes) assert.equal(await pane.phase(), 'idle');
  await page.getByTestId('toast').filter({ hasText: 'Opened' }).getByRole('button').first().click();
  await app.panes(2);
});

scene('a route without a key is set up in the list: where it leads, then the key', {
  fragment: recipeLink({ prompt: 'race', panes: [OPUS] }),
}, async ({ app }) => {
  const [opus] = await app.panes(1);
  const { page } = app;
  await openCompare(app, opus);
  assert.equal(await page.getByTestId('compare-open').isDisabled(), true);
  const bedrock = route(page, 'bedrock');
  await bedrock.getByTestId('compare-add-key').click();
  await field(page, 'region').fill('eu-central-1');
  const key = bedrock.locator(`input[data-key-for=bedrock][data-origin="${REGION}"]`);
  await key.fill('ABSK-test-0001');
  await bedrock.getByTestId('save-key').click();
  await until(async () => (await bedrock.getAttribute('data-ready')) === 'true', { what: 'the route to be ready' });
  assert.equal(await bedrock.getByRole('checkbox').isChecked(), true);
  await page.getByTestId('compare-open').click();
  const panes = await app.panes(2);
  assert.equal(await panes[1].mark('host'), new URL(REGION).host);
  assert.match(await panes[1].mark('model'), /anthropic\.claude-opus-5-5$/);
});

scene('eight panes are the most, and the list says so', {
  fragment: recipeLink({ prompt: 'race', panes: Array.from({ length: 8 }, () => OPUS) }),
}, async ({ app }) => {
  const [opus] = await app.panes(8);
  await app.key('anthropic', 'https://api.anthropic.com', 'sk-ant-test-1');
  await openCompare(app, opus);
  assert.match(await app.page.locator('.compare').textContent(), /Eight panes are the most/);
  assert.equal(await app.page.getByTestId('compare-open').isDisabled(), true);
});

scene('the picker by keyboard: a few letters, Enter, and the next thing to fill in has the focus', {}, async ({ app }) => {
  const { page } = app;
  await openPicker(page);
  await page.getByTestId('picker-provider').focus();
  await page.keyboard.type('amazon bedr');
  await page.keyboard.press('Enter');
  await until(async () => (await page.getByTestId('picker-provider').getAttribute('data-provider')) === 'bedrock', { what: 'the route' });
  await until(
    () => page.evaluate(() => document.activeElement.dataset.keyFor === 'bedrock'),
    { what: 'the focus on the key' },
  ).catch(async (error) => {
    throw new Error(`${error.message}; it is on ${(await focusOn(page)).name}`);
  });
  await shows(page, 'picker-next', 'key');
  await page.keyboard.type('ABSK-test-0001');
  await page.keyboard.press('Enter');
  await until(async () => (await focusOn(page)).name === 'picker-search', { what: 'the focus on the model' });
  await shows(page, 'picker-next', 'model');
  await page.keyboard.type('opus 5.5');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await shows(page, 'picker-next', 'relay');
  await page.keyboard.press('Enter');
  const [pane] = await app.panes(1);
  assert.equal(await pane.mark('provider'), 'bedrock');
  assert.match(await pane.mark('model'), /claude-opus-5-5/);

  // Arrows go through the headings as if they were not there.
  await openPicker(page);
  await page.getByTestId('picker-provider').focus();
  const options = await page.getByTestId('route-option').count();
  assert.ok(options > 20, `${options} routes`);
  assert.equal(await page.getByTestId('route-option').first().getAttribute('data-provider'), 'bedrock', 'one’s own come first');
  await page.keyboard.press('ArrowUp');
  const last = page.getByTestId('route-option').last();
  assert.equal(await page.getByTestId('picker-provider').getAttribute('aria-activedescendant'), await last.getAttribute('id'));
  await page.getByTestId('picker-provider').fill('no such route');
  assert.match(await page.locator('.picker-routes').textContent(), /No route fits/);
});

scene('fields make the base URL, and a pasted URL fills them', {}, async ({ app }) => {
  const { page } = app;
  await openPicker(page);
  await chooseRoute(page, 'azure', 'azure');
  await shows(page, 'picker-next', 'resource');
  await field(page, 'resource').fill('my resource');
  await shows(page, 'picker-endpoint', 'https://myresource.openai.azure.com/openai/v1/chat/completions');
  assert.equal(await field(page, 'resource').inputValue(), 'my resource', 'what was typed stays, with a word on it');
  assert.match(await page.locator('.picker-main').textContent(), /Only what can stand there is kept/);
  await field(page, 'host').selectOption('services.ai.azure.com');
  await shows(page, 'picker-endpoint', 'https://myresource.services.ai.azure.com/openai/v1/chat/completions');

  // A URL as the portal shows it, into the first field at hand.
  await field(page, 'resource').fill(
    'https://team-eu.openai.azure.com/openai/deployments/fast-one/chat/completions?api-version=2025-04-01-preview',
  );
  await until(async () => (await field(page, 'resource').inputValue()) === 'team-eu', { what: 'the resource' });
  assert.equal(await field(page, 'form').inputValue(), 'dated');
  assert.equal(await field(page, 'version').inputValue(), '2025-04-01-preview');
  assert.equal(await field(page, 'host').inputValue(), 'openai.azure.com');
  await until(async () => (await page.getByTestId('picker-search').inputValue()) === 'fast-one', { what: 'the deployment' });
  await shows(page, 'picker-endpoint', 'https://team-eu.openai.azure.com/openai/deployments/fast-one/chat/completions?api-version=2025-04-01-preview');

  // A base of another form puts the fields aside, and they come back.
  await page.getByTestId('picker-base-url').evaluate((input) => input.closest('details')?.setAttribute('open', ''));
  await page.getByTestId('picker-base-url').fill('https://gateway.example/azure');
  await page.getByTestId('picker-fields-on').click();
  await field(page, 'resource').waitFor();
});

scene('a deployment is priced as the model that the person names', ({ aimock }) => ({ allow: [aimock.origin] }), async ({ app }) => {
  const { page } = app;
  await openPicker(page);
  await chooseRoute(page, 'azure', 'azure');
  await page.getByTestId('picker-base-url').evaluate((input) => input.closest('details')?.setAttribute('open', ''));
  await page.getByTestId('picker-base-url').fill(`${world.aimock.origin}/openai/v1`);
  await page.getByTestId('picker-base-url').blur();
  await page.locator('.picker-main [data-key-for=azure]').fill('azure-key-0001');
  await page.locator('.picker-main').getByTestId('save-key').click();
  await page.getByTestId('picker-search').fill('fast-one');
  await page.getByTestId('picker-base-model').fill('gpt-4.1');
  await page.getByTestId('picker-use').click();
  const [pane] = await app.panes(1);
  await app.prompt('race');
  await app.run();
  await pane.reaches('done');
  const cost = pane.root.locator('[data-metric=cost_usd]');
  await cost.waitFor();
  // gpt-4.1: 2 USD in and 8 USD out per million.
  assert.equal(Number(await cost.getAttribute('value')), 0.006);
  await pane.root.locator('.figure', { has: page.locator('[data-metric=cost_usd]') }).click();
  await shows(page, 'popover', 'Priced as gpt-4.1, which you named as the model of the deployment fast-one');
});

scene('the route line says maker, operator, host and region, and the rest is a click away', {
  fragment: recipeLink({ prompt: 'race', panes: [{ provider: 'bedrock', model: 'eu.anthropic.claude-opus-5-5', base_url: REGION }] }),
}, async ({ app }) => {
  const [pane] = await app.panes(1);
  const line = pane.root.getByTestId('pane-route');
  for (const part of ['Anthropic', 'Amazon Bedrock', 'bedrock-runtime.eu-central-1.amazonaws.com', 'eu-central-1']) {
    assert.ok((await line.textContent()).includes(part), `${part} in ${await line.textContent()}`);
  }
  await line.click();
  const facts = app.page.getByTestId('route-facts');
  await facts.waitFor();
  const text = await facts.textContent();
  for (const part of ['Anthropic', 'Amazon Web Services', '/model/eu.anthropic.claude-opus-5-5/converse-stream', 'eu-central-1', 'relay']) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  assert.ok((await app.page.getByTestId('popover').locator('a[target=_blank]').count()) > 0, 'a link to what the operator says');
  await app.page.keyboard.press('Escape');
  await until(async () => (await focusOn(app.page)).name === 'pane-route', { what: 'the focus back on the line' });
});

const NARROW = [
  { provider: 'together', model: 'anthropic/claude-opus-5.5', params: { temperature: 0.2, max_output_tokens: 300 } },
  { provider: 'bedrock', model: 'global.anthropic.claude-opus-5-5', base_url: REGION },
  { provider: 'huggingface', model: 'openai/gpt-oss-20b:groq' },
  OPUS,
];
for (const width of [1440, 1280, 1100, 900, 390, 360]) {
  scene(`the line of a route has no stray separator, and its host is there or one click away, at ${width}`, {
    fragment: recipeLink({ prompt: 'race', panes: NARROW }),
    context: { viewport: { width, height: 800 } },
  }, async ({ app }) => {
    const panes = await app.panes(4);
    await app.page.getByTestId('more-actions').waitFor();
    for (const pane of panes) {
      // The parts that are drawn: how wide their text is, and their separators.
      const parts = await pane.root.getByTestId('pane-route').evaluate((line) =>
        [...line.children].filter((part) => getComputedStyle(part).display !== 'none').map((part) => {
          const sign = (at) => ['none', 'normal'].includes(getComputedStyle(part, at).content) || getComputedStyle(part, at).display === 'none' ? 0 : 1;
          const { left, width } = part.getBoundingClientRect();
          return { class: part.className, left, width, text: part.firstElementChild.getBoundingClientRect().width, before: sign('::before'), after: sign('::after') };
        })
          // What gave all its room away is not seen, nor is its separator.
          .filter(({ width }) => width >= 1)
          .sort((one, other) => one.left - other.left),
      );
      const [first] = parts;
      assert.ok(parts.length > 0 && !first.before, `no separator at the beginning: ${JSON.stringify(parts)}`);
      assert.ok(!parts.at(-1).after, `none at the end: ${JSON.stringify(parts)}`);
      for (const [at, part] of parts.entries()) {
        // The maker stands last where there is little room, and takes what is left.
        assert.ok(part.text >= 15 || (part.class === 'route-maker' && at === parts.length - 1), `no separator stands alone: ${JSON.stringify(parts)}`);
        if (at > 0) assert.equal(part.before + parts[at - 1].after, 1, `one separator between two: ${JSON.stringify(parts)}`);
      }
      if (!parts.some((part) => part.class === 'route-host')) {
        await pane.root.getByTestId('pane-route').click();
        assert.match(await app.page.getByTestId('route-facts').innerText(), new RegExp(await pane.mark('host')));
        await app.page.keyboard.press('Escape');
      }
    }
  });
}
