// A thin Playwright over Puppeteer: as much of its page, locators and keyboard as
// the page object and the specs that run in Firefox use, and no more.

import { createReadStream, readdirSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { until } from './wait.mjs';

/** How long Firefox may take to write a file: on a busy machine its own work comes last. */
const PATIENCE_MS = 60_000;

/** Runs in the page: the elements that a chain of steps leads to. */
function resolve(steps) {
  const visible = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
  let found = [document];
  for (const step of steps) {
    if ('nth' in step) {
      found = found.slice(step.nth, step.nth + 1);
    } else if (step.xpath) {
      found = found.flatMap((from) => {
        const result = document.evaluate(step.xpath, from, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
        return Array.from({ length: result.snapshotLength }, (_, at) => result.snapshotItem(at));
      });
    } else {
      found = found.flatMap((from) => [...from.querySelectorAll(step.css)]);
      if (step.visible) found = found.filter(visible);
      if (step.has) found = found.filter((one) => new RegExp(step.has, step.flags).test(one.textContent));
    }
  }
  return found;
}

/** Runs in the page: whether a click in the middle of `one` would reach it. */
function takesClick(one) {
  if (!one || one.disabled || !one.checkVisibility({ visibilityProperty: true })) return false;
  one.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const { x, y, width, height } = one.getBoundingClientRect();
  const hit = document.elementFromPoint(x + width / 2, y + height / 2);
  return Boolean(hit) && (one.contains(hit) || hit.closest('label')?.control === one);
}

const VISIBLE = /:visible$/;

function step(selector) {
  if (selector.startsWith('xpath=')) return [{ xpath: selector.slice(6) }];
  const parts = selector.split(/\s*,\s*/);
  if (!parts.some((part) => VISIBLE.test(part))) return [{ css: selector }];
  return [{ css: parts.map((part) => part.replace(VISIBLE, '')).join(', '), visible: true }];
}

class Locator {
  constructor(page, steps) {
    this.page = page;
    this.steps = steps;
  }

  locator(selector) {
    return new Locator(this.page, [...this.steps, ...step(selector)]);
  }

  getByTestId(id) {
    return this.locator(`[data-testid="${id}"]`);
  }

  nth(nth) {
    return new Locator(this.page, [...this.steps, { nth }]);
  }

  first() {
    return this.nth(0);
  }

  async evaluateAll(look, argument) {
    const all = await this.page.raw.evaluateHandle(resolve, this.steps);
    try {
      return await all.evaluate(look, argument);
    } finally {
      await all.dispose();
    }
  }

  count() {
    return this.evaluateAll((all) => all.length);
  }

  async handle() {
    const all = await this.page.raw.evaluateHandle(resolve, this.steps);
    const one = (await all.evaluateHandle((list) => list[0])).asElement();
    if (!one) throw new Error(`nothing at ${JSON.stringify(this.steps)}`);
    return one;
  }

  /** Waits for the first element, as Playwright does before it acts or reads. */
  async evaluate(look, argument) {
    const one = await until(() => this.handle(), { timeout: 30_000, what: JSON.stringify(this.steps) });
    return one.evaluate(look, argument);
  }

  getAttribute(name) {
    return this.evaluate((one, wanted) => one.getAttribute(wanted), name);
  }

  textContent() {
    return this.evaluate((one) => one.textContent);
  }

  innerText() {
    return this.evaluate((one) => one.innerText);
  }

  allTextContents() {
    return this.evaluateAll((all) => all.map((one) => one.textContent));
  }

  inputValue() {
    return this.evaluate((one) => one.value);
  }

  isVisible() {
    return this.evaluateAll((all) => Boolean(all[0]?.checkVisibility({ visibilityProperty: true })));
  }

  isDisabled() {
    return this.evaluate((one) => one.disabled === true);
  }

  async isEnabled() {
    return !(await this.isDisabled());
  }

  boundingBox() {
    return this.evaluate((one) => one.getBoundingClientRect().toJSON());
  }

  waitFor({ state = 'visible', timeout = 30_000 } = {}) {
    const look = {
      attached: (all) => all.length > 0,
      detached: (all) => all.length === 0,
      visible: (all) => all.some((one) => one.checkVisibility({ visibilityProperty: true })),
      hidden: (all) => !all.some((one) => one.checkVisibility({ visibilityProperty: true })),
    }[state];
    return until(() => this.evaluateAll(look), { timeout, what: `${state}: ${JSON.stringify(this.steps)}` });
  }

  async click() {
    await until(async () => (await this.handle()).evaluate(takesClick), {
      timeout: 30_000,
      what: `a click on ${JSON.stringify(this.steps)}`,
    });
    await (await this.handle()).click();
  }

  check() {
    return this.click();
  }

  focus() {
    return this.evaluate((one) => one.focus());
  }

  fill(text) {
    return this.evaluate((one, value) => {
      one.focus();
      const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(one), 'value');
      own.set.call(one, value);
      one.dispatchEvent(new InputEvent('input', { bubbles: true }));
      one.dispatchEvent(new Event('change', { bubbles: true }));
    }, text);
  }

  async press(keys) {
    await this.focus();
    await this.page.keyboard.press(keys);
  }

  async selectOption(value) {
    await (await this.handle()).select(value);
  }
}

/** The event names of Playwright that Puppeteer has too. */
const EVENTS = new Set(['console', 'request', 'pageerror', 'dialog']);

class Page extends Locator {
  constructor(raw, context, downloads) {
    super(null, []);
    this.page = this;
    this.raw = raw;
    this.owner = context;
    this.downloads = downloads;
    this.keyboard = {
      type: (text) => raw.keyboard.type(text),
      press: async (keys) => {
        const all = keys.split(/(?<=.)\+/);
        const last = all.pop();
        for (const key of all) await raw.keyboard.down(key);
        await raw.keyboard.press(last);
        for (const key of all.reverse()) await raw.keyboard.up(key);
      },
    };
  }

  context() {
    return this.owner;
  }

  on(event, listen) {
    if (!EVENTS.has(event)) return;
    this.raw.on(event, (thing) => {
      if (event === 'request') listen(requestOf(thing));
      else if (event === 'console') listen(messageOf(thing));
      else listen(thing);
    });
  }

  goto(url) {
    return this.raw.goto(url);
  }

  reload() {
    return this.raw.reload();
  }

  url() {
    return this.raw.url();
  }

  content() {
    return this.raw.content();
  }

  screenshot({ path: file }) {
    return this.raw.screenshot({ path: file });
  }

  evaluate(look, argument) {
    return this.raw.evaluate(look, argument);
  }

  getByText(pattern) {
    const { source, flags } = pattern instanceof RegExp ? pattern : new RegExp(pattern);
    return new Locator(this, [{ css: 'body *', has: source, flags, visible: true }]);
  }

  setViewportSize(size) {
    return this.raw.setViewport(size);
  }

  /** Only downloads, which Firefox puts into a folder. */
  async waitForEvent(event) {
    if (event !== 'download') throw new Error(`no event ${event} here`);
    // At once: what is clicked meanwhile must not be among what was there.
    const before = new Set(readdirSync(this.downloads));
    let now = [];
    const name = await until(async () => {
      now = await readdir(this.downloads);
      const added = now.filter((file) => !before.has(file));
      // While it is written it has a random name, or a second file that ends in `.part`.
      const whole = added.find((file) => file.startsWith('touchstone-') && !file.endsWith('.part'));
      if (!whole || added.some((file) => file.endsWith('.part'))) return false;
      return (await stat(path.join(this.downloads, whole))).size > 0 && whole;
    }, { timeout: PATIENCE_MS, what: 'the download' }).catch((error) => {
      throw new Error(`${error.message}; there were ${[...before].join(', ') || 'none'}, and are ${now.join(', ') || 'none'}`);
    });
    return {
      suggestedFilename: () => name,
      createReadStream: () => createReadStream(path.join(this.downloads, name)),
    };
  }
}

const requestOf = (request) => ({
  url: () => request.url(),
  method: () => request.method(),
  resourceType: () => request.resourceType(),
});

const messageOf = (message) => ({
  text: () => message.text(),
  type: () => message.type(),
  location: () => message.location() ?? {},
});

/** A fresh context of its own storage, with Playwright's few options that are used. */
export async function openContext(browser, { viewport = { width: 1280, height: 900 } } = {}, downloads) {
  const raw = await browser.createBrowserContext();
  let page;
  const later = [];
  return {
    setDefaultTimeout() {},
    on(event, listen) {
      if (event === 'page') raw.on('targetcreated', async (target) => listen({ url: () => target.url() }));
      else if (page) page.on(event, listen);
      else later.push([event, listen]);
    },
    async newPage() {
      const tab = await raw.newPage();
      await tab.setViewport(viewport);
      page = new Page(tab, this, downloads);
      for (const [event, listen] of later) page.on(event, listen);
      return page;
    },
    close: () => raw.close(),
  };
}
