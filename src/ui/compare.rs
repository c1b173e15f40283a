//! The same model over other routes: which there are, what each lacks, and a
//! pane for each that is ready.

use super::{
    dialogs::use_dialogs,
    keyfield::KeyField,
    kit::{Dialog, focus},
    later::late,
    picker::{choices::price_per_million, site::SiteFields},
};
use crate::{
    app::{
        PaneSetup, Prices, relays, routes, use_comparison, use_model_lists, use_notices,
        use_prices, use_vault,
    },
    core::{
        catalog::{Catalog, Evidence, Provider, RouteCandidate, names_deployments},
        domain::ModelId,
        recipe::MAX_PANES,
        wire::endpoint::Endpoint,
    },
    words::words,
};
use leptos::prelude::*;

/// The dialog.
#[component]
pub fn CompareDialog() -> impl IntoView {
    let dialogs = use_dialogs();
    let open = Signal::derive(move || dialogs.compare.get().is_some());
    let title = Signal::derive(move || {
        let model = dialogs.compare.get().map(|setup| setup.model);
        model.map_or_else(String::new, |model| {
            (words().pane.compare_title)(model.as_str())
        })
    });
    view! {
        <Dialog open title test_id="compare" on_close=move |()| dialogs.compare.set(None)>
            {move || {
                dialogs.compare.get().map(|setup| late(move |parts| (parts.compare)(setup.clone())))
            }}
        </Dialog>
    }
}

/// One route of the list, with what is being filled in.
#[derive(Clone, Copy)]
struct Line {
    row: &'static Provider,
    found: StoredValue<RouteCandidate>,
    base: RwSignal<String>,
    model: RwSignal<String>,
    endpoint: Memo<Option<Endpoint>>,
    /// Whether it can be asked as it is.
    ready: Memo<bool>,
    chosen: RwSignal<bool>,
    unfolded: RwSignal<bool>,
}

impl Line {
    fn new(found: RouteCandidate) -> Option<Self> {
        let vault = use_vault();
        let row = Catalog::builtin().provider(&found.provider)?;
        let base = RwSignal::new(untrack(|| routes::base_to_begin_with(row, vault)));
        let api = found.api;
        let endpoint = Memo::new(move |_| {
            let base = base.get();
            let base = Some(base.trim()).filter(|base| !base.is_empty());
            relays::resolve(row, api, base).ok()
        });
        let ready = Memo::new(move |_| {
            endpoint.with(|endpoint| {
                endpoint.as_ref().is_some_and(|endpoint| {
                    !row.key.required || vault.has(&row.id, &endpoint.origin)
                })
            })
        });
        Some(Self {
            row,
            base,
            model: RwSignal::new(found.model.as_str().to_owned()),
            endpoint,
            ready,
            chosen: RwSignal::new(ready.get_untracked()),
            unfolded: RwSignal::new(false),
            found: StoredValue::new(found),
        })
    }

    fn setup(self, like: &PaneSetup) -> PaneSetup {
        let base = self.base.get_untracked().trim().to_owned();
        PaneSetup {
            api: self.found.with_value(|found| found.api),
            base_url: Some(base).filter(|base| !base.is_empty()),
            // The same question is asked on every route.
            params: like.params.clone(),
            ..PaneSetup::new(
                self.row.id.clone(),
                ModelId::new(self.model.get_untracked().trim()),
            )
        }
    }

    fn is_meant(self) -> bool {
        self.chosen.get() && self.ready.get()
    }
}

/// Its content.
pub fn body(setup: PaneSetup) -> AnyView {
    view! { <Compare setup /> }.into_any()
}

