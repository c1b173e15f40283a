// Downloads read back.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a click saves: its name and its bytes. */
export async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

/** A folder that is gone after `act`. */
export async function inFolder(act) {
  const folder = await mkdtemp(path.join(tmpdir(), 'touchstone-files-'));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a program to its end. */
export function run(command, args, { input, env, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (out.stdout += chunk));
    child.stderr.on('data', (chunk) => (out.stderr += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...out }));
    child.stdin.end(input ?? '');
  });
}

/** A file in a folder; its path. */
export async function put(folder, name, content) {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}
