//! What is said about recordings and their replay.

use crate::core::replay::Speed;

/// Replays, in the part of the page that is loaded later.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct ReplayWords {
    pub badge: &'static str,
    pub badge_hint: &'static str,
    pub open: &'static str,
    pub open_hint: &'static str,
    pub bar: &'static str,
    pub of: fn(Option<&str>, &[String]) -> String,
    pub of_this_page: &'static str,
    pub cores: fn(u64) -> String,
    pub play: &'static str,
    pub pause: &'static str,
    pub position: &'static str,
    pub position_is: fn(&str, &str) -> String,
    pub first_token: fn(&str, &str) -> String,
    pub end: fn(&str, &str) -> String,
    pub speed: &'static str,
    pub speed_is: fn(Speed) -> String,
    pub order: &'static str,
    pub as_it_was: &'static str,
    pub together: &'static str,
    pub together_hint: &'static str,
    pub turns: &'static str,
    pub turns_hint: &'static str,
    pub turn_is: fn(usize, usize) -> String,
    pub turn_option: fn(usize, &str) -> String,
    pub all_turns: fn(usize) -> String,
    pub close: &'static str,
    pub playing: fn(Speed) -> String,
    pub paused: fn(&str) -> String,
    pub ended: &'static str,
    pub closed: &'static str,
    pub closed_by_run: &'static str,
    pub nothing: &'static str,
    pub running: &'static str,
    pub coarse: &'static str,
    pub opened: fn(Option<&str>, &[String]) -> String,
    pub shortcut: &'static str,
}

/// What it is, of when, and what else is known of it.
fn titled(what: &str, date: Option<&str>, facts: &[String]) -> String {
    let mut text = what.to_owned();
    if let Some(date) = date {
        text.push_str(" of ");
        text.push_str(date);
    }
    for fact in facts {
        text.push_str(" · ");
        text.push_str(fact);
    }
    text
}

/// Of a long prompt, so many characters stand in the list of turns.
const MOST_OF_PROMPT: usize = 40;

/// The beginning of a prompt on one line.
fn short_prompt(prompt: &str) -> String {
    let line = prompt.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(MOST_OF_PROMPT).collect();
    if short.len() < line.len() {
        short.truncate(short.trim_end().len());
        short.push('…');
    }
    short
}

/// English.
pub static EN: ReplayWords = ReplayWords {
    badge: "replay",
    badge_hint: "This pane shows a recorded run. Nothing is sent; the figures are those of the run.",
    open: "Replay",
    open_hint: "Play these runs again as they came. Nothing is sent.",
    bar: "Replay",
    of: |date, facts| titled("Replay", date, facts),
    of_this_page: "this page",
    cores: |count| {
        if count == 1 {
            "1 core".to_owned()
        } else {
            format!("{count} cores")
        }
    },
    play: "Play",
    pause: "Pause",
    position: "Time in the replay",
    position_is: |at, length| format!("{at} of {length}"),
    first_token: |pane, at| format!("{pane}: first token at {at}"),
    end: |pane, at| format!("{pane}: end at {at}"),
    speed: "Speed",
    speed_is: |speed| format!("{}×", speed.as_str()),
    order: "Start of the panes",
    as_it_was: "as it was",
    together: "all from zero",
    together_hint: "These runs began at different times. From zero, each pane begins when its own request was sent.",
    turns: "Turn to replay",
    turns_hint: "Each turn has a clock of its own. All turns play one after another.",
    turn_is: |number, of| format!("Turn {number} of {of}"),
    turn_option: |number, prompt| {
        let prompt = short_prompt(prompt);
        if prompt.is_empty() {
            format!("Turn {number}")
        } else {
            format!("Turn {number}: {prompt}")
        }
    },
    all_turns: |count| match count {
        2 => "Both turns".to_owned(),
        count => format!("All {count} turns"),
    },
    close: "Close the replay",
    playing: |speed| {
        if speed == Speed::One {
            "Replay playing at the speed of the run".to_owned()
        } else {
            format!(
                "Replay playing at {} times the speed of the run",
                speed.as_str()
            )
        }
    },
    paused: |at| format!("Replay paused at {at}"),
    ended: "Replay at its end",
    closed: "Replay closed; the results are shown",
    closed_by_run: "Replay closed, because something else is shown now",
    nothing: "There is nothing to replay: no run has come to an end yet.",
    running: "The runs are still going on. They can be replayed when they are over.",
    coarse: "This recording holds only the first and last piece of each text, so the rest comes at once. The figures are whole.",
    opened: |date, facts| titled("Opened result", date, facts),
    shortcut: "Open, play or pause the replay",
};

/// The gallery of recordings.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct GalleryWords {
    pub others: &'static str,
    pub loading: &'static str,
    pub missing: &'static str,
    pub broken: fn(&str) -> String,
    pub replaced: &'static str,
    pub facts: fn(usize, &str, &str) -> String,
}

/// English.
pub static GALLERY: GalleryWords = GalleryWords {
    others: "Other recordings",
    loading: "Fetching the recording",
    missing: "The recordings could not be fetched. Check the network, or run models of your own.",
    broken: |why| format!("This recording cannot be read: {why}"),
    replaced: "The recording took the place of what you had typed",
    facts: |panes, longest, date| format!("{panes} panes, {longest}, {date}"),
};

#[cfg(test)]
mod tests {
    use super::EN;

    #[test]
    fn a_turn_is_named_by_its_number_and_the_beginning_of_its_prompt() {
        assert_eq!((EN.turn_option)(2, "  Why\n so? "), "Turn 2: Why so?");
        assert_eq!((EN.turn_option)(1, " "), "Turn 1");
        let long = (EN.turn_option)(3, &"नमस्ते ".repeat(20));
        assert!(long.ends_with('…') && long.chars().count() < 60, "{long}");
    }
}
