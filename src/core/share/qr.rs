//! A text as a QR code.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// The light border that readers need, in modules (ISO/IEC 18004).
pub const QUIET: usize = 4;

/// Up to this many modules a side a code is still read off a screen by a
/// telephone at arm's length: version 25.
const MOST_MODULES: usize = 117;

/// A code as one path of dark modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules a side, the quiet zone included.
    pub side: usize,
    /// An SVG path in units of modules.
    pub path: String,
}

/// The code of a text. `None` where it is too long to be read off a screen.
pub fn encode(text: &str) -> Option<Qr> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = usize::try_from(code.size()).ok()?;
    if size > MOST_MODULES {
        return None;
    }
    Some(Qr {
        side: size + 2 * QUIET,
        path: path(&code, size),
    })
}

/// Each run of dark modules of a row as one bar.
fn path(code: &QrCode, size: usize) -> String {
    let is_dark = |x: usize, y: usize| match (i32::try_from(x), i32::try_from(y)) {
        (Ok(x), Ok(y)) => code.get_module(x, y),
        _ => false,
    };
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let length = (x..size).take_while(|x| is_dark(*x, y)).count();
            if length > 0 {
                write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET).ok();
            }
            x += length.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{MOST_MODULES, QUIET, encode};

    #[test]
    fn a_code_keeps_its_quiet_zone() {
        let code = encode("https://touch.example/#c=abc").unwrap();
        assert!(
            code.path.starts_with(&format!("M{QUIET} {QUIET}h7v1h-7z")),
            "{}",
            code.path
        );
        assert!(code.side < MOST_MODULES);
    }

    #[test]
    fn what_no_telephone_reads_has_no_code() {
        assert!(encode(&"x".repeat(1200)).is_some());
        assert!(encode(&"x".repeat(1400)).is_none());
    }
}
