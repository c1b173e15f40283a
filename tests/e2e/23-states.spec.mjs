// Every screen and state: what it says, what to do next, and that it can be read
// by everybody, in both themes, with forced colours and without motion.

import assert from 'node:assert/strict';
import { findings } from './harness/axe.mjs';
import { json, stream } from './harness/byte_server.mjs';
import { openaiError } from './harness/one_pane.mjs';
import { compatible, paneOf, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';
import { anthropic, chat } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

const RICH = [
  '# A heading',
  'Some **bold** and `code` with a [link](https://example.com/a).',
  '```rust\nfn main() {}\n```',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '- [ ] one\n- [x] two\n\n> said\n\n![a picture](https://example.com/a.png)',
].join('\n\n');

const never = () => ({ gate: gate().opened });
const THINKS = [chat.start(), chat.thinking('They want rain.'), never()];
const HIDES = [anthropic.start(), anthropic.open(0, 'thinking'), never()];
const LIMITED = json(429, openaiError('Slow down.'), { headers: { 'retry-after': '60' }, expose: ['retry-after'] });

/** What a pane may be in: its reply, how to get there, its phase and words, and the button that is next. */
const STATES = {
  waiting: { reply: stream([never()]), phase: 'waiting', says: /Waiting for the first token/, next: 'pane-stop' },
  'thinking with text': { reply: stream(THINKS), phase: 'thinking', says: /Thinking, [\d.]+\s?m?s/, next: 'pane-stop' },
  'thinking with hidden text': { reply: stream(HIDES), dialect: 'anthropic', phase: 'thinking', says: /Thinking, [\d.]+\s?m?s/, next: 'pane-stop' },
  answering: { reply: stream([chat.start(), chat.text(RICH), never()]), phase: 'answering', says: /A heading/, next: 'pane-stop' },
  finished: { reply: stream(chat.whole(RICH, { thinking: 'They want rain.' })), phase: 'done', says: /A heading/, next: 'pane-retry' },
  stopped: {
    reply: stream([chat.start(), chat.text('Begun'), never()]),
    then: async (app) => {
      await app.pane().shows('Begun');
      await app.stop();
    },
    phase: 'stopped',
    says: /Begun[^]*Stopped by you[^]*retry/i,
    next: 'pane-retry',
  },
  truncated: { reply: stream(chat.whole('Cut in the', { reason: 'length' })), phase: 'done', says: /Cut at the token limit[^]*raise/i, next: 'pane-retry' },
  refused: {
    reply: stream([chat.start(), chat.refusal('I would rather not.'), chat.finish('stop'), chat.done()]),
    phase: 'done',
    says: /I would rather not\.[^]*Refused by the model[^]*reword/i,
    next: 'pane-retry',
  },
  'failed before any text': { reply: json(500, openaiError('It broke.')), phase: 'failed', says: /It broke\./, next: 'pane-retry' },
  'failed after some text': {
    reply: stream([chat.start(), chat.text('Half an')], { end: 'close' }),
    phase: 'failed',
    says: /Half an[^]*(broke|cut|ended|end)/i,
    next: 'pane-retry',
  },
  'told to wait': { reply: LIMITED, phase: 'failed', says: /Slow down\.[^]*\d+ s/, next: 'pane-retry' },
  offline: {
    reply: stream(chat.whole('x')),
    before: (app) => app.page.context().setOffline(true),
    phase: 'failed',
    says: /offline/i,
    next: 'pane-retry',
  },
};

/** One pane of `dialect` that gives `reply`, ready to run. */
const single = ({ reply, dialect = 'chat' }, rest = {}) => ({ bytes }) => ({
  allow: [bytes.origin],
  fragment: recipeLink({ prompt: 'Go.', panes: [paneOf[dialect](bytes.lane().reply(reply))] }),
  context: { colorScheme: 'light' },
  ...rest,
});

async function enter(app, { before, then, phase }) {
  await app.panes(1);
  await app.approve();
  const provider = await app.pane().mark('provider');
  if (provider === 'anthropic') {
    const field = app.pane().root.locator('input[data-key-for]').first();
    await app.key(provider, await field.getAttribute('data-origin'), 'key-for-tests');
  }
  await before?.(app);
  await app.run();
  await then?.(app);
  await app.pane().reaches(phase);
}

/** Axe in both themes, and exactly one place that is read out by itself. */
async function readable(app, state) {
  for (const colorScheme of ['light', 'dark']) {
    await app.page.emulateMedia({ colorScheme });
    assert.deepEqual(await findings(app.page), [], `${state}, ${colorScheme}`);
  }
  const live = await app.page.evaluate(() =>
    [...document.querySelectorAll('[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], output')]
      .filter((one) => !one.closest('[hidden], dialog'))
      .map((one) => `${one.dataset.testid ?? one.className} ${one.getAttribute('aria-live')}`));
  assert.deepEqual(live, ['status polite'], `${state}: what is read out`);
}

for (const [name, state] of Object.entries(STATES)) {
  scene(`${name}: says so, says what is next, and can be read`, single(state), async ({ app }) => {
    await enter(app, state);
    const pane = app.pane();
    await until(async () => state.says.test(await pane.root.innerText()), { what: `the words of ${name}` }).catch(async (error) => {
      throw new Error(`${error.message} in: ${await pane.root.innerText()}`);
    });
    await pane.root.getByTestId(state.next).waitFor();
    await readable(app, name);
  });
}

scene('offline keeps every word, and goes on once the network is back', single(STATES.offline), async ({ app }) => {
  await enter(app, STATES.offline);
  assert.match(await app.pane().root.innerText(), /Go\./, 'the message that failed stays in sight');
  await app.prompt('Typed while offline');
  await app.page.context().setOffline(false);
  await app.pane().retry();
  await app.pane().reaches('done');
  assert.equal(await app.page.getByTestId('prompt').inputValue(), 'Typed while offline');
});

// --- Screens -----------------------------------------------------------------------

const two = ({ bytes }) => {
  const lanes = [bytes.lane(), bytes.lane()];
  lanes[0].models(['model-a', 'model-b']).reply(stream(chat.whole(RICH)));
  lanes[1].reply(json(500, openaiError('It broke.')));
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ title: 'Two', prompt: 'Go, {{name}}.', variables: { name: 'you' }, panes: lanes.map((lane, at) => compatible(lane, { model: `model-${at}` })) }),
    context: { colorScheme: 'light' },
  };
};

