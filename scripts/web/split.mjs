// Cuts the release build in three (ADR 0014, ADR 0024): what is there at once, what is
// reachable only through the entry points of src/ui/later.rs, and what is only through
// those of src/ui/studio. What the last two share is a file that comes with the second.
// Trunk cannot do this, so its own glue and wasm are replaced: cargo's output ->
// wasm-split-cli -> wasm-bindgen -> wasm-opt -> esbuild. Names between glue and wasm become
// short on the way.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);
const BUILT = `${process.env.CARGO_TARGET_DIR ?? "target"}/wasm32-unknown-unknown/release/touchstone.wasm`;
const WORK = "target/split";
// What every supported browser can do, and rustc uses (CONTRIBUTING.md, "Tools").
const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "nontrapping-float-to-int",
  "sign-ext",
  "mutable-globals",
  "reference-types",
  "multivalue",
].map((feature) => `--enable-${feature}`);
// Functions of the same type lie side by side when they are ordered by name, which
// compresses better.
export const OPTIMIZE = [...FEATURES, "-Oz", "--reorder-functions-by-name", "--strip-producers", "--strip-target-features"];

// The first part is what everybody waits for: three rounds, and only small functions moved
// into their one caller, are half a per cent smaller.
const FIRST = ["--one-caller-inline-max-function-size", "70", "-Oz", "-Oz"];
const SHORT_NAMES = "--minify-imports-and-exports-and-modules";

/** Replaces Trunk's glue and wasm in `dist` by the parts. */
export async function split(dist) {
  const glue = (await readdir(dist)).find((name) => /^touchstone-.*\.js$/.test(name));
  if (!glue) throw new Error(`there is no glue in ${dist}`);
  const stem = glue.replace(/\.js$/, "");
  await rm(WORK, { recursive: true, force: true });
  await mkdir(WORK, { recursive: true });
  await run("wasm-split-cli", ["--out-name", stem, BUILT, WORK]);
  const bindgen = ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir", WORK];
  await run("wasm-bindgen", [...bindgen, "--out-name", stem, join(WORK, `${stem}.wasm`)]);
  const made = await readdir(WORK);
  const chunks = made.filter((name) => /^chunk_\d+\.wasm$/.test(name));
  if (chunks.length !== 1) throw new Error(`the second and the third part share ${chunks.length} files, not one`);
  const [names, later, shared, studio] = await Promise.all([
    optimize(`${stem}_bg.wasm`, join(dist, `${stem}_bg.wasm`), FIRST, [SHORT_NAMES]),
    part("split_later.wasm", "later", dist),
    part(chunks[0], "shared", dist),
    part("split_studio.wasm", "studio", dist),
  ]);
  const files = { LATER: [later, shared], STUDIO: [studio] };
  await writeFile(join(dist, glue), await bundleGlue(glue, files, JSON.parse(names)));
}

/** Optimizes a part that is loaded later and names it by its bytes; returns its name. */
async function part(from, stem, dist) {
  const path = join(WORK, `${stem}.wasm`);
  await optimize(from, path);
  const bytes = await readFile(path);
  const name = `${stem}-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.wasm`;
  await writeFile(join(dist, name), bytes);
  return name;
}

/** Optimizes one part; returns what wasm-opt says of the names. */
async function optimize(from, to, before = [], after = []) {
  const { stdout } = await run("wasm-opt", [...before, ...OPTIMIZE, ...after, join(WORK, from), "-o", to], { maxBuffer: 2 ** 24 });
  return stdout;
}

/** One module of wasm-bindgen's glue and parts.js, with the names that wasm-opt gave. */
async function bundleGlue(glue, files, names) {
  const link = await readFile(join(WORK, "__wasm_split.js"), "utf8");
  const shared = /const \{([^}]*)\} = initSync/.exec(link)?.[1].split(",").map((name) => name.trim()).filter(Boolean);
  const code = await readFile(join(WORK, glue), "utf8");
  if (!shared?.includes("__indirect_function_table")) throw new Error("wasm-split-cli names no shared exports");
  const template = await readFile("scripts/web/parts.js", "utf8");
  const list = (names) => JSON.stringify(names.map((name) => `./${name}`));
  await writeFile(
    join(WORK, "parts.js"),
    replaceEach(template, [
      ["GLUE", `./${glue}`],
      [/\bLATER\b/g, list(files.LATER)],
      [/\bSTUDIO\b/g, list(files.STUDIO)],
      ["SHARED", shared.join(", ")],
      // Quoted, and so not made short: the other parts ask for them by these names.
      ["QUOTED", shared.map((name) => `"${name}": ${name}`).join(", ")],
    ]),
  );
  await writeFile(
    join(WORK, glue),
    replaceEach(code, [
      // One line for each part.
      [/(import \* as \w+ from "\.\/__wasm_split\.js"\s*)+/, 'import { loadLater, loadStudio } from "./parts.js"\n'],
      // wasm-opt makes all modules one.
      [
        /return \{\s*__proto__: null,\s*"[^"]+_bg\.js": (\w+),\s*(?:"\.\/__wasm_split\.js": \w+,\s*)+\}/,
        "return { a: { ...$1, __wasm_split_load_later: loadLater, __wasm_split_load_studio: loadStudio } }",
      ],
    ]),
  );
  const cache = Object.fromEntries([
    ...names.imports.map(([, long, short]) => [long, short]),
    ...names.exports.map(([long, short]) => [long, short]),
  ]);
  const { outputFiles } = await build({
    entryPoints: [join(WORK, glue)],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "warning",
    mangleProps: new RegExp(`^(${Object.keys(cache).join("|")})$`),
    mangleCache: cache,
  });
  return outputFiles[0].contents;
}

/** Replaces each pattern, which must be there. */
function replaceEach(text, pairs) {
  return pairs.reduce((text, [pattern, by]) => {
    const next = text.replace(pattern, by);
    if (next === text) throw new Error(`the glue has no ${pattern}: wasm-bindgen or wasm-split-cli changed`);
    return next;
  }, text);
}
