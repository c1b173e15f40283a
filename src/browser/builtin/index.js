// Runs the model that the browser itself has (Prompt API, `LanguageModel`).
// Loaded on demand by boot.js; src/browser/builtin.rs calls it.
//
// As in device/index.js, `ready` gets the model into memory and waits until it is idle, and
// `run` answers one Chat Completions request as a web Response whose body is an event stream.
// Members of the API that have been renamed are read under both names. Its faults carry a
// code of core::built_in::BuiltInFault and the browser's words.
import { Fault, abortOf, openReply } from "../in_page.js";

/** Keeps the model in memory between runs: { stop, promise }. */
let warm = null;
/** Settles when the last answer has let go of the model. */
let idle = Promise.resolve();
let answers = 0;

const api = () => globalThis.LanguageModel;

/**
 * Resolves when the model is loaded and idle. `tell(percent)` hears how far a download is,
 * which begins only if `download` says that the person asked for one.
 */
export async function ready(download, tell, signal) {
  signal.throwIfAborted();
  const leave = abortOf(signal);
  await Promise.race([idle, leave]);
  if (!api()) throw new Fault("absent");
  if (warm) return Promise.race([warm.promise, leave]);
  const state = await Promise.race([api().availability(), leave]);
  if (state === "unavailable" || state === "no") throw new Fault("unavailable");
  if (!download && state !== "available" && state !== "readily") throw new Fault("not_downloaded");
  const load = { stop: new AbortController() };
  load.promise = loadModel(load.stop.signal, tell);
  load.promise.catch(() => warm === load && (warm = null));
  warm = load;
  try {
    await Promise.race([load.promise, leave]);
  } catch (error) {
    if (signal.aborted) load.stop.abort();
    throw error;
  }
}

async function loadModel(signal, tell) {
  const monitor = (target) => {
    target.addEventListener("downloadprogress", ({ loaded, total }) => {
      // A share of one, or in older versions bytes.
      tell(Math.min(100, (loaded / (total > 1 ? total : 1)) * 100));
    });
  };
  try {
    return await api().create({ signal, monitor });
  } catch (error) {
    if (error?.name === "AbortError") throw error;
    // It downloads only right after a click.
    if (error?.name === "NotAllowedError") throw new Fault("not_downloaded", error.message);
    if (error?.name === "NotSupportedError") throw new Fault("unavailable", error.message);
    if (error?.name === "NetworkError") throw new Fault("download", error.message);
    throw new Fault("load", `${error?.name ?? "Error"}: ${error?.message ?? error}`);
  }
}

/** Answers a Chat Completions request (its JSON). A stop breaks the body off. */
export function run(request, signal) {
  const id = `chatcmpl-built-in-${(answers += 1)}`;
  const { response, send, close } = openReply(signal);
  const chunk = (fields) => send(`data: ${JSON.stringify({ id, object: "chat.completion.chunk", ...fields })}`);
  idle = answer(JSON.parse(request), signal, chunk).then(
    () => {
      send("data: [DONE]");
      close();
    },
    (error) => {
      if (signal.aborted) return;
      send(`data: ${JSON.stringify({ error: named(error) })}`);
      close();
    },
  );
  return response;
}

async function answer(asked, signal, chunk) {
  const messages = asked.messages.map(({ role, content }) => ({ role, content: textOf(content) }));
  const prompt = messages.pop();
  const session = await api().create({ signal, initialPrompts: messages, ...(await sampling(asked)) });
  try {
    let overflowed = false;
    for (const event of ["contextoverflow", "quotaoverflow"]) {
      session.addEventListener?.(event, () => (overflowed = true));
    }
    const used = () => session.contextUsage ?? session.inputUsage;
    const before = used();
    const input = [prompt];
    const measured = measure(session, input, signal);
    const schema = asked.response_format?.json_schema?.schema;
    const options = schema ? { signal, responseConstraint: schema } : { signal };
    const reader = session.promptStreaming(input, options).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const delta = deltaOf(value);
      if (delta) chunk({ choices: [{ index: 0, delta }] });
    }
    chunk({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
    // What was dropped from the context can no longer be told from what was counted.
    const usage = overflowed ? null : usageOf(before, await measured, used());
    if (usage) chunk({ choices: [], usage });
  } finally {
    session.destroy?.();
  }
}

/** Text, or parts of a message; thinking comes as a part of its own. */
function deltaOf(value) {
  if (typeof value === "string") return { content: value };
  if (value?.type === "text") return { content: value.value };
  if (value?.type === "thought") return { reasoning_content: value.value };
  return null;
}

function textOf(content) {
  if (typeof content === "string") return content;
  const other = content.find((part) => part.type !== "text");
  if (other) throw refused("messages", `NotSupportedError: ${other.type}`);
  return content.map((part) => part.text).join("\n");
}

/** Temperature and top k, where the browser takes them; it wants both or neither. */
async function sampling({ temperature, top_k: topK }) {
  if (temperature === undefined && topK === undefined) return {};
  const limits = await api().params?.();
  if (!limits) throw refused(temperature === undefined ? "top_k" : "temperature", "NotSupportedError");
  return { temperature: temperature ?? limits.defaultTemperature, topK: topK ?? limits.defaultTopK };
}

/** The tokens of the prompt; begun beside the answer, so that nobody waits for it. */
function measure(session, input, signal) {
  const name = session.measureContextUsage ? "measureContextUsage" : "measureInputUsage";
  return Promise.resolve(session[name]?.(input, { signal })).catch(() => undefined);
}

/** Counts that are not known are left out; none is ever shown as 0. */
function usageOf(before, prompt, after) {
  const input = before + prompt;
  if (!(input > 0) || !Number.isFinite(input)) return null;
  const usage = { prompt_tokens: Math.round(input) };
  if (after > input) usage.completion_tokens = Math.round(after - input);
  return usage;
}

function refused(param, message) {
  return Object.assign(new Error(message), { refused: param });
}

/** The browser's error in the form of a provider's. */
function named(error) {
  const name = error?.name ?? "Error";
  const message = error?.message || name;
  if (error?.refused) return { message, param: error.refused, code: "invalid_request_error" };
  if (name === "QuotaExceededError") {
    const figures = error.requested > 0 && error.quota > 0 ? ` (${error.requested} / ${error.quota})` : "";
    return { message: message + figures, code: "context_length_exceeded" };
  }
  if (name === "NotReadableError") return { message, code: "content_filter" };
  if (["NotSupportedError", "TypeError", "SyntaxError"].includes(name)) return { message, code: "invalid_request_error" };
  return { message: `${name}: ${message}`, type: "server_error" };
}
