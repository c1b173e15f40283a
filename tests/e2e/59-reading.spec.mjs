// Reading answers against each other: the pinned reference and the marks of the
// others, the way through the changes, and scrolling together by heading.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { stream } from './harness/byte_server.mjs';
import { openDrift } from './harness/drift.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const OLD = 'The capital is Delhi. It has many gardens and a fort of red stone.';
const NEW = 'The capital is New Delhi. It has many gardens, and a metro that is worth a ride.';
const { scene } = stage({ bytes: true });

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

scene('marks begin where they begin, whatever the pane had followed to its end', answering([OLD, `${'A line of many.\n\n'.repeat(60)}The end.`], { context: { viewport: { width: 1440, height: 900 } } }), async ({ app }) => {
  const panes = await run(app, 2);
  await app.settled();
  const body = panes[1].root.locator('.pane-body');
  await until(async () => (await body.evaluate((one) => one.scrollTop)) > 200, { what: 'the answer to be followed to its end' });
  await panes[0].menu('pane-pin');
  await part(panes[1], 'marks').waitFor();
  const below = () => part(panes[1], 'reading').evaluate((one) => one.getBoundingClientRect().top - one.closest('.pane-body').getBoundingClientRect().top);
  await until(async () => Math.abs(await below()) < 16, { what: 'the beginning of the marks to be in view' });
  const name = panes[1].root.locator('.reading-name');
  assert.ok(await name.evaluate((one) => one.scrollWidth <= one.clientWidth), 'the name is whole');
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

const LATER = 'The town is old. It has a fort and a mint. It has a river and a bridge.';
const GROWN = ['The town is ', 'very old. ', 'It has a ', 'harbour ', 'and a mint. ', 'It has no ', 'river and ', 'a bridge, and a market.'];

scene('the focus and the view stay on a change while its answer still grows', ({ bytes }) => {
  const gates = [gate(), gate()];
  const pieces = chat.whole(GROWN.join(''), { pieces: 40 });
  const cut = [Math.floor(pieces.length * 0.55), Math.floor(pieces.length * 0.75)];
  const slow = bytes.lane().reply(stream([
    ...pieces.slice(0, cut[0]), { gate: gates[0].opened },
    ...pieces.slice(cut[0], cut[1]), { gate: gates[1].opened },
    ...pieces.slice(cut[1]),
  ]));
  const quick = bytes.lane().reply(stream(chat.whole(LATER)));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [compatible(quick), compatible(slow)] }),
    hand: { gates },
  };
}, async ({ app, gates }) => {
  const panes = await run(app, 2);
  const { page } = app;
  await panes[0].reaches('done');
  await panes[1].reaches('answering');
  await panes[0].menu('pane-pin');
  const marks = part(panes[1], 'marks');
  await marks.waitFor();
  const text = (without) => marks.evaluate((all, gone) => {
    const copy = all.cloneNode(true);
    for (const one of copy.querySelectorAll(`${gone}, .visually-hidden`)) one.remove();
    return copy.textContent;
  }, without);
  const grown = (length) => until(async () => (await text('del')).length >= length, { what: `marks of ${length} characters` });
  const focused = () => page.evaluate(() => {
    const active = document.activeElement;
    return active.matches('[data-change]') ? { change: active.dataset.change, text: active.textContent } : null;
  });
  await grown(10);
  await page.keyboard.press('2');
  await page.keyboard.press('n');
  await until(focused, { what: 'the focus on a change' });
  // A change that stays as it is keeps its very node, and whatever was done to it.
  await page.evaluate(() => { document.activeElement.dataset.mine = 'yes'; });
  const first = await focused();
  assert.equal(first.change, '0');
  const before = (await text('del')).length;
  gates[0].open();
  await grown(before + 3);
  assert.deepEqual(await focused(), first);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.mine), 'yes');
  // The last change is what the answer has not come to yet: it is replaced as it
  // grows, and the focus goes to what stands in its place.
  await page.keyboard.press('Shift+N');
  const last = await until(focused, { what: 'the last change' });
  assert.notEqual(last.change, '0');
  await page.evaluate(() => { document.activeElement.dataset.mine = 'gone'; });
  gates[1].open();
  await panes[1].reaches('done');
  await until(async () => (await text('del')) === GROWN.join(''), { what: 'the marks of the whole answer' });
  const after = await until(focused, { what: 'the focus on a change of the whole answer' });
  assert.equal(await page.evaluate(() => document.activeElement.dataset.mine ?? null), null, 'another node');
  assert.notEqual(after.text, last.text);
  // The way goes on from there.
  await page.keyboard.press('n');
  assert.notEqual((await focused()).change, after.change);
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
