// Settings, Keys: what is held first, all others in a list to search; and toasts, which an
// open dialog neither hides nor puts out of reach.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const { scene } = stage({});

const GROQ = 'https://api.groq.com';
const PHONE = { viewport: { width: 390, height: 844 } };

const rows = (settings) => settings.locator('.key-row:visible');
const focusedKey = (page) => page.evaluate(() => document.activeElement.dataset.keyFor ?? document.activeElement.dataset.testid);

scene('what is held and what panes want stands first, all others in a list that is searched', {
  fragment: recipeLink({ panes: [{ provider: 'mistral', model: 'mistral-small-2603' }, { provider: 'groq', model: 'openai/gpt-oss-20b' }] }),
}, async ({ app }) => {
  await app.panes(2);
  await app.key('groq', GROQ, 'gsk_test_0001');
  const settings = await app.openSettings();
  const section = await settings.locator('section').first().innerText();
  const at = (text) => {
    const place = section.indexOf(text);
    assert.ok(place >= 0, `${text} is there`);
    return place;
  };
  assert.ok(at(`Groq key for ${GROQ}, in memory`) < at('Mistral key'), 'held ones come first');
  assert.ok(at('Mistral key') < at('Add a key for another provider'));
  assert.equal(await settings.locator('.key-list [data-key-for=groq], .key-list [data-key-for=mistral]').count(), 0, 'each stands once');

  const all = await rows(settings).count();
  assert.ok(all > 15, `${all} others`);
  await settings.getByTestId('key-search').fill('aws');
  await until(async () => (await rows(settings).count()) < all, { what: 'the list to narrow' });
  const found = await settings.locator('.key-row:visible input[data-key-for]').evaluateAll((fields) => fields.map((field) => field.dataset.keyFor));
  assert.ok(found.length > 0 && found.every((id) => /^bedrock/.test(id)), `aws finds Amazon’s: ${found}`);
  await settings.getByTestId('key-search').fill('no such thing');
  assert.match(await settings.getByTestId('other-keys').innerText(), /No provider fits “no such thing”/);
  assert.deepEqual(await findings(app.page), []);
});

scene('by keyboard alone: search, Enter, type, save; one stop for Tab; what was typed outlives a search', {}, async ({ app }) => {
  const { page } = app;
  const settings = await app.openSettings();
  await settings.getByTestId('key-search').focus();
  await page.keyboard.press('Enter');
  const first = await focusedKey(page);
  await page.keyboard.type('half typed');
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await focusedKey(page), first, 'down leads to the next field');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focusedKey(page), first);
  await page.keyboard.press('ArrowUp');
  assert.equal(await focusedKey(page), 'key-search', 'up from the first leads back to the search');
  const stops = () => settings.locator('.key-row:visible input[data-key-for]:not([tabindex="-1"])').count();
  await until(async () => (await stops()) === 1, { what: 'one stop for Tab' });

  await page.keyboard.type('cerebras');
  // Others are known to have models there.
  await until(async () => (await rows(settings).count()) <= 2, { what: 'the list to narrow' });
  await page.keyboard.press('ArrowDown');
  assert.equal(await focusedKey(page), 'cerebras');
  await page.keyboard.type('csk-test-0001');
  await page.keyboard.press('Enter');
  await until(async () => /Cerebras key for https:\/\/api\.cerebras\.ai, in memory/.test(await settings.innerText()), { what: 'the key to be held' });
  await settings.getByTestId('key-search').fill('');
  assert.equal(await settings.locator(`input[data-key-for=${first}]`).first().inputValue(), 'half typed');
});

scene('a row shows all that belongs to it once it has the focus, on a phone too', { context: PHONE }, async ({ app }) => {
  const settings = await app.openSettings();
  const row = settings.locator('.key-row', { has: app.page.locator('[data-key-for=openrouter]') });
  assert.equal(await row.getByTestId('keep-for-tab').isVisible(), false, 'a closed row is a name and a field');
  await row.locator('input[data-key-for=openrouter]').click();
  for (const mark of ['sign-in', 'keep-for-tab', 'save-key']) await row.getByTestId(mark).waitFor();
  await row.getByText('Keep for this tab').click();
  assert.equal(await row.getByTestId('keep-for-tab').isChecked(), true, 'a click on the words of the box is heard');
  const sideways = await settings.locator('.dialog-body').evaluate((body) => body.scrollWidth - body.clientWidth);
  assert.ok(sideways <= 0, 'nothing scrolls sideways');
  assert.deepEqual(await findings(app.page), []);
});

