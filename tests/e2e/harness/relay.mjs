// The relay of docs/relay.md: as it is, and with a server of the test behind it.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './listen.mjs';
import { until } from './wait.mjs';

const FOLDER = fileURLToPath(new URL('../../../scripts/relay', import.meta.url));
const CADDY = process.env.CADDY || 'caddy';

function watched(command, args, env) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, ...env } });
  const run = { child, output: '', ended: false };
  child.stdout.on('data', (chunk) => (run.output += chunk));
  child.stderr.on('data', (chunk) => (run.output += chunk));
  run.end = new Promise((resolve) => {
    child.once('error', (error) => {
      run.output += error.message;
      run.ended = true;
      resolve(1);
    });
    child.once('exit', (code) => {
      run.ended = true;
      resolve(code);
    });
  });
  run.stop = async () => {
    if (!run.ended) child.kill();
    return run.end;
  };
  return run;
}

/** Runs `make relay`'s script to its end, for what it refuses. */
export async function refusedRelay(env) {
  const run = watched(process.execPath, [path.join(FOLDER, 'relay.mjs')], { CADDY, ...env });
  return { code: await run.end, output: run.output };
}

/** The relay as people start it. */
export async function startRelay(env = {}) {
  const port = await freePort();
  const run = watched(process.execPath, [path.join(FOLDER, 'relay.mjs')], { CADDY, PORT: String(port), ...env });
  const origin = `http://127.0.0.1:${port}`;
  await until(() => run.ended || run.output.includes('Ctrl+C'), { timeout: 15_000, what: 'the relay to listen' });
  if (run.ended) throw new Error(`the relay did not start (make setup installs Caddy): ${run.output}`);
  return { origin, host: `127.0.0.1:${port}`, said: () => run.output, stop: run.stop };
}

/**
 * The same with `upstream` (`127.0.0.1:port`, http) in the place of every listed host: the
 * one thing that a test cannot have is the provider itself.
 */
export async function startRelayTo(upstream, env) {
  const folder = await mkdtemp(path.join(tmpdir(), 'touchstone-relay-'));
  const file = path.join(folder, 'Caddyfile');
  const own = await readFile(path.join(FOLDER, 'Caddyfile'), 'utf8');
  const changed = own.replace('reverse_proxy {re.host.1}:443 {', `reverse_proxy ${upstream} {`).replace(/^\s*tls$/m, '');
  if (changed.includes('{re.host.1}:443') || /^\s*tls$/m.test(changed)) throw new Error('the Caddyfile has another form');
  await writeFile(file, changed);
  const relay = await startRelay({ ...env, CADDYFILE: file });
  return {
    ...relay,
    stop: async () => {
      await relay.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
