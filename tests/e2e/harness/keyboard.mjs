// Walking the page as somebody without a mouse does.

/** Presses Tab until the focus is on `testid`; tells the way there if it never is. */
export async function tabTo(page, testid, { most = 80 } = {}) {
  const way = [];
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const active = document.activeElement;
      return active?.dataset?.testid ?? active?.tagName ?? '';
    });
    if (here === testid) return way;
    way.push(here);
  }
  throw new Error(`Tab never reached ${testid}; it went ${way.join(' > ')}`);
}

/** Every stop of Tab from the start of the page, with what marks the focus there. */
export async function tabStops(page, { most = 60 } = {}) {
  const stops = [];
  // Where Tab starts is where the last click was: move that to the top of the page.
  await page.evaluate(() => {
    const top = document.createElement('span');
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
  });
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const active = document.activeElement;
      if (!active || active === document.body) return null;
      if (active.dataset.tabSeen) return null;
      active.dataset.tabSeen = '1';
      const shown = (element) => {
        const style = getComputedStyle(element);
        return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      };
      const chain = [active, active.parentElement, active.parentElement?.parentElement].filter(Boolean);
      const box = active.getBoundingClientRect();
      return {
        name: active.dataset.testid ?? `${active.tagName} ${(active.textContent ?? '').trim().slice(0, 30)}`,
        focusShown: chain.some(shown),
        width: box.width,
        height: box.height,
      };
    });
    if (!stop) break;
    stops.push(stop);
  }
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('[data-tab-seen]')) delete one.dataset.tabSeen;
  });
  return stops;
}
