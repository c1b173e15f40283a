// What the main thread did while something ran: frames and long tasks as the page
// sees them, and the times that the browser itself keeps.

import { quantile } from './stats.mjs';

/** Begins to note frames and long tasks in the page. */
function startNotes() {
  const notes = { frames: [], long: [] };
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) notes.long.push(entry.duration);
  });
  observer.observe({ type: 'longtask' });
  let before;
  let on = true;
  const tick = (now) => {
    if (before !== undefined) notes.frames.push(now - before);
    before = now;
    if (on) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  window.__stopNotes = () => {
    on = false;
    for (const entry of observer.takeRecords()) notes.long.push(entry.duration);
    observer.disconnect();
    return notes;
  };
}

const KEPT = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration', 'TaskDuration', 'V8CompileDuration'];

async function kept(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const all = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  return Object.fromEntries(KEPT.map((name) => [name, all[name] ?? NaN]));
}

/**
 * Runs `act` and gives what it cost the page's main thread: frame quantiles and
 * long tasks in ms; script, layout, style and all tasks in s.
 */
export async function metered(page, act) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' }).catch(() => session.send('Performance.enable'));
  await page.evaluate(startNotes);
  const before = await kept(session);
  const started = performance.now();
  const result = await act();
  const seconds = (performance.now() - started) / 1000;
  const after = await kept(session);
  const { frames, long } = await page.evaluate(() => window.__stopNotes());
  await session.detach();
  const spent = (name) => after[name] - before[name];
  return {
    result,
    seconds,
    frames: frames.length,
    p50: quantile(frames, 0.5),
    p95: quantile(frames, 0.95),
    p99: quantile(frames, 0.99),
    longestGap: Math.max(...frames),
    longTasks: long.length,
    longest: Math.max(0, ...long),
    script: spent('ScriptDuration'),
    layout: spent('LayoutDuration') + spent('RecalcStyleDuration'),
    task: spent('TaskDuration'),
  };
}
