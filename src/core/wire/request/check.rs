//! What is refused before anything is sent.

use super::Ask;
use crate::core::{
    attach::{Fit, Unfit, fit, fit_all},
    catalog::{Param, Range},
    domain::Role,
};

/// Why a request is not sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// Nothing was asked: there is no message of the person with words in it.
    EmptyPrompt,
    /// No model is named.
    ModelMissing,
    /// The endpoint was made from another provider's row.
    ForeignEndpoint,
    /// A limit of no tokens at all: which setting.
    NoTokens(Param),
    /// A number outside of what every model of the provider takes.
    OutOfRange {
        /// Which setting.
        param: Param,
        /// What it was set to.
        value: f64,
        /// What it may be.
        range: Range,
    },
    /// Infinite, or not a number.
    NotANumber {
        /// Which setting.
        param: Param,
    },
    /// A JSON Schema is an object.
    SchemaNotObject,
    /// A file that this model does not get on this route.
    Attachment {
        /// The attachment.
        id: u32,
        /// What it is called.
        name: String,
        /// Why.
        because: Unfit,
    },
    /// More than the provider accepts.
    TooLarge {
        /// Size of the body.
        bytes: u64,
        /// Most that is accepted.
        limit: u64,
    },
}

impl Refusal {
    /// The field to mend, in the terms of the recipe document.
    pub fn field(&self) -> &'static str {
        match self {
            Self::EmptyPrompt | Self::TooLarge { .. } | Self::Attachment { .. } => "messages",
            Self::ModelMissing => "model",
            Self::ForeignEndpoint => "provider",
            Self::OutOfRange { param, .. } | Self::NotANumber { param } | Self::NoTokens(param) => {
                param.as_str()
            }
            Self::SchemaNotObject => Param::ResponseSchema.as_str(),
        }
    }
}

/// All reasons at once, so that the person mends them in one go.
pub(super) fn check(ask: &Ask<'_>) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    // What was asked before does not make an empty question one.
    let asked = ask
        .messages
        .iter()
        .rfind(|message| message.role == Role::User)
        .is_some_and(|message| !message.is_blank());
    if !asked {
        refusals.push(Refusal::EmptyPrompt);
    }
    if ask.model.as_str().trim().is_empty() {
        refusals.push(Refusal::ModelMissing);
    }
    if ask.endpoint.provider != ask.provider.id {
        refusals.push(Refusal::ForeignEndpoint);
    }
    if ask.params.max_output_tokens == Some(0) {
        refusals.push(Refusal::NoTokens(Param::MaxOutputTokens));
    }
    if ask.params.context_window == Some(0) {
        refusals.push(Refusal::NoTokens(Param::ContextWindow));
    }
    let temperatures = ask.provider.quirks.temperature;
    let shares = Some(Range { min: 0.0, max: 1.0 });
    refusals.extend(check_number(
        Param::Temperature,
        ask.params.temperature,
        temperatures,
    ));
    refusals.extend(check_number(Param::TopP, ask.params.top_p, shares));
    let mut schemas = ask.params.response_schema.iter();
    if !schemas.all(serde_json::Value::is_object) {
        refusals.push(Refusal::SchemaNotObject);
    }
    refusals.extend(check_attachments(ask));
    refusals
}

/// Files are never left out in silence: a model that does not take one is not
/// asked.
fn check_attachments(ask: &Ask<'_>) -> Vec<Refusal> {
    let dialect = ask.endpoint.dialect;
    let mut refusals = Vec::new();
    let mut attachments = Vec::new();
    for message in ask.messages {
        attachments.extend(&message.attachments);
    }
    for attachment in &attachments {
        let because = match fit(attachment, ask.provider, dialect, ask.known_model()) {
            Fit::AsIs => continue,
            Fit::Changed(_) => Unfit::NotReady,
            Fit::No(because) => because,
        };
        refusals.push(Refusal::Attachment {
            id: attachment.id,
            name: attachment.title().to_owned(),
            because,
        });
    }
    if let Some(because) = fit_all(attachments.into_iter(), ask.provider, dialect) {
        refusals.push(Refusal::Attachment {
            id: 0,
            name: String::new(),
            because,
        });
    }
    refusals
}

fn check_number(param: Param, value: Option<f64>, range: Option<Range>) -> Option<Refusal> {
    let value = value?;
    if !value.is_finite() {
        return Some(Refusal::NotANumber { param });
    }
    let range = range.filter(|range| !range.contains(value))?;
    Some(Refusal::OutOfRange {
        param,
        value,
        range,
    })
}
