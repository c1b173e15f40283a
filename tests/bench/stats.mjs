// Quantiles, so that every theme counts the same way.

const sorted = (list) => [...list].sort((a, b) => a - b);

/** The value below which `share` of the list lies; NaN for an empty list. */
export function quantile(list, share) {
  const all = sorted(list);
  return all[Math.min(all.length - 1, Math.floor(share * all.length))] ?? NaN;
}

export const median = (list) => quantile(list, 0.5);
