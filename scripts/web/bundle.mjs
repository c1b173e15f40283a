// Trunk's pre_build hook: bundles what is not Rust into target/web, where index.html
// picks it up. One CSS file for the page, the boot script, and the lazy highlighter.
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

await Promise.all([
  build({ ...shared, entryPoints: { main: "style/main.css" }, external: ["*.svg", "*.woff2"] }),
  build({ ...shared, entryPoints: { boot: "src/browser/boot.js" }, format: "iife" }),
  build({ ...shared, entryPoints: { highlight: "src/browser/highlight/index.js" }, format: "esm" }),
]);
