// What was run is kept on the device: listed, found, opened as it was, deleted, carried away
// as a file and brought back. Other tabs, and browsers that keep nothing: 60-history-shared.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { stream } from './harness/byte_server.mjs';
import { DATABASE, HistoryPanel, demo, kept, link, run, runAll, seen, stored, two } from './harness/history.mjs';
import { tabTo } from './harness/keyboard.mjs';
import { KEY } from './harness/one_pane.mjs';
import { compatible } from './harness/recipe.mjs';
import { violations } from './harness/schema.mjs';
import { openApp, stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const ANSWER = 'The rain tells of selenium, slowly and in order, until the last word.';
const FIXTURES = [
  { match: { userMessage: 'race' }, response: { content: ANSWER, usage: { prompt_tokens: 12, completion_tokens: 20, input_tokens: 12, output_tokens: 20 } }, chunkSize: 4, streamingProfile: { ttft: 40, tps: 300, jitter: 0 } },
];

const { world, scene } = stage({ bytes: true, aimock: FIXTURES });

scene('a comparison is kept when it ends, and opens after a reload as it was', two(), async ({ app }) => {
  await app.panes(2);
  await run(app);
  const before = await seen(app);
  assert.ok(before[1].thinking.length > 10);
  await app.page.reload();
  await app.ready();
  assert.equal(await app.page.getByTestId('turn').count(), 0, 'a reload alone brings no answers back');
  const panel = await new HistoryPanel(app).open();
  await panel.holds(1);
  assert.deepEqual(await panel.names(), ['How do I read this page?']);
  assert.match(await panel.entries().innerText(), /2 panes · 1 turn/);
  await panel.choose();
  await app.panes(2);
  assert.deepEqual(await seen(app), before);
});

scene('an entry is replayed in one step', two(), async ({ app }) => {
  await app.panes(2);
  await run(app);
  await app.page.reload();
  await app.ready();
  const panel = await new HistoryPanel(app).open();
  await panel.holds(1);
  await panel.root.getByTestId('history-replay').click();
  await panel.root.waitFor({ state: 'hidden' });
  await app.page.getByTestId('replay-bar').waitFor();
});

scene('the file of an opened comparison is the file of the run', two(), async ({ app }) => {
  await app.panes(2);
  await run(app);
  const before = (await app.exported()).document;
  await app.page.reload();
  await app.ready();
  await (await new HistoryPanel(app).open()).choose();
  const after = (await app.exported()).document;
  assert.deepEqual(after.panes, before.panes);
  assert.deepEqual(after.recipe, before.recipe);
});

scene('runs of a provider are kept without the key', ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: link('race', [
    { provider: 'openai', model: 'gpt-4.1', base_url: aimock.bases.openai },
    { provider: 'anthropic', model: 'claude-haiku-4-5', base_url: aimock.origin },
  ]),
}), async ({ app }) => {
  await app.panes(2);
  await app.approve();
  for (const provider of ['openai', 'anthropic']) {
    const field = app.page.locator(`input[data-key-for="${provider}"]:visible`).first();
    await app.key(provider, await field.getAttribute('data-origin'), `${KEY}-${provider}`);
  }
  const all = await run(app);
  const before = await seen(app);
  assert.equal(before[0].answer.trim(), ANSWER);
  const text = JSON.stringify(all);
  assert.ok(text.includes('selenium'), 'the answer is kept');
  assert.ok(!text.includes(KEY), 'no key is kept');
  await app.page.reload();
  await app.ready();
  await (await new HistoryPanel(app).open()).choose();
  await app.panes(2);
  assert.deepEqual(await seen(app), before);
});

scene('a comparison is one entry that grows, and another one begins its own', two(), async ({ app }) => {
  await app.panes(2);
  await run(app);
  await app.prompt('And the second question?');
  await app.run();
  await app.settled();
  const grown = await until(async () => {
    const all = await kept(app.page, 1);
    const [entry] = Object.values(all.entries).map((one) => JSON.parse(one));
    return entry.turns === 2 && entry;
  }, { what: 'the second turn in the same entry' });
  assert.equal(grown.revision, 2);
  await app.page.getByTestId('pane').first().getByTestId('pane-retry').click();
  await app.settled();
  await until(async () => JSON.parse(Object.values((await kept(app.page, 1)).entries)[0]).revision === 3, { what: 'the retry' });
  await app.page.getByTestId('put-away').click();
  await app.page.getByTestId('start-demo').click();
  await app.panes(4);
  await app.settled();
  const all = await kept(app.page, 2);
  assert.equal(JSON.parse(all.entries[grown.id]).turns, 2, 'what was kept first is untouched');
});

