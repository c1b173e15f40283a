// Signing in with OpenRouter: a key without typing one. The other side is a stub of ours,
// harness/openrouter.mjs: it says how the page behaves, not how OpenRouter does.

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before } from 'node:test';
import { close, listen } from './harness/listen.mjs';
import { openRouter } from './harness/openrouter.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { chooseRoute } from './harness/picker.mjs';
import { stage } from './harness/stage.mjs';
import { startStatic } from './harness/static.mjs';
import { until } from './harness/wait.mjs';

const HOME = 'https://openrouter.ai';
const below = await startStatic({ base: '/lab/touchstone/' });
after(() => below.stop());
const { world, scene } = stage({ browser: 'chromium' });

/** The stub as `https://openrouter.ai`, which the browser resolves to this machine. */
const atHome = ({ internet }) => {
  const stub = openRouter();
  internet.site('openrouter.ai', stub.handle);
  return { allow: [HOME], hand: { stub } };
};

const button = (page) => page.getByTestId('sign-in').first();

/** Clicks through the stub's page. */
async function agree(page) {
  await page.waitForURL(/\/auth\?/);
  await page.locator('#go').click();
}

/** That neither code nor verifier nor key is left in the page, its storage or its address. */
async function assertClean(app, stub) {
  const seen = await app.page.evaluate(() =>
    [location.href, JSON.stringify(history.state), JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.documentElement.outerHTML].join('\n'),
  );
  const { code, code_verifier: verifier } = stub.exchanged.at(-1) ?? {};
  for (const secret of [code && `code=${code}`, verifier, stub.key]) {
    assert.ok(!secret || !seen.includes(secret), `${secret} is left in the page`);
    assert.ok(!secret || !app.console.some((line) => line.includes(secret)), `${secret} is in the console`);
  }
  assert.deepEqual(stub.faults, []);
}

scene('one click on the first page brings a key and two panes that answer', atHome, async ({ app, stub }) => {
  const { page } = app;
  await page.getByTestId('prompt').fill('What was typed before is kept');
  await button(page).click();
  await agree(page);
  await app.ready();
  await app.panes(2);
  await app.tells(/Signed in/);
  assert.equal(await page.getByTestId('prompt').inputValue(), 'What was typed before is kept');
  assert.equal(page.url(), world.site.url);
  await assertClean(app, stub);
  const [asked] = stub.asked;
  assert.equal(asked.callback_url, world.site.url);
  assert.equal(stub.exchanged[0].code_challenge_method, 'S256');
  assert.match(stub.exchanged[0].code_verifier, /^[\w.~-]{43,128}$/);
  assert.equal(stub.exchanged[0].headers.authorization, undefined, 'the exchange carries no key');

  await app.run();
  assert.deepEqual(await app.settled(), ['done', 'done']);
  assert.deepEqual(stub.chats, [`Bearer ${stub.key}`, `Bearer ${stub.key}`]);
  await assertClean(app, stub);

  // A person signs out with the control that forgets any key.
  const settings = await app.openSettings();
  await settings.getByTestId('remove-key').click();
  await settings.locator('input[data-key-for=openrouter]').waitFor();
});

scene(
  'a sign-in from a pane of a link below a path comes back to that link, key kept for the tab',
  (servers) => ({ ...atHome(servers), url: below.url, fragment: recipeLink({ prompt: 'Go.', panes: [{ provider: 'openrouter', model: 'stub/one' }] }) }),
  async ({ app, stub }) => {
    const { page } = app;
    const before = page.url();
    const pane = app.pane();
    await pane.root.getByTestId('keep-for-tab').check();
    await pane.root.getByTestId('sign-in').click();
    await agree(page);
    await app.ready();
    await app.tells(/Signed in/);
    assert.equal(page.url(), before, 'the fragment is the one that the page had');
    assert.equal(stub.asked[0].callback_url, below.url, 'and did not travel');
    await app.panes(1);
    await page.reload();
    await app.ready();
    await app.run();
    assert.deepEqual(await app.settled(), ['done']);
  },
);

scene('the picker opens again where the person left it to sign in', atHome, async ({ app, stub }) => {
  const { page } = app;
  await page.getByTestId('add-pane').first().click();
  const picker = page.locator('dialog[data-testid=picker]');
  await chooseRoute(page, 'openrouter');
  await picker.getByTestId('sign-in').click();
  await agree(page);
  await app.ready();
  await picker.waitFor();
  assert.equal(await picker.getByTestId('picker-provider').getAttribute('data-provider'), 'openrouter');
  await until(async () => (await picker.locator('[data-model="stub/one"]').count()) === 1, { what: 'the list, asked with the new key' });
  await assertClean(app, stub);
});

const failing = (set) => (servers) => {
  const options = atHome(servers);
  Object.assign(options.hand.stub, set);
  return options;
};

const failure = (page) => page.getByTestId('sign-in-failed');

scene('a declined sign-in says so and offers another', failing({ person: 'decline' }), async ({ app, stub }) => {
  await button(app.page).click();
  await agree(app.page);
  await failure(app.page).waitFor();
  assert.match(await failure(app.page).innerText(), /declined[\s\S]*access_denied/);
  assert.equal(app.page.url(), world.site.url);
  assert.equal(stub.exchanged.length, 0);
  stub.person = 'agree';
  await app.page.getByTestId('sign-in-anew').click();
  await agree(app.page);
  await app.tells(/Signed in/);
});

