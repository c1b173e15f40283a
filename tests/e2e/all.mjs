// Runs spec files side by side, the longest first, and says at the end where the time went.
//   node tests/e2e/all.mjs [--at-once=2] [file …]      all of them without files
// Each file is a process of its own, as with `node --test`; what they say is told file by file.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** How many seconds each file took when it last ran here; git ignores it. */
const TIMES = path.join(HERE, '../../target/e2e-seconds.json');
const SHOWN = 12;
const FAULT_LINES = 16;
const COUNTS = ['tests', 'suites', 'pass', 'fail', 'cancelled', 'skipped', 'todo'];
const COUNT = new RegExp(`^(${COUNTS.join('|')}|duration_ms) ([\\d.]+)$`);

function lastTimes() {
  try {
    return JSON.parse(readFileSync(TIMES, 'utf8'));
  } catch {
    return {};
  }
}

/** The longest first, so that the last one to end is a short one. A file that never ran is judged by its size. */
function longestFirst(files, times) {
  const guess = (file) => times[path.basename(file)] ?? statSync(file).size / 400;
  return [...files].sort((one, other) => guess(other) - guess(one));
}

/** What went wrong and where, without the frames of others. */
function faultOf(error) {
  const { stack, message } = error?.cause ?? error ?? {};
  const lines = String(stack ?? message ?? error).split('\n');
  return lines.filter((line) => !/^\s+at .*(node:|node_modules)/.test(line)).slice(0, FAULT_LINES);
}

/** Runs one file; gives its events, its counts, its seconds and its scenes. */
async function runFile(file) {
  const begun = performance.now();
  const told = { file: path.basename(file), events: [], counts: {}, scenes: [] };
  for await (const event of run({ files: [file], concurrency: 1 })) {
    const { nesting, message, name, details } = event.data;
    const counted = event.type === 'test:diagnostic' && nesting === 0 && COUNT.exec(message);
    if (counted) told.counts[counted[1]] = Number(counted[2]);
    else told.events.push(event);
    const ended = event.type === 'test:pass' || event.type === 'test:fail';
    if (ended && nesting === 0) {
      const fault = event.type === 'test:fail' ? faultOf(details.error) : undefined;
      told.scenes.push({ file: told.file, name, seconds: details.duration_ms / 1000, fault });
    }
  }
  told.seconds = (performance.now() - begun) / 1000;
  return told;
}

/** Runs `files` in this order, `atOnce` of them at a time; tells of each as it ends. */
async function runAll(files, atOnce, tell) {
  const left = [...files];
  const worker = async () => {
    for (let file = left.shift(); file; file = left.shift()) tell(await runFile(file));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const cells = (seconds, file, name = '') => `${seconds.toFixed(1).padStart(7)} s  ${file}${name && `: ${name}`}`;

function summary(all) {
  const slowest = (list) => [...list].sort((one, other) => other.seconds - one.seconds).slice(0, SHOWN);
  const sum = all.reduce((total, { seconds }) => total + seconds, 0);
  return [
    '',
    `the longest files, of ${all.length} that took ${sum.toFixed(0)} s together:`,
    ...slowest(all).map(({ seconds, file }) => cells(seconds, file)),
    'the longest scenes:',
    ...slowest(all.flatMap(({ scenes }) => scenes)).map(({ seconds, file, name }) => cells(seconds, file, name)),
    '',
    ...failures(all),
  ].join('\n');
}

/** Told once more at the very end, where a log that is cut off still has it. */
function failures(all) {
  const failed = all.flatMap(({ scenes }) => scenes).filter(({ fault }) => fault);
  return failed.flatMap(({ file, name, fault }) => [`failed: ${file}: ${name}`, ...fault.map((line) => `  ${line}`), '']);
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'at-once': { type: 'string', default: '2' } } });
const files = positionals.length
  ? positionals
  : readdirSync(HERE).filter((name) => name.endsWith('.spec.mjs')).map((name) => path.join(HERE, name));
const times = lastTimes();
const all = [];
const reporter = spec();
reporter.pipe(process.stdout);
await runAll(longestFirst(files, times), Number(values['at-once']), (told) => {
  all.push(told);
  times[told.file] = Math.round(told.seconds);
  reporter.write({ type: 'test:diagnostic', data: { nesting: 0, message: `${told.file}, ${told.seconds.toFixed(1)} s` } });
  for (const event of told.events) reporter.write(event);
});
mkdirSync(path.dirname(TIMES), { recursive: true });
writeFileSync(TIMES, JSON.stringify(times, null, 1));
const total = (word) => all.reduce((sum, { counts }) => sum + (counts[word] ?? 0), 0);
for (const word of COUNTS) reporter.write({ type: 'test:diagnostic', data: { nesting: 0, message: `${word} ${total(word)}` } });
reporter.end();
await new Promise((done) => reporter.once('end', done));
console.log(summary(all));
process.exitCode = total('fail') + total('cancelled') > 0 || total('pass') === 0 ? 1 : 0;
