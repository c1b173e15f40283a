//! Who made which models, and the names they go by in ids.

/// A maker of models.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Maker {
    /// Stable id.
    pub id: &'static str,
    /// Its name, for people.
    pub name: &'static str,
    /// What else stands for it before `/` or `.` in ids.
    spellings: &'static [&'static str],
    /// How the names of its models begin; each ends where a word ends.
    models: &'static [&'static str],
}

/// A row of the table, short enough to be read as one.
const fn of(
    id: &'static str,
    name: &'static str,
    spellings: &'static [&'static str],
    models: &'static [&'static str],
) -> Maker {
    Maker {
        id,
        name,
        spellings,
        models,
    }
}

/// Makers whose models are sold over several routes.
static MAKERS: &[Maker] = &[
    of(
        "openai",
        "OpenAI",
        &[],
        &["gpt", "chatgpt", "o1", "o3", "o4", "codex"],
    ),
    of("anthropic", "Anthropic", &["claude"], &["claude"]),
    of(
        "google",
        "Google",
        &["gemini", "gemma"],
        &["gemini", "gemma"],
    ),
    of(
        "meta",
        "Meta",
        &["meta-llama", "meta-models"],
        &["llama", "muse"],
    ),
    of(
        "mistral",
        "Mistral AI",
        &["mistralai"],
        &[
            "mistral",
            "mixtral",
            "ministral",
            "magistral",
            "codestral",
            "devstral",
            "pixtral",
            "open-mistral",
            "open-mixtral",
            "labs-devstral",
        ],
    ),
    of("deepseek", "DeepSeek", &["deepseek-ai"], &["deepseek"]),
    of("xai", "xAI", &["x-ai", "spacexai"], &["grok"]),
    of(
        "qwen",
        "Alibaba Qwen",
        &["alibaba"],
        &["qwen", "qwq", "qvq"],
    ),
    of("moonshotai", "Moonshot AI", &["moonshot"], &["kimi"]),
    of(
        "zai",
        "Z.ai",
        &["z-ai", "zai-org", "thudm"],
        &["glm", "autoglm"],
    ),
    of("minimax", "MiniMax", &["minimaxai"], &["minimax"]),
    of(
        "cohere",
        "Cohere",
        &["coherelabs", "cohereforai"],
        &["command", "c4ai"],
    ),
    of("amazon", "Amazon", &[], &["nova", "titan"]),
    of("nvidia", "NVIDIA", &[], &["nemotron"]),
    of("microsoft", "Microsoft", &[], &["phi", "mai"]),
    of("ai21", "AI21", &["ai21labs"], &["jamba"]),
    of("writer", "Writer", &[], &["palmyra"]),
    of("perplexity", "Perplexity", &[], &["sonar"]),
    of("baidu", "Baidu", &[], &["ernie"]),
    of("xiaomi", "Xiaomi", &["xiaomimimo"], &["mimo"]),
    of("inclusionai", "inclusionAI", &[], &["ling", "ring"]),
    of(
        "huggingface",
        "Hugging Face",
        &["huggingfacetb"],
        &["smollm", "smollm2", "smollm3"],
    ),
];

/// What stands before a slash and says how one gets there, not who made it.
const ROUTES: [&str; 21] = [
    "azure",
    "azure_ai",
    "bedrock",
    "bedrock_mantle",
    "cerebras",
    "cohere_chat",
    "converse",
    "fireworks",
    "fireworks_ai",
    "groq",
    "hosted_vllm",
    "huggingface",
    "invoke",
    "lm_studio",
    "ollama",
    "ollama_chat",
    "openrouter",
    "perplexity",
    "together",
    "together_ai",
    "vertex_ai",
];

/// The maker of that id.
pub fn maker(id: &str) -> Option<&'static Maker> {
    MAKERS.iter().find(|maker| maker.id == id)
}

/// What makers and the families of their models are called, in any order.
pub fn spoken_names() -> impl Iterator<Item = &'static str> {
    MAKERS.iter().flat_map(|maker| {
        let families = maker.models.iter().copied();
        std::iter::once(maker.name).chain(families)
    })
}

/// The maker of a model by its name alone.
pub(super) fn by_name(name: &str) -> Option<&'static Maker> {
    let begins = |start: &&str| {
        let rest = name.strip_prefix(*start);
        // `o1` is not the beginning of `o1x`, but `qwen` is that of `qwen3.8`.
        rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_lowercase()))
    };
    MAKERS.iter().find(|maker| maker.models.iter().any(begins))
}

/// One spelling for all that an organisation goes by.
pub(super) fn canonical(prefix: &str) -> &str {
    let goes_by = |maker: &&Maker| maker.id == prefix || maker.spellings.contains(&prefix);
    MAKERS.iter().find(goes_by).map_or(prefix, |maker| maker.id)
}

/// Whether a prefix is a maker's.
pub(super) fn is_known(prefix: &str) -> bool {
    maker(canonical(prefix)).is_some()
}

/// Whether a prefix says how one gets to a model.
pub(super) fn is_route(prefix: &str) -> bool {
    ROUTES.contains(&prefix)
}
