// The smallest comparison: one pane on a lane of our byte server.

import { paneOf, recipeLink } from './recipe.mjs';

export const KEY = 'key-for-tests-4711';

/** Scene options: one pane of `dialect` on a lane that gives `reply`. */
export function onePane(reply, { dialect = 'chat', pane = {}, ...rest } = {}) {
  return ({ bytes }) => {
    const lane = bytes.lane();
    if (reply) lane.reply(reply);
    return {
      allow: [bytes.origin],
      fragment: recipeLink({ prompt: 'Go.', panes: [paneOf[dialect](lane, pane)], ...rest }),
      hand: { lane },
    };
  };
}

/** Consent, a key where the provider needs one, and go. Returns the pane. */
export async function go(app) {
  const [pane] = await app.panes(1);
  await app.approve();
  const provider = await pane.mark('provider');
  if (provider !== 'openai-compatible') {
    const field = pane.root.locator(`input[data-key-for="${provider}"]`).first();
    await app.key(provider, await field.getAttribute('data-origin'), KEY);
  }
  await app.run();
  return pane;
}

/** An error body in OpenAI's shape. */
export const openaiError = (message, rest = {}) => ({
  error: { message, type: null, param: null, code: null, ...rest },
});
