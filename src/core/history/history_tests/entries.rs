use super::{super::entry::keep_ended, *};

#[test]
fn an_entry_has_the_figures_of_each_panes_latest_run() {
    let mut value = value("Write a haiku", "Rain.");
    let mut again = run("Snow.");
    again["figures"]["total_ms"] = json!(450.0);
    again["status"] = json!("stopped");
    again["cost"] = json!({"source": "local"});
    value["panes"][1]["turns"][0]["runs"]
        .as_array_mut()
        .unwrap()
        .push(again);
    let (document, _) = ResultDoc::from_value(value).unwrap();
    let entry = Entry::of(&document, 5, Label::default());
    assert_eq!((entry.panes.len(), entry.turns, entry.bytes), (2, 1, 5));
    let [first, second] = &entry.panes[..] else {
        panic!()
    };
    assert_eq!(first.first_token_ms, Some(120.5));
    assert_eq!(first.tokens_per_s, Some(42.5));
    let spent = first.spent.clone().unwrap();
    assert_eq!(
        (spent.usd.as_deref(), spent.source.as_str()),
        (Some("0.0012"), "computed")
    );
    assert_eq!(second.total_ms, Some(450.0));
    assert_eq!(second.status.as_deref(), Some("stopped"));
    assert_eq!(second.spent.clone().unwrap().usd, None);
    assert_eq!(entry.answers, ["Rain.", "Snow."]);
}

#[test]
fn what_is_unknown_is_absent_from_an_entry() {
    let mut value = value("Hi", "");
    value["panes"][0]["turns"][0]["runs"] = json!([]);
    let bare = json!({
        "status": "failed", "answer": "", "marks": {}, "figures": {}, "first_call": false,
        "hidden_tab": false, "frames": {"known": 0, "unknown": 0, "corrupt": 0}, "gen_ai": {},
    });
    value["panes"][1]["turns"][0]["runs"] = json!([bare]);
    let (document, _) = ResultDoc::from_value(value).unwrap();
    let text = serde_json::to_value(Entry::of(&document, 5, Label::default())).unwrap();
    let names = |at: usize| {
        text["panes"][at]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(names(0), ["provider", "model", "host"]);
    assert_eq!(names(1), ["provider", "model", "host", "status"]);
}

#[test]
fn an_entry_reads_back_as_it_was_written() {
    let entry = entry("a", "Write a haiku", 17);
    let text = serde_json::to_string(&entry).unwrap();
    assert_eq!(crate::core::json::from_str::<Entry>(&text).unwrap(), entry);
}

#[test]
fn an_entry_is_called_by_its_title_or_the_first_words_of_its_prompt() {
    assert_eq!(
        entry("a", "  Write\n a   haiku ", 1).name(),
        "Write a haiku"
    );
    let long = "word ".repeat(60);
    let name = entry("a", &long, 1).name();
    assert!(
        name.ends_with("word…") && name.chars().count() <= 80,
        "{name}"
    );
    let mut titled = value("Write a haiku", "Rain.");
    titled["recipe"]["title"] = json!("Monsoon");
    let (document, _) = ResultDoc::from_value(titled).unwrap();
    assert_eq!(Entry::of(&document, 1, Label::default()).name(), "Monsoon");
}

#[test]
fn an_entry_stays_small_whatever_its_texts() {
    let long = "é".repeat(200_000);
    let size = serde_json::to_string(&Entry::of(&document(&long, &long), 1, Label::default()))
        .unwrap()
        .len();
    assert!(size < 20_000, "{size}");
}

#[test]
fn runs_that_have_not_ended_are_left_out() {
    let mut value = value("Hi", "Half an ans");
    value["panes"][0]["turns"][0]["runs"][0]["status"] = json!("answering");
    let (mut document, _) = ResultDoc::from_value(value.clone()).unwrap();
    assert!(keep_ended(&mut document));
    assert!(document.panes[0].turns[0].runs.is_empty());
    assert_eq!(document.panes[1].turns[0].runs.len(), 1);
    value["panes"][1]["turns"][0]["runs"] = json!([]);
    let (mut document, _) = ResultDoc::from_value(value).unwrap();
    assert!(!keep_ended(&mut document));
}
