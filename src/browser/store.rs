//! A database of texts by key: `IndexedDB`.
//!
//! The browser's requests become futures here and its errors an enum; what is
//! kept, and what to do about an error, is for others to say. Keys are texts,
//! values are texts, and a store is a name.

use super::{events::Listener, page, storage, timer::Timer};
use crate::core::history::StoreError;
use js_sys::{Array, Function, Promise, Reflect};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

/// How long opening may take before the page stops waiting for it.
const PATIENCE_MS: i32 = 10_000;
/// How long another tab has to let go of an older form of the database.
const BLOCKED_MS: i32 = 2_000;

/// A database and how it came to be what it is.
pub struct Schema {
    /// Its name.
    pub name: &'static str,
    /// Which stores each version added, from version 1 on.
    pub steps: &'static [&'static [&'static str]],
}

/// What the browser's error means here.
fn error_of(error: &JsValue) -> StoreError {
    let text = |name: &str| {
        let value = Reflect::get(error, &name.into()).ok()?;
        value.as_string().filter(|text| !text.is_empty())
    };
    match text("name").as_deref() {
        Some("QuotaExceededError") => StoreError::Full,
        Some("SecurityError" | "NotAllowedError") => StoreError::Forbidden,
        Some("VersionError") => StoreError::Newer,
        Some("AbortError" | "InvalidStateError" | "TransactionInactiveError") => StoreError::Lost,
        name => {
            let parts = [name.map(str::to_owned), text("message")];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            StoreError::Other(parts.join(": "))
        }
    }
}

/// An open database; closed when dropped, and by itself as soon as another tab
/// needs it in another form.
pub struct Store {
    database: IdbDatabase,
    is_lost: Rc<Cell<bool>>,
    _listeners: [Listener; 2],
}

impl Drop for Store {
    fn drop(&mut self) {
        self.database.close();
    }
}

impl Store {
    /// Opens a database, and makes it what this version of the page needs.
    pub async fn open(schema: &'static Schema) -> Result<Self, StoreError> {
        let version = u32::try_from(schema.steps.len()).unwrap_or_default();
        let request = factory()?
            .open_with_u32(schema.name, version)
            .map_err(|error| error_of(&error))?;
        let opening = Opening::begin(&request, schema);
        JsFuture::from(opening.answer.clone()).await.ok();
        let outcome = opening.outcome.get();
        opening.is_given_up.set(outcome != Outcome::Answered);
        match outcome {
            Outcome::Blocked => Err(StoreError::Blocked),
            Outcome::Silent => Err(StoreError::Silent),
            Outcome::Answered => match result(&request) {
                Ok(database) => Ok(Self::of(database.unchecked_into())),
                // Chromium has no name of its own for this.
                Err(StoreError::Other(_)) if storage::is_refused() => Err(StoreError::Forbidden),
                Err(error) => Err(error),
            },
        }
    }

    fn of(database: IdbDatabase) -> Self {
        let is_lost = Rc::new(Cell::new(false));
        let listen = |name: &'static str| {
            let (lost, database) = (is_lost.clone(), database.clone());
            Listener::new(database.clone(), name, move |_| {
                // Whoever wants it in another form would wait for ever.
                database.close();
                lost.set(true);
            })
        };
        Self {
            _listeners: [listen("versionchange"), listen("close")],
            is_lost,
            database,
        }
    }

    /// Whether the connection has ended.
    pub fn is_lost(&self) -> bool {
        self.is_lost.get()
    }

    /// Begins to read these stores.
    pub fn read(&self, stores: &[&str]) -> Result<Transaction, StoreError> {
        self.begin(stores, IdbTransactionMode::Readonly)
    }

    /// Begins to change these stores: all of it happens, or nothing.
    pub fn change(&self, stores: &[&str]) -> Result<Transaction, StoreError> {
        self.begin(stores, IdbTransactionMode::Readwrite)
    }

    fn begin(&self, stores: &[&str], mode: IdbTransactionMode) -> Result<Transaction, StoreError> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let transaction = self
            .database
            .transaction_with_str_sequence_and_mode(&names, mode)
            .map_err(|error| error_of(&error))?;
        let over = Promise::new(&mut |resolve, _| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&resolve));
        });
        Ok(Transaction { transaction, over })
    }
}

/// A row of requests that belong together. It ends by itself when nothing is
/// asked of it for a moment, so only its own answers may be awaited in between.
pub struct Transaction {
    transaction: IdbTransaction,
    over: Promise,
}

