// Fetches the second and the third part of the program (ADR 0014, ADR 0024). split.mjs
// bundles it into the glue and fills in the names in capitals. `callback` is told by its
// place in the table.
import { initSync } from "GLUE";

// What is on its way or waits to be used, by file.
const coming = new Map();

function fetched(file) {
  if (!coming.has(file)) {
    coming.set(file, get(file));
    // A failed load may be tried again.
    coming.get(file).catch(() => coming.delete(file));
  }
  return coming.get(file);
}

async function get(file) {
  const reply = await fetch(new URL(file, import.meta.url));
  if (!reply.ok) throw new Error(`${reply.status} for ${reply.url}`);
  // Streaming would want the right content type, which not every static host sends.
  return reply.arrayBuffer();
}

// All files of a part at once; none is used before all are there, or another try would
// begin some of them anew.
async function load(files) {
  const parts = await Promise.all(files.map(fetched));
  await Promise.all(parts.map((part) => WebAssembly.instantiate(part, { __wasm_split: shared() })));
  files.forEach((file) => coming.delete(file));
}

// The program runs already: initSync only hands out its exports.
function shared() {
  const { SHARED } = initSync();
  return { QUOTED };
}

/** Tells the program whether a part is there. */
async function tell(files, callback, data) {
  let there = true;
  await load(files).catch((error) => {
    there = false;
    // The page says it in words.
    console.warn(error);
  });
  shared()["__indirect_function_table"].get(callback)(data, there);
}

export function loadLater(callback, data) {
  // A link is opened by the third part, which need not wait for the second.
  if (location.hash) STUDIO.forEach(fetched);
  return tell(LATER, callback, data);
}

export function loadStudio(callback, data) {
  return tell(STUDIO, callback, data);
}
