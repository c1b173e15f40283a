// The document that is streamed: headings, prose with marks, lists, tables, code
// and quotes, as long answers of models hold them. Deterministic, so that every
// run and every reader gets the same bytes.

const WORDS =
  'stream token latency measure clock reader frame paint layout answer model request buffer chunk header parser median window signal socket'.split(' ');

/** A sentence of `count` words that differs with `seed`. */
function sentence(seed, count) {
  const words = Array.from({ length: count }, (_, at) => WORDS[(seed * 7 + at * at + at * 3) % WORDS.length]);
  words[0] = words[0][0].toUpperCase() + words[0].slice(1);
  if (count > 6) words[3] = `**${words[3]}**`;
  if (count > 8) words[6] = `\`${words[6]}_${seed}\``;
  if (count > 10) words[9] = `[${words[9]}](https://example.com/${seed})`;
  return `${words.join(' ')}.`;
}

const paragraph = (seed, sentences) =>
  Array.from({ length: sentences }, (_, at) => sentence(seed + at, 9 + ((seed + at) % 7))).join(' ');

const list = (seed, items) =>
  Array.from({ length: items }, (_, at) => {
    const nested = at % 3 === 1 ? `\n   - ${sentence(seed + at, 6)}\n   - ${sentence(seed + at + 1, 7)}` : '';
    return `${at + 1}. ${sentence(seed + at, 10)}${nested}`;
  }).join('\n');

const table = (seed, rows) =>
  ['| way | time | memory | good for |', '|---|---:|---|---|']
    .concat(Array.from({ length: rows }, (_, at) => `| ${WORDS[(seed + at) % WORDS.length]} | ${seed * 3 + at} ms | \`O(n)\` | ${sentence(seed + at, 5)} |`))
    .join('\n');

const code = (seed) => `\`\`\`rust
/// Reads what has come so far, number ${seed}.
pub fn read_${seed}(input: &[u8], limit: usize) -> Option<Vec<u64>> {
    let mut out = Vec::with_capacity(limit);
    for (at, byte) in input.iter().enumerate().take(limit) {
        if *byte == b'\\n' {
            continue; // a line end is no number
        }
        out.push(u64::from(*byte) * ${seed} + at as u64);
    }
    (!out.is_empty()).then_some(out)
}
\`\`\``;

const section = (seed) =>
  [
    `## ${seed}. ${sentence(seed, 5)}`,
    paragraph(seed, 4),
    list(seed, 5),
    paragraph(seed + 3, 3),
    code(seed),
    `> ${sentence(seed + 5, 12)}`,
    `### ${sentence(seed + 1, 4)}`,
    table(seed, 6),
    paragraph(seed + 8, 2),
  ].join('\n\n');

/** Pieces the size of tokens: a word's first or next four characters. */
const pieces = (text) => text.match(/\s*[^\s]{1,5}|\s+/g) ?? [];

/** The first `count` tokens of the document. */
export function tokens(count) {
  const out = [];
  for (let seed = 1; out.length < count; seed += 1) out.push(...pieces(`${section(seed)}\n\n`));
  return out.slice(0, count);
}
