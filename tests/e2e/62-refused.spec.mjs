// What the browser or the person refuses: room for what is typed, and the clipboard. Each is
// said in words, and everything else goes on. The database is in 60-history-shared, the camera in
// 56-ballot.

import assert from 'node:assert/strict';
import { recipeLink } from './harness/recipe.mjs';
import { kept } from './harness/history.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const { scene } = stage({});

const demo = (rest = {}) => ({
  fragment: recipeLink({ prompt: 'Write a Rust function.', panes: [{ provider: 'demo', model: 'demo-1000' }] }),
  ...rest,
});

const noRoom = () => {
  Storage.prototype.setItem = () => {
    throw new DOMException('no room', 'QuotaExceededError');
  };
};

const toasts = (app, pattern) => app.page.getByTestId('toast').filter({ hasText: pattern }).count();

scene('a draft that finds no room is said once, when something was typed, and runs go on', demo({
  prepare: (page) => page.addInitScript(noRoom),
}), async ({ app }) => {
  await app.panes(1);
  // A link comes back with a reload: nothing is lost so far.
  await app.run();
  await app.settled();
  await kept(app.page, 1);
  assert.equal(await toasts(app, /gone after a reload/), 0);
  await app.prompt('typed by hand');
  await app.tells(/no room to keep what you type.*gone after a reload.*Copy/s);
  await app.run();
  await app.settled();
  assert.equal(await app.page.getByTestId('turn').count(), 1, 'the turn before it stays');
  await app.prompt('typed by hand again');
  await app.exported();
  assert.ok((await toasts(app, /gone after a reload/)) <= 1, 'it is said once');
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'typed by hand again');
});

const noClipboard = () => {
  const writeText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
  Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
};
// As on an address that is not secure.
const absent = () => Object.defineProperty(navigator, 'clipboard', { value: undefined });

for (const [name, prepare] of [['refused', noClipboard], ['absent', absent]]) {
  scene(`a clipboard that is ${name} is said wherever something is copied, and the text stays to be selected`, demo({
    prepare: (page) => page.addInitScript(prepare),
  }), async ({ app }) => {
    const { page } = app;
    await app.panes(1);
    await app.run();
    await app.settled();
    const copies = async (button) => {
      await page.getByTestId('toast').evaluateAll((all) => all.forEach((one) => one.setAttribute('data-old', '')));
      await button.click();
      const said = page.locator('[data-testid=toast]:not([data-old])').filter({ hasText: /did not allow copying.*by hand/s });
      await until(async () => (await said.count()) === 1, { what: 'the word on it' });
    };
    await app.pane().root.locator('[data-testid=answer] pre').first().hover();
    await copies(app.pane().root.locator('[data-testid=answer] button').first());
    await copies(app.pane().root.getByTestId('copy-answer'));
    assert.match(await app.pane().answer(), /total_cmp/);
    await app.action('share');
    const link = page.getByTestId('share-link');
    await until(async () => (await link.inputValue()).includes('#c='), { what: 'the link' });
    await copies(page.getByTestId('share-copy'));
    assert.match(await link.inputValue(), /#c=/);
  });
}
