// Fetches model files from the page's own host and keeps them in the browser's cache, so
// that a reload does not fetch them again.

const STORE = "touchstone-models-1";
/** What tells whether the host's file is still the stored one. */
const VALIDATORS = ["etag", "last-modified", "content-length"];

// No Cache API on insecure origins other than this machine, nor in some private modes.
const open = () => (globalThis.caches ? caches.open(STORE).catch(() => null) : null);

/** Whether this file can be had: "there", "missing", or "offline" where nothing answered. */
export async function check(url) {
  const store = await open();
  if (await store?.match(url)) return "there";
  const head = await ask(url);
  return head ? (has(head) ? "there" : "missing") : "offline";
}

/** The names in `index.json` of the folder; that file may be absent. */
export async function list(folder) {
  try {
    const reply = await fetch(new URL("index.json", folder), { cache: "no-store" });
    const names = has(reply) ? (await reply.json()).models : [];
    return names.filter((name) => typeof name === "string");
  } catch {
    return [];
  }
}

/** How many bytes of models are stored. */
export async function stored() {
  const store = await open();
  let bytes = 0;
  for (const key of (await store?.keys()) ?? []) {
    const reply = await store.match(key);
    bytes += (await reply?.blob())?.size ?? 0;
  }
  return bytes;
}

/** Removes every stored model. */
export async function forget() {
  await globalThis.caches?.delete(STORE);
}

const ask = (url) => fetch(url, { method: "HEAD", cache: "no-store" }).catch(() => null);

/** Hosts of single-page apps answer a missing file with their page. */
const has = (reply) => reply.ok && !(reply.headers.get("content-type") ?? "").startsWith("text/html");

/**
 * The file at `url`, stored or fetched. `tell(done, total)` reports bytes, the total as 0
 * where it is unknown. Throws `new Fault(code, detail)`, or what an abort throws.
 */
export async function fetchModel(url, max, tell, signal, Fault) {
  const [store, head] = await Promise.all([open(), ask(url)]);
  const stored = await store?.match(url);
  // A stored model serves without a network, and where the host has lost the file.
  if (stored && (!head || !has(head) || isSame(stored, head))) return stored.blob();
  if (!head) throw new Fault("download");
  if (!has(head)) throw new Fault("missing");
  const reply = await fetch(url, { cache: "no-store", signal }).catch((error) => {
    throw signal.aborted ? error : new Fault("download");
  });
  if (!has(reply) || !reply.body) throw new Fault("missing");
  // The length of a packed body is not that of the file.
  const total = reply.headers.has("content-encoding") ? 0 : Number(reply.headers.get("content-length") ?? 0);
  if (total > max) throw new Fault("too_big", String(total));
  const file = await read(reply.body, total, tell, signal, Fault);
  if (total && file.size !== total) throw new Fault("download");
  const headers = VALIDATORS.filter((name) => reply.headers.has(name)).map((name) => [name, reply.headers.get(name)]);
  // Where there is no room the model still runs, once.
  await store?.put(url, new Response(file, { headers })).catch(() => {});
  return file;
}

const isSame = (stored, head) => VALIDATORS.every((name) => stored.headers.get(name) === head.headers.get(name));

async function read(body, total, tell, signal, Fault) {
  let done = 0;
  let isModel = true;
  const count = new TransformStream({
    transform(chunk, out) {
      if (done === 0) isModel = new TextDecoder().decode(chunk.subarray(0, 4)) === "GGUF";
      // Whatever is no model is not fetched to its end.
      if (!isModel) return out.error(new Error());
      done += chunk.byteLength;
      tell(done, total);
      out.enqueue(chunk);
    },
  });
  try {
    return await new Response(body.pipeThrough(count)).blob();
  } catch (error) {
    if (!isModel) throw new Fault("not_gguf");
    throw signal.aborted ? error : new Fault("download");
  }
}
