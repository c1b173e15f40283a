//! An encrypted text: all that is needed to open it but the passphrase.
//!
//! AES-256 in GCM, with a key that PBKDF2 makes of the passphrase with SHA-256.
//! The cipher itself is the browser's (`browser::secret_box`); here is the form
//! in which its outcome travels:
//!
//! `1.ROUNDS.SALT.IV.TEXT.CHECK`
//!
//! `SALT`, `IV` and `TEXT` are base64url without padding, `TEXT` ends with the
//! tag of 16 bytes, and `CHECK` is base64url of the first three bytes of SHA-256
//! over everything before its dot: it tells a cut text from a wrong passphrase.

use super::base64;
use sha2::{Digest as _, Sha256};

/// The first part, which says how the others are to be read.
const VERSION: &str = "1";
/// How many bytes the salt has.
pub const SALT_BYTES: usize = 16;
/// How many bytes the initialisation vector has.
pub const IV_BYTES: usize = 12;
/// The tag of GCM.
const TAG_BYTES: usize = 16;
/// Rounds of PBKDF2 for a text that is sealed here.
pub const ROUNDS: u32 = 600_000;
/// What is opened: fewer would be no protection, more would hang the page.
const ROUNDS_READ: std::ops::RangeInclusive<u32> = 100_000..=10_000_000;
const CHECK_BYTES: usize = 3;

/// An encrypted text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Rounds of PBKDF2.
    pub rounds: u32,
    /// Salt of PBKDF2.
    pub salt: Vec<u8>,
    /// Initialisation vector of GCM.
    pub iv: Vec<u8>,
    /// The encrypted text with its tag.
    pub text: Vec<u8>,
}

/// Why a text is none that can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// It was cut or changed on its way.
    Broken,
    /// A later version wrote it.
    Newer,
}

impl Sealed {
    /// The form in which it travels.
    pub fn to_text(&self) -> String {
        let parts = [&self.salt, &self.iv, &self.text].map(|part| base64::encode_url(part));
        let body = format!("{VERSION}.{}.{}", self.rounds, parts.join("."));
        let check = check(&body);
        format!("{body}.{check}")
    }

    /// Reads the same.
    pub fn parse(text: &str) -> Result<Self, Damage> {
        let text = text.trim();
        let version = text.split('.').next().unwrap_or_default();
        let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && version != VERSION {
            return Err(Damage::Newer);
        }
        let (body, told) = text.rsplit_once('.').ok_or(Damage::Broken)?;
        if check(body) != told {
            return Err(Damage::Broken);
        }
        let mut parts = body.split('.').skip(1);
        let rounds = parts.next().and_then(|part| part.parse().ok());
        let rounds = rounds.filter(|rounds| ROUNDS_READ.contains(rounds));
        let mut bytes = || decode(parts.next()?);
        let (salt, iv, text) = (bytes(), bytes(), bytes());
        let is_whole = parts.next().is_none();
        let sealed = Self {
            rounds: rounds.ok_or(Damage::Broken)?,
            salt: salt.ok_or(Damage::Broken)?,
            iv: iv.ok_or(Damage::Broken)?,
            text: text.ok_or(Damage::Broken)?,
        };
        let fits =
            sealed.salt.len() >= 8 && sealed.iv.len() == IV_BYTES && sealed.text.len() >= TAG_BYTES;
        if is_whole && fits {
            Ok(sealed)
        } else {
            Err(Damage::Broken)
        }
    }
}

/// base64url; the other alphabet is none of ours.
fn decode(part: &str) -> Option<Vec<u8>> {
    let is_url = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !part.bytes().all(is_url) {
        return None;
    }
    base64::decode(&part.replace('-', "+").replace('_', "/"))
}

fn check(body: &str) -> String {
    let hash = Sha256::digest(body.as_bytes());
    base64::encode_url(hash.get(..CHECK_BYTES).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Damage, Sealed};
    use proptest::prelude::*;

    fn sealed() -> Sealed {
        Sealed {
            rounds: 600_000,
            salt: (0..16).collect(),
            iv: (100..112).collect(),
            text: (200..=255).collect(),
        }
    }

    #[test]
    fn it_reads_back_and_holds_only_what_links_hold() {
        let text = sealed().to_text();
        assert!(
            text.starts_with("1.600000.AAECAwQFBgcICQoLDA0ODw.ZGVmZ2hpamtsbW5v."),
            "{text}"
        );
        assert!(
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        );
        assert_eq!(Sealed::parse(&format!(" {text}\n")), Ok(sealed()));
    }

    #[test]
    fn a_cut_one_is_told_from_a_wrong_passphrase() {
        let text = sealed().to_text();
        for end in 2..text.len() {
            assert_eq!(Sealed::parse(&text[..end]), Err(Damage::Broken), "{end}");
        }
        assert_eq!(Sealed::parse(""), Err(Damage::Broken));
        assert_eq!(Sealed::parse("2.anything"), Err(Damage::Newer));
        assert_eq!(Sealed::parse("12"), Err(Damage::Newer));
    }

    #[test]
    fn rounds_that_protect_nothing_or_hang_the_page_are_refused() {
        for rounds in [0, 1, 99_999, 10_000_001, u32::MAX] {
            let text = Sealed { rounds, ..sealed() }.to_text();
            assert_eq!(Sealed::parse(&text), Err(Damage::Broken), "{rounds}");
        }
    }

    proptest! {
        #[test]
        fn any_change_of_a_letter_is_seen(at in 0usize..100, letter in "[A-Za-z0-9_.-]") {
            let text = sealed().to_text();
            let at = at % text.len();
            let mut changed = text.clone();
            changed.replace_range(at..=at, &letter);
            prop_assume!(changed != text);
            prop_assert!(Sealed::parse(&changed).is_err());
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
            if let Ok(sealed) = Sealed::parse(&text) {
                prop_assert_eq!(Sealed::parse(&sealed.to_text()), Ok(sealed));
            }
        }
    }
}
