// What comes in from elsewhere: looked at first, filled in on request, and undone.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { saved } from './harness/download.mjs';
import { apply, dialog, drop, leftOut, paste, preview, state as whole } from './harness/imports.mjs';
import { recipeLink, document as recipe } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const ANSWER = 'A **red** square.';
const { world, scene } = stage({
  aimock: [{ match: { userMessage: 'look' }, response: { content: ANSWER } }],
});

const open = ({ aimock }) => ({ allow: [aimock.origin] });
const KEY = 'sk-real-0123456789';

async function state(app) {
  const { answers: _, ...rest } = await whole(app);
  return rest;
}

const CHAT = { model: 'gpt-4.1', n: 2, messages: [{ role: 'system', content: 'Be terse.' }, { role: 'user', content: 'look' }] };

const FORMS = {
  'a recipe': () => [JSON.stringify(recipe({ prompt: 'look', system: 'Be terse.', panes: [{ provider: 'openai', model: 'gpt-4.1' }] })), /a recipe of Touchstone/, ['openai', 'gpt-4.1', 'api.openai.com']],
  'a link': () => [`https://touchstone.example/${recipeLink({ prompt: 'look', system: 'Be terse.', panes: [{ provider: 'gemini', model: 'gemini-3.5-flash' }] })}`, /a link of Touchstone/, ['gemini', 'gemini-3.5-flash', 'generativelanguage.googleapis.com']],
  'a link by hand': () => ['#prompt=look&system=Be%20terse.&pane=openai/gpt-4.1', /a link of Touchstone/, ['openai', 'gpt-4.1', 'api.openai.com']],
  'a request to Chat Completions': () => [JSON.stringify(CHAT), /a request to Chat Completions/, ['openai', 'gpt-4.1', 'api.openai.com'], /n: nothing here corresponds to it/],
  'a request to Messages': () => [
    JSON.stringify({ model: 'claude-haiku-4-5', max_tokens: 64, system: 'Be terse.', messages: [{ role: 'user', content: [{ type: 'text', text: 'look' }, { type: 'image', source: {} }] }] }),
    /Anthropic’s Messages/,
    ['anthropic', 'claude-haiku-4-5', 'api.anthropic.com'],
    /messages\[0\]\[1\]: images and files/,
  ],
  'a request to Responses': () => [JSON.stringify({ model: 'gpt-4.1', instructions: 'Be terse.', input: 'look' }), /a request to Responses/, ['openai', 'gpt-4.1', 'api.openai.com']],
  'a request to Gemini': () => [
    JSON.stringify({ model: 'gemini-3.5-flash', systemInstruction: { parts: [{ text: 'Be terse.' }] }, contents: [{ role: 'user', parts: [{ text: 'look' }] }], safetySettings: [] }),
    /a request to Gemini/,
    ['gemini', 'gemini-3.5-flash', 'generativelanguage.googleapis.com'],
    /safetySettings/,
  ],
  'a promptfoo configuration': () => [
    'description: Duel\nprompts:\n  - |-\n    - role: system\n      content: Be terse.\n    - role: user\n      content: "{{what}}"\n  - Another\nproviders:\n  - openai:responses:gpt-4.1\n  - python:provider.py\ntests:\n  - vars: { what: look }\n    assert: [{ type: contains, value: red }]\n',
    /a promptfoo configuration/,
    ['openai', 'gpt-4.1', 'api.openai.com'],
    /tests\[\]\.assert[\s\S]*prompts\[1\]: only what you chose is taken/,
    '{{what}}',
  ],
  'a curl command': () => [
    `curl -N ${world.aimock.bases.openai}/chat/completions \\\n  -H 'Authorization: Bearer $KEY' -H 'x-trace: 1' \\\n  --data-raw $'{"model": "gpt-4.1", "messages": [{"role": "system", "content": "Be terse."}, {"role": "user", "content": "look"}]}'`,
    /a curl command/,
    ['openai-compatible', 'gpt-4.1', new URL(world.aimock.origin).host],
    /x-trace: the page sends only/,
  ],
};

