//! Which entry the comparison on the page is kept in.
//!
//! A comparison is one entry that grows with it. What was kept is never written
//! over with less: once a kept run is gone from the page (a pane removed, an
//! earlier message edited, the comparison begun anew), what comes next is kept
//! in an entry of its own.

/// An entry and the runs on the page that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The entry.
    pub id: String,
    /// How often its document was written when this page last did so.
    pub revision: u32,
    /// The page's own numbers of the runs that are kept in it.
    pub runs: Vec<u32>,
}

/// What to do with the runs on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// There is nothing to keep.
    Nothing,
    /// Some of the runs were made in private mode: nothing of the comparison is
    /// kept any further.
    Private,
    /// Writes the document of this entry anew.
    Update(Thread),
    /// Begins an entry.
    Begin,
}

/// What to do, given the runs on the page that have ended, those of them that
/// are private, and the entries that the page has written, the latest last.
pub fn next(threads: &[Thread], runs: &[u32], private: &[u32]) -> Next {
    if runs.is_empty() {
        return Next::Nothing;
    }
    if runs.iter().any(|run| private.contains(run)) {
        return Next::Private;
    }
    let holds_all = |thread: &&Thread| thread.runs.iter().all(|run| runs.contains(run));
    // The fullest: an undo may have brought back what an older one holds.
    let mut best: Option<&Thread> = None;
    for thread in threads.iter().filter(holds_all) {
        if best.is_none_or(|best| thread.runs.len() >= best.runs.len()) {
            best = Some(thread);
        }
    }
    best.map_or(Next::Begin, |thread| Next::Update(thread.clone()))
}

/// Notes that an entry now holds these runs. The same entry may be on the page
/// more than once under other numbers: opened again, and as it was before. Only
/// the newest writing of it knows its revision, so the others write nothing over.
pub fn note(threads: &mut Vec<Thread>, thread: Thread) {
    threads.retain(|known| {
        known.id != thread.id || known.runs.iter().any(|run| !thread.runs.contains(run))
    });
    threads.push(thread);
}
