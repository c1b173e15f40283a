// Takes the pictures of docs/: one for each thing that is done with a comparison.
//
//   node tests/e2e/feature-pictures.mjs           into tests/e2e/output/screenshots
//   node tests/e2e/feature-pictures.mjs --docs    into docs/screenshots

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { recipeLink } from './harness/recipe.mjs';
import { link, origins, play, unlock } from './harness/showcase.mjs';
import { openApp, startServers } from './harness/stage.mjs';

const forDocs = process.argv.includes('--docs');
const into = fileURLToPath(new URL(forDocs ? '../../docs/screenshots' : 'output/screenshots', import.meta.url));
const demos = (...models) =>
  recipeLink({ prompt: 'How do I read this page?', panes: models.map((model) => ({ provider: 'demo', model })) });

async function shoot(app, name) {
  await app.page.evaluate(() => document.activeElement?.blur());
  await app.page.screenshot({ path: path.join(into, `${name}.png`) });
  console.log(`${name}.png`);
}

/** Each is a page and what leads to its picture. */
const PICTURES = {
  async share(app) {
    await app.action('share');
    await app.page.getByTestId('share-link').waitFor();
  },
  async exports(app) {
    await app.action('export');
    await app.page.locator('dialog[data-testid=exports]').waitFor();
  },
  async importing(app) {
    await app.action('import');
    await app.page.getByTestId('import-text').fill(CURL);
    await app.page.getByTestId('import-look').click();
  },
  async history(app) {
    await app.action('history-button');
    await app.page.getByTestId('history-count').waitFor();
  },
  async replay(app) {
    await app.action('replay');
    const slider = app.page.getByTestId('replay-position');
    await slider.evaluate((one) => {
      one.value = String(Number(one.max) * 0.7);
      one.dispatchEvent(new Event('input', { bubbles: true }));
    });
  },
  async reading(app) {
    await app.pane(0).menu('pane-pin');
    await app.page.getByTestId('marks').first().waitFor();
  },
  async drift(app) {
    await app.page.getByTestId('run-again').click();
    await app.settled();
    await app.action('open-drift');
    await app.page.locator('dialog[data-testid=drift]').waitFor();
  },
};

const CURL = `curl https://api.openai.com/v1/chat/completions -H 'content-type: application/json' \\
  -H "authorization: Bearer $OPENAI_API_KEY" \\
  -d '{"model": "gpt-4.1", "temperature": 0.2, "messages": [{"role": "user", "content": "Name three rivers"}]}'`;

/** A finished comparison of made-up answers of real providers. */
async function finished(world) {
  world.internet.forgetHosts();
  const app = await openApp(world, { fragment: link(), allow: origins, context: { viewport: { width: 1440, height: 900 } } });
  const release = play(world.internet, 'finished');
  await unlock(app);
  await app.run();
  await app.settled();
  return { app, release };
}

async function presenting(world) {
  const app = await openApp(world, { fragment: demos('demo-1000', 'demo-steady-900'), context: { viewport: { width: 1280, height: 720 } } });
  await app.run();
  await app.settled();
  await app.page.keyboard.press('Escape');
  await app.page.evaluate(() => document.activeElement?.blur());
  await app.page.keyboard.press('w');
  await app.page.getByTestId('present').waitFor();
  await shoot(app, 'present');
  await app.page.context().close();
}

/** Nine voters, the last of whom finds both bad. */
async function voting(world) {
  const app = await openApp(world, {
    fragment: demos('demo-1000', 'demo-steady-900', 'demo-cut-800'),
    context: { viewport: { width: 1440, height: 900 } },
  });
  await app.run();
  await app.settled();
  await app.action('blind-vote');
  await app.page.getByTestId('voter-name').fill('Asha');
  await app.page.getByTestId('vote-criteria').fill('correctness, clarity');
  const names = ['Ben', 'Chi', 'Devi', 'Eva', 'Farid', 'Gita', 'Hoa', 'Ines'];
  for (let nth = 0; nth <= names.length; nth += 1) {
    await app.page.getByTestId('blind-begin').click();
    await app.page.getByTestId('pane').first().waitFor();
    for (const card of await app.page.getByTestId('pane').all()) {
      await card.locator(`[data-criterion=clarity] [data-mark="${2 + (nth % 4)}"]`).check();
    }
    await app.page.keyboard.press(['1', '2', '1', '3', 't', '1', '2', '1', 'b'][nth]);
    if (nth === 0) await shoot(app, 'blind-vote');
    await app.page.getByTestId('vote-next').click();
    await app.page.getByTestId('ballot-code').waitFor();
    if (nth < names.length) {
      await app.page.getByTestId('next-voter').click();
      await app.page.getByTestId('voter-name').fill(names[nth]);
    }
  }
  await app.page.getByTestId('reveal').click();
  await app.page.getByTestId('ranking').waitFor();
  await app.page.getByTestId('blind-done').click();
  await app.action('ballots');
  await app.page.getByTestId('ranking').waitFor();
  await shoot(app, 'ballots');
  await app.page.context().close();
}

await mkdir(into, { recursive: true });
const world = await startServers({});
try {
  for (const [name, lead] of Object.entries(PICTURES)) {
    const { app, release } = await finished(world);
    await lead(app);
    await new Promise((done) => setTimeout(done, 500));
    await shoot(app, name);
    release();
    await app.page.context().close();
  }
  await presenting(world);
  await voting(world);
} finally {
  await world.stop();
}
