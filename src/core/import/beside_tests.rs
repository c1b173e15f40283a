use super::super::{Foreign, ImportError, Thing, is_ours, look, look_at_bytes};
use super::Beside;
use crate::core::{
    ballot::{self, Subject, testing},
    export::csv,
    history::ImportError as HistoryError,
    playlist::{Form, PlaylistError},
};

const RESULT: &str = include_str!("../../../tests/fixtures/results/haiku-duel.json");

fn beside(text: &str) -> Beside {
    match look(text) {
        Ok(Thing::Beside(beside)) => beside,
        other => panic!("{other:?}"),
    }
}

fn history(entries: &[&str]) -> String {
    let entries: Vec<String> = entries
        .iter()
        .map(|document| format!("{{\"id\": \"x\", \"document\": {document}}}"))
        .collect();
    format!(
        "{{\n\"touchstone\": \"history/1\",\n\"entries\": [{}]}}",
        entries.join(",")
    )
}

#[test]
fn a_history_is_known_however_long_it_is_and_where_it_was_cut() {
    let whole = history(&[RESULT, RESULT]);
    assert_eq!(beside(&whole), Beside::History { count: 2 });
    assert_eq!(
        beside(&format!("\u{feff} {whole}")),
        Beside::History { count: 2 }
    );
    let cut = &whole[..whole.len() - RESULT.len() / 2];
    assert_eq!(beside(cut), Beside::History { count: 1 });
    assert_eq!(beside(&history(&[])), Beside::History { count: 0 });
    // The version may come last.
    let turned = "{\"entries\": [], \"touchstone\": \"history/1\"}";
    assert_eq!(beside(turned), Beside::History { count: 0 });
    let later = look("{\"touchstone\": \"history/9\", \"entries\": []}");
    assert_eq!(
        later,
        Err(ImportError::History(HistoryError::Version(Some(
            "history/9".to_owned()
        ))))
    );
    assert!(is_ours(&whole));
}

#[test]
fn ballots_are_found_as_documents_files_and_codes() {
    let (one, two) = (testing::simple(), testing::full());
    let code = format!("Asha: {}\n{}", one.to_code(), two.to_code());
    let file = ballot::file(&Subject::default(), &[one.clone(), two.clone()]);
    for (text, count) in [(one.to_json(), 1), (code, 2), (file, 2)] {
        let Beside::Ballots(found) = beside(&text) else {
            panic!("{text}");
        };
        let good = found.iter().filter(|one| one.ballot.is_ok()).count();
        assert_eq!(good, count, "{text}");
    }
}

#[test]
fn lists_of_prompts_are_taken_where_nothing_else_looks_so() {
    for (text, form, count) in [
        (
            "[\"One\", {\"prompt\": \"{{a}}\", \"a\": 1}]",
            Form::Json,
            2,
        ),
        ("{\"prompts\": [\"One\"]}", Form::Json, 1),
        (
            "{\"prompt\": \"One\"}\n{\"prompt\": \"Two\"}",
            Form::JsonLines,
            2,
        ),
        ("prompt,a,b\nOne,1,2\n", Form::Table, 1),
        ("title;prompt\nA;One\n", Form::Table, 1),
    ] {
        let Beside::Prompts(list) = beside(text) else {
            panic!("{text}");
        };
        assert_eq!((list.form, list.entries.len()), (form, count), "{text}");
    }
    // Lines of plain text could be anything.
    assert_eq!(look("One?\nTwo?"), Err(ImportError::Unknown));
    // A fault inside a list is that of a list.
    let wrong = look("[\"One\", 5]");
    assert!(
        matches!(&wrong, Err(ImportError::Prompts(PlaylistError::Wrong { path, .. })) if path == "[1]"),
        "{wrong:?}"
    );
    let width = look("prompt,a,b\nOne,1,2\nTwo,1\n");
    assert!(
        matches!(
            width,
            Err(ImportError::Prompts(PlaylistError::Width { line: 3, .. }))
        ),
        "{width:?}"
    );
    for (text, foreign) in [
        ("{\"a\": 1}\n{\"a\": 2}\n", Foreign::JsonLines),
        ("name,age,town\nA,1,B\n", Foreign::Table),
        ("[{\"mapping\": {}}]", Foreign::Chats),
    ] {
        assert_eq!(look(text), Err(ImportError::Foreign(foreign)), "{text}");
    }
}

#[test]
fn our_own_table_of_figures_is_told_apart_from_a_list() {
    let names: Vec<&str> = csv::columns().collect();
    let row = vec!["x"; names.len()];
    let table = format!("{}\r\n{}\r\n", names.join(","), row.join(","));
    assert_eq!(look(&table), Err(ImportError::Foreign(Foreign::OwnTable)));
    let marked = format!("\u{feff}{table}");
    assert_eq!(
        look_at_bytes(marked.as_bytes()),
        Err(ImportError::Foreign(Foreign::OwnTable))
    );
}
