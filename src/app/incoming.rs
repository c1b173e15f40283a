//! Documents that come with a link: packed into it, under a passphrase, or
//! hosted elsewhere. All of it lies in the third part of the program.
//!
//! A document fills the page in and does nothing else. What cannot be read
//! leaves the page as it is and says why.

use super::{comparison::Comparison, link, notices::Notices, results, runner::Runner, task};
use crate::{
    browser::{
        fetch::{AbortGuard, AbortHandle, FetchError, Reply},
        sealing::{self, SealFault, Terms},
        source::{self, Asked},
    },
    core::{
        link::{self as packing, PackFault, Sealed},
        recipe::{self, Recipe, RecipeError, result::ResultDoc},
        share::{FetchFault, MAX_SOURCE_BYTES, Source},
    },
    words::words,
};
use leptos::prelude::*;
use serde_json::Value;
use std::cell::Cell;

/// What is asked before a document is opened.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The passphrase, and why the last one did not do.
    Passphrase(Sealed, Option<SealFault>),
    /// A passphrase is being tried.
    Opening(Sealed),
    /// Whether it is to be fetched.
    Source(Source),
    /// It is being fetched: bytes so far, and of how many.
    Fetching(Source, usize, Option<usize>),
    /// It was not fetched, or is not one of ours.
    Failed(Source, FetchFault),
}

/// How far opening a document got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// It fills the page.
    Filled,
    /// The person is asked first.
    Asks,
    /// It could not be read, which was said.
    Nothing,
}

/// Documents on their way in.
#[derive(Clone, Copy)]
pub struct Incoming {
    /// What the person is asked, if anything.
    pub stage: RwSignal<Option<Stage>>,
    comparison: Comparison,
    notices: Notices,
    runner: Runner,
}

thread_local! {
    static HERE: Cell<Option<Incoming>> = const { Cell::new(None) };
    static FETCHING: Cell<Option<AbortHandle>> = const { Cell::new(None) };
}

/// Creates the one there is. Called by the root, once the third part is there.
pub fn begin(comparison: Comparison, notices: Notices, runner: Runner) {
    let incoming = Incoming {
        stage: RwSignal::new(None),
        comparison,
        notices,
        runner,
    };
    HERE.set(Some(incoming));
}

/// The one there is. `None` before the third part has begun.
pub fn incoming() -> Option<Incoming> {
    HERE.get()
}

impl Incoming {
    /// Opens what `#c=` holds.
    pub fn open_packed(self, text: &str) -> Opened {
        let said = |fault: PackFault| (words().share().pack_fault)(&fault);
        let opened = match packing::unpack(text) {
            Err(PackFault::Sealed) => packing::open_text(text).map_err(said).map(|sealed| {
                self.stage.set(Some(Stage::Passphrase(sealed, None)));
                Opened::Asks
            }),
            Err(fault) => Err(said(fault)),
            Ok(value) => self.open_value(value).map(|()| Opened::Filled),
        };
        opened.unwrap_or_else(|sentence| {
            self.notices.error(sentence);
            Opened::Nothing
        })
    }

    /// Asks whether a document is to be fetched.
    pub fn ask_source(self, source: Source) -> Opened {
        self.stage.set(Some(Stage::Source(source)));
        Opened::Asks
    }

    /// Fills the page in with a recipe or a result; else why not, in words.
    pub fn open_value(self, value: Value) -> Result<(), String> {
        let kind = value.get("touchstone").and_then(Value::as_str);
        let sentence = |error: &RecipeError| (words().recipe().recipe_error)(error);
        match kind.map(|kind| kind.split('/').next().unwrap_or_default()) {
            Some("result") => {
                let read = ResultDoc::from_value(value);
                let (document, notices) = read.map_err(|error| sentence(&error))?;
                self.runner.stop_all();
                results::show(self.comparison, document);
                link::tell(&notices, self.notices);
            }
            Some("recipe") => {
                let read = Recipe::from_value(value);
                let (recipe, notices) = read.map_err(|error| sentence(&error))?;
                self.runner.stop_all();
                link::fill_in(self.comparison, &recipe);
                link::tell(&notices, self.notices);
            }
            other => return Err((words().share().not_ours)(other)),
        }
        Ok(())
    }

    /// Tries a passphrase.
    pub fn try_passphrase(self, passphrase: String) {
        let Some(Stage::Passphrase(sealed, _)) = self.stage.get_untracked() else {
            return;
        };
        self.stage.set(Some(Stage::Opening(sealed.clone())));
        task::spawn(async move {
            let terms = Terms {
                salt: &sealed.salt,
                iv: &sealed.vector,
                rounds: sealed.iterations,
                purpose: "",
            };
            let opened = sealing::open(&sealed.ciphertext, &passphrase, terms).await;
            // It was closed meanwhile.
            if !matches!(self.stage.get_untracked(), Some(Stage::Opening(_))) {
                return;
            }
            match opened {
                Ok(bytes) => {
                    self.stage.set(None);
                    let read = read(&bytes);
                    let read = read.map_err(|fault| (words().share().pack_fault)(&fault));
                    if let Err(sentence) = read.and_then(|value| self.open_value(value)) {
                        self.notices.error(sentence);
                    }
                }
                Err(fault) => self.stage.set(Some(Stage::Passphrase(sealed, Some(fault)))),
            }
        });
    }

