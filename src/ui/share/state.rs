//! What the share dialog knows while it is open.

use crate::{
    app::{
        Comparison,
        share::{self, Choice, Made, Subject, What},
        task,
    },
    browser::{sealing::SealFault, timer},
    core::share::{Base, LeaveOut, Part, Reach, reach},
};
use leptos::prelude::*;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

/// From so many bytes of JSON on the page is let breathe before it is packed.
const LARGE: usize = 60_000;
/// From so many bytes on, what a part saves is estimated.
const HUGE: usize = 200_000;
/// Long enough for a frame.
const FRAME_MS: i32 = 30;

/// How far the fragment of the link is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Packed {
    /// It is being made; of a large one, how many hundredths are done, in steps
    /// of ten.
    Working(Option<u8>),
    /// It is this, with its `#`.
    Ready(String),
    /// It could not be put under the passphrase.
    Failed(SealFault),
}

/// The dialog as signals.
#[derive(Clone, Copy)]
pub(super) struct Sharing {
    subject: StoredValue<Subject>,
    /// What goes in.
    pub(super) choice: RwSignal<Choice>,
    /// What that comes to.
    pub(super) made: Memo<Made>,
    /// The passphrase, if there is one.
    pub(super) passphrase: RwSignal<Option<String>>,
    /// How far the fragment is.
    pub(super) packed: RwSignal<Packed>,
    /// The address before it; `None` where the page has none that one can name.
    pub(super) base: RwSignal<Option<Base>>,
    /// What each part of [`Part::ALL`] makes the link shorter by, in characters.
    pub(super) savings: RwSignal<[Option<usize>; 4]>,
}

/// The dialog that is open.
pub(super) fn use_sharing() -> Sharing {
    expect_context()
}

impl Sharing {
    /// For the comparison as it is now.
    pub(super) fn begin(comparison: Comparison) -> Self {
        let subject = Subject::of(comparison);
        let choice = RwSignal::new(Choice {
            what: if subject.has_result() {
                What::Result
            } else {
                What::Recipe
            },
            leave: LeaveOut::default(),
            kept: Vec::new(),
        });
        let subject = StoredValue::new(subject);
        // A choice that changed makes another document, whatever is in it.
        let made = Memo::new_with_compare(
            move |_| choice.with(|choice| subject.with_value(|subject| subject.make(choice))),
            |_, _| true,
        );
        let base = share::named_base().or_else(|| share::own_base().ok());
        let passphrase = RwSignal::new(None);
        let packed = ArcRwSignal::new(Packed::Working(None));
        let savings = ArcRwSignal::new([None; 4]);
        let sharing = Self {
            subject,
            choice,
            made,
            passphrase,
            packed: packed.clone().into(),
            base: RwSignal::new(base),
            savings: savings.clone().into(),
        };
        sharing.keep_packed(packed);
        sharing.keep_savings(savings);
        sharing
    }

    /// Whether there is a result to share.
    pub(super) fn has_result(self) -> bool {
        self.subject.with_value(Subject::has_result)
    }

    /// The whole link (tracked); `None` while it is made.
    pub(super) fn link(self) -> Option<String> {
        self.packed.with(|packed| match packed {
            Packed::Ready(fragment) => {
                let base = self.base.get()?;
                Some(base.with_fragment(fragment))
            }
            _ => None,
        })
    }

    /// How far the link gets (tracked).
    pub(super) fn reach(self) -> Option<Reach> {
        self.link().map(|link| reach(link.len()))
    }

    /// Packs whatever is chosen, anew with each change. A link without the
    /// passphrase is never shown where there is one.
    fn keep_packed(self, packed: ArcRwSignal<Packed>) {
        let turn = Arc::new(AtomicU32::new(0));
        let over = Arc::clone(&turn);
        // Whoever closes the dialog wants no link any more.
        on_cleanup(move || {
            over.fetch_add(1, Ordering::Relaxed);
        });
        Effect::new(move |_| {
            let made = self.made.get();
            let passphrase = self.passphrase.get();
            let mine = turn.fetch_add(1, Ordering::Relaxed) + 1;
            if passphrase.is_none() && made.json_bytes < LARGE {
                packed.set(Packed::Ready(share::fragment(&made.document)));
                return;
            }
            packed.set(Packed::Working(None));
            let (turn, packed) = (Arc::clone(&turn), packed.clone());
            task::spawn(async move {
                timer::pause(FRAME_MS).await;
                let is_wanted = || turn.load(Ordering::Relaxed) == mine;
                let keep_on = |percent: u8| {
                    let done = Packed::Working(Some(percent / 10 * 10));
                    // Small ones are there before anyone has read how far they are.
                    if is_wanted() && made.json_bytes >= HUGE && packed.get_untracked() != done {
                        packed.set(done);
                    }
                    is_wanted()
                };
                if !is_wanted() {
                    return;
                }
                let now = match passphrase {
                    None => Ok(share::open_fragment(&made.document, keep_on).await),
                    Some(words) => share::sealed_fragment(&made.document, &words, keep_on).await,
                };
                if is_wanted() {
                    match now {
                        Ok(Some(fragment)) => packed.set(Packed::Ready(fragment)),
                        Ok(None) => {}
                        Err(fault) => packed.set(Packed::Failed(fault)),
                    }
                }
            });
        });
    }

    /// Finds out what each part saves, one after another and after the link.
    fn keep_savings(self, savings: ArcRwSignal<[Option<usize>; 4]>) {
        let turn = Arc::new(AtomicU32::new(0));
        let over = Arc::clone(&turn);
        on_cleanup(move || {
            over.fetch_add(1, Ordering::Relaxed);
        });
        Effect::new(move |_| {
            let choice = self.choice.get();
            let mine = turn.fetch_add(1, Ordering::Relaxed) + 1;
            if choice.what == What::Recipe {
                return;
            }
            let subject = self.subject.get_value();
            let is_huge = self.made.with_untracked(|made| made.json_bytes >= HUGE);
            let (turn, savings) = (Arc::clone(&turn), savings.clone());
            task::spawn(async move {
                for (place, part) in Part::ALL.into_iter().enumerate() {
                    timer::pause(FRAME_MS).await;
                    if turn.load(Ordering::Relaxed) != mine {
                        return;
                    }
                    let saved = if is_huge {
                        estimate(&subject, &choice, part)
                    } else {
                        saving(&subject, &choice, part)
                    };
                    savings.update(|all| {
                        if let Some(slot) = all.get_mut(place) {
                            *slot = Some(saved);
                        }
                    });
                }
            });
        });
    }
}

/// By how many characters a link is shorter without a part.
fn saving(subject: &Subject, choice: &Choice, part: Part) -> usize {
    let made = |is_out| subject.make(&with(choice, part, is_out));
    let (whole, without) = (made(false), made(true));
    if whole.json_bytes == without.json_bytes {
        return 0;
    }
    let length = |made: &Made| share::fragment(&made.document).len();
    length(&whole).saturating_sub(length(&without))
}

/// The same of what takes long to pack, by the part's share of the JSON: texts
/// come to about a third, in letters.
fn estimate(subject: &Subject, choice: &Choice, part: Part) -> usize {
    let bytes = |is_out| subject.json_bytes(&with(choice, part, is_out));
    bytes(false).saturating_sub(bytes(true)) / 3
}

/// A choice with or without a part.
fn with(choice: &Choice, part: Part, is_out: bool) -> Choice {
    Choice {
        leave: choice.leave.with(part, is_out),
        ..choice.clone()
    }
}
