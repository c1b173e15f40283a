"""Which providers get a price list, and where each is found in the catalogues."""

# id; name; id in genai-prices; catalogue rows of ours; hosts; prefixes of the makers whose
# models have one price only (none for who gives weights away); lists that a list falls
# back on; page with the prices; prefixes of litellm's keys; id in model-prices.
LISTS = [
    ("openai", "OpenAI", "openai", ["openai"], ["api.openai.com"], ["openai"], [],
     "https://developers.openai.com/api/docs/pricing", ["", "openai/"], "openai"),
    ("anthropic", "Anthropic", "anthropic", ["anthropic", "claude-aws"],
     ["api.anthropic.com", "aws-external-anthropic.*.api.aws"], ["anthropic"], [],
     "https://platform.claude.com/docs/en/about-claude/pricing", ["", "anthropic/"], "anthropic"),
    ("google", "Google Gemini", "google", ["gemini"],
     ["generativelanguage.googleapis.com"], ["google"], [],
     "https://ai.google.dev/gemini-api/docs/pricing", ["gemini/"], "google"),
    ("vertex", "Google Vertex AI", None, ["vertex", "vertex-express", "vertex-claude"],
     ["*aiplatform.googleapis.com", "aiplatform.*.rep.googleapis.com"], [], ["google", "anthropic"],
     "https://cloud.google.com/vertex-ai/generative-ai/pricing", [], None),
    ("azure", "Azure", None, ["azure"],
     ["*.openai.azure.com", "*.services.ai.azure.com", "*.cognitiveservices.azure.com"], [], ["openai", "anthropic"],
     "https://azure.microsoft.com/pricing/details/ai-foundry-models/", [], None),
    ("bedrock", "Amazon Bedrock", "aws", ["bedrock", "bedrock-mantle"],
     ["bedrock-runtime.*.amazonaws.com", "bedrock-mantle.*.api.aws"], [], [],
     "https://aws.amazon.com/bedrock/pricing/", ["", "bedrock/"], "amazon-bedrock"),
    ("xai", "xAI", "x-ai", ["xai"], ["api.x.ai"], ["x-ai", "xai"], [],
     "https://docs.x.ai/developers/models", ["xai/"], "xai"),
    ("mistral", "Mistral", "mistral", ["mistral"], ["api.mistral.ai"], [], [],
     "https://mistral.ai/pricing/api", ["mistral/"], "mistral"),
    ("deepseek", "DeepSeek", "deepseek", ["deepseek"], ["api.deepseek.com"], [], [],
     "https://api-docs.deepseek.com/quick_start/pricing", ["deepseek/", ""], "deepseek"),
    ("cohere", "Cohere", "cohere", ["cohere"], ["api.cohere.com", "api.cohere.ai"], [], [],
     "https://cohere.com/pricing", [""], "cohere"),
    ("groq", "Groq", "groq", ["groq"], ["api.groq.com"], [], [],
     "https://groq.com/pricing", ["groq/"], None),
    ("cerebras", "Cerebras", "cerebras", ["cerebras"], ["api.cerebras.ai"], [], [],
     "https://www.cerebras.ai/pricing", ["cerebras/"], None),
    ("together", "Together", "together", ["together"], ["api.together.xyz", "api.together.ai"], [], [],
     "https://www.together.ai/pricing", ["together_ai/"], None),
    ("fireworks", "Fireworks", "fireworks", ["fireworks"], ["api.fireworks.ai"], [], [],
     "https://fireworks.ai/pricing", ["fireworks_ai/"], None),
    ("perplexity", "Perplexity", "perplexity", ["perplexity"], ["api.perplexity.ai"], [], [],
     "https://docs.perplexity.ai/docs/getting-started/pricing", ["perplexity/"], "perplexity"),
    ("openrouter", "OpenRouter", "openrouter", ["openrouter"], ["openrouter.ai"], [], [],
     "https://openrouter.ai/models", ["openrouter/"], None),
    ("huggingface", "Hugging Face", None, ["huggingface"], ["router.huggingface.co"], [], [],
     "https://huggingface.co/docs/inference-providers/pricing", [], None),
]

