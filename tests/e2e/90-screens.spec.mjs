// Every screen that opens from a comparison, a link or the settings can be read by everybody,
// in both themes. The states of a pane and the screens of the main path are in 23-states.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readableInBothThemes } from './harness/axe.mjs';
import { json, stream } from './harness/byte_server.mjs';
import { chooseRoute } from './harness/picker.mjs';
import { compatible, document, recipeLink } from './harness/recipe.mjs';
import { openApp, stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';
import { chat } from './harness/wire.mjs';

const { scene } = stage({ bytes: true });

const at = (app, id) => app.page.getByTestId(id);
const dialog = (app, id) => app.page.locator(`dialog[data-testid=${id}]`);
const light = (rest) => ({ context: { colorScheme: 'light' }, ...rest });

/** The dialogs that were read here. */
const visited = new Set();

/** Axe on what is there now, in both themes. */
async function read(app, state) {
  const open = await app.page.locator('dialog[open]').evaluateAll((all) => all.map((one) => one.dataset.testid));
  for (const id of open) visited.add(id);
  await readableInBothThemes(app.page, state);
}

/** Opens a dialog, reads it in each of its `states`, and closes it. */
async function readDialog(app, id, open, states = {}) {
  await open(app);
  await dialog(app, id).waitFor();
  await read(app, id);
  for (const [state, enter] of Object.entries(states)) {
    await enter(app, dialog(app, id));
    await read(app, `${id}: ${state}`);
  }
  await app.page.keyboard.press('Escape');
  await dialog(app, id).waitFor({ state: 'hidden' });
}

const OLD = '# Forts\n\nThe old fort is a fort of red stone.\n\n| a | b |\n|---|---|\n| 1 | 2 |';
const NEW = OLD.replace('of red stone', 'well worth a ride');

/** Two panes; the first one answers otherwise when it is asked again. */
const finished = ({ bytes }) => {
  const lanes = [bytes.lane(), bytes.lane()];
  lanes[0].replies([stream(chat.whole(OLD)), stream(chat.whole(NEW))]);
  lanes[1].reply(stream(chat.whole(NEW)));
  return light({
    allow: [bytes.origin],
    fragment: recipeLink({
      title: 'Forts',
      prompt: 'Write to asha@example.com of the fort.',
      system: 'Be {% terse %}.',
      panes: lanes.map((lane, index) => compatible(lane, { model: `model-${index}`, params: { seed: index } })),
    }),
  });
};

async function ran(app, count) {
  await app.panes(count);
  await app.approve();
  await app.run();
  await app.settled();
}

const paste = (text) => async (app) => {
  await at(app, 'import-text').fill(text);
  await at(app, 'import-look').click();
};

scene('what is done with a finished comparison', finished, async ({ app }) => {
  await ran(app, 2);
  const [first, second] = await app.panes(2);

  await readDialog(app, 'share-dialog', () => at(app, 'share').click(), {
    'all that unfolds': async () => {
      for (const id of ['share-protect', 'share-address', 'share-qr', 'share-embed']) await at(app, id).click();
      await at(app, 'share-snippet').waitFor();
      await at(app, 'share-private').waitFor();
    },
    'a recipe, as a picture that fills the page': async () => {
      await at(app, 'share-recipe').check({ force: true });
      await at(app, 'qr-large').click();
      await dialog(app, 'qr-dialog').waitFor();
      await read(app, 'a code that fills the page');
      await app.page.keyboard.press('Escape');
      await dialog(app, 'qr-dialog').waitFor({ state: 'hidden' });
    },
  });
  await readDialog(app, 'exports', () => app.action('export'));
  await readDialog(app, 'imports', () => app.action('import'), {
    'a proposal': async () => {
      await paste(JSON.stringify(document({ prompt: 'x', panes: [{ provider: 'openai', model: 'gpt-4.1' }] })))(app);
      await at(app, 'import-preview').waitFor();
    },
    'a fault': async () => {
      await at(app, 'import-other').click();
      await paste('{"a": }')(app);
      await at(app, 'import-error').waitFor();
    },
  });
  await readDialog(app, 'prompt-list', () => app.action('prompt-list-open'), {
    'a list': async () => {
      await at(app, 'prompt-list-text').fill('Compare two things.\nWrite a Rust function.');
      await until(async () => /2 prompts/.test(await at(app, 'prompt-list-found').innerText()), { what: 'what was found' });
    },
  });
  await readDialog(app, 'ballots-dialog', () => app.action('ballots'), {
    'what is no ballot': async (_, ballots) => {
      await ballots.getByTestId('paste-ballots').fill('hello');
      await ballots.getByTestId('add-ballots').click();
      await ballots.getByTestId('ballot-problems').waitFor();
    },
  });
  await readDialog(app, 'sent', () => first.menu('pane-copy-as'), {
    'a program in Rust': async () => {
      await app.page.locator('[data-testid=copy-as][data-language=rust]').click();
      await until(async () => /fn main/.test(await at(app, 'copy-as-code').textContent()), { what: 'the program' });
    },
  });

  await first.menu('pane-pin');
  await second.root.getByTestId('marks').waitFor();
  await read(app, 'a reference and an answer with marks');
  await first.root.getByTestId('unpin').click();
  await first.retry();
  await first.reaches('done');
  await readDialog(app, 'drift', () => app.action('open-drift'));

  await app.action('replay');
  await at(app, 'replay-bar').waitFor();
  await read(app, 'a replay');
});

scene('settings, and what they lead to', ({ bytes }) => light({
  // Its list of models is public, and asked for where it is chosen.
  allow: [bytes.origin, 'https://openrouter.ai'],
  fragment: recipeLink({ prompt: 'Go.', panes: [{ provider: 'anthropic', model: 'claude-haiku-4-5', base_url: bytes.lane().root }] }),
}), async ({ app, world: { bytes } }) => {
  await app.panes(1);
  await app.approve();
  await app.key('anthropic', bytes.origin, 'key-for-tests');
  await readDialog(app, 'settings', () => app.openSettings(), {
    'a relay that cannot be, a rate that is none': async (_, settings) => {
      await settings.getByTestId('relay-base').fill('ftp://nowhere');
      await settings.getByTestId('currency').fill('INR');
      await settings.getByTestId('rate').fill('many');
      await settings.getByTestId('rate').press('Tab');
      await until(async () => (await settings.locator('.hint-bad:visible').count()) === 2, { what: 'both to be said' });
    },
    'a connection that was tested': async (_, settings) => {
      await settings.getByTestId('relay-base').fill('');
      await settings.getByTestId('relay-base').press('Tab');
      await settings.getByTestId('test-connection').first().click();
      await settings.getByTestId('diagnosis').first().waitFor();
    },
  });
  await readDialog(app, 'lend-key', async () => (await app.openSettings()).getByTestId('lend-open').click(), {
    'a limit that was not confirmed': async (_, form) => {
      await form.getByTestId('lend-make').click();
      await until(async () => /limit/.test(await form.getByTestId('lend-problem').innerText()), { what: 'the problem' });
    },
    'the link': async (_, form) => {
      await form.getByTestId('lend-agree').check();
      await form.getByTestId('lend-make').click();
      await form.getByTestId('lend-link').waitFor({ timeout: 20_000 });
      const address = await form.getByTestId('lend-link').inputValue();
      app.lent = { hash: new URL(address).hash, passphrase: await form.getByTestId('lend-aloud').innerText() };
    },
  });
  await app.follow(app.lent.hash);
  await readDialog(app, 'lent-key', () => {}, {
    'whose it is': async (_, form) => {
      await form.getByTestId('lent-passphrase').fill(app.lent.passphrase);
      await form.getByTestId('lent-open').click();
      await form.getByTestId('lent-facts').waitFor({ timeout: 20_000 });
    },
  });

  await readDialog(app, 'picker', () => at(app, 'add-pane').first().click(), {
    'a server of one’s own': () => chooseRoute(app.page, 'openai-compatible'),
    'a route with fields of its own': () => chooseRoute(app.page, 'azure'),
    'a route that wants a relay': () => chooseRoute(app.page, 'bedrock'),
    'a route that one signs in to': () => chooseRoute(app.page, 'openrouter'),
    'a sign-in that would lose a key': async (_, picker) => {
      await picker.getByTestId('sign-in').click();
      await readDialog(app, 'sign-in-dialog', () => {}, {
        'a code that is pasted': (__, ask) => ask.getByTestId('sign-in-code').click(),
      });
    },
    'a route that is not there': () => at(app, 'picker-provider').fill('no such route'),
  });
});

/** The link in the share dialog, another one than `before`. */
async function link(app, before = '') {
  return until(async () => {
    const now = await at(app, 'share-link').inputValue();
    return ![before, ''].includes(now) && now;
  }, { what: 'the link' });
}

/** Opens a link in a context of its own, and closes it after `act`. */
async function elsewhere(world, fragment, act) {
  const other = await openApp(world, light({ fragment, ready: false }));
  try {
    await act(other);
  } finally {
    await other.page.context().close();
  }
}

scene('what a link opens', light({
  fragment: recipeLink({ title: 'Demo', prompt: 'How do I read this page?', panes: ['demo-1000', 'demo-cut-1000'].map((model) => ({ provider: 'demo', model })) }),
}), async ({ app, world }) => {
  await ran(app, 2);
  await at(app, 'share').click();
  const open = await link(app);
  await at(app, 'share-protect').click();
  await at(app, 'share-passphrase').fill('correct horse battery');
  await at(app, 'share-seal').click();
  const sealed = await link(app, open);

  await elsewhere(world, new URL(open).hash, async (other) => {
    await at(other, 'opened-result').waitFor();
    await read(other, 'an opened result');
    await other.follow(`#src=${encodeURIComponent('https://docs.example/none.json')}`);
    await readDialog(other, 'incoming', () => {}, {
      'what cannot be had': async () => {
        await at(other, 'incoming-fetch').click();
        await at(other, 'incoming-fault').waitFor();
      },
    });
  });
  await elsewhere(world, new URL(sealed).hash, async (other) => {
    await at(other, 'incoming-passphrase').waitFor();
    await read(other, 'a passphrase that is asked for');
    await at(other, 'incoming-passphrase').fill('wrong horse');
    await other.page.keyboard.press('Enter');
    await until(async () => /does not open/.test(await at(other, 'incoming-fault').textContent()), { what: 'the fault' });
    await read(other, 'a wrong passphrase');
  });
  await elsewhere(world, `${new URL(open).hash}&view=embed`, async (other) => {
    await at(other, 'embed').waitFor();
    await other.panes(2);
    await read(other, 'a comparison in a frame');
    await other.page.locator('.figure').first().click();
    await other.page.locator('.popover').waitFor();
    await read(other, 'a figure in a frame');
  });
});

const demos = (title, models) => light({
  fragment: recipeLink({ title, prompt: 'How do I read this page?', panes: models.map((model) => ({ provider: 'demo', model })) }),
});

scene('a blind vote from its question to its outcome', demos('Blind', ['demo-1000', 'demo-cut-1000']), async ({ app }) => {
  await ran(app, 2);
  await app.action('blind-vote');
  await at(app, 'blind').waitFor();
  await read(app, 'before the vote');
  await at(app, 'vote-criteria').fill('clarity, warmth');
  await at(app, 'blind-begin').click();
  await at(app, 'blind').getByTestId('pane').first().waitFor();
  await read(app, 'two answers without names');
  await at(app, 'blind-leave').click();
  await dialog(app, 'leave-blind').waitFor();
  await read(app, 'the question before one leaves');
  await at(app, 'leave-no').click();
  await app.page.keyboard.press('1');
  await at(app, 'vote-next').click();
  await at(app, 'ballot-code').waitFor();
  await read(app, 'a ballot');
  await at(app, 'next-voter').click();
  await at(app, 'hand-over').waitFor();
  await read(app, 'the screen between two voters');
  await at(app, 'blind-begin').click();
  await at(app, 'blind').getByTestId('pane').first().waitFor();
  await app.page.keyboard.press('t');
  await app.page.keyboard.press('Enter');
  await at(app, 'reveal').click();
  await at(app, 'revealed').waitFor();
  await read(app, 'what the votes say');
  await at(app, 'blind-done').click();
  await app.action('blind-vote');
  await at(app, 'blind-locked').waitFor();
  await read(app, 'a vote that is over');
});

scene('presenting, and what its keys bring up', demos('Stage', ['demo-1000', 'demo-thinking-1000']), async ({ app }) => {
  const press = (key) => app.page.keyboard.press(key);
  await app.panes(2);
  await press('w');
  await at(app, 'present').waitFor();
  await read(app, 'before the first run');
  await press('h');
  await press('Space');
  await app.settled();
  await at(app, 'present-held').first().waitFor();
  await press('t');
  await at(app, 'present-clock').waitFor();
  await read(app, 'answers that are held back, and a clock');
  await press('r');
  await press('?');
  await at(app, 'present-sheet').waitFor();
  await read(app, 'the keys');
  await press('q');
  await at(app, 'present-square').locator('path').waitFor();
  await read(app, 'the code');
  await press('Escape');
  await press('1');
  await press('f');
  await read(app, 'one answer over the whole screen');
});

scene('the first page, with all that it can say', light(), async ({ app }) => {
  await at(app, 'other-recordings').click();
  await at(app, 'recording').first().waitFor();
  await read(app, 'the other recordings');
  await at(app, 'start-device').click();
  await at(app, 'device-missing').waitFor();
  await read(app, 'a host without a model');
  app.troubles = app.troubles.filter((text) => !/404/.test(text));
});

const FILES = [
  { name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from('# Notes') },
  { name: 'archive.zip', mimeType: 'application/zip', buffer: Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]) },
];
const SCHEMA = { type: 'object', properties: { name: { type: 'string' }, ripe: { type: 'boolean' } }, required: ['name', 'ripe'], additionalProperties: false };