scene('an opened comparison goes on in its entry', two(), async ({ app }) => {
  await app.panes(2);
  await run(app);
  await app.page.reload();
  await app.ready();
  await (await new HistoryPanel(app).open()).choose();
  await app.prompt('One more?');
  await app.run();
  await app.settled();
  await until(async () => JSON.parse(Object.values((await kept(app.page, 1)).entries)[0]).turns === 2, { what: 'both turns in one entry' });
});

scene('removing a pane takes nothing out of what was kept', two(), async ({ app }) => {
  const [first] = await app.panes(2);
  const before = await run(app);
  await first.menu('pane-remove');
  await app.panes(1);
  await app.prompt('What now?');
  await app.run();
  await app.settled();
  const after = await kept(app.page, 2);
  const [id] = Object.keys(before.documents);
  assert.equal(after.documents[id], before.documents[id]);
});

scene('nothing is kept of what was never sent', ({ bytes }) => ({
  fragment: link('Go.', [{ provider: 'openai', model: 'gpt-4.1' }]),
  allow: [bytes.origin],
}), async ({ app }) => {
  await app.run();
  await app.pane().fails('auth');
  const panel = await new HistoryPanel(app).open();
  await panel.holds(0);
  assert.match(await panel.root.innerText(), /Nothing is kept yet/);
});

scene('entries are found by words, models, dates and tags', {}, async ({ app }) => {
  await runAll(app, ['Write a haiku about the monsoon', 'मानसून पर एक हाइकु लिखो', 'Erkläre STRASSEN']);
  const panel = await new HistoryPanel(app).open();
  await panel.holds(3);
  for (const [typed, count] of [
    ['haiku MONSOON', 1], ['हाइकु मानसून', 1], ['straßen', 1], ['demo-fast', 3], ['simulated answer', 3],
    [new Date().toISOString().slice(0, 4), 3], ['haiku straßen', 0], ['', 3],
  ]) {
    await panel.search(typed);
    await panel.holds(count);
  }
  await panel.search('haiku xyzzy');
  assert.match(await panel.root.getByTestId('history-count').textContent(), /Nothing kept has all the words of “haiku xyzzy”/);
  await panel.search('monsoon');
  await panel.holds(1);
  await panel.root.getByTestId('history-edit-tags').click();
  await panel.root.getByTestId('history-tag-field').fill('#class, for later');
  await panel.root.getByTestId('history-tag-add').click();
  await until(async () => (await panel.root.getByTestId('history-tag').count()) === 2, { what: 'two tags' });
  await panel.root.getByTestId('history-tag-done').click();
  // Emptying a field presses Delete, which means the entry once that has the focus.
  await until(async () => (await app.page.evaluate(() => document.activeElement.className)) === 'history-name', { what: 'the focus to be back on the entry' });
  await panel.search('');
  await panel.root.getByTestId('history-tag-filter').filter({ hasText: 'class' }).click();
  await panel.holds(1);
  await panel.root.getByTestId('history-tag-filter').filter({ hasText: 'class' }).click();
  await panel.search('#later');
  await panel.holds(0);
  await panel.search('#for');
  await panel.holds(1);
  // Tags stay over a reload, and one that is used elsewhere is offered.
  await app.page.reload();
  await app.ready();
  await panel.open();
  await panel.search('straßen');
  await panel.holds(1);
  await panel.root.getByTestId('history-edit-tags').click();
  await panel.root.getByTestId('history-tag-offer').filter({ hasText: 'class' }).click();
  await until(async () => (await panel.root.getByTestId('history-tag-remove').count()) === 1, { what: 'the tag on it' });
  await panel.root.getByTestId('history-tag-remove').click();
  await until(async () => (await panel.root.getByTestId('history-tag').count()) === 0, { what: 'no tag on it' });
});

