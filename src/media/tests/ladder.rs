//! Which renditions a picture gets, and of what sizes.

use super::make::*;
use crate::media::synthetic::photograph;
use crate::media::{FileName, Focus, Format, Limits, Photo, Size, process};

fn sizes(photo: &Photo) -> Vec<(String, u32, u32)> {
    photo
        .renditions
        .iter()
        .map(|it| (it.file_name().to_string(), it.width, it.height))
        .collect()
}

fn named(sizes: &[(&str, u32, u32)]) -> Vec<(String, u32, u32)> {
    sizes
        .iter()
        .map(|(name, width, height)| (name.to_string(), *width, *height))
        .collect()
}

#[test]
fn a_large_photo_gets_eight_files() {
    let photo = developed(&jpeg(&waves(2400, 1600)));
    assert_eq!((photo.width, photo.height), (2400, 1600));
    let expected = [
        ("1080.webp", 1080, 720),
        ("1080.jpg", 1080, 720),
        ("640.webp", 640, 427),
        ("640.jpg", 640, 427),
        ("320.webp", 320, 213),
        ("320.jpg", 320, 213),
        ("150.webp", 150, 150),
        ("150.jpg", 150, 150),
    ];
    assert_eq!(sizes(&photo), named(&expected));
    assert_eq!(photo.largest(Format::Jpeg).unwrap().width, 1080);
}

#[test]
fn a_smaller_photo_keeps_its_size_and_still_gets_eight_files() {
    let photo = developed(&jpeg(&waves(500, 400)));
    let expected = [
        ("1080.webp", 500, 400),
        ("1080.jpg", 500, 400),
        ("640.webp", 500, 400),
        ("640.jpg", 500, 400),
        ("320.webp", 320, 256),
        ("320.jpg", 320, 256),
        ("150.webp", 150, 150),
        ("150.jpg", 150, 150),
    ];
    assert_eq!(sizes(&photo), named(&expected));
    // Encoded once, stored twice.
    assert_eq!(photo.renditions[0].bytes, photo.renditions[2].bytes);
    assert_ne!(photo.renditions[2].bytes, photo.renditions[4].bytes);
}

#[test]
fn every_picture_has_every_file_and_none_is_enlarged() {
    for (width, height) in [(1, 1), (100, 7), (320, 320), (640, 100), (641, 640), (1081, 3)] {
        let photo = developed(&png(&quarters(width, height).into(), None));
        let names: Vec<_> = photo.renditions.iter().map(|it| it.file_name()).collect();
        assert_eq!(names, FileName::all().collect::<Vec<_>>(), "{width} × {height}");
        assert!(
            photo
                .renditions
                .iter()
                .all(|it| it.width <= width && it.height <= height)
        );
        assert_eq!(photo.renditions[0].width, width.min(1080));
    }
}

#[test]
fn one_pixel_is_a_picture() {
    let photo = developed(&png(&quarters(1, 1).into(), None));
    assert_eq!((photo.width, photo.height), (1, 1));
    assert!(photo.renditions.iter().all(|it| (it.width, it.height) == (1, 1)));
    assert_near(&largest(&photo, Format::Jpeg), (0.0, 0.0), YELLOW, 12);
}

#[test]
fn a_very_long_picture_stays_at_least_one_pixel_high() {
    let photo = developed(&jpeg(&waves(20_000, 10)));
    let large = photo.largest(Format::Jpeg).unwrap();
    assert_eq!(
        (photo.width, photo.height, large.width, large.height),
        (20_000, 10, 1080, 1)
    );
}

#[test]
fn jpeg_and_webp_renditions_are_what_they_say() {
    let photo = developed(&jpeg(&waves(700, 700)));
    for rendition in &photo.renditions {
        let guessed = image::guess_format(&rendition.bytes).unwrap().to_mime_type();
        assert_eq!(guessed, rendition.file_name().content_type());
    }
    let large = &photo.largest(Format::Jpeg).unwrap().bytes;
    assert!(
        large.windows(2).any(|pair| pair == [0xFF, 0xC2]),
        "the JPEG is not progressive"
    );
}

#[test]
fn the_square_follows_the_focal_point() {
    let picture = jpeg(&quarters(900, 300));
    let square = |x, y| {
        let photo = process(&picture, &Limits::default(), Focus::new(x, y)).unwrap();
        opened(&photo, Size::Square150, Format::WebP)
    };
    let (left, right) = (square(-1.0, 0.0), square(7.0, f32::NAN));
    assert_near(&left, (0.9, 0.2), RED, 20);
    assert_near(&left, (0.9, 0.8), BLUE, 20);
    assert_near(&right, (0.1, 0.2), GREEN, 20);
    let tall = jpeg(&quarters(300, 900));
    let photo = process(&tall, &Limits::default(), Focus::new(0.0, 1.0)).unwrap();
    // The y axis points up: 1 is the top edge.
    assert_near(
        &opened(&photo, Size::Square150, Format::WebP),
        (0.2, 0.9),
        RED,
        20,
    );
}

#[test]
fn every_format_is_developed() {
    let picture = quarters(400, 300);
    for bytes in [
        jpeg(&picture),
        png(&picture.clone().into(), None),
        webp(&picture),
        gif(&[rgba(&picture)]),
    ] {
        let photo = developed(&bytes);
        assert_near(&largest(&photo, Format::WebP), (0.25, 0.25), RED, 24);
        assert_near(&largest(&photo, Format::Jpeg), (0.75, 0.75), YELLOW, 24);
    }
}

#[test]
fn a_moving_gif_shows_its_first_frame() {
    let still = |colour| RgbaPicture::from_pixel(40, 30, image::Rgba(colour));
    let photo = developed(&gif(&[still([200, 0, 0, 255]), still([0, 0, 200, 255])]));
    assert_near(&largest(&photo, Format::Jpeg), (0.5, 0.5), [200, 0, 0], 12);
}

type RgbaPicture = image::RgbaImage;

#[test]
fn blurhash_and_colour_describe_the_picture() {
    let photo = developed(&jpeg(&quarters(600, 400)));
    let pixels = blurhash::decode(&photo.blurhash, 8, 8, 1.0).unwrap();
    let corner = |x: usize, y: usize| &pixels[(y * 8 + x) * 4..][..3];
    assert!(corner(0, 0)[0] > corner(0, 0)[2], "red is top left");
    assert!(corner(0, 7)[2] > corner(0, 7)[1], "blue is bottom left");
    let mean =
        [0, 1, 2].map(|i| ((RED[i] as u32 + GREEN[i] as u32 + BLUE[i] as u32 + YELLOW[i] as u32) / 4) as u8);
    assert!(
        photo.colour.iter().zip(mean).all(|(a, b)| a.abs_diff(b) < 8),
        "{:?} is not {mean:?}",
        photo.colour
    );
    // The first letter says the components: 4 across, 3 down.
    assert!(photo.blurhash.starts_with('L'));
}

#[test]
fn the_same_file_gives_the_same_photo() {
    let file = photograph(11, 900, 600);
    let (first, second) = (developed(&file), developed(&file));
    assert_eq!(first, second);
    assert_ne!(first.sha256, developed(&photograph(12, 900, 600)).sha256);
}
