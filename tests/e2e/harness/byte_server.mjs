// OUR byte server: it does to the letter what a test tells it, for the faults
// that servers nobody here wrote cannot be made to show. Whatever it says is
// no evidence of how a provider behaves; that evidence is in aimock and llama.cpp.
//
// A test takes a `lane`, a path of its own on the shared origin (or a host of
// its own on the TLS variant), and scripts the replies to its POSTs:
//
//   lane.reply(stream([frame, frame, until(gate), frame]))   // every POST
//   lane.replies([first, second])                            // one after another
//
// A reply is { status, headers, cors, expose, steps, end }:
//   cors    'open' (default) | 'none' | 'preflight-only'
//   maxAge  seconds for which the browser may keep the preflight's answer; 0 by default
//   expose  names for Access-Control-Expose-Headers
//   steps   strings or Buffers to write, { wait: ms }, { gate: promise }
//   end     'close' (default) | 'drop' (cut the connection) | 'stall' (never end)
//           | 'refuse' (cut it before any answer)

import http from 'node:http';
import https from 'node:https';
import { close, listen } from './listen.mjs';
import { selfSigned } from './tls.mjs';
import { gate, pause } from './wait.mjs';

function readBody(request) {
  return new Promise((resolve) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve(Buffer.concat(chunks)));
  });
}

function corsHeaders(request, reply) {
  if ((reply.cors ?? 'open') !== 'open') return {};
  const headers = { 'access-control-allow-origin': request.headers.origin ?? '*', vary: 'Origin' };
  if (reply.expose?.length) headers['access-control-expose-headers'] = reply.expose.join(', ');
  return headers;
}

function answerPreflight(request, response, reply) {
  if (reply.cors === 'none') {
    response.writeHead(403).end();
    return;
  }
  response
    .writeHead(204, {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
      'access-control-max-age': String(reply.maxAge ?? 0),
    })
    .end();
}

async function play(reply, request, response) {
  if (reply.end === 'refuse') {
    request.socket.destroy();
    return;
  }
  // A wait that the client's leaving must cut short.
  const left = new Promise((resolve) => response.once('close', resolve));
  response.writeHead(reply.status ?? 200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    ...corsHeaders(request, reply),
    ...reply.headers,
  });
  response.flushHeaders();
  for (const step of reply.steps ?? []) {
    if (response.destroyed) return;
    if (typeof step === 'string' || Buffer.isBuffer(step)) response.write(step);
    else if (step.gate) await Promise.race([step.gate, left]);
    else if (step.wait) await Promise.race([pause(step.wait), left]);
  }
  if (response.destroyed) return;
  if (reply.end === 'drop') {
    // What is written must have left before the cut.
    response.write('', () => request.socket.destroy());
  } else if (reply.end !== 'stall') {
    response.end();
  }
}

class Lane {
  /** Chat, Responses and Gemini bases end in `/v1`; the root is for Anthropic. */
  constructor(root) {
    this.root = root;
    this.base = `${root}/v1`;
    this.origin = new URL(root).origin;
    this.host = new URL(root).host;
    this.forget();
    this.script = [];
    this.list = null;
  }

  /** One reply for every POST from now on. */
  reply(reply) {
    this.script = [reply];
    return this;
  }

  /** Replies one after another; the last is for all later POSTs. */
  replies(list) {
    this.script = list;
    return this;
  }

  /** What GET …/models answers: ids, or a whole reply. */
  models(list) {
    this.list = Array.isArray(list)
      ? json(200, { object: 'list', data: list.map((id) => ({ id, object: 'model' })) })
      : list;
    return this;
  }

  /** Forgets the requests so far. */
  forget() {
    this.posts = [];
    this.gets = [];
    this.preflights = [];
  }

  next() {
    return this.script[Math.min(this.posts.length, this.script.length) - 1];
  }
}

function record(request, body) {
  const entry = {
    method: request.method,
    url: request.url,
    path: request.url.split('?')[0],
    host: request.headers.host,
    headers: request.headers,
    body: body.toString('utf8'),
    get json() {
      return JSON.parse(this.body);
    },
  };
  const leaving = gate();
  /** Settles when the client has closed the connection before our end. */
  entry.left = leaving.opened;
  entry.isLeft = false;
  entry.leave = () => {
    entry.isLeft = true;
    leaving.open();
  };
  return entry;
}

