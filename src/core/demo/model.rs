//! What a demo model's id asks for: `demo-KIND`, `demo-SPEED` or
//! `demo-KIND-SPEED`.

/// The fastest that can be asked for, in tokens a second.
const MAX_SPEED: u32 = 1_000;

/// How an answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text to its end.
    Plain,
    /// Thinking, then text.
    Thinking,
    /// Text that stops at a token limit, whether or not one was set.
    Cut,
    /// A refusal.
    Refusal,
    /// An error in the middle of the text.
    Error,
    /// An error instead of an answer, with a time to wait.
    Busy,
    /// A connection that breaks in the middle of the text.
    Dropped,
}

/// A simulated model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoModel {
    /// How its answers go.
    pub kind: Kind,
    /// Tokens a second.
    pub speed: u32,
    /// From the request to the first token, in milliseconds.
    pub first_ms: u32,
}

impl DemoModel {
    /// The model of that id; `None` for an id that asks for nothing known.
    pub fn of(id: &str) -> Option<Self> {
        let rest = id.strip_prefix("demo-")?;
        let (name, speed) = match rest.rsplit_once('-') {
            Some((name, speed)) => (name, Some(speed)),
            None if rest.starts_with(|first: char| first.is_ascii_digit()) => {
                ("steady", Some(rest))
            }
            None => (rest, None),
        };
        let (kind, own_speed, first_ms) = match name {
            "steady" => (Kind::Plain, 60, 350),
            "fast" => (Kind::Plain, 200, 180),
            "slow" => (Kind::Plain, 20, 900),
            "thinking" => (Kind::Thinking, 80, 300),
            "cut" => (Kind::Cut, 100, 250),
            "refusal" => (Kind::Refusal, 60, 400),
            "error" => (Kind::Error, 60, 350),
            "busy" => (Kind::Busy, 60, 450),
            "dropped" => (Kind::Dropped, 60, 350),
            _ => return None,
        };
        let speed = match speed {
            None => own_speed,
            Some(text) => text.parse().ok().filter(|n| (1..=MAX_SPEED).contains(n))?,
        };
        Some(Self {
            kind,
            speed,
            first_ms,
        })
    }
}
