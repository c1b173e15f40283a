// Trunk's post_build hook, in one script because hooks of a stage run side by side.
// Release: cuts the wasm in parts, names the files by the bytes that are served, writes the policy into the page
// and into _headers, and lays a .br and a .gz beside each file but the list of models. Dev: nothing, since live
// reload needs an inline script and a socket that the policy forbids.
import { createHash } from "node:crypto";
import { readFile, readdir, rename, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { withSite } from "./site.mjs";
import { split } from "./split.mjs";

const dist = process.env.TRUNK_STAGING_DIR;
if (process.env.TRUNK_PROFILE === "release") {
  const page = join(dist, "index.html");
  let html = await readFile(page, "utf8");
  html = html.replace(/<!--.*?-->\s*/gs, "").replaceAll(' data-integrity="none"', "");
  await split(dist);
  html = await renameByContent(html);
  html = withSite(html, process.env.TOUCHSTONE_SITE);
  html = withPolicy(html);
  await writeFile(page, html);
  await writeFile(join(dist, "_headers"), headers());
  await compressAll();
}

// Trunk's own hash is of the wasm before wasm-opt, and what bundle.mjs makes has none.
async function renameByContent(html) {
  const names = (await readdir(dist)).filter((name) => /^(boot|highlight|device|builtin|files|camera|report|schema|sealing|wllama|later|touchstone-.*)\.(js|wasm|css)$/.test(name));
  for (const name of names) {
    const hash = createHash("sha256").update(await readFile(join(dist, name))).digest("hex").slice(0, 16);
    const [stem] = name.split(/[-.]/);
    const next = `${stem}-${hash}${extname(name)}`;
    if (!html.includes(name)) throw new Error(`index.html does not name ${name}`);
    await rename(join(dist, name), join(dist, next));
    html = html.replaceAll(name, next);
  }
  return html;
}

function policy() {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    // The person chooses the endpoints, local servers included, so no host list is possible.
    "connect-src 'self' https: http:",
    // Remote images are fetched only after a click; the app sees to that.
    "img-src 'self' data: https: http:",
    "font-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function withPolicy(html) {
  if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/i.test(html)) {
    throw new Error("index.html has an inline script or style, which the policy forbids");
  }
  const first = '<meta charset="utf-8">';
  if (!html.includes(first)) throw new Error(`index.html lacks ${first}`);
  return html.replace(first, `${first}\n    <meta http-equiv="Content-Security-Policy" content="${policy()}">`);
}

// For hosts that read this file (the format of several static hosts); nosniff works as a
// header only. Who may frame the page is not restricted: in a frame it is read only (ADR 0017).
function headers() {
  return `/*
  Content-Security-Policy: ${policy()}
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Cache-Control: no-cache
/*.wasm
  Content-Type: application/wasm
`;
}

async function compressAll() {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(html|js|css|wasm|svg|json|webmanifest|txt)$/.test(entry.name));
  const paths = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  // Whoever hosts the page edits the list of models by hand: a packed copy would hide the edit.
  await Promise.all(paths.filter((path) => !path.startsWith(join(dist, "models"))).map(compress));
}

/** Lays the packed copies of a file beside it; all cores do so for all files at once. */
async function compress(path) {
  const bytes = await readFile(path);
  // The best quality takes half a minute for the 9 MB of llama.cpp and saves 14 %.
  const level = bytes.length > 4e6 ? 6 : 11;
  const quality = { [constants.BROTLI_PARAM_QUALITY]: level, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await Promise.all([
    promisify(brotliCompress)(bytes, { params: quality }).then((packed) => writeFile(`${path}.br`, packed)),
    promisify(gzip)(bytes, { level: 9 }).then((packed) => writeFile(`${path}.gz`, packed)),
  ]);
}
