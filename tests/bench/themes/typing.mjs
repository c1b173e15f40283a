// A very long prompt: what pasting it and typing on costs.

import { recipeLink } from '../../e2e/harness/recipe.mjs';
import { openApp } from '../../e2e/harness/stage.mjs';
import { median } from '../stats.mjs';

const BYTES = 2_000_000;
const KEYS = 15;

/** In the page: sets the prompt as a paste does; ms until the handlers are through and until the next frame. */
async function put({ size, more }) {
  const area = document.querySelector('[data-testid=prompt]');
  const next = more ? area.value + more : 'A line of a long prompt with {{name}} in it.\n'.repeat(size / 45);
  const started = performance.now();
  area.value = next;
  area.dispatchEvent(new Event('input', { bubbles: true }));
  // Effects run in a microtask.
  await new Promise((resolve) => setTimeout(resolve));
  const handled = performance.now() - started;
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return { handled, shown: performance.now() - started };
}

/** The same in a page that has a text box and nothing else: the browser's own share. */
const BARE = 'data:text/html,<textarea data-testid=prompt style="width:60rem;height:12rem"></textarea>';

async function series(page) {
  const paste = await page.evaluate(put, { size: BYTES });
  const keys = [];
  for (let key = 0; key < KEYS; key += 1) keys.push(await page.evaluate(put, { more: 'x' }));
  return { paste, key: { handled: median(keys.map((one) => one.handled)), shown: median(keys.map((one) => one.shown)) } };
}

export async function typing(world, report) {
  report.theme('Typing', `A prompt of ${BYTES / 1e6} MB is pasted, then ${KEYS} keys are typed behind it; beside it a bare text box.`);
  const app = await openApp(world, {
    fragment: recipeLink({ panes: [{ provider: 'openai', model: 'm' }, { provider: 'anthropic', model: 'm' }] }),
  });
  const us = await series(app.page);
  await app.page.context().close();
  const bare = await world.browser.newPage();
  await bare.goto(BARE);
  const them = await series(bare);
  await bare.close();
  for (const [what, name] of [['paste', 'paste'], ['key, median', 'key']]) {
    for (const [until, part] of [['handled', 'handled'], ['painted', 'shown']]) {
      report.figure(`${what}, ${until}`, us[name][part], { unit: 'ms', beside: { name: 'text box', value: them[name][part] } });
    }
  }
}
