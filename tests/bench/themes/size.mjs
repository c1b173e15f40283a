// The weight of a first load; `make test` holds it to a budget.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { distFolder } from '../../e2e/harness/static.mjs';

const SCRIPT = fileURLToPath(new URL('../../../scripts/size.mjs', import.meta.url));

export async function size(_, report) {
  report.theme(
    'First load',
    'Everything that the browser fetches by itself, what the first action brings, and what a first run so has fetched, as brotli. A run over a route of the first page does not wait for the second, which its first action fetches all the same.',
  );
  // Exit code 1 only says that it is over the budget; the lines are there all the same.
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, distFolder()]).catch((error) => error);
  // The groups have an empty line between them; the second is what comes with the first action.
  const [first, action] = stdout.split('\n\n').map((group) => [...group.matchAll(/^\s*(\d+) B {2}(\S+)$/gm)]);
  if (first.length === 0 || action.length === 0) throw new Error('scripts/size.mjs printed no file');
  const each = (files) => {
    for (const [, bytes, name] of files) report.figure(name.replace(/-[0-9a-f]{12,16}/, ''), bytes / 1000, { unit: 'kB' });
    return files.reduce((sum, [, bytes]) => sum + Number(bytes), 0) / 1000;
  };
  const atOnce = each(first);
  report.figure('before the first action', atOnce, { unit: 'kB', goal: { most: 350, digits: 0 } });
  const then = each(action);
  report.figure('with the first action', then, { unit: 'kB' });
  report.figure('before a first run, both', atOnce + then, { unit: 'kB', goal: { most: 350, digits: 0 } });
  const unasked = Number(stdout.match(/^\s*(\d+) B {2}after the first paint/m)?.[1] ?? Number.NaN);
  report.figure('after the first paint without an action', unasked / 1000, { unit: 'kB', goal: { most: 50, digits: 0 } });
}
