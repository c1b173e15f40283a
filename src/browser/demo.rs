//! Plays what `core::demo` has written: no network, only timers.

use super::{
    beside, clock,
    events::Listener,
    fetch::{AbortGuard, FetchError, Reply},
    in_page::Body,
    timer::Timer,
};
use crate::core::{
    demo::{Ending, Script, Texts},
    wire::http::HttpRequest,
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// Where the page has the prepared texts; the first simulated run fetches them.
const TEXTS: &str = "demo/texts.md";
/// From the last byte to the break of a connection.
const BREAK_MS: i32 = 100;

thread_local! {
    static LOADED: RefCell<Option<Rc<Texts>>> = const { RefCell::new(None) };
}

/// Answers the request with prepared text. The times of the text count from
/// this call.
pub async fn send(request: &HttpRequest, guard: &AbortGuard) -> Result<Reply, FetchError> {
    let started_ms = clock::now().0;
    let texts = texts(guard).await?;
    let script = Script::new(&request.body, &texts);
    let (reply, body) = Body::open(script.status, &script.headers)?;
    let player = Rc::new(Player {
        script: RefCell::new(script),
        body,
        started_ms,
        timer: Cell::new(None),
        on_abort: Cell::new(None),
    });
    let listening = player.clone();
    player
        .on_abort
        .set(Some(Listener::new(guard.signal(), "abort", move |_| {
            listening.body.break_off(true);
            listening.rest();
        })));
    player.play();
    Ok(reply)
}

async fn texts(guard: &AbortGuard) -> Result<Rc<Texts>, FetchError> {
    if let Some(texts) = LOADED.with_borrow(Clone::clone) {
        return Ok(texts);
    }
    let file = beside::text(TEXTS).await;
    if guard.signal().aborted() {
        return Err(FetchError::Aborted);
    }
    let file = file.filter(|file| !file.is_empty());
    let texts = Rc::new(Texts::read(&file.ok_or(FetchError::Network)?));
    LOADED.set(Some(texts.clone()));
    Ok(texts)
}

/// One script on its way.
struct Player {
    script: RefCell<Script>,
    body: Body,
    started_ms: f64,
    timer: Cell<Option<Timer>>,
    on_abort: Cell<Option<Listener>>,
}

impl Player {
    /// Writes all that is due and comes back for the next part. Browsers run
    /// timers late, so several parts may be due at once.
    fn play(self: &Rc<Self>) {
        let elapsed = clock::now().0 - self.started_ms;
        let (bytes, next, ending) = {
            let mut script = self.script.borrow_mut();
            (script.due(elapsed), script.next_at_ms(), script.ending)
        };
        if !bytes.is_empty() {
            self.body.push(bytes.as_bytes());
        }
        #[expect(clippy::cast_possible_truncation, reason = "a wait of some ms")]
        let wait = match (next, ending) {
            (Some(next), _) => (next - elapsed).ceil() as i32,
            (None, Ending::Closed) => {
                self.body.end();
                return self.rest();
            }
            // A stream that breaks loses what was not yet read.
            (None, Ending::Broken) if !bytes.is_empty() => BREAK_MS,
            (None, Ending::Broken) => {
                self.body.break_off(false);
                return self.rest();
            }
        };
        let this = self.clone();
        self.timer.set(Timer::once(wait, move || this.play()));
    }

    /// Lets go of timer and listener, which hold the player.
    fn rest(&self) {
        self.timer.take();
        self.on_abort.take();
    }
}
