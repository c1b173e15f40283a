// Presenting: a whole workshop by keyboard or clicker, large enough for the back
// row, with nothing private on the screen, and a list of prompts to go through.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { stream } from './harness/byte_server.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { world, scene } = stage({ browser: 'chromium', bytes: true });

const PROJECTOR = { viewport: { width: 1280, height: 720 } };
const SECRET = 'sk-test-typed-but-never-saved-77';

const demo = (model, rest = {}) => ({ provider: 'demo', model, ...rest });
const demos = (...models) => ({
  fragment: recipeLink({ prompt: 'How do I read this page?', panes: models.map((one) => demo(one)) }),
  context: PROJECTOR,
});

const stageOf = (app) => app.page.getByTestId('present');
const press = (app, keys) => app.page.keyboard.press(keys);

async function begin(app) {
  await press(app, 'w');
  await stageOf(app).waitFor();
}

async function left(app) {
  await stageOf(app).waitFor({ state: 'detached' });
  await app.page.getByTestId('prompt').waitFor();
}

const headOf = (app) => app.page.getByTestId('present-prompt').innerText();

/** Opens the dialog for a list, pastes it and takes it. */
async function takeList(app, text) {
  await app.page.getByTestId('prompt-list-text').fill(text);
  await app.page.getByTestId('prompt-list-take').click();
  await app.page.locator('dialog[data-testid=prompt-list]').waitFor({ state: 'hidden' });
}

scene('a whole workshop by keyboard: run, reveal, point, expand, next, back and leave', () => demos('demo-1000', 'demo-cut-1000'), async ({ app }) => {
  await app.panes(2);
  await begin(app);
  assert.equal(await headOf(app), 'How do I read this page?');

  // Held back until revealed.
  await press(app, 'h');
  await press(app, 'Space');
  const [first, second] = await app.panes(2);
  assert.deepEqual(await app.settled(), ['done', 'done']);
  const answer = first.root.getByTestId('answer');
  assert.equal(await answer.isVisible(), false);
  assert.equal(await first.root.getByTestId('present-held').isVisible(), true);
  await press(app, 'r');
  await answer.waitFor();
  assert.match(await first.answer(), /^This is a simulated answer/);

  // One key to point at a pane, one to fill the screen, one to go back.
  await press(app, '2');
  await press(app, 'f');
  assert.equal(await first.root.isVisible(), false);
  assert.equal(await second.root.isVisible(), true);
  await press(app, 'Escape');
  assert.equal(await first.root.isVisible(), true);
  await press(app, '1');
  await press(app, '1');
  assert.equal(await second.root.isVisible(), false, 'the same digit again fills the screen');
  await press(app, '0');
  assert.equal(await second.root.isVisible(), true);

  // A list, through its dialog, and two prompts of it.
  await press(app, 'l');
  await takeList(app, 'Compare two things.\nWrite a Rust function.');
  await until(async () => (await headOf(app)) === 'Compare two things.', { what: 'the first prompt of the list' });
  assert.equal(await first.phase(), 'idle');
  assert.match(await app.page.getByTestId('present-next').innerText(), /Write a Rust function/);
  await press(app, 'Space');
  await app.settled();
  await press(app, 'r');
  const compared = await first.answer();
  await press(app, 'n');
  await until(async () => (await headOf(app)) === 'Write a Rust function.', { what: 'the second prompt' });
  await press(app, 'Space');
  await first.shows('total_cmp');
  await app.settled();
  // Back: the answers are there again, and nothing ran for it.
  await press(app, 'p');
  await until(async () => (await headOf(app)) === 'Compare two things.', { what: 'the first prompt again' });
  assert.equal(await first.answer(), compared);
  assert.equal(await first.phase(), 'done');
  // And before the list what was there before it.
  await press(app, 'PageUp');
  await until(async () => (await headOf(app)) === 'How do I read this page?', { what: 'the own prompt' });
  assert.match(await first.answer(), /^This is a simulated answer/);
  await press(app, 'PageDown');
  await press(app, 'PageDown');
  await first.shows('total_cmp');

  await press(app, 'Escape');
  await left(app);
  const [back] = await app.panes(2);
  assert.match(await back.answer(), /total_cmp/);
  const { document } = await app.exported();
  assert.equal(document.panes[0].turns.length, 1);
  assert.equal(document.panes[0].turns[0].runs.length, 1, 'nothing ran twice');
});

