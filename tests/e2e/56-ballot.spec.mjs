// Blind votes: nothing says whose an answer is before the vote, ballots come
// back as codes and files, and what they say is said with its interval.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { findings } from './harness/axe.mjs';
import { turns } from './harness/hold.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { violations } from './harness/schema.mjs';
import { openApp, stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const { scene } = stage({ browser: 'chromium' });

const MODELS = ['demo-1000', 'demo-steady-1000'];
const demos = (models = MODELS, rest = {}) => ({
  fragment: recipeLink({
    title: 'demo-1000 against demo-steady-1000',
    prompt: 'How do I read this page?',
    panes: models.map((model) => ({ provider: 'demo', model })),
  }),
  ...rest,
});

const blind = (app) => app.page.getByTestId('blind');
const cards = (app) => blind(app).getByTestId('pane');

/** Runs the comparison and opens the vote at its first question. */
const begin = async (app, { name, criteria } = {}) => {
  await app.run();
  await app.settled();
  await app.action('blind-vote');
  await blind(app).waitFor();
  if (name) await app.page.getByTestId('voter-name').fill(name);
  if (criteria) await app.page.getByTestId('vote-criteria').fill(criteria);
  await app.page.getByTestId('blind-begin').click();
  await cards(app).first().waitFor();
};

/** Everything that can be read in the page but the answers: text, attributes, fields, title. */
const everything = (app) =>
  app.page.evaluate(() => {
    const page = document.body.cloneNode(true);
    for (const answer of page.querySelectorAll('[data-testid=answer]')) answer.replaceChildren();
    for (const tag of page.querySelectorAll('script')) tag.remove();
    const attributes = [...page.querySelectorAll('*')].flatMap((one) => [...one.attributes].map((it) => it.value));
    const fields = [...document.querySelectorAll('input, textarea')].map((one) => one.value);
    return [document.title, page.textContent, ...attributes, ...fields].join('\n');
  });

const code = async (app) => (await app.page.getByTestId('ballot-code').innerText()).trim();

/** Votes for the card that is shown at this place, from 1, and gives the code. */
const vote = async (app, key) => {
  await app.page.keyboard.press(key);
  await app.page.keyboard.press('Enter');
  return code(app);
};

/** The letters of Crockford’s base 32 as bytes; written from docs/ballots.md. */
const bytesOf = (text) => {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bits = [...text.slice(3)].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('');
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8), 2));
};

/** CRC-32 of zlib. */
const crc32 = (bytes) => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
};

const codeOf = (bytes) => {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const sum = crc32(bytes);
  const all = [...bytes, sum >>> 24, (sum >>> 16) & 255, (sum >>> 8) & 255, sum & 255];
  let bits = all.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  bits += '0'.repeat((5 - (bits.length % 5)) % 5);
  return `TB1${bits.match(/.{5}/g).map((five) => letters[parseInt(five, 2)]).join('')}`;
};

/** Another voter's ballot of the same comparison: number, moment and best panes changed. */
const ballotLike = (own, { voter, best, at = 0, comparison }) => {
  const bytes = bytesOf(own).slice(0, -4);
  if (comparison) bytes.splice(1, 6, ...comparison);
  bytes.splice(7, 5, voter, voter, voter, voter, voter);
  bytes.splice(12, 4, 0, 0, 0, voter);
  const seconds = Buffer.from(bytes.slice(16, 20)).readUInt32BE() + at;
  bytes.splice(16, 4, ...[24, 16, 8, 0].map((shift) => (seconds >>> shift) & 255));
  bytes[bytes.length - 1] = best;
  return codeOf(bytes);
};

const openBallots = async (app) => {
  await app.action('ballots');
  const dialog = app.page.locator('[data-testid=ballots-dialog]');
  await dialog.waitFor();
  return dialog;
};

const paste = async (dialog, text) => {
  await dialog.getByTestId('paste-ballots').fill(text);
  await dialog.getByTestId('add-ballots').click();
};

