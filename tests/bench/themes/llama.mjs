// Our clock against the timings that llama.cpp itself reports of a small real model.

import { recipeLink } from '../../e2e/harness/recipe.mjs';
import { startLlama } from '../../e2e/harness/llama.mjs';
import { openApp } from '../../e2e/harness/stage.mjs';
import { median } from '../stats.mjs';

const RUNS = 5;
const TOKENS = 160;
const LEAST_TOKENS = 128;

/** llama.cpp's `timings`, read from the bytes of the reply and not through our decoder. */
async function timingsOf(reply) {
  const body = await reply.text();
  const lines = body.split('\n').filter((line) => line.startsWith('data: {'));
  return lines.map((line) => JSON.parse(line.slice(6)).timings).filter(Boolean).at(-1);
}

async function oneRun(app, start) {
  const pane = app.pane();
  const [reply] = await Promise.all([
    app.page.waitForResponse((one) => one.request().method() === 'POST'),
    start(),
  ]);
  const timings = await timingsOf(reply);
  await pane.reaches('done', { timeout: 60_000 });
  return { timings, figures: await pane.metrics() };
}

async function measure(world, server) {
  const app = await openApp(world, {
    allow: [server.origin],
    fragment: recipeLink({
      prompt: 'Write a long story about a lighthouse, a storm and a letter that was never sent.',
      params: { max_output_tokens: TOKENS, temperature: 0 },
      panes: [{ provider: 'openai-compatible', model: server.model, base_url: server.base }],
    }),
  });
  await app.panes(1);
  await app.approve();
  await oneRun(app, () => app.run());
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { timings, figures } = await oneRun(app, () => app.pane().retry());
    if (figures.output_tokens.value < LEAST_TOKENS) {
      throw new Error(`only ${figures.output_tokens.value} tokens came, ${LEAST_TOKENS} are needed`);
    }
    runs.push({
      rate: figures.output_tokens_per_s.value,
      itsRate: timings.predicted_per_second,
      first: figures.ttft_ms.value,
      itsFirst: timings.prompt_ms,
    });
  }
  await app.page.context().close();
  return runs;
}

export async function llama(world, report) {
  report.theme(
    'Clock against llama.cpp',
    `A small real model, ${RUNS} runs of ${TOKENS} tokens after a warm-up; beside our figures those that the server reports itself.`,
  );
  const server = await startLlama();
  try {
    const runs = await measure(world, server);
    const of = (name) => median(runs.map((run) => run[name]));
    report.figure('output tokens/s', of('rate'), { digits: 2, beside: { name: 'llama.cpp', value: of('itsRate') } });
    report.figure("output tokens/s, median of each run's ratio", median(runs.map((run) => run.rate / run.itsRate)), { digits: 4 });
    report.figure('first token', of('first'), { unit: 'ms', beside: { name: 'prompt_ms', value: of('itsFirst') } });
    report.figure('first token, median of the differences', median(runs.map((run) => run.first - run.itsFirst)), { unit: 'ms', digits: 2 });
  } finally {
    await server.stop();
  }
}
