//! What the head of an image file says: its format, its size, and which way up
//! it is.

use super::{ImageType, Pixels};

/// How a picture has to be turned to be seen as it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// By half a turn, or mirrored: width and height stay.
    Upright,
    /// By a quarter: width and height change places.
    OnItsSide,
}

pub(super) fn format(bytes: &[u8]) -> Option<ImageType> {
    let at = |from: usize, mark: &[u8]| bytes.get(from..from + mark.len()) == Some(mark);
    if at(0, b"\x89PNG\r\n\x1a\n") {
        Some(ImageType::Png)
    } else if at(0, b"\xff\xd8\xff") {
        Some(ImageType::Jpeg)
    } else if at(0, b"GIF87a") || at(0, b"GIF89a") {
        Some(ImageType::Gif)
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        Some(ImageType::Webp)
    } else {
        None
    }
}

pub(super) fn pixels(format: ImageType, bytes: &[u8]) -> Option<Pixels> {
    let (width, height) = match format {
        ImageType::Png => (be32(bytes, 16)?, be32(bytes, 20)?),
        ImageType::Gif => (le16(bytes, 6)?, le16(bytes, 8)?),
        ImageType::Webp => webp(bytes)?,
        ImageType::Jpeg => {
            let frame = segments(bytes).find(|(marker, _)| is_frame(*marker))?.1;
            (be16(frame, 3)?, be16(frame, 1)?)
        }
    };
    (width > 0 && height > 0).then_some(Pixels { width, height })
}

/// How the picture is turned; `None` where it is the right way up.
pub(super) fn is_turned(format: ImageType, bytes: &[u8]) -> Option<Turn> {
    let exif = match format {
        ImageType::Jpeg => segments(bytes)
            .filter(|(marker, _)| *marker == 0xe1)
            .find_map(|(_, data)| data.strip_prefix(b"Exif\0\0"))?,
        ImageType::Png => png_exif(bytes)?,
        ImageType::Webp => webp_exif(bytes)?,
        ImageType::Gif => return None,
    };
    match orientation(exif)? {
        2..=4 => Some(Turn::Upright),
        5..=8 => Some(Turn::OnItsSide),
        _ => None,
    }
}

/// The segments of a JPEG before its first scan: marker and content.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        // Markers may be padded with 0xff.
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        if bytes.get(at) != Some(&0xff) {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        let length = be16(bytes, at + 2)? as usize;
        let content = bytes.get(at + 4..at + 2 + length)?;
        at += 2 + length;
        // What follows a start of scan is picture data.
        (marker != 0xda).then_some((marker, content))
    })
}

/// Whether a marker starts a frame: those of tables and of arithmetic coding's
/// conditioning lie in the same range.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8X" => Some((le24(bytes, 24)? + 1, le24(bytes, 27)? + 1)),
        b"VP8 " => Some((le16(bytes, 26)? & 0x3fff, le16(bytes, 28)? & 0x3fff)),
        b"VP8L" => {
            let bits = u32::from_le_bytes(bytes.get(21..25)?.try_into().ok()?);
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        _ => None,
    }
}

fn png_exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 8;
    loop {
        let length = be32(bytes, at)? as usize;
        let kind = bytes.get(at + 4..at + 8)?;
        if kind == b"eXIf" {
            return bytes.get(at + 8..at.checked_add(8)?.checked_add(length)?);
        }
        at = at.checked_add(length)?.checked_add(12)?;
    }
}

fn webp_exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 12;
    loop {
        let kind = bytes.get(at..at + 4)?;
        let length = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        if kind == b"EXIF" {
            let data = bytes.get(at + 8..at.checked_add(8)?.checked_add(length)?)?;
            return Some(data.strip_prefix(b"Exif\0\0").unwrap_or(data));
        }
        // Chunks are padded to an even length.
        let padded = length.checked_add(length % 2)?;
        at = at.checked_add(8)?.checked_add(padded)?;
    }
}

/// Tag 0x0112 of the first directory of a TIFF head.
fn orientation(tiff: &[u8]) -> Option<u32> {
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        if little {
            le16(tiff, at)
        } else {
            be16(tiff, at)
        }
    };
    let long = |at: usize| {
        let bytes = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    };
    let directory = long(4)? as usize;
    let entries = short(directory)? as usize;
    (0..entries)
        .map(|entry| directory + 2 + entry * 12)
        .find(|at| short(*at) == Some(0x0112))
        .and_then(|at| short(at + 8))
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    let pair = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(u32::from(u16::from_be_bytes(pair)))
}

fn le16(bytes: &[u8], at: usize) -> Option<u32> {
    let pair = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(u32::from(u16::from_le_bytes(pair)))
}

fn le24(bytes: &[u8], at: usize) -> Option<u32> {
    Some(le16(bytes, at)? | u32::from(*bytes.get(at + 2)?) << 16)
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_be_bytes(four))
}
