//! Whether a route takes a file, and in which form.

use super::{Attachment, FileKind, ImageType};
use crate::core::{
    catalog::{Accepts, Provider},
    domain::ModelId,
    wire::Dialect,
};

/// What becomes of a file on a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit {
    /// It goes out byte by byte.
    AsIs,
    /// An image goes out in another form, which keeps to this.
    Changed(Target),
    /// It cannot be sent.
    No(Unfit),
}

/// What another form of an image has to keep to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The formats that are taken, the preferred first.
    pub formats: Vec<ImageType>,
    /// Longest side in pixels.
    pub max_side: Option<u32>,
    /// Most pixels.
    pub max_pixels: Option<u64>,
    /// Most bytes.
    pub max_bytes: Option<u64>,
}

impl Target {
    /// Whether an image keeps to it, and lies the right way up.
    pub fn is_met_by(&self, image: &Attachment) -> bool {
        let FileKind::Image { format, turned, .. } = image.kind else {
            return false;
        };
        !turned && self.takes(image, format)
    }

    fn takes(&self, image: &Attachment, format: ImageType) -> bool {
        let bytes = image.bytes().len() as u64;
        self.formats.contains(&format)
            && self.max_bytes.is_none_or(|most| bytes <= most)
            // What cannot be measured is sent as it is: the provider will say.
            && image.pixels().is_none_or(|pixels| {
                self.max_side.is_none_or(|most| pixels.long_side() <= most)
                    && self.max_pixels.is_none_or(|most| pixels.count() <= most)
            })
    }
}

/// Why a file cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// The route takes no images.
    NoImages,
    /// This model takes no images; others of the provider do.
    BlindModel,
    /// The route takes no PDF.
    NoPdf,
    /// This model takes no PDF; others of the provider do.
    NoPdfModel,
    /// A PDF is larger than the provider takes.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The most.
        most: u64,
    },
    /// More images than the provider takes in one request.
    TooMany {
        /// How many there are.
        count: usize,
        /// The most.
        most: usize,
    },
    /// The form for this route is not made yet.
    NotReady,
    /// The browser could not make the form for this route.
    NotMade,
}

/// What becomes of a file that goes to this model alone.
pub fn fit(attachment: &Attachment, provider: &Provider, dialect: Dialect, model: &ModelId) -> Fit {
    let accepts = provider.accepts(dialect);
    match attachment.kind {
        FileKind::Text => Fit::AsIs,
        FileKind::Pdf => match pdf(attachment, &accepts, model) {
            Some(unfit) => Fit::No(unfit),
            None => Fit::AsIs,
        },
        FileKind::Image { .. } => {
            let target = target(&accepts);
            if accepts.images.is_empty() {
                Fit::No(Unfit::NoImages)
            } else if accepts.is_blind(model) {
                Fit::No(Unfit::BlindModel)
            } else if target.is_met_by(attachment) {
                Fit::AsIs
            } else {
                Fit::Changed(target)
            }
        }
    }
}

/// What speaks against sending all of them in one request.
pub fn fit_all<'a>(
    attachments: impl Iterator<Item = &'a Attachment>,
    provider: &Provider,
    dialect: Dialect,
) -> Option<Unfit> {
    let most = provider.accepts(dialect).max_images?;
    let count = attachments.filter(|one| one.is_image()).count();
    (count > most).then_some(Unfit::TooMany { count, most })
}

fn pdf(attachment: &Attachment, accepts: &Accepts, model: &ModelId) -> Option<Unfit> {
    let bytes = attachment.bytes().len() as u64;
    if !accepts.pdf {
        return Some(Unfit::NoPdf);
    }
    if accepts.takes_no_pdf(model) {
        return Some(Unfit::NoPdfModel);
    }
    let most = accepts.max_pdf_bytes.filter(|most| bytes > *most)?;
    Some(Unfit::TooLarge { bytes, most })
}

fn target(accepts: &Accepts) -> Target {
    Target {
        formats: accepts.images.clone(),
        max_side: accepts.max_side,
        max_pixels: accepts.max_pixels,
        max_bytes: accepts.max_image_bytes,
    }
}
