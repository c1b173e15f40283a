// Results that leave the page: every form as a real download, read back by a reader that
// nobody here wrote.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import MarkdownIt from 'markdown-it';
import { findings } from './harness/axe.mjs';
import { inFolder, put, run, saved } from './harness/download.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const ANSWER = 'A **red** square.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nconst x = "</script>";\n```\n';
const NASTY = 'It\'s "so": $HOME `id` $(id) \\n %s !! क्षमा 🌧️\nnext, line; =1+1';
const KEY = 'sk-test-$x\'y"z';

// What a model may say to break out of its place in the file.
const ESCAPES = [
  '```\nfenced\n```\n\n````md\n```js\nx\n```\n````\n\n## A heading\n\n<script>alert(1)</script>\n\n</details>\n\n| a | b |\n|---|---|\n| 1 | `|` |',
  '~~~\n~~~\n\n    indented\n\n[link]: https://a.example\n\nमानसून की पहली बूँद\u2028next\n\n``````````\nten\n',
];

const { world, scene } = stage({
  aimock: [
    { match: { userMessage: 'look' }, response: { content: ANSWER } },
    { match: { userMessage: "It's" }, response: { content: 'Rain fell.' } },
    { match: { userMessage: 'escape one' }, response: { content: ESCAPES[0] } },
    { match: { userMessage: 'escape two' }, response: { content: ESCAPES[1] } },
    { match: { userMessage: 'more' }, response: { content: '=cmd|calc' } },
  ],
});

const ROUTES = [
  { provider: 'openai', api: 'chat', model: 'gpt-4.1', params: { temperature: 0.2 } },
  { provider: 'openai', model: 'gpt-4.1' },
  { provider: 'anthropic', model: 'claude-haiku-4-5', label: 'Claude' },
  { provider: 'gemini', model: 'gemini-3.5-flash' },
];

const panes = (routes, prompt, rest = {}) => ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({
    title: 'Four at once',
    prompt,
    panes: routes.map((route) => ({ ...route, base_url: aimock.bases[route.provider] })),
    ...rest,
  }),
});

async function ran(app, routes) {
  await app.panes(routes.length);
  await app.approve();
  for (const provider of new Set(routes.map((route) => route.provider))) {
    await app.key(provider, world.aimock.origin, KEY);
  }
  await app.run();
  assert.deepEqual(new Set(await app.settled()), new Set(['done']));
}

async function openExports(app) {
  await app.action('export');
  const dialog = app.page.locator('dialog[data-testid=exports]');
  await dialog.waitFor();
  return dialog;
}

const click = (app, id) => () => app.page.getByTestId(id).click();

scene('the table is read by another reader with the figures that the page shows', panes(ROUTES, 'look'), async ({ app }) => {
  await ran(app, ROUTES);
  await app.pane(0).retry();
  await app.settled();
  const figures = await app.pane(1).metrics();
  const { name, bytes } = await saved(app.page, click(app, 'export-csv'));
  assert.match(name, /^touchstone-.*\.csv$/);
  const script = 'import csv,io,json,sys\nprint(json.dumps(list(csv.DictReader(io.StringIO(sys.stdin.buffer.read().decode(), newline="")))))';
  const read = async (input) => JSON.parse((await run('python3', ['-c', script], { input })).stdout);
  const rows = await read(bytes);
  assert.deepEqual(rows.map((row) => [row.pane, row.attempt, row.status, row.model]), [
    ['1', '1', 'done', 'gpt-4.1'],
    ['1', '2', 'done', 'gpt-4.1'],
    ['2', '1', 'done', 'gpt-4.1'],
    ['3', '1', 'done', 'claude-haiku-4-5'],
    ['4', '1', 'done', 'gemini-3.5-flash'],
  ]);
  assert.ok(rows.every((row) => row.answer === ANSWER.trim() || row.answer === ANSWER), rows[0].answer);
  assert.equal(rows[3].label, 'Claude');
  assert.equal(rows[0].temperature, '0.2');
  assert.equal(rows[2].temperature, '');
  for (const metric of ['ttft_ms', 'total_ms', 'output_tokens', 'input_tokens']) {
    assert.equal(Number(rows[2][metric]), figures[metric].value, metric);
  }
  // What begins like a formula does not, and Excel gets its mark when asked.
  await app.prompt('more');
  await app.run();
  await app.settled();
  await openExports(app);
  await app.page.getByTestId('csv-bom').check();
  const marked = await saved(app.page, click(app, 'save-csv'));
  assert.deepEqual([...marked.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const more = (await read(marked.bytes.subarray(3))).filter((row) => row.turn === '2');
  assert.ok(more.length === 4 && more.every((row) => row.answer === "'=cmd|calc"), JSON.stringify(more[0]));
});

scene('the report opens from a disk without script, is clean, light and dark, and prints to A4', panes(ROUTES, 'look'), async ({ app }) => {
  await ran(app, ROUTES);
  const { document } = await app.exported();
  const { name, bytes } = await saved(app.page, click(app, 'export-html'));
  assert.match(name, /\.html$/);
  await inFolder(async (folder) => {
    const address = pathToFileURL(await put(folder, 'report.html', bytes)).href;
    for (const colorScheme of ['light', 'dark']) {
      const context = await world.browser.newContext({ javaScriptEnabled: false, colorScheme });
      const page = await context.newPage();
      const asked = [];
      const troubles = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => troubles.push(message.text()));
      await page.goto(address);
      const text = await page.locator('main').innerText();
      assert.ok(text.includes('Four at once') && text.includes('const x = "</script>";'), text);
      assert.equal(await page.locator('.answer table td').first().innerText(), '1');
      assert.equal(await page.locator('article').count(), 4);
      const ground = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
      assert.equal(ground, colorScheme === 'light' ? 'rgb(244, 242, 238)' : 'rgb(20, 23, 26)');
      assert.ok(!(await page.content()).includes(KEY));
      if (process.env.TOUCHSTONE_SHOTS) await page.screenshot({ path: `${process.env.TOUCHSTONE_SHOTS}/report-${colorScheme}.png`, fullPage: true });
      if (colorScheme === 'light') {
        const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
        if (process.env.TOUCHSTONE_SHOTS) await writeFile(`${process.env.TOUCHSTONE_SHOTS}/report.pdf`, pdf);
        const source = pdf.toString('latin1');
        const boxes = [...source.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)];
        assert.ok(boxes.length >= 1 && boxes.length <= 4, `${boxes.length} pages`);
        for (const [, width, height] of boxes) {
          assert.deepEqual([Math.round(width), Math.round(height)], [595, 842], 'A4 in points');
        }
      }
      assert.deepEqual(asked.filter((url) => !url.startsWith('file:')), [], 'it asks nobody');
      assert.deepEqual(troubles, []);
      await context.close();
    }
    // axe needs script, which the report does not.
    const context = await world.browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(address);
    assert.deepEqual(await findings(page), []);
    await context.close();
  });
  // The whole document lies in it.
  const [, embedded] = bytes.toString('utf8').match(/<script type="application\/json" id="touchstone-document">(.*?)<\/script>/s);
  const read = JSON.parse(embedded);
  assert.deepEqual({ ...read, created: '', machine: {} }, { ...document, created: '', machine: {} });
});

scene('the report goes to the print dialog as a page of its own', panes(ROUTES.slice(0, 1), 'look'), async ({ app }) => {
  await ran(app, ROUTES.slice(0, 1));
  await app.page.evaluate(() => {
    const own = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
    Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
      get() {
        const inside = own.get.call(this);
        inside.print = () => {
          const style = inside.getComputedStyle(inside.document.querySelector('h1'));
          globalThis.printed = [inside.document.title, document.title, style.fontSize, inside.document.querySelectorAll('script').length];
        };
        return inside;
      },
    });
  });
  await openExports(app);
  await app.page.getByTestId('export-print').click();
  const printed = await until(() => app.page.evaluate(() => globalThis.printed), { what: 'the print dialog' });
  assert.deepEqual(printed, ['Four at once', 'Four at once', '28px', 0]);
});

scene('Markdown is read by another reader as headings, figures and every answer to the letter', ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({
    title: 'A *title* with | and <b>',
    system: 'Be `terse`:\n```\nalways\n```',
    prompt: 'escape one\n```\nx\n```',
    panes: ROUTES.slice(0, 3).map((route) => ({ ...route, base_url: aimock.bases[route.provider] })),
  }),
}), async ({ app }) => {
  await ran(app, ROUTES.slice(0, 3));
  await app.prompt('escape two');
  await app.run();
  await app.settled();
  const { document } = await app.exported();
  await openExports(app);
  const text = (await saved(app.page, click(app, 'export-markdown'))).bytes.toString('utf8');
  const blocks = new MarkdownIt({ html: true }).parse(text, {});
  const whole = (text) => `${text.replace(/\n$/, '')}\n`;
  const turns = [0, 1].map((at) => document.panes.map((pane) => pane.turns[at].runs[0].answer));
  for (const [at, answers] of turns.entries()) {
    for (const answer of answers) assert.equal(answer.trimEnd(), ESCAPES[at].trimEnd(), 'the mock said what it was to say');
  }
  // Every fence is a text of ours, whole and in its place: nothing breaks out of one.
  const fences = blocks.filter((block) => block.type === 'fence').map((block) => block.content);
  const wanted = [document.recipe.system, ...turns.flatMap((answers, at) => [document.panes[0].turns[at].prompt, ...answers])];
  assert.deepEqual(fences, wanted.map(whole));
  assert.deepEqual(blocks.filter((block) => ['code_block', 'html_block'].includes(block.type)), []);
  // Headings: the title, the system prompt, and for each message its name, its figures and its panes.
  const headings = blocks.flatMap((block, at) => (block.type === 'heading_open' ? [`${block.tag} ${blocks[at + 1].children.map((one) => one.content).join('')}`] : []));
  assert.equal(headings[0], 'h1 A *title* with | and <b>');
  assert.deepEqual(headings.slice(1).map((heading) => heading.slice(0, 2)), ['h2', ...turns.flatMap(() => ['h2', 'h3', 'h3', 'h3', 'h3'])]);
  // Tables: a row a run, as many cells as the head has.
  const count = (type) => blocks.filter((block) => block.type === type).length;
  const columns = count('th_open') / 2;
  assert.deepEqual([count('table_open'), count('tr_open'), count('td_open')], [2, 2 * 4, 2 * 3 * columns]);
  assert.ok(columns >= 8, `${columns} columns`);
});

scene('charts are what they say, and Markdown is a download', panes(ROUTES, 'look'), async ({ app }) => {
  await ran(app, ROUTES);
  const dialog = await openExports(app);
  assert.deepEqual(await findings(app.page), []);
  const markdown = (await saved(app.page, click(app, 'export-markdown'))).bytes.toString('utf8');
  assert.match(markdown, /^# Four at once\n/);
  assert.match(markdown, /\| Model \| Route \| Status \| First token \|/);
  assert.ok(markdown.includes('````markdown\n' + ANSWER.trim()), markdown);
  for (const kind of ['race', 'figures']) {
    const svg = (await saved(app.page, click(app, `export-${kind}-svg`))).bytes.toString('utf8');
    const size = await app.page.evaluate((source) => {
      const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
      const bars = parsed.querySelectorAll('[class^=part-]').length;
      return [parsed.querySelectorAll('parsererror').length, parsed.documentElement.getAttribute('width'), parsed.documentElement.getAttribute('height'), bars];
    }, svg);
    assert.equal(size[0], 0);
    assert.ok(size[3] >= 4, `${size[3]} parts of bars`);
    const png = (await saved(app.page, click(app, `export-${kind}-png`))).bytes;
    assert.equal(png.subarray(1, 4).toString('latin1'), 'PNG');
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2 * Number(size[1]), 2 * Number(size[2])]);
    if (process.env.TOUCHSTONE_SHOTS) await writeFile(`${process.env.TOUCHSTONE_SHOTS}/${kind}.png`, png);
  }
  await dialog.locator('.dialog-head button').click();
  await dialog.waitFor({ state: 'hidden' });
});

scene('a configuration for promptfoo says first what it cannot carry', panes([...ROUTES.slice(0, 3)], NASTY, { system: 'Be {% terse %}.' }), async ({ app }) => {
  await app.panes(3);
  await openExports(app);
  const { name, bytes } = await saved(app.page, click(app, 'export-promptfoo'));
  assert.match(name, /promptfooconfig\.yaml$/);
  const script = 'import sys,json,yaml\nprint(json.dumps(yaml.safe_load(sys.stdin.buffer.read().decode())))';
  const config = JSON.parse((await run('python3', ['-c', script], { input: bytes })).stdout);
  const prompt = JSON.parse(config.prompts[0]);
  assert.equal(prompt[0].content, "Be {{ '{%' }} terse %}.");
  assert.equal(prompt[1].content, NASTY);
  const base = world.aimock.bases.openai;
  assert.deepEqual(config.providers, [
    { id: 'openai:chat:gpt-4.1', config: { apiBaseUrl: base, temperature: 0.2 } },
    { id: 'openai:responses:gpt-4.1', config: { apiBaseUrl: base } },
    { id: 'anthropic:messages:claude-haiku-4-5', label: 'Claude', config: { apiBaseUrl: world.aimock.bases.anthropic } },
  ]);
  // promptfoo itself, where somebody has installed it (it has 760 packages): docs/exports.md.
  const cli = process.env.PROMPTFOO;
  if (!cli) return;
  await inFolder(async (folder) => {
    const file = await put(folder, 'promptfooconfig.yaml', bytes);
    const env = { OPENAI_API_KEY: 'k', ANTHROPIC_API_KEY: 'k', PROMPTFOO_DISABLE_TELEMETRY: '1', PROMPTFOO_DISABLE_UPDATE: '1', PROMPTFOO_CONFIG_DIR: folder };
    const [node, ...rest] = cli.split(' ');
    const valid = await run(node, [...rest, 'validate', '-c', file], { env, cwd: folder });
    assert.equal(valid.code, 0, valid.stdout + valid.stderr);
    await world.aimock.forget();
    const out = path.join(folder, 'out.json');
    const ran = await run(node, [...rest, 'eval', '-c', file, '-o', out, '--no-cache', '--no-progress-bar'], { env, cwd: folder });
    const { results } = JSON.parse(await readFile(out, 'utf8'));
    assert.deepEqual(results.results.map((one) => one.response?.output ?? one.error), Array(3).fill('Rain fell.'), ran.stdout + ran.stderr);
    const asked = (await world.aimock.journal()).map((entry) => JSON.stringify(entry.body));
    assert.ok(asked.every((body) => body.includes('Be {% terse %}.') && body.includes('$(id)')), asked[0]);
  });
});
