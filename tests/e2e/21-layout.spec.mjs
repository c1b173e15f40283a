// The page stands still while answers grow, and nothing is cut off: at 200 %, at
// 320 pixels, and whatever the length of names, words, code and tables.

import assert from 'node:assert/strict';
import { json, stream } from './harness/byte_server.mjs';
import { openaiError } from './harness/one_pane.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { link, origins, play, unlock } from './harness/showcase.mjs';
import { stage } from './harness/stage.mjs';
import { stillness, watchStillness } from './harness/stillness.mjs';
import { gate, until } from './harness/wait.mjs';
import { chat, split } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

const GROWING = [
  '# A heading that is somewhat long, so that it may break',
  'A paragraph of some words that grows while one reads it, with `code` and **weight**.',
  '```rust\nfn main() {\n    println!("{}", "a line that is long enough to be scrolled sideways in a narrow pane");\n}\n```',
  '| way | time | memory |\n|---|---|---|\n| one | O(n) | none |\n| two | O(n log n) | n bits |',
  '- one\n- two\n- three',
  'The end, which is a paragraph again.',
].join('\n\n');

const paced = (frames, ms) => frames.flatMap((frame) => [frame, { wait: ms }]);

/** Thinking, then an answer of every kind of block. */
function growing(start) {
  const whole = chat.whole(GROWING, { pieces: 60, input: 31, output: 148, thinking: undefined });
  const thinking = split('First this is weighed, then that, and then it is written down.', 8).map((piece) => chat.thinking(piece));
  return stream([{ gate: start }, whole[0], ...paced(thinking, 6), ...paced(whole.slice(1), 6)]);
}

/** `count` panes that start when `start` opens; of several, one fails in its midst, and one at once. */
function panes(count, rest = {}) {
  return ({ bytes }) => {
    const start = gate();
    const lanes = Array.from({ length: count }, (_, at) => {
      const lane = bytes.lane();
      if (count > 1 && at === 1) {
        return lane.reply(stream([{ gate: start.opened }, chat.start(), ...paced(split(GROWING, 20).slice(0, 6).map((piece) => chat.text(piece)), 8)], { end: 'drop' }));
      }
      if (count > 2 && at === 2) return lane.reply({ ...json(500, openaiError('It broke.')), steps: [{ gate: start.opened }, JSON.stringify(openaiError('It broke.'))] });
      return lane.reply(growing(start.opened));
    });
    return {
      allow: [bytes.origin],
      fragment: recipeLink({
        prompt: 'Write it.',
        panes: lanes.map((lane, at) => compatible(lane, { model: `model-${at}` })),
      }),
      hand: { start, lanes },
      ...rest,
    };
  };
}

// --- Stillness --------------------------------------------------------------

const twoFrames = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Asserts that nothing but what grows moves while `act` runs. */
async function standsStill(page, act) {
  await twoFrames(page);
  await watchStillness(page);
  await act();
  await twoFrames(page);
  const { shifts, moves, frames } = await stillness(page);
  // A machine that is slow to paint sees few; what moves is seen in the next one too.
  assert.ok(frames > 3, `${frames} frames were seen`);
  assert.deepEqual([...moves, ...shifts], []);
}

for (const [width, height] of [[1440, 900], [390, 844]]) {
  for (const count of [1, 4, 8]) {
    scene(`nothing but the answers moves while ${count} stream at ${width} pixels`,
      panes(count, { context: { viewport: { width, height } } }),
      async ({ app, start }) => {
        await app.panes(count);
        await app.approve();
        await app.run();
        await app.pane().reaches('waiting');
        // The press of Run changes the page once; from here on it stands.
        await until(async () => count === 1 || (await app.page.getByTestId('scoreboard').count()) === 1, { what: 'the scoreboard' });
        await standsStill(app.page, async () => {
          start.open();
          await app.settled();
        });
      });
  }

  scene(`nothing but the answers moves while they are replayed at ${width} pixels`,
    panes(4, { context: { viewport: { width, height } } }),
    async ({ app, start }) => {
      await app.panes(4);
      await app.approve();
      start.open();
      await app.run();
      await app.settled();
      await app.action('replay');
      await app.page.getByTestId('replay-bar').waitFor();
      const slider = app.page.getByTestId('replay-position');
      const position = () => slider.evaluate((input) => Number(input.value) / Number(input.max));
      await standsStill(app.page, async () => {
        await app.page.getByTestId('replay-play').click();
        await until(async () => (await position()) === 1, { what: 'the end' });
        for (const share of [0.3, 0.9, 0, 1]) {
          await slider.evaluate((input, part) => {
            input.value = String(Number(input.max) * part);
            input.dispatchEvent(new Event('input', { bubbles: true }));
          }, share);
          await twoFrames(app.page);
        }
      });
    });
}

