// Holds what the page waits for until the test lets it go: what a person does meanwhile is
// done at that moment on every machine.

import { until } from './wait.mjs';

/** Holds what `method` of `owner` (paths from `window`) gives in this page. */
export async function hold(page, owner, method) {
  await page.evaluate(([owner, method]) => {
    const target = owner.split('.').reduce((from, name) => from[name], window);
    const real = target[method];
    window.heldCalls = { count: 0 };
    const letGo = new Promise((resolve) => {
      window.heldCalls.letGo = () => {
        target[method] = real;
        resolve();
      };
    });
    target[method] = async function heldCall(...all) {
      window.heldCalls.count += 1;
      const answer = real.apply(this, all);
      await letGo;
      return answer;
    };
  }, [owner, method]);
  return {
    /** Waits until the page waits. */
    reached: () => until(() => page.evaluate(() => window.heldCalls.count > 0), { what: `a call of ${method}` }),
    letGo: () => page.evaluate(() => window.heldCalls.letGo()),
  };
}

/** Lets the page's own tasks run: what hangs on an answer that has come is done then, since none of it waits. */
export const turns = (page, count = 5) =>
  page.evaluate(async (count) => {
    for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  }, count);