scene('what is deleted comes back by undo, and is gone for good after that', {}, async ({ app }) => {
  await runAll(app, ['first', 'second', 'third']);
  const panel = await new HistoryPanel(app).open();
  await panel.holds(3);
  assert.deepEqual(await panel.names(), ['third', 'second', 'first']);
  await panel.root.getByTestId('history-delete').nth(1).click();
  await panel.holds(2);
  await panel.root.getByTestId('history-undo').click();
  await panel.holds(3);
  assert.deepEqual(await panel.names(), ['third', 'second', 'first']);

  await panel.root.getByTestId('history-delete-all').click();
  await panel.root.getByTestId('history-delete-all-no').click();
  await panel.holds(3);
  await panel.root.getByTestId('history-delete-all').click();
  await panel.root.getByTestId('history-delete-all-yes').click();
  await panel.holds(0);
  await panel.root.getByTestId('history-undo').click();
  await panel.holds(3);

  // After the dialog was closed a toast offers the same.
  await panel.root.getByTestId('history-delete').first().click();
  await panel.holds(2);
  await panel.close();
  await app.page.getByTestId('toast').filter({ hasText: 'Deleted' }).getByTestId('undo').click();
  await kept(app.page, 3);
  await panel.open();
  await panel.holds(3);

  await panel.root.getByTestId('history-delete').first().click();
  await panel.holds(2);
  // As if the undo had gone long ago.
  await app.page.evaluate(async (name) => {
    const request = indexedDB.open(name);
    await new Promise((resolve) => { request.onsuccess = resolve; });
    const change = request.result.transaction('gone', 'readwrite');
    const gone = change.objectStore('gone');
    const keys = gone.getAllKeys();
    keys.onsuccess = () => {
      const lists = gone.getAll();
      lists.onsuccess = () => {
        gone.clear();
        lists.result.forEach((list, at) => gone.put(list, `1000-${at}`));
      };
    };
    await new Promise((resolve) => { change.oncomplete = resolve; });
    request.result.close();
  }, DATABASE);
  await app.page.reload();
  await app.ready();
  await panel.open();
  await panel.holds(2);
  const left = await until(async () => {
    const all = await stored(app.page);
    return Object.keys(all.gone).length === 0 && all;
  }, { what: 'the deleted to be gone' });
  assert.equal(Object.keys(left.documents).length, 2);
  assert.ok(!JSON.stringify(left).includes('third'));
});

scene('the only entry comes back by keys, though its list is gone', {}, async ({ app }) => {
  await runAll(app, ['first']);
  const panel = await new HistoryPanel(app).open();
  await panel.holds(1);
  await panel.root.locator('.history-name').first().focus();
  await app.page.keyboard.press('Delete');
  await panel.holds(0);
  await panel.root.getByTestId('history-undo').waitFor();
  await app.page.keyboard.press('Control+z');
  await panel.holds(1);
  // By the mouse, with the focus wherever it then is.
  await panel.root.getByTestId('history-delete').click();
  await panel.root.getByTestId('history-undo').waitFor();
  await app.page.keyboard.press('Control+z');
  await panel.holds(1);
});

scene('what is deleted while it is on the page stays deleted', {}, async ({ app }) => {
  await runAll(app, ['to be deleted', 'to be kept']);
  const panel = await new HistoryPanel(app).open();
  await panel.choose(1);
  await panel.open();
  await panel.root.getByTestId('history-delete').nth(1).click();
  await panel.holds(1);
  await panel.close();
  await app.page.getByTestId('put-away').click();
  await app.page.reload();
  await app.ready();
  await panel.open();
  await panel.holds(1);
  assert.deepEqual(await panel.names(), ['to be kept']);
});

scene('all of it goes into a file and comes back in a fresh browser, once', {}, async ({ app, world }) => {
  await runAll(app, ['first', 'मानसून']);
  const panel = await new HistoryPanel(app).open();
  await panel.root.getByTestId('history-edit-tags').first().click();
  await panel.root.getByTestId('history-tag-field').fill('class');
  await panel.root.getByTestId('history-tag-done').click();
  await until(async () => (await panel.root.getByTestId('history-tag').count()) === 1, { what: 'the tag' });
  const file = await panel.export();
  assert.equal(file.document.touchstone, 'history/1');
  assert.match(file.name, /^touchstone-history-.*\.json$/);
  const schema = async (name) => (await fetch(`${world.site.url}schema/${name}`)).json();
  const others = { 'recipe-1.json': await schema('recipe-1.json'), 'result-1.json': await schema('result-1.json') };
  assert.deepEqual(violations(await schema('history-1.json'), file.document, others), []);
  assert.match(await panel.import(file.text), /0 comparisons imported, 2 here already/);
  await panel.holds(2);

  const fresh = await openApp(world, {});
  try {
    await fresh.page.getByTestId('prompt').click();
    const other = await new HistoryPanel(fresh).open();
    assert.match(await other.import(file.text), /2 comparisons imported/);
    await other.holds(2);
    assert.match(await other.import(file.text), /2 here already/);
    await other.holds(2);
    const [here, there] = [await stored(app.page), await stored(fresh.page)];
    assert.deepEqual(there.documents, here.documents);
    const again = await other.export();
    assert.deepEqual(again.document.entries, file.document.entries);
    await other.choose(1);
    assert.equal((await fresh.pane().answer()).includes('simulated answer'), true);
    fresh.verify();
  } finally {
    await fresh.page.context().close();
  }
});

