// Bundles the peers, as an app that uses them would, into target/bench/peers.

import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The folder with the bundled peers: `page.html` and their modules. */
export async function buildPeers() {
  const outdir = here('../../../target/bench/peers');
  await mkdir(outdir, { recursive: true });
  await build({
    entryPoints: [here('streamdown.jsx'), here('decode.js'), here('lz.js')],
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    jsx: 'automatic',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  await copyFile(here('page.html'), path.join(outdir, 'index.html'));
  return outdir;
}
