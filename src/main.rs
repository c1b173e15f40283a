//! Entry point: mounts the app in the browser; on the host it only says how to
//! build.
#![recursion_limit = "256"]

#[cfg(target_arch = "wasm32")]
fn main() {
    touchstone::ui::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("touchstone runs in a browser: use `make serve`");
}
