// Reads the text behind `#c=` of a Touchstone link. Written from docs/link-format.md alone,
// so that a test shows whether that page is enough. No dependency.

/** What is wrong with a text; `kind` is a word for programs. */
export class LinkFault extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LIMIT = 16 * 1024 * 1024;

/** The document of a text, given the bytes of the dictionary. */
export function readLink(text, dictionary) {
  const payload = payloadOf(text, '1');
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(decompress(payload, dictionary)));
}

/** Salt, vector and ciphertext of an encrypted text. */
export function readSealed(text) {
  const payload = payloadOf(text, 's');
  const { value: rounds, next } = count(payload, 0);
  return {
    rounds,
    salt: payload.subarray(next, next + 16),
    vector: payload.subarray(next + 16, next + 28),
    ciphertext: payload.subarray(next + 28),
  };
}

// --- the text

function payloadOf(given, format) {
  const { letters, stranger } = lettersOf(given);
  if (letters === '') throw stranger ?? new LinkFault('empty', 'there is nothing in it');
  if (letters[0] !== format) throw new LinkFault('version', `another format: ${letters[0]}`);
  const coded = letters.slice(1);
  const wanted = lengthOf(coded);
  if (!(coded.length >= wanted)) {
    const of = Number.isNaN(wanted) ? 'an unknown number' : wanted + 1;
    throw stranger ?? new LinkFault('cut', `cut: ${letters.length} of ${of} characters`);
  }
  const bytes = bytesOf(coded.slice(0, wanted));
  const { value: length, next } = count(bytes, 0);
  const payload = bytes.subarray(next + 4, next + 4 + length);
  const covered = Uint8Array.of(...bytes.subarray(0, next), ...payload);
  const checksum = new DataView(bytes.buffer, bytes.byteOffset + next, 4).getUint32(0);
  if (crc32(covered) !== checksum) throw new LinkFault('damaged', 'the checksum is wrong');
  return payload;
}

/** How many characters follow the first one; NaN where not even that is there. */
function lengthOf(coded) {
  const head = bytesOf(coded.slice(0, 12));
  if (head.subarray(0, 4).every((byte) => byte >= 128) && head.length < 4) return Number.NaN;
  const { value, next } = count(head, 0);
  return Math.floor((4 * (next + 4 + value) + 2) / 3);
}

