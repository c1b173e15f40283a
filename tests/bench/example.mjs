// An example of ours as a wasm module on its own, built and optimised as the page is.

import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { OPTIMIZE } from '../../scripts/web/split.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TARGET = 'wasm32-unknown-unknown';

/** Runs a program in the project's folder. */
export const run = (command, args) => promisify(execFile)(command, args, { cwd: ROOT, maxBuffer: 1 << 26 });

/** Builds `examples/NAME.rs` into `out`, as `NAME.js` and its wasm. */
export async function buildExample(name, out) {
  await mkdir(out, { recursive: true });
  // `whole`: a release build is made to be cut in two, which is for the page alone.
  await run('cargo', ['build', '--locked', '--release', '--target', TARGET, '--features', 'whole', '--example', name]);
  const built = path.join(ROOT, 'target', TARGET, 'release/examples', `${name}.wasm`);
  await run('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', out, built]);
  const wasm = path.join(out, `${name}_bg.wasm`);
  await run('wasm-opt', [...OPTIMIZE, wasm, '-o', wasm]);
}