scene('a file that is not all good is read as far as it is', {}, async ({ app }) => {
  await runAll(app, ['first']);
  const panel = await new HistoryPanel(app).open();
  const { document } = await panel.export();
  const [good] = document.entries;
  const changed = structuredClone(good);
  changed.document.panes[0].turns[0].prompt = 'another';
  const broken = structuredClone(good);
  broken.document.panes[0].model = 7;
  const words = await panel.import(JSON.stringify({ ...document, entries: [changed, broken, 5] }));
  assert.match(words, /1 comparison imported/);
  assert.match(words, /2 entries were left out/);
  assert.match(words, /entries\[1\]\.document\.panes\[0\]\.model/);
  assert.match(words, /entries\[2\]/);
  await panel.holds(2);
  for (const [text, pattern] of [
    ['{"touchstone": "recipe/1"}', /recipe/],
    ['{"touchstone": "history/9", "entries": []}', /newer Touchstone/],
    ['{"some": "thing"}', /not of Touchstone/],
    ['<!doctype html>', /not valid JSON: line 1, column 1/],
    [JSON.stringify(document).slice(0, -200), /ends too early/],
  ]) {
    assert.match(await panel.import(text), pattern);
  }
  await panel.holds(2);
  await panel.choose(0);
});

scene('private mode keeps nothing, says so in the bar, and leaves what is kept', {}, async ({ app }) => {
  await runAll(app, ['kept before']);
  const panel = await new HistoryPanel(app).open();
  await panel.root.getByTestId('history-private').check();
  await panel.close();
  await app.page.getByTestId('private-mark').waitFor();
  await app.prompt('a private question');
  await app.run();
  await app.settled();
  await panel.open();
  await panel.root.getByTestId('history-private-runs').waitFor();
  await panel.close();
  await app.page.getByTestId('put-away').click();
  await app.page.getByTestId('start-demo').click();
  await app.panes(4);
  await app.settled();
  // It stays on over a reload.
  await app.page.reload();
  await app.ready();
  await app.page.getByTestId('private-mark').waitFor();
  await app.page.getByTestId('private-mark').click();
  await panel.holds(1);
  assert.deepEqual(await panel.names(), ['kept before']);
  const text = JSON.stringify(await stored(app.page));
  assert.ok(!text.includes('private question'));
  assert.equal(Object.keys((await stored(app.page)).documents).length, 1);
  // The same switch stands in the settings.
  await panel.close();
  const settings = await app.openSettings();
  await settings.getByTestId('history-private').uncheck();
  await app.closeSettings();
  await app.page.getByTestId('private-mark').waitFor({ state: 'hidden' });
});

scene('a private run that is put away while it streams is not kept either', ({ bytes }) => {
  const held = gate();
  const lane = bytes.lane().reply(stream([chat.start(), chat.text('Begun'), { gate: held.opened }]));
  return { allow: [bytes.origin], fragment: link('slow', [compatible(lane)]), hand: { held } };
}, async ({ app, held }) => {
  await app.panes(1);
  await app.approve();
  const panel = await new HistoryPanel(app).open();
  await panel.root.getByTestId('history-private').check();
  await panel.close();
  await app.run();
  await app.pane().shows('Begun');
  await app.page.getByTestId('put-away').click();
  held.open();
  // A public run after it shows that there was time to write.
  await panel.open();
  await panel.root.getByTestId('history-private').uncheck();
  await panel.close();
  await app.follow(link('public', [demo('demo-fast-500')]));
  await app.panes(1);
  await run(app);
  assert.ok(!JSON.stringify(await stored(app.page)).includes('Begun'));
});

scene('a private comparison is kept after all when the person says so', {}, async ({ app }) => {
  await app.page.getByTestId('prompt').click();
  const panel = await new HistoryPanel(app).open();
  await panel.root.getByTestId('history-private').check();
  await panel.close();
  await app.follow(link('a secret', [demo('demo-fast-500')]));
  await app.panes(1);
  await app.run();
  await app.settled();
  await panel.open();
  await panel.root.getByTestId('history-private').uncheck();
  await panel.holds(0);
  await panel.root.getByTestId('history-keep-after-all').click();
  await panel.holds(1);
});

