//! The access key of an AWS account: found in what was copied, read from one
//! text and written as one, `ID:SECRET[:TOKEN]`.

use crate::core::domain::ApiKey;

/// An access key: its id, its secret, and a session's token where it is
/// temporary.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AwsKeys {
    /// 20 characters, `AKIA…` or `ASIA…`. No secret.
    pub id: String,
    /// 40 characters of Base64.
    pub secret: String,
    /// Of temporary credentials; empty where there is none.
    pub token: String,
}

impl std::fmt::Debug for AwsKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AwsKeys(…)")
    }
}

/// What is wrong with an access key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwsFault {
    /// There is no id, or it is not one.
    Id,
    /// There is no secret.
    SecretMissing,
    /// The secret is not whole, or holds what no secret holds.
    Secret,
    /// The id is of temporary credentials, whose token is missing.
    TokenMissing,
    /// The token holds what no token holds.
    Token,
}

/// How ids begin: of a person's key, and of a session's.
const LASTING: &str = "AKIA";
const TEMPORARY: &str = "ASIA";
/// The shortest id that is read; AWS has them of 16 characters and more, the
/// published test vectors shorter ones.
const SHORTEST_ID: usize = 8;
/// The shortest secret that is taken from a form.
const SHORTEST_SECRET: usize = 16;

/// The names of the three, without case and signs.
const NAMES: [(&str, Part); 8] = [
    ("awsaccesskeyid", Part::Id),
    ("accesskeyid", Part::Id),
    ("awssecretaccesskey", Part::Secret),
    ("secretaccesskey", Part::Secret),
    ("awssessiontoken", Part::Token),
    ("sessiontoken", Part::Token),
    ("awssecuritytoken", Part::Token),
    ("securitytoken", Part::Token),
];

#[derive(Clone, Copy)]
enum Part {
    Id,
    Secret,
    Token,
}

impl AwsKeys {
    /// Finds an access key in what was pasted: lines to set variables of a
    /// shell, a section of a credentials file, the console's CSV, JSON of the
    /// command line, or the three joined by colons. `None` unless id and secret
    /// are both there.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}').trim();
        let found = Self::named(text);
        let found = if found.is_whole() {
            found
        } else {
            Self::table(text)
        };
        let found = if found.is_whole() {
            found
        } else {
            Self::joined(text)?
        };
        found.is_whole().then_some(found)
    }

    fn is_whole(&self) -> bool {
        !self.id.is_empty() && !self.secret.is_empty()
    }

    fn set(&mut self, part: Part, value: &str) {
        let place = match part {
            Part::Id => &mut self.id,
            Part::Secret => &mut self.secret,
            Part::Token => &mut self.token,
        };
        if place.is_empty() {
            value.clone_into(place);
        }
    }

    /// `NAME=value` and `"Name": "value"`, one a line or joined by commas.
    fn named(text: &str) -> Self {
        let mut found = Self::default();
        for line in text.split(['\n', '\r', ',', ';']) {
            let Some((name, value)) = line.split_once(['=', ':']) else {
                continue;
            };
            // `export NAME`, `set NAME`, `$Env:NAME`.
            let value = match part_of(name) {
                Some(part) => {
                    found.set(part, bare(value));
                    continue;
                }
                None => value,
            };
            if let Some((name, value)) = value.split_once('=')
                && let Some(part) = part_of(name)
            {
                found.set(part, bare(value));
            }
        }
        found
    }

    /// A line of names and a line of values.
    fn table(text: &str) -> Self {
        let mut found = Self::default();
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        if let (Some(names), Some(values)) = (lines.next(), lines.next()) {
            for (name, value) in names.split(',').zip(values.split(',')) {
                if let Some(part) = part_of(name) {
                    found.set(part, bare(value));
                }
            }
        }
        found
    }

    fn joined(text: &str) -> Option<Self> {
        Self::parse(text).ok().filter(|found| is_key_id(&found.id))
    }

    /// Whether somebody meant an access key, be it whole or not. Bedrock's other
    /// keys hold no colon.
    pub fn is_meant(text: &str) -> bool {
        let text = text.trim();
        text.contains(':') || [LASTING, TEMPORARY].iter().any(|id| text.starts_with(id))
    }

    /// Reads `ID:SECRET[:TOKEN]`, or tells why that is not one. White space
    /// around each part is dropped.
    pub fn parse(text: &str) -> Result<Self, AwsFault> {
        let mut parts = text.trim().splitn(3, ':').map(str::trim);
        let mut part = || parts.next().unwrap_or_default().to_owned();
        let read = Self {
            id: part(),
            secret: part(),
            token: part(),
        };
        read.check()?;
        Ok(read)
    }

    fn check(&self) -> Result<(), AwsFault> {
        let Self { id, secret, token } = self;
        let plain = |byte: u8| byte.is_ascii_alphanumeric();
        // Secrets and tokens are Base64, in one alphabet or the other.
        let coded = |text: &str| {
            let mut bytes = text.bytes();
            bytes.all(|byte| plain(byte) || b"+/=-_".contains(&byte))
        };
        if id.len() < SHORTEST_ID || !id.bytes().all(plain) {
            Err(AwsFault::Id)
        } else if secret.is_empty() {
            Err(AwsFault::SecretMissing)
        } else if !coded(secret) {
            Err(AwsFault::Secret)
        } else if !coded(token) {
            Err(AwsFault::Token)
        } else if token.is_empty() && id.starts_with(TEMPORARY) {
            Err(AwsFault::TokenMissing)
        } else {
            Ok(())
        }
    }

    /// The three as one text, `ID:SECRET[:TOKEN]`, or what is wrong with them.
    /// What was typed must look like what AWS gives: a slip is told before
    /// anything is sent.
    pub fn compose(&self) -> Result<ApiKey, AwsFault> {
        let [id, secret, token] = [&self.id, &self.secret, &self.token].map(|part| part.trim());
        let tidy = Self {
            id: id.to_owned(),
            secret: secret.to_owned(),
            token: token.to_owned(),
        };
        if !is_key_id(id) {
            return Err(AwsFault::Id);
        }
        tidy.check()?;
        if secret.len() < SHORTEST_SECRET {
            return Err(AwsFault::Secret);
        }
        let tail = if token.is_empty() { "" } else { ":" };
        ApiKey::new(&format!("{id}:{secret}{tail}{token}")).ok_or(AwsFault::Id)
    }
}

