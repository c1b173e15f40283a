// The page as the automation contract describes it. Specs speak this language
// only; a selector that is not here is not part of the contract.

import assert from 'node:assert/strict';
import { until } from './wait.mjs';

const ENDED = ['done', 'stopped', 'failed'];

/** What the browser itself writes to the console when a fetch fails; Firefox as an error. */
const BROWSER_NOTES = [
  /^Cross-Origin Request Blocked/,
  /^Failed to load resource/,
  /blocked by CORS policy/,
  /^Mixed Content/,
  /net::ERR_/,
];

export class Pane {
  constructor(app, index) {
    this.app = app;
    this.index = index;
    this.root = app.page.getByTestId('pane').nth(index);
  }

  mark(name) {
    return this.root.getAttribute(`data-${name}`);
  }

  phase() {
    return this.mark('phase');
  }

  finish() {
    return this.mark('finish');
  }

  /** Waits for one of these phases; fails at once in another end state. */
  async reaches(phases, { timeout = 30_000 } = {}) {
    const wanted = [phases].flat();
    const phase = await until(
      async () => {
        const now = await this.phase();
        return (wanted.includes(now) || ENDED.includes(now)) && now;
      },
      { timeout, what: `pane ${this.index} to be ${wanted.join(' or ')}` },
    );
    if (!wanted.includes(phase)) {
      const error = await this.error();
      const why = error ? `: ${error.kind}: ${error.text}` : '';
      assert.fail(`pane ${this.index} ended as ${phase} instead of ${wanted.join(' or ')}${why}`);
    }
    return phase;
  }

  async text(testid) {
    const part = this.root.getByTestId(testid);
    return (await part.count()) ? part.first().textContent() : null;
  }

  answer() {
    return this.text('answer');
  }

  thinking() {
    return this.text('thinking');
  }

  /** Waits until the answer holds `part`. */
  shows(part, { timeout = 30_000 } = {}) {
    return until(async () => ((await this.answer()) ?? '').includes(part), {
      timeout,
      what: `pane ${this.index} to show ${JSON.stringify(part)}`,
    });
  }

  /** The answer exactly as it came; switches to the raw view if need be. */
  async raw() {
    if (!(await this.root.getByTestId('raw').count())) {
      await this.root.getByTestId('toggle-raw').click();
    }
    return this.root.getByTestId('raw').textContent();
  }

  /** `{ kind, text }` of the error in the pane, or null. */
  async error() {
    const part = this.root.getByTestId('error');
    if (!(await part.count())) return null;
    return {
      kind: await part.first().getAttribute('data-kind'),
      text: (await part.first().innerText()).replace(/\s+/g, ' '),
    };
  }

  /** Waits for the end `failed` and checks the kind; returns the words. */
  async fails(kind, options) {
    await this.reaches('failed', options);
    const error = await this.error();
    assert.ok(error, 'a failed pane shows an error');
    assert.equal(error.kind, kind, `kind of: ${error.text}`);
    return error.text;
  }

  /** All figures: name → { value, source }. Each may be there only once. */
  async metrics() {
    const figures = await this.root.locator('data[data-metric]').evaluateAll((all) =>
      all.map((one) => ({
        name: one.getAttribute('data-metric'),
        value: one.getAttribute('value'),
        source: one.getAttribute('data-source'),
        text: one.textContent,
      })),
    );
    const byName = {};
    for (const figure of figures) {
      assert.ok(!(figure.name in byName), `metric ${figure.name} is there twice`);
      assert.match(figure.value ?? '', /^-?\d+(\.\d+)?$/, `metric ${figure.name} is a plain decimal`);
      assert.match(figure.source ?? '', /^(reported|computed|estimated|measured)$/, figure.name);
      byName[figure.name] = { ...figure, value: Number(figure.value) };
    }
    return byName;
  }

  async stop() {
    await this.root.getByTestId('pane-stop').click();
  }

  async retry() {
    await this.root.getByTestId('pane-retry').click();
  }

  async menu(item) {
    await this.root.getByTestId('pane-menu').click();
    await this.app.page.locator(`[data-testid=${item}]:visible`).first().click();
  }

  /** The body that the "what was sent" panel shows, as text, and the whole panel's text. */
  async sent() {
    await this.menu('pane-sent');
    const panel = this.app.page.locator('[data-testid=sent]:visible');
    await panel.waitFor();
    const body = await panel.getByTestId('sent-body').textContent();
    const text = await panel.innerText();
    await this.app.page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
    return { body, text };
  }
}

export class App {
  constructor(page, { origin, allow }) {
    this.page = page;
    this.origin = origin;
    this.allowed = new Set([origin, ...allow]);
    this.requests = [];
    this.console = [];
    this.troubles = [];
    this.dialogs = [];
    this.popups = [];
    this.watch();
  }

