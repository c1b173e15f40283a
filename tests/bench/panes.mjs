// The app with panes on the token server, and a bare reader beside it.

import { compatible, recipeLink } from '../e2e/harness/recipe.mjs';
import { openApp } from '../e2e/harness/stage.mjs';

export const PANES = 8;

/** The screen that the page is designed for; four of eight panes are in sight. */
export const LAPTOP = { viewport: { width: 1440, height: 900 }, reducedMotion: 'no-preference' };

/** Wide enough for eight panes beside each other, so that all of them are painted. */
export const WIDE = { viewport: { width: 2560, height: 1200 }, reducedMotion: 'no-preference' };

/** The app with eight panes on a screen, approved and ready to run; `before` runs in the page first. */
export async function openPanes(world, model, screen = LAPTOP, before = undefined) {
  const origins = world.tokens.spread(PANES);
  const panes = origins.map((origin) => compatible({ base: `${origin}/v1` }, { model }));
  const app = await openApp(world, {
    allow: world.tokens.origins,
    fragment: recipeLink({ prompt: 'Go.', panes }),
    context: screen,
    prepare: (page) => before && page.addInitScript(before),
  });
  await app.panes(PANES);
  await app.approve();
  return app;
}

/** Waits in the page, so that waiting costs it next to nothing. */
export async function allEnded(app, timeout) {
  await app.page.waitForFunction(
    () => {
      const panes = [...document.querySelectorAll('[data-testid=pane]')];
      return panes.length > 0 && panes.every((pane) => /^(done|stopped|failed)$/.test(pane.dataset.phase));
    },
    null,
    { timeout, polling: 200 },
  );
  const phases = await app.page.getByTestId('pane').evaluateAll((all) => all.map((one) => one.dataset.phase));
  if (phases.some((phase) => phase !== 'done')) throw new Error(`panes ended as ${phases.join(' ')}`);
}

/** What a page without any app needs to read the same streams to their end, in ms. */
export async function bareRead(page, requests) {
  return page.evaluate(async (all) => {
    const started = performance.now();
    const read = async ({ url, body }) => {
      const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      const reader = reply.body.getReader();
      while (!(await reader.read()).done);
    };
    await Promise.all(all.map(read));
    return performance.now() - started;
  }, requests);
}

/** The same requests as the app's, for readers that are no app. */
export const requestsOf = (world, model) =>
  world.tokens.spread(PANES).map((origin) => ({
    url: `${origin}/v1/chat/completions`,
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Go.' }] }),
  }));
