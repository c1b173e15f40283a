// What a spec file needs around its tests: servers, one browser, a fresh
// context for each test, and the checks that hold for every one of them.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startAimock } from './aimock.mjs';
import { launch, launchEngine } from './browser.mjs';
import { startByteServer } from './byte_server.mjs';
import { launchFirefox } from './firefox.mjs';
import { startLlama } from './llama.mjs';
import { App } from './page.mjs';
import { startStatic } from './static.mjs';

const LAUNCH = { chromium: launch, engine: launchEngine, firefox: launchFirefox };
/** So many milliseconds late; 0 in every run but those that look for a race. */
const LATE_MS = Number(process.env.LATE_FRAMES ?? 0);
/** So many needless questions before each of the page's own to its database; 0 likewise. */
const LATE_ASKS = Number(process.env.LATE_DATABASE ?? 0);
const OUTPUT = fileURLToPath(new URL('../output', import.meta.url));

/** Runs in the page: every frame callback comes this much later, as on a busy machine. */
function comeLate(ms) {
  const next = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (call) => next(() => setTimeout(() => call(performance.now()), ms));
}

/** Runs in the page: the database answers late, by the work that it is given first. */
function askBefore(count) {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function lateTransaction(names, ...rest) {
    const made = transaction.call(this, names, ...rest);
    const store = made.objectStore(typeof names === 'string' ? names : names[0]);
    for (let asked = 0; asked < count; asked += 1) store.get('-');
    return made;
  };
}

/** Starts the servers that `needs` names; each field is filled before the tests. */
export async function startServers(needs) {
  const world = {};
  const stops = [];
  const start = async (name, make) => {
    world[name] = await make();
    stops.push(world[name].stop);
  };
  world.stop = async () => {
    for (const stop of stops.reverse()) await stop();
  };
  try {
    await start('internet', () => startByteServer({ tls: true }));
    if (needs.page !== false) await start('site', () => startStatic());
    if (needs.bytes) await start('bytes', () => startByteServer());
    if (needs.aimock) await start('aimock', () => startAimock(needs.aimock));
    if (needs.llama) await start('llama', () => startLlama());
    // Further servers by name, each made of those before it.
    for (const [name, make] of Object.entries(needs.besides ?? {})) await start(name, () => make(world));
    const wanted = process.env.TOUCHSTONE_BROWSER ?? needs.browser ?? 'chromium';
    await start('browser', async () => {
      const browser = await LAUNCH[wanted](world.internet);
      return Object.assign(browser, { stop: () => browser.close() });
    });
    return world;
  } catch (error) {
    await world.stop();
    throw error;
  }
}

/** Opens the page in a fresh context. `allow` are further origins it may call. */
export async function openApp(world, options = {}) {
  const { fragment = '', allow = [], url, context: rest = {} } = options;
  const address = url ?? world.site.url;
  const context = await world.browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ignoreHTTPSErrors: true,
    acceptDownloads: true,
    ...rest,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  if (LATE_MS > 0) await page.addInitScript?.(comeLate, LATE_MS);
  if (LATE_ASKS > 0) await page.addInitScript?.(askBefore, LATE_ASKS);
  const app = new App(page, { origin: new URL(address).origin, allow });
  await options.prepare?.(page);
  if (options.waits) await app.gotoWaiting(address + fragment);
  else if (options.ready === false) await page.goto(address + fragment);
  else await app.goto(address + fragment);
  return app;
}

async function keepEvidence(app, name) {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 80);
  await mkdir(OUTPUT, { recursive: true });
  const base = path.join(OUTPUT, slug);
  await app.page.screenshot({ path: `${base}.png`, timeout: 5000 });
  await writeFile(`${base}.html`, await app.page.content());
  await writeFile(`${base}.log`, app.console.join('\n'));
}

/**
 * A stage for one spec file. `scene(name, options, act)` is a test that gets a
 * freshly opened page; `options` may be a function of the running servers.
 * The browser is Chromium's engine, unless `needs.browser` is `chromium`, where what
 * the whole browser adds matters, or `firefox`.
 */
export function stage(needs = {}) {
  const world = {};
  before(async () => {
    Object.assign(world, await startServers({ browser: 'engine', ...needs }));
  }, { timeout: 120_000 });
  after(() => world.stop?.());

  const scene = (name, options, act) =>
    test(name, { timeout: 180_000 }, async (t) => {
      world.internet.forgetHosts();
      const settings = typeof options === 'function' ? options(world) : options;
      const app = await openApp(world, settings);
      try {
        await act({ app, world, t, ...settings.hand });
        app.verify();
      } catch (error) {
        await keepEvidence(app, name).catch(() => {});
        throw error;
      } finally {
        await app.page.context().close();
      }
    });
  return { world, scene };
}
