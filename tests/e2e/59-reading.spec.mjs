// Reading answers against each other: the pinned reference and the marks of the
// others, the way through the changes, scrolling together by heading, and a run
// beside the same run made again.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { stream } from './harness/byte_server.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const OLD = 'The capital is Delhi. It has many gardens and a fort of red stone.';
const NEW = 'The capital is New Delhi. It has many gardens, and a metro that is worth a ride.';
const again = 'Which town is it?';

const FIXTURES = [
  {
    match: { userMessage: again, sequenceIndex: 0 },
    response: { content: OLD, model: 'm-2026-01-01', usage: { prompt_tokens: 9, completion_tokens: 60 } },
  },
  {
    match: { userMessage: 'What was it?' },
    response: { content: NEW, model: 'm-2026-11-11', usage: { prompt_tokens: 9, completion_tokens: 80 } },
  },
  {
    match: { userMessage: again },
    response: { content: NEW, model: 'm-2026-09-09', usage: { prompt_tokens: 9, completion_tokens: 80 } },
  },
];

const { world, scene } = stage({ bytes: true, aimock: FIXTURES });

/** Panes on lanes that give these answers. */
const answering = (answers, rest = {}) => ({ bytes }) => {
  const lanes = answers.map((answer) => bytes.lane().reply(Array.isArray(answer) ? stream(answer) : stream(chat.whole(answer))));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: lanes.map((lane, at) => compatible(lane, { label: `Model ${at + 1}` })) }),
    hand: { lanes },
    ...rest,
  };
};

async function run(app, count) {
  const panes = await app.panes(count);
  await app.approve();
  await app.run();
  return panes;
}

const squeeze = (text) => text.replace(/[\s\u200b]+/g, ' ').trim();
const part = (pane, id) => pane.root.getByTestId(id);

/** Roles and names of a part of the page, as assistive technology gets them. */
const spoken = (pane) => part(pane, 'marks').ariaSnapshot();

scene('a pinned answer is the reference, and the others carry marks', answering([OLD, NEW, OLD]), async ({ app }) => {
  const panes = await run(app, 3);
  await app.settled();
  await panes[0].menu('pane-pin');
  await part(panes[0], 'reference').waitFor();
  await part(panes[1], 'marks').waitFor();
  assert.ok(await part(panes[0], 'answer').isVisible(), 'the reference stays as it is');
  assert.ok(!(await part(panes[1], 'answer').isVisible()), 'the marks stand in for the answer');
  assert.equal(squeeze(await panes[1].answer()), squeeze(NEW), 'which is still in the page');

  // What is not inserted is the reference, what is not removed is the answer.
  const texts = await part(panes[1], 'marks').evaluate((marks) => {
    const without = (selector) => {
      const copy = marks.cloneNode(true);
      for (const gone of copy.querySelectorAll(`${selector}, .visually-hidden`)) gone.remove();
      return copy.textContent;
    };
    return [without('ins'), without('del')];
  });
  assert.deepEqual(texts, [OLD, NEW]);

  const tree = await spoken(panes[1]);
  assert.match(tree, /deletion/);
  assert.match(tree, /insertion/);
  assert.match(tree, /Change 1 of \d+: added “New”/);
  assert.match(await part(panes[1], 'marks').locator('ins').first().innerText(), /^\+/);
  for (const [mark, line] of [['del', 'line-through'], ['ins', 'underline']]) {
    const drawn = await part(panes[1], 'marks').locator(mark).first().evaluate((one) => getComputedStyle(one).textDecorationLine);
    assert.equal(drawn, line, 'marks are not colour alone');
  }

  const figures = squeeze(await part(panes[1], 'reading-figures').innerText());
  assert.match(figures, /\d+ % of words in common/);
  assert.match(figures, /\+\d+ words? \(\+\d+ %\)/);
  assert.match(await part(panes[2], 'reading-note').innerText(), /Word for word the same/);
  assert.deepEqual(await findings(app.page), []);

  await part(panes[1], 'toggle-marks').click();
  await part(panes[1], 'answer').waitFor();
  assert.equal(await part(panes[1], 'marks').count(), 0);
  await part(panes[1], 'toggle-marks').click();
  await part(panes[1], 'marks').waitFor();

  await part(panes[0], 'unpin').click();
  await part(panes[1], 'answer').waitFor();
  assert.equal(await part(panes[1], 'reading').count(), 0);
});

