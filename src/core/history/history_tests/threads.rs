use super::super::{Next, Thread, thread};

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
