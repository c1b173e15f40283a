//! The keys of the present mode, those of clickers included.

/// What a key does while presenting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Points at a pane, by its place from 0; at the one that is pointed at, it
    /// fills the screen.
    Point(usize),
    /// The pane that is pointed at fills the screen, or goes back.
    Expand,
    /// All panes, none pointed at.
    All,
    /// Closes what lies on top; with nothing there, leaves.
    Back,
    /// Shows the answers that were held back.
    Reveal,
    /// Whether answers are held back until they are revealed.
    HoldBack,
    /// The next prompt of the list.
    Next,
    /// The one before.
    Previous,
    /// Runs the prompt.
    Run,
    /// Runs it once more.
    RunAgain,
    /// The list of prompts.
    List,
    /// The code that opens this comparison on a phone.
    Code,
    /// Starts the clock, or pauses it.
    Timer,
    /// A minute more to count down from.
    TimerMore,
    /// A minute less.
    TimerLess,
    /// Puts the clock away.
    TimerAway,
    /// Scrolls answers up.
    Up,
    /// Scrolls answers down.
    Down,
    /// To the top of the answers.
    Top,
    /// To their end.
    End,
    /// Plays the answers again; from then on plays and pauses.
    Replay,
    /// A blind vote on the answers.
    Vote,
    /// The sheet of these keys.
    Sheet,
}

impl Action {
    /// What a key does, by its name as `KeyboardEvent.key` gives it. Clickers
    /// send `PageUp` and `PageDown`, some `F5` or `.` besides, which are left
    /// to the browser.
    pub fn of_key(key: &str, shift: bool) -> Option<Self> {
        if let Ok(at @ 1..=8) = key.parse::<usize>() {
            return Some(Self::Point(at - 1));
        }
        Some(match key {
            "f" | "F" | "Enter" => Self::Expand,
            "0" => Self::All,
            "Escape" => Self::Back,
            "r" | "R" => Self::Reveal,
            "h" | "H" => Self::HoldBack,
            "n" | "N" | "PageDown" | "ArrowRight" => Self::Next,
            "p" | "P" | "PageUp" | "ArrowLeft" => Self::Previous,
            " " if shift => Self::RunAgain,
            " " => Self::Run,
            "l" | "L" => Self::List,
            "q" | "Q" => Self::Code,
            "t" if !shift => Self::Timer,
            "t" | "T" => Self::TimerAway,
            "+" | "=" => Self::TimerMore,
            "-" | "_" => Self::TimerLess,
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "Home" => Self::Top,
            "End" => Self::End,
            "k" | "K" => Self::Replay,
            "b" | "B" => Self::Vote,
            "?" => Self::Sheet,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Action;

    #[test]
    fn clickers_and_keyboards_turn_the_pages() {
        for key in ["n", "PageDown", "ArrowRight"] {
            assert_eq!(Action::of_key(key, false), Some(Action::Next));
        }
        for key in ["p", "PageUp", "ArrowLeft"] {
            assert_eq!(Action::of_key(key, false), Some(Action::Previous));
        }
    }

    #[test]
    fn digits_point_at_panes_and_nought_at_none() {
        assert_eq!(Action::of_key("1", false), Some(Action::Point(0)));
        assert_eq!(Action::of_key("8", false), Some(Action::Point(7)));
        assert_eq!(Action::of_key("0", false), Some(Action::All));
        for other in ["9", "10", "F5", "Tab", "a", ""] {
            assert_eq!(Action::of_key(other, false), None, "{other}");
        }
    }

    #[test]
    fn what_costs_again_needs_another_key() {
        assert_eq!(Action::of_key(" ", false), Some(Action::Run));
        assert_eq!(Action::of_key(" ", true), Some(Action::RunAgain));
        assert_eq!(Action::of_key("T", true), Some(Action::TimerAway));
    }
}