scene('files beside a prompt, and answers in a form', ({ bytes }) => {
  const lanes = [
    bytes.lane().reply(stream(chat.whole('{"name": "fig", "ripe": "yes"}'))),
    bytes.lane().reply(stream(chat.whole('{"name": "fig", "ripe": true}'))),
    bytes.lane().reply(json(401, { error: { message: 'Incorrect key provided.' } })),
  ];
  return light({
    allow: [bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', params: { response_schema: SCHEMA }, panes: lanes.map((lane) => compatible(lane)) }),
  });
}, async ({ app }) => {
  await app.panes(3);
  await app.approve();
  await at(app, 'attach-files').setInputFiles(FILES);
  await at(app, 'attachment').first().waitFor();
  await app.tells(/archive\.zip was not attached/);
  await read(app, 'an attached file and one that was not taken');
  await app.run();
  await app.settled();
  const verdict = (pane) => pane.root.getByTestId('verdict').getAttribute('data-verdict');
  const [first, second] = await app.panes(3);
  await until(async () => (await verdict(first)) !== (await verdict(second)) && (await verdict(second)) === 'valid', { what: 'both verdicts' });
  await read(app, 'answers as trees, one with a fault, and a refused key');
  await at(app, 'toggle-params').click();
  await at(app, 'param-response-schema').fill('{"type": 5');
  await at(app, 'schema-fault').waitFor();
  await read(app, 'a schema that is wrong');
});

// --- What is left -------------------------------------------------------------------

/** Dialogs that other files read in both themes. */
const ELSEWHERE = {
  replace: '23-states',
  shortcuts: '23-states',
  params: '23-states',
  compare: '23-states',
  history: '60-history',
  'studio-loading': '11-studio',
};

/** Every file below a folder. */
const below = (folder) => readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.rs')).map((name) => path.join(folder, name));

test('there is no dialog that nobody reads', () => {
  const ui = fileURLToPath(new URL('../../src/ui', import.meta.url));
  const named = below(ui).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/<Dialog\b[^]*?test_id="([\w-]+)"/g)].map(([, id]) => id));
  assert.ok(named.length > 15, `${named.length} dialogs`);
  assert.deepEqual(named.filter((id) => !visited.has(id) && !(id in ELSEWHERE)), []);
});
