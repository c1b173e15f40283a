//! Release builds of the page are split (docs/adr/0014, docs/adr/0024): the splitter
//! needs relocations, and `cfg(split)` marks where the other parts begin. The
//! feature `whole` leaves it in one piece.
//!
//! The catalogue goes into the program without the spaces that make it readable.

use std::{env, error::Error, fs, path::Path};

const CATALOG: &str = "src/core/catalog";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR")?;
    for name in ["providers.json", "routes.json"] {
        let source = Path::new(CATALOG).join(name);
        println!("cargo::rerun-if-changed={}", source.display());
        let text = fs::read_to_string(&source)?;
        fs::write(Path::new(&out).join(name), packed(&text))?;
    }
    println!("cargo::rustc-check-cfg=cfg(split)");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let is_whole = env::var_os("CARGO_FEATURE_WHOLE").is_some();
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") && !is_whole {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    Ok(())
}

/// JSON without the white space between its tokens.
fn packed(json: &str) -> String {
    let (mut is_text, mut is_escaped) = (false, false);
    let keep = move |letter: &char| {
        if is_text {
            let ends = *letter == '"' && !is_escaped;
            is_escaped = *letter == '\\' && !is_escaped;
            is_text = !ends;
            return true;
        }
        is_text = *letter == '"';
        !letter.is_ascii_whitespace()
    };
    json.chars().filter(keep).collect()
}
