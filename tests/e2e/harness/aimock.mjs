// Starts the published aimock server (nobody here wrote it) and reads its journal.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './listen.mjs';
import { until } from './wait.mjs';

const require = createRequire(import.meta.url);

function cli() {
  try {
    return path.join(path.dirname(require.resolve('@copilotkit/aimock')), 'cli.js');
  } catch {
    throw new Error('the package @copilotkit/aimock is not installed: run `make setup`');
  }
}

/**
 * Starts aimock with `fixtures` (its own fixture shape) on a free port.
 * `dialects` are the base URLs as a recipe names them.
 */
export async function startAimock(fixtures) {
  const folder = await mkdtemp(path.join(tmpdir(), 'touchstone-aimock-'));
  const file = path.join(folder, 'fixtures.json');
  await writeFile(file, JSON.stringify({ fixtures }));
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [cli(), '-p', String(port), '-h', '127.0.0.1', '-f', file, '--log-level', 'warn'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  let ended = false;
  const end = new Promise((resolve) => {
    child.once('exit', () => {
      ended = true;
      resolve();
    });
  });
  const origin = `http://127.0.0.1:${port}`;

  const get = async (pathname) => (await fetch(origin + pathname)).json();

  const stop = async () => {
    if (!ended) child.kill();
    await end;
    await rm(folder, { recursive: true, force: true });
  };

  try {
    await until(
      async () => {
        if (ended) return true;
        return (await fetch(`${origin}/health`)).ok;
      },
      { timeout: 15_000, what: 'aimock to listen' },
    );
    if (ended) throw new Error(`aimock did not start: ${output}`);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    origin,
    bases: {
      openai: `${origin}/v1`,
      'openai-compatible': `${origin}/v1`,
      anthropic: origin,
      gemini: `${origin}/v1beta`,
    },
    /** What clients sent since the last `forget`, oldest first. */
    journal: async ({ method = 'POST' } = {}) =>
      (await get('/__aimock/journal?limit=1000')).filter((entry) => entry.method === method),
    forget: async () => {
      await fetch(`${origin}/__aimock/reset/journal`, { method: 'POST' });
    },
    stop,
  };
}
