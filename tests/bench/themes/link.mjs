// How short links are beside lz-string and deflate, and how long packing takes.

import { copyFile, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import lz from 'lz-string';
import { startStatic } from '../../e2e/harness/static.mjs';
import { ROOT, buildExample } from '../example.mjs';
import { buildPeers } from '../peers/build.mjs';
import { median } from '../stats.mjs';

const OUT = path.join(ROOT, 'target/bench/link');
const EXAMPLE = 'link_codec';
const DOCUMENTS = path.join(ROOT, 'tests/fixtures/links/v1');
const LARGE = 'result-eight-panes';

/** The 20 documents that stand for what people share; the odd ones are for tests. */
async function documents() {
  const names = (await readdir(DOCUMENTS)).filter((name) => /^(recipe|result)-.*\.json$/.test(name)).sort();
  const read = async (name) => [path.basename(name, '.json'), await readFile(path.join(DOCUMENTS, name), 'utf8')];
  return new Map(await Promise.all(names.map(read)));
}

/** The same without the arrival of every chunk. */
function withoutChunks(json) {
  const strip = (key, value) => (key === 'chunks' ? undefined : value);
  return JSON.stringify(JSON.parse(json, strip));
}

/** In the page: the shortest times in ms to pack and to unpack, and the first ones. */
async function measureInPage({ reader, json }) {
  let packer;
  if (reader === 'ours') {
    packer = await import('./link_codec.js');
    await packer.default();
  } else {
    packer = await import('./lz.js');
  }
  const timed = (work) => {
    const started = performance.now();
    return [work(), performance.now() - started];
  };
  const times = { pack: [], unpack: [] };
  let text;
  for (let turn = 0; turn < 25; turn++) {
    const [packed, pack] = timed(() => packer.pack(json));
    const [back, unpack] = timed(() => packer.unpack(packed));
    if (back.length !== json.length) throw new Error(`${reader} lost something`);
    times.pack.push(pack);
    times.unpack.push(unpack);
    text = packed;
  }
  const best = (list) => Math.min(...list);
  return { letters: text.length, pack: best(times.pack), unpack: best(times.unpack), first: times.unpack[0] };
}

/** Raw deflate at its best, as base64url. */
const deflated = (json) => Math.ceil((deflateRawSync(json, { level: 9 }).length * 4) / 3);

/** Prints the lengths; gives the ratios. */
async function compareLengths(page, report) {
  const rows = [];
  const ratios = { lz: [], deflate: [] };
  for (const [name, json] of await documents()) {
    const ours = await page.evaluate(async (json) => {
      const packer = await import('./link_codec.js');
      await packer.default();
      return packer.pack(json).length;
    }, json);
    const beside = { lz: lz.compressToEncodedURIComponent(json).length, deflate: deflated(json) };
    ratios.lz.push(ours / beside.lz);
    ratios.deflate.push(ours / beside.deflate);
    const cells = [name, Buffer.byteLength(json), ours, beside.lz, beside.deflate, (ours / beside.lz).toFixed(2)];
    rows.push(`| ${cells.join(' | ')} |`);
  }
  const head = ['| document | JSON, B | link, characters | lz-string | deflate | of lz-string |', '|---|---:|---:|---:|---:|---:|'];
  report.note([...head, ...rows].join('\n'));
  return ratios;
}

export async function link(world, report) {
  report.theme(
    'Links',
    'Characters of 20 documents as links (recipes and results; English, Hindi, code) beside lz-string 1.5.0 for addresses and raw deflate (level 9) as base64url; milliseconds in the same Chromium, best of 25.',
  );
  console.error('   building the packer alone, for wasm (3 minutes the first time)');
  await buildExample(EXAMPLE, OUT);
  await copyFile(path.join(await buildPeers(), 'lz.js'), path.join(OUT, 'lz.js'));
  await writeFile(path.join(OUT, 'index.html'), '<!doctype html><title>Links</title>');
  const site = await startStatic({ dir: OUT });
  const page = await world.browser.newPage();
  await page.goto(site.url);
  const { lz: ofLz, deflate: ofDeflate } = await compareLengths(page, report);
  report.figure('length beside lz-string, median', median(ofLz), { digits: 2, goal: { most: 0.75 } });
  report.figure('length beside deflate, worst', Math.max(...ofDeflate), { digits: 2, goal: { most: 1 } });
  const whole = (await documents()).get(LARGE);
  for (const [what, json] of [['8 × 4 kB with chunk times', whole], ['8 × 4 kB', withoutChunks(whole)]]) {
    const ours = await page.evaluate(measureInPage, { reader: 'ours', json });
    const peer = await page.evaluate(measureInPage, { reader: 'lz-string', json });
    const options = (value) => ({ unit: 'ms', beside: { name: 'lz-string', value }, goal: { most: 20 } });
    report.figure(`${what}, packed`, ours.pack, options(peer.pack));
    report.figure(`${what}, unpacked`, ours.unpack, options(peer.unpack));
    report.figure(`${what}, unpacked for the first time`, ours.first, { unit: 'ms', beside: { name: 'lz-string', value: peer.first } });
  }
  await page.close();
  await site.stop();
}
