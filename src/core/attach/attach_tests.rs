use super::*;
use crate::core::{catalog::Catalog, domain::ModelId, wire::Dialect};

/// A PNG of this size; its picture is not whole.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 1, 2, 3, 4]);
    bytes
}

pub(crate) fn image(id: u32, name: &str) -> Attachment {
    Attachment::read(id, name, png(3, 2)).unwrap()
}

pub(crate) fn pdf(id: u32, name: &str) -> Attachment {
    Attachment::read(id, name, b"%PDF-1.7 body".to_vec()).unwrap()
}

pub(crate) fn text(id: u32, name: &str, words: &str) -> Attachment {
    Attachment::read(id, name, words.into()).unwrap()
}

fn jpeg(orientation: Option<u16>) -> Vec<u8> {
    let mut bytes = b"\xff\xd8".to_vec();
    // JFIF, a segment that has to be stepped over.
    bytes.extend(b"\xff\xe0\0\x04ab");
    if let Some(orientation) = orientation {
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
        exif.extend(b"\x01\x0f\0\x02\0\0\0\x04abc\0");
        exif.extend(b"\x01\x12\0\x03\0\0\0\x01");
        exif.extend(orientation.to_be_bytes());
        exif.extend([0, 0, 0, 0, 0, 0]);
        bytes.extend([0xff, 0xe1]);
        bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        bytes.extend(exif);
    }
    // A Huffman table's marker lies among those of frames.
    bytes.extend(b"\xff\xc4\0\x03x");
    bytes.extend(b"\xff\xc2\0\x0b\x08\x00\xc8\x01\x2c\x01\x01\x11\0");
    bytes.extend(b"\xff\xda\0\x02");
    bytes
}

fn kind(bytes: &[u8]) -> FileKind {
    Attachment::read(1, "x", bytes.to_vec()).unwrap().kind
}

const fn of(format: ImageType, width: u32, height: u32, turned: bool) -> FileKind {
    FileKind::Image {
        format,
        pixels: Some(Pixels { width, height }),
        turned,
    }
}

#[test]
fn formats_and_sizes_are_read_from_the_bytes() {
    assert_eq!(kind(&png(640, 480)), of(ImageType::Png, 640, 480, false));
    assert_eq!(kind(&jpeg(None)), of(ImageType::Jpeg, 300, 200, false));
    let gif = b"GIF89a\x0a\0\x05\x01\0\0\0";
    assert_eq!(kind(gif), of(ImageType::Gif, 10, 261, false));
    let extended = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\x01\0\x1f\0\0";
    assert_eq!(kind(extended), of(ImageType::Webp, 272, 32, false));
    let lossy = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x90\x01\x2c\x41";
    assert_eq!(kind(lossy), of(ImageType::Webp, 400, 300, false));
    let lossless = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x8f\xc1\x4a\0";
    assert_eq!(kind(lossless), of(ImageType::Webp, 400, 300, false));
}

#[test]
fn a_picture_on_its_side_has_the_size_that_is_seen() {
    assert_eq!(kind(&jpeg(Some(1))), of(ImageType::Jpeg, 300, 200, false));
    assert_eq!(kind(&jpeg(Some(3))), of(ImageType::Jpeg, 300, 200, true));
    assert_eq!(kind(&jpeg(Some(6))), of(ImageType::Jpeg, 200, 300, true));
    assert_eq!(kind(&jpeg(Some(9))), of(ImageType::Jpeg, 300, 200, false));
}

#[test]
fn heads_that_break_off_never_panic() {
    for whole in [
        png(640, 480),
        jpeg(Some(6)),
        b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0".to_vec(),
    ] {
        for end in 1..whole.len() {
            Attachment::read(1, "x", whole[..end].to_vec()).ok();
        }
    }
}

#[test]
fn what_is_no_image_is_pdf_text_or_refused() {
    assert_eq!(kind(b"%PDF-1.4\n\xff\xfe"), FileKind::Pdf);
    assert_eq!(kind(b"junk first\n%PDF-1.4\n\xff"), FileKind::Pdf);
    assert_eq!(kind("a,b\nä,1\n".as_bytes()), FileKind::Text);
    assert_eq!(kind(b"<svg xmlns='x'/>"), FileKind::Text);
    let read = |bytes: &[u8]| Attachment::read(1, "x", bytes.to_vec()).map(|_| ());
    assert_eq!(read(b""), Err(AttachError::Empty));
    assert_eq!(read(b"PK\x03\x04\xff\xfe\0"), Err(AttachError::Unknown));
    assert_eq!(read(b"text with \0"), Err(AttachError::Unknown));
    assert_eq!(read(&vec![b'a'; LARGEST + 1]), Err(AttachError::TooLarge));
}

