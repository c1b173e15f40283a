//! Which files a provider takes beside text.

use super::{Provider, pattern};
use crate::core::{attach::ImageType, domain::ModelId, strict::row, wire::Dialect};
use std::borrow::Cow;

row! {
    /// Files that a provider takes; what is not given is not known, and then not
    /// checked.
    #[derive(Default, PartialEq, Eq)]
    pub struct Accepts {
        /// Whether formats and PDFs are those that the API's dialect has a place
        /// for, instead of those given here.
        pub usual: bool = false,
        /// Formats of images; none where it takes none.
        pub images: Vec<ImageType> = Vec::new(),
        /// Most bytes of one image, before base64.
        pub max_image_bytes: Option<u64> = None,
        /// Longest side of an image in pixels.
        pub max_side: Option<u32> = None,
        /// Most pixels of one image.
        pub max_pixels: Option<u64> = None,
        /// Most images in one request.
        pub max_images: Option<usize> = None,
        /// Whether it takes PDFs.
        pub pdf: bool = false,
        /// Most bytes of one PDF, before base64.
        pub max_pdf_bytes: Option<u64> = None,
        /// Patterns of models that take no images.
        pub blind: Vec<String> = Vec::new(),
        /// Patterns of models that take no PDF.
        pub no_pdf: Vec<String> = Vec::new(),
    }
}

impl Accepts {
    /// What a dialect has a place for, where a row says nothing.
    fn usual(dialect: Dialect) -> Self {
        let images = vec![
            ImageType::Png,
            ImageType::Jpeg,
            ImageType::Webp,
            ImageType::Gif,
        ];
        Self {
            images,
            // Chat Completions has a place for files that few imitations read;
            // the others have none.
            pdf: !matches!(
                dialect,
                Dialect::OpenaiChat | Dialect::Cohere | Dialect::OllamaChat
            ),
            ..Self::default()
        }
    }

    /// Whether the model takes no images.
    pub fn is_blind(&self, model: &ModelId) -> bool {
        pattern::any(&self.blind, model.as_str())
    }

    /// Whether the model takes no PDF.
    pub fn takes_no_pdf(&self, model: &ModelId) -> bool {
        pattern::any(&self.no_pdf, model.as_str())
    }
}

impl Provider {
    /// Which files it takes over an API of this dialect.
    pub fn accepts(&self, dialect: Dialect) -> Cow<'_, Accepts> {
        match &self.accepts {
            Some(own) if own.usual => {
                let usual = Accepts::usual(dialect);
                Cow::Owned(Accepts {
                    images: usual.images,
                    pdf: usual.pdf,
                    ..own.clone()
                })
            }
            Some(own) => Cow::Borrowed(own),
            None => Cow::Owned(Accepts::usual(dialect)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::core::{
        catalog::Catalog,
        domain::{ModelId, ProviderId},
        wire::Dialect,
    };

    fn is_blind(row: &str, model: &str) -> bool {
        let row = Catalog::builtin().provider(&ProviderId::new(row)).unwrap();
        let accepts = row.accepts(row.apis[0].dialect);
        assert!(!accepts.images.is_empty(), "{model}");
        accepts.is_blind(&ModelId::new(model))
    }

    #[test]
    fn models_of_text_alone_take_no_images_on_any_host() {
        for (row, model, expected) in [
            ("deepseek", "deepseek-chat", true),
            ("deepseek", "deepseek-v4-pro", true),
            ("deepseek", "deepseek-flash", false),
            ("groq", "openai/gpt-oss-120b", true),
            ("groq", "qwen/qwen3.8-27b", false),
            ("cerebras", "gpt-oss-120b", true),
            ("cerebras", "gemma-4-31b", false),
            ("together", "openai/gpt-oss-120b", true),
            ("fireworks", "accounts/fireworks/models/gpt-oss-20b", true),
            ("huggingface", "openai/gpt-oss-120b:groq", true),
            ("openrouter", "openai/gpt-oss-20b", true),
            ("openrouter", "deepseek/deepseek-v4.1-flash", false),
            ("openrouter", "anthropic/claude-haiku-5.5", false),
            ("bedrock", "openai.gpt-oss-120b-1:0", true),
            ("bedrock", "us.deepseek.r1-v1:0", true),
            ("bedrock", "global.amazon.nova-2-lite-v1:0", false),
            ("bedrock-mantle", "openai.gpt-oss-20b", true),
            ("mistral", "codestral-2508", true),
            ("mistral", "mistral-large-4", false),
            ("cohere", "command-r7b-12-2024", true),
            ("cohere", "command-a-vision-07-2025", false),
        ] {
            assert_eq!(is_blind(row, model), expected, "{row}: {model}");
        }
    }

    #[test]
    fn naming_them_leaves_the_rest_as_the_dialect_has_it() {
        let row = Catalog::builtin().provider(&ProviderId::new("openrouter"));
        let row = row.unwrap();
        assert!(!row.accepts(Dialect::OpenaiChat).pdf);
        assert!(row.accepts(Dialect::OpenaiResponses).pdf);
    }
}
