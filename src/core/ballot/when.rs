//! The moment of a ballot as text.

use crate::core::pricing::Moment;

/// Reads the form of [`Moment::to_iso`]. What does not fit into a code's 32 bits
/// is none.
pub(super) fn read(text: &str) -> Option<Moment> {
    Moment::parse_iso(text).filter(|at| u32::try_from(at.0).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_moment_is_written_as_others_write_it() {
        // `date -u -d @1795944605 +%FT%TZ`
        assert_eq!(Moment(1_795_944_605).to_iso(), "2026-11-29T09:30:05Z");
        assert_eq!(
            read("2026-11-29T09:30:05.250Z"),
            Some(Moment(1_795_944_605))
        );
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "now",
            "2026-11-29",
            "2026-11-29T10:10Z",
            "2026-11-29T10:10:05",
            "2026-11-29T24:00:00Z",
            "2026-11-29T10:60:00Z",
            "2026-13-01T10:00:00Z",
            "2026-11-29T1:10:05Z",
            "2026-11-29T10:10:05.Z",
            "2026-11-29T+1:10:05Z",
            "2106-02-07T06:28:16Z",
            "2026-11-29T10:10:05+01:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_moment_of_a_code_comes_back(at: u32) {
            let at = Moment(i64::from(at));
            prop_assert_eq!(read(&at.to_iso()), Some(at));
        }
    }
}