/** What belongs to the text, and the first character that does not, if more follow it. */
function lettersOf(given) {
  let text = given;
  for (let before; before !== text; ) {
    before = text;
    text = text.replace(/%([0-7][0-9a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  text = text
    .replace(/[\s\p{Cf}=]/gu, '')
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/^["'`(<[“„«‘]+/, '');
  const end = text.search(/[^\w-]/);
  if (end < 0) return { letters: text };
  const more = /[\w-]/.test(text.slice(end));
  const stranger = more ? new LinkFault('stranger', `${text[end]} does not belong here`) : undefined;
  return { letters: text.slice(0, end), stranger };
}

function bytesOf(coded) {
  const bytes = [];
  let bits = 0;
  let held = 0;
  for (const letter of coded) {
    bits = ((bits << 6) | ALPHABET.indexOf(letter)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 255);
    }
  }
  return Uint8Array.from(bytes);
}

/** Seven bits a byte, the lowest first. */
function count(bytes, at) {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) break;
    value += (byte & 127) * 128 ** i;
    if (byte < 128) return { value, next: at + i + 1 };
  }
  throw new LinkFault('damaged', 'a count does not end');
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

// --- the payload

/** The JSON, as bytes, of `size` and `body`. */
export function decompress(payload, dictionary) {
  const { value: size, next } = count(payload, 0);
  const body = payload.subarray(next);
  if (size > LIMIT) throw new LinkFault('large', `${size} bytes are too many`);
  if (size > 256 * body.length) throw new LinkFault('bomb', `${size} bytes cannot come out of ${body.length}`);
  const model = new Model(dictionary, size);
  const decoder = new Decoder(body);
  const bit = (one) => decoder.bit(one);
  for (let i = 0; i < size; i++) model.nextByte(bit, bit);
  return unfold(model.text.subarray(dictionary.length));
}

class Decoder {
  constructor(body) {
    this.body = body;
    this.at = 0;
    this.low = 0;
    this.high = 0xffffffff;
    this.number = 0;
    for (let i = 0; i < 4; i++) this.number = this.number * 256 + this.byte();
  }

  byte() {
    return this.body[this.at++] ?? 0;
  }

  bit(one) {
    const middle = this.low + Math.floor(((this.high - this.low) * one) / 65536);
    const result = this.number <= middle ? 1 : 0;
    if (result === 1) this.high = middle;
    else this.low = middle + 1;
    while (this.low >>> 24 === this.high >>> 24) {
      this.low = (this.low << 8) >>> 0;
      this.high = ((this.high << 8) | 255) >>> 0;
      this.number = ((this.number << 8) | this.byte()) >>> 0;
    }
    return result;
  }
}

// --- the model

const KNOTS = [
  22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11955, 17625, 24743, 32768, 40793, 47911, 53581,
  57724, 60565, 62428, 63615, 64357, 64816, 65097, 65269, 65374, 65438, 65476, 65500, 65514,
];

const SQUASH = Uint16Array.from({ length: 4096 }, (_, x) => {
  const k = x >> 7;
  const f = x & 127;
  return (KNOTS[k] * (128 - f) + KNOTS[k + 1] * f + 64) >> 7;
});

const STRETCH = Int16Array.from({ length: 4096 }, (_, p) => {
  let x = 0;
  while (x < 4095 && SQUASH[x] >> 4 < p) x++;
  return Math.max(x - 2048, -2047);
});

const NEXT = [0, 1].map((bit) =>
  Uint8Array.from({ length: 256 }, (_, history) => {
    const more = (n) => Math.min(n + 1, 15);
    const fewer = (n) => (n > 2 ? 1 + (n >> 1) : n);
    const zeros = history >> 4;
    const ones = history & 15;
    return bit === 1 ? (fewer(zeros) << 4) | more(ones) : (more(zeros) << 4) | fewer(ones);
  }),
);

function mix(a, b) {
  const x = Math.imul(((a << 13) | (a >>> 19)) ^ b, 0x9e3779b1) >>> 0;
  return (x ^ (x >>> 15)) >>> 0;
}

const towards = (p, bit, rate) => p + (((bit === 1 ? 65535 : 0) - p) >> rate);

class Model {
  constructor(dictionary, size) {
    let b = 12;
    while (b < 18 && 2 ** (b + 1) < dictionary.length + size) b++;
    this.mask = 2 ** b - 1;
    this.rows = [0, 1, 2, 3].map(() => new Uint8Array(16 * 2 ** b));
    this.odds = [0, 1, 2, 3].map(() =>
      Uint16Array.from({ length: 256 }, (_, history) => {
        const zeros = history >> 4;
        const ones = history & 15;
        return Math.floor((65535 * (2 * ones + 1)) / (2 * (zeros + ones) + 2));
      }),
    );
    this.bitHolds = Uint16Array.from({ length: 32 }, (_, i) => 40000 + 700 * i);
    this.byteHolds = new Uint16Array(32).fill(62000);
    this.weights = Array.from({ length: 256 }, () => new Int32Array(5).fill(20000));
    this.places = new Uint32Array(65536);
    this.place = 0;
    this.run = 0;
    this.characters = [0, 0, 0, 0];
    this.part = 0;
    this.missing = 0;
    this.word = 0;
    this.keys = [0, 0, 0, 0];
    this.text = new Uint8Array(dictionary.length + size);
    this.length = 0;
    for (const byte of dictionary) {
      let left = 8;
      this.nextByte(
        () => (byte >> --left) & 1,
        (_, expected) => (byte === expected ? 1 : 0),
      );
    }
  }

  /** `bit` finds the next bit, `hit` whether a repetition goes on. */
  nextByte(bit, hit) {
    let expected = this.run > 0 ? this.text[this.place] : undefined;
    if (this.run >= 20) {
      const i = Math.min(this.run, 511) >> 4;
      const goesOn = hit(this.byteHolds[i], expected);
      this.byteHolds[i] = towards(this.byteHolds[i], goesOn, 5);
      if (goesOn === 1) {
        this.push(expected);
        return;
      }
      this.run = 0;
      expected = undefined;
    }
    const [c1, c2, c3, c4] = this.characters;
    this.keys[0] = mix(this.part, c1);
    this.keys[1] = mix(this.keys[0], c2);
    this.keys[2] = mix(mix(this.keys[1], c3), c4);
    this.keys[3] = mix(mix(this.word, this.part), 0x7777);
    const node = this.fourBits(bit, this.fourBits(bit, 1, 0, expected), 4, expected);
    this.push(node & 255);
  }

  fourBits(bit, start, known, expected) {
    let node = start;
    const at = [0, 1, 2, 3].map((i) => {
      const h = mix(this.keys[i], node);
      const place = 16 * (h & this.mask);
      const rows = this.rows[i];
      if (rows[place] !== h >>> 24) {
        rows.fill(0, place, place + 16);
        rows[place] = h >>> 24;
      }
      return place;
    });
    let slot = 1;
    const histories = [0, 0, 0, 0];
    const inputs = [0, 0, 0, 0, 0];
    for (let n = known; n < known + 4; n++) {
      for (let i = 0; i < 4; i++) {
        histories[i] = this.rows[i][at[i] + slot];
        inputs[i] = STRETCH[this.odds[i][histories[i]] >> 4];
      }
      const agrees = expected !== undefined && (expected | 256) >> (8 - n) === node;
      const foreseen = (expected >> (7 - n)) & 1;
      const held = STRETCH[this.bitHolds[this.run] >> 4];
      inputs[4] = !agrees ? 0 : foreseen === 1 ? held : -held;
      const weights = this.weights[node];
      let sum = 0;
      for (let i = 0; i < 5; i++) sum = (sum + Math.imul(weights[i], inputs[i])) | 0;
      const one = SQUASH[Math.max(-2047, Math.min(2047, sum >> 16)) + 2048];
      const y = bit(one);
      const miss = 65536 * y - one;
      for (let i = 0; i < 5; i++) weights[i] += ((Math.imul(inputs[i], miss) + 32768) | 0) >> 16;
      for (let i = 0; i < 4; i++) {
        this.odds[i][histories[i]] = towards(this.odds[i][histories[i]], y, 6);
        this.rows[i][at[i] + slot] = NEXT[y][histories[i]];
      }
      if (agrees) this.bitHolds[this.run] = towards(this.bitHolds[this.run], y === foreseen ? 1 : 0, 6);
      slot = 2 * slot + y;
      node = 2 * node + y;
    }
    return node;
  }

  push(byte) {
    if (this.run > 0) {
      if (this.text[this.place] === byte) {
        this.place++;
        this.run++;
      } else {
        this.run = 0;
      }
    }
    this.text[this.length++] = byte;
    const character = this.character(byte);
    if (character !== undefined) {
      this.characters = [character, ...this.characters.slice(0, 3)];
      const lower = (character | 0x20) >>> 0;
      this.word = (lower >= 0x61 && lower <= 0x7a) || lower >= 0x80 ? mix(this.word, lower) : 0;
    }
    this.lookBack();
  }

  character(byte) {
    if (byte < 0x80) {
      this.part = 0;
      this.missing = 0;
      return byte;
    }
    if (byte >= 0xc0) {
      this.part = byte;
      this.missing = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
      return undefined;
    }
    if (this.missing === 0) return byte;
    this.part = ((this.part << 8) | byte) >>> 0;
    this.missing--;
    if (this.missing > 0) return undefined;
    const whole = this.part;
    this.part = 0;
    return whole;
  }

  lookBack() {
    const n = this.length;
    if (n < 5) return;
    const [first, ...rest] = this.text.subarray(n - 5, n);
    const last = rest.reduce((value, byte) => ((value << 8) | byte) >>> 0, 0);
    const i = mix(last, first) >>> 16;
    const found = this.places[i];
    this.places[i] = n;
    if (this.run > 0 || found === 0) return;
    let equal = 0;
    while (equal < 32 && equal < found && this.text[found - 1 - equal] === this.text[n - 1 - equal]) equal++;
    if (equal >= 5) {
      this.run = equal;
      this.place = found;
    }
  }
}

// --- lists of numbers

function unfold(folded) {
  const out = [];
  const write = (text) => {
    for (const letter of text) out.push(letter.charCodeAt(0));
  };
  let at = 0;
  while (at < folded.length) {
    const byte = folded[at++];
    if (byte !== 1) {
      out.push(byte);
      continue;
    }
    const kind = folded[at++];
    if (kind === 0) {
      out.push(1);
      continue;
    }
    if (!(kind <= 3)) throw new LinkFault('damaged', `no list of kind ${kind}`);
    const pairs = kind - 1;
    const { value: length, next } = count(folded, at);
    at = next;
    const numbers = [];
    for (let i = 0; i < length; i++) {
      let value = 0;
      let bytes = 0;
      for (;;) {
        const pair = folded[at++];
        if (pair === undefined || (pair & 127) > 99 || ++bytes > 7) throw new LinkFault('damaged', 'no number');
        value = value * 100 + (pair & 127);
        if (pair < 128) break;
      }
      const scale = 100 ** pairs;
      const rest = value % scale;
      const fraction = rest === 0 ? '' : `.${String(rest).padStart(2 * pairs, '0').replace(/0+$/, '')}`;
      numbers.push(`${Math.floor(value / scale)}${fraction}`);
    }
    write(`[${numbers.join(',')}]`);
    if (out.length > LIMIT) throw new LinkFault('large', 'too many numbers');
  }
  return Uint8Array.from(out);
}
