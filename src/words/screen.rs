//! The shape of the words: one group for each part of the screen.

use super::{
    actions::ActionWords,
    built_in::BuiltInWords,
    connection::ConnectionWords,
    cost::{CostWords, SumWords},
    credentials::CredentialWords,
    drift::DriftWords,
    exports::ExportWords,
    history::HistoryWords,
    imports::ImportWords,
    incoming::IncomingWords,
    lending::LendingWords,
    local::LocalWords,
    metrics::MetricWords,
    present::PresentWords,
    prompts::PromptListWords,
    reading::ReadingWords,
    recipe::RecipeWords,
    replay::{GalleryWords, ReplayWords},
    request::RequestWords,
    routes::RouteWords,
    share::ShareWords,
    signin::SignInWords,
};
use crate::core::{
    attach::{AttachError, Unfit},
    catalog::Transport,
};

macro_rules! group {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        #[expect(missing_docs, reason = "each field is named after the place where it is shown")]
        pub struct $name {
            $(pub $field: $kind),*
        }
    };
}

group!(
    /// Small parts.
    Kit {
        close: &'static str,
        dismiss: &'static str,
        undo: &'static str,
    }
);

group!(
    /// Phases of a run.
    Phases {
        idle: &'static str,
        queued: &'static str,
        connecting: &'static str,
        waiting: &'static str,
        thinking: &'static str,
        answering: &'static str,
        done: &'static str,
        stopped: &'static str,
        failed: &'static str,
    }
);

group!(
    /// The slim bar.
    Bar {
        title_label: &'static str,
        title_placeholder: &'static str,
        settings: &'static str,
        keys_held: fn(usize, usize) -> String,
    }
);

group!(
    /// Notices and consents.
    Notices {
        private_host: fn(&str, &str) -> String,
        consent: fn(&str) -> String,
        region: &'static str,
        empty_link: &'static str,
        consent_label: &'static str,
        allow: &'static str,
        replace_title: &'static str,
        replace_work: &'static str,
        replace: &'static str,
        keep: &'static str,
    }
);

group!(
    /// The status line, read out politely.
    Status {
        started: fn(usize) -> String,
        nothing_sent: &'static str,
        finished: fn(&str, usize) -> String,
        failed: fn(&str, usize) -> String,
        stopped: fn(&str, usize) -> String,
    }
);

group!(
    /// A pane.
    Pane {
        answered_by: fn(&str) -> String,
        label: fn(usize, &str) -> String,
        tabs: &'static str,
        choose_model: &'static str,
        choose_model_first: &'static str,
        bad_base: &'static str,
        simulated: &'static str,
        simulated_name: fn(&str) -> String,
        in_page: &'static str,
        in_browser: &'static str,
        via_relay: fn(&str, &str) -> String,
        unknown_provider: &'static str,
        menu: fn(&str) -> String,
        stop: &'static str,
        retry: &'static str,
        expand: &'static str,
        shrink: &'static str,
        params: &'static str,
        sent: &'static str,
        copy_as: &'static str,
        compare: &'static str,
        compare_title: fn(&str) -> String,
        duplicate: &'static str,
        move_left: &'static str,
        move_right: &'static str,
        remove: &'static str,
        removed: fn(&str) -> String,
        edit_message: &'static str,
        queued: &'static str,
        connecting: &'static str,
        waiting: &'static str,
        ready: &'static str,
        needs_consent: fn(&str) -> String,
        warning: fn(&str) -> String,
        left_out: fn(usize) -> String,
        thinking_for: fn(&str) -> String,
        thought_for: fn(&str) -> String,
        thought: &'static str,
        thinking_hidden: &'static str,
        tokens: fn(&str) -> String,
        copy_answer: &'static str,
        show_raw: &'static str,
        show_rendered: &'static str,
        stopped: &'static str,
        token_limit: &'static str,
        refused: &'static str,
        wants_tool: fn(&str) -> String,
        tool_not_run: &'static str,
        ended_with: fn(&str) -> String,
        failed_after: &'static str,
        stopped_after: &'static str,
        running_for: &'static str,
        headers_mark: fn(&str) -> String,
    }
);

group!(
    /// The phase bar.
    Streak {
        empty: &'static str,
        part: fn(&str, &str, &str) -> String,
    }
);

group!(
    /// Rendered answers.
    Markdown {
        copy: &'static str,
        load_image: fn(&str) -> String,
        done: &'static str,
        not_done: &'static str,
        table: &'static str,
        code: &'static str,
        copied: &'static str,
        not_copied: &'static str,
    }
);

group!(
    /// The composer.
    Composer {
        empty_follow_up: &'static str,
        undo_too_late: &'static str,
        inherited: fn(&str) -> String,
        prompt: &'static str,
        prompt_placeholder: &'static str,
        follow_up_placeholder: &'static str,
        system: &'static str,
        system_placeholder: &'static str,
        add_system: &'static str,
        system_chip: fn(&str) -> String,
        add_params: &'static str,
        add_pane: &'static str,
        add_pane_hint: &'static str,
        full: &'static str,
        order: &'static str,
        parallel: &'static str,
        sequential: &'static str,
        editing: &'static str,
        cancel_edit: &'static str,
        still_running: &'static str,
        later_dropped: &'static str,
        missing_variables: fn(&str) -> String,
        no_pane: &'static str,
        no_pane_yet: &'static str,
        choose_above: &'static str,
        panes: fn(usize) -> String,
        keys_missing: fn(usize) -> String,
        run: &'static str,
        follow_up: &'static str,
        stop: &'static str,
        again: &'static str,
        again_hint: &'static str,
    }
);

