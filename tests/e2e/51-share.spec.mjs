// A comparison travels by link: what is shared is what is opened, in a fresh profile, with
// the same marks and values, and nothing private goes along unasked.

import assert from 'node:assert/strict';
import http from 'node:http';
import jsqr from 'jsqr';
import { findings } from './harness/axe.mjs';
import { stream } from './harness/byte_server.mjs';
import { close, listen } from './harness/listen.mjs';
import { go, onePane } from './harness/one_pane.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { openApp, stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { scene } = stage({ browser: 'chromium', bytes: true });

const at = (app, id) => app.page.getByTestId(id);
const dialog = (app) => app.page.locator('dialog[data-testid=share-dialog]');

/** The link as the dialog shows it, once it is there. */
async function link(app) {
  const field = at(app, 'share-link');
  await until(async () => (await field.inputValue()) !== '', { what: 'the link' });
  return field.inputValue();
}

async function share(app) {
  await at(app, 'share').click();
  await dialog(app).waitFor();
  return link(app);
}

/** Waits until the link is another one. */
async function changed(app, before) {
  await until(async () => ![before, ''].includes(await at(app, 'share-link').inputValue()), { what: 'another link' });
  return at(app, 'share-link').inputValue();
}

async function unfold(app, id) {
  await at(app, id).click();
}

/** Opens a link in a profile of its own, and closes it after `act`. */
async function elsewhere(world, address, act, options = {}) {
  const app = await openApp(world, { url: address, ...options });
  try {
    await act(app);
    app.verify();
  } finally {
    await app.page.context().close();
  }
}

const answer = stream(chat.whole('A haiku about rain, of some length.', { thinking: 'Let me count.', input: 12, output: 40 }));

scene('a result is opened elsewhere with the same marks and values', onePane(answer, { title: 'Rain' }), async ({ app, world }) => {
  const pane = await go(app);
  await pane.reaches('done');
  const address = await share(app);
  assert.match(address, /#c=/);
  const figures = await pane.metrics();
  await app.page.keyboard.press('Escape');
  const own = await app.exported();
  await elsewhere(world, address, async (other) => {
    const [shown] = await other.panes(1);
    assert.equal(await shown.phase(), 'done');
    assert.equal(await shown.finish(), 'stop');
    assert.deepEqual(await shown.metrics(), figures);
    assert.equal(await shown.answer(), await pane.answer());
    assert.equal(await shown.thinking(), await pane.thinking());
    assert.equal(await at(other, 'title').inputValue(), 'Rain');
    assert.deepEqual(other.sent(), [], 'opening sends nothing');
    const again = await other.exported();
    assert.deepEqual({ ...again.document, created: own.document.created }, own.document);
    // A reload shows it again: a draft has no results.
    await other.page.reload();
    await other.ready();
    assert.deepEqual(await other.pane().metrics(), figures);
  });
});

scene('a recipe is filled in elsewhere and does not run', ({ bytes }) => {
  const lane = bytes.lane();
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Say {{what}}.', system: 'Be terse.', variables: { what: 'hello' }, params: { temperature: 0.3 }, panes: [compatible(lane), compatible(lane, { model: 'n' })] }),
    hand: { lane },
  };
}, async ({ app, world, lane }) => {
  await app.panes(2);
  const address = await share(app);
  assert.equal(await at(app, 'share-private-endpoint').count(), 1, 'a private endpoint is named');
  const preview = await at(app, 'share-preview').innerText();
  for (const part of ['Say {{what}}.', 'Be terse.', 'what = hello', 'temperature = 0.3', lane.base, 'Keys']) {
    assert.ok(preview.includes(part), `the preview names ${part}`);
  }
  await elsewhere(world, address, async (other) => {
    const panes = await other.panes(2);
    assert.equal(await panes[1].mark('model'), 'n');
    assert.equal(await panes[0].phase(), 'idle');
    assert.equal(await at(other, 'prompt').inputValue(), 'Say {{what}}.');
    assert.equal(await at(other, 'system').inputValue(), 'Be terse.');
  });
  assert.equal(lane.posts.length, 0);
});

