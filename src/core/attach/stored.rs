//! A file as JSON: in what the tab keeps, and in the result document.

use super::{Attachment, FileKind};
use crate::core::base64;
use serde::{Deserialize, Serialize};

/// A file with its facts and, where there is room, its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredFile {
    /// The file's name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Width in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// The bytes as base64; absent where they were left out for their size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
}

impl StoredFile {
    /// A file, with its bytes where they are not more than `most`.
    pub fn of(attachment: &Attachment, most: usize) -> Self {
        let bytes = attachment.bytes();
        let pixels = attachment.pixels();
        Self {
            name: attachment.name.clone(),
            media_type: attachment.media_type().to_owned(),
            bytes: bytes.len() as u64,
            width: pixels.map(|pixels| pixels.width),
            height: pixels.map(|pixels| pixels.height),
            data: (bytes.len() <= most).then(|| base64::encode(bytes)),
        }
    }

    /// The file again; `None` where its bytes were left out.
    pub fn open(&self, id: u32) -> Option<Attachment> {
        let bytes = base64::decode(self.data.as_deref()?)?;
        Attachment::read(id, &self.name, bytes).ok()
    }
}

impl Attachment {
    /// What stands for it in a title or a sentence.
    pub fn title(&self) -> &str {
        match self.name.as_str() {
            "" => match self.kind {
                FileKind::Image { .. } => "image",
                FileKind::Pdf => "PDF",
                FileKind::Text => "text",
            },
            name => name,
        }
    }
}
