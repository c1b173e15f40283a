//! Dialogs, the scoreboard, and models in the page: what the first part of the
//! page can do without.

use super::en::count_of;
use crate::core::catalog::Transport;

group!(
    /// Parameters: what is set, in short.
    Params {
        title: fn(&str) -> String,
        temperature_is: fn(&str) -> String,
        top_p_is: fn(&str) -> String,
        top_k_is: fn(&str) -> String,
        max_tokens_is: fn(&str) -> String,
        window_is: fn(&str) -> String,
        effort_is: fn(&str) -> String,
        summary_is: fn(&str) -> String,
        tier_is: fn(&str) -> String,
        providers_are: fn(&str) -> String,
        seed_is: fn(&str) -> String,
        stop_is: fn(&str) -> String,
        schema_is: &'static str,
    }
);

group!(
    /// The scoreboard.
    Score {
        label: &'static str,
        model: &'static str,
        best: &'static str,
        unsort: &'static str,
        rate: &'static str,
    }
);

group!(
    /// The model picker.
    Picker {
        add: &'static str,
        change: &'static str,
        provider: &'static str,
        api: &'static str,
        base: &'static str,
        base_own: &'static str,
        base_needed: &'static str,
        sends_to: fn(&str) -> String,
        model: &'static str,
        model_placeholder: &'static str,
        context: fn(u64) -> String,
        loading: &'static str,
        loaded: fn(usize, &str) -> String,
        list_failed: fn(&str, Option<&str>) -> String,
        list_unreachable: fn(&str) -> String,
        list_needs_key: &'static str,
        list_own: &'static str,
        in_page: fn(Transport) -> &'static str,
        list_on_request: fn(&str) -> String,
        load: &'static str,
        load_again: &'static str,
        add_this: &'static str,
        use_this: &'static str,
    }
);

group!(
    /// What was sent.
    Sent {
        title: &'static str,
        changes: &'static str,
        no_changes: &'static str,
        request: &'static str,
        body: &'static str,
        copy_body: &'static str,
        reply: &'static str,
        status: &'static str,
        model: &'static str,
        response_id: &'static str,
        tier: &'static str,
        upstream: &'static str,
        answered_by: fn(&str) -> String,
        frames: &'static str,
        frame_counts: fn(u32, u32, u32) -> String,
        relayed: fn(&str, &str) -> String,
    }
);

group!(
    /// Settings.
    Settings {
        title: &'static str,
        keys: &'static str,
        keys_hint: &'static str,
        keys_now: fn(&str) -> String,
        key_held: fn(&str, &str, bool) -> String,
        remove_key: &'static str,
        key_search: &'static str,
        key_search_hint: &'static str,
        key_search_none: fn(&str) -> String,
        not_approved: fn(&str) -> String,
        look: &'static str,
        theme: &'static str,
        theme_system: &'static str,
        theme_light: &'static str,
        theme_dark: &'static str,
        lock_scroll: &'static str,
        runs: &'static str,
        idle_limit: &'static str,
        idle_hint: &'static str,
        no_retry: &'static str,
        money: &'static str,
        money_hint: &'static str,
        currency: &'static str,
        rate: fn(&str) -> String,
        bad_currency: fn(&str) -> String,
        bad_rate: &'static str,
        rate_missing: &'static str,
    }
);

group!(
    /// The sheet of shortcuts.
    Shortcuts {
        title: &'static str,
        run: &'static str,
        stop: &'static str,
        prompt: &'static str,
        pane: &'static str,
        expand: &'static str,
        sheet: &'static str,
    }
);

group!(
    /// Models that run in this page.
    Device {
        choose_file: &'static str,
        not_taken: &'static str,
        not_gguf: fn(&str) -> String,
        getting_ready: &'static str,
        fetching: fn(&str, &str, u8) -> String,
        fetching_so_far: fn(&str) -> String,
        loading: fn(u8) -> String,
        starting: &'static str,
        progress: &'static str,
        clock_waits: &'static str,
        says_loading: fn(&str) -> String,
        queued: &'static str,
        stored_title: &'static str,
        stored: fn(&str) -> String,
        forget: fn(&str) -> String,
    }
);

pub(super) static PARAMS: Params = Params {
    title: |name| {
        if name.is_empty() {
            "Name and parameters".to_owned()
        } else {
            format!("{name}: name and parameters")
        }
    },
    temperature_is: |value| format!("temperature {value}"),
    top_p_is: |value| format!("top p {value}"),
    top_k_is: |value| format!("top k {value}"),
    max_tokens_is: |value| format!("max {value}"),
    window_is: |value| format!("window {value}"),
    effort_is: |value| format!("effort {value}"),
    summary_is: |value| format!("summary {value}"),
    tier_is: |value| format!("tier {value}"),
    providers_are: |value| format!("only via {value}"),
    seed_is: |value| format!("seed {value}"),
    stop_is: |value| format!("stop at {value}"),
    schema_is: "with schema",
};

pub(super) static SCORE: Score = Score {
    label: "Scoreboard",
    model: "Model and route",
    best: "Best of the finished panes",
    unsort: "In the order of the panes",
    rate: "Tokens/s",
};

