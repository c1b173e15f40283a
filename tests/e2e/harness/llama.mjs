// Starts a real llama.cpp server with a small real model (nobody here wrote
// either), or fails with the sentence that says how to get them.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './wait.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SCRIPT = fileURLToPath(new URL('llama_server.py', import.meta.url));

export const LLAMA_MODEL = 'smollm2-135m-instruct';

/** The folder of the python packages, from `TOUCHSTONE_PY` or `.tools/py`. */
export function pythonFolder() {
  return path.resolve(ROOT, process.env.TOUCHSTONE_PY ?? '.tools/py');
}

export async function startLlama() {
  const child = spawn('python3', [SCRIPT], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONPATH: pythonFolder() },
  });
  let output = '';
  let log = '';
  let ended = false;
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (log = (log + chunk).slice(-4000)));
  const end = new Promise((resolve) => {
    child.once('error', (error) => {
      log += error.message;
      ended = true;
      resolve();
    });
    child.once('exit', () => {
      ended = true;
      resolve();
    });
  });
  const stop = async () => {
    child.stdin.end();
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await end;
    clearTimeout(late);
  };
  try {
    await until(() => ended || output.includes('\n'), {
      timeout: 60_000,
      what: 'llama.cpp to load the model',
    });
    if (ended) throw new Error(`llama.cpp did not start: ${log.trim().split('\n').at(-1)}`);
    const { url } = JSON.parse(output.split('\n').find((line) => line.startsWith('{')));
    await until(async () => (await fetch(`${url}/health`)).ok, {
      timeout: 30_000,
      what: 'llama.cpp to be healthy',
    });
    return { origin: url, base: `${url}/v1`, model: LLAMA_MODEL, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
