// OUR front for a server: passes everything on and takes every CORS header off the
// answers, as a provider answers that lets no page call it.

import http from 'node:http';
import { close, listen } from './listen.mjs';

export async function startWithoutCors(target) {
  const { hostname, port } = new URL(target);
  const asked = [];
  const server = http.createServer((request, response) => {
    const entry = { method: request.method, url: request.url, headers: request.headers, body: '' };
    asked.push(entry);
    request.on('data', (chunk) => (entry.body += chunk));
    const onward = http.request({ hostname, port, method: request.method, path: request.url, headers: request.headers }, (reply) => {
      const headers = Object.entries(reply.headers).filter(([name]) => !name.startsWith('access-control-'));
      response.writeHead(reply.statusCode, Object.fromEntries(headers));
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  const own = await listen(server);
  return { origin: `http://127.0.0.1:${own}`, host: `127.0.0.1:${own}`, asked, stop: () => close(server) };
}