scene('no key, no host and no setting is in the document while presenting', ({ bytes }) => {
  const lane = bytes.lane().reply(stream(chat.whole('Fine.')));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane), demo('demo-1000')] }),
    context: PROJECTOR,
    hand: { lane },
  };
}, async ({ app }) => {
  await app.panes(2);
  await app.approve();
  const origin = world.bytes.origin;
  await app.keyField('openai-compatible', origin).first().fill(SECRET);
  await app.page.getByTestId('title').focus();
  await app.page.getByTestId('title').blur();
  await begin(app);
  await press(app, 'Space');
  await app.settled();
  const seen = await app.page.evaluate(() => {
    const parts = [document.documentElement.outerHTML];
    for (const field of document.querySelectorAll('input, textarea, select')) parts.push(field.value);
    return parts.join('\n');
  });
  assert.ok(!seen.includes(SECRET), 'the typed key');
  assert.ok(!seen.includes(new URL(origin).host), 'the host');
  assert.equal(await app.page.locator('[data-host], [data-key-for], [data-testid=settings]').count(), 0);
  await press(app, 'Escape');
  await left(app);
  // What was typed before is still there.
  const field = app.keyField('openai-compatible', origin).first();
  if (await field.count()) assert.equal(await field.inputValue(), SECRET);
  assert.equal((await app.panes(2)).length, 2);
});

scene('answers can be read from the back row, and nothing scrolls sideways or shows a bar', ({ bytes }) => {
  const long = 'a_rather_long_name_of_a_function_that_somebody_made_up(with, many, arguments, and, more, of, them)';
  const text = `A sentence to read.\n\n\`\`\`rust\n${long}\n\`\`\`\n\n| model | price | remark |\n|---|---|---|\n| a-model-with-a-long-name | 12.50 | first of all |\n`;
  const lane = () => bytes.lane().reply(stream(chat.whole(text)));
  const panes = Array.from({ length: 8 }, () => compatible(lane()));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: panes.slice(0, 2) }),
    context: PROJECTOR,
    hand: { panes },
  };
}, async ({ app, panes }) => {
  await app.approve();
  for (const [count, least] of [[2, 28], [4, 24], [8, 18]]) {
    if (count > 2) {
      await app.page.goto('about:blank');
      await app.goto(world.site.url + recipeLink({ prompt: 'Go.', panes: panes.slice(0, count) }));
    }
    await app.panes(count);
    await app.approve();
    await begin(app);
    await press(app, 'Space');
    await app.settled();
    const found = await app.page.evaluate(() => {
      const answer = document.querySelector('[data-testid=answer]');
      const wide = [...document.querySelectorAll('.present, .present *')].filter((one) => {
        const style = getComputedStyle(one);
        const scrolls = /auto|scroll/.test(style.overflowX);
        return scrolls && one.scrollWidth > one.clientWidth + 1;
      });
      const bars = [...document.querySelectorAll('.present, .present *')].filter((one) => {
        const style = getComputedStyle(one);
        return /auto|scroll/.test(style.overflowY + style.overflowX) && style.scrollbarWidth !== 'none';
      });
      const panes = [...document.querySelectorAll('[data-testid=pane]')].map((one) => one.getBoundingClientRect());
      return {
        letter: parseFloat(getComputedStyle(answer).fontSize),
        code: parseFloat(getComputedStyle(document.querySelector('.md-pre')).fontSize),
        small: Math.min(...[...document.querySelectorAll('.present-name *, .present-figures *')].map((one) => parseFloat(getComputedStyle(one).fontSize))),
        anywhere: [...document.querySelectorAll('.md-table td')].filter((one) => getComputedStyle(one).overflowWrap === 'anywhere').length,
        wide: wide.map((one) => one.className),
        bars: bars.map((one) => one.className),
        inView: panes.every((box) => box.left >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1),
      };
    });
    assert.ok(found.letter >= least, `${count} panes: letters of ${found.letter} px`);
    assert.ok(found.code >= 12, `${count} panes: code of ${found.code} px`);
    assert.ok(found.small >= (count > 4 ? 15 : 20), `${count} panes: labels of ${found.small} px`);
    assert.equal(found.anywhere, 0, 'words of a table stay whole');
    assert.deepEqual([found.wide, found.bars], [[], []], `${count} panes`);
    assert.ok(found.inView, `${count} panes are in view`);
  }
});

