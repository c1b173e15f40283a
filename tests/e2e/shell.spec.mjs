// The built page around the app: it loads under its policy and under a sub-path, and it
// says so in words where the app cannot run.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "../../scripts/serve.mjs";

const dist = process.env.TOUCHSTONE_DIST ?? "dist";
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
  });
});
after(() => browser?.close());

// A page with everything it complains about. `prepare` runs before the page is opened.
async function open(t, { base = "/", dir = dist, context = {}, prepare } = {}) {
  const { server, url } = await serve({ dir, port: 0, base });
  const page = await browser.newPage(context);
  page.setDefaultTimeout(15_000);
  const complaints = [];
  page.on("console", (message) => {
    // Chromium's own notes where a page asks whether it has a model of its own.
    if (/Unable to create a text session|in a LanguageModel API request/.test(message.text())) return;
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  t.after(async () => {
    await page.close();
    server.closeAllConnections();
    server.close();
  });
  await prepare?.(page);
  await page.goto(url);
  return { page, url, complaints };
}

test("the page loads under its policy without a complaint", async (t) => {
  const { page, complaints } = await open(t);
  await page.locator("#app > *").first().waitFor();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(complaints, []);
});

test("the page loads under a sub-path, with every request inside it", async (t) => {
  const requests = [];
  const { page, url, complaints } = await open(t, {
    base: "/some/folder/",
    prepare: (page) => page.on("request", (request) => requests.push(request.url())),
  });
  await page.locator("#app > *").first().waitFor();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(complaints, []);
  assert.ok(requests.length >= 4, `only ${requests.length} requests`);
  assert.deepEqual(requests.filter((request) => !request.startsWith(url)), []);
});

test("the policy stops inline scripts, inline styles and eval", async (t) => {
  const { page } = await open(t);
  const outcome = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.ranInline = true";
    document.head.append(script);
    const styled = document.createElement("p");
    styled.setAttribute("style", "position: fixed");
    document.body.append(styled);
    return { inline: globalThis.ranInline === true, position: getComputedStyle(styled).position };
  });
  assert.deepEqual(outcome, { inline: false, position: "static" });
  // Asked by an own script, as the driver's evaluations are outside the policy.
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
});

test("a browser without WebAssembly shows a card that says so", async (t) => {
  const { page } = await open(t, {
    prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly),
  });
  await page.locator("#unsupported").getByText("needs WebAssembly").waitFor();
  assert.equal(await page.locator("#unsupported").getByRole("button").isVisible(), true);
});

test("wasm that the browser cannot compile shows the same card, with the cause", async (t) => {
  const { page } = await open(t, {
    prepare: (page) =>
      page.route("**/*.wasm", (route) => route.fulfill({ contentType: "application/wasm", body: "\0asm\x09\0\0\0" })),
  });
  await page.locator("#unsupported pre").getByText("CompileError").waitFor();
});

test("wasm that does not arrive shows a card, and Reload brings the app back", async (t) => {
  let lost = true;
  const { page } = await open(t, {
    prepare: (page) => page.route("**/*.wasm", (route) => (lost ? route.abort() : route.continue())),
  });
  await page.locator("#load-failed").getByText("could not be fetched").waitFor();
  lost = false;
  await page.locator("#load-failed").getByRole("button", { name: "Reload" }).click();
  await page.locator("#app > *").first().waitFor();
  assert.equal(await page.locator("#load-failed").isVisible(), false);
});

test("without JavaScript the page says what is missing", async (t) => {
  const { page } = await open(t, { context: { javaScriptEnabled: false } });
  // The driver stops scripts but leaves the browser's own `noscript { display: none }` on.
  await page.locator("noscript .fault").getByText("needs JavaScript").waitFor({ state: "attached" });
});

test("the crash card shows the details as text", async (t) => {
  const { page } = await open(t);
  await page.evaluate(() => globalThis.touchstone.crash("panicked at <b>here</b>"));
  await page.locator("#crash").getByRole("button", { name: "Reload" }).waitFor();
  assert.equal(await page.locator("#crash-details").textContent(), "panicked at <b>here</b>");
});

test("the highlighter loads on demand, once, under the policy", async (t) => {
  const requests = [];
  const { page, complaints } = await open(t, {
    prepare: (page) =>
      page.on("request", (request) => {
        if (request.url().includes("highlight")) requests.push(request.url());
      }),
  });
  await page.locator("#app > *").first().waitFor();
  assert.deepEqual(requests, []);
  const tokens = await page.evaluate(async () => {
    const [first, second] = await Promise.all([touchstone.highlighter(), touchstone.highlighter()]);
    return first === second && first.tokens("let x = 1;", "rust");
  });
  assert.deepEqual(tokens.slice(0, 2), ["hljs-keyword", "let"]);
  assert.equal(requests.length, 1);
  assert.deepEqual(complaints, []);
});

test("a highlighter that failed to load is asked for again", async (t) => {
  let lost = true;
  const { page } = await open(t, {
    prepare: (page) => page.route("**/highlight*.js", (route) => (lost ? route.abort() : route.continue())),
  });
  const attempt = () => page.evaluate(() => touchstone.highlighter().then(() => "loaded", () => "failed"));
  assert.equal(await attempt(), "failed");
  lost = false;
  assert.equal(await attempt(), "loaded");
});

test("every hashed name follows from the bytes that are served", async (t) => {
  const copy = await mkdtemp(join(tmpdir(), "touchstone-"));
  t.after(() => rm(copy, { recursive: true }));
  await cp(dist, copy, { recursive: true });
  const { createHash } = await import("node:crypto");
  const html = await readFile(join(copy, "index.html"), "utf8");
  const names = [...html.matchAll(/\b(?:boot|highlight|touchstone)-([0-9a-f]{16})\.(?:js|wasm)/g)];
  assert.ok(names.length >= 4, `only ${names.length} names`);
  for (const [name, hash] of names) {
    const bytes = await readFile(join(copy, name));
    assert.equal(createHash("sha256").update(bytes).digest("hex").slice(0, 16), hash, name);
  }
});