scene('the changes are gone through by keyboard alone, and read out', answering([OLD, NEW]), async ({ app }) => {
  const panes = await run(app, 2);
  await app.settled();
  const { page } = app;
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('d');
  await app.tells(/Pin a reference first/);
  await page.keyboard.press('1');
  await page.keyboard.press('p');
  await part(panes[1], 'marks').waitFor();
  const of = await part(panes[1], 'marks').locator('[data-change]').count();
  assert.ok(of > 1, `${of} changes`);
  assert.equal(await part(panes[1], 'change-count').innerText(), `${of} changes`);
  const goes = async (key, to) => {
    await page.keyboard.press(key);
    await until(async () => (await page.evaluate(() => document.activeElement.dataset.change)) === String(to), { what: `${key} to lead to change ${to}` });
    assert.equal(await part(panes[1], 'change-count').innerText(), `${to + 1} of ${of}`);
  };
  await goes('n', 0);
  await goes('n', 1);
  await goes('Shift+N', 0);
  await goes('Shift+N', of - 1);
  await goes('n', 0);
  const label = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.match(label, new RegExp(`^Change 1 of ${of}: `));
  const says = await page.locator('[data-testid=status]').allInnerTexts();
  assert.ok(says.some((text) => text.includes(`Change 1 of ${of}`)), says.join());
  // Hidden marks come back with the way through them.
  await page.keyboard.press('d');
  await part(panes[1], 'answer').waitFor();
  await page.keyboard.press('2');
  await page.keyboard.press('n');
  await part(panes[1], 'marks').waitFor();
});

scene('marks follow an answer that still grows, and are right at its end', ({ bytes }) => {
  const open = gate();
  const pieces = chat.whole(NEW, { pieces: 6 });
  const slow = bytes.lane().reply(stream([...pieces.slice(0, 4), { gate: open.opened }, ...pieces.slice(4)]));
  const quick = bytes.lane().reply(stream(chat.whole(OLD)));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [compatible(quick), compatible(slow)] }),
    hand: { open },
  };
}, async ({ app, open }) => {
  const panes = await run(app, 2);
  await panes[0].reaches('done');
  await panes[1].reaches('answering');
  await panes[0].menu('pane-pin');
  await part(panes[1], 'marks').waitFor();
  const without = (selector) => part(panes[1], 'marks').evaluate((marks, gone) => {
    const copy = marks.cloneNode(true);
    for (const one of copy.querySelectorAll(`${gone}, .visually-hidden`)) one.remove();
    return copy.textContent;
  }, selector);
  assert.equal(await without('ins'), OLD);
  open.open();
  await panes[1].reaches('done');
  await until(async () => (await without('del')) === NEW, { what: 'the marks of the whole answer' });
});

scene('answers that are JSON differ by path', answering(['{"name": "fig", "tags": ["a", "b"]}', '```json\n{"name": "plum", "tags": ["a"], "ripe": true}\n```']), async ({ app }) => {
  const panes = await run(app, 2);
  await app.settled();
  await panes[0].menu('pane-pin');
  const rows = part(panes[1], 'path-changes').locator('tr');
  await rows.first().waitFor();
  const lines = (await rows.allInnerTexts()).map(squeeze);
  assert.deepEqual(lines.map((line) => line.split(' ')[0]), ['name', 'tags[1]', 'ripe']);
  assert.match(lines[0], /fig.*plum/);
});

const long = (words) => Array.from({ length: words }, (_, at) => `word${at}`).join(' ');
const ONE = `# Causes\n\n${long(120)}\n\n# Effects\n\n${long(500)}\n\n# Cures\n\n${long(500)}\n`;
const TWO = `A word before.\n\n${long(300)}\n\n# 1. Causes\n\n${long(500)}\n\n# 2. Effects\n\n${long(60)}\n\n# 3. Cures\n\n${long(700)}\n`;

