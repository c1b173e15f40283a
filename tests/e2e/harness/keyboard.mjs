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

/** Lets Tab start at the top of the page, and not where the last click was. */
export async function toTop(page) {
  await page.evaluate(() => {
    const top = document.createElement('span');
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
  });
}

/** Every stop of Tab from the start of the page, with what marks the focus there. */
export async function tabStops(page, { most = 60 } = {}) {
  const stops = [];
  await toTop(page);
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

/** Where the focus is: its mark, its text, whether it shows, whether it is in view, and its place. */
export function focusOn(page) {
  return page.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return { name: 'body', lost: true };
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const { left, top, right, bottom, width, height } = one.getBoundingClientRect();
    const scrolled = one.closest('.pane-body, .dialog-body, .drawer, .start');
    const region = one.closest('dialog, .pane, .bar, .notices, .score, .tabs, .composer, .toasts, .start');
    const regions = [...document.querySelectorAll('.bar, .notices, .score, .tabs, .start, .pane, .composer, .toasts')];
    return {
      name: one.dataset.testid ?? `${one.tagName.toLowerCase()} ${(one.textContent ?? '').trim().slice(0, 30)}`,
      lost: false,
      shown: one.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
      seen: width > 1 && height > 1 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
      region: regions.indexOf(region),
      inBody: Boolean(one.closest('.pane-body')),
      left,
      top: top + (scrolled?.scrollTop ?? 0),
      bottom: bottom + (scrolled?.scrollTop ?? 0),
    };
  });
}

/** What is wrong with the way from one stop of Tab to the next, if anything. */
export function misstep(before, here) {
  if (here.lost) return `the focus is lost after ${before?.name}`;
  if (!here.shown) return `the focus does not show on ${here.name}`;
  if (!here.seen) return `${here.name} has the focus out of sight`;
  if (!before || before.lost) return null;
  if (here.region < before.region) return `${here.name} comes after ${before.name}, but stands before it`;
  const apart = here.region !== before.region || here.inBody !== before.inBody;
  if (!apart && here.bottom <= before.top + 1) return `${here.name} stands above ${before.name}`;
  const oneLine = here.top < before.bottom - 4 && here.bottom > before.top + 4;
  if (!apart && oneLine && here.left < before.left - 1) return `${here.name} stands left of ${before.name}`;
  return null;
}