pub(super) static PICKER: Picker = Picker {
    add: "Add a pane",
    change: "Model and route",
    provider: "Provider",
    api: "API",
    base: "Base URL (empty for the provider’s own)",
    base_own: "Base URL",
    base_needed: "For your own server, e.g. http://localhost:11434/v1",
    sends_to: |url| format!("Sends to {url}."),
    model: "Model",
    model_placeholder: "Search, or type any model id",
    context,
    loading: "Loading the provider’s list",
    loaded: |count, host| format!("{} from {host}.", count_of(count, "model", "models")),
    list_failed: |title, detail| match detail {
        Some(detail) => format!("No list: {title} ({detail})"),
        None => format!("No list: {title}"),
    },
    list_unreachable: |host| {
        format!("No list reached this page from {host}. You can still type a model id.")
    },
    list_needs_key: "Built-in list; the provider’s own list needs a key.",
    list_own: "Built-in list; this provider has none that a page could ask for. Any other model id can be typed.",
    in_page: |transport| match transport {
        // Where the browser's own model stands is said in full.
        Transport::Http | Transport::BuiltIn => "",
        Transport::Simulated => {
            "Prepared text at a set speed: nothing is computed, and nothing leaves the page. A number behind the name sets the speed: demo-120 or demo-thinking-30 stream so many tokens a second, from 1 to 1000."
        }
        Transport::OnDevice => "It runs in this page. Nothing that you write leaves this machine.",
    },
    list_on_request: |host| format!("{host} was not asked for its list yet."),
    load: "Load list",
    load_again: "Load again",
    add_this: "Add pane",
    use_this: "Use",
};

pub(super) static SENT: Sent = Sent {
    title: "What was sent",
    changes: "Dropped, renamed, added",
    no_changes: "Nothing: what was set is what was sent",
    request: "Request",
    body: "Body",
    copy_body: "Copy body",
    reply: "Reply",
    status: "HTTP status",
    model: "Model that answered",
    response_id: "Response id",
    tier: "Service tier",
    upstream: "Upstream provider",
    answered_by: |provider| format!("Answered by {provider}"),
    frames: "Events",
    frame_counts: |known, unknown, corrupt| {
        format!("{known} understood, {unknown} of unknown type, {corrupt} damaged")
    },
    relayed: |relay, real| format!("Sent to the relay at {relay}, which passes it on to {real}"),
};

pub(super) static SETTINGS: Settings = Settings {
    title: "Settings",
    keys: "Keys",
    keys_hint: "A key stays in this page’s memory, goes only to the address that it was entered for, and is gone when the page closes.",
    keys_now: |count| format!("Held now: {count}."),
    key_held: |name, origin, kept| {
        format!(
            "{name} key for {origin}, {}",
            if kept {
                "kept for this tab"
            } else {
                "in memory"
            }
        )
    },
    remove_key: "Remove",
    key_search: "Add a key for another provider",
    key_search_hint: "Search, e.g. groq or aws",
    key_search_none: |text| {
        format!(
            "No provider fits “{text}”. A key for a server of your own is asked for in its pane."
        )
    },
    not_approved: |origin| format!("{origin} was not allowed yet"),
    look: "Appearance",
    theme: "Theme",
    theme_system: "As the system",
    theme_light: "Light",
    theme_dark: "Dark",
    lock_scroll: "Scroll all answers together",
    runs: "Runs",
    idle_limit: "Idle limit in seconds",
    idle_hint: "A stream that is silent for longer is closed and its text kept. 0 means no limit.",
    no_retry: "Nothing is retried on its own: a retry would hide in the figures.",
    money: "Money",
    money_hint: "Amounts are in US dollars. Type a currency and its rate, and amounts stand in it as well. The rate is yours: nothing is fetched.",
    currency: "Another currency",
    rate: |code| {
        if code.is_empty() {
            "Its rate: 1 USD =".to_owned()
        } else {
            format!("1 USD = … {code}")
        }
    },
    bad_currency: |code| {
        format!(
            "“{code}” is no currency that this browser knows: use its three letters, such as EUR"
        )
    },
    bad_rate: "This is no rate: use a number above 0 with a point as decimal mark, such as 0.92",
    rate_missing: "Type the rate, and amounts will stand in this currency as well.",
};

pub(super) static SHORTCUTS: Shortcuts = Shortcuts {
    title: "Shortcuts",
    run: "Run all panes",
    stop: "Stop all panes",
    prompt: "Go to the prompt",
    pane: "Go to a pane",
    expand: "Fill the screen with a pane, and back",
    sheet: "This sheet",
};

pub(super) static DEVICE: Device = Device {
    choose_file: "Choose a GGUF file…",
    not_gguf: |file| {
        format!(
            "{file} is not a GGUF file. Only models in the GGUF format of llama.cpp run in this page."
        )
    },
    not_taken: "What runs models in this page did not load. Check the network, then choose the file again.",
    getting_ready: "Getting the model ready",
    fetching: |done, total, percent| {
        format!("Fetching the model: {done} of {total} MB, {percent} %")
    },
    fetching_so_far: |done| format!("Fetching the model: {done} MB"),
    loading: |percent| format!("Loading the model into memory, {percent} %"),
    starting: "Starting the model",
    progress: "Progress of the model",
    clock_waits: "The clock starts when the model begins to read the prompt.",
    says_loading: |file| format!("Loading {file}"),
    queued: "Queued: the model in this page answers one pane at a time. The clock starts when it begins with this one.",
    stored_title: "Models on this device",
    stored: |size| {
        format!("{size} MB are kept in this browser, so that a reload need not fetch them again.")
    },
    forget: |size| format!("Remove the stored model ({size} MB)"),
};

fn context(tokens: u64) -> String {
    match tokens {
        0..1_000 => format!("{tokens} tokens"),
        1_000..1_000_000 => format!("{} k", tokens / 1_000),
        _ => format!("{} M", tokens / 1_000_000),
    }
}