scene('locked answers scroll with their headings level', answering([ONE, TWO]), async ({ app }) => {
  const panes = await run(app, 2);
  await app.settled();
  const settings = await app.openSettings();
  await settings.getByRole('checkbox', { name: /scroll all answers/i }).check();
  await app.closeSettings();
  const body = (pane) => pane.root.locator('.pane-body');
  /** How far below the top of its pane a heading stands. */
  const height = (pane, text) => body(pane).evaluate((box, wanted) => {
    const heading = [...box.querySelectorAll('.md-h')].find((one) => one.textContent.includes(wanted));
    return heading.getBoundingClientRect().top - box.getBoundingClientRect().top;
  }, text);
  const scrollTo = async (pane, other, text) => {
    await body(pane).evaluate((box, wanted) => {
      const heading = [...box.querySelectorAll('.md-h')].find((one) => one.textContent.includes(wanted));
      box.scrollTop += heading.getBoundingClientRect().top - box.getBoundingClientRect().top;
    }, text);
    await until(async () => Math.abs((await height(pane, text)) - (await height(other, text))) < 4, {
      what: `${text} to be level: ${await height(pane, text)} and ${await height(other, text)}`,
    });
  };
  for (const text of ['Effects', 'Cures', 'Causes']) await scrollTo(panes[0], panes[1], text);
  // The other way round as well, and the one that leads is not pulled back.
  for (const text of ['Cures', 'Effects']) {
    await scrollTo(panes[1], panes[0], text);
    assert.ok(Math.abs(await height(panes[1], text)) < 4, 'it stays where it was scrolled to');
  }
});

async function openDrift(app) {
  await app.action('open-drift');
  const dialog = app.page.locator('dialog[data-testid=drift]');
  await dialog.waitFor();
  return dialog;
}

scene('a prompt that is run again stands beside its first run, with what changed named', ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({
    prompt: again,
    panes: [{ provider: 'openai-compatible', base_url: aimock.bases['openai-compatible'], model: 'm' }],
  }),
}), async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  await app.run();
  await pane.reaches('done');
  const dialog = await openDrift(app);
  assert.match(await dialog.innerText(), /Every pane has one run/);
  assert.match(await dialog.getByTestId('drift-now').innerText(), /Not run again yet/);
  await dialog.getByTestId('drift-run').click();
  const changes = dialog.getByTestId('drift-changes');
  await until(async () => /m-2026-09-09/.test(await changes.innerText().catch(() => '')), { what: 'the changed model to be named' });
  assert.match(squeeze(await changes.innerText()), /Model that answered.*m-2026-01-01.*m-2026-09-09/);
  const side = async (id) => squeeze(await dialog.getByTestId(id).locator('.marked').innerText());
  assert.match(await side('drift-then'), /fort of red stone/);
  assert.match(await side('drift-now'), /worth a ride/);
  assert.ok(await dialog.getByTestId('drift-then').locator('del').count());
  assert.ok(await dialog.getByTestId('drift-now').locator('ins').count());
  const tokens = squeeze(await dialog.locator('[data-figure=output_tokens]').innerText());
  assert.match(tokens, /60 80 \+20 \(\+33 %\)/);
  assert.match(await dialog.getByTestId('drift-single').innerText(), /may be chance/);
  assert.deepEqual(await findings(app.page), []);
  await app.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
});

/** A result of one pane on aimock, as a file has it. */
const result = (aimock) => ({
  touchstone: 'result/1',
  app: { name: 'touchstone', version: '0.0.9' },
  created: '2026-02-03T04:05:06.000Z',
  machine: {},
  recipe: {
    touchstone: 'recipe/1',
    messages: [{ role: 'user', content: 'What was it?' }],
    panes: [{ provider: 'openai-compatible', base_url: aimock.bases['openai-compatible'], model: 'm', params: { temperature: 0.7 } }],
  },
  panes: [{
    provider: 'openai-compatible',
    api: 'chat',
    model: 'm',
    host: new URL(aimock.origin).host,
    params: { temperature: 0.7 },
    turns: [{
      prompt: 'What was it?',
      runs: [{
        status: 'done',
        answer: OLD,
        response_model: 'm-2025-12-12',
        sent: {
          method: 'POST',
          url: `${aimock.bases['openai-compatible']}/chat/completions`,
          headers: {},
          body: { model: 'm', messages: [{ role: 'user', content: 'What was it?' }], temperature: 0.2 },
          notes: [],
        },
        usage: { input: { total: 9 }, output: { total: 60 } },
        marks: { headers_ms: 100, first_byte_ms: 110, first_answer_ms: 120, first_token_ms: 120, last_answer_ms: 900, last_token_ms: 900, end_ms: 910 },
        figures: { ttft_ms: 120, ttfa_ms: 120, total_ms: 910 },
        first_call: false,
        hidden_tab: false,
        frames: { known: 5, unknown: 0, corrupt: 0 },
        gen_ai: {},
      }],
    }],
  }],
});

