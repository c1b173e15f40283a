// Long answers in every pane, and what is left of them when they are gone.

import { until } from '../../e2e/harness/wait.mjs';
import { metered } from '../meter.mjs';
import { PANES, allEnded, bareRead, openPanes, requestsOf } from '../panes.mjs';
import { modelOf } from '../token_server.mjs';

const WARM_UP = 2_000;
const TOKENS = Number(process.env.BENCH_TOKENS ?? 50_000);

/** Heap, nodes and wasm memory after a forced collection. */
async function memory(page) {
  const session = await page.context().newCDPSession(page);
  // Weak references and what they held take more than one round.
  for (let round = 0; round < 3; round += 1) {
    await session.send('HeapProfiler.collectGarbage');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
  }
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  const wasm = await wasmBytes(page);
  await session.detach();
  return { heap: usedSize / 1e6, nodes, wasm: wasm / 1e6 };
}

/**
 * Notes every wasm memory that a module of the page brings, before anything of
 * the page runs, so that the app need not be asked.
 */
function noteMemories() {
  window.__memories = new Set();
  const note = ({ instance }) => {
    for (const one of Object.values(instance.exports)) {
      if (one instanceof WebAssembly.Memory) window.__memories.add(one);
    }
  };
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const plain = WebAssembly[name];
    WebAssembly[name] = async (...all) => {
      const made = await plain.apply(WebAssembly, all);
      note('instance' in made ? made : { instance: made });
      return made;
    };
  }
}

const wasmBytes = (page) =>
  page.evaluate(() => [...window.__memories].reduce((sum, one) => sum + one.buffer.byteLength, 0));

/** A new comparison: what was asked and answered leaves, the panes stay. */
async function clear(app) {
  await app.page.getByTestId('new-comparison').click();
  await until(async () => (await app.page.getByTestId('answer').count()) === 0, { what: 'the answers to go' });
  // The toast that could undo it holds the answers until it goes.
  await until(async () => (await app.page.getByTestId('toast').count()) === 0, { timeout: 30_000, what: 'the toast to go' });
}

async function oneRun(app, timeout = 600_000) {
  const figures = await metered(app.page, async () => {
    await app.run();
    await allEnded(app, timeout);
  });
  await clear(app);
  return { ...figures, after: await memory(app.page) };
}

export async function endurance(world, report) {
  const model = modelOf(TOKENS, 0);
  report.theme(
    'Endurance',
    `${PANES} panes × ${TOKENS} tokens as fast as they are taken, cleared and run again; memory after a forced collection, before and after. Before means after a short run that was cleared too, since what is loaded on demand stays.`,
  );
  // A short run first: code that is loaded on demand, such as the highlighter, stays.
  const app = await openPanes(world, model, undefined, noteMemories);
  const fresh = await memory(app.page);
  await world.tokens.cut(WARM_UP);
  const before = (await oneRun(app)).after;
  await world.tokens.cut(0);
  const bare = await bareRead(app.page, requestsOf(world, model));
  const first = await oneRun(app);
  const second = await oneRun(app);
  const third = await oneRun(app);
  app.verify();
  await app.page.context().close();
  const share = (now, was) => (now / was - 1) * 100;
  for (const [label, run] of [['first run', first], ['second run', second]]) {
    report.figure(`${label}, time`, run.seconds, { unit: 's', beside: { name: 'bare reader', value: bare / 1000 } });
    report.figure(`${label}, tokens/s in all`, (PANES * TOKENS) / run.seconds, { digits: 0 });
    report.figure(`${label}, longest gap between frames`, run.longestGap, { unit: 'ms', digits: 0 });
  }
  const at = (label, name, unit, digits) => {
    report.figure(`${label}, fresh page`, fresh[name], { unit, digits });
    report.figure(`${label}, before (after a short run)`, before[name], { unit, digits });
    report.figure(`${label}, after two runs`, second.after[name], { unit, digits });
  };
  at('JS heap', 'heap', 'MB', 2);
  report.figure('JS heap, change', share(second.after.heap, before.heap), { unit: '%', goal: { most: 10 } });
  at('DOM nodes', 'nodes', '', 0);
  report.figure('DOM nodes, change', share(second.after.nodes, before.nodes), { unit: '%', goal: { most: 10 } });
  report.figure('wasm memory, before', before.wasm, { unit: 'MB' });
  report.figure('wasm memory, after the first run', first.after.wasm, { unit: 'MB' });
  report.figure('wasm memory, growth in the second', second.after.wasm - first.after.wasm, { unit: 'MB', goal: { most: 0 } });
  report.figure('wasm memory, growth in a third', third.after.wasm - second.after.wasm, { unit: 'MB' });
}
