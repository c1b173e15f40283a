// Waiting by looking, never by sleeping for a fixed time.

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Calls `look` until it returns something truthy, and returns that.
 * What `look` throws is kept and told if the time runs out.
 * The longer it waits, the less often it looks: to look is work for the page that it waits for.
 */
export async function until(look, { timeout = 30_000, every = 20, what = 'the condition' } = {}) {
  const end = Date.now() + timeout;
  let last;
  let next = every;
  for (;;) {
    try {
      const value = await look();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      const why = last ? ` (last error: ${last.message})` : '';
      throw new Error(`waited ${timeout} ms for ${what}${why}`);
    }
    await pause(next);
    next = Math.min(next * 1.2, Math.max(every, 50));
  }
}

/** A promise with its own key: `open()` lets everybody through who waits on `opened`. */
export function gate() {
  let open;
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

export { pause };
