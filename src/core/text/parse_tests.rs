use std::sync::Arc;

use super::super::{Align, Block, Inline, Item, SafeHref, parse, plain_text};

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(vec![text(words)])
}

fn item(blocks: Vec<Block>) -> Arc<Item> {
    Arc::new(Item { task: None, blocks })
}

fn link(href: &str, words: &str) -> Inline {
    let href = SafeHref::parse(href).unwrap();
    Inline::Link {
        href,
        title: None,
        children: vec![text(words)],
    }
}

#[test]
fn headings_rules_and_paragraphs() {
    let blocks = parse("# One\n\ntwo\nlines  \nhard\n\n---\nThree\n===\n###### Six");
    let lines = vec![
        text("two"),
        Inline::SoftBreak,
        text("lines"),
        Inline::HardBreak,
        text("hard"),
    ];
    assert_eq!(
        blocks,
        [
            Block::Heading {
                level: 1,
                inlines: vec![text("One")]
            },
            Block::Paragraph(lines),
            Block::Rule,
            Block::Heading {
                level: 1,
                inlines: vec![text("Three")]
            },
            Block::Heading {
                level: 6,
                inlines: vec![text("Six")]
            },
        ]
    );
}

#[test]
fn code_blocks_keep_their_text_and_first_info_word() {
    let code = |lang: Option<&str>, text: &str, closed| Block::Code {
        lang: lang.map(str::to_owned),
        text: text.to_owned(),
        closed,
    };
    assert_eq!(
        parse("```rust ignore\nfn a() {\n\n}\n```"),
        [code(Some("rust"), "fn a() {\n\n}", true)]
    );
    assert_eq!(parse("~~~\nx\n```\n"), [code(None, "x\n```", false)]);
    assert_eq!(parse("    a\n      b\n"), [code(None, "a\n  b", true)]);
    assert_eq!(parse("```\n> ```\n"), [code(None, "> ```", false)]);
    assert_eq!(parse("```"), [code(None, "", false)]);
    assert_eq!(parse("```\r\na\r\n```\r\n"), [code(None, "a", true)]);
    let nested = parse("- a\n\n  ```py\n  x\n  ```\n");
    let Some(Block::List { items, .. }) = nested.first() else {
        panic!("a list")
    };
    assert_eq!(items[0].blocks[1], code(Some("py"), "x", true));
}

#[test]
fn lists_nest_and_their_items_look_the_same_tight_or_loose() {
    let inner = Block::List {
        start: None,
        tight: true,
        items: vec![item(vec![paragraph("c")])],
    };
    assert_eq!(
        parse("3. a\n4. b\n   - c"),
        [Block::List {
            start: Some(3),
            tight: true,
            items: vec![
                item(vec![paragraph("a")]),
                item(vec![paragraph("b"), inner])
            ],
        }]
    );
    for (source, wanted) in [
        ("- a\n- b\n- c", true),
        ("- a\n\n- b\n- c", false),
        ("- a\n\n  b\n- c", false),
        ("- a\n- b\n\ntext", true),
        ("> - a\n>\n> - b", false),
        ("- a\n  - b\n\n    c\n- d", true),
    ] {
        let mut blocks = parse(source);
        if let [Block::Quote(inner)] = blocks.as_mut_slice() {
            blocks = std::mem::take(inner);
        }
        let Some(Block::List { tight, items, .. }) = blocks.first() else {
            panic!("a list: {source}")
        };
        assert_eq!(*tight, wanted, "{source}");
        assert_eq!(items[0].blocks[0], paragraph("a"), "{source}");
    }
}

#[test]
fn task_items_tell_their_state() {
    let blocks = parse("- [ ] a\n- [x] b\n  - [X] c\n- d\n\n- [ ] e");
    let Some(Block::List { items, .. }) = blocks.first() else {
        panic!("a list")
    };
    let states: Vec<_> = items.iter().map(|item| item.task).collect();
    assert_eq!(states, [Some(false), Some(true), None, Some(false)]);
    let Block::List { items: inner, .. } = &items[1].blocks[1] else {
        panic!("a list")
    };
    assert_eq!(inner[0].task, Some(true));
}

#[test]
fn tables_have_alignment_head_and_rows() {
    let blocks = parse(
        "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | **2** | 3<br>4 | `x\\|y` |\n| short |\n",
    );
    let Some(Block::Table { align, head, rows }) = blocks.first() else {
        panic!("a table")
    };
    assert_eq!(
        align,
        &[Align::Unset, Align::Left, Align::Center, Align::Right]
    );
    assert_eq!(head[0], [text("a")]);
    assert_eq!(rows[0][1], [Inline::Strong(vec![text("2")])]);
    assert_eq!(rows[0][2], [text("3"), Inline::HardBreak, text("4")]);
    assert_eq!(rows[0][3], [Inline::Code("x|y".into())]);
    assert_eq!(rows[1].len(), 4);
}

