// Prints the figures of docs/benchmarks.md. It judges nothing by its exit code,
// which is 0 unless a theme could not run: machines differ.
//   node tests/bench/bench.mjs [--write] [theme …]

import { delimiter, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServers } from '../e2e/harness/stage.mjs';
import { Report } from './report.mjs';
import { clock } from './themes/clock.mjs';
import { decode } from './themes/decode.mjs';
import { endurance } from './themes/endurance.mjs';
import { link } from './themes/link.mjs';
import { llama } from './themes/llama.mjs';
import { size } from './themes/size.mjs';
import { stream } from './themes/stream.mjs';
import { typing } from './themes/typing.mjs';
import { startTokenServer } from './token_server.mjs';

// The pinned tools come first, whether make or a person started this.
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
process.env.PATH = [resolve(ROOT, '.tools/bin'), resolve(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);

const THEMES = { size, stream, endurance, clock, llama, decode, typing, link };
const DOCUMENT = resolve(ROOT, 'docs/benchmarks.md');

const args = process.argv.slice(2);
const wanted = args.filter((name) => name !== '--write');
const unknown = wanted.filter((name) => !(name in THEMES));
if (unknown.length > 0) {
  console.error(`no theme ${unknown.join(', ')}: choose from ${Object.keys(THEMES).join(', ')}`);
  process.exit(2);
}

const report = new Report();
const world = await startServers({});
try {
  world.tokens = await startTokenServer();
  for (const [name, run] of Object.entries(THEMES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    try {
      await run(world, report);
    } catch (error) {
      report.note(`It could not run: ${error.message}`);
      console.error(error);
      process.exitCode = 1;
    }
  }
  if (args.includes('--write')) {
    const command = wanted.length > 0 ? `make bench ONLY="${wanted.join(' ')}"` : 'make bench';
    await report.write(DOCUMENT, command, `Chromium ${world.browser.version()}`);
    console.log('\nwritten to docs/benchmarks.md');
  }
} finally {
  world.tokens?.stop();
  await world.stop();
}
