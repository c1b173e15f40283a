// Runs the checks and tests, cheap ones first, and sums them up in the last line.
//   node scripts/test.mjs [stage …]      all stages without arguments
// A stage that fails does not stop the others; one that needs a failed build is not run
// and counts as failed. A test stage in which no test ran is a failure too.
import { execFileSync, spawn } from "node:child_process";
import { delimiter, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";

// The pinned tools come first, whether make or a person started this.
process.env.PATH = [resolve(".tools/bin"), resolve("node_modules/.bin"), process.env.PATH].join(delimiter);

const WASM = "--target=wasm32-unknown-unknown";
const browser = (name) => execFileSync("sh", ["scripts/find-browser.sh", name], { encoding: "utf8" }).trim();
/** The same of a browser that may be missing: no text then. */
const browserIfAny = (name) => {
  try {
    return browser(name);
  } catch {
    return "";
  }
};

// `read` gives the counts of a runner's output; a stage without it is one check.
// One that is `early` begins at once and runs beside those before it, which say nothing to it;
// what it says is told when its turn comes.
const STAGES = [
  { name: "format", run: ["cargo", "fmt", "--check"] },
  { name: "clippy", run: ["cargo", "clippy", "--locked", "--all-targets", "--", "-D", "warnings"] },
  {
    name: "clippy-wasm",
    run: ["cargo", "clippy", "--locked", WASM, "--lib", "--bins", "--test", "web", "--", "-D", "warnings"],
  },
  { name: "native", run: ["cargo", "test", "--locked", "--no-fail-fast"], read: cargoCounts },
  {
    name: "wasm",
    run: ["cargo", "test", "--locked", WASM, "--test", "web"],
    env: () => ({ CHROMEDRIVER: browser("chromedriver"), WASM_BINDGEN_TEST_TIMEOUT: "120" }),
    read: cargoCounts,
  },
  // For much of its time the release build keeps one core busy and no more.
  { name: "build", run: ["trunk", "build", "--release"], early: true },
  { name: "size", run: ["node", "scripts/size.mjs"], after: "build" },
  {
    name: "e2e",
    run: ["node", "tests/e2e/all.mjs"],
    env: () => ({
      TOUCHSTONE_DIST: "dist",
      TOUCHSTONE_PY: ".tools/py",
      CHROMIUM: browser("chromium"),
      CHROMIUM_SHELL: browserIfAny("shell"),
      FIREFOX: browser("firefox"),
    }),
    read: nodeCounts,
    after: "build",
  },
];

function cargoCounts(text) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, ignored] of text.matchAll(/^test result: .*?(\d+) passed; (\d+) failed; (\d+) ignored/gm)) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counts.skipped += Number(ignored);
  }
  return counts;
}

function nodeCounts(text) {
  const count = (word) => Number(text.match(new RegExp(`^\\W*${word} (\\d+)$`, "m"))?.[1] ?? 0);
  return { passed: count("pass"), failed: count("fail") + count("cancelled"), skipped: count("skipped") + count("todo") };
}

/** Runs a stage; `aloud` says whether its output is shown as it comes. */
function execute({ run: [command, ...args], env }, aloud) {
  const started = performance.now();
  return new Promise((ended) => {
    const done = (result) => ended({ ...result, seconds: (performance.now() - started) / 1000 });
    // Trunk 0.21 takes NO_COLOR=1 for a wrong argument.
    const { NO_COLOR, ...rest } = process.env;
    const child = spawn(command, args, { env: { ...rest, ...env?.() }, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    const keep = (stream) => (chunk) => {
      text += chunk;
      if (aloud) stream.write(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", keep(process.stdout));
    child.stderr.setEncoding("utf8").on("data", keep(process.stderr));
    child.on("error", (error) => done({ ok: false, text: `${error}` }));
    child.on("close", (code) => done({ ok: code === 0, text: stripVTControlCharacters(text) }));
  });
}

function countsOf(stage, { ok, text }) {
  if (!stage.read) return { passed: Number(ok), failed: Number(!ok), skipped: 0 };
  const counts = stage.read(text);
  const ran = counts.passed + counts.failed;
  if (!ok && counts.failed === 0) counts.failed = 1;
  if (ok && ran === 0) {
    console.log(`${stage.name}: no test ran`);
    counts.failed = 1;
  }
  return counts;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`no stage ${unknown.join(", ")}: choose from ${STAGES.map((stage) => stage.name).join(", ")}`);
  process.exit(2);
}

const broken = new Set();
const lines = [];
const sum = { passed: 0, failed: 0, skipped: 0 };
const began = performance.now();
const chosen = STAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const early = new Map(chosen.filter((stage) => stage.early).map((stage) => [stage.name, execute(stage, false)]));
for (const stage of chosen) {
  console.log(`\n== ${stage.name}: ${stage.run.slice(0, 6).join(" ")}${stage.run.length > 6 ? " …" : ""}`);
  const result = await (broken.has(stage.after) ? { ok: false, text: "", seconds: 0 } : (early.get(stage.name) ?? execute(stage, true)));
  if (early.has(stage.name)) console.log(result.text);
  if (broken.has(stage.after)) console.log(`not run, because ${stage.after} failed`);
  const counts = countsOf(stage, result);
  if (counts.failed > 0) broken.add(stage.name);
  for (const key of Object.keys(sum)) sum[key] += counts[key];
  const { passed, failed, skipped } = counts;
  const beside = early.has(stage.name) && chosen[0] !== stage ? ", beside the others" : "";
  lines.push(`${stage.name.padEnd(12)} ${result.seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed, ${skipped} skipped${beside}`);
}
lines.push(`${"together".padEnd(12)} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s`);

console.log(`\n${lines.join("\n")}\n\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
