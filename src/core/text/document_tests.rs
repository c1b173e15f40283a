use proptest::prelude::*;

use super::super::{Block, Document, Inline, parse, plain_text};

/// Pieces that decide block structure or leave it open, in every nasty order.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\n",
    " ",
    "  ",
    "    ",
    "\t",
    "a",
    "word ",
    "é",
    "漢字",
    "# h",
    "## ",
    "#",
    "===",
    "---",
    "- ",
    "* ",
    "+ ",
    "-",
    "1. ",
    "2) ",
    "10. ",
    "- [ ] ",
    "- [x] ",
    "> ",
    ">",
    "```",
    "````",
    "~~~",
    "```rust\n",
    "`",
    "``",
    "**",
    "*",
    "_",
    "__",
    "~~",
    "***",
    "[",
    "]",
    "(",
    ")",
    "[a](http://b.c)",
    "![i](https://x.y/z.png)",
    "<b>",
    "</b>",
    "<div>\n",
    "</div>",
    "<!--",
    "-->",
    "<script>",
    "<br>",
    "<?",
    "|",
    "| a | b |\n",
    "|---|---|\n",
    "|:-:|",
    "| c | d |\n",
    "a | b\n",
    "--|--\n",
    "\\",
    "&amp;",
    "&#106;",
    "http://e.f/g",
    "<http://h.i>",
    "$x$",
    "$$",
    "\r\n",
    "\r",
    "\0",
    "  \n",
    "\n    code\n",
    "\n  - ",
    "\n   1. ",
    "\n\n  p",
    "\n- - b",
    "\n>> q",
    "![",
    "](",
    "<",
    "'",
    "\"",
    "\u{feff}",
];

/// Definitions for the start of a text, so that each comes before its uses.
const DEFINITIONS: &[&str] = &[
    "[a]: http://x.y\n",
    "[b]: <http://x y> \"t & \\\" t\"\n",
    "[a]: http://second\n",
    "[c]: javascript:x 't'\n",
    "[d&e]: https://x/?a&amp;b\\&c\n",
    "[a]:\n http://n.l\n 'two\nlines'\n",
    "> [q]: http://in.quote\n",
    "\n",
];
const USES: &[&str] = &[
    "[a] ",
    "[t][b]",
    "[C][]",
    "[d&e]\n",
    "![q]",
    "[q]\n\n",
    "- [a]\n",
    "| [a] |\n|---|\n| [b] |\n",
];

/// Whole lines that make long lists, tables and fences, well-formed and not.
const LINES: &[&str] = &[
    "- a",
    "- b **c**",
    "- [x] d",
    "  more",
    "",
    "",
    "  - nested",
    "    - deep",
    "1. one",
    "2. two",
    "   x",
    "| a | b |",
    "|---|---|",
    "| c | d |",
    "| [x] | `y|z` |",
    "c | d",
    "para",
    "> q",
    "> - r",
    "```",
    "  ```",
    "~~~ lang",
    "    code",
    "- ",
    "-",
    "   - three",
    "\t- tab",
    "---",
    "# h",
    "* other",
    "10. ten",
    "===",
    "<div>",
    "<!-- x",
    "-->",
    "  | a |",
    "  |---|",
    "text",
    "text  ",
    " ",
    "   ",
];

fn markdown(pieces: &'static [&'static str], count: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..count).prop_map(|parts| parts.concat())
}

fn lines() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(LINES), 0..40).prop_map(|lines| lines.join("\n"))
}

/// Cuts `text` by `sizes` (in characters, repeated) and feeds it, checking
/// that settled blocks never change.
fn grow(text: &str, sizes: &[usize]) -> Document {
    let mut document = Document::new();
    let mut settled: Vec<Block> = Vec::new();
    let mut rest = text;
    let mut sizes = sizes.iter().cycle();
    while !rest.is_empty() {
        let size = *sizes.next().unwrap();
        let cut = rest
            .char_indices()
            .nth(size)
            .map_or(rest.len(), |(at, _)| at);
        document.push(&rest[..cut]);
        rest = &rest[cut..];
        assert!(
            document.settled().starts_with(&settled),
            "a settled block changed in {text:?}"
        );
        settled = document.settled().to_vec();
    }
    document.finish();
    assert!(
        document.settled().starts_with(&settled),
        "finish changed a settled block in {text:?}"
    );
    assert!(document.tail().is_empty());
    document
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(700) })]

    #[test]
    fn any_split_gives_the_tree_of_the_whole(
        text in prop_oneof![markdown(PIECES, 40), lines()],
        sizes in prop::collection::vec(1_usize..12, 1..6),
    ) {
        let (grown, whole) = (grow(&text, &sizes), parse(&text));
        prop_assert_eq!(grown.settled(), whole.as_slice());
    }

    #[test]
    fn definitions_before_their_use_outlive_the_blocks_they_came_with(
        head in markdown(DEFINITIONS, 5),
        uses in prop::collection::vec(prop_oneof![markdown(USES, 4), markdown(PIECES, 6)], 1..6),
        sizes in prop::collection::vec(1_usize..12, 1..6),
    ) {
        let text = format!("{head}\n\n{}", uses.join("\n\n"));
        // A definition made by chance out of pieces may follow its use.
        prop_assume!(!uses.concat().contains("]:"));
        let (grown, whole) = (grow(&text, &sizes), parse(&text));
        prop_assert_eq!(grown.settled(), whole.as_slice());
    }
}

