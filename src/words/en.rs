//! English.

use super::{
    metrics,
    screen::{
        Bar, Composer, FailureWords, Keys, Kit, Later, Markdown, Notices, Pane, Phases, Start,
        Status, Streak, Words,
    },
};

/// English.
pub static EN: Words = Words {
    app_name: "Touchstone",
    unknown: "—",
    metrics: &metrics::EN,
    kit: &KIT,
    phases: &PHASES,
    bar: &BAR,
    notices: &NOTICES,
    status: &STATUS,
    pane: &PANE,
    streak: &STREAK,
    markdown: &MARKDOWN,
    composer: &COMPOSER,
    keys: &KEYS,
    start: &START,
    later: &LATER,
};

const LATER: Later = Later {
    loading: "Loading this part of the page",
    failed: "This part of the page could not be loaded. Check the network and try again. If that does not help, copy what you typed and reload the page.",
    again: "Try again",
};

const KIT: Kit = Kit {
    close: "Close",
    dismiss: "Dismiss",
    undo: "Undo",
};

const PHASES: Phases = Phases {
    idle: "ready",
    queued: "queued",
    connecting: "connecting",
    waiting: "waiting",
    thinking: "thinking",
    answering: "answering",
    done: "done",
    stopped: "stopped",
    failed: "failed",
};

const BAR: Bar = Bar {
    title_label: "Title of this comparison",
    title_placeholder: "Untitled comparison",
    settings: "Settings",
    keys_held,
};

const NOTICES: Notices = Notices {
    private_host: |panes, host| {
        let list: Vec<String> = panes.iter().map(ToString::to_string).collect();
        let panes = match panes.len() {
            1 => "pane",
            _ => "panes",
        };
        let list = list.join(", ");
        format!("Other people cannot reach {host}, which this comparison asks ({panes} {list}).")
    },
    consent: |origin| {
        format!(
            "This comparison wants to send prompts to {origin}. Nothing was sent yet. Allow it for this tab?"
        )
    },
    region: "Notices",
    empty_link: "This link holds no recipe: there was nothing to fill in",
    consent_label: "Permission to call an address",
    allow: "Allow",
    replace_title: "Open this link?",
    replace_work: "It would replace the comparison on the page: its prompt, panes and results.",
    replace: "Replace",
    keep: "Keep what is here",
};

const STATUS: Status = Status {
    started: |count| format!("Started {}", count_of(count, "pane", "panes")),
    nothing_sent: "Nothing was sent; the panes say why",
    finished: |name, left| with_left(&format!("{name} finished"), left),
    failed: |name, left| with_left(&format!("{name} failed"), left),
    stopped: |name, left| with_left(&format!("{name} stopped"), left),
};

const PANE: Pane = Pane {
    answered_by: |model| format!("Answered by {model}"),
    label: |place, name| format!("Pane {place}: {name}"),
    tabs: "Panes",
    choose_model: "Choose a model",
    choose_model_first: "Choose a model in this pane’s header.",
    simulated: "simulated",
    simulated_name: |name| format!("{name} (simulated)"),
    in_page: "in this page",
    in_browser: "in your browser",
    via_relay: |host, relay| format!("{host} via relay {relay}"),
    bad_base: "base URL to mend",
    unknown_provider: "unknown provider",
    menu: |name| format!("Menu of {name}"),
    stop: "Stop this pane",
    retry: "Run this pane again",
    expand: "Fill the screen (F)",
    shrink: "Back to all panes (F)",
    params: "Name and parameters…",
    sent: "What was sent",
    copy_as: "Copy as code",
    compare: "Compare routes of this model…",
    compare_title: |model| format!("Routes of {model}"),
    duplicate: "Duplicate",
    move_left: "Move left",
    move_right: "Move right",
    remove: "Remove",
    removed: |name| format!("Removed {}", if name.is_empty() { "a pane" } else { name }),
    edit_message: "Edit this message and run from here",
    queued: "Queued: at most six requests go to one http server at once, and in sequential order one after another. The clock starts when the request is sent.",
    connecting: "Connecting",
    waiting: "Waiting for the first token",
    ready: "Ready",
    needs_consent: |origin| {
        format!("This pane calls {origin}, which came with the link. Allow it above first.")
    },
    warning: |title| format!("Note: {title}"),
    left_out: |count| {
        format!(
            "{} without an answer here: not part of what was sent",
            count_of(count, "earlier message", "earlier messages")
        )
    },
    thinking_for: |time| format!("Thinking, {time}"),
    thought_for: |time| format!("Thought for {time}"),
    thought: "Thought",
    thinking_hidden: "The provider keeps the text of this thinking to itself",
    tokens: |count| format!("{count} tokens"),
    copy_answer: "Copy answer",
    show_raw: "Raw",
    show_rendered: "Rendered",
    stopped: "Stopped by you; retry asks anew",
    token_limit: "Cut at the token limit; raise it in the parameters",
    refused: "Refused by the model; reword, or ask another",
    tool_not_run: "Calls are shown here and never carried out.",
    wants_tool: |names| format!("Wants to call {names}"),
    ended_with: |raw| format!("Ended with “{raw}”"),
    failed_after: "Failed at",
    stopped_after: "Stopped at",
    running_for: "Running",
    headers_mark: |time| format!("The response headers came after {time}."),
};

