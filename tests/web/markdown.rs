//! The markdown view: what it draws, and what it leaves alone.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::cell::RefCell;
use std::rc::Rc;

use touchstone::core::text::{BLOCK_GAP, Document, plain_text};
use touchstone::ui::markdown::{
    CopyButton, MarkdownActions, MarkdownView, MarkdownWords, apply_tokens,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, Node};

const WORDS: MarkdownWords = MarkdownWords {
    copy: "Copy",
    copied: "Copied",
    load_image: |host| format!("Load image from {host}"),
    table: "Table",
    code: "Code",
    done: "Done",
    not_done: "Not done",
};

const SAMPLE: &str = "# Title with `code`\n\nA *para* with **bold _nested_** and [a link](https://a.b/c \"t\").\n\
Second line  \nhard.\n\n- one\n- two **b**\n  - inner\n  - [x] task\n\n- loose\n\n1. first\n2. second\n\n   ```rust\n   \
fn a() {}\n   ```\n\n> quote\n> - in it\n\n| a | b |\n|:--|--:|\n| 1 | `2` |\n| 3 | 4 |\n\n```js\nlet x = 1;\n\nx++;\n```\n\n\
![cat](https://img.example/c.png) and https://bare.example/x.\n\n<b onclick=x>raw</b>\n\n---\nlast ~~line~~\n";

fn document() -> web_sys::Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("a page")
}

/// An element of the page that goes away with the test.
struct Stage(Element);

impl Stage {
    fn new() -> Self {
        let element = document().create_element("div").unwrap();
        document().body().unwrap().append_child(&element).unwrap();
        Self(element)
    }

    fn view(&self) -> MarkdownView {
        self.view_with(MarkdownActions {
            copy: Rc::new(|_, _| {}),
            code: None,
        })
    }

    fn view_with(&self, actions: MarkdownActions) -> MarkdownView {
        MarkdownView::mount(&self.0, WORDS, actions).expect("a view")
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.0.remove();
    }
}

fn whole_text(document: &Document) -> String {
    let blocks: Vec<_> = document
        .settled()
        .iter()
        .chain(document.tail())
        .cloned()
        .collect();
    plain_text(&blocks)
}

/// Set on blocks that were laid out, so that what is compared must not have it.
const STILL: &str = " md-still";

fn drawn_at_once(document: &Document) -> String {
    let stage = Stage::new();
    let mut view = stage.view();
    view.update(document);
    view.root().inner_html()
}

fn children(element: &Element) -> Vec<Node> {
    let nodes = element.child_nodes();
    (0..nodes.length())
        .filter_map(|index| nodes.item(index))
        .collect()
}

/// Draws `text` in steps of `size` characters, holding every step against a
/// fresh drawing of the same document and every settled node against itself.
fn grow(text: &str, size: usize) {
    let stage = Stage::new();
    let mut view = stage.view();
    let mut document = Document::new();
    let mut settled: Vec<(Node, String)> = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut steps: Vec<String> = chars
        .chunks(size)
        .map(|step| step.iter().collect())
        .collect();
    steps.push(String::new());
    for (index, step) in steps.iter().enumerate() {
        document.push(step);
        if index + 1 == steps.len() {
            document.finish();
        }
        view.update(&document);
        let root = view.root();
        assert_eq!(
            root.inner_html().replace(STILL, ""),
            drawn_at_once(&document),
            "after {index} steps of {text:?}"
        );
        assert_eq!(
            root.text_content().unwrap(),
            whole_text(&document),
            "text of {text:?}"
        );
        let nodes = children(root);
        for (at, (node, html)) in settled.iter().enumerate() {
            assert!(
                nodes[2 * at].is_same_node(Some(node)),
                "settled block {at} of {text:?} was replaced"
            );
            let element: &Element = node.unchecked_ref();
            assert_eq!(
                &element.outer_html().replace(STILL, ""),
                html,
                "settled block {at} of {text:?} was changed"
            );
        }
        for at in settled.len()..document.settled().len() {
            let element: Element = nodes[2 * at].clone().unchecked_into();
            settled.push((
                nodes[2 * at].clone(),
                element.outer_html().replace(STILL, ""),
            ));
        }
    }
}

#[wasm_bindgen_test]
fn a_growing_answer_looks_at_every_step_as_if_drawn_at_once() {
    for size in [1, 2, 7, 50, 10_000] {
        grow(SAMPLE, size);
    }
}

