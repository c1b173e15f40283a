// What a person does while the page still waits for something, and what two tabs do beside
// each other: nothing is lost, nothing comes too late.

import assert from 'node:assert/strict';
import { stream } from './harness/byte_server.mjs';
import { hold, turns } from './harness/hold.mjs';
import { HistoryPanel, demo, kept, link, run, runAll, stored } from './harness/history.mjs';
import { go, onePane } from './harness/one_pane.mjs';
import { compatible } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { secondTab } from './harness/tabs.mjs';
import { gate, until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { world, scene } = stage({ bytes: true });

// --- What is kept -----------------------------------------------------------

scene('what was deleted and comes back with a file is kept, and has no undo any more', {}, async ({ app }) => {
  await runAll(app, ['first', 'second']);
  const panel = await new HistoryPanel(app).open();
  await panel.holds(2);
  const { text } = await panel.export();
  await panel.root.getByTestId('history-delete-all').click();
  await panel.root.getByTestId('history-delete-all-yes').click();
  await panel.holds(0);
  await panel.root.getByTestId('history-undo').waitFor();
  assert.match(await panel.import(text), /2 comparisons/);
  await panel.holds(2);
  // No list of what was deleted names them: nothing takes them away later.
  const { gone, documents } = await stored(app.page);
  assert.deepEqual(gone, {});
  assert.equal(Object.keys(documents).length, 2);
  await panel.root.getByTestId('history-undo').waitFor({ state: 'detached' });
});

scene('deletions one after another come back together', {}, async ({ app }) => {
  await runAll(app, ['first', 'second', 'third']);
  const panel = await new HistoryPanel(app).open();
  await panel.holds(3);
  // As with a double click: the next row is under the pointer by then.
  await panel.root.getByTestId('history-delete').first().click();
  await panel.holds(2);
  await panel.root.getByTestId('history-delete').first().click();
  await panel.holds(1);
  const said = panel.root.getByTestId('history-said');
  await until(async () => /2 comparisons deleted/.test(await said.innerText()), { what: 'both to be told' });
  // Other words do not take the way back away.
  await panel.export();
  await until(async () => /Undo the earlier deletion/.test(await said.innerText()), { what: 'the undo beside other words' });
  await panel.root.getByTestId('history-undo').click();
  await panel.holds(3);
  assert.deepEqual((await stored(app.page)).gone, {});
});

scene('private mode that is switched in another tab holds for what runs across it', ({ bytes }) => {
  const held = gate();
  const lane = bytes.lane().reply(stream([chat.start(), chat.text('Whispered'), { gate: held.opened }]));
  return { hand: { held, lane }, allow: [bytes.origin] };
}, async ({ app, held, lane }) => {
  const second = await secondTab(app, world.site, link('slow', [compatible(lane)]), [world.bytes.origin]);
  const [pane] = await second.panes(1);
  await second.approve();
  const panel = await new HistoryPanel(app).open();
  await panel.root.getByTestId('history-private').check();
  await second.page.getByTestId('private-mark').waitFor();
  await second.run();
  await pane.shows('Whispered');
  await panel.root.getByTestId('history-private').uncheck();
  await second.page.getByTestId('private-mark').waitFor({ state: 'hidden' });
  held.open();
  await second.settled();
  // A public run after it shows that there was time to write.
  await panel.close();
  await app.follow(link('public', [demo('demo-fast-500')]));
  await app.panes(1);
  await run(app);
  const other = await new HistoryPanel(second).open();
  await other.root.getByTestId('history-private-runs').waitFor();
  assert.ok(!JSON.stringify(await stored(app.page)).includes('Whispered'));
  second.verify();
  await second.page.close();
});

scene('what still streams when the next prompt is shown is kept when one comes back', ({ bytes }) => {
  const held = gate();
  const lane = bytes.lane().reply(stream([chat.start(), chat.text('Late'), { gate: held.opened }, chat.text(' but whole.'), chat.finish('stop'), chat.done()]));
  const panes = [demo('demo-fast-500'), compatible(lane)];
  return { allow: [bytes.origin], fragment: link('own', panes), hand: { held } };
}, async ({ app, held }) => {
  const { page } = app;
  const [, slow] = await app.panes(2);
  await app.approve();
  await page.keyboard.press('Escape');
  await app.action('prompt-list-open');
  await page.getByTestId('prompt-list-text').fill('One of the list\nAnother of the list');
  await page.getByTestId('prompt-list-take').click();
  await page.locator('dialog[data-testid=prompt-list]').waitFor({ state: 'hidden' });
  await app.run();
  await app.pane().reaches('done');
  await slow.shows('Late');
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('w');
  await page.getByTestId('present').waitFor();
  await page.keyboard.press('n');
  const head = async () => page.getByTestId('present-prompt').innerText();
  await until(async () => (await head()) === 'Another of the list', { what: 'the next prompt' });
  // What had ended is kept as it is left.
  await kept(page, 1);
  held.open();
  await turns(page);
  await page.keyboard.press('p');
  await until(async () => (await head()) === 'One of the list', { what: 'the first prompt again' });
  await slow.reaches('done');
  const both = async () => JSON.stringify(await stored(page)).includes('Late but whole.');
  await until(both, { what: 'the late answer to be kept' });
  await kept(page, 1);
});

scene('going through a list keeps nothing twice, also after a pane was removed', {
  fragment: link('own', [demo('demo-fast-500'), demo('demo-thinking-500')]),
}, async ({ app }) => {
  const { page } = app;
  const [first, second] = await app.panes(2);
  const press = (key) => page.keyboard.press(key);
  const stands = (text) => until(async () => (await page.getByTestId('present-prompt').innerText()) === text, { what: `the prompt ${text}` });
  await app.action('prompt-list-open');
  await page.getByTestId('prompt-list-text').fill('One\nTwo');
  await page.getByTestId('prompt-list-take').click();
  await page.locator('dialog[data-testid=prompt-list]').waitFor({ state: 'hidden' });
  await app.run();
  await app.settled();
  await page.evaluate(() => document.activeElement?.blur());
  await press('w');
  await page.getByTestId('present').waitFor();
  await press('n');
  await stands('Two');
  await press('Space');
  await app.settled();
  await kept(page, 2);
  await press('Escape');
  await page.getByTestId('present').waitFor({ state: 'detached' });
  await second.menu('pane-remove');
  await app.panes(1);
  await page.evaluate(() => document.activeElement?.blur());
  await press('w');
  await page.getByTestId('present').waitFor();
  for (const [key, text] of [['p', 'One'], ['n', 'Two'], ['p', 'One']]) {
    await press(key);
    await stands(text);
  }
  assert.equal(await first.phase(), 'done');
  await press('Escape');
  await page.getByTestId('present').waitFor({ state: 'detached' });
  // A run after it shows that there was time to write.
  await app.prompt('More');
  await app.run();
  await app.settled();
  const text = async () => Object.values((await stored(page)).documents).some((document) => document.includes('"More"'));
  await until(text, { what: 'the run after it' });
  await kept(page, 3);
});

// --- Two tabs ---------------------------------------------------------------

scene('two tabs change different settings, and none of them is lost', {}, async ({ app }) => {
  const second = await secondTab(app, world.site);
  const relay = async (one, provider, base) => {
    const settings = await one.openSettings();
    await settings.getByTestId('relay-provider').selectOption(provider);
    await settings.getByTestId('relay-base').fill(base);
    await settings.getByTestId('relay-base').press('Tab');
    await until(async () => (await settings.getByTestId('relay-note').textContent()).includes(base), { what: 'the relay to be taken' });
    return settings;
  };
  const here = await relay(app, 'openai', 'http://127.0.0.1:4101');
  await here.getByTestId('currency').fill('INR');
  await here.getByTestId('rate').fill('84.5');
  const there = await relay(second, 'anthropic', 'http://127.0.0.1:4102');
  await there.getByTestId('theme').selectOption('dark');
  await app.page.reload();
  await app.ready();
  const settings = await app.openSettings();
  assert.equal(await settings.getByTestId('currency').inputValue(), 'INR');
  assert.equal(await settings.getByTestId('rate').inputValue(), '84.5');
  assert.equal(await settings.getByTestId('theme').inputValue(), 'dark');
  for (const [provider, base] of [['openai', 'http://127.0.0.1:4101'], ['anthropic', 'http://127.0.0.1:4102']]) {
    await settings.getByTestId('relay-provider').selectOption(provider);
    await until(async () => (await settings.getByTestId('relay-base').inputValue()) === base, { what: `the relay of ${provider}` });
  }
  second.verify();
  await second.page.close();
});

scene('a currency of one tab never gets the rate of another', {}, async ({ app }) => {
  const second = await secondTab(app, world.site);
  const here = await app.openSettings();
  await here.getByTestId('currency').fill('EUR');
  await here.getByTestId('rate').fill('0.92');
  const there = await second.openSettings();
  await there.getByTestId('currency').fill('INR');
  await app.page.reload();
  await app.ready();
  const settings = await app.openSettings();
  assert.equal(await settings.getByTestId('currency').inputValue(), 'INR');
  assert.equal(await settings.getByTestId('rate').inputValue(), '');
  second.verify();
  await second.page.close();
});

// --- What comes too late ----------------------------------------------------

scene('a run that waits for a file which cannot be read is not sent without it', onePane(stream(chat.whole('Sent.'))), async ({ app, lane }) => {
  const { page } = app;
  await app.panes(1);
  await app.approve();
  const reading = await hold(page, 'Blob.prototype', 'arrayBuffer');
  await page.getByTestId('attach-files').setInputFiles([
    { name: 'archive.zip', mimeType: '', buffer: Buffer.from([0x50, 0x4b, 3, 4, 0, 0xff]) },
  ]);
  await reading.reached();
  await app.run();
  await app.tells(/waits|ready/);
  await reading.letGo();
  await app.tells(/archive\.zip was not attached/);
  await turns(page);
  assert.equal(lane.posts.length, 0, 'nothing was sent');
  await app.run();
  await app.pane().reaches('done');
  assert.equal(lane.posts.length, 1);
});

scene('a link that lends a key is that of the passphrase beside it', ({ bytes }) => {
  const lane = bytes.lane();
  return { allow: [bytes.origin], fragment: link('Go.', [compatible(lane)]), hand: { lane } };
}, async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.key('openai-compatible', await pane.root.locator('input[data-key-for]').first().getAttribute('data-origin'), 'sk-lent-0001');
  const settings = await app.openSettings();
  await settings.getByTestId('lend-open').click();
  const form = app.page.locator('dialog[data-testid=lend-key]');
  await form.getByTestId('lend-agree').check();
  const sealing = await hold(app.page, 'SubtleCrypto.prototype', 'deriveKey');
  await form.getByTestId('lend-make').click();
  await sealing.reached();
  await form.getByTestId('lend-passphrase').fill('other-words-than-those-before');
  await sealing.letGo();
  await until(async () => form.getByTestId('lend-make').isEnabled(), { what: 'the sealing to end' });
  await turns(app.page);
  assert.equal(await form.getByTestId('lend-link').count(), 0, 'what was sealed under other words is not shown');
  await form.getByTestId('lend-make').click();
  await form.getByTestId('lend-link').waitFor();
  assert.equal(await form.getByTestId('lend-aloud').innerText(), 'other-words-than-those-before');
});