const STREAK: Streak = Streak {
    empty: "Phase bar: not run yet",
    part: |name, from, to| format!("{name}: {from} to {to} ms"),
};

const MARKDOWN: Markdown = Markdown {
    copy: "Copy code",
    load_image: |host| format!("Load image from {host}"),
    done: "done",
    not_done: "not done",
    table: "Table",
    code: "Code",
    copied: "Copied",
    not_copied: "The browser did not allow copying. Select it and copy by hand",
};

const COMPOSER: Composer = Composer {
    empty_follow_up: "Write a follow-up first, or use Run again",
    undo_too_late: "The conversation has gone on since: there is nothing to undo",
    inherited: |value| format!("{value}, shared"),
    prompt: "Prompt",
    prompt_placeholder: "Ask every model the same thing",
    follow_up_placeholder: "Ask a follow-up",
    system: "System prompt",
    system_placeholder: "Instructions for every pane",
    add_system: "+ system prompt",
    system_chip: |text| format!("System: {text}"),
    add_params: "+ parameter",
    add_pane: "Model",
    add_pane_hint: "Add a pane",
    full: "Eight panes are the most",
    order: "Order",
    parallel: "parallel",
    sequential: "sequential",
    editing: "Editing an earlier message: running drops what came after it",
    cancel_edit: "Cancel",
    still_running: "Still running: Esc stops it",
    later_dropped: "Later messages were dropped",
    missing_variables: |names| format!("No value for {names}: sent as written"),
    no_pane: "Add a pane first",
    no_pane_yet: "no pane yet",
    choose_above: "choose a model above",
    panes: |count| count_of(count, "pane", "panes"),
    keys_missing: |count| format!("{} missing", count_of(count, "key", "keys")),
    run: "Run",
    follow_up: "Send",
    stop: "Stop",
    again: "Run again",
    again_hint: "Run the last message again in every pane",
};

const KEYS: Keys = Keys {
    label: |name, optional| {
        if optional {
            format!("{name} key, if the server wants one")
        } else {
            format!("{name} key")
        }
    },
    save: "Save",
    keep: "Keep for this tab (survives a reload, gone when the tab closes)",
    sent_only: |host| format!("Sent only to {host}."),
    get_one: "Get a key",
    empty: "Paste a key first",
    empty_optional: "Leave it empty if the server wants no key; just run",
    not_sendable: "The key holds characters that cannot be sent. Copy it again, whole and alone.",
    looks_like: |other| format!("Saved. It looks like a key of {other}, though"),
    not_kept: "Saved in memory, but the browser did not keep it for this tab",
    sign_in: "Sign in with OpenRouter",
    sign_in_at: |host| format!("Sign in at {host}"),
    or_type: "Or type a key:",
};

