// Requests as programs: of every dialect and of the routes that differ in address or key, in
// four languages, each run against aimock, which must get the very request that the page sent.

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inFolder, put, run } from './harness/download.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const NASTY = 'It\'s "so": $HOME `id` $(id) \\n %s !! क्षमा 🌧️\nnext, line; =1+1';
const KEY = 'sk-test-$x\'y"z';
const PROJECT = fileURLToPath(new URL('../../target/copy-as', import.meta.url));

const { world, scene } = stage({
  aimock: [{ match: { userMessage: "It's" }, response: { content: 'Rain fell.' } }],
});

const SSE = /data:/;

/** A row, what stands behind aimock's origin, the key's variable, and how the reply looks on the wire. */
const ROUTES = [
  { name: 'OpenAI Chat', provider: 'openai', api: 'chat', model: 'gpt-4.1', base: '/v1', variable: 'OPENAI_API_KEY', params: { temperature: 0.2 } },
  { name: 'OpenAI Responses', provider: 'openai', model: 'gpt-4.1', base: '/v1', variable: 'OPENAI_API_KEY' },
  { name: 'Anthropic', provider: 'anthropic', model: 'claude-haiku-4-5', base: '', variable: 'ANTHROPIC_API_KEY' },
  { name: 'Gemini', provider: 'gemini', model: 'gemini-3.5-flash', base: '/v1beta', variable: 'GEMINI_API_KEY' },
  { name: 'Vertex AI', provider: 'vertex', model: 'gemini-3.5-flash', base: '/v1/projects/my-project/locations/europe-west4', variable: 'GOOGLE_ACCESS_TOKEN' },
  { name: 'Azure', provider: 'azure', api: 'chat', model: 'my-deployment', base: '/openai/v1', variable: 'AZURE_OPENAI_API_KEY' },
  { name: 'Azure with a dated address', provider: 'azure', api: 'chat', model: 'my-deployment', base: '/openai?api-version=2024-10-21', variable: 'AZURE_OPENAI_API_KEY' },
  // Its events are binary, with the JSON readable among them.
  { name: 'Bedrock', provider: 'bedrock', api: 'converse', model: 'global.anthropic.claude-haiku-4-5-20251001-v1:0', base: '', variable: 'AWS_BEARER_TOKEN_BEDROCK', key: 'ABSK-test-6', wire: /contentBlockDelta/ },
  { name: 'Ollama', provider: 'ollama', model: 'llama3.2', base: '', wire: /"done":true/ },
  { name: 'Cohere', provider: 'cohere', model: 'command-a-03-2025', base: '', variable: 'CO_API_KEY', wire: /content-delta/ },
];

const asking = ({ provider, api, model, base, params }) => ({ aimock }) => ({
  allow: [aimock.origin],
  fragment: recipeLink({
    prompt: NASTY,
    system: 'Be terse: "\'"',
    panes: [{ provider, model, base_url: aimock.origin + base, ...(api ? { api } : {}), ...(params ? { params } : {}) }],
  }),
});

/** The programs of a pane, by language. */
async function programs(app, index) {
  await app.pane(index).menu('pane-copy-as');
  const section = app.page.getByTestId('copy-as-section');
  await section.waitFor();
  const all = {};
  for (const language of ['curl', 'python', 'javascript', 'rust']) {
    await section.locator(`[data-language=${language}]`).click();
    await until(async () => (await section.locator(`[data-language=${language}]`).getAttribute('aria-pressed')) === 'true', { what: language });
    all[language] = await section.getByTestId('copy-as-code').textContent();
  }
  await app.page.keyboard.press('Escape');
  return all;
}

/** Runs a program in a folder with the key in the environment. */
async function execute(language, code, folder, env) {
  if (language === 'curl') return run('sh', [await put(folder, 'request.sh', code)], { env });
  if (language === 'python') return run('python3', [await put(folder, 'request.py', code)], { env });
  if (language === 'javascript') return run(process.execPath, [await put(folder, 'request.mjs', code)], { env });
  await writeFile(path.join(PROJECT, 'src/main.rs'), code);
  return run('cargo', ['run', '--quiet'], { cwd: PROJECT, env: { ...env, CARGO_TARGET_DIR: path.join(PROJECT, 'target') } });
}

/** A project beside the build, so that ureq is fetched and compiled once; whether it could be fetched. */
async function prepareRust() {
  await mkdir(path.join(PROJECT, 'src'), { recursive: true });
  const manifest = '[package]\nname = "copy-as"\nversion = "0.0.0"\nedition = "2024"\n[dependencies]\nureq = { version = "3", default-features = false }\n[workspace]\n';
  await writeFile(path.join(PROJECT, 'Cargo.toml'), manifest);
  await writeFile(path.join(PROJECT, 'src/main.rs'), 'fn main() {}\n');
  return (await run('cargo', ['fetch', '--quiet'], { cwd: PROJECT })).code === 0;
}

for (const route of ROUTES) {
  scene(`a request to ${route.name} runs as a program in four languages`, asking(route), async ({ app, t }) => {
    const key = route.variable && (route.key ?? KEY);
    await app.panes(1);
    await app.approve();
    if (key) {
      // Some rows take several kinds of credentials, each in a field of its own.
      const field = app.pane().root.locator(`input[data-key-for=${route.provider}]`).first();
      await app.key(route.provider, await field.getAttribute('data-origin'), key);
    }
    await world.aimock.forget();
    await app.run();
    assert.deepEqual(await app.settled(), ['done']);
    const [wanted] = await world.aimock.journal();
    const all = await programs(app, 0);
    if (!(await prepareRust())) {
      t.diagnostic('Rust is left out: the crate ureq could not be fetched');
      delete all.rust;
    }
    await inFolder(async (folder) => {
      for (const [language, code] of Object.entries(all)) {
        if (key) assert.ok(!code.includes(key) && !code.includes('<your key>'), language);
        if (key) assert.ok(code.includes(route.variable), code);
        await world.aimock.forget();
        const env = key ? { [route.variable]: key } : {};
        const { code: exit, stdout, stderr } = await execute(language, code, folder, env);
        const where = `${language}: ${stderr}\n${code}`;
        assert.equal(exit, 0, where);
        assert.match(stdout, route.wire ?? SSE, where);
        assert.ok(/Rain/.test(stdout) && /fell/.test(stdout), `${where}\n${stdout}`);
        const [entry, ...more] = await world.aimock.journal();
        assert.deepEqual(more, [], where);
        // The page's own library ends every query with an empty pair.
        const asked = (one) => one.path.replace(/&$/, '');
        assert.deepEqual([asked(entry), entry.body], [asked(wanted), wanted.body], where);
        const sent = Object.values(entry.headers).join('\n');
        if (key) assert.ok(sent.includes(key) || sent.includes('REDACTED') || sent.includes('***'), `${where}\n${sent}`);
      }
    });
  });
}
