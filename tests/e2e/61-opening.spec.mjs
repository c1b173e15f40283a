// Every kind of document of ours, by every way in: dropped, pasted as a file, pasted as text
// and picked. Then what is none of them, and what becomes of several prompts.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { saved } from './harness/download.mjs';
import { HistoryPanel, kept } from './harness/history.mjs';
import { apply, dialog, drop, fails, leave, leftOut, paste, pick, preview, problem, state } from './harness/imports.mjs';
import { recipeLink, document as recipe } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const { scene } = stage({});

const PROMPT = 'How do I read this page?';
const MODELS = ['demo-1000', 'demo-steady-1000'];
const demos = (rest = {}) => ({
  fragment: recipeLink({ title: 'Two at once', prompt: PROMPT, panes: MODELS.map((model) => ({ provider: 'demo', model })) }),
  ...rest,
});

const click = (app, id) => () => app.page.getByTestId(id).click();

/** Votes for what stands first and gives the file of ballots. */
async function ballots(app) {
  await app.action('blind-vote');
  await app.page.getByTestId('blind-begin').click();
  await app.page.getByTestId('blind').getByTestId('pane').first().waitFor();
  await app.page.keyboard.press('1');
  await app.page.keyboard.press('Enter');
  await app.page.getByTestId('ballot-code').waitFor();
  await app.page.getByTestId('reveal').click();
  await app.page.getByTestId('blind-done').click();
  await app.panes(2);
  await app.action('ballots');
  const held = app.page.locator('[data-testid=ballots-dialog]');
  const file = (await saved(app.page, () => held.getByTestId('save-ballots').click())).bytes;
  // So that what comes back is what was brought.
  await held.getByTestId('remove-ballot').click();
  await held.getByTestId('no-ballots').waitFor();
  await app.page.keyboard.press('Escape');
  await held.waitFor({ state: 'hidden' });
  return file.toString('utf8');
}

async function historyFile(app) {
  const panel = await new HistoryPanel(app).open();
  await panel.holds(1);
  const { text } = await panel.export();
  await panel.close();
  return text;
}

const filled = async (app) => {
  assert.deepEqual((await state(app)).panes.map(([, model]) => model), MODELS);
};
const answered = async (app) => {
  await filled(app);
  assert.match(await app.pane().answer(), /simulated answer/);
};

/** Name of the file, how it is made, what is said of it, and what is there after it was taken. */
const KINDS = {
  'a recipe': {
    name: 'recipe.json',
    make: () => JSON.stringify(recipe({ prompt: PROMPT, panes: MODELS.map((model) => ({ provider: 'demo', model })) })),
    says: /is a recipe of Touchstone/,
    then: filled,
  },
  'a result': {
    name: 'result.json',
    make: async (app) => (await app.exported()).text,
    says: /is a result of Touchstone/,
    then: answered,
  },
  'a report': {
    name: 'report.html',
    make: async (app) => (await saved(app.page, click(app, 'export-html'))).bytes.toString('utf8'),
    says: /is a report of Touchstone/,
    then: answered,
  },
  'a history': {
    name: 'kept.json',
    make: historyFile,
    says: /is a history of Touchstone with 1 comparison/,
    then: async (app) => {
      const panel = new HistoryPanel(app);
      await panel.root.waitFor();
      await until(async () => /1 here already/.test(await panel.root.getByTestId('history-report').innerText()), { what: 'the report' });
      await panel.holds(1);
      await panel.close();
      await answered(app);
    },
  },
  'a file of ballots': {
    name: 'ballots.json',
    make: ballots,
    says: /is a ballot of a blind vote/,
    then: async (app) => {
      const held = app.page.locator('[data-testid=ballots-dialog]');
      await until(async () => (await held.getByTestId('ballot').count()) === 1, { what: 'the ballot' });
      await app.page.keyboard.press('Escape');
      await answered(app);
    },
  },
  'a list of prompts': {
    name: 'prompts.json',
    make: () => JSON.stringify([{ title: 'Warm up', prompt: 'Say {{what}}.', what: 'hello' }, 'And now?']),
    says: /is a list of prompts.*Found 2 prompts in a JSON list, with the variable what/s,
    then: async (app) => {
      assert.equal((await state(app)).prompt, 'Say {{what}}.');
      await filled(app);
    },
  },
  'a table of prompts': {
    name: 'prompts.csv',
    make: () => 'prompt,what,note\n"Say {{what}}.",hello,x\nAnd now?,,y\n',
    says: /is a list of prompts.*Found 2 prompts in a table/s,
    then: async (app) => assert.equal((await state(app)).prompt, 'Say {{what}}.'),
  },
};