/// Whether a text is the id of an access key: `AKIA…` for lasting, `ASIA…` for
/// temporary ones.
pub(super) fn is_key_id(text: &str) -> bool {
    let known = [LASTING, TEMPORARY].iter().any(|id| text.starts_with(id));
    let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    known && (16..=128).contains(&text.len()) && text.bytes().all(plain)
}

fn part_of(name: &str) -> Option<Part> {
    let name = name.trim();
    // The last word: `export` and `set` stand before it.
    let name = if name.contains('"') {
        name
    } else {
        match name.rsplit_once([' ', '\t']) {
            Some((first, last))
                if ["export", "set", "setx"]
                    .iter()
                    .any(|word| first.trim().eq_ignore_ascii_case(word)) =>
            {
                last
            }
            _ => name,
        }
    };
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let found = NAMES.iter().find(|(known, _)| *known == plain)?;
    Some(found.1)
}

fn bare(value: &str) -> &str {
    value.trim_matches(|c: char| c.is_whitespace() || "\"'{}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of AWS's own documentation.
    const ID: &str = "AKIAIOSFODNN7EXAMPLE";
    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    const TOKEN: &str = "IQoJb3JpZ2luX2IQoJb3JpZ2luX2I+/==";

    fn whole(token: &str) -> AwsKeys {
        AwsKeys {
            id: ID.to_owned(),
            secret: SECRET.to_owned(),
            token: token.to_owned(),
        }
    }

    #[test]
    fn an_access_key_is_found_however_it_was_copied() {
        let with_token = [
            format!(
                "export AWS_ACCESS_KEY_ID=\"{ID}\"\nexport AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\nexport AWS_SESSION_TOKEN=\"{TOKEN}\"\n"
            ),
            format!(
                "SET AWS_ACCESS_KEY_ID={ID}\r\nSET AWS_SECRET_ACCESS_KEY={SECRET}\r\nSET AWS_SESSION_TOKEN={TOKEN}"
            ),
            format!(
                "set AWS_ACCESS_KEY_ID={ID}\r\nset AWS_SECRET_ACCESS_KEY={SECRET}\r\nset AWS_SESSION_TOKEN={TOKEN}"
            ),
            format!(
                "$Env:AWS_ACCESS_KEY_ID=\"{ID}\"\n$Env:AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\n$Env:AWS_SESSION_TOKEN=\"{TOKEN}\""
            ),
            format!(
                "[default]\naws_access_key_id = {ID}\naws_secret_access_key={SECRET}\naws_session_token = {TOKEN}\nregion = us-east-1"
            ),
            format!(
                "{{\"Credentials\": {{\n \"AccessKeyId\": \"{ID}\",\n \"SecretAccessKey\": \"{SECRET}\",\n \"SessionToken\": \"{TOKEN}\",\n \"Expiration\": \"2026-11-24T20:00:00Z\"}}}}"
            ),
            format!(" {ID}:{SECRET}:{TOKEN} "),
        ];
        for text in with_token {
            assert_eq!(AwsKeys::read(&text), Some(whole(TOKEN)), "{text}");
        }
        let without = [
            format!("\u{feff}Access key ID,Secret access key\r\n{ID},{SECRET}\r\n"),
            format!("AWS_ACCESS_KEY_ID={ID} \nAWS_SECRET_ACCESS_KEY={SECRET}"),
            format!("{ID}:{SECRET}"),
        ];
        for text in without {
            assert_eq!(AwsKeys::read(&text), Some(whole("")), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_access_key_is_left_alone() {
        for text in [
            "",
            ID,
            SECRET,
            "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
            "hello: world",
            "Name,Other\nsomebody,else",
        ] {
            assert_eq!(AwsKeys::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_three_become_one_text_or_a_fault() {
        let text = |keys: AwsKeys| keys.compose().map(|key| key.expose().to_owned());
        assert_eq!(text(whole("")), Ok(format!("{ID}:{SECRET}")));
        assert_eq!(text(whole(TOKEN)), Ok(format!("{ID}:{SECRET}:{TOKEN}")));
        let with = |change: fn(&mut AwsKeys)| {
            let mut keys = whole("");
            change(&mut keys);
            text(keys)
        };
        assert_eq!(with(|keys| keys.id.clear()), Err(AwsFault::Id));
        assert_eq!(
            with(|keys| keys.id = "sk-abc".to_owned()),
            Err(AwsFault::Id)
        );
        assert_eq!(
            with(|keys| keys.secret.clear()),
            Err(AwsFault::SecretMissing)
        );
        assert_eq!(with(|keys| keys.secret.truncate(15)), Err(AwsFault::Secret));
        assert_eq!(
            with(|keys| keys.secret.insert(3, ':')),
            Err(AwsFault::Secret)
        );
        assert_eq!(
            with(|keys| keys.id = "ASIAIOSFODNN7EXAMPLE".to_owned()),
            Err(AwsFault::TokenMissing)
        );
        assert_eq!(
            with(|keys| keys.token = "a b".to_owned()),
            Err(AwsFault::Token)
        );
    }

    #[test]
    fn what_is_composed_is_what_signs() {
        for token in ["", TOKEN] {
            let key = whole(token).compose().unwrap();
            assert_eq!(AwsKeys::parse(key.expose()), Ok(whole(token)));
        }
    }

    #[test]
    fn one_text_is_read_with_white_space_around_its_parts() {
        let read = AwsKeys::parse(" AKIDEXAMPLE : abc/+1 :\n tok== ");
        assert_eq!(read, AwsKeys::parse("AKIDEXAMPLE:abc/+1:tok=="));
        assert_eq!(AwsKeys::parse("AKIDEXAMPLE:abc:").unwrap().token, "");
    }

    #[test]
    fn what_is_wrong_with_one_text_is_told() {
        use AwsFault::{Id, Secret, SecretMissing, Token, TokenMissing};
        let cases = [
            ("AKIAIOSFODNN7EXAMPLE", SecretMissing),
            ("AKIAIOSFODNN7EXAMPLE: ", SecretMissing),
            (":abc", Id),
            ("https://example.com", Id),
            ("AK-IA:abc", Id),
            ("AKIAIOSFODNN7EXAMPLE:se cret", Secret),
            ("AKIAIOSFODNN7EXAMPLE:secret:to:ken", Token),
            ("ASIAIOSFODNN7EXAMPLE:secret", TokenMissing),
        ];
        for (text, fault) in cases {
            assert_eq!(AwsKeys::parse(text), Err(fault), "{text}");
            assert!(AwsKeys::is_meant(text), "{text}");
        }
    }

    #[test]
    fn an_access_key_is_never_printed() {
        assert_eq!(format!("{:?}", whole(TOKEN)), "AwsKeys(…)");
    }
}