const START: Start = Start {
    heading: "Same prompt, same clock, same price sheet.",
    lead: "Put language models side by side. Your keys go from this page straight to the provider you choose, and nowhere else. There is no server behind this page.",
    race_tag: "recorded race",
    race: "One small model, three temperatures",
    race_text: "A replay of real runs of SmolLM2 (135 million parameters) in a page, at true speed. No key, nothing is sent.",
    race_made: "Recorded on",
    race_others: "Others",
    race_watch: "Watch",
    race_run: "Watch the recorded race",
    demo: "Demo models",
    demo_text: "Four made-up models that answer at set speeds, think, and stop short. For trying every button, and for slides.",
    demo_note: "Marked as simulated everywhere.",
    demo_run: "Run the demo models",
    demo_prompt: "How do I read this page?",
    device_tag: "real, on this device",
    device: "Run a small model in this page",
    device_text: "SmolLM2, 135 million parameters, 98 MB, loaded once. Slow and honest: real tokens, real times, and nothing leaves this machine.",
    device_run: "Run the small model at three temperatures",
    device_prompt: "Explain in three sentences why the sky is blue.",
    device_name: "SmolLM2",
    device_pane: |model, temperature| format!("{model} at {temperature}"),
    device_missing: |file| {
        format!(
            "This host does not have the small model. Choose any GGUF file from your disk, or put {file} into a folder “models” beside this page."
        )
    },
    device_check_failed: "This page’s host does not answer. Check the network, or choose a GGUF file from your disk.",
    device_checking: "Looking for the model",
    built_in_tag: "in your browser",
    built_in: "Ask your browser’s own model",
    built_in_text: "This browser can have a language model of its own. It needs no key and costs nothing; in Chrome it is Gemini Nano and runs on this machine.",
    built_in_none: "This browser could have a language model of its own, but says that it has none here.",
    built_in_why: "Why",
    built_in_note: "Nothing is downloaded without a click.",
    built_in_run: "Run your browser’s own model",
    built_in_prompt: "Explain in two sentences why the sky is blue.",
    local_tag: "on this machine",
    run: "Run",
    own: "Start with what you have",
    all_routes: "All providers…",
    key_safety: "Keys stay in this page’s memory unless you say otherwise, and are sent only to the provider you choose.",
    compare: |name| format!("Compare two models of {name}"),
    local: "Local servers",
    local_text: "Ollama, llama.cpp, LM Studio and others at their usual addresses. Most need no key, and nothing is called until you click.",
    look: "Look for them",
    local_asks: "The browser may ask whether this page may reach this machine: the search needs that.",
};

pub(super) static FAILURE_WORDS: FailureWords = FailureWords {
    key_saved: "The key is there now. Retry.",
    unknown_provider: |id| format!("This version knows no provider called “{id}”."),
    wrong_origin: "The request’s address does not match the one that the key belongs to. Nothing was sent.",
    unsendable_key: "The key holds characters that cannot be sent. Enter it again in Settings.",
    no_stream: "What this model needs did not load into the page. Check the network, then retry.",
    retry: "Retry",
    check_key: "Check the key",
    choose_model: "Choose a model",
    change_params: "Change parameters",
    change_message: "Change the message",
    what_was_sent: "What was sent",
    wait: |seconds| format!("The provider asks to wait: {seconds} s left"),
    wait_over: "The wait is over",
    wait_unknown: "How long to wait cannot be read from a page here",
};

pub(super) fn count_of(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn with_left(text: &str, left: usize) -> String {
    if left == 0 {
        format!("{text}; all are at their end")
    } else {
        format!("{text}; {left} running")
    }
}

fn keys_held(held: usize, kept: usize) -> String {
    match (held, kept) {
        (0, _) => "no keys".to_owned(),
        (held, 0) => format!("{}, in memory", count_of(held, "key", "keys")),
        (held, kept) if held == kept => format!("{}, this tab only", count_of(held, "key", "keys")),
        (held, kept) => format!(
            "{}, {kept} kept for this tab",
            count_of(held, "key", "keys")
        ),
    }
}
