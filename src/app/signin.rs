//! Signing in with a provider: leaving the page, coming back, exchanging the
//! code for a key.
//!
//! All of it lies in the third part of the program. The key goes into the vault
//! and nowhere else; the code is taken out of the address before anything else
//! happens (`opening`).

use super::{
    comparison::{Comparison, use_comparison},
    notices::{Notices, use_notices},
    opening::{self, use_opening},
    task,
    vault::{Vault, use_vault},
};
use crate::{
    browser::{
        events::Listener,
        fetch::{self, AbortGuard, FetchError},
        page, random,
        storage::{self, Place as Kept},
        timer::Timer,
    },
    core::{
        domain::{ApiKey, ProviderId},
        json,
        signin::{self, Answer, Ask, Callback, Fault, Pending, Pkce},
    },
    words::words,
};
use leptos::prelude::*;

/// How much of the answer is read.
const ANSWER_LIMIT: usize = 64 * 1024;
/// How long the exchange may take.
const EXCHANGE_LIMIT_MS: i32 = 20_000;

/// Where a sign-in stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The person is to choose how, or to agree to what is lost.
    Choose,
    /// The page is being left.
    Leaving,
    /// The person gets a code and pastes it: the address that shows it.
    Code(String),
    /// The code is being exchanged.
    Exchanging,
    /// There is no key.
    Failed(Fault),
}

/// What leaving the page would lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Losses {
    /// Whether answers are shown.
    pub answers: bool,
    /// How many keys are only in memory.
    pub keys: usize,
}

impl Losses {
    /// Whether nothing would be lost.
    pub fn none(self) -> bool {
        !self.answers && self.keys == 0
    }
}

/// A code with what belongs to it.
#[derive(Clone)]
struct Coded {
    ask: Ask,
    code: String,
    verifier: String,
}

/// Sign-ins of this page.
#[derive(Clone, Copy)]
pub struct SignIn {
    /// Where the one that is shown stands.
    pub stage: RwSignal<Stage>,
    /// One that has just worked, for whoever brings the person on from there,
    /// and whether the page was left for it.
    pub done: RwSignal<Option<(Ask, bool)>>,
    /// What the page came back from, until it is shown.
    back: StoredValue<Option<Ask>>,
    /// Whether the one that is shown is what the page came back from.
    is_back: StoredValue<bool>,
    /// The verifier of a code that is to be pasted.
    waiting: StoredValue<Option<String>>,
    coded: StoredValue<Option<Coded>>,
    comparison: Comparison,
    vault: Vault,
    notices: Notices,
}

/// Creates the context and goes on with a sign-in that the page comes back from.
pub fn open() {
    let sign_in = SignIn {
        stage: RwSignal::new(Stage::Choose),
        done: RwSignal::new(None),
        back: StoredValue::new(None),
        is_back: StoredValue::new(false),
        waiting: StoredValue::new(None),
        coded: StoredValue::new(None),
        comparison: use_comparison(),
        vault: use_vault(),
        notices: use_notices(),
    };
    provide_context(sign_in);
    if let Some(window) = page::window() {
        // Going back may bring this very page back, as it was when it was left.
        Listener::new(window, "pageshow", move |_| sign_in.given_up()).forever();
    }
    let pending: Option<Pending> =
        storage::get(Kept::Tab, opening::SIGN_IN_KEY).and_then(|text| json::from_str(&text).ok());
    storage::remove(Kept::Tab, opening::SIGN_IN_KEY);
    let answer = use_opening()
        .take_answer()
        .and_then(|query| signin::answer_in(&query));
    sign_in.come_back(pending, answer);
}

/// The context.
pub fn use_sign_in() -> SignIn {
    expect_context()
}

impl SignIn {
    fn come_back(self, pending: Option<Pending>, answer: Option<Answer>) {
        let ask = pending.as_ref().map_or_else(
            || Ask {
                origin: signin::home(),
                keep: false,
                place: signin::Place::Page,
            },
            Pending::ask,
        );
        let fault = match (answer, pending) {
            (None, None) => return,
            (Some(Answer::Code(code)), Some(pending)) => {
                let verifier = pending.verifier;
                self.back.set_value(Some(ask.clone()));
                return self.exchange(Coded {
                    ask,
                    code,
                    verifier,
                });
            }
            (Some(Answer::Refused(word)), _) => Fault::Refused(word),
            (Some(Answer::Code(_)), None) => Fault::Stranger,
            (None, Some(_)) => Fault::Unfinished,
        };
        if fault == Fault::Unfinished {
            // The person came back by themselves and knows: a word is enough.
            return self.notices.toast(words().sign_in().unfinished);
        }
        self.back.set_value(Some(ask));
        self.stage.set(Stage::Failed(fault));
    }

    fn given_up(self) {
        if self.stage.get_untracked() == Stage::Leaving {
            storage::remove(Kept::Tab, opening::SIGN_IN_KEY);
            self.stage.set(Stage::Choose);
            self.notices.toast(words().sign_in().unfinished);
        }
    }

    /// What the page came back from; given once.
    pub fn take_back(self) -> Option<Ask> {
        let back = self.back.try_update_value(Option::take).flatten();
        self.is_back.set_value(back.is_some());
        back
    }