scene('what looks private is struck out of the link and stays on the page', ({ bytes }) => ({
  allow: [bytes.origin],
  fragment: recipeLink({ prompt: 'Mail asha@example.com the key sk-proj-Ab12Cd34Ef56Gh78Ij90.', panes: [compatible(bytes.lane())] }),
}), async ({ app, world }) => {
  await app.panes(1);
  const struck = await share(app);
  const found = at(app, 'share-finding');
  assert.equal(await found.count(), 2);
  const said = await at(app, 'share-private').innerText();
  assert.match(said, /API key/);
  assert.match(said, /E-mail address/);
  assert.ok(!said.includes('Ab12Cd34'), 'the key itself is not shown');
  assert.deepEqual(await findings(app.page), []);
  await elsewhere(world, struck, async (other) => {
    const prompt = await at(other, 'prompt').inputValue();
    assert.match(prompt, /^Mail █+ the key █+\.$/);
  });
  // One of them may go in.
  await at(app, 'share-decide').nth(1).click();
  const half = await changed(app, struck);
  await elsewhere(world, half, async (other) => {
    assert.match(await at(other, 'prompt').inputValue(), /^Mail asha@example\.com the key █+\.$/);
  });
  await at(app, 'share-keep-all').click();
  const all = await changed(app, half);
  await elsewhere(world, all, async (other) => {
    assert.match(await at(other, 'prompt').inputValue(), /sk-proj-Ab12Cd34Ef56Gh78Ij90\.$/);
  });
  await app.page.keyboard.press('Escape');
  assert.match(await at(app, 'prompt').inputValue(), /asha@example\.com the key sk-proj/);
});

scene('what is left out makes the link shorter and changes no figure', onePane(answer), async ({ app, world }) => {
  const pane = await go(app);
  await pane.reaches('done');
  const figures = await pane.metrics();
  let before = await share(app);
  const saving = dialog(app).locator('.share-saving').first();
  await until(async () => /saves/.test(await saving.textContent()), { what: 'what each part saves' });
  for (const part of ['thinking', 'sent']) {
    await at(app, `share-leave-${part}`).check();
    const after = await changed(app, before);
    assert.ok(after.length < before.length, `${part}: ${after.length} of ${before.length}`);
    before = after;
  }
  // There may be no more than firsts and lasts in so short an answer.
  await at(app, 'share-leave-chunk_times').check();
  before = await link(app);
  await elsewhere(world, before, async (other) => {
    const [shown] = await other.panes(1);
    assert.deepEqual(await shown.metrics(), figures);
    assert.equal(await shown.answer(), await pane.answer());
    assert.equal(await shown.thinking(), null);
  });
  await at(app, 'share-recipe').check({ force: true });
  const recipe = await changed(app, before);
  assert.ok(recipe.length < before.length);
});

scene('a passphrase is asked for, and a wrong one says so', onePane(answer), async ({ app, world }) => {
  const pane = await go(app);
  await pane.reaches('done');
  const open = await share(app);
  await unfold(app, 'share-protect');
  await at(app, 'share-passphrase').fill('correct horse battery');
  await at(app, 'share-seal').click();
  const sealed = await changed(app, open);
  await elsewhere(world, sealed, async (other) => {
    const field = at(other, 'incoming-passphrase');
    await field.waitFor();
    assert.deepEqual(await findings(other.page), []);
    await field.fill('wrong horse');
    await other.page.keyboard.press('Enter');
    await until(async () => /does not open/.test(await at(other, 'incoming-fault').textContent()), { what: 'the fault' });
    assert.equal(await at(other, 'pane').count(), 0);
    await field.fill('correct horse battery');
    await other.page.keyboard.press('Enter');
    const [shown] = await other.panes(1);
    assert.equal(await shown.answer(), await pane.answer());
  });
  // Given up, the page is as it was.
  await elsewhere(world, sealed, async (other) => {
    await at(other, 'incoming-cancel').click();
    await at(other, 'incoming').waitFor({ state: 'hidden' });
    await at(other, 'start-demo').waitFor();
  });
  await at(app, 'share-unseal').click();
  assert.equal((await changed(app, sealed)).length, open.length);
});

scene('the base of a link can be named, and is kept', onePane(answer), async ({ app }) => {
  await app.panes(1);
  const own = await share(app);
  assert.ok(own.startsWith(app.origin));
  await at(app, 'share-private-base').waitFor();
  const field = at(app, 'share-base');
  await field.fill('touchstone.example');
  await at(app, 'share-base-use').click();
  await dialog(app).getByText(/begins with https/).waitFor();
  assert.equal(await link(app), own, 'what cannot be used changes nothing');
  await field.fill('https://touchstone.example/app/?x=1#old');
  await at(app, 'share-base-use').click();
  const named = await changed(app, own);
  assert.ok(named.startsWith('https://touchstone.example/app/#c='), named.slice(0, 60));
  assert.equal(await at(app, 'share-private-base').count(), 0);
  await app.page.reload();
  await app.ready();
  assert.ok((await share(app)).startsWith('https://touchstone.example/app/#c='));
  await unfold(app, 'share-address');
  await at(app, 'share-base-own').click();
  assert.ok((await changed(app, named)).startsWith(app.origin));
});