scene('opening asks before something that is not kept is lost', ({ bytes }) => {
  const held = gate();
  const lane = bytes.lane().reply(stream([chat.start(), chat.text('Begun'), { gate: held.opened }, ...chat.whole(' and done').slice(1)]));
  return { allow: [bytes.origin], hand: { lane, held } };
}, async ({ app, lane, held }) => {
  await runAll(app, ['first']);
  const panel = new HistoryPanel(app);
  // A kept comparison gives way without a question.
  await panel.open();
  await panel.choose();
  await app.prompt('half a thought');
  await panel.open();
  await panel.root.getByTestId('history-open').click();
  await panel.root.getByTestId('history-open-anyway').waitFor();
  assert.match(await panel.root.innerText(), /not been run/);
  await panel.root.getByTestId('history-open-not').click();
  await panel.close();
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'half a thought');
  await app.prompt('');
  await app.page.getByTestId('put-away').click();
  await app.follow(link('slow', [compatible(lane)]));
  await app.panes(1);
  await app.approve();
  await app.run();
  await app.pane().shows('Begun');
  await panel.open();
  await panel.root.getByTestId('history-open').click();
  assert.match(await panel.root.innerText(), /still coming in/);
  await panel.root.getByTestId('history-open-anyway').click();
  held.open();
  await panel.root.waitFor({ state: 'hidden' });
  assert.equal(await app.pane().mark('provider'), 'demo');
  const all = await kept(app.page, 2);
  assert.ok(JSON.stringify(all).includes('Begun'), 'what had come is kept');
});

scene('what is put away while it runs is kept as far as it came', ({ bytes }) => {
  const held = gate();
  const lane = bytes.lane().reply(stream([chat.start(), chat.text('Begun'), { gate: held.opened }]));
  return { allow: [bytes.origin], fragment: link('slow', [compatible(lane)]), hand: { held } };
}, async ({ app, held }) => {
  await app.panes(1);
  await app.approve();
  await app.run();
  await app.pane().shows('Begun');
  await app.page.getByTestId('put-away').click();
  const all = await kept(app.page, 1);
  held.open();
  assert.ok(JSON.stringify(all).includes('Begun'));
});

scene('a long answer that has ended is kept though another run still streams', ({ bytes }) => {
  // So long that it is written down only after a while.
  const [long, other] = [bytes.lane(), bytes.lane()];
  long.reply(stream(chat.whole('A word. '.repeat(40_000))));
  other.reply(stream([chat.start(), chat.text('Begun'), { gate: gate().opened }]));
  return { allow: [bytes.origin], fragment: link('race', [compatible(long), compatible(other)]) };
}, async ({ app }) => {
  const [long, other] = await app.panes(2);
  await app.approve();
  await app.run();
  await long.reaches('done');
  await other.shows('Begun');
  await kept(app.page, 1);
  assert.equal(await other.phase(), 'answering');
  await app.page.reload();
  await app.ready();
  const panel = await new HistoryPanel(app).open();
  await panel.holds(1);
  await panel.choose();
  const [pane] = await app.panes(2);
  assert.match(await pane.answer(), /A word\.\s*$/);
});

scene('a row is opened, tagged, deleted and brought back by keys alone', {}, async ({ app }) => {
  await runAll(app, ['first', 'second']);
  const { page } = app;
  await tabTo(page, 'history-button');
  await page.keyboard.press('Enter');
  const panel = new HistoryPanel(app);
  await panel.holds(2);
  const focus = () => page.evaluate(() => document.activeElement?.textContent);
  const at = () => page.evaluate(() => document.activeElement?.dataset.testid);
  assert.equal(await at(), 'history-search');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focus(), 'second');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focus(), 'first');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  assert.equal(await at(), 'history-search');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await panel.holds(1);
  await until(async () => (await focus()) === 'first', { what: 'the focus on the entry that is left' });
  await page.keyboard.press('Control+z');
  await panel.holds(2);
  await page.getByTestId('history-search').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await panel.root.waitFor({ state: 'hidden' });
  assert.match(await app.pane().answer(), /simulated answer/);
});

/** Runs in the page: what notes a deletion does not end until `releaseGone` is called. */
const holdGone = () => {
  const put = IDBObjectStore.prototype.put;
  let held = true;
  globalThis.releaseGone = () => {
    held = false;
  };
  IDBObjectStore.prototype.put = function (...args) {
    const request = put.apply(this, args);
    const stay = () => {
      if (held) this.count().onsuccess = stay;
    };
    if (this.name === 'gone') stay();
    return request;
  };
};

