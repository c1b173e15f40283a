// No answer, half an answer, or an answer that makes no sense. The faults come
// from our own byte server.

import assert from 'node:assert/strict';
import { html, json, shred, stream } from './harness/byte_server.mjs';
import { freePort } from './harness/listen.mjs';
import { go, onePane } from './harness/one_pane.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { distFolder, staticHandler } from './harness/static.mjs';
import { gate } from './harness/wait.mjs';
import { anthropic, chat, gemini, responses } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

// --- No answer at all ------------------------------------------------------------

const localHelp = (origin) => new RegExp(`OLLAMA_ORIGINS=${origin.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w/])`);

scene(
  'a refused connection names the candidates and the setting for local servers',
  () => ({ fragment: '' }),
  async ({ app }) => {
    const origin = `http://127.0.0.1:${await freePort()}`;
    app.allowed.add(origin);
    await app.goto(`${app.origin}/?again${recipeLink({ prompt: 'Go.', panes: [{ provider: 'openai-compatible', model: 'm', base_url: `${origin}/v1` }] })}`);
    const pane = await go(app);
    const text = await pane.fails('blocked');
    assert.match(text, localHelp(app.origin));
    assert.match(text, /running|started|listen/i, 'the server may be down');
    assert.match(text, /CORS|allow/i);
  },
);

scene('a server without CORS names the candidates and the setting', onePane({ cors: 'none', steps: [] }), async ({ app, lane }) => {
  const pane = await go(app);
  const text = await pane.fails('blocked');
  assert.match(text, localHelp(app.origin));
  assert.match(text, /CORS|allow/i);
  assert.equal(lane.posts.length, 0, 'the preflight was refused');
});

scene(
  'a server that allows the preflight but not the answer is blocked too',
  onePane(stream(chat.whole('x'), { cors: 'preflight-only' })),
  async ({ app, lane }) => {
    const pane = await go(app);
    assert.match(await pane.fails('blocked'), localHelp(app.origin));
    assert.equal(lane.posts.length, 1);
  },
);

scene(
  'an http server called from an https page is told as mixed content',
  ({ internet }) => {
    internet.site('touchstone.example', staticHandler(distFolder()));
    return {
      url: 'https://touchstone.example/',
      allow: ['http://printer.example:8080'],
      fragment: recipeLink({
        prompt: 'Go.',
        panes: [{ provider: 'openai-compatible', model: 'm', base_url: 'http://printer.example:8080/v1' }],
      }),
    };
  },
  async ({ app }) => {
    const pane = await go(app);
    const text = await pane.fails('blocked');
    assert.match(text, /https/);
    assert.match(text, /http:|mixed|not encrypted|unencrypted/i);
  },
);

scene('offline is among the candidates when the browser knows it, even for this machine', onePane(stream(chat.whole('x'))), async ({ app, lane }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.page.context().setOffline(true);
  await app.run();
  assert.match(await pane.fails('blocked'), /offline/i);
  await app.page.context().setOffline(false);
  assert.equal(lane.posts.length, 0);
  await pane.retry();
  await pane.reaches('done');
});

scene('a connection dropped before any answer is blocked', onePane({ end: 'refuse' }), async ({ app }) => {
  const pane = await go(app);
  await pane.fails('blocked');
});

// --- Answers that break off or make no sense ----------------------------------------

const PART = [chat.start(), chat.text('Kept to the '), chat.text('last word')];

for (const [name, rest, kind] of [
  ['a disconnect midway', { steps: [], end: 'drop' }, 'truncated'],
  ['an end without the last event', { steps: [] }, 'truncated'],
  ['JSON that breaks off midway', { steps: ['data: {"choices":[{"delta":{"content":"x\n\n', chat.text('!')], end: 'stall' }, 'protocol'],
  ['garbage midway', { steps: ['data: {nonsense\n\n', ...chat.whole('!').slice(1)] }, 'protocol'],
]) {
  // The fault waits until the text is on the screen: the browser may drop what it has not yet given away.
  const held = gate();
  const reply = stream([...PART, { gate: held.opened }, ...rest.steps], { end: rest.end });
  scene(`${name} is ${kind}, text kept`, onePane(reply), async ({ app }) => {
    const pane = await go(app);
    await pane.shows('last word');
    held.open();
    await pane.fails(kind);
    assert.match(await pane.answer(), /Kept to the last word/);
  });
}

for (const [dialect, steps] of Object.entries({
  responses: [responses.start(), responses.text('Kept')],
  anthropic: [anthropic.start(), anthropic.open(), anthropic.text('Kept')],
  gemini: [gemini.part('Kept')],
})) {
  scene(`${dialect}: an end without the last event is truncated, text kept`, onePane(stream(steps), { dialect }), async ({ app }) => {
    const pane = await go(app);
    await pane.fails('truncated');
    assert.equal((await pane.answer()).trim(), 'Kept');
  });
}

scene('a stall fails after the idle limit that the person set, text kept', onePane(stream(PART, { end: 'stall' })), async ({ app, lane }) => {
  const pane = await go(app);
  await pane.shows('last word');
  await app.idleLimit(1);
  const text = await pane.fails('timeout');
  assert.match(text, /\b1\b/, 'the limit is named');
  assert.match(await pane.answer(), /Kept to the last word/);
  await lane.posts[0].left;
});

scene('a server that never answers fails after the idle limit', onePane(stream([{ gate: gate().opened }])), async ({ app }) => {
  await app.idleLimit(1);
  const pane = await go(app);
  await pane.fails('timeout');
});

scene('an HTML page is a protocol failure that doubts the base URL', onePane(html()), async ({ app }) => {
  const pane = await go(app);
  assert.match(await pane.fails('protocol'), /base URL|address/i);
});

scene('an empty body is a protocol failure, not a success', onePane(stream([])), async ({ app }) => {
  const pane = await go(app);
  assert.match(await pane.fails('protocol'), /empty|nothing/i);
});

scene('a JSON body that answers a stream request is read', onePane(json(200, {
  id: 'x', object: 'chat.completion', model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'In one piece.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
})), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  assert.equal(await pane.raw(), 'In one piece.');
  assert.equal((await pane.metrics()).output_tokens.value, 4);
});

const MIXED = 'Zażółć gęślą jaźń — 😀👩‍👩‍👧 日本語 \u2028 end';

scene('bytes cut anywhere, CRLF, comments and a BOM give the same text', onePane(
  stream(shred(`\ufeff: hello\r\n\r\n${chat.whole(MIXED, { pieces: 9 }).join('').replaceAll('\n', '\r\n')}`, 3)),
), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  assert.equal(await pane.raw(), MIXED);
});

scene('a two-megabyte answer arrives whole', ({ bytes }) => {
  const text = `${'All work and no play makes a dull answer. '.repeat(47_000)}The end.`;
  const lane = bytes.lane().reply(stream(chat.whole(text, { pieces: 400 })));
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }), hand: { text } };
}, async ({ app, text }) => {
  const pane = await go(app);
  await pane.reaches('done', { timeout: 60_000 });
  assert.ok((await pane.raw()) === text, 'not one character is missing');
});
