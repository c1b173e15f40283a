// A STUB of ours of OpenRouter's sign-in: its page that asks the person, and the exchange of
// a code for a key. Nobody has published one that could be run here. It is made from the
// provider's documentation and is no evidence of how OpenRouter behaves; the challenge is
// checked with Node's own SHA-256, which nobody here wrote.

import { createHash } from 'node:crypto';

const ALLOWED = new Set(['callback_url', 'code_challenge', 'code_challenge_method']);

/**
 * The stub. `handle` is a request handler for a server or for a site of the byte server;
 * `person` says what the person does next: 'agree' (default) or 'decline';
 * and `exchange` what the exchange does: 'key' (default), a status, or 'cut'.
 */
export function openRouter({ key = 'sk-or-v1-stub-0123456789', answers = 'Hello from the stub.' } = {}) {
  const stub = { key, person: 'agree', exchange: 'key', asked: [], exchanged: [], chats: [], faults: [] };
  const codes = new Map();
  let count = 0;

  const codeFor = (query) => {
    count += 1;
    codes.set(`code-${count}`, query.get('code_challenge'));
    return `code-${count}`;
  };

  const auth = (request, response, url) => {
    const query = url.searchParams;
    stub.asked.push(Object.fromEntries(query));
    for (const name of query.keys()) if (!ALLOWED.has(name)) stub.faults.push(`unexpected ${name}`);
    if (query.get('code_challenge_method') !== 'S256') stub.faults.push('not S256');
    if (request.headers.referer && new URL(request.headers.referer).pathname !== '/') stub.faults.push('a referrer with a path');
    const code = codeFor(query);
    const back = query.get('callback_url');
    const callback = back && new URL(back);
    if (callback && stub.person === 'decline') callback.searchParams.set('error', 'access_denied');
    else callback?.searchParams.set('code', code);
    const link = callback ? `<a id="go" href="${callback.href.replaceAll('&', '&amp;')}">Go on</a>` : code;
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><title>Stub</title><p>A stub of a sign-in page</p>${link}`);
  };

  const exchange = (request, response, body) => {
    const cors = { 'access-control-allow-origin': '*', 'content-type': 'application/json' };
    const given = JSON.parse(body);
    stub.exchanged.push({ ...given, headers: request.headers });
    const answer = (status, json) => response.writeHead(status, cors).end(JSON.stringify(json));
    if (stub.exchange === 'cut') return request.socket.destroy();
    if (typeof stub.exchange === 'number') return answer(stub.exchange, { error: { message: 'The stub says no' } });
    const challenge = codes.get(given.code);
    codes.delete(given.code);
    const hash = createHash('sha256').update(given.code_verifier).digest('base64url');
    if (!challenge || challenge !== hash) return answer(403, { error: { message: 'Invalid code or code_verifier' } });
    return answer(200, { key: stub.key, user_id: 'stub' });
  };

  const chat = (request, response) => {
    stub.chats.push(request.headers.authorization);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/event-stream' });
    const chunk = (delta, rest) => `data: ${JSON.stringify({ id: 'gen-stub', choices: [{ index: 0, delta, ...rest }] })}\n\n`;
    response.end(chunk({ content: answers }) + chunk({}, { finish_reason: 'stop' }) + 'data: [DONE]\n\n');
  };

  /** The code that the page at this address, which has no callback, shows. */
  stub.show = (address) => codeFor(new URL(address).searchParams);

  stub.handle = (request, response) => {
    const url = new URL(request.url, 'http://stub.invalid');
    if (request.method === 'OPTIONS') {
      response
        .writeHead(204, {
          'access-control-allow-origin': '*',
          'access-control-allow-methods': 'GET, POST',
          'access-control-allow-headers': 'authorization, content-type',
        })
        .end();
      return;
    }
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      const route = `${request.method} ${url.pathname}`;
      if (route === 'GET /favicon.ico') response.writeHead(204).end();
      else if (route === 'GET /auth') auth(request, response, url);
      else if (route === 'POST /api/v1/auth/keys') exchange(request, response, body);
      else if (route === 'POST /api/v1/chat/completions') chat(request, response);
      else if (route === 'GET /api/v1/models') {
        response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'application/json' });
        response.end(JSON.stringify({ data: [{ id: 'stub/one' }, { id: 'stub/two' }] }));
      } else {
        stub.faults.push(`unexpected ${route}`);
        response.writeHead(404).end();
      }
    });
  };
  return stub;
}