const click = (id) => async (app) => app.page.getByTestId(id).first().click();
const dialog = (app) => app.page.locator('dialog[open]').waitFor();

/** Screens on a comparison, each left again before the next. */
const IDLE = {
  'the drawer of the system prompt': { open: click('toggle-system'), close: click('toggle-system') },
  'the drawer of parameters': { open: click('toggle-params'), close: click('toggle-params') },
  'the drawer of variables': { open: click('toggle-variables'), close: click('toggle-variables') },
  settings: { open: (app) => app.openSettings(), close: (app) => app.closeSettings() },
  picker: {
    open: async (app) => {
      await click('add-pane')(app);
      await dialog(app);
    },
  },
  'picker of a pane': {
    open: async (app) => {
      await click('pick-model')(app);
      await app.page.getByTestId('picker-option').first().waitFor();
    },
  },
  shortcuts: {
    open: async (app) => {
      await app.page.evaluate(() => document.activeElement?.blur());
      await app.page.keyboard.press('?');
      await dialog(app);
    },
  },
};

const DONE = {
  'a menu': {
    open: async (app) => {
      await click('pane-menu')(app);
      await app.page.locator('[role=menu]').waitFor();
    },
  },
  'parameters of a pane': {
    open: async (app) => {
      await app.pane().menu('pane-params');
      await dialog(app);
    },
  },
  'what was sent': {
    open: async (app) => {
      await app.pane().menu('pane-sent');
      await dialog(app);
    },
  },
  'other routes': {
    open: async (app) => {
      await app.pane().menu('pane-compare');
      await dialog(app);
    },
  },
  'what is known of the route': {
    open: async (app) => {
      await app.pane().root.getByTestId('pane-route').click();
      await app.page.getByTestId('route-facts').waitFor();
    },
  },
  'the definition of a figure': {
    open: async (app) => {
      await app.page.locator('.figure').first().click();
      await app.page.locator('.popover').waitFor();
    },
  },
  'a sorted scoreboard': { open: (app) => app.page.locator('.score th button', { hasText: 'Total' }).click(), close: async () => {} },
  'the answer as it came': { open: click('toggle-raw'), close: click('toggle-raw') },
  'an expanded pane': { open: click('pane-expand'), close: click('pane-expand') },
  'a message being edited': {
    open: async (app) => {
      await click('edit-turn')(app);
      await app.page.getByTestId('cancel-edit').waitFor();
    },
  },
  'a removal that can be undone': { open: async (app) => {
    await app.pane(1).menu('pane-remove');
    // A toast that is pointed at stays.
    await app.page.getByTestId('toast').first().hover();
  }, close: async (app) => {
    await app.page.getByTestId('undo').first().click();
    await app.panes(2);
  } },
  'a link over unsaved work': {
    open: async (app) => {
      await app.prompt('Unsaved');
      await app.follow('#prompt=Other&pane=openai/gpt-4.1');
      await dialog(app);
    },
    close: click('replace-no'),
  },
};

const leave = (app) => app.page.keyboard.press('Escape');

scene('every screen of a comparison can be read', two, async ({ app }) => {
  await app.panes(2);
  await readable(app, 'consents');
  await app.approve();
  await readable(app, 'panes that wait for their first run');
  for (const [name, { open, close = leave }] of Object.entries(IDLE)) {
    await open(app);
    await readable(app, name);
    await close(app);
    await app.page.locator('dialog[open]').waitFor({ state: 'detached' });
  }
});

scene('every screen of a finished comparison can be read', two, async ({ app }) => {
  await app.panes(2);
  await app.approve();
  await app.run();
  await app.settled();
  await readable(app, 'a scoreboard and two panes');
  for (const [name, { open, close = leave }] of Object.entries(DONE)) {
    await open(app);
    await readable(app, name);
    await close(app);
    await app.page.locator('dialog[open], [role=menu], .popover').first().waitFor({ state: 'detached' });
  }
});

