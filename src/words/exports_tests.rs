use super::REPORT;
use crate::core::export::{EMBEDDED_ID, STYLE, figures_of, markdown, race_of, report};
use serde_json::{Value, json};

fn document() -> Value {
    let text = include_str!("../../tests/fixtures/results/haiku-duel.json");
    serde_json::from_str(text).unwrap()
}

/// A reader of tags that knows the few rules that matter: what is inside a
/// script is no markup, and every element that opens closes.
fn elements(html: &str) -> Vec<String> {
    const VOID: [&str; 6] = ["meta", "br", "hr", "img", "!doctype", "link"];
    let (mut open, mut all): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let (tag, after) = rest.split_once('>').expect("a tag that ends");
        rest = after;
        let name = tag
            .trim_start_matches('/')
            .split([' ', '\n'])
            .next()
            .unwrap();
        let name = name.to_ascii_lowercase();
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name.as_str()), "closes {tag}");
            continue;
        }
        all.push(tag.to_owned());
        if !VOID.contains(&name.as_str()) {
            open.push(name.clone());
        }
        if name == "script" || name == "style" {
            let end = rest.find("</").expect("it ends");
            rest = &rest[end..];
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    all
}

#[test]
fn nothing_in_a_document_becomes_markup() {
    let file = report(&document(), &REPORT).file(&REPORT);
    let found = elements(&file);
    let known = [
        "!doctype",
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "p",
        "div",
        "section",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
        "small",
        "figure",
        "svg",
        "desc",
        "rect",
        "text",
        "article",
        "details",
        "summary",
        "ul",
        "ol",
        "li",
        "pre",
        "code",
        "a",
        "footer",
        "script",
        "em",
        "strong",
        "blockquote",
        "br",
        "hr",
        "s",
        "img",
    ];
    for tag in &found {
        let name = tag.split([' ', '\n']).next().unwrap();
        assert!(known.contains(&name), "{tag}");
        assert!(!tag.contains(" on") || tag.contains("content="), "{tag}");
    }
    let scripts: Vec<_> = found
        .iter()
        .filter(|tag| tag.starts_with("script"))
        .collect();
    assert_eq!(scripts.len(), 1);
    assert!(scripts[0].contains("application/json") && scripts[0].contains(EMBEDDED_ID));
}

#[test]
fn hostile_words_of_every_field_stay_words() {
    const EVIL: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;'\u{0}";
    fn poison(value: &mut Value) {
        match value {
            Value::String(text) => *text = EVIL.to_owned(),
            Value::Array(items) => items.iter_mut().for_each(poison),
            Value::Object(fields) => fields.values_mut().for_each(poison),
            _ => {}
        }
    }
    let mut document = document();
    poison(&mut document);
    document["panes"][0]["turns"][0]["attachments"] =
        json!([{"name": EVIL, "media_type": "image/png", "data": EVIL}]);
    let file = report(&document, &REPORT).file(&REPORT);
    let scripts = elements(&file)
        .into_iter()
        .filter(|tag| tag.starts_with("script"));
    assert_eq!(scripts.count(), 1);
    assert!(!elements(&file).iter().any(|tag| tag.starts_with("img")));
}

#[test]
fn the_document_comes_back_out_of_its_report() {
    let document = document();
    let file = report(&document, &REPORT).file(&REPORT);
    let imported = crate::core::import::read(&file).unwrap();
    assert_eq!(imported.kind, crate::core::import::Kind::Report);
    let (wanted, _) = crate::core::recipe::result::ResultDoc::from_value(document).unwrap();
    assert_eq!(imported.result.map(|result| *result), Some(wanted));
}

#[test]
fn the_policy_lets_in_the_own_style_and_nothing_else() {
    let file = report(&document(), &REPORT).file(&REPORT);
    let (_, policy) = file.split_once("Security-Policy\" content=\"").unwrap();
    let (policy, _) = policy.split_once('"').unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe") && !policy.contains("script-src"));
    assert!(file.contains(&format!("<style>{STYLE}</style>")));
    assert!(!file.contains(" style=\""));
    assert!(STYLE.contains("@page") && STYLE.contains("prefers-color-scheme: dark"));
    assert!(!STYLE.contains("</"));
}

#[test]
fn answers_are_drawn_from_the_block_tree() {
    let body = report(&document(), &REPORT).body;
    assert!(
        body.contains("<p dir=\"auto\">Rain.</p><pre dir=\"ltr\"><code>fn main() {}</code></pre>")
    );
    assert!(body.contains("Reported by the provider."));
    assert!(body.contains("https://prices.example/"));
    assert!(body.contains("POST https://api.openai.com/v1/responses"));
    assert!(body.contains("failed: rate limited (429). Slow &lt;i&gt;down&lt;/i&gt;"));
}

#[test]
fn a_report_on_paper_has_neither_style_nor_document_of_its_own() {
    let page = report(&document(), &REPORT).for_print(&REPORT);
    assert!(!page.contains("<style") && !page.contains("<script"));
    elements(&page);
}

#[test]
fn unknown_figures_are_dashes_in_every_form() {
    let text = markdown(&document(), &REPORT);
    let failed = text
        .lines()
        .find(|line| line.contains("rate limited"))
        .unwrap();
    assert!(
        failed.ends_with("| – | – | – | – | – | – | – |"),
        "{failed}"
    );
    assert!(!text.contains("| 0 |"));
}

#[test]
fn markdown_names_cannot_break_the_table() {
    let text = markdown(&document(), &REPORT);
    let rows: Vec<_> = text.lines().filter(|line| line.starts_with('|')).collect();
    // The answer's own table stands in its fence.
    let ours = rows.iter().filter(|row| !row.contains("| a | b |"));
    for row in ours {
        let columns = row.replace("\\|", "").matches('|').count();
        assert_eq!(columns, 11, "{row}");
    }
    assert!(text.contains("my \\| &lt;b&gt;Claude&lt;/b&gt;"));
}

#[test]
fn only_what_ran_to_its_end_is_drawn() {
    let document = document();
    let race = race_of(&document, 0, &REPORT).unwrap();
    assert_eq!(race.lanes.len(), 2);
    assert_eq!(race.lanes[1].end, "900\u{a0}ms");
    let bars = figures_of(&document, 0, &REPORT);
    let cost = bars.iter().find(|bars| bars.title == "Cost").unwrap();
    assert_eq!(cost.bars[1].value, None);
    assert_eq!(cost.bars[1].text, "local");
    assert!(race_of(&json!({}), 0, &REPORT).is_none());
}

#[test]
fn panes_of_one_model_are_told_apart_in_charts() {
    let mut document = document();
    let twin = document["panes"][0].clone();
    document["panes"].as_array_mut().unwrap().push(twin);
    let names = |document: &Value| -> Vec<String> {
        let race = race_of(document, 0, &REPORT).unwrap();
        race.lanes.into_iter().map(|lane| lane.name).collect()
    };
    let second = "my | <b>Claude</b>";
    assert_eq!(
        names(&document),
        ["gpt-6-luna · 1", second, "gpt-6-luna · 3"]
    );
    document["panes"][2]["api"] = json!("chat");
    assert_eq!(
        names(&document),
        ["gpt-6-luna · responses", second, "gpt-6-luna · chat"]
    );
}