scene('a pane whose key is missing says so, and whose it is', () => ({
  fragment: recipeLink({ prompt: 'Go.', panes: [{ provider: 'anthropic', model: 'claude-sonnet-4-5' }, demo('demo-1000')] }),
  context: PROJECTOR,
}), async ({ app }) => {
  const [keyed] = await app.panes(2);
  await begin(app);
  await press(app, 'Space');
  assert.deepEqual(await app.settled(), ['failed', 'done']);
  assert.equal((await keyed.error()).text, 'Anthropic needs a key');
  assert.match(await keyed.root.innerText(), /enter it in the pane/);
});

scene('a list comes from a file, says what was found in it, and keeps its place over a reload', () => demos('demo-1000'), async ({ app }) => {
  await app.panes(1);
  const open = async () => {
    await app.page.getByTestId('more-actions').click().catch(() => {});
    await app.page.locator('[data-testid=prompt-list-open]:visible, [data-testid=menu-prompt-list-open]:visible').first().click();
    await app.page.locator('dialog[data-testid=prompt-list]').waitFor();
  };
  await open();
  const file = app.page.getByTestId('prompt-list-file');
  const found = app.page.getByTestId('prompt-list-found');
  const says = (pattern) => until(async () => pattern.test(await found.innerText()), { what: `a word like ${pattern}` });
  const give = (name, text) => file.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

  await give('odd.csv', 'question,topic\na,b\n');
  await says(/no column “prompt”.*question, topic/);
  assert.equal(await app.page.getByTestId('prompt-list-take').isDisabled(), true);
  await give('odd.json', '["a", 5]');
  await says(/\[1\]: expected a text/);
  await file.setInputFiles({ name: 'excel.txt', mimeType: 'text/plain', buffer: Buffer.from('\ufeffa\n', 'utf16le') });
  await says(/UTF-8/);
  await give('list.csv', 'title,prompt,topic\nTea,"Write a line on {{topic}}, please",tea\n,Say {{topic}} in Hindi,hello\n');
  await says(/2 prompts in a table, with the variable topic/);
  await app.page.getByTestId('prompt-list-take').click();
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'Write a line on {{topic}}, please');

  await app.page.reload();
  await app.ready();
  await app.panes(1);
  await begin(app);
  assert.equal(await headOf(app), 'Write a line on tea, please');
  assert.match(await app.page.getByTestId('present-list').innerText(), /Tea[\s\S]*Say hello in Hindi/);
  await press(app, 'PageDown');
  await until(async () => (await headOf(app)) === 'Say hello in Hindi', { what: 'the second prompt' });
  assert.equal(await app.page.getByTestId('present-next').innerText(), 'That was the last prompt');
  await press(app, 'PageDown');
  assert.equal(await headOf(app), 'Say hello in Hindi', 'there is nothing after the last');
  // Back to the one before the list, which the reload kept.
  await press(app, 'PageUp');
  await press(app, 'PageUp');
  await until(async () => (await headOf(app)) === 'How do I read this page?', { what: 'the own prompt' });
});

