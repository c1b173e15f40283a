// Prints figures beside their goals, and keeps them for docs/benchmarks.md.

import { cpus, loadavg } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';

const plain = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : '—');

/** Whether a value meets `{ most }` or `{ least }`. */
function verdict(value, { most, least }) {
  if (!Number.isFinite(value)) return 'not measured';
  return (most === undefined || value <= most) && (least === undefined || value >= least) ? 'met' : 'missed';
}

const goalText = ({ most, least }, digits, unit) =>
  most === undefined ? `at least ${plain(least, digits)}${unit}` : `at most ${plain(most, digits)}${unit}`;

export class Report {
  constructor() {
    this.themes = [];
  }

  /** Begins a theme; `how` is one sentence on what was done. */
  theme(title, how) {
    this.themes.push({ title, how, rows: [], notes: [] });
    console.log(`\n== ${title}\n   ${how}`);
  }

  /**
   * One figure. `beside` is `{ name, value }` measured in the same run; `goal`
   * is `{ most }` or `{ least }`, on the value or, with `of: 'ratio'`, on value over beside.
   */
  figure(name, value, { unit = '', digits = 1, beside, goal } = {}) {
    const space = unit && ` ${unit}`;
    const ratio = beside ? value / beside.value : NaN;
    const judged = goal?.of === 'ratio' ? ratio : value;
    const row = {
      name,
      value: `${plain(value, digits)}${space}`,
      beside: beside ? `${beside.name} ${plain(beside.value, digits)}${space}` : '',
      ratio: beside ? plain(ratio, 2) : '',
      goal: goal ? goalText(goal, goal.of === 'ratio' ? 2 : goal.digits ?? digits, goal.of === 'ratio' ? ' of it' : space) : '',
      verdict: goal ? verdict(judged, goal) : '',
    };
    this.themes.at(-1).rows.push(row);
    const tail = [
      row.beside && `${row.beside}, ratio ${row.ratio}`,
      row.goal && `goal ${row.goal}: ${row.verdict}`,
    ].filter(Boolean);
    console.log(`   ${name.padEnd(44)} ${row.value.padStart(12)}   ${tail.join('   ')}`);
  }

  note(text) {
    this.themes.at(-1).notes.push(text);
    console.log(`   ${text}`);
  }

  /**
   * Puts the figures between the marks of a Markdown file. A theme that was not measured
   * now keeps the figures that it has, and says when they were made.
   */
  async write(file, command, browser) {
    const begin = '<!-- figures -->';
    const end = '<!-- end of figures -->';
    const page = await readFile(file, 'utf8');
    const [head, rest] = page.split(begin);
    const [kept, tail] = rest?.split(end) ?? [];
    if (tail === undefined) throw new Error(`${file} lacks ${begin} or ${end}`);
    const sections = new Map(kept.split(/^(?=## )/m).slice(1).map((text) => [titleOf(text), text]));
    for (const theme of this.themes) sections.set(theme.title, section(theme, madeBy(command, browser)));
    await writeFile(file, `${head}${begin}\n\n${[...sections.values()].join('')}${end}${tail}`);
  }
}

const titleOf = (text) => text.slice('## '.length, text.indexOf('\n'));

function madeBy(command, browser) {
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), load ${loadavg()[0].toFixed(1)} at the end`;
  return `Made by \`${command}\` on ${date}: ${browser}, Node.js ${process.version}, ${machine}.`;
}

/** A theme as Markdown, with an empty line at its end. */
function section({ title, how, rows, notes }, made) {
  const lines = [`## ${title}`, '', how, '', made, ''];
  if (rows.length > 0) {
    lines.push('| figure | ours | beside | ratio | goal | |', '|---|---:|---:|---:|---|---|');
    for (const row of rows) {
      lines.push(`| ${row.name} | ${row.value} | ${row.beside} | ${row.ratio} | ${row.goal} | ${row.verdict} |`);
    }
    lines.push('');
  }
  for (const note of notes) lines.push(note, '');
  return `${lines.join('\n')}\n`;
}
