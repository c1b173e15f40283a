//! An answer that was to follow a schema: the verdict, and the answer as a
//! tree.

use crate::{
    app::{Notices, RunCell, task, use_notices},
    browser::{
        page,
        schema::{self, Checked},
    },
    core::{
        sorted::SortedSet,
        structured::{Fault, Kind, Label, Row, Step, Tree, read, readable, step, visible},
    },
    ui::kit::{Each, Icon, IconName, copy_text, unique_id},
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// How many violations are listed.
const MOST_LISTED: usize = 20;
/// From so many rows on, a tree begins folded below its second level.
const MANY_ROWS: usize = 200;

/// The verdict and, where the answer is JSON, the tree. For a run that is over
/// and had a schema. Tells whether there is a tree.
pub fn view(cell: &RunCell, has_tree: RwSignal<bool>) -> AnyView {
    let (answer, schema) = {
        let state = cell.state();
        let schema = state.schema.as_ref().map(ToString::to_string);
        (state.log.answer().to_owned(), schema.unwrap_or_default())
    };
    let tree = read(&answer);
    let verdict = verdict(&tree, &answer, schema);
    has_tree.set(tree.is_ok());
    let tree = tree.ok().map(|tree| {
        let (tree, answer) = (Arc::new(tree), Arc::<str>::from(answer));
        view! { <TreeView tree answer /> }
    });
    view! {
        <div class="structured" data-testid="structured">
            {verdict}
            {tree}
        </div>
    }
    .into_any()
}

/// The arguments of a call that a model wants: a tree where they are JSON.
pub fn arguments(text: String) -> AnyView {
    match read(&text) {
        Ok(tree) if !tree.is_cut => {
            let (tree, answer) = (Arc::new(tree), Arc::<str>::from(text));
            view! { <TreeView tree answer /> }.into_any()
        }
        _ => view! { <pre class="code-block" tabindex="0">{text}</pre> }.into_any(),
    }
}

/// What can be said of the answer.
#[derive(Clone)]
struct Said {
    /// For the mark `data-verdict`.
    mark: &'static str,
    line: String,
    violations: Vec<(String, String)>,
}

fn said(mark: &'static str, line: impl Into<String>) -> Said {
    Said {
        mark,
        line: line.into(),
        violations: Vec::new(),
    }
}

fn verdict(tree: &Result<Tree, Fault>, answer: &str, schema: String) -> AnyView {
    let w = words().structured();
    let at_once = match tree {
        Err(Fault::Empty) => said("not_json", w.empty),
        Err(Fault::NotJson(at)) => {
            let before = answer.get(..*at).unwrap_or(answer);
            said("not_json", (w.not_json)(before.chars().count() + 1))
        }
        Ok(tree) if tree.is_cut => said("cut", w.cut),
        Ok(_) => said("checking", w.checking),
    };
    let is_fenced = tree.as_ref().is_ok_and(|tree| tree.is_fenced);
    let shown = RwSignal::new(at_once);
    if let Ok(tree) = tree
        && !tree.is_cut
    {
        let json = answer.get(tree.json.clone()).unwrap_or_default().to_owned();
        task::spawn(async move {
            let checked = said_of(schema::check(&schema, &json).await);
            // The pane may be gone by now.
            shown.try_set(checked);
        });
    }
    view! {
        <div
            class="verdict"
            class:verdict-good=move || shown.with(|said| said.mark == "valid")
            class:verdict-bad=move || shown.with(|said| said.mark != "valid" && said.mark != "checking")
            data-testid="verdict"
            data-verdict=move || shown.with(|said| said.mark)
        >
            <p>{move || shown.with(|said| said.line.clone())}</p>
            {is_fenced.then(|| view! { <p class="hint">{w.fenced}</p> }.into_any())}
            {move || shown.with(|said| violations(&said.violations))}
        </div>
    }
    .into_any()
}

fn said_of(checked: Checked) -> Said {
    let w = words().structured();
    match checked {
        Checked::Valid => said("valid", w.matches),
        Checked::BadSchema(why) => said("bad_schema", (w.bad_schema)(&why)),
        Checked::NoChecker => said("unchecked", w.no_checker),
        Checked::Invalid(violations) => Said {
            violations: violations.clone(),
            ..said("invalid", (w.differs)(violations.len()))
        },
    }
}

fn violations(all: &[(String, String)]) -> Option<AnyView> {
    let w = words().structured();
    let more = all.len().saturating_sub(MOST_LISTED);
    let lines = all.iter().take(MOST_LISTED).map(|(pointer, what)| {
        let path = readable(pointer);
        let path = if path.is_empty() {
            w.whole.to_owned()
        } else {
            path
        };
        view! { <li><code>{path}</code>" "{what.clone()}</li> }.into_any()
    });
    (!all.is_empty()).then(|| {
        view! {
            <ul tabindex="0">
                {lines.collect_view()}
                {(more > 0).then(|| view! { <li>{(w.more)(more)}</li> }.into_any())}
            </ul>
        }
        .into_any()
    })
}

/// What a tree is shown with.
#[derive(Clone, Copy)]
struct Shown {
    folded: RwSignal<SortedSet<usize>>,
    /// The row that the keyboard is on.
    active: RwSignal<usize>,
    notices: Notices,
}

#[component]
fn TreeView(tree: Arc<Tree>, answer: Arc<str>) -> impl IntoView {
    let shown = Shown {
        folded: RwSignal::new(folded_at_first(&tree.rows)),
        active: RwSignal::new(0),
        notices: use_notices(),
    };
    let id = unique_id("tree");
    let (for_keys, for_rows, text) = (tree.clone(), tree.clone(), answer.clone());
    let (keys_id, rows_id) = (id.clone(), id);
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let active = shown.active.get_untracked();
        let move_ = match event.key().as_str() {
            "ArrowUp" => Step::Up,
            "ArrowDown" => Step::Down,
            "ArrowRight" => Step::In,
            "ArrowLeft" => Step::Out,
            "Home" => Step::First,
            "End" => Step::Last,
            "Enter" | " " => Step::Toggle,
            "c" => {
                event.prevent_default();
                return copy(shown, &for_keys, &answer, active);
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let mut folded = shown.folded.get_untracked();
        let to = step(&for_keys.rows, &mut folded, active, move_);
        shown.folded.set(folded);
        shown.active.set(to);
        let selector = format!("#{keys_id}-{to}");
        request_animation_frame(move || {
            if let Some(row) = page::query(&selector) {
                row.focus().ok();
            }
        });
    };
    view! {
        <div class="tree" role="tree" aria-label=words().structured().tree data-testid="tree" on:keydown=on_key>
            <Each
                each=move || shown.folded.with(|folded| visible(&tree.rows, folded))
                key=|row| *row
                children=move |at| {
                    row_view(shown, &for_rows, &text, at, format!("{rows_id}-{at}"))
                }
            />
        </div>
    }
}

fn folded_at_first(rows: &[Row]) -> SortedSet<usize> {
    let mut folded = SortedSet::new();
    if rows.len() > MANY_ROWS {
        for (at, row) in rows.iter().enumerate() {
            if row.depth >= 2 && row.end > at + 1 {
                folded.insert(at);
            }
        }
    }
    folded
}

fn copy(shown: Shown, tree: &Tree, answer: &str, row: usize) {
    let value = tree.value_of(row, answer).to_owned();
    let notices = shown.notices;
    copy_text(notices, value, move || {
        notices.toast(words().structured().copied);
    });
}

fn row_view(shown: Shown, tree: &Arc<Tree>, answer: &Arc<str>, at: usize, id: String) -> AnyView {
    let Some(row) = tree.rows.get(at) else {
        return ().into_any();
    };
    let has_members = row.end > at + 1;
    let is_folded = move || shown.folded.with(|folded| folded.contains(&at));
    let name = match &row.label {
        Label::Root => String::new(),
        Label::Name(name) => name.clone(),
        Label::Place(place) => place.to_string(),
    };
    let toggle = move |_| {
        shown.active.set(at);
        if has_members {
            shown.folded.update(|folded| {
                if !folded.remove(&at) {
                    folded.insert(at);
                }
            });
        }
    };
    let (tree, answer) = (tree.clone(), answer.clone());
    let (value, class) = value_of(row);
    view! {
        <div
            id=id
            class="tree-row"
            class:tree-holds=has_members
            role="treeitem"
            attr:aria-level=(row.depth + 1).to_string()
            aria-expanded=move || has_members.then(|| (!is_folded()).to_string())
            aria-selected=move || (shown.active.get() == at).to_string()
            tabindex=move || if shown.active.get() == at { "0" } else { "-1" }
            style:--depth=row.depth.to_string()
            on:click=toggle
        >
            <span class="tree-fold" class:tree-folded=is_folded aria-hidden="true">
                {has_members.then(|| view! { <Icon name=IconName::Down /> })}
            </span>
            {(!name.is_empty()).then(|| view! { <span class="tree-name">{name}</span> }.into_any())}
            <span class=class>{value}</span>
            <button
                type="button"
                class="btn-icon tree-copy"
                tabindex="-1"
                aria-label=words().structured().copy
                title=words().structured().copy
                on:click=move |event| {
                    event.stop_propagation();
                    copy(shown, &tree, &answer, at);
                }
            >
                <Icon name=IconName::Copy />
            </button>
        </div>
    }
    .into_any()
}

/// What a row shows of its value, and its class.
fn value_of(row: &Row) -> (String, &'static str) {
    let w = words().structured();
    match row.kind {
        Kind::List(count) => ((w.items)(count), "tree-count"),
        Kind::Object(count) => ((w.members)(count), "tree-count"),
        Kind::Text => (row.text.clone(), "tree-text"),
        Kind::Number => (row.text.clone(), "tree-number num"),
        Kind::Bool | Kind::Null => (row.text.clone(), "tree-word"),
    }
}
