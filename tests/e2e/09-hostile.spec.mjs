// Hostile text in every place that shows text from outside: nothing runs,
// nothing is fetched, nothing opens, and the text itself is shown.

import assert from 'node:assert/strict';
import { json, stream } from './harness/byte_server.mjs';
import { MARKDOWN, MARKUP } from './harness/hostile.mjs';
import { openaiError } from './harness/one_pane.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

const ALL = [...MARKUP, ...MARKDOWN];
const PER_PAGE = 4;

/** Notes any call of `pwned`, also from a frame or an event handler. */
const trap = (page) =>
  page.addInitScript(() => {
    window.__pwned = [];
    window.pwned = (...args) => window.__pwned.push(String(args));
  });

/** What in the page could act on its own or on a click, and came from text. */
function dangers(page) {
  return page.evaluate(() => {
    const found = [];
    const scope = document.querySelector('#app') ?? document.body;
    for (const element of scope.querySelectorAll('*')) {
      const name = element.localName;
      const banned = ['script', 'iframe', 'object', 'embed', 'base', 'meta', 'link', 'style', 'math', 'video', 'audio', 'template'];
      if (banned.includes(name)) found.push(`<${name}>`);
      for (const attribute of element.attributes) {
        if (/^on/i.test(attribute.name)) found.push(`<${name} ${attribute.name}>`);
        if (attribute.name === 'srcdoc') found.push(`<${name} srcdoc>`);
      }
      if (name === 'img' && /^https?:/.test(element.getAttribute('src') ?? '')) found.push(`<img src=${element.src}>`);
      if (name === 'a' && element.hasAttribute('href')) {
        const { protocol } = element;
        const safe = ['http:', 'https:', 'mailto:', 'blob:'].includes(protocol) || element.getAttribute('href').startsWith('#');
        if (!safe) found.push(`<a href=${element.getAttribute('href')}>`);
        const outside = element.closest('[data-testid=pane]') && /^https?:$/.test(protocol);
        if (outside && !/noopener|noreferrer/.test(element.rel)) found.push(`<a rel=${element.rel}>`);
      }
    }
    return found;
  });
}

for (let start = 0; start < ALL.length; start += PER_PAGE) {
  const texts = ALL.slice(start, start + PER_PAGE);
  scene(
    `hostile texts ${start + 1} to ${start + texts.length} do nothing as answer, thinking, name, title or error`,
    ({ bytes }) => ({
      allow: [bytes.origin],
      prepare: trap,
      fragment: recipeLink({
        title: texts.join(' '),
        system: texts[0],
        prompt: texts.join('\n'),
        panes: texts.flatMap((text) => [
          compatible(
            bytes.lane().reply(stream(chat.whole(text, { thinking: text, pieces: 7, model: text }))),
            { model: text, label: text },
          ),
          compatible(bytes.lane().reply(json(400, openaiError(text, { param: text, code: text }))), { model: text }),
        ]),
      }),
    }),
    async ({ app }) => {
      const { page } = app;
      const panes = await app.panes(texts.length * 2);
      assert.deepEqual(await dangers(page), [], 'before the run');
      await app.approve();
      await app.run();
      await app.settled();
      assert.deepEqual(await dangers(page), [], 'after the run');
      for (const [index, text] of texts.entries()) {
        const answering = panes[index * 2];
        await answering.reaches('done');
        assert.equal(await answering.raw(), text, 'the text itself is kept');
        const plain = text.replace(/[\s\0]+/g, ' ').trim().slice(0, 10);
        assert.ok(
          (await panes[index * 2 + 1].error()).text.replace(/[\s\0\ufffd]+/g, ' ').includes(plain.replace(/\0/g, '')),
          `the provider's words are shown: ${text}`,
        );
      }
      assert.deepEqual(await dangers(page), [], 'in the raw view');
      for (const pane of panes) {
        for (const link of await pane.root.locator('[data-testid=answer] a[href]').all()) {
          assert.match(await link.getAttribute('href'), /^(https?:|mailto:|#)/);
        }
      }
      assert.deepEqual(await page.evaluate(() => window.__pwned), [], 'no script ran');
      assert.equal(new URL(page.url()).origin, app.origin, 'the page is still ours');
    },
  );
}

scene(
  'a remote image is fetched only after a click',
  ({ bytes }) => ({
    allow: [bytes.origin, 'https://pictures.example'],
    fragment: recipeLink({
      prompt: 'Go.',
      panes: [compatible(bytes.lane().reply(stream(chat.whole('Look: ![a cat](https://pictures.example/cat.png)'))))],
    }),
  }),
  async ({ app }) => {
    await app.panes(1);
    await app.approve();
    await app.run();
    await app.pane().reaches('done');
    assert.match(await app.pane().root.getByTestId('answer').innerText(), /a cat/);
    const pictures = () => app.sent({ origin: 'https://pictures.example' }).length;
    await app.page.waitForLoadState('networkidle');
    assert.equal(pictures(), 0);
  },
);

scene(
  'a link of an answer opens elsewhere, without a way back',
  ({ bytes }) => ({
    allow: [bytes.origin, 'https://example.com'],
    fragment: recipeLink({
      prompt: 'Go.',
      panes: [compatible(bytes.lane().reply(stream(chat.whole('See [this](https://example.com/a?b=c).'))))],
    }),
  }),
  async ({ app, world }) => {
    world.internet.host('example.com').models({ status: 200, headers: { 'content-type': 'text/html' }, steps: ['<p>elsewhere'] });
    await app.panes(1);
    await app.approve();
    await app.run();
    await app.pane().reaches('done');
    const link = app.pane().root.locator('[data-testid=answer] a').first();
    assert.equal(await link.getAttribute('href'), 'https://example.com/a?b=c');
    assert.equal(await link.getAttribute('target'), '_blank');
    assert.match(await link.getAttribute('rel'), /noopener/);
    assert.match(await link.getAttribute('rel'), /noreferrer/);
    const [popup] = await Promise.all([app.page.context().waitForEvent('page'), link.click()]);
    await until(async () => popup.url().startsWith('https://example.com/'), { what: 'the other page' });
    assert.equal(await popup.evaluate(() => window.opener), null);
    assert.equal(await popup.evaluate(() => document.referrer), '');
    await popup.close();
    app.popups.length = 0;
  },
);
