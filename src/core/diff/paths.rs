//! Where two JSON values differ, by path.

use crate::core::structured::{Kind, Label, Row, Tree, read};

/// A value that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathChange {
    /// Where it stands: `items[0].name`; empty for the whole.
    pub path: String,
    /// The old value: a text without quotes, anything else as JSON. `None` for
    /// something new.
    pub old: Option<String>,
    /// The new value; `None` for something that is gone.
    pub new: Option<String>,
}

/// Where two answers differ, if both are whole JSON objects or lists, a fence
/// around them or not; in the order of the old one, then what is new. Members
/// are compared by name and the entries of lists by place.
pub fn json_changes(old: &str, new: &str) -> Option<Vec<PathChange>> {
    let (old_tree, new_tree) = (read(old).ok()?, read(new).ok()?);
    let both = Both {
        old: Side {
            text: old,
            tree: &old_tree,
        },
        new: Side {
            text: new,
            tree: &new_tree,
        },
    };
    let is_whole = |side: &Side<'_>| {
        !side.tree.is_cut && side.tree.rows.first().is_some_and(|row| row.kind.holds())
    };
    (is_whole(&both.old) && is_whole(&both.new)).then(|| both.changes())
}

/// Where two values differ.
pub fn value_changes(old: &serde_json::Value, new: &serde_json::Value) -> Vec<PathChange> {
    let (old, new) = (old.to_string(), new.to_string());
    match (read(&old), read(&new)) {
        (Ok(old_tree), Ok(new_tree)) => Both {
            old: Side {
                text: &old,
                tree: &old_tree,
            },
            new: Side {
                text: &new,
                tree: &new_tree,
            },
        }
        .changes(),
        // What serde writes can be read.
        _ => Vec::new(),
    }
}

/// One of the two.
struct Side<'a> {
    text: &'a str,
    tree: &'a Tree,
}

struct Both<'a> {
    old: Side<'a>,
    new: Side<'a>,
}

/// What is still to be compared: the rows of a path.
struct Open {
    path: String,
    old: Option<usize>,
    new: Option<usize>,
}

impl<'a> Side<'a> {
    fn row(&self, at: usize) -> Option<&'a Row> {
        self.tree.rows.get(at)
    }

    fn value(&self, at: usize) -> String {
        self.tree.value_of(at, self.text).to_owned()
    }

    /// The rows that a row holds, without what those hold.
    fn members(&self, at: usize) -> Vec<usize> {
        let end = self.row(at).map_or(0, |row| row.end);
        std::iter::successors(Some(at + 1), |&at| {
            self.row(at).map(|row| row.end.max(at + 1))
        })
        .take_while(|&at| at < end)
        .collect()
    }

    fn label(&self, at: usize) -> Option<&'a Label> {
        self.row(at).map(|row| &row.label)
    }
}

impl Both<'_> {
    fn changes(&self) -> Vec<PathChange> {
        let mut changes = Vec::new();
        // A list instead of calls: answers may be nested as deeply as they like.
        let mut open = vec![Open {
            path: String::new(),
            old: Some(0),
            new: Some(0),
        }];
        while let Some(next) = open.pop() {
            match (next.old, next.new) {
                (Some(old), Some(new)) if self.hold_alike(old, new) => {
                    let mut members = self.members(&next.path, old, new);
                    members.reverse();
                    open.append(&mut members);
                }
                (Some(old), Some(new)) if self.is_same(old, new) => {}
                (old, new) => changes.push(PathChange {
                    path: next.path,
                    old: old.map(|at| self.old.value(at)),
                    new: new.map(|at| self.new.value(at)),
                }),
            }
        }
        changes
    }

    /// Whether both are objects, or both lists.
    fn hold_alike(&self, old: usize, new: usize) -> bool {
        let kinds = (
            self.old.row(old).map(|row| row.kind),
            self.new.row(new).map(|row| row.kind),
        );
        matches!(
            kinds,
            (Some(Kind::Object(_)), Some(Kind::Object(_)))
                | (Some(Kind::List(_)), Some(Kind::List(_)))
        )
    }

    fn is_same(&self, old: usize, new: usize) -> bool {
        match (self.old.row(old), self.new.row(new)) {
            (Some(old), Some(new)) => {
                !old.kind.holds() && old.kind == new.kind && old.text == new.text
            }
            _ => false,
        }
    }

    fn members(&self, path: &str, old: usize, new: usize) -> Vec<Open> {
        let mut theirs = self.new.members(new);
        let mut open: Vec<Open> = Vec::new();
        for at in self.old.members(old) {
            let Some(label) = self.old.label(at) else {
                continue;
            };
            let same = theirs
                .iter()
                .position(|&other| self.new.label(other) == Some(label))
                .map(|place| theirs.remove(place));
            open.push(Open {
                path: joined(path, label),
                old: Some(at),
                new: same,
            });
        }
        open.extend(theirs.into_iter().filter_map(|at| {
            Some(Open {
                path: joined(path, self.new.label(at)?),
                old: None,
                new: Some(at),
            })
        }));
        open
    }
}

fn joined(path: &str, label: &Label) -> String {
    match label {
        Label::Root => path.to_owned(),
        Label::Place(place) => format!("{path}[{place}]"),
        Label::Name(name) if path.is_empty() => name.clone(),
        Label::Name(name) => format!("{path}.{name}"),
    }
}
