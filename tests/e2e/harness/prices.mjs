// A price table of the tests' own, so that they do not change with the prices.
// All numbers are picodollars for one token.

const DAY_MS = 24 * 60 * 60 * 1000;

/** The day `days` ago, as `YYYY-MM-DD` in UTC. */
export const daysAgo = (days) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

const list = (id, name, host, models, rest = {}) => ({
  id,
  name,
  url: `https://prices.example/${id}`,
  rows: [id],
  hosts: [host],
  models,
  ...rest,
});

/** A table with one model of each provider, true as of `age` days ago. */
export function table({ age = 4 } = {}) {
  return {
    touchstone: 'prices/1',
    as_of: daysAgo(age),
    sources: [{ name: 'prices of the tests', date: daysAgo(age) }],
    lists: [
      list('openai', 'OpenAI', 'api.openai.com', [
        { ids: ['gpt-4.1'], prices: [{ in: 2_000_000, cached: 500_000, out: 8_000_000 }], max_output: 32_768 },
      ], { makers: ['openai'] }),
      list('anthropic', 'Anthropic', 'api.anthropic.com', [
        { ids: ['claude-haiku-4-5'], prices: [{ in: 1_000_000, out: 5_000_000 }] },
      ], { makers: ['anthropic'] }),
      list('gemini', 'Google Gemini', 'generativelanguage.googleapis.com', [
        {
          ids: ['gemini-3.5-flash'],
          prices: [{ in: 1_500_000, out: 9_000_000, over: [{ above: 200_000, in: 3_000_000, out: 13_500_000 }] }],
        },
      ]),
      list('openrouter', 'OpenRouter', 'openrouter.ai', [
        { ids: ['org/open-model'], prices: [{ in: 300_000, out: 900_000 }] },
      ]),
    ],
  };
}

/** For `prepare` of a scene: this table instead of the one that is served. */
export const serving = (prices) => (page) =>
  page.route('**/prices.json', (route) => route.fulfill({ json: prices }));
