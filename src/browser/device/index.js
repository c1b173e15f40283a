// Runs a GGUF model in the page with wllama (llama.cpp as wasm, in a worker).
// Loaded on demand by boot.js; src/browser/device.rs calls it.
//
// There is one instance. `ready` loads a model unless it is there already and waits until
// it is idle; `run` then answers one Chat Completions request as a web Response whose body
// is an event stream, so that whoever reads it cannot tell it from a server's.
//
/*! With wllama 3.8.1, which holds llama.cpp. MIT License, Copyright (c) 2024 Xuan Son
 * NGUYEN; llama.cpp: Copyright (c) 2023-2026 The ggml authors. */
import { LoggerWithoutDebug, Wllama } from "@wllama/wllama";
// Its faults carry a code of core::device::DeviceFault and, where there are any, llama.cpp's words.
import { Fault, abortOf, openReply } from "../in_page.js";
import { fetchModel } from "./store.js";

export { check, forget, list, stored } from "./store.js";

// Prompts are read in steps of this many tokens: a stop takes effect between two of them.
const BATCH = 32;
// Larger contexts take memory that small machines lack.
const CONTEXT = 4096;
// llama.cpp in wllama reads no larger file.
const MAX_FILE = 2 ** 31 - 1;

/** Files that the person picked, by name; they live as long as the page. */
const picked = new Map();
/** The model on its way: { name, own, waiters, stop, promise }; `own` is the picked file, if it is one. */
let current = null;
/** The loaded model: { name, own, wllama }. */
let loaded = null;
/** Settles when the last answer has let go of the instance. */
let idle = Promise.resolve();
let answers = 0;

const isGguf = async (file) => (await file.slice(0, 4).text()) === "GGUF";

/** Remembers a file of the person's under this name, in place of another of that name; whether it is a model. */
export async function add(name, file) {
  if (!(await isGguf(file))) return false;
  // One of that name that is loaded goes on answering; the next `ready` sees that it is another.
  picked.set(name, file);
  return true;
}

const isOf = (model, name) => model?.name === name && model.own === picked.get(name);

/**
 * Resolves when `name` is loaded and idle. `url` is where the host keeps it, `wasm` where
 * wllama's wasm is. `tell(stage, done, total)` reports bytes: stage 0 fetches, 1 loads; the
 * total is 0 where it is unknown. Several calls for one model share its loading, which
 * stops when all of them have been aborted.
 */
export async function ready(name, url, wasm, tell, signal) {
  signal.throwIfAborted();
  const waiter = { tell };
  let load = null;
  const leave = new Promise((_, fail) => {
    signal.addEventListener("abort", () => {
      load?.waiters.delete(waiter);
      // The next pane in the queue may be about to ask for the same model.
      setTimeout(() => load?.waiters.size === 0 && load.stop.abort(), 0);
      fail(new DOMException("", "AbortError"));
    });
  });
  leave.catch(() => {});
  await Promise.race([idle, leave]);
  signal.throwIfAborted();
  if (isOf(loaded, name)) return;
  // One that nobody waits for any more is about to end as stopped.
  if (!isOf(current, name) || current.stop.signal.aborted) current = begin(name, url, wasm);
  load = current;
  load.waiters.add(waiter);
  await Promise.race([load.promise, leave]);
}

function begin(name, url, wasm) {
  const before = current;
  before?.stop.abort();
  const load = { name, own: picked.get(name), waiters: new Set(), stop: new AbortController() };
  const tell = (stage, done, total) => {
    for (const waiter of load.waiters) waiter.tell(stage, done, total);
  };
  const settled = before?.promise.catch(() => {}) ?? Promise.resolve();
  load.promise = settled
    .then(() => loadModel(load, url, wasm, tell))
    .finally(() => {
      if (current === load) current = null;
    });
  load.promise.catch(() => {});
  return load;
}

async function loadModel({ name, own, stop: { signal } }, url, wasm, tell) {
  // The last answer may have begun while this waited for its turn.
  await idle;
  unload();
  if (!runsHere()) throw new Fault("browser");
  const file = own ?? (await fetchModel(url, MAX_FILE, (done, total) => tell(0, done, total), signal, Fault));
  if (file.size > MAX_FILE) throw new Fault("too_big", String(file.size));
  if (!(await isGguf(file))) throw new Fault("not_gguf");
  const wllama = await start(new Watched(file, (done) => tell(1, done, file.size)), wasm, signal);
  loaded = { name, own, wllama };
}