scene('the clock counts up and down, pauses, and goes away', () => demos('demo-1000'), async ({ app }) => {
  await app.panes(1);
  await begin(app);
  const clock = app.page.getByTestId('present-clock');
  assert.equal(await clock.count(), 0);
  await press(app, 't');
  await until(async () => /^0:0[1-9]/.test(await clock.innerText()), { what: 'a second to pass' });
  await press(app, 't');
  const shown = await clock.innerText();
  assert.match(shown, /paused/);
  await press(app, '+');
  await press(app, '+');
  assert.match(await clock.innerText(), /^1:5\d/);
  await press(app, 'Shift+T');
  await until(async () => (await clock.count()) === 0, { what: 'the clock to go' });
});

scene('keys have a sheet, the comparison a code, and both close by Esc before the mode does', () => demos('demo-1000'), async ({ app }) => {
  await app.panes(1);
  await begin(app);
  await press(app, '?');
  await app.page.getByTestId('present-sheet').waitFor();
  assert.deepEqual(await findings(app.page), []);
  await press(app, 'q');
  const code = app.page.getByTestId('present-code');
  await code.getByTestId('present-square').locator('path').waitFor();
  assert.equal(await app.page.getByTestId('present-sheet').count(), 0);
  const box = await code.getByTestId('present-square').boundingBox();
  assert.ok(box.height >= 440 && box.width >= 440, `${box.width} × ${box.height}`);
  assert.ok(box.y >= 0 && box.y + box.height <= 720);
  await press(app, 'Escape');
  assert.equal(await code.count(), 0);
  await stageOf(app).waitFor();
  await press(app, 'Escape');
  await left(app);
});

scene('the code says that it leads nowhere for others, and what was struck out of it', () => ({
  fragment: recipeLink({ prompt: 'Write to asha@example.org, please.', panes: [demo('demo-1000')] }),
  context: PROJECTOR,
}), async ({ app }) => {
  await app.panes(1);
  await begin(app);
  await press(app, 'q');
  const code = app.page.getByTestId('present-code');
  await code.getByTestId('present-square').locator('path').waitFor();
  assert.match(await code.getByTestId('present-private-base').innerText(), new RegExp(`begins with ${new URL(world.site.url).hostname}.*cannot open.*Share`));
  const struck = await code.getByTestId('present-struck').innerText();
  assert.match(struck, /E-mail address \(prompt\)/);
  assert.ok(!struck.includes('asha'), 'what it is stays between the two');
  const [card, square] = await Promise.all([code.locator('.present-card').boundingBox(), code.getByTestId('present-square').boundingBox()]);
  assert.ok(square.height >= 440, `${square.height}`);
  assert.ok(card.y >= 0 && card.y + card.height <= 720, JSON.stringify(card));
  const hidden = await code.locator('.present-card').evaluate((one) => [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight]);
  assert.deepEqual(hidden, [0, 0], 'all of it is in view');
  assert.deepEqual(await findings(app.page), []);
  // Nothing to say where others can open it and nothing was struck out.
  await press(app, 'Escape');
  await app.page.evaluate(() => localStorage.setItem('touchstone.public-base', 'https://touch.example/'));
  await press(app, 'q');
  await code.getByTestId('present-square').locator('path').waitFor();
  assert.equal(await code.getByTestId('present-private-base').count(), 0);
});

scene('the line says whether answers are held back, before the run, during it and after', () => demos('demo-1000', 'demo-cut-1000'), async ({ app }) => {
  const [, cut] = await app.panes(2);
  await begin(app);
  const line = app.page.locator('.present-now');
  assert.equal(await line.innerText(), 'Space runs it');
  await press(app, 'h');
  assert.match(await line.innerText(), /^Space runs it; the answers are held back/);
  await press(app, 'Space');
  await app.settled();
  assert.match(await line.innerText(), /R shows it/);
  await press(app, 'r');
  assert.match(await line.innerText(), /^The next answers are held back/);
  assert.match(await cut.root.innerText(), /cut off by the token limit/);
  await press(app, 'h');
  assert.equal(await line.innerText(), '');
});

