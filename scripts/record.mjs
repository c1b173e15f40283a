// Makes the bundled gallery of recordings: real runs of the small local model in the built page,
// in a real browser, exported by the page's own button.
//   make record                       all of them, into public/gallery/
//   make record ONLY="seeds code"     some of them; the others stay as they are
// Whatever the model says is kept as it is: a run that fails ends the script, one that is dull does not.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const into = join(root, "public/gallery");
const dist = process.env.TOUCHSTONE_DIST ?? join(root, "dist");
const models = process.env.TOUCHSTONE_MODELS ?? join(root, "models");
const MODEL = "smollm2-135m";
const FILE = "smollm2-135m-instruct-q4_1.gguf";
// A model in a page on a small machine may take minutes for one answer.
const PATIENCE_MS = 15 * 60_000;

const temperatures = (...all) => all.map((temperature) => ({ label: `Temperature ${temperature}`, params: { temperature, seed: 7 } }));

/** The races, in the order in which the page lists them; the first is the one it offers first. */
const RACES = [
  {
    id: "temperatures",
    title: "One small model, three temperatures",
    prompt: "Explain to a ten-year-old why the sky is blue, and why sunsets are red.",
    limit: 200,
    panes: temperatures(0, 0.7, 1.3),
  },
  {
    id: "seeds",
    title: "The same seed, the same story",
    prompt: "Write a very short story about a lighthouse keeper who finds a message in a bottle.",
    limit: 200,
    panes: [
      { label: "Seed 1", params: { temperature: 0.8, seed: 1 } },
      { label: "Seed 1 again", params: { temperature: 0.8, seed: 1 } },
      { label: "Seed 2", params: { temperature: 0.8, seed: 2 } },
    ],
  },
  {
    id: "code",
    title: "Code from a model of 135 million parameters",
    prompt: "Write a Python function that says whether a word is a palindrome. Show how to call it.",
    limit: 220,
    panes: temperatures(0, 0.5, 1),
  },
  {
    id: "lengths",
    title: "What a token limit cuts off",
    prompt: "Explain step by step how rain is made, from the sea to the cloud and back.",
    limit: 240,
    panes: [48, 120, 240].map((limit) => ({
      label: `At most ${limit} tokens`,
      params: { temperature: 0, max_output_tokens: limit },
    })),
  },
  {
    id: "top-p",
    title: "How much of the tail: top p",
    prompt: "Invent five names for a small tea shop, with a line about each.",
    limit: 180,
    panes: [0.2, 0.8, 1].map((top_p) => ({ label: `Top p ${top_p}`, params: { temperature: 1, top_p, seed: 3 } })),
  },
];

const wanted = (process.env.ONLY ?? "").split(/\s+/).filter(Boolean);
const unknown = wanted.filter((id) => !RACES.some((race) => race.id === id));
if (unknown.length > 0) fail(`no race is called ${unknown.join(", ")}; there are ${RACES.map((race) => race.id).join(", ")}`);
if (!(await readdir(models).catch(() => [])).includes(FILE)) fail(`no model at ${join(models, FILE)}: run 'node scripts/model.mjs'`);

await mkdir(into, { recursive: true });
const { server, url } = await serve({ dir: dist, models, port: 0 });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
try {
  for (const race of RACES) {
    if (wanted.length > 0 && !wanted.includes(race.id)) continue;
    const document = await record(race);
    await writeFile(join(into, `${race.id}.json`), `${JSON.stringify(document)}\n`);
    say(`${race.id}: ${document.panes.map((pane) => `${Math.round(endOf(pane))} ms`).join(", ")}`);
  }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
const recordings = await list();
await writeFile(join(into, "index.json"), `${JSON.stringify({ recordings }, null, 2)}\n`);
await writeFile(join(root, "src/ui/start/race.rs"), firstPage(await read(recordings[0].file)));

/** Runs a race in a fresh page; gives the result document that the page exports. */
async function record(race) {
  const recipe = {
    touchstone: "recipe/1",
    title: race.title,
    messages: [{ role: "user", content: race.prompt }],
    params: { max_output_tokens: race.limit },
    panes: race.panes.map((pane) => ({ provider: "on-device", model: MODEL, ...pane })),
    run: { order: "sequential" },
  };
  const page = await (await browser.newContext({ acceptDownloads: true, viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${url}#recipe=${encodeURIComponent(JSON.stringify(recipe))}`);
  await page.getByTestId("pane").nth(race.panes.length - 1).waitFor();
  say(`${race.id}: running`);
  await page.getByTestId("run").click();
  const over = (count) => {
    const phases = [...document.querySelectorAll("[data-testid=pane]")].map((pane) => pane.dataset.phase);
    return phases.length === count && phases.every((phase) => ["done", "stopped", "failed"].includes(phase)) && phases;
  };
  const phases = await (await page.waitForFunction(over, race.panes.length, { timeout: PATIENCE_MS, polling: 500 })).jsonValue();
  if (phases.some((phase) => phase !== "done")) throw new Error(`${race.id}: ended as ${phases.join(", ")}`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("export-json").click()]);
  const result = JSON.parse(await readFile(await download.path(), "utf8"));
  await page.context().close();
  return result;
}

/** What the page needs to offer them, of all that are there, in their order. */
async function list() {
  const all = [];
  for (const { id, title } of RACES) {
    const text = await readFile(join(into, `${id}.json`), "utf8").catch(() => null);
    if (!text) continue;
    const { created, panes, recipe } = await read(`${id}.json`);
    all.push({
      file: `${id}.json`,
      title,
      prompt: recipe.messages[0].content,
      panes: panes.map((pane) => pane.label ?? pane.model),
      created,
      longest_ms: Math.round(Math.max(...panes.map(endOf))),
      bytes: Buffer.byteLength(text),
    });
  }
  return all;
}

async function read(file) {
  return JSON.parse(await readFile(join(into, file), "utf8"));
}

/** The source that holds what the first page shows of the recording before it is fetched. */
function firstPage({ created, panes }) {
  const longest = Math.max(...panes.map(endOf));
  const percent = (ms) => ((100 * ms) / longest).toFixed(1);
  const rows = panes.map((pane) => {
    const { marks } = lastRun(pane);
    return `    (${JSON.stringify(pane.label)}, ${percent(marks.first_token_ms)}, ${percent(marks.end_ms)}),\n`;
  });
  return `//! What the first page shows of the recording that it offers. Made by
//! \`make record\` from \`public/gallery\`.

/// Its file.
pub const FILE: &str = "${RACES[0].id}.json";
/// The day on which it was made.
pub const DAY: &str = "${created.slice(0, 10)}";
/// Its panes: name, and first token and end in per cent of the longest.
pub const ROWS: [(&str, f64, f64); ${panes.length}] = [
${rows.join("")}];
`;
}

function lastRun(pane) {
  return pane.turns.at(-1).runs.at(-1);
}

function endOf(pane) {
  return lastRun(pane).marks.end_ms;
}

function say(text) {
  console.error(`record: ${text}`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
