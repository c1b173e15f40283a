// Files beside a prompt: how they come in, what each provider gets to the byte, and what
// is said where a model does not take one.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { posted } from './harness/bodies.mjs';
import { onItsSide, png, sizeOf } from './harness/picture.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { violations } from './harness/schema.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const { world, scene } = stage({
  aimock: [{ match: { userMessage: 'look' }, response: { content: 'A red square.' } }],
});

const ROUTES = [
  { provider: 'openai', api: 'chat', model: 'gpt-4.1' },
  { provider: 'openai', model: 'gpt-4.1' },
  { provider: 'anthropic', model: 'claude-haiku-4-5' },
  { provider: 'gemini', model: 'gemini-3.5-flash' },
];
const KEYS = { openai: 'sk-test-0001', anthropic: 'sk-ant-test-0002', gemini: 'AIza-test-0003' };
const PICTURE = png(60, 40);
const DATA = PICTURE.toString('base64');
const PDF = Buffer.from('%PDF-1.4 not much of one');

const panes = (routes, rest = {}) => ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({
    prompt: 'look',
    panes: routes.map((route) => ({ ...route, base_url: aimock.bases[route.provider] })),
    ...rest,
  }),
});

async function ready(app, routes, count = routes.length) {
  await app.panes(count);
  await app.approve();
  for (const provider of new Set(routes.map((route) => route.provider))) {
    await app.key(provider, world.aimock.origin, KEYS[provider]);
  }
  await world.aimock.forget();
}

const file = (name, buffer, mimeType = '') => ({ name, mimeType, buffer });

async function pick(app, ...files) {
  const before = await tiles(app).count();
  await app.page.getByTestId('attach-files').setInputFiles(files);
  await until(async () => (await tiles(app).count()) === before + files.length, { what: 'the files to be attached' });
}

const tiles = (app) => app.page.getByTestId('attachment');
const notes = (app) => app.page.getByTestId('attachment-note').allInnerTexts();

/** Every base64 text in a body that holds an image. */
function images(body) {
  const found = [];
  const walk = (value, kind) => {
    if (typeof value === 'string') {
      const [, inline] = /^data:image\/[a-z]+;base64,(.*)$/s.exec(value) ?? [];
      if (inline) found.push(inline);
      else if (kind) found.push(value);
    } else if (Array.isArray(value)) {
      for (const item of value) walk(item);
    } else if (value && typeof value === 'object') {
      const type = value.media_type ?? value.mimeType ?? '';
      for (const [key, item] of Object.entries(value)) walk(item, key === 'data' && type.startsWith('image/'));
    }
  };
  walk(body);
  return found;
}

scene('a picked image reaches four APIs to the byte', panes(ROUTES), async ({ app }) => {
  await ready(app, ROUTES);
  await pick(app, file('square.png', PICTURE), file('paper.pdf', PDF), file('table.csv', Buffer.from('a,b\n1,2\n')));
  assert.match(await tiles(app).first().innerText(), /square\.png\s+60 × 40/);
  await until(async () => /^data:image\/png/.test(await tiles(app).first().locator('img').getAttribute('src')), {
    what: 'the thumbnail',
  });
  await app.run();
  assert.deepEqual(await app.settled(), ['done', 'done', 'done', 'done']);
  const requests = posted(app, world.aimock.origin);
  assert.deepEqual(requests.map((one) => one.dialect).sort(), ['anthropic', 'chat', 'gemini', 'responses']);
  for (const { dialect, text, body } of requests) {
    assert.deepEqual(images(body), [DATA], dialect);
    assert.ok(text.includes(PDF.toString('base64')), `${dialect} has the PDF`);
    assert.ok(text.includes('<file name=\\"table.csv\\">\\na,b\\n1,2\\n</file>'), `${dialect} has the table as text`);
  }
  // What aimock itself kept of it. It turns what came into the shape of Chat Completions, and
  // keeps no more than the texts of the other APIs.
  const chat = (await world.aimock.journal()).find((entry) => entry.path.endsWith('/chat/completions'));
  assert.deepEqual(images(chat.body), [DATA]);
  // In the turn, no longer in the composer.
  assert.equal(await tiles(app).count(), 0);
  assert.match(await app.pane(0).root.getByTestId('turn-files').innerText(), /square\.png/);
  // What was sent is shown without megabytes.
  const { body } = await app.pane(2).sent();
  assert.ok(body.includes('square.png, image/png') && !body.includes(DATA), body.slice(0, 600));
  const { document } = await app.exported();
  const [picture, paper] = document.panes[0].turns[0].attachments;
  assert.deepEqual([picture.name, picture.width, picture.height, picture.data], ['square.png', 60, 40, DATA]);
  assert.equal(paper.media_type, 'application/pdf');
  const schema = await app.page.evaluate(async () =>
    Promise.all(['result-1', 'recipe-1'].map(async (name) => (await fetch(`schema/${name}.json`)).json())),
  );
  assert.deepEqual(violations(schema[0], document, { 'recipe-1.json': schema[1] }), []);
});

