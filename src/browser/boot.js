// Starts the app, or says in words why it cannot. A classic script, so that browsers
// without modules reach the message as well; external, so that the policy needs no
// 'unsafe-inline'. Trunk.toml writes the tag with the names of the built files.
const tag = document.currentScript;

/** Shows one of the cards of index.html, with the technical cause under it. */
function show(id, details) {
  const card = document.getElementById(id);
  const pre = card?.querySelector("pre");
  if (!card || !pre) return;
  pre.textContent = details;
  pre.hidden = !details;
  card.hidden = false;
  card.querySelector("button")?.focus();
}

for (const button of document.querySelectorAll("[data-reload]")) {
  button.addEventListener("click", () => location.reload());
}

const modules = {};

/** The address of a lazily loaded file; the build has hashed its name. */
function named(name) {
  const file = document.querySelector(`meta[name="touchstone-${name}"]`)?.content ?? "";
  return new URL(file, document.baseURI).href;
}

/**
 * Loads a module on first use, by its name in index.html, and resolves to it. A failed load
 * is forgotten, so that the next use tries again.
 */
function lazy(name) {
  modules[name] ??= import(named(name)).catch((error) => {
    delete modules[name];
    throw error;
  });
  return modules[name];
}

// What the app calls through wasm-bindgen (`js_namespace = touchstone`). Plain
// functions of an external script are what the policy allows without eval.
globalThis.touchstone = Object.freeze({
  /** Shows the crash card; the panic hook calls it with the panic's text. */
  crash(details) {
    show("crash", String(details ?? ""));
  },

  /** Loads one of the modules of this folder; see `lazy` above. */
  lazy,

  /** The one that colours code. */
  highlighter: () => lazy("highlight"),

  /** Where the wasm of the one that runs models in the page is. */
  deviceWasm: () => named("device-wasm"),
});

async function start() {
  if (typeof WebAssembly !== "object") return show("unsupported", "");
  try {
    const at = (name) => new URL(tag.dataset[name], document.baseURI).href;
    const app = await import(at("js"));
    await app.default({ module_or_path: at("wasm") });
  } catch (error) {
    // A panic while starting has already shown its own card.
    if (!document.getElementById("crash")?.hidden) return;
    show(error instanceof WebAssembly.CompileError ? "unsupported" : "load-failed", String(error));
    throw error;
  }
}

start();
