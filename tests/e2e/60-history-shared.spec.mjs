// The history where it is not alone: other tabs, a full disk, a browser that keeps nothing.

import assert from 'node:assert/strict';
import { launchWithoutStorage } from './harness/browser.mjs';
import { DATABASE, HistoryPanel, demo, kept, link, run, runAll, stored, two } from './harness/history.mjs';
import { App } from './harness/page.mjs';
import { stage } from './harness/stage.mjs';
import { secondTab } from './harness/tabs.mjs';
import { until } from './harness/wait.mjs';

const { world, scene } = stage({});

/** A page of the same origin without the app on it. */
async function blank(page, world) {
  const url = `${world.site.url}blank`;
  await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><link rel="icon" href="data:,"><p>' }));
  await page.goto(url);
}

scene('two tabs that write at the same time lose nothing', { fragment: link('in the first tab', [demo('demo-fast-500')]) }, async ({ app }) => {
  await app.panes(1);
  const second = await secondTab(app, world.site, link('in the second tab', [demo('demo-fast-500')]));
  await second.panes(1);
  const ROUNDS = 4;
  const rounds = async (one, name) => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      await one.prompt(`${name}, round ${round}`);
      await one.run();
      await one.settled();
      const turns = one.page.getByTestId('pane').first().getByTestId('turn');
      await until(async () => (await turns.count()) === round - 1, { what: `round ${round} of ${name}` });
    }
  };
  await Promise.all([rounds(app, 'first tab'), rounds(second, 'second tab')]);
  // Each tab has its own entry, and each entry all of its rounds.
  const rounded = async () => {
    const all = await stored(app.page);
    const turns = Object.values(all?.entries ?? {}).map((text) => JSON.parse(text).turns);
    return turns.length === 2 && turns.every((count) => count === ROUNDS) && all;
  };
  const text = JSON.stringify(await until(rounded, { what: 'both entries with all rounds' }));
  for (const name of ['first', 'second']) {
    for (let round = 1; round <= ROUNDS; round += 1) assert.ok(text.includes(`${name} tab, round ${round}`), `${name} ${round}`);
  }
  // Both lists say the same, and what one deletes at the same time as the other is gone once.
  const [one, other] = [await new HistoryPanel(app).open(), await new HistoryPanel(second).open()];
  await one.holds(2);
  await other.holds(2);
  await Promise.all([one, other].map((panel) => panel.root.getByTestId('history-delete').first().click()));
  await until(async () => (await one.entries().count()) < 2 && (await other.entries().count()) === (await one.entries().count()), { what: 'the same list in both' });
  second.verify();
  await second.page.close();
});

scene('two tabs keep their runs side by side', two('in the first tab'), async ({ app, world }) => {
  await app.panes(2);
  await run(app);
  const panel = await new HistoryPanel(app).open();
  await panel.holds(1);
  const second = await secondTab(app, world.site, two('in the second tab').fragment);
  const { page } = second;
  await second.panes(2);
  await second.run();
  await second.settled();
  // The open list of the first tab hears of it.
  await panel.holds(2);
  // Both go on with the same entry: neither writes over the other.
  const other = await new HistoryPanel(second).open();
  await other.choose(1);
  await second.prompt('gone on in the second tab');
  await second.run();
  await second.settled();
  await kept(page, 2);
  await until(async () => Object.values((await stored(page)).entries).some((one) => JSON.parse(one).turns === 2), { what: 'the second turn' });
  await panel.close();
  await app.prompt('gone on in the first tab');
  await app.run();
  await app.settled();
  const all = await kept(app.page, 3);
  const text = JSON.stringify(all);
  assert.ok(text.includes('gone on in the first tab') && text.includes('gone on in the second tab'));
  second.verify();
  await page.close();
});

/**
 * Holds what the database answers in this page until it is let go: `reads` of the list of what was
 * deleted, and the `writes` to it. The database itself goes on.
 */