scene('a result that was opened is run again with one’s own, and stands beside it', ({ aimock }) => ({ allow: [aimock.origin] }), async ({ app, world: { aimock } }) => {
  await app.action('import');
  await app.page.locator('dialog[data-testid=imports]').waitFor();
  await app.page.getByTestId('import-text').fill(JSON.stringify(result(aimock)));
  await app.page.getByTestId('import-look').click();
  await app.page.getByTestId('import-apply').click();
  const [pane] = await app.panes(1);
  await pane.reaches('done');
  assert.equal(squeeze(await pane.answer()), OLD);
  assert.deepEqual(app.sent({ method: 'POST' }), [], 'to open a result sends nothing');
  await app.approve();
  const dialog = await openDrift(app);
  assert.match(await dialog.innerText(), /This result was made 2026-02-03 04:05 UTC/);
  assert.match(await dialog.getByTestId('drift-now').innerText(), /Not run again yet/);
  await dialog.getByTestId('drift-run').click();
  const changes = dialog.getByTestId('drift-changes');
  await until(async () => /m-2026-11-11/.test(await changes.innerText().catch(() => '')), { what: 'the changed model to be named' });
  const said = squeeze(await changes.innerText());
  assert.match(said, /Model that answered.*m-2025-12-12.*m-2026-11-11/);
  assert.match(said, /temperature.*0\.2.*0\.7/);
  assert.match(squeeze(await dialog.getByTestId('drift-then').innerText()), /2026-02-03 04:05 UTC.*fort of red stone/);
  assert.match(squeeze(await dialog.getByTestId('drift-now').innerText()), /worth a ride/);
});

scene('simulated models that run again differ in nothing but their times', () => ({
  fragment: recipeLink({ prompt: 'How do I read this page?', panes: [{ provider: 'demo', model: 'demo-fast' }] }),
}), async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.run();
  await pane.reaches('done');
  await pane.retry();
  await pane.reaches('done');
  const dialog = await openDrift(app);
  assert.match(await dialog.getByTestId('drift-what').innerText(), /Model, parameters and prices are the same/);
  assert.equal(await dialog.locator('del, ins').count(), 0);
  assert.match(await dialog.getByTestId('drift-now').innerText(), /Simulated: no model ran/);
});

// In forced colours the system paints, and axe reads what the page asked for.
const unpainted = (all) => all.filter((one) => !one.startsWith('color-contrast'));

for (const [where, context] of [
  ['on a phone in the dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
  ['in forced colours', { forcedColors: 'active' }],
]) {
  scene(`marks and then beside now can be read ${where}`, answering([OLD, NEW], { context }), async ({ app }) => {
    const judged = context.forcedColors ? unpainted : (all) => all;
    const panes = await run(app, 2);
    await app.settled();
    await panes[0].menu('pane-pin');
    await part(panes[1], 'marks').waitFor();
    const fits = () => app.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    assert.ok(await fits(), 'nothing scrolls sideways');
    await part(panes[1], 'marks').scrollIntoViewIfNeeded();
    await part(panes[1], 'next-change').click();
    const box = await part(panes[1], 'marks').locator('[data-change="0"]').boundingBox();
    const width = app.page.viewportSize().width;
    assert.ok(box.x >= 0 && box.x + box.width <= width + 1, `the change is in view at ${box.x}`);
    assert.deepEqual(judged(await findings(app.page)), []);
    await panes[1].retry();
    await panes[1].reaches('done');
    const dialog = await openDrift(app);
    await dialog.getByTestId('drift-row').nth(1).scrollIntoViewIfNeeded();
    assert.deepEqual(judged(await findings(app.page)), []);
    assert.ok(await fits(), 'nothing scrolls sideways in the dialog either');
  });
}