const WAYS = {
  dropped: (app, name, text) => drop(app, name, text),
  'pasted as a file': (app, name, text) => drop(app, name, text, { pasted: true }),
  'pasted as text': (app, name, text) => paste(app, text),
  picked: (app, name, text) => pick(app, name, text),
};

for (const [what, kind] of Object.entries(KINDS)) {
  scene(`${what} is known however it comes, changes nothing before it is taken, and then is there`, demos(), async ({ app }) => {
    await app.panes(2);
    await app.run();
    await app.settled();
    await kept(app.page, 1);
    const text = await kind.make(app);
    await app.prompt('mine, half typed');
    const before = await state(app);
    for (const [way, bring] of Object.entries(WAYS)) {
      await bring(app, kind.name, text);
      await preview(app).waitFor();
      assert.match(await preview(app).innerText(), kind.says, way);
      assert.equal((await preview(app).innerText()).includes(kind.name), way !== 'pasted as text', way);
      assert.deepEqual(await state(app), before, `${way} fills nothing in`);
      const beside = await app.page.getByTestId('import-attach').count();
      assert.equal(beside, way === 'picked' || way === 'pasted as text' ? 0 : 1, `${way}: it could be meant as a file`);
      if (way === 'dropped') assert.deepEqual(await findings(app.page), []);
      if (way !== 'picked') await leave(app);
    }
    await app.page.getByTestId('import-apply').click();
    await dialog(app).waitFor({ state: 'hidden' });
    await kind.then(app);
  });
}

/** A file that the page makes itself: too large for this process to hand over. */
async function large(app, name, how, megabytes) {
  await app.page.evaluate(([name, how, bytes]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes).fill(32)], name));
    if (how === 'drop') {
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    } else {
      const field = document.querySelector('[data-testid=import-file]');
      field.files = transfer.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }, [name, how, megabytes * 1_048_576]);
}

scene('what is none of ours has a message that says what it is and what works, and the page stays', demos(), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  await app.prompt('mine, half typed');
  const table = (await saved(app.page, click(app, 'export-csv'))).bytes;
  const before = await state(app);
  const zip = Buffer.from('PK\x03\x04');
  const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  for (const [name, content, kind, pattern] of [
    ['a.har', '{"log": {"entries": []}}', 'foreign', /HAR file.*as curl/s],
    ['a.zip', zip, 'foreign', /archive or an office document/],
    ['a.png', png, 'foreign', /picture.*attached to a prompt/s],
    ['own.csv', table, 'foreign', /table of figures that Touchstone writes.*JSON or as an HTML report/s],
    ['other.csv', 'name,age,town\nA,1,B\n', 'foreign', /lists of prompts.*column “prompt”/s],
    ['empty.json', '', 'empty', /nothing in it/],
    ['bytes.json', Buffer.from([0x7b, 0xff, 0xfe]), 'not_text', /UTF-8/],
    ['wrong.json', '{"touchstone": "recipe/1", "panes": [{"provider": "a", "model": 5}]}', 'document', /panes\[0\]\.model/],
    ['later.json', '{"touchstone": "history/9", "entries": []}', 'history', /newer Touchstone.*Reload/s],
    ['unknown.json', '{"touchstone": "poem/1"}', 'other_document', /poem.*reload the page/s],
    ['list.json', '["One", 5]', 'prompts', /looks like a list of prompts.*\[1\]/s],
    ['page.html', '<!doctype html><html><title>x</title></html>', 'no_document', /without a result/],
  ]) {
    await pick(app, name, content);
    await fails(app, kind, pattern);
    assert.ok((await problem(app).innerText()).includes(name), `${name} is named`);
  }
  await large(app, 'huge.json', 'pick', 65);
  await fails(app, 'too_large', /too large to open here: .* of at most/);
  await leave(app);
  await large(app, 'huge.json', 'drop', 65);
  await app.tells(/huge\.json/);
  assert.deepEqual(await state(app), before);
  assert.equal(await app.page.getByTestId('attachment').count(), 0);
});

scene('ballots of another comparison are refused by name, and those of this one count', demos(), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  const document = JSON.parse(await ballots(app));
  const foreign = structuredClone(document.ballots[0]);
  foreign.comparison = '010203040506';
  await drop(app, 'ballots.json', JSON.stringify({ ...document, ballots: [document.ballots[0], foreign] }));
  await preview(app).waitFor();
  await app.page.getByTestId('import-apply').click();
  await fails(app, 'ballots', /not added.*another comparison/s);
  await leave(app);
  await app.action('ballots');
  const held = app.page.locator('[data-testid=ballots-dialog]');
  assert.equal(await held.getByTestId('ballot').count(), 1);
});

