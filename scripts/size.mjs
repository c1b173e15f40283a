// What a visit costs, as brotli: the first load, which is every file that index.html makes
// the browser fetch, and in groups what is loaded later and why. Fails over a budget.
import { readFile, readdir, stat } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

// Everything before a pane can run: no run of what the first page offers waits for more
// than the first load, and the demo for its text (ADR 0026).
const GOAL = 350_000;
const DEMO = "demo/texts.md";
// The size as it is, plus a little: it must not grow unseen (ADR 0009, ADR 0026).
const BUDGET = 338_500;
// What the first action brings: the second part of the program (ADR 0024).
const FIRST_ACTION = 388_000;
// What the page may fetch by itself after the first paint, before the person does anything.
const AFTER_PAINT = 50_000;
// Every other file of dist belongs to one of these; `unasked` ones load without an action.
const GROUPS = [
  {
    title: "with the first action",
    file: /^(later|shared)-\w+\.(wasm|css)$/,
    budget: FIRST_ACTION,
    what: "with the first action",
  },
  { title: "when the browser is idle after that, or when it is wanted sooner", file: /^studio-\w+\.wasm$/ },
  { title: "with the first block of code", file: /^highlight-\w+\.js$/ },
  { title: "after the first paint", file: /^prices[^/]*\.json$/, unasked: true },
  { title: "never by the page (for hosts and programs)", file: /^(schema\/|_headers$)/ },
  { title: "on demand", file: /./ },
];
const dist = process.argv[2] ?? process.env.TOUCHSTONE_DIST ?? "dist";

const first = await firstLoad();
const all = await readdir(dist, { recursive: true, withFileTypes: true });
const names = all
  .filter((entry) => entry.isFile())
  .map((entry) => normalize(join(entry.parentPath ?? entry.path, entry.name)).slice(normalize(dist).length + 1))
  .filter((name) => !/\.(br|gz)$/.test(name) && !first.has(name));
const later = GROUPS.map((group) => ({ ...group, names: [] }));
for (const name of names.sort()) later.find((group) => group.file.test(name)).names.push(name);

const total = await list([...first]);
const within = (size, budget) => (size <= budget ? "within" : "OVER");
say(total, `first load, ${within(total, BUDGET)} the limit of ${BUDGET} B`);
const beforeRun = total + (await list([DEMO]));
say(beforeRun, `everything before a pane can run, ${within(beforeRun, GOAL)} the goal of ${GOAL} B`);
let unasked = 0;
let isOver = total > BUDGET || beforeRun > GOAL;
for (const group of later.filter(({ names }) => names.length > 0)) {
  console.log(`\nLoaded ${group.title}:`);
  const size = await list(group.names);
  if (group.unasked) unasked += size;
  if (!group.budget) continue;
  say(size, `${group.what}, ${within(size, group.budget)} the limit of ${group.budget} B`);
  isOver ||= size > group.budget;
}
console.log("");
say(unasked, `after the first paint without an action, ${within(unasked, AFTER_PAINT)} the limit of ${AFTER_PAINT} B`);
process.exit(isOver || unasked > AFTER_PAINT ? 1 : 0);

async function firstLoad() {
  const files = new Set(["index.html"]);
  for (const file of files) {
    const refs = /\.(html|js)$/.test(file) ? references(file, await readFile(join(dist, file), "utf8")) : [];
    for (const ref of refs) {
      const path = normalize(join(dirname(file), ref));
      if (await stat(join(dist, path)).catch(() => null)) files.add(path);
    }
  }
  return files;
}

function references(file, text) {
  const pattern = file.endsWith(".html")
    ? /\b(?:src|href|data-js|data-wasm)="([^"]+)"/g
    : /\b(?:from|import)\s*["'](\.[^"']+)["']/g;
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

/** Prints each file; returns their sum. */
async function list(names) {
  let sum = 0;
  for (const name of names) {
    const { size } = await stat(join(dist, `${name}.br`)).catch(() => stat(join(dist, name)));
    sum += size;
    say(size, name);
  }
  return sum;
}

function say(size, what) {
  console.log(`${String(size).padStart(9)} B  ${what}`);
}
