//! Files that go along with a prompt: what they are, and what becomes of them
//! on a route.

mod fit;
mod picture;
mod stored;

pub use fit::{Fit, Target, Unfit, fit, fit_all};
pub use stored::StoredFile;

use crate::core::strict::word;
use std::{fmt, sync::Arc};

word! {
    /// Kinds of images that providers know, by the part of the media type after
    /// `image/`, which is also the format's name at Amazon Bedrock.
    #[derive(PartialOrd, Ord)]
    pub enum ImageType {
        /// Without loss.
        Png = "png",
        /// For photographs.
        Jpeg = "jpeg",
        /// Either.
        Webp = "webp",
        /// Few colours; of a moving one most providers see one picture.
        Gif = "gif",
    }
}

/// Width and height in pixels, as a viewer shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pixels {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Pixels {
    /// The longer side.
    pub fn long_side(self) -> u32 {
        self.width.max(self.height)
    }

    /// Their number.
    pub fn count(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// What a file is, by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A picture.
    Image {
        /// Its format.
        format: ImageType,
        /// Its size, where the head of the file could be read.
        pixels: Option<Pixels>,
        /// Whether a viewer has to turn or mirror it (EXIF): not every
        /// provider does.
        turned: bool,
    },
    /// A PDF.
    Pdf,
    /// UTF-8 text of any kind; it goes out as text.
    Text,
}

/// Bytes that many may hold and nobody changes; they are never written to a
/// log.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes(Arc<[u8]>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// A file that goes along with a prompt. Cheap to clone: the bytes are held
/// once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Identity in this page. What was made of an attachment for a route has
    /// the same.
    pub id: u32,
    /// The file's name; an image that was pasted may have none.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    data: Bytes,
}

/// Largest file that is taken at all, in bytes: nothing takes more in a
/// request's body, and the page holds it in memory.
pub const LARGEST: usize = 64 << 20;

/// Why a file cannot be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachError {
    /// There is nothing in it.
    Empty,
    /// Neither an image of a known format nor PDF nor text.
    Unknown,
    /// Larger than [`LARGEST`].
    TooLarge,
    /// The browser could not read it.
    Unreadable,
}

impl Attachment {
    /// Looks at a file's bytes; its name and what the browser thinks of it
    /// count for nothing.
    pub fn read(id: u32, name: &str, bytes: Vec<u8>) -> Result<Self, AttachError> {
        if bytes.is_empty() {
            return Err(AttachError::Empty);
        }
        if bytes.len() > LARGEST {
            return Err(AttachError::TooLarge);
        }
        let kind = kind_of(&bytes).ok_or(AttachError::Unknown)?;
        Ok(Self {
            id,
            name: name.to_owned(),
            kind,
            data: Bytes(bytes.into()),
        })
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.data.0
    }

    /// Whether it is a picture.
    pub fn is_image(&self) -> bool {
        matches!(self.kind, FileKind::Image { .. })
    }

    /// The size of a picture, where it is known.
    pub fn pixels(&self) -> Option<Pixels> {
        match self.kind {
            FileKind::Image { pixels, .. } => pixels,
            FileKind::Pdf | FileKind::Text => None,
        }
    }

    /// Its media type, without parameters.
    pub fn media_type(&self) -> &'static str {
        match self.kind {
            FileKind::Image { format, .. } => match format {
                ImageType::Png => "image/png",
                ImageType::Jpeg => "image/jpeg",
                ImageType::Webp => "image/webp",
                ImageType::Gif => "image/gif",
            },
            FileKind::Pdf => "application/pdf",
            FileKind::Text => "text/plain",
        }
    }

    /// The text of a text file.
    pub fn text(&self) -> Option<&str> {
        match self.kind {
            FileKind::Text => std::str::from_utf8(self.bytes()).ok(),
            _ => None,
        }
    }
}

fn kind_of(bytes: &[u8]) -> Option<FileKind> {
    if let Some(format) = picture::format(bytes) {
        let turned = picture::is_turned(format, bytes);
        let pixels = picture::pixels(format, bytes);
        return Some(FileKind::Image {
            format,
            pixels,
            turned: turned.is_some(),
        })
        .map(|kind| upright(kind, turned));
    }
    // Readers take a PDF whose head stands within the first kilobyte.
    let head = bytes.get(..1024).unwrap_or(bytes);
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Some(FileKind::Pdf);
    }
    let text = std::str::from_utf8(bytes).ok()?;
    (!text.contains('\0')).then_some(FileKind::Text)
}

/// A picture that lies on its side is as wide as its file says it is high.
fn upright(kind: FileKind, turned: Option<picture::Turn>) -> FileKind {
    match (kind, turned) {
        (
            FileKind::Image {
                format,
                pixels: Some(pixels),
                turned,
            },
            Some(picture::Turn::OnItsSide),
        ) => FileKind::Image {
            format,
            pixels: Some(Pixels {
                width: pixels.height,
                height: pixels.width,
            }),
            turned,
        },
        (kind, _) => kind,
    }
}

#[cfg(test)]
#[path = "attach_tests.rs"]
pub(crate) mod tests;
