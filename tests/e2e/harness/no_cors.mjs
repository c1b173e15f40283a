// OUR front for a server: passes everything on and takes every CORS header off the
// answers, as a provider answers that lets no page call it.

import http from 'node:http';
import { close, listen } from './listen.mjs';

/** Passes on the frames up to the first with `text`, and what follows once `opened`. */
async function inTwo(reply, response, { text, opened }) {
  let waiting = '';
  let isHeld = true;
  for await (const piece of reply.setEncoding('utf8')) {
    waiting += piece;
    const end = isHeld ? waiting.indexOf('\n\n', waiting.indexOf(text)) + 2 : waiting.length;
    if (isHeld && (!waiting.includes(text) || end < 2)) continue;
    response.write(waiting.slice(0, end));
    waiting = waiting.slice(end);
    if (isHeld) await opened;
    isHeld = false;
  }
  response.end(waiting);
}

export async function startWithoutCors(target) {
  const { hostname, port } = new URL(target);
  const asked = [];
  const front = { asked, held: null };
  const server = http.createServer((request, response) => {
    const entry = { method: request.method, url: request.url, headers: request.headers, body: '' };
    asked.push(entry);
    request.on('data', (chunk) => (entry.body += chunk));
    const onward = http.request({ hostname, port, method: request.method, path: request.url, headers: request.headers }, (reply) => {
      const headers = Object.entries(reply.headers).filter(([name]) => !name.startsWith('access-control-'));
      response.writeHead(reply.statusCode, Object.fromEntries(headers));
      if (front.held && request.method === 'POST') inTwo(reply, response, front.held).catch(() => response.destroy());
      else reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  const own = await listen(server);
  return Object.assign(front, { origin: `http://127.0.0.1:${own}`, host: `127.0.0.1:${own}`, stop: () => close(server) });
}
