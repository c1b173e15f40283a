// The picker: choosing a route as a person does.

/** Finds a route by `words` and takes the one with the id `provider`. */
export async function chooseRoute(page, provider, words = '') {
  const folded = page.getByTestId('picker-route');
  if (await folded.isVisible()) await folded.click();
  await page.getByTestId('picker-provider').fill(words);
  await page.locator(`[data-testid=route-option][data-provider="${provider}"]`).click();
}
