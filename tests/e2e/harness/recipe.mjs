// Links as an author writes them by hand, from the automation contract.

/** `#recipe=…` of a recipe document; a string is taken as it is. */
export function recipeLink(recipe) {
  const text = typeof recipe === 'string' ? recipe : JSON.stringify(document(recipe));
  return `#recipe=${encodeURIComponent(text)}`;
}

/** A recipe document: `prompt` is short for one user message. */
export function document({ prompt, ...rest }) {
  return {
    touchstone: 'recipe/1',
    ...(prompt === undefined ? {} : { messages: [{ role: 'user', content: prompt }] }),
    ...rest,
  };
}

/** A model of each provider that the scenes ask. */
export const MODELS = {
  openai: 'gpt-4.1',
  'openai-compatible': 'm',
  anthropic: 'claude-haiku-4-5',
  gemini: 'gemini-3.5-flash',
};

/** One OpenAI-compatible pane on a lane of the byte server. */
export const compatible = (lane, rest = {}) => ({
  provider: 'openai-compatible',
  base_url: lane.base,
  model: 'm',
  ...rest,
});

/** One pane of each dialect on a lane of the byte server. */
export const paneOf = {
  chat: (lane, rest) => compatible(lane, rest),
  responses: (lane, rest) => compatible(lane, { api: 'responses', ...rest }),
  anthropic: (lane, rest) => ({
    provider: 'anthropic',
    base_url: lane.root,
    model: 'claude-haiku-4-5',
    ...rest,
  }),
  gemini: (lane, rest) => ({
    provider: 'gemini',
    base_url: lane.base,
    model: 'gemini-3.5-flash',
    ...rest,
  }),
};
