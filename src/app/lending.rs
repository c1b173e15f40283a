//! Keys that were lent: a link that waits to be opened, and the keys that this
//! tab holds on loan, which leave when their time is over.

use super::{
    notices::{Notices, use_notices},
    vault::{Vault, use_vault},
};
use crate::{
    browser::{
        clock, page, random,
        sealing::{self, SealFault, Terms},
        storage::{self, Place},
        timer::Timer,
    },
    core::{
        catalog::Catalog,
        domain::{ApiKey, Origin, ProviderId},
        lent::{self, Fault, LentKey},
        link::{PackFault, Sealed, open_text, seal_text},
        pricing::Moment,
        strict,
    },
    words::words,
};
use leptos::prelude::*;

const STORE_KEY: &str = "touchstone.lent";
/// How often the key of a passphrase is worked over.
const ROUNDS: u32 = 600_000;
/// How often it is looked whether a time is over, in ms.
const LOOK_MS: i32 = 15_000;

/// A key that this tab holds on loan.
#[derive(Clone, PartialEq)]
pub struct Loan {
    /// Provider row.
    pub provider: ProviderId,
    /// The only origin that it is sent to.
    pub origin: Origin,
    /// Who lent it.
    pub from: Option<String>,
    /// Until when.
    pub expires: Option<Moment>,
    /// To tell it from a key of the person's own that took its place.
    key: ApiKey,
}

/// Why a link was not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOpened {
    /// The link itself cannot be read.
    Text(PackFault),
    /// It stays closed.
    Sealed(SealFault),
    /// What is in it is no key to use.
    Fault(Fault),
}

/// Loans and the link that waits.
#[derive(Clone, Copy)]
pub struct Lending {
    /// What stands in a link that waits for its passphrase.
    pub offered: RwSignal<Option<String>>,
    /// Whether the form that makes such a link is open.
    pub makes: RwSignal<bool>,
    loans: RwSignal<Vec<Loan>>,
    vault: Vault,
    notices: Notices,
}

/// Creates the context, taking back the loans of this tab.
pub fn provide() {
    let vault = use_vault();
    let lending = Lending {
        offered: RwSignal::new(None),
        makes: RwSignal::new(false),
        loans: RwSignal::new(stored(vault)),
        vault,
        notices: use_notices(),
    };
    provide_context(lending);
    lending.end_those_over();
    if let Some(timer) = Timer::every(LOOK_MS, move || lending.end_those_over()) {
        std::mem::forget(timer);
    }
    // A key of one's own that takes the place of a loan is none.
    Effect::new(move |_| {
        vault.pairs();
        let is_on_loan =
            |loan: &Loan| vault.key(&loan.provider, &loan.origin).as_ref() == Some(&loan.key);
        if lending
            .loans
            .with_untracked(|loans| loans.iter().any(|loan| !is_on_loan(loan)))
        {
            lending.loans.update(|loans| loans.retain(is_on_loan));
            lending.store();
        }
    });
}

/// Whether this tab has loans, which are ended when they are over.
pub fn is_stored() -> bool {
    storage::get(Place::Tab, STORE_KEY).is_some()
}

/// The context.
pub fn use_lending() -> Lending {
    expect_context()
}

fn stored(vault: Vault) -> Vec<Loan> {
    let rows = storage::get(Place::Tab, STORE_KEY);
    let rows: Vec<Vec<String>> = rows
        .and_then(|text| strict::from_str(&text).ok())
        .unwrap_or_default();
    let loan = |row: Vec<String>| {
        let mut row = row.into_iter();
        let mut next = || row.next().unwrap_or_default();
        let (provider, origin) = (ProviderId::new(next()), Origin::new(next()));
        let key = vault.key(&provider, &origin)?;
        Some(Loan {
            provider,
            origin,
            from: Some(next()).filter(|from| !from.is_empty()),
            expires: Moment::parse_iso(next().trim()),
            key,
        })
    };
    rows.into_iter().filter_map(loan).collect()
}

impl Lending {
    /// A link brought a key: asks for the passphrase. The address forgets it, so
    /// that it is not passed on with the page's.
    pub fn offer(self, text: String) {
        page::clear_fragment();
        self.offered.set(Some(text));
    }

