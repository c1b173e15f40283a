// Whether the page stands still while answers grow: the browser's own account of
// layout shifts, and where the fixed parts are in every frame.

/** Parts that must keep their place and size; `size: false` for those of a text's width. */
const PARTS = {
  '.bar': true,
  '.score': true,
  '.score th': true,
  '.score td': true,
  '.tabs button': true,
  '.pane': true,
  '.pane-head': true,
  '.pane-head button': false,
  '.streak': true,
  '.axis': true,
  '.figures': true,
  '.figure': true,
  '.pane-body': true,
  '.composer': true,
  '.prompt': true,
  '.composer-note': false,
  '.chips': true,
  '.chip': true,
  '[data-testid=run]': true,
  '.replay': true,
  '.replay-of': true,
  '.replay-play': true,
  '.replay-line': true,
  '.replay-time': true,
  '.replay .select': true,
};

/** Starts watching. */
export function watchStillness(page) {
  return page.evaluate((parts) => {
    const name = (one) => {
      const element = one?.nodeType === 3 ? one.parentElement : one;
      if (!element) return 'a node that has gone';
      const mark = element.dataset?.testid ?? element.className?.toString() ?? '';
      const pane = element.closest?.('.pane');
      const place = pane ? `pane ${[...pane.parentElement.children].indexOf(pane)} ` : '';
      return `${place}${element.tagName.toLowerCase()}.${mark} ${(element.textContent ?? '').trim().slice(0, 24)}`;
    };
    const state = { shifts: [], moves: [], frames: 0, on: true };
    window.__stillness = state;
    const took = (entries) => {
      for (const entry of entries) {
        for (const { node, previousRect: from, currentRect: to } of entry.sources) {
          const element = node?.nodeType === 3 ? node.parentElement : node;
          // What has left the page cannot be told; its place was taken by another.
          // What grows may move, and so may a figure or a drawing to scale within its
          // own box: the boxes themselves are looked at in every frame.
          if (!element || element.closest('.answer, .thinking, .raw, .track, .axis, .figure, .score td')) continue;
          state.shifts.push(`${name(node)}: ${from.x},${from.y} ${from.width}×${from.height} to ${to.x},${to.y} ${to.width}×${to.height}`);
        }
      }
    };
    state.observer = new PerformanceObserver((list) => took(list.getEntries()));
    state.observer.observe({ type: 'layout-shift', buffered: false });
    const places = new WeakMap();
    const look = () => {
      if (!state.on) return;
      state.frames += 1;
      for (const [selector, sized] of Object.entries(parts)) {
        for (const one of document.querySelectorAll(selector)) {
          const { x, y, width, height } = one.getBoundingClientRect();
          if (width === 0) continue;
          const now = sized ? [x, y, width, height] : [x, y];
          const before = places.get(one);
          if (before?.some((value, at) => Math.abs(value - now[at]) > 0.5)) {
            state.moves.push(`${selector}: ${name(one)}: ${before.map(Math.round)} to ${now.map(Math.round)}`);
          }
          places.set(one, now);
        }
      }
      requestAnimationFrame(look);
    };
    look();
    state.finish = () => {
      took(state.observer.takeRecords());
      state.observer.disconnect();
      state.on = false;
    };
  }, PARTS);
}

/** Stops watching; returns `{ shifts, moves, frames }`, sentences each. */
export function stillness(page) {
  return page.evaluate(() => {
    const { shifts, moves, frames, finish } = window.__stillness;
    finish();
    return { shifts: [...new Set(shifts)], moves: [...new Set(moves)], frames };
  });
}