// --- Zoom and reflow ----------------------------------------------------------

/** What a person must be able to reach, whatever the size. */
const CONTROLS = ['settings', 'put-away', 'more-actions', 'add-pane', 'toggle-system', 'toggle-params', 'order', 'prompt', 'run', 'run-again'];
const PANE_CONTROLS = ['pick-model', 'pane-retry', 'pane-expand', 'pane-menu', 'phase-bar', 'toggle-raw'];

/** Scrolls one to each control as Tab would; tells those that are still not whole in view. */
async function outOfReach(page, ids, within = '') {
  return page.evaluate(([wanted, root]) => {
    const missing = [];
    for (const id of wanted) {
      const one = document.querySelector(`${root} [data-testid="${id}"]`);
      if (!one) {
        missing.push(`${id} is not there`);
        continue;
      }
      one.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
      const { left, right, top, bottom, width } = one.getBoundingClientRect();
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const whole = left >= -1 && right <= innerWidth + 1 && top >= -1 && bottom <= innerHeight + 1;
      if (!whole || width === 0) missing.push(`${id} at ${[left, top, right, bottom].map(Math.round)}`);
      else if (!hit || !(one.contains(hit) || hit.contains(one))) missing.push(`${id} lies under ${hit?.className}`);
    }
    return missing;
  }, [ids, within]);
}

const SIZES = {
  '200 % of 1440×900': { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 },
  '200 % of 1024×768': { viewport: { width: 512, height: 384 }, deviceScaleFactor: 2 },
  '320 pixels': { viewport: { width: 320, height: 640 } },
  '400 % of 1280×1024': { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
};

/** Figures of panes and beside Run that are cut off. */
const cutFigures = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.figure :is(.name, data, .value), .composer-note b')]
      .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth)
      .map((one) => one.textContent),
  );

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
  scene(`every figure of priced panes is whole at ${width} pixels, however many panes`, () => ({
    fragment: link(),
    allow: origins,
    context: { viewport: { width, height } },
  }), async ({ app, world }) => {
    play(world.internet, 'finished');
    await unlock(app);
    await app.run();
    await app.settled();
    const dollars = /^\$0\.000\d{3}$/;
    await until(async () => (await app.page.locator('.figure data').allTextContents()).some((text) => dollars.test(text)), { what: 'a small amount' });
    assert.deepEqual(await cutFigures(app.page), []);
    // More panes than fit are as narrow as panes get.
    for (let more = 0; more < 2; more += 1) await app.pane(0).menu('pane-duplicate');
    await app.panes(6);
    assert.deepEqual(await cutFigures(app.page), []);
    assert.ok((await sideways(app.page)) <= 0);
  });
}

const sideways = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);

for (const [size, context] of Object.entries(SIZES)) {
  scene(`everything is within reach at ${size}`, panes(2, { context }), async ({ app, start }) => {
    const { page } = app;
    await app.panes(2);
    await app.approve();
    start.open();
    await app.run();
    await app.settled();
    assert.deepEqual(await outOfReach(page, CONTROLS), []);
    assert.deepEqual(await outOfReach(page, PANE_CONTROLS, '.pane'), []);
    const { width } = await page.getByTestId('prompt').boundingBox();
    assert.ok(width >= 170, `${width} pixels for the prompt`);
    const room = await page.evaluate(() => document.querySelector('.pane-body').clientHeight);
    assert.ok(room >= 80, `${room} pixels for an answer`);
    assert.ok((await sideways(page)) <= 0, 'nothing but the strip of panes scrolls sideways');
    for (const [open, mark] of [
      [() => page.getByTestId('settings').click(), 'settings'],
      [() => page.getByTestId('add-pane').click(), 'picker'],
    ]) {
      await open();
      const dialog = page.locator('dialog[open]');
      await dialog.waitFor();
      const box = await dialog.boundingBox();
      const { viewport } = context;
      assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= viewport.width && box.y + box.height <= viewport.height, `${mark} fits`);
      if (mark === 'picker') assert.deepEqual(await outOfReach(page, ['picker-search', 'picker-use'], 'dialog[open]'), []);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    }
  });

  scene(`the first visit fits at ${size}`, () => ({ context }), async ({ app }) => {
    assert.ok((await sideways(app.page)) <= 0);
    const missing = await app.page.evaluate(() => [...document.querySelectorAll('.start :is(button, a, input)')].filter((one) => {
      if (!one.checkVisibility()) return false;
      one.scrollIntoView({ block: 'nearest' });
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1;
    }).map((one) => one.textContent));
    assert.deepEqual(missing, []);
  });
}

