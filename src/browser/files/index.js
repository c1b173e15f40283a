// Pictures made of pictures: a module of its own, loaded with the first image that is
// attached. Everything stays in the page.

const THUMBNAIL = 112;
// Below this side no model sees anything, so making it smaller still would be no help.
const SMALLEST = 64;

/**
 * Makes an image keep to limits: as large as they let it be, the right way up.
 *
 * @param {Uint8Array} bytes the original
 * @param {string} type its media type
 * @param {string} formats what may come out (`png jpeg webp gif`), with spaces between
 * @param {number} maxSide in pixels, or Infinity, as the others
 * @param {number} maxPixels
 * @param {number} maxBytes
 * @returns {Promise<Uint8Array>} rejects where the browser cannot read or make it
 */
export async function fit(bytes, type, formats, maxSide, maxPixels, maxBytes) {
  const picture = await open(bytes, type);
  try {
    const allowed = formats.split(" ");
    const { width, height } = picture;
    let scale = Math.min(1, maxSide / Math.max(width, height), Math.sqrt(maxPixels / (width * height)));
    for (;;) {
      const size = [width, height].map((side) => Math.max(1, Math.floor(side * scale + 1e-6)));
      for (const [format, quality] of attempts(type, allowed)) {
        const blob = await draw(picture, size, format, quality);
        // A browser that cannot write a format writes another one.
        if (blob.type === `image/${format}` && blob.size <= maxBytes) return new Uint8Array(await blob.arrayBuffer());
      }
      if (Math.max(...size) <= SMALLEST) throw new Error("the limits cannot be met");
      scale *= 0.8;
    }
  } finally {
    picture.close();
  }
}

/**
 * A small picture.
 *
 * @returns {Promise<string>} a data URL
 */
export async function thumbnail(bytes, type) {
  const picture = await open(bytes, type);
  try {
    const scale = Math.min(1, THUMBNAIL / Math.min(picture.width, picture.height));
    const side = Math.round(Math.min(picture.width, picture.height) * scale);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.max(1, side);
    const [width, height] = [picture.width * scale, picture.height * scale];
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, (side - width) / 2, (side - height) / 2, width, height);
    return canvas.toDataURL("image/png");
  } finally {
    picture.close();
  }
}

/** Decodes it, turned as its EXIF says. */
function open(bytes, type) {
  return createImageBitmap(new Blob([bytes], { type }), { imageOrientation: "from-image" });
}

/** What to try: first without loss where the original had none, then smaller. */
function attempts(type, allowed) {
  const wanted = type === "image/jpeg" ? [] : [["png", 1]];
  wanted.push(["jpeg", 0.92], ["webp", 0.9], ["jpeg", 0.8], ["png", 1]);
  return wanted.filter(([format]) => allowed.includes(format));
}

function draw(picture, [width, height], format, quality) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: format !== "jpeg" });
  if (format === "jpeg") {
    // What shone through in the original is white on most pages.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  return canvas.convertToBlob({ type: `image/${format}`, quality });
}
