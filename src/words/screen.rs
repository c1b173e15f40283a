//! The shape of the words: one group for each part of the screen.

use super::metrics::MetricWords;

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
        private_host: fn(&[usize], &str) -> String,
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
