//! Which files a provider takes beside text.

use super::{Provider, pattern};
use crate::core::{attach::ImageType, domain::ModelId, wire::Dialect};
use serde::Deserialize;
use std::borrow::Cow;

/// Files that a provider takes; what is not given is not known, and then not
/// checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Accepts {
    /// Formats of images; none where it takes none.
    pub images: Vec<ImageType>,
    /// Most bytes of one image, before base64.
    pub max_image_bytes: Option<u64>,
    /// Longest side of an image in pixels.
    pub max_side: Option<u32>,
    /// Most pixels of one image.
    pub max_pixels: Option<u64>,
    /// Most images in one request.
    pub max_images: Option<usize>,
    /// Whether it takes PDFs.
    pub pdf: bool,
    /// Most bytes of one PDF, before base64.
    pub max_pdf_bytes: Option<u64>,
    /// Patterns of models that take no images.
    pub blind: Vec<String>,
    /// Patterns of models that take no PDF.
    pub no_pdf: Vec<String>,
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
            Some(own) => Cow::Borrowed(own),
            None => Cow::Owned(Accepts::usual(dialect)),
        }
    }
}