/** Runs in the page: what is to come after seconds comes when `passTime` is called. */
const holdTime = () => {
  const [set, clear] = [globalThis.setTimeout.bind(globalThis), globalThis.clearTimeout.bind(globalThis)];
  const due = new Map();
  globalThis.setTimeout = (act, ms, ...rest) => {
    if (ms < 2000) return set(act, ms, ...rest);
    const id = 1e9 + due.size;
    due.set(id, () => act(...rest));
    return id;
  };
  globalThis.clearTimeout = (id) => (due.has(id) ? due.set(id, () => {}) : clear(id));
  globalThis.passTime = () => {
    for (const [id, act] of [...due]) {
      due.set(id, () => {});
      act();
    }
  };
};

const box = (locator) => locator.evaluate((element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
});

for (const [where, context] of [['a desk', {}], ['a phone', PHONE]]) {
  scene(`a toast of an open dialog covers nothing of it and takes a click, on ${where}`, { context, prepare: (page) => page.addInitScript(holdTime) }, async ({ app }) => {
    const settings = await app.openSettings();
    await settings.locator('input[data-key-for=openai]').fill('sk-ant-this-is-of-another');
    await settings.locator('.key-row[data-open]').getByTestId('save-key').click();
    const toast = app.page.getByTestId('toast').filter({ hasText: 'looks like a key of Anthropic' });
    await toast.waitFor();
    const over = await box(toast);
    for (const part of ['.dialog-head', '.dialog-body']) {
      const under = await box(settings.locator(part).first());
      const apart = over.right <= under.left || over.left >= under.right || over.bottom <= under.top || over.top >= under.bottom;
      assert.ok(apart, `the toast covers ${part}: ${JSON.stringify([over, under])}`);
    }
    const seen = await app.page.evaluate(() => [innerWidth, innerHeight]);
    assert.ok(over.left >= 0 && over.right <= seen[0] && over.bottom <= seen[1], 'all of it is on the screen');
    await toast.getByRole('button', { name: 'Dismiss' }).click();
    await toast.waitFor({ state: 'hidden' });
    assert.ok(await settings.isVisible(), 'the dialog stays');
    assert.ok(await settings.evaluate((dialog) => dialog.contains(document.activeElement)), 'and keeps the focus');
  });
}

scene('a toast outlives the dialog that it came in, and stands over one that opens after it', { prepare: (page) => page.addInitScript(holdTime) }, async ({ app }) => {
  const settings = await app.openSettings();
  await settings.locator('input[data-key-for=openai]').fill('sk-ant-this-is-of-another');
  await settings.locator('.key-row[data-open]').getByTestId('save-key').click();
  const toast = app.page.getByTestId('toast').filter({ hasText: 'looks like a key of Anthropic' });
  await toast.waitFor();
  await app.closeSettings();
  // It moves from the one to the other: over the page, then in the dialog.
  await toast.waitFor();
  await app.openSettings();
  await toast.waitFor();
  await toast.getByRole('button', { name: 'Dismiss' }).click();
  await toast.waitFor({ state: 'hidden' });
});

for (const [how, hold, release] of [
  ['is pointed at', (toast) => toast.hover(), (page) => page.mouse.move(2, 2)],
  ['holds the focus', (toast) => toast.getByRole('button', { name: 'Dismiss' }).focus(), (page) => page.evaluate(() => document.activeElement.blur())],
]) {
  scene(`a toast that ${how} stays until it is let go`, { prepare: (page) => page.addInitScript(holdTime) }, async ({ app }) => {
    const { page } = app;
    const passTime = () => page.evaluate(() => globalThis.passTime());
    const settings = await app.openSettings();
    await settings.locator('input[data-key-for=openai]').fill('sk-ant-this-is-of-another');
    await settings.locator('.key-row[data-open]').getByTestId('save-key').click();
    const toast = page.getByTestId('toast').filter({ hasText: 'looks like a key of Anthropic' });
    await hold(toast);
    for (let times = 0; times < 5; times += 1) await passTime();
    assert.ok(await toast.isVisible(), 'it is still there after several times its own');
    await release(page);
    await passTime();
    await toast.waitFor({ state: 'hidden' });
  });
}
