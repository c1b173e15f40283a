//! How to get at the words that come with a later part of the page.

use super::{
    actions::ActionWords,
    built_in::BuiltInWords,
    connection::ConnectionWords,
    cost::{CostWords, SumWords},
    credentials::CredentialWords,
    dialogs::{Device, Params, Picker, Score, Sent, Settings, Shortcuts},
    drift::DriftWords,
    exports::ExportWords,
    files::{Files, Structured},
    history::HistoryWords,
    imports::ImportWords,
    incoming::IncomingWords,
    lending::LendingWords,
    local::LocalWords,
    present::PresentWords,
    prompts::PromptListWords,
    reading::ReadingWords,
    recipe::RecipeWords,
    replay::{GalleryWords, ReplayWords},
    request::RequestWords,
    routes::RouteWords,
    screen::{FailureWords, Words},
    share::ShareWords,
    signin::SignInWords,
};

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
        &super::dialogs::SENT
    }

    /// Settings.
    pub fn settings(&self) -> &'static Settings {
        &super::dialogs::SETTINGS
    }

    /// The sheet of shortcuts.
    pub fn shortcuts(&self) -> &'static Shortcuts {
        &super::dialogs::SHORTCUTS
    }

    /// The model picker.
    pub fn picker(&self) -> &'static Picker {
        &super::dialogs::PICKER
    }

    /// Models that run in this page.
    pub fn device(&self) -> &'static Device {
        &super::dialogs::DEVICE
    }

    /// The scoreboard.
    pub fn score(&self) -> &'static Score {
        &super::dialogs::SCORE
    }

    /// Parameters.
    pub fn params(&self) -> &'static Params {
        &super::dialogs::PARAMS
    }

    /// Buttons and lines of a failure.
    pub fn failure(&self) -> &'static FailureWords {
        &super::en::FAILURE_WORDS
    }
}
