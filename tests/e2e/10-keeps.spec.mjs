// What is typed and what was answered stays, and stays what it was.

import assert from 'node:assert/strict';
import { json, stream } from './harness/byte_server.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { go, onePane } from './harness/one_pane.mjs';
import { stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { scene } = stage({ browser: 'chromium', bytes: true });

const prompt = (app) => app.page.getByTestId('prompt');

scene('decimals and lists typed key by key are what is sent', onePane(stream(chat.whole('x'))), async ({ app, lane }) => {
  await app.panes(1);
  await app.approve();
  await app.page.getByTestId('toggle-params').click();
  for (const [field, text] of [['param-temperature', '0.5'], ['param-top-p', '0.05'], ['param-stop', 'END, STOP']]) {
    await app.page.getByTestId(field).click();
    await app.page.keyboard.type(text);
    assert.equal(await app.page.getByTestId(field).inputValue(), text);
  }
  await app.run();
  await app.pane().reaches('done');
  const body = lane.posts[0].json;
  assert.equal(body.temperature, 0.5);
  assert.equal(body.top_p, 0.05);
  assert.deepEqual(body.stop, ['END', 'STOP']);
});

scene('an empty follow-up is not sent, and the answer stays', onePane(stream(chat.whole('The answer.'))), async ({ app, lane }) => {
  const pane = await go(app);
  await pane.reaches('done');
  await app.page.keyboard.press('Control+Enter');
  await app.tells(/follow-up/i);
  assert.equal(lane.posts.length, 1);
  assert.equal((await pane.answer()).trim(), 'The answer.');
  assert.equal(await pane.phase(), 'done');
});

scene('a refused retry does not drop the turn that was answered', ({ bytes }) => {
  const lane = bytes.lane();
  lane.replies([stream(chat.whole('The first answer.')), stream(chat.whole('The second answer.'))]);
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'first', panes: [compatible(lane)] }), hand: { lane } };
}, async ({ app, lane }) => {
  const pane = await go(app);
  await pane.reaches('done');
  await app.page.getByTestId('toggle-params').click();
  const limit = app.page.getByTestId('param-max-output-tokens');
  await limit.fill('0');
  await pane.retry();
  await pane.fails('bad_request');
  await limit.fill('');
  await app.prompt('second');
  await app.run();
  await pane.reaches('done');
  assert.deepEqual(lane.posts.at(-1).json.messages.map(({ content }) => content), ['first', 'The first answer.', 'second']);
  assert.equal(await pane.root.getByTestId('turn').count(), 1);
});

scene('a retry shows its own answer alone, rendered and raw', ({ bytes }) => {
  const lane = bytes.lane();
  lane.replies([stream(chat.whole('The first answer.')), stream(chat.whole('The second answer.'))]);
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }) };
}, async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  await pane.retry();
  await pane.shows('The second answer.');
  await pane.reaches('done');
  assert.equal(await pane.raw(), 'The second answer.');
  assert.equal((await pane.answer()).trim(), 'The second answer.');
});

scene('figures do not stand under a model that did not make them', onePane(stream(chat.whole('The answer.'))), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  await pane.root.getByTestId('pick-model').click();
  await app.page.getByTestId('picker-search').fill('other-model');
  await app.page.getByTestId('picker-use').click();
  await until(async () => (await pane.mark('model')) === 'other-model', { what: 'the other model' });
  assert.deepEqual(await pane.metrics(), {});
  assert.equal(await pane.phase(), 'idle');
});

scene('a link cannot change the request behind the page', ({ bytes }) => {
  const lane = bytes.lane().reply(stream(chat.whole('x')));
  const pane = { ...compatible(lane), model: 'shown', extra_body: { model: 'hidden', store: true } };
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [pane] }), hand: { lane } };
}, async ({ app, lane }) => {
  const pane = await go(app);
  await pane.reaches('done');
  assert.equal(lane.posts[0].json.model, 'shown');
  assert.equal(lane.posts[0].json.store, undefined);
});

scene('a cancelled edit gives back what was being written', onePane(stream(chat.whole('The answer.'))), async ({ app }) => {
  const pane = await go(app);
  await pane.reaches('done');
  for (const leave of [
    () => app.page.getByTestId('cancel-edit').click(),
    () => app.page.keyboard.press('Escape'),
  ]) {
    await app.prompt('A follow-up in the making');
    await pane.root.getByTestId('edit-turn').first().click();
    await until(async () => (await prompt(app).inputValue()) === 'Go.', { what: 'the earlier message' });
    await leave();
    await until(async () => (await prompt(app).inputValue()) === 'A follow-up in the making', { what: 'the draft' });
  }
});

scene('the next question does not cut off what is being answered', ({ bytes }) => {
  const held = gate();
  const lane = bytes.lane().reply(stream([chat.start(), chat.text('Begun'), { gate: held.opened }, ...chat.whole(' and done').slice(1)]));
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }), hand: { lane, held } };
}, async ({ app, lane, held }) => {
  const pane = await go(app);
  await pane.shows('Begun');
  await app.prompt('next');
  await app.page.keyboard.press('Control+Enter');
  await app.tells(/still running/i);
  held.open();
  await pane.reaches('done');
  assert.match(await pane.answer(), /Begun and done/);
  assert.equal(lane.posts.length, 1);
  assert.equal(await prompt(app).inputValue(), 'next');
});

scene('keep-alives after the finish do not hold a run open', ({ bytes }) => {
  const pings = Array.from({ length: 120 }, () => [': ping\n\n', { wait: 250 }]).flat();
  const lane = bytes.lane().reply(stream([...chat.whole('The answer.').filter((frame) => !String(frame).includes('[DONE]')), ...pings]));
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }) };
}, async ({ app }) => {
  const pane = await go(app);
  // The pings go on for longer than that.
  await pane.reaches('done', { timeout: 20_000 });
});

scene('what was made of a linked page survives its reload', onePane(stream(chat.whole('x'))), async ({ app }) => {
  await app.panes(1);
  await app.prompt('Something else by now');
  await app.page.reload();
  await app.ready();
  await app.panes(1);
  assert.equal(await prompt(app).inputValue(), 'Something else by now');
});

scene('a key that a list error quotes does not come onto the page', ({ bytes }) => {
  const lane = bytes.lane();
  lane.models(json(401, { error: { message: 'Received key hunter2-team-token, which is not known' } }));
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane)] }), hand: { lane } };
}, async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  const field = pane.root.locator('input[data-key-for]').first();
  await app.key('openai-compatible', await field.getAttribute('data-origin'), 'hunter2-team-token');
  await pane.root.getByTestId('pick-model').click();
  await app.page.getByText('which is not known').waitFor();
  assert.ok(!(await app.page.content()).includes('hunter2-team-token'));
});

scene('every call that pays for a preflight is marked, and a second one is not', ({ bytes }) => {
  const lane = bytes.lane();
  const held = gate();
  const slow = stream([{ gate: held.opened }, ...chat.whole('x')]);
  lane.replies([slow, slow, stream(chat.whole('y'))]);
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane), compatible(lane)] }), hand: { lane, held } };
}, async ({ app, held }) => {
  const [one, two] = await app.panes(2);
  await app.approve();
  await app.run();
  held.open();
  await app.settled();
  for (const pane of [one, two]) assert.match(await pane.root.innerText(), /first call/i);
  await one.retry();
  await one.reaches('done');
  assert.doesNotMatch(await one.root.innerText(), /first call/i);
});
