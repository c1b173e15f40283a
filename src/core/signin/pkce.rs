//! Proof Key for Code Exchange (RFC 7636), with the method S256.

use crate::core::base64;
use sha2::{Digest as _, Sha256};

/// A secret that stays here, and what the other side may see of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Pkce {
    /// 43 characters; sent only with the exchange.
    pub verifier: String,
    /// Its hash; stands in the address of the sign-in page.
    pub challenge: String,
}

impl Pkce {
    /// From 32 bytes of a good source of randomness, as RFC 7636 section 4.1
    /// recommends.
    pub fn new(random: &[u8; 32]) -> Self {
        let verifier = base64::encode_url(random);
        let challenge = challenge(&verifier);
        Self {
            verifier,
            challenge,
        }
    }
}

impl std::fmt::Debug for Pkce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pkce(…, {})", self.challenge)
    }
}

/// The S256 challenge of a verifier.
pub fn challenge(verifier: &str) -> String {
    base64::encode_url(&Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pair_of_the_rfc_comes_out() {
        // RFC 7636, appendix B.
        let random = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212,
            37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
        ];
        let pair = Pkce::new(&random);
        assert_eq!(pair.verifier, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(
            pair.challenge,
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn base64_is_that_of_rfc_4648_without_padding() {
        // RFC 4648, section 10.
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64::encode_url(plain.as_bytes()), coded);
        }
        assert_eq!(base64::encode_url(&[0xfb, 0xff, 0xfe]), "-__-");
    }

    #[test]
    fn a_verifier_is_long_enough_plain_and_never_printed() {
        let pair = Pkce::new(&[7; 32]);
        assert!((43..=128).contains(&pair.verifier.len()));
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        assert!(pair.verifier.chars().all(plain));
        assert!(!format!("{pair:?}").contains(&pair.verifier));
    }
}
