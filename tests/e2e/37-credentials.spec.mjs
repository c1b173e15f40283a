// Credentials besides plain keys: access keys in their parts, tokens that end, and whom
// OpenAI's organisation is told to.

import assert from 'node:assert/strict';
import { json, stream } from './harness/byte_server.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { chooseRoute } from './harness/picker.mjs';
import { stage } from './harness/stage.mjs';
import { chat, responses } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

// The example of AWS's own documentation.
const ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const TOKEN = 'IQoJb3JpZ2luX2luZXhhbXBsZQ==';
const OPENAI = 'https://api.openai.com';
const GOOGLE = 'https://aiplatform.googleapis.com';

/** What the tab's storage keeps of keys: rows of provider, origin, secret and time. */
const kept = (page) => page.evaluate(() => JSON.parse(sessionStorage.getItem('touchstone.keys') ?? '[]'));

async function pickerOf(page, provider) {
  await page.getByTestId('add-pane').first().click();
  const picker = page.locator('dialog[data-testid=picker]');
  await chooseRoute(page, provider);
  return picker;
}

const part = (scope, name) => scope.locator(`input[data-key-for=bedrock][data-key-part=${name}]`);

/** Pastes into a field as a person would, with its line breaks. */
const paste = (field, text) =>
  field.evaluate((one, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    one.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

scene('an access key is pasted once, kept as one text and seen nowhere', {}, async ({ app }) => {
  const { page } = app;
  const picker = await pickerOf(page, 'bedrock');
  await picker.locator('input[data-key-for=bedrock]').waitFor();
  await picker.locator('[data-testid=credential-kind][data-kind=access_key] input').check();
  const [id, secret, token] = ['access_key_id', 'secret_access_key', 'session_token'].map((name) => part(picker, name));
  assert.equal(await secret.getAttribute('type'), 'password');
  await paste(id, `export AWS_ACCESS_KEY_ID="${ID}"\nexport AWS_SECRET_ACCESS_KEY="${SECRET}"\nexport AWS_SESSION_TOKEN="${TOKEN}"\n`);
  assert.deepEqual([await id.inputValue(), await secret.inputValue(), await token.inputValue()], [ID, SECRET, TOKEN]);
  await picker.getByTestId('keep-for-tab').check();
  await picker.getByTestId('save-key').click();
  await part(picker, 'access_key_id').waitFor({ state: 'detached' });
  const [[provider, origin, text]] = await kept(page);
  assert.equal(provider, 'bedrock');
  assert.match(origin, /^https:\/\/bedrock-runtime\.[\w-]+\.amazonaws\.com$/);
  assert.equal(text, `${ID}:${SECRET}:${TOKEN}`);
  const markup = await page.content();
  assert.ok(!markup.includes(SECRET) && !markup.includes(TOKEN));
});

scene('what is wrong with an access key is said at its field, and nothing typed is lost', {}, async ({ app }) => {
  const { page } = app;
  const picker = await pickerOf(page, 'bedrock');
  await picker.locator('[data-testid=credential-kind][data-kind=access_key] input').check();
  await part(picker, 'access_key_id').fill('ASIAIOSFODNN7EXAMPLE');
  await part(picker, 'secret_access_key').fill(SECRET);
  await picker.getByTestId('save-key').click();
  assert.match(await picker.innerText(), /temporary and needs its session token/);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.keyPart), 'session_token');
  assert.equal(await part(picker, 'secret_access_key').inputValue(), SECRET);

  await picker.locator('[data-testid=credential-kind][data-kind=key] input').check();
  const field = picker.locator('input[data-key-for=bedrock]');
  await field.fill(ID);
  await picker.getByTestId('save-key').click();
  assert.match(await picker.innerText(), /ID of an access key.*“Access key”/);
  await field.fill('bedrock-api-key-YmVkcm9jaw');
  await picker.getByTestId('save-key').click();
  await app.tells(/good for at most 12 hours/);
});

const vertex = ({ internet }) => {
  const error = { error: { code: 401, status: 'UNAUTHENTICATED', message: 'Request had invalid authentication credentials.' } };
  internet.host('aiplatform.googleapis.com').reply(json(401, error));
  const base = `${GOOGLE}/v1/projects/p/locations/global`;
  const pane = { provider: 'vertex', model: 'gemini-3.5-flash', base_url: base };
  return { allow: [GOOGLE], fragment: recipeLink({ prompt: 'Go.', panes: [pane] }) };
};

scene('a token comes with its command, and a refusal says that it has likely expired', vertex, async ({ app }) => {
  const { page } = app;
  await app.panes(1);
  await app.approve();
  const pane = app.pane();
  assert.equal(await pane.root.getByTestId('token-command').innerText(), 'gcloud auth print-access-token');
  await app.key('vertex', GOOGLE, 'ya29.a0ARW5m7-example', { keep: true });
  await app.run();
  assert.match(await pane.fails('auth'), /entered less than a minute ago.*about an hour.*may have been made earlier/);

  // Seventy minutes later.
  await page.evaluate(() => {
    const [row] = JSON.parse(sessionStorage.getItem('touchstone.keys'));
    row[3] = String(Date.now() - 70 * 60_000);
    sessionStorage.setItem('touchstone.keys', JSON.stringify([row]));
  });
  await page.reload();
  await app.ready();
  await app.run();
  assert.match(await pane.fails('auth'), /entered 70 minutes ago.*It has likely expired/);
  const settings = await app.openSettings();
  assert.match(await settings.innerText(), /Vertex.*it has likely expired/);
});

scene(
  'organisation and project go to OpenAI and to nobody else, and outlive a reload',
  ({ bytes, internet }) => {
    const lane = bytes.lane().reply(stream(chat.whole('Elsewhere.')));
    const home = internet.host('api.openai.com').reply(stream(responses.whole('Home.')));
    home.models(['gpt-6-luna']);
    const panes = [{ provider: 'openai', model: 'gpt-6-luna' }, { provider: 'openai', api: 'chat', model: 'gpt-6-luna', base_url: lane.base }];
    return { allow: [bytes.origin, OPENAI], fragment: recipeLink({ prompt: 'Go.', panes }), hand: { lane, home, elsewhere: bytes.origin } };
  },
  async ({ app, lane, home, elsewhere }) => {
    const { page } = app;
    await app.panes(2);
    await app.approve();
    const pane = app.pane();
    await pane.root.locator('details.more summary').click();
    await pane.root.getByTestId('openai-organization').fill('org 1');
    assert.match(await pane.root.innerText(), /is not sent/);
    await pane.root.getByTestId('openai-organization').fill('org-1');
    await pane.root.getByTestId('openai-project').fill('proj_2');
    assert.equal(await app.pane(1).root.locator('details.more').count(), 0, 'another host is not asked about');
    await app.key('openai', OPENAI, 'sk-test-home', { keep: true });
    await app.key('openai', elsewhere, 'sk-test-elsewhere', { keep: true });
    await app.run();
    assert.deepEqual(await app.settled(), ['done', 'done']);
    const headers = (all) => [all[0].headers['openai-organization'], all[0].headers['openai-project']];
    assert.deepEqual(headers(home.posts), ['org-1', 'proj_2']);
    assert.deepEqual(headers(lane.posts), [undefined, undefined]);
    assert.match((await pane.sent()).text, /openai-organization[\s\S]*org-1/);

    await page.reload();
    await app.ready();
    const settings = await app.openSettings();
    await settings.locator('details.more summary').click();
    assert.equal(await settings.getByTestId('openai-organization').inputValue(), 'org-1');
  },
);
