// A link over work: a changed fragment asks, a fresh link wins and puts aside what was not
// sent, and either way nothing that was typed, runs or was answered is lost.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stream } from './harness/byte_server.mjs';
import { HistoryPanel } from './harness/history.mjs';
import { go, onePane } from './harness/one_pane.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

const at = (app, id) => app.page.getByTestId(id);
const demo = [{ provider: 'demo', model: 'demo-fast' }];
const LINK = recipeLink({ title: 'Another', prompt: 'Of another link.', panes: demo });
const sealed = (name) => readFileSync(fileURLToPath(new URL(`../fixtures/links/sealed-v1/${name}`, import.meta.url)), 'utf8').trim();

const isPrompt = (app, text) => until(async () => (await at(app, 'prompt').inputValue()) === text, { what: `the prompt ${text}` });

/** Opens an address in the same tab, as a click in another program does. */
async function visit(app, fragment) {
  await app.page.goto('about:blank');
  await app.goto(app.origin + '/' + fragment);
}

scene('a fresh link puts a typed draft aside, and an undo brings it back', { fragment: recipeLink({ title: 'Mine', panes: demo }) }, async ({ app }) => {
  await app.panes(1);
  await app.prompt('The work of an hour.');
  await app.system('Be kind.');
  await visit(app, LINK);
  await isPrompt(app, 'Of another link.');
  await app.tells(/not sent yet made way/);
  await at(app, 'undo').click();
  await isPrompt(app, 'The work of an hour.');
  assert.equal(await at(app, 'system').inputValue(), 'Be kind.');
  assert.equal(await at(app, 'title').inputValue(), 'Mine');
  // A reload keeps it, and the link does not come back.
  await app.page.reload();
  await app.ready();
  await isPrompt(app, 'The work of an hour.');
});

scene('a draft that was put aside can be brought back later, and takes its turn with what was typed since', {}, async ({ app }) => {
  await app.prompt('The first draft.');
  await visit(app, LINK);
  await isPrompt(app, 'Of another link.');
  await app.page.reload();
  await app.ready();
  await app.prompt('The second draft.');
  await app.action('draft-back');
  await isPrompt(app, 'The first draft.');
  assert.equal(await at(app, 'pane').count(), 0);
  await app.action('draft-back');
  await isPrompt(app, 'The second draft.');
  await app.panes(1);
  await app.action('draft-back');
  await isPrompt(app, 'The first draft.');
});

scene('without a draft a fresh link says nothing', { fragment: LINK }, async ({ app }) => {
  await app.panes(1);
  await visit(app, recipeLink({ prompt: 'And one more.', panes: demo }));
  await isPrompt(app, 'And one more.');
  assert.equal(await at(app, 'toast').count(), 0);
  await at(app, 'more-actions').click();
  await at(app, 'menu-import').waitFor();
  assert.equal(await at(app, 'menu-draft-back').count(), 0);
});

scene('a link that cannot be read leaves the draft where it was', {}, async ({ app }) => {
  await app.prompt('The work of an hour.');
  await visit(app, '#c=1AAAA');
  await app.tells(/cut short|changed on the way/);
  await isPrompt(app, 'The work of an hour.');
  assert.equal(await at(app, 'toast').count(), 0);
});

scene('a link under a passphrase puts the draft aside once it opens, not before', {}, async ({ app }) => {
  await app.prompt('The work of an hour.');
  await visit(app, `#c=${sealed('haiku.txt')}`);
  await at(app, 'incoming-passphrase').waitFor();
  await isPrompt(app, 'The work of an hour.');
  await at(app, 'incoming-passphrase').fill(sealed('haiku.passphrase'));
  await app.page.keyboard.press('Enter');
  await until(async () => (await at(app, 'title').inputValue()) === 'Haiku duel', { what: 'the document' });
  await at(app, 'undo').click();
  await isPrompt(app, 'The work of an hour.');
});

scene('a draft that was taken back from a reload is work too: a changed fragment asks', {}, async ({ app }) => {
  await app.prompt('The work of an hour.');
  await app.page.reload();
  await app.ready();
  await isPrompt(app, 'The work of an hour.');
  await app.follow(LINK);
  await at(app, 'replace-no').click();
  await isPrompt(app, 'The work of an hour.');
});

scene('a changed fragment over a running comparison asks, and the run goes on meanwhile', ({ bytes }) => {
  const more = gate();
  const lane = bytes.lane().reply(stream([chat.start(), chat.text('Begun'), { gate: more.opened }, ...chat.whole(' and done').slice(1)]));
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }), hand: { more } };
}, async ({ app, more }) => {
  const pane = await go(app);
  await pane.shows('Begun');
  await app.follow(LINK);
  await at(app, 'replace-no').waitFor();
  more.open();
  await pane.reaches('done');
  await at(app, 'replace-no').click();
  assert.equal((await pane.answer()).trim(), 'Begun and done');
});

scene('a changed fragment over results that no history keeps asks', onePane(stream(chat.whole('A private answer.'))), async ({ app }) => {
  const panel = await new HistoryPanel(app).open();
  await panel.root.getByTestId('history-private').check();
  await panel.close();
  const pane = await go(app);
  await pane.reaches('done');
  await app.follow(LINK);
  await at(app, 'replace-no').click();
  assert.equal((await pane.answer()).trim(), 'A private answer.');
  await app.follow(LINK);
  await at(app, 'replace-yes').click();
  await isPrompt(app, 'Of another link.');
});