scene('pasting and dropping attach as well, and a drop has a place that shows', panes(ROUTES.slice(2, 3)), async ({ app }) => {
  await ready(app, ROUTES.slice(2, 3));
  await app.page.evaluate(([first, second]) => {
    const bring = (name, base64) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: 'image/png' }));
      return transfer;
    };
    const prompt = document.querySelector('[data-testid=prompt]');
    const pasted = new ClipboardEvent('paste', { clipboardData: bring('pasted.png', first), bubbles: true, cancelable: true });
    prompt.dispatchEvent(pasted);
    globalThis.pastedWasTaken = pasted.defaultPrevented;
    const dataTransfer = bring('dropped.png', second);
    globalThis.drag = (name, more = {}) =>
      document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true, ...more }));
    globalThis.drag('dragover');
  }, [DATA, png(5, 6).toString('base64')]);
  const target = app.page.getByTestId('drop-target');
  await target.waitFor({ state: 'visible' });
  await app.page.evaluate(() => globalThis.drag('dragleave'));
  await target.waitFor({ state: 'hidden' });
  const taken = await app.page.evaluate(() => [globalThis.pastedWasTaken, !globalThis.drag('dragover'), !globalThis.drag('drop')]);
  assert.deepEqual(taken, [true, true, true], 'or the browser would open the file');
  await target.waitFor({ state: 'hidden' });
  await until(async () => (await tiles(app).count()) === 2, { what: 'both to be attached' });
  // Words are still pasted as words.
  assert.equal(await app.page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'words');
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    return document.querySelector('[data-testid=prompt]').dispatchEvent(event);
  }), true);
  await app.run();
  await app.settled();
  assert.deepEqual(images(posted(app, world.aimock.origin)[0].body), [DATA, png(5, 6).toString('base64')]);
});

scene('a model that takes no image is not asked, and says what to do', panes([
  { provider: 'openai', api: 'chat', model: 'gpt-3.5-turbo' }, ROUTES[0],
]), async ({ app }) => {
  await ready(app, ROUTES.slice(0, 1), 2);
  await pick(app, file('square.png', PICTURE));
  assert.deepEqual(await notes(app), ['gpt-3.5-turbo: not sent, takes no images']);
  await app.run();
  await app.pane(1).reaches('done');
  const text = await app.pane(0).fails('bad_request');
  assert.match(text, /Nothing was sent/);
  assert.match(text, /“square\.png” is an image, and this model takes none\. Choose another model for this pane, or take the file out of the message\./);
  assert.deepEqual(posted(app, world.aimock.origin).map((one) => one.body.model), ['gpt-4.1']);
  await app.pane(0).root.getByRole('button', { name: 'Choose a model' }).waitFor();
  await app.pane(0).root.getByTestId('change-message').click();
  await until(async () => (await tiles(app).count()) === 1, { what: 'the message to come back with its file' });
  await app.page.getByTestId('remove-attachment').click();
  await app.run();
  assert.deepEqual(await app.settled(), ['done', 'done']);
  assert.deepEqual(images(posted(app, world.aimock.origin).at(-1).body), []);
});

scene('an image beyond the limits of one provider is made to fit that one alone', panes([ROUTES[0], ROUTES[2]]), async ({ app }) => {
  await ready(app, [ROUTES[0], ROUTES[2]]);
  const wide = png(9000, 12);
  await pick(app, file('wide.png', wide));
  // At once: Run waits until the image is ready.
  await app.run();
  await app.pane(1).reaches('done');
  await app.pane(0).reaches('done');
  const [chat, anthropic] = ['chat', 'anthropic'].map((dialect) =>
    posted(app, world.aimock.origin).find((one) => one.dialect === dialect).body);
  assert.deepEqual(images(chat), [wide.toString('base64')], 'the original');
  const [sent] = images(anthropic);
  assert.deepEqual(sizeOf(Buffer.from(sent, 'base64')), [8000, 10]);
  await app.pane(0).root.getByTestId('edit-turn').click();
  await until(async () => (await notes(app)).some((note) => /^Anthropic: as (PNG|JPEG), 8000 × 10, /.test(note)), {
    what: 'the tile to say what is sent to whom',
  });
});