scene('nothing in the page names a model or a figure before the vote', () => demos(), async ({ app }) => {
  await begin(app);
  const text = await everything(app);
  for (const word of [/demo-/, /steady/, /simulated/i, /in this page/i, /\d\s?(ms|s)\b/, /tokens/, /\$/]) {
    assert.doesNotMatch(text, word);
  }
  const marks = await cards(app).evaluateAll((all) => all.map((one) => ({ ...one.dataset })));
  assert.deepEqual(
    marks.map(({ testid, provider, model, host, phase }) => ({ testid, provider, model, host, phase })),
    ['A', 'B'].map((model) => ({ testid: 'pane', provider: 'blind', model, host: 'blind', phase: 'done' })),
  );
  for (const gone of ['[data-metric]', '[data-testid=scoreboard]', '[data-testid=pick-model]', '.streak', '[data-pane]', '[data-testid=title]']) {
    assert.equal(await app.page.locator(gone).count(), 0, gone);
  }
  const tree = await app.page.locator('body').ariaSnapshot();
  assert.doesNotMatch(tree, /demo-1000|steady/);
  assert.deepEqual(await findings(app.page), []);
});

scene('a vote by the keyboard, and then everything comes back at once', () => demos(), async ({ app }) => {
  await begin(app, { name: 'Asha' });
  await app.page.keyboard.press('2');
  const second = blind(app).getByTestId('vote-best').nth(1);
  assert.equal(await second.getAttribute('aria-pressed'), 'true');
  await app.page.keyboard.press('t');
  assert.equal(await second.getAttribute('aria-pressed'), 'false');
  assert.equal(await blind(app).getByTestId('vote-tie').getAttribute('aria-pressed'), 'true');
  await app.page.keyboard.press('b');
  assert.equal(await blind(app).getByTestId('vote-bad').getAttribute('aria-pressed'), 'true');
  const made = await vote(app, '1');
  assert.match(made, /^TB1[0-9A-HJKMNP-TV-Z]{48,60}$/);
  assert.doesNotMatch(await everything(app), /demo-1000|demo-steady/);
  assert.deepEqual(await findings(app.page), []);
  await app.page.getByTestId('reveal').click();
  const rows = app.page.getByTestId('revealed-row');
  assert.equal(await rows.count(), 2);
  assert.match(await rows.nth(0).innerText(), /demo-1000/);
  assert.match(await rows.nth(0).innerText(), /\d\s?(ms|s)\b/);
  assert.deepEqual(await findings(app.page), []);
  await app.page.getByTestId('blind-done').click();
  const [pane] = await app.panes(2);
  assert.equal(await pane.mark('model'), 'demo-1000');
  assert.ok((await pane.metrics()).total_ms.value > 0);
  // The names were on the screen: there is no further vote.
  await app.action('blind-vote');
  await app.page.getByTestId('blind-locked').waitFor();
  assert.equal(await app.page.getByTestId('blind-begin').count(), 0);
  await app.page.getByTestId('blind-leave').click();
  await app.panes(2);
});

scene('while answers are on their way there is nothing to guess by', () => demos(['demo-1000', 'demo-20']), async ({ app }) => {
  await app.run();
  await app.action('blind-vote');
  await app.page.getByTestId('blind-waiting').waitFor();
  await until(async () => /1 of 2/.test(await app.page.getByTestId('blind-waiting').innerText()), { what: 'one answer' });
  assert.equal(await cards(app).count(), 0);
  assert.doesNotMatch(await everything(app), /demo|This is a simulated answer/);
  assert.equal(await app.page.getByTestId('blind-begin').count(), 0);
  // Nothing is lost by leaving before there was anything to see.
  await app.page.getByTestId('blind-leave').click();
  await app.panes(2);
});

scene('models can be asked from the blind page, and marks are given by criterion', () => demos(), async ({ app }) => {
  await app.panes(2);
  await app.action('blind-vote');
  await app.page.getByTestId('blind-ask').click();
  await app.page.getByTestId('vote-criteria').fill('clarity, warmth');
  await app.page.getByTestId('blind-begin').click();
  const first = cards(app).first();
  await first.waitFor();
  await first.locator('[data-criterion=warmth] [data-mark="4"]').check();
  assert.deepEqual(await findings(app.page), []);
  await app.page.keyboard.press('1');
  await blind(app).getByTestId('vote-next').click();
  await code(app);
  await app.page.getByTestId('reveal').click();
  assert.match(await app.page.getByTestId('mark-table').innerText(), /warmth[\s\S]*4\.0 \(1\)/);
});