scene('a file that was read too slowly does not open the dialog again', {}, async ({ app }) => {
  const { page } = app;
  await app.action('import');
  const dialog = page.locator('dialog[data-testid=imports]');
  await dialog.waitFor();
  const reading = await hold(page, 'Blob.prototype', 'arrayBuffer');
  const request = { model: 'gpt-4.1', messages: [{ role: 'user', content: 'too late' }] };
  await page.getByTestId('import-file').setInputFiles({ name: 'request.json', mimeType: '', buffer: Buffer.from(JSON.stringify(request)) });
  await reading.reached();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await reading.letGo();
  await turns(page);
  assert.equal(await dialog.isVisible(), false);
});

scene('a test of a connection is not shown under another provider', ({ bytes }) => {
  const held = gate();
  const lane = bytes.lane().models(stream([{ gate: held.opened }, JSON.stringify({ data: [] })]));
  return { allow: [bytes.origin], fragment: link('Go.', [{ provider: 'openai', model: 'gpt-4.1', base_url: lane.base }]), hand: { held } };
}, async ({ app, held }) => {
  await app.panes(1);
  await app.approve();
  await app.key('openai', world.bytes.origin, 'sk-test-0001');
  const settings = await app.openSettings();
  await settings.getByTestId('relay-provider').selectOption('openai');
  const test = settings.getByTestId('test-connection');
  await test.click();
  await until(async () => (await test.getAttribute('aria-busy')) === 'true', { what: 'the test to run' });
  const connection = settings.locator('.connection-test');
  await settings.getByTestId('relay-provider').selectOption('anthropic');
  await until(async () => (await test.getAttribute('aria-busy')) === 'false', { what: 'the test to be given up' });
  const answered = app.page.waitForEvent('requestfinished', (request) => request.url().endsWith('/models'));
  held.open();
  await answered;
  await turns(app.page);
  assert.equal(await connection.getByTestId('diagnosis').count(), 0);
});

scene('the second press of a double click does not stop what the first began', ({ bytes }) => {
  const held = gate();
  const lane = bytes.lane().replies([stream(chat.whole('One.')), stream([chat.start(), chat.text('Two.'), { gate: held.opened }, ...chat.whole('').slice(-3)])]);
  return { allow: [bytes.origin], fragment: link('Go.', [compatible(lane)]), hand: { held, lane } };
}, async ({ app, held, lane }) => {
  const pane = await go(app);
  await pane.reaches('done');
  await pane.root.getByTestId('pane-retry').dblclick();
  await pane.shows('Two.');
  held.open();
  await pane.reaches('done');
  assert.equal(lane.posts.length, 2);
});
