// The highlighter's contract, without a browser: tokens that add up to the code.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tokens } from "../../src/browser/highlight/index.js";

const text = (flat) => flat.filter((_, index) => index % 2 === 1).join("");

const SAMPLES = {
  rust: "fn main() {\n    let s: &str = \"<b>&amp;</b>\"; // 1 < 2\n}\n",
  python: "def f(x):\n    return f\"{x!r} and {1 + 1}\"\n",
  js: "const a = `x ${1 + `y ${2}`} z`;",
  html: "<script>alert('x')</script><p class=\"a\">&lt;</p>",
  json: "{\"a\": [1, true, null]}",
  bash: "for f in *.txt; do echo \"$f\"; done",
};

for (const [lang, code] of Object.entries(SAMPLES)) {
  test(`${lang}: the texts joined are the code, and some of it is coloured`, async () => {
    const flat = await tokens(code, lang);
    assert.equal(text(flat), code);
    assert.equal(flat.length % 2, 0);
    assert.ok(flat.some((item, index) => index % 2 === 0 && item?.startsWith("hljs-")));
  });
}

test("names of languages and their aliases are known in any case", async () => {
  assert.deepEqual(await tokens("let x = 1;", "RS"), await tokens("let x = 1;", "rust"));
});

test("an unknown or empty language gives null", async () => {
  assert.equal(await tokens("x", "no-such-language"), null);
  assert.equal(await tokens("x", ""), null);
});

test("empty code gives no token", async () => {
  assert.deepEqual(await tokens("", "rust"), []);
});

test("code cut at any place still adds up, as it does while it streams", async () => {
  const cuts = Array.from({ length: SAMPLES.html.length + 1 }, (_, end) => SAMPLES.html.slice(0, end));
  const pieces = await Promise.all(cuts.map((code) => tokens(code, "html")));
  assert.deepEqual(pieces.map(text), cuts);
});