# Ids that are no chat models: a rule for text must not price them by a likeness of names.
SKIP = [
    "*-tts*", "*audio*", "*realtime*", "*-live*", "gemini-live*", "*-image*", "image-*", "*embed*", "*moderation*",
    "*transcribe*", "*whisper*", "*-ocr*", "*voxtral*", "*-guard*", "*dall-e*", "*sora*", "*veo-*", "*lyria*",
    "*robotics*", "*-omni-*", "*nano-banana*", "*computer-use*", "*deep-research*", "*-voice*", "*-sonic*", "*decider*",
    "*rerank*", "*safeguard*", "*:batch", "*:free",
]

# What OpenRouter sells is in its own list of models, with prices, and it reports every
# cost; these are for the worst case before a run.
OPENROUTER = (
    r"anthropic/claude-(fable|opus|sonnet|haiku)-[45](\.\d)?|openai/(gpt-6(\.1)?-\w+|gpt-5\.[456](-\w+)?|gpt-4\.1(-\w+)?|gpt-oss-\d+b)"
    r"|google/gemini-(4|3\.\d)[\w.-]*|x-ai/grok-4\.[567]|deepseek/deepseek-(v4[\w.-]*|flash)|mistralai/mistral-(large|medium|small)[\w.-]*"
    r"|moonshotai/kimi-k3[\w.-]*|z-ai/glm-5[\w.-]*|qwen/qwen3\.8[\w.-]*|meta-llama/llama-(3\.3|4)[\w.-]*"
)
# The providers behind Hugging Face's router that have lists in genai-prices.
HUGGINGFACE = {"cerebras": "cerebras", "fireworks-ai": "fireworks-ai", "groq": "groq", "novita": "novita", "together": "together"}
# How litellm calls the provider of each list: a key without a prefix may be another's row.
LITELLM_PROVIDER = {
    "openai": "openai", "anthropic": "anthropic", "google": "gemini", "bedrock": "bedrock", "xai": "xai", "mistral": "mistral",
    "deepseek": "deepseek", "cohere": "cohere", "groq": "groq", "cerebras": "cerebras", "together": "together_ai",
    "fireworks": "fireworks_ai", "perplexity": "perplexity", "openrouter": "openrouter",
}

# What hosts of single places charge more, as a fraction of the price: Google's notes on
# Claude, and litellm's for Gemini (`regional_endpoint_uplift_multiplier`).
PREMIUMS = {
    "vertex": [
        {
            "hosts": ["*-aiplatform.googleapis.com", "aiplatform.*.rep.googleapis.com"],
            "models": [
                "claude-*-4-5*", "claude-*-4-6*", "claude-*-4-7*", "claude-*-4-8*", "claude-fable-5*", "claude-mythos-5*", "claude-opus-5*", "claude-sonnet-5*", "claude-haiku-5*",
                "gemini-3.1-flash-lite*", "gemini-3.5*", "gemini-3.6*", "gemini-3.7*", "gemini-3.8*", "gemini-4*",
            ],
            "times": [11, 10],
        }
    ],
    # GovCloud, for ids without a prefix, which are priced as in any one region.
    "bedrock": [
        {
            "hosts": ["bedrock-*.us-gov-*"],
            "models": [f"regional.anthropic.claude-{name}" for name in (
                "*-4-5*", "*-4-6*", "*-4-7*", "*-4-8*", "fable-5*", "mythos-5*", "opus-5*", "sonnet-5*", "haiku-5*",
            )],
            "times": [12, 11],
        }
    ],
}
# Rows whose price the sources do not agree on, by id asked for and host: an id without a
# prefix at Bedrock's runtime is in one catalogue at the global price, and one of GovCloud
# in one at that of other regions.
CONTESTED = {
    "bedrock": [
        {"hosts": ["bedrock-runtime.*.amazonaws.com"], "ids": ["anthropic.*", "openai.gpt-5*", "openai.gpt-6*", "us-gov.anthropic.*"]},
    ],
}
