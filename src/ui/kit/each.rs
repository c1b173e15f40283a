//! Lists whose rows keep their nodes while others come and go.

use leptos::prelude::*;

/// A row that is made only if its key is new to the page.
struct Row {
    key: String,
    make: Box<dyn FnOnce() -> AnyView + Send>,
}

/// Shows one view per item, as leptos' `For` does, and keeps the views whose
/// key stays. `For` itself is compiled anew for each type of item, key and
/// view; here all lists share one copy (ADR 0009).
#[component]
pub fn Each<F, I, T, K, V, N>(
    /// The items (tracked).
    each: F,
    /// What tells an item from the others, as text.
    key: fn(&T) -> K,
    /// The view of an item.
    children: V,
) -> impl IntoView
where
    F: Fn() -> I + Send + 'static,
    I: IntoIterator<Item = T>,
    T: Send + 'static,
    K: ToString + 'static,
    V: Fn(T) -> N + Send + Clone + 'static,
    N: IntoView + 'static,
{
    rows(Box::new(move || {
        each()
            .into_iter()
            .map(|item| {
                let children = children.clone();
                Row {
                    key: key(&item).to_string(),
                    make: Box::new(move || children(item).into_any()),
                }
            })
            .collect()
    }))
}

fn rows(each: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    let key = |row: &Row| row.key.clone();
    let children = |row: Row| (row.make)();
    view! { <For each key children /> }.into_any()
}
