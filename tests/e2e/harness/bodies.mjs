// Reading requests as a provider would: which dialect, what was said, what was set.

/** Headers that Chromium adds to any cross-origin fetch, or HTTP itself needs. */
const BROWSER_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'host',
  'origin',
  'pragma',
  'priority',
  'referer',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-fetch-storage-access',
  'user-agent',
]);

/** The headers that the page itself set, as an object. `x-request-id` is aimock's own. */
export function ownHeaders(headers, { ignore = ['x-request-id'] } = {}) {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !BROWSER_HEADERS.has(name) && !ignore.includes(name))
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

/** The dialect of a request, by its path. */
export function dialectOf(path) {
  if (path.includes('/chat/completions')) return 'chat';
  if (path.includes('/responses')) return 'responses';
  if (path.includes('/messages')) return 'anthropic';
  if (path.includes(':streamGenerateContent')) return 'gemini';
  throw new Error(`a request to an unknown path: ${path}`);
}

function textOf(content) {
  if (typeof content === 'string') return content;
  return content.map((part) => part.text).join('');
}

/** `[role, text]` of every message of a body, the system prompt first. */
export function conversation(body) {
  const lines = [];
  if (body.instructions) lines.push(['system', body.instructions]);
  if (typeof body.system === 'string') lines.push(['system', body.system]);
  else if (body.system) lines.push(['system', textOf(body.system)]);
  const instruction = body.systemInstruction ?? body.system_instruction;
  if (instruction) lines.push(['system', textOf(instruction.parts)]);
  if (typeof body.input === 'string') lines.push(['user', body.input]);
  for (const message of body.messages ?? (Array.isArray(body.input) ? body.input : [])) {
    lines.push([message.role === 'developer' ? 'system' : message.role, textOf(message.content)]);
  }
  for (const message of body.contents ?? []) {
    lines.push([message.role === 'model' ? 'assistant' : message.role, textOf(message.parts)]);
  }
  return lines;
}

/** What a body sets beside the conversation. */
export function settings(body) {
  const {
    instructions: _instructions,
    system: _system,
    systemInstruction: _systemInstruction,
    input: _input,
    messages: _messages,
    contents: _contents,
    ...rest
  } = body;
  return rest;
}

/** The JSON bodies of the POSTs that the page sent, by the path of each. */
export function posted(app, origin) {
  return app.sent({ method: 'POST', origin }).map((request) => ({
    path: new URL(request.url()).pathname,
    dialect: dialectOf(request.url()),
    text: request.postData(),
    body: JSON.parse(request.postData()),
  }));
}