/// Feeds `text` in deltas of four bytes and reads the tail every 16 of them.
/// Gives the bytes parsed for each byte of text.
fn cost(text: &str) -> f64 {
    let mut document = Document::new();
    let deltas = text
        .as_bytes()
        .chunks(4)
        .map(|delta| std::str::from_utf8(delta).unwrap());
    for (index, delta) in deltas.enumerate() {
        document.push(delta);
        if index % 16 == 0 {
            std::hint::black_box(document.tail());
        }
    }
    document.finish();
    assert_eq!(document.settled(), parse(text));
    #[allow(clippy::cast_precision_loss)]
    let cost = document.parsed_bytes() as f64 / text.len() as f64;
    cost
}

const LONG: usize = 40_000;

fn long(head: &str, body: &str) -> String {
    let mut text = head.to_owned();
    text.extend(std::iter::repeat_n(body, LONG / body.len()));
    text
}

#[test]
fn work_grows_with_the_text_and_not_with_its_square() {
    // A whole parse at every delta would cost 5,000 bytes for each byte.
    let shapes = [
        (
            "fence",
            long("```rust\n", "let a = 1; // a line of code\n"),
            2.0,
        ),
        ("one line in a fence", long("```\n", "abcd"), 2.0),
        ("spaces in a fence", long("```\n```", "    "), 2.0),
        (
            "list",
            long("", "- an item of a list with **bold** text\n"),
            60.0,
        ),
        (
            "ordered list with blank lines",
            long("", "1. an item\n\n"),
            60.0,
        ),
        (
            "table",
            long("| a | b |\n|---|---|\n", "| cell | another cell |\n"),
            60.0,
        ),
        (
            "paragraphs",
            long("", "A paragraph of some words.\n\n"),
            60.0,
        ),
        ("one paragraph", long("", "word **bold** and `code` "), 70.0),
        (
            "one paragraph in lines",
            long("", "word **bold** and `code`\n"),
            82.0,
        ),
        ("nested list", long("- a\n", "  - nested item\n"), 82.0),
        ("quote", long("", "> quoted words\n"), 82.0),
        ("fence in a list", long("- a\n\n  ```\n", "  code\n"), 82.0),
        ("definitions", long("", "[label]: http://host/path\n"), 82.0),
        ("html", long("<div>\n", "<b>text</b>\n"), 82.0),
        ("open comment", long("<!--\n", "text\n"), 82.0),
        ("blank lines", long("", "\n"), 82.0),
        ("deep quotes", long("", "> "), 82.0),
        ("brackets", long("", "[[]("), 82.0),
    ];
    for (shape, text, most) in shapes {
        let cost = cost(&text);
        assert!(
            cost <= most,
            "{shape}: {cost:.1} bytes parsed for each byte, allowed {most}"
        );
    }
}

#[test]
fn settled_blocks_come_while_the_text_still_grows() {
    let mut document = Document::new();
    document.push("# Title\nfirst\n\nsecond");
    assert_eq!(plain_text(document.settled()), "Title");
    document.push("\n\n");
    assert_eq!(plain_text(document.settled()), "Title\n\nfirst");
    assert_eq!(plain_text(document.tail()), "second");
    document.push("```rust\nfn main() {}\n");
    assert_eq!(document.settled().len(), 3);
    let open = Block::Code {
        lang: Some("rust".into()),
        text: "fn main() {}".into(),
        closed: false,
    };
    assert_eq!(document.tail(), [open]);
    document.push("```\n");
    let code = Block::Code {
        lang: Some("rust".into()),
        text: "fn main() {}".into(),
        closed: true,
    };
    assert_eq!(document.settled().last(), Some(&code));
    assert!(document.tail().is_empty());
}

#[test]
fn finishing_twice_and_pushing_nothing_change_nothing() {
    let mut document = Document::new();
    document.push("");
    document.push("a\n\n- b");
    document.finish();
    let settled = document.settled().to_vec();
    document.finish();
    assert_eq!(document.settled(), settled);
}

#[test]
fn a_pause_shows_every_byte() {
    let mut document = Document::new();
    document.push(&"word ".repeat(1000));
    document.push("last");
    assert!(!plain_text(document.tail()).ends_with("last"));
    let revision = document.revision();
    document.flush();
    assert!(plain_text(document.tail()).ends_with("last"));
    assert!(document.revision() > revision);
}

#[test]
fn half_written_marks_are_smoothed_in_the_tail_only() {
    let strong = |text: &str| Inline::Strong(vec![Inline::Text(text.into())]);
    let tails: [(&str, Vec<Inline>); 9] = [
        ("a **bo", vec![Inline::Text("a ".into()), strong("bo")]),
        ("a **", vec![Inline::Text("a".into())]),
        ("a **b ", vec![Inline::Text("a ".into()), strong("b")]),
        (
            "a `co",
            vec![Inline::Text("a ".into()), Inline::Code("co".into())],
        ),
        (
            "see [the docs](http://ho",
            vec![Inline::Text("see the docs".into())],
        ),
        ("**see [the docs](ht", vec![strong("see the docs")]),
        ("2 * 3", vec![Inline::Text("2 * 3".into())]),
        ("a_b", vec![Inline::Text("a_b".into())]),
        ("![a cat](https://x/y", vec![Inline::Text("a cat".into())]),
    ];
    for (text, inlines) in tails {
        let mut document = Document::new();
        document.push(text);
        assert_eq!(document.tail(), [Block::Paragraph(inlines)], "{text}");
        document.finish();
        assert_eq!(document.settled(), parse(text), "{text}");
    }
    for held in ["-", "```", "1.", "- [ ]", "| -", "##", "---"] {
        let mut document = Document::new();
        document.push("text\n");
        document.push(held);
        assert_eq!(plain_text(document.tail()), "text", "{held}");
        document.finish();
        assert_eq!(
            document.settled(),
            parse(&format!("text\n{held}")),
            "{held}"
        );
    }
}