  watch() {
    const context = this.page.context();
    context.on('request', (request) => this.requests.push(request));
    context.on('page', (page) => {
      if (page !== this.page) this.popups.push(page.url());
    });
    context.on('console', (message) => {
      const text = message.text();
      this.console.push(text);
      if (message.type() !== 'error') return;
      const own = message.location().url?.startsWith(this.origin);
      const note = BROWSER_NOTES.some((pattern) => pattern.test(text));
      if (!note || (own && /^Failed to load resource/.test(text))) {
        this.troubles.push(`console: ${text}`);
      }
    });
    this.page.on('pageerror', ({ message }) => {
      this.console.push(message);
      if (!BROWSER_NOTES.some((pattern) => pattern.test(message))) this.troubles.push(`page error: ${message}`);
    });
    this.page.on('crash', () => this.troubles.push('the page crashed'));
    this.page.on('dialog', (dialog) => {
      this.dialogs.push(`${dialog.type()}: ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
  }

  /** Requests that left the page for elsewhere than its own host. */
  sent({ method, origin } = {}) {
    return this.requests.filter((request) => {
      const url = new URL(request.url());
      return (
        url.protocol.startsWith('http') &&
        url.origin !== this.origin &&
        (!method || request.method() === method) &&
        (!origin || url.origin === origin)
      );
    });
  }

  /** What must hold at the end of every test. */
  verify() {
    const strays = this.requests
      .map((request) => new URL(request.url()))
      .filter((url) => /^(http|ws)/.test(url.protocol) && !this.allowed.has(url.origin))
      .map(String);
    assert.deepEqual(strays, [], 'no request to any host but the expected ones');
    assert.deepEqual(this.troubles, [], 'no error in the console');
    assert.deepEqual(this.dialogs, [], 'no browser dialog');
    assert.deepEqual(this.popups, [], 'no further window');
  }

  /** Opens the page with this fragment and waits until it can be used. */
  async goto(url) {
    await this.page.goto(url);
    await this.ready();
  }

  /** Opens a page that does not get what it needs to read its link. */
  async gotoWaiting(url) {
    await this.page.goto(url);
    await this.page.getByTestId('opening').waitFor({ timeout: 30_000 });
  }

  async ready() {
    await this.page.getByTestId('prompt').waitFor({ state: 'attached', timeout: 30_000 });
    // A link or a kept draft is read by the third part.
    await this.page.getByTestId('opening').waitFor({ state: 'hidden', timeout: 30_000 });
  }

  /** Changes the fragment as a click on another link of the author would. */
  async follow(fragment) {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, fragment);
  }

  pane(index = 0) {
    return new Pane(this, index);
  }

  async panes(count) {
    const all = this.page.getByTestId('pane');
    if (count !== undefined) {
      await until(async () => (await all.count()) === count, { what: `${count} panes` });
    }
    return Array.from({ length: await all.count() }, (_, index) => this.pane(index));
  }

  async prompt(text) {
    await this.page.getByTestId('prompt').fill(text);
  }

  async system(text) {
    await this.page.getByTestId('system').fill(text);
  }

  /** Consents to every origin that came with the link. */
  async approve() {
    const buttons = this.page.getByTestId('approve-endpoint');
    for (let left = await buttons.count(); left > 0; left = await buttons.count()) {
      await buttons.first().click();
      await until(async () => (await buttons.count()) < left, { what: 'the consent to be taken' });
    }
  }

  keyField(provider, origin) {
    return this.page.locator(`input[data-key-for="${provider}"][data-origin="${origin}"]:visible`);
  }

  /** Types a key for (provider, origin) where the page asks for it, and saves it. */
  async key(provider, origin, key, { keep = false } = {}) {
    const field = this.keyField(provider, origin).first();
    await field.fill(key);
    const form = field.locator('xpath=ancestor::*[.//*[@data-testid="save-key"]][1]');
    if (keep) await field.locator('xpath=ancestor::form[1]').getByTestId('keep-for-tab').check();
    await form.getByTestId('save-key').click();
    await until(async () => (await this.keyField(provider, origin).count()) === 0, {
      what: `the key fields of ${provider} to go`,
    });
  }

  /** One of the bar's actions, whether it stands in the row or in the menu. */
  async action(id) {
    const inRow = this.page.locator(`.bar > [data-testid="${id}"]`);
    // The actions come with the later part, and that with anything the person does.
    if (!(await this.page.getByTestId('more-actions').count())) await this.page.keyboard.press('Shift');
    await this.page.getByTestId('more-actions').waitFor();
    if (await inRow.isVisible()) return inRow.click();
    await this.page.getByTestId('more-actions').click();
    const items = this.page.locator(`[role=menu] [data-testid="${id}"], [role=menu] [data-testid="menu-${id}"]`);
    return items.first().click();
  }

  async openSettings() {
    await this.page.locator('button[data-testid=settings]').click();
    const settings = this.page.locator('dialog[data-testid=settings]');
    await settings.waitFor();
    return settings;
  }

  async closeSettings() {
    await this.page.keyboard.press('Escape');
    await this.page.locator('dialog[data-testid=settings]').waitFor({ state: 'hidden' });
  }

  async idleLimit(seconds) {
    const settings = await this.openSettings();
    const field = settings.getByTestId('idle-limit');
    await field.fill(String(seconds));
    await field.press('Tab');
    await this.closeSettings();
  }

  async run() {
    await this.page.getByTestId('run').click();
  }

  async stop() {
    await this.page.getByTestId('stop').click();
  }

  /** Waits until every pane has ended; returns their phases. */
  async settled({ timeout = 30_000 } = {}) {
    return until(
      async () => {
        const phases = await this.page
          .getByTestId('pane')
          .evaluateAll((all) => all.map((one) => one.dataset.phase));
        return phases.length > 0 && phases.every((phase) => ENDED.includes(phase)) && phases;
      },
      { timeout, what: 'all panes to end' },
    );
  }

  /** What the app just told the person. */
  async told() {
    return this.page
      .locator('[data-testid=toast], [data-testid=notice]')
      .evaluateAll((all) => all.map((one) => one.textContent).join('\n'));
  }

  /** Waits for a toast or notice that matches. */
  tells(pattern, options = {}) {
    return until(async () => pattern.test(await this.told()), {
      what: `a message like ${pattern}`,
      ...options,
    });
  }

  /** The exported result document. */
  async exported() {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByTestId('export-json').click(),
    ]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    return { name: download.suggestedFilename(), text, document: JSON.parse(text) };
  }
}
