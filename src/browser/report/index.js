// Reports on paper and charts as pictures: a module of its own, loaded with the first of
// them. Everything stays in the page.

/**
 * Opens the print dialog of a page of our own making.
 *
 * The page's policy lets no style stand in a text, and it holds in the frame too: the style
 * is put in as a sheet. No script of the text could run there either; the sandbox says so again.
 *
 * @param {string} html the page, without style
 * @param {string} css its style
 * @returns {Promise<boolean>} whether the dialog could be opened; it may be open still
 */
export async function print(html, css) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-same-origin allow-modals");
  frame.setAttribute("aria-hidden", "true");
  frame.dataset.testid = "print-frame";
  frame.tabIndex = -1;
  frame.className = "print-frame";
  document.querySelector("[data-testid=print-frame]")?.remove();
  document.body.append(frame);
  const inside = frame.contentDocument;
  const parsed = new DOMParser().parseFromString(html, "text/html");
  inside.replaceChild(inside.adoptNode(parsed.documentElement), inside.documentElement);
  const sheet = new frame.contentWindow.CSSStyleSheet();
  sheet.replaceSync(css);
  inside.adoptedStyleSheets = [sheet];
  await Promise.all([...inside.images].map((image) => image.decode().catch(() => {})));
  // Browsers take the file's name from the title of the page that is seen.
  const title = document.title;
  document.title = inside.title;
  const back = () => {
    document.title = title;
    frame.remove();
  };
  frame.contentWindow.addEventListener("afterprint", () => setTimeout(back, 0), { once: true });
  frame.contentWindow.focus();
  frame.contentWindow.print();
  return true;
}

/**
 * Draws an SVG as a PNG.
 *
 * @param {string} svg a file that names nothing outside of it
 * @param {number} scale pixels for each of its units
 * @returns {Promise<Blob>} rejects where the browser cannot
 */
export async function png(svg, scale) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("no picture came of it");
  return blob;
}
