// Four panes of fixed answers for screenshots, on the host names that a person
// would see, played by our TLS server. The answers are invented here.

import { json, stream } from './byte_server.mjs';
import { recipeLink } from './recipe.mjs';
import { gate } from './wait.mjs';
import { anthropic, chat, gemini, responses, split } from './wire.mjs';

export const PROVIDERS = {
  openai: { host: 'api.openai.com', model: 'gpt-4.1' },
  anthropic: { host: 'api.anthropic.com', model: 'claude-haiku-4-5' },
  gemini: { host: 'generativelanguage.googleapis.com', model: 'gemini-3.5-flash' },
  'openai-compatible': { host: 'models.example.org', model: 'qwen3-8b', label: 'Lab server' },
};

const CODE = `A number is prime if nothing from 2 to its square root divides it.

\`\`\`rust
fn is_prime(n: u64) -> bool {
    // 0 and 1 are no primes.
    n > 1 && (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)
}
\`\`\`

It takes about √n steps. For one number that is enough; for many, use a sieve.`;

const TABLE = `Three ways, by what they cost:

| way | time | memory | good for |
|---|---|---|---|
| trial division | O(√n) | none | one number |
| sieve of Eratosthenes | O(n log log n) | n bits | all primes up to n |
| Miller–Rabin | O(k log³ n) | none | very large numbers |

1. Start with **trial division**.
2. Move to a *sieve* when you need many.
3. Use Miller–Rabin above 2⁶⁴.`;

const LIST = `Use trial division:

- divide by 2, then by odd numbers only
- stop at the square root
- treat 0 and 1 apart

> Most numbers fall at a small divisor, so the loop is short on average.`;

const SHORT = `\`\`\`python
def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))
\`\`\`

Simple, and quick enough below a million.`;

const THOUGHT =
  'They ask for a primality test. Trial division is the plain answer; the bound is the square root. I should name the edge cases 0 and 1.';

const paced = (frames, ms) => frames.flatMap((frame) => [frame, { wait: ms }]);

const FINISHED = {
  openai: () => stream([{ wait: 180 }, ...paced(responses.whole(CODE, { pieces: 40, input: 31, output: 148 }), 9)]),
  anthropic: () =>
    stream([
      { wait: 240 },
      anthropic.start({ input: 34 }),
      anthropic.open(0, 'thinking'),
      ...paced(split(THOUGHT, 12).map((piece) => anthropic.thinking(piece, 0)), 14),
      anthropic.shut(0),
      anthropic.open(1),
      ...paced(split(TABLE, 30).map((piece) => anthropic.text(piece, 1)), 8),
      anthropic.shut(1),
      anthropic.finish('end_turn', { output: 231 }),
      anthropic.stop(),
    ]),
  gemini: () => stream([{ wait: 120 }, ...paced(gemini.whole(LIST, { pieces: 12, input: 29, output: 96 }), 22)]),
  'openai-compatible': () => stream([{ wait: 60 }, ...paced(chat.whole(SHORT, { pieces: 30, input: 38, output: 71 }), 12)]),
};

const RUNNING = {
  openai: (held) => stream([...paced(responses.whole(CODE, { pieces: 40 }).slice(0, 26), 6), { gate: held }]),
  anthropic: (held) =>
    stream([
      anthropic.start(),
      anthropic.open(0, 'thinking'),
      ...paced(split(THOUGHT, 12).map((piece) => anthropic.thinking(piece, 0)), 14),
      { gate: held },
    ]),
  gemini: (held) => ({ steps: [{ gate: held }] }),
  'openai-compatible': () => FINISHED['openai-compatible'](),
};

const FAILED = {
  openai: () => json(401, {}, { cors: 'preflight-only' }),
  anthropic: () => stream([anthropic.start(), anthropic.open(), ...split(TABLE, 10).slice(0, 6).map((piece) => anthropic.text(piece))]),
  gemini: () =>
    json(429, {
      error: {
        code: 429,
        status: 'RESOURCE_EXHAUSTED',
        message: 'You exceeded your current quota, please check your plan.',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34s' }],
      },
    }),
  'openai-compatible': () => FINISHED['openai-compatible'](),
};

const STATES = { running: RUNNING, finished: FINISHED, failed: FAILED };

/** Plays `state` on the internet; returns a function that lets held answers end. */
export function play(internet, state) {
  const held = gate();
  for (const [provider, { host }] of Object.entries(PROVIDERS)) {
    internet.host(host).reply(STATES[state][provider](held.opened));
  }
  return held.open;
}

export const origins = Object.values(PROVIDERS).map(({ host }) => `https://${host}`);

export const link = () =>
  recipeLink({
    title: 'Prime numbers, four ways',
    system: 'Answer briefly.',
    prompt: 'How do I test whether a number is prime? Show code or compare the ways.',
    params: { max_output_tokens: 400 },
    panes: Object.entries(PROVIDERS).map(([provider, { host, model, label }]) => ({
      provider,
      model,
      ...(label ? { label, base_url: `https://${host}/v1` } : {}),
    })),
  });

/** Consent and keys, so that every pane can run. */
export async function unlock(app) {
  await app.panes(Object.keys(PROVIDERS).length);
  await app.approve();
  for (const [provider, { host }] of Object.entries(PROVIDERS)) {
    await app.key(provider, `https://${host}`, 'key-of-the-showcase');
  }
}
