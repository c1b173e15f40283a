// How fast bytes become events: our decoder native and in wasm, and
// eventsource-parser with JSON.parse, on the same bytes.

import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startStatic } from '../../e2e/harness/static.mjs';
import { anthropic, chat } from '../../e2e/harness/wire.mjs';
import { ROOT, buildExample, run } from '../example.mjs';
import { tokens } from '../markdown.mjs';
import { buildPeers } from '../peers/build.mjs';

const OUT = path.join(ROOT, 'target/bench/decode');
const EXAMPLE = 'decode_throughput';
const SIZES = [16, 256, 4096, 65536];
const TOKENS = 40_000;

const BODIES = {
  openai_chat: () => [chat.start(), ...tokens(TOKENS).map((one) => chat.text(one)), chat.finish(), chat.usage(), chat.done()],
  anthropic: () => [
    anthropic.start(),
    anthropic.open(),
    ...tokens(TOKENS).map((one) => anthropic.text(one)),
    anthropic.shut(),
    anthropic.finish(),
    anthropic.stop(),
  ],
};

/** In the page: MB/s of one reader, the best of passes that take half a second. */
async function measureInPage({ reader, dialect, size }) {
  const bytes = new Uint8Array(await (await fetch(`${dialect}.sse`)).arrayBuffer());
  let decode;
  if (reader === 'wasm') {
    const glue = await import('./decode_throughput.js');
    await glue.default();
    decode = () => {
      const decoder = new glue.Throughput(dialect);
      for (let at = 0; at < bytes.length; at += size) decoder.push(bytes.subarray(at, at + size));
      return decoder.finish();
    };
  } else {
    const peer = await import('./decode.js');
    decode = () => peer.decode(dialect, bytes, size);
  }
  let length;
  let best = Infinity;
  const end = performance.now() + 700;
  do {
    const started = performance.now();
    length = decode();
    best = Math.min(best, performance.now() - started);
  } while (performance.now() < end);
  return { rate: bytes.length / 1e3 / best, length };
}

async function prepare() {
  console.error('   building the decoder alone, for wasm and for this machine (3 minutes the first time)');
  await mkdir(OUT, { recursive: true });
  for (const [dialect, body] of Object.entries(BODIES)) await writeFile(path.join(OUT, `${dialect}.sse`), body().join(''));
  await buildExample(EXAMPLE, OUT);
  await copyFile(path.join(await buildPeers(), 'decode.js'), path.join(OUT, 'decode.js'));
  await writeFile(path.join(OUT, 'index.html'), '<!doctype html><title>Decoders</title>');
  await run('cargo', ['build', '--locked', '--release', '--example', EXAMPLE]);
}

async function native(dialect, size) {
  const { stdout } = await run(path.join(ROOT, 'target/release/examples', EXAMPLE), [path.join(OUT, `${dialect}.sse`), dialect, String(size)]);
  const { rate, length } = JSON.parse(stdout);
  return { rate, length };
}

export async function decode(world, report) {
  report.theme(
    'Decoder throughput',
    'MB/s from bytes to events, best of several passes over the same bytes; wasm and eventsource-parser 4.1.3 with TextDecoder and JSON.parse in the same Chromium.',
  );
  await prepare();
  const site = await startStatic({ dir: OUT });
  const page = await world.browser.newPage();
  await page.goto(site.url);
  for (const dialect of Object.keys(BODIES)) {
    for (const size of SIZES) {
      const peer = await page.evaluate(measureInPage, { reader: 'peer', dialect, size });
      const wasm = await page.evaluate(measureInPage, { reader: 'wasm', dialect, size });
      const host = await native(dialect, size);
      if (new Set([peer.length, wasm.length, host.length]).size !== 1) {
        throw new Error(`the readers do not agree on ${dialect}: ${JSON.stringify({ peer, wasm, host })}`);
      }
      const beside = { name: 'peer', value: peer.rate };
      report.figure(`${dialect}, pieces of ${size} B, wasm`, wasm.rate, { unit: 'MB/s', digits: 0, beside });
      report.figure(`${dialect}, pieces of ${size} B, native`, host.rate, { unit: 'MB/s', digits: 0, beside });
    }
  }
  await page.close();
  await site.stop();
}
