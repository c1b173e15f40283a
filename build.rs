//! Release builds of the page are split (docs/adr/0014, docs/adr/0024): the splitter
//! needs relocations, and `cfg(split)` marks where the other parts begin. The
//! feature `whole` leaves it in one piece.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(split)");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    let is_whole = std::env::var_os("CARGO_FEATURE_WHOLE").is_some();
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") && !is_whole {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
