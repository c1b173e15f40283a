//! The keys of a replay.

/// The shortest and the longest step of an arrow, in ms.
const STEP: (f64, f64) = (100.0, 2_000.0);
/// How many such steps a page goes.
const PAGE: f64 = 5.0;

/// What a key does to a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A step on, of the length that [`Key::step_ms`] says.
    On,
    /// A step back.
    Back,
    /// Several steps on.
    PageOn,
    /// Several steps back.
    PageBack,
    /// To the beginning.
    Begin,
    /// To the end.
    End,
    /// A speed lower.
    Slower,
    /// A speed higher.
    Faster,
    /// The turn before.
    TurnBack,
    /// The turn after.
    TurnOn,
    /// Closes it.
    Close,
}

impl Key {
    /// What a key does, by its name as `KeyboardEvent.key` gives it.
    pub fn of(key: &str, shift: bool) -> Option<Self> {
        Some(match key {
            "ArrowLeft" if shift => Self::TurnBack,
            "ArrowRight" if shift => Self::TurnOn,
            "ArrowLeft" | "ArrowDown" => Self::Back,
            "ArrowRight" | "ArrowUp" => Self::On,
            "PageDown" => Self::PageBack,
            "PageUp" => Self::PageOn,
            "Home" => Self::Begin,
            "End" => Self::End,
            "<" | "," => Self::Slower,
            ">" | "." => Self::Faster,
            "Escape" => Self::Close,
            _ => return None,
        })
    }

    /// The same while presenting, where clickers and the arrows up and down have
    /// their own meaning: answers are scrolled, prompts are turned.
    pub fn of_presented(key: &str, shift: bool) -> Option<Self> {
        match Self::of(key, shift)? {
            Self::PageOn | Self::PageBack => None,
            Self::On | Self::Back if matches!(key, "ArrowUp" | "ArrowDown") => None,
            found => Some(found),
        }
    }

    /// How far a key moves the time of a replay of this length, in ms; `None`
    /// where it does something else. An arrow goes a fiftieth of it.
    pub fn step_ms(self, length_ms: f64) -> Option<f64> {
        let step = (length_ms / 50.0).clamp(STEP.0, STEP.1);
        Some(match self {
            Self::On => step,
            Self::Back => -step,
            Self::PageOn => step * PAGE,
            Self::PageBack => -step * PAGE,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn arrows_go_through_the_time_and_with_shift_through_the_turns() {
        assert_eq!(Key::of("ArrowRight", false), Some(Key::On));
        assert_eq!(Key::of("ArrowLeft", false), Some(Key::Back));
        assert_eq!(Key::of("ArrowRight", true), Some(Key::TurnOn));
        assert_eq!(Key::of("ArrowLeft", true), Some(Key::TurnBack));
        for other in ["a", "k", " ", "Tab", "Enter"] {
            assert_eq!(Key::of(other, false), None, "{other}");
        }
    }

    #[test]
    fn a_clicker_still_turns_prompts_while_presenting() {
        for key in ["PageUp", "PageDown", "ArrowUp", "ArrowDown"] {
            assert!(Key::of(key, false).is_some(), "{key}");
            assert_eq!(Key::of_presented(key, false), None, "{key}");
        }
        assert_eq!(Key::of_presented("ArrowRight", false), Some(Key::On));
        assert_eq!(Key::of_presented("Escape", false), Some(Key::Close));
    }

    #[test]
    fn a_step_is_a_fiftieth_within_bounds() {
        assert_eq!(Key::On.step_ms(10_000.0), Some(200.0));
        assert_eq!(Key::Back.step_ms(1.0), Some(-100.0));
        assert_eq!(Key::PageOn.step_ms(1e9), Some(10_000.0));
        assert_eq!(Key::Close.step_ms(10_000.0), None);
    }
}
