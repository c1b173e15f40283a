// A page of the app in another tab of the same browser.

import { App } from './page.mjs';

/** Another tab, open on this fragment of `site`. `allow` are further origins it may call. */
export async function secondTab(app, site, fragment = '', allow = []) {
  const page = await app.page.context().newPage();
  app.popups.length = 0;
  const second = new App(page, { origin: new URL(site.url).origin, allow });
  await second.goto(site.url + fragment);
  return second;
}
