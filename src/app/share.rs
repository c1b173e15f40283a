//! Making a link of the comparison.

use super::{comparison::Comparison, link, results, slices};
use crate::{
    browser::{
        page, random,
        sealing::{self, SealFault, Terms},
        storage::{self, Place},
    },
    core::{
        link::{self as packing, Packing, Sealed},
        recipe::result::ResultDoc,
        scan::{self, Finding},
        share::{Base, BaseFault, LeaveOut},
    },
};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// Holds the base address that the person named for links.
const BASE_KEY: &str = "touchstone.public-base";
/// How often the key of a passphrase is worked over.
const ROUNDS: u32 = 600_000;

/// What is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// What was asked.
    Recipe,
    /// What came of it as well.
    Result,
}

/// The comparison as it is when it is shared.
#[derive(Clone)]
pub struct Subject {
    recipe: Arc<Value>,
    /// `None` where nothing ran.
    result: Option<Arc<ResultDoc>>,
}

/// A choice of what goes in.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Recipe or result.
    pub what: What,
    /// Parts that are left out of a result.
    pub leave: LeaveOut,
    /// Texts that look private and go in all the same.
    pub kept: Vec<String>,
}

/// What a choice comes to.
#[derive(Clone)]
pub struct Made {
    /// What is packed.
    pub document: Arc<Value>,
    /// How long it is as JSON.
    pub json_bytes: usize,
    /// What looks private, whether it is struck out or not.
    pub findings: Arc<Vec<Finding>>,
}

impl Subject {
    /// The comparison now.
    pub fn of(comparison: Comparison) -> Self {
        untrack(|| {
            let has_runs = comparison.panes.with(|panes| {
                let mut panes = panes.iter();
                panes.any(|pane| pane.cells.with(|cells| !cells.is_empty()))
            });
            Self {
                recipe: Arc::new(link::recipe_of(comparison).to_value()),
                result: has_runs.then(|| Arc::new(results::document(comparison))),
            }
        })
    }

    /// Whether there is a result to share.
    pub fn has_result(&self) -> bool {
        self.result.is_some()
    }

    /// How long the document of a choice is as JSON, with all that looks private
    /// in it.
    pub fn json_bytes(&self, choice: &Choice) -> usize {
        let result = self.result.as_ref().filter(|_| choice.what == What::Result);
        match result.map(|result| choice.leave.apply(result).to_value()) {
            Some(Ok(document)) => packing::json_of(&document).len(),
            _ => packing::json_of(&self.recipe).len(),
        }
    }

    /// The document of a choice, with what looks private struck out.
    pub fn make(&self, choice: &Choice) -> Made {
        let result = self.result.as_ref().filter(|_| choice.what == What::Result);
        let left = result.map(|result| choice.leave.apply(result).to_value());
        let mut document = match left {
            Some(Ok(document)) => document,
            _ => (*self.recipe).clone(),
        };
        let findings = scan::find(&document);
        let struck: Vec<&str> = findings
            .iter()
            .map(|finding| finding.text.as_str())
            .filter(|text| !choice.kept.iter().any(|kept| kept == text))
            .collect();
        scan::strike(&mut document, &struck);
        Made {
            json_bytes: packing::json_of(&document).len(),
            document: Arc::new(document),
            findings: Arc::new(findings),
        }
    }
}

/// The fragment of a document that anyone can open.
pub fn fragment(document: &Value) -> String {
    format!("#c={}", packing::pack(document))
}

/// The same in slices, for large ones: `keep_on` is told how many hundredths
/// are done and says whether the link is still wanted; `None` where it is not.
pub async fn open_fragment(document: &Value, keep_on: impl Fn(u8) -> bool) -> Option<String> {
    let packed = packed(document, keep_on).await?;
    Some(format!("#c={}", packing::write_text(&packed)))
}

async fn packed(document: &Value, keep_on: impl Fn(u8) -> bool) -> Option<Vec<u8>> {
    let mut work = Packing::new(&packing::json_of(document));
    let keep_on = |work: &Packing| keep_on(work.percent());
    let is_whole = slices::run(&mut work, Packing::step, keep_on).await;
    is_whole.then(|| work.finish())
}

/// The fragment of a document under a passphrase, packed in slices in the same
/// way.
pub async fn sealed_fragment(
    document: &Value,
    passphrase: &str,
    keep_on: impl Fn(u8) -> bool,
) -> Result<Option<String>, SealFault> {
    let fresh = || Some(random::bytes()?.split_first_chunk()?.0.to_owned());
    let vector = || Some(random::bytes()?.split_first_chunk()?.0.to_owned());
    let (Some(salt), Some(vector)) = (fresh(), vector()) else {
        return Err(SealFault::NotHere);
    };
    let terms = Terms {
        salt: &salt,
        iv: &vector,
        rounds: ROUNDS,
        purpose: "",
    };
    let Some(plain) = packed(document, keep_on).await else {
        return Ok(None);
    };
    let sealed = Sealed {
        iterations: ROUNDS,
        ciphertext: sealing::seal(&plain, passphrase, terms).await?,
        salt,
        vector,
    };
    Ok(Some(format!("#c={}", packing::seal_text(&sealed))))
}

/// The address of this page.
pub fn own_base() -> Result<Base, BaseFault> {
    Base::read(&page::bare_address())
}

/// The base address that the person named, if any.
pub fn named_base() -> Option<Base> {
    Base::read(&storage::get(Place::Device, BASE_KEY)?).ok()
}

/// Keeps the base address that the person named; `None` for the page's own.
/// Whether the browser kept it.
pub fn name_base(base: Option<&Base>) -> bool {
    if let Some(base) = base {
        return storage::set(Place::Device, BASE_KEY, base.as_str());
    }
    storage::remove(Place::Device, BASE_KEY);
    true
}