    /// Fetches the document that was asked about.
    pub fn fetch(self) {
        let (Some(Stage::Source(source) | Stage::Failed(source, _)), Some(guard)) =
            (self.stage.get_untracked(), AbortGuard::new())
        else {
            return;
        };
        FETCHING.set(Some(guard.handle()));
        self.stage
            .set(Some(Stage::Fetching(source.clone(), 0, None)));
        task::spawn(async move {
            let fetched = self.fetch_text(&source, &guard).await;
            // It was given up meanwhile.
            if !matches!(self.stage.get_untracked(), Some(Stage::Fetching(..))) {
                return;
            }
            let opened = match fetched {
                Ok(text) => self.open_text(&text),
                Err(fault) => Err(fault),
            };
            match opened {
                // A sealed document asks for its passphrase in the same place.
                Ok(Opened::Asks) => {}
                Ok(_) => self.stage.set(None),
                Err(fault) => self.stage.set(Some(Stage::Failed(source, fault))),
            }
        });
    }

    /// Nothing is opened: the page stays as it is.
    pub fn give_up(self) {
        if let Some(fetching) = FETCHING.take() {
            fetching.abort();
        }
        self.stage.set(None);
    }

    async fn fetch_text(self, source: &Source, guard: &AbortGuard) -> Result<String, FetchFault> {
        let mut reply = match source::ask(&source.url, guard).await {
            Ok(Asked::Replied(reply)) => reply,
            Ok(Asked::Redirects) => return Err(FetchFault::Redirects),
            Err(_) => return Err(FetchFault::Blocked),
        };
        let status = reply.head.status;
        if !(200..300).contains(&status) {
            return Err(FetchFault::Status(status));
        }
        let bytes = self.read(source, &mut reply).await?;
        String::from_utf8(bytes).map_err(|_| FetchFault::NotText)
    }

    async fn read(self, source: &Source, reply: &mut Reply) -> Result<Vec<u8>, FetchFault> {
        let said = |(name, value): &(String, String)| {
            (name == "content-length").then(|| value.parse::<usize>().ok())?
        };
        let total = reply.head.headers.iter().find_map(said);
        if total.is_some_and(|total| total > MAX_SOURCE_BYTES) {
            return Err(FetchFault::TooLarge);
        }
        let mut bytes = Vec::new();
        loop {
            match reply.chunk().await {
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) => return Ok(bytes),
                Err(FetchError::Aborted) => return Err(FetchFault::Blocked),
                Err(_) => return Err(FetchFault::BrokeOff),
            }
            if bytes.len() > MAX_SOURCE_BYTES {
                return Err(FetchFault::TooLarge);
            }
            if matches!(self.stage.get_untracked(), Some(Stage::Fetching(..))) {
                // What is sent packed is longer than its header says.
                let total = total.filter(|total| *total >= bytes.len());
                let stage = Stage::Fetching(source.clone(), bytes.len(), total);
                self.stage.set(Some(stage));
            }
        }
    }

    /// Opens a document's JSON, or the text of a link.
    fn open_text(self, text: &str) -> Result<Opened, FetchFault> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.starts_with('{') {
            let value: Value = serde_json::from_str(text).map_err(|error| {
                let error = RecipeError::Json {
                    line: error.line(),
                    column: error.column(),
                    ended_early: error.is_eof(),
                };
                FetchFault::Said((words().recipe().recipe_error)(&error))
            })?;
            self.open_value(value).map_err(FetchFault::Said)?;
            return Ok(Opened::Filled);
        }
        let is_link = text.starts_with('#') || text.starts_with("http");
        let (true, Some((_, fragment))) = (is_link, text.split_once('#')) else {
            return Err(FetchFault::Said((words().share().not_ours)(None)));
        };
        let said = |error| FetchFault::Said((words().recipe().link_error)(&error));
        let link = recipe::parse_fragment(fragment).map_err(said)?;
        // One document does not lead on to another.
        if link.source.is_some() {
            return Err(FetchFault::Redirects);
        }
        if let Some(packed) = &link.packed {
            return Ok(self.open_packed(packed));
        }
        let Some(recipe) = &link.recipe else {
            return Err(FetchFault::Said((words().share().not_ours)(None)));
        };
        self.runner.stop_all();
        link::fill_in(self.comparison, recipe);
        link::tell(&link.notices, self.notices);
        Ok(Opened::Filled)
    }
}

/// The document of bytes that were under a passphrase.
fn read(bytes: &[u8]) -> Result<Value, PackFault> {
    let json = packing::decompress(bytes, packing::MAX_JSON_BYTES)?;
    serde_json::from_slice(&json).map_err(|_| PackFault::NotJson)
}
