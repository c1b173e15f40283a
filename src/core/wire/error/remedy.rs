//! Refusals that have a remedy of their own.

use crate::core::{
    catalog::{
        Provider,
        identity::{Likeness, recognise},
    },
    domain::{Failure, FailureKind, ModelId, Origin},
};

/// What can be done about a refusal that is known by the provider's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// The organisation behind the key forbids pages (Anthropic). No key of it
    /// and no model of it helps.
    AnotherOrganisation,
    /// The model runs by an inference profile only (Bedrock): its id lacks the
    /// prefix that says where.
    Prefix,
}

impl Remedy {
    /// The remedy of a failure; `None` where its kind says all there is.
    pub fn of(failure: &Failure) -> Option<Self> {
        let words = failure.detail.as_deref()?.to_ascii_lowercase();
        match failure.kind {
            FailureKind::Permission if words.contains("cors requests are not allowed") => {
                Some(Self::AnotherOrganisation)
            }
            FailureKind::BadRequest if words.contains("on-demand throughput") => Some(Self::Prefix),
            _ => None,
        }
    }
}

/// The id with a prefix: the one that runs anywhere, if the row lists it, for it
/// costs least; else that of the region's continent. `None` where the id has a
/// prefix, or none is known for sure.
pub fn with_prefix(row: &Provider, model: &ModelId, origin: &Origin) -> Option<ModelId> {
    let wanted = recognise(model.as_str());
    if wanted.reach.is_some() || model.as_str().starts_with("arn:") {
        return None;
    }
    let listed = row.models.iter().find(|offered| {
        let says = recognise(offered.id.as_str());
        says.reach.as_deref() == Some("global") && wanted.likeness(&says) == Some(Likeness::Same)
    });
    if let Some(offered) = listed {
        return Some(offered.id.clone());
    }
    let region = origin.as_str().split('.').nth(1)?;
    let reach = ["us-gov", "us", "eu"]
        .into_iter()
        .find(|reach| region.starts_with(&format!("{reach}-")))?;
    Some(ModelId::new(format!("{reach}.{model}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{catalog::Catalog, domain::ProviderId, wire::Dialect};
    use serde_json::json;

    fn failure(dialect: Dialect, status: u16, kind: &str, words: &str) -> Failure {
        let body = json!({"error": {"type": kind, "message": words}, "message": words});
        super::super::classify(dialect, status, &[], body.to_string().as_bytes())
    }

    #[test]
    fn an_organisation_that_forbids_pages_is_told_from_a_key_that_may_not() {
        let refused = |words: &str| {
            let failure = failure(Dialect::Anthropic, 401, "authentication_error", words);
            (failure.kind.as_str(), Remedy::of(&failure))
        };
        for because in ["settings", "custom data retention settings"] {
            let words = format!(
                "CORS requests are not allowed for this Organization because of its {because}"
            );
            let wanted = ("permission", Some(Remedy::AnotherOrganisation));
            assert_eq!(refused(&words), wanted);
        }
        assert_eq!(refused("invalid x-api-key"), ("auth", None));
    }

    #[test]
    fn a_model_that_lacks_its_prefix_is_told_from_other_bad_requests() {
        let refused = |words: &str| Remedy::of(&failure(Dialect::BedrockConverse, 400, "x", words));
        let words = "Invocation of model ID anthropic.claude-opus-5-5 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.";
        assert_eq!(refused(words), Some(Remedy::Prefix));
        assert_eq!(refused("max_tokens is too large"), None);
    }

    #[test]
    fn the_prefix_is_the_cheapest_that_is_known_to_be_there() {
        let row = Catalog::builtin()
            .provider(&ProviderId::new("bedrock"))
            .unwrap();
        let with = |model: &str, region: &str| {
            let origin = Origin::new(format!("https://bedrock-runtime.{region}.amazonaws.com"));
            with_prefix(row, &ModelId::new(model), &origin).map(|id| id.as_str().to_owned())
        };
        for (model, region, wanted) in [
            (
                "anthropic.claude-opus-5-5",
                "us-east-1",
                Some("global.anthropic.claude-opus-5-5"),
            ),
            (
                "anthropic.claude-opus-5-5-v1:0",
                "eu-west-1",
                Some("global.anthropic.claude-opus-5-5"),
            ),
            ("deepseek.r1-v1:0", "us-west-2", Some("us.deepseek.r1-v1:0")),
            (
                "deepseek.r1-v1:0",
                "us-gov-west-1",
                Some("us-gov.deepseek.r1-v1:0"),
            ),
            ("deepseek.r1-v1:0", "ap-south-1", None),
            ("us.anthropic.claude-opus-5-5", "us-east-1", None),
            (
                "arn:aws:bedrock:us-east-1:1:application-inference-profile/x",
                "us-east-1",
                None,
            ),
        ] {
            assert_eq!(with(model, region).as_deref(), wanted, "{model} {region}");
        }
    }
}