const THREE = [...MODELS, 'demo-cut-1000'];

/** The places of the best in the first vote of a code, from docs/ballots.md. */
const bestOf = (made) => bytesOf(made).at(-5);

scene('of three answers two can be equally good and better than the third, by keyboard', () => demos(THREE), async ({ app }) => {
  await begin(app);
  const said = () => blind(app).getByTestId('vote-said').innerText();
  const pressed = () => blind(app).locator('[data-testid=vote-also][aria-pressed=true]').evaluateAll((all) => all.map((one) => one.dataset.letter));
  assert.equal(await blind(app).getByTestId('vote-also').count(), 0, 'first a best one');
  await app.page.keyboard.press('1');
  assert.equal(await said(), 'A is better than B and C.');
  await app.page.keyboard.press('Shift+Digit2');
  assert.equal(await said(), 'A and B are equally good, and better than C.');
  assert.deepEqual(await pressed(), ['B']);
  assert.equal(await blind(app).locator('.blind-chosen').count(), 2);
  await app.page.keyboard.press('Shift+Digit3');
  assert.equal(await said(), 'All are equally good.');
  await app.page.keyboard.press('Shift+Digit2');
  assert.equal(await said(), 'A and C are equally good, and better than B.');
  // Another best one stands alone, and T and B mean what they say.
  await app.page.keyboard.press('3');
  assert.equal(await said(), 'C is better than A and B.');
  await app.page.keyboard.press('b');
  assert.equal(await said(), 'All are bad.');
  await app.page.keyboard.press('2');
  await app.page.keyboard.press('Shift+Digit1');
  assert.deepEqual(await findings(app.page), []);
  await app.page.keyboard.press('Enter');
  const best = bestOf(await code(app));
  assert.equal([...best.toString(2)].filter((bit) => bit === '1').length, 2, 'two of three are the best');
  await app.page.keyboard.press('r');
  const view = app.page.getByTestId('ballots-view');
  assert.match(await view.getByTestId('ballot-sum').innerText(), /1 vote on 1 ballot, 1 with several best answers/);
  const words = await view.getByTestId('verdict-words').allInnerTexts();
  assert.equal(words.filter((text) => /1 tie and no winner/.test(text)).length, 1, words.join());
  assert.equal(words.filter((text) => /1 of 1/.test(text)).length, 2, words.join());
  // Enter leads back to the page.
  await app.page.keyboard.press('Enter');
  await app.panes(3);
});

scene('where models gave no answer the letters run on from A, and it is said how many', () => ({
  fragment: recipeLink({
    prompt: 'How do I read this page?',
    panes: [
      { provider: 'anthropic', model: 'no-key' },
      { provider: 'demo', model: 'demo-1000' },
      { provider: 'anthropic', model: 'no-key-either' },
      { provider: 'demo', model: 'demo-steady-1000' },
    ],
  }),
}), async ({ app }) => {
  await begin(app);
  const letters = () => cards(app).evaluateAll((all) => all.map((one) => one.dataset.model));
  // In whatever order a voter gets them.
  for (let voter = 0; voter < 4; voter += 1) {
    assert.deepEqual(await letters(), ['A', 'B']);
    assert.equal(await app.page.getByTestId('blind-missing').innerText(), '2 of 4 models gave no answer here and take no part.');
    await app.page.keyboard.press('1');
    assert.equal(await app.page.locator('[data-testid=vote-best][aria-pressed=true]').innerText().then((text) => text[0]), 'A');
    await app.page.getByTestId('vote-next').click();
    await app.page.getByTestId('next-voter').click();
    await app.page.getByTestId('blind-begin').click();
    await cards(app).first().waitFor();
  }
  await vote(app, '2');
  await app.page.getByTestId('reveal').click();
  const rows = await app.page.getByTestId('revealed-row').evaluateAll((all) => all.map((one) => one.querySelector('td').textContent));
  assert.deepEqual(rows.toSorted(), ['A', 'B', '—', '—']);
});

