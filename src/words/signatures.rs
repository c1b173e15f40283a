//! What is said about keys that sign requests.

use crate::core::credentials::AwsFault;

/// Why a text is no such keys, and what to do.
pub fn fault(fault: AwsFault) -> &'static str {
    match fault {
        AwsFault::Id => {
            "The access key ID has only letters and digits, such as AKIAIOSFODNN7EXAMPLE. Enter it before the first colon, as ACCESS_KEY_ID:SECRET."
        }
        AwsFault::SecretMissing => {
            "This is an access key ID without its secret. Enter both, as ACCESS_KEY_ID:SECRET, or use a Bedrock API key, which begins with ABSK or bedrock-api-key-."
        }
        AwsFault::Secret => {
            "The secret access key holds a character that none has, such as a blank. Copy it again, whole."
        }
        AwsFault::TokenMissing => {
            "An access key ID that begins with ASIA belongs to a session and needs its token. Enter ACCESS_KEY_ID:SECRET:SESSION_TOKEN."
        }
        AwsFault::Token => {
            "The session token holds a character that none has. Copy it again, whole."
        }
    }
}

/// By how much this device's clock is off, in seconds: positive where the
/// provider's is ahead.
pub fn clock_is_off(seconds: i64) -> String {
    let way = if seconds > 0 { "slow" } else { "fast" };
    let minutes = (seconds.abs() + 30) / 60;
    format!("this device’s clock is {minutes} min {way}, and a signature holds for five")
}

/// The same as news.
pub fn clock_corrected(seconds: i64) -> String {
    let off = clock_is_off(seconds);
    format!("Signed once more by the provider’s time: {off}.")
}

#[cfg(test)]
mod tests {
    use super::clock_corrected;

    #[test]
    fn a_clock_is_slow_or_fast_by_whole_minutes() {
        assert_eq!(
            clock_corrected(899),
            "Signed once more by the provider’s time: this device’s clock is 15 min slow, and a signature holds for five."
        );
        assert!(clock_corrected(-3600).contains("60 min fast"));
    }
}
