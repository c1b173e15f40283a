//! What providers offer to limit what a key can spend.
//!
//! Facts as of November 2026, each with the page that says so. What is not known
//! is told as not known: no key of any provider is safe to hand out without a
//! limit.

use crate::core::domain::ProviderId;

/// To what a spending limit applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// To the single key.
    Key,
    /// To a virtual key of a gateway that the host runs.
    VirtualKey,
    /// To a project, with every key of it; the check lags a little.
    Project,
    /// To a workspace, with every key of it.
    Workspace,
    /// To a cloud project, as a budget that stops.
    CloudProject,
    /// To the whole organisation only, and some minutes late.
    Organisation,
    /// Nobody charges: a server of one's own.
    OwnServer,
    /// Not known here.
    Unknown,
}

/// The kind of limit that a provider has, and the page about it.
pub fn cap_of(provider: &ProviderId) -> (Cap, Option<&'static str>) {
    match provider.as_str() {
        "openrouter" => (
            Cap::Key,
            Some("https://openrouter.ai/docs/api_reference/limits"),
        ),
        "litellm" => (
            Cap::VirtualKey,
            Some("https://docs.litellm.ai/docs/proxy/virtual_keys"),
        ),
        "openai" => (
            Cap::Project,
            Some("https://developers.openai.com/api/docs/guides/spend-limits"),
        ),
        "anthropic" => (
            Cap::Workspace,
            Some("https://platform.claude.com/docs/en/manage-claude/workspaces"),
        ),
        "mistral" => (
            Cap::Workspace,
            Some("https://docs.mistral.ai/admin/workspaces/usage-limits"),
        ),
        "gemini" | "vertex" | "vertex-express" | "vertex-claude" => (
            Cap::CloudProject,
            Some("https://docs.cloud.google.com/billing/docs/how-to/budgets-spend-caps"),
        ),
        "groq" => (
            Cap::Organisation,
            Some("https://console.groq.com/docs/spend-limits"),
        ),
        "ollama" | "llama-cpp" | "lm-studio" | "vllm" => (Cap::OwnServer, None),
        _ => (Cap::Unknown, None),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cap, cap_of};
    use crate::core::catalog::Catalog;

    #[test]
    fn whoever_has_a_limit_is_a_row_of_the_catalogue() {
        Catalog::complete();
        let known = [
            "openrouter",
            "litellm",
            "openai",
            "anthropic",
            "mistral",
            "gemini",
            "vertex",
            "vertex-express",
            "vertex-claude",
            "groq",
            "ollama",
            "llama-cpp",
            "lm-studio",
            "vllm",
        ];
        for id in known {
            assert!(Catalog::builtin().provider(&id.into()).is_some(), "{id}");
            assert_ne!(cap_of(&id.into()).0, Cap::Unknown, "{id}");
        }
        assert_eq!(cap_of(&"deepseek".into()), (Cap::Unknown, None));
    }
}
