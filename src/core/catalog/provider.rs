//! The shape of a provider row.

use super::{
    Accepts, ApiRow, KeyPrefix, ListRow, Quirks, Version,
    about::About,
    capability::{self, Capabilities},
    rule::{Family, ModelRule, SystemPlace},
    site::Site,
};
use crate::core::{
    domain::{Api, ModelId, Origin, ProviderId},
    strict::{self, row, word},
    wire::http::AuthSlot,
};
use serde_json::Value;

row! {
    /// One provider.
    pub struct Provider {
        /// Stable id, as in links and recipes.
        pub id: ProviderId,
        /// The provider's name.
        pub name: String,
        /// Other words that people search it by.
        pub aliases: Vec<String> = Vec::new(),
        /// Where it stands when providers are offered.
        pub group: Group = Group::default(),
        /// What carries its requests.
        pub transport: Transport = Transport::default(),
        /// Base URL; `None` where only the person can know it.
        pub default_base: Option<String> = None,
        /// Query parameters of a base URL that are part of the address, such as
        /// Azure's `api-version`. All others are dropped.
        pub keep_query: Vec<String> = Vec::new(),
        /// Those of them that are sent as headers of the same name and stand in no
        /// URL that is called, such as Anthropic's workspace.
        pub query_headers: Vec<String> = Vec::new(),
        /// The fields of its base URL, as they were read; see [`Self::site`].
        pub(super) site_json ("site"): Option<Value> = None,
        /// What is known of the route; see [`Self::about`].
        pub(super) about_json ("about"): Option<Value> = None,
        /// The version segment of its URLs, where it has one.
        pub version: Option<Version> = None,
        /// Its APIs; the first is the default.
        pub apis: Vec<ApiRow>,
        /// Further paths that people paste along with a base URL.
        pub also_pasted: Vec<String> = Vec::new(),
        /// How it takes the key; only rows that are called over HTTP have it.
        pub auth: AuthSlot = AuthSlot::default(),
        /// Whether the person may say which header takes the key: the server
        /// decides it, or what is known of it disagrees.
        pub key_header_open: bool = false,
        /// What its keys look like.
        pub key: KeyRow = KeyRow::default(),
        /// Headers it needs, besides the key's and the body's type. Anything its
        /// preflight does not allow makes every request fail.
        pub headers: Vec<FixedHeader> = Vec::new(),
        /// Where it lists its models.
        pub list: Option<ListRow> = None,
        /// Statuses whose replies a page cannot read.
        pub hides_status: Vec<u16> = Vec::new(),
        /// Largest request body, where documented.
        pub max_body_bytes: Option<u64> = None,
        /// Which files it takes beside text; `None` where that is not known.
        pub accepts: Option<Accepts> = None,
        /// The service tiers it knows, where [`Param::ServiceTier`] is among an
        /// API's parameters.
        pub service_tiers: Vec<String> = Vec::new(),
        /// Where it departs from the dialect.
        pub quirks: Quirks = Quirks::default(),
        /// Rows whose rules and families count behind its own; taken over when the
        /// catalogue is complete.
        pub(super) borrows: Vec<Borrowed> = Vec::new(),
        /// Groups of its models; the first match counts.
        pub families: Vec<Family> = Vec::new(),
        /// What is known about its models; the first match counts.
        pub model_rules: Vec<ModelRule> = Vec::new(),
        /// The model a new pane starts with.
        pub default_model: Option<ModelId> = None,
        /// Models to offer until the provider's own list is there.
        pub models: Vec<SeededModel> = Vec::new(),
    }
}

word! {
    /// What carries a provider's requests and replies.
    ///
    /// Whatever carries them, they are the same requests and the same streams: an
    /// in-page model speaks a known dialect too, see docs/adr/0012.
    #[derive(Default)]
    pub enum Transport {
        /// The browser's `fetch`.
        #[default]
        Http = "http",
        /// Prepared text at set speeds; nothing is computed and nothing leaves.
        Simulated = "simulated",
        /// A model that runs in this page.
        OnDevice = "on_device",
        /// The model that the browser itself has.
        BuiltIn = "built_in",
    }
}

impl Transport {
    /// Whether nothing leaves the page: there is no key, no base URL, nobody
    /// to ask for consent and no connection to make.
    pub fn is_in_page(self) -> bool {
        self != Self::Http
    }

    /// Whether there is one model at a time, which is loaded before it runs.
    pub fn is_loaded(self) -> bool {
        matches!(self, Self::OnDevice | Self::BuiltIn)
    }

    /// What stands before `://` in the origin of an in-page row; the queue
    /// tells them apart by it.
    pub fn scheme(self) -> Option<&'static str> {
        match self {
            Self::Http => None,
            Self::Simulated => Some("simulated"),
            Self::OnDevice => Some("on-device"),
            Self::BuiltIn => Some("built-in"),
        }
    }
}

