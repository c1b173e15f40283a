//! The rule of ARCHITECTURE.md as a test: a layer knows only those left of it, and the
//! pure ones name no browser crate.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

const BROWSER_CRATES: [&str; 10] = [
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "wasm_streams",
    "leptos",
    "reactive_graph",
    "reactive_stores",
    "gloo",
    "gloo_net",
];

const LAYERS: [&str; 5] = ["core", "words", "browser", "app", "ui"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `dir`, in a stable order.
fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The words and signs of a source text, comments left out.
fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let code = line.split("//").next().unwrap_or(line);
        let mut rest = code.trim_start();
        while let Some(first) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let end = match rest.find(|c| !is_word(c)) {
                _ if !is_word(first) => first.len_utf8(),
                Some(end) => end,
                None => rest.len(),
            };
            let (token, tail) = rest.split_at(end);
            found.push(token);
            rest = tail.trim_start();
        }
    }
    found
}

/// The layers that a source text reaches, as `crate::ui` or in `crate::{core, ui}`.
fn reached_layers(text: &str) -> Vec<&'static str> {
    let tokens = tokens(text);
    let mut reached = Vec::new();
    for start in 0..tokens.len() {
        match &tokens[start..] {
            ["crate", ":", ":", "{", group @ ..] => {
                let mut depth = 1;
                let mut heads = true;
                for token in group {
                    match *token {
                        "{" => depth += 1,
                        "}" => depth -= 1,
                        "," => heads = true,
                        word if heads && depth == 1 => {
                            reached.push(word);
                            heads = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            ["crate", ":", ":", word, ..] => reached.push(word),
            _ => {}
        }
    }
    let mut layers = LAYERS.to_vec();
    layers.retain(|layer| reached.contains(layer));
    layers
}

fn named_browser_crates(text: &str) -> Vec<&'static str> {
    let mut crates = BROWSER_CRATES.to_vec();
    let tokens = tokens(text);
    crates.retain(|name| tokens.contains(name));
    crates
}

#[test]
fn the_pure_layers_name_no_browser_crate() {
    for layer in ["core", "words"] {
        let files = sources(&root().join("src").join(layer));
        assert!(!files.is_empty(), "src/{layer} has no file");
        for file in files {
            let named = named_browser_crates(&fs::read_to_string(&file).unwrap());
            assert!(named.is_empty(), "{} names {named:?}", file.display());
        }
    }
}

#[test]
fn no_layer_knows_one_to_its_right() {
    for (place, layer) in LAYERS.iter().enumerate() {
        for file in sources(&root().join("src").join(layer)) {
            let mut reached = reached_layers(&fs::read_to_string(&file).unwrap());
            reached.retain(|other| LAYERS[place + 1..].contains(other));
            assert!(reached.is_empty(), "{} reaches {reached:?}", file.display());
        }
    }
}

#[test]
fn the_scan_sees_code_and_not_comments() {
    let text =
        "// leptos is not used here\nuse crate::ui::kit; // js_sys\nlet x = web_sys::window();";
    assert_eq!(named_browser_crates(text), ["web_sys"]);
    assert_eq!(reached_layers(text), ["ui"]);
    let group = "use crate::{core::{domain, words}, app::run};";
    assert_eq!(reached_layers(group), ["core", "app"]);
    assert!(named_browser_crates("let gloomy = my_web_sys_free();").is_empty());
}

/// Two versions of a reactive crate meet as baffling type errors, so the lock holds one.
#[test]
fn the_lock_holds_one_version_of_each_framework_crate() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for name in ["leptos", "reactive_graph", "wasm-bindgen"] {
        let line = format!("name = \"{name}\"");
        let versions = lock.lines().filter(|other| *other == line).count();
        assert_eq!(versions, 1, "versions of {name} in Cargo.lock");
    }
}

/// A lock file that names a mirror ties everyone to it.
#[test]
fn the_npm_lock_names_no_download_address() {
    let lock = fs::read_to_string(root().join("package-lock.json")).unwrap();
    assert!(lock.contains("\"integrity\""), "the lock pins no content");
    assert!(!lock.contains("\"resolved\""), "the lock names an address");
}

/// Whether a file, or what follows in it, is there for tests only.
fn is_of_tests(path: &Path) -> bool {
    let parts = path
        .components()
        .filter_map(|part| part.as_os_str().to_str());
    let names = parts.map(|part| part.trim_end_matches(".rs"));
    names
        .into_iter()
        .any(|name| name.ends_with("tests") || name == "samples")
}

/// One use of `serde_json`'s own reader brings all of it back into the download (ADR 0025).
#[test]
fn only_tests_read_json_with_another_reader() {
    for file in sources(&root().join("src")) {
        if is_of_tests(file.strip_prefix(root()).unwrap()) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let tokens = tokens(text.split("\nmod tests").next().unwrap());
        let readers = [
            "from_str",
            "from_slice",
            "from_reader",
            "from_value",
            "Deserializer",
        ];
        for (at, path) in tokens.windows(3).enumerate() {
            if path != ["serde_json", ":", ":"] {
                continue;
            }
            // One name, or several that are imported together.
            let names = &tokens[at + 3..];
            let end = match names.first() {
                Some(&"{") => names.iter().position(|name| *name == ";"),
                _ => Some(1),
            };
            let names = &names[..end.unwrap_or(names.len()).min(names.len())];
            let reader = names.iter().find(|name| readers.contains(name));
            assert!(reader.is_none(), "{} reads by {reader:?}", file.display());
        }
    }
}