#[test]
fn inlines_nest() {
    assert_eq!(
        parse("**a *b*** ~~c~~ `d` \\*e\\* &amp;"),
        [Block::Paragraph(vec![
            Inline::Strong(vec![text("a "), Inline::Emphasis(vec![text("b")])]),
            text(" "),
            Inline::Strike(vec![text("c")]),
            text(" "),
            Inline::Code("d".into()),
            text(" *e* &"),
        ])]
    );
}

#[test]
fn links_come_in_every_written_form() {
    let inlines = |source: &str| match parse(source).into_iter().next() {
        Some(Block::Paragraph(inlines)) => inlines,
        other => panic!("a paragraph: {other:?}"),
    };
    assert_eq!(inlines("[x](http://a.b)"), [link("http://a.b", "x")]);
    assert_eq!(
        inlines("[x][R]\n\n[r]: https://a.b"),
        [link("https://a.b", "x")]
    );
    assert_eq!(
        inlines("<https://a.b>"),
        [link("https://a.b", "https://a.b")]
    );
    assert_eq!(inlines("<me@a.b>"), [link("mailto:me@a.b", "me@a.b")]);
    assert_eq!(
        inlines("[](http://a.b)"),
        [link("http://a.b", "http://a.b")]
    );
    assert_eq!(
        inlines("[![x](http://a.b/i.png)](http://a.b)"),
        [link("http://a.b", "x")]
    );
    let titled = inlines("[x](http://a.b \"t\")");
    assert!(matches!(&titled[0], Inline::Link { title: Some(title), .. } if title == "t"));
}

#[test]
fn bare_addresses_become_links_without_the_sentence_around_them() {
    for (source, address) in [
        ("see https://a.b/c.", "https://a.b/c"),
        ("(http://a.b/c_(d))", "http://a.b/c_(d)"),
        ("**https://a.b/**", "https://a.b/"),
        ("- http://a.b?q=1&r=2, and", "http://a.b?q=1&r=2"),
        ("详见https://a.b/c。然后", "https://a.b/c"),
        ("xhttp://a.b", ""),
        ("http://", ""),
        ("ftp://a.b", ""),
        ("`http://a.b`", ""),
        ("http://user@a.b", ""),
        ("<b>http://a.b</b>", "http://a.b"),
    ] {
        let shown = format!("{:?}", parse(source));
        let found = shown
            .split("SafeHref(\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        assert_eq!(found.unwrap_or_default(), address, "{source}");
    }
    assert_eq!(
        plain_text(&parse("a https://b.c, d http://e.f.")),
        "a https://b.c, d http://e.f."
    );
}

#[test]
fn images_keep_their_address_and_are_not_links() {
    let src = SafeHref::parse("https://a.b/c.png").unwrap();
    assert_eq!(
        parse("![alt *text*](https://a.b/c.png 'title')"),
        [Block::Paragraph(vec![Inline::Image {
            src,
            alt: "alt text".into(),
            title: Some("title".into())
        }])]
    );
}

#[test]
fn math_and_html_stay_as_they_were_written() {
    for source in [
        "$a_1*b*c$ and $$x^2$$",
        "it costs $5 and $6",
        "a <b>c</b> &lt;d>",
        "<div>\nx\n</div>",
    ] {
        assert_eq!(plain_text(&parse(source)), source.replace("&lt;", "<"));
    }
}

#[test]
fn text_without_markup_comes_out_as_it_went_in() {
    let source = "First line\nsecond line.\n\nNext paragraph, with 漢字.\n\nLast.";
    assert_eq!(plain_text(&parse(source)), source);
    assert_eq!(
        plain_text(&parse("- a\n- b\n\n| c | d |\n|---|---|\n| e | f |")),
        "a\nb\n\nc\td\ne\tf"
    );
    assert_eq!(
        plain_text(&parse("1. a\n\n   ```\n   x\n   ```\n> q")),
        "a\nx\n\nq"
    );
}

#[test]
fn thousands_of_nested_marks_do_not_overflow() {
    for source in [
        "> ".repeat(3000),
        "- ".repeat(3000),
        "*a ".repeat(3000) + &"b*".repeat(3000),
        "[".repeat(3000) + &"](http://a.b)".repeat(3000),
        "![".repeat(3000) + "x" + &"](http://a.b)".repeat(3000),
    ] {
        let blocks = parse(&(source + "end"));
        assert!(plain_text(&blocks).contains("end") || blocks.is_empty());
        assert_eq!(blocks.clone(), blocks);
    }
}