scene('a partial tie can be cast on a phone', () => demos(THREE, { context: { viewport: { width: 390, height: 844 }, hasTouch: true } }), async ({ app }) => {
  await begin(app);
  await blind(app).getByTestId('vote-best').nth(1).tap();
  const also = blind(app).getByTestId('vote-also');
  assert.equal(await also.count(), 2);
  for (let at = 0; at < 2; at += 1) {
    const box = await also.nth(at).boundingBox();
    assert.ok(box.width >= 44 && box.height >= 44, `${box.width} × ${box.height}`);
    assert.ok(box.y + box.height <= 844, 'in reach');
  }
  await also.nth(0).tap();
  assert.equal(await blind(app).getByTestId('vote-said').innerText(), 'A and B are equally good, and better than C.');
  assert.ok((await app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  assert.deepEqual(await findings(app.page), []);
  await blind(app).getByTestId('vote-next').tap();
  assert.ok([3, 5, 6].includes(bestOf(await code(app))));
});

scene('three voters at one screen, each with a covering screen before', () => demos(), async ({ app }) => {
  await begin(app, { name: 'Asha' });
  const codes = [await vote(app, '1')];
  for (const name of ['Ben', 'Chi']) {
    await app.page.getByTestId('next-voter').click();
    await app.page.getByTestId('hand-over').waitFor();
    assert.equal(await app.page.getByTestId('ballot-code').count(), 0);
    assert.equal(await app.page.getByTestId('voter-name').inputValue(), '');
    await app.page.getByTestId('voter-name').fill(name);
    await app.page.getByTestId('blind-begin').click();
    await cards(app).first().waitFor();
    assert.equal(await blind(app).locator('[aria-pressed=true]').count(), 0);
    codes.push(await vote(app, '1'));
  }
  assert.equal(new Set(codes).size, 3);
  await app.page.getByTestId('reveal').click();
  const view = app.page.getByTestId('ballots-view');
  assert.equal(await view.getByTestId('ballot').count(), 3);
  assert.match(await view.getByTestId('ballot-sum').innerText(), /3 votes on 3 ballots/);
  assert.match(await view.innerText(), /Asha[\s\S]*Ben[\s\S]*Chi/);
});

scene('ballots come together from codes, and what they say is said with its interval', () => demos(), async ({ app }) => {
  await begin(app);
  const own = await vote(app, '1');
  await app.page.getByTestId('reveal').click();
  await app.page.getByTestId('blind-done').click();
  const dialog = await openBallots(app);
  // Fourteen for the first pane and four for the second, the one of this page among them.
  const first = (bytesOf(own).at(-5) & 1) === 1;
  const rest = first ? [13, 4] : [14, 3];
  const lines = [];
  for (let voter = 1; voter <= rest[0] + rest[1]; voter += 1) {
    lines.push(`Voter ${voter}: ${ballotLike(own, { voter, best: voter <= rest[0] ? 1 : 2 })}`);
  }
  await paste(dialog, lines.join('\n'));
  const says = () => dialog.getByTestId('verdict-words').innerText();
  await until(async () => /14 of 18/.test(await says()), { what: 'the verdict' });
  assert.equal(await says(), 'demo-1000 beats demo-steady-1000: 14 of 18, 95 % interval 55 to 91 %.');
  assert.equal(await dialog.getByTestId('win-rates').getByTestId('bar').count(), 2);
  assert.match(await dialog.getByTestId('ranking').getByTestId('bar').first().innerText(), /1[\s\S]*demo-1000/);
  assert.equal(await dialog.getByTestId('paste-ballots').inputValue(), '');

  // The same voter again: the last ballot counts, and it is said.
  await paste(dialog, ballotLike(own, { voter: 1, best: 2, at: 1 }));
  await until(async () => /13 of 18/.test(await says()), { what: 'the new verdict' });
  assert.match(await dialog.getByTestId('ballot-note').innerText(), /voted 2 times: only the last/);
  assert.equal(await dialog.locator('[data-counted=false]').count(), 1);

  // Bad ones are named by line; the good one of them counts.
  const good = ballotLike(own, { voter: 40, best: 1 });
  const foreign = ballotLike(own, { voter: 41, best: 1, comparison: [1, 2, 3, 4, 5, 6] });
  const wrong = `${good.slice(0, 20)}${good[20] === '0' ? '1' : '0'}${good.slice(21)}`;
  await paste(dialog, ['hello', good, foreign, good.slice(0, -6), wrong].join('\n'));
  const problems = await dialog.getByTestId('ballot-problems').innerText();
  assert.match(problems, /4 ballots were not added/);
  assert.match(problems, /Line 1: no ballot here/);
  assert.match(problems, /Line 3: a ballot of another comparison \(010203040506/);
  assert.match(problems, /Line 4: the code was cut: 6 letters are missing/);
  assert.match(problems, /Line 5: a letter of the code is wrong/);
  assert.match(await says(), /14 of 19/);
  assert.equal((await dialog.getByTestId('paste-ballots').inputValue()).split('\n').length, 4, 'what is wrong stays');
  assert.deepEqual(await findings(app.page), []);

  // Taken out with an undo, saved, put away and read again.
  const count = await dialog.getByTestId('ballot').count();
  await dialog.getByTestId('remove-ballot').last().click();
  assert.equal(await dialog.getByTestId('ballot').count(), count - 1);
  await dialog.getByTestId('put-back').click();
  assert.equal(await dialog.getByTestId('ballot').count(), count);
  const saving = app.page.waitForEvent('download');
  await dialog.getByTestId('save-ballots').click();
  const file = await (await saving).path();
  const document = JSON.parse(await readFile(file, 'utf8'));
  const schema = await app.page.evaluate(async () => (await fetch('schema/ballot-1.json')).json());
  assert.deepEqual(violations(schema, document, {}), []);
  assert.equal(document.ballots.length, count);
  const before = await says();
  for (let left = count; left > 0; left -= 1) await dialog.getByTestId('remove-ballot').first().click();
  await dialog.getByTestId('no-ballots').waitFor();
  await dialog.getByTestId('ballot-files').setInputFiles({
    name: 'ballots.json', mimeType: 'application/json', buffer: await readFile(file),
  });
  await until(async () => (await dialog.getByTestId('ballot').count()) === count, { what: 'the ballots of the file' });
  assert.equal(await says(), before);
  await dialog.getByTestId('ballot-files').setInputFiles({
    name: 'recipe.json', mimeType: 'application/json', buffer: Buffer.from('{"touchstone": "recipe/1"}'),
  });
  await until(async () => /found “recipe\/1”/.test(await dialog.getByTestId('ballot-problems').innerText()), { what: 'the reason' });
});

scene('a link with a ballot adds it and changes nothing else', () => demos(), async ({ app }) => {
  await begin(app);
  const own = await vote(app, 't');
  await app.page.getByTestId('reveal').click();
  await app.page.getByTestId('blind-done').click();
  const other = ballotLike(own, { voter: 9, best: 2 });
  await app.page.evaluate((text) => { location.hash = `ballot=${text}`; }, other);
  await app.page.getByTestId('notice').getByText('The ballot of the link was added.').waitFor();
  assert.equal(await app.page.evaluate(() => location.hash), '');
  await app.panes(2);
  const dialog = await openBallots(app);
  assert.equal(await dialog.getByTestId('ballot').count(), 2);
  await app.page.keyboard.press('Escape');
  await app.page.evaluate((text) => { location.hash = `ballot=${text}`; }, other.slice(0, -3));
  await app.page.getByTestId('notice').getByText('3 letters are missing').waitFor();
});

scene('a link can open the vote at once, with the host’s criteria', () => ({
  fragment: '#prompt=Hello&pane=demo/demo-1000&pane=demo/demo-steady-1000&ballot=1&seed=5&criteria=clarity',
  ready: false,
}), async ({ app }) => {
  await blind(app).waitFor();
  assert.doesNotMatch(await everything(app), /demo-1000|demo-steady/);
  await app.page.getByTestId('blind-ask').click();
  await app.page.getByTestId('blind-begin').click();
  assert.equal(await cards(app).count(), 2);
  assert.equal(await blind(app).locator('[data-criterion=clarity]').count(), 2);
});

scene('a voter on a device of their own gets a link, and the host the code', () => demos(MODELS, {
  context: { permissions: ['clipboard-read', 'clipboard-write'] },
}), async ({ app, world }) => {
  await app.run();
  await app.settled();
  const dialog = await openBallots(app);
  await dialog.getByTestId('link-criteria').fill('clarity, warmth & tone');
  await dialog.getByTestId('copy-invitation').click();
  const link = await until(() => app.page.evaluate(() => navigator.clipboard.readText()), { what: 'the link' });
  assert.match(link, /#c=.*&ballot=1&seed=\d+&criteria=clarity,warmth%20%26%20tone$/);
  const voter = await openApp(world, { fragment: new URL(link).hash, ready: false });
  try {
    await blind(voter).waitFor();
    assert.doesNotMatch(await everything(voter), /demo-1000|demo-steady/);
    await voter.page.getByTestId('voter-name').fill('Devi');
    await voter.page.getByTestId('blind-begin').click();
    await cards(voter).first().waitFor();
    assert.match(await cards(voter).first().getByTestId('answer').innerText(), /simulated/);
    assert.deepEqual(
      await cards(voter).first().locator('[data-criterion]').evaluateAll((all) => all.map((one) => one.dataset.criterion)),
      ['clarity', 'warmth & tone'],
    );
    const made = await vote(voter, 't');
    assert.match(await voter.page.getByTestId('cast-said').innerText(), /copy it and send it/);
    assert.equal(await voter.page.getByTestId('next-voter').count(), 0, 'nobody comes next here');
    assert.match(await voter.page.getByTestId('copy-code').getAttribute('class'), /btn-go/);
    await voter.page.keyboard.press('n');
    assert.equal(await code(voter), made);
    await voter.page.reload();
    await blind(voter).waitFor();
    assert.doesNotMatch(await everything(voter), /demo-1000|demo-steady/, 'a reload is as blind');
    await paste(dialog, made);
    await until(async () => (await dialog.getByTestId('ballot').count()) === 1, { what: 'the ballot' });
    assert.match(await dialog.getByTestId('ballot').innerText(), /Devi/);
    assert.match(await dialog.getByTestId('ballot').innerText(), /Copy code/);

    // The same code again is no new ballot, and a second vote replaces the first.
    await paste(dialog, made);
    await dialog.getByText('This ballot is here already').waitFor();
    assert.equal(await dialog.getByTestId('ballot').count(), 1);
    await voter.page.getByTestId('blind-begin').click();
    await cards(voter).first().waitFor();
    await new Promise((later) => { setTimeout(later, 1100); }); // ballots have whole seconds
    const again = await vote(voter, '1');
    assert.notEqual(again, made);
    assert.match(await voter.page.getByTestId('cast-said').innerText(), /takes the place of the ballot/);
    await paste(dialog, again);
    await until(async () => (await dialog.getByTestId('ballot').count()) === 2, { what: 'the second ballot' });
    assert.match(await dialog.getByTestId('ballot-note').innerText(), /voted 2 times: only the last/);
    assert.equal(await dialog.locator('[data-counted=false]').count(), 1);
  } finally {
    await voter.page.context().close();
  }
});

scene('leaving before the vote asks, since it shows the names', () => demos(), async ({ app }) => {
  await begin(app);
  await app.page.getByTestId('blind-leave').click();
  await app.page.getByTestId('leave-no').click();
  assert.equal(await cards(app).count(), 2);
  await app.page.getByTestId('blind-leave').click();
  await app.page.getByTestId('leave-yes').click();
  await app.panes(2);
  await app.action('blind-vote');
  await app.page.getByTestId('blind-locked').waitFor();
});

scene('a camera that is refused is a message, and pasting still works', () => ({
  ...demos(),
  prepare: (page) => page.addInitScript(() => {
    window.BarcodeDetector = class {};
    const refused = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
    Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: refused } });
  }),
}), async ({ app }) => {
  await app.run();
  await app.settled();
  const dialog = await openBallots(app);
  await dialog.getByTestId('scan-ballots').click();
  assert.match(await dialog.getByTestId('camera-trouble').innerText(), /did not allow the camera/);
  assert.equal(await dialog.locator('video').count(), 0);
  await dialog.getByTestId('paste-ballots').fill('x');
  assert.ok(await dialog.getByTestId('add-ballots').isEnabled());
});

scene('a code that is read as the camera is stopped comes too late, and the page goes on', () => ({
  ...demos(),
  prepare: (page) => page.addInitScript(() => {
    window.BarcodeDetector = class {
      detect() { return new Promise((resolve) => { window.detected = resolve; }); }
    };
    const stream = () => Promise.resolve(document.createElement('canvas').captureStream());
    Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: stream } });
    HTMLMediaElement.prototype.play = () => Promise.resolve();
  }),
}), async ({ app }) => {
  await app.run();
  await app.settled();
  const dialog = await openBallots(app);
  await dialog.getByTestId('scan-ballots').click();
  await until(() => app.page.evaluate(() => Boolean(window.detected)), { what: 'the camera to look' });
  await dialog.getByTestId('scan-ballots').click();
  await dialog.locator('video').waitFor({ state: 'detached' });
  await app.page.evaluate(() => window.detected([{ rawValue: 'no ballot' }]));
  await turns(app.page);
  assert.equal(await app.page.locator('#crash').isVisible(), false);
  assert.equal(await dialog.getByTestId('ballot-problems').count(), 0);
  await dialog.getByTestId('scan-ballots').click();
  await dialog.locator('video').waitFor();
});