scene('it works where the browser refuses the full screen', () => ({
  ...demos('demo-1000', 'demo-1000'),
  prepare: (page) => page.addInitScript(() => {
    Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('refused'));
  }),
}), async ({ app }) => {
  await app.panes(2);
  await begin(app);
  await press(app, 'Space');
  assert.deepEqual(await app.settled(), ['done', 'done']);
  await app.page.getByTestId('present-leave').click();
  await left(app);
});

scene('a prompt that still answers is left alone, and one with results is not run again by accident', () => demos('demo-20', 'demo-1000'), async ({ app }) => {
  await app.panes(2);
  await begin(app);
  await press(app, 'l');
  await takeList(app, 'One.\nTwo.');
  await press(app, 'Space');
  const [slow, fast] = await app.panes(2);
  await slow.reaches('answering');
  await press(app, 'Space');
  await app.tells(/Still answering/);
  await press(app, 'n');
  await until(async () => (await slow.phase()) === 'idle', { what: 'the next prompt' });
  await press(app, 'Space');
  await slow.reaches('answering');
  await fast.reaches('done');
  await press(app, 'p');
  await until(async () => (await slow.phase()) === 'stopped', { what: 'what was left to be stopped by the next run' });
  assert.ok((await slow.answer()).length > 0, 'its text is kept');
  await press(app, 'Space');
  await app.tells(/has its results/);
  await press(app, 'Escape');
  await left(app);
});

scene('a blind vote that is open is not presented: its panes have no names', () => demos('demo-1000', 'demo-1000'), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  await app.action('blind-vote');
  await app.page.getByTestId('blind').waitFor();
  await app.page.keyboard.press('Escape');
  await press(app, 'w');
  await app.page.evaluate(() => new Promise(requestAnimationFrame));
  assert.equal(await stageOf(app).count(), 0);
});

scene('a vote while presenting goes by keyboard alone, in letters for the back row, and gives the stage back', ({ bytes }) => {
  const lane = bytes.lane().reply(stream(chat.whole('Fine.')));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane), demo('demo-1000'), demo('demo-cut-1000')] }),
    context: PROJECTOR,
  };
}, async ({ app }) => {
  await app.panes(3);
  await app.approve();
  await begin(app);
  await press(app, 'b');
  const room = app.page.getByTestId('blind');
  await room.waitFor();
  assert.equal(await stageOf(app).count(), 0);
  // Ask, begin, vote, cast, next voter, vote, cast, reveal: nothing but keys.
  await app.page.getByTestId('blind-ask').waitFor();
  await press(app, 'Enter');
  await app.page.getByTestId('blind-begin').waitFor();
  const host = new URL(world.bytes.origin).host;
  const markup = () => app.page.evaluate(() => document.documentElement.outerHTML);
  assert.ok(!(await markup()).includes(host), 'no host');
  await press(app, 'Enter');
  const answer = room.getByTestId('answer').first();
  await answer.waitFor();
  const letters = await answer.evaluate((one) => parseFloat(getComputedStyle(one).fontSize));
  assert.ok(letters >= 22, `letters of ${letters} px`);
  const cards = await room.getByTestId('pane').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right, bottom }) => ({ left, right, bottom })));
  assert.equal(cards.length, 3);
  for (const box of cards) assert.ok(box.left >= 0 && box.right <= 1281 && box.bottom <= 720, JSON.stringify(box));
  assert.deepEqual(await findings(app.page), []);
  await press(app, '1');
  await press(app, 'Shift+Digit2');
  await press(app, 'Enter');
  await app.page.getByTestId('ballot-code').waitFor();
  await press(app, 'n');
  await app.page.getByTestId('hand-over').waitFor();
  await press(app, 'Enter');
  await answer.waitFor();
  await press(app, 't');
  await press(app, 'Enter');
  await app.page.getByTestId('ballot-code').waitFor();
  await press(app, 'r');
  await app.page.getByTestId('revealed').waitFor();
  assert.equal(await app.page.getByTestId('ballot').count(), 2);
  assert.deepEqual(await findings(app.page), []);
  await press(app, 'Enter');
  await stageOf(app).waitFor();
  assert.equal((await app.panes(3)).length, 3);
  await until(async () => !(await markup()).includes(host), { what: 'the page to be out of the document again' });
  assert.equal(await app.page.locator('[data-host], [data-key-for], [data-testid=settings]').count(), 0);
  await press(app, 'Escape');
  await left(app);
});