scene('the first visit, a key that is wanted, notices and cards can be read', () => ({ context: { colorScheme: 'light' } }), async ({ app }) => {
  await readable(app, 'the first visit');
  await app.goto(`${app.origin}/?broken#recipe=nonsense`);
  await app.page.getByTestId('notice').first().waitFor();
  await readable(app, 'a link that says nothing');
  await app.goto(`${app.origin}/?key#prompt=Hi&pane=openai/gpt-4.1`);
  await app.panes(1);
  await app.pane().root.getByTestId('save-key').click();
  await readable(app, 'a key that was left out');
  await app.run();
  await app.pane().fails('auth');
  await readable(app, 'a run without a key');
  await app.page.evaluate(() => document.getElementById('crash').removeAttribute('hidden'));
  for (const colorScheme of ['light', 'dark']) {
    await app.page.emulateMedia({ colorScheme });
    assert.deepEqual(await findings(app.page), [], `the crash card, ${colorScheme}`);
  }
});

scene('what a run tells is on the one line, politely', two, async ({ app }) => {
  await app.panes(2);
  await app.approve();
  await app.page.evaluate(() => {
    window.__said = [];
    const line = document.querySelector('[data-testid=status]');
    new MutationObserver(() => window.__said.push(line.textContent)).observe(line, { childList: true, characterData: true, subtree: true });
  });
  await app.run();
  await app.settled();
  await app.pane(1).menu('pane-remove');
  await app.page.getByTestId('undo').first().waitFor();
  const said = (await app.page.evaluate(() => window.__said)).join(' | ');
  assert.match(said, /2[^|]*\|[^]*model-0[^|]*finished[^]*|model-1[^|]*failed/i);
  assert.match(said, /remove/i, 'a toast is read out there');
  assert.doesNotMatch(said, /A heading/, 'an answer is not');
});

// --- Motion and colours --------------------------------------------------------------

scene('nothing moves for those who asked for no motion', ({ bytes }) => {
  const held = gate();
  const lane = bytes.lane().reply(stream([chat.start(), chat.text('Begun'), { gate: held.opened }, ...chat.whole(' and done').slice(1)]));
  return { allow: [bytes.origin], fragment: recipeLink({ prompt: 'Go.', panes: [compatible(lane), compatible(lane)] }), hand: { held } };
}, async ({ app, held }) => {
  const { page } = app;
  const moving = () => page.evaluate(() => document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime > 1)
    .map((one) => `${one.animationName ?? one.transitionProperty} of ${one.effect.target?.className}`));
  await app.panes(2);
  await app.approve();
  await app.run();
  await app.pane().shows('Begun');
  assert.deepEqual(await moving(), []);
  await page.locator('.score h2 button').click();
  await page.getByTestId('run').hover();
  assert.deepEqual(await moving(), []);
  await app.openSettings();
  assert.deepEqual(await moving(), []);
  await app.closeSettings();
  held.open();
  await app.settled();
  assert.deepEqual(await moving(), []);
  // The same look finds motion where nobody asked it away.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.locator('.score h2 button').click();
  await until(async () => (await moving()).length > 0, { what: 'the fold to turn' });
});

scene('with forced colours the streak, the marks and the focus stay in sight', ({ bytes }) => {
  const held = gate();
  const paced = chat.whole(RICH, { pieces: 8 }).flatMap((frame) => [frame, { wait: 20 }]);
  const lanes = [bytes.lane().reply(stream([{ wait: 50 }, ...paced])), bytes.lane().reply(stream([chat.start(), { gate: held.opened }, ...chat.whole(RICH)]))];
  return {
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes: lanes.map((lane) => compatible(lane)) }),
    hand: { held },
  };
}, async ({ app, held }) => {
  const { page } = app;
  await page.emulateMedia({ forcedColors: 'active' });
  await app.panes(2);
  await app.approve();
  await app.run();
  await app.pane().reaches('done');
  held.open();
  await app.settled();
  const colours = await page.evaluate(() => {
    const of = (selector, property = 'backgroundColor', pseudo) => {
      const one = document.querySelector(selector);
      if (!one) throw new Error(`no ${selector}`);
      return getComputedStyle(one, pseudo)[property];
    };
    return {
      canvas: of('.pane'),
      answering: of('.track .seg-answering'),
      headers: of('.track .seg-headers'),
      best: of('.score .best', 'backgroundColor', '::before'),
      swatch: of('.score .swatch'),
      copy: of('.md-icon'),
    };
  });
  const { canvas, ...marks } = colours;
  for (const [name, colour] of Object.entries(marks)) assert.notEqual(colour, canvas, name);
  await page.evaluate(() => document.querySelector('[data-testid=prompt]').focus());
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(document.activeElement);
    return { outlineStyle, outlineWidth, outlineColor };
  });
  assert.equal(outline.outlineStyle, 'solid');
  assert.equal(outline.outlineWidth, '2px');
  assert.notEqual(outline.outlineColor, canvas);
});