scene('a history that is dropped joins the one that is kept, doubles nothing, and is undone', demos(), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  await kept(app.page, 1);
  const document = JSON.parse(await historyFile(app));
  const [own] = document.entries;
  const other = structuredClone(own);
  other.id = 'from-elsewhere';
  other.document.panes[0].turns[0].prompt = 'asked elsewhere';
  const tagged = { ...own, tags: ['class'] };
  const text = JSON.stringify({ ...document, entries: [tagged, other, other] });
  await drop(app, 'touchstone-history-2026.json', text);
  await preview(app).waitFor();
  assert.match(await preview(app).innerText(), /with 3 comparisons/);
  await apply(app);
  const panel = new HistoryPanel(app);
  await panel.holds(2);
  const report = panel.root.getByTestId('history-report');
  await until(async () => /1 comparison imported, 1 here already, 1 given tags/.test(await report.innerText()), { what: 'the report' });
  assert.equal(await panel.root.getByTestId('history-tag').count(), 1);
  assert.deepEqual(await findings(app.page), []);
  await panel.root.getByTestId('history-import-undo').click();
  await panel.holds(1);
  assert.equal(await panel.root.getByTestId('history-tag').count(), 0, 'the tag that came with it is gone');
  assert.equal(await report.count(), 0);
  // What was taken back can be brought back in its turn.
  await panel.root.getByTestId('history-undo').click();
  await panel.holds(2);
  await panel.close();
  assert.match(await app.pane().answer(), /simulated answer/, 'the page stays as it was');
  // A file that was cut comes in up to the cut.
  await paste(app, text.slice(0, -40));
  assert.match(await preview(app).innerText(), /with 2 comparisons/);
  await apply(app);
  await until(async () => /ends too early/.test(await report.innerText()), { what: 'the word on the cut' });
});

const CONFIG = `description: Getting on
prompts:
  - 'Convert to {{language}}: {{input}}'
  - 'Say in {{language}}: {{input}}'
providers: [demo:x, openai:chat:gpt-4.1]
tests:
  - vars: { language: [French, German], input: Hello }
    assert: [{ type: contains, value: Bonjour }]
  - vars: { language: Spanish, input: Where is it? }
`;

const step = (app, keys) => app.page.keyboard.press(keys);

scene('several prompts and tests of promptfoo become a list to go through, and one of them if that is wanted', demos(), async ({ app }) => {
  await app.panes(2);
  await app.run();
  await app.settled();
  await app.prompt('mine, half typed');
  const before = await state(app);
  await drop(app, 'promptfooconfig.yaml', CONFIG);
  await preview(app).waitFor();
  const words = await preview(app).innerText();
  assert.match(words, /All 6 \(2 prompts, each with 3 sets of values\)/);
  assert.match(words, /6 prompts\s+Convert to French: Hello\s+Say in French: Hello/);
  assert.match(await leftOut(app), /tests\[\]\.assert/);
  assert.doesNotMatch(await leftOut(app), /prompts\[/);
  assert.deepEqual(await findings(app.page), []);
  // One of them: the row is chosen, and what is not taken is said.
  await app.page.getByTestId('import-suite-one').check();
  await app.page.getByTestId('import-suite-prompt').selectOption('1');
  await app.page.getByTestId('import-suite-row').selectOption('2');
  assert.match(await leftOut(app), /prompts\[0\]: only what you chose[\s\S]*tests\[\]: only what you chose/);
  await apply(app);
  assert.equal((await state(app)).prompt, 'Say in {{language}}: {{input}}');
  await app.page.getByTestId('toast').getByText('Undo').click();
  assert.deepEqual(await state(app), before);
  // All of them: the first is on the page, the present mode goes through them.
  await drop(app, 'promptfooconfig.yaml', CONFIG);
  await apply(app);
  assert.deepEqual((await state(app)).panes, [['openai', 'gpt-4.1', 'api.openai.com']]);
  assert.equal((await state(app)).prompt, 'Convert to {{language}}: {{input}}');
  await app.page.getByTestId('toast').getByText('Undo').click();
  assert.deepEqual(await state(app), before, 'the page before is back, and with it what was typed');
  await drop(app, 'promptfooconfig.yaml', CONFIG);
  await apply(app);
  await app.page.getByTestId('prompt').blur();
  await step(app, 'w');
  const head = app.page.getByTestId('present-prompt');
  await until(async () => (await head.innerText()) === 'Convert to French: Hello', { what: 'the first prompt with its values' });
  for (const text of ['Say in French: Hello', 'Convert to German: Hello', 'Say in German: Hello', 'Convert to Spanish: Where is it?', 'Say in Spanish: Where is it?']) {
    await step(app, 'n');
    await until(async () => (await head.innerText()) === text, { what: text });
  }
  assert.deepEqual(app.sent(), [], 'nothing was sent');
});