for (const [name, form] of Object.entries(FORMS)) {
  scene(`${name} is shown before it fills the page in, and undone`, open, async ({ app }) => {
    const [text, kind, pane, missing, prompt = 'look'] = form();
    await app.prompt('mine, half typed');
    await paste(app, text);
    await preview(app).waitFor();
    assert.match(await preview(app).innerText(), kind);
    assert.equal((await state(app)).prompt, 'mine, half typed', 'nothing is filled in yet');
    if (missing) assert.match(await leftOut(app), missing);
    else assert.equal(await app.page.getByTestId('import-left-out').count(), 0);
    await apply(app);
    assert.deepEqual(await state(app), { panes: [pane], prompt, system: 'Be terse.' });
    assert.deepEqual(app.sent(), [], 'nothing was sent');
    await app.page.getByTestId('toast').getByText('Undo').click();
    assert.deepEqual(await state(app), { panes: [], prompt: 'mine, half typed', system: '' });
  });
}

scene('what was read from a curl command runs, with its key only where it was ticked', open, async ({ app }) => {
  const command = `curl ${world.aimock.bases.openai}/chat/completions -H "Authorization: Bearer ${KEY}" -d '${JSON.stringify(CHAT)}'`;
  await paste(app, command);
  assert.equal(await app.page.getByTestId('import-key').isChecked(), false);
  assert.ok(!(await preview(app).innerText()).includes(KEY));
  assert.deepEqual(await findings(app.page), []);
  await apply(app);
  await app.approve();
  await app.run();
  await app.settled();
  const first = await app.sent({ method: 'POST' })[0].allHeaders();
  assert.equal(first.authorization, undefined);
  await paste(app, command);
  await app.page.getByTestId('import-key').check();
  await apply(app);
  await app.approve();
  await app.run();
  await app.settled();
  assert.equal(await app.pane().answer(), 'A red square.');
  const second = await app.sent({ method: 'POST' })[1].allHeaders();
  assert.equal(second.authorization, `Bearer ${KEY}`);
  const { text } = await app.exported();
  assert.ok(!text.includes(KEY));
});

const ROUTE = ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({ title: 'Before', prompt: 'look', panes: [{ provider: 'openai-compatible', model: 'm', base_url: aimock.bases.openai }] }),
});

scene('a result and its report come back from a file with the same values, and nothing runs', ROUTE, async ({ app }) => {
  await app.panes(1);
  await app.approve();
  await app.run();
  await app.settled();
  const figures = await app.pane().metrics();
  const { text, document } = await app.exported();
  const report = (await saved(app.page, () => app.page.getByTestId('export-html').click())).bytes;
  const before = app.sent().length;
  for (const [name, bytes, kind] of [
    ['result.json', text, /result\.json is a result of Touchstone/],
    ['report.html', report, /report\.html is a report of Touchstone/],
  ]) {
    await app.page.getByTestId('put-away').click();
    await until(async () => (await app.page.getByTestId('pane').count()) === 0, { what: 'an empty page' });
    await drop(app, name, bytes);
    await preview(app).waitFor();
    assert.match(await preview(app).innerText(), kind);
    assert.match(await preview(app).innerText(), /1 run, of /);
    await apply(app);
    await app.panes(1);
    assert.equal(await app.pane().answer(), 'A red square.');
    assert.equal(await app.pane().phase(), 'done');
    const now = await app.pane().metrics();
    for (const [metric, { value, source }] of Object.entries(figures)) {
      assert.deepEqual([now[metric].value, now[metric].source], [value, source], metric);
    }
    const again = (await app.exported()).document;
    // The report was written a moment later than the document.
    assert.deepEqual({ ...again, created: '' }, { ...document, created: '' });
    if (name === 'result.json') assert.equal(again.created, document.created);
  }
  assert.equal(app.sent().length, before, 'nothing was sent');
});

scene('a dropped file is attached, opened, or asked about, as it seems meant', open, async ({ app }) => {
  const tiles = app.page.getByTestId('attachment');
  await drop(app, 'notes.txt', 'look at this');
  await until(async () => (await tiles.count()) === 1, { what: 'the text to be attached' });
  // JSON that is no request is a file like any other.
  await drop(app, 'data.json', '{"rows": [1, 2]}');
  await until(async () => (await tiles.count()) === 2, { what: 'the data to be attached' });
  await drop(app, 'request.json', JSON.stringify(CHAT));
  await preview(app).waitFor();
  await app.page.getByTestId('import-attach').click();
  await until(async () => (await tiles.count()) === 3, { what: 'the request to be attached' });
  assert.match(await tiles.nth(2).innerText(), /request\.json/);
  await drop(app, 'promptfooconfig.yaml', 'prompts: [look]\nproviders: [openai:gpt-4.1]\ntests: []\n');
  await preview(app).waitFor();
  await app.page.keyboard.press('Escape');
  await dialog(app).waitFor({ state: 'hidden' });
  assert.equal(await tiles.count(), 3, 'nothing on the page changed');
});

