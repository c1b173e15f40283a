// The highlighter: a module of its own, loaded when the first code block appears.
// It gives tokens, never markup; the app renders them as text in elements it made.
import { common, createLowlight } from "lowlight";

const lowlight = createLowlight(common);

// Colour can wait for a moment without other work; Safari does not say when that is.
const whenIdle = globalThis.requestIdleCallback
  ? (act) => requestIdleCallback(act, { timeout: 2000 })
  : (act) => setTimeout(act, 50);

/**
 * Splits code into coloured pieces when the page has time for it, one block after
 * another, so that the blocks of eight panes make no long task.
 *
 * @param {string} code
 * @param {string} lang
 * @returns {Promise<(string | null)[] | null>} what `split` gives
 */
export function tokens(code, lang) {
  return new Promise((resolve, reject) => {
    whenIdle(() => {
      try {
        resolve(split(code, lang));
      } catch (error) {
        reject(error);
      }
    });
  });
}

/**
 * Splits code into coloured pieces.
 *
 * @param {string} code
 * @param {string} lang name or alias of the language, as after a code fence
 * @returns {(string | null)[] | null} flat pairs `[class, text, class, text, …]`; a class
 *   is one or more `hljs-*` names with a space between, or null for plain text. The texts
 *   joined are exactly `code`. Null where the language is unknown.
 */
function split(code, lang) {
  const name = lang.toLowerCase();
  if (!lowlight.registered(name)) return null;
  const flat = [];
  walk(lowlight.highlight(name, code).children, null, flat);
  return flat;
}

function walk(nodes, scope, flat) {
  for (const node of nodes) {
    if (node.type === "element") {
      walk(node.children, node.properties.className.join(" "), flat);
    } else if (flat.length > 0 && flat[flat.length - 2] === scope) {
      flat[flat.length - 1] += node.value;
    } else {
      flat.push(scope, node.value);
    }
  }
}
