# Every tool version, in one place. Sourced by setup.sh; nothing else pins a tool.
# wasm-bindgen-cli has no line here: it must equal the crate, so Cargo.lock holds it.
# The npm tools (wasm-opt, esbuild, Playwright, Puppeteer, aimock, axe) are pinned by package-lock.json.
RUST_MIN=1.95
NODE_MIN=20
TRUNK=0.21.14
WASM_SPLIT=0.2.4
XLLAMACPP=2026.10.11549
SMOLLM2=0.1.2
SMOLLM2_GGUF_SHA256=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
