//! The ballots of a comparison, and what they say.

use super::{bring, picture};
use crate::{
    app::{
        Comparison, Notices,
        ballots::{self, Ballots, use_ballots},
        use_comparison, use_notices,
    },
    core::{
        ballot::{
            Ballot, Subject,
            bootstrap::LEAST_BALLOTS,
            tally::{Tally, tally},
        },
        pricing::Moment,
    },
    ui::kit::{Icon, IconName, copy_text, focus},
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// What the parts of this view share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) comparison: Comparison,
    pub(super) ballots: Ballots,
    pub(super) notices: Notices,
    pub(super) subject: Memo<Arc<Subject>>,
    own: Memo<Vec<Ballot>>,
    leave_out: RwSignal<bool>,
    /// What was taken out last, and where it stood.
    removed: RwSignal<Option<(usize, Ballot)>>,
}

/// Ballots come in (where `with_entry`), are listed, counted and taken out.
pub(super) fn view(with_entry: bool) -> AnyView {
    let comparison = use_comparison();
    let ballots = use_ballots();
    let subject = Memo::new(move |_| Arc::new(ballots::subject(comparison)));
    let own = Memo::new(move |_| ballots.of(subject.get().fingerprint()));
    let it = Desk {
        comparison,
        ballots,
        notices: use_notices(),
        subject,
        own,
        leave_out: RwSignal::new(false),
        removed: RwSignal::new(None),
    };
    let counted = Memo::new(move |_| {
        let subject = subject.get();
        let left_out = if it.leave_out.get() {
            ballots::giving_away(&subject)
        } else {
            Vec::new()
        };
        Arc::new(tally(subject.panes.len(), &own.get(), &left_out))
    });
    let w = words().ballot();
    let others = move || {
        let all = ballots.all.with(Vec::len);
        let others = all - own.with(Vec::len);
        (others > 0).then(|| view! { <p class="hint">{(w.of_others)(others)}</p> })
    };
    view! {
        <div class="ballots" data-testid="ballots-view">
            {with_entry.then(|| bring::view(it))}
            {move || {
                if own.with(Vec::is_empty) {
                    return view! { <p class="hint" data-testid="no-ballots">{w.none_yet}</p> }.into_any();
                }
                view! {
                    {outcome(it, counted)}
                    {list(it, counted)}
                }
                .into_any()
            }}
            {put_back(it)}
            {others}
            {with_entry.then(|| bring::invite(it))}
        </div>
    }
    .into_any()
}

/// What a ballot is called.
fn name_of(ballot: &Ballot) -> String {
    if let Some(name) = &ballot.name {
        return name.clone();
    }
    (words().ballot().nameless)(&short_voter(ballot))
}

/// The first letters of a voter's number: enough to tell voters of a room apart.
fn short_voter(ballot: &Ballot) -> String {
    ballot.voter.to_string().chars().take(4).collect()
}

/// The way back for a ballot that was taken out. Not a toast: under an open dialog
/// nobody could press it.
fn put_back(it: Desk) -> impl IntoView {
    let w = words().ballot();
    move || {
        let (at, ballot) = it.removed.get()?;
        let text = (w.removed)(&name_of(&ballot));
        let back = move |_| {
            it.ballots.put_back(at, ballot.clone());
            it.removed.set(None);
        };
        Some(view! {
            <p class="card-note" role="status">
                {text} " "
                <button type="button" class="btn" data-testid="put-back" on:click=back>
                    {words().kit.undo}
                </button>
            </p>
        })
    }
}

