//! Why a model does not run in this page, and what to do.

use super::{built_in, failure::Explanation};
use crate::core::device::{DeviceFault, megabytes};

/// How a host gets model files.
const FOLDER: &str = "put it into the folder “models” beside this page under this name";

/// The fault of a run on the file of this name.
pub fn explain(fault: &DeviceFault, file: &str) -> Explanation {
    let (title, text) = match fault {
        DeviceFault::BuiltIn(fault) => return built_in::explain(fault),
        DeviceFault::Missing => (
            format!("{file} is not here"),
            format!("Choose the file from your disk, or {FOLDER}."),
        ),
        DeviceFault::Download => (
            format!("{file} was not fetched"),
            "The connection to this page’s host broke. Check the network, then retry, or choose a file from your disk.".to_owned(),
        ),
        DeviceFault::NotGguf => (
            format!("{file} is not a GGUF file"),
            "Only models in the GGUF format of llama.cpp run in this page. Choose such a file.".to_owned(),
        ),
        DeviceFault::TooBig(bytes) => (
            format!("{file} is too large for a page"),
            format!("It has {} MB and a page can read 2147 MB. Choose a smaller model, or one that is quantised more.", megabytes(as_f64(*bytes))),
        ),
        DeviceFault::Memory => (
            format!("There is not enough memory for {file}"),
            "Close other tabs and retry, or choose a smaller model.".to_owned(),
        ),
        DeviceFault::Architecture(name) => (
            format!("{file} is of a kind that is not known here"),
            format!("The llama.cpp in this page does not know the architecture “{name}”. Choose another model."),
        ),
        DeviceFault::Refused(_) => (
            format!("{file} could not be loaded"),
            "It may be damaged or not whole. Choose another file; the words of llama.cpp are below where it gave any.".to_owned(),
        ),
        DeviceFault::Browser => (
            "This browser cannot run models".to_owned(),
            "Models in the page need WebAssembly with 64-bit memory. Use a current Chrome, Edge or Firefox.".to_owned(),
        ),
    };
    Explanation {
        title,
        text,
        suggests_model: true,
        ..Explanation::default()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a size that is shown in megabytes"
)]
fn as_f64(bytes: u64) -> f64 {
    bytes as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_names_the_file_or_the_browser_and_says_what_to_do() {
        for code in [
            "missing", "download", "not_gguf", "too_big", "load", "browser",
        ] {
            let fault = DeviceFault::new(code, "3000000000");
            let explained = explain(&fault, "m.gguf");
            let named = explained.title.contains("m.gguf") || fault == DeviceFault::Browser;
            assert!(named && !explained.title.ends_with('.'), "{code}");
            assert!(explained.text.ends_with('.'), "{code}");
        }
        let big = explain(&DeviceFault::TooBig(3_000_000_000), "m.gguf");
        assert!(big.text.contains("3000 MB"));
    }
}
