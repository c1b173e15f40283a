use crate::core::history::gone::{Gone, has, second_of, to_erase, without};

fn gone(second: i64, mark: &str, ids: &[&str]) -> Gone {
    Gone::new(
        second,
        mark,
        ids.iter().map(|id| (*id).to_owned()).collect(),
    )
}

#[test]
fn a_deletion_reads_as_it_was_written() {
    let one = gone(1_700_000_000, "ab-cd", &["a", "b"]);
    assert_eq!(one.second(), 1_700_000_000);
    assert_eq!(Gone::read((one.key.clone(), one.text())), one);
    assert_eq!(second_of("nonsense"), 0);
    let broken = Gone::read((one.key, "[".to_owned()));
    assert_eq!(broken.ids, Vec::<String>::new());
}

#[test]
fn what_another_deletion_may_bring_back_is_not_erased() {
    let all = [
        gone(1, "x", &["a", "b"]),
        gone(5, "y", &["b", "c"]),
        gone(2, "z", &["d"]),
    ];
    let (over, ids) = to_erase(&all, |gone| gone.second() < 3);
    assert_eq!(over, [&all[0], &all[2]]);
    assert_eq!(ids, ["a", "d"]);
    assert!(has(&all, "c") && !has(&all, "e"));
    let (over, ids) = to_erase(&all, |_| true);
    assert_eq!((over.len(), ids), (3, vec!["a", "b", "b", "c", "d"]));
}

#[test]
fn what_is_kept_again_is_in_no_list_any_more() {
    let all = vec![
        gone(1, "x", &["a", "b"]),
        gone(2, "y", &["c"]),
        gone(3, "z", &["b"]),
    ];
    let changed = without(all, &["b", "e"]);
    assert_eq!(changed, [gone(1, "x", &["a"]), gone(3, "z", &[])]);
}
