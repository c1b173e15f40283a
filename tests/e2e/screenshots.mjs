// Takes pictures of the main states, to be looked at.
//
//   node tests/e2e/screenshots.mjs           into tests/e2e/output/screenshots
//   node tests/e2e/screenshots.mjs --docs    into docs/screenshots

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { link, origins, play, unlock } from './harness/showcase.mjs';
import { openApp, startServers } from './harness/stage.mjs';

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
];
const THEMES = ['light', 'dark'];

const into = fileURLToPath(
  process.argv.includes('--docs')
    ? new URL('../../docs/screenshots', import.meta.url)
    : new URL('output/screenshots', import.meta.url),
);

/** Brings the page into `state`; returns what ends it. */
async function arrange(app, world, state) {
  if (state === 'empty') return () => {};
  const release = play(world.internet, state);
  await unlock(app);
  await app.run();
  if (state === 'running') {
    await app.pane(0).reaches('answering');
    await app.pane(1).reaches('thinking');
    await app.pane(3).reaches('done');
  } else {
    await app.settled();
  }
  return release;
}

async function take(world, state, [width, height], theme) {
  const app = await openApp(world, {
    fragment: state === 'empty' ? '' : link(),
    allow: origins,
    context: { viewport: { width, height }, colorScheme: theme, deviceScaleFactor: width < 500 ? 2 : 1 },
  });
  const release = await arrange(app, world, state);
  const file = path.join(into, `${state}-${width}-${theme}.png`);
  await app.page.evaluate(() => {
    document.activeElement?.blur();
    document.querySelector('[data-testid=panes]')?.scrollTo({ left: 0, behavior: 'instant' });
  });
  await app.page.screenshot({ path: file });
  console.log(path.relative(process.cwd(), file));
  release();
  await app.page.context().close();
}

await mkdir(into, { recursive: true });
const world = await startServers({});
try {
  for (const state of ['empty', 'running', 'finished', 'failed']) {
    for (const size of SIZES) {
      for (const theme of THEMES) {
        world.internet.forgetHosts();
        await take(world, state, size, theme);
      }
    }
  }
} finally {
  await world.stop();
}
