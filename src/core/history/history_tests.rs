use super::{
    Entry, ImportError, Meeting, Next, Reader, Row, Shelf, Skipped, Sort, Thread, Totals,
    entry::{Label, fingerprint, keep_ended},
    export, files,
    import::Unreadable,
    search::{self, Query},
    tags, thread,
};
use crate::core::{
    pricing::Moment,
    recipe::{Expected, RecipeError, result::ResultDoc, schema_tests},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;

/// Stands in for the browser's tables.
fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn run(answer: &str) -> Value {
    json!({
        "status": "done", "answer": answer,
        "cost": {"usd": "0.0012", "source": "computed"},
        "marks": {"headers_ms": 90.0, "first_token_ms": 120.5, "end_ms": 900.0},
        "figures": {"ttft_ms": 120.5, "total_ms": 900.0, "output_tokens_per_s": 42.5},
        "first_call": true, "hidden_tab": false,
        "frames": {"known": 3, "unknown": 0, "corrupt": 0},
        "gen_ai": {"gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-6-luna"},
    })
}

fn file(data: &str) -> Value {
    json!({"name": "cat.png", "media_type": "image/png", "bytes": 3, "data": data})
}

fn value(prompt: &str, answer: &str) -> Value {
    let pane = |provider: &str, model: &str| {
        json!({
            "provider": provider, "model": model, "host": "api.example", "params": {},
            "turns": [{"prompt": prompt, "runs": [run(answer)]}],
        })
    };
    json!({
        "touchstone": "result/1",
        "app": {"name": "touchstone", "version": "0.1.0"},
        "created": "2026-11-29T09:30:00Z",
        "machine": {},
        "recipe": {"touchstone": "recipe/1"},
        "panes": [pane("openai", "gpt-6-luna"), pane("anthropic", "claude-haiku-4-5")],
    })
}

fn document(prompt: &str, answer: &str) -> ResultDoc {
    ResultDoc::from_value(value(prompt, answer)).unwrap().0
}

fn entry(id: &str, prompt: &str, changed: i64) -> Entry {
    let label = Label {
        id: id.to_owned(),
        begun: changed,
        changed,
        ..Label::default()
    };
    Entry::of(&document(prompt, "Rain."), 1_000, label)
}

fn row(entry: Entry) -> Row {
    Row::new(entry, "29 Nov 2026, 10:30".to_owned(), "2026-11-29", &lower)
}

fn finds(row: &Row, typed: &str) -> bool {
    Query::new(typed, None, &lower).finds(row)
}

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

#[test]
fn every_word_must_be_found_in_whatever_field() {
    let mut entry = entry("a", "Schreibe ein Haiku über Straßen", 1);
    entry.tags = vec!["Für später".to_owned()];
    let row = row(entry);
    for typed in [
        "",
        "haiku",
        "HAIKU über",
        "STRASSEN",
        "strassen",
        "rain gpt-6",
        "claude anthropic",
        "done",
        "#für",
        "2026-11",
        "29 nov",
        "api.example luna",
    ] {
        assert!(finds(&row, typed), "{typed:?}");
    }
    for typed in ["haiku snow", "#später", "2025", "openai zz"] {
        assert!(!finds(&row, typed), "{typed:?}");
    }
}

#[test]
fn words_of_other_scripts_are_found_as_they_are() {
    let cases = [
        ("मानसून पर एक हाइकु लिखो", "हाइकु मानसून"),
        // Joiners only steer how letters are drawn.
        ("क्\u{200d}ष", "क्ष"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        ("İstanbul", "istanbul"),
        ("日本語で俳句を書いて", "俳句"),
    ];
    for (prompt, typed) in cases {
        assert!(finds(&row(entry("a", prompt, 1)), typed), "{typed}");
    }
    assert!(!finds(&row(entry("a", "मानसून", 1)), "हाइकु"));
}

#[test]
fn a_tag_narrows_the_list_to_entries_that_have_it() {
    let mut tagged = entry("a", "one", 1);
    tagged.tags = vec!["keep".to_owned()];
    let query = Query::new("one", Some("keep"), &lower);
    assert!(query.finds(&row(tagged)));
    assert!(!query.finds(&row(entry("b", "one keep", 1))));
}

#[test]
fn entries_are_sorted_as_asked_and_the_newest_of_equals_comes_first() {
    let mut all: Vec<Row> = [
        ("a", "beta", 3),
        ("b", "Alpha", 1),
        ("c", "", 2),
        ("d", "beta", 9),
    ]
    .map(|(id, prompt, changed)| row(entry(id, prompt, changed)))
    .into();
    all[1].entry.bytes = 9_000;
    let order = |by| {
        let mut rows: Vec<Arc<Row>> = all.iter().cloned().map(Arc::new).collect();
        search::sort(&mut rows, by, &lower);
        rows.iter()
            .map(|row| row.entry.id.as_str())
            .collect::<String>()
    };
    assert_eq!(order(Sort::Newest), "dacb");
    assert_eq!(order(Sort::Oldest), "bcad");
    assert_eq!(order(Sort::Largest), "bdac");
    assert_eq!(order(Sort::Name), "bdac");
    for sort in Sort::ALL {
        assert_eq!(Sort::from_word(sort.as_str()), sort);
    }
}

#[test]
fn room_is_made_of_the_oldest_that_are_not_spared() {
    let all: Vec<Entry> = (0..20).map(|at| entry(&at.to_string(), "p", at)).collect();
    assert_eq!(
        Totals::of(all.iter()),
        Totals {
            entries: 20,
            bytes: 20_000
        }
    );
    let ids = |wanted, spared: &[&str]| {
        let spared: Vec<String> = spared.iter().map(|id| (*id).to_owned()).collect();
        let chosen = search::to_make_room(all.iter(), wanted, &spared);
        chosen
            .iter()
            .map(|entry| entry.id.clone())
            .collect::<Vec<_>>()
    };
    // A tenth of everything at least.
    assert_eq!(ids(1, &[]), ["0", "1"]);
    assert_eq!(ids(3_500, &["1"]), ["0", "2", "3", "4"]);
    assert_eq!(ids(1_000_000, &[]).len(), 20);
}

#[test]
fn typed_tags_are_cleaned_and_given_once() {
    assert_eq!(
        tags::read(" #keep,  for   class ,, # "),
        ["keep", "for class"]
    );
    let mut own = vec!["Keep".to_owned()];
    assert!(!tags::add(&mut own, vec!["keep".to_owned()], &lower));
    assert!(tags::add(
        &mut own,
        vec!["मानसून".to_owned(), "KEEP".to_owned()],
        &lower
    ));
    assert_eq!(own, ["Keep", "मानसून"]);
}

#[test]
fn tags_of_other_entries_are_offered_by_how_often_they_are_given() {
    let given = ["class", "keep", "keep", "Kept"].map(str::to_owned);
    let all = tags::counted(given.iter());
    assert_eq!(all[0], ("keep".to_owned(), 2));
    assert_eq!(tags::suggest(&all, &[], "k", &lower), ["keep", "Kept"]);
    assert_eq!(
        tags::suggest(&all, &["keep".to_owned()], "class, #ke", &lower),
        ["Kept"]
    );
}

fn kept(id: &str, runs: &[u32]) -> Thread {
    Thread {
        id: id.to_owned(),
        revision: 1,
        runs: runs.to_vec(),
    }
}

#[test]
fn a_comparison_grows_in_its_entry_and_never_shrinks_there() {
    let threads = [kept("a", &[1, 2])];
    assert_eq!(thread::next(&[], &[], &[]), Next::Nothing);
    assert_eq!(thread::next(&[], &[1], &[]), Next::Begin);
    assert_eq!(
        thread::next(&threads, &[1, 2, 3], &[]),
        Next::Update(kept("a", &[1, 2]))
    );
    // A pane was removed, or an earlier message edited.
    assert_eq!(thread::next(&threads, &[2, 3], &[]), Next::Begin);
    // A new comparison.
    assert_eq!(thread::next(&threads, &[7], &[]), Next::Begin);
}

#[test]
fn an_undo_comes_back_to_the_entry_that_holds_most_of_what_is_there() {
    let threads = [
        kept("old", &[1]),
        kept("full", &[1, 2]),
        kept("other", &[9]),
    ];
    assert_eq!(
        thread::next(&threads, &[1, 2, 3], &[]),
        Next::Update(kept("full", &[1, 2]))
    );
    assert_eq!(
        thread::next(&threads, &[1, 3], &[]),
        Next::Update(kept("old", &[1]))
    );
}

#[test]
fn an_entry_that_is_opened_again_is_known_by_its_old_and_its_new_runs() {
    let mut threads = vec![kept("a", &[1])];
    thread::note(&mut threads, kept("a", &[2]));
    // Word of a write that began before it was opened comes late.
    thread::note(&mut threads, kept("a", &[1]));
    assert_eq!(
        thread::next(&threads, &[2], &[]),
        Next::Update(kept("a", &[2]))
    );
    thread::note(&mut threads, kept("a", &[2, 3]));
    assert_eq!(threads.len(), 2);
    assert_eq!(
        thread::next(&threads, &[1], &[]),
        Next::Update(kept("a", &[1]))
    );
}

#[test]
fn private_runs_keep_the_whole_comparison_from_being_kept() {
    let threads = [kept("a", &[1])];
    assert_eq!(thread::next(&threads, &[1, 2], &[2]), Next::Private);
    assert_eq!(
        thread::next(&threads, &[1, 3], &[2]),
        Next::Update(kept("a", &[1]))
    );
}

#[test]
fn a_file_is_kept_once_and_every_pane_gets_it_back() {
    let mut value = value("Look", "A cat.");
    for pane in 0..2 {
        value["panes"][pane]["turns"][0]["attachments"] = json!([file("Y2F0"), file("ZG9n")]);
    }
    let (original, _) = ResultDoc::from_value(value).unwrap();
    let mut document = original.clone();
    files::keep_once(&mut document);
    let data = |pane: usize, at: usize| document.panes[pane].turns[0].attachments[at].data.clone();
    assert_eq!(data(0, 1).as_deref(), Some("ZG9n"));
    assert_eq!((data(1, 0), data(1, 1)), (None, None));
    files::share(&mut document);
    assert_eq!(document, original);
}

#[test]
fn files_beyond_the_limit_are_left_out_and_counted() {
    let mut value = value("Look", "A cat.");
    let large = file(&"A".repeat(files::MOST_LETTERS - 10));
    for pane in 0..2 {
        value["panes"][pane]["turns"][0]["attachments"] =
            json!([large, file("QUFBQUFBQUFBQUFBQUFBQQ==")]);
    }
    let (mut document, _) = ResultDoc::from_value(value).unwrap();
    files::keep_once(&mut document);
    let entry = Entry::of(&document, 1, Label::default());
    assert_eq!((entry.files, entry.files_left_out), (2, 1));
    assert_eq!(document.panes[0].turns[0].attachments[1].name, "cat.png");
}

/// Everything in a file, read.
fn read(json: &str) -> Result<(Vec<super::Imported>, Vec<Skipped>), ImportError> {
    let mut reader = Reader::open(json)?;
    let (mut read, mut skipped) = (Vec::new(), Vec::new());
    while let Some(next) = reader.next_entry() {
        match next? {
            Ok(imported) => read.push(imported),
            Err(one) => skipped.push(one),
        }
    }
    Ok((read, skipped))
}

fn exported(entries: &[(Entry, String)]) -> String {
    let mut text = export::head(Moment(1_795_944_000));
    for (at, (entry, document)) in entries.iter().enumerate() {
        text.push_str(&export::entry(entry, document, at == 0));
    }
    text + export::TAIL
}

fn two_entries() -> Vec<(Entry, String)> {
    [
        ("a", "Write a haiku", 1_795_944_000),
        ("b", "मानसून \"x\"\n}]", 1_795_950_000),
    ]
    .map(|(id, prompt, changed)| {
        let document = serde_json::to_string(&document(prompt, "Rain.")).unwrap();
        let mut entry = entry(id, prompt, changed);
        entry.bytes = document.len() as u64;
        entry.tags = vec!["für später".to_owned()];
        (entry, document)
    })
    .into()
}

#[test]
fn what_is_exported_is_imported_as_it_was() {
    let entries = two_entries();
    let (read, skipped) = read(&exported(&entries)).unwrap();
    assert_eq!(skipped, []);
    let read: Vec<(Entry, String)> = read
        .into_iter()
        .map(|one| (one.entry, one.document))
        .collect();
    assert_eq!(read, entries);
    assert_eq!(super::history_tests::read(&exported(&[])).unwrap().0, []);
}

#[test]
fn an_export_follows_its_schema() {
    let value: Value = serde_json::from_str(&exported(&two_entries())).unwrap();
    schema_tests::assert_history(&value);
    assert_eq!(value["entries"][1]["changed"], "2026-11-29T11:00:00Z");
}

#[test]
fn a_single_result_is_a_history_of_one() {
    let (read, skipped) = read(&value("Hi", "Rain.").to_string()).unwrap();
    assert_eq!((read.len(), skipped.len()), (1, 0));
    assert_eq!(
        Moment(read[0].entry.changed).to_iso(),
        "2026-11-29T09:30:00Z"
    );
}

#[test]
fn entries_that_cannot_be_read_are_named_and_the_others_are_read() {
    let good = value("Hi", "Rain.");
    let mut bad = good.clone();
    bad["panes"][1]["model"] = json!(5);
    let mut empty = good.clone();
    for pane in 0..2 {
        empty["panes"][pane]["turns"] = json!([]);
    }
    let mut newer = good.clone();
    newer["touchstone"] = json!("result/2");
    let text = json!({"touchstone": "history/1", "entries": [
        {"document": good}, 7, {"id": "x"}, {"document": bad}, {"tags": ["a", 1], "document": good},
        {"begun": "yesterday", "document": good}, {"document": empty}, {"document": newer}, {"document": good},
    ]});
    let (read, skipped) = read(&text.to_string()).unwrap();
    assert_eq!(read.len(), 2);
    let field = |path: &str| Unreadable::Field(path.to_owned());
    let why: Vec<(usize, Unreadable)> = skipped.into_iter().map(|one| (one.at, one.why)).collect();
    let wrong = RecipeError::WrongType {
        path: "entries[3].document.panes[1].model".to_owned(),
        expected: Expected::Text,
    };
    assert_eq!(
        why,
        [
            (1, field("entries[1]")),
            (2, field("entries[2].document")),
            (3, Unreadable::Document(wrong)),
            (4, field("entries[4].tags")),
            (5, field("entries[5].begun")),
            (6, Unreadable::Empty("entries[6].document".to_owned())),
            (
                7,
                Unreadable::Document(RecipeError::UnknownVersion {
                    found: "result/2".to_owned()
                })
            ),
        ]
    );
}

#[test]
fn a_file_that_is_no_history_is_refused_with_what_it_is() {
    let version = |found: Option<&str>| Err(ImportError::Version(found.map(str::to_owned)));
    let open = |text: &str| Reader::open(text).map(|_| ());
    assert_eq!(open("{}"), version(None));
    assert_eq!(
        open(r#"{"a": [1, {"touchstone": "history/1"}], "b": 2}"#),
        version(None)
    );
    assert_eq!(
        open(r#"{"touchstone": "recipe/1"}"#),
        version(Some("recipe/1"))
    );
    assert_eq!(
        open(r#"{"entries": [], "touchstone": "history/2"}"#),
        version(Some("history/2"))
    );
    assert_eq!(open(r#"{"touchstone": 1}"#), version(Some("1")));
    assert_eq!(
        open(r#"{"touchstone": "history/1", "entries": {}}"#),
        Err(ImportError::NoEntries)
    );
    assert_eq!(
        open(" {\"entries\" : [ ] , \"touchstone\":\"history/1\" } "),
        Ok(())
    );
    let json = |line, column, ended_early| {
        Err(ImportError::Json {
            line,
            column,
            ended_early,
        })
    };
    assert_eq!(open(""), json(1, 1, true));
    assert_eq!(open("hello"), json(1, 1, false));
    assert_eq!(open("{\n  \"a\": tru"), json(2, 10, true));
    assert_eq!(open("{\n  \"a\": nil}"), json(2, 9, false));
}

#[test]
fn what_comes_before_a_cut_is_read() {
    let text = exported(&two_entries());
    let second = text.find("मानसून").unwrap();
    let cut = text.get(..second).unwrap();
    let mut reader = Reader::open(cut).unwrap();
    assert!(matches!(reader.next_entry(), Some(Ok(Ok(_)))));
    assert!(
        (0.1..1.0).contains(&reader.progress()),
        "{}",
        reader.progress()
    );
    let error = reader.next_entry().unwrap().unwrap_err();
    assert!(
        matches!(
            error,
            ImportError::Json {
                ended_early: true,
                line: 3,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(reader.next_entry(), None);
}

#[test]
fn documents_are_told_apart_by_content_not_by_who_wrote_them() {
    let one = document("Hi", "Rain.");
    let mut same = one.clone();
    same.created = Some("2027-01-01T00:00:00Z".to_owned());
    "9.9".clone_into(&mut same.app.version);
    assert_eq!(fingerprint(&one), fingerprint(&same));
    assert_ne!(fingerprint(&one), fingerprint(&document("Hi", "Snow.")));
    assert_eq!(fingerprint(&one).len(), 32);
}

#[test]
fn what_is_here_already_is_not_doubled() {
    let mut tagged = entry("a", "one", 1);
    tagged.tags = vec!["keep".to_owned()];
    let mut shelf = Shelf::of([&entry("a", "one", 1), &entry("b", "two", 1)].into_iter());
    assert_eq!(shelf.meet(&entry("a", "one", 1), &lower), Meeting::Known);
    // The same under another id, with a tag.
    tagged.id = "z".to_owned();
    assert_eq!(
        shelf.meet(&tagged, &lower),
        Meeting::Tagged("a".to_owned(), vec!["keep".to_owned()])
    );
    assert_eq!(shelf.meet(&tagged, &lower), Meeting::Known);
    assert_eq!(
        shelf.meet(&entry("c", "three", 1), &lower),
        Meeting::New("c".to_owned())
    );
    // The same comparison gone on elsewhere is kept beside the one here, once.
    let gone_on = entry("b", "two and more", 1);
    let Meeting::New(id) = shelf.meet(&gone_on, &lower) else {
        panic!()
    };
    assert!(id.starts_with("b-"), "{id}");
    assert_eq!(shelf.meet(&gone_on, &lower), Meeting::Known);
    assert!(
        matches!(shelf.meet(&entry("", "four", 1), &lower), Meeting::New(id) if !id.is_empty())
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_prompt_survives_export_and_import(prompt in "\\PC{0,60}", answer in any::<String>()) {
        let document = serde_json::to_string(&document(&prompt, &answer)).unwrap();
        let entry = Entry::of(&ResultDoc::parse(&document).unwrap().0, document.len() as u64, entry("a", "", 60).label());
        let (read, skipped) = read(&exported(&[(entry.clone(), document.clone())])).unwrap();
        prop_assert_eq!(skipped, []);
        prop_assert_eq!(&read[0].entry, &entry);
        prop_assert_eq!(&read[0].document, &document);
    }

    #[test]
    fn each_word_of_a_prompt_finds_its_entry(prompt in "\\PC{1,80}") {
        let row = row(entry("a", &prompt, 1));
        prop_assert!(finds(&row, &prompt), "{:?}", row);
    }

    #[test]
    fn no_file_makes_the_reader_fall(text in any::<String>(), at in 0usize..400) {
        read(&text).ok();
        let whole = exported(&two_entries());
        let cut: String = whole.chars().take(at).chain(text.chars()).collect();
        read(&cut).ok();
    }
}