scene('a photograph that lies on its side goes out upright', panes(ROUTES.slice(0, 1)), async ({ app }) => {
  await ready(app, ROUTES.slice(0, 1));
  const jpeg = Buffer.from(await app.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 20);
    const context = canvas.getContext('2d');
    context.fillRect(0, 0, 40, 20);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }));
  await pick(app, file('photo.jpg', onItsSide(jpeg)));
  assert.match(await tiles(app).innerText(), /20 × 40/, 'the size that is seen');
  await until(async () => (await notes(app)).some((note) => /OpenAI: as JPEG, 20 × 40/.test(note)), { what: 'the upright form' });
  await app.run();
  await app.settled();
  const sent = Buffer.from(images(posted(app, world.aimock.origin)[0].body)[0], 'base64');
  assert.deepEqual(sizeOf(sent), [20, 40]);
  assert.ok(!sent.includes('Exif'));
});

scene('what cannot be attached is said, and the rest is', panes(ROUTES.slice(0, 1)), async ({ app }) => {
  await app.panes(1);
  await app.page.getByTestId('attach-files').setInputFiles([
    file('archive.zip', Buffer.from([0x50, 0x4b, 3, 4, 0, 0xff])),
    file('nothing.txt', Buffer.alloc(0)),
    file('notes.md', Buffer.from('# Notes\n')),
  ]);
  await app.tells(/archive\.zip was not attached: it is neither PNG/);
  await app.tells(/nothing\.txt is empty/);
  assert.match(await tiles(app).innerText(), /notes\.md/);
});

scene('files are removed and brought back by keyboard, and survive edits and reloads', panes(ROUTES.slice(2, 3)), async ({ app }) => {
  await ready(app, ROUTES.slice(2, 3));
  await pick(app, file('one.png', PICTURE), file('two.png', png(7, 7)));
  const focused = () => app.page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.dataset.testid);
  await app.page.getByTestId('remove-attachment').first().focus();
  await app.page.keyboard.press('Enter');
  await until(async () => (await focused()) === 'Remove two.png', { what: 'the focus on the next one' });
  await app.page.keyboard.press('Enter');
  await until(async () => (await focused()) === 'attach', { what: 'the focus on the button that attaches' });
  assert.equal(await tiles(app).count(), 0);
  await app.page.getByTestId('toast').last().getByRole('button', { name: 'Undo' }).click();
  assert.match(await tiles(app).innerText(), /two\.png/);
  assert.deepEqual(await findings(app.page), []);

  await app.run();
  await app.settled();
  await app.pane(0).root.getByTestId('edit-turn').click();
  assert.match(await tiles(app).innerText(), /two\.png/);
  await app.page.getByTestId('cancel-edit').click();
  assert.equal(await tiles(app).count(), 0);
  await app.pane(0).retry();
  await until(() => posted(app, world.aimock.origin).length === 2, { what: 'the retry' });
  const [first, again] = posted(app, world.aimock.origin);
  assert.equal(first.text, again.text);
  await app.settled();

  await pick(app, file('large.txt', Buffer.alloc(4_000_000, 'a')), file('kept.png', PICTURE));
  await app.prompt('look again');
  await until(() => app.page.evaluate(() => (sessionStorage.getItem('touchstone.draft.files') ?? '').includes('kept.png')), {
    what: 'the files to be kept',
  });
  await app.page.reload();
  await app.ready();
  await app.tells(/no longer attached: large\.txt/);
  assert.match(await tiles(app).innerText(), /kept\.png/);
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'look again');
});

scene('on a phone everything fits', (servers) => ({
  ...panes(ROUTES.slice(2, 3))(servers),
  context: { viewport: { width: 390, height: 844 } },
}), async ({ app }) => {
  await app.panes(1);
  await pick(app, file('a-name-that-is-much-longer-than-any-phone-is-wide-and-then-some.png', PICTURE), file('b.pdf', PDF));
  const tooWide = await app.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(tooWide <= 0, `the page is ${tooWide} px too wide`);
  const box = await app.page.getByTestId('remove-attachment').first().boundingBox();
  assert.ok(box.width >= 24 && box.height >= 24 && box.x + box.width <= 390);
});