const BAD = [
  ['a sentence', 'Just a sentence.', 'unknown', /nothing that is known here.*What can be read/s],
  ['JSON cut short', JSON.stringify(recipe({ prompt: 'x' })).slice(0, 30), 'json', /cut short/],
  ['JSON with a fault', '{"a": }', 'json', /line 1, column 7/],
  ['a recipe with a wrong type', '{"touchstone": "recipe/1", "panes": [{"provider": "a", "model": 5}]}', 'document', /panes\[0\]\.model/],
  ['a result with a wrong type', '{"touchstone": "result/1", "app": {"name": 1}}', 'document', /app\.name/],
  ['a later version', '{"touchstone": "recipe/9"}', 'document', /recipe\/9/],
  ['a later version of a result', '{"touchstone": "result/9"}', 'document', /result\/9.*a result of a later version.*result\/1/],
  ['a mangled link', 'https://x.example/#prompt=%zz', 'link', /%/],
  ['a page of somebody else', '<!doctype html><html><title>x</title></html>', 'no_document', /without a result/],
  ['a HAR file', '{"log": {"entries": []}}', 'foreign', /HAR file/],
  ['a reply', '{"choices": []}', 'foreign', /reply of an API/],
  ['JSON Lines', '{"a": 1}\n{"a": 2}', 'foreign', /JSON Lines/],
  ['YAML with a fault', 'prompts:\n  - a: [\nproviders: }', 'yaml', /line \d+, column \d+/],
  ['a curl command cut short', "curl https://api.openai.com/v1/responses -d '{\"a", 'curl', /inside a quote/],
  ['a curl command with a file', 'curl https://api.openai.com/v1/responses -d @body.json', 'curl', /body\.json/],
  ['a curl command for Windows', 'curl ^"https://api.openai.com^" ^\n  -d x', 'curl', /bash/],
];

scene('whatever cannot be read has a message of its own, and the page stays as it is', ROUTE, async ({ app }) => {
  await app.panes(1);
  await app.prompt('mine');
  const before = await state(app);
  for (const [name, text, kind, pattern] of BAD) {
    await paste(app, text);
    const error = app.page.getByTestId('import-error');
    await until(async () => (await error.getAttribute('data-kind')) === kind && pattern.test(await error.innerText()), { what: `${name}: ${kind} ${pattern}` });
    assert.equal(await app.page.getByTestId('import-text').inputValue(), text, 'what was pasted stays');
    const lists = await app.page.getByText(/promptfoo configurations/).count();
    assert.equal(lists, 1, `${name}: what can be read is said once`);
  }
  assert.deepEqual(await findings(app.page), []);
  // Files: bytes that are no text, a picture, nothing.
  for (const [name, bytes, kind] of [
    ['x.json', Buffer.from([0x7b, 0xff, 0xfe]), 'not_text'],
    ['x.zip', Buffer.from('PK\x03\x04'), 'foreign'],
    ['x.json', Buffer.alloc(0), 'empty'],
  ]) {
    await app.page.getByTestId('import-file').setInputFiles({ name, mimeType: '', buffer: bytes });
    const error = app.page.getByTestId('import-error');
    await until(async () => (await error.getAttribute('data-kind')) === kind, { what: kind });
    assert.match(await error.innerText(), new RegExp(name));
  }
  await app.page.keyboard.press('Escape');
  await dialog(app).waitFor({ state: 'hidden' });
  assert.deepEqual(await state(app), before);
});

scene('undo does not take away what was done after an import', open, async ({ app }) => {
  await paste(app, JSON.stringify(CHAT));
  await apply(app);
  await app.prompt('changed since');
  await app.page.getByTestId('toast').getByText('Undo').click();
  assert.equal((await state(app)).prompt, 'changed since');
  await app.tells(/Something new was begun/);
});