// --- Very long things -----------------------------------------------------------

const LONG_NAME = `organisation-with-a-long-name/${'a-model-of-many-words-'.repeat(6)}2026-11-24`;
const LONG = [
  `# ${'Averylongheadingwithoutanyspace'.repeat(6)}`,
  'word'.repeat(120),
  `\`\`\`text\n${'a line of code that never ends '.repeat(20)}\n\`\`\``,
  `| ${Array.from({ length: 14 }, (_, at) => `column ${at}`).join(' | ')} |\n|${'---|'.repeat(14)}\n| ${Array.from({ length: 14 }, (_, at) => `a cell of some words ${at}`).join(' | ')} |`,
  `https://example.com/${'path/'.repeat(60)}`,
  `\`${'inline_code_without_a_break_'.repeat(8)}\``,
  ...Array.from({ length: 60 }, (_, at) => `Paragraph ${at} of a long answer.`),
].join('\n\n');

for (const [width, height] of [[1440, 900], [390, 844]]) {
  for (const count of [1, 2, 4, 8]) {
    scene(`long names, words, code and tables keep to ${count} panes at ${width} pixels`, ({ bytes }) => {
      const lanes = Array.from({ length: count }, (_, at) => {
        const lane = bytes.lane();
        return at === 1
          ? lane.reply(json(500, openaiError('An error without any space'.replaceAll(' ', '').repeat(30))))
          : lane.reply(stream(chat.whole(LONG, { thinking: 'thought'.repeat(90) })));
      });
      return {
        allow: [bytes.origin],
        context: { viewport: { width, height } },
        fragment: recipeLink({
          title: 'A title that goes on and on '.repeat(8),
          prompt: 'prompt'.repeat(90),
          system: 'system '.repeat(90),
          panes: lanes.map((lane, at) => compatible(lane, { model: `${LONG_NAME}-${at}` })),
        }),
      };
    }, async ({ app }) => {
      await app.panes(count);
      await app.approve();
      await app.run();
      await app.settled();
      assert.ok((await sideways(app.page)) <= 0, 'the page does not scroll sideways');
      const broken = await app.page.evaluate(() => {
        const found = [];
        const panes = [...document.querySelectorAll('.pane')];
        const line = (selector) => new Set(panes.map((pane) => Math.round(pane.querySelector(selector).getBoundingClientRect().top)));
        for (const selector of ['.streak', '.figures', '.pane-body']) {
          if (line(selector).size > 1) found.push(`${selector} do not stand in a line`);
        }
        const widths = panes.map((pane) => pane.getBoundingClientRect().width);
        if (Math.max(...widths) - Math.min(...widths) > 1.5) found.push(`panes of ${widths.map(Math.round)}`);
        for (const pane of panes) {
          const body = pane.querySelector('.pane-body');
          if (body.scrollWidth > body.clientWidth) found.push(`an answer is ${body.scrollWidth} wide in ${body.clientWidth}`);
          const right = pane.getBoundingClientRect().right;
          for (const one of pane.querySelectorAll('.pane-head *, .figures *, .turn > *, .card-bad > *')) {
            if (one.getBoundingClientRect().right > right + 1) found.push(`${one.className} sticks out`);
          }
        }
        // Their names have one beginning, so their ends tell them apart.
        const ends = [...document.querySelectorAll('.cut > :last-child')].filter((one) => one.checkVisibility());
        if (ends.length < panes.length) found.push(`${ends.length} ends of names`);
        for (const end of ends) {
          if (!/-\d$/.test(end.textContent)) found.push(`the name ends in ${end.textContent}`);
          if (end.scrollWidth > end.clientWidth) found.push(`${end.textContent} is cut`);
        }
        for (const one of document.querySelectorAll('.bar > *, .composer > *, .score')) {
          if (one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1) found.push(`${one.className} sticks out`);
        }
        return [...new Set(found)];
      });
      assert.deepEqual(broken, []);
      if (width > 800) {
        // Each control is still there beside a name that has no end.
        assert.deepEqual(await outOfReach(app.page, ['pane-retry', 'pane-expand', 'pane-menu'], '.pane'), []);
      }
    });
  }
}
