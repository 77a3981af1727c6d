//! The upload for others: the same pixels, and nothing beside them but colours and which way is up.

use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{ImageDecoder, ImageEncoder, ImageReader, RgbImage};
use proptest::prelude::*;

use super::make::*;
use crate::media::plain::without_metadata;
use crate::media::sniff::Kind;

const SECRETS: [&[u8]; 7] = [
    b"GPS",
    b"Canon",
    b"secret",
    b"Photoshop",
    b"http://ns",
    b"MPF",
    b"XMP",
];

/// A big-endian block: an orientation, a maker and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"MM\0\x2A\0\0\0\x08\0\x02".to_vec();
    block.extend([&b"\x01\x12\0\x03\0\0\0\x01\0"[..], &[orientation, 0, 0]].concat());
    block.extend(b"\x01\x0F\0\x02\0\0\0\x06\0\0\0\x26\0\0\0\0");
    block.extend(b"Canon\0GPS secret place");
    block
}

#[track_caller]
fn keeps_pixels_and_tells_nothing(before: &[u8], orientation: Orientation) -> Vec<u8> {
    let (_, after) = without_metadata(before).expect("it can be rewritten");
    for secret in SECRETS {
        let found = after.windows(secret.len()).any(|bytes| bytes == secret);
        assert!(!found, "{:?} is still there", String::from_utf8_lossy(secret));
    }
    assert!(after.len() < before.len());
    let (old, new) = (
        image::load_from_memory(before).unwrap(),
        image::load_from_memory(&after).unwrap(),
    );
    assert_eq!(old.as_bytes(), new.as_bytes(), "other pixels");
    let reader = ImageReader::new(std::io::Cursor::new(&after)).with_guessed_format();
    let mut decoder = reader.unwrap().into_decoder().unwrap();
    assert_eq!(decoder.orientation().unwrap(), orientation);
    drop(decoder);
    // It looks the same here.
    assert_eq!(developed(before).renditions, developed(&after).renditions);
    assert_eq!(developed(&after).camera, None);
    // And once more changes nothing.
    assert_eq!(without_metadata(&after).unwrap().1, after);
    after
}

fn full_jpeg(orientation: u8) -> Vec<u8> {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let mut file = jpeg(&waves(320, 200));
    file = with_segment(&file, 0xFE, b"secret comment");
    file = with_segment(&file, 0xE2, &[b"ICC_PROFILE\0\x01\x01", &profile[..]].concat());
    file = with_segment(&file, 0xE2, b"MPF\0secret preview");
    file = with_segment(&file, 0xED, b"Photoshop 3.0\08BIM secret");
    file = with_segment(&file, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>GPS secret</x>");
    file = with_segment(&file, 0xE1, &[b"Exif\0\0", &exif(orientation)[..]].concat());
    file.extend(b"secret film behind the end, with GPS");
    file
}

#[test]
fn a_jpeg_keeps_its_pixels_colours_and_orientation() {
    for (number, orientation) in [
        (1, Orientation::NoTransforms),
        (6, Orientation::Rotate90),
        (3, Orientation::Rotate180),
    ] {
        let after = keeps_pixels_and_tells_nothing(&full_jpeg(number), orientation);
        assert!(after.windows(11).any(|bytes| bytes == b"ICC_PROFILE"));
        assert!(after.ends_with(&[0xFF, 0xD9]));
    }
}

#[test]
fn a_progressive_jpeg_keeps_all_its_scans() {
    let mut encoder = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    encoder.set_size(160, 120);
    encoder.set_progressive_mode();
    let mut started = encoder.start_compress(Vec::new()).unwrap();
    started.write_scanlines(waves(160, 120).as_raw()).unwrap();
    let file = with_segment(&started.finish().unwrap(), 0xFE, b"secret");
    keeps_pixels_and_tells_nothing(&file, Orientation::NoTransforms);
}

#[test]
fn a_png_keeps_its_pixels_colours_and_orientation() {
    let picture = waves(120, 80);
    for (number, orientation) in [(1, Orientation::NoTransforms), (8, Orientation::Rotate270)] {
        let mut file = Vec::new();
        let mut encoder = PngEncoder::new(&mut file);
        encoder
            .set_icc_profile(moxcms::ColorProfile::new_display_p3().encode().unwrap())
            .unwrap();
        encoder.set_exif_metadata(exif(number)).unwrap();
        encoder
            .write_image(picture.as_raw(), 120, 80, image::ExtendedColorType::Rgb8)
            .unwrap();
        let text = chunk(b"tEXt", b"Comment\0secret GPS");
        file = [&file[..33], &text, &file[33..], b"secret trailer"].concat();
        let after = keeps_pixels_and_tells_nothing(&file, orientation);
        assert!(after.windows(4).any(|bytes| bytes == b"iCCP"));
    }
}

/// The check is not looked at by decoders of chunks that they skip.
fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&length, &name[..], body, &[0; 4]].concat()
}

fn full_webp(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut file);
    encoder
        .set_icc_profile(moxcms::ColorProfile::new_display_p3().encode().unwrap())
        .unwrap();
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    encoder
        .write_image(
            picture.as_raw(),
            picture.width(),
            picture.height(),
            image::ExtendedColorType::Rgb8,
        )
        .unwrap();
    let xmp = b"XMP \x0c\0\0\0GPS secret!!";
    file.extend(xmp);
    let length = u32::try_from(file.len() - 8).unwrap().to_le_bytes();
    file[4..8].copy_from_slice(&length);
    file
}

#[test]
fn a_webp_keeps_its_pixels_colours_and_orientation() {
    for (number, orientation) in [(1, Orientation::NoTransforms), (3, Orientation::Rotate180)] {
        let after = keeps_pixels_and_tells_nothing(&full_webp(&waves(90, 60), number), orientation);
        assert!(after.windows(4).any(|bytes| bytes == b"ICCP"));
    }
}

#[test]
fn what_cannot_be_rewritten_whole_is_not_given_to_anybody() {
    let picture = waves(64, 64);
    assert_eq!(without_metadata(&gif(&[rgba(&picture)])), None);
    assert_eq!(without_metadata(b""), None);
    for file in [
        full_jpeg(1),
        png(&picture.clone().into(), None),
        full_webp(&picture, 1),
    ] {
        let cut = &file[..file.len() / 2];
        assert_eq!(without_metadata(cut), None);
    }
    assert_eq!(
        without_metadata(&webp(&picture)).map(|(kind, _)| kind),
        Some(Kind::WebP)
    );
}

proptest! {
    #[test]
    fn broken_containers_do_no_harm(which in 0_usize..3, at in 0_usize..4_000, bytes in proptest::collection::vec(any::<u8>(), 1..24)) {
        let picture = waves(32, 32);
        let mut file = match which {
            0 => full_jpeg(6),
            1 => png(&picture.into(), None),
            _ => full_webp(&picture, 3),
        };
        let at = at % file.len();
        let end = (at + bytes.len()).min(file.len());
        file[at..end].copy_from_slice(&bytes[..end - at]);
        if let Some((_, after)) = without_metadata(&file) {
            // No more than the few bytes that say which way is up.
            prop_assert!(after.len() <= file.len() + 64);
        }
    }
}
