// The real app while eight panes stream, and streamdown on the same streams.

import { startStatic } from '../../e2e/harness/static.mjs';
import { metered } from '../meter.mjs';
import { PANES, WIDE, allEnded, bareRead, openPanes, requestsOf } from '../panes.mjs';
import { buildPeers } from '../peers/build.mjs';
import { median } from '../stats.mjs';
import { modelOf } from '../token_server.mjs';

const RATE = 400;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 12);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

async function ours(world, model) {
  const app = await openPanes(world, model);
  const figures = await metered(app.page, async () => {
    await app.run();
    await allEnded(app, 60_000 + SECONDS * 4000);
  });
  app.verify();
  await app.page.context().close();
  return figures;
}

async function theirs(world, url, model) {
  const context = await world.browser.newContext(WIDE);
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => window.run);
  const figures = await metered(page, () => page.evaluate((all) => window.run(all), requestsOf(world, model)));
  await context.close();
  return figures;
}

export async function stream(world, report) {
  const model = modelOf(RATE * SECONDS, RATE);
  report.theme(
    'Streaming',
    `${PANES} panes over two origins, ${RATE} tokens/s each, ${SECONDS} s of one markdown document; medians of ${ROUNDS} alternating rounds with streamdown 2.7.1 in React, fed once a frame.`,
  );
  const peers = await startStatic({ dir: await buildPeers() });
  const empty = await world.browser.newPage();
  await empty.goto(peers.url);
  await world.tokens.lag();
  const bare = (await bareRead(empty, requestsOf(world, model))) / 1000;
  const lag = await world.tokens.lag();
  await empty.close();
  report.note(`A bare reader got all of it in ${bare.toFixed(1)} s; the server was never more than ${lag.toFixed(1)} ms behind its plan.`);
  const us = [];
  const them = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    us.push(await ours(world, model));
    them.push(await theirs(world, peers.url, model));
  }
  await peers.stop();
  const of = (list, name) => median(list.map((one) => one[name]));
  const pair = (label, name, options) =>
    report.figure(label, of(us, name), { ...options, beside: { name: 'streamdown', value: of(them, name) } });
  pair('frames, p50', 'p50', { unit: 'ms' });
  pair('frames, p95', 'p95', { unit: 'ms' });
  pair('frames, p99', 'p99', { unit: 'ms', goal: { most: 29 } });
  pair('long tasks over 50 ms', 'longTasks', { digits: 0, goal: { most: 0 } });
  pair('longest task that counts as long', 'longest', { unit: 'ms', digits: 0 });
  pair('script', 'script', { unit: 's', digits: 2, goal: { most: 0.5, of: 'ratio' } });
  pair('style and layout', 'layout', { unit: 's', digits: 2 });
  pair('everything on the main thread', 'task', { unit: 's', digits: 2 });
}