async function serve(lane, request, response) {
  if (request.method === 'OPTIONS') {
    lane.preflights.push({
      url: request.url,
      method: request.headers['access-control-request-method'],
      headers: (request.headers['access-control-request-headers'] ?? '')
        .split(',')
        .map((name) => name.trim().toLowerCase())
        .filter(Boolean)
        .sort(),
    });
    answerPreflight(request, response, lane.script[0] ?? {});
    return;
  }
  const entry = record(request, await readBody(request));
  response.once('close', () => {
    if (!response.writableFinished) entry.leave();
  });
  if (request.method === 'GET') {
    lane.gets.push(entry);
    await play(lane.list ?? json(404, { error: { message: 'no such path' } }), request, response);
    return;
  }
  lane.posts.push(entry);
  const reply = lane.next() ?? json(500, { error: { message: 'the test scripted no reply' } });
  await play(typeof reply === 'function' ? reply(entry) : reply, request, response);
}

/**
 * Starts our byte server. With `tls` it listens for https with a certificate
 * of its own and tells lanes apart by host name instead of by path: together
 * with a browser that maps every name to it, it plays the whole internet.
 */
export async function startByteServer({ tls = false } = {}) {
  const lanes = new Map();
  const sites = new Map();
  const strangers = [];
  let count = 0;

  const handle = (request, response) => {
    const host = (request.headers.host ?? '').split(':')[0];
    const site = tls && sites.get(host);
    if (site) {
      site(request, response);
      return;
    }
    const lane = tls ? lanes.get(host) : lanes.get(request.url.split('/')[1]) ?? lanes.get('');
    if (!lane) {
      strangers.push({ host, method: request.method, url: request.url });
      response.writeHead(404).end();
      return;
    }
    serve(lane, request, response).catch((error) => {
      strangers.push({ host, method: request.method, url: request.url, error: String(error) });
      request.socket.destroy();
    });
  };

  const server = tls ? https.createServer(selfSigned(), handle) : http.createServer(handle);
  server.keepAliveTimeout = 30_000;
  const port = await listen(server);
  const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;

  return {
    port,
    origin,
    /** A path of the test's own on this origin. */
    lane() {
      count += 1;
      const lane = new Lane(`${origin}/lane${count}`);
      lanes.set(`lane${count}`, lane);
      return lane;
    },
    /** The origin's own root, for base URLs without a path. */
    rootLane() {
      const lane = new Lane(origin);
      lanes.set('', lane);
      return lane;
    },
    /** TLS only: everything that is sent to this host name. */
    host(name) {
      const lane = new Lane(`https://${name}`);
      lanes.set(name, lane);
      return lane;
    },
    /** TLS only: a request handler for this host name, e.g. the page itself. */
    site(name, handler) {
      sites.set(name, handler);
    },
    /** Forgets all hosts, so that the next test starts with an empty internet. */
    forgetHosts() {
      lanes.clear();
      sites.clear();
      strangers.length = 0;
    },
    /** Requests that no lane expected. */
    strangers,
    stop: () => close(server),
  };
}

/** A reply of server-sent events from ready frames and other steps. */
export function stream(steps, rest = {}) {
  return { steps, ...rest };
}

/** A JSON reply. */
export function json(status, body, rest = {}) {
  return {
    status,
    steps: [typeof body === 'string' ? body : JSON.stringify(body)],
    ...rest,
    headers: { 'content-type': 'application/json', ...rest.headers },
  };
}

/** An HTML page, as a wrong base URL or a login wall gives. */
export function html(status = 200, body = '<!doctype html><title>Login</title><p>Sign in') {
  return { status, headers: { 'content-type': 'text/html' }, steps: [body] };
}

/** Cuts bytes into pieces of `size`, for answers that arrive at odd places. */
export function shred(text, size) {
  const bytes = Buffer.from(text, 'utf8');
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}
