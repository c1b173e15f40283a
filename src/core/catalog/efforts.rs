//! The words for reasoning effort that are worth offering.

use super::{Param, Provider};
use crate::core::{
    domain::{Api, ModelId},
    wire::Dialect,
};

/// Every word that a provider has for effort, the lowest first. `on` is for
/// models that think or do not, `default` for those that choose by themselves.
const ORDER: [&str; 9] = [
    "none", "minimal", "default", "on", "low", "medium", "high", "xhigh", "max",
];

/// The efforts to offer for a model over an API, the lowest first: its own where
/// they are known, else what its server's list said of it (`listed`), else all
/// that the API has. None where the model takes no effort.
pub fn effort_words(
    row: &Provider,
    api: Option<Api>,
    model: &ModelId,
    listed: &[String],
) -> Vec<String> {
    let capabilities = row.capabilities_over(api, model);
    if !capabilities.support(Param::ReasoningEffort).is_supported() {
        return Vec::new();
    }
    let own = capabilities.reasoning_efforts;
    if !own.is_empty() {
        return own.into_iter().map(str::to_owned).collect();
    }
    if !listed.is_empty() {
        return in_order(listed.iter().cloned());
    }
    let general = row.api(api).map_or(&[][..], |api| general(api.dialect));
    general.iter().map(|word| (*word).to_owned()).collect()
}

/// The same words once each, the lowest first; what is not known comes last.
pub fn in_order(words: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for word in words {
        if !once.contains(&word) {
            once.push(word);
        }
    }
    let place = |word: &String| {
        let at = ORDER.iter().position(|known| known == word);
        at.unwrap_or(ORDER.len())
    };
    once.sort_by_key(place);
    once
}

/// What the models of a dialect take among them.
fn general(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::OpenaiChat | Dialect::OpenaiResponses => {
            &["none", "minimal", "low", "medium", "high", "xhigh", "max"]
        }
        Dialect::Anthropic => &["none", "low", "medium", "high", "xhigh", "max"],
        Dialect::Gemini => &["minimal", "low", "medium", "high"],
        Dialect::OllamaChat => &["none", "on", "low", "medium", "high", "max"],
        Dialect::Cohere | Dialect::BedrockConverse => &["none", "low", "medium", "high"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::catalog::Catalog;

    fn words(row: &str, api: Option<Api>, model: &str, listed: &[&str]) -> Vec<String> {
        let row = Catalog::builtin().provider(&row.into()).unwrap();
        let listed: Vec<String> = listed.iter().map(ToString::to_string).collect();
        effort_words(row, api, &model.into(), &listed)
    }

    #[test]
    fn a_known_model_has_its_own_words() {
        assert_eq!(
            words("openai", None, "gpt-5-mini", &[]),
            ["minimal", "low", "medium", "high"]
        );
        assert_eq!(
            words("openai", None, "gpt-6-astra", &["none"]),
            ["low", "medium", "high", "xhigh", "max"],
            "our rule is more than a list"
        );
        assert_eq!(
            words("gemini", None, "gemini-3-pro-preview", &[]),
            ["low", "medium", "high"]
        );
    }

    #[test]
    fn a_model_without_a_rule_has_what_its_list_says_else_what_the_api_has() {
        let router = |listed: &[&str]| words("openrouter", None, "a/b", listed);
        assert_eq!(
            router(&["max", "none", "low", "none"]),
            ["none", "low", "max"]
        );
        assert_eq!(router(&[]).len(), 7);
        assert_eq!(
            words("ollama", None, "qwen3:8b", &[]),
            ["none", "on", "low", "medium", "high", "max"]
        );
    }

    #[test]
    fn a_model_that_takes_no_effort_has_no_words() {
        assert!(words("openai", None, "gpt-4.1", &["low"]).is_empty());
        assert!(words("llama-cpp", None, "any", &["low"]).is_empty());
        assert!(words("demo", None, "demo-fast", &[]).is_empty());
    }

    /// A word that the field offers must never be one that is then left out.
    #[test]
    fn every_word_that_is_offered_is_sent() {
        for row in &Catalog::builtin().providers {
            for api in &row.apis {
                for rule in &row.model_rules {
                    let id = rule.patterns[0].replace('*', "x");
                    let capabilities = row.capabilities_over(Some(api.api), &id.as_str().into());
                    let offered = effort_words(row, Some(api.api), &id.as_str().into(), &[]);
                    let known = &capabilities.reasoning_efforts;
                    assert!(
                        offered
                            .iter()
                            .all(|word| known.is_empty() || known.contains(&word.as_str())),
                        "{}: {id}: {offered:?}",
                        row.id
                    );
                    assert_eq!(offered, in_order(offered.clone()), "{}: {id}", row.id);
                }
            }
        }
    }
}
