// Fetches the second part of the program (ADR 0014). split.mjs bundles it into the glue
// and fills in the names in capitals. `callback` is told by its place in the table.
import { initSync } from "GLUE";

async function load() {
  const reply = await fetch(new URL("./LATER", import.meta.url));
  if (!reply.ok) throw new Error(`${reply.status} for ${reply.url}`);
  const part = await reply.arrayBuffer();
  // Streaming would want the right content type, which not every static host sends.
  await WebAssembly.instantiate(part, { __wasm_split: shared() });
}

// The program runs already: initSync only hands out its exports.
function shared() {
  const { SHARED } = initSync();
  return { QUOTED };
}

/** Tells the program whether the part is there; a failed load may be tried again. */
export async function loadLater(callback, data) {
  let there = true;
  await load().catch((error) => {
    there = false;
    // The page says it in words.
    console.warn(error);
  });
  shared()["__indirect_function_table"].get(callback)(data, there);
}