/** What an independent reader makes of a picture of an element. */
async function readCode(page, element) {
  const png = (await element.screenshot()).toString('base64');
  const { data, width, height } = await page.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
    return { data: Array.from(data), width, height };
  }, png);
  return jsqr(Uint8ClampedArray.from(data), width, height)?.data;
}

for (const colorScheme of ['light', 'dark']) {
  scene(`a QR code of a recipe is read by another reader (${colorScheme})`, {
    fragment: recipeLink({ prompt: 'Say hello.', panes: [{ provider: 'demo', model: 'demo-fast' }] }),
    context: { colorScheme, viewport: { width: 1280, height: 900 } },
  }, async ({ app }) => {
    await app.panes(1);
    const address = await share(app);
    await unfold(app, 'share-qr');
    await at(app, 'qr-large').click();
    const large = app.page.locator('dialog[data-testid=qr-dialog]');
    await large.waitFor();
    assert.equal(await readCode(app.page, large.getByTestId('qr')), address);
    assert.deepEqual(await findings(app.page), []);
  });
}

scene('a frame of another page shows it, read only', onePane(answer, { title: 'Framed' }), async ({ app, world }) => {
  const pane = await go(app);
  await pane.reaches('done');
  const address = await share(app);
  await unfold(app, 'share-embed');
  const snippet = await at(app, 'share-snippet').inputValue();
  assert.match(snippet, /sandbox="/);
  assert.ok(!/allow-top-navigation|allow-forms|allow-modals/.test(snippet));
  const figures = await pane.metrics();
  const answered = await pane.answer();
  const host = http.createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Host</title>${snippet}`);
  });
  const port = await listen(host);
  const context = await world.browser.newContext({ viewport: { width: 900, height: 700 } });
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    const frame = page.frameLocator('iframe');
    await frame.getByTestId('pane').first().waitFor();
    assert.equal((await frame.getByTestId('answer').textContent()).trim(), answered.trim());
    const seen = await frame.locator('data[data-metric]').evaluateAll((all) => all.map((one) => [one.dataset.metric, one.getAttribute('value')]));
    assert.deepEqual(Object.fromEntries(seen), Object.fromEntries(Object.entries(figures).map(([name, { value }]) => [name, String(value)])));
    for (const id of ['settings', 'prompt', 'run', 'share', 'pick-model', 'save-key']) {
      assert.equal(await frame.getByTestId(id).count(), 0, `${id} is not in the frame`);
    }
    assert.equal(await frame.getByTestId('embed-open').getAttribute('href'), address);
    // Whoever frames the page without the view gets no more to click.
    await page.setContent(`<iframe src="${address}" width="800" height="600" title="plain"></iframe>`);
    await page.frameLocator('iframe').getByTestId('embed').waitFor();
    assert.equal(await page.frameLocator('iframe').getByTestId('run').count(), 0);
  } finally {
    await context.close();
    await close(host);
  }
});

scene('the dialog is worked by keyboard alone', onePane(answer), async ({ app }) => {
  await app.panes(1);
  await at(app, 'share').focus();
  await app.page.keyboard.press('Enter');
  await dialog(app).waitFor();
  await link(app);
  assert.equal(await app.page.evaluate(() => document.activeElement.dataset.testid), 'share-copy');
  await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.page.keyboard.press('Enter');
  await app.tells(/copied/i);
  assert.equal(await app.page.evaluate(() => navigator.clipboard.readText()), await link(app));
  const reached = new Set();
  for (let step = 0; step < 40; step += 1) {
    await app.page.keyboard.press('Tab');
    reached.add(await app.page.evaluate(() => document.activeElement?.dataset?.testid ?? ''));
  }
  for (const id of ['share-file', 'share-protect', 'share-address', 'share-qr', 'share-embed', 'share-link']) {
    assert.ok(reached.has(id), `${id} is reached`);
  }
  assert.deepEqual(await findings(app.page), []);
  await app.page.keyboard.press('Escape');
  await dialog(app).waitFor({ state: 'hidden' });
  assert.equal(await app.page.evaluate(() => document.activeElement.dataset.testid), 'share');
});

scene('the file holds what the link holds', onePane(answer), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  await share(app);
  await at(app, 'share-leave-thinking').check();
  const [download] = await Promise.all([app.page.waitForEvent('download'), at(app, 'share-file').click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const document = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  assert.equal(document.touchstone, 'result/1');
  const [run] = document.panes[0].turns[0].runs;
  assert.equal(run.thinking, undefined);
  assert.match(run.answer, /haiku/);
});
