// The weight of a first load; `make test` holds it to a budget.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { distFolder } from '../../e2e/harness/static.mjs';

const SCRIPT = fileURLToPath(new URL('../../../scripts/size.mjs', import.meta.url));

export async function size(_, report) {
  report.theme('First load', 'Everything that the browser fetches before a pane can run, as brotli.');
  // Exit code 1 only says that it is over the budget; the lines are there all the same.
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, distFolder()]).catch((error) => error);
  // What is loaded later comes after the first empty line.
  const [first] = stdout.split('\n\n');
  const files = [...first.matchAll(/^\s*(\d+) B {2}(\S+)$/gm)];
  if (files.length === 0) throw new Error('scripts/size.mjs printed no file');
  for (const [, bytes, name] of files) report.figure(name.replace(/-[0-9a-f]{16}/, ''), bytes / 1000, { unit: 'kB' });
  const total = files.reduce((sum, [, bytes]) => sum + Number(bytes), 0);
  report.figure('in all', total / 1000, { unit: 'kB', goal: { most: 350, digits: 0 } });
}