#[wasm_bindgen_test]
fn random_pieces_are_patched_into_what_a_fresh_drawing_shows() {
    const PIECES: &[&str] = &[
        "\n",
        "\n\n",
        " ",
        "word ",
        "**",
        "*",
        "`",
        "- ",
        "\n- a",
        "\n- [ ] b",
        "\n1. c",
        "  ",
        "> ",
        "```\n",
        "| a | b |\n",
        "|---|---|\n",
        "| c |\n",
        "# ",
        "---\n",
        "[x](http://a.b)",
        "![i](http://a.b/i)",
        "<b>",
        "<div>\n",
        "===\n",
        "~~",
        "  \n",
        "    ",
        "\n  - d",
        "http://e.f ",
        "[",
        "](",
        "\\",
    ];
    let mut seed = 7_u32;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    for _ in 0..120 {
        let count = 4 + next(20);
        let text: String = (0..count).map(|_| PIECES[next(PIECES.len())]).collect();
        grow(&text, 1 + next(6));
    }
}

#[wasm_bindgen_test]
fn growing_text_is_appended_to_the_node_that_is_there() {
    let stage = Stage::new();
    let mut view = stage.view();
    let mut document = Document::new();
    document.push("para with **bo");
    view.update(&document);
    let strong = view.root().query_selector("strong").unwrap().unwrap();
    let text = strong.first_child().unwrap();
    document.push("ld words** and more");
    view.update(&document);
    assert!(strong.is_connected() && text.is_connected());
    assert_eq!(text.text_content().as_deref(), Some("bold words"));
    document.push("\n\n```js\nlet a");
    view.update(&document);
    let code = view
        .root()
        .query_selector("pre > code")
        .unwrap()
        .unwrap()
        .first_child()
        .unwrap();
    document.push(" = 1;\nlet b");
    view.update(&document);
    assert!(code.is_connected());
    assert_eq!(code.text_content().as_deref(), Some("let a = 1;\nlet b"));
}

#[wasm_bindgen_test]
fn finished_items_and_rows_are_not_touched_while_the_list_or_table_grows() {
    let stage = Stage::new();
    let mut view = stage.view();
    let mut document = Document::new();
    document.push("- one\n- two\n");
    view.update(&document);
    let first = view.root().query_selector("li").unwrap().unwrap();
    document.push("- three\n\n- four\n\n| a |\n|---|\n| b |\n| c |\n");
    view.update(&document);
    assert!(first.is_connected());
    let row = view.root().query_selector("tbody tr").unwrap().unwrap();
    document.push("| d |\n");
    view.update(&document);
    assert!(row.is_connected());
    assert_eq!(view.root().query_selector_all("tr").unwrap().length(), 4);
}

#[wasm_bindgen_test]
fn hostile_answers_make_no_markup() {
    let stage = Stage::new();
    let mut view = stage.view();
    let hostile = "<script>window.hit=1</script>\n\n<img src=x onerror=\"window.hit=1\">\n\n\
        a <svg onload=window.hit=1> b\n\n[x](javascript:window.hit=1) <style>*{display:none}</style>\n\n\
        [y](http://a.b/\"onmouseover=\"x) ![z](http://a.b/\"onerror=\"x)\n\n```\"><script>\nx\n```\n\n\
        | <iframe src=javascript:x> |\n|---|\n| <b style=color:red>c</b> |\n";
    let mut document = Document::new();
    for c in hostile.chars() {
        document.push(c.encode_utf8(&mut [0; 4]));
        view.update(&document);
        let all = view.root().query_selector_all("*").unwrap();
        for index in 0..all.length() {
            let element: Element = all.item(index).unwrap().unchecked_into();
            let tag = element.local_name();
            let harmful = [
                "script", "img", "svg", "style", "iframe", "b", "object", "embed", "form",
            ];
            assert!(!harmful.contains(&tag.as_str()), "{tag}");
            for name in element
                .get_attribute_names()
                .iter()
                .filter_map(|name| name.as_string())
            {
                assert!(
                    !name.starts_with("on") && name != "style" && name != "src",
                    "{tag} {name}"
                );
            }
            let href = element
                .get_attribute("href")
                .unwrap_or_else(|| "http://".to_owned());
            assert!(href.starts_with("http://"), "{href}");
        }
    }
    assert!(
        js_sys::Reflect::get(&js_sys::global(), &"hit".into())
            .unwrap()
            .is_undefined()
    );
}

#[wasm_bindgen_test]
fn links_open_apart_and_say_nothing_of_us() {
    let stage = Stage::new();
    let mut view = stage.view();
    let mut document = Document::new();
    document.push("[x](https://a.b)");
    document.finish();
    view.update(&document);
    let link = view.root().query_selector("a").unwrap().unwrap();
    assert_eq!(link.get_attribute("target").as_deref(), Some("_blank"));
    assert_eq!(
        link.get_attribute("rel").as_deref(),
        Some("noopener noreferrer nofollow")
    );
    assert_eq!(
        link.get_attribute("referrerpolicy").as_deref(),
        Some("no-referrer")
    );
}

fn click(view: &MarkdownView, selector: &str) -> Element {
    let element = view
        .root()
        .query_selector(selector)
        .unwrap()
        .expect(selector);
    element.clone().unchecked_into::<HtmlElement>().click();
    element
}