#[test]
fn a_file_says_nothing_of_its_bytes_in_a_log() {
    let shown = format!("{:?}", text(1, "a.txt", "the secret words"));
    assert!(
        !shown.contains("secret") && shown.contains("16 bytes"),
        "{shown}"
    );
}

fn fits(attachment: &Attachment, provider: &str, model: &str) -> Fit {
    let row = Catalog::builtin().provider(&provider.into()).unwrap();
    fit(attachment, row, row.apis[0].dialect, &ModelId::new(model))
}

#[test]
fn what_keeps_to_the_limits_goes_as_it_is() {
    for (provider, model) in [
        ("openai", "gpt-6-luna"),
        ("anthropic", "claude-haiku-4-5"),
        ("gemini", "gemini-3.5-flash"),
        ("openai-compatible", "m"),
    ] {
        assert_eq!(fits(&image(1, "a.png"), provider, model), Fit::AsIs);
        assert_eq!(fits(&text(1, "a.txt", "x"), provider, model), Fit::AsIs);
    }
    assert_eq!(fits(&text(1, "a.txt", "x"), "demo", "demo-fast"), Fit::AsIs);
}

#[test]
fn what_a_model_does_not_take_has_its_reason() {
    let no = |because| Fit::No(because);
    assert_eq!(
        fits(&image(1, "a"), "demo", "demo-fast"),
        no(Unfit::NoImages)
    );
    assert_eq!(
        fits(&image(1, "a"), "openai", "gpt-3.5-turbo"),
        no(Unfit::BlindModel)
    );
    assert_eq!(fits(&image(1, "a"), "openai", "gpt-4o"), Fit::AsIs);
    assert_eq!(
        fits(&pdf(1, "a"), "openai", "gpt-4-turbo"),
        no(Unfit::NoPdfModel)
    );
    assert_eq!(fits(&pdf(1, "a"), "openai", "gpt-4.1"), Fit::AsIs);
    assert_eq!(
        fits(&pdf(1, "a"), "openai-compatible", "m"),
        no(Unfit::NoPdf)
    );
    let mut long = b"%PDF-".to_vec();
    long.resize(14_000_001, b' ');
    let long = Attachment::read(1, "a", long).unwrap();
    let because = Unfit::TooLarge {
        bytes: 14_000_001,
        most: 14_000_000,
    };
    assert_eq!(fits(&long, "gemini", "gemini-3.5-flash"), no(because));
}

#[test]
fn beyond_a_limit_an_image_is_changed_for_that_provider_alone() {
    let wide = Attachment::read(1, "a", png(9000, 10)).unwrap();
    let Fit::Changed(target) = fits(&wide, "anthropic", "claude-haiku-4-5") else {
        panic!("9000 pixels are too many")
    };
    assert_eq!(target.max_side, Some(8000));
    assert_eq!(target.formats.first(), Some(&ImageType::Jpeg));
    assert_eq!(fits(&wide, "openai", "gpt-6-luna"), Fit::AsIs);
    let gif = Attachment::read(1, "a", b"GIF89a\x0a\0\x05\x01\0\0\0".to_vec()).unwrap();
    assert!(matches!(fits(&gif, "gemini", "g"), Fit::Changed(_)));
    assert_eq!(fits(&gif, "anthropic", "claude-haiku-4-5"), Fit::AsIs);
    let turned = Attachment::read(1, "a", jpeg(Some(6))).unwrap();
    assert!(matches!(
        fits(&turned, "openai", "gpt-6-luna"),
        Fit::Changed(_)
    ));
}

#[test]
fn images_are_counted_over_the_whole_conversation() {
    let row = Catalog::builtin().provider(&"anthropic".into()).unwrap();
    let images = vec![image(1, "a"); 101];
    let all = |images: &[Attachment]| fit_all(images.iter(), row, Dialect::Anthropic);
    assert_eq!(all(&images[..100]), None);
    let (count, most) = (101, 100);
    assert_eq!(all(&images), Some(Unfit::TooMany { count, most }));
}

#[test]
fn a_stored_file_opens_again() {
    let file = image(7, "a.png");
    let stored = StoredFile::of(&file, 1000);
    assert_eq!(stored.open(7).as_ref(), Some(&file));
    let text = serde_json::to_string(&stored).unwrap();
    let back: StoredFile = serde_json::from_str(&text).unwrap();
    assert_eq!(back, stored);
    let left_out = StoredFile::of(&file, 10);
    assert_eq!(
        (left_out.open(7), left_out.bytes),
        (None, file.bytes().len() as u64)
    );
}
