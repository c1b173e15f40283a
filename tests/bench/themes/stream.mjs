// The real app while eight panes stream, and streamdown on the same streams.

import { startStatic } from '../../e2e/harness/static.mjs';
import { metered } from '../meter.mjs';
import { LAPTOP, PANES, WIDE, allEnded, bareRead, openPanes, requestsOf } from '../panes.mjs';
import { buildPeers } from '../peers/build.mjs';
import { median } from '../stats.mjs';
import { modelOf } from '../token_server.mjs';

const RATE = 400;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 12);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

async function ours(world, model, screen) {
  const app = await openPanes(world, model, screen);
  const figures = await metered(app.page, async () => {
    await app.run();
    await allEnded(app, 60_000 + SECONDS * 4000);
  });
  app.verify();
  await app.page.context().close();
  return figures;
}

async function theirs(world, url, model, screen) {
  const context = await world.browser.newContext(screen);
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => window.run);
  const figures = await metered(page, () => page.evaluate((all) => window.run(all), requestsOf(world, model)));
  await context.close();
  return figures;
}

/** One screen: alternating rounds, and the medians of both. */
async function compare(world, report, { url, model, screen, goals }) {
  const { width, height } = screen.viewport;
  report.theme(
    `Streaming, ${width}×${height}`,
    `${PANES} panes over two origins, ${RATE} tokens/s each, ${SECONDS} s of one markdown document; medians of ${ROUNDS} alternating rounds with streamdown 2.7.1 in React, fed once a frame.`,
  );
  const us = [];
  const them = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    us.push(await ours(world, model, screen));
    them.push(await theirs(world, url, model, screen));
  }
  const of = (list, name) => median(list.map((one) => one[name]));
  const pair = (label, name, { goal, ...options }) =>
    report.figure(label, of(us, name), { ...options, ...(goals && goal ? { goal } : {}), beside: { name: 'streamdown', value: of(them, name) } });
  pair('frames, p50', 'p50', { unit: 'ms' });
  pair('frames, p95', 'p95', { unit: 'ms' });
  pair('frames, p99', 'p99', { unit: 'ms', goal: { most: 29 } });
  pair('long tasks over 50 ms', 'longTasks', { digits: 0, goal: { most: 0 } });
  pair('longest task that counts as long', 'longest', { unit: 'ms', digits: 0 });
  pair('script', 'script', { unit: 's', digits: 2, goal: { most: 0.5, of: 'ratio' } });
  pair('style and layout', 'layout', { unit: 's', digits: 2 });
  pair('everything on the main thread', 'task', { unit: 's', digits: 2 });
}

export async function stream(world, report) {
  const model = modelOf(RATE * SECONDS, RATE);
  const peers = await startStatic({ dir: await buildPeers() });
  await compare(world, report, { url: peers.url, model, screen: LAPTOP, goals: true });
  const empty = await world.browser.newPage();
  await empty.goto(peers.url);
  await world.tokens.lag();
  const bare = (await bareRead(empty, requestsOf(world, model))) / 1000;
  const lag = await world.tokens.lag();
  await empty.close();
  report.note(`A bare reader got all of it in ${bare.toFixed(1)} s; the server was never more than ${lag.toFixed(1)} ms behind its plan.`);
  await compare(world, report, { url: peers.url, model, screen: WIDE, goals: false });
  report.note('A screen on which all eight are painted, beside the one that the page is designed for.');
  await peers.stop();
}
