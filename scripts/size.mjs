// The weight of a first load: every file that index.html makes the browser fetch, as
// brotli. Fails over the budget. What is loaded later (the highlighter) does not count.
import { readFile, stat } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

// The size as it is, plus a little: it must not grow unseen. The goal is 350 kB (ADR 0009).
const BUDGET = 495_000;
const GOAL = 350_000;
const dist = process.argv[2] ?? process.env.TOUCHSTONE_DIST ?? "dist";

const files = new Set(["index.html"]);
for (const file of files) {
  const refs = /\.(html|js)$/.test(file) ? references(file, await readFile(join(dist, file), "utf8")) : [];
  for (const ref of refs) {
    const path = normalize(join(dirname(file), ref));
    if (await stat(join(dist, path)).catch(() => null)) files.add(path);
  }
}

let total = 0;
for (const file of files) {
  const { size } = await stat(join(dist, `${file}.br`)).catch(() => stat(join(dist, file)));
  total += size;
  console.log(`${String(size).padStart(9)} B  ${file}`);
}
const verdict = total <= BUDGET ? "within" : "OVER";
console.log(`${String(total).padStart(9)} B  first load as brotli, ${verdict} the limit of ${BUDGET} B; the goal is ${GOAL} B`);
process.exit(total <= BUDGET ? 0 : 1);

function references(file, text) {
  const pattern = file.endsWith(".html")
    ? /\b(?:src|href|data-js|data-wasm)="([^"]+)"/g
    : /\b(?:from|import)\s*["'](\.[^"']+)["']/g;
  return [...text.matchAll(pattern)].map((match) => match[1]);
}