fn outcome(it: Desk, counted: Memo<Arc<Tally>>) -> AnyView {
    let w = words().ballot();
    let names = Memo::new(move |_| ballots::names(it.comparison));
    let name = move |at: usize| {
        names
            .with(|names| names.get(at).cloned())
            .unwrap_or_default()
    };
    let gives_away = Memo::new(move |_| {
        let places = ballots::giving_away(&it.subject.get());
        places.iter().any(|places| !places.is_empty())
    });
    view! {
        <section class="section" aria-labelledby="outcome-title">
            <h3 id="outcome-title">{w.outcome}</h3>
            {move || {
                let tally = counted.get();
                let counted = tally.gathered.counted.len();
                let sum = (w.sum)(&tally);
                let verdicts = tally.pairs.iter().map(|pair| {
                    view! { <li data-testid="verdict-words">{(w.verdict)(pair, &name)}</li> }
                });
                let verdicts: Vec<_> = verdicts.collect();
                let groups: Vec<String> = tally
                    .groups
                    .iter()
                    .map(|group| group.iter().map(|at| name(*at)).collect::<Vec<_>>().join(", "))
                    .collect();
                let apart = (groups.len() > 1).then(|| (w.groups_apart)(&groups));
                let few = (counted < LEAST_BALLOTS).then(|| (w.few_for_draws)(LEAST_BALLOTS));
                let first = (tally.first_shown.votes > 0).then(|| (w.first_shown)(tally.first_shown));
                view! {
                    <p data-testid="ballot-sum">{sum}</p>
                    <ul class="verdicts">{verdicts}</ul>
                    {apart.map(|text| view! { <p class="card-note">{text}</p> })}
                    {picture::view(&tally, &name)}
                    {few.map(|text| view! { <p class="hint">{text}</p> })}
                    {first.map(|text| view! { <p class="hint">{text}</p> })}
                }
                .into_any()
            }}
            {move || {
                gives_away
                    .get()
                    .then(|| {
                        view! {
                            <label class="check">
                                <input
                                    type="checkbox"
                                    data-testid="leave-out"
                                    prop:checked=move || it.leave_out.get()
                                    on:change=move |event| it.leave_out.set(event_target_checked(&event))
                                />
                                {w.leave_out}
                            </label>
                        }
                    })
            }}
        </section>
    }
    .into_any()
}

fn list(it: Desk, counted: Memo<Arc<Tally>>) -> AnyView {
    let w = words().ballot();
    let notes = move || {
        let all = it.own.get();
        let name = |at: usize| all.get(at).map(name_of).unwrap_or_default();
        let tally = counted.get();
        let notes = tally.gathered.notes.iter().map(|note| {
            view! { <p class="card-note" data-testid="ballot-note">{(w.note)(note, &name)}</p> }
        });
        notes.collect::<Vec<_>>()
    };
    let rows = move || {
        let counts = counted.get();
        let all = it.own.get();
        let rows = all.into_iter().enumerate().map(|(at, ballot)| {
            let counts = counts.gathered.counted.contains(&at);
            row(it, ballot, counts)
        });
        rows.collect::<Vec<_>>()
    };
    view! {
        <section class="section" aria-labelledby="list-title">
            <h3 id="list-title">{move || (w.list)(it.own.with(Vec::len))}</h3>
            {notes}
            <ul class="ballot-list">{rows}</ul>
            <div class="card-actions">
                <button
                    type="button"
                    class="btn"
                    data-testid="save-ballots"
                    on:click=move |_| it.ballots.save(&it.subject.get_untracked(), it.notices)
                >
                    {w.save}
                </button>
            </div>
        </section>
    }
    .into_any()
}

fn row(it: Desk, ballot: Ballot, counts: bool) -> AnyView {
    let w = words().ballot();
    let name = name_of(&ballot);
    let label = (w.remove)(&name);
    let code = ballot.to_code();
    let copy = (w.copy_code_of)(&name);
    // Two voters may sign with one name; all codes of a comparison begin alike.
    let voter = ballot.name.as_ref().map(|_| {
        let letters = short_voter(&ballot);
        view! { <span class="mono" data-testid="ballot-voter">{letters}</span> " · " }
    });
    view! {
        <li data-testid="ballot" data-counted=counts.to_string() class:not-counted=!counts>
            <span class="name">{name}</span>
            <span class="hint num">{voter} {moment(ballot.at)}</span>
            <button
                type="button"
                class="btn-text"
                data-testid="copy-ballot"
                aria-label=copy
                on:click=move |_| copy_text(it.notices, code.clone(), || {})
            >
                {w.copy_code}
            </button>
            <button
                type="button"
                class="btn-icon"
                data-testid="remove-ballot"
                aria-label=label.clone()
                title=label
                on:click=move |_| {
                    let at = it.ballots.remove(&ballot);
                    it.removed.set(at.map(|at| (at, ballot.clone())));
                    focus::later(["[data-testid=put-back]"]);
                }
            >
                <Icon name=IconName::Close />
            </button>
        </li>
    }
    .into_any()
}

/// `2026-11-29 10:15`, in UTC.
fn moment(at: Moment) -> String {
    let minute = at.minute_of_day();
    format!("{} {:02}:{:02} UTC", at.day(), minute / 60, minute % 60)
}
