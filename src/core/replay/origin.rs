//! When and where a recording was made, in few words.

/// `2026-11-29 09:30 UTC` of an ISO 8601 time in UTC, such as
/// `2026-11-29T09:30:12.123Z`; anything else as it is.
pub fn short_date(created: &str) -> String {
    let is_shaped = created.is_ascii()
        && created.len() >= 17
        && created.ends_with('Z')
        && created.as_bytes().get(10) == Some(&b'T');
    match (created.get(..10), created.get(11..16)) {
        (Some(day), Some(minute)) if is_shaped => format!("{day} {minute} UTC"),
        _ => created.to_owned(),
    }
}

/// Browsers by the word with which they name themselves. The order matters:
/// most also name those that they descend from.
const BROWSERS: [(&str, &str); 7] = [
    ("Firefox/", "Firefox"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
];

/// Systems in the same way.
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// Browser with its main version and system of a user agent, e.g. `Chrome 142,
/// Linux`; `None` where neither is known.
pub fn browser(user_agent: &str) -> Option<String> {
    let browser = BROWSERS.into_iter().find_map(|(mark, name)| {
        let (_, rest) = user_agent.split_once(mark)?;
        let end = rest.find(|c: char| !c.is_ascii_digit());
        let version = rest.get(..end.unwrap_or(rest.len()))?;
        Some(format!("{name} {version}").trim_end().to_owned())
    });
    let system = SYSTEMS
        .into_iter()
        .find(|(mark, _)| user_agent.contains(mark))
        .map(|(_, name)| name.to_owned());
    let known: Vec<String> = [browser, system].into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_cut_to_its_minute_and_other_text_stays() {
        let shown = short_date("2026-11-29T09:30:12.123Z");
        assert_eq!(shown, "2026-11-29 09:30 UTC");
        for odd in [
            "",
            "yesterday",
            "2026-11-29T09:30+02:00",
            "२०२६-११-२९T०९:३०Z",
        ] {
            assert_eq!(short_date(odd), odd);
        }
    }

    #[test]
    fn browsers_are_known_by_what_they_say() {
        let agents = [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
                "Chrome 142, Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
                "Edge 141, Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) Gecko/20100101 Firefox/128.0",
                "Firefox 128, macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                "Safari 18, iOS",
            ),
            ("something on Linux", "Linux"),
        ];
        for (agent, name) in agents {
            assert_eq!(browser(agent).as_deref(), Some(name));
        }
        assert_eq!(browser("a program"), None);
        assert_eq!(browser(""), None);
    }
}