    /// Opens what a link brought.
    pub async fn open(self, text: String, passphrase: String) -> Result<LentKey, NotOpened> {
        let sealed = open_text(&text).map_err(NotOpened::Text)?;
        let purpose = lent::purpose(&page::origin());
        let terms = Terms {
            salt: &sealed.salt,
            iv: &sealed.vector,
            rounds: sealed.iterations,
            purpose: &purpose,
        };
        let passphrase = lent::plain(&passphrase);
        let opened = sealing::open(&sealed.ciphertext, &passphrase, terms).await;
        let opened = opened.map_err(NotOpened::Sealed)?;
        let json = String::from_utf8(opened).unwrap_or_default();
        LentKey::parse(&json).map_err(NotOpened::Fault)
    }

    /// Makes the text of a link that is opened on a site.
    pub async fn seal(
        self,
        key: &LentKey,
        passphrase: &str,
        site: &Origin,
    ) -> Result<String, SealFault> {
        let salt = random::bytes().and_then(|bytes| bytes.first_chunk().copied());
        let vector = random::bytes().and_then(|bytes| bytes.first_chunk().copied());
        let (Some(salt), Some(vector)) = (salt, vector) else {
            return Err(SealFault::NotHere);
        };
        let purpose = lent::purpose(site.as_str());
        let terms = Terms {
            salt: &salt,
            iv: &vector,
            rounds: ROUNDS,
            purpose: &purpose,
        };
        let passphrase = lent::plain(passphrase);
        let sealed = Sealed {
            iterations: ROUNDS,
            ciphertext: sealing::seal(key.to_json().as_bytes(), &passphrase, terms).await?,
            salt,
            vector,
        };
        Ok(seal_text(&sealed))
    }

    /// Takes a key on loan, for this tab. Whether the browser keeps it over a
    /// reload.
    pub fn take(self, lent: &LentKey) -> bool {
        self.vault.approve(&lent.origin);
        let kept = self
            .vault
            .save(&lent.provider, &lent.origin, lent.key.clone(), true);
        let loan = Loan {
            provider: lent.provider.clone(),
            origin: lent.origin.clone(),
            from: lent.from.clone(),
            expires: lent.expires,
            key: lent.key.clone(),
        };
        self.loans.update(|loans| {
            loans.retain(|known| known.provider != loan.provider || known.origin != loan.origin);
            loans.push(loan);
        });
        self.store();
        kept
    }

    /// The loan of a pair, if its key is one (tracked).
    pub fn loan(self, provider: &ProviderId, origin: &Origin) -> Option<Loan> {
        self.loans.with(|loans| {
            let of_pair = |loan: &&Loan| loan.provider == *provider && loan.origin == *origin;
            loans.iter().find(of_pair).cloned()
        })
    }

    fn end_those_over(self) {
        let now = clock::wall();
        let is_over = |loan: &Loan| loan.expires.is_some_and(|expires| now >= expires);
        let over: Vec<Loan> = self
            .loans
            .with_untracked(|loans| loans.iter().filter(|loan| is_over(loan)).cloned().collect());
        for loan in over {
            self.loans
                .update(|loans| loans.retain(|known| *known != loan));
            if self.vault.key(&loan.provider, &loan.origin).as_ref() == Some(&loan.key) {
                self.vault.remove(&loan.provider, &loan.origin);
            }
            self.store();
            let name = Catalog::builtin().name_of(&loan.provider);
            self.notices.remark((words().lending().ended)(name));
        }
    }

    fn store(self) {
        let rows: Vec<[String; 4]> = self.loans.with_untracked(|loans| {
            let rows = loans.iter().map(|loan| {
                [
                    loan.provider.as_str().to_owned(),
                    loan.origin.as_str().to_owned(),
                    loan.from.clone().unwrap_or_default(),
                    loan.expires.map(Moment::to_iso).unwrap_or_default(),
                ]
            });
            rows.collect()
        });
        if rows.is_empty() {
            storage::remove(Place::Tab, STORE_KEY);
        } else if let Ok(text) = serde_json::to_string(&rows) {
            storage::set(Place::Tab, STORE_KEY, &text);
        }
    }
}
