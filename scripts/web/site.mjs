// What a page can say of its own address (Open Graph). Only the host knows that address, and a page without it
// works under any.

/** The page with the whole address of its picture and with its own, where `site` says it. */
export function withSite(html, site) {
  if (!site) return html;
  const picture = '<meta property="og:image" content="preview.jpg">';
  if (!html.includes(picture)) throw new Error(`index.html lacks ${picture}`);
  // An address has no quotes: `href` escapes them.
  const whole = `<meta property="og:image" content="${new URL("preview.jpg", site).href}">`;
  return html.replace(picture, () => `${whole}\n    <meta property="og:url" content="${new URL(site).href}">`);
}
