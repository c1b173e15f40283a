// What our page adds to the time of the first token: eight panes at once, and a
// bare reader with the same requests in a page without any app, in turns.

import { recipeLink } from '../../e2e/harness/recipe.mjs';
import { startAimock } from '../../e2e/harness/aimock.mjs';
import { openApp } from '../../e2e/harness/stage.mjs';
import { PANES, WIDE, allEnded } from '../panes.mjs';
import { quantile } from '../stats.mjs';

const ROUNDS = Number(process.env.BENCH_CLOCK_ROUNDS ?? 20);
const DELAY_MS = 200;
const PROMPT = 'How late is the first token?';

const fixtures = [
  {
    match: { userMessage: PROMPT },
    response: { content: 'A *first* token, then **some** more of them, and `code`. '.repeat(12) },
    chunkSize: 5,
    streamingProfile: { ttft: DELAY_MS, tps: 400, jitter: 0 },
  },
];

/** In the page: from before each `fetch` to the chunk with the first text, in ms. */
function readAll(requests) {
  return Promise.all(
    requests.map(async ({ url, body }) => {
      const decoder = new TextDecoder();
      let text = '';
      let first;
      const sent = performance.now();
      const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      const reader = reply.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        const at = performance.now();
        if (done) return first;
        if (first === undefined) {
          text += decoder.decode(value, { stream: true });
          if (/"content":"[^"]/.test(text)) first = at - sent;
        }
      }
    }),
  );
}

async function measure(world, report, servers) {
  const panes = Array.from({ length: PANES }, (_, at) => ({
    provider: 'openai-compatible',
    base_url: `${servers[at % servers.length].origin}/v1`,
    model: 'm',
  }));
  const app = await openApp(world, {
    allow: servers.map((server) => server.origin),
    fragment: recipeLink({ prompt: PROMPT, panes }),
    context: WIDE,
  });
  await app.panes(PANES);
  await app.approve();
  const context = await world.browser.newContext(WIDE);
  const bare = await context.newPage();
  await bare.goto(`${world.site.origin}/favicon.svg`);

  const ourRound = async () => {
    const again = app.page.getByTestId('run-again');
    if (await again.isVisible()) await again.click();
    else await app.run();
    await allEnded(app, 30_000);
    const marks = app.page.locator('data[data-metric=ttft_ms]');
    return marks.evaluateAll((all) => all.map((one) => Number(one.getAttribute('value'))));
  };
  // A first round of each pays for connections and preflights.
  await ourRound();
  const requests = app.sent({ method: 'POST' }).map((one) => ({ url: one.url(), body: one.postData() }));
  const bareRound = () => bare.evaluate(readAll, requests);
  await bareRound();
  const [us, them] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const turns = [
      async () => us.push(...(await ourRound())),
      async () => them.push(...(await bareRound())),
    ];
    if (round % 2) turns.reverse();
    for (const turn of turns) await turn();
  }
  await context.close();
  await app.page.context().close();
  if (us.length !== them.length) throw new Error(`${us.length} first tokens of ours, ${them.length} of the bare reader`);
  for (const [name, share, most] of [['median', 0.5, 2], ['p95', 0.95, 8]]) {
    const value = quantile(us, share) - DELAY_MS;
    const bareValue = quantile(them, share) - DELAY_MS;
    report.figure(`after the server's delay, ${name}`, value, { unit: 'ms', digits: 2, beside: { name: 'bare reader', value: bareValue } });
    report.figure(`what we add to the ${name}`, value - bareValue, { unit: 'ms', digits: 2, goal: { most, digits: 0 } });
  }
  report.figure("after the server's delay, least", Math.min(...us) - DELAY_MS, { unit: 'ms', digits: 2, beside: { name: 'bare reader', value: Math.min(...them) - DELAY_MS } });
}

export async function clock(world, report) {
  report.theme(
    'Clock',
    `First token of ${PANES} panes at once over two origins; aimock sends it ${DELAY_MS} ms after the request; ${ROUNDS} rounds in turns with a bare JavaScript reader in the same browser.`,
  );
  const servers = [await startAimock(fixtures), await startAimock(fixtures)];
  try {
    await measure(world, report, servers);
  } finally {
    for (const server of servers) await server.stop();
  }
}