function holdAnswers(page) {
  return page.evaluate(() => {
    const held = { reads: [], writes: [] };
    const hold = (kind, target, name) => {
      const wait = new Promise((resolve) => held[kind].push(resolve));
      Object.defineProperty(target, `on${name}`, {
        set: (then) => target.addEventListener(name, (event) => wait.then(() => then(event))),
      });
      return target;
    };
    const { getAll } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.getAll = function heldGetAll(...all) {
      const request = getAll.apply(this, all);
      return this.name === 'gone' && this.transaction.mode === 'readonly' ? hold('reads', request, 'success') : request;
    };
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function heldTransaction(names, mode, ...rest) {
      const made = transaction.call(this, names, mode, ...rest);
      return mode === 'readwrite' && [...names].join() === 'gone' ? hold('writes', made, 'complete') : made;
    };
    window.answers = {
      held: (kind) => held[kind].length,
      letGo: (kind) => held[kind].splice(0).forEach((resolve) => resolve()),
      end() {
        IDBObjectStore.prototype.getAll = getAll;
        IDBDatabase.prototype.transaction = transaction;
        for (const kind of Object.keys(held)) this.letGo(kind);
      },
    };
  });
}

/** Waits until so many answers of a kind are held. */
const held = (page, kind, count) =>
  until(() => page.evaluate(({ kind, count }) => window.answers.held(kind) === count, { kind, count }), { what: `${count} held ${kind}` });

/** What another tab says when it has changed something. */
const anotherTabTells = (page) => page.evaluate((name) => new BroadcastChannel(name).postMessage(true), DATABASE);

scene('what is deleted while the list is being read does not come back with it', {}, async ({ app }) => {
  await runAll(app, ['first', 'second']);
  const panel = await new HistoryPanel(app).open();
  await panel.holds(2);
  const { page } = app;
  await holdAnswers(page);
  // Another tab changed something: the list is read, and the answer is of before the deletion.
  await anotherTabTells(page);
  await held(page, 'reads', 1);
  await panel.root.getByTestId('history-delete').first().click();
  await panel.holds(1);
  await held(page, 'writes', 1);
  const room = await page.evaluate(() => new Promise((resolve) => {
    // The list has been taken in when the page next asks how much room there is.
    const { estimate } = StorageManager.prototype;
    StorageManager.prototype.estimate = function heardEstimate() {
      StorageManager.prototype.estimate = estimate;
      resolve('asked');
      return estimate.call(this);
    };
    window.answers.letGo('reads');
  }));
  assert.equal(room, 'asked');
  await panel.holds(1);
  await page.evaluate(() => window.answers.end());
  await panel.root.getByTestId('history-undo').waitFor();
  await panel.holds(1);
  await panel.root.getByTestId('history-undo').click();
  await panel.holds(2);
});

scene('what another tab changes while the list is first read is not missed', {}, async ({ app }) => {
  await runAll(app, ['first', 'second']);
  const { page } = app;
  const [id] = Object.keys((await stored(page)).entries);
  await app.page.reload();
  await app.ready();
  await holdAnswers(page);
  await app.action('history-button');
  await held(page, 'reads', 1);
  await page.evaluate(async ({ name, id }) => {
    const request = indexedDB.open(name);
    await new Promise((resolve) => (request.onsuccess = resolve));
    const change = request.result.transaction(['gone', 'documents'], 'readwrite');
    change.objectStore('gone').put(JSON.stringify([id]), `${Math.floor(Date.now() / 1000)}-another`);
    await new Promise((resolve) => (change.oncomplete = resolve));
    request.result.close();
  }, { name: DATABASE, id });
  await anotherTabTells(page);
  // The word has come when one that was sent after it has.
  await page.evaluate((name) => new Promise((resolve) => {
    new BroadcastChannel(name).onmessage = resolve;
    new BroadcastChannel(name).postMessage(true);
  }), DATABASE);
  await page.evaluate(() => window.answers.end());
  await new HistoryPanel(app).holds(1);
});

