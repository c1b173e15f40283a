// The history's dialog, and what lies under it in the browser's database.

import { readFile } from 'node:fs/promises';
import { recipeLink } from './recipe.mjs';
import { until } from './wait.mjs';

export const DATABASE = 'touchstone-history';

export class HistoryPanel {
  constructor(app) {
    this.app = app;
    this.page = app.page;
    this.root = app.page.locator('dialog[data-testid=history]');
  }

  async open() {
    await this.app.action('history-button');
    await this.root.waitFor();
    // The list is read from the database.
    await until(async () => (await this.root.getByTestId('history-count').count()) || (await this.root.getByTestId('history-trouble').count()), {
      what: 'the list or a word on why there is none',
    });
    return this;
  }

  async close() {
    await this.page.keyboard.press('Escape');
    await this.root.waitFor({ state: 'hidden' });
  }

  entries() {
    return this.root.getByTestId('history-entry');
  }

  async holds(count) {
    await until(async () => (await this.entries().count()) === count, {
      what: `${count} entries; the list says ${JSON.stringify(await this.root.innerText().catch(() => ''))}`,
    });
  }

  names() {
    return this.root.getByTestId('history-open').allTextContents();
  }

  async search(text) {
    await this.root.getByTestId('history-search').fill(text);
  }

  /** Opens an entry; the dialog goes and the panes come. */
  async choose(index = 0) {
    await this.root.getByTestId('history-open').nth(index).click();
    await this.root.waitFor({ state: 'hidden' });
  }

  async export() {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.root.getByTestId('history-export').click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    return { text, document: JSON.parse(text), name: download.suggestedFilename() };
  }

  /** Imports a file of this text and gives the words of the report. */
  async import(text, name = 'history.json') {
    const report = this.root.getByTestId('history-report');
    await this.root.getByTestId('history-import').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await until(async () => (await this.root.getByTestId('history-busy').textContent()) === '' && (await report.count()) === 1, {
      what: 'the import to end',
      timeout: 30_000,
    });
    return report.innerText();
  }
}

/** Everything that the database holds: `{ store: { key: text } }`; null without one. */
export function stored(page) {
  return page.evaluate(async (name) => {
    const known = await indexedDB.databases();
    if (!known.some((one) => one.name === name)) return null;
    const request = indexedDB.open(name);
    const database = await new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const all = {};
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const ask = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const [keys, values] = await Promise.all([ask(objects.getAllKeys()), ask(objects.getAll())]);
      all[store] = Object.fromEntries(keys.map((key, at) => [key, values[at]]));
    }
    database.close();
    return all;
  }, DATABASE);
}

/** Waits until so many entries are written down; gives what is stored. */
export async function kept(page, count) {
  let last;
  return until(
    async () => {
      last = await stored(page);
      return Object.keys(last?.entries ?? {}).length === count && last;
    },
    { what: `${count} kept entries` },
  );
}

/** What a person can see of every pane: marks, figures, texts. */
export async function seen(app) {
  const panes = await app.panes();
  return Promise.all(
    panes.map(async (pane) => ({
      provider: await pane.mark('provider'),
      model: await pane.mark('model'),
      phase: await pane.phase(),
      finish: await pane.finish(),
      answer: await pane.answer(),
      thinking: await pane.thinking(),
      error: await pane.error(),
      raw: await pane.root.getByTestId('raw').textContent().catch(() => null),
      metrics: await pane.metrics(),
    })),
  );
}

export const demo = (model, rest = {}) => ({ provider: 'demo', model, ...rest });
export const link = (prompt, panes, rest = {}) => recipeLink({ prompt, panes, ...rest });
export const two = (prompt = 'How do I read this page?') => ({
  fragment: link(prompt, [demo('demo-fast-500'), demo('demo-thinking-500')]),
});

/** Runs what the page has and waits until it is written down. */
export async function run(app, count = 1) {
  await app.run();
  await app.settled();
  return kept(app.page, count);
}

/** Runs each prompt as a comparison of its own. */
export async function runAll(app, prompts) {
  let count = 0;
  for (const prompt of prompts) {
    const away = app.page.getByTestId('put-away');
    if (await away.count()) await away.click();
    await app.follow(link(prompt, [demo('demo-fast-500')]));
    const yes = app.page.getByTestId('replace-yes');
    await until(async () => (await yes.count()) || (await app.page.getByTestId('prompt').inputValue()) === prompt, { what: 'the link' });
    if (await yes.count()) await yes.click();
    await until(async () => (await app.page.getByTestId('prompt').inputValue()) === prompt, { what: 'the prompt of the link' });
    count += 1;
    await run(app, count);
  }
}
