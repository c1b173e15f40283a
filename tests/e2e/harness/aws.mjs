// AWS as its clients see it: binary event streams, and signatures computed another
// way than the product's.

import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';

const u32 = (number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
};

function header(name, value) {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)]);
}

/** One message of an event stream. */
export function message(headers, payload) {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => header(`:${name}`, value)));
  const body = Buffer.from(payload === undefined ? '' : JSON.stringify(payload));
  const lengths = Buffer.concat([u32(16 + head.length + body.length), u32(head.length)]);
  const before = Buffer.concat([lengths, u32(crc32(lengths)), head, body]);
  return Buffer.concat([before, u32(crc32(before))]);
}

/** An event of ConverseStream. */
export const event = (name, payload) =>
  message({ 'event-type': name, 'content-type': 'application/json', 'message-type': 'event' }, payload);

/** An exception inside a stream. */
export const exception = (name, payload) =>
  message({ 'exception-type': name, 'content-type': 'application/json', 'message-type': 'exception' }, payload);

/** A whole answer of ConverseStream, as messages. */
export function converse(text, usage = { inputTokens: 7, outputTokens: 5, totalTokens: 12 }) {
  return [
    event('messageStart', { role: 'assistant' }),
    ...text.match(/\S+\s*/g).map((word) => event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: word } })),
    event('contentBlockStop', { contentBlockIndex: 0 }),
    event('messageStop', { stopReason: 'end_turn' }),
    event('metadata', { usage, metrics: { latencyMs: 321 } }),
  ];
}

const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const hmac = (key, data) => createHmac('sha256', key).update(data).digest();
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** The authorization header that a request must have, by what arrived of it. */
export function authorization({ method, path, headers, body }, { id, secret, region, service }) {
  const signed = headers.authorization.match(/SignedHeaders=([^,]+)/)[1];
  const lines = signed.split(';').map((name) => `${name}:${headers[name].trim()}\n`);
  const canonical = [method, path.split('/').map(encode).join('/'), '', lines.join(''), signed, sha256(body)].join('\n');
  const date = headers['x-amz-date'];
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce((key, part) => hmac(key, part), `AWS4${secret}`);
  const signature = hmac(key, toSign).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
}

/** A moment as signatures write it. */
export const stamp = (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

/** The moment of such a stamp, in ms. */
export const momentOf = (text) => Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
