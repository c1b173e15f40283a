//! Blind votes: whose turn it is, the ballots that came together in this tab,
//! and which comparisons can no longer be voted on blindly.

mod subject;
pub use subject::{Progress, cell, giving_away, names, naming_of, progress, subject};

use super::{
    comparison::Comparison,
    notices::{Notices, use_notices},
    share,
};
use crate::{
    browser::{
        clock, download, page, random,
        storage::{self, Place},
    },
    core::{
        ballot::{
            self, Ballot, BallotError, Fingerprint, Subject, Voter,
            found::{self, Brought, Found},
            invite::{self, Invitation},
            order, voters,
        },
        share::{LeaveOut, Part},
    },
    words::words,
};
use leptos::prelude::*;

/// Codes of all ballots of this tab, one a line.
const BALLOTS_KEY: &str = "touchstone.ballots";
/// Fingerprints of comparisons whose names were revealed, one a line.
const REVEALED_KEY: &str = "touchstone.revealed";
/// Who votes on a device of their own, by comparison.
const VOTERS_KEY: &str = "touchstone.voters";
/// What marks the host asks for, as it was typed.
const CRITERIA_KEY: &str = "touchstone.criteria";

/// The ballots of this tab.
#[derive(Clone, Copy)]
pub struct Ballots {
    /// All of them, also those of other comparisons, in the order in which they
    /// came.
    pub all: RwSignal<Vec<Ballot>>,
    /// Comparisons whose names were revealed.
    revealed: RwSignal<Vec<String>>,
    /// What marks are asked for, as it was typed: of the voters at this screen,
    /// and of those who get a link.
    pub criteria: RwSignal<String>,
    /// Whether the person knows that the browser keeps none of it.
    was_told: StoredValue<bool>,
    notices: Notices,
}

/// Why parts of what came in were not added: line and reason.
pub type Refused = Vec<(Option<usize>, BallotError)>;

/// Creates the context. What the tab kept is there again.
pub fn provide() -> Ballots {
    let kept = |key| storage::get(Place::Tab, key).unwrap_or_default();
    let read = found::ballots(&kept(BALLOTS_KEY));
    let revealed = kept(REVEALED_KEY).lines().map(str::to_owned).collect();
    let ballots = Ballots {
        all: RwSignal::new(read.into_iter().filter_map(|one| one.ballot.ok()).collect()),
        revealed: RwSignal::new(revealed),
        criteria: RwSignal::new(kept(CRITERIA_KEY)),
        was_told: StoredValue::new(false),
        notices: use_notices(),
    };
    provide_context(ballots);
    ballots
}

/// The context.
pub fn use_ballots() -> Ballots {
    expect_context()
}

/// Random bytes; where the browser has none to give, bytes of the clock, which
/// tell voters apart as well.
fn chance() -> [u8; 32] {
    random::bytes().unwrap_or_else(|| {
        let mut drawn = order::Chance::new(clock::wall_ms().to_bits() ^ clock::now().0.to_bits());
        let mut bytes = [0; 32];
        for part in bytes.chunks_exact_mut(8) {
            part.copy_from_slice(&drawn.draw().to_be_bytes());
        }
        bytes
    })
}

/// A vote that the host of this page opens, with marks for these criteria.
pub fn new_invitation(criteria: Vec<String>) -> Invitation {
    let [a, b, c, d, ..] = chance();
    Invitation {
        seed: u32::from_be_bytes([a, b, c, d]),
        criteria,
        by_link: false,
    }
}

/// Takes the invitation to a vote out of a link's fragment; the rest names the
/// result. From now on nothing on the page says a name.
pub fn take_invitation(comparison: Comparison, fragment: &str) -> Option<String> {
    let (rest, invitation) = invite::in_fragment(fragment)?;
    comparison.blind.set(Some(invitation));
    Some(rest)
}

/// A link that opens the result of this comparison as a blind vote; `Err` with
/// what is to be put behind another link to it, where the result holds what looks
/// private: then it is for the person to decide what goes in.
pub fn vote_link(comparison: Comparison, criteria: Vec<String>) -> Result<String, String> {
    let ending = new_invitation(criteria).suffix();
    let leave = Part::ALL
        .into_iter()
        .fold(LeaveOut::default(), |leave, part| leave.with(part, true));
    let made = share::Subject::of(comparison).make(&share::Choice {
        what: share::What::Result,
        leave,
        kept: Vec::new(),
    });
    if !made.findings.is_empty() {
        return Err(ending);
    }
    let fragment = share::fragment(&made.document) + &ending;
    let own = page::bare_address();
    let named = share::named_base().map(|base| base.with_fragment(&fragment));
    Ok(named.unwrap_or_else(|| format!("{own}{fragment}")))
}

impl Ballots {
    /// The ballots of one comparison (tracked).
    pub fn of(self, comparison: Fingerprint) -> Vec<Ballot> {
        self.all.with(|all| {
            let own = all.iter().filter(|ballot| ballot.comparison == comparison);
            own.cloned().collect()
        })
    }

