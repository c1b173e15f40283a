// The dialog in which things from elsewhere are looked at, and the three ways into it.

import { until } from './wait.mjs';

export const dialog = (app) => app.page.locator('dialog[data-testid=imports]');
export const preview = (app) => app.page.getByTestId('import-preview');
export const problem = (app) => app.page.getByTestId('import-error');
export const leftOut = (app) => app.page.getByTestId('import-left-out').innerText();

/** Pastes a text into the dialog, opening it first, and has it looked at. */
export async function paste(app, text) {
  if (!(await dialog(app).isVisible())) await app.action('import');
  await dialog(app).waitFor();
  const other = app.page.getByTestId('import-other');
  if (await other.count()) await other.click();
  await app.page.getByTestId('import-text').fill(text);
  await app.page.getByTestId('import-look').click();
}

/** Drops a file on the page, or pastes it there as files are copied in a file manager. */
export async function drop(app, name, content, { pasted = false } = {}) {
  await app.page.evaluate(([name, base64, pasted]) => {
    const dataTransfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name));
    if (pasted) {
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: dataTransfer, bubbles: true, cancelable: true }));
      return;
    }
    for (const kind of ['dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    }
  }, [name, Buffer.from(content).toString('base64'), pasted]);
}

/** Chooses a file in the dialog, opening it first. */
export async function pick(app, name, content) {
  if (!(await dialog(app).isVisible())) await app.action('import');
  await dialog(app).waitFor();
  const other = app.page.getByTestId('import-other');
  if (await other.count()) await other.click();
  await app.page.getByTestId('import-file').setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });
}

/** Fills the page in, or does whatever else the button says. */
export async function apply(app) {
  await app.page.getByTestId('import-apply').click();
  await dialog(app).waitFor({ state: 'hidden' });
}

export async function leave(app) {
  await app.page.keyboard.press('Escape');
  await dialog(app).waitFor({ state: 'hidden' });
}

/** What the page has now: panes, prompt, system prompt and answers. */
export async function state(app) {
  const panes = await app.page.getByTestId('pane').evaluateAll((all) => all.map((one) => [one.dataset.provider, one.dataset.model, one.dataset.host]));
  const value = (id) => app.page.getByTestId(id).inputValue();
  const answers = await app.page.getByTestId('answer').allTextContents();
  return { panes, prompt: await value('prompt'), system: await value('system'), answers };
}

/** Waits until the dialog shows an error of this kind whose words fit. */
export function fails(app, kind, pattern) {
  return until(async () => (await problem(app).getAttribute('data-kind')) === kind && pattern.test(await problem(app).innerText()), {
    what: `${kind}: ${pattern}`,
  });
}
