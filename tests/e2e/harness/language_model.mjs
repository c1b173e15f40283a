// A STUB of ours of the Prompt API (`LanguageModel`), put into the page before it loads: the
// browser of these tests has no model. It is made from the explainer, with the names of today
// or (`old`) those from before 2026, and is no evidence of how a browser's model behaves.

/** Runs in the page. */
function install({ state, old, answer, thoughts, sampling, quota, hold }) {
  const stub = { state, creates: [], prompts: [], live: 0, most: 0, aborted: 0, downloads: 0, fail: null };
  window.__model = stub;
  const words = (text) => String(text).split(/\s+/).filter(Boolean).length;
  const size = (messages) => messages.reduce((sum, { content }) => sum + words(content), 0);
  const error = (name, fields = {}) => Object.assign(new DOMException(`the stub says ${name}`, name), fields);

  class LanguageModel extends EventTarget {
    static async availability() {
      return stub.state;
    }

    static async create({ signal, monitor, initialPrompts = [], ...rest } = {}) {
      signal?.throwIfAborted();
      stub.creates.push({ initialPrompts, ...rest });
      if (stub.state === 'downloadable') {
        if (!navigator.userActivation.isActive) throw error('NotAllowedError');
        stub.downloads += 1;
        stub.state = 'downloading';
        const target = new EventTarget();
        monitor?.(target);
        for (const loaded of [0, 0.42]) {
          target.dispatchEvent(new ProgressEvent('downloadprogress', { loaded, total: 1 }));
        }
        await new Promise((resolve) => (stub.finish = resolve));
        if (stub.fail) {
          stub.state = 'downloadable';
          throw error(stub.fail);
        }
        stub.state = 'available';
      }
      if (initialPrompts.slice(1).some(({ role }) => role === 'system')) throw new TypeError('a late system prompt');
      if (size(initialPrompts) > quota) throw error('QuotaExceededError', { requested: size(initialPrompts), quota });
      return new LanguageModel(initialPrompts);
    }

    constructor(initialPrompts) {
      super();
      this.used = size(initialPrompts);
      Object.defineProperty(this, old ? 'inputUsage' : 'contextUsage', { get: () => this.used });
      Object.defineProperty(this, old ? 'measureInputUsage' : 'measureContextUsage', { value: async (input) => size(input) });
    }

    promptStreaming(input, options = {}) {
      const { signal, responseConstraint } = options;
      stub.prompts.push({ input, responseConstraint });
      if (this.used + size(input) > quota) {
        return new ReadableStream({ start: (out) => out.error(error('QuotaExceededError', { requested: this.used + size(input), quota })) });
      }
      stub.live += 1;
      stub.most = Math.max(stub.most, stub.live);
      const session = this;
      return new ReadableStream({
        async start(out) {
          const stop = new Promise((_, fail) => signal?.addEventListener('abort', () => fail(signal.reason)));
          stop.catch(() => {});
          try {
            if (thoughts) out.enqueue({ type: 'thought', value: thoughts });
            for (const part of answer) {
              await Promise.race([new Promise((resolve) => setTimeout(resolve, 5)), stop]);
              out.enqueue(thoughts ? { type: 'text', value: part } : part);
            }
            if (hold) await stop;
            session.used += size(input) + words(answer.join(''));
            out.close();
          } catch (why) {
            stub.aborted += 1;
            out.error(why);
          } finally {
            stub.live -= 1;
          }
        },
      });
    }

    destroy() {}
  }
  if (sampling) LanguageModel.params = async () => ({ defaultTemperature: 1, maxTemperature: 2, defaultTopK: 3, maxTopK: 8 });
  Object.defineProperty(window, 'LanguageModel', { configurable: true, value: LanguageModel });
}

/** For `prepare` of a scene: the page has the stub, or with `null` no such interface. */
export function languageModel(options = {}) {
  const { state = 'available', old = false, answer = ['The sky ', 'scatters ', 'blue light.'], thoughts = '', sampling = false, quota = 1000, hold = false } = options;
  return (page) => page.addInitScript(install, { state, old, answer, thoughts, sampling, quota, hold });
}

/** The page has no such interface, whatever this browser brings. */
export function noLanguageModel() {
  return (page) =>
    page.addInitScript(() => {
      delete window.LanguageModel;
      Object.defineProperty(window, 'LanguageModel', { configurable: true, value: undefined });
    });
}