scene('what is pressed while a deletion is still being noted takes the latest one back', { prepare: (page) => page.addInitScript(holdGone) }, async ({ app }) => {
  await runAll(app, ['first', 'second', 'third']);
  const { page } = app;
  await tabTo(page, 'history-button');
  await page.keyboard.press('Enter');
  const panel = new HistoryPanel(app);
  await panel.holds(3);
  const focus = () => page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press('ArrowDown');
  assert.equal(await focus(), 'third');
  await page.keyboard.press('Delete');
  await until(async () => (await focus()) === 'second', { what: 'the focus on the next entry' });
  await page.keyboard.press('Delete');
  await panel.holds(1);
  await page.keyboard.press('Control+z');
  await page.evaluate(() => globalThis.releaseGone());
  await panel.holds(2);
  const left = await panel.root.locator('.history-name').allTextContents();
  assert.deepEqual(left, ['second', 'first']);
});

for (const [name, viewport] of [['wide', { width: 1440, height: 900 }], ['on a phone', { width: 390, height: 844 }]]) {
  for (const colorScheme of ['light', 'dark']) {
    scene(`the list has no flaw that axe finds, ${name}, ${colorScheme}`, { context: { viewport, colorScheme } }, async ({ app }) => {
      await runAll(app, ['first', 'second']);
      const panel = await new HistoryPanel(app).open();
      await panel.root.getByTestId('history-edit-tags').first().click();
      await panel.root.getByTestId('history-tag-field').fill('class');
      await panel.root.getByTestId('history-tag-add').click();
      await until(async () => (await panel.root.getByTestId('history-tag').count()) === 1, { what: 'the tag' });
      await panel.root.getByTestId('history-delete-all').click();
      assert.deepEqual(await findings(app.page), []);
      const wide = await app.page.evaluate(() => {
        const body = document.querySelector('dialog[open] .dialog-body');
        return body.scrollWidth - body.clientWidth;
      });
      assert.equal(wide, 0, 'nothing scrolls sideways');
    });
  }
}

scene('thousands of entries are listed in parts', {}, async ({ app, t }) => {
  await runAll(app, ['the one that was run']);
  const count = 4000;
  await app.page.evaluate(async ([name, count]) => {
    const request = indexedDB.open(name);
    await new Promise((resolve) => { request.onsuccess = resolve; });
    const ask = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
    const read = request.result.transaction(['entries', 'documents']);
    const [entry] = (await ask(read.objectStore('entries').getAll())).map((one) => JSON.parse(one));
    const [document] = await ask(request.result.transaction('documents').objectStore('documents').getAll());
    const change = request.result.transaction(['entries', 'documents'], 'readwrite');
    for (let at = 0; at < count; at += 1) {
      const id = `copy-${at}`;
      const prompts = [`Question number ${at} of many, with some more words to make it as long as usual`];
      change.objectStore('entries').put(JSON.stringify({ ...entry, id, prompts, changed: entry.changed - 60 * at - 60 }), id);
      change.objectStore('documents').put(document, id);
    }
    await new Promise((resolve) => { change.oncomplete = resolve; });
    request.result.close();
  }, [DATABASE, count]);
  const timed = async (what, act) => {
    const begin = Date.now();
    await act();
    t.diagnostic(`${what}: ${Date.now() - begin} ms`);
  };
  const panel = new HistoryPanel(app);
  const says = (pattern) => until(async () => pattern.test(await panel.root.getByTestId('history-count').textContent()), { timeout: 30_000, what: `${pattern}` });
  await timed('opened with 4,001 entries', async () => {
    await panel.open();
    await says(/^4,001 comparisons$/);
  });
  assert.ok((await panel.entries().count()) <= 50, 'a part at a time');
  await timed('searched', async () => {
    await panel.search('number 3999');
    await says(/^1 of 4,001 comparisons$/);
  });
  await panel.search('');
  await says(/^4,001 comparisons$/);
  await panel.root.getByTestId('history-more').click();
  await panel.holds(100);
  await timed('deleted all', async () => {
    await panel.root.getByTestId('history-delete-all').click();
    await panel.root.getByTestId('history-delete-all-yes').click();
    await panel.holds(0);
  });
  await timed('brought all back', async () => {
    await panel.root.getByTestId('history-undo').click();
    await says(/^4,001 comparisons$/);
  });
});
