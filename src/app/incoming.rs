//! Documents that come with a link: packed into it, under a passphrase, or
//! hosted elsewhere. All of it lies in the third part of the program.
//!
//! A document fills the page in and does nothing else. What cannot be read
//! leaves the page as it is and says why.

use super::{
    comparison::Comparison, draft::aside, link, notices::Notices, results, runner::Runner, slices,
    task,
};
use crate::{
    browser::{
        fetch::{AbortGuard, AbortHandle, FetchError, Reply},
        sealing::{self, SealFault, Terms},
        source::{self, Asked},
    },
    core::{
        json,
        link::{self as packing, MAX_JSON_BYTES, PackFault, Sealed, Unpacking},
        recipe::{self, Recipe, RecipeError, result::ResultDoc},
        share::{FetchFault, MAX_SOURCE_BYTES, Source},
    },
    words::words,
};
use leptos::prelude::*;
use serde_json::Value;
use std::cell::Cell;

/// From so many bytes on a document is unpacked in slices: on a slow phone it
/// would hold up the page for a second.
const LARGE: usize = 300_000;

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
    /// A large one is being unpacked: how many hundredths are done.
    Unpacking(u8),
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
    /// Counts what was asked or begun, so that what is over can be told.
    static TURN: Cell<u32> = const { Cell::new(0) };
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
        let unpacking =
            packing::read_text(text).and_then(|bytes| Unpacking::new(&bytes, MAX_JSON_BYTES));
        let opened = match unpacking {
            Err(PackFault::Sealed) => packing::open_text(text).map_err(said).map(|sealed| {
                self.stage.set(Some(Stage::Passphrase(sealed, None)));
                Opened::Asks
            }),
            Err(fault) => Err(said(fault)),
            Ok(unpacking) if unpacking.whole() >= LARGE => {
                task::spawn(self.open_unpacked(unpacking));
                Ok(Opened::Asks)
            }
            Ok(unpacking) => read(unpacking)
                .map_err(said)
                .and_then(|value| self.open_value(value))
                .map(|()| Opened::Filled),
        };
        opened.unwrap_or_else(|sentence| {
            self.notices.error(sentence);
            Opened::Nothing
        })
    }

    /// Unpacks a document that nobody is asked about any more, in slices where it
    /// is large, and opens it. Giving up leaves the page as it is.
    async fn open_unpacked(self, mut unpacking: Unpacking) {
        if unpacking.whole() >= LARGE {
            let turn = TURN.get() + 1;
            TURN.set(turn);
            self.stage.set(Some(Stage::Unpacking(0)));
            let is_wanted = |unpacking: &Unpacking| {
                if TURN.get() != turn {
                    return false;
                }
                self.stage.set(Some(Stage::Unpacking(unpacking.percent())));
                true
            };
            if !slices::run(&mut unpacking, Unpacking::step, is_wanted).await {
                return;
            }
            is_wanted(&unpacking);
        }
        let opened = read(unpacking).map_err(said);
        let opened = opened.and_then(|value| self.open_over_draft(value));
        self.stage.set(None);
        if let Err(sentence) = opened {
            // What was to be voted on is not there.
            self.comparison.blind.set(None);
            self.notices.error(sentence);
        }
    }

    /// The same as [`Self::open_value`], where the person was let onto the page
    /// before: what they have not sent can be brought back.
    fn open_over_draft(self, value: Value) -> Result<(), String> {
        let set_aside = aside::put_page(self.comparison);
        let opened = self.open_value(value);
        match (&opened, set_aside) {
            (Ok(()), true) => aside::offer(self.comparison, self.notices, self.runner),
            (Err(_), true) => aside::take_back(),
            _ => {}
        }
        opened
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
            other => return Err((words().incoming().not_ours)(other)),
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
                Ok(bytes) => match Unpacking::new(&bytes, MAX_JSON_BYTES) {
                    Ok(unpacking) => self.open_unpacked(unpacking).await,
                    Err(fault) => {
                        self.stage.set(None);
                        self.notices.error(said(fault));
                    }
                },
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
        TURN.set(TURN.get() + 1);
        if matches!(self.stage.get_untracked(), Some(Stage::Unpacking(_))) {
            // What was to be voted on is not opened.
            self.comparison.blind.set(None);
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
                Ok(Some(chunk)) => chunk.each(|slice| bytes.extend_from_slice(slice)),
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
            let value: Value = json::parse(text).map_err(|error| {
                let error = RecipeError::Json {
                    line: error.line(),
                    column: error.column(),
                    ended_early: error.is_eof(),
                };
                FetchFault::Said((words().recipe().recipe_error)(&error))
            })?;
            self.open_over_draft(value).map_err(FetchFault::Said)?;
            return Ok(Opened::Filled);
        }
        let is_link = text.starts_with('#') || text.starts_with("http");
        let (true, Some((_, fragment))) = (is_link, text.split_once('#')) else {
            return Err(FetchFault::Said((words().incoming().not_ours)(None)));
        };
        let said = |error| FetchFault::Said((words().recipe().link_error)(&error));
        let link = recipe::parse_fragment(fragment).map_err(said)?;
        // One document does not lead on to another.
        if link.source.is_some() {
            return Err(FetchFault::Redirects);
        }
        if let Some(packed) = &link.packed {
            let set_aside = aside::put_page(self.comparison);
            let opened = self.open_packed(packed);
            match (opened, set_aside) {
                (Opened::Filled, true) => {
                    aside::offer(self.comparison, self.notices, self.runner);
                }
                (_, true) => aside::take_back(),
                _ => {}
            }
            return Ok(opened);
        }
        let Some(recipe) = &link.recipe else {
            return Err(FetchFault::Said((words().incoming().not_ours)(None)));
        };
        let set_aside = aside::put_page(self.comparison);
        self.runner.stop_all();
        link::fill_in(self.comparison, recipe);
        link::tell(&link.notices, self.notices);
        if set_aside {
            aside::offer(self.comparison, self.notices, self.runner);
        }
        Ok(Opened::Filled)
    }
}

fn said(fault: PackFault) -> String {
    (words().incoming().pack_fault)(&fault)
}

/// The document, once all of it is unpacked.
fn read(mut unpacking: Unpacking) -> Result<Value, PackFault> {
    while !unpacking.step(usize::MAX) {}
    json::parse_bytes(&unpacking.finish()?).map_err(|_| PackFault::NotJson)
}
