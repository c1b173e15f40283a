use super::{
    super::{
        ImportError, Imported, Meeting, Reader, Shelf, Skipped, entry::fingerprint, export,
        import::Unreadable,
    },
    *,
};
use crate::core::{
    pricing::Moment,
    recipe::{Expected, RecipeError, schema_tests},
};
use proptest::prelude::*;

/// Everything in a file, read.
fn read(json: &str) -> Result<(Vec<Imported>, Vec<Skipped>), ImportError> {
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
    assert_eq!(super::travel::read(&exported(&[])).unwrap().0, []);
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
    let mut shelf = Shelf::of(
        [&entry("a", "one", 1), &entry("b", "two", 1)].into_iter(),
        &[],
    );
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

#[test]
fn what_was_just_deleted_comes_back_as_it_was_or_stands_beside_an_older_form() {
    let gone = [entry("a", "as it is now", 1), entry("b", "two", 1)];
    let mut shelf = Shelf::of([].into_iter(), &gone);
    // The same document, whatever its id in the file: it is the deleted one.
    let same = entry("z", "two", 1);
    assert_eq!(shelf.meet(&same, &lower), Meeting::New("b".to_owned()));
    assert_eq!(shelf.meet(&same, &lower), Meeting::Known);
    // An older form takes nothing from what the undo can bring back.
    let older = entry("a", "as it was", 1);
    assert!(matches!(shelf.meet(&older, &lower), Meeting::New(id) if id.starts_with("a-")));
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
    fn no_file_makes_the_reader_fall(text in any::<String>(), at in 0usize..400) {
        read(&text).ok();
        let whole = exported(&two_entries());
        let cut: String = whole.chars().take(at).chain(text.chars()).collect();
        read(&cut).ok();
    }
}
