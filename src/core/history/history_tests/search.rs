use super::{
    super::{Sort, Totals, search, tags},
    *,
};
use proptest::prelude::*;
use std::sync::Arc;

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

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn each_word_of_a_prompt_finds_its_entry(prompt in "\\PC{1,80}") {
        let row = row(entry("a", &prompt, 1));
        prop_assert!(finds(&row, &prompt), "{:?}", row);
    }
}