scene('a replay while presenting goes by keyboard alone, turn by turn', () => demos('demo-200', 'demo-cut-1000'), async ({ app }) => {
  await app.panes(2);
  await begin(app);
  await press(app, 'k');
  await app.tells(/nothing to replay/);
  await press(app, 'Space');
  await app.settled();
  await press(app, 'Escape');
  await left(app);
  await app.prompt('Write a Rust function.');
  await app.run();
  await until(async () => (await app.page.getByTestId('turn').count()) === 2, { what: 'the second turn' });
  await app.settled();
  await app.page.evaluate(() => document.activeElement?.blur());
  await begin(app);
  const [first] = await app.panes(2);
  const whole = await first.answer();
  await press(app, 'k');
  const bar = app.page.getByTestId('replay-bar');
  await bar.waitFor();
  assert.equal(await app.page.getByTestId('replay-badge').count(), 2);
  assert.equal(await app.page.getByTestId('replay-turn').innerText(), 'Turn 2 of 2');
  assert.equal(await first.phase(), 'connecting');
  const position = () => app.page.getByTestId('replay-position').evaluate((input) => Number(input.value) / Number(input.max));
  await press(app, 'End');
  assert.equal(await first.phase(), 'done');
  assert.equal(await first.answer(), whole);
  await press(app, 'ArrowLeft');
  assert.ok((await position()) < 1);
  await press(app, 'Shift+ArrowLeft');
  assert.equal(await app.page.getByTestId('replay-turn').innerText(), 'Turn 1 of 2');
  assert.equal(await headOf(app), 'How do I read this page?', 'the prompt is that of the turn');
  await press(app, 'End');
  assert.match(await first.answer(), /^This is a simulated answer/);
  // Wherever the focus is: Space and K play and pause, < and > change the speed.
  await app.page.evaluate(() => document.activeElement?.blur());
  await press(app, 'Home');
  await press(app, '<');
  await press(app, '<');
  await press(app, 'Space');
  await app.page.locator('[data-testid=replay-play][data-playing]').waitFor();
  await press(app, 'k');
  await app.page.locator('[data-testid=replay-play]:not([data-playing])').waitFor();
  assert.equal(await app.page.getByTestId('replay-speed').inputValue(), '0.25');
  const inside = await bar.evaluate((one) => one.scrollWidth - one.clientWidth);
  assert.ok(inside <= 0, 'the bar fits');
  assert.deepEqual(await findings(app.page), []);
  await press(app, 'Escape');
  await bar.waitFor({ state: 'detached' });
  await stageOf(app).waitFor();
  assert.equal(await first.answer(), whole);
  await press(app, 'Escape');
  await left(app);
});

for (const colorScheme of ['light', 'dark']) {
  scene(`presenting is accessible, ${colorScheme}, and fits a phone`, () => ({
    ...demos('demo-1000', 'demo-thinking-1000', 'demo-cut-1000'),
    context: { ...PROJECTOR, colorScheme },
  }), async ({ app }) => {
    await app.panes(3);
    await begin(app);
    await press(app, 'l');
    await takeList(app, 'How do I read this page?\n\nAnother prompt, of some length, so that it takes two lines');
    await press(app, 'Space');
    await app.settled();
    assert.deepEqual(await findings(app.page), []);
    await app.page.setViewportSize({ width: 390, height: 844 });
    const wide = await app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, 'nothing scrolls sideways');
    assert.deepEqual(await findings(app.page), []);
  });
}
