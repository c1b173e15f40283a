// Streams of tokens at a stated pace from a process of its own, so that neither
// the bench nor the browser's driver takes its time. Two origins, since a browser
// keeps six connections to one.
//
// The model's name says what to send: `tokens-4800-at-400` is 4800 tokens of the
// document at 400 a second; at 0 as fast as the reader takes them.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { listen } from '../e2e/harness/listen.mjs';
import { chat } from '../e2e/harness/wire.mjs';
import { tokens } from './markdown.mjs';

const SELF = fileURLToPath(import.meta.url);
const ORIGINS = 2;
const TICK_MS = 1;

export const modelOf = (count, rate) => `tokens-${count}-at-${rate}`;

/** Starts the servers; `lag()` says how late the last streams were written. */
export async function startTokenServer() {
  const child = fork(SELF, ['--child'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ask = (question) =>
    new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('the token server has gone')));
      child.send(question);
    });
  const { ports } = await ask('ports');
  const origins = ports.map((port) => `http://127.0.0.1:${port}`);
  return {
    origins,
    /** `count` panes or readers take the origins in turns. */
    spread: (count) => Array.from({ length: count }, (_, at) => origins[at % origins.length]),
    /** The worst delay of a token against its plan since the last call, in ms. */
    lag: async () => (await ask('lag')).lag,
    /** Ends later replies after so many tokens, whatever was asked for; 0 for all. */
    cut: (most) => ask({ most }),
    stop: () => void child.kill(),
  };
}

// From here on: the child.

const bodies = new Map();

/** The frames of a reply: one for each token, and the end. */
function frames(count) {
  if (!bodies.has(count)) {
    const end = chat.finish() + chat.usage({ output: count }) + chat.done();
    bodies.set(count, [chat.start(), ...tokens(count).map((token) => chat.text(token)), end]);
  }
  return bodies.get(count);
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': '*',
  'access-control-max-age': '600',
};

const running = new Set();
let lag = 0;
let most = 0;
let ticker = null;

function tick() {
  const now = performance.now();
  for (const stream of running) {
    const due = Math.min(stream.frames.length, 1 + Math.floor(((now - stream.from) * stream.rate) / 1000));
    if (stream.at < due) {
      lag = Math.max(lag, now - stream.from - (stream.at * 1000) / stream.rate);
    }
    for (; stream.at < due; stream.at += 1) stream.response.write(stream.frames[stream.at]);
    if (stream.at === stream.frames.length) leave(stream);
  }
}

function leave(stream) {
  stream.response.end();
  running.delete(stream);
  if (running.size === 0) {
    clearInterval(ticker);
    ticker = null;
  }
}

function paced(response, list, rate) {
  const stream = { response, frames: list, rate, at: 0, from: performance.now() };
  response.once('close', () => leave(stream));
  running.add(stream);
  ticker ??= setInterval(tick, TICK_MS);
}

async function flood(response, list) {
  const left = new Promise((resolve) => response.once('close', resolve));
  for (const frame of list) {
    if (response.destroyed) return;
    if (!response.write(frame)) await Promise.race([once(response, 'drain'), left]);
  }
  response.end();
}

async function serve(request, response) {
  if (request.method !== 'POST') {
    response.writeHead(request.method === 'OPTIONS' ? 204 : 404, CORS).end();
    return;
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const [, asked, rate] = JSON.parse(body).model.match(/^tokens-(\d+)-at-(\d+)$/).map(Number);
  const count = most > 0 ? Math.min(asked, most) : asked;
  response.writeHead(200, { 'content-type': 'text/event-stream', ...CORS });
  response.flushHeaders();
  if (rate > 0) paced(response, frames(count), rate);
  else await flood(response, frames(count));
}

if (process.argv[2] === '--child') {
  const start = () => listen(http.createServer(serve).on('connection', (socket) => socket.setNoDelay()));
  const ports = await Promise.all(Array.from({ length: ORIGINS }, start));
  process.on('disconnect', () => process.exit());
  process.on('message', (question) => {
    process.send(question === 'ports' ? { ports } : { lag });
    if (question === 'lag') lag = 0;
    most = question.most ?? most;
  });
}
