// Holds our clock against llama.cpp's own timings, and looks at how smoothly
// four panes paint. It prints ratios and judges nothing: machines differ.
// Exit code 0 unless it could not run.

import { stream } from './harness/byte_server.mjs';
import { compatible, recipeLink } from './harness/recipe.mjs';
import { openApp, startServers } from './harness/stage.mjs';
import { chat, split } from './harness/wire.mjs';

const RUNS = 5;
const TOKENS = 160;
const LEAST_TOKENS = 128;
const FRAME_MS = 1000 / 60;

const sorted = (list) => [...list].sort((a, b) => a - b);
const quantile = (list, share) => sorted(list)[Math.min(list.length - 1, Math.floor(share * list.length))];
const median = (list) => quantile(list, 0.5);

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
  const figures = await pane.metrics();
  return { timings, figures };
}

async function clock(world) {
  const app = await openApp(world, {
    allow: [world.llama.origin],
    fragment: recipeLink({
      prompt: 'Write a long story about a lighthouse, a storm and a letter that was never sent.',
      params: { max_output_tokens: TOKENS, temperature: 0 },
      panes: [{ provider: 'openai-compatible', model: world.llama.model, base_url: world.llama.base }],
    }),
  });
  await app.panes(1);
  await app.approve();
  await oneRun(app, () => app.run());
  const rates = [];
  const gaps = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { timings, figures } = await oneRun(app, () => app.pane().retry());
    if (figures.output_tokens.value < LEAST_TOKENS) {
      throw new Error(`only ${figures.output_tokens.value} tokens came, ${LEAST_TOKENS} are needed`);
    }
    rates.push(figures.output_tokens_per_s.value / timings.predicted_per_second);
    gaps.push(figures.ttft_ms.value - timings.prompt_ms);
  }
  const percent = (ratio) => `${((ratio - 1) * 100).toFixed(2)} %`;
  console.log(`Clock against llama.cpp's timings, ${RUNS} runs of ${TOKENS} tokens after a warm-up`);
  console.log(`  output tokens/s, ours over its    median ${median(rates).toFixed(4)} (${percent(median(rates))}), all ${sorted(rates).map((one) => one.toFixed(4)).join(' ')}`);
  console.log(`  first token, ours minus prompt_ms median ${median(gaps).toFixed(2)} ms, all ${sorted(gaps).map((one) => one.toFixed(2)).join(' ')}`);
  await app.page.context().close();
}

const PARAGRAPH =
  'A stream of **bold** words, `code`, a [link](https://example.com) and more words after it.\n\n- one item\n- another item\n\n';
const BLOCK = '```rust\nfn main() {\n    println!("{}", 1 + 1);\n}\n```\n\n';

/** About `seconds` of markdown at 400 pieces a second, in one event each. */
function flood(seconds) {
  const text = (PARAGRAPH.repeat(3) + BLOCK).repeat(seconds * 6);
  const pieces = split(text, Math.ceil(text.length / 5)).slice(0, seconds * 400);
  const steps = [chat.start()];
  for (let at = 0; at < pieces.length; at += 2) {
    steps.push(pieces.slice(at, at + 2).map((piece) => chat.text(piece)).join(''), { wait: 5 });
  }
  return stream([...steps, chat.finish(), chat.usage({ output: pieces.length }), chat.done()]);
}

async function frames(world) {
  const panes = Array.from({ length: 4 }, () => compatible(world.bytes.lane().reply(flood(6))));
  const app = await openApp(world, {
    allow: [world.bytes.origin],
    fragment: recipeLink({ prompt: 'Go.', panes }),
    context: { viewport: { width: 1440, height: 900 } },
  });
  await app.panes(4);
  await app.approve();
  await app.page.evaluate(() => {
    window.__frames = [];
    window.__long = 0;
    new PerformanceObserver((list) => (window.__long += list.getEntries().length)).observe({ type: 'longtask' });
    let before;
    const tick = (now) => {
      if (before !== undefined) window.__frames.push(now - before);
      before = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await app.run();
  await app.settled({ timeout: 60_000 });
  const [times, long] = await app.page.evaluate(() => [window.__frames, window.__long]);
  const ratio = (share) => (quantile(times, share) / FRAME_MS).toFixed(2);
  console.log('Frames while 4 panes stream up to 400 pieces/s each, over the 16.7 ms of a 60 Hz screen');
  console.log(`  p50 ${ratio(0.5)}  p95 ${ratio(0.95)}  p99 ${ratio(0.99)}  of ${times.length} frames, ${long} long tasks`);
  await app.page.context().close();
}

const world = await startServers({ llama: true, bytes: true });
try {
  await clock(world);
  await frames(world);
} finally {
  await world.stop();
}