impl Transaction {
    fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        let store = self.transaction.object_store(name);
        store.map_err(|error| error_of(&error))
    }

    /// A text.
    pub async fn get(&self, store: &str, key: &str) -> Result<Option<String>, StoreError> {
        let request = self.store(store)?.get(&key.into());
        Ok(answer(request).await?.as_string())
    }

    /// Every key with its text, in the order of the keys.
    pub async fn all(&self, store: &str) -> Result<Vec<(String, String)>, StoreError> {
        self.after(store, None, 0).await
    }

    /// The same of so many keys after this one; of all that follow for 0.
    pub async fn after(
        &self,
        store: &str,
        key: Option<&str>,
        count: u32,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let store = self.store(store)?;
        let range = match key {
            Some(key) => IdbKeyRange::lower_bound_with_open(&key.into(), true)
                .map_err(|error| error_of(&error))?
                .into(),
            None => JsValue::UNDEFINED,
        };
        // Both are asked before either is awaited.
        let keys = store.get_all_keys_with_key_and_limit(&range, count);
        let texts = store.get_all_with_key_and_limit(&range, count);
        let keys = Array::from(&answer(keys).await?);
        let texts = Array::from(&answer(texts).await?);
        let both = keys.iter().zip(texts.iter());
        Ok(both
            .filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?)))
            .collect())
    }

    /// Writes a text.
    pub fn put(&self, store: &str, key: &str, text: &str) -> Result<(), StoreError> {
        let request = self.store(store)?.put_with_key(&text.into(), &key.into());
        request.map(drop).map_err(|error| error_of(&error))
    }

    /// Removes a text, if it is there.
    pub fn delete(&self, store: &str, key: &str) -> Result<(), StoreError> {
        let request = self.store(store)?.delete(&key.into());
        request.map(drop).map_err(|error| error_of(&error))
    }

    /// Waits until everything is done; an error means that nothing was.
    pub async fn done(self) -> Result<(), StoreError> {
        let event = JsFuture::from(self.over.clone()).await;
        let kind = event.and_then(|event| Reflect::get(&event, &"type".into()));
        if kind.is_ok_and(|kind| kind == "complete") {
            return Ok(());
        }
        let error = self.transaction.error();
        Err(error.map_or(StoreError::Lost, |error| error_of(&error)))
    }
}

fn factory() -> Result<IdbFactory, StoreError> {
    let window = page::window().ok_or(StoreError::Missing)?;
    match window.indexed_db() {
        Ok(factory) => factory.ok_or(StoreError::Missing),
        Err(error) => Err(error_of(&error)),
    }
}

/// What a request that has been answered came to.
fn result(request: &IdbRequest) -> Result<JsValue, StoreError> {
    match request.error() {
        Ok(None) => request.result().map_err(|error| error_of(&error)),
        Ok(Some(error)) => Err(error_of(&error)),
        Err(error) => Err(error_of(&error)),
    }
}

async fn answer(request: Result<IdbRequest, JsValue>) -> Result<JsValue, StoreError> {
    let request = request.map_err(|error| error_of(&error))?;
    let answered = Promise::new(&mut |resolve, _| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&resolve));
    });
    JsFuture::from(answered).await.ok();
    result(&request)
}

/// What became of opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Answered,
    Blocked,
    Silent,
}

/// A database that is being opened, with all that must live that long.
struct Opening {
    /// Fulfilled when `outcome` is known.
    answer: Promise,
    outcome: Rc<Cell<Outcome>>,
    /// Nobody waits any more: what opens after all is closed again.
    is_given_up: Rc<Cell<bool>>,
    _timer: Option<Timer>,
    _on_blocked: Listener,
}

impl Opening {
    fn begin(request: &IdbOpenDbRequest, schema: &'static Schema) -> Self {
        let outcome = Rc::new(Cell::new(Outcome::Silent));
        let is_given_up = Rc::new(Cell::new(false));
        let mut resolve: Option<Function> = None;
        let answer = Promise::new(&mut |function, _| resolve = Some(function));
        let settle = {
            let outcome = outcome.clone();
            move |known: Outcome| {
                outcome.set(known);
                if let Some(resolve) = &resolve {
                    resolve.call0(&JsValue::NULL).ok();
                }
            }
        };
        let settle = Rc::new(settle);
        await_answer(request, schema, &settle, &is_given_up);
        let on_blocked = {
            let settle = settle.clone();
            let patience = Cell::new(None);
            Listener::new(request.clone(), "blocked", move |_| {
                let settle = settle.clone();
                patience.set(Timer::once(BLOCKED_MS, move || settle(Outcome::Blocked)));
            })
        };
        let timer = Timer::once(PATIENCE_MS, move || settle(Outcome::Silent));
        Self {
            answer,
            outcome,
            is_given_up,
            _timer: timer,
            _on_blocked: on_blocked,
        }
    }
}

/// Listens for the answer, which may come long after nobody waits any more:
/// then too the database must become what it is meant to be, and must not stay
/// open behind the page's back.
fn await_answer(
    request: &IdbOpenDbRequest,
    schema: &'static Schema,
    settle: &Rc<impl Fn(Outcome) + 'static>,
    is_given_up: &Rc<Cell<bool>>,
) {
    let own = request.clone();
    let on_upgrade = Listener::new(request.clone(), "upgradeneeded", move |event| {
        upgrade(&own, &event, schema);
    });
    let (settle, is_given_up, own) = (settle.clone(), is_given_up.clone(), request.clone());
    let on_answer = Closure::once_into_js(move |event: web_sys::Event| {
        drop(on_upgrade);
        // An error that nobody stops also becomes one of the window.
        event.prevent_default();
        if is_given_up.get()
            && let Ok(database) = result(&own)
        {
            database.unchecked_into::<IdbDatabase>().close();
        }
        settle(Outcome::Answered);
    });
    let on_answer = on_answer.unchecked_ref();
    request.set_onsuccess(Some(on_answer));
    request.set_onerror(Some(on_answer));
}

/// Adds the stores of every version since the database's own.
fn upgrade(request: &IdbOpenDbRequest, event: &web_sys::Event, schema: &Schema) {
    let Ok(database) = request.result() else {
        return;
    };
    let database: IdbDatabase = database.unchecked_into();
    let old = Reflect::get(event, &"oldVersion".into());
    let old = old.ok().and_then(|old| old.as_f64()).unwrap_or_default();
    for (step, version) in schema.steps.iter().zip(1u32..) {
        if f64::from(version) > old {
            for name in *step {
                database.create_object_store(name).ok();
            }
        }
    }
}