scene('what the camera sees becomes a ballot', () => ({
  ...demos(),
  prepare: (page) => page.addInitScript(() => {
    window.BarcodeDetector = class {
      detect() { return Promise.resolve(window.seen ? [{ rawValue: window.seen }] : []); }
    };
    const stream = () => Promise.resolve(document.createElement('canvas').captureStream());
    Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: stream } });
    HTMLMediaElement.prototype.play = () => Promise.resolve();
  }),
}), async ({ app }) => {
  await begin(app);
  const own = await vote(app, '1');
  await app.page.getByTestId('reveal').click();
  await app.page.getByTestId('blind-done').click();
  const dialog = await openBallots(app);
  await dialog.getByTestId('scan-ballots').click();
  await app.page.evaluate((text) => { window.seen = text; }, ballotLike(own, { voter: 7, best: 2 }));
  await until(async () => (await dialog.getByTestId('ballot').count()) === 2, { what: 'the scanned ballot' });
  await dialog.getByTestId('scan-ballots').click();
  await dialog.locator('video').waitFor({ state: 'detached' });
});

for (const colorScheme of ['light', 'dark']) {
  scene(`the vote and its outcome are accessible and fit a phone, ${colorScheme}`, () => demos(MODELS, {
    context: { viewport: { width: 390, height: 844 }, colorScheme },
  }), async ({ app }) => {
    await begin(app, { criteria: 'clarity' });
    const overflow = () => app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok((await overflow()) <= 0, 'nothing scrolls sideways');
    assert.deepEqual(await findings(app.page), []);
    const bar = await blind(app).getByTestId('vote-best').first().boundingBox();
    assert.ok(bar.y < 844, 'the vote is in reach');
    await blind(app).getByTestId('vote-best').first().click();
    await blind(app).getByTestId('vote-next').click();
    await code(app);
    assert.ok((await overflow()) <= 0);
    await app.page.getByTestId('reveal').click();
    await app.page.getByTestId('ranking').waitFor();
    assert.ok((await overflow()) <= 0);
    assert.deepEqual(await findings(app.page), []);
  });
}
