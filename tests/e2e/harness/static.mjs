// Serves the built page as the simplest static host would: no rewriting, no
// headers beyond the type, so that whatever holds here holds anywhere.

import { createReadStream, existsSync, statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { close, listen } from './listen.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const MIME = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The folder of the built page, from `TOUCHSTONE_DIST` or `dist`. */
export function distFolder() {
  return path.resolve(ROOT, process.env.TOUCHSTONE_DIST ?? 'dist');
}

function fileFor(dir, base, url) {
  let pathname;
  try {
    pathname = decodeURIComponent(new URL(url, 'http://static.invalid').pathname);
  } catch {
    return null;
  }
  if (!pathname.startsWith(base)) return null;
  const wanted = path.join(dir, pathname.slice(base.length));
  if (wanted !== dir && !wanted.startsWith(dir + path.sep)) return null;
  if (!existsSync(wanted)) return null;
  if (!statSync(wanted).isDirectory()) return wanted;
  const index = path.join(wanted, 'index.html');
  return existsSync(index) ? index : null;
}

/** A request handler for the files of `dir`, reachable below `base` only. */
export function staticHandler(dir, base = '/') {
  return (request, response) => {
    const file = fileFor(path.resolve(dir), base, request.url);
    if (!file) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    response.writeHead(200, {
      'content-type': MIME[path.extname(file)] ?? 'application/octet-stream',
      'content-length': statSync(file).size,
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).pipe(response);
  };
}

/**
 * Starts a static server. With `base` (`/some/where/`) the page is found below
 * it and nowhere else, as on a host that serves many pages.
 */
export async function startStatic({ dir = distFolder(), base = '/' } = {}) {
  if (!existsSync(path.join(dir, 'index.html'))) {
    throw new Error(`no built page in ${path.relative(ROOT, dir) || dir}: run \`make build\` first`);
  }
  const requests = [];
  const serve = staticHandler(dir, base);
  const server = http.createServer((request, response) => {
    requests.push({ method: request.method, url: request.url });
    serve(request, response);
  });
  const port = await listen(server);
  const origin = `http://127.0.0.1:${port}`;
  return { origin, url: origin + base, requests, stop: () => close(server) };
}
