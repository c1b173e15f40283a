// A small static server for the built page, on this machine only.
//   node scripts/serve.mjs [folder] [models]     PORT=9000 for another port
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};
const ENCODINGS = [["br", ".br"], ["gzip", ".gz"]];

/**
 * Serves `dir` under `base` ("/" or "/sub/") on 127.0.0.1, and the GGUF files of the folder
 * `models`, where one is given, as the folder `models` beside the page.
 * Takes `port`, or with `next` the first free one after it; port 0 is any free port.
 * Resolves to `{ server, url }`.
 */
export async function serve({ dir = "dist", models, port = 8080, base = "/", next = false } = {}) {
  const site = { root: resolve(dir), models: models && resolve(models), base };
  const server = createServer((request, response) => {
    answer(site, request, response).catch(() => response.destroy());
  });
  for (let tries = 0; ; tries += 1) {
    try {
      await listen(server, port);
      return { server, url: `http://127.0.0.1:${server.address().port}${base}` };
    } catch (error) {
      if (error.code !== "EADDRINUSE" || !next || tries >= 50) throw error;
      port += 1;
    }
  }
}

function listen(server, port) {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", fail);
      done();
    });
  });
}

async function answer({ root, models, base }, request, response) {
  const refuse = (status, text) => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
    response.end(`${text}\n`);
  };
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "only GET and HEAD");
  if (models && request.url.split(/[?#]/, 1)[0] === `${base}models/index.json`) return listModels(models, request, response);
  const own = locate(root, base, request.url);
  const model = models && own?.endsWith(".gguf") && locate(models, `${base}models/`, request.url);
  const path = model || own;
  const info = path && (await stat(path).catch(() => null));
  if (!info?.isFile()) return refuse(404, "no such file");

  const headers = {
    "content-type": TYPES[extname(path)] ?? "application/octet-stream",
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    vary: "accept-encoding",
  };
  const packed = await compressed(path, request.headers["accept-encoding"] ?? "");
  if (packed) headers["content-encoding"] = packed.encoding;
  const body = packed ?? { path, info };
  headers.etag = `W/"${body.info.size.toString(36)}-${body.info.mtimeMs.toString(36)}"`;
  if (request.headers["if-none-match"] === headers.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  headers["content-length"] = body.info.size;
  response.writeHead(200, headers);
  if (request.method === "HEAD") return void response.end();
  createReadStream(body.path).on("error", () => response.destroy()).pipe(response);
}

// What a static host has as a file, made from what is there.
async function listModels(folder, request, response) {
  const files = await readdir(folder).catch(() => []);
  const models = files.filter((name) => name.endsWith(".gguf") && !name.startsWith(".")).sort();
  response.writeHead(200, { "content-type": TYPES[".json"], "cache-control": "no-store", "x-content-type-options": "nosniff" });
  response.end(request.method === "HEAD" ? undefined : JSON.stringify({ models }));
}

// The file a URL names, or null where it leaves the folder or cannot be read as a path.
function locate(root, base, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return null;
  }
  if (!path.startsWith(base) || path.includes("\0")) return null;
  const inside = path.slice(base.length);
  const file = normalize(join(root, inside === "" || inside.endsWith("/") ? `${inside}index.html` : inside));
  return file.startsWith(root + sep) ? file : null;
}

async function compressed(path, accept) {
  for (const [encoding, suffix] of ENCODINGS) {
    if (!new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accept)) continue;
    const info = await stat(path + suffix).catch(() => null);
    if (info?.isFile()) return { encoding, info, path: path + suffix };
  }
  return null;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const dir = process.argv[2] ?? "dist";
  const chosen = process.env.PORT;
  if (!(await stat(join(dir, "index.html")).catch(() => null))) {
    console.error(`serve: ${dir}/index.html is missing: run 'make build'`);
    process.exit(1);
  }
  try {
    const { url } = await serve({ dir, models: process.argv[3], port: Number(chosen ?? 8080), next: !chosen });
    console.log(`Touchstone is at ${url} (stop with Ctrl+C)`);
  } catch (error) {
    console.error(error.code === "EADDRINUSE" ? `serve: port ${chosen} is taken: choose another with PORT=` : `serve: ${error.message}`);
    process.exit(1);
  }
}