scene('a newer form of the database in another tab is said, and the answers stay', two(), async ({ app, world }) => {
  await app.panes(2);
  await run(app);
  const page = await app.page.context().newPage();
  app.popups.length = 0;
  await blank(page, world);
  await page.evaluate((name) => new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1000);
    request.onupgradeneeded = () => request.result.createObjectStore('of-the-future');
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('the page did not let go'));
  }), DATABASE);
  await app.prompt('And now?');
  await app.run();
  await app.settled();
  await app.tells(/newer Touchstone.*Reload/s);
  assert.match(await app.pane().answer(), /simulated answer/);
  const panel = await new HistoryPanel(app).open();
  assert.match(await panel.root.getByTestId('history-trouble').innerText(), /newer Touchstone/);
  await page.close();
});

scene('a database that does not answer is said, and tried again', two(), async ({ app, world }) => {
  await app.panes(2);
  await run(app);
  const page = await app.page.context().newPage();
  app.popups.length = 0;
  await blank(page, world);
  // Another tab holds it while a third one wants it away: whoever opens it now waits.
  await page.evaluate((name) => new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => {
      window.held = request.result;
      indexedDB.deleteDatabase(name);
      resolve();
    };
  }), DATABASE);
  await app.page.reload();
  await app.ready();
  await app.action('history-button');
  const panel = new HistoryPanel(app);
  await panel.root.getByTestId('history-trouble').waitFor({ timeout: 20_000 });
  assert.match(await panel.root.getByTestId('history-trouble').innerText(), /does not answer|holds the history/);
  await page.evaluate(() => window.held.close());
  await panel.root.getByTestId('history-again').click();
  await panel.holds(0);
  await page.close();
});

/** Gives the page little room. Chromium looks once, before the first write, and again when that is used up. */
async function narrow(app, world, quotaSize) {
  const session = await app.page.context().newCDPSession(app.page);
  const { origin } = new URL(world.site.url);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  return () => session.send('Storage.overrideQuotaForOrigin', { origin });
}

scene('a full disk is said; the answers stay, can be exported, and room can be made', {}, async ({ app, world }) => {
  const widen = await narrow(app, world, 400_000);
  await runAll(app, ['first', 'second']);
  await app.page.getByTestId('put-away').click();
  await app.follow(link('one too many', [demo('demo-fast-500')]));
  await app.panes(1);
  await app.prompt(`one too many ${'word '.repeat(120_000)}`);
  await app.run();
  await app.settled();
  await app.tells(/no room left.*export/s);
  assert.match(await app.pane().answer(), /simulated answer/);
  assert.ok((await app.exported()).text.includes('one too many'), 'export still works');
  const panel = await new HistoryPanel(app).open();
  await panel.holds(2);
  const trouble = panel.root.getByTestId('history-trouble');
  assert.match(await trouble.innerText(), /no room left/);
  assert.match(await trouble.getByTestId('history-make-room').innerText(), /Delete the oldest/);
  await widen();
  await trouble.getByTestId('history-make-room').click();
  await trouble.waitFor({ state: 'hidden' });
  const all = await kept(app.page, 1);
  assert.ok(JSON.stringify(all.documents).includes('one too many'));
});

scene('where the browser keeps nothing, runs go on and the page says what works', {}, async () => {
  const browser = await launchWithoutStorage(world.internet);
  try {
    const page = await browser.newPage();
    const app = new App(page, { origin: new URL(world.site.url).origin, allow: [] });
    await app.goto(`${world.site.url}${two().fragment}`);
    await app.panes(2);
    await app.run();
    await app.settled();
    await app.tells(/does not let this page keep anything.*export/s);
    assert.match(await app.pane().answer(), /simulated answer/);
    await app.exported();
    const panel = await new HistoryPanel(app).open();
    assert.match(await panel.root.getByTestId('history-trouble').innerText(), /does not let this page keep/);
    // What cannot be read is not nothing: it has no count, no order, and no place for more.
    for (const part of ['history-room', 'history-sort', 'history-import-button']) {
      assert.equal(await panel.root.getByTestId(part).count(), 0, part);
    }
    await panel.close();
    // It is said once, not after every run.
    await page.getByTestId('notice').getByRole('button').first().click();
    await app.prompt('again');
    await app.run();
    await app.settled();
    assert.doesNotMatch(await app.told(), /does not let this page/);
    app.verify();
  } finally {
    await browser.close();
  }
});
