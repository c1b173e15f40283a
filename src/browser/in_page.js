// What the modules share that run models in the page or in the browser.

/** Errors carry a code of the Rust side's fault and the words of whatever failed. */
export class Fault extends Error {
  constructor(code, detail = "") {
    super(detail);
    this.code = code;
  }
}

/** Rejects when `signal` aborts; for races. */
export function abortOf(signal) {
  const abort = new Promise((_, fail) => {
    signal.addEventListener("abort", () => fail(new DOMException("", "AbortError")));
  });
  abort.catch(() => {});
  return abort;
}

/** A web Response whose body is an event stream, with what writes to it. A stop breaks the body off. */
export function openReply(signal) {
  const utf8 = new TextEncoder();
  let out;
  const body = new ReadableStream({ start: (controller) => (out = controller) });
  signal.addEventListener("abort", () => out.error(new DOMException("", "AbortError")));
  return {
    response: new Response(body, { headers: { "content-type": "text/event-stream" } }),
    send(text) {
      if (!signal.aborted) out.enqueue(utf8.encode(`${text}\n\n`));
    },
    close() {
      if (!signal.aborted) out.close();
    },
  };
}