word! {
    /// Kinds of routes, in the order in which they are offered.
    #[derive(Default, PartialOrd, Ord, Hash)]
    pub enum Group {
        /// Who made the models runs them.
        FirstParty = "first_party",
        /// A cloud that runs models of several makers under one account.
        Cloud = "cloud",
        /// One key, and requests are passed on to others.
        Gateway = "gateway",
        /// A host of models whose weights are open.
        OpenWeights = "open_weights",
        /// A server of one's own.
        Local = "local",
        /// In this page, and whatever else.
        #[default]
        Other = "other",
    }
}

impl Group {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::FirstParty,
        Self::Cloud,
        Self::Gateway,
        Self::OpenWeights,
        Self::Local,
        Self::Other,
    ];
}

row! {
    /// Rules that a row has from another one, as it offers that one's models under
    /// other ids.
    #[derive(PartialEq, Eq)]
    pub struct Borrowed {
        /// The other row.
        pub row: ProviderId,
        /// What stands before its patterns here, e.g. `*anthropic.`.
        pub before: String = String::new(),
    }
}

row! {
    /// What is known about a provider's keys.
    #[derive(Default, PartialEq, Eq)]
    pub struct KeyRow {
        /// Whether requests without one are pointless.
        pub required: bool,
        /// How one begins, to be shown in the empty field.
        pub example: Option<String> = None,
        /// The page where one gets a key.
        pub page: Option<String> = None,
        /// How its keys begin; empty where any key may be right.
        pub prefixes: Vec<String> = Vec::new(),
        /// How other providers' keys begin; filled in when the catalogue is read.
        pub wrong_prefixes (): Vec<KeyPrefix> = Vec::new(),
    }
}

row! {
    /// A header that every request carries.
    #[derive(PartialEq, Eq)]
    pub struct FixedHeader {
        /// Name in lower case.
        pub name: String,
        /// Value.
        pub value: String,
    }
}

row! {
    /// A model known before the provider's list is there.
    #[derive(PartialEq, Eq)]
    pub struct SeededModel {
        /// Its id.
        pub id: ModelId,
        /// Its name.
        pub name: String,
    }
}

impl Provider {
    /// The fields of its base URL; `None` where it has none.
    pub fn site(&self) -> Option<Site> {
        // The tests of the catalogue read it for every row.
        strict::from_value(self.site_json.clone()?).ok()
    }

    /// What is known of the route; `None` until the later part of the program
    /// is there.
    pub fn about(&self) -> Option<About> {
        strict::from_value(self.about_json.clone()?).ok()
    }

    /// How this API takes the key.
    pub fn auth_of(&self, api: Option<Api>) -> &AuthSlot {
        let own = self.api(api).and_then(|row| row.auth.as_ref());
        own.unwrap_or(&self.auth)
    }

    /// The row of that API, or of the default one.
    pub fn api(&self, api: Option<Api>) -> Option<&ApiRow> {
        match api {
            None => self.apis.first(),
            Some(api) => self.apis.iter().find(|row| row.api == api),
        }
    }

    /// The origin of a row that is answered in this page, e.g.
    /// `simulated://demo`. It names a queue and the place in what is shown as
    /// sent; nothing can be fetched from it.
    pub fn in_page_origin(&self) -> Option<Origin> {
        let scheme = self.transport.scheme()?;
        Some(Origin::new(format!("{scheme}://{}", self.id)))
    }

    /// Whether a key may be entered for it.
    pub fn takes_key(&self) -> bool {
        !self.transport.is_in_page()
    }

    /// The rule that speaks of this model.
    pub fn rule(&self, model: &ModelId) -> Option<&ModelRule> {
        let id = bare(model);
        self.model_rules.iter().find(|rule| rule.matches(id))
    }

    /// The group the model belongs to, by its id.
    pub fn family(&self, model: &ModelId) -> Option<&str> {
        let id = bare(model);
        let family = self.families.iter().find(|family| family.matches(id));
        family.map(|family| family.name.as_str())
    }

    /// What the model takes over the provider's default API.
    pub fn capabilities(&self, model: &ModelId) -> Capabilities<'_> {
        self.capabilities_over(None, model)
    }

    /// What the model takes over this API.
    pub fn capabilities_over(&self, api: Option<Api>, model: &ModelId) -> Capabilities<'_> {
        capability::of(self, self.api(api), self.rule(model))
    }

    /// Where the model's system prompt goes.
    pub(crate) fn system_place(&self, model: &ModelId) -> SystemPlace {
        let rule = self.rule(model);
        rule.and_then(|rule| rule.system).unwrap_or_default()
    }
}

/// The id without the `models/` that Gemini's list puts before it.
fn bare(model: &ModelId) -> &str {
    let id = model.as_str();
    id.strip_prefix("models/").unwrap_or(id)
}
