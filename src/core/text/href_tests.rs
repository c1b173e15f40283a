use proptest::prelude::*;

use super::super::{Block, Document, Inline, parse, plain_text};
use super::SafeHref;

#[test]
fn web_and_mail_addresses_pass() {
    for (raw, out) in [
        ("http://a.b", "http://a.b"),
        ("HTTPS://A.b:8080/c?d=e#f", "HTTPS://A.b:8080/c?d=e#f"),
        ("  https://a.b/c d  ", "https://a.b/c%20d"),
        ("https://例え.jp/パス", "https://例え.jp/パス"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("mailto:a@b.c?subject=x", "mailto:a@b.c?subject=x"),
    ] {
        assert_eq!(
            SafeHref::parse(raw)
                .map(|href| href.as_str().to_owned())
                .as_deref(),
            Some(out)
        );
    }
    let host = |raw: &str| SafeHref::parse(raw)?.host().map(str::to_owned);
    assert_eq!(host("https://a.b:8080/c").as_deref(), Some("a.b:8080"));
    assert_eq!(host("mailto:a@b.c"), None);
    assert!(SafeHref::parse_web("mailto:a@b.c").is_none());
}

#[test]
fn every_other_address_is_refused() {
    for raw in [
        "",
        "#x",
        "/x",
        "x",
        "./x",
        "//a.b",
        "\\\\a.b",
        "?q",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        " javascript:alert(1)",
        "javascript&#58;alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:http://a.b/c",
        "ftp://a.b",
        "view-source:http://a.b",
        "about:blank",
        "http:",
        "http:a.b",
        "http:/a.b",
        "http:///a.b",
        "https:\\\\a.b",
        "http://",
        "http://?x",
        "http://good.com\\@evil.com",
        "http://good.com@evil.com",
        "http://user:word@evil.com",
        "http://a.b/\u{202e}gpj",
        "http://a\u{200b}.b",
        "http://a.b/\r\nx",
        "http://%00",
        "ht\u{ad}tp://a.b",
        "mailto:",
        "mailto://x",
        "\u{a0}http://a.b",
        "http://a\"b",
    ] {
        assert_eq!(SafeHref::parse(raw), None, "{raw:?}");
    }
}

/// Every address in the tree, links and images apart.
fn addresses(blocks: &[Block], links: &mut Vec<String>, images: &mut Vec<String>) {
    let mut inlines = |run: &[Inline]| inline_addresses(run, links, images);
    match blocks.split_first() {
        None => return,
        Some((Block::Paragraph(run) | Block::Heading { inlines: run, .. }, _)) => inlines(run),
        Some((Block::Table { head, rows, .. }, _)) => {
            for cell in head.iter().chain(rows.iter().flat_map(|row| row.iter())) {
                inlines(cell);
            }
        }
        Some((Block::List { items, .. }, _)) => {
            for item in items {
                addresses(&item.blocks, links, images);
            }
        }
        Some((Block::Quote(inner), _)) => addresses(inner, links, images),
        Some((Block::Code { .. } | Block::Rule, _)) => {}
    }
    addresses(&blocks[1..], links, images);
}

fn inline_addresses(run: &[Inline], links: &mut Vec<String>, images: &mut Vec<String>) {
    for inline in run {
        match inline {
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Strike(inner) => {
                inline_addresses(inner, links, images);
            }
            Inline::Link { href, children, .. } => {
                links.push(href.as_str().to_owned());
                inline_addresses(children, links, images);
            }
            Inline::Image { src, .. } => images.push(src.as_str().to_owned()),
            Inline::Text(_) | Inline::Code(_) | Inline::SoftBreak | Inline::HardBreak => {}
        }
    }
}

#[test]
fn hostile_markup_becomes_text() {
    for (source, text) in [
        ("[x](javascript:alert(1))", "x"),
        ("[x](JAVASCRIPT:alert(1))", "x"),
        ("[x](<java\tscript:alert(1)>)", "x"),
        ("[x](&#106;avascript:alert(1))", "x"),
        ("[x](&#x6A;avascript&colon;alert(1))", "x"),
        ("[x](java&Tab;script:alert(1))", "x"),
        ("[x](java&NewLine;script:alert(1))", "x"),
        ("[x](\\javascript:alert(1))", "x"),
        ("[x](data:text/html;base64,PHN2Zz4=)", "x"),
        ("[x](vbscript:msgbox(1))", "x"),
        ("[x](//evil.com)", "x"),
        ("[x](/relative)", "x"),
        ("[x][r]\n\n[r]: javascript:alert(1)", "x"),
        ("<javascript:alert(1)>", "javascript:alert(1)"),
        ("![x](javascript:alert(1))", "x"),
        ("![x](data:image/svg+xml,<svg/onload=alert(1)>)", "x"),
        ("![x](//evil.com/a.png)", "x"),
        ("![x](mailto:a@b.c)", "x"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        (
            "a <img src=x onerror=alert(1)> b",
            "a <img src=x onerror=alert(1)> b",
        ),
        ("<svg onload=alert(1)>", "<svg onload=alert(1)>"),
        (
            "<style>*{display:none}</style>",
            "<style>*{display:none}</style>",
        ),
        (
            "<iframe srcdoc='<script>x</script>'>",
            "<iframe srcdoc='<script>x</script>'>",
        ),
        (
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\"javascript:alert(1)\">x</a>",
        ),
        ("<!-- x --> y", "<!-- x --> y"),
        ("- <b onclick=x>y</b>", "<b onclick=x>y</b>"),
    ] {
        let blocks = parse(source);
        let (mut links, mut images) = (Vec::new(), Vec::new());
        addresses(&blocks, &mut links, &mut images);
        assert_eq!((links.len(), images.len()), (0, 0), "{source}");
        assert_eq!(plain_text(&blocks), text, "{source}");
    }
}

const PARTS: &[&str] = &[
    "[x](",
    ")",
    "![x](",
    "<",
    ">",
    "javascript:",
    "JaVaScript:",
    "data:",
    "//",
    "http://",
    "https:",
    "\\",
    "&#106;",
    "&colon;",
    "&Tab;",
    "\t",
    " ",
    "\n",
    "\n\n",
    "[r]: ",
    "[r]",
    "alert(1)",
    "a.b",
    "@",
    "mailto:",
    "\u{0}",
    "\u{7f}",
    "\u{202e}",
    "**",
    "| ",
    "|\n|---|\n",
    "- ",
    "> ",
    "`",
    "\"t\"",
    "(",
    "/p?q#f",
    ":",
    "%6a",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(700) })]

    #[test]
    fn no_text_makes_a_forbidden_address(
        text in prop_oneof![
            prop::collection::vec(prop::sample::select(PARTS), 0..30).prop_map(|parts| parts.concat()),
            any::<String>(),
        ],
    ) {
        let mut document = Document::new();
        for c in text.chars() {
            document.push(c.encode_utf8(&mut [0; 4]));
            let (mut links, mut images) = (Vec::new(), Vec::new());
            addresses(document.tail(), &mut links, &mut images);
            addresses(document.settled(), &mut links, &mut images);
            for link in &links {
                let lower = link.to_ascii_lowercase();
                prop_assert!(["http://", "https://", "mailto:"].iter().any(|ok| lower.starts_with(ok)), "{link:?}");
            }
            for image in &images {
                let lower = image.to_ascii_lowercase();
                prop_assert!(["http://", "https://"].iter().any(|ok| lower.starts_with(ok)), "{image:?}");
            }
            prop_assert!(!links.iter().chain(&images).any(|raw| raw.chars().any(|c| c.is_control() || c == ' ')));
        }
    }
}