#[component]
fn Compare(setup: PaneSetup) -> impl IntoView {
    let w = words().routes();
    let (vault, lists, prices) = (use_vault(), use_model_lists(), use_prices());
    let (comparison, notices, dialogs) = (use_comparison(), use_notices(), use_dialogs());
    let found = untrack(|| routes::others(&setup, vault, lists, prices));
    if found.is_empty() {
        return view! { <p class="hint">{w.compare_none}</p> }.into_any();
    }
    let lines: Vec<Line> = found.into_iter().filter_map(Line::new).collect();
    let room = move || MAX_PANES.saturating_sub(comparison.panes.with(Vec::len));
    let lines = StoredValue::new(lines);
    // No more than fit are chosen to begin with.
    let mut left = untrack(room);
    lines.with_value(|lines| {
        for line in lines.iter().filter(|line| line.ready.get_untracked()) {
            line.chosen.set(left > 0);
            left = left.saturating_sub(1);
        }
    });
    let of = move |ready: bool| {
        lines.with_value(|lines| {
            let some = lines
                .iter()
                .filter(|line| line.ready.get_untracked() == ready);
            some.copied().collect::<Vec<_>>()
        })
    };
    let meant =
        move || lines.with_value(|lines| lines.iter().filter(|line| line.is_meant()).count());
    let too_many = move || meant() > room();
    let open = move |_| {
        let setups = lines.with_value(|lines| {
            let meant = lines.iter().filter(|line| untrack(|| line.is_meant()));
            let meant = meant.inspect(|line| {
                if let Some(endpoint) = line.endpoint.get_untracked() {
                    vault.approve(&endpoint.origin);
                }
            });
            meant.map(|line| line.setup(&setup)).collect::<Vec<_>>()
        });
        let (count, undo) = routes::open(setups, comparison);
        notices.toast_with_undo((w.opened)(count), undo);
        dialogs.compare.set(None);
        focus::rescue([focus::PROMPT]);
    };
    view! {
        <div class="compare">
            <p class="hint">{w.compare_hint}</p>
            <Part title=w.with_key lines=of(true) />
            <Part title=w.without_key lines=of(false) />
            <div class="picker-foot">
                <p class="hint picker-next" role="status" class:hint-bad=too_many>
                    {move || {
                        (too_many() || room() == 0).then(|| (w.room)(room()))
                    }}
                </p>
                <button
                    type="button"
                    class="btn btn-go"
                    data-testid="compare-open"
                    disabled=move || meant() == 0 || too_many()
                    on:click=open
                >
                    {move || (w.open)(meant())}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// The routes under a heading; nothing where there are none.
#[component]
fn Part(title: &'static str, lines: Vec<Line>) -> impl IntoView {
    let is_empty = lines.is_empty();
    let rows: Vec<_> = lines.into_iter().map(line_view).collect();
    (!is_empty).then(|| {
        view! {
            <section class="section">
                <h3>{title}</h3>
                <ul class="compare-list">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn line_view(line: Line) -> AnyView {
    let id = line.row.id.as_str();
    view! {
        <li class="compare-line" data-testid="compare-route" data-provider=id data-ready=move || line.ready.get().to_string()>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || line.is_meant()
                    disabled=move || !line.ready.get()
                    on:change=move |event| line.chosen.set(event_target_checked(&event))
                />
                <span class="compare-name">{line.row.name.clone()}</span>
            </label>
            <Spelling line />
            {move || {
                (!line.ready.get() && !line.unfolded.get()).then(|| unfold_button(line))
            }}
            {move || line.unfolded.get().then(|| view! { <Missing line /> }.into_any())}
        </li>
    }
    .into_any()
}

/// What the model is called there, and how that is known.
#[component]
fn Spelling(line: Line) -> impl IntoView {
    let w = words().routes();
    let prices = use_prices();
    let (is_guess, marks) = line.found.with_value(|found| {
        let snapshot = found.says.snapshot.as_deref();
        let variant = found.says.variant.as_deref();
        let mut marks = vec![(w.evidence)(found.evidence).to_owned()];
        marks.extend((w.likeness)(found.likeness, snapshot, variant));
        (found.evidence == Evidence::Guess, marks.join(" · "))
    });
    let may_differ = is_guess || names_deployments(line.row);
    let id = line.row.id.as_str();
    view! {
        <div class="compare-model">
            {if may_differ {
                view! {
                    <input
                        class="input mono"
                        type="text"
                        spellcheck="false"
                        autocapitalize="off"
                        autocomplete="off"
                        aria-label=format!("{}: {}", line.row.name, words().picker().model)
                        data-testid="compare-model"
                        data-provider=id
                        prop:value=move || line.model.get()
                        on:input=move |event| line.model.set(event_target_value(&event))
                    />
                }
                    .into_any()
            } else {
                view! { <code>{line.model.get_untracked()}</code> }.into_any()
            }}
            <span class="hint">
                {marks} " "
                {move || {
                    let price = price(line, prices)?;
                    Some(view! { <span class="compare-price">{format!("· {price}")}</span> }.into_any())
                }}
            </span>
        </div>
    }
}

/// What a million tokens cost there by the list (tracked).
fn price(line: Line, prices: Prices) -> Option<String> {
    let table = prices.ready()?;
    let endpoint = line.endpoint.get()?;
    price_per_million(&table, &endpoint, &ModelId::new(line.model.get().trim()))
}

fn unfold_button(line: Line) -> AnyView {
    let w = words().routes();
    let has_place = line.endpoint.with(Option::is_some);
    view! {
        <button
            type="button"
            class="btn-text"
            data-testid="compare-add-key"
            on:click=move |_| {
                line.unfolded.set(true);
                focus::later([
                    ".compare-missing [data-missing]",
                    ".compare-missing input",
                ]);
            }
        >
            {if has_place { w.add_key } else { w.set_up }}
        </button>
    }
    .into_any()
}

/// What a route lacks: where it leads, then the key.
#[component]
fn Missing(line: Line) -> impl IntoView {
    let vault = use_vault();
    let site = StoredValue::new(line.row.site());
    let values = Signal::derive(move || {
        line.base.with(|base| {
            site.with_value(|site| {
                let site = site.as_ref()?;
                if base.trim().is_empty() {
                    Some(site.defaults())
                } else {
                    site.read(base)
                }
            })
        })
    });
    // Typing a place does not empty a half-typed key.
    let origin = Memo::new(move |_| {
        let origin = line.endpoint.get()?.origin;
        (line.row.takes_key() && !vault.has(&line.row.id, &origin)).then_some(origin)
    });
    view! {
        <div class="compare-missing">
            {move || {
                let site = site.get_value()?;
                Some(
                    view! {
                        <SiteFields
                            site
                            base=line.base
                            values
                            on_change=Callback::new(|()| ())
                            on_paste=Callback::new(|()| ())
                        />
                    }
                        .into_any(),
                )
            }}
            {move || {
                origin
                    .get()
                    .map(|origin| {
                        let on_saved = Callback::new(move |()| line.chosen.set(true));
                        view! { <KeyField provider=line.row.id.clone() origin on_saved /> }
                            .into_any()
                    })
            }}
        </div>
    }
}
