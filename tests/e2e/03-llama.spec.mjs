// A real model behind llama.cpp's own server: two dialects, nothing simulated.

import assert from 'node:assert/strict';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const { world, scene } = stage({ llama: true });

const LIMIT = 24;

function twoPanes(limit = LIMIT) {
  return ({ llama }) => ({
    allow: [llama.origin],
    fragment: recipeLink({
      prompt: 'Write a long story about a lighthouse and the sea.',
      params: { max_output_tokens: limit, temperature: 0 },
      panes: [
        { provider: 'openai-compatible', model: llama.model, base_url: llama.base },
        { provider: 'anthropic', model: llama.model, base_url: llama.origin },
      ],
    }),
  });
}

async function ready(app) {
  await app.panes(2);
  await app.approve();
  await app.key('anthropic', world.llama.origin, 'not-needed-here');
}

/** Notes every change of phase and length of the answers, as a viewer would see them. */
async function watchAnswers(app) {
  await app.page.evaluate(() => {
    window.__seen = [];
    const look = () => {
      for (const [index, pane] of document.querySelectorAll('[data-testid=pane]').entries()) {
        const answer = pane.querySelector('[data-testid=answer]')?.textContent ?? '';
        window.__seen.push({ index, phase: pane.dataset.phase, length: answer.length });
      }
    };
    new MutationObserver(look).observe(document.body, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
}

scene('a real answer streams into both panes at once', twoPanes(96), async ({ app }) => {
  await ready(app);
  await watchAnswers(app);
  await app.run();
  assert.deepEqual(await app.settled({ timeout: 60_000 }), ['done', 'done']);
  const seen = await app.page.evaluate(() => window.__seen);
  for (const pane of await app.panes(2)) {
    const rows = seen.filter((row) => row.index === pane.index);
    const lengths = [...new Set(rows.filter((row) => row.phase === 'answering').map((row) => row.length))];
    assert.ok(lengths.length >= 3, `the answer grew in steps: ${lengths.join()}`);
    assert.deepEqual(lengths, [...lengths].sort((a, b) => a - b), 'text is only added');
    assert.ok((await pane.raw()).trim().length > 20);
    assert.equal(await pane.finish(), 'length', 'the limit ended it');
    const { output_tokens: output } = await pane.metrics();
    assert.equal(output.value, 96);
    assert.equal(output.source, 'reported');
  }
});

/** Which part of the text came in the first chunk that held any. */
function firstShare({ after_ms: after, chars }) {
  let now = 0;
  const pieces = chars.map((count, at) => ({ count, at: (now += after[at]) })).filter(({ count }) => count > 0);
  const sum = (list) => list.reduce((total, { count }) => total + count, 0);
  return sum(pieces.filter(({ at }) => at === pieces[0].at)) / sum(pieces);
}

scene('figures follow from the marks of the export', twoPanes(96), async ({ app }) => {
  await ready(app);
  await app.run();
  assert.deepEqual(await app.settled({ timeout: 60_000 }), ['done', 'done']);
  const { document } = await app.exported();
  for (const pane of await app.panes(2)) {
    const figures = await pane.metrics();
    const run = document.panes[pane.index].turns.at(-1).runs.at(-1);
    const { marks } = run;
    const near = (name, expected) =>
      assert.ok(
        Math.abs(figures[name].value - expected) < 0.001 * Math.max(1, expected),
        `${name} is ${figures[name].value}, the marks say ${expected}`,
      );
    near('headers_ms', marks.headers_ms);
    near('ttft_ms', Math.min(...[marks.first_thinking_ms, marks.first_answer_ms].filter(Number.isFinite)));
    near('ttfa_ms', marks.first_answer_ms);
    near('total_ms', marks.end_ms);
    const window = marks.last_answer_ms - marks.first_answer_ms;
    if (!figures.output_tokens_per_s) {
      // No rate follows from a burst, as on a machine that stalls: docs/metrics.md.
      assert.ok(window < 200 || firstShare(run.chunks) > 0.1, 'a rate was withheld without a reason');
      assert.equal(run.figures.output_tokens_per_s, undefined);
      continue;
    }
    near('output_tokens_per_s', ((figures.output_tokens.value - 1) / window) * 1000);
    assert.equal(figures.output_tokens_per_s.source, 'computed');
  }
});

scene('the model list of the server is offered', twoPanes(), async ({ app }) => {
  await ready(app);
  await app.pane(0).root.getByTestId('pick-model').click();
  const option = app.page.locator(
    `[data-testid=picker-option][data-model="${world.llama.model}"]:visible`,
  );
  await option.waitFor();
  await app.page.getByTestId('picker-search').fill('no such model here');
  await until(async () => (await option.count()) === 0, { what: 'the search to filter' });
  await app.page.keyboard.press('Escape');
  assert.ok(
    app.sent({ method: 'GET', origin: world.llama.origin }).some((one) => one.url().endsWith('/v1/models')),
  );
});

scene('the counter of the server says before the run what the run then reports', ({ llama }) => ({
  allow: [llama.origin],
  fragment: recipeLink({
    prompt: 'Name the colours of the rainbow, from red to violet.',
    params: { max_output_tokens: 4, temperature: 0 },
    panes: [{ provider: 'llama-cpp', api: 'messages', model: llama.model, base_url: llama.base }],
  }),
}), async ({ app }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  const sum = app.page.getByTestId('worst-case');
  await sum.click();
  await app.page.getByTestId('count-input').click();
  const counted = app.page.getByTestId('counted');
  await until(async () => /\d+ input tokens/.test(await counted.innerText()), { what: 'the count' });
  const [, count] = /([\d,]+) input tokens/.exec(await counted.innerText());
  await app.page.keyboard.press('Escape');
  await app.run();
  assert.deepEqual(await app.settled({ timeout: 60_000 }), ['done']);
  assert.equal((await pane.metrics()).input_tokens.value, Number(count.replace(',', '')));
});