group!(
    /// Files that go along with a prompt.
    Files {
        attach: &'static str,
        attach_hint: &'static str,
        attached: &'static str,
        drop_here: &'static str,
        drop_hint: &'static str,
        reading: fn(usize) -> String,
        added: fn(usize) -> String,
        refused: fn(&str, AttachError) -> String,
        remove: fn(&str) -> String,
        removed: fn(&str) -> String,
        lost: fn(&str) -> String,
        waiting: &'static str,
        ready: &'static str,
        sent_as: fn(&str, &str) -> String,
        in_the_making: fn(&str) -> String,
        not_made: fn(&str) -> String,
        not_to: fn(&str, Unfit) -> String,
        counted: fn(&str) -> String,
    }
);

group!(
    /// Answers that follow a schema.
    Structured {
        checking: &'static str,
        matches: &'static str,
        differs: fn(usize) -> String,
        cut: &'static str,
        not_json: fn(usize) -> String,
        empty: &'static str,
        bad_schema: fn(&str) -> String,
        no_checker: &'static str,
        fenced: &'static str,
        whole: &'static str,
        tree: &'static str,
        copy: &'static str,
        copied: &'static str,
        items: fn(usize) -> String,
        members: fn(usize) -> String,
        more: fn(usize) -> String,
        unfinished: &'static str,
        at: fn(usize, usize) -> String,
        not_object: &'static str,
    }
);

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
        tier_is: fn(&str) -> String,
        seed_is: fn(&str) -> String,
        stop_is: fn(&str) -> String,
        schema_is: &'static str,
    }
);

group!(
    /// Key fields.
    Keys {
        label: fn(&str, bool) -> String,
        save: &'static str,
        keep: &'static str,
        sent_only: fn(&str) -> String,
        get_one: &'static str,
        empty: &'static str,
        empty_optional: &'static str,
        not_sendable: &'static str,
        looks_like: fn(&str) -> String,
        not_kept: &'static str,
        sign_in: &'static str,
        sign_in_at: fn(&str) -> String,
        or_type: &'static str,
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
        progress: &'static str,
        clock_waits: &'static str,
        says_loading: fn(&str) -> String,
        queued: &'static str,
        stored_title: &'static str,
        stored: fn(&str) -> String,
        forget: fn(&str) -> String,
    }
);

group!(
    /// The empty state.
    Start {
        heading: &'static str,
        lead: &'static str,
        race_tag: &'static str,
        race: &'static str,
        race_text: &'static str,
        race_made: &'static str,
        race_others: &'static str,
        race_watch: &'static str,
        race_run: &'static str,
        demo: &'static str,
        demo_text: &'static str,
        demo_note: &'static str,
        demo_run: &'static str,
        demo_prompt: &'static str,
        device_tag: &'static str,
        device: &'static str,
        device_text: &'static str,
        device_run: &'static str,
        device_prompt: &'static str,
        device_name: &'static str,
        device_pane: fn(&str, &str) -> String,
        device_missing: fn(&str) -> String,
        device_check_failed: &'static str,
        device_checking: &'static str,
        built_in_tag: &'static str,
        built_in: &'static str,
        built_in_text: &'static str,
        built_in_none: &'static str,
        built_in_why: &'static str,
        built_in_note: &'static str,
        built_in_run: &'static str,
        built_in_prompt: &'static str,
        local_tag: &'static str,
        run: &'static str,
        own: &'static str,
        all_routes: &'static str,
        key_safety: &'static str,
        compare: fn(&str) -> String,
        local: &'static str,
        local_text: &'static str,
        look: &'static str,
        local_asks: &'static str,
    }
);

group!(
    /// Buttons and lines of a failure; the explanations are functions in `words::failure`.
    FailureWords {
        key_saved: &'static str,
        unknown_provider: fn(&str) -> String,
        wrong_origin: &'static str,
        unsendable_key: &'static str,
        no_stream: &'static str,
        retry: &'static str,
        check_key: &'static str,
        choose_model: &'static str,
        change_params: &'static str,
        change_message: &'static str,
        what_was_sent: &'static str,
        wait: fn(&str) -> String,
        wait_over: &'static str,
        wait_unknown: &'static str,
    }
);

group!(
    /// Parts of the page that are loaded later.
    Later {
        loading: &'static str,
        failed: &'static str,
        again: &'static str,
    }
);