/** A file that tells how far it was read. */
class Watched extends Blob {
  #tell;
  #read = 0;

  constructor(file, tell) {
    super([file]);
    this.#tell = tell;
  }

  slice(from, to, type) {
    if (to > this.#read) this.#tell((this.#read = Math.min(to, this.size)));
    return super.slice(from, to, type);
  }

  stream() {
    const count = new TransformStream({
      transform: (chunk, out) => {
        this.#tell((this.#read += chunk.byteLength));
        out.enqueue(chunk);
      },
    });
    return super.stream().pipeThrough(count);
  }
}

async function start(file, wasm, signal) {
  const logs = [];
  let crash;
  const crashed = new Promise((_, fail) => (crash = fail));
  crashed.catch(() => {});
  const log = (...words) => logs.push(words.map(String).join(" ")) > 50 && logs.shift();
  const logger = {
    ...LoggerWithoutDebug,
    log,
    warn: log,
    // A worker that cannot start says so here and nowhere else.
    error: (...words) => {
      log(...words);
      if (words[0] instanceof Event) crash(new Fault("load", words[0].message ?? "the worker did not start"));
    },
  };
  const wllama = new Wllama({ default: wasm }, { logger });
  // Without this, browsers that lack a feature would fetch another build from elsewhere.
  wllama.setCompat(null);
  const stopped = abortOf(signal);
  try {
    signal.throwIfAborted();
    // On the processor, one sequence: the same arithmetic everywhere, the least memory.
    const options = { n_ctx: CONTEXT, n_batch: BATCH, n_ubatch: BATCH, n_gpu_layers: 0, n_parallel: 1 };
    await Promise.race([wllama.loadModel([file], options), crashed, stopped]);
    // wllama says that a model is loaded where llama.cpp refused it.
    if (!wllama.getModelMetadata().hparams.nVocab) throw new Fault("load");
  } catch (error) {
    await wllama.exit();
    if (error?.name === "AbortError") throw error;
    if (error instanceof Fault && error.message) throw error;
    throw new Fault("load", [wordsOf(logs), error?.message].filter(Boolean).join(" · "));
  }
  return wllama;
}

/** What llama.cpp said about a model that it refused. */
function wordsOf(logs) {
  const line = logs.findLast((line) => /error loading model/.test(line));
  return line?.replace(/^.*error loading model:\s*/, "").trim() ?? "";
}

function unload() {
  loaded?.wllama.exit();
  loaded = null;
}

/** Whether this browser has the wasm features that llama.cpp was built with. */
function runsHere() {
  try {
    return Boolean(new WebAssembly.Memory({ address: "i64", initial: 1n }));
  } catch {
    return false;
  }
}

/**
 * Answers a Chat Completions request (its JSON) on the loaded model. The Response is there
 * at once: from now on the model reads the prompt. A stop breaks the body off.
 */
export function run(request, signal) {
  const { name, wllama } = loaded;
  const id = `chatcmpl-in-page-${(answers += 1)}`;
  const { response, send, close } = openReply(signal);
  const onData = (chunk) => {
    const progress = chunk.prompt_progress;
    // Keeps the stream alive through a long prompt, as a server's comment would.
    if (progress) return send(`: read ${progress.processed} of ${progress.total} tokens of the prompt`);
    send(`data: ${JSON.stringify({ ...chunk, id, model: name })}`);
  };
  const options = {
    ...JSON.parse(request),
    stream: true,
    stream_options: { include_usage: true },
    // Every run reads its prompt itself, or the first pane would pay for the others.
    cache_prompt: false,
    return_progress: true,
    abortSignal: signal,
    onData,
  };
  idle = wllama.createChatCompletion(options).then(
    () => {
      send("data: [DONE]");
      close();
    },
    (error) => {
      if (error?.name === "AbortError") return;
      // A wasm that has crashed answers no more.
      if (error?.type !== "inference_error") unload();
      send(`data: ${JSON.stringify({ error: { message: error?.message ?? String(error), type: error?.type ?? "crash" } })}`);
      close();
    },
  );
  return response;
}