    /// Adds one that was cast here.
    pub fn cast(self, ballot: Ballot) {
        self.all.update(|all| all.push(ballot));
        self.keep();
    }

    /// A voter with an order of their own: a new one for each ballot at a screen
    /// that is handed on, always the same one on a device of one's own.
    pub fn voter(self, comparison: Fingerprint, invitation: &Invitation) -> (Voter, u32) {
        let kept = || storage::get(Place::Tab, VOTERS_KEY).unwrap_or_default();
        let known = invitation.by_link.then(kept);
        let known = known.and_then(|kept| voters::known(&kept, comparison));
        let voter = known.unwrap_or_else(|| Voter::of(&chance()));
        if invitation.by_link && known.is_none() {
            self.store(VOTERS_KEY, &voters::with(&kept(), comparison, voter));
        }
        (voter, order::seed_of(invitation.seed, voter))
    }

    /// Adds what fits the comparison and is not there yet, and says what came of
    /// it.
    pub fn add(self, subject: &Subject, found: Vec<Found>) -> (String, Refused) {
        let brought = self
            .all
            .with_untracked(|all| found::bring(all, subject, found));
        let Brought {
            added,
            known,
            refused,
        } = brought;
        let said = (words().ballot().brought)(added.len(), known);
        if !added.is_empty() {
            self.all.update(|all| all.extend(added));
            self.keep();
        }
        (said, refused)
    }

    /// Takes one out; where it stood.
    pub fn remove(self, ballot: &Ballot) -> Option<usize> {
        let at = self
            .all
            .with_untracked(|all| all.iter().position(|other| other == ballot))?;
        self.all.update(|all| {
            all.remove(at);
        });
        self.keep();
        Some(at)
    }

    /// Puts one back to where it stood.
    pub fn put_back(self, at: usize, ballot: Ballot) {
        self.all.update(|all| all.insert(at.min(all.len()), ballot));
        self.keep();
    }

    /// Whether the names of a comparison were revealed in this tab (tracked).
    pub fn is_revealed(self, comparison: Fingerprint) -> bool {
        let own = comparison.to_string();
        self.revealed.with(|all| all.contains(&own))
    }

    /// Notes that they are.
    pub fn reveal(self, comparison: Fingerprint) {
        let own = comparison.to_string();
        self.revealed.update(|all| {
            if !all.contains(&own) {
                all.push(own);
            }
        });
        let text = self.revealed.with_untracked(|all| all.join("\n"));
        self.store(REVEALED_KEY, &text);
    }

    /// Offers all ballots of the comparison as a file.
    pub fn save(self, subject: &Subject, notices: Notices) {
        let own = untrack(|| self.of(subject.fingerprint()));
        let name = format!(
            "touchstone-ballots-{}.json",
            page::iso_now().replace([':', '.'], "-")
        );
        let text = ballot::file(subject, &own);
        let saved = download::save_text(&name, "application/json", &text);
        let w = words().ballot();
        notices.toast(if saved { w.saved } else { w.not_saved });
    }

    /// A ballot that came by a link, without anything else on the page having
    /// changed.
    pub fn receive(
        self,
        comparison: Comparison,
        notices: Notices,
        ballot: Result<Ballot, BallotError>,
    ) {
        let w = words().ballot();
        let subject = untrack(|| subject(comparison));
        let checked = ballot.and_then(|ballot| match ballot.check(&subject) {
            Err(error) if !subject.turns.is_empty() => Err(error),
            checked => Ok((ballot, checked.is_ok())),
        });
        match checked {
            Ok((ballot, _)) if self.all.with_untracked(|all| all.contains(&ballot)) => {
                notices.remark(w.from_link_again);
            }
            Ok((ballot, fits)) => {
                self.cast(ballot);
                notices.remark(if fits { w.from_link } else { w.from_link_kept });
            }
            Err(error) => {
                let why = (w.error)(&error);
                notices.error(format!("{} {why}", (w.not_added)(1)));
            }
        }
    }

    /// Asks for marks for what was typed, from the next ballot and link on.
    pub fn ask_for(self, criteria: String) {
        self.store(CRITERIA_KEY, &criteria);
        self.criteria.set(criteria);
    }

    /// Keeps them over a reload.
    fn keep(self) {
        let codes = self.all.with_untracked(|all| {
            let codes: Vec<String> = all.iter().map(Ballot::to_code).collect();
            codes.join("\n")
        });
        self.store(BALLOTS_KEY, &codes);
    }

    /// Writes what is to survive a reload; says once that it will not.
    fn store(self, key: &str, text: &str) {
        if !storage::set(Place::Tab, key, text) && !self.was_told.get_value() {
            self.was_told.set_value(true);
            self.notices.error(words().ballot().not_kept);
        }
    }
}

/// Takes a ballot that came by a link out of the address; whether there was one.
/// It adds to what is on the page and replaces nothing, so it need not ask.
pub fn take_ballot(ballots: Ballots, comparison: Comparison, notices: Notices) -> bool {
    let Some(ballot) = found::in_fragment(&page::fragment()) else {
        return false;
    };
    page::clear_fragment();
    ballots.receive(comparison, notices, ballot);
    true
}