#[wasm_bindgen_test]
fn copy_hands_the_code_to_the_owner_and_labels_stay_out_of_the_text() {
    let stage = Stage::new();
    let asked: Rc<RefCell<Vec<(String, CopyButton)>>> = Rc::default();
    let sink = asked.clone();
    let copy = Rc::new(move |text, button| sink.borrow_mut().push((text, button)));
    let mut view = stage.view_with(MarkdownActions { copy, code: None });
    let mut document = Document::new();
    document.push("```rust\nlet a = 1;\n```\n");
    view.update(&document);
    let button = click(&view, "button.md-copy > span")
        .parent_element()
        .unwrap();
    let (text, handle) = asked.borrow()[0].clone();
    assert_eq!(text, "let a = 1;");
    handle.copied();
    assert_eq!(
        button.get_attribute("aria-label").as_deref(),
        Some("Copied")
    );
    handle.reset();
    assert_eq!(button.get_attribute("aria-label").as_deref(), Some("Copy"));
    assert_eq!(stage.0.text_content().as_deref(), Some("let a = 1;"));
    let head = view
        .root()
        .query_selector(".md-code-head")
        .unwrap()
        .unwrap();
    assert_eq!(head.get_attribute("data-lang").as_deref(), Some("rust"));
    drop(view);
    assert_eq!(stage.0.child_element_count(), 0);
    button.unchecked_into::<HtmlElement>().click();
    assert_eq!(asked.borrow().len(), 1);
}

#[wasm_bindgen_test]
fn an_image_is_fetched_by_a_click_only() {
    let stage = Stage::new();
    let mut view = stage.view();
    let mut document = Document::new();
    document.push("![a cat](http://127.0.0.1:1/cat.png)\n\nmore");
    view.update(&document);
    assert!(view.root().query_selector("img").unwrap().is_none());
    let button = view
        .root()
        .query_selector("button.md-image")
        .unwrap()
        .unwrap();
    assert_eq!(
        button.get_attribute("data-label").as_deref(),
        Some("Load image from 127.0.0.1:1")
    );
    click(&view, "button.md-image");
    let image = view
        .root()
        .query_selector("img")
        .unwrap()
        .expect("an image");
    assert_eq!(
        image.get_attribute("src").as_deref(),
        Some("http://127.0.0.1:1/cat.png")
    );
    assert_eq!(image.get_attribute("alt").as_deref(), Some("a cat"));
    assert_eq!(
        image.get_attribute("referrerpolicy").as_deref(),
        Some("no-referrer")
    );
    document.push(" text");
    document.finish();
    view.update(&document);
    assert!(image.is_connected());
    assert_eq!(
        view.root().text_content().as_deref(),
        Some("a cat\n\nmore text")
    );
}

/// A code block as the owner is told of it.
type Told = (Element, Option<String>, String);

#[wasm_bindgen_test]
fn each_code_block_is_announced_once_when_it_is_settled() {
    let stage = Stage::new();
    let seen: Rc<RefCell<Vec<Told>>> = Rc::default();
    let sink = seen.clone();
    let code = Rc::new(move |element, lang, text| sink.borrow_mut().push((element, lang, text)));
    let mut view = stage.view_with(MarkdownActions {
        copy: Rc::new(|_, _| {}),
        code: Some(code),
    });
    let mut document = Document::new();
    document.push("```js\nlet a = 1;\n");
    view.update(&document);
    assert!(seen.borrow().is_empty());
    document.push("```\n- x\n\n  ```py\n  b\n  ```\n");
    view.update(&document);
    document.finish();
    view.update(&document);
    view.update(&document);
    let seen = seen.borrow();
    let told: Vec<_> = seen
        .iter()
        .map(|(_, lang, text)| (lang.as_deref(), text.as_str()))
        .collect();
    assert_eq!(told, [(Some("js"), "let a = 1;"), (Some("py"), "b")]);
    let element = &seen[0].0;
    apply_tokens(
        element,
        &[
            (Some("keyword"), "let"),
            (None, " a = "),
            (Some("number"), "1"),
            (None, ";"),
        ],
    )
    .unwrap();
    assert_eq!(
        element.inner_html(),
        "<span class=\"hl-keyword\">let</span> a = <span class=\"hl-number\">1</span>;"
    );
    apply_tokens(element, &[(None, "something else")]).unwrap();
    assert_eq!(element.text_content().as_deref(), Some("let a = 1;"));
}

#[wasm_bindgen_test]
fn clearing_makes_room_for_another_document() {
    let stage = Stage::new();
    let mut view = stage.view();
    let mut first = Document::new();
    first.push("one\n\ntwo\n\nthree");
    view.update(&first);
    view.clear();
    assert_eq!(stage.0.text_content().as_deref(), Some(""));
    let mut second = Document::new();
    second.push("four");
    view.update(&second);
    assert_eq!(stage.0.text_content().as_deref(), Some("four"));
    assert_eq!(BLOCK_GAP, "\n\n");
}