scene('a code that is not accepted is explained', failing({ exchange: 403 }), async ({ app, stub }) => {
  await button(app.page).click();
  await agree(app.page);
  await failure(app.page).waitFor();
  assert.match(await failure(app.page).innerText(), /did not accept the code[\s\S]*10 minutes/);
  await assertClean(app, stub);
});

scene('a server that fails is quoted', failing({ exchange: 500 }), async ({ app }) => {
  await button(app.page).click();
  await agree(app.page);
  await failure(app.page).waitFor();
  assert.match(await failure(app.page).innerText(), /500 · The stub says no/);
});

scene('after a broken connection the same code is exchanged again', failing({ exchange: 'cut' }), async ({ app, stub }) => {
  await button(app.page).click();
  await agree(app.page);
  await failure(app.page).waitFor();
  assert.match(await failure(app.page).innerText(), /No answer from openrouter\.ai/);
  stub.exchange = 'key';
  await app.page.getByTestId('sign-in-again').click();
  await app.tells(/Signed in/);
  assert.equal(new Set(stub.exchanged.map((one) => one.code)).size, 1);
  await assertClean(app, stub);
});

scene('a code without its sign-in is not exchanged', (servers) => ({ ...atHome(servers), url: `${servers.site.url}?code=stolen` }), async ({ app, stub }) => {
  await failure(app.page).waitFor();
  assert.match(await failure(app.page).innerText(), /not begun in this tab/);
  assert.equal(app.page.url(), world.site.url, 'the code is out of the address');
  assert.equal(stub.exchanged.length, 0);
});

scene('going back instead of agreeing leaves everything as it was', atHome, async ({ app }) => {
  await button(app.page).click();
  await app.page.waitForURL(/\/auth\?/);
  await app.page.goto(world.site.url);
  await app.ready();
  await app.tells(/not finished/);
  await app.page.reload();
  await app.ready();
  assert.doesNotMatch(await app.told(), /not finished/, 'it is said once');
});

scene('a browser that brings the very page back finds a sign-in that can be begun again', atHome, async ({ app, stub }) => {
  await button(app.page).click();
  await app.page.waitForURL(/\/auth\?/);
  await app.page.goBack();
  await app.ready();
  await app.tells(/not finished/);
  const go = app.page.locator('[data-testid=sign-in-go], [data-testid=start] [data-testid=sign-in]').last();
  await go.click();
  await agree(app.page);
  await app.tells(/Signed in/);
  assert.equal(stub.asked.length, 2);
});

scene('where leaving the page loses something, the person is asked, and a pasted code needs no leaving', atHome, async ({ app, stub }) => {
  const { page } = app;
  await page.getByTestId('start-demo').click();
  await app.stop();
  await app.settled();
  await page.getByTestId('add-pane').first().click();
  const picker = page.locator('dialog[data-testid=picker]');
  await chooseRoute(page, 'openrouter');
  await picker.getByTestId('sign-in').click();
  const dialog = page.locator('dialog[data-testid=sign-in-dialog]');
  assert.match(await dialog.getByTestId('sign-in-losses').innerText(), /loses the answers that are shown/);
  assert.equal(stub.asked.length, 0, 'nothing happens before the person chooses');

  await dialog.getByTestId('sign-in-code').click();
  const link = await dialog.getByTestId('sign-in-open').getAttribute('href');
  assert.equal(new URL(link).origin, HOME);
  assert.equal(new URL(link).searchParams.get('callback_url'), null);
  // What the person would see in the other tab.
  const code = stub.show(link);
  const field = dialog.getByTestId('sign-in-code-field');
  await field.fill('not a code');
  await dialog.getByTestId('sign-in-finish').click();
  assert.match(await dialog.innerText(), /does not look like a code/);
  await field.fill(` ${code} `);
  await dialog.getByTestId('sign-in-finish').click();
  await dialog.waitFor({ state: 'hidden' });
  await app.tells(/Signed in/);
  assert.equal(await picker.getByTestId('sign-in').count(), 0, 'the picker goes on with the key');
  await assertClean(app, stub);
});

let elsewhere;
before(async () => {
  const stub = openRouter({ key: 'sk-or-v1-elsewhere' });
  const server = http.createServer(stub.handle);
  const port = await listen(server);
  elsewhere = { stub, origin: `http://127.0.0.1:${port}`, stop: () => close(server) };
});
after(() => elsewhere?.stop());

scene(
  'another base URL is signed in at only after consent, by its own name, and its key stays there',
  () => ({
    allow: [elsewhere.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: [{ provider: 'openrouter', model: 'stub/one', base_url: `${elsewhere.origin}/api/v1` }] }),
  }),
  async ({ app }) => {
    const { page } = app;
    await app.panes(1);
    assert.equal(await page.getByTestId('sign-in').count(), 0);
    await app.approve();
    assert.equal(await button(page).innerText(), `Sign in at ${new URL(elsewhere.origin).host}`);
    await button(page).click();
    await agree(page);
    await app.ready();
    await app.tells(/Signed in/);
    await app.run();
    assert.deepEqual(await app.settled(), ['done']);
    assert.deepEqual(elsewhere.stub.chats, ['Bearer sk-or-v1-elsewhere']);
    assert.deepEqual(elsewhere.stub.faults, []);
  },
);
