// Trunk's pre_build hook: bundles what is not Rust into target/web, where index.html
// picks it up. One CSS file for the page, one for what is loaded later, the boot script, the lazy highlighter, and the
// lazy module that runs models in the page, with its wasm, and the one that asks the browser's own.
import { copyFile, mkdir } from "node:fs/promises";
import { build } from "esbuild";

const release = process.env.TRUNK_PROFILE === "release";
const shared = {
  bundle: true,
  minify: release,
  target: ["chrome111", "firefox113", "safari16.4"],
  outdir: "target/web",
  logLevel: "warning",
  legalComments: "eof",
};

await mkdir(shared.outdir, { recursive: true });
await Promise.all([
  build({ ...shared, entryPoints: { main: "style/main.css", later: "style/later.css" }, external: ["*.svg", "*.woff2"] }),
  build({ ...shared, entryPoints: { boot: "src/browser/boot.js" }, format: "iife" }),
  build({ ...shared, entryPoints: { highlight: "src/browser/highlight/index.js" }, format: "esm" }),
  build({ ...shared, entryPoints: { device: "src/browser/device/index.js" }, format: "esm", target: "es2022" }),
  build({ ...shared, entryPoints: { builtin: "src/browser/builtin/index.js" }, format: "esm", target: "es2022" }),
  build({ ...shared, entryPoints: { files: "src/browser/files/index.js" }, format: "esm" }),
  build({ ...shared, entryPoints: { report: "src/browser/report/index.js" }, format: "esm" }),
  build({ ...shared, entryPoints: { camera: "src/browser/camera/index.js" }, format: "esm" }),
  build({ ...shared, entryPoints: { schema: "src/browser/schema/index.js" }, format: "esm" }),
  build({ ...shared, entryPoints: { sealing: "src/browser/sealing/index.js" }, format: "esm" }),
  copyFile("node_modules/@wllama/wllama/esm/wasm/wllama.wasm", `${shared.outdir}/wllama.wasm`),
]);