    /// Whether what is shown has begun already: the dialog may be closed and
    /// opened again meanwhile.
    pub fn has_begun(self) -> bool {
        self.is_back.get_value() || self.stage.get_untracked() == Stage::Exchanging
    }

    /// Whether the sign-in page can come back to this one.
    pub fn callback(self) -> Callback {
        signin::callback(&page::origin(), page::is_local())
    }

    /// What leaving the page would lose.
    pub fn losses(self) -> Losses {
        let (held, kept) = untrack(|| self.vault.counts());
        Losses {
            answers: self
                .comparison
                .turns
                .with_untracked(|turns| !turns.is_empty()),
            keys: held.saturating_sub(kept),
        }
    }

    /// Begins a sign-in: leaves the page at once where nothing speaks against.
    pub fn begin(self, ask: &Ask) {
        self.is_back.set_value(false);
        self.stage.set(Stage::Choose);
        if self.callback() == Callback::Works && self.losses().none() {
            self.leave(ask);
        }
    }

    /// Leaves the page for the sign-in page, which comes back.
    pub fn leave(self, ask: &Ask) {
        let Some(pair) = pair() else {
            return self.stage.set(Stage::Failed(Fault::NoRandom));
        };
        let pending = Pending {
            verifier: pair.verifier,
            origin: ask.origin.clone(),
            keep: ask.keep,
            place: ask.place,
            fragment: page::fragment(),
        };
        let kept = serde_json::to_string(&pending)
            .is_ok_and(|text| storage::set(Kept::Tab, opening::SIGN_IN_KEY, &text));
        if !kept {
            // Nothing would be here to come back to: a code needs no storage.
            return self.ask_code(ask);
        }
        let back = page::bare_address();
        self.stage.set(Stage::Leaving);
        if !page::go_to(&signin::auth_url(&ask.origin, Some(&back), &pair.challenge)) {
            self.ask_code(ask);
        }
    }

    /// Has the person get a code and paste it; the page stays.
    pub fn ask_code(self, ask: &Ask) {
        storage::remove(Kept::Tab, opening::SIGN_IN_KEY);
        let Some(pair) = pair() else {
            return self.stage.set(Stage::Failed(Fault::NoRandom));
        };
        self.waiting.set_value(Some(pair.verifier));
        let url = signin::auth_url(&ask.origin, None, &pair.challenge);
        self.stage.set(Stage::Code(url));
    }

    /// Takes a pasted code; whether it looks like one.
    pub fn take_code(self, ask: &Ask, pasted: &str) -> bool {
        let Some(code) = signin::pasted_code(pasted) else {
            return false;
        };
        let Some(verifier) = self.waiting.get_value() else {
            return false;
        };
        self.exchange(Coded {
            ask: ask.clone(),
            code,
            verifier,
        });
        true
    }

    /// Exchanges the same code once more, after the network failed.
    pub fn again(self) {
        if let Some(coded) = self.coded.get_value() {
            self.exchange(coded);
        }
    }

    fn exchange(self, coded: Coded) {
        self.stage.set(Stage::Exchanging);
        self.coded.set_value(Some(coded.clone()));
        task::spawn(async move {
            match key_for(&coded).await {
                Ok(key) => self.take_key(coded.ask, key),
                Err(fault) => {
                    if !fault.keeps_code() {
                        self.coded.set_value(None);
                    }
                    self.stage.set(Stage::Failed(fault));
                }
            }
        });
    }

    fn take_key(self, ask: Ask, key: ApiKey) {
        self.coded.set_value(None);
        self.waiting.set_value(None);
        let provider = ProviderId::new(signin::PROVIDER);
        let kept = self.vault.save(&provider, &ask.origin, key, ask.keep);
        let w = words().sign_in();
        self.notices.toast((w.done)(signin::host_of(&ask.origin)));
        if !kept {
            self.notices.toast(words().keys.not_kept);
        }
        self.stage.set(Stage::Choose);
        self.done.set(Some((ask, self.is_back.get_value())));
        self.is_back.set_value(false);
    }
}

fn pair() -> Option<Pkce> {
    random::bytes().map(|bytes| Pkce::new(&bytes))
}

async fn key_for(coded: &Coded) -> Result<ApiKey, Fault> {
    let request = signin::exchange(&coded.ask.origin, &coded.code, &coded.verifier);
    let unreachable = || {
        if page::is_online() {
            Fault::Unreachable
        } else {
            Fault::Offline
        }
    };
    let guard = AbortGuard::new().ok_or_else(unreachable)?;
    let handle = guard.handle();
    let _limit = Timer::once(EXCHANGE_LIMIT_MS, move || handle.abort());
    match fetch::send(&request, None, &guard).await {
        Ok(mut reply) => {
            let body = reply.rest(ANSWER_LIMIT).await;
            signin::read_key(reply.head.status, &body)
        }
        Err(FetchError::Network | FetchError::Aborted) => Err(unreachable()),
        Err(FetchError::WrongOrigin | FetchError::Unsendable) => Err(Fault::NoKey),
    }
}
