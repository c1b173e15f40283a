// The static server of `make serve`: right types, right bytes, nothing outside its folder.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { serve } from "../../scripts/serve.mjs";

let folder;
let site;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "touchstone-"));
  const dist = join(folder, "dist");
  await mkdir(join(dist, "schema"), { recursive: true });
  await mkdir(join(folder, "dist-other"));
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "dist-other", "secret.txt"), "secret");
  await writeFile(join(dist, "index.html"), "<!doctype html>");
  await writeFile(join(dist, "a.wasm"), "wasm");
  await writeFile(join(dist, "a.wasm.br"), brotliCompressSync("wasm"));
  await writeFile(join(dist, "schema", "recipe-1.json"), "{}");
  await mkdir(join(folder, "models"));
  await writeFile(join(folder, "models", "a.gguf"), "GGUF");
  await writeFile(join(folder, "models", "notes.txt"), "mine");
  site = await serve({ dir: dist, models: join(folder, "models"), port: 0, base: "/x/" });
});
after(async () => {
  site.server.close();
  await rm(folder, { recursive: true });
});

// By hand, because fetch tidies paths and unpacks bodies before one can look.
function get(path, headers = {}, method = "GET") {
  const { port } = new URL(site.url);
  return new Promise((done, fail) => {
    const call = request({ host: "127.0.0.1", port, path, headers, method, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    call.on("error", fail).end();
  });
}

test("types are those that browsers demand", async () => {
  assert.equal((await get("/x/a.wasm")).headers["content-type"], "application/wasm");
  assert.match((await get("/x/")).headers["content-type"], /^text\/html/);
  assert.match((await get("/x/schema/recipe-1.json?v=1")).headers["content-type"], /^application\/json/);
});

test("a packed file is sent only where the browser takes it", async () => {
  const packed = await get("/x/a.wasm", { "accept-encoding": "gzip, br" });
  assert.equal(packed.headers["content-encoding"], "br");
  assert.equal(packed.headers["content-type"], "application/wasm");
  assert.equal(String(brotliDecompressSync(packed.body)), "wasm");
  for (const accept of ["", "gzip", "br;q=0, gzip"]) {
    const plain = await get("/x/a.wasm", { "accept-encoding": accept });
    assert.equal(plain.headers["content-encoding"], undefined, accept);
    assert.equal(String(plain.body), "wasm");
  }
});

test("an unchanged file is not sent twice", async () => {
  const first = await get("/x/a.wasm");
  assert.equal(first.headers["cache-control"], "no-cache");
  const again = await get("/x/a.wasm", { "if-none-match": first.headers.etag });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
});

test("nothing outside the folder is served", async () => {
  const tries = [
    "/x/../secret.txt",
    "/x/%2e%2e/secret.txt",
    "/x/..%2fsecret.txt",
    "/x/schema/../../secret.txt",
    "/x/../dist-other/secret.txt",
    "/x//etc/passwd",
    "/x/%00",
    "/x/%zz",
    "/secret.txt",
    "/",
  ];
  for (const path of tries) assert.equal((await get(path)).status, 404, path);
});

test("only reading is possible, and HEAD sends no body", async () => {
  assert.equal((await get("/x/", {}, "POST")).status, 405);
  const head = await get("/x/a.wasm", {}, "HEAD");
  assert.equal(head.status, 200);
  assert.equal(head.headers["content-length"], "4");
  assert.equal(head.body.length, 0);
});

test("a taken port gives way to the next one, or fails where it was asked for", async () => {
  const { port } = new URL(site.url);
  await assert.rejects(serve({ dir: folder, port: Number(port) }), { code: "EADDRINUSE" });
  const other = await serve({ dir: folder, port: Number(port), next: true });
  assert.ok(Number(new URL(other.url).port) > Number(port));
  other.server.close();
});

test("models of another folder are served and listed beside the page, and nothing else of it", async () => {
  assert.equal(String((await get("/x/models/a.gguf")).body), "GGUF");
  assert.deepEqual(JSON.parse((await get("/x/models/index.json")).body), { models: ["a.gguf"] });
  for (const path of ["models/notes.txt", "models/b.gguf", "a.gguf", "models/..%2fsecret.gguf"]) {
    assert.equal((await get(`/x/${path}`)).status, 404, path);
  }
});
