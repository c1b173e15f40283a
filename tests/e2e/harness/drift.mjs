// "Then and now", the dialog in which a run stands beside an earlier one.

/** Opens it from the bar. */
export async function openDrift(app) {
  await app.action('open-drift');
  const dialog = app.page.locator('dialog[data-testid=drift]');
  await dialog.waitFor();
  return dialog;
}
