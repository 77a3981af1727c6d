//! Orientation: however the camera was held, the picture stands upright.

use super::make::*;
use crate::media::Format;

/// An Exif block with nothing but an orientation, in either byte order.
fn exif(orientation: u8, little: bool) -> Vec<u8> {
    let mut block = b"Exif\0\0".to_vec();
    if little {
        block.extend(b"II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0");
        block.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    } else {
        block.extend(b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01");
        block.extend([0, orientation, 0, 0, 0, 0, 0, 0]);
    }
    block
}

/// The picture as a camera with this orientation stores it (Exif 2.32, section 4.6.4): the inverse of what a viewer does.
fn stored(orientation: u8, upright: &image::RgbImage) -> image::RgbImage {
    use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
    match orientation {
        2 => flip_horizontal(upright),
        3 => rotate180(upright),
        4 => flip_vertical(upright),
        5 => rotate270(&flip_horizontal(upright)),
        6 => rotate270(upright),
        7 => rotate90(&flip_horizontal(upright)),
        8 => rotate90(upright),
        _ => upright.clone(),
    }
}

fn stands_upright(upright: &image::RgbImage, file: &[u8]) {
    let photo = developed(file);
    assert_eq!((photo.width, photo.height), upright.dimensions());
    for format in Format::ALL {
        let shown = largest(&photo, format);
        assert_near(&shown, (0.25, 0.25), RED, 24);
        assert_near(&shown, (0.75, 0.25), GREEN, 24);
        assert_near(&shown, (0.25, 0.75), BLUE, 24);
        assert_near(&shown, (0.75, 0.75), YELLOW, 24);
    }
}

#[test]
fn all_eight_orientations_come_out_upright() {
    let upright = quarters(360, 240);
    for orientation in 1..=8 {
        let file = jpeg(&stored(orientation, &upright));
        for little in [true, false] {
            stands_upright(&upright, &with_segment(&file, 0xE1, &exif(orientation, little)));
        }
    }
}

#[test]
fn a_turned_photo_that_is_scaled_while_decoding_comes_out_upright() {
    let upright = quarters(2400, 3600);
    let file = with_segment(&jpeg(&stored(6, &upright)), 0xE1, &exif(6, true));
    stands_upright(&upright, &file);
    let large = developed(&file)
        .largest(Format::Jpeg)
        .map(|it| (it.width, it.height));
    assert_eq!(large, Some((720, 1080)));
}

#[test]
fn a_broken_exif_block_is_ignored() {
    let upright = quarters(200, 100);
    for broken in [
        &b"Exif\0\0"[..],
        b"Exif\0\0II\x2A\0\xFF\xFF\xFF\xFF",
        &exif(9, true),
        &exif(6, true)[..20],
    ] {
        stands_upright(&upright, &with_segment(&jpeg(&upright), 0xE1, broken));
    }
}
