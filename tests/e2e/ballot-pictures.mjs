// Takes pictures of a blind vote, to be looked at.
//
//   node tests/e2e/ballot-pictures.mjs           into tests/e2e/output/screenshots
//   node tests/e2e/ballot-pictures.mjs --docs    the two of docs/ballots.md

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { recipeLink } from './harness/recipe.mjs';
import { openApp, startServers } from './harness/stage.mjs';

const forDocs = process.argv.includes('--docs');
const into = fileURLToPath(new URL(forDocs ? '../../docs/screenshots' : 'output/screenshots', import.meta.url));
const SIZES = forDocs ? [[1440, 900]] : [[1440, 900], [1024, 768], [390, 844]];
const THEMES = forDocs ? ['light'] : ['light', 'dark'];

const fragment = recipeLink({
  prompt: 'How do I read this page?',
  panes: ['demo-1000', 'demo-steady-900', 'demo-cut-800'].map((model) => ({ provider: 'demo', model })),
});

async function act(app, name) {
  const button = app.page.locator(`[data-testid=${name}]:visible`);
  if (await button.count()) return button.click();
  await app.page.getByTestId('more-actions').click();
  return app.page.getByTestId(`menu-${name}`).click();
}

async function take(world, [width, height], theme) {
  const app = await openApp(world, {
    fragment,
    context: { viewport: { width, height }, colorScheme: theme, deviceScaleFactor: width < 500 ? 2 : 1 },
  });
  const shot = async (name, locator = app.page) => {
    const file = forDocs ? `${name}.png` : `${name}-${width}-${theme}.png`;
    await locator.screenshot({ path: path.join(into, file) });
    console.log(file);
  };
  await app.run();
  await app.settled();
  await act(app, 'blind-vote');
  await app.page.getByTestId('voter-name').fill('Asha');
  await app.page.getByTestId('vote-criteria').fill('correctness, clarity');
  if (!forDocs) await shot('blind-intro');
  const names = ['Ben', 'Chi', 'Devi', 'Eva', 'Farid', 'Gita', 'Hoa', 'Ines'];
  for (let nth = 0; nth <= names.length; nth += 1) {
    await app.page.getByTestId('blind-begin').click();
    await app.page.getByTestId('pane').first().waitFor();
    for (const card of await app.page.getByTestId('pane').all()) {
      await card.locator(`[data-criterion=clarity] [data-mark="${2 + (nth % 4)}"]`).check();
    }
    await app.page.keyboard.press(['1', '2', '1', '3', 't', '1', '2', '1', 'b'][nth]);
    if (nth === 0) await shot('blind-vote');
    await app.page.getByTestId('vote-next').click();
    await app.page.getByTestId('ballot-code').waitFor();
    if (nth === 0 && !forDocs) await shot('blind-cast');
    if (nth < names.length) {
      await app.page.getByTestId('next-voter').click();
      await app.page.getByTestId('voter-name').fill(names[nth]);
      if (nth === 0 && !forDocs) await shot('blind-hand-over');
    }
  }
  await app.page.getByTestId('reveal').click();
  await app.page.getByTestId('ranking').waitFor();
  if (!forDocs) await shot('blind-revealed');
  await app.page.getByTestId('blind-done').click();
  await act(app, 'ballots');
  await app.page.getByTestId('ranking').waitFor();
  await shot('ballots');
  if (!forDocs) {
    await app.page.getByTestId('ranking').scrollIntoViewIfNeeded();
    await shot('ballots-ranking');
  }
  await app.page.context().close();
}

await mkdir(into, { recursive: true });
const world = await startServers({});
try {
  for (const size of SIZES) for (const theme of THEMES) await take(world, size, theme);
} finally {
  await world.stop();
}
