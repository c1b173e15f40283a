//! What is said of credentials besides plain keys.

use crate::core::{
    catalog::AuthKind,
    credentials::{AwsFault, KeyAge, Lifetime, Oddity},
};

/// Words of the forms for credentials.
#[derive(Debug, Clone, Copy)]
#[expect(
    missing_docs,
    reason = "each field is named after the place where it is shown"
)]
pub struct CredentialWords {
    pub ways: &'static str,
    pub kind: fn(AuthKind, &str) -> &'static str,
    pub token_label: fn(&str) -> String,
    pub token_hint: &'static str,
    pub copy: &'static str,
    pub aws_id: &'static str,
    pub aws_secret: &'static str,
    pub aws_token: &'static str,
    pub aws_hint: &'static str,
    pub aws_filled: &'static str,
    pub aws_fault: fn(AwsFault) -> &'static str,
    pub oddity: fn(Oddity) -> String,
    pub age: fn(KeyAge) -> String,
    pub more: &'static str,
    pub organization: &'static str,
    pub project: &'static str,
    pub account_hint: &'static str,
    pub account_bad: &'static str,
}

/// English.
pub const EN: CredentialWords = CredentialWords {
    ways: "Kind of credential",
    kind: |kind, provider| match kind {
        AuthKind::Sigv4 => "Access key",
        AuthKind::Token if provider.starts_with("azure") => "Entra token",
        AuthKind::Token => "OAuth token",
        AuthKind::Key | AuthKind::SignIn | AuthKind::None => "API key",
    },
    token_label: |name| format!("{name} token"),
    token_hint: "This command prints one. It is good for about an hour; then enter a new one.",
    copy: "Copy",
    aws_id: "Access key ID",
    aws_secret: "Secret access key",
    aws_token: "Session token, for temporary credentials",
    aws_hint: "Paste what AWS gave you into any of the fields, e.g. its export lines, a section of the credentials file or the CSV: it fills all of them. The secret signs requests here and is never sent.",
    aws_filled: "Filled in from what you pasted",
    aws_fault: |fault| match fault {
        AwsFault::Id => {
            "The access key ID begins with AKIA or ASIA and has only capital letters and digits."
        }
        AwsFault::SecretMissing | AwsFault::Secret => {
            "The secret access key is missing, or it is not whole."
        }
        AwsFault::TokenMissing => {
            "An ID that begins with ASIA is temporary and needs its session token too."
        }
        AwsFault::Token => {
            "The session token holds characters that none has. Copy it again, whole and alone."
        }
    },
    oddity: |oddity| {
        match oddity {
        Oddity::ServiceAccount => {
            "This is the private key of a service account. It does not belong in a page; enter a token that was made with it.".to_owned()
        }
        Oddity::AccessKeyId => {
            "This is the ID of an access key. Choose “Access key” and enter its secret too.".to_owned()
        }
        Oddity::Token => "Saved. It looks like a token and is sent as one".to_owned(),
        Oddity::NotToken => {
            "Saved. It does not look like a token, though; it may be an API key".to_owned()
        }
        Oddity::Ends(lifetime) => format!("Saved. Such a key is good for {}", span(lifetime)),
    }
    },
    age: |age| {
        if age.is_over() {
            format!(
                "entered {} ago and good for {}: it has likely expired",
                minutes(age.minutes),
                span(age.lifetime)
            )
        } else {
            format!(
                "entered {} ago, good for {}",
                minutes(age.minutes),
                span(age.lifetime)
            )
        }
    },
    more: "More",
    organization: "Organization ID",
    project: "Project ID",
    account_hint: "Only where a key belongs to several. Sent to api.openai.com and to nobody else; kept with the settings.",
    account_bad: "An ID has letters, digits, hyphens and underscores only; this is not sent.",
};

/// How long something is good for.
pub fn span(lifetime: Lifetime) -> String {
    let time = match lifetime.minutes {
        60 => "an hour".to_owned(),
        minutes if minutes % 60 == 0 => format!("{} hours", minutes / 60),
        minutes => format!("{minutes} minutes"),
    };
    if lifetime.at_most {
        format!("at most {time}")
    } else {
        format!("about {time}")
    }
}

/// A number of minutes, in hours from two hours on.
pub fn minutes(minutes: u32) -> String {
    match minutes {
        0 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        2..120 => format!("{minutes} minutes"),
        _ => format!("{} hours", minutes / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::domain::ApiKey;

    #[test]
    fn an_age_says_when_it_is_over() {
        let key = ApiKey::new("ya29.abc").unwrap();
        let said = |minutes: f64| (EN.age)(KeyAge::of(&key, minutes * 60_000.0).unwrap());
        assert_eq!(said(12.0), "entered 12 minutes ago, good for about an hour");
        assert!(said(75.0).contains("likely expired"));
        let key = ApiKey::new("bedrock-api-key-abc").unwrap();
        let age = KeyAge::of(&key, 180.0 * 60_000.0).unwrap();
        assert_eq!(
            (EN.age)(age),
            "entered 3 hours ago, good for at most 12 hours"
        );
    }
}