/// All words of one language. Groups are pointed to, so that a part of the
/// program that is loaded later takes its groups with it.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The product's name.
    pub app_name: &'static str,
    /// What stands for an unknown figure.
    pub unknown: &'static str,
    /// Figures.
    pub metrics: &'static MetricWords,
    /// Small parts.
    pub kit: &'static Kit,
    /// Phases of a run.
    pub phases: &'static Phases,
    /// The slim bar.
    pub bar: &'static Bar,
    /// Notices and consents.
    pub notices: &'static Notices,
    /// The status line, read out politely.
    pub status: &'static Status,
    /// A pane.
    pub pane: &'static Pane,
    /// The phase bar.
    pub streak: &'static Streak,
    /// Rendered answers.
    pub markdown: &'static Markdown,
    /// The composer.
    pub composer: &'static Composer,
    /// Key fields.
    pub keys: &'static Keys,
    /// The empty state.
    pub start: &'static Start,
    /// Parts of the page that are loaded later.
    pub later: &'static Later,
}

/// The groups that only a part of the page needs. They are no fields, since
/// whatever a static table names has to be there from the start (ADR 0014).
impl Words {
    /// What can be done with the comparison as a whole.
    pub fn actions(&self) -> &'static ActionWords {
        &super::actions::EN
    }

    /// Documents that come with a link.
    pub fn incoming(&self) -> &'static IncomingWords {
        &super::incoming::EN
    }

    /// Sharing.
    pub fn share(&self) -> &'static ShareWords {
        &super::share::EN
    }

    /// Results that leave the page.
    pub fn exports(&self) -> &'static ExportWords {
        &super::exports::EN
    }

    /// What comes in from elsewhere.
    pub fn imports(&self) -> &'static ImportWords {
        &super::imports::EN
    }

    /// Blind votes.
    pub fn ballot(&self) -> &'static super::ballot::BallotWords {
        &super::ballot::EN
    }

    /// Connections and relays.
    pub fn connection(&self) -> &'static ConnectionWords {
        &super::connection::EN
    }

    /// Servers of this machine.
    pub fn local(&self) -> &'static LocalWords {
        &super::local::EN
    }

    /// Replays.
    pub fn replay(&self) -> &'static ReplayWords {
        &super::replay::EN
    }

    /// The recordings beside the page.
    pub fn gallery(&self) -> &'static GalleryWords {
        &super::replay::GALLERY
    }

    /// Links and recipes.
    pub fn recipe(&self) -> &'static RecipeWords {
        &super::recipe::EN
    }

    /// Requests.
    pub fn request(&self) -> &'static RequestWords {
        &super::request::EN
    }

    /// Routes.
    pub fn routes(&self) -> &'static RouteWords {
        &super::routes::EN
    }

    /// Two answers read against each other.
    pub fn reading(&self) -> &'static ReadingWords {
        &super::reading::EN
    }

    /// A run and the same run made again.
    pub fn drift(&self) -> &'static DriftWords {
        &super::drift::EN
    }

    /// Credentials besides plain keys.
    pub fn credentials(&self) -> &'static CredentialWords {
        &super::credentials::EN
    }

    /// The present mode.
    pub fn present(&self) -> &'static PresentWords {
        &super::present::EN
    }

    /// Lists of prompts.
    pub fn prompts(&self) -> &'static PromptListWords {
        &super::prompts::EN
    }

    /// A key that is lent to participants.
    pub fn lending(&self) -> &'static LendingWords {
        &super::lending::EN
    }

    /// Signing in.
    pub fn sign_in(&self) -> &'static SignInWords {
        &super::signin::EN
    }

    /// The browser's own model.
    pub fn built_in(&self) -> &'static BuiltInWords {
        &super::built_in::EN
    }

    /// Money, line by line.
    pub fn sum(&self) -> &'static SumWords {
        &super::cost::SUM
    }

    /// Money, in short.
    pub fn cost(&self) -> &'static CostWords {
        &super::cost::EN
    }

    /// Files that go along with a prompt.
    pub fn files(&self) -> &'static Files {
        &super::files::EN
    }

    /// What is kept on this device.
    pub fn history(&self) -> &'static HistoryWords {
        &super::history::EN
    }

    /// Answers that follow a schema.
    pub fn structured(&self) -> &'static Structured {
        &super::files::STRUCTURED
    }

    /// What was sent.
    pub fn sent(&self) -> &'static Sent {
        &super::en::SENT
    }

    /// Settings.
    pub fn settings(&self) -> &'static Settings {
        &super::en::SETTINGS
    }

    /// The sheet of shortcuts.
    pub fn shortcuts(&self) -> &'static Shortcuts {
        &super::en::SHORTCUTS
    }

    /// The model picker.
    pub fn picker(&self) -> &'static Picker {
        &super::en::PICKER
    }

    /// Models that run in this page.
    pub fn device(&self) -> &'static Device {
        &super::en::DEVICE
    }

    /// The scoreboard.
    pub fn score(&self) -> &'static Score {
        &super::en::SCORE
    }

    /// Parameters.
    pub fn params(&self) -> &'static Params {
        &super::en::PARAMS
    }

    /// Buttons and lines of a failure.
    pub fn failure(&self) -> &'static FailureWords {
        &super::en::FAILURE_WORDS
    }
}
